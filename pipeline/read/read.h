/* read: bytes in, the document's lines and paragraphs out. What the bytes are is sniffed, never trusted by name. Every
 * reader undoes its format and nothing else: joining lines into paragraphs, headings and lists that only a reader of
 * English would see, are segment's.
 *
 * Nodes made here: MN_AB for each non-empty physical line of plain text and markdown; MN_P and MN_HEAD (with the level
 * that the format states) for blocks of HTML and of office documents; PDF as layout/layout.h says; lists, items,
 * tables, rows, cells, quotes where the format states them; MN_FW for furniture that the format marks as such (HTML's
 * nav, footer, header, hidden parts, menus and breadcrumbs by class or id). Text is canonical (mn_utf8_fold). `gap`,
 * `page`, `level`, MN_BOLD and source ranges as far as known:
 *
 *  - gap: plain text and markdown, the empty lines before the line; HTML, 1 before a block, more for empty paragraphs
 *    before it, and 0 for a line of the same block that a single <br> sets off (headings are one leaf all the same);
 *  - page: PDF, and plain text with form feeds. MN_BROKEN_OFF: form feed, markdown's "---", CSS's page-break-before;
 *  - source range: bytes of the decoded source; of HTML from the block's first to its last word, markup between them
 *    included;
 *  - numbering, ordinal: of list items of HTML and of office documents and of their first leaf, as a browser or word
 *    processor would show them; `content` is
 *    `start`, for the text does not have them;
 *  - cells that colspan and rowspan cover are there as empty cells, so that columns count alike in all rows. */
#ifndef MN_READ_READ_H
#define MN_READ_READ_H

#include "document/document.h"
#include "read/pdf_process.h"

struct mn_read_options {
    size_t max_bytes;               /* 0: MN_LIMIT_DOCUMENT_BYTES */
    size_t max_expanded;            /* of what an office document unpacks to; 0: MN_LIMIT_PACKAGE_BYTES */
    const char *charset;            /* from a transport header (WARC, HTTP); null: not given. A BOM goes before it. */
    const struct mn_sha256 *sha256; /* of the bytes; null: not known yet */
    struct mn_pdf_process *pdf;     /* parses PDF files for the calling thread; null: they are told as not read */
};

/* Reads a document from bytes. `document` is fresh, with source.name set by the caller; the rest of source is set here.
 * MN_EMPTY_SOURCE (nothing but white space counts as empty too: "no text"), MN_NOT_TEXT (binary; says what it looks
 * like: PDF, zip, …), MN_UNSUPPORTED, MN_MALFORMED, MN_OVER_LIMIT. Bytes that are not valid in the charset become
 * U+FFFD with a notice that counts them and gives the first place. */
enum mn_status mn_read(struct mn_slice bytes, const struct mn_read_options *options, struct mn_document *document,
                       struct mn_error *error);

#endif
