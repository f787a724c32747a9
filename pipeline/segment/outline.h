/* Writing the final tree: sections, lists, leaves. */
#ifndef MN_SEGMENT_OUTLINE_H
#define MN_SEGMENT_OUTLINE_H

#include "segment/blocks.h"

#define MOST_SECTIONS 6 /* one inside the other; a deeper heading takes the place of the deepest */
#define MOST_LISTS 16
#define DORMANT_LISTS 6 /* closed lists that a later enumerator can go on from */

struct open_list {
    struct mark last; /* of the item that is open, in its one reading */
    uint8_t indent;
    uint8_t ending; /* enum ending of the item's newest text */
};

/* A container that the format states: lists opened inside it end with it. */
struct context {
    size_t lists; /* open when it began */
    uint8_t kind; /* enum mn_node_kind */
    uint32_t leaves;
    uint32_t node;
};

struct outline {
    struct work *work;
    struct mn_builder builder;
    uint16_t styles[MOST_SECTIONS];    /* of the open sections' headings */
    bool holds_numbers[MOST_SECTIONS]; /* numbered headings may stand in it */
    bool numbers_seen;
    size_t sections;
    bool brief; /* the innermost section is an inline label's and ends with its paragraph and list */
    struct open_list lists[MOST_LISTS];
    size_t list_count;
    struct mark dormant[DORMANT_LISTS]; /* newest last */
    size_t dormant_count;
    MN_VECTOR(struct context) contexts;
};

static inline struct context *innermost(struct outline *outline)
{
    return &outline->contexts.items[outline->contexts.count - 1];
}

/* Closes lists until `count` are open. */
void mn_close_lists(struct outline *outline, size_t count);

/* Opens the item for a text with this enumerator: in the list it goes on with, or in a new one. The reading that was
 * chosen comes back, or SHAPE_NONE when the enumerator is none and nothing was opened. `at` is the block's place. */
struct mark mn_open_item(struct outline *outline, size_t at, struct mark mark, uint8_t indent);

/* Does the text at `at`, which has no enumerator, belong to the item that is open? Closes what it does not belong to.
 */
bool mn_stays_in_item(struct outline *outline, size_t at);

#endif
