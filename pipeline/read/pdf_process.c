#include "read/pdf_process.h"

#include "base/beside.h"
#include "base/deadline.h"
#include "base/limits.h"
#include "layout/frames.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* After so many documents a process makes room for a fresh one, so that no leak of the parser grows without end. */
#define DOCUMENTS_OF_A_PROCESS 500
#define READ_AT_ONCE ((size_t)256 << 10)

extern char **environ;

struct mn_pdf_process {
    char *program;
    unsigned seconds;
    pid_t pid;  /* 0: not running */
    int socket; /* to and from it */
    unsigned documents;
    char *answer; /* kept from document to document */
    size_t size, capacity;
    time_t deadline; /* seconds of the monotonic clock */
};

/* What became of a question. */
enum fate { ANSWERED, GONE, TOO_SLOW, TOO_MUCH, NO_MEMORY };

static char *find_program(void)
{
    char beside[PATH_MAX + 32], below[PATH_MAX + 64];
    mn_beside_program("minutiae-pdf", beside, sizeof beside);
    mn_beside_program("../libexec/minutiae/minutiae-pdf", below, sizeof below);
    const char *given = getenv("MINUTIAE_PDF");
    const char *places[] = {beside, below, MN_LIBEXEC_DIR "/minutiae-pdf"};
    if (given && *given)
        return strdup(given);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (places[i][0] && access(places[i], X_OK) == 0)
            return strdup(places[i]);
    return strdup("minutiae-pdf"); /* whose absence is told when it is needed */
}

struct mn_pdf_process *mn_pdf_process_create(const char *program, unsigned seconds)
{
    struct mn_pdf_process *process = calloc(1, sizeof *process);
    if (!process)
        return NULL;
    process->socket = -1;
    process->seconds = seconds ? seconds : MN_LIMIT_PDF_SECONDS;
    process->program = program ? strdup(program) : find_program();
    if (process->program)
        return process;
    free(process);
    return NULL;
}

/* ---- starting and ending it ---- */

/* Ends the process and returns its wait status. */
static int end_process(struct mn_pdf_process *process)
{
    int status = 0;
    if (process->socket >= 0)
        close(process->socket);
    process->socket = -1;
    if (process->pid > 0) {
        kill(process->pid, SIGKILL);
        while (waitpid(process->pid, &status, 0) < 0 && errno == EINTR)
            ;
    }
    process->pid = 0;
    process->documents = 0;
    return status;
}

void mn_pdf_process_destroy(struct mn_pdf_process *process)
{
    if (!process)
        return;
    end_process(process);
    free(process->answer);
    free(process->program);
    free(process);
}

const char *mn_pdf_process_program(const struct mn_pdf_process *process)
{
    return process->program;
}

/* In a process group of its own: Ctrl-C at a terminal is for whoever asks, who lets it come to its end. */
static int set_group(posix_spawnattr_t *attributes)
{
    int outcome = posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETPGROUP);
    return outcome ? outcome : posix_spawnattr_setpgroup(attributes, 0);
}

static bool spawn(struct mn_pdf_process *process, int its_end)
{
    posix_spawn_file_actions_t actions;
    char seconds[16];
    snprintf(seconds, sizeof seconds, "%u", process->seconds);
    char *arguments[] = {process->program, seconds, NULL};
    posix_spawnattr_t attributes;
    if (posix_spawn_file_actions_init(&actions) != 0)
        return false;
    if (posix_spawnattr_init(&attributes) != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return false;
    }
    bool ready = posix_spawn_file_actions_adddup2(&actions, its_end, STDIN_FILENO) == 0 &&
                 posix_spawn_file_actions_adddup2(&actions, its_end, STDOUT_FILENO) == 0 &&
                 posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0) == 0 &&
                 set_group(&attributes) == 0;
    int outcome =
        ready ? posix_spawn(&process->pid, process->program, &actions, &attributes, arguments, environ) : ENOMEM;
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    errno = outcome;
    return outcome == 0;
}

static bool start_process(struct mn_pdf_process *process)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return false;
    bool started = spawn(process, ends[1]);
    int reason = errno;
    close(ends[1]);
    if (!started) {
        close(ends[0]);
        process->pid = 0;
        errno = reason;
        return false;
    }
    process->socket = ends[0];
    return true;
}

/* ---- question and answer ---- */

static time_t seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

/* Waits until the socket is ready for `events`; false when the time is over. */
static bool wait_for(const struct mn_pdf_process *process, short events)
{
    for (;;) {
        time_t left = process->deadline - seconds_now();
        struct pollfd ready = {.fd = process->socket, .events = events};
        int outcome = left > 0 ? poll(&ready, 1, (int)(left < 1000 ? left * 1000 : 1000000)) : 0;
        if (outcome > 0)
            return true;
        if (outcome == 0 && seconds_now() >= process->deadline)
            return false;
        if (outcome < 0 && errno != EINTR)
            return true; /* reading or writing will tell */
    }
}

static enum fate send_bytes(struct mn_pdf_process *process, const char *bytes, size_t size)
{
    for (size_t sent = 0; sent < size;) {
        ssize_t part = send(process->socket, bytes + sent, size - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (part > 0)
            sent += (size_t)part;
        else if (part < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            if (!wait_for(process, POLLOUT))
                return TOO_SLOW;
        } else if (part == 0 || errno != EINTR)
            return GONE;
    }
    return ANSWERED;
}

static bool make_room(struct mn_pdf_process *process)
{
    if (process->capacity - process->size >= READ_AT_ONCE)
        return true;
    size_t capacity = process->capacity ? 2 * process->capacity : 2 * READ_AT_ONCE;
    char *answer = realloc(process->answer, capacity);
    if (!answer)
        return false;
    process->answer = answer;
    process->capacity = capacity;
    return true;
}

static uint32_t u32_at(const char *bytes)
{
    uint32_t value = 0;
    for (unsigned i = 0; i < 4; i++)
        value |= (uint32_t)(unsigned char)bytes[i] << (8 * i);
    return value;
}

/* Is the last frame there? `*frame` is where the first frame begins that was not complete before. */
static bool has_end(const struct mn_pdf_process *process, size_t *frame)
{
    while (process->size - *frame >= MN_PDF_FRAME_HEAD) {
        const char *head = process->answer + *frame;
        size_t size = MN_PDF_FRAME_HEAD + (size_t)u32_at(head + 1);
        if (size > process->size - *frame)
            return false;
        *frame += size;
        if (head[0] == MN_PDF_END)
            return true;
    }
    return false;
}

static enum fate receive_answer(struct mn_pdf_process *process)
{
    size_t frame = 0;
    process->size = 0;
    while (!has_end(process, &frame)) {
        if (process->size > MN_LIMIT_PDF_ANSWER_BYTES)
            return TOO_MUCH;
        if (!make_room(process))
            return NO_MEMORY;
        if (!wait_for(process, POLLIN))
            return TOO_SLOW;
        ssize_t part = read(process->socket, process->answer + process->size, process->capacity - process->size);
        if (part > 0)
            process->size += (size_t)part;
        else if (part == 0 || errno != EINTR)
            return GONE;
    }
    return ANSWERED;
}

static enum fate ask(struct mn_pdf_process *process, struct mn_slice bytes)
{
    char head[8];
    for (unsigned i = 0; i < 4; i++) {
        head[i] = (char)(MN_PDF_QUESTION >> (8 * i) & 0xFF);
        head[4 + i] = (char)((uint32_t)bytes.size >> (8 * i) & 0xFF);
    }
    int64_t own = (int64_t)process->seconds * MN_LIMIT_PDF_WAIT, left = mn_deadline_left();
    process->deadline = seconds_now() + (time_t)(left < own ? left : own);
    enum fate fate = send_bytes(process, head, sizeof head);
    if (fate == ANSWERED)
        fate = send_bytes(process, bytes.data, bytes.size);
    return fate == ANSWERED || fate == GONE ? receive_answer(process) : fate;
}

/* ---- what is told ---- */

static bool is_over_time(int status)
{
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU;
}

static enum mn_status tell_death(const struct mn_pdf_process *process, int status, struct mn_slice name,
                                 struct mn_error *error)
{
    int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    if (signal == SIGKILL || signal == SIGTERM)
        return mn_fail(error, MN_NO_MEMORY,
                       "%.*s: the PDF parser was killed, perhaps as memory is out: run again, with fewer --threads",
                       MN_SLICE_ARGS(name));
    if (is_over_time(status))
        return mn_fail(
            error, MN_OVER_TIME,
            "%.*s: this PDF takes more than %u seconds of processor time to parse: print it to a new PDF, or "
            "leave it out",
            MN_SLICE_ARGS(name), process->seconds);
    return mn_fail(error, MN_MALFORMED,
                   "%.*s: the PDF parser broke down over it (%s %d): the file is damaged or needs more than %zu MiB to "
                   "parse: fetch it again or print it to a new PDF",
                   MN_SLICE_ARGS(name), signal ? "signal" : "exit", signal ? signal : WEXITSTATUS(status),
                   MN_LIMIT_PDF_MEMORY >> 20);
}

static enum mn_status tell(const struct mn_pdf_process *process, enum fate fate, int status, struct mn_slice name,
                           struct mn_error *error)
{
    if (fate == GONE)
        return tell_death(process, status, name, error);
    if (fate == TOO_SLOW && mn_deadline_passed())
        return mn_fail_late(error);
    if (fate == TOO_SLOW)
        return mn_fail(error, MN_OVER_TIME,
                       "%.*s: the PDF parser had no answer after %u seconds: print it to a new PDF, or leave it out",
                       MN_SLICE_ARGS(name), process->seconds * MN_LIMIT_PDF_WAIT);
    if (fate == TOO_MUCH)
        return mn_fail(error, MN_OVER_LIMIT, "%.*s: more text than one document may have: split it",
                       MN_SLICE_ARGS(name));
    return mn_fail_memory(error);
}

static enum mn_status cannot_start(const struct mn_pdf_process *process, struct mn_slice name, struct mn_error *error)
{
    return mn_fail(error, MN_UNSUPPORTED,
                   "%.*s: is a PDF, but the program that parses these, %s, cannot be started (%s): install it or set "
                   "MINUTIAE_PDF to its path",
                   MN_SLICE_ARGS(name), process->program, strerror(errno));
}

enum mn_status mn_pdf_process_ask(struct mn_pdf_process *process, struct mn_slice name, struct mn_slice bytes,
                                  struct mn_slice *answer, struct mn_error *error)
{
    for (bool fresh = process->pid == 0;; fresh = true) {
        if (process->pid == 0 && !start_process(process))
            return cannot_start(process, name, error);
        enum fate fate = ask(process, bytes);
        if (fate == ANSWERED)
            break;
        int status = end_process(process); /* one that is gone already keeps the status it ended with */
        if (fate != GONE || fresh || is_over_time(status))
            return tell(process, fate, status, name, error);
    }
    *answer = (struct mn_slice){process->answer, process->size};
    if (++process->documents >= DOCUMENTS_OF_A_PROCESS)
        end_process(process);
    return MN_OK;
}
