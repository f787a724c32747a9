/* The library's interface. */
#include "run/minutiae.h"
#include <criterion/criterion.h>
#include <string.h>

Test(library, a_document_becomes_a_record)
{
    static const char bytes[] = "RESOLVED:\n\n1. That a plan be sent by 30 June;\n";
    char message[512];
    size_t size = 0;
    struct mn_rules *rules = mn_open_rules(MN_TEST_SOURCE_DIR "/rules", message, sizeof message);
    cr_assert(rules != NULL, "%s", message);
    struct mn_extractor *extractor = mn_open_extractor(rules);
    cr_assert(extractor != NULL);
    const char *record =
        mn_extract(extractor, "plan.txt", bytes, sizeof bytes - 1, "2020-06-01", &size, message, sizeof message);
    cr_assert(record != NULL, "%s", message);
    cr_expect(size > 100 && strncmp(record, "<record ", 8) == 0);
    cr_expect(strstr(record, "due=\"2020-06-30\"") != NULL, "%.*s", (int)size, record);
    mn_close_extractor(extractor);
    mn_close_rules(rules);
}

Test(library, failures_say_why)
{
    char message[512] = "";
    size_t size = 0;
    cr_expect(mn_open_rules("no such folder", message, sizeof message) == NULL);
    cr_expect(strstr(message, "no such folder") != NULL, "%s", message);
    struct mn_rules *rules = mn_open_rules(MN_TEST_SOURCE_DIR "/rules", message, sizeof message);
    struct mn_extractor *extractor = mn_open_extractor(rules);
    cr_expect(mn_extract(extractor, "empty.txt", "", 0, NULL, &size, message, sizeof message) == NULL);
    cr_expect(strstr(message, "empty.txt") != NULL, "%s", message);
    mn_close_extractor(extractor);
    mn_close_rules(rules);
}
