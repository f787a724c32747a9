/* Preloaded into the program: calls to the system that fail or find things changed, for files whose path holds a word.
 *     FAIL_READ=WORD      read fails with EIO after the first KiB
 *     FAIL_WRITE=WORD     write and pwrite fail with ENOSPC after FAIL_AFTER bytes in all (default 0)
 *     FAIL_SYNC=WORD      fsync fails with EIO, and syncfs whatever the word is
 *     FAIL_RENAME=WORD    rename to such a path fails with ENOSPC
 *     FAIL_VANISH=WORD    the file is taken away just before it is opened
 *     FAIL_GROW=WORD      a byte is added to the file after each read of it
 *     FAIL_NETWORK=1      a socket to anywhere but this machine's processes ends the program (abort)
 *     KILL_WRITE=WORD     the KILL_AT-th pwrite kills the process: it writes up to the first edge of a page, or nothing
 *                         where it crosses none, as the kernel leaves a write that a kill cuts off */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static bool is_named(const char *variable, const char *path)
{
    const char *word = getenv(variable);
    return word && *word && path && strstr(path, word);
}

static bool path_of(int descriptor, char path[PATH_MAX])
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t size = readlink(link, path, PATH_MAX - 1);
    path[size > 0 ? size : 0] = '\0';
    return size > 0;
}

static bool concerns(const char *variable, int descriptor)
{
    char path[PATH_MAX];
    return getenv(variable) && path_of(descriptor, path) && is_named(variable, path);
}

/* dlsym gives an object pointer, which ISO C does not turn into a function. */
#define ORIGINAL(name)                                                                                                 \
    __typeof__(&(name)) call;                                                                                          \
    do {                                                                                                               \
        void *found = dlsym(RTLD_NEXT, #name);                                                                         \
        memcpy(&call, &found, sizeof call);                                                                            \
    } while (0)

ssize_t read(int descriptor, void *out, size_t size)
{
    ORIGINAL(read);
    if (concerns("FAIL_READ", descriptor)) {
        if (lseek(descriptor, 0, SEEK_CUR) >= 1024) {
            errno = EIO;
            return -1;
        }
        return call(descriptor, out, size < 1024 ? size : 1024);
    }
    ssize_t got = call(descriptor, out, size);
    char path[PATH_MAX];
    if (got > 0 && concerns("FAIL_GROW", descriptor) && path_of(descriptor, path)) {
        FILE *file = fopen(path, "a");
        if (file) {
            fputc('x', file);
            fclose(file);
        }
    }
    return got;
}

static bool is_full(int descriptor, size_t size)
{
    static atomic_size_t written;
    const char *after = getenv("FAIL_AFTER");
    if (!concerns("FAIL_WRITE", descriptor))
        return false;
    if (atomic_fetch_add(&written, size) + size <= (after ? strtoul(after, NULL, 10) : 0))
        return false;
    errno = ENOSPC;
    return true;
}

ssize_t write(int descriptor, const void *bytes, size_t size)
{
    ORIGINAL(write);
    return is_full(descriptor, size) ? -1 : call(descriptor, bytes, size);
}

static void kill_within(int descriptor, size_t size, off_t offset, size_t *whole)
{
    static atomic_ulong count;
    const char *at = getenv("KILL_AT");
    *whole = SIZE_MAX;
    if (!concerns("KILL_WRITE", descriptor) || atomic_fetch_add(&count, 1) + 1 != (at ? strtoul(at, NULL, 10) : 1))
        return;
    size_t left = 4096 - (size_t)offset % 4096;
    *whole = left < size ? left : 0;
}

ssize_t pwrite(int descriptor, const void *bytes, size_t size, off_t offset)
{
    ORIGINAL(pwrite);
    size_t whole;
    kill_within(descriptor, size, offset, &whole);
    if (whole < size) {
        call(descriptor, bytes, whole, offset);
        kill(getpid(), SIGKILL);
    }
    return is_full(descriptor, size) ? -1 : call(descriptor, bytes, size, offset);
}

int fsync(int descriptor)
{
    ORIGINAL(fsync);
    if (concerns("FAIL_SYNC", descriptor)) {
        errno = EIO;
        return -1;
    }
    return call(descriptor);
}

int syncfs(int descriptor)
{
    ORIGINAL(syncfs);
    if (getenv("FAIL_SYNC")) {
        errno = EIO;
        return -1;
    }
    return call(descriptor);
}

int socket(int domain, int type, int protocol)
{
    ORIGINAL(socket);
    if (getenv("FAIL_NETWORK") && domain != AF_UNIX)
        abort();
    return call(domain, type, protocol);
}

int rename(const char *from, const char *to)
{
    ORIGINAL(rename);
    if (is_named("FAIL_RENAME", to)) {
        errno = ENOSPC;
        return -1;
    }
    return call(from, to);
}

int open(const char *path, int flags, ...)
{
    ORIGINAL(open);
    va_list arguments;
    va_start(arguments, flags);
    int mode = flags & O_CREAT ? va_arg(arguments, int) : 0;
    va_end(arguments);
    if (is_named("FAIL_VANISH", path))
        unlink(path);
    return call(path, flags, mode);
}
