#include "rules/rules.h"

#include "rules/checks.h"
#include <libxml/parser.h>

/* The rules and what else belongs to them. */
struct loaded {
    struct mn_rules rules; /* first: a pointer to it is one to the whole */
    struct mn_segmentation *segmentation;
    struct mn_names phrase_words;
};

static void copy_references(struct mn_loader *loader)
{
    struct mn_rules *rules = loader->rules;
    size_t count = loader->references.items.count;
    rules->references = mn_arena_zero(rules->arena, (count + 1) * sizeof *rules->references);
    rules->span_sets = mn_arena_zero(rules->arena, (count + 1) * sizeof *rules->span_sets);
    if (!rules->references || !rules->span_sets) {
        loader->report.no_memory = true;
        return;
    }
    rules->reference_count = count;
    for (size_t i = 0; i < count; i++) {
        struct mn_slice name = loader->references.items.items[i];
        bool is_rule = mn_slice_starts(name, MN_LITERAL("@"));
        rules->references[i] = (struct mn_span_reference){mn_slice_cut(name, is_rule, name.size), is_rule};
        if (i < loader->span_sets.count)
            rules->span_sets[i] = loader->span_sets.items[i];
    }
}

static void copy_definitions(struct mn_loader *loader)
{
    struct mn_rules *rules = loader->rules;
    size_t count = loader->defines.count;
    struct mn_definition *definitions = mn_arena_zero(rules->arena, (count + 1) * sizeof *definitions);
    for (size_t i = 0; definitions && i < count; i++) {
        struct mn_slice text = loader->defines.items[i].pattern.text;
        definitions[i].name = mn_arena_copy(rules->arena, loader->define_names.items.items[i]);
        definitions[i].text = mn_arena_copy(rules->arena, text);
        loader->report.no_memory |= !definitions[i].name.data || (text.size && !definitions[i].text.data);
    }
    loader->report.no_memory |= !definitions;
    rules->definitions = definitions;
    rules->definition_count = count;
}

static bool go_on(const struct mn_loader *loader)
{
    return !loader->report.no_memory && loader->report.errors == 0;
}

static void load(struct mn_loader *loader)
{
    if (!mn_files_load(loader))
        return;
    mn_declare(loader);
    if (!loader->report.no_memory)
        mn_resolve_defines(loader);
    if (!loader->report.no_memory)
        mn_draft_rules(loader);
    if (!loader->report.no_memory)
        mn_order_rules(loader);
    if (!go_on(loader))
        return;
    copy_references(loader);
    copy_definitions(loader);
    if (go_on(loader))
        mn_load_schemes(loader);
    if (go_on(loader) && !loader->source->lean)
        mn_list_files(loader);
    if (go_on(loader) && loader->source->check)
        mn_check_rules(loader);
    mn_files_digest(loader);
}

static enum mn_status seal(struct loaded *loaded, struct mn_error *error)
{
    enum mn_status status = mn_segmentation_finish(loaded->segmentation, error);
    return status == MN_OK ? mn_vocabulary_seal(loaded->rules.vocabulary, error) : status;
}

static struct loaded *create(void)
{
    struct mn_arena *arena = mn_arena_create();
    struct loaded *loaded = arena ? mn_arena_zero(arena, sizeof *loaded) : NULL;
    if (!loaded) {
        mn_arena_destroy(arena);
        return NULL;
    }
    loaded->rules.arena = arena;
    loaded->segmentation = mn_segmentation_create(arena);
    loaded->rules.segmentation = loaded->segmentation;
    loaded->rules.phrase_words = &loaded->phrase_words;
    loaded->rules.vocabulary = mn_vocabulary_create();
    if (loaded->segmentation && loaded->rules.vocabulary)
        return loaded;
    mn_rules_free(&loaded->rules);
    return NULL;
}

enum mn_status mn_rules_load_source(const struct mn_rules_source *source, struct mn_rules **rules,
                                    struct mn_writer *all, struct mn_error *error)
{
    struct loaded *loaded = create();
    struct mn_loader loader = {
        .source = source, .scratch = mn_arena_create(), .rule = mn_arena_create(), .work = mn_arena_create()};
    enum mn_status status = MN_NO_MEMORY;
    *rules = NULL;
    if (!loaded || !loader.scratch || !loader.rule || !loader.work) {
        mn_fail_memory(error);
        goto done;
    }
    xmlInitParser();
    loader.rules = &loaded->rules;
    loader.segmentation = loaded->segmentation;
    loader.report.arena = loader.scratch;
    load(&loader);
    status = mn_report_finish(&loader.report, all, error);
    if (status == MN_OK)
        status = seal(loaded, error);
done:
    mn_arena_destroy(loader.work);
    mn_arena_destroy(loader.rule);
    mn_arena_destroy(loader.scratch);
    if (status == MN_OK)
        *rules = &loaded->rules;
    else if (loaded)
        mn_rules_free(&loaded->rules);
    return status;
}

enum mn_status mn_rules_load(const char *const *paths, size_t path_count, struct mn_rules **rules,
                             struct mn_writer *all, struct mn_error *error)
{
    struct mn_rules_source source = {.paths = paths, .path_count = path_count};
    return mn_rules_load_source(&source, rules, all, error);
}

enum mn_status mn_rules_load_text(const char *name, struct mn_slice text, struct mn_rules **rules,
                                  struct mn_writer *all, struct mn_error *error)
{
    struct mn_rules_text file = {name, text};
    struct mn_rules_source source = {.texts = &file, .text_count = 1};
    return mn_rules_load_source(&source, rules, all, error);
}

void mn_rules_free(struct mn_rules *rules)
{
    if (!rules)
        return;
    struct loaded *loaded = (struct loaded *)rules;
    mn_segmentation_destroy(loaded->segmentation);
    mn_vocabulary_destroy(rules->vocabulary);
    mn_arena_destroy(rules->arena);
}

const struct mn_rule *mn_rules_find(const struct mn_rules *rules, struct mn_slice name)
{
    for (size_t i = 0; i < rules->rule_count; i++)
        if (mn_slice_equal(rules->rules[i].name, name))
            return &rules->rules[i];
    return NULL;
}
