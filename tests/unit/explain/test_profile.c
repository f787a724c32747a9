/* Profiles: counts add up, samples do not depend on the order in which they come, files read back as they were. */
#include "explain/profile.h"

#include <criterion/criterion.h>
#include <stdio.h>

static const struct mn_slice digest =
    MN_LITERAL_ITEM("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");

static struct mn_profile *open_profile(void)
{
    struct mn_profile *profile = mn_profile_create();
    cr_assert(profile);
    profile->rules_sha256 = digest;
    return profile;
}

static void add_sample(struct mn_profile *profile, const char *rule, const char *source, uint32_t start)
{
    struct mn_profile_rule *counted = mn_profile_rule(profile, mn_slice_of(rule), MN_LITERAL("grade"));
    cr_assert(counted);
    counted->counts[MN_PROFILE_HIT]++;
    counted->tries++;
    cr_assert(mn_profile_sample(
        profile, counted, MN_PROFILE_HIT,
        (struct mn_profile_sample){
            .source = mn_slice_of(source), .words = MN_LITERAL("so & so"), .start = start, .end = start + 7}));
}

static void write(const struct mn_profile *profile, struct mn_writer *out)
{
    mn_writer_init(out, NULL);
    cr_assert(mn_profile_write(profile, out));
    cr_assert(out->status == MN_OK);
}

static void expect_same(const struct mn_profile *a, const struct mn_profile *b)
{
    struct mn_writer first, second;
    write(a, &first);
    write(b, &second);
    cr_expect(first.size == second.size && memcmp(first.data, second.data, first.size) == 0, "%.*s\n%.*s",
              (int)first.size, first.data, (int)second.size, second.data);
    mn_writer_free(&first);
    mn_writer_free(&second);
}

static void merge(struct mn_profile *into, const struct mn_profile *from)
{
    struct mn_error error;
    cr_assert(mn_profile_merge(into, from, &error) == MN_OK, "%s", error.message);
}

Test(profile, parts_in_any_order_make_the_whole)
{
    struct mn_profile *whole = open_profile(), *merged = mn_profile_create();
    struct mn_profile *parts[3] = {open_profile(), open_profile(), open_profile()};
    char source[32];
    cr_assert(merged);
    for (uint32_t i = 0; i < 60; i++) {
        snprintf(source, sizeof source, "document %u", (unsigned)i % 7);
        add_sample(whole, i % 2 ? "pack.b" : "pack.a", source, i * 31);
        add_sample(parts[i * 5 % 3], i % 2 ? "pack.b" : "pack.a", source, i * 31);
    }
    whole->documents = 7;
    parts[1]->documents = 7;
    for (int i = 3; i-- > 0;)
        merge(merged, parts[i]);
    expect_same(whole, merged);
    cr_expect(mn_profile_find(merged, MN_LITERAL("pack.a"))->sample_counts[MN_PROFILE_HIT] == MN_PROFILE_SAMPLES);
    cr_expect(mn_profile_find(merged, MN_LITERAL("pack.a"))->counts[MN_PROFILE_HIT] == 30);
    for (int i = 0; i < 3; i++)
        mn_profile_destroy(parts[i]);
    mn_profile_destroy(whole);
    mn_profile_destroy(merged);
}

Test(profile, one_place_is_one_sample)
{
    struct mn_profile *profile = open_profile();
    add_sample(profile, "pack.a", "document", 3);
    add_sample(profile, "pack.a", "document", 3);
    cr_expect(profile->rules.items[0].sample_counts[MN_PROFILE_HIT] == 1);
    mn_profile_destroy(profile);
}

Test(profile, other_rules_do_not_merge)
{
    struct mn_profile *into = open_profile(), *from = open_profile();
    struct mn_error error;
    from->rules_sha256 = MN_LITERAL("other");
    cr_expect(mn_profile_merge(into, from, &error) == MN_USAGE);
    mn_profile_destroy(into);
    mn_profile_destroy(from);
}

Test(profile, a_file_reads_back)
{
    struct mn_profile *profile = open_profile(), *read;
    struct mn_writer out;
    struct mn_error error;
    add_sample(profile, "pack.a", "a <document>", 3);
    struct mn_profile_rule *rule = &profile->rules.items[0];
    struct mn_profile_part part = {
        .outcome = MN_PROFILE_VETO, .name = MN_LITERAL("unless 1"), .text = MN_LITERAL("~aim | \"not yet\"")};
    struct mn_profile_part *counted = mn_profile_part(profile, rule, &part);
    cr_assert(counted);
    counted->count = rule->counts[MN_PROFILE_VETO] = 4;
    write(profile, &out);
    cr_assert(mn_profile_read("p.xml", (struct mn_slice){out.data, out.size}, &read, &error) == MN_OK, "%s",
              error.message);
    expect_same(profile, read);
    mn_writer_free(&out);
    mn_profile_destroy(profile);
    mn_profile_destroy(read);
}

static const struct {
    const char *xml, *message;
} refused[] = {
    {"", "no profile"},
    {"<profile/>", "no profile"},
    {"<profile xmlns='urn:minutiae:profile:1' rules-sha256='x' documents='-1'/>", "does not say"},
    {"<profile xmlns='urn:minutiae:profile:1' rules-sha256='x' documents='1'><rule/></profile>", "no name"},
    {"<profile xmlns='urn:minutiae:profile:1' rules-sha256='x' documents='1'><rule name='a'/></profile>", "lacks"},
    {"<profile xmlns='urn:minutiae:profile:1' rules-sha256='x' documents='1'><rule name='a' tries='1' hits='1' "
     "vetoes='99999999999999999999' losses='0' drops='0'/></profile>",
     "lacks a count"},
    {"<profile xmlns='urn:minutiae:profile:1' rules-sha256='x' documents='1'><rule name='a' tries='1' hits='1' "
     "vetoes='0' losses='0' drops='0'><sample of='hit' start='1'/></rule></profile>",
     "<sample>"},
    {"<profile xmlns='urn:minutiae:profile:1' rules-sha256='x' documents='1'><rule name='a' tries='1' hits='1' "
     "vetoes='0' losses='0' drops='0'><hit/></rule></profile>",
     "cannot be read"},
    {"<profile xmlns='urn:minutiae:profile:1' rules-sha256='x' documents='1'><other/></profile>", "belong"},
    {"<!DOCTYPE profile []><profile xmlns='urn:minutiae:profile:1' rules-sha256='x' documents='1'/>", "no profile"},
};

Test(profile, what_is_none_is_refused)
{
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct mn_profile *profile;
        struct mn_error error = {0};
        cr_expect(mn_profile_read("p.xml", mn_slice_of(refused[i].xml), &profile, &error) == MN_MALFORMED, "%s",
                  refused[i].xml);
        cr_expect(!profile && strstr(error.message, refused[i].message), "%s: %s", refused[i].xml, error.message);
    }
}
