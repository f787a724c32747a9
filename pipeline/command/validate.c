/* validate: XML files against the schemas. */
#include "command/commands.h"
#include "command/places.h"
#include "command/session.h"

#include "input/feed.h"
#include <stdlib.h>

struct validation {
    struct mn_validator *validator;
    char *buffer;
    size_t buffer_size;
    size_t valid, failed;
};

static enum mn_status load(struct validation *validation, const struct mn_file *file, struct mn_slice *bytes,
                           struct mn_error *error)
{
    *error = file->error;
    return file->status != MN_OK ? file->status
                                 : mn_load_file(file->path.data, SIZE_MAX / 4, &validation->buffer,
                                                &validation->buffer_size, bytes, error);
}

static void validate_one(struct validation *validation, const struct mn_file *file)
{
    struct mn_slice bytes = MN_EMPTY;
    struct mn_error error;
    enum mn_status status = load(validation, file, &bytes, &error);
    if (status == MN_OK)
        status = mn_validate(validation->validator, file->path.data, bytes, &error);
    if (status == MN_OK) {
        validation->valid++;
        return;
    }
    log_failure(file->path, &error);
    validation->failed++;
}

/* False when memory is out. */
static bool validate_files(struct validation *validation, const struct option_list *paths)
{
    const struct mn_walk_options options = {.paths = paths->items, .path_count = paths->count, .stop = -1};
    struct mn_walk *walk = mn_walk_open(&options);
    struct mn_arena *arena = walk ? mn_arena_create() : NULL;
    struct mn_file file;
    while (arena && mn_walk_next(walk, arena, &file)) {
        validate_one(validation, &file);
        mn_arena_reset(arena);
    }
    mn_walk_close(walk);
    bool done = arena != NULL;
    mn_arena_destroy(arena);
    return done;
}

static int validate_all(const struct option_list *paths, bool quiet)
{
    struct validation validation = {0};
    struct mn_error error;
    if (mn_validator_create(data_folder("schemas"), &validation.validator, &error) != MN_OK) {
        message("schemas: %s", error.message);
        return EXIT_RULES_ERROR;
    }
    bool done = validate_files(&validation, paths);
    if (!done)
        message("out of memory");
    if (!quiet)
        log_line("%zu valid, %zu not", validation.valid, validation.failed);
    mn_validator_destroy(validation.validator);
    free(validation.buffer);
    return done && validation.failed == 0 ? EXIT_DONE : EXIT_SOME_FAILED;
}

int run_validate(const struct command *command, int count, char **arguments)
{
    bool quiet = false;
    const struct option options[] = {{"quiet", 'q', OPTION_FLAG, &quiet, NULL, "no summary, only what is not valid"}};
    struct option_list paths = {0};
    int code = options_parse(command, options, 1, count, arguments, &paths);
    if (code < 0 && paths.count == 0) {
        message("validate: a file, a folder or - is expected; 'minutiae validate --help' tells more");
        code = EXIT_USAGE_ERROR;
    }
    if (code < 0)
        code = validate_all(&paths, quiet);
    free(paths.items);
    return code;
}
