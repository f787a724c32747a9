/* The stage filters: documents travel between them as document XML. */
#include "command/commands.h"
#include "command/entry.h"
#include "command/oneline.h"
#include "command/records.h"
#include "command/session.h"
#include "document/exchange.h"
#include "record/record.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* What a filter does with each document of its input. */
struct filter {
    struct session session;
    enum mn_layer until;
    bool writes_records, stream;
    struct mn_writer out;    /* document XML; the last filter's lines with --stream */
    struct mn_writer record; /* one of them */
    struct records records;  /* the last filter's output without */
};

/* A record in a line of its own. */
static enum mn_status write_record_line(struct filter *filter, const struct mn_document *document,
                                        struct mn_error *error)
{
    struct mn_writer *record = &filter->record;
    mn_writer_clear(record);
    enum mn_status status = mn_record_write(document, record, error);
    if (status == MN_OK)
        status = mn_writer_finish(record, error);
    if (status == MN_OK)
        write_one_line(&filter->out, (struct mn_slice){record->data, record->size});
    return status;
}

/* Each document is answered before the next one is waited for: whoever sent it may be waiting, too. */
static void flush(struct filter *filter)
{
    if (!filter->writes_records || filter->stream)
        mn_writer_finish(&filter->out, NULL); /* what goes wrong is remembered, and told at the end */
}

static enum mn_status write_answer(struct filter *filter, const struct mn_document *document, struct mn_error *error)
{
    if (!filter->writes_records)
        return mn_exchange_write(document, mn_forms_text, mn_worker_forms(filter->session.worker), &filter->out, error);
    return filter->stream ? write_record_line(filter, document, error)
                          : mn_record_write(document, records_entry(&filter->records), error);
}

/* A failed document is named on standard error once, by the filter where it failed, and handed on. */
static void write_failure(struct filter *filter, struct mn_slice name, const struct mn_error *error)
{
    if (!filter->writes_records)
        mn_exchange_write_failure(name, error, &filter->out);
    else if (filter->stream)
        entry_write_failure(name, error, &filter->out);
    else
        records_entry(&filter->records);
    flush(filter);
}

static void write_document(struct filter *filter, const struct mn_document *document)
{
    struct mn_error error = {0};
    if (write_answer(filter, document, &error) == MN_OK) {
        flush(filter);
        return;
    }
    session_failure(&filter->session, document->source.name, &error);
    if (filter->stream)
        write_failure(filter, document->source.name, &error);
}

static void filter_document(struct filter *filter, struct mn_document *document)
{
    struct mn_error error = {0};
    enum mn_status status =
        mn_worker_run(filter->session.worker, document, MN_EMPTY, filter->until, &filter->session.run, &error);
    if (status == MN_OK) {
        write_document(filter, document);
        return;
    }
    session_failure(&filter->session, document->source.name, &error);
    write_failure(filter, document->source.name, &error);
}

/* The layer that a document must have before this filter. */
static bool is_ready(const struct filter *filter, const struct mn_document *document)
{
    return document->layer == (filter->writes_records ? MN_LAYER_INTERPRET : filter->until - 1);
}

static enum mn_status wrong_layer(const struct mn_document *document, struct mn_error *error)
{
    return mn_fail(error, MN_MALFORMED,
                   "%.*s has not gone through the filter before this one, or through this one already; the order is "
                   "read, segment, tokenise, match, interpret, record",
                   MN_SLICE_ARGS(document->source.name));
}

static bool filter_next(struct filter *filter, struct mn_exchange_reader *reader, const char *name)
{
    struct mn_error error = {0};
    bool more = false;
    struct mn_document *document = mn_worker_document(filter->session.worker);
    enum mn_status status = document
                                ? mn_exchange_next(reader, mn_forms_intern_any, mn_worker_forms(filter->session.worker),
                                                   document, &more, &error)
                                : mn_fail_memory(&error);
    if (status == MN_OK && !more)
        return false;
    if (status == MN_OK && is_ready(filter, document)) {
        filter_document(filter, document);
        return true;
    }
    if (status == MN_OK)
        wrong_layer(document, &error);
    if (status != MN_OK && document && mn_exchange_can_go_on(reader)) {
        filter->session.failed++;
        write_failure(filter, document->source.name, &error);
        return true;
    }
    session_failure(&filter->session, mn_slice_of(name), &error);
    return false;
}

static void filter_file(struct filter *filter, const char *path)
{
    struct mn_error error = {0};
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (!file) {
        mn_fail(&error, MN_NOT_READABLE, "cannot be read: %s; check the name and its permissions", strerror(errno));
        session_failure(&filter->session, mn_slice_of(path), &error);
        return;
    }
    const char *name = file == stdin ? "standard input" : path;
    struct mn_exchange_reader *reader = mn_exchange_open(file, name, &error);
    if (!reader)
        session_failure(&filter->session, mn_slice_of(name), &error);
    while (reader && filter_next(filter, reader, name))
        ;
    mn_exchange_close(reader);
    if (file != stdin)
        fclose(file);
}

static int filter_end(struct filter *filter)
{
    struct mn_error error = {0};
    enum mn_status status;
    if (filter->writes_records && !filter->stream) {
        status = records_end(&filter->records, &error);
    } else {
        if (!filter->writes_records)
            mn_exchange_end(&filter->out);
        status = mn_writer_finish(&filter->out, &error);
    }
    records_free(&filter->records);
    mn_writer_free(&filter->out);
    mn_writer_free(&filter->record);
    if (status == MN_OK)
        return session_exit(&filter->session);
    message("standard output: %s", error.message);
    return EXIT_OUTPUT_ERROR;
}

static void filter_begin(struct filter *filter)
{
    records_begin(&filter->records);
    mn_writer_init(&filter->record, NULL);
    mn_writer_init(&filter->out, stdout);
    if (!filter->writes_records)
        mn_exchange_begin(&filter->out);
}

static int filter_files(struct filter *filter, const struct option_list *paths)
{
    filter_begin(filter);
    for (size_t i = 0; i < paths->count; i++)
        filter_file(filter, paths->items[i]);
    if (paths->count == 0)
        filter_file(filter, "-");
    return filter_end(filter);
}

/* What the filters differ in. */
static const struct filter_kind {
    const char *name;
    enum mn_layer until;
    bool writes_records, takes_date;
} filter_kinds[] = {
    {"segment", MN_LAYER_SEGMENT, false, false}, {"tokenise", MN_LAYER_TOKENISE, false, false},
    {"match", MN_LAYER_MATCH, false, false},     {"interpret", MN_LAYER_INTERPRET, false, true},
    {"record", MN_LAYER_INTERPRET, true, false},
};

static const struct filter_kind *find_kind(const char *name)
{
    const struct filter_kind *kind = filter_kinds;
    while (strcmp(kind->name, name) != 0)
        kind++; /* the table of commands names no other */
    return kind;
}

int run_filter(const struct command *command, int count, char **arguments)
{
    const struct filter_kind *kind = find_kind(command->name);
    struct filter filter = {.until = kind->until, .writes_records = kind->writes_records};
    const struct option stream = {"stream",       's',  OPTION_FLAG,
                                  &filter.stream, NULL, "each record on a line of its own as it comes, failures too"};
    const struct option date = SESSION_DATE_OPTION(&filter.session);
    const struct option options[] = {SESSION_LIMIT_OPTIONS(&filter.session), SESSION_OPTIONS(&filter.session),
                                     kind->takes_date ? date : stream};
    bool takes_another = kind->takes_date || kind->writes_records; /* the one that stands last */
    size_t option_count = sizeof options / sizeof *options - (takes_another ? 0 : 1);
    struct option_list paths = {0};
    int code = options_parse(command, options, option_count, count, arguments, &paths);
    if (code < 0)
        code = session_open(&filter.session);
    if (code < 0)
        code = filter_files(&filter, &paths);
    session_close(&filter.session);
    free(paths.items);
    return code;
}

static void read_one(struct filter *filter, const struct mn_input *input)
{
    struct mn_document *document;
    struct mn_error error;
    if (session_do(&filter->session, input, MN_LAYER_READ, &document, &error) == MN_OK)
        write_document(filter, document);
    else
        write_failure(filter, input->name, &error);
}

static int read_all(struct filter *filter)
{
    struct mn_input input;
    bool ready = mn_input_init(&input);
    struct mn_feed *feed = ready ? mn_feed_open(&filter->session.feed) : NULL;
    if (!feed) {
        message("out of memory");
        mn_input_free(&input);
        return EXIT_SOME_FAILED;
    }
    filter_begin(filter);
    while (mn_feed_next(feed, &input))
        read_one(filter, &input);
    mn_feed_close(feed);
    mn_input_free(&input);
    return filter_end(filter);
}

int run_read(const struct command *command, int count, char **arguments)
{
    struct filter filter = {0};
    const struct option options[] = {SESSION_READ_OPTIONS(&filter.session), SESSION_OPTIONS(&filter.session)};
    struct option_list paths = {0};
    int code = options_parse(command, options, sizeof options / sizeof *options, count, arguments, &paths);
    if (code < 0)
        code = session_paths(&filter.session, command, &paths);
    if (code < 0)
        code = session_open(&filter.session);
    if (code < 0)
        code = read_all(&filter);
    session_close(&filter.session);
    free(paths.items);
    return code;
}
