#include "document/leaf.h"
#include "base/utf8.h"

#define FIRST_MARK 0x300    /* characters below it are starters and compose with nothing before them */
#define FARTHEST_STARTER 64 /* canonical text has at most thirty-odd marks in a row (mn_utf8_fold) */

void mn_leaf_begin(struct mn_leaf *leaf)
{
    leaf->text.count = 0;
    leaf->border = 0;
    leaf->space = false;
    memset(leaf->waiting, 0, sizeof leaf->waiting);
    memset(leaf->starts, 0, sizeof leaf->starts);
}

void mn_leaf_mark(struct mn_leaf *leaf, enum mn_leaf_mark mark)
{
    leaf->waiting[mark] = true;
}

struct mn_slice mn_leaf_take(struct mn_leaf *leaf, enum mn_leaf_mark mark)
{
    size_t start = leaf->waiting[mark] ? leaf->text.count : leaf->starts[mark];
    leaf->waiting[mark] = false;
    leaf->border = (uint32_t)leaf->text.count;
    return leaf->text.count
               ? mn_slice_cut((struct mn_slice){leaf->text.items, leaf->text.count}, start, leaf->text.count)
               : MN_EMPTY;
}

static bool is_kept(struct mn_slice text, size_t start, size_t end)
{
    char out[32];
    return mn_utf8_fold(mn_slice_cut(text, start, end), out) > 0;
}

/* The first kept character, 0 for none, and whether white space stands before it. */
static int32_t first_kept(struct mn_slice text, bool *space)
{
    *space = false;
    for (size_t at = 0; at < text.size;) {
        size_t start = at;
        int32_t character = mn_utf8_next(text, &at);
        if (mn_is_space(character))
            *space = true;
        else if (is_kept(text, start, at))
            return character;
    }
    return 0;
}

static bool ends_with_space(struct mn_slice text)
{
    for (size_t at = text.size; at > 0;) {
        size_t end = at;
        if (mn_is_space(mn_utf8_previous(text, &at)))
            return true;
        if (is_kept(text, at, end))
            return false;
    }
    return false;
}

/* Where the end of the text begins that what follows can change. Characters below FIRST_MARK are never changed by what
 * stands before them, and neither is anything that far back: canonical text has no longer run of marks. */
static size_t start_of_end(struct mn_slice text)
{
    size_t at = text.size;
    for (size_t characters = 0; at > 0 && characters < FARTHEST_STARTER; characters++)
        if (mn_utf8_previous(text, &at) < FIRST_MARK)
            break;
    return at < text.size && text.data[at] == ' ' ? at + 1 : at;
}

static size_t common_size(const char *one, const char *other, size_t size)
{
    size_t common = 0;
    while (common < size && one[common] == other[common])
        common++;
    return common;
}

static bool is_any_waiting(const struct mn_leaf *leaf)
{
    bool any = false;
    for (size_t mark = 0; mark < MN_LEAF_MARK_COUNT; mark++)
        any |= leaf->waiting[mark];
    return any;
}

static void set_waiting_marks(struct mn_leaf *leaf)
{
    if (is_any_waiting(leaf))
        leaf->border = (uint32_t)leaf->text.count;
    for (size_t mark = 0; mark < MN_LEAF_MARK_COUNT; mark++) {
        if (leaf->waiting[mark])
            leaf->starts[mark] = (uint32_t)leaf->text.count;
        leaf->waiting[mark] = false;
    }
}

/* Adds text that may change the end of what is there: folds both together. */
static enum mn_status join(struct mn_leaf *leaf, struct mn_slice text)
{
    size_t start = start_of_end((struct mn_slice){leaf->text.items, leaf->text.count});
    size_t end_size = leaf->text.count - start, size = end_size + text.size;
    if (!MN_RESERVE(leaf->arena, &leaf->joint, size) ||
        !MN_RESERVE(leaf->arena, &leaf->text, start + mn_utf8_fold_bound(size)))
        return MN_NO_MEMORY;
    char *end = leaf->text.items + start;
    memcpy(leaf->joint.items, end, end_size);
    memcpy(leaf->joint.items + end_size, text.data, text.size);
    size = mn_utf8_fold((struct mn_slice){leaf->joint.items, size}, end);
    if (size == SIZE_MAX)
        return MN_NO_MEMORY;
    size_t same = common_size(end, leaf->joint.items, size < end_size ? size : end_size);
    if (same < end_size && (is_any_waiting(leaf) || leaf->border > start + same))
        return MN_MALFORMED;
    set_waiting_marks(leaf);
    leaf->text.count = start + size;
    return MN_OK;
}

/* Adds text that what is there is not changed by, behind a space if need be. */
static enum mn_status append(struct mn_leaf *leaf, struct mn_slice text, bool space)
{
    if (!MN_RESERVE(leaf->arena, &leaf->text, leaf->text.count + mn_utf8_fold_bound(text.size) + 1))
        return MN_NO_MEMORY;
    size_t size = mn_utf8_fold(text, leaf->text.items + leaf->text.count + space);
    if (size == SIZE_MAX)
        return MN_NO_MEMORY;
    if (space)
        leaf->text.items[leaf->text.count++] = ' ';
    set_waiting_marks(leaf);
    leaf->text.count += size;
    return MN_OK;
}

enum mn_status mn_leaf_add(struct mn_leaf *leaf, struct mn_slice text)
{
    bool space;
    int32_t first = first_kept(text, &space);
    space = leaf->text.count && (leaf->space || space);
    if (first == 0) {
        leaf->space = space;
        return MN_OK;
    }
    bool joins = leaf->text.count && !space && first >= FIRST_MARK;
    enum mn_status status = joins ? join(leaf, text) : append(leaf, text, space);
    leaf->space = ends_with_space(text);
    return status;
}
