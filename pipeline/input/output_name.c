#include "input/output_name.h"
#include "base/digest.h"

#include <stdio.h>

/* Bytes of one part: file systems take 255, of which an ending and the name of a temporary file need some. */
enum { MOST_PART = 200, DIGEST = 17 };

static struct mn_slice part_at(struct mn_slice name, size_t start)
{
    const char *slash = memchr(name.data + start, '/', name.size - start);
    return mn_slice_cut(name, start, slash ? (size_t)(slash - name.data) : name.size);
}

/* Points at the start of a part would hide it or lead out of the folder. */
static size_t write_points(char *out, struct mn_slice part)
{
    size_t points = 0, size = 0;
    while (points < part.size && part.data[points] == '.' && points < 2)
        points++;
    for (size_t i = 0; i < points; i++, size += 3)
        memcpy(out + size, "%2E", 3);
    memcpy(out + size, part.data + points, part.size - points);
    return size + part.size - points;
}

static size_t write_part(char *out, struct mn_slice part)
{
    char digest[DIGEST + 1];
    if (part.size <= MOST_PART - 4) /* room for the points */
        return write_points(out, part);
    snprintf(digest, sizeof digest, "~%016llx", (unsigned long long)mn_hash(part));
    size_t size = write_points(out, mn_slice_cut(part, 0, MOST_PART - 4 - DIGEST));
    memcpy(out + size, digest, DIGEST);
    return size + DIGEST;
}

struct mn_slice mn_output_name(struct mn_arena *arena, struct mn_slice name)
{
    /* A point becomes three bytes in parts of two bytes or more. */
    char *out = mn_arena_alloc(arena, 3 * name.size + 8);
    size_t size = 0;
    if (!out)
        return MN_EMPTY;
    for (size_t start = 0; start < name.size;) {
        struct mn_slice part = part_at(name, start);
        start += part.size + 1;
        if (part.size == 0 || mn_slice_equal(part, MN_LITERAL(".")))
            continue;
        if (size)
            out[size++] = '/';
        size += write_part(out + size, part);
    }
    if (size == 0)
        out[size++] = '_';
    out[size] = '\0';
    return (struct mn_slice){out, size};
}
