#include "command/report.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define CLOSING "</run>"
#define OPENED CLOSING "<?next "
#define TAIL OPENED "?>\n"

enum { CLOSING_SIZE = sizeof CLOSING - 1, OPENED_SIZE = sizeof OPENED - 1, TAIL_SIZE = sizeof TAIL - 1 };

/* The smallest page there is. */
enum { PAGE_SIZE_LEAST = 4096 };

static enum mn_status cannot_write(const struct report *report, struct mn_error *error)
{
    return mn_fail(error, MN_NOT_WRITABLE,
                   "%s cannot be written: %s; check the folder, its permissions and the free space", report->path,
                   strerror(errno));
}

static enum mn_status put(const struct report *report, off_t at, struct mn_slice bytes, struct mn_error *error)
{
    for (size_t done = 0; done < bytes.size;) {
        ssize_t count = pwrite(report->descriptor, bytes.data + done, bytes.size - done, at + (off_t)done);
        if (count < 0 && errno != EINTR)
            return cannot_write(report, error);
        done += count > 0 ? (size_t)count : 0;
    }
    return MN_OK;
}

static enum mn_status put_blanks(struct report *report, off_t from, off_t to, struct mn_error *error)
{
    size_t size = to > from ? (size_t)(to - from) : 0;
    while (report->blanks.size < size && report->blanks.status == MN_OK)
        mn_write_literal(&report->blanks, "                ");
    enum mn_status status = mn_writer_finish(&report->blanks, error);
    return status == MN_OK ? put(report, from, (struct mn_slice){report->blanks.data, size}, error) : status;
}

/* The first place from `at` on where a tail does not lie across the edge of a page. */
static off_t place_of_tail(off_t at)
{
    off_t left = PAGE_SIZE_LEAST - at % PAGE_SIZE_LEAST;
    return left < TAIL_SIZE ? at + left : at;
}

/* What is in `text`, with a line of blanks behind it where it takes some to come to the tail's place. */
static off_t fill_up(struct mn_writer *text, off_t start)
{
    off_t tail = place_of_tail(start + (off_t)text->size);
    for (off_t at = start + (off_t)text->size; at < tail; at++)
        mn_write_char(text, at + 1 < tail ? ' ' : '\n');
    return tail;
}

/* Adds what is in `text`; see the header. */
static enum mn_status add(struct report *report, struct mn_error *error)
{
    struct mn_writer *text = &report->text;
    const off_t start = report->end, tail = fill_up(text, start);
    mn_write_literal(text, CLOSING);
    enum mn_status status = mn_writer_finish(text, error);
    struct mn_slice whole = {text->data, text->size};
    if (status == MN_OK)
        status = put_blanks(report, start + TAIL_SIZE, tail + CLOSING_SIZE, error);
    if (status == MN_OK)
        status = put(report, tail + CLOSING_SIZE, mn_slice_cut(MN_LITERAL(TAIL), CLOSING_SIZE, TAIL_SIZE), error);
    if (status == MN_OK)
        status = put_blanks(report, start + OPENED_SIZE, start + TAIL_SIZE, error);
    if (status == MN_OK)
        status = put(report, start + OPENED_SIZE, mn_slice_cut(whole, OPENED_SIZE, whole.size), error);
    if (status == MN_OK)
        status = put(report, start, mn_slice_cut(whole, 0, OPENED_SIZE), error);
    report->end = tail;
    report->broken = status != MN_OK;
    mn_writer_clear(text);
    return status;
}

static void write_head(struct mn_writer *text, const struct report_setting *settings, size_t count)
{
    mn_write_literal(text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<run xmlns=\"urn:minutiae:run:1\">\n");
    for (size_t i = 0; i < count; i++) {
        if (!settings[i].value.size)
            continue;
        mn_write_literal(text, "<setting");
        mn_write_attribute(text, "name", mn_slice_of(settings[i].name));
        mn_write_attribute(text, "value", settings[i].value);
        mn_write_literal(text, "/>\n");
    }
}

/* The name under which the file comes into being; where something stands that is no file (a device, a link), that. */
static char *first_name(const char *path)
{
    struct stat facts;
    if (lstat(path, &facts) == 0 && !S_ISREG(facts.st_mode))
        return strdup(path);
    size_t size = strlen(path) + sizeof ".part";
    char *name = malloc(size);
    if (name)
        snprintf(name, size, "%s.part", path);
    return name;
}

static enum mn_status open_named(struct report *report, const char *name, struct mn_error *error)
{
    report->descriptor = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (report->descriptor < 0)
        return cannot_write(report, error);
    report->end = fill_up(&report->text, 0);
    mn_write_literal(&report->text, TAIL);
    enum mn_status status = mn_writer_finish(&report->text, error);
    if (status == MN_OK)
        status = put(report, 0, (struct mn_slice){report->text.data, report->text.size}, error);
    mn_writer_clear(&report->text);
    if (strcmp(name, report->path) == 0)
        return status;
    if (status == MN_OK && rename(name, report->path) != 0)
        status = cannot_write(report, error);
    if (status != MN_OK)
        unlink(name);
    return status;
}

enum mn_status report_begin(struct report *report, const char *path, const struct report_setting *settings,
                            size_t setting_count, struct mn_error *error)
{
    *report = (struct report){.descriptor = -1, .path = strdup(path)};
    mn_writer_init(&report->text, NULL);
    mn_writer_init(&report->blanks, NULL);
    if (!report->path)
        return mn_fail_memory(error);
    char *name = first_name(path);
    if (!name)
        return mn_fail_memory(error);
    write_head(&report->text, settings, setting_count);
    enum mn_status status = open_named(report, name, error);
    free(name);
    return status;
}

enum mn_status report_add(struct report *report, struct mn_slice line, struct mn_error *error)
{
    if (report->descriptor < 0 || report->broken)
        return MN_OK;
    mn_write(&report->text, line);
    return add(report, error);
}

/* The instruction behind the closing tag goes: nothing comes any more. */
static enum mn_status put_end(const struct report *report, struct mn_error *error)
{
    off_t behind = report->end + CLOSING_SIZE;
    enum mn_status status = put(report, behind, MN_LITERAL("\n         "), error);
    if (status == MN_OK && ftruncate(report->descriptor, behind + 1) != 0) {
        /* The blanks may stay. */
    }
    return status;
}

enum mn_status report_end(struct report *report, struct mn_slice ending, struct mn_error *error)
{
    if (report->descriptor < 0 || report->broken)
        return MN_OK;
    enum mn_status status = report_add(report, ending, error);
    if (status == MN_OK)
        status = put_end(report, error);
    if (status == MN_OK && fsync(report->descriptor) != 0 && errno != EINVAL && errno != EROFS)
        status = cannot_write(report, error);
    return status;
}

void report_close(struct report *report)
{
    if (report->descriptor >= 0)
        close(report->descriptor);
    mn_writer_free(&report->text);
    mn_writer_free(&report->blanks);
    free(report->path);
    *report = (struct report){.descriptor = -1};
}
