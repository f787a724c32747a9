/* Any bytes as a container: no crash, no leak, no document over the limit, no name that leads out of its folder. */
#include "input/container.h"
#include "input/output_name.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LIMIT = 1 << 20, MOST_MEMBERS = 200 };

static void check(bool holds)
{
    if (!holds)
        abort();
}

/* No part of the name is empty, "." or "..", and it is no absolute path. */
static void check_output(struct mn_slice name)
{
    for (size_t start = 0; start <= name.size;) {
        size_t end = start;
        while (end < name.size && name.data[end] != '/')
            end++;
        struct mn_slice part = mn_slice_cut(name, start, end);
        check(part.size > 0 && part.size <= 200 && part.data[0] != '.');
        start = end + 1;
    }
}

static void open_members(struct mn_container *container, struct mn_arena *arena)
{
    char *buffer = NULL;
    size_t capacity = 0;
    struct mn_member member;
    struct mn_error error;
    bool more = true;
    for (int i = 0; more && i < MOST_MEMBERS; i++) {
        struct mn_slice bytes;
        mn_arena_reset(arena);
        if (mn_container_next(container, arena, &more, &member, &error) != MN_OK || !more)
            break;
        struct mn_slice output = mn_output_name(arena, member.name);
        if (member.name.size && output.data)
            check_output(output);
        if (mn_container_load(container, &buffer, &capacity, &bytes, &error) == MN_OK)
            check(bytes.size <= LIMIT);
    }
    free(buffer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct mn_walk_options walk = {.stop = -1};
    static const struct mn_container_options options = {
        .max_bytes = LIMIT, .max_ratio = 100, .stop = -1, .walk = &walk};
    struct mn_slice bytes = {(const char *)data, size};
    struct mn_arena *arena = mn_arena_create();
    struct mn_container *container;
    struct mn_error error;
    if (arena && mn_is_container(bytes) && mn_container_open_bytes(bytes, &options, &container, &error) == MN_OK) {
        open_members(container, arena);
        mn_container_close(container);
    }
    mn_arena_destroy(arena);
    return 0;
}
