#include "command/outputs.h"

#include "input/feed.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static enum mn_status cannot_write(const char *path, struct mn_error *error)
{
    if (errno == ENAMETOOLONG)
        return mn_fail(error, MN_OVER_LIMIT, "%s cannot be written: %s; give the document a shorter name", path,
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
    return true;
}

/* A folder has the record's name, or a record that of its folder: no reason to end the run. */
static enum mn_status cannot_rename(const char *path, struct mn_error *error)
{
    if (errno != ENOTDIR && errno != EISDIR)
        return cannot_write(path, error);
    return mn_fail(error, MN_UNSUPPORTED,
                   "%s cannot be written: a record and a folder would have one name; give one of the documents another",
                   path);
}

/* Renames; where a folder on the way is missing, makes it first. */
static enum mn_status rename_into_place(const char *temporary, char *path, struct mn_error *error)
{
    if (rename(temporary, path) == 0)
        return MN_OK;
    if (errno != ENOENT)
        return cannot_rename(path, error);
    enum mn_status status = make_folders(path, error);
    if (status == MN_OK && rename(temporary, path) != 0)
        status = cannot_rename(path, error);
    return status;
}

/* Closes the file; false, with the reason in errno, if that or what came before failed. */
static bool close_after(int descriptor, bool done)
{
    int reason = errno;
    bool closed = close(descriptor) == 0;
    if (!done)
        errno = reason;
    return done && closed;
}

static enum mn_status write_temporary(const char *path, char *temporary, struct mn_slice bytes, struct mn_error *error)
{
    const int flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW;
    int descriptor = open(temporary, flags, 0666);
    if (descriptor < 0 && errno == ENOENT) {
        enum mn_status status = make_folders(temporary, error);
        if (status != MN_OK)
            return status;
        descriptor = open(temporary, flags, 0666);
    }
    if (descriptor < 0)
        return cannot_write(path, error);
    if (close_after(descriptor, write_all(descriptor, bytes)))
        return MN_OK;
    enum mn_status status = cannot_write(path, error);
    unlink(temporary);
    return status;
}

static bool sync_file(const char *path)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    return descriptor >= 0 && close_after(descriptor, fsync(descriptor) == 0 || errno == EINVAL);
}

static char *path_of(const struct output *output)
{
    size_t size = strlen(output->folder) + output->name.size + strlen(output->ending) + 2;
    char *path = malloc(size);
    if (path)
        snprintf(path, size, "%s/%.*s%s", output->folder, MN_SLICE_ARGS(output->name), output->ending);
    return path;
}

char *output_state_path(const char *folder, const char *name)
{
    size_t size = strlen(folder) + sizeof OUTPUT_STATE + strlen(name) + 3;
    char *path = malloc(size);
    if (path)
        snprintf(path, size, "%s/" OUTPUT_STATE "/%s", folder, name);
    return path;
}

#define TEMPORARY "part-"

static char *temporary_of(const struct output *output)
{
    char name[64];
    snprintf(name, sizeof name, TEMPORARY "%ld-%zu", (long)getpid(), output->number);
    return output_state_path(output->folder, name);
}

enum mn_status output_prepare(const struct output *output, struct mn_slice bytes, struct mn_error *error)
{
    char *path = path_of(output), *temporary = temporary_of(output);
    enum mn_status status = path && temporary ? write_temporary(path, temporary, bytes, error) : mn_fail_memory(error);
    free(path);
    free(temporary);
    return status;
}

bool output_sync(const char *folder)
{
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return descriptor >= 0 && close_after(descriptor, syncfs(descriptor) == 0);
}

enum mn_status output_place(const struct output *output, bool synced, struct mn_error *error)
{
    char *path = path_of(output), *temporary = temporary_of(output);
    enum mn_status status = path && temporary ? MN_OK : mn_fail_memory(error);
    if (status == MN_OK && !synced && !sync_file(temporary))
        status = cannot_write(path, error);
    if (status == MN_OK)
        status = rename_into_place(temporary, path, error);
    if (status != MN_OK && temporary)
        unlink(temporary);
    free(path);
    free(temporary);
    return status;
}

void output_drop(const struct output *output)
{
    char *temporary = temporary_of(output);
    if (temporary)
        unlink(temporary);
    free(temporary);
}

enum mn_status output_write(const struct output *output, struct mn_slice bytes, struct mn_error *error)
{
    enum mn_status status = output_prepare(output, bytes, error);
    return status == MN_OK ? output_place(output, false, error) : status;
}

void output_remove(const struct output *output)
{
    char *path = path_of(output);
    if (path)
        unlink(path);
    free(path);
}

bool output_holds(const struct output *output, const struct mn_sha256 *sha256)
{
    char *path = path_of(output), *buffer = NULL;
    size_t capacity = 0;
    struct mn_slice bytes;
    struct mn_sha256 found;
    bool holds = path && mn_load_file(path, SIZE_MAX / 4, &buffer, &capacity, &bytes, NULL) == MN_OK &&
                 mn_sha256(bytes, &found) && memcmp(&found, sha256, sizeof found) == 0;
    free(buffer);
    free(path);
    return holds;
}

enum mn_status output_open(const char *folder, struct mn_error *error)
{
    char *path = output_state_path(folder, "");
    enum mn_status status = path ? make_folders(path, error) : mn_fail_memory(error);
    free(path);
    return status;
}

void output_clean(const char *folder)
{
    char *path = output_state_path(folder, "");
    DIR *stream = path ? opendir(path) : NULL;
    for (struct dirent *entry; stream && (entry = readdir(stream));)
        if (strncmp(entry->d_name, TEMPORARY, sizeof TEMPORARY - 1) == 0)
            unlinkat(dirfd(stream), entry->d_name, 0);
    if (stream)
        closedir(stream);
    free(path);
}

void output_close(const char *folder)
{
    char *path = output_state_path(folder, "");
    output_sync(folder);
    if (path)
        rmdir(path);
    free(path);
}
