/* The fixed parts of the page that `rules list --format html` writes: its style, and how rules are to be read. */
#ifndef MN_COMMAND_RULES_PAGE_H
#define MN_COMMAND_RULES_PAGE_H

#include "base/writer.h"

enum { RULES_PAGE_COLOURS = 12 }; /* classes c0 … of captures */

void rules_page_style(struct mn_writer *out);  /* <style> */
void rules_page_reader(struct mn_writer *out); /* <section>: what the page shows and what the signs mean */

#endif
