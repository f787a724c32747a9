#include "command/wrap.h"

size_t wrap_columns(struct mn_slice text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++)
        count += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    return count;
}

void wrap_spaces(struct mn_writer *out, size_t count)
{
    while (count--)
        mn_write_char(out, ' ');
}

/* The bytes of a word that is too long for `room` columns which still fit, cut behind a `|` where there is one. */
static size_t fitting(struct mn_slice word, size_t room)
{
    size_t size = 0, bar = 0;
    for (size_t column = 0; size < word.size; size++) {
        column += ((unsigned char)word.data[size] & 0xC0) != 0x80;
        if (column > room)
            break;
        if (word.data[size] == '|')
            bar = size + 1;
    }
    return bar && size < word.size ? bar : size;
}

/* Writes one paragraph's words, the cursor being at `column`; further lines begin at `indent`. The column after it. */
static void lay_line(struct mn_writer *out, struct mn_slice text, size_t column, size_t indent)
{
    bool fresh = true;
    for (size_t at = 0; at < text.size;) {
        size_t end = at;
        while (end < text.size && !strchr(" \t\r", text.data[end]))
            end++;
        struct mn_slice word = mn_slice_cut(text, at, end);
        at = end + 1;
        while (word.size) {
            size_t wide = wrap_columns(word), needed = wide + !fresh;
            if (!fresh && column + needed > WRAP_WIDTH) {
                mn_write_char(out, '\n');
                wrap_spaces(out, indent);
                column = indent;
                fresh = true;
            }
            size_t size = wide > WRAP_WIDTH - indent ? fitting(word, WRAP_WIDTH - column - !fresh) : word.size;
            wrap_spaces(out, !fresh);
            mn_write(out, mn_slice_cut(word, 0, size));
            column += wrap_columns(mn_slice_cut(word, 0, size)) + !fresh;
            word = mn_slice_cut(word, size, word.size);
            fresh = false;
        }
    }
    mn_write_char(out, '\n');
}

void wrap_text(struct mn_writer *out, struct mn_slice text, size_t column, size_t indent)
{
    for (size_t at = 0; at <= text.size;) {
        size_t end = at;
        while (end < text.size && text.data[end] != '\n')
            end++;
        if (at && end > at)
            wrap_spaces(out, indent);
        lay_line(out, mn_slice_cut(text, at, end), at ? indent : column, indent);
        at = end + 1;
    }
}
