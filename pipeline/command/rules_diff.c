/* rules diff: documents under two rule sets, by several threads, what differs put together in the order in which the
 * documents come. */
#include "command/rules_diff.h"
#include "command/commands.h"
#include "command/places.h"
#include "command/session.h"
#include "command/stop.h"
#include "run/crew.h"

#include <stdlib.h>
#include <string.h>

enum { PLACES_PER_HAND = 4, MOST_THREADS = 512, DEFAULT_SAMPLES = 5 };

/* What a thread owns: a worker for each rule set. */
struct hand {
    struct mn_input input;
    struct mn_worker *workers[2];
    struct mn_derivation derivations[2];
    struct mn_difference_listener listener;
};

/* A document's differences until they are delivered. */
struct outcome {
    struct mn_arena *arena;
    struct mn_slice source;
    enum mn_status statuses[2]; /* under the old rules and the new ones */
    struct mn_error errors[2];
    struct mn_differences differences;
    bool failed; /* memory was out */
};

struct run {
    struct session session; /* with the new rules */
    struct mn_rules *before;
    struct mn_feed *feed;
    struct diff diff;
    size_t threads;
    bool failed; /* memory was out */
};

/* --- Gathering --- */

static int compare_rules(const void *left, const void *right)
{
    const struct diff_rule *a = *(const struct diff_rule *const *)left, *b = *(const struct diff_rule *const *)right;
    return mn_slice_compare(a->name, b->name);
}

const struct diff_rule **diff_sorted(const struct diff *diff)
{
    size_t count = diff->rules.count;
    const struct diff_rule **sorted = mn_arena_alloc(diff->arena, (count + 1) * sizeof(*sorted));
    for (size_t i = 0; sorted && i < count; i++)
        sorted[i] = &diff->rules.items[i];
    if (sorted && count)
        qsort(sorted, count, sizeof(*sorted), compare_rules);
    return sorted;
}

static struct diff_rule *rule_of(struct diff *diff, struct mn_slice name)
{
    if (!MN_RESERVE(diff->arena, &diff->rules, diff->rules.count + 1))
        return NULL;
    uint32_t number = mn_names_add(&diff->names, diff->arena, name);
    if (number == MN_NO_SYMBOL)
        return NULL;
    if (number == diff->rules.count)
        diff->rules.items[diff->rules.count++] = (struct diff_rule){.name = diff->names.items.items[number]};
    return &diff->rules.items[number];
}

static bool copy(struct mn_arena *arena, struct mn_slice *text)
{
    size_t size = text->size;
    *text = mn_arena_copy(arena, *text);
    return !size || text->data;
}

static bool copy_sample(struct mn_arena *arena, struct diff_sample *sample)
{
    struct mn_difference *difference = &sample->difference;
    const struct mn_value_change *values = difference->values;
    bool done = copy(arena, &sample->source) && copy(arena, &difference->rule) && copy(arena, &difference->words) &&
                copy(arena, &difference->by);
    difference->values = mn_arena_alloc(arena, (difference->value_count + 1) * sizeof *values);
    for (size_t i = 0; difference->values && i < difference->value_count; i++) {
        difference->values[i] = values[i];
        done = done && copy(arena, &difference->values[i].name) && copy(arena, &difference->values[i].before) &&
               copy(arena, &difference->values[i].after);
    }
    return done && difference->values;
}

static bool add_difference(struct diff *diff, struct mn_slice source, const struct mn_difference *difference)
{
    struct diff_rule *rule = rule_of(diff, difference->rule);
    if (!rule)
        return false;
    rule->counts[difference->change]++;
    if (rule->samples.count >= diff->most_samples)
        return true;
    struct diff_sample *sample = MN_APPEND(diff->arena, &rule->samples);
    if (!sample)
        return false;
    *sample = (struct diff_sample){source, *difference};
    return copy_sample(diff->arena, sample);
}

static bool add_failure(struct diff *diff, const struct outcome *outcome)
{
    bool with_new = outcome->statuses[1] != MN_OK;
    struct diff_failure *failure = MN_APPEND(diff->arena, &diff->failures);
    if (!failure)
        return false;
    *failure = (struct diff_failure){outcome->source, mn_slice_of(outcome->errors[with_new].message), with_new};
    return copy(diff->arena, &failure->source) && copy(diff->arena, &failure->reason);
}

static void deliver_one(struct run *run, const struct outcome *outcome)
{
    bool done = !outcome->failed;
    if (outcome->statuses[0] != MN_OK && outcome->statuses[1] != MN_OK) {
        run->diff.failed++;
        session_failure(&run->session, outcome->source, &outcome->errors[1]);
        return;
    }
    if (outcome->statuses[0] != outcome->statuses[1]) {
        run->failed = !add_failure(&run->diff, outcome) || run->failed;
        return;
    }
    run->diff.documents++;
    run->diff.changed += outcome->differences.items.count > 0;
    for (size_t i = 0; i < outcome->differences.items.count && done; i++)
        done = add_difference(&run->diff, outcome->source, &outcome->differences.items.items[i]);
    run->failed = run->failed || !done;
}

static void deliver(void *context, void *const *places, size_t count)
{
    for (size_t i = 0; i < count; i++)
        deliver_one(context, places[i]);
}

/* --- Comparing --- */

static bool take(void *context, void *hand, void *place)
{
    struct run *run = context;
    (void)place;
    return !stop_signal() && mn_feed_next(run->feed, &((struct hand *)hand)->input);
}

static void compare(struct run *run, struct hand *hand, struct mn_document *const documents[2], struct outcome *outcome)
{
    struct mn_difference_side before = {documents[0], run->before, hand->derivations[0], NULL};
    struct mn_difference_side after = {documents[1], run->session.rules, hand->derivations[1], &hand->listener};
    outcome->failed = !mn_differences_find(&before, &after, outcome->arena, &outcome->differences);
}

static void work(void *context, void *own, void *place)
{
    struct run *run = context;
    struct hand *hand = own;
    struct outcome *outcome = place;
    struct mn_document *documents[2];
    mn_arena_reset(outcome->arena);
    outcome->differences = (struct mn_differences){0};
    outcome->source = mn_arena_copy(outcome->arena, hand->input.name);
    outcome->failed = !outcome->source.data;
    mn_difference_listen(&hand->listener);
    for (int i = 0; i < 2; i++) {
        mn_worker_listen(hand->workers[i], i ? &hand->listener.trace : NULL, &hand->derivations[i]);
        outcome->statuses[i] = session_run(&run->session, hand->workers[i], &hand->input, NULL, MN_LAYER_INTERPRET,
                                           &documents[i], &outcome->errors[i]);
    }
    if (outcome->statuses[0] == MN_OK && outcome->statuses[1] == MN_OK)
        compare(run, hand, documents, outcome);
}

/* --- Threads --- */

static void free_hand(struct hand *hand)
{
    mn_worker_destroy(hand->workers[0]);
    mn_worker_destroy(hand->workers[1]);
    mn_input_free(&hand->input);
    free(hand);
}

static struct hand *make_hand(const struct run *run)
{
    struct hand *hand = calloc(1, sizeof *hand);
    if (!hand)
        return NULL;
    hand->workers[0] = mn_worker_create(run->before);
    hand->workers[1] = mn_worker_create(run->session.rules);
    if (hand->workers[0] && hand->workers[1] && mn_input_init(&hand->input))
        return hand;
    free_hand(hand);
    return NULL;
}

static void free_outcome(struct outcome *outcome)
{
    if (outcome)
        mn_arena_destroy(outcome->arena);
    free(outcome);
}

static struct outcome *make_outcome(void)
{
    struct outcome *outcome = calloc(1, sizeof *outcome);
    if (outcome)
        outcome->arena = mn_arena_create();
    if (outcome && outcome->arena)
        return outcome;
    free_outcome(outcome);
    return NULL;
}

/* As many hands as memory allows, at least one. */
static bool make_crew(const struct run *run, struct mn_crew *crew)
{
    while (crew->hands && crew->places && crew->hand_count < run->threads) {
        void *hand = make_hand(run);
        if (!hand)
            break;
        crew->hands[crew->hand_count++] = hand;
    }
    while (crew->hand_count && crew->place_count < crew->hand_count * PLACES_PER_HAND) {
        void *outcome = make_outcome();
        if (!outcome)
            break;
        crew->places[crew->place_count++] = outcome;
    }
    return crew->hand_count && crew->place_count >= crew->hand_count;
}

static bool run_crew(struct run *run)
{
    struct mn_crew crew = {
        .context = run,
        .take = take,
        .work = work,
        .deliver = deliver,
        .hands = calloc(run->threads, sizeof(void *)),
        .places = calloc(run->threads * PLACES_PER_HAND, sizeof(void *)),
    };
    bool done = make_crew(run, &crew) && mn_crew_run(&crew);
    for (size_t i = 0; i < crew.hand_count; i++)
        free_hand(crew.hands[i]);
    for (size_t i = 0; i < crew.place_count; i++)
        free_outcome(crew.places[i]);
    free(crew.hands);
    free(crew.places);
    return done && !run->failed;
}

/* --- The command --- */

/* Loads a rule set named by a list with colons. -1, or the exit code after its messages. */
static int load_set(const char *list, struct mn_rules **rules)
{
    struct option_list paths = {0};
    struct mn_writer all;
    struct mn_error error;
    char *memory = NULL;
    mn_writer_init(&all, NULL);
    enum mn_status status = rule_paths_in(list, &memory, &paths)
                                ? mn_rules_load(paths.items, paths.count, rules, &all, &error)
                                : mn_fail_memory(&error);
    if (status != MN_OK && all.size)
        fwrite(all.data, 1, all.size, stderr);
    else if (status != MN_OK)
        message("rules: %s", error.message);
    mn_writer_free(&all);
    free(paths.items);
    free(memory);
    return status == MN_OK ? -1 : EXIT_RULES_ERROR;
}

static int print(const struct run *run, bool xml)
{
    struct mn_writer out;
    struct mn_error error = {0};
    mn_writer_init(&out, stdout);
    enum mn_status status = (xml ? diff_xml : diff_text)(&out, &run->diff) ? MN_OK : mn_fail_memory(&error);
    if (status == MN_OK)
        status = mn_writer_finish(&out, &error);
    mn_writer_free(&out);
    if (status == MN_OK)
        return session_exit(&run->session);
    message("standard output: %s", error.message);
    return status == MN_NO_MEMORY ? EXIT_SOME_FAILED : EXIT_OUTPUT_ERROR;
}

static int compare_all(struct run *run, size_t samples, bool xml)
{
    size_t threads = run->threads ? run->threads : mn_crew_processors();
    run->threads = threads < MOST_THREADS ? threads : MOST_THREADS;
    run->session.feed.walk.stop = stop_listen();
    run->diff = (struct diff){
        .arena = mn_arena_create(), .before = run->before, .after = run->session.rules, .most_samples = samples};
    run->feed = run->diff.arena ? mn_feed_open(&run->session.feed) : NULL;
    int code = EXIT_SOME_FAILED;
    if (!run->feed || !run_crew(run))
        message("out of memory");
    else
        code = stop_signal() ? EXIT_SIGNAL + stop_signal() : print(run, xml);
    mn_feed_close(run->feed);
    mn_arena_destroy(run->diff.arena);
    return code;
}

/* OLD and NEW stand before the paths. */
static int check_operands(const struct option_list *operands, const char *format)
{
    if (strcmp(format, "text") != 0 && strcmp(format, "xml") != 0) {
        message("rules diff: there is no format '%s'; expected text or xml", format);
        return EXIT_USAGE_ERROR;
    }
    if (operands->count >= 2)
        return -1;
    message("rules diff: the old rules, the new ones and a file or folder are expected; 'minutiae rules diff --help' "
            "tells more");
    return EXIT_USAGE_ERROR;
}

int run_rules_diff(const struct command *command, int count, char **arguments)
{
    struct run run = {.session.whole_rules = true};
    struct option_list operands = {0};
    size_t samples = 0;
    char *memory = NULL;
    const char *format = "text";
    const struct option options[] = {
        {"samples", 0, OPTION_NUMBER, &samples, "N", "differences to show of each rule (default 5, in XML all)"},
        {"format", 'f', OPTION_TEXT, &format, "FORMAT", "text (default) or xml: for tools"},
        {"threads", 'j', OPTION_NUMBER, &run.threads, "N", "threads (default: as many as there are processors)"},
        SESSION_DATE_OPTION(&run.session),
        SESSION_READ_OPTIONS(&run.session),
        {"quiet", 'q', OPTION_FLAG, &run.session.quiet, NULL, "no warnings about the rules"},
    };
    int code = options_parse(command, options, sizeof options / sizeof *options, count, arguments, &operands);
    bool xml = strcmp(format, "xml") == 0;
    if (code < 0)
        code = check_operands(&operands, format);
    struct option_list paths = {0};
    if (code < 0) {
        paths = (struct option_list){operands.items + 2, operands.count - 2};
        code = session_paths(&run.session, command, &paths);
    }
    if (code < 0)
        code = load_set(operands.items[0], &run.before);
    if (code < 0 && !rule_paths_in(operands.items[1], &memory, &run.session.rule_paths)) {
        message("out of memory");
        code = EXIT_SOME_FAILED;
    }
    if (code < 0)
        code = session_open(&run.session);
    if (code < 0)
        code = compare_all(&run, samples ? samples : xml ? SIZE_MAX : DEFAULT_SAMPLES, xml);
    session_close(&run.session);
    mn_rules_free(run.before);
    free(operands.items);
    free(memory);
    return code;
}
