#include "command/resume.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

/* Another run's temporary files and report must not be touched. */
static enum mn_status lock_folder(struct resume *resume, struct mn_error *error)
{
    char *path = output_state_path(resume->folder, "");
    if (!path)
        return mn_fail_memory(error);
    resume->lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(path);
    if (resume->lock < 0)
        return mn_fail(error, MN_NOT_WRITABLE, "%s cannot be locked: %s; check its permissions", resume->folder,
                       strerror(errno));
    if (flock(resume->lock, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return mn_fail(error, MN_NOT_WRITABLE,
                       "%s: another run is writing there; wait for its end or give another folder", resume->folder);
    return MN_OK; /* file systems without locks are taken as they are */
}

static enum mn_status load(struct resume *resume, struct mn_error *error)
{
    enum mn_status status = journal_add(resume->journal, resume->previous, error);
    return status == MN_OK ? journal_add(resume->journal, resume->report, error) : status;
}

/* Everything that is known into one file that stays until this run has come to its end. */
static enum mn_status put_aside(struct resume *resume, struct mn_error *error)
{
    struct mn_writer all;
    if (journal_count(resume->journal) == 0)
        return MN_OK;
    char *temporary = output_state_path(resume->folder, "part-previous");
    FILE *file = temporary ? fopen(temporary, "wbe") : NULL;
    enum mn_status status = MN_OK;
    if (!file) {
        status = mn_fail(error, MN_NOT_WRITABLE,
                         "%s cannot be written: %s; check the folder, its permissions and the free space",
                         resume->previous, strerror(errno));
        free(temporary);
        return status;
    }
    mn_writer_init(&all, file);
    status = journal_write(resume->journal, &all, error);
    if (status == MN_OK)
        status = mn_writer_finish(&all, error);
    mn_writer_free(&all);
    bool synced = fsync(fileno(file)) == 0 || errno == EINVAL;
    bool closed = fclose(file) == 0;
    if (status == MN_OK && !(synced && closed && rename(temporary, resume->previous) == 0))
        status = mn_fail(error, MN_NOT_WRITABLE,
                         "%s cannot be written: %s; check the folder, its permissions and the free space",
                         resume->previous, strerror(errno));
    free(temporary);
    return status;
}

enum mn_status resume_open(struct resume *resume, const char *folder, const char *report, bool writes, bool forget,
                           struct mn_error *error)
{
    *resume = (struct resume){.folder = folder, .lock = -1, .journal = journal_open()};
    resume->report = report ? strdup(report) : output_state_path(folder, "report.xml");
    resume->previous = output_state_path(folder, "previous.xml");
    if (!resume->journal || !resume->report || !resume->previous)
        return mn_fail_memory(error);
    enum mn_status status = writes ? output_open(folder, error) : MN_OK;
    if (status == MN_OK && writes)
        status = lock_folder(resume, error);
    if (status == MN_OK && writes)
        output_clean(folder);
    if (status == MN_OK && !forget)
        status = load(resume, error);
    if (status == MN_OK && writes && forget)
        unlink(resume->previous);
    if (status == MN_OK && writes)
        status = put_aside(resume, error);
    return status;
}

void resume_close(struct resume *resume, bool complete)
{
    if (complete && resume->previous)
        unlink(resume->previous);
    if (resume->lock >= 0)
        close(resume->lock);
    journal_close(resume->journal);
    free(resume->report);
    free(resume->previous);
    *resume = (struct resume){.lock = -1};
}

/* Failures that lie in the document itself; all others may be gone by now. */
static bool is_lasting(enum mn_status status)
{
    return status == MN_OK || status == MN_EMPTY_SOURCE || status == MN_NOT_TEXT || status == MN_NO_DOCUMENT ||
           status == MN_UNSUPPORTED || status == MN_MALFORMED || status == MN_OVER_LIMIT;
}

enum resume_state resume_look(struct resume *resume, uint64_t id, struct mn_slice output_name,
                              const struct entry_key *key, struct resume_room *room, struct entry *entry,
                              struct mn_slice *line)
{
    const struct output output = {.folder = resume->folder, .name = output_name, .ending = ".xml"};
    if (!journal_find(resume->journal, id, &room->line, &room->capacity, line))
        return RESUME_NEW;
    bool stands = entry_read(*line, entry, room->reason) && entry->has_key && is_lasting(entry->status) &&
                  memcmp(&entry->key, key, sizeof *key) == 0;
    if (stands && entry->status == MN_OK)
        stands = entry->has_record && output_holds(&output, &entry->record_sha256);
    return stands ? RESUME_DONE : RESUME_CHANGED;
}
