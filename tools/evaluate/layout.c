#include "layout.h"
#include "base/utf8.h"
#include <stdarg.h>
#include <stdio.h>

void layout_print(struct mn_writer *writer, const char *format, ...)
{
    char text[LAYOUT_MAXIMUM];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (size > 0)
        mn_write(writer, (struct mn_slice){text, (size_t)size < sizeof text ? (size_t)size : sizeof text - 1});
}

void layout_left(struct mn_writer *writer, struct mn_slice text, size_t width)
{
    mn_write(writer, text);
    for (size_t length = mn_utf8_length(text); length < width; length++)
        mn_write_char(writer, ' ');
}

struct figure_text figure_text(double figure)
{
    struct figure_text out = {"-"};
    if (figure >= 0)
        snprintf(out.text, sizeof out.text, "%.3f", figure);
    return out;
}

void layout_estimate(struct mn_writer *writer, const struct estimate *estimate)
{
    if (estimate->value < 0)
        layout_print(writer, "%-20s", "-");
    else
        layout_print(writer, "%.3f [%.3f, %.3f]", estimate->value, estimate->low, estimate->high);
}

size_t label_width(const struct score_list *list, size_t least)
{
    for (size_t i = 0; i < list->count; i++) {
        size_t width = mn_utf8_length(list->items[i].label);
        least = width > least ? width : least;
    }
    return least;
}
