#include "options.h"
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "usage: minutiae-evaluate [OPTION]… GOLD… RECORDS\n"
    "\n"
    "Scores records against gold: precision, recall and F1 per kind of finding and source.\n"
    "\n"
    "Told are 95 % bootstrap intervals, the accuracy of the attributes among matched pairs and of the facts about the\n"
    "documents too.\n"
    "\n"
    "GOLD     folder searched for NAME.gold.xml files (for .xml files if it has none), or a file\n"
    "RECORDS  folder searched for NAME.xml or NAME.EXT.xml, or a file; gold files can stand as records and the other\n"
    "         way round\n"
    "\n"
    "A source is a folder with gold files. A find and a gold finding of the same kind pair, one to one, if their\n"
    "quotes can be cuts of the same place: one holds the other or they dovetail, over at least half of the shorter;\n"
    "words that differ on both sides speak against it. Grades must agree in value too. Strict: the quotes are equal\n"
    "but for case, white space, quotation marks and the punctuation at their ends. Borderline gold is neutral: a find\n"
    "that pairs with it does not count, nor does its absence. A document without a record counts with all its gold as\n"
    "missed.\n"
    "exit: 0 done, 1 input not readable or a minimum not reached, 2 wrong command line\n"
    "\n"
    "options:\n"
    "  -l, --list                 name every miss, false find and differing attribute\n"
    "  -f, --format FORMAT        text (default), xml or html\n"
    "  -c, --compare OLD          what got better and what got worse since the records in folder OLD\n"
    "  -t, --text FOLDER          texts of the documents as NAME.txt (from minutiae text): marked up in html; places\n"
    "                             of what was missed\n"
    "  -m, --minimum KIND=F1      exit with 1 if micro F1 of KIND is below F1 (0 to 1); KIND is grade, "
    "grade-asserted,\n"
    "                             recommendation, deadline or resolution; can be repeated\n"
    "  -h, --help                 show this and end\n"
    "\n"
    "example:\n"
    "  minutiae extract minutes --output records; minutiae-evaluate --list minutes records\n";

typedef enum mn_status apply(struct options *options, const char *value, struct mn_error *error);

static enum mn_status apply_format(struct options *options, const char *value, struct mn_error *error)
{
    static const char *const names[] = {"text", "xml", "html"};
    for (size_t f = 0; f < FORMAT_COUNT; f++) {
        if (strcmp(value, names[f]) == 0) {
            options->format = (enum format)f;
            return MN_OK;
        }
    }
    return mn_fail(error, MN_USAGE, "--format %s: expected text, xml or html", value);
}

static enum mn_status apply_minimum(struct options *options, const char *value, struct mn_error *error)
{
    size_t word = strcspn(value, "=");
    for (size_t m = 0; m < MEASURE_COUNT && value[word]; m++) {
        const char *name = measure_word((enum measure)m);
        char *end;
        if (strlen(name) != word || memcmp(name, value, word) != 0)
            continue;
        double minimum = strtod(value + word + 1, &end);
        if (end == value + word + 1 || *end || !(minimum >= 0 && minimum <= 1))
            break;
        options->minimum[m] = minimum;
        return MN_OK;
    }
    return mn_fail(error, MN_USAGE, "--minimum %s: expected KIND=F1 such as resolution=0.85", value);
}

static enum mn_status apply_compare(struct options *options, const char *value, struct mn_error *error)
{
    (void)error;
    options->compare = value;
    return MN_OK;
}

static enum mn_status apply_text(struct options *options, const char *value, struct mn_error *error)
{
    (void)error;
    options->text = value;
    return MN_OK;
}

static enum mn_status apply_list(struct options *options, const char *value, struct mn_error *error)
{
    (void)value;
    (void)error;
    options->list = true;
    return MN_OK;
}

static enum mn_status apply_help(struct options *options, const char *value, struct mn_error *error)
{
    (void)value;
    (void)error;
    options->help = true;
    return MN_OK;
}

static const struct {
    const char *name;
    char letter;
    bool valued;
    apply *apply;
} table[] = {
    {"list", 'l', false, apply_list}, {"format", 'f', true, apply_format},   {"compare", 'c', true, apply_compare},
    {"text", 't', true, apply_text},  {"minimum", 'm', true, apply_minimum}, {"help", 'h', false, apply_help},
};

enum { OPTION_COUNT = sizeof table / sizeof *table };

/* The option that an argument names (with the value behind "=" or a letter, if any), or OPTION_COUNT. */
static size_t find_option(const char *argument, const char **value)
{
    bool is_long = argument[1] == '-';
    size_t length = is_long ? strcspn(argument + 2, "=") : 1;
    *value = NULL;
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (is_long && strlen(table[i].name) == length && memcmp(table[i].name, argument + 2, length) == 0) {
            *value = argument[2 + length] ? argument + 3 + length : NULL;
            return i;
        }
        if (!is_long && table[i].letter == argument[1]) {
            *value = argument[2] ? argument + 2 : NULL;
            return i;
        }
    }
    return OPTION_COUNT;
}

/* Applies the option at *at and moves *at to its last argument. */
static enum mn_status read_option(int count, const char **arguments, int *at, struct options *options,
                                  struct mn_error *error)
{
    const char *argument = arguments[*at];
    const char *value;
    size_t option = find_option(argument, &value);
    if (option == OPTION_COUNT)
        return mn_fail(error, MN_USAGE, "%s: no such option; see --help", argument);
    if (!table[option].valued && value)
        return mn_fail(error, MN_USAGE, "%s: --%s takes no value", argument, table[option].name);
    if (table[option].valued && !value) {
        if (*at + 1 >= count)
            return mn_fail(error, MN_USAGE, "--%s: a value is missing; see --help", table[option].name);
        value = arguments[++*at];
    }
    return table[option].apply(options, value, error);
}

enum mn_status options_read(int count, const char **arguments, struct options *options, struct mn_error *error)
{
    enum mn_status status = MN_OK;
    int kept = 0;
    bool ended = false;
    *options = (struct options){.operands = arguments + 1};
    for (int i = 1; i < count && status == MN_OK; i++) {
        if (!ended && strcmp(arguments[i], "--") == 0)
            ended = true;
        else if (!ended && arguments[i][0] == '-' && arguments[i][1])
            status = read_option(count, arguments, &i, options, error);
        else
            arguments[1 + kept++] = arguments[i];
    }
    options->operand_count = (size_t)kept;
    if (status == MN_OK && !options->help && kept < 2)
        return mn_fail(error, MN_USAGE, "expected GOLD... and RECORDS; see --help");
    return status;
}

void options_help(FILE *out)
{
    fputs(help, out);
}
