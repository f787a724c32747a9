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

/* Can a match begin with this byte? Small letters, with which most words begin, are tried as the start of something
 * longer. */
static bool begins_with(const pcre2_code *open, pcre2_match_data *match, unsigned byte)
{
    PCRE2_UCHAR start[1] = {(PCRE2_UCHAR)byte};
    uint32_t options = PCRE2_ANCHORED | PCRE2_PARTIAL_HARD | PCRE2_NO_UTF_CHECK;
    if (byte < 'a' || byte > 'z')
        return true;
    return pcre2_match(open, start, sizeof start, 0, options, match, NULL) != PCRE2_ERROR_NOMATCH;
}

/* Notes which first bytes can begin a match. PCRE2 keeps a map of them for some expressions, but never for anchored
 * ones: `open` is the same expression compiled without anchors. False when memory is out. */
static bool note_first_bytes(struct mn_token_classes *classes, uint32_t id, const pcre2_code *open)
{
    pcre2_match_data *match = pcre2_match_data_create(1, NULL);
    const uint8_t *map = NULL;
    uint32_t least = 0;
    if (!match)
        return false;
    pcre2_pattern_info(open, PCRE2_INFO_MINLENGTH, &least);
    pcre2_pattern_info(open, PCRE2_INFO_FIRSTBITMAP, &map);
    classes->least_bytes[id] = least;
    for (unsigned byte = 0; byte < 256; byte++) {
        bool may = map ? (map[byte / 8] >> (byte % 8)) & 1 : begins_with(open, match, byte);
        if (may)
            classes->first_bytes[byte][id / 64] |= UINT64_C(1) << (id % 64);
    }
    pcre2_match_data_free(match);
    return true;
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
    bool noted = note_first_bytes(classes, classes->count, open);
    pcre2_code_free(open);
    if (!noted) {
        pcre2_code_free(whole);
        return mn_fail_memory(error);
    }
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

static bool is_in(const pcre2_code *code, const struct mn_class_matcher *matcher, struct mn_slice token)
{
    PCRE2_SPTR text = (PCRE2_SPTR)token.data;
    int found = pcre2_jit_match(code, text, token.size, 0, 0, matcher->match, matcher->context);
    if (found == PCRE2_ERROR_JIT_BADOPTION) /* it could not be compiled for the processor */
        found = pcre2_match(code, text, token.size, 0, PCRE2_NO_UTF_CHECK, matcher->match, matcher->context);
    return found >= 0;
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
            if (token.size >= classes->least_bytes[id] && is_in(classes->codes[id], matcher, token))
                bits[word] |= UINT64_C(1) << bit;
        }
    }
}
