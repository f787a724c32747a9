#include "sample.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

/* Copies the nth id of a record, without its quotes. */
static void nth_id(const char *record, size_t n, char out[40])
{
    static const char mark[] = " xml:id=\"";
    const char *at = record;
    for (size_t i = 0; i <= n; i++) {
        at = strstr(at, mark);
        cr_assert_not_null(at, "no id %zu in %s", n, record);
        at += sizeof mark - 1;
    }
    size_t size = strcspn(at, "\"");
    cr_assert_lt(size, 40u);
    memcpy(out, at, size);
    out[size] = '\0';
}

static struct mn_document *two_grades(const char *text, const char *first, const char *second)
{
    struct mn_document *document = sample_create(text);
    sample_finding(document, MN_GRADE, "good");
    sample_attribute(document, "value", first);
    sample_finding(document, MN_GRADE, "good");
    sample_attribute(document, "value", second);
    return document;
}

/* The number in the first row was made with
 *     printf 'grade %s 3 7 good' $(printf 'is good' | sha256sum | cut -d' ' -f1) | sha256sum | cut -c-16 */
static const struct {
    const char *text, *first, *second;
    const char *ids[2]; /* null: any other than the first row's */
} ids[] = {
    {"is good", "good", "good", {"g3aabaca6c51e3958", "g3aabaca6c51e3958-2"}},
    {"is good", "good", "inadequate", {"g3aabaca6c51e3958", NULL}},
    {"is good.", "good", "good", {NULL, NULL}},
    {"as good", "good", "good", {NULL, NULL}},
};

Test(ids, follow_from_kind_text_place_and_value)
{
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        struct mn_document *document = two_grades(ids[i].text, ids[i].first, ids[i].second);
        char *record = sample_record(document);
        for (size_t j = 0; j < 2; j++) {
            char id[40];
            nth_id(record, j, id);
            if (ids[i].ids[j])
                cr_expect_str_eq(id, ids[i].ids[j]);
            else
                cr_expect_neq(strncmp(id, ids[0].ids[0], 17), 0, "%s", id);
        }
        free(record);
        sample_free(document);
    }
}

Test(ids, begin_with_the_letter_of_their_kind)
{
    static const char letters[] = {
        [MN_GRADE] = 'g', [MN_RECOMMENDATION] = 'c', [MN_DEADLINE] = 'd', [MN_RESOLUTION] = 'r'};
    for (unsigned kind = 0; kind < MN_FINDING_KIND_COUNT; kind++) {
        struct mn_document *document = sample_create("is good");
        char id[40];
        sample_finding(document, (enum mn_finding_kind)kind, "good");
        char *record = sample_record(document);
        nth_id(record, 0, id);
        cr_expect_eq(id[0], letters[kind]);
        cr_expect_eq(strspn(id + 1, "0123456789abcdef"), 16u);
        cr_expect_eq(strlen(id), 17u);
        free(record);
        sample_free(document);
    }
}

/* Many finds that share everything are numbered in their order. */
Test(ids, of_equal_finds_are_numbered)
{
    enum { MANY = 3000 };
    struct mn_document *document = sample_create("is good");
    char first[40], last[40], expected[48];
    for (size_t i = 0; i < MANY; i++)
        sample_finding(document, i % 3 ? MN_GRADE : MN_DEADLINE, "good");
    char *record = sample_record(document);
    nth_id(record, 0, first);
    nth_id(record, 1999, last);
    snprintf(expected, sizeof expected, "%s-2000", first);
    cr_expect_str_eq(last, expected);
    nth_id(record, 2999, last);
    cr_expect_eq(last[0], 'd');
    cr_expect_str_eq(last + 17, "-1000");
    free(record);
    sample_free(document);
}
