/* Layout: columns of text. Widths are in code points. */
#ifndef EVALUATE_LAYOUT_H
#define EVALUATE_LAYOUT_H

#include "base/writer.h"
#include "score.h"

/* Formatted text of up to LAYOUT_MAXIMUM bytes; longer text is cut. For numbers and fixed words, not for text that was
 * read. */
void layout_print(struct mn_writer *writer, const char *format, ...) __attribute__((format(printf, 2, 3)));

enum { LAYOUT_MAXIMUM = 512 };

/* The text and spaces up to `width`. */
void layout_left(struct mn_writer *writer, struct mn_slice text, size_t width);

/* "0.873", or "-" where the figure is not defined. */
struct figure_text {
    char text[8];
};
struct figure_text figure_text(double figure);

/* "0.873 [0.811, 0.920]" in 20 columns. */
void layout_estimate(struct mn_writer *writer, const struct estimate *estimate);

/* The greatest number of code points of a row's label, at least `least`. */
size_t label_width(const struct score_list *list, size_t least);

#endif
