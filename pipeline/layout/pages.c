#include "layout/pages.h"

#include "base/utf8.h"

#define LARGEST_LENGTH                                                                                                 \
    2000000 /* hundredths of a point: more than any page has; a few hundred times it fit into 32 bits */

typedef MN_VECTOR(struct mn_page) page_vector;
typedef MN_VECTOR(struct mn_font) font_vector;

/* What is left to be taken apart of an answer or a frame. */
struct cursor {
    struct mn_slice bytes;
    size_t at;
};

struct reading {
    struct mn_arena *arena;
    page_vector pages;
    font_vector fonts;
    struct mn_pages *out;
    bool ended;
};

static size_t left_in(const struct cursor *cursor)
{
    return cursor->bytes.size - cursor->at;
}

/* The next number of `size` bytes; the caller has seen that they are there. */
static uint32_t take(struct cursor *cursor, size_t size)
{
    uint32_t value = 0;
    for (size_t i = 0; i < size; i++)
        value |= (uint32_t)(unsigned char)cursor->bytes.data[cursor->at + i] << (8 * i);
    cursor->at += size;
    return value;
}

static int32_t take_length(struct cursor *cursor)
{
    int64_t value = (int32_t)take(cursor, 4);
    return (int32_t)(value < -LARGEST_LENGTH ? -LARGEST_LENGTH : value > LARGEST_LENGTH ? LARGEST_LENGTH : value);
}

static void put_in_order(int32_t *low, int32_t *high)
{
    if (*low > *high) {
        int32_t swapped = *low;
        *low = *high;
        *high = swapped;
    }
}

/* ---- fonts ---- */

static bool has_word(struct mn_slice name, const char *word)
{
    size_t size = strlen(word);
    for (size_t i = 0; i + size <= name.size; i++) {
        size_t same = 0;
        while (same < size && (name.data[i + same] | 0x20) == word[same])
            same++;
        if (same == size)
            return true;
    }
    return false;
}

/* By the habits of font names: "Tahoma-Bold", "ABCDEF+Arial,Bold", "MyriadPro-Semibold". */
static bool is_bold_name(struct mn_slice name)
{
    static const char *const words[] = {"bold", "black", "heavy", "-demi"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (has_word(name, words[i]))
            return true;
    return false;
}

static bool read_font(struct reading *reading, struct mn_slice name)
{
    struct mn_font *font = MN_APPEND(reading->arena, &reading->fonts);
    if (font)
        *font = (struct mn_font){.name = name, .bold = is_bold_name(name)};
    return font != NULL;
}

/* ---- pages ---- */

/* A run that is as frames.h says; false when it is not, or was cut off. */
static bool read_run(struct cursor *cursor, struct mn_run *run)
{
    if (left_in(cursor) < MN_PDF_RUN_HEAD)
        return false;
    run->box.left = take_length(cursor);
    run->box.top = take_length(cursor);
    run->box.right = take_length(cursor);
    run->box.bottom = take_length(cursor);
    put_in_order(&run->box.left, &run->box.right);
    put_in_order(&run->box.top, &run->box.bottom);
    run->font = (uint16_t)take(cursor, 2);
    run->size = (uint16_t)take(cursor, 2);
    run->flags = (uint16_t)take(cursor, 2);
    size_t size = take(cursor, 2);
    if (size == 0 || size > left_in(cursor))
        return false;
    run->text = mn_slice_cut(cursor->bytes, cursor->at, cursor->at + size);
    cursor->at += size;
    return mn_utf8_valid_prefix(run->text) == size;
}

/* How many runs the rest of the frame can hold at most. */
static size_t most_runs(const struct cursor *cursor)
{
    return left_in(cursor) / (MN_PDF_RUN_HEAD + 1);
}

static enum mn_status read_page(struct reading *reading, struct mn_slice bytes)
{
    struct cursor cursor = {.bytes = bytes};
    struct mn_page *page = MN_APPEND(reading->arena, &reading->pages);
    if (!page)
        return MN_NO_MEMORY;
    *page = (struct mn_page){0};
    if (bytes.size < MN_PDF_PAGE_HEAD)
        return MN_MALFORMED;
    page->number = take(&cursor, 4);
    page->width = take_length(&cursor);
    page->height = take_length(&cursor);
    page->runs = mn_arena_alloc(reading->arena, (most_runs(&cursor) + 1) * sizeof *page->runs);
    if (!page->runs)
        return MN_NO_MEMORY;
    while (left_in(&cursor) > 0) {
        struct mn_run *run = &page->runs[page->run_count];
        if (!read_run(&cursor, run))
            return MN_MALFORMED;
        if (run->font >= reading->fonts.count)
            run->font = 0;
        page->run_count++;
    }
    return MN_OK;
}

static enum mn_status read_end(struct reading *reading, struct mn_slice bytes)
{
    struct cursor cursor = {.bytes = bytes};
    if (bytes.size != 5 || (unsigned char)bytes.data[0] >= MN_PDF_OUTCOME_COUNT)
        return MN_MALFORMED;
    reading->out->outcome = (enum mn_pdf_outcome)take(&cursor, 1);
    reading->out->page_count = take(&cursor, 4);
    reading->ended = true;
    return MN_OK;
}

static enum mn_status read_frame(struct reading *reading, uint32_t kind, struct mn_slice bytes)
{
    switch (kind) {
    case MN_PDF_FONT:
        return read_font(reading, bytes) ? MN_OK : MN_NO_MEMORY;
    case MN_PDF_PAGE:
        return read_page(reading, bytes);
    case MN_PDF_END:
        return read_end(reading, bytes);
    default:
        return MN_MALFORMED;
    }
}

enum mn_status mn_pages_read(struct mn_slice answer, struct mn_arena *arena, struct mn_pages *pages,
                             struct mn_error *error)
{
    *pages = (struct mn_pages){0};
    struct reading reading = {.arena = arena, .out = pages};
    struct cursor cursor = {.bytes = answer};
    enum mn_status status = MN_OK;
    while (status == MN_OK && !reading.ended) {
        if (left_in(&cursor) < MN_PDF_FRAME_HEAD) {
            status = MN_MALFORMED;
            break;
        }
        uint32_t kind = take(&cursor, 1);
        size_t size = take(&cursor, 4);
        if (size > left_in(&cursor)) {
            status = MN_MALFORMED;
            break;
        }
        status = read_frame(&reading, kind, mn_slice_cut(answer, cursor.at, cursor.at + size));
        cursor.at += size;
    }
    pages->items = reading.pages.items;
    pages->count = reading.pages.count;
    pages->fonts = reading.fonts.items;
    pages->font_count = reading.fonts.count;
    if (status == MN_NO_MEMORY)
        return mn_fail_memory(error);
    return status == MN_OK ? MN_OK : mn_fail(error, MN_MALFORMED, "the PDF parser's answer makes no sense");
}
