/* PDF files that the tests write themselves: good ones, and those that are cut off, turned over bit by bit or built to
 * do harm. Whatever comes, the reader gives a reason and reads the next file. */
#include "base/deadline.h"
#include "base/limits.h"
#include "base/writer.h"
#include "dump.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* ---- files ---- */

#define MOST_OBJECTS 64

/* A PDF file that grows object by object, the first of which is the catalogue and the second the tree of pages. */
struct file {
    struct mn_writer out;
    size_t offsets[MOST_OBJECTS];
    unsigned objects;
};

static void begin_file(struct file *file)
{
    *file = (struct file){.objects = 0};
    mn_writer_init(&file->out, NULL);
    mn_write_literal(&file->out, "%PDF-1.4\n");
}

static void add_object(struct file *file, const char *body)
{
    file->offsets[file->objects++] = file->out.size;
    mn_write_number(&file->out, file->objects);
    mn_write_literal(&file->out, " 0 obj\n");
    mn_write(&file->out, mn_slice_of(body));
    mn_write_literal(&file->out, "\nendobj\n");
}

/* A stream; `facts` goes into its dictionary. */
static void add_stream(struct file *file, const char *facts, struct mn_slice bytes)
{
    file->offsets[file->objects++] = file->out.size;
    mn_write_number(&file->out, file->objects);
    mn_write_literal(&file->out, " 0 obj\n<< ");
    mn_write(&file->out, mn_slice_of(facts));
    mn_write_literal(&file->out, " /Length ");
    mn_write_number(&file->out, bytes.size);
    mn_write_literal(&file->out, " >>\nstream\n");
    mn_write(&file->out, bytes);
    mn_write_literal(&file->out, "\nendstream\nendobj\n");
}

static struct mn_slice end_file(struct file *file, const char *trailer)
{
    char entry[32];
    size_t table = file->out.size;
    mn_write_literal(&file->out, "xref\n0 ");
    mn_write_number(&file->out, file->objects + 1);
    mn_write_literal(&file->out, "\n0000000000 65535 f \n");
    for (unsigned i = 0; i < file->objects; i++) {
        snprintf(entry, sizeof entry, "%010zu 00000 n \n", file->offsets[i]);
        mn_write(&file->out, mn_slice_of(entry));
    }
    mn_write_literal(&file->out, "trailer\n<< /Root 1 0 R /Size ");
    mn_write_number(&file->out, file->objects + 1);
    mn_write(&file->out, mn_slice_of(trailer));
    mn_write_literal(&file->out, " >>\nstartxref\n");
    mn_write_number(&file->out, table);
    mn_write_literal(&file->out, "\n%%EOF\n");
    struct mn_error error;
    cr_assert(mn_writer_finish(&file->out, &error) == MN_OK);
    return (struct mn_slice){file->out.data, file->out.size};
}

#define CATALOGUE "<< /Type /Catalog /Pages 2 0 R >>"
#define TREE "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
#define FONT "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
#define PAGE(resources)                                                                                                \
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R "           \
    ">> " resources " >> >>"

/* One page with this content; `resources` beside the font, `facts` of the content's stream. */
static struct mn_slice page_file(struct file *file, const char *page, const char *facts, struct mn_slice content,
                                 const char *trailer)
{
    begin_file(file);
    add_object(file, CATALOGUE);
    add_object(file, TREE);
    add_object(file, page);
    add_object(file, FONT);
    add_stream(file, facts, content);
    return end_file(file, trailer);
}

#define GOOD_TEXT "BT /F1 24 Tf 70 740 Td (The title) Tj /F1 12 Tf 0 -40 Td (It was noted.) Tj ET"

static struct mn_slice good_file(struct file *file)
{
    return page_file(file, PAGE(""), "", MN_LITERAL(GOOD_TEXT), "");
}

/* ---- reading ---- */

static struct mn_pdf_process *process;

static void start(void)
{
    process = mn_pdf_process_create(MN_PDF_PROGRAM, 1);
}

static void stop(void)
{
    mn_pdf_process_destroy(process);
}

TestSuite(pdf, .init = start, .fini = stop);

static void expect_reading(struct mn_slice bytes, const char *dump)
{
    struct reading reading = reading_with(bytes, process);
    cr_expect(reading.status == MN_OK, "%s", reading.error.message);
    if (reading.status == MN_OK)
        cr_expect(strcmp(reading.dump, dump) == 0, "read:\n%s\nexpected:\n%s", reading.dump, dump);
    reading_free(&reading);
}

static void expect_refusal(struct mn_slice bytes, enum mn_status status, const char *message)
{
    struct reading reading = reading_with(bytes, process);
    cr_expect(reading.status == status, "%s: %s", mn_status_word(reading.status), reading.error.message);
    cr_expect(strncmp(reading.error.message, message, strlen(message)) == 0, "%s", reading.error.message);
    reading_free(&reading);
}

static void expect_good_file(void)
{
    struct file file;
    expect_reading(good_file(&file), "head1@1/1 The title\np@1/1 It was noted.\n");
    mn_writer_free(&file.out);
}

/* A reading or a reason; never a crash of ours, and the next file is read. */
static enum mn_status expect_reason(struct mn_slice bytes)
{
    struct reading reading = reading_with(bytes, process);
    bool told = reading.status == MN_OK || (mn_slice_starts(mn_slice_of(reading.error.message), MN_LITERAL("test: ")) &&
                                            strlen(reading.error.message) > 20);
    cr_expect(told, "%s: %s", mn_status_word(reading.status), reading.error.message);
    enum mn_status status = reading.status;
    reading_free(&reading);
    return status;
}

Test(pdf, is_read)
{
    expect_good_file();
}

/* ---- what has a name ---- */

Test(pdf, without_text)
{
    struct file file;
    expect_refusal(page_file(&file, PAGE(""), "", MN_LITERAL("0 0 100 100 re f"), ""), MN_EMPTY_SOURCE,
                   "test: a PDF of 1 page without any text, as scanners make them");
    mn_writer_free(&file.out);
}

Test(pdf, that_needs_a_password)
{
#define HASH "0123456789abcdef0123456789abcdef"
    struct file file;
    expect_refusal(page_file(&file, PAGE(""), "", MN_LITERAL(GOOD_TEXT),
                             " /ID [(a) (b)] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (" HASH ") /U (" HASH
                             ") >>"),
                   MN_UNSUPPORTED, "test: this PDF is encrypted");
    mn_writer_free(&file.out);
    expect_good_file();
}

Test(pdf, that_is_none)
{
    expect_refusal(MN_LITERAL("%PDF-1.7\nnothing of the kind"), MN_MALFORMED, "test: this PDF is damaged or cut off");
    expect_good_file();
}

/* ---- damage ---- */

Test(pdf, cut_off_anywhere)
{
    struct file file;
    struct mn_slice whole = good_file(&file);
    for (size_t size = 8; size < whole.size; size += 7)
        expect_reason((struct mn_slice){whole.data, size});
    mn_writer_free(&file.out);
    expect_good_file();
}

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525 + 1013904223;
    return *state >> 8;
}

Test(pdf, with_bits_turned_over)
{
    struct file file;
    struct mn_slice whole = good_file(&file);
    char *bytes = malloc(whole.size);
    uint32_t state = 1;
    for (int round = 0; bytes && round < 300; round++) {
        memcpy(bytes, whole.data, whole.size);
        for (int flip = 0; flip <= round % 8; flip++) {
            uint32_t place = 8 + next_random(&state) % ((uint32_t)whole.size - 8);
            bytes[place] = (char)(bytes[place] ^ (1 << (next_random(&state) & 7)));
        }
        expect_reason((struct mn_slice){bytes, whole.size});
    }
    free(bytes);
    mn_writer_free(&file.out);
    expect_good_file();
}

/* ---- harm ---- */

Test(pdf, whose_pages_go_round_in_a_circle)
{
    struct file file;
    begin_file(&file);
    add_object(&file, CATALOGUE);
    add_object(&file, "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2000000000 >>");
    expect_reason(end_file(&file, ""));
    mn_writer_free(&file.out);
    expect_good_file();
}

Test(pdf, that_claims_to_have_many_pages)
{
    struct file file;
    begin_file(&file);
    add_object(&file, CATALOGUE);
    add_object(&file, "<< /Type /Pages /Kids [3 0 R] /Count 100000000 >>");
    add_object(&file, PAGE(""));
    add_object(&file, FONT);
    add_stream(&file, "", MN_LITERAL(GOOD_TEXT));
    expect_reason(end_file(&file, ""));
    mn_writer_free(&file.out);
    expect_good_file();
}

Test(pdf, nested_deeply)
{
    struct file file;
    struct mn_writer deep;
    mn_writer_init(&deep, NULL);
    for (int i = 0; i < 200000; i++)
        mn_write_literal(&deep, "[<</A");
    struct mn_slice content = {deep.data, deep.size};
    expect_reason(page_file(&file, PAGE(""), "", content, ""));
    mn_writer_free(&file.out);
    mn_writer_free(&deep);
    expect_good_file();
}

/* Each form shows the next one ten times: a thousand million letters out of two kilobytes. */
Test(pdf, that_grows_without_end)
{
    struct file file;
    begin_file(&file);
    add_object(&file, CATALOGUE);
    add_object(&file, TREE);
    add_object(&file, PAGE("/XObject << /X 6 0 R >>"));
    add_object(&file, FONT);
    add_stream(&file, "", MN_LITERAL("/X Do"));
    for (int i = 6; i < 15; i++) {
        char facts[160];
        snprintf(facts, sizeof facts,
                 "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> /XObject << /X "
                 "%d 0 R >> >>",
                 i + 1);
        add_stream(&file, facts,
                   i < 14 ? MN_LITERAL("/X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do")
                          : MN_LITERAL("BT /F1 12 Tf 70 700 Td (abcdefghij) Tj ET"));
    }
    enum mn_status status = expect_reason(end_file(&file, ""));
    cr_expect(status == MN_OVER_TIME || status == MN_MALFORMED, "%s", mn_status_word(status));
    mn_writer_free(&file.out);
    expect_good_file();
}

/* Run lengths in run lengths: 64 times 64 times as long. */
Test(pdf, that_unpacks_to_a_mountain)
{
    struct file file;
    struct mn_writer packed;
    mn_writer_init(&packed, NULL);
    for (int i = 0; i < 300000; i++)
        mn_write_literal(&packed, "\x81\x81\x81\x20");
    expect_reason(page_file(&file, PAGE(""), "/Filter [/RunLengthDecode /RunLengthDecode]",
                            (struct mn_slice){packed.data, packed.size}, ""));
    mn_writer_free(&file.out);
    mn_writer_free(&packed);
    expect_good_file();
}

Test(pdf, that_is_filled_with_forms_of_itself)
{
    struct file file;
    begin_file(&file);
    add_object(&file, CATALOGUE);
    add_object(&file, TREE);
    add_object(&file, PAGE("/XObject << /X 6 0 R >>"));
    add_object(&file, FONT);
    add_stream(&file, "", MN_LITERAL("/X Do BT /F1 12 Tf 70 700 Td (x) Tj ET"));
    add_stream(&file, "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>",
               MN_LITERAL("/X Do /X Do"));
    expect_reason(end_file(&file, ""));
    mn_writer_free(&file.out);
    expect_good_file();
}

/* After all of the above the system has counted what the processes used. */
Test(pdf, stays_within_its_memory)
{
    struct file file;
    struct rusage used;
    struct mn_writer text;
    mn_writer_init(&text, NULL);
    mn_write_literal(&text, "BT /F1 4 Tf 10 800 Td ");
    for (int i = 0; i < 400000; i++)
        mn_write_literal(&text, "(letters) Tj ");
    expect_reason(page_file(&file, PAGE(""), "", (struct mn_slice){text.data, text.size}, ""));
    mn_writer_free(&file.out);
    mn_writer_free(&text);
    mn_pdf_process_destroy(process);
    process = NULL;
    cr_assert(getrusage(RUSAGE_CHILDREN, &used) == 0);
    cr_expect(SANITIZED || (size_t)used.ru_maxrss << 10 <= MN_LIMIT_PDF_MEMORY, "%ld KiB", used.ru_maxrss);
}

/* ---- processes that do not do what they should ---- */

/* A shell script in place of minutiae-pdf. */
static void replace_program(char *path, const char *script)
{
    int descriptor = mkstemp(path);
    cr_assert(descriptor >= 0);
    FILE *out = fdopen(descriptor, "w");
    fprintf(out, "#!/bin/sh\n%s\n", script);
    fclose(out);
    chmod(path, 0700);
    mn_pdf_process_destroy(process);
    process = mn_pdf_process_create(path, 1);
}

static void expect_fate(const char *script, enum mn_status status, const char *message)
{
    struct file file;
    struct mn_slice bytes = good_file(&file);
    char path[] = "/tmp/minutiae-test-XXXXXX";
    replace_program(path, script);
    expect_refusal(bytes, status, message);
    mn_writer_free(&file.out);
    unlink(path);
}

Test(pdf, process_that_is_not_there)
{
    struct file file;
    mn_pdf_process_destroy(process);
    process = mn_pdf_process_create("/nowhere/minutiae-pdf", 0);
    expect_refusal(
        good_file(&file), MN_UNSUPPORTED,
        "test: is a PDF, but the program that parses these, /nowhere/minutiae-pdf, cannot be started (No such "
        "file or directory)");
    mn_writer_free(&file.out);
}

Test(pdf, process_that_ends)
{
    expect_fate("exit 3", MN_MALFORMED, "test: the PDF parser broke down over it (exit 3)");
}

Test(pdf, process_that_crashes)
{
    expect_fate("kill -SEGV $$", MN_MALFORMED, "test: the PDF parser broke down over it (signal 11)");
}

Test(pdf, process_that_talks_nonsense)
{
    expect_fate("printf 'Q\\0\\0\\0\\0E\\5\\0\\0\\0\\0\\0\\0\\0\\0'; exec sleep 60", MN_MALFORMED,
                "test: the PDF parser's answer makes no sense");
}

Test(pdf, process_that_never_answers)
{
    expect_fate("exec sleep 60", MN_OVER_TIME, "test: the PDF parser had no answer after 5 seconds");
}

Test(pdf, process_that_is_still_at_it_when_the_time_of_the_document_is_over)
{
    mn_deadline_set(1);
    expect_fate("exec sleep 60", MN_OVER_TIME, "takes longer than 1 s; raise --max-seconds");
    mn_deadline_set(0);
}

Test(pdf, process_that_is_killed)
{
    expect_fate("kill -KILL $$", MN_NO_MEMORY, "test: the PDF parser was killed, perhaps as memory is out");
}

/* The first process says of the first file that it is encrypted, and crashes over the second one. */
Test(pdf, process_that_crashes_after_it_has_answered_is_not_the_fault_of_the_file)
{
    struct file file;
    struct mn_slice bytes = good_file(&file);
    char path[] = "/tmp/minutiae-test-XXXXXX", script[1024];
    snprintf(script, sizeof script,
             "if mkdir $0.used; then printf 'E\\5\\0\\0\\0\\1\\0\\0\\0\\0'; head -c %zu >/dev/null; kill -SEGV $$; fi\n"
             "rmdir $0.used; exec '%s' 9",
             2 * (bytes.size + 8), mn_pdf_process_program(process));
    replace_program(path, script);
    expect_refusal(bytes, MN_UNSUPPORTED, "test: this PDF is encrypted");
    expect_good_file();
    mn_writer_free(&file.out);
    unlink(path);
}

Test(pdf, process_that_never_ends_its_answer)
{
    struct file file;
    struct mn_slice bytes = good_file(&file);
    char path[] = "/tmp/minutiae-test-XXXXXX";
    replace_program(path, "exec yes");
    struct reading reading = reading_with(bytes, process);
    cr_expect(reading.status == MN_OVER_LIMIT || reading.status == MN_OVER_TIME, "%s", reading.error.message);
    reading_free(&reading);
    mn_writer_free(&file.out);
    unlink(path);
}
