/* vary FOLDER OUT BYTES ENDING…: writes copies of FOLDER's files with these endings to OUT, one folder deep, until they
 * hold BYTES together. In each copy about one word in sixteen of those with five letters or more gets an ending of its
 * own, so that the number of distinct words grows as it does in real collections. The same every time. */
#include <ctype.h>
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MOST_FILES = 4096, SHORTEST = 5, ONE_IN = 16, ENDINGS = 400 };

struct source {
    char *name, *text;
    size_t size;
};

static int has_ending(const char *name, char **endings, int count)
{
    const char *point = strrchr(name, '.');
    for (int i = 0; point && i < count; i++)
        if (strcmp(point + 1, endings[i]) == 0)
            return strncmp(name, "README", 6) != 0 && strncmp(name, "x-", 2) != 0 && !strstr(name, ".gold.");
    return 0;
}

static int load(const char *folder, const char *name, struct source *source)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0)
        return 0;
    source->size = (size_t)ftell(file);
    rewind(file);
    source->name = strdup(name);
    source->text = malloc(source->size + 1);
    int done = source->name && source->text && fread(source->text, 1, source->size, file) == source->size;
    fclose(file);
    return done;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct source *)a)->name, ((const struct source *)b)->name);
}

static int load_all(const char *folder, char **endings, int count, struct source *sources)
{
    int found = 0;
    DIR *directory = opendir(folder);
    if (!directory)
        return 0;
    for (struct dirent *entry; (entry = readdir(directory)) && found < MOST_FILES;)
        if (has_ending(entry->d_name, endings, count) && load(folder, entry->d_name, &sources[found]))
            found++;
    closedir(directory);
    qsort(sources, (size_t)found, sizeof *sources, by_name);
    return found;
}

static uint64_t mix(uint64_t hash, uint64_t next)
{
    hash = (hash ^ next) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 29;
}

/* Writes one copy; what it wrote. Words in markup are left alone. */
static size_t write_copy(const struct source *source, unsigned long copy, FILE *out)
{
    size_t written = source->size;
    int markup = 0;
    for (size_t i = 0; i < source->size;) {
        size_t start = i;
        uint64_t hash = copy;
        while (i < source->size && isalpha((unsigned char)source->text[i]))
            hash = mix(hash, (unsigned char)source->text[i++]);
        if (i == start) {
            markup = source->text[i] == '<' ? 1 : source->text[i] == '>' ? 0 : markup;
            putc(source->text[i++], out);
            continue;
        }
        fwrite(source->text + start, 1, i - start, out);
        if (copy && !markup && i - start >= SHORTEST && hash % ONE_IN == 0) {
            unsigned ending = (unsigned)(hash / ONE_IN % ENDINGS);
            putc((int)('a' + ending / 20), out);
            putc((int)('a' + ending % 20), out);
            written += 2;
        }
    }
    return written;
}

int main(int count, char **arguments)
{
    static struct source sources[MOST_FILES];
    if (count < 5)
        return 2;
    int files = load_all(arguments[1], arguments + 4, count - 4, sources);
    double wanted = atof(arguments[3]), written = 0;
    char path[4096];
    mkdir(arguments[2], 0777);
    for (unsigned long copy = 0; files && written < wanted; copy++)
        for (int i = 0; i < files && written < wanted; i++) {
            snprintf(path, sizeof path, "%s/%lu-%s", arguments[2], copy, sources[i].name);
            FILE *out = fopen(path, "wb");
            if (!out)
                return 1;
            written += (double)write_copy(&sources[i], copy, out);
            if (fclose(out) != 0)
                return 1;
        }
    printf("%.0f\n", written);
    return 0;
}
