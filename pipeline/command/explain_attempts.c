/* explain for people: how far the rules came. */
#include "command/explain_view.h"
#include "command/rules_list.h"
#include "record/kinds.h"

#include <stdio.h>
#include <stdlib.h>

enum { FEWEST_SHOWN = 3, MOST_SHOWN = 8, MOST_ELEMENTS = 8, MOST_TRIGGERS = 16, CONTEXT = 6, FAR_BYTES = 200 };

static void say_elements(struct explain_view *view, const struct mn_miss *miss)
{
    struct explain_elements elements = explain_elements_of(view->explanation, miss);
    for (size_t i = 0; i < elements.count; i++) {
        const struct explain_element *element = &elements.items[i];
        bool last = i + 1 == elements.count || i + 1 == MOST_ELEMENTS;
        if (i == MOST_ELEMENTS) {
            view_say(view, " or one of ");
            view_number(view, elements.count - i);
            view_say(view, " more");
            return;
        }
        view_say(view, i == 0 ? "" : last ? " or " : ", ");
        view_say(view, element->negated ? "!" : "");
        view_pattern(view, element->text);
        bool shared = i + 1 < elements.count && mn_slice_equal(element->definition, elements.items[i + 1].definition);
        if (element->definition.size && (!shared || last)) {
            view_say(view, " (in $");
            view_slice(view, element->definition);
            view_say(view, ")");
        }
    }
}

/* "Adoption work was ▸considered◂ to be good": some words on both sides of the token. */
static void say_context(struct explain_view *view, const struct mn_attempt *attempt)
{
    const struct mn_miss *miss = &attempt->miss;
    uint32_t first = miss->token > attempt->first_token + CONTEXT ? miss->token - CONTEXT : attempt->first_token;
    uint32_t last = miss->token + 1 + CONTEXT < attempt->end_token ? miss->token + 1 + CONTEXT : attempt->end_token;
    bool inside = miss->token < attempt->end_token;
    struct mn_range before = mn_explanation_bytes(view->explanation, (struct mn_place){first, miss->token});
    struct mn_range token = {before.end, before.end}, behind = {0, 0};
    if (inside)
        token = mn_explanation_bytes(view->explanation, (struct mn_place){miss->token, miss->token + 1});
    if (inside && last > miss->token + 1)
        behind = mn_explanation_bytes(view->explanation, (struct mn_place){miss->token + 1, last});
    view_say(view, first > attempt->first_token ? "… " : "");
    view_words(view, before);
    if (before.end > before.start && (!inside || token.start > before.end))
        view_say(view, " ");
    view_say(view, "▸");
    view_words(view, token);
    view_say(view, "◂");
    if (behind.end > behind.start && behind.start > token.end)
        view_say(view, " ");
    view_words(view, behind);
    view_say(view, last < attempt->end_token ? " …" : "");
}

static void tell_miss(struct explain_view *view, const struct mn_attempt *attempt)
{
    const struct mn_miss *miss = &attempt->miss;
    if (!miss->program || !miss->state_count) {
        view_say(view, "nothing matches");
        view_end_line(view, VIEW_INNER);
        return;
    }
    view_say(view, explain_parts[attempt->part]);
    view_say(view, " of line ");
    view_number(view, miss->program->line);
    view_say(view, " reaches ");
    view_number(view, miss->elements - miss->left);
    view_say(view, " of ");
    view_number(view, miss->elements);
    view_say(view, miss->elements == 1 ? " element; at ▸◂ it expects " : " elements; at ▸◂ it expects ");
    say_elements(view, miss);
    view_end_line(view, VIEW_INNER);
    say_context(view, attempt);
    if (miss->places > 1) {
        view_say(view, "   (it comes as far at ");
        view_number(view, miss->places - 1);
        view_say(view, miss->places == 2 ? " other token)" : " other tokens)");
    }
    view_end_line(view, VIEW_INMOST);
}

/* "unless of line 12 (~aim | not yet), within 6 tokens before value" */
static void say_condition(struct explain_view *view, const struct mn_rule *rule, const struct mn_condition *condition)
{
    struct mn_slice near = mn_rule_capture(rule, condition->near_capture);
    view_say(view, explain_condition_word(condition));
    view_say(view, " of line ");
    view_number(view, condition->program->line);
    view_say(view, " (");
    view_pattern(view, condition->program->text);
    view_say(view, ")");
    if (condition->in != MN_SCOPE_COUNT) {
        view_say(view, ",");
        view_say(view, rule_around_words[condition->in]);
    }
    if (condition->within != UINT32_MAX) {
        view_say(view, ", within ");
        view_number(view, condition->within);
        view_say(view, condition->within == 1 ? " token" : " tokens");
    }
    if (condition->side != MN_EITHER_SIDE)
        view_say(view, condition->side == MN_BEFORE ? " before" : " behind");
    if (near.size) {
        view_say(view, condition->side == MN_EITHER_SIDE ? " of " : " ");
        view_slice(view, near);
    }
}

static void tell_veto(struct explain_view *view, const struct mn_attempt *attempt, const struct mn_attempt_match *match)
{
    const struct mn_condition *condition = &attempt->rule->conditions[match->condition];
    bool stands = match->vetoer.end > match->vetoer.start;
    if (!match->whole_scope) {
        view_say(view, "matches ");
        view_quote(view, match->words);
        view_say(view, ", but ");
    }
    if (stands && condition->unless) {
        view_quote(view, match->vetoer);
        view_say(view, " forbids it: ");
    } else {
        view_say(view, "what it needs is not there");
    }
    if (stands && !condition->unless) {
        view_say(view, ", the nearest is ");
        view_quote(view, match->vetoer);
    }
    view_say(view, condition->unless ? "" : ": ");
    say_condition(view, attempt->rule, condition);
    view_end_line(view, VIEW_INNER);
}

/* Why the winner is stronger. */
static void say_strength(struct explain_view *view, const struct mn_rule *loser, const struct mn_attempt_match *match)
{
    const struct mn_trace_find *winner = &match->winner;
    uint32_t lost = match->find.end - match->find.start, won = winner->end - winner->start;
    char numbers[64];
    if (winner->rule->priority != loser->priority) {
        snprintf(numbers, sizeof numbers, "its priority is %d, not %d", (int)winner->rule->priority,
                 (int)loser->priority);
        view_say(view, numbers);
    } else if (won != lost) {
        view_say(view, "it is longer");
    } else {
        view_say(view, winner->start != match->find.start ? "it stands before" : "its rule stands before");
    }
}

static void tell_loss(struct explain_view *view, const struct mn_attempt *attempt, const struct mn_attempt_match *match)
{
    view_say(view, "finds ");
    view_quote(view, match->find);
    view_say(view, ", but ");
    view_rule(view, match->winner.rule->name);
    view_say(view, " finds ");
    view_quote(view, (struct mn_range){match->winner.start, match->winner.end});
    view_say(view, " there: ");
    say_strength(view, attempt->rule, match);
    view_end_line(view, VIEW_INNER);
}

static void tell_match(struct explain_view *view, const struct mn_attempt *attempt,
                       const struct mn_attempt_match *match)
{
    switch (match->end) {
    case MN_END_VETOED:
        tell_veto(view, attempt, match);
        return;
    case MN_END_LOST:
        tell_loss(view, attempt, match);
        return;
    case MN_END_MATCHED:
        view_say(view, explain_parts[attempt->part]);
        view_say(view, " matches ");
        view_quote(view, match->words);
        break;
    default:
        view_say(view, "finds ");
        view_quote(view, match->find);
        view_say(view, match->end == MN_END_DROPPED ? "; it is not in the record (see above)" : "");
    }
    view_end_line(view, VIEW_INNER);
    for (size_t i = 0; i < match->capture_count; i++)
        view_field(view, &match->captures[i], match->captures[i].value, VIEW_INMOST, VIEW_DEEPEST);
}

static void tell_section(struct explain_view *view, const struct mn_rule *rule)
{
    view_say(view, "is not tried here: it is ");
    for (size_t i = 0; i < rule->section_count; i++) {
        view_say(view, i ? " or " : "only for sections with the role ");
        view_slice(view, rule->sections[i]);
    }
    view_say(view, rule->section_count && rule->not_section_count ? ", and " : "");
    for (size_t i = 0; i < rule->not_section_count; i++) {
        view_say(view, i ? " or " : "not for sections with the role ");
        view_slice(view, rule->not_sections[i]);
    }
    view_end_line(view, VIEW_INNER);
}

static void tell_attempt(struct explain_view *view, const struct mn_attempt *attempt)
{
    view_rule(view, attempt->rule->name);
    if (attempt->rule->finds.size) {
        view_say(view, attempt->rule->type == MN_SECTION_RULE ? ", role " : ", ");
        view_slice(view, attempt->rule->finds);
    }
    view_say(view, ", tried on ");
    view_range(view, attempt->scope);
    if (attempt->scope.end - attempt->scope.start <= VIEW_SHORT) {
        view_say(view, " ");
        view_quote(view, attempt->scope);
    }
    view_end_line(view, VIEW_STEP);
    if (attempt->end == MN_END_SECTION)
        tell_section(view, attempt->rule);
    if (attempt->end == MN_END_NO_ITEMS) {
        view_say(view, attempt->rule->items_from == MN_ITEMS_LIST ? "no list begins behind it"
                                                                  : "neither a list nor paragraphs begin behind it");
        view_end_line(view, VIEW_INNER);
    }
    if (attempt->end == MN_END_MISSED)
        tell_miss(view, attempt);
    for (size_t i = 0; i < attempt->matches.count; i++)
        tell_match(view, attempt, &attempt->matches.items[i]);
}

static void tell_untried(struct explain_view *view, const struct mn_rule *rule)
{
    const struct mn_listed *listed = mn_rules_listed(view->explanation->rules, rule);
    view_rule(view, rule->name);
    view_end_line(view, VIEW_STEP);
    if (rule->off) {
        view_say(view, "is switched off");
    } else {
        view_say(view, view->explanation->asked_place ? "is not tried here" : "is not tried in this document");
        for (size_t i = 0; listed && i < listed->cost.trigger_count && i < MOST_TRIGGERS; i++) {
            view_say(view, i ? " " : ": of these, one of which it needs, there is none: ");
            mn_trigger_write(&view->line, view->explanation->rules, &listed->cost.triggers[i]);
        }
        if (listed && listed->cost.trigger_count > MOST_TRIGGERS) {
            view_say(view, " and ");
            view_number(view, listed->cost.trigger_count - MOST_TRIGGERS);
            view_say(view, " more");
        }
    }
    view_end_line(view, VIEW_INNER);
}

/* The order in which attempts are of interest: what was nearly found first. */
static int rank(const struct mn_attempt *attempt)
{
    static const int ranks[MN_END_COUNT] = {
        [MN_END_LOST] = 0,    [MN_END_DROPPED] = 1, [MN_END_VETOED] = 2,  [MN_END_FOUND] = 3,
        [MN_END_MATCHED] = 3, [MN_END_MISSED] = 4,  [MN_END_SECTION] = 5, [MN_END_NO_ITEMS] = 6,
    };
    return ranks[attempt->end];
}

/* Rules for findings go before helpers and facts. */
static bool is_for_record(const struct mn_attempt *attempt)
{
    for (unsigned kind = 0; kind < MN_FINDING_KIND_COUNT; kind++)
        if (mn_slice_equal(attempt->rule->finds, mn_slice_of(mn_record_kinds[kind].element)))
            return true;
    return false;
}

static int compare_attempts(const void *left, const void *right)
{
    const struct mn_attempt *a = *(const struct mn_attempt *const *)left, *b = *(const struct mn_attempt *const *)right;
    if (rank(a) != rank(b))
        return rank(a) - rank(b);
    if (is_for_record(a) != is_for_record(b))
        return is_for_record(a) ? -1 : 1;
    if (a->miss.left != b->miss.left)
        return a->miss.left < b->miss.left ? -1 : 1;
    if (a->miss.elements != b->miss.elements)
        return a->miss.elements > b->miss.elements ? -1 : 1;
    if (a->rule != b->rule)
        return a->rule < b->rule ? -1 : 1;
    return (a > b) - (a < b);
}

/* Did the search stop far from the place that was asked for? In a wide scope the place has no part in it then. */
static bool is_far(const struct mn_explanation *explanation, const struct mn_attempt *attempt)
{
    const struct mn_miss *miss = &attempt->miss;
    struct mn_place token = {miss->token, miss->token + (miss->token < attempt->end_token)};
    struct mn_range stop = mn_explanation_bytes(explanation, token);
    if (stop.start == stop.end)
        stop = (struct mn_range){attempt->scope.end, attempt->scope.end};
    return explanation->asked_place &&
           (stop.start > explanation->at.end + FAR_BYTES || stop.end + FAR_BYTES < explanation->at.start);
}

/* Is it worth telling where many rules were tried, `shown` of them having been told? */
static bool is_near(const struct explain_view *view, const struct mn_attempt *attempt, size_t shown)
{
    const struct mn_miss *miss = &attempt->miss;
    switch (attempt->end) {
    case MN_END_LOST:
    case MN_END_DROPPED:
        return true;
    case MN_END_VETOED:
        return !attempt->matches.items[0].whole_scope;
    case MN_END_MISSED:
        return miss->program && miss->left < miss->elements && !is_far(view->explanation, attempt) &&
               (shown < FEWEST_SHOWN || (shown < MOST_SHOWN && 2 * miss->left <= miss->elements));
    default:
        return false;
    }
}

static bool is_shown(const struct explain_view *view, const struct mn_attempt *attempt, size_t shown)
{
    return view->all || view->explanation->asked_rules || is_near(view, attempt, shown);
}

/* Those of asked rules in the order of the text, others the nearest first. */
static const struct mn_attempt **sort_attempts(const struct mn_explanation *explanation)
{
    size_t count = explanation->attempts.count;
    const struct mn_attempt **sorted =
        mn_arena_alloc(explanation->document->arena, (count + 1) * sizeof(struct mn_attempt *));
    for (size_t i = 0; sorted && i < count; i++)
        sorted[i] = &explanation->attempts.items[i];
    if (sorted && !explanation->asked_rules)
        qsort(sorted, count, sizeof(struct mn_attempt *), compare_attempts);
    return sorted;
}

/* What was found stands above already, but for helpers. */
static bool is_told(const struct explain_view *view, const struct mn_attempt *attempt)
{
    return attempt->end == MN_END_FOUND && !view->explanation->asked_rules && !(view->all && attempt->matches.count);
}

bool view_attempts(struct explain_view *view)
{
    const struct mn_explanation *explanation = view->explanation;
    const struct mn_attempt **sorted = sort_attempts(explanation);
    size_t shown = 0, hidden = 0;
    for (size_t i = 0; sorted && i < explanation->attempts.count; i++) {
        if (is_told(view, sorted[i]))
            continue;
        if (!is_shown(view, sorted[i], shown)) {
            hidden++;
            continue;
        }
        if (!shown++)
            mn_write(view->out, mn_slice_of(explanation->asked_rules ? "\nattempts\n" : "\nnot found\n"));
        tell_attempt(view, sorted[i]);
    }
    if (hidden) {
        view_empty_line(view);
        view_number(view, hidden);
        view_say(view, hidden == 1 ? " more attempt of a rule" : " more attempts of rules");
        view_say(view, " came less far; --all tells them, --rule NAME those of one rule");
        view_end_line(view, 0);
    }
    return sorted != NULL;
}

void view_untried(struct explain_view *view)
{
    const struct mn_rules *rules = view->explanation->rules;
    bool told = false;
    for (size_t i = 0; i < rules->rule_count; i++) {
        if (!explain_was_untried(view->explanation, &rules->rules[i]))
            continue;
        if (!told)
            mn_write_literal(view->out, "\nnot tried\n");
        told = true;
        tell_untried(view, &rules->rules[i]);
    }
}
