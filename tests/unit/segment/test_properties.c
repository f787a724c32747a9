/* What always holds: no word is lost, ranges and sentences cover the text, nothing is left of read's lines. On all real
 * documents that are there, and on random ones. */
#include "fixture.h"

#include "base/fault.h"
#include "read/read.h"
#include "segment/segment.h"
#include <criterion/criterion.h>
#include <criterion/logging.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#define LARGEST ((size_t)8 << 20)

/* ---- the words of a text, without spaces and hyphens ---- */

struct words {
    char *data;
    size_t size;
};

static void add_words(struct words *words, struct mn_slice text)
{
    for (size_t i = 0; i < text.size; ++i)
        if (text.data[i] != ' ' && text.data[i] != '\n' && text.data[i] != '-')
            words->data[words->size++] = text.data[i];
}

static struct words words_of(const struct mn_document *document, bool furniture)
{
    struct words words = {malloc(document->text.size + document->furniture.size + 1), 0};
    cr_assert(words.data);
    for (size_t i = 0; i < document->nodes.count; ++i) {
        const struct mn_node *node = &document->nodes.items[i];
        if (!mn_node_is_leaf(node) || (node->kind == MN_FW) != furniture)
            continue;
        add_words(&words, mn_slice_cut(furniture ? document->furniture : document->text, node->start, node->end));
    }
    return words;
}

/* ---- what holds of a segmented document ---- */

static void expect_nodes(const struct mn_document *document, const char *name)
{
    uint32_t position = 0;
    for (uint32_t i = 0; i < document->nodes.count; ++i) {
        const struct mn_node *node = &document->nodes.items[i];
        cr_assert_neq(node->kind, MN_AB, "%s: node %u", name, i);
        cr_assert(node->after > i && node->after <= document->nodes.count, "%s: node %u", name, i);
        if (!mn_node_is_leaf(node) || node->kind == MN_FW)
            continue;
        cr_assert_eq(node->start, position, "%s: node %u", name, i);
        cr_assert(node->start <= node->content && node->content < node->end, "%s: node %u", name, i);
        position = node->end + 1;
    }
    cr_assert(position == document->text.size + 1 || (position == 0 && document->text.size == 0), "%s", name);
}

static void expect_sentences(const struct mn_document *document, const char *name)
{
    for (uint32_t i = 0; i < document->nodes.count; ++i) {
        const struct mn_node *node = &document->nodes.items[i];
        if (!mn_node_is_leaf(node) || node->kind == MN_FW)
            continue;
        uint32_t place = node->content;
        for (uint32_t s = node->first_sentence; s < node->end_sentence; ++s) {
            const struct mn_sentence *sentence = &document->sentences.items[s];
            cr_assert_eq(sentence->node, i, "%s", name);
            for (; place < sentence->start; ++place)
                cr_assert_eq(document->text.data[place], ' ', "%s: byte %u", name, place);
            cr_assert(sentence->end > sentence->start, "%s", name);
            cr_assert(document->text.data[sentence->start] != ' ' && document->text.data[sentence->end - 1] != ' ',
                      "%s", name);
            place = sentence->end;
        }
        cr_assert_eq(place, node->end, "%s: node %u ends at %u, its sentences at %u", name, i, node->end, place);
    }
}

static bool contains_all(struct words whole, struct words part)
{
    size_t at = 0;
    for (size_t i = 0; i < whole.size && at < part.size; ++i)
        at += whole.data[i] == part.data[at];
    return at == part.size;
}

/* All words of read's leaves in their order, some of them now as furniture. */
static void expect_words(struct words before, struct words furniture_before, const struct mn_document *document,
                         const char *name)
{
    struct words after = words_of(document, false);
    struct words furniture = words_of(document, true);
    cr_assert_eq(after.size + furniture.size, before.size + furniture_before.size, "%s", name);
    cr_assert(contains_all(before, after), "%s: words out of order", name);
    free(after.data);
    free(furniture.data);
}

static void check(struct fixture *fixture, struct mn_document *document, const char *name)
{
    struct mn_error error = {0};
    struct words before = words_of(document, false);
    struct words furniture = words_of(document, true);
    cr_assert_eq(mn_segment(document, fixture->segmentation, &error), MN_OK, "%s: %s", name, error.message);
    expect_nodes(document, name);
    expect_sentences(document, name);
    expect_words(before, furniture, document, name);
    free(before.data);
    free(furniture.data);
}

/* ---- real documents ---- */

static bool is_text_file(const char *name)
{
    const char *point = strrchr(name, '.');
    return point &&
           (!strcmp(point, ".txt") || !strcmp(point, ".md") || !strcmp(point, ".html") || !strcmp(point, ".htm"));
}

static size_t load(const char *path, char *bytes)
{
    FILE *file = fopen(path, "rb");
    size_t size = file ? fread(bytes, 1, LARGEST, file) : 0;
    if (file)
        fclose(file);
    return size;
}

static unsigned check_folder(struct fixture *fixture, const char *folder, char *bytes)
{
    unsigned checked = 0;
    DIR *directory = opendir(folder);
    for (struct dirent *entry; directory && (entry = readdir(directory)) != NULL;) {
        char path[1024];
        if (!is_text_file(entry->d_name))
            continue;
        int size = snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        cr_assert_lt((size_t)size, sizeof path, "%s", entry->d_name);
        struct mn_error error = {0};
        mn_arena_reset(fixture->documents);
        struct mn_document *document = mn_document_create(fixture->documents);
        struct mn_slice source = {bytes, load(path, bytes)};
        if (mn_read(source, &(struct mn_read_options){0}, document, &error) != MN_OK)
            continue;
        check(fixture, document, entry->d_name);
        ++checked;
    }
    if (directory)
        closedir(directory);
    return checked;
}

Test(properties, real_documents)
{
    static const char *const folders[] = {"minutes-england", "minutes-ireland", "corpus"};
    struct fixture fixture = fixture_open();
    char *bytes = malloc(LARGEST);
    cr_assert(bytes);
    unsigned checked = 0;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; ++i) {
        char folder[1024];
        snprintf(folder, sizeof folder, "%s/../shared/data/%s", MN_TEST_SOURCE_DIR, folders[i]);
        checked += check_folder(&fixture, folder, bytes);
    }
    free(bytes);
    fixture_close(&fixture);
    if (checked == 0)
        fputs("skipped: there are no real documents in ../shared/data\n", stderr); /* cr_skip_test leaks */
}

/* ---- random documents ---- */

static uint64_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

static const char *const parts[] = {
    "1.",
    "(a)",
    "(i)",
    "ii)",
    "2.1",
    "•",
    "-",
    "o",
    "RESOLVED:",
    "Minutes:",
    "Decision",
    "Page 3 of 7",
    "3",
    "(1)",
    "(2)",
    "That the",
    "report be",
    "noted;",
    "and",
    "agreed.",
    "Mr.",
    "No. 3",
    "decision-",
    "making",
    "Purpose: To",
    "“That,",
    "signed.”",
    "QUESTIONS",
    "the",
    "of",
    "Item 4:",
    "A.",
    "B.",
    "16/01/12.01",
    "(Carried.)",
    "Áras",
    "proposed by Councillor X",
    "at 7.30 p.m.",
    "a very long line of ordinary words that goes on and on for a while",
};

static size_t random_line(uint64_t *state, char *line)
{
    size_t size = 0;
    for (uint64_t words = 1 + next_random(state) % 6; words > 0; --words) {
        const char *part = parts[next_random(state) % (sizeof parts / sizeof *parts)];
        if (size > 0)
            line[size++] = ' ';
        memcpy(line + size, part, strlen(part));
        size += strlen(part);
    }
    return size;
}

static struct mn_document *random_document(struct fixture *fixture, uint64_t *state)
{
    enum { MOST_LINES = 40, ROOM = 512 };
    static const enum mn_node_kind containers[] = {MN_LIST, MN_ITEM, MN_TABLE, MN_ROW, MN_CELL, MN_QUOTE};
    static const enum mn_node_kind leaves[] = {MN_AB, MN_AB, MN_AB, MN_P, MN_HEAD, MN_FW};
    struct mn_builder builder;
    struct mn_error error = {0};
    char line[ROOM];
    mn_arena_reset(fixture->documents);
    struct mn_document *document = mn_document_create(fixture->documents);
    cr_assert(document);
    mn_builder_init(&builder, document);
    for (uint64_t lines = next_random(state) % MOST_LINES; lines > 0; --lines) {
        uint64_t choice = next_random(state) % 12;
        if (choice == 0)
            mn_builder_open(&builder, containers[next_random(state) % 6]);
        else if (choice == 1)
            mn_builder_close(&builder);
        size_t size = random_line(state, line);
        uint32_t leaf = mn_builder_leaf(&builder, leaves[next_random(state) % 6], (struct mn_slice){line, size}, 0);
        cr_assert_neq(leaf, MN_NONE);
        struct mn_node *node = &document->nodes.items[leaf];
        node->gap = (uint32_t)(next_random(state) % 3);
        node->level = (uint8_t)(node->kind == MN_HEAD ? 1 + next_random(state) % 6 : next_random(state) % 30);
        node->flags = (uint8_t)(next_random(state) % 4 ? 0 : next_random(state) % 2 ? MN_BOLD : MN_BROKEN_OFF);
    }
    cr_assert_eq(mn_builder_finish(&builder, &error), MN_OK);
    document->layer = MN_LAYER_READ;
    return document;
}

Test(properties, random_documents)
{
    struct fixture fixture = fixture_open();
    for (uint64_t seed = 1; seed <= 3000; ++seed) {
        char name[32];
        uint64_t state = seed * 7919;
        snprintf(name, sizeof name, "seed %u", (unsigned)seed);
        check(&fixture, random_document(&fixture, &state), name);
    }
    fixture_close(&fixture);
}

Test(properties, same_twice)
{
    struct fixture fixture = fixture_open();
    struct mn_slice source = MN_LITERAL("RESOLVED:\n\n(a) That the report be noted.\n\n(b) That it be sent.\n");
    char *first = fixture_tree(&fixture, source);
    char *second = fixture_tree(&fixture, source);
    cr_expect_str_eq(first, second);
    free(first);
    free(second);
    fixture_close(&fixture);
}

Test(properties, nothing)
{
    struct fixture fixture = fixture_open();
    struct mn_error error = {0};
    struct mn_document *document = fixture_lines(&fixture, NULL, 0);
    cr_expect_eq(mn_segment(document, NULL, &error), MN_OK);
    cr_expect_eq(document->nodes.count, 1);
    cr_expect_eq(document->text.size, 0);
    cr_expect_eq(document->sentences.count, 0);
    fixture_close(&fixture);
}

/* Memory that runs out at any allocation is said to have run out. */
Test(properties, no_memory)
{
    const struct mn_slice lines[] = {
        MN_LITERAL("Purpose: To note"),
        MN_LITERAL("1."),
        MN_LITERAL("Minutes of the com-"),
        MN_LITERAL("mittee"),
        MN_LITERAL("RESOLVED \xE2\x80\x93 (a) That it be noted; (b) That it be sent. (Carried.)"),
        MN_LITERAL("(1) one"),
        MN_LITERAL("\xE2\x80\xA2 two"),
        MN_LITERAL("Page 3 of 7"),
        MN_LITERAL("|"),
        MN_LITERAL("Ref |"),
        MN_LITERAL("Action |"),
        MN_LITERAL("|"),
        MN_LITERAL("SC1 |"),
        MN_LITERAL("To note"),
        MN_LITERAL("the report |"),
    };
    struct fixture fixture = fixture_open();
    size_t failures = 0;
    for (bool done = false; !done; ++failures) {
        struct mn_error error = {0};
        struct mn_document *document = fixture_lines(&fixture, lines, sizeof lines / sizeof *lines);
        mn_fault_after(failures + 1);
        enum mn_status status = mn_segment(document, fixture.segmentation, &error);
        done = mn_fault_pending();
        mn_fault_after(0);
        cr_assert_eq(status, done ? MN_OK : MN_NO_MEMORY, "allocation %zu: %s", failures + 1, error.message);
    }
    cr_expect(failures > 10);
    fixture_close(&fixture);
}

/* ---- long documents: a step that looked back over its list would not come to an end ---- */

static void check_repeated(struct fixture *fixture, const char *pattern, size_t count)
{
    struct mn_slice *lines = malloc(count * sizeof *lines);
    char *text = malloc(count * 64);
    cr_assert(lines && text);
    for (size_t i = 0, at = 0; i < count; ++i) {
        int size = snprintf(text + at, 64, pattern, (unsigned)(i % 9999 + 1));
        lines[i] = (struct mn_slice){text + at, (size_t)size};
        at += (size_t)size;
    }
    struct mn_document *document = fixture_lines(fixture, lines, count);
    check(fixture, document, pattern);
    free(text);
    free(lines);
}

Test(properties, long_documents)
{
    static const char *const patterns[] = {
        "%u. That the report be noted.",
        "• point %u of the list",
        "Proposed by Councillor %u",
        "(a)",
        "words that go on without an end %u and",
        "%u",
        "QUESTIONS",
        "(1) (a) That %u",
        "---- %u",
    };
    struct fixture fixture = fixture_open();
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; ++i)
        check_repeated(&fixture, patterns[i], 200000);
    fixture_close(&fixture);
}

/* More words than spaces: what is learnt for mending hyphens has to have room for all of them. */
Test(properties, words_without_spaces)
{
    enum { WORDS = 5000, WORD_SIZE = 4 };
    static char text[WORDS * WORD_SIZE];
    for (size_t i = 0; i < WORDS; ++i) {
        char *word = text + i * WORD_SIZE;
        word[0] = (char)('a' + i % 26);
        word[1] = (char)('a' + i / 26 % 26);
        word[2] = (char)('a' + i / ((size_t)26 * 26));
        word[3] = ',';
    }
    const struct mn_slice lines[] = {
        MN_LITERAL("The committee con-"),
        MN_LITERAL("sidered this."),
        {text, sizeof text},
    };
    struct fixture fixture = fixture_open();
    check(&fixture, fixture_lines(&fixture, lines, sizeof lines / sizeof *lines), "words without spaces");
    fixture_close(&fixture);
}

/* ---- cells behind bars ---- */

static void add_line(struct mn_builder *builder, enum mn_node_kind kind, const char *format, unsigned number)
{
    char line[40];
    int size = snprintf(line, sizeof line, format, number);
    mn_builder_leaf(builder, kind, (struct mn_slice){line, (size_t)size}, 0);
}

/* Rows of two cells, each of two lines with furniture between them. */
static struct mn_document *cells_in_rows(struct fixture *fixture, unsigned rows, unsigned furniture)
{
    struct mn_error error = {0};
    struct mn_builder builder;
    mn_arena_reset(fixture->documents);
    struct mn_document *document = mn_document_create(fixture->documents);
    cr_assert(document);
    mn_builder_init(&builder, document);
    for (unsigned cell = 0; cell < rows * 2; ++cell) {
        if (cell % 2 == 0)
            add_line(&builder, MN_AB, "|", 0);
        add_line(&builder, MN_AB, "Head%u alpha", cell);
        for (unsigned i = 0; i < furniture; ++i)
            add_line(&builder, MN_FW, "page %u", cell);
        add_line(&builder, MN_AB, "tail%u omega |", cell);
    }
    cr_assert_eq(mn_builder_finish(&builder, &error), MN_OK);
    document->layer = MN_LAYER_READ;
    return document;
}

/* The paragraphs of cells, each of which has to hold both lines. */
static unsigned count_whole_cells(const struct mn_document *document)
{
    unsigned cells = 0;
    for (size_t i = 0; i < document->nodes.count; ++i) {
        const struct mn_node *node = &document->nodes.items[i];
        char expected[64];
        if (node->kind != MN_P)
            continue;
        int size = snprintf(expected, sizeof expected, "Head%u alpha tail%u omega", cells, cells);
        cells += mn_slice_equal(mn_document_text(document, node->start, node->end),
                                (struct mn_slice){expected, (size_t)size});
    }
    return cells;
}

/* At whatever size the list of blocks has to move. */
Test(properties, cells_keep_their_lines)
{
    struct fixture fixture = fixture_open();
    for (unsigned rows = 2; rows <= 40; ++rows)
        for (unsigned furniture = 0; furniture <= 3; ++furniture) {
            struct mn_error error = {0};
            struct mn_document *document = cells_in_rows(&fixture, rows, furniture);
            cr_assert_eq(mn_segment(document, fixture.segmentation, &error), MN_OK, "%s", error.message);
            cr_expect_eq(count_whole_cells(document), rows * 2, "%u rows, %u lines of furniture", rows, furniture);
        }
    fixture_close(&fixture);
}
