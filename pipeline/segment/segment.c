#include "segment/segment.h"

#include "segment/blocks.h"

enum mn_status mn_segment(struct mn_document *document, const struct mn_segmentation *segmentation,
                          struct mn_error *error)
{
    struct work work = {.document = document, .segmentation = segmentation, .arena = document->arena};
    if (!mn_gather_blocks(&work) || !mn_mark_furniture(&work) || !mn_count_formulae(&work))
        return mn_fail_memory(error);
    mn_measure_habits(&work);
    if (!mn_reflow_lines(&work) || !mn_find_headings(&work) || !mn_mend_blocks(&work))
        return mn_fail_memory(error);
    mn_find_points(&work);
    enum mn_status status = mn_write_outline(&work, error);
    if (status != MN_OK)
        return status;
    if (!mn_cut_sentences(&work))
        return mn_fail_memory(error);
    document->layer = MN_LAYER_SEGMENT;
    return MN_OK;
}
