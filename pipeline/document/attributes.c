#include "document/attributes.h"
#include "base/limits.h"

#define WORDS(name, ...)                                                                                               \
    static const char *const name##_items[] = {__VA_ARGS__};                                                           \
    static const struct mn_words name = {name##_items, sizeof name##_items / sizeof name##_items[0]}

WORDS(layers, [MN_LAYER_NOTHING] = "nothing", [MN_LAYER_READ] = "read", [MN_LAYER_SEGMENT] = "segment",
      [MN_LAYER_TOKENISE] = "tokenise", [MN_LAYER_MATCH] = "match", [MN_LAYER_INTERPRET] = "interpret");
WORDS(numberings, [MN_UNNUMBERED] = "none", [MN_BULLET] = "bullet", [MN_DECIMAL] = "decimal",
      [MN_LOWER_ALPHA] = "lower-alpha", [MN_UPPER_ALPHA] = "upper-alpha", [MN_LOWER_ROMAN] = "lower-roman",
      [MN_UPPER_ROMAN] = "upper-roman");
WORDS(flags, "bold", "header-cell", "label", "broken-off", "continues", "set-off"); /* bit 0 on */
WORDS(kinds, [MN_GRADE] = "grade", [MN_RECOMMENDATION] = "recommendation", [MN_DEADLINE] = "deadline",
      [MN_RESOLUTION] = "resolution");
#define STATUS_WORD(name, word) [name] = (word),
WORDS(statuses, MN_STATUSES(STATUS_WORD));
#undef STATUS_WORD

_Static_assert(sizeof layers_items / sizeof layers_items[0] == MN_LAYER_INTERPRET + 1, "a word for every layer");
_Static_assert(sizeof numberings_items / sizeof numberings_items[0] == MN_NUMBERING_COUNT,
               "a word for every numbering");
_Static_assert(sizeof kinds_items / sizeof kinds_items[0] == MN_FINDING_KIND_COUNT, "a word for every kind");
_Static_assert(1 << (sizeof flags_items / sizeof flags_items[0] - 1) == MN_SET_OFF, "a word for every flag");
_Static_assert(sizeof(enum mn_layer) == 4 && sizeof(enum mn_finding_kind) == 4, "MN_FORM_WORD_32 holds enumerations");

#define ATTRIBUTES(name, ...)                                                                                          \
    static const struct mn_attribute name##_items[] = {__VA_ARGS__};                                                   \
    const struct mn_attributes name = {name##_items, sizeof name##_items / sizeof name##_items[0]}

#define AT(type, field) offsetof(struct type, field)

ATTRIBUTES(mn_document_attributes, {"layer", MN_FORM_WORD_32, AT(mn_document, layer), &layers},
           {"xml:lang", MN_FORM_TEXT, AT(mn_document, language), NULL},
           {"published", MN_FORM_TEXT, AT(mn_document, published), NULL});

ATTRIBUTES(mn_source_attributes, {"name", MN_FORM_TEXT, AT(mn_source, name), NULL},
           {"media-type", MN_FORM_TEXT, AT(mn_source, media_type), NULL},
           {"charset", MN_FORM_TEXT, AT(mn_source, charset), NULL},
           {"charset-basis", MN_FORM_TEXT, AT(mn_source, charset_basis), NULL},
           {"bytes", MN_FORM_COUNT_64, AT(mn_source, size), NULL},
           {"sha256", MN_FORM_DIGEST, AT(mn_source, sha256), NULL}, {"url", MN_FORM_TEXT, AT(mn_source, url), NULL},
           {"retrieved", MN_FORM_TEXT, AT(mn_source, retrieved), NULL},
           {"given-title", MN_FORM_TEXT, AT(mn_source, given_title), NULL},
           {"given-authority", MN_FORM_TEXT, AT(mn_source, given_authority), NULL},
           {"given-body", MN_FORM_TEXT, AT(mn_source, given_body), NULL},
           {"given-date", MN_FORM_TEXT, AT(mn_source, given_date), NULL});

ATTRIBUTES(mn_rules_attributes, {"sha256", MN_FORM_TEXT, AT(mn_document, rules_sha256), NULL});

ATTRIBUTES(mn_node_attributes, {"level", MN_FORM_COUNT_8, AT(mn_node, level), NULL},
           {"role", MN_FORM_ROLE, AT(mn_node, role), NULL},
           {"numbering", MN_FORM_WORD_8, AT(mn_node, numbering), &numberings},
           {"ordinal", MN_FORM_COUNT_32, AT(mn_node, ordinal), NULL},
           {"flags", MN_FORM_FLAGS, AT(mn_node, flags), &flags}, {"page", MN_FORM_COUNT_32, AT(mn_node, page), NULL},
           {"turn", MN_FORM_COUNT_32, AT(mn_node, turn), NULL}, {"gap", MN_FORM_COUNT_32, AT(mn_node, gap), NULL},
           {"source-start", MN_FORM_COUNT_32, AT(mn_node, source_start), NULL},
           {"source-end", MN_FORM_COUNT_32, AT(mn_node, source_end), NULL});

ATTRIBUTES(mn_seal_attributes, {"sha256", MN_FORM_DIGEST, AT(mn_seal, sha256), NULL},
           {"length", MN_FORM_COUNT_32, AT(mn_seal, length), NULL},
           {"nodes", MN_FORM_COUNT_32, AT(mn_seal, nodes), NULL},
           {"tokens", MN_FORM_COUNT_32, AT(mn_seal, tokens), NULL});

ATTRIBUTES(mn_span_attributes, {"rule", MN_FORM_TEXT, AT(mn_span, rule), NULL},
           {"kind", MN_FORM_TEXT, AT(mn_span, kind), NULL}, {"priority", MN_FORM_INTEGER, AT(mn_span, priority), NULL},
           {"start", MN_FORM_POSITION, AT(mn_span, start), NULL}, {"end", MN_FORM_POSITION, AT(mn_span, end), NULL},
           {"first-token", MN_FORM_COUNT_32, AT(mn_span, first_token), NULL},
           {"end-token", MN_FORM_COUNT_32, AT(mn_span, end_token), NULL},
           {"node", MN_FORM_INDEX, AT(mn_span, node), NULL});

ATTRIBUTES(mn_field_attributes, {"name", MN_FORM_TEXT, AT(mn_field, name), NULL},
           {"value", MN_FORM_TEXT, AT(mn_field, value), NULL}, {"start", MN_FORM_POSITION, AT(mn_field, start), NULL},
           {"end", MN_FORM_POSITION, AT(mn_field, end), NULL}, {"span", MN_FORM_INDEX, AT(mn_field, span), NULL});

ATTRIBUTES(mn_fact_attributes, {"name", MN_FORM_TEXT, AT(mn_fact, name), NULL},
           {"role", MN_FORM_TEXT, AT(mn_fact, role), NULL}, {"value", MN_FORM_TEXT, AT(mn_fact, value), NULL},
           {"basis", MN_FORM_TEXT, AT(mn_fact, basis), NULL}, {"rule", MN_FORM_TEXT, AT(mn_fact, rule), NULL},
           {"start", MN_FORM_POSITION, AT(mn_fact, start), NULL}, {"end", MN_FORM_POSITION, AT(mn_fact, end), NULL});

ATTRIBUTES(mn_finding_attributes, {"kind", MN_FORM_WORD_32, AT(mn_finding, kind), &kinds},
           {"rule", MN_FORM_TEXT, AT(mn_finding, rule), NULL}, {"start", MN_FORM_POSITION, AT(mn_finding, start), NULL},
           {"end", MN_FORM_POSITION, AT(mn_finding, end), NULL}, {"node", MN_FORM_INDEX, AT(mn_finding, node), NULL});

ATTRIBUTES(mn_missing_attributes, {"slot", MN_FORM_TEXT, AT(mn_missing, slot), NULL},
           {"reason", MN_FORM_TEXT, AT(mn_missing, reason), NULL},
           {"start", MN_FORM_POSITION, AT(mn_missing, start), NULL},
           {"end", MN_FORM_POSITION, AT(mn_missing, end), NULL},
           {"other-start", MN_FORM_POSITION, AT(mn_missing, other_start), NULL},
           {"other-end", MN_FORM_POSITION, AT(mn_missing, other_end), NULL});

ATTRIBUTES(mn_failure_attributes, {"name", MN_FORM_TEXT, AT(mn_failure, name), NULL},
           {"status", MN_FORM_WORD_32, AT(mn_failure, status), &statuses},
           {"message", MN_FORM_TEXT, AT(mn_failure, message), NULL});

/* Fields are reached by their offset, through memcpy: the table knows their types, the compiler does not. */
#define LOAD(type, object, attribute) load_##type((object), (attribute)->offset)
#define FIELD_ACCESS(type)                                                                                             \
    static type load_##type(const void *object, size_t offset)                                                         \
    {                                                                                                                  \
        type value;                                                                                                    \
        memcpy(&value, (const char *)object + offset, sizeof value);                                                   \
        return value;                                                                                                  \
    }
FIELD_ACCESS(uint8_t)
FIELD_ACCESS(uint32_t)
FIELD_ACCESS(int32_t)
FIELD_ACCESS(uint64_t)

static void write_text(struct mn_writer *writer, const char *name, struct mn_slice text)
{
    if (text.size)
        mn_write_attribute(writer, name, text);
}

static void write_count(struct mn_writer *writer, const char *name, uint64_t count)
{
    if (count)
        mn_write_attribute_number(writer, name, count);
}

static void write_integer(struct mn_writer *writer, const char *name, int32_t integer)
{
    char digits[16];
    int size = snprintf(digits, sizeof digits, "%ld", (long)integer);
    if (integer)
        mn_write_attribute(writer, name, (struct mn_slice){digits, (size_t)size});
}

static void write_digest(struct mn_writer *writer, const char *name, const struct mn_sha256 *digest)
{
    char hex[64];
    mn_sha256_hex(digest, hex);
    mn_write_attribute(writer, name, (struct mn_slice){hex, sizeof hex});
}

static void write_word(struct mn_writer *writer, const struct mn_attribute *attribute, uint32_t word)
{
    bool is_default = word == 0 && attribute->form == MN_FORM_WORD_8;
    if (!is_default && word < attribute->words->count)
        mn_write_attribute(writer, attribute->name, mn_slice_of(attribute->words->items[word]));
}

static void write_flags(struct mn_writer *writer, const struct mn_attribute *attribute, uint8_t set)
{
    char list[128];
    size_t size = 0;
    for (size_t i = 0; i < attribute->words->count; i++) {
        struct mn_slice word = mn_slice_of(attribute->words->items[i]);
        if ((set >> i & 1) == 0 || size + word.size + 1 > sizeof list)
            continue;
        if (size)
            list[size++] = ' ';
        memcpy(list + size, word.data, word.size);
        size += word.size;
    }
    write_text(writer, attribute->name, (struct mn_slice){list, size});
}

static void write_one(struct mn_writer *writer, const struct mn_attribute *attribute, const void *object,
                      const struct mn_document *document, const struct mn_offsets *offsets)
{
    const char *name = attribute->name;
    const void *field = (const char *)object + attribute->offset;
    switch (attribute->form) {
    case MN_FORM_TEXT:
        write_text(writer, name, *(const struct mn_slice *)field);
        break;
    case MN_FORM_COUNT_8:
        write_count(writer, name, LOAD(uint8_t, object, attribute));
        break;
    case MN_FORM_COUNT_32:
        write_count(writer, name, LOAD(uint32_t, object, attribute));
        break;
    case MN_FORM_COUNT_64:
        write_count(writer, name, LOAD(uint64_t, object, attribute));
        break;
    case MN_FORM_INTEGER:
        write_integer(writer, name, LOAD(int32_t, object, attribute));
        break;
    case MN_FORM_POSITION:
        write_count(writer, name, mn_offsets_code_point(offsets, LOAD(uint32_t, object, attribute)));
        break;
    case MN_FORM_INDEX:
        if (LOAD(uint32_t, object, attribute) != MN_NONE)
            mn_write_attribute_number(writer, name, LOAD(uint32_t, object, attribute));
        break;
    case MN_FORM_DIGEST:
        write_digest(writer, name, field);
        break;
    case MN_FORM_WORD_8:
        write_word(writer, attribute, LOAD(uint8_t, object, attribute));
        break;
    case MN_FORM_WORD_32:
        write_word(writer, attribute, LOAD(uint32_t, object, attribute));
        break;
    case MN_FORM_FLAGS:
        write_flags(writer, attribute, LOAD(uint8_t, object, attribute));
        break;
    case MN_FORM_ROLE:
        write_text(writer, name, document->roles.items[LOAD(uint32_t, object, attribute)]);
        break;
    case MN_FORM_COUNT:
        break;
    }
}

void mn_attributes_write(struct mn_writer *writer, const struct mn_attributes *attributes, const void *object,
                         const struct mn_document *document, const struct mn_offsets *offsets)
{
    for (size_t i = 0; i < attributes->count; i++)
        write_one(writer, &attributes->items[i], object, document, offsets);
}

const struct mn_attribute *mn_attributes_find(const struct mn_attributes *attributes, const char *name)
{
    for (size_t i = 0; i < attributes->count; i++)
        if (strcmp(attributes->items[i].name, name) == 0)
            return &attributes->items[i];
    return NULL;
}

static bool parse_count(struct mn_slice value, uint64_t most, uint64_t *count)
{
    *count = 0;
    for (size_t i = 0; i < value.size; i++) {
        unsigned digit = (unsigned char)value.data[i] - (unsigned)'0';
        if (digit > 9 || *count > (most - digit) / 10)
            return false;
        *count = *count * 10 + digit;
    }
    return value.size > 0;
}

static bool parse_integer(struct mn_slice value, int32_t *integer)
{
    bool negative = value.size && value.data[0] == '-';
    uint64_t count, most = (uint64_t)INT32_MAX + negative;
    if (!parse_count(mn_slice_cut(value, negative, value.size), most, &count))
        return false;
    *integer = (int32_t)(negative ? -(int64_t)count : (int64_t)count);
    return true;
}

static int hex_digit(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

static bool parse_digest(struct mn_slice value, struct mn_sha256 *digest)
{
    if (value.size != 2 * sizeof digest->bytes)
        return false;
    for (size_t i = 0; i < sizeof digest->bytes; i++) {
        int high = hex_digit(value.data[2 * i]), low = hex_digit(value.data[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        digest->bytes[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}

static bool parse_word(struct mn_slice value, const struct mn_words *words, uint32_t *word)
{
    for (size_t i = 0; i < words->count; i++)
        if (mn_slice_equal(value, mn_slice_of(words->items[i]))) {
            *word = (uint32_t)i;
            return true;
        }
    return false;
}

static bool parse_flags(struct mn_slice value, const struct mn_words *words, uint8_t *set)
{
    *set = 0;
    while ((value = mn_slice_trim(value)).size) {
        const char *space = memchr(value.data, ' ', value.size);
        size_t size = space ? (size_t)(space - value.data) : value.size;
        uint32_t word;
        if (!parse_word(mn_slice_cut(value, 0, size), words, &word))
            return false;
        *set = (uint8_t)(*set | 1u << word);
        value = mn_slice_cut(value, size, value.size);
    }
    return true;
}

static bool parse_position(struct mn_slice value, const struct mn_offsets *offsets, uint32_t *byte)
{
    uint64_t code_point;
    if (offsets == NULL || !parse_count(value, MN_NONE - 1, &code_point))
        return false;
    *byte = mn_offsets_byte(offsets, (uint32_t)code_point);
    return *byte != MN_NONE;
}

/* A value that was read, of one of the sizes that fields have. */
union parsed {
    uint8_t small;
    uint32_t index;
    int32_t integer;
    uint64_t count;
    struct mn_slice text;
    struct mn_sha256 digest;
};

/* Parses what needs no memory. */
static bool parse(const struct mn_attribute *attribute, struct mn_slice value, const struct mn_offsets *offsets,
                  union parsed *parsed)
{
    uint64_t count = 0;
    uint32_t word = 0;
    bool valid;
    switch (attribute->form) {
    case MN_FORM_COUNT_8:
        valid = parse_count(value, UINT8_MAX, &count);
        parsed->small = (uint8_t)count;
        return valid;
    case MN_FORM_COUNT_32:
        valid = parse_count(value, UINT32_MAX, &count);
        parsed->index = (uint32_t)count;
        return valid;
    case MN_FORM_INDEX:
        valid = parse_count(value, MN_NONE - 1, &count);
        parsed->index = (uint32_t)count;
        return valid;
    case MN_FORM_COUNT_64:
        return parse_count(value, UINT64_MAX, &parsed->count);
    case MN_FORM_INTEGER:
        return parse_integer(value, &parsed->integer);
    case MN_FORM_POSITION:
        return parse_position(value, offsets, &parsed->index);
    case MN_FORM_DIGEST:
        return parse_digest(value, &parsed->digest);
    case MN_FORM_WORD_8:
        valid = parse_word(value, attribute->words, &word);
        parsed->small = (uint8_t)word;
        return valid;
    case MN_FORM_WORD_32:
        return parse_word(value, attribute->words, &parsed->index);
    case MN_FORM_FLAGS:
        return parse_flags(value, attribute->words, &parsed->small);
    case MN_FORM_TEXT:
    case MN_FORM_ROLE:
    case MN_FORM_COUNT:
        break;
    }
    return false;
}

static const struct {
    size_t size;
    const char *expected;
} forms[] = {
    [MN_FORM_TEXT] = {sizeof(struct mn_slice), "text"},
    [MN_FORM_COUNT_8] = {1, "a number from 0 to 255"},
    [MN_FORM_COUNT_32] = {4, "a number from 0 to 4294967295"},
    [MN_FORM_COUNT_64] = {8, "a number from 0 to 18446744073709551615"},
    [MN_FORM_INTEGER] = {4, "a number from -2147483648 to 2147483647"},
    [MN_FORM_POSITION] = {4, "a position in the text: characters before it, not more than the text has"},
    [MN_FORM_INDEX] = {4, "a number from 0 to 4294967294"},
    [MN_FORM_DIGEST] = {sizeof(struct mn_sha256), "a SHA-256 digest: 64 hexadecimal digits in lower case"},
    [MN_FORM_WORD_8] = {1, "one of the words that schemas/document.rng allows"},
    [MN_FORM_WORD_32] = {4, "one of the words that schemas/document.rng allows"},
    [MN_FORM_FLAGS] = {1, "words that schemas/document.rng allows, with spaces between them"},
    [MN_FORM_ROLE] = {4, "the name of a role"},
};
_Static_assert(sizeof forms / sizeof forms[0] == MN_FORM_COUNT, "every form has its size");

enum mn_status mn_attribute_read(const struct mn_attribute *attribute, struct mn_slice value, void *object,
                                 struct mn_document *document, const struct mn_offsets *offsets, const char **expected)
{
    union parsed parsed;
    if (attribute->form == MN_FORM_TEXT) {
        parsed.text = mn_arena_copy(document->arena, value);
        if (parsed.text.size != value.size)
            return MN_NO_MEMORY;
    } else if (attribute->form == MN_FORM_ROLE) {
        parsed.index = mn_document_role(document, value);
        if (parsed.index == MN_NONE)
            return MN_NO_MEMORY;
        if (parsed.index > MN_LIMIT_ROLES) {
            *expected = "one of 1000 different roles at most; rules give a dozen";
            return MN_OVER_LIMIT;
        }
    } else if (!parse(attribute, value, offsets, &parsed)) {
        *expected = forms[attribute->form].expected;
        return MN_MALFORMED;
    }
    memcpy((char *)object + attribute->offset, &parsed, forms[attribute->form].size);
    return MN_OK;
}
