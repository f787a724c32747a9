/* A document's pages as minutiae-pdf describes them: runs of letters with their boxes and fonts. */
#ifndef MN_LAYOUT_PAGES_H
#define MN_LAYOUT_PAGES_H

#include "base/arena.h"
#include "base/error.h"
#include "layout/frames.h"

/* Lengths everywhere in layout/ are hundredths of a point from the page's left top corner. */
struct mn_box {
    int32_t left, top, right, bottom;
};

struct mn_run {
    struct mn_slice text; /* valid UTF-8 without white space, not empty */
    struct mn_box box;    /* left <= right, top <= bottom */
    uint16_t font;        /* below pages->font_count, or 0 when there is none */
    uint16_t size;        /* of the font, tenths of a point */
    uint16_t flags;       /* enum mn_pdf_run */
};

struct mn_page {
    uint32_t number; /* from 1 */
    int32_t width, height;
    struct mn_run *runs;
    size_t run_count;
};

struct mn_font {
    struct mn_slice name;
    bool bold; /* as its name tells */
};

struct mn_pages {
    struct mn_page *items;
    size_t count;
    struct mn_font *fonts;
    size_t font_count;
    uint32_t page_count; /* of the document */
    enum mn_pdf_outcome outcome;
};

/* Takes an answer of minutiae-pdf apart. Texts borrow from the answer, the rest is the arena's. MN_MALFORMED where the
 * answer is not what frames.h says, MN_NO_MEMORY. */
enum mn_status mn_pages_read(struct mn_slice answer, struct mn_arena *arena, struct mn_pages *pages,
                             struct mn_error *error);

#endif
