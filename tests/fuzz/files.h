/* An input that stands for several files: behind a line `=== NAME` comes another one. */
#ifndef MN_TEST_FUZZ_FILES_H
#define MN_TEST_FUZZ_FILES_H

#include "base/slice.h"
#include <string.h>

enum { MOST_FILES = 8, MOST_NAME = 32 };

/* The part of *rest that ends before the next such line, whose name goes to `name`; *rest is what is behind it. */
static inline struct mn_slice cut_file(struct mn_slice *rest, char name[MOST_NAME])
{
    struct mn_slice text = *rest;
    for (size_t i = 0; i + 5 < text.size; i++) {
        if (memcmp(text.data + i, "\n=== ", 5) != 0)
            continue;
        const char *start = text.data + i + 5, *end = memchr(start, '\n', text.size - i - 5);
        size_t size = end ? (size_t)(end - start) : 0;
        if (!end || size >= MOST_NAME || memchr(start, 0, size))
            continue;
        memcpy(name, start, size);
        name[size] = '\0';
        *rest = mn_slice_cut(text, i + 6 + size, text.size);
        return mn_slice_cut(text, 0, i);
    }
    *rest = MN_EMPTY;
    return text;
}

#endif
