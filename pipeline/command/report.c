#include "command/report.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define CLOSING "</run>\n"

static enum mn_status cannot_write(const struct report *report, struct mn_error *error)
{
    return mn_fail(error, MN_NOT_WRITABLE,
                   "%s cannot be written: %s; check the folder, its permissions and the free space", report->path,
                   strerror(errno));
}

/* Writes what is in `text` and the closing tag behind it, in one go, over the closing tag that was there. */
static enum mn_status put(struct report *report, struct mn_error *error)
{
    struct mn_writer *text = &report->text;
    size_t size = text->size;
    mn_write_literal(text, CLOSING);
    enum mn_status status = mn_writer_finish(text, error);
    for (size_t done = 0; status == MN_OK && done < text->size;) {
        ssize_t count = pwrite(report->descriptor, text->data + done, text->size - done, report->end + (off_t)done);
        if (count < 0 && errno != EINTR)
            status = cannot_write(report, error);
        done += count > 0 ? (size_t)count : 0;
    }
    if (status == MN_OK)
        report->end += (off_t)size;
    mn_writer_clear(text);
    return status;
}

enum mn_status report_begin(struct report *report, const char *path, const struct report_setting *settings,
                            size_t setting_count, struct mn_error *error)
{
    *report = (struct report){.descriptor = -1, .path = strdup(path)};
    mn_writer_init(&report->text, NULL);
    if (!report->path)
        return mn_fail_memory(error);
    report->descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (report->descriptor < 0)
        return cannot_write(report, error);
    mn_write_literal(&report->text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<run xmlns=\"urn:minutiae:run:1\">\n");
    for (size_t i = 0; i < setting_count; i++) {
        if (!settings[i].value.size)
            continue;
        mn_write_literal(&report->text, "<setting");
        mn_write_attribute(&report->text, "name", mn_slice_of(settings[i].name));
        mn_write_attribute(&report->text, "value", settings[i].value);
        mn_write_literal(&report->text, "/>\n");
    }
    return put(report, error);
}

enum mn_status report_add(struct report *report, struct mn_slice line, struct mn_error *error)
{
    if (report->descriptor < 0)
        return MN_OK;
    mn_write(&report->text, line);
    return put(report, error);
}

enum mn_status report_end(struct report *report, struct mn_slice ending, struct mn_error *error)
{
    if (report->descriptor < 0)
        return MN_OK;
    mn_write(&report->text, ending);
    enum mn_status status = put(report, error);
    if (status == MN_OK && fsync(report->descriptor) != 0 && errno != EINVAL && errno != EROFS)
        status = cannot_write(report, error);
    return status;
}

void report_close(struct report *report)
{
    if (report->descriptor >= 0)
        close(report->descriptor);
    mn_writer_free(&report->text);
    free(report->path);
    *report = (struct report){.descriptor = -1};
}
