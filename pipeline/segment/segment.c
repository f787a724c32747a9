#include "segment/segment.h"

#include "segment/blocks.h"

static enum mn_status segment(struct work work, struct mn_error *error)
{
    if (!mn_gather_blocks(&work))
        return mn_fail_memory(error);
    MN_RELEASE(work.document->arena, &work.document->nodes); /* the blocks say it all */
    if (!mn_raise_tables(&work) || !mn_mark_furniture(&work) || !mn_count_formulae(&work))
        return mn_fail_memory(error);
    mn_measure_habits(&work);
    if (!mn_reflow_lines(&work) || !mn_find_headings(&work) || !mn_mend_blocks(&work))
        return mn_fail_memory(error);
    mn_find_points(&work);
    enum mn_status status = mn_write_outline(&work, error);
    if (status != MN_OK)
        return status;
    return mn_cut_sentences(&work) ? MN_OK : mn_fail_memory(error);
}

enum mn_status mn_segment(struct mn_document *document, const struct mn_segmentation *segmentation,
                          struct mn_error *error)
{
    struct work work = {.document = document, .segmentation = segmentation, .arena = mn_arena_scratch(document->arena)};
    const char *text = document->text.data, *furniture = document->furniture.data; /* read's */
    if (!work.arena)
        return mn_fail_memory(error);
    enum mn_status status = segment(work, error);
    mn_arena_reset(work.arena);
    if (status != MN_OK)
        return status;
    mn_arena_release(document->arena, text);
    mn_arena_release(document->arena, furniture);
    document->layer = MN_LAYER_SEGMENT;
    return MN_OK;
}
