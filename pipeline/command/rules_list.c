#include "command/rules_list.h"

bool rules_list_shows(const struct rules_list *list, const struct mn_listed *item)
{
    bool shows = list->prefix_count == 0;
    for (size_t i = 0; i < list->prefix_count && !shows; i++)
        shows = mn_slice_starts(item->name, mn_slice_of(list->prefixes[i]));
    return shows;
}

bool rules_list_shows_file(const struct rules_list *list, const struct mn_listed_file *file)
{
    bool shows = list->prefix_count == 0;
    for (size_t i = 0; i < file->item_count && !shows; i++)
        shows = rules_list_shows(list, &file->items[i]);
    return shows;
}

bool rules_list_opens_pack(const struct rules_list *list, size_t file)
{
    const struct mn_listed_file *files = mn_rules_listing(list->rules)->files;
    if (!rules_list_shows_file(list, &files[file]))
        return false;
    for (size_t i = 0; i < file; i++)
        if (mn_slice_equal(files[i].pack, files[file].pack) && rules_list_shows_file(list, &files[i]))
            return false;
    return true;
}

const char *const rule_around_words[MN_SCOPE_COUNT] = {
    [MN_IN_SENTENCE] = " in its sentence", [MN_IN_BLOCK] = " in its paragraph", [MN_IN_ITEM] = " in its list item",
    [MN_IN_LIST] = " in its list",         [MN_IN_TABLE] = " in its table",     [MN_IN_SECTION] = " in its section",
    [MN_IN_DOCUMENT] = " in the document",
};

static void write_words(struct mn_writer *out, const char *words)
{
    mn_write(out, mn_slice_of(words));
}

bool rule_only_gives(const struct mn_rule *rule)
{
    return rule->give_count && mn_slice_equal(rule->finds, rule->name);
}

/* Null for helpers. */
static const char *known_kind(struct mn_slice kind)
{
    static const struct {
        const char *kind, *words;
    } known[] = {
        {"grade", "a finding of the record"},
        {"recommendation", "a finding of the record"},
        {"deadline", "a finding of the record"},
        {"resolution", "a finding of the record"},
        {"fact", "a fact about the whole document"},
        {"missing", "something that is not there"},
        {"time", "a time expression"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (mn_slice_equal(kind, mn_slice_of(known[i].kind)))
            return known[i].words;
    return NULL;
}

bool rule_kind_is_helper(struct mn_slice kind)
{
    return !known_kind(kind);
}

const char *rule_kind_words(struct mn_slice kind)
{
    const char *words = known_kind(kind);
    return words ? words : "a helper that other rules refer to";
}

static void say_off(struct mn_writer *out, const struct mn_rules *rules, const struct mn_rule *rule)
{
    (void)rules;
    if (rule->off)
        write_words(out, "switched off: this rule is not tried");
}

static void say_finds(struct mn_writer *out, const struct mn_rules *rules, const struct mn_rule *rule)
{
    (void)rules;
    if (rule_only_gives(rule)) {
        write_words(out, "nothing of its own; it hands on what it reads");
        return;
    }
    mn_write(out, rule->finds);
    write_words(out, rule->type == MN_SECTION_RULE ? ", the role of the section under the heading" : ", ");
    if (rule->type != MN_SECTION_RULE)
        write_words(out, rule_kind_words(rule->finds));
}

static void say_scope(struct mn_writer *out, const struct mn_rules *rules, const struct mn_rule *rule)
{
    static const char *const scopes[MN_SCOPE_COUNT] = {
        [MN_IN_SENTENCE] = "each sentence",
        [MN_IN_BLOCK] = "each paragraph, heading and table cell",
        [MN_IN_HEAD] = "each heading",
        [MN_IN_ITEM] = "each list item with all that is in it",
        [MN_IN_LIST] = "each list",
        [MN_IN_CELL] = "each table cell",
        [MN_IN_ROW] = "each table row",
        [MN_IN_TABLE] = "each table",
        [MN_IN_SECTION] = "each section",
        [MN_IN_OPENING] = "each of the document’s first 60 paragraphs",
        [MN_IN_DOCUMENT] = "the whole document",
        [MN_IN_SPAN] = "the words of each @",
    };
    static const char *const items[] = {
        [MN_ITEMS_LIST] = "a lead-in with a list under it; each item is a find",
        [MN_ITEMS_PARAGRAPHS] = "a lead-in with paragraphs under it; each is a find",
        [MN_ITEMS_EITHER] = "a lead-in with a list or else paragraphs under it; each is a find",
    };
    static const char *const headers[] = {
        [MN_HEADERS_TOP] = "tables with these columns; each row is a find",
        [MN_HEADERS_SIDE] = "tables with these headers in the first column; each further column is a find",
        [MN_HEADERS_EITHER] =
            "tables with these headers at the top or in the first column; each row or column is a find",
    };
    static const char *const values[] = {
        [MN_VALUES_RIGHT] = "table cells with such a label; each with the value to the right of it is a find",
        [MN_VALUES_BELOW] = "table cells with such a label; the value below each is a find",
        [MN_VALUES_EITHER] = "table cells with such a label; the value to the right or below is a find",
    };
    if (rule->type == MN_PATTERN_RULE)
        write_words(out, scopes[rule->scope]);
    else if (rule->type == MN_LIST_RULE)
        write_words(out, items[rule->items_from]);
    else if (rule->type == MN_SECTION_RULE)
        write_words(out, "headings");
    else
        write_words(out, rule->column_count ? headers[rule->headers] : values[rule->values]);
    if (rule->type == MN_PATTERN_RULE && rule->scope == MN_IN_SPAN)
        mn_write(out, rules->references[rule->scope_span].name);
}

static void say_names(struct mn_writer *out, const struct mn_slice *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        write_words(out, i ? ", " : "");
        mn_write(out, names[i]);
    }
}

static void say_sections(struct mn_writer *out, const struct mn_rules *rules, const struct mn_rule *rule)
{
    (void)rules;
    say_names(out, rule->sections, rule->section_count);
}

static void say_not_sections(struct mn_writer *out, const struct mn_rules *rules, const struct mn_rule *rule)
{
    (void)rules;
    say_names(out, rule->not_sections, rule->not_section_count);
}

static void say_number(struct mn_writer *out, int64_t number)
{
    if (number < 0)
        mn_write_char(out, '-');
    mn_write_number(out, (uint64_t)(number < 0 ? -number : number));
}

static void say_priority(struct mn_writer *out, const struct mn_rules *rules, const struct mn_rule *rule)
{
    (void)rules;
    if (rule->priority)
        say_number(out, rule->priority);
}

static void say_key(struct mn_writer *out, const struct mn_rules *rules, const struct mn_rule *rule)
{
    (void)rules;
    if (!rule->key.size)
        return;
    mn_write(out, rule->key);
    write_words(out, ": no two finds of this kind share its words");
}

static void say_overlaps(struct mn_writer *out, const struct mn_rules *rules, const struct mn_rule *rule)
{
    (void)rules;
    if (rule->overlaps)
        write_words(out, "other finds of the same kind may stand at the same place");
}

static void say_evidence(struct mn_writer *out, const struct mn_rules *rules, const struct mn_rule *rule)
{
    static const char *const evidences[] = {
        [MN_EVIDENCE_MATCH] = "",
        [MN_EVIDENCE_SENTENCE] = "the whole sentence",
        [MN_EVIDENCE_BLOCK] = "the whole paragraph",
        [MN_EVIDENCE_ITEM] = "the whole list item",
    };
    (void)rules;
    write_words(out, evidences[rule->evidence]);
}

static void say_sets(struct mn_writer *out, const struct mn_rules *rules, const struct mn_rule *rule)
{
    (void)rules;
    for (size_t i = 0; i < rule->set_count; i++) {
        write_words(out, i ? ", " : "");
        mn_write(out, rule->sets[i].name);
        write_words(out, " = ");
        mn_write(out, rule->sets[i].value);
    }
}

/* "1 token", "7 tokens" away */
static void say_limit(struct mn_writer *out, uint32_t limit, const char *one, const char *several)
{
    if (limit == UINT32_MAX)
        return;
    write_words(out, ", at most ");
    mn_write_number(out, limit);
    write_words(out, limit == 1 ? one : several);
}

static void say_give(struct mn_writer *out, const struct mn_give *give)
{
    static const char *const from[] = {
        [MN_GIVE_ALL] = "",
        [MN_GIVE_INSIDE] = " that this stands in",
        [MN_GIVE_BEFORE] = " that follows",
        [MN_GIVE_AFTER] = " that stands before",
        [MN_GIVE_AROUND] = " before or after it",
    };
    bool all = give->from == MN_GIVE_ALL;
    write_words(out, all ? "its fields to every " : "its fields to the ");
    mn_write(out, give->to);
    write_words(out, all ? rule_around_words[give->in] : from[give->from]);
    if (give->lacking.size) {
        write_words(out, " that has no ");
        mn_write(out, give->lacking);
        write_words(out, " of its own");
    }
    say_limit(out, give->within, " paragraph away", " paragraphs away");
    say_limit(out, give->tokens, " token away", " tokens away");
}

static void say_gives(struct mn_writer *out, const struct mn_rules *rules, const struct mn_rule *rule)
{
    (void)rules;
    for (size_t i = 0; i < rule->give_count; i++) {
        write_words(out, i ? "; " : "");
        say_give(out, &rule->gives[i]);
        if (rule->gives[i].priority == rule->priority)
            continue;
        write_words(out, ", with priority ");
        say_number(out, rule->gives[i].priority);
    }
}

const struct rule_fact rule_facts_before[] = {
    {"state", say_off},
    {"finds", say_finds},
    {"looks in", say_scope},
    {"only in section", say_sections},
    {"not in section", say_not_sections},
    {NULL, NULL},
};
const struct rule_fact rule_facts_after[] = {
    {"sets", say_sets},
    {"gives", say_gives},
    {"quotes", say_evidence},
    {"overlaps", say_overlaps},
    {"key", say_key},
    {"priority", say_priority},
    {NULL, NULL},
};

/* The captures have the same names in the same order in all programs of a rule. */
static struct mn_slice near_name(const struct mn_rule *rule, uint32_t capture)
{
    struct mn_slice name = mn_rule_capture(rule, capture);
    return name.size ? name : MN_LITERAL("what is found");
}

/* Where a condition's pattern must stand; nothing when anywhere will do. */
static void say_place(struct mn_writer *out, const struct mn_rule *rule, const struct mn_condition *condition)
{
    static const char *const sides[] = {[MN_EITHER_SIDE] = " from ", [MN_BEFORE] = " before ", [MN_AFTER] = " after "};
    bool bounded = condition->within != UINT32_MAX;
    bool in_scope = condition->in != MN_SCOPE_COUNT;
    if (condition->on_lead_in)
        write_words(out, "in the lead-in");
    if (in_scope) {
        write_words(out, condition->on_lead_in ? "," : "");
        write_words(out, rule_around_words[condition->in] + !condition->on_lead_in);
    }
    if (!bounded && condition->side == MN_EITHER_SIDE)
        return;
    write_words(out, condition->on_lead_in || in_scope ? ", " : "");
    if (bounded && condition->within) {
        write_words(out, "at most ");
        mn_write_number(out, condition->within);
        write_words(out, condition->within == 1 ? " token" : " tokens");
        write_words(out, condition->side == MN_EITHER_SIDE ? " away" : "");
    } else if (bounded) {
        write_words(out, condition->side == MN_EITHER_SIDE ? "in or right beside " : "right");
    } else {
        write_words(out, "somewhere");
    }
    if (!bounded || condition->within || condition->side != MN_EITHER_SIDE)
        write_words(out, sides[condition->side]);
    mn_write(out, near_name(rule, condition->near_capture));
}

struct pattern_visit {
    struct mn_writer *out;
    struct mn_writer detail; /* to memory */
    void (*each)(void *context, const struct rule_pattern *pattern);
    void *context;
};

static void visit(struct pattern_visit *visit, const char *label, const struct mn_program *program)
{
    if (!program)
        return;
    struct mn_slice detail = {visit->detail.data, visit->detail.size};
    visit->each(visit->context, &(struct rule_pattern){label, detail, program->text});
}

static void visit_all(struct pattern_visit *visitor, const char *label, struct mn_program *const *programs,
                      size_t count)
{
    for (size_t i = 0; i < count; i++)
        visit(visitor, label, programs[i]);
}

void rule_patterns(struct mn_writer *out, const struct mn_rule *rule,
                   void (*each)(void *context, const struct rule_pattern *pattern), void *context)
{
    struct pattern_visit visitor = {.out = out, .each = each, .context = context};
    mn_writer_init(&visitor.detail, NULL);
    static const char *const patterns[] = {[MN_PATTERN_RULE] = "pattern",
                                           [MN_LIST_RULE] = "lead-in",
                                           [MN_TABLE_RULE] = "label in a cell",
                                           [MN_SECTION_RULE] = "pattern"};
    visit_all(&visitor, patterns[rule->type], rule->patterns, rule->pattern_count);
    visit_all(&visitor, rule->type == MN_TABLE_RULE ? "its value" : "item", rule->items, rule->item_count);
    visit_all(&visitor, "item in an item", rule->nested, rule->nested_count);
    for (size_t i = 0; i < rule->column_count; i++) {
        mn_writer_clear(&visitor.detail);
        write_words(&visitor.detail, "of the column ");
        mn_write(&visitor.detail, rule->columns[i].name);
        visit(&visitor, "column header", rule->columns[i].header);
        visit(&visitor, "column cell", rule->columns[i].cell);
    }
    for (size_t i = 0; i < rule->condition_count; i++) {
        mn_writer_clear(&visitor.detail);
        say_place(&visitor.detail, rule, &rule->conditions[i]);
        visit(&visitor, rule->conditions[i].unless ? "not where" : "only where", rule->conditions[i].program);
    }
    if (out->status == MN_OK)
        out->status = visitor.detail.status;
    mn_writer_free(&visitor.detail);
}

const char *listed_by_words(enum mn_by by)
{
    static const char *const words[MN_BY_COUNT] = {[MN_BY_EXACT] = "in exactly this case",
                                                   [MN_BY_FOLD] = "whatever the case",
                                                   [MN_BY_STEM] = "whatever the ending"};
    return words[by];
}

enum { LINES_SHOWN = 20 };

size_t listed_shown(const struct mn_listed *item)
{
    size_t hidden = item->line_count > LINES_SHOWN ? item->line_count - LINES_SHOWN : 0;
    return item->entry_count - hidden;
}

void listed_rest(struct mn_writer *out, const struct mn_listed *item)
{
    size_t hidden = item->entry_count - listed_shown(item);
    if (hidden) {
        write_words(out, "… and ");
        mn_write_number(out, hidden);
        write_words(out, hidden == 1 ? " line more in " : " lines more in ");
    } else {
        write_words(out, "from ");
    }
    mn_write(out, item->list);
}

bool listed_alike(const struct mn_listed *item)
{
    for (size_t i = 1; i < item->entry_count; i++)
        if (item->entries[i].by != item->entries[0].by)
            return false;
    return true;
}

const char *listed_entry_words(const struct mn_listed_entry *entry)
{
    static const struct {
        const char *element, *words, *special;
    } known[] = {
        {"abbreviation", "no sentence ends after", "no sentence ends between this and a number"},
        {"label", "line that opens a section", "line, or start of one, that opens a section"},
        {"column-title", "title of a table's column", "title of a table's column"},
        {"result", "line that tells what became of what stands before it",
         "line that tells what became of what stands before it"},
        {"furniture", "lines that are no text (expression)", "lines that are no text (expression)"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (mn_slice_equal(entry->element, mn_slice_of(known[i].element)))
            return entry->special ? known[i].special : known[i].words;
    return "";
}

bool next_alternative(struct mn_slice words, size_t *at, struct mn_slice *alternative)
{
    if (*at > words.size)
        return false;
    size_t end = *at;
    while (end < words.size && words.data[end] != '|')
        end++;
    *alternative = mn_slice_trim(mn_slice_cut(words, *at, end));
    *at = end + 1;
    return true;
}

/* A <find>'s attributes follow it as marks of the same range. */
static bool belongs_to(const struct mn_field_mark *mark, const struct mn_field_mark *find)
{
    return mn_slice_equal(find->name, MN_LITERAL("find")) && mark->start == find->start && mark->end == find->end &&
           mark->value.size;
}

static enum example_step open_mark(struct example_walk *walk)
{
    const struct mn_example *example = walk->example;
    const struct mn_field_mark *mark = &example->marks[walk->next++], **slot = MN_APPEND(walk->arena, &walk->open);
    if (!slot)
        return EXAMPLE_END;
    *slot = mark;
    walk->marks = mark;
    walk->mark_count = 1;
    for (; walk->next < example->mark_count && belongs_to(&example->marks[walk->next], mark); walk->next++)
        walk->mark_count++;
    return EXAMPLE_OPEN;
}

enum example_step example_next(struct example_walk *walk)
{
    const struct mn_example *example = walk->example;
    uint32_t until = (uint32_t)example->text.size;
    if (walk->open.count && walk->open.items[walk->open.count - 1]->end <= walk->at) {
        walk->open.count--;
        return EXAMPLE_CLOSE;
    }
    if (walk->next < example->mark_count && example->marks[walk->next].start <= walk->at)
        return open_mark(walk);
    if (walk->open.count)
        until = walk->open.items[walk->open.count - 1]->end;
    if (walk->next < example->mark_count && example->marks[walk->next].start < until)
        until = example->marks[walk->next].start;
    if (until <= walk->at)
        return EXAMPLE_END;
    walk->text = mn_slice_cut(example->text, walk->at, until);
    walk->at = until;
    return EXAMPLE_TEXT;
}
