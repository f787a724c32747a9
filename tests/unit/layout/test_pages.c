/* The answer of minutiae-pdf: taken apart as frames.h says, refused when it is not so. */
#include "layout/pages.h"
#include <criterion/criterion.h>

#define BYTES(text)                                                                                                    \
    {                                                                                                                  \
        (text), sizeof(text) - 1                                                                                       \
    }
#define END "E\5\0\0\0\0\3\0\0\0"
#define FONT "F\x0A\0\0\0Arial,Bold"
#define PAGE_HEAD "\1\0\0\0\x10\x27\0\0\x20\x4E\0\0"
#define RUN "\1\0\0\0\2\0\0\0\3\0\0\0\4\0\0\0\0\0\x78\0\1\0\2\0ab"

static enum mn_status read_bytes(struct mn_slice bytes, struct mn_arena *arena, struct mn_pages *pages)
{
    struct mn_error error;
    return mn_pages_read(bytes, arena, pages, &error);
}

Test(pages, are_taken_apart)
{
    struct mn_arena *arena = mn_arena_create();
    struct mn_pages pages;
    static const struct mn_slice answer = BYTES(FONT "P\x26\0\0\0" PAGE_HEAD RUN END);
    cr_assert(read_bytes(answer, arena, &pages) == MN_OK);
    cr_assert(pages.count == 1 && pages.font_count == 1 && pages.page_count == 3 && pages.outcome == MN_PDF_DONE);
    cr_expect(pages.fonts[0].bold);
    const struct mn_page *page = &pages.items[0];
    cr_expect(page->number == 1 && page->width == 10000 && page->height == 20000 && page->run_count == 1);
    const struct mn_run *run = &page->runs[0];
    cr_expect(mn_slice_equal(run->text, MN_LITERAL("ab")) && run->size == 120 && run->flags == MN_PDF_GLUED);
    cr_expect(run->box.left == 1 && run->box.top == 2 && run->box.right == 3 && run->box.bottom == 4);
    mn_arena_destroy(arena);
}

static const struct mn_slice senseless[] = {
    BYTES(""),
    BYTES("E\5\0\0"),
    BYTES("E\5\0\0\0\0\3\0\0"),             /* cut off */
    BYTES("E\5\0\0\0\x63\3\0\0\0"),         /* no such outcome */
    BYTES("E\4\0\0\0\0\3\0\0"),             /* too short */
    BYTES("Q\0\0\0\0" END),                 /* no such frame */
    BYTES("P\2\0\0\0\1\2" END),             /* no whole head of a page */
    BYTES("P\x24\0\0\0" PAGE_HEAD RUN END), /* a run cut off */
    BYTES("P\xFF\xFF\xFF\xFF" PAGE_HEAD END),
    BYTES("P\x25\0\0\0" PAGE_HEAD "\1\0\0\0\2\0\0\0\3\0\0\0\4\0\0\0\0\0\x78\0\1\0\1\0\xFF" END), /* not UTF-8 */
    BYTES("P\x24\0\0\0" PAGE_HEAD "\1\0\0\0\2\0\0\0\3\0\0\0\4\0\0\0\0\0\x78\0\1\0\0\0" END), /* a run without text */
};

Test(pages, that_make_no_sense_are_refused)
{
    for (size_t i = 0; i < sizeof senseless / sizeof *senseless; i++) {
        struct mn_arena *arena = mn_arena_create();
        struct mn_pages pages;
        cr_expect(read_bytes(senseless[i], arena, &pages) == MN_MALFORMED, "%zu", i);
        mn_arena_destroy(arena);
    }
}
