/* Answers of web services: headings, labels and pieces of HTML out of elements; no keys, flags and addresses. */
#include "dump.h"
#include <criterion/criterion.h>
#include <stdlib.h>
#include <time.h>

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

/* As the web service of a widespread committee system answers the request for a meeting. */
#define MEETING                                                                                                        \
    "<meeting><meetingid>4711</meetingid><committeetitle>Harbour Committee</committeetitle>"                           \
    "<meetingdate>14/09/2021</meetingdate><meetingtime>10.00 am</meetingtime><iswebcast>False</iswebcast>"             \
    "<meetinglocation>Quay House</meetinglocation><agendaitems><agendaitem><agendaitemid>9001</agendaitemid>"          \
    "<agendaitemnumber>2</agendaitemnumber><fulldisplaynumberformat>2a.</fulldisplaynumberformat>"                     \
    "<minutesitemnumber>0</minutesitemnumber><agendaitemtitle>Lease &amp;amp; rent</agendaitemtitle>"                  \
    "<agendatext>&lt;p&gt;To consider the lease.&lt;/p&gt;</agendatext><isrestricted>False</isrestricted>"             \
    "<decisionnonemptyhtmlbody>&lt;p&gt;That it be granted.&lt;/p&gt;</decisionnonemptyhtmlbody>"                      \
    "<minutesnonemptyhtmlbody>&lt;p&gt;&lt;b&gt;RESOLVED:&lt;/b&gt; That it be granted.&lt;/p&gt;"                     \
    "</minutesnonemptyhtmlbody><linkeddocuments><linkeddoc><attachmentid>77</attachmentid>"                            \
    "<title>Recommendations of the master</title><url>http://a.example/x.pdf</url><isrestricted>False</isrestricted>"  \
    "</linkeddoc></linkeddocuments></agendaitem></agendaitems><attendees><attendee memberid='12' "                     \
    "name='Councillor A Quantick' roledescription='Chair' attendance='Present'/></attendees></meeting>"
#define MEETING_DUMP                                                                                                   \
    "head1 Harbour Committee\n"                                                                                        \
    "p/1 14/09/2021\n"                                                                                                 \
    "p/1 10.00 am\n"                                                                                                   \
    "p/1 Quay House\n"                                                                                                 \
    "head2/1 2a. Lease & rent\n"                                                                                       \
    "head4/1 Agenda:\n"                                                                                                \
    "p/1 To consider the lease.\n"                                                                                     \
    "head4/1 Decision:\n"                                                                                              \
    "p/1 That it be granted.\n"                                                                                        \
    "head4/1 Minutes:\n"                                                                                               \
    "p/1 RESOLVED: That it be granted.\n"                                                                              \
    "fw Recommendations of the master\n"                                                                               \
    "p/1 Councillor A Quantick, Chair, Present\n"

Test(xml, answers_of_a_committee_system)
{
    check_dump(XML MEETING, MEETING_DUMP);
}

Test(xml, envelopes_are_no_levels)
{
    check_dump(XML "<soap:Envelope xmlns:soap='http://schemas.xmlsoap.org/soap/envelope/'><soap:Body>"
                   "<GetMeetingResponse xmlns='http://a.example/namespaces'><GetMeetingResult>" MEETING
                   "</GetMeetingResult></GetMeetingResponse></soap:Body></soap:Envelope>",
               MEETING_DUMP);
}

Test(xml, html_may_come_as_elements)
{
    check_dump(XML "<meeting><agendaitem><title>Dredging</title><minuteshtmlbody>\n<div xmlns='a:b'><p>One<br/>two "
                   "&amp; <b>three</b>.</p><p/><ul><li>RESOLVED</li></ul></div>\n</minuteshtmlbody></agendaitem>"
                   "<agendaitem><title>Moorings</title></agendaitem></meeting>",
               "head2 Dredging\n"
               "head4/1 Minutes:\n"
               "p/1 One\n"
               "p two & three.\n"
               "list\n"
               " item=1:0\n"
               "  p=1:0/2 RESOLVED\n"
               "head2/1 Moorings\n");
}

Test(xml, nothing_between_elements_is_lost)
{
    check_dump(XML "<item>The first part <id>7</id> and the rest<more><date>2021-09-14</date><n>3.</n></more></item>",
               "p The first part\n"
               "p/1 and the rest\n"
               "p/1 2021-09-14\n");
}

Test(xml, a_number_comes_before_its_heading)
{
    check_dump(XML "<items><item><name>Quay</name><itemnumber>3</itemnumber></item><item><itemnumber>4.</itemnumber>"
                   "<name>Pier</name></item></items>",
               "head2 3. Quay\n"
               "head2/1 4. Pier\n");
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

/* A heading looks for its number near it, not among a million of others: twice as many take about twice as long. */
static uint64_t time_of(size_t count)
{
    static const char item[] = "<title>A heading</title>";
    size_t size = sizeof XML "<answer>" - 1;
    char *source = malloc(size + count * (sizeof item - 1) + 9);
    memcpy(source, XML "<answer>", size);
    for (size_t i = 0; i < count; i++, size += sizeof item - 1)
        memcpy(source + size, item, sizeof item - 1);
    memcpy(source + size, "</answer>", 9);
    struct timespec begun, ended;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begun);
    struct reading reading = reading_of((struct mn_slice){source, size + 9}, NULL);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ended);
    cr_expect(reading.status == MN_OK, "%s", reading.error.message);
    reading_free(&reading);
    free(source);
    return (uint64_t)((ended.tv_sec - begun.tv_sec) * 1000000000 + ended.tv_nsec - begun.tv_nsec);
}

Test(xml, time_is_linear)
{
    uint64_t once = time_of(10000), twice = time_of(20000), again = time_of(10000);
    once = once < again ? once : again;
    cr_expect(twice < 4 * once, "%llu and %llu ns", (unsigned long long)once, (unsigned long long)twice);
}

Test(xml, markup_in_an_attribute_is_text)
{
    check_dump(XML "<meeting><attendee name='Ada &lt;script&gt;of&lt;/script&gt; Bell &amp;amp; Co'/></meeting>",
               "p Ada <script>of</script> Bell &amp; Co\n");
}
