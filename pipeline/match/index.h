/* What a document holds of what programs look for: for every key set the tokens at which one of it stands, for every
 * sentence the marks of its words, and of lexicons' entries and the spans found so far likewise. Programs are only run
 * in scopes, and from starts, where what they cannot do without (struct mn_program) is there. */
#ifndef MN_MATCH_INDEX_H
#define MN_MATCH_INDEX_H

#include "document/document.h"
#include "lexis/forms.h"
#include "match/pool.h"
#include "rules/program.h"

/* A range of tokens of the document, end exclusive. */
struct mn_place {
    uint32_t start, end;
};

/* sizeof(struct mn_token) in numbers, for mn_forms_lexicon. */
#define MN_TOKEN_STRIDE 2

/* Tokens, or numbers of spans. */
typedef MN_POOL(uint32_t) mn_span_list;

/* What is known of a token of the document. */
struct mn_spot {
    const struct mn_form *form;
    uint64_t spans;     /* of which references spans begin there (mn_span_bit) */
    uint64_t entries;   /* of which lexicons entries may begin there (mn_lexicon_bit) */
    uint32_t signature; /* the number of its form's */
    uint32_t sentence;  /* that it stands in */
};

/* Can what has this number in the program's `firsts` begin there? */
static inline bool mn_spot_begins(const struct mn_spot *spot, const struct mn_program *program, uint32_t number)
{
    return mn_first_begins(program, number, spot->form, spot->spans);
}

/* One thread's; its memory serves for one document after the other. */
struct mn_index {
    const struct mn_rules *rules;
    mn_span_list *posted; /* by key set: where one of it stands, ascending */
    size_t *bounds;       /* by key set: what mn_index_bound said last */
    uint32_t posted_count;
    MN_POOL(uint32_t) used;         /* key sets with anything posted */
    MN_POOL(struct mn_spot) spots;  /* by token */
    MN_POOL(struct mn_marks) marks; /* by sentence */
};

/* False when memory is out; mn_index_close is needed all the same. */
bool mn_index_open(struct mn_index *index, const struct mn_rules *rules);
void mn_index_close(struct mn_index *index);

/* Gives back what only a very large document needs. */
void mn_index_rest(struct mn_index *index);

/* Takes up a document. False when memory is out. */
bool mn_index_begin(struct mn_index *index, const struct mn_document *document, const struct mn_forms *forms);

/* Adds a span of this reference that starts at the token. False when memory is out. */
bool mn_index_span(struct mn_index *index, uint32_t reference, uint32_t token);
/* To be called when all spans of a reference have been added. */
void mn_index_order(struct mn_index *index, uint32_t reference);

/* Is there all in the scope that a match of the program needs? */
bool mn_index_may_match(const struct mn_index *index, const struct mn_program *program, struct mn_place scope);

/* The first of the programs, from number `from` on, that may match in the scope; `count` when there is none. */
size_t mn_index_candidate(const struct mn_index *index, struct mn_program *const *programs, size_t from, size_t count,
                          struct mn_place scope);

/* Which of a key's places is the first that does not lie before the token; their number when there is none. Quick when
 * the same is asked again, or soon behind it. */
size_t mn_index_bound(struct mn_index *index, uint32_t key, uint32_t token);

#endif
