/* Styles of headings: two with the same style head sections of the same rank. */
#ifndef MN_SEGMENT_HEADINGS_H
#define MN_SEGMENT_HEADINGS_H

enum heading_style {
    STYLE_NONE,
    STYLE_LABEL,
    STYLE_CAPITALS,
    STYLE_BOLD,
    STYLE_TITLE,
    STYLE_COUNTED,       /* "Recommendation No. 2" */
    STYLE_NUMBERED = 16, /* + depth: 1, 2.1, 2.1.3 */
    STYLE_LETTERED = 32, /* + numbering */
    STYLE_STATED = 64    /* + level that the format states */
};

#endif
