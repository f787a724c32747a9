#include "pdf/pdf.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void frame_bytes(struct frame *frame, const char *bytes, size_t size)
{
    if (frame->size + size > frame->capacity) {
        frame->capacity = 2 * (frame->size + size) + 4096;
        frame->bytes = realloc(frame->bytes, frame->capacity);
        if (!frame->bytes)
            exit(EXIT_FAILURE);
    }
    if (size)
        memcpy(frame->bytes + frame->size, bytes, size);
    frame->size += size;
}

void frame_u8(struct frame *frame, uint8_t value)
{
    char byte = (char)value;
    frame_bytes(frame, &byte, 1);
}

void frame_u16(struct frame *frame, uint16_t value)
{
    char bytes[2] = {(char)(value & 0xFF), (char)(value >> 8)};
    frame_bytes(frame, bytes, sizeof bytes);
}

void frame_u32(struct frame *frame, uint32_t value)
{
    frame_u16(frame, (uint16_t)(value & 0xFFFF));
    frame_u16(frame, (uint16_t)(value >> 16));
}

void frame_i32(struct frame *frame, int32_t value)
{
    frame_u32(frame, (uint32_t)value);
}

void frame_begin(struct frame *frame, enum mn_pdf_frame kind)
{
    frame->size = 0;
    frame_u8(frame, (uint8_t)kind);
    frame_u32(frame, 0);
}

void frame_send(struct frame *frame)
{
    uint32_t size = (uint32_t)(frame->size - MN_PDF_FRAME_HEAD);
    for (unsigned i = 0; i < 4; i++)
        frame->bytes[1 + i] = (uint8_t)(size >> (8 * i));
    for (size_t sent = 0; sent < frame->size;) {
        ssize_t written = write(STDOUT_FILENO, frame->bytes + sent, frame->size - sent);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            exit(EXIT_SUCCESS);
        sent += (size_t)written;
    }
}

bool read_exactly(void *bytes, size_t size)
{
    for (size_t got = 0; got < size;) {
        ssize_t part = read(STDIN_FILENO, (char *)bytes + got, size - got);
        if (part < 0 && errno == EINTR)
            continue;
        if (part <= 0)
            return false;
        got += (size_t)part;
    }
    return true;
}
