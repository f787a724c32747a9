#include "base/error.h"
#include "base/utf8.h"
#include <criterion/criterion.h>

Test(error, words)
{
    cr_expect_str_eq(mn_status_word(MN_OK), "ok");
    cr_expect_str_eq(mn_status_word(MN_OVER_LIMIT), "over-limit");
    cr_expect_str_eq(mn_status_word(MN_INTERNAL), "internal");
    cr_expect_str_eq(mn_status_word(MN_STATUS_COUNT), "internal");
}

Test(error, message_is_one_line_of_utf8)
{
    struct mn_error error;
    cr_expect_eq(mn_fail(&error, MN_MALFORMED, "%s:%d: bad\nbyte \xFF, caf\xC3\xA9", "a.xml", 3), MN_MALFORMED);
    cr_expect_eq(error.status, MN_MALFORMED);
    cr_expect_str_eq(error.message, "a.xml:3: bad byte ?, caf\xC3\xA9");
    cr_expect_eq(mn_fail_memory(&error), MN_NO_MEMORY);
    cr_expect_str_eq(error.message, "out of memory");
    cr_expect_eq(mn_fail(NULL, MN_USAGE, "not kept"), MN_USAGE);
}

Test(error, long_message_is_cut_between_characters)
{
    char filler[MN_ERROR_MESSAGE_SIZE];
    for (size_t length = MN_ERROR_MESSAGE_SIZE - 8; length < MN_ERROR_MESSAGE_SIZE; length++) {
        memset(filler, 'x', sizeof filler);
        struct mn_error error;
        mn_fail(&error, MN_USAGE, "%.*s\xF0\x9F\x99\x82\xF0\x9F\x99\x82", (int)length, filler);
        struct mn_slice message = mn_slice_of(error.message);
        cr_expect_eq(mn_utf8_valid_prefix(message), message.size);
        cr_expect_null(strchr(error.message, '?'));
        cr_expect_gt(message.size, MN_ERROR_MESSAGE_SIZE - 6);
    }
}
