#include "base/utf8.h"
#include "read/charset.h"
#include "read/html_feed.h"
#include "read/html_page.h"
#include "read/xml_memory.h"
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <stdlib.h>

#define KNOWN_NAMES 64

/* What libxml2's events are heard with. */
struct hearing {
    struct mn_html_page *page;
    htmlParserCtxtPtr parser;
    size_t shift; /* bytes of the source that libxml2 did not get */
    /* Elements by the address of their name, which libxml2 keeps only once. */
    struct {
        const xmlChar *name;
        const struct mn_html_element *element;
    } known[KNOWN_NAMES];
};

/* For elements that have no row in the table. */
static const struct mn_html_element unknown_element = {"", MN_HTML_INLINE, 0, 0};

/* Place in the source that libxml2 has come to. */
static size_t position_of(const struct hearing *hearing)
{
    const xmlParserInput *input = hearing->parser->input;
    if (!input)
        return 0;
    return (size_t)input->consumed + (size_t)(input->cur - input->base) + hearing->shift;
}

static bool starts_block(const struct mn_html_element *element)
{
    switch (element->class) {
    case MN_HTML_INLINE:
    case MN_HTML_BREAK:
    case MN_HTML_SPACE:
    case MN_HTML_META:
    case MN_HTML_SKIPPED:
        return false;
    default:
        return true;
    }
}

/* The title, in canonical form; the first one counts. */
static void finish_title(struct mn_html_page *page)
{
    struct mn_slice raw = {page->title.data, page->title.size};
    if (raw.size && page->document->title.size == 0)
        page->document->title = mn_arena_copy(page->document->arena, mn_leaves_fold(&page->leaves, raw));
    page->title.size = 0;
}

static bool is_furniture(enum mn_html_sink sink)
{
    return sink == MN_HTML_DOUBTFUL || sink == MN_HTML_FURNISHING;
}

static void pop(struct mn_html_page *page)
{
    const struct mn_html_open *open = mn_html_top(page);
    const struct mn_html_element *element = open->element;
    enum mn_html_sink outer = page->stack[page->top - 1].context.sink;
    if (open->context.sink != MN_HTML_NOWHERE && starts_block(element)) {
        mn_html_end_block(page);
        bool is_empty = open->context.sink == MN_HTML_FLOW && open->leaves == page->leaf_count && page->leaf_count;
        if ((element->traits & MN_HTML_PARAGRAPH) && is_empty)
            page->gap++;
    } else if (is_furniture(open->context.sink) && !is_furniture(outer)) {
        mn_html_end_inline_furniture(page);
    }
    if (element->class == MN_HTML_TITLE)
        finish_title(page);
    mn_html_end_container(page);
    page->top--;
}

static void pop_to(struct mn_html_page *page, uint32_t top)
{
    while (page->top > top)
        pop(page);
}

/* Furniture, doubtful or certain, by element, name or hiding. */
static enum mn_html_sink furniture_sink(const struct mn_html_page *page, const struct mn_html_element *element,
                                        const struct mn_html_attributes *attributes, bool is_in_main)
{
    if (attributes->is_main)
        return MN_HTML_FLOW;
    bool may_hide = !(element->traits & (MN_HTML_ROOT | MN_HTML_MAIN)) && page->trusts_hiding;
    if ((element->traits & MN_HTML_FURNITURE) || (attributes->is_hidden && may_hide))
        return MN_HTML_FURNISHING;
    bool is_page_furniture = (element->traits & MN_HTML_PAGE_FURNITURE) && !is_in_main;
    if ((attributes->is_furniture || is_page_furniture) && page->trusts_names)
        return MN_HTML_DOUBTFUL;
    return MN_HTML_FLOW;
}

static enum mn_html_sink sink_of(struct mn_html_page *page, const struct mn_html_element *element,
                                 const struct mn_html_attributes *attributes, const struct mn_html_context *outer)
{
    if (element->class == MN_HTML_SKIPPED)
        return MN_HTML_NOWHERE;
    if (element->class == MN_HTML_TITLE)
        return MN_HTML_IN_TITLE;
    if (element->traits & MN_HTML_HEAD)
        return MN_HTML_IN_HEAD;
    if (outer->sink != MN_HTML_FLOW && outer->sink != MN_HTML_DOUBTFUL)
        return outer->sink;
    enum mn_html_sink sink = furniture_sink(page, element, attributes, outer->is_in_main);
    return sink > outer->sink ? sink : outer->sink;
}

/* What stands in the element, before its own effect on what is around it. */
static struct mn_html_context context_in(struct mn_html_page *page, const struct mn_html_element *element,
                                         const struct mn_html_attributes *attributes)
{
    struct mn_html_context context = mn_html_top(page)->context;
    context.sink = sink_of(page, element, attributes, &context);
    if (element->class == MN_HTML_CELL || element->class == MN_HTML_ITEM)
        context.heading = 0;
    if (element->class == MN_HTML_TABLE)
        context.is_header_cell = false;
    if (element->class == MN_HTML_HEADING || attributes->heading) {
        context.heading = (uint8_t)(attributes->heading ? attributes->heading : element->level);
        context.is_named_heading = attributes->heading > 0;
    }
    context.is_pre = context.is_pre || element->class == MN_HTML_PRE;
    context.is_bold = context.is_bold || attributes->is_bold || (element->traits & MN_HTML_BOLD);
    context.is_link = context.is_link || (element->traits & MN_HTML_LINK);
    context.is_header_cell = context.is_header_cell || (element->traits & MN_HTML_HEADER);
    context.is_in_main = context.is_in_main || attributes->is_main || (element->traits & MN_HTML_MAIN);
    return context;
}

static bool is_language(struct mn_slice tag)
{
    for (size_t i = 0; i < tag.size; i++) {
        char lower = (char)(tag.data[i] | 0x20);
        bool is_digit = tag.data[i] >= '0' && tag.data[i] <= '9';
        if (!(lower >= 'a' && lower <= 'z') && !is_digit && tag.data[i] != '-')
            return false;
    }
    return tag.size >= 2 && tag.size <= 35;
}

static void note_metadata(struct mn_html_page *page, const struct mn_html_element *element,
                          const struct mn_html_attributes *attributes)
{
    struct mn_document *document = page->document;
    if ((element->traits & MN_HTML_ROOT) && document->language.size == 0 && is_language(attributes->language))
        document->language = mn_arena_copy(document->arena, attributes->language);
    int rank = element->class == MN_HTML_META ? mn_html_date_rank(attributes->name) : -1;
    struct mn_slice date = rank < 0 ? MN_EMPTY : mn_html_date(attributes->content);
    if (date.size && (page->date_rank < 0 || rank < page->date_rank)) {
        document->published = mn_arena_copy(document->arena, date);
        page->date_rank = rank;
    }
}

static void push(struct mn_html_page *page, const struct mn_html_element *element, struct mn_html_context context)
{
    page->stack[++page->top] = (struct mn_html_open){
        .element = element, .context = context, .depth = page->leaves.builder.depth, .leaves = page->leaf_count};
}

static void start_element(struct mn_html_page *page, const struct mn_html_element *element, const char *const *list)
{
    const struct mn_html_context *outer = &mn_html_top(page)->context;
    if (outer->sink == MN_HTML_NOWHERE) {
        push(page, element, *outer);
        return;
    }
    struct mn_html_attributes attributes;
    mn_html_attributes_read(element, list, &attributes);
    note_metadata(page, element, &attributes);
    if (starts_block(element))
        mn_html_end_block(page);
    else if (element->class == MN_HTML_BREAK)
        mn_html_break_line(page);
    else if (element->class == MN_HTML_SPACE)
        mn_html_add_text(page, " ", 1);
    if (attributes.is_main || (element->traits & MN_HTML_MAIN))
        mn_html_settle_doubts(page);
    push(page, element, context_in(page, element, &attributes));
    if (mn_html_top(page)->context.sink != MN_HTML_FLOW)
        return;
    page->breaks_page = page->breaks_page || (attributes.breaks_page && page->leaf_count);
    mn_html_begin_container(page, &attributes);
}

/* libxml2 remembers open elements in a stack that end tags search from top to bottom: it must not grow with the page.
 * Beyond the limit the element that was innermost before is forgotten, by libxml2 and here; its end tag will find
 * nothing open by that name. */
static void forget_innermost(struct hearing *hearing)
{
    htmlParserCtxtPtr parser = hearing->parser;
    if (parser->nameNr <= MN_LIMIT_NESTING)
        return;
    parser->nameTab[parser->nameNr - 2] = parser->nameTab[parser->nameNr - 1];
    parser->nameNr--;
}

static const struct mn_html_element *find_element(struct hearing *hearing, const xmlChar *name)
{
    size_t slot = ((uintptr_t)name >> 3) % KNOWN_NAMES;
    if (hearing->known[slot].name != name) {
        const struct mn_html_element *element = mn_html_element(mn_slice_of((const char *)name));
        hearing->known[slot].name = name;
        hearing->known[slot].element = element ? element : &unknown_element;
    }
    return hearing->known[slot].element;
}

static void hear_start(void *context, const xmlChar *name, const xmlChar **list)
{
    struct hearing *hearing = context;
    struct mn_html_page *page = hearing->page;
    forget_innermost(hearing);
    pop_to(page, (uint32_t)hearing->parser->nameNr - 1);
    start_element(page, find_element(hearing, name), (const char *const *)list);
    page->position = position_of(hearing) + 1; /* libxml2 stands before the ">" */
}

/* libxml2 says so before it takes the element off its own stack. */
static void hear_end(void *context, const xmlChar *name)
{
    (void)name;
    struct hearing *hearing = context;
    pop_to(hearing->page, (uint32_t)hearing->parser->nameNr - 1);
    hearing->page->position = position_of(hearing);
}

/* References to control characters mean what windows-1252 has there (HTML standard, section 13.2.5.80); a character
 * that comes on its own comes from a reference. */
static size_t mend_reference(const char **bytes, size_t size, char mended[4])
{
    unsigned char byte = size == 2 && (*bytes)[0] == '\xC2' ? (unsigned char)(*bytes)[1] : 0;
    int32_t code_point = byte >= 0x80 && byte < 0xA0 ? mn_charset_windows_1252(byte) : 0;
    if (code_point == 0)
        return size;
    *bytes = mended;
    return mn_utf8_encode(code_point, mended);
}

static void hear_text(void *context, const xmlChar *text, int length)
{
    struct hearing *hearing = context;
    const char *bytes = (const char *)text;
    char mended[4];
    size_t size = mend_reference(&bytes, (size_t)length, mended);
    mn_html_add_text(hearing->page, bytes, size);
    hearing->page->position = position_of(hearing);
}

static void hear_other(void *context, const xmlChar *text)
{
    (void)text;
    struct hearing *hearing = context;
    hearing->page->position = position_of(hearing);
}

static void hear_nothing(void *context, const xmlChar *text, int length)
{
    (void)context, (void)text, (void)length;
}

static htmlParserCtxtPtr create_parser(struct hearing *hearing)
{
    htmlSAXHandler handler = {.startElement = hear_start,
                              .endElement = hear_end,
                              .characters = hear_text,
                              .ignorableWhitespace = hear_text,
                              .cdataBlock = hear_nothing,
                              .comment = hear_other};
    htmlParserCtxtPtr parser = htmlCreatePushParserCtxt(&handler, hearing, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
    if (parser) {
        htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                       HTML_PARSE_IGNORE_ENC);
        parser->options |= XML_PARSE_HUGE;
    }
    return parser;
}

static void begin_page(struct mn_html_page *page, struct mn_document *document, struct mn_slice source, int trust)
{
    *page = (struct mn_html_page){
        .document = document, .source = source, .date_rank = -1, .trusts_names = trust > 1, .trusts_hiding = trust > 0};
    page->stack[0] = (struct mn_html_open){.element = &unknown_element};
    document->title = document->language = document->published = MN_EMPTY;
    mn_leaves_init(&page->leaves, document);
}

static enum mn_status finish_page(struct mn_html_page *page, struct mn_error *error)
{
    pop_to(page, 0);
    mn_html_end_block(page);
    enum mn_status status = mn_leaves_finish(&page->leaves, error);
    return status == MN_OK && page->failed ? mn_fail_memory(error) : status;
}

static enum mn_status parse(struct mn_html_page *page, struct mn_error *error)
{
    struct hearing hearing = {.page = page};
    hearing.parser = create_parser(&hearing);
    if (!hearing.parser)
        return mn_fail_memory(error);
    mn_html_feed(hearing.parser, page->source, &hearing.shift);
    htmlFreeParserCtxt(hearing.parser);
    enum mn_status status = finish_page(page, error);
    return status == MN_OK && mn_xml_memory_out() ? mn_fail_memory(error) : status;
}

/* Bytes of prose put aside that are worth a notice: a footer's sentence is not. */
enum { NOTED_PROSE = 300 };

/* Where names or hiding leave nothing, or put more prose aside than they leave, the page means something else by them:
 * it is read again without. */
static bool is_plausible(const struct mn_html_page *page)
{
    size_t left = page->document->text.size;
    return left > 0 && page->doubtful_size <= left;
}

enum mn_status mn_read_html(const struct mn_read_input *input, struct mn_document *document, struct mn_error *error)
{
    mn_xml_memory_begin();
    struct mn_html_page *page = mn_arena_alloc(document->arena, sizeof *page);
    if (!page)
        return mn_fail_memory(error);
    enum mn_status status = MN_OK;
    for (int trust = 2; trust >= 0 && status == MN_OK; trust--) {
        begin_page(page, document, input->text, trust);
        status = parse(page, error);
        if (is_plausible(page))
            break;
    }
    if (status == MN_OK && page->doubtful_size > NOTED_PROSE)
        mn_document_notice(document,
                           "%zu bytes of prose were put aside as page furniture, because of the names of the elements "
                           "around them or because they are hidden",
                           page->doubtful_size);
    return status;
}
