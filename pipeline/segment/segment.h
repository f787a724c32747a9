/* segment: read's lines and blocks become the document's final structure, and the canonical text is fixed.
 *
 *  - furniture lines (page numbers, running heads, "pdf icon PDF 78 KB") leave the flow;
 *  - tables that an export wrote out cell by cell are tables again;
 *  - physical lines are joined into paragraphs by the document's own habit (wrapped lines, or a blank line after every
 *    line), also over page breaks;
 *  - headings are recognised and nest in sections (div); the labels of committee systems open sections with their role;
 *  - enumerators make lists and nested lists, also inline "(1) …; and (2) …"; an item that a stray break has cut is one
 *    item again;
 *  - every leaf's text is cut into sentences.
 *
 * What words mean comes from the rules: abbreviations, labels, furniture lines (see rules/segmentation.h). */
#ifndef MN_SEGMENT_SEGMENT_H
#define MN_SEGMENT_SEGMENT_H

#include "document/document.h"
#include "rules/segmentation.h"

/* Adds the segment layer. Afterwards the nodes are the final ones: no MN_AB is left, leaves' ranges cover the text,
 * every byte of a leaf's [content, end) but white space lies in exactly one sentence. */
enum mn_status mn_segment(struct mn_document *document, const struct mn_segmentation *segmentation,
                          struct mn_error *error);

#endif
