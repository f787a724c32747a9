#include "base/beside.h"

#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

void mn_beside_program(const char *suffix, char *out, size_t size)
{
    char program[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    out[0] = '\0';
    if (length <= 0)
        return;
    program[length] = '\0';
    if ((size_t)snprintf(out, size, "%s/%s", dirname(program), suffix) >= size)
        out[0] = '\0';
}
