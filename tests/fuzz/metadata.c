/* Any bytes as a file of metadata, table or XML: no crash, no leak; what loads can be asked. */
#include "input/metadata.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mn_metadata *metadata;
    struct mn_error error;
    struct mn_given given = {0};
    char path[64];
    FILE *file = tmpfile();
    if (!file)
        return 0;
    bool written = fwrite(data, 1, size, file) == size && fflush(file) == 0;
    snprintf(path, sizeof path, "/proc/self/fd/%d", fileno(file));
    if (written && mn_metadata_load(path, &metadata, &error) == MN_OK) {
        mn_metadata_find(metadata, MN_LITERAL("a"), &given);
        if (given.charset.data && given.charset.data[given.charset.size] != '\0')
            abort();
        mn_metadata_free(metadata);
    }
    fclose(file);
    return 0;
}
