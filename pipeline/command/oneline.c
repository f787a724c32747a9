#include "command/oneline.h"

/* The end of the white space from `at` on. */
static size_t skip_space(struct mn_slice xml, size_t at)
{
    while (at < xml.size && (xml.data[at] == '\n' || xml.data[at] == ' '))
        at++;
    return at;
}

void write_one_line(struct mn_writer *writer, struct mn_slice xml)
{
    for (size_t at = 0; at < xml.size;) {
        const char *newline = memchr(xml.data + at, '\n', xml.size - at);
        size_t end = newline ? (size_t)(newline - xml.data) : xml.size;
        mn_write(writer, mn_slice_cut(xml, at, end));
        at = end;
        if (at == xml.size)
            break;
        /* Between tags, as text has no ">" that is not written "&gt;". */
        bool behind_tag = at == 0 || xml.data[at - 1] == '>';
        size_t next = skip_space(xml, at);
        if (behind_tag && (next == xml.size || xml.data[next] == '<')) {
            at = next;
        } else {
            mn_write_literal(writer, "&#10;");
            at++;
        }
    }
    mn_write_char(writer, '\n');
}
