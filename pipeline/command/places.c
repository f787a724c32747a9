#include "command/places.h"

#include "base/beside.h"
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_folder(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

const char *data_folder(const char *name)
{
    static char path[PATH_MAX + 64];
    char beside[PATH_MAX + 32];
    mn_beside_program("../share/minutiae", beside, sizeof beside);
    const char *given = getenv("MINUTIAE_DATA");
    const char *places[] = {given ? given : "", beside, MN_DATA_DIR, MN_SOURCE_DIR};
    size_t count = given ? 1 : sizeof places / sizeof *places; /* what is given is not looked for elsewhere */
    for (size_t i = 0; i < count; i++) {
        snprintf(path, sizeof path, "%s/%s", places[i], name);
        if (places[i][0] && is_folder(path))
            break;
    }
    return path;
}

/* Adds the parts of a list with colons, which is changed: each part is ended. */
static bool add_parts(char *parts, const char *shipped, struct option_list *paths)
{
    for (char *part = parts;;) {
        char *end = strchr(part, ':');
        if (end)
            *end = '\0';
        if (!option_list_add(paths, *part ? part : shipped))
            return false;
        if (!end)
            return true;
        part = end + 1;
    }
}

bool rule_paths_in(const char *list, char **memory, struct option_list *paths)
{
    *memory = strdup(list);
    return *memory && add_parts(*memory, data_folder("rules"), paths);
}

bool rule_paths(const struct option_list *given, struct option_list *paths)
{
    static char *parts;
    const char *variable = getenv("MINUTIAE_RULES"), *shipped = data_folder("rules");
    bool done = true;
    for (size_t i = 0; i < given->count && done; i++)
        done = option_list_add(paths, given->items[i]);
    if (given->count)
        return done;
    if (!variable || !*variable)
        return option_list_add(paths, shipped);
    free(parts);
    return rule_paths_in(variable, &parts, paths);
}
