#include "interpret/agenda.h"

/* Fewer sections side by side are the parts of one item rather than items. */
#define FEWEST_PLAIN_SECTIONS 3

/* Bytes at the end of a title that may say which file is behind it. */
#define LONGEST_FILE_MARK 40

static const struct mn_node *node_at(const struct mn_agenda *agenda, uint32_t index)
{
    return &agenda->document->nodes.items[index];
}

/* The heading of a section that has no role, or MN_NONE. */
static uint32_t head_of(const struct mn_document *document, uint32_t index)
{
    const struct mn_node *node = &document->nodes.items[index];
    bool headed = node->kind == MN_DIV && !node->role && index + 1 < node->after &&
                  document->nodes.items[index + 1].kind == MN_HEAD;
    return headed ? index + 1 : MN_NONE;
}

bool mn_agenda_index(const struct mn_document *document, const struct mn_segmentation *segmentation,
                     struct mn_agenda *agenda)
{
    size_t count = document->nodes.count;
    *agenda = (struct mn_agenda){document, segmentation,
                                 mn_arena_alloc(document->arena, (count + 1) * sizeof *agenda->plain)};
    if (!agenda->plain)
        return false;
    memset(agenda->plain, 0, (count + 1) * sizeof *agenda->plain);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t head = head_of(document, i), parent = document->nodes.items[i].parent;
        if (head != MN_NONE && document->nodes.items[head].numbering == MN_UNNUMBERED && parent != MN_NONE)
            agenda->plain[parent]++;
    }
    return true;
}

static bool is_sign(char byte)
{
    return byte == '.' || byte == ')' || byte == '(' || byte == ':' || byte == ' ' || byte == '[' || byte == ']';
}

static struct mn_slice number_of(const struct mn_agenda *agenda, uint32_t head)
{
    const struct mn_node *node = node_at(agenda, head);
    struct mn_slice number = mn_document_text(agenda->document, node->start, node->content);
    while (number.size && is_sign(number.data[0]))
        number = mn_slice_cut(number, 1, number.size);
    while (number.size && is_sign(number.data[number.size - 1]))
        number.size--;
    return number;
}

/* Is the first number that of a part of the second: 6.2 of 6? */
static bool goes_on_from(struct mn_slice part, struct mn_slice whole)
{
    return whole.size && part.size > whole.size && mn_slice_starts(part, whole) && part.data[whole.size] == '.';
}

uint32_t mn_agenda_item(const struct mn_agenda *agenda, uint32_t leaf)
{
    uint32_t numbered = MN_NONE, plain = MN_NONE;
    for (uint32_t i = leaf; i < agenda->document->nodes.count; i = node_at(agenda, i)->parent) {
        uint32_t head = head_of(agenda->document, i), parent = node_at(agenda, i)->parent;
        if (head == MN_NONE)
            continue;
        if (node_at(agenda, head)->numbering == MN_DECIMAL) {
            bool part = numbered != MN_NONE && goes_on_from(number_of(agenda, numbered), number_of(agenda, head));
            numbered = part ? numbered : head;
        } else if (node_at(agenda, head)->numbering == MN_UNNUMBERED && plain == MN_NONE && parent != MN_NONE &&
                   agenda->plain[parent] >= FEWEST_PLAIN_SECTIONS) {
            plain = head;
        }
    }
    return numbered != MN_NONE ? numbered : plain;
}

/* "PDF 78 KB": words, one of them with a digit. */
static bool names_a_file(struct mn_slice words)
{
    bool digits = false, blanks = false;
    for (size_t i = 0; i < words.size; i++) {
        digits = digits || (words.data[i] >= '0' && words.data[i] <= '9');
        blanks = blanks || words.data[i] == ' ';
    }
    return digits && blanks && (words.data[0] < '0' || words.data[0] > '9') &&
           (words.data[words.size - 1] < '0' || words.data[words.size - 1] > '9');
}

/* The end of a title without the furniture behind it: "Minutes pdf icon PDF 78 KB" ends after its first word. */
static uint32_t title_end(const struct mn_agenda *agenda, const struct mn_node *node)
{
    struct mn_slice title = mn_document_text(agenda->document, node->content, node->end);
    size_t first = title.size > LONGEST_FILE_MARK ? title.size - LONGEST_FILE_MARK : 1;
    for (size_t i = first; i < title.size; i++) {
        struct mn_slice rest = mn_slice_cut(title, i, title.size);
        if (title.data[i - 1] == ' ' && names_a_file(rest) && mn_segmentation_is_furniture(agenda->segmentation, rest))
            return node->content + (uint32_t)i - 1;
    }
    return node->end;
}

struct mn_field mn_agenda_part(const struct mn_agenda *agenda, uint32_t head)
{
    const struct mn_node *node = node_at(agenda, head);
    return (struct mn_field){MN_LITERAL("item"), number_of(agenda, head), node->content, title_end(agenda, node),
                             MN_NONE};
}
