#include "command/profiles.h"

#include "base/limits.h"
#include "input/feed.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum mn_status write_file(const char *path, const struct mn_profile *profile, struct mn_error *error)
{
    struct mn_writer out;
    FILE *file = fopen(path, "wb");
    if (!file)
        return mn_fail(error, MN_NOT_WRITABLE,
                       "%s: cannot be written: %s; check the folder, its permissions and the free space", path,
                       strerror(errno));
    mn_writer_init(&out, file);
    mn_write_literal(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    bool made = mn_profile_write(profile, &out);
    enum mn_status status = mn_writer_finish(&out, error);
    mn_writer_free(&out);
    if (fclose(file) != 0 && status == MN_OK)
        status = mn_fail(error, MN_NOT_WRITABLE,
                         "%s: cannot be written: %s; check the folder, its permissions and the free space", path,
                         strerror(errno));
    return made ? status : mn_fail_memory(error);
}

enum mn_status profile_save(const char *path, const struct mn_profile *profile, struct mn_error *error)
{
    size_t size = strlen(path) + sizeof ".part";
    char *part = malloc(size);
    if (!part)
        return mn_fail_memory(error);
    snprintf(part, size, "%s.part", path);
    enum mn_status status = write_file(part, profile, error);
    if (status == MN_OK && rename(part, path) != 0)
        status = mn_fail(error, MN_NOT_WRITABLE,
                         "%s: cannot be written: %s; check the folder, its permissions and the free space", path,
                         strerror(errno));
    if (status != MN_OK)
        unlink(part);
    free(part);
    return status;
}

static enum mn_status load_one(const char *path, struct mn_profile *all, struct mn_error *error)
{
    struct mn_slice xml = MN_EMPTY;
    struct mn_profile *profile = NULL;
    char *buffer = NULL;
    size_t capacity = 0;
    enum mn_status status = mn_load_file(path, MN_LIMIT_DOCUMENT_BYTES, &buffer, &capacity, &xml, error);
    if (status != MN_OK) {
        struct mn_error reason = *error;
        mn_fail(error, status, "%s: %s", path, reason.message);
    } else {
        status = mn_profile_read(path, xml, &profile, error);
    }
    free(buffer);
    if (status == MN_OK) {
        struct mn_error reason;
        status = mn_profile_merge(all, profile, &reason);
        if (status != MN_OK)
            mn_fail(error, status, "%s: %s", path, reason.message);
    }
    mn_profile_destroy(profile);
    return status;
}

enum mn_status profiles_load(const struct option_list *paths, struct mn_profile **profile, struct mn_error *error)
{
    enum mn_status status = MN_OK;
    *profile = mn_profile_create();
    if (!*profile)
        return mn_fail_memory(error);
    for (size_t i = 0; i < paths->count && status == MN_OK; i++)
        status = load_one(paths->items[i], *profile, error);
    if (status == MN_OK)
        return MN_OK;
    mn_profile_destroy(*profile);
    *profile = NULL;
    return status;
}
