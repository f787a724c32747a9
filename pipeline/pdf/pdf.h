/* The parts of minutiae-pdf. */
#ifndef MINUTIAE_PDF_H
#define MINUTIAE_PDF_H

#include "layout/frames.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A frame that is being put together; memory grows by doubling and stays for the next one. */
struct frame {
    uint8_t *bytes;
    size_t size, capacity;
};

void frame_begin(struct frame *frame, enum mn_pdf_frame kind);
void frame_u8(struct frame *frame, uint8_t value);
void frame_u16(struct frame *frame, uint16_t value);
void frame_u32(struct frame *frame, uint32_t value);
void frame_i32(struct frame *frame, int32_t value);
void frame_bytes(struct frame *frame, const char *bytes, size_t size);

/* Sends the frame to standard output; when nobody reads there any more the program ends. */
void frame_send(struct frame *frame);

/* Reads exactly `size` bytes from standard input; false at its end. */
bool read_exactly(void *bytes, size_t size);

/* Bounds the memory of the process, once. */
void bound_memory(void);
/* Bounds the processor time of the process to so many seconds from now on, once for each document. */
void bound_time(unsigned seconds);

/* Parses the document and sends its fonts and pages. */
enum mn_pdf_outcome send_document(const char *bytes, size_t size, uint32_t *page_count);

#endif
