/* Text slices: a pointer and a length in bytes. Text is never NUL-terminated by contract; a slice borrows from an
 * arena, a mapped source or a literal and is never freed. The empty slice may have a null pointer. */
#ifndef MN_BASE_SLICE_H
#define MN_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct mn_slice {
    const char *data;
    size_t size; /* bytes */
};

/* The slice of a string literal. */
#define MN_LITERAL(text) ((struct mn_slice){(text), sizeof(text) - 1})
/* The same as an initialiser in a static table. */
#define MN_LITERAL_ITEM(text)                                                                                          \
    {                                                                                                                  \
        (text), sizeof(text) - 1                                                                                       \
    }
#define MN_EMPTY ((struct mn_slice){NULL, 0})

/* The slice of a NUL-terminated string; a null pointer gives the empty slice. */
static inline struct mn_slice mn_slice_of(const char *text)
{
    return (struct mn_slice){text, text ? strlen(text) : 0};
}

/* Bytes [start, end) of a slice; the caller guarantees start <= end <= size. */
static inline struct mn_slice mn_slice_cut(struct mn_slice slice, size_t start, size_t end)
{
    if (start == 0) /* the empty slice's data may be null, to which nothing may be added */
        return (struct mn_slice){slice.data, end};
    return (struct mn_slice){slice.data + start, end - start};
}

static inline bool mn_slice_equal(struct mn_slice a, struct mn_slice b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/* Byte order, shorter first among equal prefixes: <0, 0 or >0. */
static inline int mn_slice_compare(struct mn_slice a, struct mn_slice b)
{
    size_t common = a.size < b.size ? a.size : b.size;
    int order = common ? memcmp(a.data, b.data, common) : 0;
    return order ? order : (a.size > b.size) - (a.size < b.size);
}

static inline bool mn_slice_starts(struct mn_slice slice, struct mn_slice prefix)
{
    return slice.size >= prefix.size && (prefix.size == 0 || memcmp(slice.data, prefix.data, prefix.size) == 0);
}

/* Without the ASCII spaces, tabs and line ends around it. */
struct mn_slice mn_slice_trim(struct mn_slice slice);

/* For printf's "%.*s": MN_SLICE_ARGS(slice). */
#define MN_SLICE_ARGS(slice)                                                                                           \
    (int)((slice).size > INT32_MAX ? INT32_MAX : (slice).size), (slice).data ? (slice).data : ""

#endif
