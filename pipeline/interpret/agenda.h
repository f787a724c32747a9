/* The item of the agenda that a place in the minutes of a meeting belongs to: the heading that names it. */
#ifndef MN_INTERPRET_AGENDA_H
#define MN_INTERPRET_AGENDA_H

#include "document/document.h"
#include "rules/segmentation.h"

struct mn_agenda {
    const struct mn_document *document;
    const struct mn_segmentation *segmentation; /* tells the furniture behind a title; null for none */
    uint32_t *plain; /* of each node: its sections with a heading that has neither number nor role */
};

/* False when memory is out. */
bool mn_agenda_index(const struct mn_document *document, const struct mn_segmentation *segmentation,
                     struct mn_agenda *agenda);

/* The heading of the item that a leaf stands under, or MN_NONE: the outermost section with a number, and of those the
 * innermost whose number goes on from it (6, 6.2); without any the innermost of three or more sections side by side
 * that have headings. Sections with a role (a decision under its item) name none. */
uint32_t mn_agenda_item(const struct mn_agenda *agenda, uint32_t leaf);

/* What a finding says of the item: a part named "item" with the heading's words, without the file that a committee
 * system names behind them, as its range and its number, without the signs around it, as its value. */
struct mn_field mn_agenda_part(const struct mn_agenda *agenda, uint32_t head);

#endif
