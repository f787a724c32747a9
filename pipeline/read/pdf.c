/* PDF: another process parses the file, layout makes text of what it says. */
#include "layout/layout.h"
#include "read/formats.h"
#include "read/pdf_process.h"

static enum mn_status tell_outcome(const struct mn_pages *pages, struct mn_slice name, struct mn_error *error)
{
    switch (pages->outcome) {
    case MN_PDF_ENCRYPTED:
        return mn_fail(error, MN_UNSUPPORTED,
                       "%.*s: this PDF is encrypted and opens with a password only: save it without one",
                       MN_SLICE_ARGS(name));
    case MN_PDF_DAMAGED:
        return mn_fail(error, MN_MALFORMED,
                       "%.*s: this PDF is damaged or cut off, not all of its pages can be found: fetch it again",
                       MN_SLICE_ARGS(name));
    case MN_PDF_TOO_LARGE:
        return mn_fail(error, MN_OVER_LIMIT, "%.*s: this PDF of %u pages is larger than one document may be: split it",
                       MN_SLICE_ARGS(name), pages->page_count);
    default:
        return MN_OK;
    }
}

static bool has_text(const struct mn_pages *pages)
{
    for (size_t i = 0; i < pages->count; i++)
        if (pages->items[i].run_count > 0)
            return true;
    return false;
}

static enum mn_status read_answer(struct mn_slice answer, struct mn_document *document, struct mn_pages *pages,
                                  struct mn_error *error)
{
    enum mn_status status = mn_pages_read(answer, document->arena, pages, error);
    if (status != MN_MALFORMED)
        return status;
    return mn_fail(error, status,
                   "%.*s: the PDF parser's answer makes no sense: are minutiae and minutiae-pdf of one version?",
                   MN_SLICE_ARGS(document->source.name));
}

enum mn_status mn_read_pdf(const struct mn_read_input *input, struct mn_document *document, struct mn_error *error)
{
    struct mn_slice answer, name = document->source.name;
    struct mn_pages pages;
    if (!input->pdf)
        return mn_fail(error, MN_UNSUPPORTED, "%.*s: is a PDF, which is not read here: convert it to text first",
                       MN_SLICE_ARGS(name));
    enum mn_status status = mn_pdf_process_ask(input->pdf, name, input->bytes, &answer, error);
    if (status == MN_OK)
        status = read_answer(answer, document, &pages, error);
    if (status == MN_OK)
        status = tell_outcome(&pages, name, error);
    if (status == MN_OK && !has_text(&pages))
        return mn_fail(
            error, MN_EMPTY_SOURCE,
            "%.*s: a PDF of %u %s without any text, as scanners make them: it needs text recognition (OCR) first",
            MN_SLICE_ARGS(name), pages.page_count, pages.page_count == 1 ? "page" : "pages");
    return status == MN_OK ? mn_layout(&pages, document, error) : status;
}
