/* Where sentences end: `|` stands between them. */
#include "fixture.h"

#include "base/limits.h"
#include "segment/segment.h"
#include "segment/sentences.h"
#include <criterion/criterion.h>
#include <stdlib.h>

static const char *const cases[] = {
    "The report was noted.|The meeting closed.",
    "Was it noted?|It was.",
    "No!|It was not.",
    "One sentence without a stop",
    "Mr. B. Kennedy welcomed the Members.|They thanked him.",
    "Councillor L.M. Sheehy proposed the motion.|It was agreed.",
    "Cllr. M. Hourigan asked why.|Nobody knew.",
    "Cllr. L.M. Sheehy and Ms. D. Vuma attended.",
    "See No. 3 on the agenda.|It was deferred.",
    "The answer was no.|The Members were disappointed.",
    "See Nos. 27-30 and No. 31.",
    "As para. 4 says, it is so.",
    "It closed at 7.30 p.m. on Friday.",
    "It closed at 7.30 p.m.|The Chair thanked all.",
    "It opened at 10.00 a.m. in the Council Chamber.",
    "It is in Co. Limerick.|The road is closed.",
    "St. Mary’s Park and St. Patrick’s Day were mentioned.",
    "The cost was €1.5 million.|It had risen.",
    "It rose by 2.5 per cent. and fell again.",
    "Some people, e.g. Mr Smith, were absent.",
    "Others, i.e. The Friends of the Park, came.",
    "The first point; the second point; and the third.",
    "He said that it was good… and then left.",
    "He said that it was good…|Then he left.",
    "He waited... and waited.",
    "He waited...|Then he left.",
    "“That the report be noted.”|The motion was carried.",
    "“They are angels,” one said, “but few.”|Nobody disagreed.",
    "He asked ‘Why?’ and sat down.",
    "(The Chair left the meeting.)|The Vice-Chair took over.",
    "The vote was lost (6 to 9).|The Mayor declared it so.",
    "Councillors Carey, Daly and Teefy. (10)",
    "The minutes were agreed.|44 submissions had been received.",
    "It was said that: 1. Noted was the word.",
    "Item 8. Appeals update",
    "The Board agreed. it was said in small letters.",
    "The web address is www.example.org.uk and works.",
    "Version 2.1.3 was used.|It failed.",
    "The Planning and Development Act 2000.|Section 4(4)(b) applies.",
    "Dr. Hayes, Fr. Browne and Rev. Wilson attended.",
    "Messrs. Smith and Jones were thanked.|They left.",
    "The U.K. Government replied.",
    "M. Quinlivan, T.D., requested the figures.",
    "The Smith v. Jones case was discussed.",
    "The report (ref. 123) was noted.|It was long.",
    "It was due in Sept. 2019.|It came in Oct. 2020.",
    "The meeting of Mon. 5 May was cancelled.",
    "He said “No.”|She said “Yes.”",
    "What next?!|Nothing.",
    "The figure was 5.|The next was 6.",
    "A plan [see Appendix A] was tabled.|It was agreed.",
    "Councillor O’Brien proposed.|Councillor Ó Laoi seconded.",
    "Áras an Phobail was open.|Éamonn spoke.",
    "The plan – which was good.|– was adopted.",
    "Tel. 01632 960871 was given.",
    "The charge was approx. 5 per cent.",
    "See pp. 12-14 and p. 3.",
    "See vol. 2 and fig. 4.",
    "It was, viz. the plan, adopted.",
    "Smith & Co. Limited was appointed.",
    "Mrs. Non Penry-Vaughan spoke.|She was brief.",
    "Prof. A. N. Other, Sgt. Byrne and Supt. Reidy attended.",
    "Contents ........ 2",
    "Yes.|No.|Perhaps.",
    "The Council was asked to write to the Dept. of Health.",
};

static void expect_sentences(const struct fixture *fixture, const char *expected)
{
    char text[256], marked[256];
    size_t size = 0, at = 0;
    for (const char *c = expected; *c; ++c)
        text[size++] = *c == '|' ? ' ' : *c;
    for (size_t start = 0; start < size;) {
        size_t end = mn_sentence_end(fixture->segmentation, (struct mn_slice){text, size}, start);
        cr_assert(end > start && end <= size, "%s", expected);
        memcpy(marked + at, text + start, end - start);
        at += end - start;
        start = end + 1;
        if (end < size)
            marked[at++] = '|';
    }
    marked[at] = '\0';
    cr_expect_str_eq(marked, expected, "%s instead of %s", marked, expected);
}

Test(sentences, table)
{
    struct fixture fixture = fixture_open();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i)
        expect_sentences(&fixture, cases[i]);
    fixture_close(&fixture);
}

Test(sentences, without_data)
{
    struct mn_slice text = MN_LITERAL("Mr. Smith left. He was late.");
    cr_expect_eq(mn_sentence_end(NULL, text, 0), 3);
    cr_expect_eq(mn_sentence_end(NULL, text, 4), 15);
}

/* A text without sentence ends is cut at spaces, loses nothing and is told about. */
Test(sentences, limit)
{
    struct fixture fixture = fixture_open();
    size_t size = 3 * MN_LIMIT_SENTENCE_BYTES;
    char *text = malloc(size);
    cr_assert(text);
    for (size_t i = 0; i < size; ++i)
        text[i] = i % 10 == 9 && i + 1 < size ? ' ' : 'x';
    struct mn_slice line = {text, size};
    struct mn_document *document = fixture_lines(&fixture, &line, 1);
    struct mn_error error = {0};
    cr_assert_eq(mn_segment(document, fixture.segmentation, &error), MN_OK);
    cr_expect_eq(document->sentences.count, 4);
    for (size_t i = 0; i < document->sentences.count; ++i) {
        const struct mn_sentence *sentence = &document->sentences.items[i];
        cr_expect(sentence->end - sentence->start <= MN_LIMIT_SENTENCE_BYTES);
        if (i > 0)
            cr_expect_eq(document->sentences.items[i - 1].end + 1, sentence->start);
    }
    cr_expect_eq(document->notices.count, 1);
    free(text);
    fixture_close(&fixture);
}
