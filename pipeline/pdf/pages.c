/* A document's pages through poppler-glib: the text with a box and a font for every character, cut into runs. */
#include "base/limits.h"
#include "pdf/pdf.h"
#include <poppler.h>
#include <stdlib.h>
#include <string.h>

#define HUNDREDTHS 100.0
#define TENTHS 10.0
#define LARGEST_LENGTH 2000000.0 /* hundredths of a point: more than any page has */
#define LONGEST_RUN 512          /* bytes */
#define LINE_SHIFT 0.5           /* points that a letter may stand higher or lower in one run */

#define WIDEST_GAP 0.3 /* between the letters of one word, of their height */

/* Marks of writing direction that poppler puts into the text without a box. */
#define FIRST_DIRECTION 0x202A
#define LAST_DIRECTION 0x202E

struct fonts {
    char **names;
    uint32_t count, capacity;
};

/* One page's text while it is cut. */
struct cutting {
    struct frame *frame;
    struct fonts *fonts;
    struct frame *font_frame;
    const PopplerRectangle *boxes;
    guint box_count;
    const GList *style; /* PopplerTextAttributes of the character at hand and of those behind it */
    /* The run that is being put together. */
    char text[LONGEST_RUN + 8];
    size_t size;
    PopplerRectangle box, last;
    const PopplerTextAttributes *run_style;
    unsigned letters, turned;
    bool glued;
    size_t sent; /* bytes of text */
};

static int32_t hundredths(double points)
{
    double value = points * HUNDREDTHS;
    if (!(value > -LARGEST_LENGTH)) /* also what is no number */
        return (int32_t)-LARGEST_LENGTH;
    return (int32_t)(value < LARGEST_LENGTH ? value : LARGEST_LENGTH);
}

static uint16_t tenths(double points)
{
    double value = points * TENTHS + 0.5;
    return value > 0 && value < UINT16_MAX ? (uint16_t)value : 0;
}

static uint16_t add_font(struct fonts *fonts, const char *name, struct frame *frame)
{
    if (fonts->count == UINT16_MAX)
        return 0;
    if (fonts->count == fonts->capacity) {
        fonts->capacity = fonts->capacity ? 2 * fonts->capacity : 16;
        fonts->names = realloc(fonts->names, fonts->capacity * sizeof *fonts->names);
        if (!fonts->names)
            exit(EXIT_FAILURE);
    }
    fonts->names[fonts->count] = strdup(name);
    if (!fonts->names[fonts->count])
        exit(EXIT_FAILURE);
    frame_begin(frame, MN_PDF_FONT);
    frame_bytes(frame, name, strlen(name));
    frame_send(frame);
    return (uint16_t)fonts->count++;
}

/* The font's number; a new one is sent first. */
static uint16_t font_number(struct fonts *fonts, const char *name, struct frame *frame)
{
    for (uint32_t i = fonts->count; i-- > 0;) /* the newest first: it is most often that one again */
        if (strcmp(fonts->names[i], name) == 0)
            return (uint16_t)i;
    return add_font(fonts, name, frame);
}

static void free_fonts(struct fonts *fonts)
{
    for (uint32_t i = 0; i < fonts->count; i++)
        free(fonts->names[i]);
    free(fonts->names);
}

static void end_run(struct cutting *cutting)
{
    if (cutting->size == 0)
        return;
    const PopplerTextAttributes *style = cutting->run_style;
    const char *name = style && style->font_name ? style->font_name : "";
    struct frame *frame = cutting->frame;
    unsigned flags = (cutting->glued ? MN_PDF_GLUED : 0) | (cutting->turned * 2 > cutting->letters ? MN_PDF_TURNED : 0);
    uint16_t font = font_number(cutting->fonts, name, cutting->font_frame);
    frame_i32(frame, hundredths(cutting->box.x1));
    frame_i32(frame, hundredths(cutting->box.y1));
    frame_i32(frame, hundredths(cutting->box.x2));
    frame_i32(frame, hundredths(cutting->box.y2));
    frame_u16(frame, font);
    frame_u16(frame, tenths(style ? style->font_size : 0));
    frame_u16(frame, (uint16_t)flags);
    frame_u16(frame, (uint16_t)cutting->size);
    frame_bytes(frame, cutting->text, cutting->size);
    cutting->sent += cutting->size;
    cutting->size = 0;
    cutting->glued = true; /* until white space says otherwise */
}

static void begin_run(struct cutting *cutting, const PopplerRectangle *box)
{
    end_run(cutting);
    cutting->box = *box;
    cutting->last = *box;
    cutting->run_style = cutting->style ? cutting->style->data : NULL;
    cutting->letters = cutting->turned = 0;
}

static bool same_style(const PopplerTextAttributes *a, const PopplerTextAttributes *b)
{
    return a == b || (a && b && a->font_size == b->font_size && g_strcmp0(a->font_name, b->font_name) == 0);
}

static double distance(double a, double b)
{
    return a < b ? b - a : a - b;
}

/* Does the character stand apart from the one before, though no white space is between them? */
static bool is_gap(const struct cutting *cutting, const PopplerRectangle *box)
{
    return distance(box->x1, cutting->last.x2) > WIDEST_GAP * (box->y2 - box->y1);
}

/* Does the character go on with the run? */
static bool goes_on(const struct cutting *cutting, const PopplerRectangle *box)
{
    return cutting->size > 0 && cutting->size + 8 < LONGEST_RUN &&
           same_style(cutting->run_style, cutting->style ? cutting->style->data : NULL) &&
           distance(box->y1, cutting->last.y1) <= LINE_SHIFT && distance(box->y2, cutting->last.y2) <= LINE_SHIFT &&
           !is_gap(cutting, box);
}

static void add_letter(struct cutting *cutting, const char *letter, size_t size, const PopplerRectangle *box)
{
    bool goes = goes_on(cutting, box);
    if (!goes && cutting->size > 0 && is_gap(cutting, box)) {
        end_run(cutting);
        cutting->glued = false;
    }
    if (!goes)
        begin_run(cutting, box);
    cutting->letters++;
    cutting->turned += cutting->size > 0 && distance(box->x1, cutting->last.x1) < distance(box->y1, cutting->last.y1);
    memcpy(cutting->text + cutting->size, letter, size);
    cutting->size += size;
    cutting->last = *box;
    cutting->box.x1 = MIN(cutting->box.x1, box->x1);
    cutting->box.y1 = MIN(cutting->box.y1, box->y1);
    cutting->box.x2 = MAX(cutting->box.x2, box->x2);
    cutting->box.y2 = MAX(cutting->box.y2, box->y2);
}

static void cut_text(struct cutting *cutting, const char *text)
{
    guint index = 0;
    for (const char *at = text; *at && index < cutting->box_count;) {
        const char *next = g_utf8_next_char(at);
        gunichar letter = g_utf8_get_char(at);
        bool direction = letter >= FIRST_DIRECTION && letter <= LAST_DIRECTION;
        while (cutting->style && (guint)((const PopplerTextAttributes *)cutting->style->data)->end_index < index)
            cutting->style = cutting->style->next;
        if (g_unichar_isspace(letter) || letter == 0xA0) {
            end_run(cutting);
            cutting->glued = false;
        } else if (!direction) {
            add_letter(cutting, at, (size_t)(next - at), &cutting->boxes[index]);
        }
        index += !direction;
        at = next;
    }
    end_run(cutting);
}

/* Sends the page; bytes of text in it. */
static size_t send_page(PopplerPage *page, uint32_t number, struct fonts *fonts)
{
    static struct frame frame, font_frame;
    double width = 0, height = 0;
    poppler_page_get_size(page, &width, &height);
    frame_begin(&frame, MN_PDF_PAGE);
    frame_u32(&frame, number);
    frame_i32(&frame, hundredths(width));
    frame_i32(&frame, hundredths(height));
    PopplerRectangle *boxes = NULL;
    struct cutting cutting = {.frame = &frame, .fonts = fonts, .font_frame = &font_frame};
    char *text = poppler_page_get_text(page);
    if (text && *text && poppler_page_get_text_layout(page, &boxes, &cutting.box_count)) {
        GList *styles = poppler_page_get_text_attributes(page);
        cutting.boxes = boxes;
        cutting.style = styles;
        cut_text(&cutting, text);
        poppler_page_free_text_attributes(styles);
    }
    g_free(boxes);
    g_free(text);
    frame_send(&frame);
    return cutting.sent;
}

static enum mn_pdf_outcome send_pages(PopplerDocument *document, uint32_t page_count)
{
    struct fonts fonts = {0};
    size_t sent = 0;
    uint32_t number = 0;
    enum mn_pdf_outcome outcome = MN_PDF_DONE;
    while (number < page_count && outcome == MN_PDF_DONE) {
        PopplerPage *page = poppler_document_get_page(document, (int)number++);
        if (!page) {
            outcome = MN_PDF_DAMAGED;
            break;
        }
        sent += send_page(page, number, &fonts);
        g_object_unref(page);
        if (sent > MN_LIMIT_PDF_TEXT_BYTES)
            outcome = MN_PDF_TOO_LARGE;
    }
    free_fonts(&fonts);
    return outcome;
}

enum mn_pdf_outcome send_document(const char *bytes, size_t size, uint32_t *page_count)
{
    GBytes *source = g_bytes_new_static(bytes, size);
    GError *error = NULL;
    PopplerDocument *document = poppler_document_new_from_bytes(source, NULL, &error);
    enum mn_pdf_outcome outcome = MN_PDF_DAMAGED;
    if (document) {
        int pages = poppler_document_get_n_pages(document);
        *page_count = pages > 0 ? (uint32_t)pages : 0;
        outcome = *page_count <= MN_LIMIT_PDF_PAGES ? send_pages(document, *page_count) : MN_PDF_TOO_LARGE;
        g_object_unref(document);
    } else if (g_error_matches(error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED)) {
        outcome = MN_PDF_ENCRYPTED;
    }
    g_clear_error(&error);
    g_bytes_unref(source);
    return outcome;
}
