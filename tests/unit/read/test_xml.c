/* Answers of web services: headings, labels and pieces of HTML out of elements; no keys, flags and addresses. */
#include "dump.h"
#include <criterion/criterion.h>

#define XML "<?xml version=\"1.0\"?>"

Test(xml, values_become_headings_labels_and_blocks)
{
    check_dump(XML "<getmeeting><meetingid>47</meetingid><committeename>Harbour Committee</committeename>"
                   "<meetingdate>14/09/2021</meetingdate><webcast>False</webcast><agendaitems><agendaitem>"
                   "<agendaitemid>1</agendaitemid><agendaitemtitle>Lease &amp; rent</agendaitemtitle>"
                   "<agendaitemdecision>&lt;p&gt;RESOLVED: That it be granted.&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;"
                   "</agendaitemdecision><url>https://a.example/x</url><guid>5f3a-11</guid></agendaitem>"
                   "</agendaitems></getmeeting>",
               "head1 Harbour Committee\n"
               "p/1 14/09/2021\n"
               "head2/1 Lease & rent\n"
               "head4/1 Decision:\n"
               "p/1 RESOLVED: That it be granted.\n"
               "p/1 Two\n");
}

Test(xml, sections_of_character_data_and_long_plain_values)
{
    check_dump(XML
               "<item><minutestext><![CDATA[<p>One.</p>]]></minutestext><summary>The committee looked at the report "
               "of the director and asked for another one in the spring.</summary></item>",
               "head4 Minutes:\n"
               "p/1 One.\n"
               "head4/1 Summary:\n"
               "p/1 The committee looked at the report of the director and asked for another one in the spring.\n");
}

static enum mn_status status_of(const char *source)
{
    struct reading reading = reading_of(mn_slice_of(source), NULL);
    enum mn_status status = reading.status;
    reading_free(&reading);
    return status;
}

Test(xml, refuses_what_is_no_answer)
{
    cr_expect_eq(status_of(XML "<answer><b>never closed"), MN_MALFORMED);
    cr_expect_eq(status_of(XML "<record xmlns=\"urn:minutiae:record:1\"><source name=\"a\"/></record>"),
                 MN_UNSUPPORTED);
    cr_expect_eq(status_of(XML "<urlset><loc>https://a.example/</loc></urlset>"), MN_UNSUPPORTED);
    cr_expect_eq(status_of(XML "<answer><id>17</id><flag>true</flag><place>https://a.example/b</place></answer>"),
                 MN_EMPTY_SOURCE);
}

/* Nothing is fetched, and nothing grows out of nothing. */
Test(xml, entities_are_not_taken)
{
    cr_expect_eq(status_of(XML "<!DOCTYPE answer [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><answer><words>some words "
                               "&e;</words></answer>"),
                 MN_UNSUPPORTED);
    cr_expect_eq(
        status_of(XML
                  "<!DOCTYPE answer [<!ENTITY x \"yy yy\"><!ENTITY y \"&x;&x;\">]><answer><words>&y;</words></answer>"),
        MN_UNSUPPORTED);
}
