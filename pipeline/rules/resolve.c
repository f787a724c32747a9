/* Names in patterns become numbers; lengths, costs and what captures consist of are worked out, children first. */
#include "rules/checks.h"

#include "base/limits.h"
#include <stdio.h>

#define MAX_LOOK_NESTING                                                                                               \
    3 /* each level may look at MN_LIMIT_LOOK_TOKENS tokens for each token of the one around it                        \
       */

struct resolver {
    struct mn_loader *loader;
    struct mn_pattern *pattern;
    struct mn_slice pack;
    struct mn_reference_list *references;
    bool failed;
};

uint32_t mn_add_length(uint32_t a, uint32_t b)
{
    return a > MN_UNBOUNDED - b ? MN_UNBOUNDED : a + b;
}

static uint32_t multiply_length(uint32_t length, uint32_t times)
{
    uint64_t product = (uint64_t)length * times;
    if (length == 0)
        return 0;
    return length == MN_UNBOUNDED || times == MN_UNBOUNDED || product >= MN_UNBOUNDED ? MN_UNBOUNDED
                                                                                      : (uint32_t)product;
}

static uint8_t deeper(uint8_t a, uint8_t b)
{
    return a > b ? a : b;
}

static struct mn_place place_of(const struct resolver *resolver, const struct mn_pattern_node *node)
{
    return mn_pattern_place(resolver->pattern, node->source);
}

static void fail_at(struct resolver *resolver, const struct mn_pattern_node *node, const char *message)
{
    resolver->failed = true;
    mn_report_error(&resolver->loader->report, place_of(resolver, node), "%s", message);
}

static void resolve_token(struct resolver *resolver, struct mn_pattern_node *node)
{
    struct mn_loader *loader = resolver->loader;
    node->shortest = node->longest = 1;
    node->words = node->test != MN_TEST_ANY;
    if (node->test == MN_TEST_SYMBOL) {
        node->argument = mn_vocabulary_symbol(loader->rules->vocabulary, (enum mn_by)node->by, node->name);
        if (node->argument == MN_NO_SYMBOL)
            loader->report.no_memory = true;
    } else if (node->test == MN_TEST_CLASS) {
        uint32_t index = mn_look_up(loader, &loader->class_names, resolver->pack, node->name);
        if (index == MN_NO_SYMBOL) {
            resolver->failed = true;
            mn_report_unknown(loader, place_of(resolver, node), "class", "#", node->name, &loader->class_names,
                              "the name of a <class>");
        } else {
            node->argument = loader->classes.items[index];
            loader->class_uses.items[index] = true;
        }
    }
}

/* The values behind [lexicon=…] as numbers of the vocabulary. */
static void resolve_values(struct resolver *resolver, struct mn_pattern_node *node, struct mn_lexicon_facts *lexicon)
{
    struct mn_loader *loader = resolver->loader;
    MN_VECTOR(uint32_t) values = {0};
    for (size_t start = 0; start <= node->filter.size;) {
        size_t end = start;
        while (end < node->filter.size && node->filter.data[end] != '|')
            end++;
        struct mn_slice value = mn_slice_trim(mn_slice_cut(node->filter, start, end));
        uint32_t *slot = MN_APPEND(loader->trees, &values);
        if (!slot) {
            loader->report.no_memory = true;
            return;
        }
        *slot = mn_vocabulary_find_value(loader->rules->vocabulary, value);
        if (loader->source->check)
            mn_names_add(&lexicon->asked, loader->scratch, value);
        if (mn_names_find(&lexicon->values, value) == MN_NO_SYMBOL) {
            resolver->failed = true;
            mn_report_unknown(loader, place_of(resolver, node), "entry with the value", "", value, &lexicon->values,
                              "the value of one of the lexicon's entries");
        }
        start = end + 1;
    }
    node->values = values.items;
    node->value_count = (uint32_t)values.count;
}

static void resolve_lexicon(struct resolver *resolver, struct mn_pattern_node *node)
{
    struct mn_loader *loader = resolver->loader;
    uint32_t index = mn_look_up(loader, &loader->lexicon_names, resolver->pack, node->name);
    node->shortest = node->longest = 1;
    node->pure = MN_PURE_LEXICON;
    if (index == MN_NO_SYMBOL) {
        resolver->failed = true;
        mn_report_unknown(loader, place_of(resolver, node), "lexicon", "", node->name, &loader->lexicon_names,
                          "the name of a <lexicon>");
        return;
    }
    struct mn_lexicon_facts *lexicon = &loader->lexicons.items[index];
    lexicon->used = true;
    lexicon->whole |= node->filter.size == 0;
    node->argument = index; /* compile and needs look at the facts; the vocabulary's number is in them */
    node->longest = lexicon->longest ? lexicon->longest : 1;
    if (node->filter.size)
        resolve_values(resolver, node, lexicon);
}

/* A rule's reference number, made when it is first referred to. */
static uint32_t rule_reference(struct mn_loader *loader, uint32_t rule)
{
    struct mn_draft *draft = &loader->drafts.items[rule];
    if (draft->rule.self != MN_NO_SYMBOL)
        return draft->rule.self;
    size_t size = draft->rule.name.size + 1;
    char *key = mn_arena_alloc(loader->scratch, size);
    if (key) {
        key[0] = '@';
        memcpy(key + 1, draft->rule.name.data, size - 1);
        draft->rule.self = mn_names_add(&loader->references, loader->rules->arena, (struct mn_slice){key, size});
    }
    if (draft->rule.self == MN_NO_SYMBOL)
        loader->report.no_memory = true;
    return draft->rule.self;
}

uint32_t mn_look_up_span(struct mn_loader *loader, struct mn_slice pack, struct mn_slice name)
{
    uint32_t rule = mn_names_find(&loader->rule_names, name);
    if (rule == MN_NO_SYMBOL) {
        uint32_t kind = mn_names_find(&loader->references, name);
        if (kind != MN_NO_SYMBOL)
            return kind;
        rule = mn_look_up(loader, &loader->rule_names, pack, name);
    }
    return rule == MN_NO_SYMBOL || rule >= loader->drafts.count ? MN_NO_SYMBOL : rule_reference(loader, rule);
}

void mn_report_unknown_span(struct mn_loader *loader, struct mn_place place, struct mn_slice name)
{
    struct mn_names *known = &loader->span_names;
    for (size_t i = 0; i < loader->references.items.count && !loader->has_span_names; i++)
        if (loader->references.items.items[i].data[0] != '@')
            mn_names_add(known, loader->scratch, loader->references.items.items[i]);
    for (size_t i = 0; i < loader->rule_names.items.count && !loader->has_span_names; i++)
        mn_names_add(known, loader->scratch, loader->rule_names.items.items[i]);
    loader->has_span_names = true;
    mn_report_unknown(loader, place, "kind or rule", "@", name, known, "the kind that a rule finds, or a rule's name");
}

void mn_refer(struct mn_loader *loader, struct mn_reference_list *list, uint32_t reference)
{
    for (size_t i = 0; i < list->items.count; i++)
        if (list->items.items[i] == reference)
            return;
    uint32_t *slot = MN_APPEND(loader->scratch, &list->items);
    if (slot)
        *slot = reference;
    else
        loader->report.no_memory = true;
}

static void resolve_span(struct resolver *resolver, struct mn_pattern_node *node)
{
    node->shortest = 1;
    node->longest = 0;
    node->spans = true;
    node->pure = MN_PURE_SPAN;
    node->argument = mn_look_up_span(resolver->loader, resolver->pack, node->name);
    if (node->argument == MN_NO_SYMBOL) {
        resolver->failed = true;
        mn_report_unknown_span(resolver->loader, place_of(resolver, node), node->name);
    } else {
        mn_refer(resolver->loader, resolver->references, node->argument);
    }
}

/* A definition's span references are those of the rule that uses it. */
static void take_references(struct resolver *resolver, const struct mn_define *define)
{
    for (size_t i = 0; i < define->references.items.count; i++)
        mn_refer(resolver->loader, resolver->references, define->references.items.items[i]);
}

static void resolve_define(struct resolver *resolver, struct mn_pattern_node *node)
{
    struct mn_loader *loader = resolver->loader;
    uint32_t index = mn_look_up(loader, &loader->define_names, resolver->pack, node->name);
    node->argument = index;
    if (index == MN_NO_SYMBOL) {
        resolver->failed = true;
        mn_report_unknown(loader, place_of(resolver, node), "definition", "$", node->name, &loader->define_names,
                          "the name of a <define>");
        return;
    }
    struct mn_define *define = &loader->defines.items[index];
    define->used = true;
    if (define->pattern.root == MN_NO_NODE) { /* reported where it is defined */
        resolver->failed = true;
        return;
    }
    const struct mn_pattern_node *root = &define->pattern.nodes[define->pattern.root];
    node->shortest = root->shortest;
    node->longest = root->longest;
    node->spans = root->spans;
    node->looks = root->looks;
    node->pure = root->pure;
    node->single = root->single;
    node->words = root->words;
    take_references(resolver, define);
}

static void resolve_sequence(struct resolver *resolver, struct mn_pattern_node *node)
{
    for (uint32_t i = node->last; i != MN_NO_NODE; i = resolver->pattern->nodes[i].previous) {
        const struct mn_pattern_node *child = &resolver->pattern->nodes[i];
        node->shortest = mn_add_length(node->shortest, child->shortest);
        node->longest = mn_add_length(node->longest, child->longest);
        node->spans |= child->spans;
        node->captures |= child->captures;
        node->looks = deeper(node->looks, child->looks);
    }
}

/* How many words alternatives consist of, if it is nothing but words, and not too many. */
static uint32_t count_words(const struct mn_pattern_node *nodes, const struct mn_pattern_node *node)
{
    uint32_t count = 0;
    for (uint32_t i = node->last; i != MN_NO_NODE; i = nodes[i].previous) {
        if (!nodes[i].words)
            return 0;
        count += nodes[i].words;
    }
    return count <= MN_MOST_WORDS ? count : 0;
}

static void resolve_alternatives(struct resolver *resolver, struct mn_pattern_node *node)
{
    const struct mn_pattern_node *nodes = resolver->pattern->nodes;
    node->shortest = MN_UNBOUNDED;
    node->pure = nodes[node->last].pure;
    node->single = true;
    node->words = count_words(nodes, node);
    for (uint32_t i = node->last; i != MN_NO_NODE; i = nodes[i].previous) {
        node->shortest = nodes[i].shortest < node->shortest ? nodes[i].shortest : node->shortest;
        node->longest = nodes[i].longest > node->longest ? nodes[i].longest : node->longest;
        node->spans |= nodes[i].spans;
        node->captures |= nodes[i].captures;
        node->looks = deeper(node->looks, nodes[i].looks);
        node->single &= nodes[i].single;
        node->pure = nodes[i].pure == node->pure ? node->pure : MN_PURE_NOT;
    }
}

static void resolve_repeat(struct resolver *resolver, struct mn_pattern_node *node)
{
    const struct mn_pattern_node *body = &resolver->pattern->nodes[node->last];
    node->shortest = multiply_length(body->shortest, node->min);
    node->longest = multiply_length(body->longest, node->max);
    node->spans = body->spans;
    node->captures = body->captures;
    node->looks = body->looks;
    if (node->max == MN_UNBOUNDED && body->shortest == 0)
        fail_at(resolver, node,
                "what is repeated without limit here can match nothing; expected at least one token each time: write "
                "x* for (x?)*, or give a limit");
}

#define TEXT(number) TEXT_OF(number)
#define TEXT_OF(number) #number

static void resolve_look(struct resolver *resolver, struct mn_pattern_node *node)
{
    const struct mn_pattern_node *inside = &resolver->pattern->nodes[node->last];
    node->spans = inside->spans;
    node->looks = (uint8_t)(inside->looks + 1);
    if (node->looks == MAX_LOOK_NESTING + 1) /* deeper ones are told by the one inside */
        fail_at(resolver, node,
                "look-arounds are nested deeper than " TEXT(
                    MAX_LOOK_NESTING) "; expected fewer inside each other (! before a group is one, too)");
    if (inside->captures)
        fail_at(resolver, node,
                "a capture in a look-around is never filled; expected captures in what the pattern consumes");
    if (inside->longest > MN_LIMIT_LOOK_TOKENS)
        fail_at(resolver, node,
                "this look-around may need more than " TEXT(
                    MN_LIMIT_LOOK_TOKENS) " tokens; expected limits for its repetitions, such as x{0,9} for x*");
}

static void resolve_not(struct resolver *resolver, struct mn_pattern_node *node)
{
    const struct mn_pattern_node *inside = &resolver->pattern->nodes[node->last];
    if (inside->kind != MN_PATTERN_TOKEN)
        resolve_look(resolver, node);
    node->shortest = node->longest = 1;
    if (!inside->single)
        fail_at(resolver, node,
                "! stands before more than one token; expected a word, class or lexicon, or a group of alternatives of "
                "such; several tokens are kept out with not-ahead(…)");
}

static void resolve_node(struct resolver *resolver, struct mn_pattern_node *node)
{
    switch ((enum mn_pattern_kind)node->kind) {
    case MN_PATTERN_TOKEN:
        node->single = true;
        resolve_token(resolver, node);
        break;
    case MN_PATTERN_LEXICON:
        node->single = true;
        resolve_lexicon(resolver, node);
        break;
    case MN_PATTERN_SPAN:
        node->single = true;
        resolve_span(resolver, node);
        break;
    case MN_PATTERN_DEFINE:
        resolve_define(resolver, node);
        break;
    case MN_PATTERN_START:
    case MN_PATTERN_END:
        break;
    case MN_PATTERN_LOOK:
        resolve_look(resolver, node);
        break;
    case MN_PATTERN_NOT:
        resolve_not(resolver, node);
        break;
    case MN_PATTERN_CAPTURE:
        resolve_sequence(resolver, node);
        node->captures = true;
        break;
    case MN_PATTERN_REPEAT:
        resolve_repeat(resolver, node);
        break;
    case MN_PATTERN_SEQUENCE:
        resolve_sequence(resolver, node);
        break;
    case MN_PATTERN_ALTERNATIVES:
        resolve_alternatives(resolver, node);
        break;
    }
    mn_needs_of(resolver->loader, resolver->pattern, node);
}

bool mn_resolve(struct mn_loader *loader, struct mn_pattern *pattern, struct mn_slice pack,
                struct mn_reference_list *references)
{
    struct resolver resolver = {loader, pattern, pack, references, false};
    if (pattern->root == MN_NO_NODE)
        return false;
    for (uint32_t i = 0; i < pattern->count; i++)
        resolve_node(&resolver, &pattern->nodes[i]);
    if (resolver.failed || loader->report.no_memory)
        pattern->root = MN_NO_NODE;
    return pattern->root != MN_NO_NODE;
}

void mn_gather_captures(struct mn_loader *loader, const struct mn_pattern *pattern, struct mn_names *captures)
{
    for (uint32_t i = 0; i < pattern->count; i++) {
        const struct mn_pattern_node *node = &pattern->nodes[i];
        if (node->kind == MN_PATTERN_CAPTURE && mn_names_add(captures, loader->scratch, node->name) == MN_NO_SYMBOL)
            loader->report.no_memory = true;
        if (node->kind != MN_PATTERN_DEFINE)
            continue;
        const struct mn_names *inner = &loader->defines.items[node->argument].captures;
        for (size_t c = 0; c < inner->items.count; c++)
            if (mn_names_add(captures, loader->scratch, inner->items.items[c]) == MN_NO_SYMBOL)
                loader->report.no_memory = true;
    }
}

static void add_define_edges(struct mn_loader *loader, uint32_t number, struct mn_edges *edges)
{
    const struct mn_define *define = &loader->defines.items[number];
    for (uint32_t i = 0; define->pattern.root != MN_NO_NODE && i < define->pattern.count; i++) {
        const struct mn_pattern_node *node = &define->pattern.nodes[i];
        if (node->kind != MN_PATTERN_DEFINE)
            continue;
        uint32_t other = mn_look_up(loader, &loader->define_names, define->pack, node->name);
        if (other != MN_NO_SYMBOL && !mn_edges_add(loader->scratch, edges, number, other))
            loader->report.no_memory = true;
    }
}

static void report_define_circle(void *context, const uint32_t *path, size_t count)
{
    struct mn_loader *loader = context;
    struct mn_pattern *pattern = &loader->defines.items[path[0]].pattern;
    char names[512];
    size_t used = 0;
    for (size_t i = 0; i <= count && used < sizeof names - 1; i++) {
        struct mn_slice name = loader->define_names.items.items[path[i % count]];
        int wrote = snprintf(names + used, sizeof names - used, "%s$%.*s", i ? " → " : "", MN_SLICE_ARGS(name));
        used += wrote > 0 ? (size_t)wrote : 0;
    }
    mn_report_error(&loader->report, mn_xml_place(pattern->file, pattern->xml),
                    "definitions go round in a circle: %s; expected each to use only others that do not use it", names);
    for (size_t i = 0; i < count; i++)
        loader->defines.items[path[i]].pattern.root = MN_NO_NODE;
}

void mn_resolve_defines(struct mn_loader *loader)
{
    uint32_t count = (uint32_t)loader->defines.count;
    struct mn_edges edges = {0};
    uint32_t *order = mn_arena_alloc(loader->scratch, (count + 1) * sizeof *order);
    if (!order) {
        loader->report.no_memory = true;
        return;
    }
    loader->trees = loader->scratch;
    for (uint32_t i = 0; i < count; i++) {
        mn_pattern_parse(loader->trees, &loader->defines.items[i].pattern, &loader->report);
        add_define_edges(loader, i, &edges);
    }
    if (!mn_edges_order(loader->scratch, &edges, count, order, report_define_circle, loader))
        loader->report.no_memory = true;
    for (uint32_t i = 0; i < count && !loader->report.no_memory; i++) {
        struct mn_define *define = &loader->defines.items[order[i]];
        if (!mn_resolve(loader, &define->pattern, define->pack, &define->references))
            continue;
        mn_gather_captures(loader, &define->pattern, &define->captures);
        if (loader->source->check)
            mn_check_pattern(loader, &define->pattern);
    }
}
