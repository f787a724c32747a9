/* validate: XML files against the schemas. */
#include "command/commands.h"
#include "command/places.h"
#include "command/session.h"

#include "base/limits.h"
#include <stdio.h>
#include <stdlib.h>

struct validation {
    struct mn_validator *validator;
    char *buffer;
    size_t buffer_size;
    size_t valid, failed;
};

static void validate_one(struct validation *validation, const struct input *input)
{
    struct mn_slice bytes = MN_EMPTY;
    struct mn_error error;
    enum mn_status status = input->status != MN_OK ? mn_fail(&error, input->status, "%s", input->reason)
                                                   : input_load(input->path, SIZE_MAX / 4, &validation->buffer,
                                                                &validation->buffer_size, &bytes, &error);
    if (status != MN_OK) {
        message("%s: %s", input->path, error.message);
    } else {
        status = mn_validate(validation->validator, input->path, bytes, &error);
        if (status != MN_OK)
            message("%s", error.message);
    }
    if (status == MN_OK)
        validation->valid++;
    else
        validation->failed++;
}

static int validate_all(const struct option_list *paths, bool quiet)
{
    struct validation validation = {0};
    struct inputs inputs = {0};
    struct mn_error error;
    if (mn_validator_create(data_folder("schemas"), &validation.validator, &error) != MN_OK) {
        message("schemas: %s", error.message);
        return EXIT_RULES_ERROR;
    }
    bool collected = inputs_collect(&inputs, paths->items, paths->count);
    if (!collected)
        message("out of memory");
    for (size_t i = 0; collected && i < inputs.count; i++)
        validate_one(&validation, &inputs.items[i]);
    if (!quiet)
        fprintf(stderr, "%zu valid, %zu not\n", validation.valid, validation.failed);
    inputs_free(&inputs);
    mn_validator_destroy(validation.validator);
    free(validation.buffer);
    return collected && validation.failed == 0 ? EXIT_DONE : EXIT_SOME_FAILED;
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
