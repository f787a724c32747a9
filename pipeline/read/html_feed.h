/* Hands a page to libxml2's push parser in pieces. */
#ifndef MN_READ_HTML_FEED_H
#define MN_READ_HTML_FEED_H

#include "base/slice.h"
#include <libxml/HTMLparser.h>

/* Feeds all of `text`. As libxml2 compares each attribute of a tag with all before it, attributes beyond some hundreds
 * in one tag are left out: they would take quadratic time. So are Word's conditions, "<![if …]>". `shift`, which the
 * parser's handlers may read, is set to the number of bytes left out so far. */
void mn_html_feed(htmlParserCtxtPtr parser, struct mn_slice text, size_t *shift);

#endif
