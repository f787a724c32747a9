/* The program: finds the command and runs it. */
#include "command/commands.h"
#include "command/places.h"

#include <stdio.h>
#include <string.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

static const struct command commands[] = {
    {"extract", "[OPTION]… PATH…", "Reads documents and writes what is found in them as XML records.",
     "PATH is a file, a folder or - for standard input. Of a folder all files are read, and those of the folders in\n"
     "it, but for hidden files, README*, *.gold.xml, linked folders and the output folder. Containers are gone into:\n"
     "zip, tar, gzip, zstd, bzip2, xz and web crawls (WARC), and containers in these. What is in them is called\n"
     "FILE!NAME, of a crawl FILE!NUMBER of the record.\n\n"
     "With --output each document gets a record of its own, DIR/NAME.xml, which appears whole or not at all; "
     "otherwise\n"
     "the records go to standard output, in a <records> element when there is more than one input. What was done is\n"
     "reported in DIR/.minutiae/report.xml, and a run into the same folder does only what is new or changed: "
     "documents,\n"
     "rules, program or options. What is written does not depend on --threads.\n\n"
     "A document that cannot be read is named on standard error with the reason; the others are still done. A record\n"
     "that an earlier run made of it is taken away. Ctrl-C ends the run after the documents that were begun, a\n"
     "second one at once.\n"
     "exit: 0 all done, 1 some documents failed, 2 wrong command line, 3 rules not usable, 4 output not writable,\n"
     "128 + N ended by signal N",
     "  minutiae extract corpus --output records\n  minutiae extract --date 2024-09-12 minutes.html\n"
     "  find crawl -name '*.html' | minutiae extract --stream --files-from -",
     run_extract},
    {"read", "[OPTION]… PATH…", "First filter: decodes documents into lines and blocks (document XML).", NULL,
     "  minutiae read minutes.html | minutiae segment | minutiae tokenise | minutiae match |\n"
     "      minutiae interpret | minutiae record",
     run_read},
    {"segment", "[OPTION]… [FILE]…", "Second filter: sections, lists, tables, paragraphs, sentences.",
     "Reads document XML from files or standard input.", NULL, run_filter},
    {"tokenise", "[OPTION]… [FILE]…", "Third filter: cuts sentences into tokens.",
     "Reads document XML from files or standard input.", NULL, run_filter},
    {"match", "[OPTION]… [FILE]…", "Fourth filter: runs the rules.", "Reads document XML from files or standard input.",
     NULL, run_filter},
    {"interpret", "[OPTION]… [FILE]…", "Fifth filter: values of dates and grades, links between findings.",
     "Reads document XML from files or standard input.", NULL, run_filter},
    {"record", "[OPTION]… [FILE]…", "Last filter: writes the records.",
     "Reads document XML from files or standard input. Several documents are put into a <records> element.", NULL,
     run_filter},
    {"text", "[OPTION]… PATH…", "Prints the canonical text that all offsets refer to.",
     "Offsets in records are Unicode code points into this text. With --output each text goes to DIR/NAME.txt.",
     "  minutiae text minutes.html", run_text},
    {"validate", "[OPTION]… FILE…", "Checks records, document XML, rule files and explanations against the schemas.",
     "Records are held against both the RELAX NG and the XML schema. exit: 0 all valid, 1 some are not", NULL,
     run_validate},
    {"explain", "[OPTION]… FILE", "Tells why something was found in a document, or was not.",
     "Without --at and --rule it tells how every finding of the document came about. With --at it tells what was "
     "found\n"
     "in that place, and of the rules that were tried there how far each came and what stopped it; with --rule where "
     "a\n"
     "rule was tried and with what outcome, or which words it would need.\n\n"
     "OFFSET is the number of a character in the text that 'minutiae text' prints; --at '\"2021\"' means the words.\n"
     "Elements of patterns are counted on the shortest way through them, without gaps and look-arounds.",
     "  minutiae explain minutes.html --at 'agreed to note'\n"
     "  minutiae explain minutes.html --rule decisions.resolved-list",
     run_explain},
    {"rules", "check|list|diff [OPTION]… [ARGUMENT]…",
     "Checks rule files, lists what they say, or compares what two sets of them find.",
     "check  loads rule files and runs the examples in them\n"
     "list   lists every rule with what it finds, its examples and the lexicons, as text or HTML\n"
     "diff   shows what differs in the records under two rule sets\n\n"
     "'minutiae rules check --help' and so on tell more.",
     "  minutiae rules check rules mine.xml\n  minutiae rules list --format html > rules.html", run_rules},
};
enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static void print_usage(void)
{
    puts("usage: minutiae COMMAND [OPTION]… [ARGUMENT]…\n\n"
         "Finds grades, recommendations, deadlines and resolutions in published minutes and inspection reports.\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        printf("  %-10s %s\n", commands[i].name, commands[i].summary);
    printf("\nRules are found by --rules PATH (a file or a folder, repeatable); without it in $MINUTIAE_RULES, paths\n"
           "separated by colons, where an empty one stands for the shipped rules (:mine.xml adds a file to them); or "
           "else\nthe shipped rules are taken: %s\n",
           data_folder("rules"));
    puts("\n'minutiae COMMAND --help' tells more about one. --version prints the version.");
}

/* What was printed has to arrive. */
static int finish(int code)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return code;
    if (code == EXIT_DONE)
        message("standard output: what was to be printed cannot be written; check the free space and the program that "
                "reads it");
    return code == EXIT_DONE ? EXIT_OUTPUT_ERROR : code;
}

/* Large blocks go back to the system when they are freed. By itself glibc keeps ever larger ones, so that the pieces of
 * one long document lie between those of the next. */
static void return_large_blocks(void)
{
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
    mallopt(M_TRIM_THRESHOLD, 4 << 20);
#endif
}

int main(int count, char **arguments)
{
    return_large_blocks();
    const char *name = count > 1 ? arguments[1] : "";
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
        print_usage();
        return finish(EXIT_DONE);
    }
    if (strcmp(name, "--version") == 0) {
        puts("minutiae " MN_VERSION);
        return finish(EXIT_DONE);
    }
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(name, commands[i].name) == 0)
            return finish(commands[i].run(&commands[i], count - 2, arguments + 2));
    if (*name)
        message("there is no command '%s'; 'minutiae --help' lists them", name);
    else
        message("a command is expected; 'minutiae --help' lists them");
    return EXIT_USAGE_ERROR;
}
