/* What differs between two rule sets as they are written: by name, all but notes and examples. */
#include "command/rules_diff.h"

#include <stdlib.h>

const char *const diff_set_words[DIFF_SET_CHANGES] = {"added", "removed", "changed"};

static const char *const sorts[MN_LISTED_COUNT] = {
    [MN_LISTED_COMMON] = "common words", [MN_LISTED_CLASS] = "class", [MN_LISTED_LEXICON] = "lexicon",
    [MN_LISTED_DEFINE] = "definition",   [MN_LISTED_RULE] = "rule",   [MN_LISTED_SEGMENTATION] = "segmentation",
};

/* One thing of a rule set, with all that counts written out. */
struct written {
    enum mn_listed_kind kind;
    struct mn_slice name, text;
    size_t order; /* things without a name of their own may stand several times */
};

struct set {
    struct written *items;
    size_t count;
};

static void write_pattern(void *context, const struct rule_pattern *pattern)
{
    struct mn_writer *out = context;
    mn_write(out, mn_slice_of(pattern->label));
    mn_write_char(out, '\n');
    mn_write(out, pattern->detail);
    mn_write_char(out, '\n');
    mn_write(out, pattern->text);
    mn_write_char(out, '\n');
}

static void write_facts(struct mn_writer *out, const struct mn_rules *rules, const struct rule_fact *fact,
                        const struct mn_rule *rule)
{
    for (; fact->label; fact++) {
        mn_write(out, mn_slice_of(fact->label));
        mn_write_char(out, '\n');
        fact->say(out, rules, rule);
        mn_write_char(out, '\n');
    }
}

static void write_entry(struct mn_writer *out, const struct mn_listed_entry *entry)
{
    mn_write(out, entry->element);
    mn_write_char(out, '\n');
    mn_write(out, entry->words);
    mn_write_char(out, '\n');
    mn_write(out, entry->value);
    mn_write_char(out, '\n');
    mn_write_number(out, (uint64_t)entry->by * 2 + entry->special);
    mn_write_char(out, '\n');
}

static void write_item(struct mn_writer *out, const struct mn_rules *rules, const struct mn_listed *item)
{
    mn_writer_clear(out);
    mn_write(out, item->text);
    mn_write_char(out, '\n');
    for (size_t i = 0; i < item->entry_count; i++)
        write_entry(out, &item->entries[i]);
    if (!item->rule)
        return;
    write_facts(out, rules, rule_facts_before, item->rule);
    rule_patterns(out, item->rule, write_pattern, out);
    write_facts(out, rules, rule_facts_after, item->rule);
}

static int compare_keys(const struct written *a, const struct written *b)
{
    if (a->kind != b->kind)
        return a->kind > b->kind ? -1 : 1; /* rules first */
    return mn_slice_compare(a->name, b->name);
}

static int compare_written(const void *left, const void *right)
{
    const struct written *a = left, *b = right;
    int order = compare_keys(a, b);
    return order ? order : (a->order > b->order) - (a->order < b->order);
}

static size_t count_items(const struct mn_listing *listing)
{
    size_t count = 0;
    for (size_t i = 0; i < listing->file_count; i++)
        count += listing->files[i].item_count;
    return count;
}

static bool write_set(const struct diff *diff, const struct mn_rules *rules, struct mn_writer *out, struct set *set)
{
    const struct mn_listing *listing = mn_rules_listing(rules);
    set->items = mn_arena_alloc(diff->arena, (count_items(listing) + 1) * sizeof *set->items);
    if (!set->items)
        return false;
    for (size_t i = 0; i < listing->file_count; i++)
        for (size_t j = 0; j < listing->files[i].item_count; j++) {
            const struct mn_listed *item = &listing->files[i].items[j];
            write_item(out, rules, item);
            struct mn_slice text = mn_arena_copy(diff->arena, (struct mn_slice){out->data, out->size});
            if (out->status != MN_OK || !text.data)
                return false;
            set->items[set->count] = (struct written){item->kind, item->name, text, set->count};
            set->count++;
        }
    qsort(set->items, set->count, sizeof *set->items, compare_written);
    return true;
}

static void merge(const struct set *before, const struct set *after,
                  void (*each)(void *context, enum diff_set_change change, const char *sort, struct mn_slice name),
                  void *context)
{
    size_t i = 0, j = 0;
    while (i < before->count || j < after->count) {
        const struct written *a = &before->items[i], *b = &after->items[j];
        int order = i == before->count ? 1 : j == after->count ? -1 : compare_keys(a, b);
        if (order < 0)
            each(context, DIFF_REMOVED, sorts[a->kind], a->name);
        else if (order > 0)
            each(context, DIFF_ADDED, sorts[b->kind], b->name);
        else if (!mn_slice_equal(a->text, b->text))
            each(context, DIFF_ALTERED, sorts[b->kind], b->name);
        i += order <= 0;
        j += order >= 0;
    }
}

bool diff_sets(const struct diff *diff,
               void (*each)(void *context, enum diff_set_change change, const char *sort, struct mn_slice name),
               void *context)
{
    struct set before = {0}, after = {0};
    struct mn_writer out;
    mn_writer_init(&out, NULL);
    bool done = write_set(diff, diff->before, &out, &before) && write_set(diff, diff->after, &out, &after);
    mn_writer_free(&out);
    if (done)
        merge(&before, &after, each, context);
    return done;
}
