/* The formats that read tells apart and the readers for those that this build can read. To add a reader: write its
 * file, declare it here, name it in its format's row in read.c. */
#ifndef MN_READ_FORMATS_H
#define MN_READ_FORMATS_H

#include "document/document.h"

enum mn_format {
    /* Text, known by its bytes once they are decoded. */
    MN_FORMAT_TEXT,
    MN_FORMAT_MARKDOWN,
    MN_FORMAT_HTML,
    MN_FORMAT_XML,
    MN_FORMAT_RTF,
    MN_FORMAT_POSTSCRIPT,
    MN_FORMAT_MIME,
    MN_FORMAT_WARC,
    /* Everything from here on is no text; its bytes are not decoded. */
    MN_FORMAT_PDF,
    MN_FORMAT_DOCX,
    MN_FORMAT_ODT,
    MN_FORMAT_OFFICE,
    MN_FORMAT_ZIP,
    MN_FORMAT_COMPOUND,
    MN_FORMAT_COMPRESSED,
    MN_FORMAT_TAR,
    MN_FORMAT_IMAGE,
    MN_FORMAT_MEDIA,
    MN_FORMAT_PROGRAM,
    MN_FORMAT_BINARY,
    MN_FORMAT_COUNT
};

static inline bool mn_format_is_text(enum mn_format format)
{
    return format < MN_FORMAT_PDF;
}

/* What a reader gets: the source as it came and, of text formats, decoded. */
struct mn_read_input {
    struct mn_slice bytes;
    struct mn_slice text;       /* valid UTF-8 without BOM and NUL; offsets of nodes' source ranges count in it */
    struct mn_pdf_process *pdf; /* null: PDF is not read */
    size_t max_expanded;        /* bytes that a package may unpack to */
};

/* Builds the document's nodes from the input. An outcome without any text is no failure here: mn_read sees to it. */
typedef enum mn_status mn_reader(const struct mn_read_input *input, struct mn_document *document,
                                 struct mn_error *error);

mn_reader mn_read_text;
mn_reader mn_read_markdown;
mn_reader mn_read_html;
mn_reader mn_read_xml;
mn_reader mn_read_pdf;
mn_reader mn_read_docx;
mn_reader mn_read_odt;

#endif
