#include "document/guard.h"
#include "base/limits.h"

enum state {
    IN_TEXT,
    AFTER_LESS,
    AFTER_BANG, /* <! */
    AFTER_DASH, /* <!- */
    IN_COMMENT, /* <!-- */
    IN_COMMENT_DASH,
    IN_COMMENT_DASHES,
    IN_INSTRUCTION, /* <? */
    IN_INSTRUCTION_END,
    IN_CDATA, /* <![ */
    IN_CDATA_BRACKET,
    IN_CDATA_BRACKETS,
    IN_TAG,
    IN_QUOTES,
    IN_APOSTROPHES,
    STATE_COUNT
};

/* In each state three bytes lead somewhere, all others to `other`. */
static const struct {
    struct {
        char byte;
        unsigned char next;
    } on[3];
    unsigned char other;
} states[] = {
    [IN_TEXT] = {{{'<', AFTER_LESS}}, IN_TEXT},
    [AFTER_LESS] = {{{'!', AFTER_BANG}, {'?', IN_INSTRUCTION}, {'>', IN_TEXT}}, IN_TAG},
    [AFTER_BANG] = {{{'-', AFTER_DASH}, {'[', IN_CDATA}}, AFTER_BANG},
    [AFTER_DASH] = {{{'-', IN_COMMENT}}, AFTER_BANG},
    [IN_COMMENT] = {{{'-', IN_COMMENT_DASH}}, IN_COMMENT},
    [IN_COMMENT_DASH] = {{{'-', IN_COMMENT_DASHES}}, IN_COMMENT},
    [IN_COMMENT_DASHES] = {{{'-', IN_COMMENT_DASHES}, {'>', IN_TEXT}}, IN_COMMENT},
    [IN_INSTRUCTION] = {{{'?', IN_INSTRUCTION_END}}, IN_INSTRUCTION},
    [IN_INSTRUCTION_END] = {{{'?', IN_INSTRUCTION_END}, {'>', IN_TEXT}}, IN_INSTRUCTION},
    [IN_CDATA] = {{{']', IN_CDATA_BRACKET}}, IN_CDATA},
    [IN_CDATA_BRACKET] = {{{']', IN_CDATA_BRACKETS}}, IN_CDATA},
    [IN_CDATA_BRACKETS] = {{{']', IN_CDATA_BRACKETS}, {'>', IN_TEXT}}, IN_CDATA},
    [IN_TAG] = {{{'>', IN_TEXT}, {'"', IN_QUOTES}, {'\'', IN_APOSTROPHES}}, IN_TAG},
    [IN_QUOTES] = {{{'"', IN_TAG}}, IN_QUOTES},
    [IN_APOSTROPHES] = {{{'\'', IN_TAG}}, IN_APOSTROPHES},
};
_Static_assert(sizeof states / sizeof states[0] == STATE_COUNT, "a row for every state");

static int step(int state, char byte)
{
    for (size_t i = 0; i < 3; i++)
        if (states[state].on[i].byte == byte && byte != '\0')
            return states[state].on[i].next;
    return states[state].other;
}

/* Before the root element, what begins with "<!" and is no comment is a document type. Behind it that is malformed, and
 * libxml2 says so. */
static bool is_document_type(const struct mn_guard *guard, int next)
{
    bool declares = (guard->state == AFTER_BANG || guard->state == AFTER_DASH) && next != AFTER_DASH;
    return declares && next != IN_COMMENT && !guard->root;
}

static void take(struct mn_guard *guard, char byte)
{
    int next = step(guard->state, byte);
    if (is_document_type(guard, next))
        guard->finding = MN_GUARD_DOCUMENT_TYPE;
    guard->markup = next == IN_TEXT ? 0 : guard->markup + 1;
    guard->root |= next >= IN_TAG;
    if (guard->markup > MN_LIMIT_MARKUP_BYTES)
        guard->finding = MN_GUARD_LONG_MARKUP;
    guard->state = next;
}

enum mn_guard_finding mn_guard_look(struct mn_guard *guard, struct mn_slice piece)
{
    for (size_t at = 0; at < piece.size && guard->finding == MN_GUARD_NOTHING; at++) {
        if (guard->state == IN_TEXT) {
            const char *less = memchr(piece.data + at, '<', piece.size - at);
            if (less == NULL)
                break;
            at = (size_t)(less - piece.data);
        }
        take(guard, piece.data[at]);
    }
    return guard->finding;
}
