#include "input/descriptor.h"
#include "base/fault.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

enum { BLOCK = 64 << 10 };

/* False with errno when the run is to end. */
static bool wait_for(int descriptor, int stop)
{
    struct pollfd both[] = {{.fd = stop, .events = POLLIN}, {.fd = descriptor, .events = POLLIN}};
    for (;;) {
        if (poll(both, 2, -1) < 0 && errno != EINTR)
            return false;
        if (both[0].revents) {
            errno = ECANCELED;
            return false;
        }
        if (both[1].revents)
            return true;
    }
}

ssize_t mn_descriptor_read(int descriptor, int stop, char *out, size_t size)
{
    if (stop >= 0 && !wait_for(descriptor, stop))
        return -1;
    for (;;) {
        ssize_t got = read(descriptor, out, size);
        if (got >= 0 || errno != EINTR)
            return got;
    }
}

/* Room for more behind what is there; false when memory is out. */
static bool make_room(struct mn_line_reader *lines)
{
    if (lines->buffer && lines->start) {
        memmove(lines->buffer, lines->buffer + lines->start, lines->size - lines->start);
        lines->size -= lines->start;
        lines->start = 0;
    }
    if (lines->capacity - lines->size > BLOCK)
        return true;
    size_t capacity = lines->capacity ? lines->capacity * 2 : 2 * BLOCK + 1;
    char *buffer = mn_fault_due() ? NULL : realloc(lines->buffer, capacity);
    if (!buffer) {
        lines->reason = ENOMEM;
        return false;
    }
    lines->buffer = buffer;
    lines->capacity = capacity;
    return true;
}

static void fill(struct mn_line_reader *lines)
{
    if (!make_room(lines)) {
        lines->ended = true;
        return;
    }
    ssize_t got = mn_descriptor_read(lines->descriptor, lines->stop, lines->buffer + lines->size, BLOCK);
    lines->reason = got < 0 ? errno : 0;
    lines->ended = got <= 0;
    lines->size += got > 0 ? (size_t)got : 0;
}

/* The line at `start` if all of it is there, or if it is the last. */
static char *take_line(struct mn_line_reader *lines, size_t scanned, size_t *size)
{
    char *from = lines->buffer + lines->start, *unseen = from + scanned;
    size_t held = lines->size - lines->start;
    char *end = held > scanned ? memchr(unseen, lines->end, held - scanned) : NULL;
    if (!end && (!lines->ended || held == 0))
        return NULL;
    *size = end ? (size_t)(end - from) : held;
    lines->start += *size + (end ? 1 : 0);
    from[*size] = '\0'; /* the buffer has a byte more than is ever read into it */
    return from;
}

char *mn_next_line(struct mn_line_reader *lines)
{
    size_t scanned = 0;
    for (;;) {
        size_t size = 0;
        char *line = lines->buffer ? take_line(lines, scanned, &size) : NULL;
        if (line && size && lines->end == '\n' && line[size - 1] == '\r')
            line[--size] = '\0';
        if (line && size)
            return line;
        if (!line && lines->ended)
            return NULL;
        scanned = line ? 0 : lines->size - lines->start;
        if (!line)
            fill(lines);
    }
}

void mn_free_lines(struct mn_line_reader *lines)
{
    free(lines->buffer);
    *lines = (struct mn_line_reader){0};
}
