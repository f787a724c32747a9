#include "base/bisect.h"
#include "base/utf8.h"
#include "document/document.h"

enum { STEP = 256 };

bool mn_offsets_init(struct mn_offsets *offsets, struct mn_arena *arena, struct mn_slice text)
{
    *offsets = (struct mn_offsets){.text = text};
    if (mn_utf8_length(text) == text.size)
        return true;
    size_t blocks = text.size / STEP + 1;
    offsets->counts = mn_arena_alloc(arena, blocks * sizeof *offsets->counts);
    if (!offsets->counts)
        return false;
    uint32_t count = 0;
    for (size_t i = 0; i < blocks; i++) {
        size_t end = (i + 1) * STEP < text.size ? (i + 1) * STEP : text.size;
        offsets->counts[i] = count;
        count += (uint32_t)mn_utf8_length(mn_slice_cut(text, i * STEP, end));
    }
    return true;
}

uint32_t mn_offsets_code_point(const struct mn_offsets *offsets, uint32_t byte)
{
    if (!offsets->counts)
        return byte;
    size_t block = byte / STEP;
    return offsets->counts[block] + (uint32_t)mn_utf8_length(mn_slice_cut(offsets->text, block * STEP, byte));
}

/* The last block that starts at or before the code point. */
static size_t find_block(const struct mn_offsets *offsets, uint32_t code_point)
{
    size_t blocks = offsets->text.size / STEP + 1;
    return mn_count_below(offsets->counts, sizeof *offsets->counts, 0, blocks, (uint64_t)code_point + 1) - 1;
}

uint32_t mn_offsets_byte(const struct mn_offsets *offsets, uint32_t code_point)
{
    if (!offsets->counts)
        return code_point <= offsets->text.size ? code_point : MN_NONE;
    size_t block = find_block(offsets, code_point), byte = block * STEP;
    uint32_t count = offsets->counts[block];
    const char *data = offsets->text.data;
    while (byte < offsets->text.size && (((unsigned char)data[byte] & 0xC0) == 0x80 || count < code_point)) {
        count += ((unsigned char)data[byte] & 0xC0) != 0x80;
        byte++;
        while (byte < offsets->text.size && ((unsigned char)data[byte] & 0xC0) == 0x80)
            byte++;
    }
    return count == code_point ? (uint32_t)byte : MN_NONE;
}
