/* rules list: grade schemes, put in words. */
#include "command/rules_list.h"

bool rules_list_shows_scheme(const struct rules_list *list, const struct mn_scheme *scheme)
{
    bool shows = list->prefix_count == 0;
    for (size_t i = 0; i < list->prefix_count && !shows; i++)
        shows = mn_slice_starts(scheme->name, mn_slice_of(list->prefixes[i]));
    return shows;
}

size_t rules_list_schemes(const struct rules_list *list)
{
    size_t shown = 0;
    for (size_t i = 0; i < list->rules->scheme_count; i++)
        shown += rules_list_shows_scheme(list, &list->rules->schemes[i]);
    return shown;
}

static void write_phrase(struct mn_writer *out, const struct mn_phrase *phrase)
{
    for (size_t i = 0; i < phrase->count; i++) {
        const struct mn_phrase_part *part = &phrase->parts[i];
        mn_write(out, mn_slice_of(i ? " " : ""));
        mn_write(out, mn_slice_of(part->optional ? "(" : ""));
        mn_write(out, part->word.size ? part->word : MN_LITERAL("…"));
        mn_write(out, mn_slice_of(part->optional ? ")" : ""));
    }
}

static void write_phrases(struct mn_writer *out, const struct mn_phrases *phrases)
{
    for (size_t i = 0; i < phrases->count; i++) {
        mn_write(out, mn_slice_of(i ? " | " : ""));
        write_phrase(out, &phrases->items[i]);
    }
}

static void write_days(struct mn_writer *out, const struct mn_scheme *scheme)
{
    if (scheme->from.size) {
        mn_write_literal(out, "from ");
        mn_write(out, scheme->from);
    }
    if (scheme->until.size) {
        mn_write(out, mn_slice_of(scheme->from.size ? " until " : "until "));
        mn_write(out, scheme->until);
    }
}

/* Hands on what the writer holds, unless it is nothing, and empties it. */
struct rows {
    struct mn_writer *phrase;
    void (*each)(void *context, struct mn_slice label, struct mn_slice words);
    void *context;
};

static void row(const struct rows *rows, struct mn_slice label)
{
    if (rows->phrase->size)
        rows->each(rows->context, label, (struct mn_slice){rows->phrase->data, rows->phrase->size});
    mn_writer_clear(rows->phrase);
}

static void grade_rows(const struct rows *rows, const struct mn_scheme *scheme)
{
    for (size_t i = 0; scheme->judgement_count && i < scheme->grade_count; i++) {
        const struct mn_scheme_grade *grade = &scheme->grades[i];
        write_phrases(rows->phrase, &grade->words);
        row(rows, grade->value.size ? grade->value : MN_LITERAL("not made"));
    }
}

static void judgement_rows(const struct rows *rows, const struct mn_scheme *scheme)
{
    for (size_t i = 0; i < scheme->judgement_count; i++) {
        const struct mn_scheme_judgement *judgement = &scheme->judgements[i];
        write_phrases(rows->phrase, &judgement->labels);
        if (!mn_slice_equal(judgement->name, judgement->aspect)) {
            mn_write_literal(rows->phrase, " — aspect ");
            mn_write(rows->phrase, judgement->aspect);
        }
        if (judgement->group != MN_NO_SYMBOL) {
            mn_write_literal(rows->phrase, " — under ");
            mn_write(rows->phrase, scheme->groups[judgement->group].name);
        }
        mn_write(rows->phrase, mn_slice_of(judgement->optional ? " — may be absent" : ""));
        row(rows, judgement->name);
    }
}

static void abolished_row(const struct rows *rows, const struct mn_scheme *scheme)
{
    for (size_t i = 0; i < scheme->abolished_count; i++) {
        mn_write(rows->phrase, mn_slice_of(i ? ", " : ""));
        mn_write(rows->phrase, scheme->abolished[i]);
    }
    row(rows, MN_LITERAL("abolished"));
}

void rules_list_scheme_rows(struct mn_writer *phrase, const struct mn_scheme *scheme,
                            void (*each)(void *context, struct mn_slice label, struct mn_slice words), void *context)
{
    struct rows rows = {phrase, each, context};
    mn_writer_clear(phrase);
    write_days(phrase, scheme);
    row(&rows, MN_LITERAL("inspections"));
    write_phrases(phrase, &scheme->signs);
    row(&rows, MN_LITERAL("recognised by"));
    grade_rows(&rows, scheme);
    for (size_t i = 0; i < scheme->group_count; i++) {
        write_phrases(phrase, &scheme->groups[i].labels);
        mn_write_literal(phrase, " — heading of a group");
        row(&rows, scheme->groups[i].name);
    }
    judgement_rows(&rows, scheme);
    abolished_row(&rows, scheme);
}
