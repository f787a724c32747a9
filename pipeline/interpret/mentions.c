#include "interpret/mentions.h"

#define MOST_WORDS 48   /* of a row or block that can be label and grade; longer ones are text */
#define MOST_BETWEEN 10 /* words between label and grade that links and what is passed over make */
#define MOST_LINES 3    /* before the grade's that may hold a label */
#define LONGEST_LABEL 8 /* words of a label that other text stands directly before */

/* A grade's words as they stand: one piece, or two with a label's end between them. */
struct occurrence {
    uint32_t grade;                /* index in the scheme */
    uint32_t first, end;           /* words */
    uint32_t rest_first, rest_end; /* the second piece; first == end: none */
};

struct search {
    const struct mn_document *document;
    const struct mn_words *words;
    const struct mn_scheme *scheme;
    struct mn_mentions *mentions;
    uint8_t *lengths; /* of each word: how many words the grade takes that begins with it; 0: none does */
    uint8_t *grades;  /* and its index */
    uint32_t group;   /* that the reading is in, or MN_NO_SYMBOL */
    uint32_t line;    /* being read */
};

/* Words that are tried as a whole. */
struct unit {
    enum mn_mention_place place;
    uint32_t first, end;
    bool wrapped; /* a label may run on behind the grade */
};

/* ---- grades ---- */

static bool index_grades(struct search *search)
{
    const struct mn_words *words = search->words;
    search->lengths = mn_arena_zero(search->document->arena, words->count + 1);
    search->grades = mn_arena_zero(search->document->arena, words->count + 1);
    if (!search->lengths || !search->grades)
        return false;
    for (size_t i = 0; i < words->count; i++)
        for (size_t grade = 0; grade < search->scheme->grade_count && grade < UINT8_MAX; grade++) {
            const struct mn_phrases *phrases = &search->scheme->grades[grade].words;
            if (!mn_phrases_may_begin(phrases, &words->items[i]))
                continue;
            size_t length = mn_phrases_length(phrases, &words->items[i], words->count - i);
            if (length <= search->lengths[i])
                continue;
            search->lengths[i] = (uint8_t)length;
            search->grades[i] = (uint8_t)grade;
        }
    return true;
}

/* The next grade in [first, end), if any; shorter ones inside longer ones are passed over. */
static bool next_grade(const struct search *search, uint32_t *first, uint32_t end, struct occurrence *occurrence)
{
    uint32_t i = *first;
    while (i < end && (!search->lengths[i] || i + search->lengths[i] > end))
        i++;
    if (i >= end)
        return false;
    *occurrence = (struct occurrence){search->grades[i], i, i + search->lengths[i], 0, 0};
    *first = occurrence->end;
    return true;
}

static bool phrase_stands_at(const struct search *search, const struct mn_phrase *phrase, size_t from, size_t to,
                             uint32_t at, uint32_t end)
{
    if (at + (to - from) > end)
        return false;
    for (size_t i = from; i < to; i++)
        if (phrase->parts[i].number != search->words->items[at + (i - from)].number)
            return false;
    return true;
}

/* Looks for a grade's phrase in two pieces, the first with `cut` words. */
static bool find_pieces(const struct search *search, const struct mn_phrase *phrase, size_t cut,
                        const struct unit *unit, struct occurrence *occurrence)
{
    for (uint32_t i = unit->first; i < unit->end; i++) {
        if (!phrase_stands_at(search, phrase, 0, cut, i, unit->end))
            continue;
        for (uint32_t j = i + (uint32_t)cut + 1; j < unit->end; j++) {
            if (!phrase_stands_at(search, phrase, cut, phrase->count, j, unit->end))
                continue;
            occurrence->first = i;
            occurrence->end = i + (uint32_t)cut;
            occurrence->rest_first = j;
            occurrence->rest_end = j + (uint32_t)(phrase->count - cut);
            return true;
        }
    }
    return false;
}

/* ---- labels ---- */

struct pieces {
    const struct mn_word *items[MOST_WORDS];
    size_t count;
    uint64_t holds; /* bits (number % 64) of its words that phrases have */
};

static bool has_names(const struct mn_phrase *phrase)
{
    for (size_t i = 0; i < phrase->count; i++)
        if (phrase->parts[i].word.size == 0)
            return true;
    return false;
}

static bool holds_grade(const struct search *search, const struct pieces *pieces)
{
    for (size_t i = 0; i < pieces->count; i++)
        if (search->lengths[pieces->items[i] - search->words->items])
            return true;
    return false;
}

/* A name must not swallow words of another grade. */
static bool is_label(const struct search *search, const struct mn_phrases *labels, const struct pieces *pieces)
{
    if (!pieces->count || !mn_phrases_may_begin(labels, pieces->items[0]))
        return false;
    for (size_t i = 0; i < labels->count; i++)
        if (!(labels->items[i].needs & ~pieces->holds) &&
            mn_phrase_is(&labels->items[i], pieces->items, pieces->count) &&
            !(has_names(&labels->items[i]) && holds_grade(search, pieces)))
            return true;
    return false;
}

/* The judgement whose label these words are, or MN_NO_SYMBOL. */
static uint32_t find_judgement(const struct search *search, const struct pieces *pieces)
{
    for (uint32_t i = 0; i < search->scheme->judgement_count; i++) {
        const struct mn_scheme_judgement *judgement = &search->scheme->judgements[i];
        bool in_group = judgement->group == MN_NO_SYMBOL || judgement->group == search->group;
        if (in_group && is_label(search, &judgement->labels, pieces))
            return i;
    }
    return MN_NO_SYMBOL;
}

static void add_words(const struct search *search, uint32_t first, uint32_t end, struct pieces *pieces)
{
    for (uint32_t i = first; i < end && pieces->count < MOST_WORDS; i++) {
        const struct mn_word *word = &search->words->items[i];
        pieces->items[pieces->count++] = word;
        pieces->holds |= word->number == MN_NO_SYMBOL ? 0 : UINT64_C(1) << (word->number % 64);
    }
}

/* Without the numbers before a label ("2.1 Adoption"), where it is none with them. */
static uint32_t find_numbered(const struct search *search, const struct pieces *pieces)
{
    uint32_t found = find_judgement(search, pieces);
    size_t numbers = 0;
    while (numbers < pieces->count && pieces->items[numbers]->is_number)
        numbers++;
    if (found != MN_NO_SYMBOL || !numbers)
        return found;
    struct pieces rest = {.count = pieces->count - numbers, .holds = pieces->holds};
    memcpy(rest.items, pieces->items + numbers, rest.count * sizeof *rest.items);
    return find_judgement(search, &rest);
}

/* ---- what stands between a label and its grade ---- */

static size_t ignored_length(const struct search *search, uint32_t at, uint32_t end)
{
    size_t length = mn_phrases_length(&search->scheme->ignored, &search->words->items[at], end - at);
    const struct mn_word *word = &search->words->items[at];
    return length ? length : word->is_number && word->text.size <= 2;
}

/* One past what says nothing behind the grade: "Grade 4", a footnote's number. */
static uint32_t pass_ignored(const struct search *search, uint32_t at, uint32_t end)
{
    size_t length = 1;
    while (at < end && length) {
        length = ignored_length(search, at, end);
        at += (uint32_t)length;
    }
    return at;
}

/* Is [from, to) one link, or words that say nothing? */
static bool links(const struct search *search, uint32_t from, uint32_t to)
{
    const struct mn_word *words = search->words->items;
    return mn_phrases_length(&search->scheme->links, &words[from], to - from) == to - from ||
           pass_ignored(search, from, to) == to;
}

/* Marks at which distances before the grade a label may end. */
static void mark_label_ends(const struct search *search, uint32_t first, uint32_t grade, bool ends[MOST_BETWEEN + 1])
{
    ends[0] = true;
    for (uint32_t distance = 0; distance < MOST_BETWEEN; distance++)
        for (uint32_t end = distance + 1; ends[distance] && end <= MOST_BETWEEN && end <= grade - first; end++)
            ends[end] = ends[end] || links(search, grade - end, grade - distance);
}

/* ---- a unit ---- */

static bool add_mention(struct search *search, const struct unit *unit, const struct occurrence *occurrence,
                        uint32_t judgement, uint32_t label_end, uint32_t end)
{
    const struct mn_word *words = search->words->items;
    struct mn_mention *mention = MN_APPEND(search->document->arena, &search->mentions->items);
    uint32_t first = unit->first < occurrence->first ? unit->first : occurrence->first;
    if (!mention)
        return false;
    *mention = (struct mn_mention){
        .judgement = judgement,
        .value = search->scheme->grades[occurrence->grade].value,
        .place = unit->place,
        .start = words[first].start,
        .end = words[end - 1].end,
        .value_start = words[occurrence->first].start,
        .value_end = words[(occurrence->rest_end ? occurrence->rest_end : occurrence->end) - 1].end,
        .line = search->line,
        .node = search->words->leaves[search->words->lines[search->line].first_leaf].node,
    };
    bool before = label_end > unit->first;
    mention->subject_start = words[before ? unit->first : occurrence->end].start;
    uint32_t behind = occurrence->rest_end ? occurrence->rest_first : end;
    mention->subject_end = words[(before ? label_end : behind) - 1].end;
    return true;
}

/* Tries a unit with this grade in it; true when it is a mention, or memory is out (`failed`). */
static bool try_grade(struct search *search, const struct unit *unit, const struct occurrence *occurrence, bool *failed)
{
    bool ends[MOST_BETWEEN + 1] = {false};
    bool in_pieces = occurrence->rest_end != 0;
    uint32_t behind = pass_ignored(search, occurrence->end, in_pieces ? occurrence->rest_first : unit->end);
    uint32_t last = in_pieces ? pass_ignored(search, occurrence->rest_end, unit->end) : unit->end;
    mark_label_ends(search, unit->first, occurrence->first, ends);
    for (uint32_t distance = 0; distance <= MOST_BETWEEN && distance <= occurrence->first - unit->first; distance++) {
        struct pieces label = {.count = 0};
        uint32_t label_end = occurrence->first - distance;
        if (!ends[distance])
            continue;
        add_words(search, unit->first, label_end, &label);
        add_words(search, behind, in_pieces ? occurrence->rest_first : unit->end, &label);
        add_words(search, last, unit->end, &label);
        if (!unit->wrapped && behind < unit->end)
            return false;
        uint32_t judgement = find_numbered(search, &label);
        if (judgement == MN_NO_SYMBOL)
            continue;
        *failed = !add_mention(search, unit, occurrence, judgement, label_end, unit->end);
        return true;
    }
    return false;
}

static bool try_pieces(struct search *search, const struct unit *unit, bool *failed)
{
    struct pieces all = {.count = 0};
    add_words(search, unit->first, unit->end, &all);
    for (uint32_t grade = 0; grade < search->scheme->grade_count; grade++) {
        const struct mn_phrases *phrases = &search->scheme->grades[grade].words;
        for (size_t i = 0; i < phrases->count; i++)
            for (size_t cut = phrases->items[i].count; cut-- > 1 && !(phrases->items[i].needs & ~all.holds);) {
                struct occurrence occurrence = {.grade = grade};
                if (find_pieces(search, &phrases->items[i], cut, unit, &occurrence) &&
                    try_grade(search, unit, &occurrence, failed))
                    return true;
            }
    }
    return false;
}

static bool try_unit(struct search *search, const struct unit *unit, bool *failed)
{
    struct occurrence occurrence;
    if (unit->end - unit->first > MOST_WORDS || unit->end == unit->first)
        return false;
    for (uint32_t i = unit->first; next_grade(search, &i, unit->end, &occurrence);)
        if (try_grade(search, unit, &occurrence, failed))
            return true;
    return unit->wrapped && try_pieces(search, unit, failed);
}

/* ---- the units of a document ---- */

static const struct mn_word_line *line_at(const struct search *search, uint32_t line)
{
    return &search->words->lines[line];
}

static const struct mn_node *node_of(const struct search *search, uint32_t line)
{
    return &search->document->nodes.items[line_at(search, line)->node];
}

static bool is_row(const struct search *search, uint32_t line)
{
    return node_of(search, line)->kind == MN_ROW;
}

/* The words of several lines as a unit. */
static struct unit lines_from(const struct search *search, uint32_t first, uint32_t last)
{
    return (struct unit){is_row(search, first) ? MN_MENTION_ROW : MN_MENTION_BLOCKS, line_at(search, first)->first,
                         line_at(search, last)->end, true};
}

/* The number of lines, one or two, from this one on that hold a grade and nothing else; 0: they do not. */
static uint32_t lines_of_grade(const struct search *search, uint32_t line)
{
    for (uint32_t count = 1; count <= 2 && line + count <= search->words->line_count; count++) {
        uint32_t end = line_at(search, line + count - 1)->end;
        uint32_t at = pass_ignored(search, line_at(search, line)->first, end);
        if (at < end && search->lengths[at] && at + search->lengths[at] <= end &&
            pass_ignored(search, at + search->lengths[at], end) == end)
            return count;
    }
    return 0;
}

static bool is_bare_grade(const struct search *search, uint32_t line)
{
    return lines_of_grade(search, line) > 0;
}

static bool is_bare_label(const struct search *search, uint32_t line)
{
    const struct mn_word_line *words = line_at(search, line);
    struct pieces pieces = {.count = 0};
    if (words->end - words->first > MOST_WORDS)
        return false;
    add_words(search, words->first, words->end, &pieces);
    return find_numbered(search, &pieces) != MN_NO_SYMBOL;
}

/* Labels one after the other and then the grades one after the other tell nothing: no judgement by position alone. */
static bool is_column(const struct search *search, uint32_t first, uint32_t grade)
{
    uint32_t next = grade + lines_of_grade(search, grade);
    bool more_grades = next < search->words->line_count && is_bare_grade(search, next);
    return more_grades || (first > 0 && is_bare_label(search, first - 1));
}

/* The label in a line between the two pieces of a grade, the first of which is this line. */
static bool try_around(struct search *search, uint32_t line, bool *failed)
{
    if (line + 2 >= search->words->line_count || !is_bare_label(search, line + 1))
        return false;
    struct unit unit = lines_from(search, line, line + 2);
    return unit.end - unit.first <= MOST_WORDS && try_pieces(search, &unit, failed);
}

/* The label in the lines before the grade's, and perhaps behind it. */
static bool try_lines(struct search *search, uint32_t line, bool *failed)
{
    uint32_t last = line + lines_of_grade(search, line) - 1;
    for (uint32_t before = 1; before <= MOST_LINES && before <= line; before++)
        for (uint32_t behind = 0; behind < 2 && last + behind < search->words->line_count; behind++) {
            struct unit unit = lines_from(search, line - before, last + behind);
            if (!is_column(search, line - before, line) && try_unit(search, &unit, failed))
                return true;
        }
    return false;
}

/* A line that ends in the grade or its beginning, the rest of the label, of the grade or of both in the next. */
static bool try_next(struct search *search, uint32_t line, bool *failed)
{
    const struct mn_word_line *words = line_at(search, line);
    if (line + 1 >= search->words->line_count)
        return false;
    struct unit unit = lines_from(search, line, line + 1);
    struct occurrence last = {0}, next;
    for (uint32_t at = words->first; next_grade(search, &at, unit.end, &next) && next.first < words->end;)
        last = next;
    if (last.end < words->end || unit.end - unit.first > MOST_WORDS)
        return false;
    return try_grade(search, &unit, &last, failed) || try_pieces(search, &unit, failed);
}

/* The leaves of a row by themselves: rows that ran into each other. */
static bool try_cells(struct search *search, uint32_t line, bool *failed)
{
    const struct mn_word_line *row = line_at(search, line);
    bool any = false;
    for (uint32_t i = row->first_leaf; i < row->end_leaf && row->end_leaf - row->first_leaf > 1 && !*failed; i++) {
        const struct mn_word_leaf *leaf = &search->words->leaves[i];
        struct unit unit = {MN_MENTION_ROW, leaf->first, leaf->end, true};
        any = try_unit(search, &unit, failed) || any;
    }
    return any;
}

static bool try_sentences(struct search *search, uint32_t line, bool *failed)
{
    const struct mn_node *node = node_of(search, line);
    const struct mn_word_line *words = line_at(search, line);
    uint32_t at = words->first;
    bool any = false;
    for (uint32_t i = node->first_sentence; i < node->end_sentence && !*failed; i++) {
        const struct mn_sentence *sentence = &search->document->sentences.items[i];
        struct unit unit = {MN_MENTION_SENTENCE, at, at, false};
        while (unit.end < words->end && search->words->items[unit.end].start < sentence->end)
            unit.end++;
        at = unit.end;
        any = try_unit(search, &unit, failed) || any;
    }
    return any;
}

static bool has_own_number(const struct search *search, const struct occurrence *occurrence, uint32_t end)
{
    const struct mn_word *next = &search->words->items[occurrence->end];
    return occurrence->end < end && next->is_number && next->text.size == 1;
}

/* Lines that ran into one, each with its grade and the grade's number: "Leadership and management Good 2 Quality of
 * teaching Requires improvement 3". */
static bool try_run(struct search *search, uint32_t line, bool *failed)
{
    const struct mn_word_line *words = line_at(search, line);
    uint32_t from = words->first;
    struct occurrence occurrence;
    bool any = false;
    for (uint32_t at = from; !*failed && next_grade(search, &at, words->end, &occurrence);) {
        bool found = !has_own_number(search, &occurrence, words->end);
        uint32_t farthest = occurrence.first < LONGEST_LABEL ? 0 : occurrence.first - LONGEST_LABEL;
        struct unit unit = {MN_MENTION_BLOCKS, from > farthest ? from : farthest, occurrence.end + 1, false};
        for (; !found && unit.first < occurrence.first; unit.first++) {
            found = try_grade(search, &unit, &occurrence, failed);
            any = any || found;
        }
        from = occurrence.end + 1;
    }
    return any;
}

static bool try_text(struct search *search, uint32_t line, bool *failed)
{
    const struct mn_word_line *words = line_at(search, line);
    return (words->end - words->first > MOST_WORDS && try_run(search, line, failed)) ||
           try_sentences(search, line, failed);
}

/* A line with the label and at most this many words that are no grade, and no numbers (of pages). */
#define MOST_UNREADABLE 3

static bool has_numbers(const struct search *search, uint32_t first, uint32_t end)
{
    bool any = false;
    for (uint32_t i = first; i < end; i++)
        any = any || search->words->items[i].is_number;
    return any;
}

/* Adds the mention of a label without a grade; what stands in the row or line up to byte `end` is in its place. */
static bool add_label(struct search *search, uint32_t judgement, uint32_t first, uint32_t label_end, uint32_t end)
{
    const struct mn_word *words = search->words->items;
    struct mn_mention *mention = MN_APPEND(search->document->arena, &search->mentions->items);
    if (!mention)
        return false;
    *mention = (struct mn_mention){.judgement = judgement,
                                   .place = MN_MENTION_LABEL,
                                   .start = words[first].start,
                                   .end = end,
                                   .subject_start = words[first].start,
                                   .subject_end = words[label_end - 1].end,
                                   .line = search->line,
                                   .node = search->words->leaves[line_at(search, search->line)->first_leaf].node};
    return true;
}

/* Notes that a label stands in the words of a row or line, whose node this is, without a grade. */
static bool note_label(struct search *search, uint32_t first, uint32_t end, uint32_t node)
{
    uint32_t longest = end - first < MOST_WORDS ? end : first + MOST_WORDS;
    for (uint32_t label_end = longest; label_end > first && end - label_end <= MOST_UNREADABLE; label_end--) {
        struct pieces pieces = {.count = 0};
        add_words(search, first, label_end, &pieces);
        uint32_t judgement = find_numbered(search, &pieces);
        if (judgement != MN_NO_SYMBOL && !has_numbers(search, label_end, end))
            return add_label(search, judgement, first, label_end, search->document->nodes.items[node].end);
    }
    return true;
}

static enum mn_mention_place place_of(const struct search *search, uint32_t line)
{
    uint8_t kind = node_of(search, line)->kind;
    return kind == MN_ROW ? MN_MENTION_ROW : kind == MN_HEAD ? MN_MENTION_HEAD : MN_MENTION_LINE;
}

/* Tries a line, with those around it where it may be a part of them only; true when it is a mention. */
static bool try_line(struct search *search, uint32_t line, bool *failed)
{
    const struct mn_word_line *words = line_at(search, line);
    struct unit unit = {place_of(search, line), words->first, words->end, true};
    bool bare = is_bare_grade(search, line);
    return try_unit(search, &unit, failed) || try_around(search, line, failed) ||
           (bare ? try_lines(search, line, failed) : try_next(search, line, failed));
}

static bool read_line(struct search *search, uint32_t line)
{
    const struct mn_word_line *words = line_at(search, line);
    enum mn_mention_place place = place_of(search, line);
    bool failed = false;
    if (try_line(search, line, &failed) ||
        (place == MN_MENTION_ROW ? try_cells(search, line, &failed) : try_text(search, line, &failed)))
        return !failed;
    return place == MN_MENTION_HEAD || note_label(search, words->first, words->end, words->node);
}

static void note_group(struct search *search)
{
    const struct mn_word_line *words = line_at(search, search->line);
    struct pieces pieces = {.count = 0};
    if (!search->scheme->group_count || words->end - words->first > MOST_WORDS)
        return;
    add_words(search, words->first, words->end, &pieces);
    for (uint32_t i = 0; i < search->scheme->group_count; i++)
        if (mn_phrases_are(&search->scheme->groups[i].labels, pieces.items, pieces.count))
            search->group = i;
}

/* ---- what was judged before ---- */

static bool says_earlier(const struct search *search, uint32_t line)
{
    const struct mn_word_line *words = line_at(search, line);
    for (uint32_t i = words->first; i < words->end; i++)
        if (mn_phrases_length(&search->scheme->earlier, &search->words->items[i], words->end - i))
            return true;
    return false;
}

/* Does it introduce what follows: a heading, or text that ends in a colon? */
static bool introduces(const struct search *search, uint32_t line)
{
    const struct mn_node *node = node_of(search, line);
    struct mn_slice text = mn_slice_trim(mn_document_text(search->document, node->start, node->end));
    return node->kind == MN_HEAD || (text.size && text.data[text.size - 1] == ':');
}

/* A line of a list of judgements, wrapped or not. */
#define MOST_IN_LINE 24

static bool is_line_with_grade(const struct search *search, uint32_t line)
{
    const struct mn_word_line *words = line_at(search, line);
    bool any = false;
    for (uint32_t i = words->first; i < words->end; i++)
        any = any || search->lengths[i];
    return any && words->end - words->first <= MOST_IN_LINE && !introduces(search, line);
}

/* Which line stands before the list of judgements that a line is in, and whether a line says when they were made: found
 * again for the next mention. */
struct list_start {
    uint32_t line, before;
    uint32_t asked; /* line */
    bool says_earlier;
};

static uint32_t line_before_list(const struct search *search, uint32_t line, struct list_start *known)
{
    uint32_t before = line ? line - 1 : 0;
    while (before > 0 && before != known->line && is_line_with_grade(search, before))
        before--;
    if (before && before == known->line && is_line_with_grade(search, before))
        before = known->before;
    known->line = line;
    known->before = before;
    return before;
}

/* The lines of a list passed over, what stands before them says when it was. */
static void mark_earlier(const struct search *search, struct mn_mention *mention, struct list_start *known)
{
    bool in_text = mention->place == MN_MENTION_SENTENCE;
    uint32_t line = in_text ? mention->line : line_before_list(search, mention->line, known);
    if (line != known->asked)
        known->says_earlier = says_earlier(search, line);
    known->asked = line;
    mention->earlier_node = line_at(search, line)->node;
    mention->is_earlier = known->says_earlier && (in_text || introduces(search, line));
}

/* How many lines may lie between one that cannot be read and one that can. */
#define NEAR_LINES 4

/* Marks labels near a mention that can be read, in one pass from each side. */
static void mark_beside(struct mn_mentions *mentions)
{
    struct mn_mention *items = mentions->items.items;
    size_t count = mentions->items.count;
    for (int backward = 0; backward < 2; backward++) {
        const struct mn_mention *last = NULL;
        for (size_t i = 0; i < count; i++) {
            struct mn_mention *mention = &items[backward ? count - 1 - i : i];
            uint32_t between = !last                        ? UINT32_MAX
                               : last->line > mention->line ? last->line - mention->line
                                                            : mention->line - last->line;
            mention->is_beside = mention->is_beside || between <= NEAR_LINES;
            last = mention->place <= MN_MENTION_HEAD ? mention : last;
        }
    }
}

/* Blocks from one mention to the next in a table that is printed line by line. */
#define TOGETHER 3

/* Counts those that stand together; the mentions are in reading order. */
static void count_company(struct mn_mentions *mentions)
{
    struct mn_mention *items = mentions->items.items;
    for (size_t first = 0, end; first < mentions->items.count; first = end) {
        for (end = first + 1; end < mentions->items.count && items[end].line - items[end - 1].line <= TOGETHER;)
            end++;
        for (size_t i = first; i < end; i++)
            items[i].company = (uint32_t)(end - first);
    }
}

bool mn_mentions_find(const struct mn_document *document, const struct mn_words *words, const struct mn_scheme *scheme,
                      struct mn_mentions *mentions)
{
    struct search search = {
        .document = document, .words = words, .scheme = scheme, .mentions = mentions, .group = MN_NO_SYMBOL};
    bool done = index_grades(&search);
    *mentions = (struct mn_mentions){0};
    for (uint32_t line = 0; done && line < words->line_count; line++) {
        search.line = line;
        note_group(&search);
        done = read_line(&search, line);
    }
    struct list_start known = {.line = UINT32_MAX, .asked = UINT32_MAX};
    for (size_t i = 0; done && i < mentions->items.count; i++)
        mark_earlier(&search, &mentions->items.items[i], &known);
    mark_beside(mentions);
    count_company(mentions);
    return done;
}
