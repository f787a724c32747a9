#include "document/stream.h"
#include "base/fault.h"
#include "base/limits.h"
#include "document/guard.h"
#include <errno.h>
#include <libxml/xmlreader.h>
#include <stdarg.h>
#include <stdlib.h>

/* libxml2's reader takes its first four bytes by themselves, and then whole what is shorter than this. */
#define FIRST_PIECE 4
#define LONGEST_PIECE 511

/* What the end tag of a document ends with, whatever its prefix. */
static const char end_of_document[] = "document>";

struct mn_stream {
    FILE *file;
    char *name;
    xmlTextReaderPtr xml;
    struct mn_guard guard;
    size_t matched; /* characters of end_of_document that were read */
    size_t size;    /* bytes of the document so far */
    size_t limit;   /* that they may be */
    bool started;   /* the first piece was given out */
    bool over_limit;
    bool empty; /* the element that opened is empty: its end comes next */
    bool over;
    int read_error;  /* errno of a failed read */
    int error_line;  /* of libxml2's first error */
    char error[512]; /* its message; "" for none */
};

/* Reads up to `size` bytes, but not past the end of a document: an error that libxml2 finds in a piece takes away all
 * events of that piece, and those of a complete document should come. */
static size_t read_piece(struct mn_stream *stream, char *buffer, size_t size)
{
    size_t count = 0;
    int byte;
    if (end_of_document[stream->matched] == '\0')
        stream->matched = 0;
    while (count < size && end_of_document[stream->matched] && (byte = getc_unlocked(stream->file)) != EOF) {
        buffer[count++] = (char)byte;
        bool fits = byte == end_of_document[stream->matched];
        stream->matched = fits ? stream->matched + 1 : byte == end_of_document[0];
    }
    return count;
}

static int read_bytes(void *context, char *buffer, int size)
{
    struct mn_stream *stream = context;
    size_t most = stream->started ? LONGEST_PIECE : FIRST_PIECE;
    size_t count = read_piece(stream, buffer, (size_t)size < most ? (size_t)size : most);
    stream->started = true;
    if (ferror(stream->file)) {
        stream->read_error = errno ? errno : EIO;
        return -1;
    }
    stream->size += count;
    stream->over_limit = stream->size > stream->limit;
    enum mn_guard_finding found = mn_guard_look(&stream->guard, (struct mn_slice){buffer, count});
    return found == MN_GUARD_NOTHING && !stream->over_limit ? (int)count : -1;
}

#if LIBXML_VERSION >= 21200
typedef const xmlError *error_pointer;
#else
typedef xmlErrorPtr error_pointer;
#endif

static void keep_first_error(void *context, error_pointer error)
{
    struct mn_stream *stream = context;
    if (stream->error[0] || error->level < XML_ERR_ERROR)
        return;
    const char *message = error->message ? error->message : "malformed XML";
    size_t size = strcspn(message, "\n");
    if (size >= sizeof stream->error)
        size = sizeof stream->error - 1;
    memcpy(stream->error, message, size);
    stream->error[size] = '\0';
    stream->error_line = error->line;
}

static void pass_over(void *context, error_pointer error)
{
    (void)context;
    (void)error;
}

/* What libxml2 says of encodings it does not say to the reader, but to whoever listens on this thread, or prints it. */
struct listener {
    xmlStructuredErrorFunc function;
    void *context;
};

static struct listener begin_quiet(void)
{
    struct listener before = {xmlStructuredError, xmlStructuredErrorContext};
    xmlSetStructuredErrorFunc(NULL, pass_over);
    return before;
}

static void end_quiet(struct listener before)
{
    xmlSetStructuredErrorFunc(before.context, before.function);
}

static xmlTextReaderPtr open_reader(struct mn_stream *stream)
{
    struct listener before = begin_quiet();
    xmlTextReaderPtr reader = xmlReaderForIO(read_bytes, NULL, stream, NULL, "UTF-8",
                                             XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_BIG_LINES |
                                                 XML_PARSE_NOCDATA | XML_PARSE_IGNORE_ENC);
    end_quiet(before);
    return reader;
}

struct mn_stream *mn_stream_open(FILE *file, const char *name, size_t limit, struct mn_error *error)
{
    struct mn_stream *stream = mn_fault_due() ? NULL : calloc(1, sizeof *stream);
    if (stream) {
        stream->file = file;
        stream->limit = limit;
        stream->name = mn_fault_due() ? NULL : strdup(name);
    }
    if (stream && stream->name)
        stream->xml = open_reader(stream);
    if (stream == NULL || stream->xml == NULL) {
        mn_stream_close(stream);
        mn_fail_memory(error);
        return NULL;
    }
    xmlTextReaderSetStructuredErrorHandler(stream->xml, keep_first_error, stream);
    return stream;
}

void mn_stream_close(struct mn_stream *stream)
{
    if (stream == NULL)
        return;
    xmlFreeTextReader(stream->xml);
    free(stream->name);
    free(stream);
}

/* The line of the element that is read or stands around what is read; libxml2 keeps it up to 65534, then the parser's
 * own, which may be a little ahead, is the best there is. */
static int line_of(const struct mn_stream *stream)
{
    const xmlNode *node = xmlTextReaderCurrentNode(stream->xml);
    if (node && node->type != XML_ELEMENT_NODE)
        node = node->parent;
    bool known = node && node->type == XML_ELEMENT_NODE && node->line > 0 && node->line < UINT16_MAX;
    return known ? node->line : xmlTextReaderGetParserLineNumber(stream->xml);
}

enum mn_status mn_stream_fail(struct mn_stream *stream, struct mn_error *error, enum mn_status status,
                              const char *format, ...)
{
    char message[MN_ERROR_MESSAGE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    stream->over = true;
    return mn_fail(error, status, "%s:%d: %s", stream->name, line_of(stream), message);
}

static enum mn_status say_why(struct mn_stream *stream, struct mn_error *error)
{
    if (stream->read_error)
        return mn_fail(error, MN_NOT_READABLE, "%s: cannot be read: %s", stream->name, strerror(stream->read_error));
    if (stream->guard.finding == MN_GUARD_DOCUMENT_TYPE)
        return mn_fail(error, MN_MALFORMED, "%s: document XML has no document type: remove the <!DOCTYPE> declaration",
                       stream->name);
    if (stream->guard.finding == MN_GUARD_LONG_MARKUP)
        return mn_fail(error, MN_OVER_LIMIT,
                       "%s:%d: a tag, comment or CDATA section is longer than %zu KiB; shorten it", stream->name,
                       xmlTextReaderGetParserLineNumber(stream->xml), MN_LIMIT_MARKUP_BYTES >> 10);
    if (stream->over_limit)
        return mn_fail(error, MN_OVER_LIMIT, "%s:%d: a document's XML is longer than %zu MiB; split the document",
                       stream->name, xmlTextReaderGetParserLineNumber(stream->xml), stream->limit >> 20);
    if (!stream->guard.root)
        return mn_fail(error, MN_MALFORMED, "%s: no document XML: a <documents> element was expected", stream->name);
    return mn_fail(error, MN_MALFORMED, "%s:%d: not well-formed XML: %s", stream->name, stream->error_line,
                   stream->error[0] ? stream->error : "it breaks off");
}

static enum mn_event fail_reading(struct mn_stream *stream, struct mn_error *error)
{
    stream->over = true;
    say_why(stream, error);
    return MN_EVENT_FAILED;
}

static enum mn_event start(struct mn_stream *stream)
{
    stream->empty = xmlTextReaderIsEmptyElement(stream->xml) == 1;
    return MN_EVENT_START;
}

void mn_stream_begin_document(struct mn_stream *stream)
{
    stream->size = 0;
}

static int read_on(struct mn_stream *stream)
{
    struct listener before = begin_quiet();
    int outcome = xmlTextReaderRead(stream->xml);
    end_quiet(before);
    return outcome;
}

enum mn_event mn_stream_next(struct mn_stream *stream, struct mn_error *error)
{
    if (stream->empty) {
        stream->empty = false;
        xmlTextReaderMoveToElement(stream->xml);
        return MN_EVENT_END;
    }
    while (!stream->over) {
        int outcome = read_on(stream);
        if (outcome < 0 || (outcome == 0 && stream->error[0]))
            return fail_reading(stream, error);
        if (outcome == 0)
            stream->over = true;
        else
            switch (xmlTextReaderNodeType(stream->xml)) {
            case XML_READER_TYPE_ELEMENT:
                return start(stream);
            case XML_READER_TYPE_END_ELEMENT:
                return MN_EVENT_END;
            case XML_READER_TYPE_TEXT:
            case XML_READER_TYPE_CDATA:
            case XML_READER_TYPE_WHITESPACE:
            case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
                return MN_EVENT_TEXT;
            case XML_READER_TYPE_ENTITY_REFERENCE:
                mn_stream_fail(stream, error, MN_MALFORMED, "entities are not allowed in document XML");
                return MN_EVENT_FAILED;
            default:
                break; /* comments and processing instructions */
            }
    }
    return MN_EVENT_OVER;
}

const char *mn_stream_name(const struct mn_stream *stream)
{
    return (const char *)xmlTextReaderConstLocalName(stream->xml);
}

const char *mn_stream_namespace(const struct mn_stream *stream)
{
    const xmlChar *uri = xmlTextReaderConstNamespaceUri(stream->xml);
    return uri ? (const char *)uri : "";
}

struct mn_slice mn_stream_text(const struct mn_stream *stream)
{
    return mn_slice_of((const char *)xmlTextReaderConstValue(stream->xml));
}

bool mn_stream_next_attribute(struct mn_stream *stream, const char **name, struct mn_slice *value)
{
    while (xmlTextReaderMoveToNextAttribute(stream->xml) == 1) {
        if (xmlTextReaderIsNamespaceDecl(stream->xml) == 1)
            continue;
        *name = (const char *)xmlTextReaderConstName(stream->xml);
        *value = mn_slice_of((const char *)xmlTextReaderConstValue(stream->xml));
        return true;
    }
    xmlTextReaderMoveToElement(stream->xml);
    return false;
}
