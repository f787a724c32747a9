/* The order in which rules run: each behind all rules that find what it refers to. */
#include "rules/loader.h"

#include <stdio.h>

/* What is ordered has numbers: rules first, then references, then two for each role, so that not every rule that looks
 * at a role needs an edge to every section rule that gives it: all section rules of the role, and all but one. */
enum role_part { ALL_OF_ROLE, OTHERS_OF_ROLE, ROLE_PARTS };

static uint32_t role_number(const struct mn_loader *loader, uint32_t role, enum role_part part)
{
    return (uint32_t)(loader->drafts.count + loader->references.items.count) + ROLE_PARTS * role + (uint32_t)part;
}

static uint32_t total_numbers(const struct mn_loader *loader)
{
    return role_number(loader, (uint32_t)loader->role_names.items.count, ALL_OF_ROLE);
}

/* A rule that only holds in (or outside) sections of a role runs behind the rules that tell them. A section rule may
 * look at its own role, where it needs all others of that role: only one can, and `own`, by role, is the first. What
 * more there are need that one, which is a circle. */
static bool add_role_edge(struct mn_loader *loader, struct mn_edges *edges, uint32_t *own, uint32_t i,
                          struct mn_slice name)
{
    const struct mn_rule *rule = &loader->drafts.items[i].rule;
    uint32_t role = mn_names_find(&loader->role_names, name), to;
    bool is_own = rule->type == MN_SECTION_RULE && mn_slice_equal(rule->finds, name);
    if (role == MN_NO_SYMBOL || (is_own && own[role] == i))
        return true;
    if (!is_own)
        to = role_number(loader, role, ALL_OF_ROLE);
    else if (own[role] == MN_NO_SYMBOL)
        to = role_number(loader, role, OTHERS_OF_ROLE);
    else
        to = own[role];
    if (is_own && own[role] == MN_NO_SYMBOL)
        own[role] = i;
    return mn_edges_add(loader->scratch, edges, i, to);
}

/* The edges from a section rule's role to the rule. */
static bool add_giver(struct mn_loader *loader, struct mn_edges *edges, const uint32_t *own, uint32_t i)
{
    const struct mn_rule *rule = &loader->drafts.items[i].rule;
    uint32_t role = mn_names_find(&loader->role_names, rule->finds);
    if (rule->type != MN_SECTION_RULE || role == MN_NO_SYMBOL)
        return true;
    return mn_edges_add(loader->scratch, edges, role_number(loader, role, ALL_OF_ROLE), i) &&
           (own[role] == i || mn_edges_add(loader->scratch, edges, role_number(loader, role, OTHERS_OF_ROLE), i));
}

static bool gather_role_edges(struct mn_loader *loader, struct mn_edges *edges)
{
    size_t role_count = loader->role_names.items.count;
    uint32_t *own = mn_arena_alloc(loader->scratch, (role_count + 1) * sizeof *own);
    bool done = own != NULL;
    for (size_t i = 0; done && i < role_count; i++)
        own[i] = MN_NO_SYMBOL;
    for (uint32_t i = 0; done && i < loader->drafts.count; i++) {
        const struct mn_rule *rule = &loader->drafts.items[i].rule;
        for (size_t k = 0; done && k < rule->section_count; k++)
            done = add_role_edge(loader, edges, own, i, rule->sections[k]);
        for (size_t k = 0; done && k < rule->not_section_count; k++)
            done = add_role_edge(loader, edges, own, i, rule->not_sections[k]);
    }
    for (uint32_t i = 0; done && i < loader->drafts.count; i++)
        done = add_giver(loader, edges, own, i);
    return done;
}

/* A kind needs all rules that find it; a rule needs what it refers to. */
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
    return gather_role_edges(loader, edges);
}

/* Empty for what is not told: a reference to one rule, or a role; the rule comes next. */
static struct mn_slice name_of(const struct mn_loader *loader, uint32_t number, const char **sign)
{
    size_t count = loader->drafts.count;
    *sign = "";
    if (number < count)
        return loader->drafts.items[number].rule.name;
    if (number - count >= loader->references.items.count)
        return MN_EMPTY;
    struct mn_slice name = loader->references.items.items[number - count];
    *sign = "@";
    return name.data[0] == '@' ? MN_EMPTY : name;
}

static void report_circle(void *context, const uint32_t *path, size_t length)
{
    struct mn_loader *loader = context;
    char names[700];
    size_t used = 0, first = path[0] < loader->drafts.count ? 0 : 1; /* start with a rule */
    for (size_t i = 0; i <= length && used < sizeof names - 1; i++) {
        const char *sign;
        struct mn_slice name = name_of(loader, path[(first + i) % length], &sign);
        if (!name.size)
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

/* Puts the keys of all rules into one array, in the order in which matching asks for them: each document needs them. */
static bool pack_keys(struct mn_rules *rules)
{
    size_t count = 0;
    for (size_t i = 0; i < rules->rule_count; i++)
        count += rules->rules[i].key_count;
    uint32_t *keys = mn_arena_alloc(rules->arena, (count + 1) * sizeof *keys);
    for (size_t i = 0; keys && i < rules->rule_count; i++) {
        struct mn_rule *rule = &rules->rules[i];
        for (size_t k = 0; k < rule->key_count; k++)
            keys[k] = rule->keys[k];
        rule->keys = keys;
        keys += rule->key_count;
    }
    return keys != NULL;
}

void mn_order_rules(struct mn_loader *loader)
{
    struct mn_rules *rules = loader->rules;
    uint32_t count = (uint32_t)loader->drafts.count;
    uint32_t total = total_numbers(loader), used = 0;
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
    rules->give_count = loader->gives;
    loader->order = order;
    loader->report.no_memory |= !pack_keys(rules);
}
