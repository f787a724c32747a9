/* What the readers of office documents share: text that is gathered into paragraphs, and the tree of lists and tables
 * that grows around them. */
#ifndef MN_READ_OFFICE_H
#define MN_READ_OFFICE_H

#include "read/leaves.h"

#define MN_OFFICE_PARAGRAPHS 8 /* in each other: text boxes */
#define MN_OFFICE_LISTS 16     /* in each other */
#define MN_OFFICE_CELLS 32     /* tables in each other */

/* A paragraph that is being gathered. */
struct mn_office_paragraph {
    char *data; /* kept from paragraph to paragraph */
    size_t size, capacity;
    bool has_bold, has_plain; /* letters of that kind are in it */
    bool breaks_page;         /* before it */
    uint8_t heading;          /* level, 0: none */
    uint8_t numbering;        /* enum mn_numbering: it is an item of a list */
    uint32_t ordinal;
    uint32_t list, level; /* of an item: which list, how deep in it, from 0 */
    bool furniture;
    bool stays_in_item; /* a further paragraph of the item before it */
};

struct mn_office {
    struct mn_leaves leaves;
    struct mn_office_paragraph stack[MN_OFFICE_PARAGRAPHS];
    uint32_t depth; /* paragraphs open */
    struct {
        uint32_t list, level;
    } lists[MN_OFFICE_LISTS]; /* open lists, each with an open item */
    uint32_t list_count;
    struct {
        uint32_t lists; /* open outside of it */
    } cells[MN_OFFICE_CELLS];
    uint32_t cell_count;
    uint32_t passed_over;             /* tables, rows and cells that are open but have no place in the tree */
    MN_VECTOR(struct mn_slice) notes; /* raw, to be put behind the paragraph at hand */
    bool failed;                      /* memory is out */
};

void mn_office_init(struct mn_office *office, struct mn_document *document);

void mn_office_begin_paragraph(struct mn_office *office);
/* The innermost open paragraph, or null. */
struct mn_office_paragraph *mn_office_paragraph(struct mn_office *office);
void mn_office_add_text(struct mn_office *office, struct mn_slice text, bool bold);
void mn_office_end_paragraph(struct mn_office *office);

/* A note that belongs to the paragraph at hand, kept aside as furniture. */
void mn_office_add_note(struct mn_office *office, struct mn_slice text);

/* Tables: what lies deeper than MN_OFFICE_CELLS, or where no table can be, goes into the cell around it. */
void mn_office_begin_table(struct mn_office *office);
void mn_office_end_table(struct mn_office *office);
void mn_office_begin_row(struct mn_office *office);
void mn_office_end_row(struct mn_office *office);
void mn_office_begin_cell(struct mn_office *office, bool header);
void mn_office_end_cell(struct mn_office *office);
void mn_office_close_lists(struct mn_office *office);

/* The title in a file of properties (null data: there is none). One that cannot be read is none. */
void mn_office_read_title(struct mn_office *office, struct mn_slice properties);

/* MN_OVER_LIMIT where the document has more nodes than its limits.blocks; MN_OVER_TIME; MN_NO_MEMORY. */
enum mn_status mn_office_finish(struct mn_office *office, struct mn_error *error);

#endif
