/* The tree of a document as lines of text, for tests and for looking at. */
#ifndef MN_TEST_SEGMENT_TREE_H
#define MN_TEST_SEGMENT_TREE_H

#include "document/document.h"

/* One line per node, indented by depth: `p "text"`, leaves with their enumerator in braces and their sentences divided
 * by " / ". malloc'ed and NUL-terminated; the caller frees it. */
char *print_tree(const struct mn_document *document);

#endif
