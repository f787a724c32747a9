#include "tokenise/tokenise.h"

#include "base/bisect.h"
#include "base/deadline.h"
#include "lexis/cut.h"

/* Tokens of one sentence. */
static enum mn_status cut_sentence(struct mn_document *document, struct mn_forms *forms, struct mn_slice sentence,
                                   uint32_t start, struct mn_error *error)
{
    struct mn_slice word;
    for (size_t position = 0; mn_cut_next(sentence, &position, &word);) {
        if (document->tokens.count >= document->limits.tokens)
            return mn_fail(error, MN_OVER_LIMIT,
                           "%.*s: more than %zu tokens (words, signs): split it, or raise --max-tokens",
                           MN_SLICE_ARGS(document->source.name), document->limits.tokens);
        struct mn_token *token = MN_APPEND(document->arena, &document->tokens);
        uint32_t form = token ? mn_forms_intern(forms, word) : MN_NO_SYMBOL;
        if (form == MN_NO_SYMBOL)
            return mn_fail_memory(error);
        *token = (struct mn_token){start + (uint32_t)(word.data - sentence.data), form};
    }
    return MN_OK;
}

enum mn_status mn_tokenise(struct mn_document *document, struct mn_forms *forms, struct mn_error *error)
{
    document->tokens.count = 0;
    for (size_t i = 0; i < document->sentences.count; i++) {
        const struct mn_sentence *sentence = &document->sentences.items[i];
        struct mn_slice text = mn_document_text(document, sentence->start, sentence->end);
        if (mn_deadline_passed())
            return mn_fail_late(error);
        enum mn_status status = cut_sentence(document, forms, text, sentence->start, error);
        if (status != MN_OK)
            return status;
    }
    mn_tokenise_ranges(document);
    return MN_OK;
}

/* The first token at or behind a byte. */
static uint32_t token_at(const struct mn_document *document, uint32_t byte)
{
    return (uint32_t)MN_COUNT_BELOW(struct mn_token, start, document->tokens.items, document->tokens.count, byte);
}

void mn_tokenise_ranges(struct mn_document *document)
{
    uint32_t next = 0, count = (uint32_t)document->tokens.count;
    for (size_t i = 0; i < document->sentences.count; i++) {
        struct mn_sentence *sentence = &document->sentences.items[i];
        while (next < count && document->tokens.items[next].start < sentence->start)
            next++;
        sentence->first_token = next;
        while (next < count && document->tokens.items[next].start < sentence->end)
            next++;
        sentence->end_token = next;
    }
    for (size_t i = 0; i < document->nodes.count; i++) {
        struct mn_node *node = &document->nodes.items[i];
        bool has_text = node->kind != MN_FW; /* the ranges of furniture are in another text */
        node->first_token = token_at(document, has_text ? node->start : 0);
        node->end_token = has_text ? token_at(document, node->end) : node->first_token;
    }
}
