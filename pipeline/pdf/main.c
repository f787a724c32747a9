/* minutiae-pdf: parses PDF files for minutiae in a process of its own, so that a file that crashes, hangs or blows up
 * the parser costs that one document. It answers questions on standard input (layout/frames.h) until that ends; its
 * argument is how many seconds of processor time one may take. Whoever asks watches over the time and starts it again
 * after a crash.
 *
 * This program is linked with poppler, which is under the GNU General Public License, version 2 or 3. Its own source is
 * under the Apache licence 2.0, as all of minutiae is; the linked program may be passed on under GPL version 3. */
#include "base/limits.h"
#include "pdf/pdf.h"
#include <stdlib.h>

static uint32_t u32_at(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static void send_end(enum mn_pdf_outcome outcome, uint32_t page_count)
{
    static struct frame frame;
    frame_begin(&frame, MN_PDF_END);
    frame_u8(&frame, (uint8_t)outcome);
    frame_u32(&frame, page_count);
    frame_send(&frame);
}

/* Reads one question and answers it; false when there is none. */
static bool answer_next(unsigned seconds)
{
    uint8_t head[8];
    if (!read_exactly(head, sizeof head) || u32_at(head) != MN_PDF_QUESTION)
        return false;
    uint32_t size = u32_at(head + 4);
    char *bytes = malloc(size ? size : 1);
    if (!bytes || !read_exactly(bytes, size)) {
        free(bytes);
        return false;
    }
    bound_time(seconds);
    uint32_t page_count = 0;
    enum mn_pdf_outcome outcome = send_document(bytes, size, &page_count);
    free(bytes);
    send_end(outcome, page_count);
    return true;
}

int main(int count, char **arguments)
{
    unsigned long seconds = count > 1 ? strtoul(arguments[1], NULL, 10) : 0;
    if (seconds == 0 || seconds > MN_LIMIT_PDF_SECONDS)
        seconds = MN_LIMIT_PDF_SECONDS;
    bound_memory();
    while (answer_next((unsigned)seconds))
        ;
    return EXIT_SUCCESS;
}
