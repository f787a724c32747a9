#define PCRE2_CODE_UNIT_WIDTH 8

#include "rules/segmentation.h"

#include "base/digest.h"
#include "base/limits.h"
#include "base/utf8.h"
#include <pcre2.h>

/* Longer words are no abbreviations, longer lines no labels. */
#define LONGEST_KEY 64
#define LONGEST_FURNITURE 200
#define FIRST_SLOTS 64

enum word_flag { ABBREVIATION = 1, BINDS_NUMBER = 2, LABEL = 4, INLINE_LABEL = 8, COLUMN_TITLE = 16, RESULT = 32 };

struct word {
    struct mn_slice key; /* casefolded; null data: a free slot */
    struct mn_slice role;
    unsigned flags;
};

struct mn_segmentation {
    struct mn_arena *arena;
    struct word *words; /* open addressing, a power of two of slots, at most half full */
    size_t word_count, slot_count;
    uint64_t sizes[256];   /* by a key's first byte: bit n: there is one of n bytes … */
    uint64_t ends[256][2]; /* … and bit n: one that ends in this byte of ASCII */
    MN_VECTOR(pcre2_code *) furniture;
    MN_VECTOR(struct mn_slice) expressions;
    pcre2_code *all_furniture;
    pcre2_match_context *limits;
};

/* ---- casefolding without allocating ---- */

/* Lower case of the letters that English, Irish, Welsh and French names need; others are compared as printed. */
static int32_t lower_case(int32_t c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7))
        return c + 32;
    if (c >= 0x14A && c <= 0x177)
        return c | 1;
    return c;
}

/* Folds case and runs of spaces; false when the result does not fit. */
static bool fold_key(struct mn_slice text, char key[LONGEST_KEY], size_t *size)
{
    *size = 0;
    if (text.size > LONGEST_KEY - 4)
        return false;
    for (size_t at = 0; at < text.size;) {
        int32_t c = mn_utf8_next(text, &at);
        if (!mn_is_space(c))
            *size += mn_utf8_encode(lower_case(c), key + *size);
        else if (*size > 0 && key[*size - 1] != ' ')
            key[(*size)++] = ' ';
    }
    while (*size > 0 && key[*size - 1] == ' ')
        --*size;
    return *size > 0;
}

/* ---- the table of words ---- */

/* The slot where the key is or would be. */
static struct word *find_slot(struct word *words, size_t slot_count, struct mn_slice key)
{
    size_t at = (size_t)mn_hash(key) & (slot_count - 1);
    while (words[at].key.data && !mn_slice_equal(words[at].key, key))
        at = (at + 1) & (slot_count - 1);
    return &words[at];
}

static bool grow(struct mn_segmentation *segmentation)
{
    size_t slots = segmentation->slot_count ? segmentation->slot_count * 2 : FIRST_SLOTS;
    struct word *words = mn_arena_zero(segmentation->arena, slots * sizeof *words);
    if (!words)
        return false;
    for (size_t i = 0; i < segmentation->slot_count; ++i)
        if (segmentation->words[i].key.data)
            *find_slot(words, slots, segmentation->words[i].key) = segmentation->words[i];
    segmentation->words = words;
    segmentation->slot_count = slots;
    return true;
}

/* The word's entry, added if new; null when memory is out. */
static struct word *intern(struct mn_segmentation *segmentation, struct mn_slice key)
{
    if (segmentation->word_count * 2 >= segmentation->slot_count && !grow(segmentation))
        return NULL;
    struct word *word = find_slot(segmentation->words, segmentation->slot_count, key);
    if (word->key.data)
        return word;
    struct mn_slice copy = mn_arena_copy(segmentation->arena, key);
    if (!copy.data)
        return NULL;
    word->key = copy;
    ++segmentation->word_count;
    unsigned char first = (unsigned char)key.data[0], last = (unsigned char)key.data[key.size - 1];
    segmentation->sizes[first] |= UINT64_C(1) << key.size;
    if (last < 0x80)
        segmentation->ends[first][last / 64] |= UINT64_C(1) << (last % 64);
    return word;
}

/* A letter of ASCII in lower case. */
static unsigned char lower_byte(char byte)
{
    unsigned char plain = (unsigned char)byte;
    return plain < 0x80 ? (unsigned char)lower_case(plain) : plain;
}

/* Could a text be a key? Folding makes it no longer and changes its first byte, and a last one of ASCII, only in case.
 */
static bool may_be_key(const struct mn_segmentation *segmentation, struct mn_slice text)
{
    if (text.size == 0 || text.size >= LONGEST_KEY)
        return false;
    unsigned char first = lower_byte(text.data[0]), last = lower_byte(text.data[text.size - 1]);
    bool ends = last >= 0x80 || (segmentation->ends[first][last / 64] >> (last % 64) & 1);
    return ends && (segmentation->sizes[first] & ((UINT64_C(2) << text.size) - 1)) != 0;
}

static const struct word *look_up(const struct mn_segmentation *segmentation, struct mn_slice text)
{
    char key[LONGEST_KEY];
    size_t size;
    text = mn_slice_trim(text);
    if (!segmentation || !may_be_key(segmentation, text) || !fold_key(text, key, &size))
        return NULL;
    const struct word *word = find_slot(segmentation->words, segmentation->slot_count, (struct mn_slice){key, size});
    return word->key.data ? word : NULL;
}

static bool has_flag(const struct mn_segmentation *segmentation, struct mn_slice text, unsigned flag)
{
    const struct word *word = look_up(segmentation, text);
    return word && (word->flags & flag);
}

/* Cuts the next alternative off `*words`, trimmed. */
static struct mn_slice next_alternative(struct mn_slice *words)
{
    const char *bar = words->size ? memchr(words->data, '|', words->size) : NULL;
    size_t end = bar ? (size_t)(bar - words->data) : words->size;
    size_t next = bar ? end + 1 : end;
    struct mn_slice alternative = mn_slice_trim(mn_slice_cut(*words, 0, end));
    *words = mn_slice_cut(*words, next, words->size);
    return alternative;
}

/* Adds each alternative with the flags, labels with their role. */
static enum mn_status add_words(struct mn_segmentation *segmentation, struct mn_slice words, unsigned flags,
                                struct mn_slice role, struct mn_error *error)
{
    do {
        char key[LONGEST_KEY];
        size_t size;
        struct mn_slice text = next_alternative(&words);
        if (!fold_key(text, key, &size))
            return mn_fail(error, MN_RULE_ERROR, "“%.*s” is empty or too long; expected words separated by “|”",
                           MN_SLICE_ARGS(text));
        struct word *word = intern(segmentation, (struct mn_slice){key, size});
        if (!word)
            return mn_fail_memory(error);
        if ((flags & LABEL) && (word->flags & LABEL))
            continue;
        word->flags |= flags;
        if (flags & LABEL)
            word->role = role;
    } while (words.size > 0);
    return MN_OK;
}

/* ---- expressions ---- */

static pcre2_code *compile(struct mn_slice expression, struct mn_error *error)
{
    int code;
    PCRE2_SIZE place;
    uint32_t options = PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_UCP | PCRE2_CASELESS | PCRE2_ANCHORED |
                       PCRE2_ENDANCHORED | PCRE2_NO_AUTO_CAPTURE | PCRE2_NEVER_BACKSLASH_C;
    pcre2_code *compiled = pcre2_compile((PCRE2_SPTR)expression.data, expression.size, options, &code, &place, NULL);
    if (compiled)
        return compiled;
    PCRE2_UCHAR words[128];
    pcre2_get_error_message(code, words, sizeof words);
    mn_fail(error, MN_RULE_ERROR, "the expression “%.*s” does not compile: %s at character %zu",
            MN_SLICE_ARGS(expression), (const char *)words, place + 1);
    return NULL;
}

static bool ensure_limits(struct mn_segmentation *segmentation)
{
    if (!segmentation->limits)
        segmentation->limits = pcre2_match_context_create(NULL);
    if (!segmentation->limits)
        return false;
    pcre2_set_match_limit(segmentation->limits, MN_LIMIT_PCRE_STEPS);
    return true;
}

static bool matches(const struct mn_segmentation *segmentation, const pcre2_code *code, struct mn_slice line,
                    pcre2_match_data *data)
{
    return pcre2_match(code, (PCRE2_SPTR)line.data, line.size, 0, PCRE2_NO_UTF_CHECK, data, segmentation->limits) >= 0;
}

/* `a|b` of all expressions, each in a group. */
static struct mn_slice join_expressions(const struct mn_segmentation *segmentation)
{
    size_t size = 0;
    for (size_t i = 0; i < segmentation->expressions.count; ++i)
        size += segmentation->expressions.items[i].size + 5;
    char *joined = mn_arena_alloc(segmentation->arena, size ? size : 1);
    size_t at = 0;
    for (size_t i = 0; joined && i < segmentation->expressions.count; ++i) {
        struct mn_slice one = segmentation->expressions.items[i];
        if (i > 0)
            joined[at++] = '|';
        memcpy(joined + at, "(?:", 3);
        memcpy(joined + at + 3, one.data, one.size);
        at += 3 + one.size;
        joined[at++] = ')';
    }
    return (struct mn_slice){joined, at};
}

/* ---- what the header promises ---- */

bool mn_segmentation_is_abbreviation(const struct mn_segmentation *segmentation, struct mn_slice word)
{
    return has_flag(segmentation, word, ABBREVIATION);
}

bool mn_segmentation_binds_number(const struct mn_segmentation *segmentation, struct mn_slice word)
{
    return has_flag(segmentation, word, BINDS_NUMBER);
}

static struct mn_slice label_role(const struct mn_segmentation *segmentation, struct mn_slice text, unsigned flag)
{
    const struct word *word = look_up(segmentation, text);
    return word && (word->flags & flag) ? word->role : MN_EMPTY;
}

struct mn_slice mn_segmentation_label(const struct mn_segmentation *segmentation, struct mn_slice line, size_t *rest)
{
    if (rest)
        *rest = line.size;
    size_t seen = line.size < LONGEST_KEY ? line.size : LONGEST_KEY;
    const char *colon = seen ? memchr(line.data, ':', seen) : NULL;
    if (!colon)
        return label_role(segmentation, line, LABEL);
    size_t size = (size_t)(colon - line.data);
    size_t after = size + 1;
    while (after < line.size && line.data[after] == ' ')
        ++after;
    if (after == line.size)
        return label_role(segmentation, mn_slice_cut(line, 0, size), LABEL);
    if (!rest)
        return MN_EMPTY;
    struct mn_slice role = label_role(segmentation, mn_slice_cut(line, 0, size), INLINE_LABEL);
    if (role.size > 0)
        *rest = after;
    return role;
}

bool mn_segmentation_is_column_title(const struct mn_segmentation *segmentation, struct mn_slice text)
{
    size_t size = text.size - (text.size > 0 && text.data[text.size - 1] == ':');
    return has_flag(segmentation, mn_slice_cut(text, 0, size), COLUMN_TITLE);
}

bool mn_segmentation_is_result(const struct mn_segmentation *segmentation, struct mn_slice line)
{
    bool point = line.size > 0 && line.data[line.size - 1] == '.';
    return has_flag(segmentation, mn_slice_cut(line, 0, line.size - point), RESULT);
}

bool mn_segmentation_is_furniture(const struct mn_segmentation *segmentation, struct mn_slice line)
{
    if (!segmentation || segmentation->furniture.count == 0 || line.size == 0 || line.size > LONGEST_FURNITURE)
        return false;
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    if (!data)
        return false;
    bool found = false;
    if (segmentation->all_furniture)
        found = matches(segmentation, segmentation->all_furniture, line, data);
    else
        for (size_t i = 0; !found && i < segmentation->furniture.count; ++i)
            found = matches(segmentation, segmentation->furniture.items[i], line, data);
    pcre2_match_data_free(data);
    return found;
}

struct mn_segmentation *mn_segmentation_create(struct mn_arena *arena)
{
    struct mn_segmentation *segmentation = mn_arena_zero(arena, sizeof *segmentation);
    if (segmentation)
        segmentation->arena = arena;
    return segmentation;
}

void mn_segmentation_destroy(struct mn_segmentation *segmentation)
{
    if (!segmentation)
        return;
    for (size_t i = 0; i < segmentation->furniture.count; ++i)
        pcre2_code_free(segmentation->furniture.items[i]);
    pcre2_code_free(segmentation->all_furniture);
    pcre2_match_context_free(segmentation->limits);
    segmentation->furniture.count = 0;
    segmentation->all_furniture = NULL;
    segmentation->limits = NULL;
}

enum mn_status mn_segmentation_add_abbreviation(struct mn_segmentation *segmentation, struct mn_slice words,
                                                bool before_number, struct mn_error *error)
{
    return add_words(segmentation, words, before_number ? BINDS_NUMBER : ABBREVIATION, MN_EMPTY, error);
}

enum mn_status mn_segmentation_add_result(struct mn_segmentation *segmentation, struct mn_slice words,
                                          struct mn_error *error)
{
    return add_words(segmentation, words, RESULT, MN_EMPTY, error);
}

enum mn_status mn_segmentation_add_label(struct mn_segmentation *segmentation, struct mn_slice words,
                                         struct mn_slice role, bool inline_rest, struct mn_error *error)
{
    struct mn_slice copy = mn_arena_copy(segmentation->arena, role);
    if (!copy.data)
        return role.size ? mn_fail_memory(error)
                         : mn_fail(error, MN_RULE_ERROR, "a label without a role; give it role=\"…\"");
    return add_words(segmentation, words, inline_rest ? LABEL | INLINE_LABEL : LABEL, copy, error);
}

enum mn_status mn_segmentation_add_column_title(struct mn_segmentation *segmentation, struct mn_slice words,
                                                struct mn_error *error)
{
    return add_words(segmentation, words, COLUMN_TITLE, MN_EMPTY, error);
}

enum mn_status mn_segmentation_add_furniture(struct mn_segmentation *segmentation, struct mn_slice expression,
                                             struct mn_error *error)
{
    struct mn_slice trimmed = mn_slice_trim(expression);
    if (trimmed.size == 0)
        return mn_fail(error, MN_RULE_ERROR,
                       "an empty furniture expression; write a PCRE2 expression for a whole line");
    struct mn_slice copy = mn_arena_copy(segmentation->arena, trimmed);
    size_t count = segmentation->furniture.count;
    if (!copy.data || !MN_RESERVE(segmentation->arena, &segmentation->expressions, count + 1) ||
        !MN_RESERVE(segmentation->arena, &segmentation->furniture, count + 1) || !ensure_limits(segmentation))
        return mn_fail_memory(error);
    pcre2_code *code = compile(trimmed, error);
    if (!code)
        return MN_RULE_ERROR;
    segmentation->expressions.items[segmentation->expressions.count++] = copy;
    segmentation->furniture.items[segmentation->furniture.count++] = code;
    return MN_OK;
}

enum mn_status mn_segmentation_finish(struct mn_segmentation *segmentation, struct mn_error *error)
{
    if (segmentation->expressions.count == 0)
        return MN_OK;
    struct mn_slice joined = join_expressions(segmentation);
    if (!joined.data)
        return mn_fail_memory(error);
    /* Expressions that are good alone may not be together (two groups of one name): then they are tried in turn. */
    pcre2_code *code = compile(joined, NULL);
    if (!code)
        return MN_OK;
    /* Where the machine has no JIT compiler the interpreter gives the same answers. */
    (void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    pcre2_code_free(segmentation->all_furniture);
    segmentation->all_furniture = code;
    return MN_OK;
}
