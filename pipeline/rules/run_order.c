/* The order in which rules run: each behind all rules that find what it refers to. */
#include "rules/loader.h"

#include <stdio.h>

/* Does a rule look at sections of the role that the section rule gives? */
static bool needs_role(const struct mn_rule *rule, const struct mn_rule *section)
{
    for (size_t i = 0; i < rule->section_count; i++)
        if (mn_slice_equal(rule->sections[i], section->finds))
            return true;
    for (size_t i = 0; i < rule->not_section_count; i++)
        if (mn_slice_equal(rule->not_sections[i], section->finds))
            return true;
    return false;
}

/* A rule that only holds in some sections runs behind the rules that tell them. */
static bool gather_section_edges(struct mn_loader *loader, struct mn_edges *edges)
{
    uint32_t count = (uint32_t)loader->drafts.count;
    for (uint32_t s = 0; s < count; s++) {
        const struct mn_rule *section = &loader->drafts.items[s].rule;
        if (section->type != MN_SECTION_RULE)
            continue;
        for (uint32_t i = 0; i < count; i++)
            if (i != s && needs_role(&loader->drafts.items[i].rule, section) &&
                !mn_edges_add(loader->scratch, edges, i, s))
                return false;
    }
    return true;
}

/* Numbers: rules first, then references. A kind needs all rules that find it; a rule needs what it refers to. */
static bool gather_edges(struct mn_loader *loader, struct mn_edges *edges)
{
    uint32_t count = (uint32_t)loader->drafts.count;
    for (uint32_t i = 0; i < count; i++) {
        const struct mn_draft *draft = &loader->drafts.items[i];
        uint32_t kind = draft->rule.kind, self = draft->rule.self;
        if (kind != MN_NO_SYMBOL && !mn_edges_add(loader->scratch, edges, count + kind, i))
            return false;
        if (self != MN_NO_SYMBOL && !mn_edges_add(loader->scratch, edges, count + self, i))
            return false;
        for (size_t r = 0; r < draft->references.items.count; r++)
            if (!mn_edges_add(loader->scratch, edges, i, count + draft->references.items.items[r]))
                return false;
    }
    return gather_section_edges(loader, edges);
}

static struct mn_slice name_of(const struct mn_loader *loader, uint32_t number, const char **sign)
{
    uint32_t count = (uint32_t)loader->drafts.count;
    *sign = "";
    if (number < count)
        return loader->drafts.items[number].rule.name;
    struct mn_slice name = loader->references.items.items[number - count];
    if (name.data[0] != '@')
        *sign = "@";
    return name;
}

static void report_circle(void *context, const uint32_t *path, size_t length)
{
    struct mn_loader *loader = context;
    char names[700];
    size_t used = 0, first = path[0] < loader->drafts.count ? 0 : 1; /* start with a rule */
    for (size_t i = 0; i <= length && used < sizeof names - 1; i++) {
        const char *sign;
        struct mn_slice name = name_of(loader, path[(first + i) % length], &sign);
        if (name.data[0] == '@') /* a reference to one rule, which comes next */
            continue;
        int wrote = snprintf(names + used, sizeof names - used, "%s%s%.*s", i ? " → " : "", sign, MN_SLICE_ARGS(name));
        used += wrote > 0 ? (size_t)wrote : 0;
    }
    const struct mn_draft *draft = &loader->drafts.items[path[first]];
    mn_report_error(&loader->report, mn_xml_place(draft->file, draft->xml),
                    "rules refer to each other in a circle: %s; expected rules to refer only to what is found without "
                    "them",
                    names);
}

void mn_order_rules(struct mn_loader *loader)
{
    struct mn_rules *rules = loader->rules;
    uint32_t count = (uint32_t)loader->drafts.count;
    uint32_t total = count + (uint32_t)loader->references.items.count, used = 0;
    struct mn_edges edges = {0};
    uint32_t *order = mn_arena_alloc(loader->scratch, ((size_t)total + 1) * sizeof *order);
    rules->rules = mn_arena_alloc(rules->arena, ((size_t)count + 1) * sizeof *rules->rules);
    if (!order || !rules->rules || !gather_edges(loader, &edges) ||
        !mn_edges_order(loader->scratch, &edges, total, order, report_circle, loader)) {
        loader->report.no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < total; i++)
        if (order[i] < count)
            order[used++] = order[i];
    for (uint32_t i = 0; i < count; i++) {
        loader->drafts.items[order[i]].rule.number = i;
        rules->rules[i] = loader->drafts.items[order[i]].rule;
    }
    rules->rule_count = count;
    loader->order = order;
}
