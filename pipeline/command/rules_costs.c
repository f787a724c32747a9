/* rules check --costs: what each rule may cost, by the size of its programs and by how often it is tried. */
#include "command/rules_list.h"

#include <stdlib.h>

/* A rule that is tried everywhere is tried on all of a thousand sentences. More than that no set of keys costs. */
#define EVERYWHERE 1000

static uint64_t estimate(const struct mn_listed_cost *cost)
{
    bool capped = cost->always || cost->chance > EVERYWHERE;
    return (uint64_t)cost->states * (capped ? EVERYWHERE : cost->chance);
}

/* The dearest first; of the same price by name. */
static int compare(const void *left, const void *right)
{
    const struct mn_listed *a = *(const struct mn_listed *const *)left, *b = *(const struct mn_listed *const *)right;
    uint64_t a_cost = estimate(&a->cost), b_cost = estimate(&b->cost);
    if (a_cost != b_cost)
        return a_cost > b_cost ? -1 : 1;
    return mn_slice_compare(a->name, b->name);
}

static void print_triggers(struct mn_writer *out, const struct mn_listed_cost *cost)
{
    const struct {
        uint32_t count;
        const char *one, *several;
    } sorts[] = {{cost->words, "word", "words"},
                 {cost->classes, "class", "classes"},
                 {cost->lexicons, "lexicon", "lexicons"},
                 {cost->spans, "span", "spans"}};
    const char *separator = "";
    for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++) {
        if (!sorts[i].count)
            continue;
        mn_write(out, mn_slice_of(separator));
        mn_write_number(out, sorts[i].count);
        mn_write_char(out, ' ');
        mn_write(out, mn_slice_of(sorts[i].count == 1 ? sorts[i].one : sorts[i].several));
        separator = ", ";
    }
}

static void print_cost(struct mn_writer *out, const struct mn_listed *item)
{
    char line[96], triggers[16] = "always";
    const struct mn_listed_cost *cost = &item->cost;
    if (!cost->always)
        snprintf(triggers, sizeof triggers, "%u", cost->words + cost->classes + cost->lexicons + cost->spans);
    snprintf(line, sizeof line, "%10llu %7u %8s  ", (unsigned long long)estimate(cost), cost->states, triggers);
    mn_write(out, mn_slice_of(line));
    mn_write(out, item->name);
    if (!cost->always) {
        mn_write_literal(out, " (");
        print_triggers(out, cost);
        mn_write_literal(out, ")");
    }
    mn_write_char(out, '\n');
}

void rules_list_costs(struct mn_writer *out, const struct mn_rules *rules, struct mn_slice only)
{
    const struct mn_listing *listing = mn_rules_listing(rules);
    const struct mn_listed **items = malloc((rules->rule_count + 1) * sizeof *items);
    size_t count = 0;
    if (!items) {
        out->status = MN_NO_MEMORY;
        return;
    }
    for (size_t f = 0; f < listing->file_count; f++)
        for (size_t i = 0; i < listing->files[f].item_count; i++)
            if (listing->files[f].items[i].rule && mn_slice_starts(listing->files[f].items[i].name, only))
                items[count++] = &listing->files[f].items[i];
    qsort(items, count, sizeof *items, compare);
    mn_write_literal(out, "  estimate  states triggers  rule\n");
    for (size_t i = 0; i < count; i++)
        print_cost(out, items[i]);
    free(items);
}
