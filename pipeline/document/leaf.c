#include "document/leaf.h"
#include "base/utf8.h"

void mn_leaf_begin(struct mn_leaf *leaf)
{
    leaf->text.count = 0;
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
    return leaf->text.count
               ? mn_slice_cut((struct mn_slice){leaf->text.items, leaf->text.count}, start, leaf->text.count)
               : MN_EMPTY;
}

static bool is_kept(struct mn_slice text, size_t start, size_t end)
{
    char out[32];
    return mn_utf8_fold(mn_slice_cut(text, start, end), out) > 0;
}

/* Is there white space before the first kept character? */
static bool starts_with_space(struct mn_slice text)
{
    for (size_t at = 0; at < text.size;) {
        size_t start = at;
        if (mn_is_space(mn_utf8_next(text, &at)))
            return true;
        if (is_kept(text, start, at))
            return false;
    }
    return false;
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

static void set_waiting_marks(struct mn_leaf *leaf)
{
    for (size_t mark = 0; mark < MN_LEAF_MARK_COUNT; mark++) {
        if (leaf->waiting[mark])
            leaf->starts[mark] = (uint32_t)leaf->text.count;
        leaf->waiting[mark] = false;
    }
}

bool mn_leaf_add(struct mn_leaf *leaf, struct mn_slice text)
{
    size_t bound = mn_utf8_fold_bound(text.size) + 1;
    if (!MN_RESERVE(leaf->arena, &leaf->text, leaf->text.count + bound))
        return false;
    bool space = leaf->text.count && (leaf->space || starts_with_space(text));
    size_t size = mn_utf8_fold(text, leaf->text.items + leaf->text.count + space);
    if (size == SIZE_MAX)
        return false;
    if (size == 0) {
        leaf->space = space;
        return true;
    }
    if (space)
        leaf->text.items[leaf->text.count++] = ' ';
    set_waiting_marks(leaf);
    leaf->text.count += size;
    leaf->space = ends_with_space(text);
    return true;
}
