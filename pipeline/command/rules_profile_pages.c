/* What a profile says as a whole: which rules are dead, which do most of the work. As text and as HTML. */
#include "command/rules_profile.h"
#include "command/wrap.h"

struct overview {
    struct mn_writer *out;
    struct mn_writer line; /* to memory */
    const struct rules_list *list;
};

/* The next shown rule with this use, from item *item of file *file on; null at the end. */
static const struct mn_listed *next_with(const struct rules_list *list, enum rules_use use, size_t *file, size_t *item)
{
    const struct mn_listing *listing = mn_rules_listing(list->rules);
    for (; *file < listing->file_count; ++*file, *item = 0)
        while (*item < listing->files[*file].item_count) {
            const struct mn_listed *listed = &listing->files[*file].items[(*item)++];
            if (listed->rule && !listed->rule->off && rules_list_shows(list, listed) &&
                rules_use_of(list, listed->rule) == use)
                return listed;
        }
    return NULL;
}

static size_t count_with(const struct rules_list *list, enum rules_use use)
{
    size_t count = 0;
    for (size_t file = 0, item = 0; next_with(list, use, &file, &item);)
        count++;
    return count;
}

static void say_title(struct mn_writer *out, const struct rules_list *list)
{
    mn_write_literal(out, "profile of ");
    mn_write_number(out, list->profile->documents);
    mn_write(out, mn_slice_of(list->profile->documents == 1 ? " document" : " documents"));
}

static void say_use(struct mn_writer *out, enum rules_use use, size_t count)
{
    mn_write(out, mn_slice_of(rules_use_words[use]));
    mn_write_literal(out, " (");
    mn_write_number(out, count);
    mn_write_literal(out, ")");
}

static void end_line(struct overview *overview, size_t indent)
{
    wrap_spaces(overview->out, indent);
    wrap_text(overview->out, (struct mn_slice){overview->line.data, overview->line.size}, indent, indent + 2);
    mn_writer_clear(&overview->line);
}

static void text_use(struct overview *overview, enum rules_use use)
{
    size_t count = count_with(overview->list, use);
    const struct mn_listed *rule;
    if (!count)
        return;
    say_use(&overview->line, use, count);
    end_line(overview, 2);
    bool first = true;
    for (size_t file = 0, item = 0; (rule = next_with(overview->list, use, &file, &item)); first = false) {
        mn_write(&overview->line, mn_slice_of(first ? "" : " "));
        mn_write(&overview->line, rule->name);
    }
    end_line(overview, 4);
}

static void say_leader(struct mn_writer *out, const struct rules_leaders *leaders, size_t rule)
{
    mn_write_char(out, ' ');
    mn_write_number(out, leaders->rules[rule]->counts[MN_PROFILE_HIT]);
    mn_write_literal(out, " (");
    mn_write_number(out, rules_profile_share(leaders, rule));
    mn_write_literal(out, " %)");
}

static void text_leaders(void *context, const struct rules_leaders *leaders)
{
    struct overview *overview = context;
    mn_write(&overview->line, leaders->kind);
    mn_write_literal(&overview->line, ", ");
    mn_write_number(&overview->line, leaders->hits);
    mn_write(&overview->line, mn_slice_of(leaders->hits == 1 ? " hit:" : " hits:"));
    for (size_t i = 0; i < leaders->rule_count; i++) {
        mn_write(&overview->line, mn_slice_of(i ? ", " : " "));
        mn_write(&overview->line, leaders->rules[i]->name);
        say_leader(&overview->line, leaders, i);
    }
    end_line(overview, 4);
}

void rules_profile_text(struct mn_writer *out, const struct rules_list *list)
{
    struct overview overview = {.out = out, .list = list};
    mn_writer_init(&overview.line, NULL);
    say_title(&overview.line, list);
    end_line(&overview, 0);
    for (size_t i = 0; i < WRAP_WIDTH; i++)
        mn_write_char(out, '=');
    mn_write_char(out, '\n');
    for (int use = RULES_UNTRIED; use < RULES_USED; use++)
        text_use(&overview, (enum rules_use)use);
    if (!list->prefix_count) { /* shares are of all rules of a kind */
        mn_write_literal(&overview.line, "most hits");
        end_line(&overview, 2);
        rules_profile_leaders(list, text_leaders, &overview);
    }
    mn_write_literal(out, "\n\n");
    if (out->status == MN_OK)
        out->status = overview.line.status;
    mn_writer_free(&overview.line);
}

/* --- HTML --- */

static void link_to(struct mn_writer *out, const struct rules_list *list, struct mn_slice name)
{
    const struct mn_rule *rule = mn_rules_find(list->rules, name);
    const struct mn_listed *listed = rule ? mn_rules_listed(list->rules, rule) : NULL;
    bool shown = listed && rules_list_shows(list, listed);
    mn_write(out, mn_slice_of(shown ? "<a href=\"#rule-" : "<code>"));
    if (shown) {
        mn_write_text(out, name);
        mn_write_literal(out, "\"><code>");
    }
    mn_write_text(out, name);
    mn_write(out, mn_slice_of(shown ? "</code></a>" : "</code>"));
}

static void html_use(struct mn_writer *out, const struct rules_list *list, enum rules_use use)
{
    size_t count = count_with(list, use);
    const struct mn_listed *rule;
    if (!count)
        return;
    mn_write_literal(out, "<tr><td><b>");
    say_use(out, use, count);
    mn_write_literal(out, "</b></td><td class=\"links\">");
    for (size_t file = 0, item = 0; (rule = next_with(list, use, &file, &item));) {
        link_to(out, list, rule->name);
        mn_write_char(out, ' ');
    }
    mn_write_literal(out, "</td></tr>\n");
}

static void html_leaders(void *context, const struct rules_leaders *leaders)
{
    struct overview *overview = context;
    mn_write_literal(overview->out, "<tr><td><b>");
    mn_write_text(overview->out, leaders->kind);
    mn_write_literal(overview->out, "</b><br /><span class=\"dim\">");
    mn_write_number(overview->out, leaders->hits);
    mn_write(overview->out, mn_slice_of(leaders->hits == 1 ? " hit" : " hits"));
    mn_write_literal(overview->out, "</span></td><td class=\"links\">");
    for (size_t i = 0; i < leaders->rule_count; i++) {
        link_to(overview->out, overview->list, leaders->rules[i]->name);
        say_leader(overview->out, leaders, i);
        mn_write_char(overview->out, ' ');
    }
    mn_write_literal(overview->out, "</td></tr>\n");
}

void rules_profile_html(struct mn_writer *out, const struct rules_list *list)
{
    struct overview overview = {.out = out, .list = list};
    mn_write_literal(out, "<section id=\"profile\">\n<h2>Profile</h2>\n<p class=\"dim\">");
    say_title(out, list);
    mn_write_literal(out, "</p>\n<h3>Rules without a hit</h3>\n<table>\n<tbody>\n");
    for (int use = RULES_UNTRIED; use < RULES_USED; use++)
        html_use(out, list, (enum rules_use)use);
    mn_write_literal(out, "</tbody>\n</table>\n<h3>Most hits</h3>\n<table>\n<tbody>\n");
    rules_profile_leaders(list, html_leaders, &overview);
    mn_write_literal(out, "</tbody>\n</table>\n</section>\n");
}
