/* layout: a document's pages, runs of letters with their places and fonts, become the lines and blocks that read hands
 * on. Everything is worked out from geometry, in whole numbers, and is the same on every machine:
 *
 *  - runs on one base line are joined into lines, wide gaps part them;
 *  - running heads, page numbers and footnotes become furniture (MN_FW) of their page; the footnotes' marks leave the
 *    words they are glued to;
 *  - what stands in columns becomes a table, or columns of text read one after the other;
 *  - lines become paragraphs, words that a line end cut are mended, paragraphs and tables that a page end cut are
 *    joined;
 *  - lines in larger type than the text's are headings, with a level for each size; bullets out of symbol fonts become
 *    bullets.
 *
 * Nodes made here: MN_P (MN_BOLD where all of it is bold; `level` is its indentation), MN_HEAD, MN_TABLE with rows and
 * cells, MN_FW; `page` of each, `gap` 1. */
#ifndef MN_LAYOUT_LAYOUT_H
#define MN_LAYOUT_LAYOUT_H

#include "document/document.h"
#include "layout/pages.h"

/* Builds the document's nodes from the pages. MN_NO_MEMORY only. */
enum mn_status mn_layout(const struct mn_pages *pages, struct mn_document *document, struct mn_error *error);

#endif
