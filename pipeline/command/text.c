/* text: the canonical text of documents. */
#include "command/commands.h"
#include "command/outputs.h"
#include "command/session.h"

#include <stdlib.h>

static void text_one(struct session *session, const struct mn_input *input, const char *output, struct mn_writer *out)
{
    struct mn_document *document;
    struct mn_error error;
    if (session_do(session, input, MN_LAYER_SEGMENT, &document, &error) != MN_OK)
        return;
    const struct output file = {.folder = output, .name = input->output, .ending = ".txt"};
    if (!output) {
        mn_write(out, document->text);
        mn_write_char(out, '\n');
    } else if (output_write(&file, document->text, &error) != MN_OK) {
        session_failure(session, input->name, &error);
    }
}

static int text_all(struct session *session, const char *output)
{
    struct mn_input input;
    struct mn_writer out;
    struct mn_error error;
    session->feed.walk.left_out = output;
    session->feed.output_ending = output ? ".txt" : NULL;
    bool ready = mn_input_init(&input);
    struct mn_feed *feed = ready ? mn_feed_open(&session->feed) : NULL;
    mn_writer_init(&out, stdout);
    while (feed && mn_feed_next(feed, &input))
        text_one(session, &input, output, &out);
    enum mn_status status = feed ? mn_writer_finish(&out, &error) : mn_fail_memory(&error);
    mn_writer_free(&out);
    mn_feed_close(feed);
    mn_input_free(&input);
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
    if (code < 0)
        code = session_paths(&session, command, &paths);
    if (code < 0)
        code = session_open(&session);
    if (code < 0)
        code = text_all(&session, output);
    session_close(&session);
    free(paths.items);
    return code;
}
