#include "read/formats.h"
#include "read/leaves.h"

enum mn_status mn_read_text(const struct mn_read_input *input, struct mn_document *document, struct mn_error *error)
{
    struct mn_leaves leaves;
    mn_leaves_init(&leaves, document);
    mn_leaves_lines(&leaves, input->text);
    return mn_leaves_finish(&leaves, error);
}
