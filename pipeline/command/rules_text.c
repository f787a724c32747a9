/* rules list as text: at most 100 columns wide. */
#include "command/rules_list.h"
#include "command/rules_profile.h"
#include "command/wrap.h"

enum { FIELD = 4, VALUE = 22, ENTRY = 6 };

struct text {
    struct mn_writer *out;
    struct mn_writer phrase; /* to memory */
    const struct rules_list *list;
};

/* White space as single spaces: what people broke over lines in the file is broken anew here. */
static struct mn_slice one_line(struct text *text, struct mn_slice words)
{
    mn_writer_clear(&text->phrase);
    for (size_t i = 0; i < words.size; i++) {
        bool blank = strchr(" \t\r\n", words.data[i]) != NULL;
        bool again = blank && text->phrase.size && text->phrase.data[text->phrase.size - 1] == ' ';
        if (!again)
            mn_write_char(&text->phrase, blank ? ' ' : words.data[i]);
    }
    return mn_slice_trim((struct mn_slice){text->phrase.data, text->phrase.size});
}

/* "    label             words", the words under each other. */
static void field(struct text *text, const char *label, struct mn_slice words)
{
    size_t column = FIELD + strlen(label) + 1;
    wrap_spaces(text->out, FIELD);
    mn_write(text->out, mn_slice_of(label));
    mn_write_char(text->out, ' ');
    for (; column < VALUE; column++)
        mn_write_char(text->out, ' ');
    wrap_text(text->out, words, column, VALUE);
}

static void note(struct text *text, size_t indent, const struct mn_slice *notes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        wrap_spaces(text->out, indent);
        wrap_text(text->out, one_line(text, notes[i]), indent, indent);
    }
}

static void heading(struct text *text, const char *what, struct mn_slice name, const char *more)
{
    mn_write_literal(text->out, "\n  ");
    mn_write(text->out, mn_slice_of(what));
    mn_write_char(text->out, ' ');
    mn_write(text->out, name);
    mn_write(text->out, mn_slice_of(*more ? ", " : ""));
    mn_write(text->out, mn_slice_of(more));
    mn_write_char(text->out, '\n');
}

static void facts(struct text *text, const struct rule_fact *fact, const struct mn_rule *rule)
{
    for (; fact->label; fact++) {
        mn_writer_clear(&text->phrase);
        fact->say(&text->phrase, text->list->rules, rule);
        if (text->phrase.size)
            field(text, fact->label, (struct mn_slice){text->phrase.data, text->phrase.size});
    }
}

static void pattern(void *context, const struct rule_pattern *pattern)
{
    struct text *text = context;
    field(text, pattern->label, one_line(text, pattern->text));
    if (!pattern->detail.size)
        return;
    wrap_spaces(text->out, VALUE);
    mn_write_literal(text->out, "— ");
    wrap_text(text->out, pattern->detail, VALUE + 2, VALUE + 2);
}

/* "[name: ", "[name=value: ", "[find number=a: ": what follows is marked so. */
static void open_mark(struct mn_writer *out, const struct mn_field_mark *marks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        mn_write_char(out, i ? ' ' : '[');
        mn_write(out, marks[i].name);
        if (marks[i].value.size) {
            mn_write_char(out, '=');
            mn_write(out, marks[i].value);
        }
    }
    mn_write_literal(out, ": ");
}

static void example(struct text *text, const struct mn_example *example)
{
    struct example_walk walk = {.example = example, .arena = text->list->arena};
    mn_writer_clear(&text->phrase);
    if (example->date.size) {
        mn_write_literal(&text->phrase, "(in a document of ");
        mn_write(&text->phrase, example->date);
        mn_write_literal(&text->phrase, ")\n");
    }
    for (enum example_step step; (step = example_next(&walk)) != EXAMPLE_END;) {
        if (step == EXAMPLE_TEXT)
            mn_write(&text->phrase, walk.text);
        else if (step == EXAMPLE_OPEN)
            open_mark(&text->phrase, walk.marks, walk.mark_count);
        else
            mn_write_char(&text->phrase, ']');
    }
    field(text, example->counter ? "not" : "example", (struct mn_slice){text->phrase.data, text->phrase.size});
}

static void profile(struct text *text, const struct mn_rule *rule)
{
    const struct mn_profile_rule *counts = mn_profile_find(text->list->profile, rule->name);
    mn_writer_clear(&text->phrase);
    rules_profile_counts(&text->phrase, text->list, rule);
    field(text, "profile", (struct mn_slice){text->phrase.data, text->phrase.size});
    for (unsigned outcome = 0; counts && outcome < MN_PROFILE_OUTCOMES; outcome++)
        for (uint32_t i = 0; i < counts->sample_counts[outcome]; i++) {
            mn_writer_clear(&text->phrase);
            rules_profile_sample(&text->phrase, &counts->samples[outcome][i]);
            field(text, mn_profile_outcomes[outcome], (struct mn_slice){text->phrase.data, text->phrase.size});
        }
}

static void rule(struct text *text, const struct mn_listed *item)
{
    heading(text, "rule", item->name, "");
    note(text, FIELD, item->notes, item->note_count);
    facts(text, rule_facts_before, item->rule);
    rule_patterns(text->out, item->rule, pattern, text);
    facts(text, rule_facts_after, item->rule);
    for (size_t i = 0; i < item->rule->example_count; i++)
        example(text, &item->rule->examples[i]);
    if (text->list->profile)
        profile(text, item->rule);
}

static void entry(struct text *text, const struct mn_listed_entry *entry, bool tell_by)
{
    wrap_spaces(text->out, ENTRY);
    size_t column = ENTRY + wrap_columns(entry->value);
    mn_write(text->out, entry->value);
    if (entry->value.size) {
        wrap_spaces(text->out, column + 2 <= VALUE ? VALUE - column : 2);
        column = column + 2 <= VALUE ? VALUE : column + 2;
    }
    struct mn_slice words = one_line(text, entry->words);
    size_t indent = entry->value.size ? VALUE : ENTRY;
    if (tell_by) {
        mn_write_literal(&text->phrase, " — ");
        mn_write(&text->phrase, mn_slice_of(listed_by_words(entry->by)));
        words = (struct mn_slice){text->phrase.data, text->phrase.size};
    }
    wrap_text(text->out, words, column, indent);
}

static void lexicon(struct text *text, const struct mn_listed *item)
{
    bool uniform = listed_alike(item);
    heading(text, "lexicon", item->name, uniform ? listed_by_words(item->by) : "");
    note(text, FIELD, item->notes, item->note_count);
    size_t shown = listed_shown(item);
    for (size_t i = 0; i < shown; i++)
        entry(text, &item->entries[i], !uniform);
    if (!item->list.size)
        return;
    mn_writer_clear(&text->phrase);
    listed_rest(&text->phrase, item);
    wrap_spaces(text->out, ENTRY);
    wrap_text(text->out, (struct mn_slice){text->phrase.data, text->phrase.size}, ENTRY, ENTRY);
}

static void segmentation(struct text *text, const struct mn_listed *item)
{
    heading(text, "segmentation of", item->name, "");
    note(text, FIELD, item->notes, item->note_count);
    for (size_t i = 0; i < item->entry_count; i++) {
        const struct mn_listed_entry *entry = &item->entries[i];
        const char *words = listed_entry_words(entry);
        bool same = i && words == listed_entry_words(&entry[-1]) && mn_slice_equal(entry->value, entry[-1].value);
        if (!same) {
            wrap_spaces(text->out, FIELD);
            mn_write(text->out, mn_slice_of(words));
            mn_write(text->out, mn_slice_of(entry->value.size ? " with the role " : ""));
            mn_write(text->out, entry->value);
            mn_write_literal(text->out, ":\n");
        }
        wrap_spaces(text->out, ENTRY);
        wrap_text(text->out, one_line(text, entry->words), ENTRY, ENTRY);
    }
}

static void words(struct text *text, const struct mn_listed *item)
{
    static const char *const heads[MN_LISTED_COUNT] = {
        [MN_LISTED_COMMON] = "common words of", [MN_LISTED_CLASS] = "class", [MN_LISTED_DEFINE] = "definition"};
    heading(text, heads[item->kind], item->name, "");
    note(text, FIELD, item->notes, item->note_count);
    wrap_spaces(text->out, ENTRY);
    wrap_text(text->out, one_line(text, item->text), ENTRY, ENTRY);
}

static void (*const sorts[MN_LISTED_COUNT])(struct text *text, const struct mn_listed *item) = {
    [MN_LISTED_COMMON] = words, [MN_LISTED_CLASS] = words, [MN_LISTED_LEXICON] = lexicon,
    [MN_LISTED_DEFINE] = words, [MN_LISTED_RULE] = rule,   [MN_LISTED_SEGMENTATION] = segmentation,
};

static void names(struct text *text, const char *what, const struct mn_slice *names, size_t count)
{
    mn_writer_clear(&text->phrase);
    mn_write(&text->phrase, mn_slice_of(what));
    for (size_t i = 0; i < count; i++) {
        mn_write(&text->phrase, mn_slice_of(i ? ", " : ""));
        mn_write(&text->phrase, names[i]);
    }
    if (!count)
        return;
    wrap_spaces(text->out, 2);
    wrap_text(text->out, (struct mn_slice){text->phrase.data, text->phrase.size}, 2, 2);
}

static void file(struct text *text, const struct mn_listed_file *file)
{
    mn_write_literal(text->out, "\n");
    mn_write(text->out, file->name);
    mn_write_char(text->out, '\n');
    note(text, 2, file->notes, file->note_count);
    names(text, "uses the packs ", file->uses, file->use_count);
    names(text, "switches off ", file->offs, file->off_count);
    for (int sort = 0; sort < MN_LISTED_COUNT; sort++)
        for (size_t i = 0; i < file->item_count; i++)
            if (file->items[i].kind == (enum mn_listed_kind)sort && rules_list_shows(text->list, &file->items[i]))
                sorts[sort](text, &file->items[i]);
}

static void pack(struct text *text, struct mn_slice name, bool first)
{
    const struct mn_listing *listing = mn_rules_listing(text->list->rules);
    mn_write(text->out, mn_slice_of(first ? "" : "\n\n"));
    mn_write_literal(text->out, "pack ");
    mn_write(text->out, name);
    mn_write_char(text->out, '\n');
    for (size_t i = 0; i < WRAP_WIDTH; i++)
        mn_write_char(text->out, '=');
    mn_write_char(text->out, '\n');
    for (size_t i = 0; i < listing->file_count; i++)
        if (mn_slice_equal(listing->files[i].pack, name) && rules_list_shows_file(text->list, &listing->files[i]))
            file(text, &listing->files[i]);
}

static void scheme_row(void *context, struct mn_slice label, struct mn_slice words)
{
    struct text *text = context;
    size_t column = FIELD + wrap_columns(label) + 1;
    wrap_spaces(text->out, FIELD);
    mn_write(text->out, label);
    wrap_spaces(text->out, column < VALUE ? VALUE - column + 1 : 1);
    wrap_text(text->out, words, column < VALUE ? VALUE : column, VALUE);
}

static void scheme(struct text *text, const struct mn_scheme *scheme)
{
    mn_write_literal(text->out, "\n  scheme ");
    mn_write(text->out, scheme->name);
    mn_write_literal(text->out, " (");
    mn_write(text->out, scheme->inspectorate);
    mn_write_literal(text->out, ")\n");
    note(text, FIELD, &scheme->title, 1);
    note(text, FIELD, scheme->notes, scheme->note_count);
    rules_list_scheme_rows(&text->phrase, scheme, scheme_row, text);
}

static void schemes(struct text *text, bool first)
{
    const struct mn_rules *rules = text->list->rules;
    if (!rules_list_schemes(text->list))
        return;
    mn_write(text->out, mn_slice_of(first ? "" : "\n\n"));
    mn_write_literal(text->out, "grade schemes\n");
    for (size_t i = 0; i < WRAP_WIDTH; i++)
        mn_write_char(text->out, '=');
    mn_write_char(text->out, '\n');
    for (size_t i = 0; i < rules->scheme_count; i++)
        if (rules_list_shows_scheme(text->list, &rules->schemes[i]))
            scheme(text, &rules->schemes[i]);
}

void rules_list_text(struct mn_writer *out, const struct rules_list *list)
{
    const struct mn_listing *listing = mn_rules_listing(list->rules);
    struct text text = {.out = out, .list = list};
    bool first = true;
    mn_writer_init(&text.phrase, NULL);
    if (list->profile)
        rules_profile_text(out, list);
    for (size_t i = 0; i < listing->file_count; i++) {
        if (!rules_list_opens_pack(list, i))
            continue;
        pack(&text, listing->files[i].pack, first);
        first = false;
    }
    schemes(&text, first);
    if (out->status == MN_OK)
        out->status = text.phrase.status;
    mn_writer_free(&text.phrase);
}
