#include "input/feed.h"
#include "base/digest.h"
#include "base/fault.h"
#include "base/limits.h"
#include "input/descriptor.h"
#include "input/output_name.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { START = 64 << 10 }; /* bytes by which a container is known */

/* A container that is open, and what it lies in. */
struct opened {
    struct mn_container *container;
    char *name, *output; /* of the container */
    int descriptor;      /* to be closed; -1: none */
    struct stat before;  /* of the descriptor's file */
    char *bytes;         /* of a container in a container */
};

struct mn_feed {
    const struct mn_feed_options *options;
    struct mn_container_options container;
    struct mn_walk *walk;
    struct opened opened[MN_MOST_CONTAINER_NESTING];
    size_t depth;
    struct mn_walk_counts counts; /* of containers that are closed */
    uint64_t *outputs;            /* digests of the names that were given out: an open hash table; 0: free */
    size_t output_count, output_capacity;
    uint64_t finished;         /* bytes of files that are done with */
    _Atomic uint64_t consumed; /* those, and of the outermost container what was read */
};

bool mn_input_init(struct mn_input *input)
{
    *input = (struct mn_input){.arena = mn_arena_create()};
    return input->arena != NULL;
}

void mn_input_free(struct mn_input *input)
{
    mn_arena_destroy(input->arena);
    free(input->buffer);
    *input = (struct mn_input){0};
}

static enum mn_status too_large(size_t limit, struct mn_error *error)
{
    return mn_fail(error, MN_OVER_LIMIT, "is larger than %zu bytes; raise --max-bytes if it is one document", limit);
}

static enum mn_status cannot_read(struct mn_error *error)
{
    return mn_fail(error, MN_NOT_READABLE, "cannot be read: %s; check the name and its permissions", strerror(errno));
}

/* A file that is being read. */
struct reading {
    int descriptor, stop;
    size_t limit, expected;
    struct stat before;
    char **buffer;
    size_t *capacity, size;
    bool ended;
};

static enum mn_status begin_reading(struct reading *reading, struct mn_error *error)
{
    if (fstat(reading->descriptor, &reading->before) != 0)
        return cannot_read(error);
    if (S_ISDIR(reading->before.st_mode))
        return mn_fail(error, MN_NOT_READABLE, "is a folder where a file is expected; give the files in it");
    bool regular = S_ISREG(reading->before.st_mode);
    uintmax_t size = regular && reading->before.st_size > 0 ? (uintmax_t)reading->before.st_size : 0;
    if (regular)
        reading->stop = -1;
    reading->expected = size > reading->limit ? START : (size_t)size + 1;
    return MN_OK;
}

static enum mn_status make_room(struct reading *reading, struct mn_error *error)
{
    if (reading->size < *reading->capacity && reading->expected <= *reading->capacity)
        return MN_OK;
    size_t twice = *reading->capacity * 2;
    size_t wanted = twice > reading->expected ? twice : reading->expected;
    wanted = wanted > START ? wanted : START;
    char *larger = mn_fault_due() ? NULL : realloc(*reading->buffer, wanted);
    if (!larger)
        return mn_fail_memory(error);
    *reading->buffer = larger;
    *reading->capacity = wanted;
    return MN_OK;
}

/* Reads up to `most` bytes in all, or to the end. */
static enum mn_status read_up_to(struct reading *reading, size_t most, struct mn_error *error)
{
    while (!reading->ended && reading->size < most) {
        enum mn_status status = make_room(reading, error);
        if (status != MN_OK)
            return status;
        size_t room = *reading->capacity - reading->size, wanted = most - reading->size;
        ssize_t got = mn_descriptor_read(reading->descriptor, reading->stop, *reading->buffer + reading->size,
                                         room < wanted ? room : wanted);
        if (got < 0)
            return cannot_read(error);
        reading->ended = got == 0;
        reading->size += (size_t)got;
    }
    return MN_OK;
}

/* What is written to while it is read would be half the old and half the new. */
static bool has_changed(int descriptor, const struct stat *before)
{
    struct stat after;
    return S_ISREG(before->st_mode) && fstat(descriptor, &after) == 0 &&
           (after.st_size != before->st_size || after.st_mtim.tv_sec != before->st_mtim.tv_sec ||
            after.st_mtim.tv_nsec != before->st_mtim.tv_nsec);
}

static enum mn_status changes(struct mn_error *error)
{
    return mn_fail(error, MN_NOT_READABLE, "changes while it is read; run again when it is complete");
}

static enum mn_status finish_reading(struct reading *reading, struct mn_slice *bytes, struct mn_error *error)
{
    bool regular = S_ISREG(reading->before.st_mode);
    if (regular && reading->before.st_size > 0 && (uintmax_t)reading->before.st_size > reading->limit)
        return too_large(reading->limit, error);
    /* One byte more than there was says that it grows; it may do so without end. */
    size_t most = reading->expected > 1 && regular ? reading->expected : reading->limit + 1;
    enum mn_status status = read_up_to(reading, most, error);
    if (status != MN_OK)
        return status;
    if (reading->size > reading->limit)
        return too_large(reading->limit, error);
    if (has_changed(reading->descriptor, &reading->before))
        return changes(error);
    *bytes = (struct mn_slice){*reading->buffer, reading->size};
    return MN_OK;
}

static int open_path(const char *path)
{
    return strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
}

static void close_descriptor(int descriptor)
{
    if (descriptor > STDIN_FILENO)
        close(descriptor);
}

enum mn_status mn_load_file(const char *path, size_t limit, char **buffer, size_t *capacity, struct mn_slice *bytes,
                            struct mn_error *error)
{
    struct reading reading = {
        .descriptor = open_path(path), .stop = -1, .limit = limit, .buffer = buffer, .capacity = capacity};
    if (reading.descriptor < 0)
        return cannot_read(error);
    enum mn_status status = begin_reading(&reading, error);
    if (status == MN_OK)
        status = finish_reading(&reading, bytes, error);
    close_descriptor(reading.descriptor);
    return status;
}

struct mn_feed *mn_feed_open(const struct mn_feed_options *options)
{
    struct mn_feed *feed = mn_fault_due() ? NULL : calloc(1, sizeof *feed);
    if (!feed)
        return NULL;
    feed->options = options;
    feed->container = (struct mn_container_options){
        .max_bytes = options->max_bytes,
        .max_ratio = options->max_ratio,
        .stop = options->walk.stop,
        .walk = &options->walk,
    };
    feed->walk = mn_walk_open(&options->walk);
    if (feed->walk)
        return feed;
    free(feed);
    return NULL;
}

static void close_top(struct mn_feed *feed)
{
    struct opened *top = &feed->opened[--feed->depth];
    struct mn_walk_counts counts = mn_container_counts(top->container);
    feed->counts.left_aside += counts.left_aside;
    feed->counts.special += counts.special;
    if (feed->depth == 0)
        feed->finished += mn_container_consumed(top->container);
    mn_container_close(top->container);
    close_descriptor(top->descriptor);
    free(top->name);
    free(top->output);
    free(top->bytes);
    *top = (struct opened){.descriptor = -1};
}

void mn_feed_close(struct mn_feed *feed)
{
    if (!feed)
        return;
    while (feed->depth)
        close_top(feed);
    mn_walk_close(feed->walk);
    free(feed->outputs);
    free(feed);
}

struct mn_walk_counts mn_feed_counts(const struct mn_feed *feed)
{
    struct mn_walk_counts counts = *mn_walk_counts(feed->walk);
    counts.left_aside += feed->counts.left_aside;
    counts.special += feed->counts.special;
    return counts;
}

static char *duplicate(struct mn_slice text)
{
    char *copy = mn_fault_due() ? NULL : malloc(text.size + 1);
    if (copy) {
        memcpy(copy, text.data, text.size);
        copy[text.size] = '\0';
    }
    return copy;
}

/* Takes the container, the descriptor and the bytes over, also when it fails. */
static enum mn_status push(struct mn_feed *feed, const struct mn_input *input, struct mn_container *container,
                           int descriptor, char *bytes, struct mn_error *error)
{
    struct opened *top = &feed->opened[feed->depth++];
    *top = (struct opened){.container = container,
                           .name = duplicate(input->name),
                           .output = duplicate(input->output),
                           .descriptor = descriptor,
                           .bytes = bytes};
    if (top->name && top->output)
        return MN_OK;
    close_top(feed);
    return mn_fail_memory(error);
}

/* Opens the file and loads it, or goes into it when it is a container: then *entered. */
static enum mn_status load_or_enter(struct mn_feed *feed, struct mn_input *input, const char *path, bool *entered)
{
    struct mn_error *error = &input->error;
    struct reading reading = {.descriptor = open_path(path),
                              .stop = feed->options->walk.stop,
                              .limit = feed->options->max_bytes,
                              .buffer = &input->buffer,
                              .capacity = &input->capacity};
    if (reading.descriptor < 0)
        return cannot_read(error);
    enum mn_status status = begin_reading(&reading, error);
    if (status == MN_OK)
        status = read_up_to(&reading, START, error);
    struct mn_slice start = {input->buffer, reading.size};
    if (status == MN_OK && mn_is_container(start)) {
        struct mn_container *container;
        status = mn_container_open_file(reading.descriptor, start, &feed->container, &container, error);
        if (status == MN_OK) {
            status = push(feed, input, container, reading.descriptor, NULL, error);
            *entered = status == MN_OK;
            if (*entered)
                feed->opened[feed->depth - 1].before = reading.before;
            return status;
        }
    } else if (status == MN_OK) {
        status = finish_reading(&reading, &input->bytes, error);
    }
    close_descriptor(reading.descriptor);
    return status;
}

/* A document that is a container itself, inside another. */
static enum mn_status enter_nested(struct mn_feed *feed, struct mn_input *input, bool *entered)
{
    struct mn_container *container;
    size_t most = feed->options->max_nesting ? feed->options->max_nesting : MN_LIMIT_CONTAINER_NESTING;
    if (feed->depth >= (most < MN_MOST_CONTAINER_NESTING ? most : MN_MOST_CONTAINER_NESTING))
        return mn_fail(&input->error, MN_OVER_LIMIT,
                       "is a container inside %zu other%s: unpack the outermost first, or raise --max-nesting",
                       feed->depth, feed->depth == 1 ? "" : "s");
    enum mn_status status = mn_container_open_bytes(input->bytes, &feed->container, &container, &input->error);
    if (status != MN_OK)
        return status;
    status = push(feed, input, container, -1, input->buffer, &input->error);
    input->buffer = NULL;
    input->capacity = 0;
    *entered = status == MN_OK;
    return status;
}

/* OUTER + between + NAME; of a container that is one compressed file OUTER alone. */
static struct mn_slice join(struct mn_arena *arena, const char *outer, const char *between, struct mn_slice name)
{
    if (name.size == 0)
        between = "";
    size_t first = strlen(outer), second = strlen(between);
    char *text = mn_arena_alloc(arena, first + second + name.size + 1);
    if (!text)
        return MN_EMPTY;
    memcpy(text, outer, first);
    memcpy(text + first, between, second);
    memcpy(text + first + second, name.data ? name.data : "", name.size);
    text[first + second + name.size] = '\0';
    return (struct mn_slice){text, first + second + name.size};
}

/* The output's name: what the container says may be anything and is made safe, part by part. */
static struct mn_slice join_output(struct mn_arena *arena, const char *outer, struct mn_slice name)
{
    struct mn_slice safe = name.size ? mn_output_name(arena, name) : name;
    return name.size && !safe.data ? MN_EMPTY : join(arena, outer, "!/", safe);
}

/* A failure of the container itself, under its own name; it is closed then. */
static void give_container(struct mn_feed *feed, struct mn_input *input)
{
    struct opened *top = &feed->opened[feed->depth - 1];
    input->name = join(input->arena, top->name, "", MN_EMPTY);
    input->output = join(input->arena, top->output, "", MN_EMPTY);
    close_top(feed);
}

/* The next document of the innermost container; false when there is none and it was left. */
static bool next_member(struct mn_feed *feed, struct mn_input *input)
{
    struct opened *top = &feed->opened[feed->depth - 1];
    struct mn_member member;
    bool more, entered = false;
    input->status = mn_container_next(top->container, input->arena, &more, &member, &input->error);
    if (input->status != MN_OK) {
        give_container(feed, input);
        return true;
    }
    if (!more && has_changed(top->descriptor, &top->before)) {
        input->status = changes(&input->error);
        give_container(feed, input);
        return true;
    }
    if (!more) {
        close_top(feed);
        return false;
    }
    input->given = member.given;
    input->name = join(input->arena, top->name, "!", member.name);
    input->output = join_output(input->arena, top->output, member.name);
    if (!input->name.data || !input->output.data)
        input->status = mn_fail_memory(&input->error);
    if (input->status == MN_OK)
        input->status =
            mn_container_load(top->container, &input->buffer, &input->capacity, &input->bytes, &input->error);
    if (input->status == MN_OK && mn_is_container(input->bytes))
        input->status = enter_nested(feed, input, &entered);
    return !entered;
}

/* The next file; false when it is a container, which was gone into. */
static bool next_file(struct mn_feed *feed, struct mn_input *input, bool *ended)
{
    struct mn_file file;
    bool entered = false;
    *ended = !mn_walk_next(feed->walk, input->arena, &file);
    if (*ended)
        return false;
    input->name = file.path;
    input->output = file.output;
    input->status = file.status;
    input->error = file.error;
    if (input->status == MN_OK)
        input->status = load_or_enter(feed, input, file.path.data, &entered);
    return !entered;
}

/* The digest of a name, as that of a file or (with a slash behind it) of a folder; never 0. */
static bool digest_name(struct mn_slice name, const char *ending, uint64_t *digest)
{
    struct mn_sha256 sha256;
    const struct mn_slice parts[] = {name, mn_slice_of(ending)};
    if (!mn_sha256_list(parts, sizeof parts / sizeof *parts, &sha256))
        return false;
    memcpy(digest, sha256.bytes, sizeof *digest);
    *digest += *digest == 0;
    return true;
}

static void insert(uint64_t *table, size_t capacity, uint64_t digest)
{
    size_t at = (size_t)digest & (capacity - 1);
    while (table[at])
        at = (at + 1) & (capacity - 1);
    table[at] = digest;
}

static bool grow_outputs(struct mn_feed *feed)
{
    if (feed->output_count * 4 < feed->output_capacity * 3)
        return true;
    size_t capacity = feed->output_capacity ? feed->output_capacity * 2 : 1024;
    uint64_t *table = mn_fault_due() ? NULL : calloc(capacity, sizeof *table);
    if (!table)
        return false;
    for (size_t i = 0; i < feed->output_capacity; i++)
        if (feed->outputs[i])
            insert(table, capacity, feed->outputs[i]);
    free(feed->outputs);
    feed->outputs = table;
    feed->output_capacity = capacity;
    return true;
}

static bool is_known(const struct mn_feed *feed, uint64_t digest)
{
    if (feed->output_capacity == 0)
        return false;
    size_t at = (size_t)digest & (feed->output_capacity - 1);
    while (feed->outputs[at] && feed->outputs[at] != digest)
        at = (at + 1) & (feed->output_capacity - 1);
    return feed->outputs[at] != 0;
}

static bool remember(struct mn_feed *feed, uint64_t digest)
{
    if (is_known(feed, digest))
        return true;
    if (!grow_outputs(feed))
        return false;
    insert(feed->outputs, feed->output_capacity, digest);
    feed->output_count++;
    return true;
}

/* What a name that is to be given out meets. */
enum claim { CLAIM_FREE, CLAIM_TAKEN, CLAIM_FOLDER, CLAIM_FAILED };

static enum claim meet(const struct mn_feed *feed, struct mn_slice path)
{
    uint64_t file, folder;
    if (!digest_name(path, "", &file) || !digest_name(path, "/", &folder))
        return CLAIM_FAILED;
    return is_known(feed, file) ? CLAIM_TAKEN : is_known(feed, folder) ? CLAIM_FOLDER : CLAIM_FREE;
}

/* Is one of the folders on the way a file? Where none is, with `take` they are folders from now on. */
static enum claim meet_folders(struct mn_feed *feed, struct mn_slice path, bool take, struct mn_slice *common)
{
    for (size_t i = 0; i < path.size; i++) {
        uint64_t file, folder;
        if (path.data[i] != '/')
            continue;
        struct mn_slice name = mn_slice_cut(path, 0, i);
        if (!digest_name(name, "", &file) || !digest_name(name, "/", &folder) || (take && !remember(feed, folder)))
            return CLAIM_FAILED;
        *common = name;
        if (!take && is_known(feed, file))
            return CLAIM_FOLDER;
    }
    return CLAIM_FREE;
}

static enum claim claim(struct mn_feed *feed, struct mn_slice path, struct mn_slice *common)
{
    uint64_t file;
    enum claim met = meet(feed, path);
    *common = path;
    if (met == CLAIM_FREE)
        met = meet_folders(feed, path, false, common);
    if (met == CLAIM_FREE)
        met = meet_folders(feed, path, true, common);
    if (met == CLAIM_FREE && !(digest_name(path, "", &file) && remember(feed, file)))
        met = CLAIM_FAILED;
    return met;
}

static void claim_output(struct mn_feed *feed, struct mn_input *input)
{
    const char *ending = feed->options->output_ending;
    if (!ending || !input->output.data)
        return;
    struct mn_slice path = join(input->arena, input->output.data, "", mn_slice_of(ending));
    struct mn_slice common;
    switch (path.data ? claim(feed, path, &common) : CLAIM_FAILED) {
    case CLAIM_FREE:
        return;
    case CLAIM_FAILED:
        input->status = mn_fail_memory(&input->error);
        return;
    case CLAIM_TAKEN:
        input->status = mn_fail(&input->error, MN_NOT_WRITABLE,
                                "another input has the same name and its record would be overwritten; give their "
                                "common folder instead, or run twice with two output folders");
        break;
    case CLAIM_FOLDER:
        input->status = mn_fail(&input->error, MN_UNSUPPORTED,
                                "a record and a folder would have one name, %.*s; give one of the documents another",
                                MN_SLICE_ARGS(common));
        break;
    }
    input->output_taken = true;
}

static void join_metadata(const struct mn_feed *feed, struct mn_input *input)
{
    const struct mn_metadata *metadata = feed->options->metadata;
    if (metadata && !mn_metadata_find(metadata, input->name, &input->given))
        mn_metadata_find(metadata, input->output, &input->given);
}

static bool is_stopped(int stop)
{
    struct pollfd one = {.fd = stop, .events = POLLIN};
    return stop >= 0 && poll(&one, 1, 0) > 0;
}

static void count_consumed(struct mn_feed *feed, const struct mn_input *input)
{
    uint64_t inside = feed->depth ? mn_container_consumed(feed->opened[0].container) : 0;
    if (!feed->depth)
        feed->finished += input->bytes.size;
    atomic_store_explicit(&feed->consumed, feed->finished + inside, memory_order_relaxed);
}

uint64_t mn_feed_consumed(const struct mn_feed *feed)
{
    return atomic_load_explicit(&feed->consumed, memory_order_relaxed);
}

bool mn_feed_next(struct mn_feed *feed, struct mn_input *input)
{
    for (bool met = false, ended = false; !met;) {
        mn_arena_reset(input->arena);
        input->status = MN_OK;
        input->given = (struct mn_given){0};
        input->bytes = MN_EMPTY;
        input->output_taken = false;
        met = feed->depth ? next_member(feed, input) : next_file(feed, input, &ended);
        if (ended)
            return false;
    }
    if (input->status != MN_OK && is_stopped(feed->options->walk.stop))
        return false;
    count_consumed(feed, input);
    join_metadata(feed, input);
    claim_output(feed, input);
    return true;
}
