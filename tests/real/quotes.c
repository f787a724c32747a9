/* Are the words that people marked in real documents all in the documents' canonical texts?
 *
 *     quotes [--least PER-CENT] RULES FOLDER…
 *
 * For every NAME.gold.xml of a folder the document beside it is read, and each quote looked for: its words in a row,
 * or, as those who marked them read the rows of a table in another order than we do, the same words in any order next
 * to each other. Case, white space and punctuation do not count. Prints a line for each folder and for each quote that
 * is not there. Exit status: 0, also when there is no folder (which it says); 1: fewer quotes than the least share were
 * found. */
#include "files.h"
#include "findings.h"
#include "run/run.h"
#include "words.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

struct tally {
    unsigned quotes, in_a_row, together;
};

struct search {
    struct mn_worker *worker;
    struct mn_arena *arena; /* of one document's gold and words */
    struct tally tally;
};

static const char *const endings[] = {".pdf", ".html", ".txt", ".md"};

/* The document beside NAME.gold.xml; false when there is none. */
static bool find_document(const char *gold, char *path, size_t size)
{
    struct stat facts;
    size_t stem = strlen(gold) - strlen(".gold.xml");
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        snprintf(path, size, "%.*s%s", (int)stem, gold, endings[i]);
        if (stat(path, &facts) == 0)
            return true;
    }
    return false;
}

/* The same words in any order: sums of their hashes agree. */
static bool stand_together(struct token_list quote, struct token_list text)
{
    uint64_t wanted = 0, sum = 0;
    for (size_t i = 0; i < quote.count; i++)
        wanted += quote.items[i].hash;
    for (size_t i = 0; i < text.count; i++) {
        sum += text.items[i].hash;
        if (i >= quote.count)
            sum -= text.items[i - quote.count].hash;
        if (i + 1 >= quote.count && sum == wanted)
            return true;
    }
    return quote.count == 0;
}

static void look_for(struct search *search, const char *path, const struct quote *quote, struct token_list text)
{
    bool in_a_row = tokens_contain(quote->tokens, text);
    bool together = in_a_row || stand_together(quote->tokens, text);
    search->tally.quotes++;
    search->tally.in_a_row += in_a_row;
    search->tally.together += together;
    if (!together)
        printf("%s: not in the text: %.*s\n", path, MN_SLICE_ARGS(quote->text));
}

static bool read_words(struct search *search, const char *path, struct token_list *words)
{
    struct mn_slice bytes;
    struct mn_error error;
    struct mn_run_options options = {0};
    struct mn_document *document = mn_worker_document(search->worker);
    if (!document || file_read(search->arena, path, &bytes, &error) != MN_OK)
        return false;
    document->source.name = mn_slice_of(path);
    if (mn_worker_run(search->worker, document, bytes, MN_LAYER_SEGMENT, &options, &error) != MN_OK) {
        printf("%s\n", error.message);
        return false;
    }
    return text_tokens(search->arena, mn_arena_copy(search->arena, document->text), words);
}

static void search_document(struct search *search, const char *gold)
{
    char path[4096];
    struct record record;
    struct token_list words;
    struct mn_error error;
    mn_arena_reset(search->arena);
    if (record_read(search->arena, gold, &record, &error) != MN_OK || record.count == 0)
        return;
    if (!find_document(gold, path, sizeof path) || !read_words(search, path, &words))
        return;
    for (size_t i = 0; i < record.count; i++)
        for (size_t j = 0; j < record.items[i].quote_count; j++)
            look_for(search, path, &record.items[i].quotes[j], words);
}

static void search_folder(struct search *search, const char *folder)
{
    struct mn_arena *arena = mn_arena_create();
    struct file_list gold;
    struct mn_error error;
    search->tally = (struct tally){0};
    if (!arena || files_gather(arena, &folder, 1, PREFER_GOLD, &gold, &error) != MN_OK) {
        printf("skipped: there are no marked documents in %s\n", folder);
        mn_arena_destroy(arena);
        return;
    }
    for (size_t i = 0; i < gold.count; i++)
        search_document(search, gold.items[i].path);
    printf("%s: %u quotes, %u in a row, %u together\n", folder, search->tally.quotes, search->tally.in_a_row,
           search->tally.together);
    mn_arena_destroy(arena);
}

int main(int count, char **arguments)
{
    struct mn_rules *rules = NULL;
    struct mn_error error;
    int first = 1;
    double least = 0;
    bool enough = true;
    if (count > 3 && strcmp(arguments[1], "--least") == 0) {
        least = strtod(arguments[2], NULL);
        first = 3;
    }
    if (count <= first + 1) {
        fprintf(stderr, "usage: quotes [--least PER-CENT] RULES FOLDER...\n");
        return 2;
    }
    const char *rule_path = arguments[first];
    struct search search = {.arena = mn_arena_create()};
    if (mn_rules_load(&rule_path, 1, &rules, NULL, &error) == MN_OK)
        search.worker = mn_worker_create(rules);
    if (!search.worker || !search.arena) {
        fprintf(stderr, "quotes: rules or memory are missing\n");
        return 2;
    }
    for (int i = first + 1; i < count; i++) {
        search_folder(&search, arguments[i]);
        enough &= search.tally.together * 100.0 >= search.tally.quotes * least;
    }
    mn_worker_destroy(search.worker);
    mn_rules_free(rules);
    mn_arena_destroy(search.arena);
    return enough ? EXIT_SUCCESS : EXIT_FAILURE;
}
