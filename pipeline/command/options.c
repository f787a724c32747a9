#include "command/options.h"

#include "command/log.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_option(const struct option *option)
{
    char left[64];
    snprintf(left, sizeof left, "%c%c%s --%s%s%s", option->letter ? '-' : ' ', option->letter ? option->letter : ' ',
             option->letter ? "," : " ", option->name, option->argument ? " " : "",
             option->argument ? option->argument : "");
    printf("  %-26s %s\n", left, option->help);
}

static void print_help(const struct command *command, const struct option *options, size_t option_count)
{
    printf("usage: minutiae %s %s\n\n%s\n", command->name, command->arguments, command->summary);
    if (command->details)
        printf("\n%s\n", command->details);
    puts("\noptions:");
    for (size_t i = 0; i < option_count; i++)
        print_option(&options[i]);
    puts("  -h, --help                 show this and end");
    if (command->example)
        printf("\nexample:\n%s\n", command->example);
}

static const struct option *find_long(const struct option *options, size_t count, const char *name, size_t size)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(options[i].name) == size && strncmp(options[i].name, name, size) == 0)
            return &options[i];
    return NULL;
}

static const struct option *find_short(const struct option *options, size_t count, char letter)
{
    for (size_t i = 0; i < count; i++)
        if (options[i].letter == letter)
            return &options[i];
    return NULL;
}

bool option_list_add(struct option_list *list, const char *text)
{
    const char **items = realloc(list->items, (list->count + 1) * sizeof *items);
    if (!items)
        return false;
    list->items = items;
    items[list->count++] = text;
    return true;
}

static bool set_number(size_t *target, const char *value)
{
    char *end;
    errno = 0;
    unsigned long long number = strtoull(value, &end, 10);
    if (errno || *end || end == value || value[0] == '-' || number > SIZE_MAX)
        return false;
    *target = (size_t)number;
    return true;
}

static int usage_error(const struct command *command, const char *what, const char *which)
{
    message("%s: %s '%s'; 'minutiae %s --help' lists what there is", command->name, what, which, command->name);
    return EXIT_USAGE_ERROR;
}

/* Sets the option; -1 when all is well. */
static int apply(const struct command *command, const struct option *option, const char *value, const char *written)
{
    if (value && !*value)
        return usage_error(command, "a value is expected after", written);
    switch (option->type) {
    case OPTION_FLAG:
        *(bool *)option->target = true;
        return -1;
    case OPTION_TEXT:
        *(const char **)option->target = value;
        return -1;
    case OPTION_LIST:
        return option_list_add(option->target, value) ? -1 : usage_error(command, "out of memory at", written);
    case OPTION_NUMBER:
        return set_number(option->target, value) ? -1
                                                 : usage_error(command, "a whole number is expected after", written);
    }
    return -1;
}

struct parse {
    const struct command *command;
    const struct option *options;
    size_t option_count;
    int count, next;
    char **arguments;
};

static int parse_option(struct parse *parse, const char *written)
{
    bool is_long = written[1] == '-';
    const char *name = written + (is_long ? 2 : 1);
    const char *equals = is_long ? strchr(name, '=') : NULL;
    size_t size = equals ? (size_t)(equals - name) : strlen(name);
    const struct option *option = is_long ? find_long(parse->options, parse->option_count, name, size)
                                          : find_short(parse->options, parse->option_count, name[0]);
    if (!option)
        return usage_error(parse->command, "unknown option", written);
    const char *value = equals ? equals + 1 : (!is_long && name[1]) ? name + 1 : NULL;
    if (option->type == OPTION_FLAG)
        return value ? usage_error(parse->command, "no value is expected at", written)
                     : apply(parse->command, option, NULL, written);
    if (!value && parse->next < parse->count)
        value = parse->arguments[parse->next++];
    return value ? apply(parse->command, option, value, written)
                 : usage_error(parse->command, "a value is expected after", written);
}

int options_parse(const struct command *command, const struct option *options, size_t option_count, int count,
                  char **arguments, struct option_list *operands)
{
    struct parse parse = {command, options, option_count, count, 0, arguments};
    bool only_operands = false;
    while (parse.next < count) {
        const char *written = arguments[parse.next++];
        if (only_operands || written[0] != '-' || !written[1]) {
            if (!option_list_add(operands, written))
                return usage_error(command, "out of memory at", written);
        } else if (strcmp(written, "--") == 0) {
            only_operands = true;
        } else if (strcmp(written, "--help") == 0 || strcmp(written, "-h") == 0) {
            print_help(command, options, option_count);
            return EXIT_DONE;
        } else {
            int code = parse_option(&parse, written);
            if (code >= 0)
                return code;
        }
    }
    return -1;
}
