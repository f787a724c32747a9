#include "run/examples.h"

#include "interpret/derivation.h"
#include "rules/schemes.h"

/* One example under test, of a rule or of a grade scheme. */
struct trial {
    const struct mn_rule *rule;
    const struct mn_scheme *scheme; /* null: the example is a rule's */
    struct mn_slice file, name;     /* for messages */
    const struct mn_example *example;
    const struct mn_document *document;
    struct mn_derivation derivation; /* what became of the finds */
    struct mn_arena *arena;
    struct mn_writer *messages;
    bool failed;
};

/* Tells what is wrong with the example, at its place or at that of one of its marks. */
static void fail_at(struct trial *trial, const struct mn_field_mark *mark, const char *what, struct mn_slice detail)
{
    struct mn_writer *out = trial->messages;
    mn_write(out, trial->file);
    mn_write_char(out, ':');
    mn_write_number(out, mark ? mark->line : trial->example->line);
    mn_write_char(out, ':');
    mn_write_number(out, mark ? mark->column : trial->example->column);
    mn_write(out, mn_slice_of(trial->scheme ? ": scheme " : ": rule "));
    mn_write(out, trial->name);
    mn_write_literal(out, ": ");
    mn_write(out, mn_slice_of(what));
    if (detail.size) {
        mn_write_literal(out, " '");
        mn_write(out, detail);
        mn_write_literal(out, "'");
    }
    mn_write_char(out, '\n');
    trial->failed = true;
}

static void fail(struct trial *trial, const char *what, struct mn_slice detail)
{
    fail_at(trial, NULL, what, detail);
}

/* Equal but for white space, which the example's lines and the canonical text may break differently. */
static bool same_words(struct mn_slice a, struct mn_slice b)
{
    size_t i = 0, j = 0;
    a = mn_slice_trim(a);
    b = mn_slice_trim(b);
    while (i < a.size && j < b.size) {
        bool space_a = a.data[i] == ' ' || a.data[i] == '\n', space_b = b.data[j] == ' ' || b.data[j] == '\n';
        if (space_a != space_b || (!space_a && a.data[i] != b.data[j]))
            return false;
        for (i++; space_a && i < a.size && (a.data[i] == ' ' || a.data[i] == '\n');)
            i++;
        for (j++; space_b && j < b.size && (b.data[j] == ' ' || b.data[j] == '\n');)
            j++;
    }
    return i == a.size && j == b.size;
}

/* A quote without the stop that ends it: examples may leave it out. */
static struct mn_slice without_stop(struct mn_slice text)
{
    text = mn_slice_trim(text);
    while (text.size && strchr(".;,", text.data[text.size - 1]))
        text.size--;
    return text;
}

static struct mn_slice field_value(const struct trial *trial, const struct mn_field *field)
{
    if (field->value.size || field->span == MN_NONE)
        return field->value;
    const struct mn_span *span = &trial->document->spans.items[field->span];
    struct mn_date anchor = {0};
    struct mn_time_value value;
    mn_date_parse(trial->example->date, &anchor);
    bool evaluated = mn_time_evaluate(trial->arena, trial->document, &span->fields, anchor, false, &value);
    return evaluated ? value.edtf : MN_EMPTY;
}

static bool value_agrees(const struct trial *trial, const struct mn_span *span, struct mn_slice name,
                         struct mn_slice expected)
{
    const struct mn_field *field = mn_fields_find(&span->fields, name);
    if (field)
        return mn_slice_equal(field_value(trial, field), expected) ||
               same_words(mn_document_text(trial->document, field->start, field->end), expected);
    return false;
}

/* What interpreting made of the span: the finding or fact with its evidence. */
static bool finding_agrees(const struct trial *trial, const struct mn_span *span, struct mn_slice name,
                           struct mn_slice expected)
{
    for (size_t i = 0; i < trial->document->findings.count; i++) {
        const struct mn_finding *finding = &trial->document->findings.items[i];
        const struct mn_field *field = mn_fields_find(&finding->attributes, name);
        bool around = finding->start <= span->start && finding->end >= span->end;
        if ((around || trial->rule->give_count) && field && mn_slice_equal(field->value, expected))
            return true;
    }
    return false;
}

static bool is_find(const struct mn_field_mark *mark)
{
    return mn_slice_equal(mark->name, MN_LITERAL("find"));
}

static struct mn_slice mark_text(const struct trial *trial, const struct mn_field_mark *mark)
{
    return mn_slice_cut(trial->example->text, mark->start, mark->end);
}

static bool quotes_agree(const struct trial *trial, uint32_t start, uint32_t end, struct mn_slice expected)
{
    return same_words(without_stop(mn_document_text(trial->document, start, end)), without_stop(expected));
}

/* The <find> of a rule that gives is the find that gets what it gives. */
static bool receiver_agrees(const struct trial *trial, struct mn_slice expected)
{
    for (size_t i = 0; i < trial->document->findings.count; i++) {
        const struct mn_finding *finding = &trial->document->findings.items[i];
        if (quotes_agree(trial, finding->start, finding->end, expected))
            return true;
    }
    return false;
}

static bool mark_agrees(const struct trial *trial, const struct mn_span *span, const struct mn_field_mark *mark)
{
    struct mn_slice expected = mark_text(trial, mark);
    if (is_find(mark))
        return quotes_agree(trial, span->start, span->end, expected) ||
               (trial->rule->give_count && receiver_agrees(trial, expected));
    const struct mn_field *field = mn_fields_find(&span->fields, mark->name);
    return field && same_words(mn_document_text(trial->document, field->start, field->end), expected) &&
           (mark->value.size == 0 || value_agrees(trial, span, mark->name, mark->value) ||
            finding_agrees(trial, span, mark->name, mark->value));
}

/* The mark is an attribute of the <find> before it: same range, another name, a value. */
static bool is_attribute(const struct trial *trial, size_t mark)
{
    const struct mn_field_mark *marks = trial->example->marks;
    if (is_find(&marks[mark]) || marks[mark].value.size == 0)
        return false;
    for (size_t i = mark; i-- > 0;)
        if (is_find(&marks[i]))
            return marks[i].start == marks[mark].start && marks[i].end == marks[mark].end;
    return false;
}

static bool attribute_agrees(const struct trial *trial, const struct mn_span *span, const struct mn_field_mark *mark)
{
    struct mn_slice name = mark->name, expected = mark->value;
    return value_agrees(trial, span, name, expected) || finding_agrees(trial, span, name, expected);
}

/* What interpreting made of a span: one of a kind that the record does not have is kept. */
static enum mn_fate fate_of(const struct trial *trial, size_t span)
{
    for (size_t i = 0; i < trial->derivation.finds.count; i++)
        if (trial->derivation.finds.items[i].span == span)
            return trial->derivation.finds.items[i].fate;
    return MN_KEPT;
}

/* Does nothing of the find come into the record? Of one that another says as well, that one does. */
static bool is_left_out(enum mn_fate fate)
{
    return fate == MN_DROPPED_PAST || fate == MN_DROPPED_NO_VALUE;
}

/* The rule's first span at or after `from`, with `all` also of those left out; or the number of spans. */
static size_t next_of_rule(const struct trial *trial, size_t from, bool all)
{
    const struct mn_document *document = trial->document;
    while (from < document->spans.count && (!mn_slice_equal(document->spans.items[from].rule, trial->rule->name) ||
                                            (!all && is_left_out(fate_of(trial, from)))))
        from++;
    return from;
}

/* The rule's first find at or after `from` that comes into the record, or the number of spans. */
static size_t next_span(const struct trial *trial, size_t from)
{
    return next_of_rule(trial, from, false);
}

static bool any_span(const struct trial *trial, const struct mn_field_mark *mark,
                     bool (*agrees)(const struct trial *, const struct mn_span *, const struct mn_field_mark *))
{
    for (size_t i = next_span(trial, 0); i < trial->document->spans.count; i = next_span(trial, i + 1))
        if (agrees(trial, &trial->document->spans.items[i], mark))
            return true;
    return false;
}

static void check_number_of_finds(struct trial *trial)
{
    size_t expected = 0, found = 0;
    for (size_t i = 0; i < trial->example->mark_count; i++)
        expected += is_find(&trial->example->marks[i]);
    for (size_t i = next_span(trial, 0); i < trial->document->spans.count; i = next_span(trial, i + 1))
        found++;
    if (expected > 1 && found != expected && !trial->rule->give_count)
        fail(trial, "not as many finds as are marked; the example's text is", trial->example->text);
}

/* Has a section the role that the rule finds? Role 0 is none. */
static bool gives_role(const struct trial *trial)
{
    const struct mn_document *document = trial->document;
    size_t i = 1;
    while (i < document->roles.count && !mn_slice_equal(document->roles.items[i], trial->rule->finds))
        i++;
    return i < document->roles.count;
}

/* There is no find in the example, or none that comes into the record. */
static void fail_nothing(struct trial *trial)
{
    size_t dropped = next_of_rule(trial, 0, true);
    if (dropped == trial->document->spans.count) {
        fail(trial, "does not find its example", trial->example->text);
        return;
    }
    const struct mn_span *span = &trial->document->spans.items[dropped];
    fail(trial,
         fate_of(trial, dropped) == MN_DROPPED_PAST
             ? "finds only times that are past, which are left out of the record:"
             : "finds only what has no value, which is left out of the record:",
         mn_document_text(trial->document, span->start, span->end));
}

static void check_example(struct trial *trial)
{
    const struct mn_example *example = trial->example;
    if (trial->rule->type == MN_SECTION_RULE) {
        if (!gives_role(trial))
            fail(trial, "no section gets the role in the example", example->text);
        return;
    }
    size_t first = next_span(trial, 0);
    if (first == trial->document->spans.count) {
        fail_nothing(trial);
        return;
    }
    for (size_t i = 0; i < example->mark_count; i++) {
        const struct mn_field_mark *mark = &example->marks[i];
        bool attribute = is_attribute(trial, i);
        if (any_span(trial, mark, attribute ? attribute_agrees : mark_agrees))
            continue;
        const struct mn_span *span = &trial->document->spans.items[first];
        fail_at(trial, mark, attribute ? "does not give the marked value" : "does not find exactly what is marked",
                attribute ? mark->value : mark_text(trial, mark));
        fail_at(trial, mark, "  found instead", mn_document_text(trial->document, span->start, span->end));
        for (size_t f = 0; f < span->fields.count; f++)
            if (mn_slice_equal(span->fields.items[f].name, mark->name))
                fail_at(trial, mark, "  with the value", field_value(trial, &span->fields.items[f]));
    }
    check_number_of_finds(trial);
}

static void check_counterexample(struct trial *trial)
{
    const struct mn_document *document = trial->document;
    if (trial->rule->type == MN_SECTION_RULE) {
        if (gives_role(trial))
            fail(trial, "gives a section the role in the counterexample", trial->example->text);
        return;
    }
    for (size_t i = next_span(trial, 0); i < document->spans.count; i = next_span(trial, i + 1)) {
        const struct mn_span *span = &document->spans.items[i];
        fail(trial, "finds something in its counterexample:", mn_document_text(document, span->start, span->end));
    }
}

/* ---- grade schemes ---- */

static struct mn_slice attribute_of(const struct mn_finding *finding, const char *name)
{
    const struct mn_field *field = mn_fields_find(&finding->attributes, mn_slice_of(name));
    return field ? field->value : MN_EMPTY;
}

/* Is this a formal grade of the scheme under test? */
static bool is_own_judgement(const struct trial *trial, const struct mn_finding *finding)
{
    struct mn_slice rule = finding->rule, name = trial->scheme->name;
    return attribute_of(finding, "formal").size && mn_slice_starts(rule, name) && rule.size > name.size &&
           rule.data[name.size] == '.';
}

static bool judgement_agrees(const struct trial *trial, const struct mn_field_mark *judgement,
                             const struct mn_field_mark *value)
{
    for (size_t i = 0; i < trial->document->findings.count; i++) {
        const struct mn_finding *finding = &trial->document->findings.items[i];
        if (is_own_judgement(trial, finding) && mn_slice_equal(attribute_of(finding, "value"), value->value) &&
            mn_slice_equal(mn_slice_cut(finding->rule, trial->scheme->name.size + 1, finding->rule.size),
                           judgement->value))
            return true;
    }
    return false;
}

static bool missing_agrees(const struct trial *trial, const struct mn_field_mark *judgement,
                           const struct mn_field_mark *reason)
{
    for (size_t i = 0; i < trial->document->missing.count; i++)
        if (mn_slice_equal(trial->document->missing.items[i].slot, judgement->value) &&
            mn_slice_equal(trial->document->missing.items[i].reason, reason->value))
            return true;
    return false;
}

/* A <find> is followed by the marks of its attributes: judgement, and value or missing. The number of values. */
static size_t check_marks_of_scheme(struct trial *trial)
{
    const struct mn_field_mark *marks = trial->example->marks, *judgement = NULL;
    size_t values = 0;
    for (size_t i = 0; i < trial->example->mark_count; i++) {
        bool is_value = mn_slice_equal(marks[i].name, MN_LITERAL("value"));
        if (mn_slice_equal(marks[i].name, MN_LITERAL("judgement")))
            judgement = &marks[i];
        values += is_value;
        if (is_value && judgement && !judgement_agrees(trial, judgement, &marks[i]))
            fail(trial, "does not find with the marked value the judgement", judgement->value);
        if (mn_slice_equal(marks[i].name, MN_LITERAL("missing")) && judgement &&
            !missing_agrees(trial, judgement, &marks[i]))
            fail(trial, "does not find missing for the marked reason the judgement", judgement->value);
    }
    return values;
}

/* A counterexample has no marks: there is to be no judgement. */
static void check_scheme_example(struct trial *trial)
{
    size_t expected = check_marks_of_scheme(trial), found = 0;
    for (size_t i = 0; i < trial->document->findings.count; i++)
        found += is_own_judgement(trial, &trial->document->findings.items[i]);
    if (found > expected)
        fail(trial, "finds more judgements than are marked in", trial->example->text);
}

static enum mn_status run_trial(struct trial *trial, struct mn_worker *worker, struct mn_error *error)
{
    struct mn_document *document = mn_worker_document(worker);
    if (!document)
        return mn_fail_memory(error);
    struct mn_run_options options = {.interpret = {.date = trial->example->date}};
    document->source.name = trial->name;
    trial->document = document;
    trial->arena = document->arena;
    mn_worker_listen(worker, NULL, &trial->derivation);
    enum mn_status status = mn_worker_run(worker, document, trial->example->text, MN_LAYER_INTERPRET, &options, error);
    mn_worker_listen(worker, NULL, NULL);
    if (status == MN_NO_MEMORY)
        return status;
    if (status != MN_OK && status != MN_NO_DOCUMENT) /* an example of such a page is as good as any */
        fail(trial, error->message, trial->example->text);
    else if (trial->scheme)
        check_scheme_example(trial);
    else if (trial->example->counter)
        check_counterexample(trial);
    else
        check_example(trial);
    return MN_OK;
}

/* Runs the examples of a rule or scheme; `shape` says which. */
static enum mn_status run_all(struct trial shape, const struct mn_example *examples, size_t count,
                              struct mn_worker *worker, struct mn_examples_result *result, struct mn_error *error)
{
    size_t counters = 0;
    for (size_t i = 0; i < count; i++) {
        struct trial trial = shape;
        trial.example = &examples[i];
        enum mn_status status = run_trial(&trial, worker, error);
        if (status != MN_OK)
            return status;
        counters += examples[i].counter;
        result->failed += trial.failed;
    }
    result->counterexamples += counters;
    result->examples += count - counters;
    result->without += counters == 0 || counters == count;
    return MN_OK;
}

enum mn_status mn_examples_check(const struct mn_rules *rules, struct mn_worker *worker, struct mn_slice only,
                                 struct mn_writer *messages, struct mn_examples_result *result, struct mn_error *error)
{
    enum mn_status status = MN_OK;
    for (size_t i = 0; i < rules->rule_count && status == MN_OK; i++) {
        const struct mn_rule *rule = &rules->rules[i];
        struct trial shape = {.rule = rule, .file = rule->file, .name = rule->name, .messages = messages};
        if (!rule->off && !rule->used && mn_slice_starts(rule->name, only))
            status = run_all(shape, rule->examples, rule->example_count, worker, result, error);
    }
    for (size_t i = 0; i < rules->scheme_count && status == MN_OK; i++) {
        const struct mn_scheme *scheme = &rules->schemes[i];
        struct trial shape = {.scheme = scheme, .file = scheme->file, .name = scheme->name, .messages = messages};
        if (mn_slice_starts(scheme->name, only))
            status = run_all(shape, scheme->examples, scheme->example_count, worker, result, error);
    }
    return status;
}
