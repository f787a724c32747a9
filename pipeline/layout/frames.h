/* What travels between minutiae and minutiae-pdf, the program that parses PDF files in a process of its own. All
 * numbers are little-endian.
 *
 *     question  u32 MN_PDF_QUESTION, u32 bytes, the PDF file
 *     answer    frames: u8 enum mn_pdf_frame, u32 bytes, what it holds; the last is MN_PDF_END
 *
 *     MN_PDF_FONT   the font's name. Fonts count from 0 in the order of their frames.
 *     MN_PDF_PAGE   u32 number of the page from 1, i32 width, i32 height, then runs to the end of the frame
 *     MN_PDF_END    u8 enum mn_pdf_outcome, u32 pages of the document
 *
 *     run           i32 left, top, right, bottom; u16 font; u16 font size in tenths of a point; u16 enum mn_pdf_run;
 *                   u16 bytes; UTF-8 text without white space
 *
 * Lengths are hundredths of a point, from the page's left top corner, as it is shown (turned pages are turned). A run
 * is a piece of one line in one font without white space: a word, or part of one. */
#ifndef MN_LAYOUT_FRAMES_H
#define MN_LAYOUT_FRAMES_H

#define MN_PDF_QUESTION 0x31465044u /* "DPF1" */
#define MN_PDF_FRAME_HEAD 5
#define MN_PDF_PAGE_HEAD 12
#define MN_PDF_RUN_HEAD 24

enum mn_pdf_frame { MN_PDF_FONT = 'F', MN_PDF_PAGE = 'P', MN_PDF_END = 'E' };

enum mn_pdf_run {
    MN_PDF_GLUED = 1, /* no white space between the run before and this one */
    MN_PDF_TURNED = 2 /* its letters do not run from left to right */
};

enum mn_pdf_outcome {
    MN_PDF_DONE,
    MN_PDF_ENCRYPTED, /* a password is needed */
    MN_PDF_DAMAGED,   /* no document could be made of the bytes, or not all of its pages */
    MN_PDF_TOO_LARGE, /* more pages or text than one document may have */
    MN_PDF_OUTCOME_COUNT
};

#endif
