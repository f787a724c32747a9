#include "base/slice.h"

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f' || byte == '\v';
}

struct mn_slice mn_slice_trim(struct mn_slice slice)
{
    while (slice.size && is_space(slice.data[slice.size - 1]))
        slice.size--;
    while (slice.size && is_space(*slice.data)) {
        slice.data++;
        slice.size--;
    }
    return slice;
}
