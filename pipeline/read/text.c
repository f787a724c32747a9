#include "read/columns.h"
#include "read/formats.h"

enum mn_status mn_read_text(const struct mn_read_input *input, struct mn_document *document, struct mn_error *error)
{
    struct mn_leaves leaves;
    struct mn_lines lines;
    struct mn_line line;
    size_t plain = 0;
    mn_leaves_init(&leaves, document);
    mn_lines_init(&lines, input->text);
    while (!leaves.failed && mn_lines_next(&lines, &line)) {
        if (mn_columns_take(&leaves, &lines, &line, &plain))
            continue;
        if (!mn_leaves_line(&leaves, &line, line.text))
            mn_lines_empty(&lines, &line);
    }
    return mn_leaves_finish(&leaves, error);
}
