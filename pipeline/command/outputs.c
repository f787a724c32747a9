#include "command/outputs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum mn_status cannot_write(const char *path, struct mn_error *error)
{
    if (errno == ENAMETOOLONG)
        return mn_fail(error, MN_NOT_WRITABLE, "%s cannot be written: %s; give the document a shorter name", path,
                       strerror(errno));
    return mn_fail(error, MN_NOT_WRITABLE,
                   "%s cannot be written: %s; check the folder, its permissions and the free space", path,
                   strerror(errno));
}

/* Makes every folder that the path names; the path is changed and restored meanwhile. */
static enum mn_status make_folders(char *path, struct mn_error *error)
{
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        bool failed = mkdir(path, 0777) != 0 && errno != EEXIST;
        enum mn_status status = failed ? cannot_write(path, error) : MN_OK;
        *slash = '/';
        if (status != MN_OK)
            return status;
    }
    return MN_OK;
}

static bool write_all(int descriptor, struct mn_slice bytes)
{
    for (size_t done = 0; done < bytes.size;) {
        ssize_t count = write(descriptor, bytes.data + done, bytes.size - done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return false;
        done += (size_t)count;
    }
    return fsync(descriptor) == 0 || errno == EINVAL;
}

static enum mn_status write_renamed(const char *path, const char *temporary, struct mn_slice bytes,
                                    struct mn_error *error)
{
    int descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (descriptor < 0)
        return cannot_write(path, error);
    bool written = write_all(descriptor, bytes);
    int reason = errno;
    if (close(descriptor) != 0 && written) {
        written = false;
        reason = errno;
    }
    if (written && rename(temporary, path) == 0)
        return MN_OK;
    errno = written ? errno : reason;
    enum mn_status status = cannot_write(path, error);
    unlink(temporary);
    return status;
}

/* Bytes of a temporary name; hidden, so that it is no document, and of this process alone. */
enum { MOST_TEMPORARY = 64 };

enum mn_status output_write(const char *folder, const char *name, const char *ending, struct mn_slice bytes,
                            struct mn_error *error)
{
    size_t size = strlen(folder) + strlen(name) + strlen(ending) + 2;
    char *path = malloc(size), *temporary = malloc(size + MOST_TEMPORARY);
    enum mn_status status;
    if (!path || !temporary) {
        status = mn_fail_memory(error);
        goto done;
    }
    snprintf(path, size, "%s/%s%s", folder, name, ending);
    char *slash = strrchr(path, '/');
    snprintf(temporary, size + MOST_TEMPORARY, "%.*s/.minutiae-%ld.part", (int)(slash - path), path, (long)getpid());
    status = make_folders(path, error);
    if (status == MN_OK)
        status = write_renamed(path, temporary, bytes, error);
done:
    free(path);
    free(temporary);
    return status;
}

void output_remove(const char *folder, const char *name, const char *ending)
{
    size_t size = strlen(folder) + strlen(name) + strlen(ending) + 2;
    char *path = malloc(size);
    if (path) {
        snprintf(path, size, "%s/%s%s", folder, name, ending);
        unlink(path);
    }
    free(path);
}
