/* Charsets: marks, declarations, detection; what cannot be decoded. */
#include "dump.h"
#include <criterion/criterion.h>

struct sample {
    struct mn_slice bytes;
    const char *transport;
    const char *charset, *basis, *dump;
};

#define BYTES(text)                                                                                                    \
    {                                                                                                                  \
        (text), sizeof(text) - 1                                                                                       \
    }

static const struct sample samples[] = {
    {BYTES("plain"), NULL, "utf-8", "detected", "ab plain\n"},
    {BYTES("caf\xC3\xA9"), NULL, "utf-8", "detected", "ab caf\u00E9\n"},
    {BYTES("caf\xE9 \x96 \x80"), NULL, "windows-1252", "detected", "ab caf\u00E9 \u2013 \u20AC\n"},
    {BYTES("\xEF\xBB\xBF"
           "caf\xC3\xA9"),
     "iso-8859-1", "utf-8", "bom", "ab caf\u00E9\n"},
    {BYTES("\xFF\xFE"
           "h\0\xE9\0\n\0x\0"),
     NULL, "utf-16le", "bom", "ab h\u00E9\nab x\n"},
    {BYTES("\xFE\xFF"
           "\0h\0\xE9\0\n\0x"),
     NULL, "utf-16be", "bom", "ab h\u00E9\nab x\n"},
    {BYTES("n\0o\0 \0m\0a\0r\0k\0 \0h\0e\0r\0e\0"), NULL, "utf-16le", "detected", "ab no mark here\n"},
    {BYTES("\0n\0o\0 \0m\0a\0r\0k\0 \0h\0e\0r\0e"), NULL, "utf-16be", "detected", "ab no mark here\n"},
    {BYTES("\xFF\xFE<\0p\0>\0h\0i\0"), NULL, "utf-16le", "bom", "p hi\n"},
    {BYTES("\xA4 5"), "ISO-8859-15", "iso-8859-15", "declared", "ab \u20AC 5\n"},
    {BYTES("\x93x\x94"), "iso-8859-1", "windows-1252", "declared", "ab \u201Cx\u201D\n"},
    {BYTES("\x8A"), "macintosh", "macintosh", "declared", "ab \u00E4\n"},
    {BYTES("<meta charset=iso-8859-1><p>\x91x\x92"), NULL, "windows-1252", "declared", "p \u2018x\u2019\n"},
    {BYTES("<html><head><META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=\"windows-1251\"'><p>\xE0"), NULL,
     "windows-1251", "declared", "p \u0430\n"},
    {BYTES("<!-- <meta charset=koi8-r> --><meta name=x content='charset=koi8-r'><p>\xE9"), NULL, "windows-1252",
     "detected", "p \u00E9\n"},
    {BYTES("<?xml version='1.0' encoding='iso-8859-2'?><html><p>\xB1"), NULL, "iso-8859-2", "declared", "p \u0105\n"},
    {BYTES("<meta charset=utf-16><p>x\xC3\xA9"), NULL, "utf-8", "declared", "p x\u00E9\n"},
    {BYTES("<meta charset=utf-8><p>x"), "windows-1252", "windows-1252", "declared", "p x\n"},
    /* Declared as windows-1252, but not so. */
    {BYTES("<meta charset=iso-8859-1><p>caf\xC3\xA9"), NULL, "utf-8", "detected", "p caf\u00E9\n"},
    /* UTF-8 with a flaw stays UTF-8. */
    {BYTES("\xC3\xA9\xC3\xA9\xC3\xA9 \xE9 x"), NULL, "utf-8", "detected", "ab \u00E9\u00E9\u00E9 \uFFFD x\n"},
};

Test(charset, is_found_and_decoded)
{
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        const struct sample *sample = &samples[i];
        struct reading reading = reading_of(sample->bytes, sample->transport);
        const struct mn_source *source = &reading.document->source;
        cr_expect(reading.status == MN_OK, "sample %zu: %s", i, reading.error.message);
        cr_expect(mn_slice_equal(source->charset, mn_slice_of(sample->charset)), "sample %zu: charset %.*s", i,
                  MN_SLICE_ARGS(source->charset));
        cr_expect(mn_slice_equal(source->charset_basis, mn_slice_of(sample->basis)), "sample %zu: basis %.*s", i,
                  MN_SLICE_ARGS(source->charset_basis));
        cr_expect(reading.dump && strcmp(reading.dump, sample->dump) == 0, "sample %zu: %s", i, reading.dump);
        reading_free(&reading);
    }
}

Test(charset, undecodable_bytes_are_counted_in_one_notice)
{
    static const struct sample flawed[] = {
        {BYTES("ab\xFF\xFE"
               "cd\xFF"),
         "utf-8", "utf-8", "3 bytes that are no text in utf-8 became U+FFFD, the first at byte 2",
         "ab ab\uFFFD\uFFFDcd\uFFFD\n"},
        {BYTES("a\x81z"), "windows-1252", "windows-1252", "1 bytes that are no text in windows-1252", "ab a\uFFFDz\n"},
        {BYTES("\xFF\xFE"
               "a\0\0\xD8"
               "b\0c"),
         NULL, "utf-16le", "3 bytes that are no text in utf-16le became U+FFFD, the first at byte 4",
         "ab a\uFFFDb\uFFFD\n"},
        {BYTES("\xEF\xBB\xBF"
               "a\xE9"),
         NULL, "utf-8", "the first at byte 4", "ab a\uFFFD\n"},
    };
    for (size_t i = 0; i < sizeof flawed / sizeof *flawed; i++) {
        struct reading reading = reading_of(flawed[i].bytes, flawed[i].transport);
        cr_expect(reading.dump && strcmp(reading.dump, flawed[i].dump) == 0, "sample %zu: %s", i, reading.dump);
        cr_expect(has_notice(&reading, flawed[i].basis), "sample %zu", i);
        cr_expect(reading.document->notices.count == 1, "sample %zu", i);
        reading_free(&reading);
    }
}

Test(charset, unknown_and_wrong_declarations_are_noticed)
{
    struct reading reading = reading_of(MN_LITERAL("<meta charset=klingon><p>x"), NULL);
    cr_expect(has_notice(&reading, "\"klingon\" is not known"));
    cr_expect(mn_slice_equal(reading.document->source.charset, MN_LITERAL("utf-8")));
    reading_free(&reading);
    reading = reading_of(MN_LITERAL("<meta charset=latin1><p>caf\xC3\xA9"), NULL);
    cr_expect(has_notice(&reading, "read as UTF-8"));
    reading_free(&reading);
}

Test(charset, control_characters_are_windows_1252)
{
    struct reading reading = reading_of(MN_LITERAL("caf\xC3\xA9 it\xC2\x92s \xC2\x96\xC2\xA0\xC2\x81x"), NULL);
    cr_expect(strcmp(reading.dump, "ab caf\u00E9 it\u2019s \u2013 x\n") == 0, "%s", reading.dump);
    cr_expect(has_notice(&reading, "2 control characters"));
    reading_free(&reading);
}

Test(charset, nul_bytes_are_left_out)
{
    struct reading reading = reading_of(MN_LITERAL("some text with one\0 NUL byte in it, and enough text around it, "
                                                   "so that nobody takes it for anything else\n<p>x"),
                                        NULL);
    cr_expect(has_notice(&reading, "1 NUL bytes left out"));
    cr_expect(reading.dump && strstr(reading.dump, "with one NUL byte"));
    reading_free(&reading);
}
