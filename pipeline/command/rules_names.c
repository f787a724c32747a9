#include "command/rules_names.h"

/* A key is the sort's prefix and the name, as in the page's ids. */
static struct mn_slice key_of(struct mn_arena *arena, enum rules_name sort, struct mn_slice pack, struct mn_slice name)
{
    struct mn_slice prefix = mn_slice_of(rules_name_prefix(sort));
    size_t size = prefix.size + pack.size + (pack.size > 0) + name.size;
    char *key = mn_arena_alloc(arena, size + 1);
    if (!key)
        return MN_EMPTY;
    memcpy(key, prefix.data, prefix.size + 1);
    char *end = key + prefix.size;
    if (pack.size) {
        memcpy(end, pack.data, pack.size);
        end[pack.size] = '.';
        end += pack.size + 1;
    }
    if (name.size)
        memcpy(end, name.data, name.size);
    return (struct mn_slice){key, size};
}

const char *rules_name_prefix(enum rules_name sort)
{
    static const char *const prefixes[RULES_NAME_COUNT] = {
        [RULES_NAME_PACK] = "pack-",     [RULES_NAME_LEXICON] = "lexicon-", [RULES_NAME_CLASS] = "class-",
        [RULES_NAME_DEFINE] = "define-", [RULES_NAME_RULE] = "rule-",       [RULES_NAME_KIND] = "kind-",
        [RULES_NAME_ROLE] = "role-",     [RULES_NAME_GIVER] = "givers",
    };
    return prefixes[sort];
}

struct rules_target rules_kind_of(const struct mn_rule *rule)
{
    if (rule_only_gives(rule))
        return (struct rules_target){.sort = RULES_NAME_GIVER};
    return (struct rules_target){.sort = rule->type == MN_SECTION_RULE ? RULES_NAME_ROLE : RULES_NAME_KIND,
                                 .name = rule->finds};
}

static enum rules_group group_of(const struct mn_rule *rule)
{
    switch (rules_kind_of(rule).sort) {
    case RULES_NAME_GIVER:
        return RULES_GIVERS;
    case RULES_NAME_ROLE:
        return RULES_ROLES;
    default:
        return rule_kind_is_helper(rule->finds) ? RULES_HELPERS : RULES_FINDINGS;
    }
}

/* Enters a target; false when memory is out. One of the same name keeps its place. */
static bool add_target(struct rules_names *names, struct rules_target target)
{
    struct mn_slice key = key_of(names->arena, target.sort, MN_EMPTY, target.name);
    size_t before = names->targets.count;
    uint32_t number = key.data ? mn_names_add(&names->keys, names->arena, key) : MN_NO_SYMBOL;
    if (number == MN_NO_SYMBOL || number < before)
        return number != MN_NO_SYMBOL;
    struct rules_target *slot = MN_APPEND(names->arena, &names->targets);
    if (slot)
        *slot = target;
    return slot != NULL;
}

/* The entry of what the rule finds, made if need be; null when memory is out. */
static struct rules_kind *kind_entry(struct rules_names *names, const struct mn_rule *rule)
{
    struct rules_target target = rules_kind_of(rule);
    struct mn_slice key = key_of(names->arena, target.sort, MN_EMPTY, target.name);
    uint32_t number = key.data ? mn_names_add(&names->kind_keys, names->arena, key) : MN_NO_SYMBOL;
    if (number == MN_NO_SYMBOL || number < names->kinds.count)
        return number == MN_NO_SYMBOL ? NULL : &names->kinds.items[number];
    struct rules_kind *kind = add_target(names, target) ? MN_APPEND(names->arena, &names->kinds) : NULL;
    if (kind)
        *kind = (struct rules_kind){.target = target, .group = group_of(rule)};
    return kind;
}

static bool add_kind(struct rules_names *names, const struct mn_listed *item)
{
    struct rules_kind *kind = kind_entry(names, item->rule);
    const struct mn_listed **slot = kind ? MN_APPEND(names->arena, &kind->rules) : NULL;
    if (slot)
        *slot = item;
    return slot != NULL;
}

static bool add_captures(struct rules_names *names, const struct mn_rule *rule)
{
    for (size_t e = 0; e < rule->example_count; e++) {
        struct example_walk walk = {.example = &rule->examples[e], .arena = names->arena};
        for (enum example_step step; (step = example_next(&walk)) != EXAMPLE_END;)
            if (step == EXAMPLE_OPEN && !mn_slice_equal(walk.marks->name, MN_LITERAL("find")) &&
                mn_names_add(&names->captures, names->arena, walk.marks->name) == MN_NO_SYMBOL)
                return false;
    }
    return true;
}

static bool add_item(struct rules_names *names, const struct mn_listed *item)
{
    static const enum rules_name sorts[MN_LISTED_COUNT] = {[MN_LISTED_CLASS] = RULES_NAME_CLASS,
                                                           [MN_LISTED_LEXICON] = RULES_NAME_LEXICON,
                                                           [MN_LISTED_DEFINE] = RULES_NAME_DEFINE,
                                                           [MN_LISTED_RULE] = RULES_NAME_RULE};
    enum rules_name sort = sorts[item->kind];
    if (sort == RULES_NAME_PACK) /* it has no name of its own */
        return true;
    if (!add_target(names, (struct rules_target){sort, item->name, item}))
        return false;
    return !item->rule || (add_kind(names, item) && add_captures(names, item->rule));
}

bool rules_names_fill(struct rules_names *names, const struct rules_list *list)
{
    const struct mn_listing *listing = mn_rules_listing(list->rules);
    *names = (struct rules_names){.arena = list->arena};
    for (size_t f = 0; f < listing->file_count; f++)
        for (size_t i = 0; i < listing->files[f].item_count; i++)
            if (rules_list_shows(list, &listing->files[f].items[i]) && !add_item(names, &listing->files[f].items[i]))
                return false;
    return true;
}

static const struct rules_target *find(const struct rules_names *names, enum rules_name sort, struct mn_slice pack,
                                       struct mn_slice name)
{
    uint32_t number = mn_names_find(&names->keys, key_of(names->arena, sort, pack, name));
    return number == MN_NO_SYMBOL ? NULL : &names->targets.items[number];
}

const struct rules_target *rules_names_look_up(const struct rules_names *names, enum rules_name sort,
                                               struct mn_slice pack, struct mn_slice name)
{
    const struct rules_target *target = NULL;
    if (!name.size)
        return NULL;
    if (sort == RULES_NAME_KIND) {
        target = find(names, sort, MN_EMPTY, name);
        sort = RULES_NAME_RULE;
    }
    if (!target)
        target = find(names, sort, pack, name);
    if (!target)
        target = find(names, sort, MN_LITERAL("common"), name);
    return target ? target : find(names, sort, MN_EMPTY, name);
}

static bool is_name_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte == '-' || byte == '.';
}

/* Behind the quoted text that begins at `at`, where one does; else `at`. An apostrophe inside a word begins none. */
static size_t skip_quoted(struct mn_slice text, size_t at)
{
    char quote = text.data[at];
    bool inner = quote == '\'' && at && (is_name_byte(text.data[at - 1]) || (unsigned char)text.data[at - 1] >= 0x80);
    if ((quote != '"' && quote != '\'') || inner)
        return at;
    const char *end = memchr(text.data + at + 1, quote, text.size - at - 1);
    return end ? (size_t)(end - text.data) + 1 : text.size;
}

static bool sort_of_sign(char sign, enum rules_name *sort)
{
    static const struct {
        char sign;
        enum rules_name sort;
    } signs[] = {{'[', RULES_NAME_LEXICON}, {'#', RULES_NAME_CLASS}, {'$', RULES_NAME_DEFINE}, {'@', RULES_NAME_KIND}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (signs[i].sign != sign)
            continue;
        *sort = signs[i].sort;
        return true;
    }
    return false;
}

bool rules_next_reference(struct mn_slice pattern, size_t at, struct rules_reference *reference)
{
    *reference = (struct rules_reference){pattern.size, pattern.size, RULES_NAME_PACK, MN_EMPTY};
    if (at > pattern.size)
        return false;
    while (at < pattern.size) {
        size_t behind = skip_quoted(pattern, at), start = at + 1;
        if (behind > at) {
            at = behind;
            continue;
        }
        bool is_sign = sort_of_sign(pattern.data[at], &reference->sort);
        while (is_sign && start < pattern.size && pattern.data[at] == '[' && strchr(" \t\n", pattern.data[start]))
            start++;
        size_t end = start;
        while (is_sign && end < pattern.size && is_name_byte(pattern.data[end]))
            end++;
        if (end > start) {
            reference->name = mn_slice_cut(pattern, start, end);
            reference->start = at;
            reference->end = end + (pattern.data[at] == '[' && end < pattern.size && pattern.data[end] == ']');
            return true;
        }
        at++;
    }
    return true;
}
