#include "lexis/token_class.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#define COMPILE_OPTIONS (PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C)
#define WHOLE_TOKEN (PCRE2_ANCHORED | PCRE2_ENDANCHORED)

static pcre2_code *compile(struct mn_slice expression, uint32_t options, int *code, PCRE2_SIZE *offset)
{
    PCRE2_SPTR text = (PCRE2_SPTR)(expression.data ? expression.data : "");
    return pcre2_compile(text, expression.size, COMPILE_OPTIONS | options, code, offset, NULL);
}

static enum mn_status compile_failure(struct mn_slice expression, int code, PCRE2_SIZE offset, struct mn_error *error)
{
    PCRE2_UCHAR message[200] = "";
    if (code == PCRE2_ERROR_NOMEMORY)
        return mn_fail_memory(error);
    pcre2_get_error_message(code, message, sizeof message);
    return mn_fail(error, MN_RULE_ERROR, "%s at offset %zu of \"%.*s\"", (const char *)message, offset,
                   MN_SLICE_ARGS(expression));
}

/* Can a match begin with this byte, when PCRE2 says that it begins with `unit`? It does not tell whether caselessly: so
 * both cases of ASCII may, and all beyond ASCII where the unit is. */
static bool same_letter(unsigned byte, unsigned unit)
{
    return unit < 0x80 ? (byte | 0x20) == (unit | 0x20) : byte >= 0x80;
}

/* Notes which first bytes can begin a match. PCRE2 keeps no such information for anchored expressions: `open` is the
 * same expression compiled without anchors. */
static void note_first_bytes(struct mn_token_classes *classes, uint32_t id, const pcre2_code *open)
{
    const uint8_t *bitmap = NULL;
    uint32_t type = 0, unit = 0, least = 0;
    pcre2_pattern_info(open, PCRE2_INFO_MINLENGTH, &least);
    pcre2_pattern_info(open, PCRE2_INFO_FIRSTBITMAP, &bitmap);
    pcre2_pattern_info(open, PCRE2_INFO_FIRSTCODETYPE, &type);
    pcre2_pattern_info(open, PCRE2_INFO_FIRSTCODEUNIT, &unit);
    classes->least_bytes[id] = least;
    for (unsigned byte = 0; byte < 256; byte++) {
        bool may = bitmap ? (bitmap[byte / 8] >> (byte % 8)) & 1 : type != 1 || same_letter(byte, unit);
        if (may)
            classes->first_bytes[byte][id / 64] |= UINT64_C(1) << (id % 64);
    }
}

enum mn_status mn_token_classes_add(struct mn_token_classes *classes, struct mn_slice expression,
                                    struct mn_error *error)
{
    int code = 0;
    PCRE2_SIZE offset = 0;
    if (classes->count == MN_LIMIT_TOKEN_CLASSES)
        return mn_fail(error, MN_OVER_LIMIT, "more than %d token classes; merge some of them", MN_LIMIT_TOKEN_CLASSES);
    pcre2_code *open = compile(expression, 0, &code, &offset);
    if (!open)
        return compile_failure(expression, code, offset, error);
    pcre2_code *whole = compile(expression, WHOLE_TOKEN, &code, &offset);
    if (!whole) {
        pcre2_code_free(open);
        return compile_failure(expression, code, offset, error);
    }
    pcre2_jit_compile(whole, PCRE2_JIT_COMPLETE); /* without it matching is slower and gives the same */
    note_first_bytes(classes, classes->count, open);
    pcre2_code_free(open);
    classes->codes[classes->count++] = whole;
    return MN_OK;
}

void mn_token_classes_free(struct mn_token_classes *classes)
{
    for (uint32_t i = 0; i < classes->count; i++)
        pcre2_code_free(classes->codes[i]);
    classes->count = 0;
}

bool mn_class_matcher_open(struct mn_class_matcher *matcher)
{
    pcre2_match_context *context = pcre2_match_context_create(NULL);
    matcher->context = context;
    matcher->match = pcre2_match_data_create(1, NULL);
    if (!context || !matcher->match)
        return false;
    pcre2_set_match_limit(context, MN_LIMIT_PCRE_STEPS);
    return true;
}

void mn_class_matcher_close(struct mn_class_matcher *matcher)
{
    pcre2_match_context_free(matcher->context);
    pcre2_match_data_free(matcher->match);
    *matcher = (struct mn_class_matcher){NULL, NULL};
}

void mn_token_classes_test(const struct mn_token_classes *classes, const struct mn_class_matcher *matcher,
                           struct mn_slice token, uint64_t bits[MN_LIMIT_TOKEN_CLASSES / 64])
{
    const uint64_t *may = classes->first_bytes[(unsigned char)token.data[0]];
    for (uint32_t word = 0; word < MN_LIMIT_TOKEN_CLASSES / 64; word++) {
        bits[word] = 0;
        for (uint64_t left = may[word]; left; left &= left - 1) {
            uint32_t bit = (uint32_t)__builtin_ctzll(left);
            uint32_t id = word * 64 + bit;
            if (token.size >= classes->least_bytes[id] &&
                pcre2_match(classes->codes[id], (PCRE2_SPTR)token.data, token.size, 0, PCRE2_NO_UTF_CHECK,
                            matcher->match, matcher->context) >= 0)
                bits[word] |= UINT64_C(1) << bit;
        }
    }
}
