/* Where a document's leaves stand: which leaf holds a byte, and how far apart two places are. */
#ifndef MN_INTERPRET_LEAVES_H
#define MN_INTERPRET_LEAVES_H

#include "document/document.h"
#include "rules/program.h"

struct mn_leaves {
    uint32_t *starts; /* of the leaves with text, in order */
    uint32_t *heads;  /* for each the number of headings before it */
    struct mn_points {
        uint32_t heads, paragraphs;
    } * points; /* for each how many up to it, itself included, are numbered headings, numbered paragraphs */
    size_t count;
};

/* In the arena. False when memory is out. */
bool mn_leaves_index(const struct mn_document *document, struct mn_arena *arena, struct mn_leaves *leaves);

/* The number of leaves that lie wholly between the end of one range and the start of another behind it. */
uint32_t mn_leaves_between(const struct mn_leaves *leaves, uint32_t end, uint32_t start);

/* The same for headings. */
uint32_t mn_leaves_heads_between(const struct mn_leaves *leaves, uint32_t end, uint32_t start);

/* Does the next numbered point begin behind the end of one range and no later than another one starts: a numbered
 * heading, or a numbered paragraph behind one in which the range stands? */
bool mn_leaves_point_begins(const struct mn_leaves *leaves, uint32_t end, uint32_t start);

/* What lies between a find and a span whose rule gives. */
struct mn_gap {
    uint64_t distance; /* leaves first, then bytes: what is nearer has less */
    uint32_t leaves, tokens;
    bool holds; /* the find holds the giver: nothing lies between */
};
struct mn_gap mn_gap(const struct mn_leaves *leaves, const struct mn_span *find, const struct mn_span *giver);

/* Is it within the limits of a <give>? */
bool mn_gap_allows(const struct mn_gap *gap, const struct mn_give *give);

/* Does the place stand at the beginning of a leaf, behind a number or a quotation mark at most, and a heading directly
 * before that leaf? */
bool mn_leaves_is_headed(const struct mn_leaves *leaves, uint32_t start);

/* The list whose item the leaf stands in, the innermost, or MN_NONE. */
uint32_t mn_leaf_list(const struct mn_document *document, uint32_t leaf);

#endif
