#include "command/records.h"

#define DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

void records_begin(struct records *records)
{
    mn_writer_init(&records->out, stdout);
    mn_writer_init(&records->first, NULL);
    records->entries = 0;
}

static void release_first(struct records *records)
{
    mn_write(&records->out, (struct mn_slice){records->first.data, records->first.size});
    mn_writer_clear(&records->first);
}

struct mn_writer *records_entry(struct records *records)
{
    records->entries++;
    if (records->entries == 1)
        return &records->first;
    if (records->entries == 2) {
        mn_write_literal(&records->out, DECLARATION "<records xmlns=\"urn:minutiae:record:1\">\n");
        release_first(records);
    }
    return &records->out;
}

enum mn_status records_end(struct records *records, struct mn_error *error)
{
    if (records->entries > 1) {
        mn_write_literal(&records->out, "</records>\n");
    } else if (records->first.size) {
        mn_write_literal(&records->out, DECLARATION);
        release_first(records);
    }
    enum mn_status first = mn_writer_finish(&records->first, error);
    enum mn_status status = mn_writer_finish(&records->out, error);
    return status != MN_OK ? status : first;
}

void records_free(struct records *records)
{
    mn_writer_free(&records->first);
    mn_writer_free(&records->out);
}
