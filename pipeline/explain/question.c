#include "explain/question.h"

#include "base/utf8.h"

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r';
}

/* Where the words end if they stand at this byte of the text, white space counting as one space; 0: they do not. */
static size_t end_of(struct mn_slice text, size_t at, struct mn_slice words)
{
    size_t i = 0;
    while (i < words.size && at < text.size) {
        bool space = is_space(words.data[i]);
        if (space != is_space(text.data[at]) || (!space && words.data[i] != text.data[at]))
            return 0;
        for (at++, i++; space && i < words.size && is_space(words.data[i]);)
            i++;
    }
    return i == words.size ? at : 0;
}

static size_t count_behind(struct mn_slice text, size_t from, struct mn_slice words)
{
    size_t count = 0;
    for (size_t at = from; at < text.size; at++)
        count += end_of(text, at, words) > 0;
    return count;
}

/* A whole number; false for anything else. */
static bool read_offset(struct mn_slice text, uint32_t *offset)
{
    uint64_t number = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9' || number > UINT32_MAX)
            return false;
        number = number * 10 + (uint64_t)(text.data[i] - '0');
    }
    *offset = number < UINT32_MAX ? (uint32_t)number : UINT32_MAX;
    return true;
}

static enum mn_status at_offset(struct mn_explanation *explanation, uint32_t offset, struct mn_error *error)
{
    const struct mn_document *document = explanation->document;
    uint32_t byte = mn_offsets_byte(&explanation->offsets, offset);
    if (byte == MN_NONE || byte >= document->text.size)
        return mn_fail(error, MN_USAGE, "%.*s has no character %u: its text has %u ('minutiae text' prints it)",
                       MN_SLICE_ARGS(document->source.name), (unsigned)offset,
                       (unsigned)mn_offsets_code_point(&explanation->offsets, (uint32_t)document->text.size));
    size_t end = byte;
    mn_utf8_next(document->text, &end);
    explanation->at = (struct mn_range){byte, (uint32_t)end};
    return MN_OK;
}

static enum mn_status at_words(struct mn_explanation *explanation, struct mn_slice words, struct mn_error *error)
{
    struct mn_slice text = explanation->document->text;
    for (size_t at = 0; at < text.size; at++) {
        size_t end = end_of(text, at, words);
        if (!end)
            continue;
        explanation->at = (struct mn_range){(uint32_t)at, (uint32_t)end};
        explanation->also = count_behind(text, end, words);
        return MN_OK;
    }
    return mn_fail(error, MN_USAGE, "“%.*s” does not stand in the text of %.*s ('minutiae text' prints it)",
                   MN_SLICE_ARGS(words), MN_SLICE_ARGS(explanation->document->source.name));
}

/* Digits in quotes are words. */
static struct mn_slice without_quotes(struct mn_slice text)
{
    bool quoted = text.size > 2 && text.data[0] == '"' && text.data[text.size - 1] == '"';
    return quoted ? mn_slice_cut(text, 1, text.size - 1) : text;
}

enum mn_status mn_question_place(struct mn_explanation *explanation, struct mn_slice at, struct mn_error *error)
{
    uint32_t offset;
    at = mn_slice_trim(at);
    explanation->asked_place = at.size > 0;
    if (!explanation->asked_place)
        return MN_OK;
    return read_offset(at, &offset) ? at_offset(explanation, offset, error)
                                    : at_words(explanation, without_quotes(at), error);
}

/* Marks the rule with this name, or else all whose names start so; how many. */
static size_t mark(const struct mn_rules *rules, struct mn_slice name, bool *wanted)
{
    const struct mn_rule *rule = mn_rules_find(rules, name);
    size_t count = 0;
    for (size_t i = 0; i < rules->rule_count; i++) {
        if (rule ? &rules->rules[i] != rule : !mn_slice_starts(rules->rules[i].name, name))
            continue;
        wanted[i] = true;
        count++;
    }
    return count;
}

/* How many judgements of grade schemes have names that start so. */
static size_t count_judgements(const struct mn_rules *rules, struct mn_slice name)
{
    size_t count = 0;
    for (size_t i = 0; i < rules->scheme_count; i++)
        for (size_t k = 0; k < rules->schemes[i].judgement_count; k++)
            count += mn_slice_starts(rules->schemes[i].judgements[k].rule, name);
    return count;
}

bool mn_explanation_wants(const struct mn_explanation *explanation, struct mn_slice judgement)
{
    const struct mn_explanation_question *question = explanation->question;
    for (size_t i = 0; i < question->rule_count; i++)
        if (mn_slice_starts(judgement, mn_slice_of(question->rules[i])))
            return true;
    return question->rule_count == 0;
}

enum mn_status mn_question_rules(struct mn_explanation *explanation, const struct mn_explanation_question *question,
                                 struct mn_error *error)
{
    const struct mn_rules *rules = explanation->rules;
    bool *wanted = mn_arena_zero(explanation->document->arena, rules->rule_count + 1);
    if (!wanted)
        return mn_fail_memory(error);
    explanation->wanted = wanted;
    explanation->question = question;
    explanation->asked_rules = question->rule_count > 0;
    memset(wanted, !explanation->asked_rules, rules->rule_count + 1);
    for (size_t i = 0; i < question->rule_count; i++)
        if (!mark(rules, mn_slice_of(question->rules[i]), wanted) &&
            !count_judgements(rules, mn_slice_of(question->rules[i])))
            return mn_fail(error, MN_USAGE,
                           "no rule or judgement of a grade scheme is called '%s' or has a name that starts so; "
                           "'minutiae rules list' has all",
                           question->rules[i]);
    return MN_OK;
}
