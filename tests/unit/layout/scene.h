/* Pages put together by hand, and what layout makes of them in a few characters a node. */
#ifndef MN_TEST_LAYOUT_SCENE_H
#define MN_TEST_LAYOUT_SCENE_H

#include "layout/layout.h"

/* A line of text on a page; a letter is half as wide as the font's size, a space a quarter. All lengths in points. */
struct text {
    int left, base; /* where it begins; its base line, from the page's top */
    const char *words;
    int size; /* 0: 12 */
    bool bold;
    bool glued; /* its first word has no white space before it */
};

#define AT(x, y, text)                                                                                                 \
    {                                                                                                                  \
        .left = (x), .base = (y), .words = (text)                                                                      \
    }
#define SIZED(x, y, text, points)                                                                                      \
    {                                                                                                                  \
        .left = (x), .base = (y), .words = (text), .size = (points)                                                    \
    }
#define BOLD(x, y, text)                                                                                               \
    {                                                                                                                  \
        .left = (x), .base = (y), .words = (text), .bold = true                                                        \
    }
#define GLUED(x, y, text, points)                                                                                      \
    {                                                                                                                  \
        .left = (x), .base = (y), .words = (text), .size = (points), .glued = true                                     \
    }

struct scene {
    struct mn_arena *arena;
    struct mn_document *document;
    enum mn_status status;
    char *dump;
};

/* The texts of `page_count` pages, each 600 by 800 points and ended by a text with null words. */
struct mn_pages scene_pages(struct mn_arena *arena, const struct text *const *pages, size_t page_count);

/* Lays the pages out. The dump has a line for each node: a space for each level of depth, the element's name, then the
 * level of a head or the indentation of a paragraph, "*" for bold, "@P" the page, "+N" the bytes before the next page,
 * and the text. */
struct scene scene_of(const struct text *const *pages, size_t page_count);
void scene_free(struct scene *scene);

/* The same for one page, or for two, compared with what is expected. */
void expect_page(const struct text *page, const char *expected);
void expect_pages(const struct text *first, const struct text *second, const char *expected);

#endif
