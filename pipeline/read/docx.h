/* What the parts of a Word document beside its text say: styles and numbering. */
#ifndef MN_READ_DOCX_H
#define MN_READ_DOCX_H

#include "document/document.h"
#include "read/xml_part.h"

#define MN_DOCX_LEVELS 9
#define MN_DOCX_NONE UINT32_MAX

struct mn_docx_style {
    struct mn_slice id, based_on;
    uint8_t heading; /* level from 1; 0: none stated */
    int8_t bold;     /* 1, 0; -1: not stated */
    uint32_t number; /* of numbering, MN_DOCX_NONE: not stated */
    uint32_t level;
};

/* One level of an abstract numbering. */
struct mn_docx_level {
    uint8_t numbering; /* enum mn_numbering */
    uint32_t start;
};

struct mn_docx_abstract {
    uint32_t id;
    struct mn_docx_level levels[MN_DOCX_LEVELS];
    uint32_t counts[MN_DOCX_LEVELS]; /* while the text is read: the last number given; 0: none yet */
};

/* A numbering as paragraphs name it. */
struct mn_docx_number {
    uint32_t id, abstract;           /* index into abstracts, MN_DOCX_NONE */
    uint32_t starts[MN_DOCX_LEVELS]; /* where it starts anew; MN_DOCX_NONE: it goes on */
};

struct mn_docx_styles {
    struct mn_arena *arena;
    MN_VECTOR(struct mn_docx_style) styles;
    MN_VECTOR(struct mn_docx_abstract) abstracts;
    MN_VECTOR(struct mn_docx_number) numbers;
    bool failed; /* memory is out */
};

/* Reads word/styles.xml and word/numbering.xml; either may be missing (null data). */
enum mn_status mn_docx_styles_read(struct mn_slice styles, struct mn_slice numbering, struct mn_slice document,
                                   struct mn_docx_styles *out, struct mn_error *error);

/* Does this value of an on-off property switch it off? */
bool mn_docx_is_off(struct mn_slice value);

/* The level of a heading of that outline level, which counts from 0; 0: none, from 9 on. */
uint8_t mn_docx_heading_level(uint32_t outline);

/* A style with what it inherits; all unstated when there is none of that name. */
struct mn_docx_style mn_docx_style_of(const struct mn_docx_styles *styles, struct mn_slice id);

/* The next number of that level: its kind, and the ordinal that a word processor would print. MN_UNNUMBERED when there
 * is no such numbering. `*list` tells apart lists that are numbered on their own. */
enum mn_numbering mn_docx_count(struct mn_docx_styles *styles, uint32_t number, uint32_t level, uint32_t *ordinal,
                                uint32_t *list);

#endif
