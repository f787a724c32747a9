#include "tree.h"

#include "base/writer.h"
#include <stdlib.h>

static unsigned depth_of(const struct mn_document *document, const struct mn_node *node)
{
    unsigned depth = 0;
    for (; node->parent != MN_NONE; ++depth)
        node = &document->nodes.items[node->parent];
    return depth;
}

static void write_leaf(struct mn_writer *out, const struct mn_document *document, const struct mn_node *node)
{
    if (node->kind == MN_FW) {
        mn_write_literal(out, " ");
        mn_write(out, mn_slice_cut(document->furniture, node->start, node->end));
        return;
    }
    struct mn_slice enumerator = mn_node_enumerator(document, node);
    if (enumerator.size > 0) {
        mn_write_literal(out, " {");
        mn_write(out, enumerator);
        mn_write_literal(out, "}");
    }
    for (uint32_t i = node->first_sentence; i < node->end_sentence; ++i) {
        const struct mn_sentence *sentence = &document->sentences.items[i];
        mn_write(out, i > node->first_sentence ? MN_LITERAL(" / ") : MN_LITERAL(" "));
        mn_write(out, mn_document_text(document, sentence->start, sentence->end));
    }
}

static void write_flags(struct mn_writer *out, const struct mn_document *document, const struct mn_node *node)
{
    if (node->kind == MN_DIV && node->role) {
        mn_write_literal(out, " =");
        mn_write(out, document->roles.items[node->role]);
    }
    if (node->flags & MN_CONTINUES)
        mn_write_literal(out, " +");
    if (node->flags & MN_LABEL)
        mn_write_literal(out, " @");
}

char *print_tree(const struct mn_document *document)
{
    struct mn_writer out;
    mn_writer_init(&out, NULL);
    for (size_t i = 0; i < document->nodes.count; ++i) {
        const struct mn_node *node = &document->nodes.items[i];
        for (unsigned depth = depth_of(document, node); depth > 0; --depth)
            mn_write_literal(&out, "  ");
        mn_write(&out, mn_slice_of(mn_node_element(node->kind)));
        write_flags(&out, document, node);
        if (mn_node_is_leaf(node))
            write_leaf(&out, document, node);
        mn_write_literal(&out, "\n");
    }
    char *text = calloc(out.size + 1, 1);
    if (text && out.size > 0)
        memcpy(text, out.data, out.size);
    mn_writer_free(&out);
    return text;
}
