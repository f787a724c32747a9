/* Running out of memory at every allocation in turn: a plain failure, nothing leaked, nothing half loaded. */
#include "support.h"

#include "base/fault.h"
#include <criterion/criterion.h>

static const char good_rules[] =
    "<rules xmlns='urn:minutiae:rules:1' pack='t'>"
    "<use pack='u'/><off rule='r'>why</off><lexicon name='w' file='w.tsv'/><common>the</common><class "
    "name='year'>(19|20)\\d\\d</class>"
    "<lexicon name='grade'><entry>good | bad</entry></lexicon><define name='be'>is | was</define>"
    "<segmentation><abbreviation>Mr</abbreviation><label role='minutes'>Minutes</label>"
    "<furniture>page \\d+</furniture><result>Carried</result></segmentation>"
    "<section-rule name='s' role='decision'><pattern>^ decision $</pattern></section-rule>"
    "<rule name='r' finds='grade' section='decision' key='value'><pattern>subject:_{1,3}? $be value:[grade=good] "
    "not-ahead(by #year) @t.l?</pattern><unless near='value' within='3'>not</unless><set scale='x'/>"
    "<give to='k' from='inside'/><example>It <find value='good'>was <value>good</value></find>.</example></rule>"
    "<list-rule name='l' finds='k'><lead-in>resolved</lead-in><item>that _</item></list-rule>"
    "<table-rule name='t' finds='k'><column "
    "name='c'><header>when</header><cell>#year</cell></column></table-rule></rules>";

static const char mistakes[] =
    "<rules xmlns='urn:minutiae:rules:1' pack='t'><class name='year'>(</class><define name='d'>$d</define>"
    "<rule name='r' finds='k'><pattern>[x] #yaer @k $y</pattern></rule></rules>";

static void fail_each_allocation(const char *text, bool good)
{
    bool done = false;
    size_t failures = 0;
    for (size_t n = 1; !done; n++) {
        struct mn_rules *rules;
        struct mn_error error;
        mn_fault_after(n);
        struct mn_rules_text texts[] = {{"text.xml", mn_slice_of(text)},
                                        {"u.xml", MN_LITERAL("<rules xmlns='urn:minutiae:rules:1' pack='u'/>")},
                                        {"w.tsv", MN_LITERAL("# words\nCork | Cobh\tcork\n")}};
        struct mn_rules_source source = {.texts = texts, .text_count = 3};
        enum mn_status status = mn_rules_load_source(&source, &rules, NULL, &error);
        done = mn_fault_pending();
        mn_fault_after(0);
        cr_expect((status == MN_OK) == (rules != NULL));
        cr_expect(status == MN_NO_MEMORY || status == (good ? MN_OK : MN_RULE_ERROR));
        cr_expect(!done || status != MN_NO_MEMORY);
        failures += status == MN_NO_MEMORY;
        mn_rules_free(rules);
        cr_assert(n < 1000000);
    }
    cr_expect(failures > 10);
}

Test(rules_faults, good_rules)
{
    fail_each_allocation(good_rules, true);
}

Test(rules_faults, rules_with_mistakes)
{
    fail_each_allocation(mistakes, false);
}
