#include "read/read.h"
#include "base/limits.h"
#include "read/charset.h"
#include "read/formats.h"
#include "read/sniff.h"

/* However high the caller sets the limit: decoding can triple the size, and offsets have 32 bits. */
#define MOST_BYTES ((size_t)1 << 30)

/* One row for each format: what it is called, who reads it, or what to do where nobody does. */
static const struct format {
    const char *media_type, *looks_like;
    mn_reader *reader; /* null: this build cannot read it */
    const char *remedy;
} formats[] = {
    [MN_FORMAT_TEXT] = {"text/plain", "plain text", mn_read_text, NULL},
    [MN_FORMAT_MARKDOWN] = {"text/markdown", "markdown", mn_read_markdown, NULL},
    [MN_FORMAT_HTML] = {"text/html", "a web page", mn_read_html, NULL},
    [MN_FORMAT_XML] = {"application/xml", "an XML document", mn_read_xml, NULL},
    [MN_FORMAT_RTF] = {"application/rtf", "a rich text (RTF) document", NULL, "save it as HTML or text first"},
    [MN_FORMAT_POSTSCRIPT] = {"application/postscript", "a PostScript document", NULL, "convert it to text first"},
    [MN_FORMAT_MIME] = {"message/rfc822", "a web archive or mail (MIME)", NULL, "save the page in it as HTML first"},
    [MN_FORMAT_WARC] = {"application/warc", "a web crawl (WARC)", NULL, "unpack it first"},
    [MN_FORMAT_PDF] = {"application/pdf", "a PDF document", mn_read_pdf, NULL},
    [MN_FORMAT_DOCX] = {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "a Word document",
                        mn_read_docx, NULL},
    [MN_FORMAT_ODT] = {"application/vnd.oasis.opendocument.text", "an OpenDocument text", mn_read_odt, NULL},
    [MN_FORMAT_OFFICE] = {"application/vnd.openxmlformats-officedocument", "a spreadsheet or presentation", NULL,
                          "save it as HTML or text first"},
    [MN_FORMAT_ZIP] = {"application/zip", "a zip archive", NULL, "unpack it first"},
    [MN_FORMAT_COMPOUND] = {"application/msword", "an old Word or Office document", NULL,
                            "save it as HTML or text first"},
    [MN_FORMAT_COMPRESSED] = {"application/gzip", "a compressed file", NULL, "unpack it first"},
    [MN_FORMAT_TAR] = {"application/x-tar", "a tar archive", NULL, "unpack it first"},
    [MN_FORMAT_IMAGE] = {"image/*", "an image", NULL, "it needs text recognition (OCR) first"},
    [MN_FORMAT_MEDIA] = {"application/octet-stream", "a sound or video recording", NULL, "it needs a transcript"},
    [MN_FORMAT_PROGRAM] = {"application/octet-stream", "a program", NULL, "leave it out"},
    [MN_FORMAT_BINARY] = {"application/octet-stream", "binary data of no known kind", NULL,
                          "convert it to text first, or leave it out"},
};

_Static_assert(sizeof formats / sizeof *formats == MN_FORMAT_COUNT, "a row for each format");

static enum mn_status check_size(struct mn_slice bytes, const struct mn_read_options *options,
                                 const struct mn_document *document, struct mn_error *error)
{
    size_t limit = options && options->max_bytes ? options->max_bytes : MN_LIMIT_DOCUMENT_BYTES;
    if (limit > MOST_BYTES)
        limit = MOST_BYTES;
    if (bytes.size > limit)
        return mn_fail(error, MN_OVER_LIMIT, "%.*s: %zu bytes, more than the %zu that one document may have: split it",
                       MN_SLICE_ARGS(document->source.name), bytes.size, limit);
    if (bytes.size == 0)
        return mn_fail(error, MN_EMPTY_SOURCE, "%.*s: the file is empty: fetch it again or leave it out",
                       MN_SLICE_ARGS(document->source.name));
    return MN_OK;
}

static enum mn_status cannot_read(const struct mn_document *document, enum mn_format format, struct mn_error *error)
{
    return mn_fail(error, mn_format_is_text(format) ? MN_UNSUPPORTED : MN_NOT_TEXT,
                   "%.*s: looks like %s, which this build cannot read: %s", MN_SLICE_ARGS(document->source.name),
                   formats[format].looks_like, formats[format].remedy);
}

/* The format, from the bytes and, where they are text, from what they decode to. */
static enum mn_status recognise(struct mn_read_input *input, const char *charset, struct mn_document *document,
                                enum mn_format *format, struct mn_error *error)
{
    *format = mn_sniff_bytes(input->bytes);
    if (mn_format_is_text(*format)) {
        enum mn_status status =
            mn_charset_decode(input->bytes, charset, *format == MN_FORMAT_HTML, document, &input->text, error);
        if (status != MN_OK)
            return status;
        *format = mn_sniff_text(input->text);
    }
    document->source.media_type = mn_slice_of(formats[*format].media_type);
    return formats[*format].reader ? MN_OK : cannot_read(document, *format, error);
}

enum mn_status mn_read(struct mn_slice bytes, const struct mn_read_options *options, struct mn_document *document,
                       struct mn_error *error)
{
    document->source.size = bytes.size;
    enum mn_status status = check_size(bytes, options, document, error);
    if (status != MN_OK)
        return status;
    if (options && options->sha256)
        document->source.sha256 = *options->sha256;
    else if (!mn_sha256(bytes, &document->source.sha256))
        return mn_fail(error, MN_INTERNAL, "%.*s: libcrypto gave no SHA-256: check its installation",
                       MN_SLICE_ARGS(document->source.name));
    struct mn_read_input input = {.bytes = bytes, .pdf = options ? options->pdf : NULL};
    input.max_expanded = options && options->max_expanded ? options->max_expanded : MN_LIMIT_PACKAGE_BYTES;
    enum mn_format format;
    status = recognise(&input, options ? options->charset : NULL, document, &format, error);
    if (status == MN_OK)
        status = formats[format].reader(&input, document, error);
    if (status != MN_OK)
        return status;
    if (document->text.size == 0)
        return mn_fail(error, MN_EMPTY_SOURCE, "%.*s: looks like %s, but holds no text: fetch it again or leave it out",
                       MN_SLICE_ARGS(document->source.name), formats[format].looks_like);
    document->layer = MN_LAYER_READ;
    return MN_OK;
}
