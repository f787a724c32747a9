/* What the first word of a line may be. */
#include "layout/labels.h"
#include <criterion/criterion.h>

static const struct {
    const char *word;
    enum mn_label label;
} words[] = {
    {"1.", MN_LABEL_WEAK},    {"12)", MN_LABEL_WEAK},    {"(a)", MN_LABEL_WEAK},
    {"(iv)", MN_LABEL_WEAK},  {"2.1", MN_LABEL_WEAK},    {"15.11.10", MN_LABEL_WEAK},
    {"a.", MN_LABEL_WEAK},    {"–", MN_LABEL_WEAK},      {"-", MN_LABEL_WEAK},
    {"12", MN_LABEL_APART},   {"A.", MN_LABEL_APART},    {"o", MN_LABEL_APART},
    {"•", MN_LABEL_SURE},     {"◼", MN_LABEL_SURE},      {"\xEF\x82\xA7", MN_LABEL_SURE},
    {"➢", MN_LABEL_SURE},     {"2015.", MN_LABEL_NONE},  {"10,000", MN_LABEL_NONE},
    {"(DCS)", MN_LABEL_NONE}, {"(28%).", MN_LABEL_NONE}, {"IROs,", MN_LABEL_NONE},
    {"Day.", MN_LABEL_NONE},  {"£", MN_LABEL_NONE},      {"100%", MN_LABEL_NONE},
    {"The", MN_LABEL_NONE},   {"", MN_LABEL_NONE},       {"2.", MN_LABEL_WEAK},
    {"1234", MN_LABEL_NONE},  {"...", MN_LABEL_NONE},    {"(", MN_LABEL_NONE},
    {"()", MN_LABEL_NONE},    {".1", MN_LABEL_NONE},
};

Test(labels, of_words)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        cr_expect(mn_label_of(mn_slice_of(words[i].word)) == words[i].label, "%s", words[i].word);
}
