/* rules/README.md by its own word: every example in it loads as it stands there, and its rules find what their examples
 * say. A fenced block is a file: ```xml NAME or ```tsv NAME has that name, ```xml without one is tried by itself,
 * together with those that have names where it uses them. What is no whole file gets <rules> around it. In the table of
 * patterns each row ends in `pattern`: example / example, where what is found is **bold**; without bold nothing is. */
#include "record/fields.h"
#include "run/examples.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_BLOCKS = 100 };

struct block {
    char name[64]; /* empty: tried by itself */
    struct mn_slice text;
    unsigned line;
};

struct readme {
    char *bytes;
    size_t size;
    struct block blocks[MOST_BLOCKS];
    size_t count;
};

static void read_bytes(struct readme *readme)
{
    FILE *file = fopen(MN_TEST_SOURCE_DIR "/rules/README.md", "rb");
    cr_assert(file);
    cr_assert_eq(fseek(file, 0, SEEK_END), 0);
    readme->size = (size_t)ftell(file);
    rewind(file);
    readme->bytes = malloc(readme->size + 1);
    cr_assert(readme->bytes);
    cr_assert_eq(fread(readme->bytes, 1, readme->size, file), readme->size);
    readme->bytes[readme->size] = '\0';
    fclose(file);
}

/* Opens a block at a fence with xml or tsv behind it. */
static bool open_block(struct readme *readme, struct mn_slice line, unsigned number)
{
    char kind[8], name[64] = "";
    if (sscanf(line.data, "```%7[a-z] %63[^\n]", kind, name) < 1 ||
        (strcmp(kind, "xml") != 0 && strcmp(kind, "tsv") != 0))
        return false;
    struct block *block = &readme->blocks[readme->count];
    cr_assert(readme->count < MOST_BLOCKS);
    *block = (struct block){.line = number};
    if (memchr(line.data, ' ', line.size))
        snprintf(block->name, sizeof block->name, "%s", name);
    return true;
}

static void find_blocks(struct readme *readme)
{
    const char *start = NULL;
    bool known = false;
    unsigned number = 1;
    for (char *at = readme->bytes, *end; *at; at = end + 1, number++) {
        end = strchr(at, '\n');
        cr_assert(end);
        if (strncmp(at, "```", 3) != 0)
            continue;
        if (start && known)
            readme->blocks[readme->count++].text = (struct mn_slice){start, (size_t)(at - start)};
        else if (!start)
            known = open_block(readme, (struct mn_slice){at, (size_t)(end - at)}, number);
        start = start ? NULL : end + 1;
    }
    cr_assert(!start, "a fence is not closed");
}

static bool is_schemes(const struct block *block)
{
    return mn_slice_starts(block->text, MN_LITERAL("<schemes"));
}

/* The block as a rule file. */
static struct mn_slice whole_file(const struct block *block, struct mn_writer *out)
{
    bool whole = mn_slice_starts(block->text, MN_LITERAL("<rules")) || is_schemes(block);
    mn_writer_init(out, NULL);
    if (!whole)
        mn_write_literal(out, "<rules xmlns=\"urn:minutiae:rules:1\" pack=\"readme\">");
    mn_write(out, block->text);
    if (!whole)
        mn_write_literal(out, "</rules>\n");
    return (struct mn_slice){out->data, out->size};
}

static void run_examples(const struct block *block, const struct mn_rules *rules, size_t *examples)
{
    struct mn_examples_result result = {0};
    struct mn_writer messages;
    struct mn_error error;
    struct mn_worker *worker = mn_worker_create(rules);
    mn_writer_init(&messages, NULL);
    cr_assert(worker);
    cr_assert_eq(mn_examples_check(rules, worker, MN_EMPTY, &messages, &result, &error), MN_OK);
    cr_expect_eq(result.failed, 0, "README.md:%u: %.*s", block->line, (int)messages.size,
                 messages.data ? messages.data : "");
    cr_expect_eq(result.without, 0, "README.md:%u: a rule has no example or no counterexample", block->line);
    *examples += result.examples + result.counterexamples;
    mn_worker_destroy(worker);
    mn_writer_free(&messages);
}

/* Loads the texts at these paths; null, with a failed test, when anything is told. */
static struct mn_rules *load(const struct mn_rules_text *texts, size_t count, const char *const *paths,
                             size_t path_count, unsigned line)
{
    struct mn_rules_source source = {.paths = paths, .path_count = path_count, .texts = texts, .text_count = count};
    struct mn_writer messages;
    struct mn_rules *rules;
    struct mn_error error;
    mn_writer_init(&messages, NULL);
    mn_rules_load_source(&source, &rules, &messages, &error);
    cr_expect(rules && messages.size == 0, "README.md:%u: %.*s", line, (int)messages.size,
              messages.data ? messages.data : "");
    mn_writer_free(&messages);
    return rules;
}

/* The block by itself: what it does not name is there, but nothing loads it. */
static void try_block(const struct readme *readme, const struct block *block, size_t *examples)
{
    struct mn_rules_text texts[MOST_BLOCKS];
    struct mn_writer outs[MOST_BLOCKS];
    const char *const paths[] = {"readme.xml", "report.xml"}; /* the latter for schemes */
    size_t count = 0;
    texts[count] = (struct mn_rules_text){paths[0], whole_file(block, &outs[count])};
    count++;
    for (size_t i = 0; i < readme->count; i++) {
        const struct block *other = &readme->blocks[i];
        bool is_list = strstr(other->name, ".tsv") != NULL;
        if (!other->name[0])
            continue;
        mn_writer_init(&outs[count], NULL);
        texts[count] = (struct mn_rules_text){other->name, is_list ? other->text : whole_file(other, &outs[count])};
        count++;
    }
    struct mn_rules *rules = load(texts, count, paths, is_schemes(block) ? 2 : 1, block->line);
    if (rules)
        run_examples(block, rules, examples);
    mn_rules_free(rules);
    while (count)
        mn_writer_free(&outs[--count]);
}

Test(readme, examples_do_what_it_says)
{
    struct readme readme = {0};
    size_t examples = 0, tried = 0;
    read_bytes(&readme);
    find_blocks(&readme);
    for (size_t i = 0; i < readme.count; i++)
        if (!readme.blocks[i].name[0]) {
            try_block(&readme, &readme.blocks[i], &examples);
            tried++;
        }
    cr_expect(tried >= 5 && examples >= 10, "%zu blocks with %zu examples", tried, examples);
    free(readme.bytes);
}

/* ---- the table of patterns ---- */

static void write_escaped(struct mn_writer *out, struct mn_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] != '\\' || i + 1 == text.size || text.data[i + 1] != '|') /* \| is how tables write it */
            mn_write_text(out, mn_slice_cut(text, i, i + 1));
}

static const char *find_text(struct mn_slice text, const char *words)
{
    size_t size = strlen(words);
    for (size_t i = 0; i + size <= text.size; i++)
        if (memcmp(text.data + i, words, size) == 0)
            return text.data + i;
    return NULL;
}

/* `words **found** words` as an example, `words` as a counterexample. */
static void write_example(struct mn_writer *out, struct mn_slice text)
{
    const char *open = find_text(text, "**");
    mn_write(out, mn_slice_of(open ? "<example>" : "<counterexample>"));
    if (open) {
        size_t before = (size_t)(open - text.data);
        struct mn_slice rest = mn_slice_cut(text, before + 2, text.size);
        const char *close = find_text(rest, "**");
        cr_assert(close, "%.*s", (int)text.size, text.data);
        size_t found = (size_t)(close - rest.data);
        write_escaped(out, mn_slice_cut(text, 0, before));
        mn_write_literal(out, "<find>");
        write_escaped(out, mn_slice_cut(rest, 0, found));
        mn_write_literal(out, "</find>");
        write_escaped(out, mn_slice_cut(rest, found + 2, rest.size));
    } else {
        write_escaped(out, text);
    }
    mn_write(out, mn_slice_of(open ? "</example>" : "</counterexample>"));
}

/* "`pattern`: example / example" as a rule. */
static void write_rule(struct mn_writer *out, struct mn_slice cell)
{
    const char *end = find_text(cell, "`: ");
    cr_assert(cell.data[0] == '`' && end, "%.*s", (int)cell.size, cell.data);
    size_t size = (size_t)(end - cell.data);
    mn_write_literal(out,
                     "<rules xmlns=\"urn:minutiae:rules:1\" pack=\"readme\"><rule name=\"row\" finds=\"k\"><pattern>");
    write_escaped(out, mn_slice_cut(cell, 1, size));
    mn_write_literal(out, "</pattern>");
    for (size_t at = size + 3; at < cell.size;) {
        struct mn_slice rest = mn_slice_cut(cell, at, cell.size);
        const char *slash = find_text(rest, " / ");
        size_t length = slash ? (size_t)(slash - rest.data) : rest.size;
        write_example(out, mn_slice_cut(rest, 0, length));
        at += length + 3;
    }
    mn_write_literal(out, "</rule></rules>\n");
}

static void try_row(const struct readme *readme, struct mn_slice cell, unsigned line, size_t *examples)
{
    const char *const paths[] = {"row.xml", "table.xml"};
    struct mn_rules_text texts[2] = {{paths[0], MN_EMPTY}, {paths[1], MN_EMPTY}};
    struct block row = {.line = line};
    struct mn_writer rule, names;
    mn_writer_init(&rule, NULL);
    write_rule(&rule, cell);
    texts[0].text = (struct mn_slice){rule.data, rule.size};
    for (size_t i = 0; i < readme->count; i++)
        if (strcmp(readme->blocks[i].name, paths[1]) == 0)
            texts[1].text = whole_file(&readme->blocks[i], &names);
    cr_assert(texts[1].text.size);
    struct mn_rules *rules = load(texts, 2, paths, 2, line);
    struct mn_examples_result result = {0};
    struct mn_writer messages;
    struct mn_error error;
    struct mn_worker *worker = rules ? mn_worker_create(rules) : NULL;
    mn_writer_init(&messages, NULL);
    if (worker)
        mn_examples_check(rules, worker, mn_slice_of("readme.row"), &messages, &result, &error);
    cr_expect(result.examples && !result.failed, "README.md:%u: %.*s", row.line, (int)messages.size,
              messages.data ? messages.data : "");
    *examples += result.examples + result.counterexamples;
    mn_worker_destroy(worker);
    mn_rules_free(rules);
    mn_writer_free(&messages);
    mn_writer_free(&names);
    mn_writer_free(&rule);
}

/* The last cell of a line of the table; empty when it is none. */
static struct mn_slice last_cell(struct mn_slice line)
{
    struct mn_slice row = mn_slice_trim(line);
    if (row.size < 3 || row.data[0] != '|' || row.data[row.size - 1] != '|')
        return MN_EMPTY;
    row.size--;
    size_t start = row.size;
    while (start && (row.data[start - 1] != '|' || row.data[start - 2] == '\\'))
        start--;
    return mn_slice_trim(mn_slice_cut(row, start, row.size));
}

Test(readme, patterns_match_what_the_table_says)
{
    struct readme readme = {0};
    size_t examples = 0, rows = 0;
    unsigned number = 1;
    bool inside = false;
    read_bytes(&readme);
    find_blocks(&readme);
    for (char *at = readme.bytes, *end; *at; at = end + 1, number++) {
        end = strchr(at, '\n');
        struct mn_slice line = {at, (size_t)(end - at)}, cell = last_cell(line);
        inside = inside ? line.size > 0 : mn_slice_starts(line, MN_LITERAL("| written |"));
        if (!inside || !cell.size || cell.data[0] != '`')
            continue;
        try_row(&readme, cell, number, &examples);
        rows++;
    }
    cr_expect(rows >= 20 && examples >= 35, "%zu rows with %zu examples", rows, examples);
    free(readme.bytes);
}

/* ---- the table of kinds ---- */

/* The row of a kind; empty when there is none. */
static struct mn_slice row_of(const struct readme *readme, struct mn_slice kind)
{
    char start[64];
    struct mn_slice text = {readme->bytes, readme->size};
    snprintf(start, sizeof start, "\n| `%.*s` | ", MN_SLICE_ARGS(kind));
    const char *row = find_text(text, start), *end = row ? strchr(row + 1, '\n') : NULL;
    return end ? (struct mn_slice){row, (size_t)(end - row)} : MN_EMPTY;
}

static void expect_values(struct mn_slice row, const struct mn_known_field *field)
{
    char text[512];
    int size = snprintf(text, sizeof text, "`%.*s`", MN_SLICE_ARGS(field->name));
    for (size_t i = 0; i < field->value_count; i++)
        size += snprintf(text + size, sizeof text - (size_t)size, "%s%.*s", i ? ", " : " (",
                         MN_SLICE_ARGS(field->values[i]));
    snprintf(text + size, sizeof text - (size_t)size, "%s", field->value_count ? ")" : "");
    cr_expect(find_text(row, text), "%s is not in %.*s", text, MN_SLICE_ARGS(row));
}

Test(readme, kinds_have_the_fields_of_the_record)
{
    struct readme readme = {0};
    struct mn_known_kind kinds[MN_RECORD_KNOWN_KINDS];
    struct mn_arena *arena = mn_arena_create();
    struct mn_error error;
    read_bytes(&readme);
    cr_assert_eq(mn_record_fields(MN_TEST_SOURCE_DIR "/schemas", arena, kinds, &error), MN_OK, "%s", error.message);
    for (size_t i = 0; i < MN_RECORD_KNOWN_KINDS; i++) {
        struct mn_slice row = row_of(&readme, kinds[i].name);
        cr_expect(row.size, "no row for %.*s", MN_SLICE_ARGS(kinds[i].name));
        for (size_t k = 0; k < kinds[i].field_count; k++)
            if (!mn_slice_equal(kinds[i].fields[k].name, MN_LITERAL("needs"))) /* of the rule, not of the record */
                expect_values(row, &kinds[i].fields[k]);
    }
    mn_arena_destroy(arena);
    free(readme.bytes);
}
