/* rules/README.md by its own word: every example in it loads as it stands there, and its rules find what their examples
 * say. A fenced block is a file: ```xml NAME or ```tsv NAME has that name, ```xml without one is tried by itself,
 * together with those that have names where it uses them. What is no whole file gets <rules> around it. */
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

/* The block as a rule file. */
static struct mn_slice whole_file(const struct block *block, struct mn_writer *out)
{
    bool whole = mn_slice_starts(block->text, MN_LITERAL("<rules"));
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

/* The block by itself: what it does not name is there, but nothing loads it. */
static void try_block(const struct readme *readme, const struct block *block, size_t *examples)
{
    struct mn_rules_text texts[MOST_BLOCKS];
    struct mn_writer out, messages;
    struct mn_rules *rules;
    struct mn_error error;
    const char *path = "readme.xml";
    size_t count = 0;
    texts[count++] = (struct mn_rules_text){path, whole_file(block, &out)};
    for (size_t i = 0; i < readme->count; i++)
        if (readme->blocks[i].name[0])
            texts[count++] = (struct mn_rules_text){readme->blocks[i].name, readme->blocks[i].text};
    mn_writer_init(&messages, NULL);
    struct mn_rules_source source = {.paths = &path, .path_count = 1, .texts = texts, .text_count = count};
    mn_rules_load_source(&source, &rules, &messages, &error);
    cr_expect(rules && messages.size == 0, "README.md:%u: %.*s", block->line, (int)messages.size,
              messages.data ? messages.data : "");
    if (rules)
        run_examples(block, rules, examples);
    mn_rules_free(rules);
    mn_writer_free(&messages);
    mn_writer_free(&out);
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
