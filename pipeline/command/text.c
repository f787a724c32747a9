/* text: the canonical text of documents. */
#include "command/commands.h"
#include "command/outputs.h"
#include "command/session.h"

#include <stdlib.h>

static void text_one(struct session *session, const struct input *input, const char *output, struct mn_writer *out)
{
    struct mn_document *document;
    struct mn_error error;
    if (session_run(session, input, MN_LAYER_SEGMENT, &document, &error) != MN_OK)
        return;
    if (!output) {
        mn_write(out, document->text);
        mn_write_char(out, '\n');
    } else if (output_write(output, input->output, ".txt", document->text, &error) != MN_OK) {
        session_failure(session, mn_slice_of(input->path), &error);
    }
}

static int text_all(struct session *session, const struct option_list *paths, const char *output)
{
    struct inputs inputs = {.output = output};
    struct mn_writer out;
    struct mn_error error;
    bool collected = inputs_collect(&inputs, paths->items, paths->count);
    mn_writer_init(&out, stdout);
    for (size_t i = 0; collected && i < inputs.count; i++)
        text_one(session, &inputs.items[i], output, &out);
    inputs_free(&inputs);
    enum mn_status status = collected ? mn_writer_finish(&out, &error) : mn_fail_memory(&error);
    mn_writer_free(&out);
    if (status == MN_OK)
        return session_exit(session);
    message("standard output: %s", error.message);
    return EXIT_OUTPUT_ERROR;
}

int run_text(const struct command *command, int count, char **arguments)
{
    struct session session = {0};
    const char *output = NULL;
    const struct option options[] = {
        {"output", 'o', OPTION_TEXT, &output, "DIR", "folder for the texts, one per document; not read itself"},
        SESSION_READ_OPTIONS(&session),
        SESSION_OPTIONS(&session),
    };
    struct option_list paths = {0};
    int code = options_parse(command, options, sizeof options / sizeof *options, count, arguments, &paths);
    if (code < 0 && paths.count == 0) {
        message("text: a file, a folder or - is expected; 'minutiae text --help' tells more");
        code = EXIT_USAGE_ERROR;
    }
    if (code < 0)
        code = session_open(&session);
    if (code < 0)
        code = text_all(&session, &paths, output);
    session_close(&session);
    free(paths.items);
    return code;
}
