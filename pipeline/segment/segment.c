#include "segment/segment.h"

#include "segment/blocks.h"

enum mn_status mn_segment(struct mn_document *document, const struct mn_segmentation *segmentation,
                          struct mn_error *error)
{
    struct work work = {.document = document, .segmentation = segmentation, .arena = document->arena};
    if (!gather_blocks(&work) || !mark_furniture(&work) || !count_formulae(&work))
        return mn_fail_memory(error);
    measure_habits(&work);
    if (!reflow_lines(&work) || !find_headings(&work) || !mend_blocks(&work))
        return mn_fail_memory(error);
    enum mn_status status = write_outline(&work, error);
    if (status != MN_OK)
        return status;
    if (!cut_sentences(&work))
        return mn_fail_memory(error);
    document->layer = MN_LAYER_SEGMENT;
    return MN_OK;
}
