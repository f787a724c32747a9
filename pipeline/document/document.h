/* The document that travels through the stages. Each stage adds its layer and changes nothing that stands before it,
 * but for segment, which turns read's lines and paragraphs into the final structure and thereby fixes the canonical
 * text: the text of the leaf blocks in reading order with one newline between them, UTF-8, NFC, spaces folded.
 *
 * In memory every offset is a byte offset into `text`; in XML and in records it is a code point. All arrays and slices
 * live in the document's arena.
 *
 *     read      source, title, pages, nodes (lines, paragraphs and the containers that the format states), furniture
 *     segment   nodes (final tree), text, sentences
 *     tokenise  tokens
 *     match     spans, roles of sections
 *     interpret facts, findings, missing
 */
#ifndef MN_DOCUMENT_DOCUMENT_H
#define MN_DOCUMENT_DOCUMENT_H

#include "base/arena.h"
#include "base/digest.h"
#include "base/error.h"

#define MN_NONE UINT32_MAX /* no node, no span, no page … */

/* Layers that are there. */
enum mn_layer {
    MN_LAYER_NOTHING,
    MN_LAYER_READ,
    MN_LAYER_SEGMENT,
    MN_LAYER_TOKENISE,
    MN_LAYER_MATCH,
    MN_LAYER_INTERPRET
};

struct mn_source {
    struct mn_slice name;          /* as given: path, URL or name inside a container */
    struct mn_slice media_type;    /* as sniffed: text/html, text/plain, text/markdown, … */
    struct mn_slice charset;       /* what the bytes were decoded from: utf-8, windows-1252, … */
    struct mn_slice charset_basis; /* bom, declared, detected */
    uint64_t size;                 /* bytes */
    struct mn_sha256 sha256;       /* of the source bytes */
    struct mn_slice url;           /* where it was fetched, if that is known */
    struct mn_slice retrieved;     /* when: ISO 8601, as a crawl says */
    /* What was given with it and goes before what the text states; each may be empty. The date is ISO 8601. */
    struct mn_slice given_title, given_authority, given_body, given_date;
};

/* Kinds of node, with their element names in document XML (TEI's). */
#define MN_NODE_KINDS(X)                                                                                               \
    X(MN_BODY, "body")   /* the root: node 0 */                                                                        \
    X(MN_DIV, "div")     /* a section: its first child is usually its head */                                          \
    X(MN_QUOTE, "quote") /* a block quotation */                                                                       \
    X(MN_LIST, "list")                                                                                                 \
    X(MN_ITEM, "item")                                                                                                 \
    X(MN_TABLE, "table")                                                                                               \
    X(MN_ROW, "row")                                                                                                   \
    X(MN_CELL, "cell")                                                                                                 \
    X(MN_HEAD, "head") /* leaf: a heading */                                                                           \
    X(MN_P, "p")       /* leaf: a paragraph, or what an item or a cell says */                                         \
    X(MN_AB, "ab")     /* leaf, between read and segment only: one physical line of plain text */                      \
    X(MN_FW, "fw")     /* leaf: furniture (navigation, running heads, page numbers); its text is not canonical text */

enum mn_node_kind {
#define MN_NODE_NAME(name, element) name,
    MN_NODE_KINDS(MN_NODE_NAME)
#undef MN_NODE_NAME
        MN_NODE_KIND_COUNT
};

/* How a list item or a numbered block is marked. */
enum mn_numbering {
    MN_UNNUMBERED,
    MN_BULLET,
    MN_DECIMAL,     /* 1  12  2.1 (value: the last part) */
    MN_LOWER_ALPHA, /* a  b  aa */
    MN_UPPER_ALPHA,
    MN_LOWER_ROMAN, /* i  iv */
    MN_UPPER_ROMAN,
    MN_NUMBERING_COUNT
};

enum mn_node_flag {
    MN_BOLD = 1,        /* the whole block is set in bold or strong type */
    MN_HEADER_CELL = 2, /* a table's header cell */
    MN_LABEL = 4,       /* head of a section that a committee system labels: "Minutes:", "Decision:" */
    MN_BROKEN_OFF = 8,  /* read: the source breaks a page directly before this block */
    MN_CONTINUES = 16,  /* segment: a page break or a stray break inside the block was mended */
    MN_SET_OFF = 32     /* read: the page's layout sets it off from what stands before it: no stray break */
};

struct mn_node {
    uint8_t kind;      /* enum mn_node_kind */
    uint8_t numbering; /* enum mn_numbering, of items and of numbered heads and paragraphs */
    uint8_t flags;     /* enum mn_node_flag */
    uint8_t level;     /* heads and divs: 1 … 6, 0 when not stated; ab, p: indentation in spaces, at most 255 */
    uint32_t parent;   /* MN_NONE for the root */
    uint32_t after;    /* one past the last descendant: nodes are in document order, a subtree is [index, after) */
    /* Text range in bytes, end exclusive. Leaves: their own text; containers: from their first leaf's start to their
     * last leaf's end (empty containers: start == end). Of a MN_FW: range in document->furniture. */
    uint32_t start, end;
    uint32_t content; /* leaves: where the words start behind the enumerator, else == start; containers: == start */
    uint32_t ordinal; /* value of the enumerator: 1 for "1", "(a)", "i."; 0 for bullets and none */
    uint32_t page;    /* page it starts on, from 1; 0 where the format has no pages */
    uint32_t turn;    /* leaves: bytes from the start to where the next page begins in it; 0: it ends on its page */
    uint32_t gap;     /* read: empty lines before it in the source */
    uint32_t role;    /* divs: index into document->roles; 0: none */
    uint32_t source_start, source_end;     /* bytes in the decoded source, 0, 0 where unknown */
    uint32_t first_sentence, end_sentence; /* sentences in [start, end) (segment) */
    uint32_t first_token, end_token;       /* tokens in [start, end) (tokenise) */
};

struct mn_sentence {
    uint32_t start, end;             /* bytes; within one leaf's [content, end), without spaces around it */
    uint32_t node;                   /* the leaf */
    uint32_t first_token, end_token; /* tokenise */
};

/* A token's text is its form's text; its end is start + the form's size. */
struct mn_token {
    uint32_t start; /* byte */
    uint32_t form;  /* id in the forms table that tokenised the document */
};

/* A named value in a span or a finding: captured from the text, taken from a lexicon entry, or set by the rule. */
struct mn_field {
    struct mn_slice name;
    struct mn_slice value; /* normalised (lexicon entry, `set`); empty: the words themselves are the value */
    uint32_t start, end;   /* bytes; start == end: it stands nowhere in the text */
    uint32_t span;         /* the span that the capture consists of (a reference such as due:@time), or MN_NONE */
};
struct mn_fields {
    struct mn_field *items;
    size_t count;
};

/* What a rule found. */
struct mn_span {
    struct mn_slice rule; /* "pack.name" */
    struct mn_slice kind; /* what the rule finds: grade, recommendation, deadline, resolution, time, fact, … */
    int32_t priority;
    uint32_t start, end;             /* evidence, bytes */
    uint32_t first_token, end_token; /* the same in tokens */
    uint32_t node;                   /* leaf in which it starts */
    struct mn_fields fields;
};

/* A fact about the document: title, authority, body, kind, date. */
struct mn_fact {
    struct mn_slice name;  /* title, authority, body, kind, date, … */
    struct mn_slice role;  /* of a date: meeting, published, inspection-start, inspection-end */
    struct mn_slice value; /* ISO 8601 / EDTF for dates */
    struct mn_slice basis; /* stated, given, inferred */
    struct mn_slice rule;  /* what found it; empty for given facts */
    uint32_t start, end;   /* evidence; start == end: none */
};

enum mn_finding_kind { MN_GRADE, MN_RECOMMENDATION, MN_DEADLINE, MN_RESOLUTION, MN_FINDING_KIND_COUNT };

/* A finding of the record. Its attributes are fields without a range (value, scale, action, due, number, mover …);
 * its quoted parts are fields with a range (evidence, subject, what, motion): attribute and element names are the
 * record's. */
struct mn_finding {
    enum mn_finding_kind kind;
    struct mn_slice rule;
    uint32_t start, end; /* the evidence */
    uint32_t node;
    struct mn_fields attributes;
    struct mn_fields parts; /* beside the evidence: subject, what, motion */
};

struct mn_missing {
    struct mn_slice slot, reason;
    uint32_t start, end;             /* bytes: what stands in its place; start == end: nothing */
    uint32_t other_start, other_end; /* what contradicts it */
};

/* Something worth telling about this document that is no failure (a charset guessed, a sentence cut): goes to standard
 * error and to the run report, not into the record. */
struct mn_notice {
    struct mn_slice text;
};

/* How large a document may become: what goes beyond fails with MN_OVER_LIMIT. */
struct mn_document_limits {
    size_t blocks, tokens;
};

struct mn_document {
    struct mn_arena *arena;
    struct mn_document_limits limits; /* those of base/limits.h, unless somebody sets others */
    enum mn_layer layer;
    struct mn_source source;
    struct mn_slice title;     /* as the format states it (HTML title), canonical; may be empty */
    struct mn_slice language;  /* BCP 47, as the format states it; may be empty */
    struct mn_slice published; /* ISO date that the format states in its metadata; may be empty */
    struct mn_slice text;      /* canonical text (between read and segment: the leaves' text in the same form) */
    struct mn_slice furniture; /* text of MN_FW nodes */
    MN_VECTOR(struct mn_node) nodes;
    MN_VECTOR(struct mn_slice) roles; /* names of section roles; roles.items[0] is the empty name */
    MN_VECTOR(struct mn_sentence) sentences;
    MN_VECTOR(struct mn_token) tokens;
    MN_VECTOR(struct mn_span) spans; /* by start, then rule order */
    MN_VECTOR(struct mn_fact) facts;
    MN_VECTOR(struct mn_finding) findings; /* by start, then kind */
    MN_VECTOR(struct mn_missing) missing;
    MN_VECTOR(struct mn_notice) notices;
    struct mn_slice rules_sha256; /* hexadecimal, of the rules that matched it */
};

/* A new document in the arena (which is not reset); null when memory is out. */
struct mn_document *mn_document_create(struct mn_arena *arena);

const char *mn_node_element(enum mn_node_kind kind);
static inline bool mn_node_is_leaf(const struct mn_node *node)
{
    return node->kind >= MN_HEAD;
}

/* The page that the byte stands on, which is one of the leaf's; 0 where the format has no pages. */
static inline uint32_t mn_node_page(const struct mn_node *node, uint32_t byte)
{
    return node->page + (node->turn > 0 && byte >= node->start + node->turn);
}

/* The canonical text of [start, end). */
static inline struct mn_slice mn_document_text(const struct mn_document *document, uint32_t start, uint32_t end)
{
    return mn_slice_cut(document->text, start, end);
}

/* The leaf's enumerator as printed, trimmed: "(a)", "12." or "•"; empty when there is none. */
struct mn_slice mn_node_enumerator(const struct mn_document *document, const struct mn_node *node);

/* The enumerator without its punctuation: "a", "12". */
struct mn_slice mn_node_number(const struct mn_document *document, const struct mn_node *node);

/* The index of a role's name in document->roles, added if new; MN_NONE when memory is out. */
uint32_t mn_document_role(struct mn_document *document, struct mn_slice name);

/* The value of a field by name, or the empty slice. */
const struct mn_field *mn_fields_find(const struct mn_fields *fields, struct mn_slice name);

/* Adds a notice (printf); when memory is out it is lost. */
void mn_document_notice(struct mn_document *document, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Builds a tree in document order: containers are opened and closed, leaves get their text appended. One builder per
 * document at a time; when memory is out, the document has all the blocks that it may have or its time is over, every
 * call does nothing and mn_builder_finish says so. */
struct mn_builder {
    struct mn_document *document;
    uint32_t open; /* innermost open container */
    uint32_t depth;
    char *text;
    size_t size, capacity;
    char *furniture;
    size_t furniture_size, furniture_capacity;
    bool failed;
    enum mn_status reason; /* why */
};

/* Starts with an open body; forgets nodes and text that the document had (slices of the old text stay valid until
 * somebody releases it). */
void mn_builder_init(struct mn_builder *builder, struct mn_document *document);

/* Opens a container inside the innermost open one; its index. */
uint32_t mn_builder_open(struct mn_builder *builder, enum mn_node_kind kind);

/* Closes the innermost open container (never the body). */
void mn_builder_close(struct mn_builder *builder);

/* Adds a leaf with this text, already canonical (mn_utf8_fold) and not empty; `enumerator` bytes at its start (with the
 * space behind them) are its enumerator. Returns its index, or MN_NONE for empty text. Fields other than kind, range
 * and parent are zero: fill them in through document->nodes.items[index]. */
uint32_t mn_builder_leaf(struct mn_builder *builder, enum mn_node_kind kind, struct mn_slice text, size_t enumerator);

/* Closes everything and sets document->text, ranges and subtree ends. */
enum mn_status mn_builder_finish(struct mn_builder *builder, struct mn_error *error);

/* Code-point offsets of many byte positions in ascending or arbitrary order: an index over the text. */
struct mn_offsets {
    struct mn_slice text;
    uint32_t *counts; /* code points before every 256th byte; null: the text is ASCII */
};

bool mn_offsets_init(struct mn_offsets *offsets, struct mn_arena *arena, struct mn_slice text);
uint32_t mn_offsets_code_point(const struct mn_offsets *offsets, uint32_t byte);
/* The byte offset of a code point; MN_NONE when past the end. */
uint32_t mn_offsets_byte(const struct mn_offsets *offsets, uint32_t code_point);

#endif
