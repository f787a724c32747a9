#include "base/slice.h"

static bool is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

struct mn_slice mn_slice_trim(struct mn_slice slice)
{
    while (slice.size && is_blank(slice.data[0])) {
        slice.data++;
        slice.size--;
    }
    while (slice.size && is_blank(slice.data[slice.size - 1]))
        slice.size--;
    return slice;
}
