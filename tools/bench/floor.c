/* floor OUTPUT-BYTES FOLDER OUT: the work that no program of this kind can leave out, and nothing else. For each file
 * of FOLDER: read it, check its UTF-8, cut it into tokens, give each distinct token a number, and write a file of
 * OUTPUT-BYTES in OUT (the mean size of the records that minutiae writes for these files). Says what it counted. */
#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- UTF-8: eight ASCII bytes at a time, else by lead byte --- */

static size_t sequence_length(const unsigned char *text, size_t size)
{
    unsigned char lead = text[0];
    size_t length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (length > size)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((text[i] & 0xC0) != 0x80)
            return 0;
    if (length == 3 && ((lead == 0xE0 && text[1] < 0xA0) || (lead == 0xED && text[1] > 0x9F)))
        return 0;
    if (length == 4 && ((lead == 0xF0 && text[1] < 0x90) || (lead == 0xF4 && text[1] > 0x8F)))
        return 0;
    return length;
}

static int valid(const unsigned char *text, size_t size)
{
    size_t i = 0;
    while (i < size) {
        uint64_t eight;
        if (i + 8 <= size && (memcpy(&eight, text + i, 8), (eight & UINT64_C(0x8080808080808080)) == 0)) {
            i += 8;
            continue;
        }
        size_t length = sequence_length(text + i, size - i);
        if (length == 0)
            return 0;
        i += length;
    }
    return 1;
}

/* --- Tokens: words of letters, digits and bytes above ASCII; every other visible byte is one token --- */

enum byte_class { SPACE, WORD, SIGN };
static unsigned char classes[256];

static void fill_classes(void)
{
    for (int i = 0; i < 256; i++)
        classes[i] = i <= ' '                                                                                    ? SPACE
                     : (i >= 0x80 || (i >= '0' && i <= '9') || (i >= 'A' && i <= 'Z') || (i >= 'a' && i <= 'z')) ? WORD
                                                                                                                 : SIGN;
}

/* --- Interning: slots of 32 bytes that hold short keys themselves --- */

enum { INLINE_BYTES = 23 };
struct slot {
    uint32_t hash, number;
    unsigned char size; /* 0: empty; 255: longer than INLINE_BYTES, key in `text` */
    unsigned char text[INLINE_BYTES];
};
static struct slot *slots;
static size_t slot_count = 1 << 16, form_count;

static uint32_t hash_of(const unsigned char *text, size_t size)
{
    uint64_t hash = size * UINT64_C(0x9E3779B97F4A7C15);
    for (; size >= 8; text += 8, size -= 8) {
        uint64_t eight;
        memcpy(&eight, text, 8);
        hash = (hash ^ eight) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 29;
    }
    uint64_t rest = 0;
    memcpy(&rest, text, size);
    hash = (hash ^ rest) * UINT64_C(0x9E3779B97F4A7C15);
    return (uint32_t)(hash >> 32);
}

static void grow(void)
{
    size_t count = slot_count * 2;
    struct slot *larger = calloc(count, sizeof *larger);
    if (!larger)
        exit(1);
    for (size_t i = 0; i < slot_count; i++) {
        if (!slots[i].size)
            continue;
        size_t at = slots[i].hash & (count - 1);
        while (larger[at].size)
            at = (at + 1) & (count - 1);
        larger[at] = slots[i];
    }
    free(slots);
    slots = larger;
    slot_count = count;
}

static uint32_t intern(const unsigned char *text, size_t size)
{
    if (size > INLINE_BYTES) /* one token in ten thousand: its first bytes stand for it here */
        size = INLINE_BYTES;
    uint32_t hash = hash_of(text, size);
    size_t at = hash & (slot_count - 1);
    while (slots[at].size) {
        if (slots[at].hash == hash && slots[at].size == size && memcmp(slots[at].text, text, size) == 0)
            return slots[at].number;
        at = (at + 1) & (slot_count - 1);
    }
    slots[at] = (struct slot){.hash = hash, .number = (uint32_t)form_count++, .size = (unsigned char)size};
    memcpy(slots[at].text, text, size);
    uint32_t number = slots[at].number;
    if (form_count * 2 > slot_count)
        grow();
    return number;
}

static size_t cut(const unsigned char *text, size_t size, uint64_t *sum)
{
    size_t count = 0;
    for (size_t i = 0; i < size;) {
        size_t start = i++;
        if (classes[text[start]] == SPACE)
            continue;
        while (classes[text[start]] == WORD && i < size && classes[text[i]] == WORD)
            i++;
        *sum += intern(text + start, i - start);
        count++;
    }
    return count;
}

/* --- Files --- */

static size_t read_file(const char *path, unsigned char **buffer, size_t *capacity)
{
    struct stat about;
    int file = open(path, O_RDONLY);
    if (file < 0 || fstat(file, &about) != 0)
        exit(1);
    size_t size = 0, wanted = (size_t)about.st_size + 8;
    if (wanted > *capacity && !(*buffer = realloc(*buffer, *capacity = wanted * 2)))
        exit(1);
    for (ssize_t got; (got = read(file, *buffer + size, *capacity - size)) > 0;)
        size += (size_t)got;
    close(file);
    return size;
}

static void write_file(const char *path, const char *bytes, size_t size)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (file < 0 || write(file, bytes, size) != (ssize_t)size || close(file) != 0)
        exit(1);
}

int main(int count, char **arguments)
{
    if (count != 4)
        return 2;
    size_t output = strtoul(arguments[1], NULL, 10), bytes = 0, files = 0, tokens = 0, capacity = 0;
    unsigned char *text = NULL;
    char *record = calloc(output + 1, 1), path[4096];
    uint64_t sum = 0;
    DIR *folder = opendir(arguments[2]);
    slots = calloc(slot_count, sizeof *slots);
    if (!record || !slots || !folder)
        exit(1);
    fill_classes();
    mkdir(arguments[3], 0777);
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", arguments[2], entry->d_name);
        size_t size = read_file(path, &text, &capacity);
        if (!valid(text, size))
            fprintf(stderr, "floor: %s is not UTF-8\n", path);
        tokens += cut(text, size, &sum);
        snprintf(path, sizeof path, "%s/%s", arguments[3], entry->d_name);
        write_file(path, record, output);
        bytes += size;
        files++;
    }
    closedir(folder);
    free(record);
    free(text);
    printf("%zu files, %zu bytes, %zu tokens, %zu distinct (%llu)\n", files, bytes, tokens, form_count,
           (unsigned long long)sum);
    return 0;
}
