#include "sample.h"
#include "base/utf8.h"
#include <criterion/criterion.h>
#include <stdlib.h>

struct mn_slice form_text(const void *context, uint32_t form)
{
    const struct forms *forms = context;
    return forms->texts.items[form];
}

uint32_t form_intern(void *context, struct mn_slice text)
{
    struct forms *forms = context;
    struct mn_slice *slot = MN_APPEND(forms->arena, &forms->texts);
    if (slot == NULL)
        return MN_NONE;
    *slot = mn_arena_copy(forms->arena, text);
    return slot->size == text.size ? (uint32_t)(forms->texts.count - 1) : MN_NONE;
}

FILE *file_with(struct mn_slice text)
{
    FILE *file = tmpfile();
    cr_assert_not_null(file);
    cr_assert_eq(fwrite(text.data, 1, text.size, file), text.size);
    rewind(file);
    return file;
}

/* A generator of its own, the same on every machine. */
static uint32_t state;
static uint32_t pick(uint32_t choices)
{
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % choices;
}

static const int32_t characters[] = {'a',    'b',    'Z',    '7',    '.',    ',',     ';',     '<',     '>',    '&',
                                     '"',    '\'',   ']',    '-',    '(',    0xE9,    0xDF,    0x301,   0x323,  0x34F,
                                     0x627,  0x5D0,  0x915,  0x93E,  0x1100, 0x1161,  0x2013,  0x2019,  0x2022, 0x200D,
                                     0xFFFD, 0xAC00, 0x3099, 0x4E2D, 0xE000, 0x1F642, 0x1D165, 0x10FFFD};

/* Canonical text of up to `words` words, never empty. */
static struct mn_slice sample_text(struct mn_arena *arena, uint32_t words)
{
    char raw[4096];
    size_t size = 0;
    for (uint32_t word = 1 + pick(words); word > 0; word--) {
        for (uint32_t letters = 1 + pick(6); letters > 0; letters--)
            size += mn_utf8_encode(characters[pick(sizeof characters / sizeof characters[0])], raw + size);
        raw[size++] = ' ';
    }
    raw[size++] = 'x';
    char *out = mn_arena_alloc(arena, mn_utf8_fold_bound(size));
    return (struct mn_slice){out, mn_utf8_fold((struct mn_slice){raw, size}, out)};
}

static void fill_node(struct mn_document *document, uint32_t index)
{
    struct mn_node *node = &document->nodes.items[index];
    node->numbering = (uint8_t)pick(MN_NUMBERING_COUNT);
    node->flags = (uint8_t)pick(32);
    node->level = (uint8_t)(pick(3) ? pick(7) : 255);
    node->ordinal = pick(3) ? pick(40) : UINT32_MAX;
    node->page = pick(4);
    node->gap = pick(3);
    node->source_start = pick(1000);
    node->source_end = node->source_start + pick(1000);
    static const char *const roles[] = {"", "decision", "apologies \"<&"};
    node->role = mn_document_role(document, mn_slice_of(roles[pick(3)]));
}

static void add_leaf(struct mn_builder *builder)
{
    static const enum mn_node_kind leaves[] = {MN_P, MN_P, MN_P, MN_HEAD, MN_AB, MN_FW};
    struct mn_slice text = sample_text(builder->document->arena, 40);
    const char *space = memchr(text.data, ' ', text.size);
    enum mn_node_kind kind = leaves[pick(6)];
    size_t enumerator = space && kind != MN_FW && pick(3) == 0 ? (size_t)(space - text.data) + 1 : 0;
    if (enumerator && pick(9) == 0)
        enumerator = text.size; /* nothing but an enumerator */
    fill_node(builder->document, mn_builder_leaf(builder, kind, text, enumerator));
}

static void build_tree(struct mn_document *document)
{
    static const enum mn_node_kind containers[] = {MN_DIV, MN_QUOTE, MN_LIST, MN_ITEM, MN_TABLE, MN_ROW, MN_CELL};
    struct mn_builder builder;
    mn_builder_init(&builder, document);
    fill_node(document, 0);
    for (uint32_t steps = pick(60); steps > 0; steps--) {
        uint32_t choice = pick(6);
        if (choice == 0)
            fill_node(document, mn_builder_open(&builder, containers[pick(7)]));
        else if (choice == 1)
            mn_builder_close(&builder);
        else
            add_leaf(&builder);
    }
    cr_assert_eq(mn_builder_finish(&builder, NULL), MN_OK);
}

/* Cuts a leaf's words at random spaces. */
static void cut_leaf(struct mn_document *document, uint32_t index)
{
    const struct mn_node *node = &document->nodes.items[index];
    for (uint32_t start = node->content; start < node->end;) {
        uint32_t end = start + 1;
        while (end < node->end && (document->text.data[end] != ' ' || pick(5)))
            end++;
        *MN_APPEND(document->arena, &document->sentences) =
            (struct mn_sentence){.start = start, .end = end, .node = index};
        start = end + 1;
    }
}

static void add_sentences(struct mn_document *document)
{
    for (uint32_t i = 0; i < document->nodes.count; i++) {
        document->nodes.items[i].first_sentence = (uint32_t)document->sentences.count;
        if (mn_node_is_leaf(&document->nodes.items[i]) && document->nodes.items[i].kind != MN_FW)
            cut_leaf(document, i);
    }
    for (uint32_t i = 0; i < document->nodes.count; i++) {
        struct mn_node *node = &document->nodes.items[i];
        node->end_sentence = node->after < document->nodes.count ? document->nodes.items[node->after].first_sentence
                                                                 : (uint32_t)document->sentences.count;
    }
}

static void cut_sentence(struct mn_document *document, struct forms *forms, struct mn_sentence *sentence)
{
    sentence->first_token = (uint32_t)document->tokens.count;
    for (size_t at = sentence->start; at < sentence->end;) {
        size_t start = at;
        if (mn_utf8_next(document->text, &at) == ' ')
            continue;
        while (at < sentence->end && document->text.data[at] != ' ' && pick(4))
            mn_utf8_next(document->text, &at);
        *MN_APPEND(document->arena, &document->tokens) =
            (struct mn_token){(uint32_t)start, form_intern(forms, mn_slice_cut(document->text, start, at))};
    }
    sentence->end_token = (uint32_t)document->tokens.count;
}

/* The number of tokens that start before a byte. */
static uint32_t tokens_before(const struct mn_document *document, uint32_t byte)
{
    uint32_t count = 0;
    while (count < document->tokens.count && document->tokens.items[count].start < byte)
        count++;
    return count;
}

static void add_tokens(struct mn_document *document, struct forms *forms)
{
    for (size_t i = 0; i < document->sentences.count; i++)
        cut_sentence(document, forms, &document->sentences.items[i]);
    for (size_t i = 0; i < document->nodes.count; i++) {
        struct mn_node *node = &document->nodes.items[i];
        node->first_token = node->kind == MN_FW ? 0 : tokens_before(document, node->start);
        node->end_token = node->kind == MN_FW ? 0 : tokens_before(document, node->end);
    }
}

/* A range between two code points of the text. */
static void pick_range(const struct mn_document *document, uint32_t *start, uint32_t *end)
{
    uint32_t size = (uint32_t)document->text.size, one = pick(size + 1), other = pick(size + 1);
    while (one < size && (document->text.data[one] & 0xC0) == 0x80)
        one++;
    while (other < size && (document->text.data[other] & 0xC0) == 0x80)
        other++;
    *start = one < other ? one : other;
    *end = one < other ? other : one;
}

static struct mn_slice name_or_nothing(void)
{
    static const char *const names[] = {"", "value", "due", "two words", "\"<&>\n\t'", "caf\xC3\xA9 \xF0\x9F\x99\x82"};
    return mn_slice_of(names[pick(6)]);
}

static struct mn_fields sample_fields(struct mn_document *document, uint32_t spans)
{
    struct mn_fields fields = {NULL, pick(4)};
    if (fields.count)
        fields.items = mn_arena_zero(document->arena, fields.count * sizeof *fields.items);
    for (size_t i = 0; i < fields.count; i++) {
        struct mn_field *field = &fields.items[i];
        field->name = MN_LITERAL("name");
        field->value = name_or_nothing();
        field->span = spans && pick(2) ? pick(spans) : MN_NONE;
        if (pick(2))
            pick_range(document, &field->start, &field->end);
    }
    return fields;
}

static void add_spans(struct mn_document *document)
{
    document->rules_sha256 = MN_LITERAL("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
    uint32_t tokens = (uint32_t)document->tokens.count, spans = pick(20);
    for (uint32_t i = 0; i < spans; i++) {
        struct mn_span *span = MN_APPEND(document->arena, &document->spans);
        *span = (struct mn_span){.rule = MN_LITERAL("pack.rule"), .kind = MN_LITERAL("grade")};
        span->priority = pick(5) ? (int32_t)pick(9) - 4 : INT32_MIN;
        span->node = pick(5) ? pick((uint32_t)document->nodes.count) : MN_NONE;
        span->first_token = pick(tokens + 1);
        span->end_token = span->first_token + pick(tokens - span->first_token + 1);
        pick_range(document, &span->start, &span->end);
        span->fields = sample_fields(document, spans);
    }
}

static void add_findings(struct mn_document *document)
{
    for (uint32_t i = pick(6); i > 0; i--) {
        struct mn_fact *fact = MN_APPEND(document->arena, &document->facts);
        *fact = (struct mn_fact){.name = MN_LITERAL("date"),
                                 .role = name_or_nothing(),
                                 .value = name_or_nothing(),
                                 .basis = MN_LITERAL("stated"),
                                 .rule = name_or_nothing()};
        pick_range(document, &fact->start, &fact->end);
    }
    for (uint32_t i = pick(10); i > 0; i--) {
        struct mn_finding *finding = MN_APPEND(document->arena, &document->findings);
        *finding = (struct mn_finding){.kind = (enum mn_finding_kind)pick(MN_FINDING_KIND_COUNT),
                                       .rule = MN_LITERAL("pack.rule"),
                                       .node = pick((uint32_t)document->nodes.count)};
        pick_range(document, &finding->start, &finding->end);
        finding->attributes = sample_fields(document, 0);
        finding->parts = sample_fields(document, (uint32_t)document->spans.count);
    }
    for (uint32_t i = pick(4); i > 0; i--) {
        struct mn_missing *missing = MN_APPEND(document->arena, &document->missing);
        *missing = (struct mn_missing){.slot = MN_LITERAL("care-leavers"), .reason = name_or_nothing()};
        if (pick(2))
            pick_range(document, &missing->start, &missing->end);
        if (pick(2))
            pick_range(document, &missing->other_start, &missing->other_end);
    }
}

struct mn_document *sample_document(struct mn_arena *arena, struct forms *forms, enum mn_layer layer, unsigned seed)
{
    state = seed * 2654435761u + 17;
    struct mn_document *document = mn_document_create(arena);
    cr_assert_not_null(document);
    document->layer = layer;
    document->source = (struct mn_source){.name = MN_LITERAL("minutes/\"caf\xC3\xA9\" & <1>.html"),
                                          .media_type = MN_LITERAL("text/html"),
                                          .charset = name_or_nothing(),
                                          .charset_basis = name_or_nothing(),
                                          .size = pick(2) ? UINT64_MAX : pick(100000)};
    cr_assert(mn_sha256(MN_LITERAL("source"), &document->source.sha256));
    document->title = name_or_nothing();
    document->language = pick(2) ? MN_LITERAL("en-GB") : MN_EMPTY;
    document->published = pick(2) ? MN_LITERAL("2024-02-29") : MN_EMPTY;
    for (uint32_t i = pick(3); i > 0; i--)
        mn_document_notice(document, " notice %u: a < b & \"c\"\n\r ", i);
    build_tree(document);
    if (layer >= MN_LAYER_SEGMENT)
        add_sentences(document);
    if (layer >= MN_LAYER_TOKENISE)
        add_tokens(document, forms);
    if (layer >= MN_LAYER_MATCH)
        add_spans(document);
    if (layer >= MN_LAYER_INTERPRET)
        add_findings(document);
    return document;
}

#define EXPECT_SAME(field) cr_expect_eq(one->field, other->field, #field)
#define EXPECT_SAME_TEXT(field)                                                                                        \
    cr_expect(mn_slice_equal(one->field, other->field), #field ": '%.*s', '%.*s'", MN_SLICE_ARGS(one->field),          \
              MN_SLICE_ARGS(other->field))

static void expect_same_nodes(const struct mn_document *left, const struct mn_document *right)
{
    cr_assert_eq(left->nodes.count, right->nodes.count);
    for (size_t i = 0; i < left->nodes.count; i++) {
        struct mn_node one = left->nodes.items[i], other = right->nodes.items[i];
        cr_expect(mn_slice_equal(left->roles.items[one.role], right->roles.items[other.role]), "role of node %zu", i);
        one.role = other.role = 0; /* names may be numbered differently */
        cr_expect_eq(memcmp(&one, &other, sizeof one), 0, "node %zu (%s)", i, mn_node_element(one.kind));
    }
}

static void expect_same_tokens(const struct mn_document *left, const struct forms *left_forms,
                               const struct mn_document *right, const struct forms *right_forms)
{
    cr_assert_eq(left->sentences.count, right->sentences.count);
    for (size_t i = 0; i < left->sentences.count; i++)
        cr_expect_eq(memcmp(&left->sentences.items[i], &right->sentences.items[i], sizeof left->sentences.items[i]), 0,
                     "sentence %zu", i);
    cr_assert_eq(left->tokens.count, right->tokens.count);
    for (size_t i = 0; i < left->tokens.count; i++) {
        const struct mn_token *one = &left->tokens.items[i], *other = &right->tokens.items[i];
        EXPECT_SAME(start);
        cr_expect(mn_slice_equal(form_text(left_forms, one->form), form_text(right_forms, other->form)), "token %zu",
                  i);
    }
}

static void expect_same_fields(const struct mn_fields *left, const struct mn_fields *right)
{
    cr_assert_eq(left->count, right->count);
    for (size_t i = 0; i < left->count; i++) {
        const struct mn_field *one = &left->items[i], *other = &right->items[i];
        EXPECT_SAME_TEXT(name);
        EXPECT_SAME_TEXT(value);
        EXPECT_SAME(start);
        EXPECT_SAME(end);
        EXPECT_SAME(span);
    }
}

static void expect_same_spans(const struct mn_document *left, const struct mn_document *right)
{
    cr_assert_eq(left->spans.count, right->spans.count);
    for (size_t i = 0; i < left->spans.count; i++) {
        const struct mn_span *one = &left->spans.items[i], *other = &right->spans.items[i];
        EXPECT_SAME_TEXT(rule);
        EXPECT_SAME_TEXT(kind);
        EXPECT_SAME(priority);
        EXPECT_SAME(start);
        EXPECT_SAME(end);
        EXPECT_SAME(first_token);
        EXPECT_SAME(end_token);
        EXPECT_SAME(node);
        expect_same_fields(&one->fields, &other->fields);
    }
}

static void expect_same_facts(const struct mn_document *left, const struct mn_document *right)
{
    cr_assert_eq(left->facts.count, right->facts.count);
    for (size_t i = 0; i < left->facts.count; i++) {
        const struct mn_fact *one = &left->facts.items[i], *other = &right->facts.items[i];
        EXPECT_SAME_TEXT(name);
        EXPECT_SAME_TEXT(role);
        EXPECT_SAME_TEXT(value);
        EXPECT_SAME_TEXT(basis);
        EXPECT_SAME_TEXT(rule);
        EXPECT_SAME(start);
        EXPECT_SAME(end);
    }
    cr_assert_eq(left->missing.count, right->missing.count);
    for (size_t i = 0; i < left->missing.count; i++) {
        const struct mn_missing *one = &left->missing.items[i], *other = &right->missing.items[i];
        EXPECT_SAME_TEXT(slot);
        EXPECT_SAME_TEXT(reason);
        EXPECT_SAME(start);
        EXPECT_SAME(end);
        EXPECT_SAME(other_start);
        EXPECT_SAME(other_end);
    }
}

static void expect_same_findings(const struct mn_document *left, const struct mn_document *right)
{
    cr_assert_eq(left->findings.count, right->findings.count);
    for (size_t i = 0; i < left->findings.count; i++) {
        const struct mn_finding *one = &left->findings.items[i], *other = &right->findings.items[i];
        EXPECT_SAME(kind);
        EXPECT_SAME_TEXT(rule);
        EXPECT_SAME(start);
        EXPECT_SAME(end);
        EXPECT_SAME(node);
        expect_same_fields(&one->attributes, &other->attributes);
        expect_same_fields(&one->parts, &other->parts);
    }
}

void expect_same_documents(const struct mn_document *one, const struct forms *forms_of_one,
                           const struct mn_document *other, const struct forms *forms_of_other)
{
    EXPECT_SAME(layer);
    EXPECT_SAME_TEXT(source.name);
    EXPECT_SAME_TEXT(source.media_type);
    EXPECT_SAME_TEXT(source.charset);
    EXPECT_SAME_TEXT(source.charset_basis);
    EXPECT_SAME(source.size);
    cr_expect_eq(memcmp(&one->source.sha256, &other->source.sha256, sizeof one->source.sha256), 0);
    EXPECT_SAME_TEXT(title);
    EXPECT_SAME_TEXT(language);
    EXPECT_SAME_TEXT(published);
    EXPECT_SAME_TEXT(rules_sha256);
    EXPECT_SAME_TEXT(text);
    EXPECT_SAME_TEXT(furniture);
    cr_assert_eq(one->notices.count, other->notices.count);
    for (size_t i = 0; i < one->notices.count; i++)
        EXPECT_SAME_TEXT(notices.items[i].text);
    expect_same_nodes(one, other);
    expect_same_tokens(one, forms_of_one, other, forms_of_other);
    expect_same_spans(one, other);
    expect_same_facts(one, other);
    expect_same_findings(one, other);
}
