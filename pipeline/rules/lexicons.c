/* Lexicons: their entries in the rule file, and the lines of the lists that they name. */
#include "rules/declare.h"

#include "base/limits.h"
#include "lexis/cut.h"
#include "rules/grammar.h"

static uint32_t count_tokens(struct mn_slice words)
{
    size_t position = 0;
    uint32_t count = 0;
    struct mn_slice token;
    while (mn_cut_next(words, &position, &token))
        count++;
    return count;
}

/* Without a value given, the words are the value: casefolded, hyphens for spaces. */
static struct mn_slice own_value(struct mn_loader *loader, struct mn_slice words)
{
    struct mn_slice folded = mn_casefold_text(loader, words);
    char *value = mn_arena_alloc(loader->scratch, folded.size + 1);
    if (!value) {
        loader->report.no_memory = true;
        return MN_EMPTY;
    }
    memcpy(value, folded.data, folded.size);
    for (size_t i = 0; i < folded.size; i++)
        if (value[i] == ' ')
            value[i] = '-';
    return (struct mn_slice){value, folded.size};
}

struct entry {
    const struct mn_rule_file *file;
    const struct mn_xml *xml; /* null: a line of a list */
    enum mn_by by;
    struct mn_slice words, value; /* value without data: each alternative stands for itself */
    size_t offset;                /* in the element's text; in the list */
};

static struct mn_place entry_place(const struct mn_loader *loader, const struct entry *entry, bool warning)
{
    return entry->xml ? mn_text_place(loader, entry->file, entry->xml, entry->offset, warning)
                      : (struct mn_place){entry->file, entry->offset};
}

static bool is_one_too_many(struct mn_loader *loader, const struct entry *entry)
{
    if (loader->entries++ == MN_LIMIT_LEXICON_ENTRIES)
        mn_report_error(&loader->report, entry_place(loader, entry, false),
                        "with this entry all lexicons together have more than %d; expected fewer",
                        MN_LIMIT_LEXICON_ENTRIES);
    return loader->entries > MN_LIMIT_LEXICON_ENTRIES;
}

static void add_entry(struct mn_loader *loader, struct mn_lexicon_facts *lexicon, const struct entry *entry)
{
    struct mn_error error = {0};
    bool duplicate = false;
    if (!entry->words.size) {
        mn_report_error(&loader->report, entry_place(loader, entry, false),
                        "an alternative of this %s is empty; expected words between the |",
                        entry->xml ? "<entry>" : "line");
        return;
    }
    if (is_one_too_many(loader, entry))
        return;
    enum mn_status status = mn_vocabulary_entry(loader->rules->vocabulary, lexicon->number, entry->by, entry->words,
                                                entry->value, &duplicate, &error);
    if (status == MN_NO_MEMORY)
        loader->report.no_memory = true;
    else if (status != MN_OK)
        mn_report_error(&loader->report, entry_place(loader, entry, false), "this %s cannot be used: %s",
                        entry->xml ? "<entry>" : "line", error.message);
    else if (duplicate)
        mn_report_warning(&loader->report, entry_place(loader, entry, true),
                          "'%.*s' stands in this lexicon already, and the first one counts; "
                          "remove it here or there",
                          MN_SLICE_ARGS(entry->words));
    uint32_t tokens = count_tokens(entry->words);
    lexicon->longest = tokens > lexicon->longest ? tokens : lexicon->longest;
    lexicon->entries++;
    mn_rates_entry(loader, lexicon, entry->by, entry->words);
    if (mn_names_add(&lexicon->values, loader->scratch, entry->value) == MN_NO_SYMBOL)
        loader->report.no_memory = true;
}

/* All alternatives of `text`, which starts at entry->offset, with the entry's value. */
static void add_alternatives(struct mn_loader *loader, struct mn_lexicon_facts *lexicon, struct entry entry,
                             struct mn_slice text)
{
    struct mn_slice part, value = entry.value;
    size_t first = entry.offset;
    for (size_t at = 0, start = 0; start = at, mn_next_part(text, &at, &part);) {
        entry.offset = first + (part.size ? (size_t)(part.data - text.data) : start);
        entry.words = mn_normal_form(loader, part);
        entry.value = value.data ? value : own_value(loader, part);
        add_entry(loader, lexicon, &entry);
    }
}

/* ---- lists: a line is `words | words`, or these, a tab and their value ---- */

static void add_line(struct mn_loader *loader, struct mn_lexicon_facts *lexicon, struct entry entry,
                     struct mn_slice line)
{
    const char *tab = memchr(line.data, '\t', line.size);
    size_t size = tab ? (size_t)(tab - line.data) : line.size;
    if (tab) {
        entry.value = mn_slice_trim(mn_slice_cut(line, size + 1, line.size));
        const char *second = entry.value.size ? memchr(entry.value.data, '\t', entry.value.size) : NULL;
        if (second || !entry.value.size) {
            entry.offset += second ? (size_t)(second - line.data) : size;
            mn_report_error(&loader->report, entry_place(loader, &entry, false),
                            second ? "a second tab in this line; expected words, a tab and what they stand for"
                                   : "no value behind the tab; expected what the words stand for, or no tab");
            return;
        }
    }
    add_alternatives(loader, lexicon, entry, mn_slice_cut(line, 0, size));
}

/* The next line without its end; false at the end of the list. */
static bool next_line(struct mn_slice bytes, size_t *at, struct mn_slice *line)
{
    size_t start = *at;
    if (start >= bytes.size)
        return false;
    const char *end = memchr(bytes.data + start, '\n', bytes.size - start);
    size_t stop = end ? (size_t)(end - bytes.data) : bytes.size;
    *at = stop + 1;
    stop -= stop > start && bytes.data[stop - 1] == '\r';
    *line = mn_slice_cut(bytes, start, stop);
    return true;
}

bool mn_list_next(struct mn_slice bytes, size_t *at, struct mn_slice *line)
{
    if (*at == 0 && mn_slice_starts(bytes, MN_LITERAL("\xEF\xBB\xBF")))
        *at = 3;
    while (next_line(bytes, at, line))
        if (mn_slice_trim(*line).size && line->data[0] != '#')
            return true;
    return false;
}

static void add_list(struct mn_loader *loader, struct mn_lexicon_facts *lexicon, const struct mn_rule_file *list,
                     struct mn_place place, enum mn_by by)
{
    struct entry entry = {.file = list, .by = by};
    struct mn_slice line;
    uint32_t before = lexicon->entries;
    bool read = loader->list_bytes > MN_LIMIT_RULE_SET_BYTES;
    loader->list_bytes += list->bytes.size;
    if (loader->list_bytes > MN_LIMIT_RULE_SET_BYTES) {
        if (!read)
            mn_report_error(&loader->report, place,
                            "with this lexicon lists of more than %zu bytes are read, each as often as a lexicon names "
                            "it; let lexicons share less",
                            MN_LIMIT_RULE_SET_BYTES);
        return;
    }
    for (size_t at = 0; !loader->report.no_memory && mn_list_next(list->bytes, &at, &line);) {
        entry.offset = (size_t)(line.data - list->bytes.data);
        add_line(loader, lexicon, entry, line);
        if (loader->entries > MN_LIMIT_LEXICON_ENTRIES)
            return;
    }
    if (lexicon->entries == before && loader->report.errors == 0)
        mn_report_error(&loader->report, (struct mn_place){list, 0},
                        "there are no words in this list; expected a line for each entry");
}

void mn_enter_lexicon(struct mn_loader *loader, const struct mn_rule_file *file, const struct mn_xml *xml)
{
    uint32_t index = mn_enter(loader, file, xml, &loader->lexicon_names);
    if (index == MN_NO_SYMBOL)
        return;
    struct mn_lexicon_facts *lexicon = MN_APPEND(loader->scratch, &loader->lexicons);
    if (!lexicon) {
        loader->report.no_memory = true;
        return;
    }
    *lexicon = (struct mn_lexicon_facts){
        .number = mn_vocabulary_lexicon(loader->rules->vocabulary, loader->lexicon_names.items.items[index])};
    if (lexicon->number == MN_NO_SYMBOL)
        loader->report.no_memory = true;
    struct entry entry = {.file = file};
    unsigned by = mn_language_word(xml, "by", MN_BY_FOLD);
    entry.xml = mn_language_child(xml, MN_EL_ENTRY);
    for (; entry.xml && !loader->report.no_memory; entry.xml = mn_language_next(entry.xml, MN_EL_ENTRY)) {
        entry.by = (enum mn_by)mn_language_word(entry.xml, "by", by);
        entry.value = mn_xml_attribute(entry.xml, "value");
        add_alternatives(loader, lexicon, entry, mn_text_of(loader, entry.xml));
    }
    struct mn_slice name = mn_xml_attribute(xml, "file");
    const struct mn_rule_file *list = mn_grammar_is_file_name(name) ? mn_files_list(loader, file, xml) : NULL;
    if (list)
        add_list(loader, lexicon, list, mn_xml_attribute_place(file, xml, "file"), (enum mn_by)by);
    else if (!name.data && !mn_language_child(xml, MN_EL_ENTRY))
        mn_report_error(&loader->report, mn_xml_place(file, xml),
                        "<lexicon> has no <entry>; expected at least one, or the name of a list in file=\"…\"");
}
