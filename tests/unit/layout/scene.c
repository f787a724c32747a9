#include "scene.h"
#include "base/writer.h"
#include <criterion/criterion.h>

enum { FONT_REGULAR, FONT_BOLD, FONT_COUNT };

static struct mn_font fonts[FONT_COUNT] = {{.name = MN_LITERAL_ITEM("Plain")},
                                           {.name = MN_LITERAL_ITEM("Plain-Bold"), .bold = true}};

static int32_t width_of(size_t letters, int size)
{
    return (int32_t)letters * size * 50;
}

static size_t letters_in(const char *word, size_t size)
{
    size_t letters = 0;
    for (size_t i = 0; i < size; i++)
        letters += ((unsigned char)word[i] & 0xC0) != 0x80;
    return letters;
}

static void add_words(struct mn_page *page, const struct text *text)
{
    int size = text->size ? text->size : 12;
    int32_t left = text->left * 100, bottom = text->base * 100 + size * 20;
    bool glued = text->glued;
    for (const char *word = text->words; *word;) {
        size_t length = strcspn(word, " ");
        int32_t right = left + width_of(letters_in(word, length), size);
        page->runs[page->run_count++] = (struct mn_run){.text = {word, length},
                                                        .box = {left, bottom - size * 100, right, bottom},
                                                        .font = text->bold ? FONT_BOLD : FONT_REGULAR,
                                                        .size = (uint16_t)(size * 10),
                                                        .flags = glued ? MN_PDF_GLUED : 0};
        glued = false;
        left = right;
        for (word += length; *word == ' '; word++)
            left += size * 25;
    }
}

static struct mn_page make_page(struct mn_arena *arena, const struct text *texts, uint32_t number)
{
    size_t words = 0;
    for (const struct text *text = texts; text->words; text++)
        words += strlen(text->words);
    struct mn_page page = {.number = number, .width = 60000, .height = 80000};
    page.runs = mn_arena_alloc(arena, (words + 1) * sizeof *page.runs);
    for (const struct text *text = texts; text->words; text++)
        add_words(&page, text);
    return page;
}

struct mn_pages scene_pages(struct mn_arena *arena, const struct text *const *pages, size_t page_count)
{
    struct mn_pages made = {.fonts = fonts, .font_count = FONT_COUNT, .count = page_count};
    made.page_count = (uint32_t)page_count;
    made.items = mn_arena_alloc(arena, page_count * sizeof *made.items);
    for (size_t i = 0; i < page_count; i++)
        made.items[i] = make_page(arena, pages[i], (uint32_t)i + 1);
    return made;
}

static void write_node(struct mn_writer *out, const struct mn_document *document, const struct mn_node *node)
{
    for (uint32_t up = node->parent; up != MN_NONE && up != 0; up = document->nodes.items[up].parent)
        mn_write_char(out, ' ');
    mn_write(out, mn_slice_of(mn_node_element((enum mn_node_kind)node->kind)));
    if (node->level)
        mn_write_number(out, node->level);
    if (node->flags & MN_BOLD)
        mn_write_char(out, '*');
    if (mn_node_is_leaf(node)) {
        mn_write_char(out, '@');
        mn_write_number(out, node->page);
        if (node->turn) {
            mn_write_char(out, '+');
            mn_write_number(out, node->turn);
        }
        mn_write_char(out, ' ');
        mn_write(out, mn_slice_cut(node->kind == MN_FW ? document->furniture : document->text, node->start, node->end));
    }
    mn_write_char(out, '\n');
}

static char *dump_of(const struct mn_document *document)
{
    struct mn_writer out;
    struct mn_error error;
    mn_writer_init(&out, NULL);
    for (size_t i = 1; i < document->nodes.count; i++)
        write_node(&out, document, &document->nodes.items[i]);
    mn_write_char(&out, '\0');
    cr_assert(mn_writer_finish(&out, &error) == MN_OK, "%s", error.message);
    return out.data;
}

struct scene scene_of(const struct text *const *pages, size_t page_count)
{
    struct scene scene = {.arena = mn_arena_create()};
    struct mn_error error;
    struct mn_pages made = scene_pages(scene.arena, pages, page_count);
    scene.document = mn_document_create(scene.arena);
    scene.status = mn_layout(&made, scene.document, &error);
    if (scene.status == MN_OK)
        scene.dump = dump_of(scene.document);
    return scene;
}

void scene_free(struct scene *scene)
{
    free(scene->dump);
    mn_arena_destroy(scene->arena);
}

static void expect(const struct text *const *pages, size_t count, const char *expected)
{
    struct scene scene = scene_of(pages, count);
    cr_assert(scene.status == MN_OK);
    cr_expect(strcmp(scene.dump, expected) == 0, "laid out:\n%s\nexpected:\n%s", scene.dump, expected);
    scene_free(&scene);
}

void expect_page(const struct text *page, const char *expected)
{
    expect(&page, 1, expected);
}

void expect_pages(const struct text *first, const struct text *second, const char *expected)
{
    const struct text *pages[] = {first, second};
    expect(pages, 2, expected);
}
