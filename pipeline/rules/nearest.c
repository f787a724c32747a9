#include "rules/nearest.h"

#include <stdio.h>

#define LONGEST_COMPARED 32
#define MOST_COMPARED 4000 /* a rule file of nothing but mistakes must not take minutes */

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

size_t mn_name_distance(struct mn_slice a, struct mn_slice b, size_t limit)
{
    size_t rows[3][LONGEST_COMPARED + 1];
    if (a.size > LONGEST_COMPARED || b.size > LONGEST_COMPARED)
        return mn_slice_equal(a, b) ? 0 : limit + 1;
    for (size_t j = 0; j <= b.size; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a.size; i++) {
        const size_t *above = rows[(i - 1) % 3], *second = rows[(i + 1) % 3];
        size_t *row = rows[i % 3];
        row[0] = i;
        for (size_t j = 1; j <= b.size; j++) {
            size_t change = above[j - 1] + (a.data[i - 1] != b.data[j - 1]);
            row[j] = smallest(change, above[j] + 1, row[j - 1] + 1);
            if (i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] && a.data[i - 2] == b.data[j - 1])
                row[j] = smallest(row[j], second[j - 2] + 1, row[j]);
        }
    }
    size_t distance = rows[a.size % 3][b.size];
    return distance > limit ? limit + 1 : distance;
}

static struct mn_slice behind_last_point(struct mn_slice name)
{
    size_t start = name.size;
    while (start && name.data[start - 1] != '.')
        start--;
    return mn_slice_cut(name, start, name.size);
}

static size_t difference(size_t a, size_t b)
{
    return a > b ? a - b : b - a;
}

struct mn_slice mn_nearest_name(const struct mn_names *names, struct mn_slice name)
{
    struct mn_slice nearest = MN_EMPTY, own = behind_last_point(name);
    size_t best = own.size / 3 + 2; /* a third of the letters may be wrong, but not all of them */
    best = best < own.size ? best : own.size;
    for (size_t i = 0; i < names->items.count && i < MOST_COMPARED && best; i++) {
        struct mn_slice other = names->items.items[i], others_own = behind_last_point(other);
        if (difference(own.size, others_own.size) >= best)
            continue;
        size_t distance = mn_name_distance(own, others_own, best);
        if (distance < best) {
            best = distance;
            nearest = other;
        }
    }
    return nearest;
}

void mn_join_names(const struct mn_names *names, char *out, size_t size)
{
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < names->items.count; i++) {
        struct mn_slice name = names->items.items[i];
        int wrote = snprintf(out + used, size - used, "%s%.*s", i ? ", " : "", MN_SLICE_ARGS(name));
        if (wrote < 0 || (size_t)wrote >= size - used)
            return;
        used += (size_t)wrote;
    }
}
