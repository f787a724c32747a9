#include "explain/profile.h"

#include "base/limits.h"
#include <errno.h>
#include <libxml/parser.h>
#include <stdlib.h>

#define NAMESPACE "urn:minutiae:profile:1"

struct reading {
    const char *name;
    struct mn_profile *profile;
    struct mn_error *error;
};

static enum mn_status refuse(const struct reading *reading, const xmlNode *node, const char *what)
{
    return mn_fail(reading->error, MN_MALFORMED, "%s:%ld: %s; expected a profile that extract --profile wrote",
                   reading->name, xmlGetLineNo(node), what);
}

/* The attribute, or the text of a node, in the profile's arena; null data when memory is out. */
static struct mn_slice take(const struct reading *reading, xmlChar *text)
{
    struct mn_slice copy = text ? mn_arena_copy(reading->profile->arena, mn_slice_of((const char *)text)) : MN_EMPTY;
    xmlFree(text);
    return copy;
}

static struct mn_slice attribute(const struct reading *reading, xmlNode *node, const char *name)
{
    return take(reading, xmlGetNoNsProp(node, (const xmlChar *)name));
}

static bool number(const struct reading *reading, xmlNode *node, const char *name, uint64_t most, uint64_t *value)
{
    struct mn_slice text = attribute(reading, node, name);
    *value = 0;
    for (size_t i = 0; i < text.size; i++) {
        uint64_t digit = (uint64_t)(text.data[i] - '0');
        if (text.data[i] < '0' || text.data[i] > '9' || *value > (most - digit) / 10)
            return false;
        *value = *value * 10 + digit;
    }
    return text.size > 0;
}

static bool is_element(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && node->ns && node->ns->href &&
           strcmp((const char *)node->ns->href, NAMESPACE) == 0 && strcmp((const char *)node->name, name) == 0;
}

static enum mn_profile_outcome outcome_of(struct mn_slice name)
{
    unsigned outcome = 0;
    while (outcome < MN_PROFILE_OUTCOMES && !mn_slice_equal(name, mn_slice_of(mn_profile_outcomes[outcome])))
        outcome++;
    return (enum mn_profile_outcome)outcome;
}

static enum mn_status read_sample(const struct reading *reading, xmlNode *node, struct mn_profile_rule *rule)
{
    uint64_t start, end;
    enum mn_profile_outcome outcome = outcome_of(attribute(reading, node, "of"));
    if (outcome == MN_PROFILE_OUTCOMES || !number(reading, node, "start", UINT32_MAX, &start) ||
        !number(reading, node, "end", UINT32_MAX, &end))
        return refuse(reading, node, "this <sample> cannot be read");
    struct mn_profile_sample sample = {.source = attribute(reading, node, "source"),
                                       .words = take(reading, xmlNodeGetContent(node)),
                                       .start = (uint32_t)start,
                                       .end = (uint32_t)end};
    return mn_profile_sample(reading->profile, rule, outcome, sample) ? MN_OK : mn_fail_memory(reading->error);
}

static enum mn_status read_part(const struct reading *reading, xmlNode *node, struct mn_profile_rule *rule)
{
    static const char *const attributes[MN_PROFILE_OUTCOMES] = {NULL, "condition", "to", "fate"};
    struct mn_profile_part part = {.outcome = outcome_of(mn_slice_of((const char *)node->name))};
    if (part.outcome == MN_PROFILE_OUTCOMES || part.outcome == MN_PROFILE_HIT ||
        !number(reading, node, "count", UINT64_MAX / 4, &part.count))
        return refuse(reading, node, "this element cannot be read");
    part.name = attribute(reading, node, attributes[part.outcome]);
    part.text = take(reading, xmlNodeGetContent(node));
    struct mn_profile_part *known = mn_profile_part(reading->profile, rule, &part);
    if (!known)
        return mn_fail_memory(reading->error);
    known->count += part.count;
    return MN_OK;
}

static enum mn_status read_rule(const struct reading *reading, xmlNode *node)
{
    static const char *const counts[MN_PROFILE_OUTCOMES] = {"hits", "vetoes", "losses", "drops"};
    struct mn_slice name = attribute(reading, node, "name");
    enum mn_status status = MN_OK;
    if (!name.size || mn_profile_find(reading->profile, name))
        return refuse(reading, node, "this <rule> has no name of its own");
    struct mn_profile_rule *rule = mn_profile_rule(reading->profile, name, attribute(reading, node, "finds"));
    if (!rule)
        return mn_fail_memory(reading->error);
    bool whole = number(reading, node, "tries", UINT64_MAX / 4, &rule->tries);
    for (unsigned i = 0; i < MN_PROFILE_OUTCOMES; i++)
        whole = number(reading, node, counts[i], UINT64_MAX / 4, &rule->counts[i]) && whole;
    if (!whole)
        return refuse(reading, node, "this <rule> lacks a count");
    for (xmlNode *child = node->children; child && status == MN_OK; child = child->next)
        if (child->type == XML_ELEMENT_NODE)
            status = is_element(child, "sample") ? read_sample(reading, child, rule) : read_part(reading, child, rule);
    return status;
}

static enum mn_status read_root(const struct reading *reading, xmlNode *root)
{
    enum mn_status status = MN_OK;
    if (!root || !is_element(root, "profile"))
        return mn_fail(reading->error, MN_MALFORMED, "%s is no profile; extract --profile FILE writes one",
                       reading->name);
    reading->profile->rules_sha256 = attribute(reading, root, "rules-sha256");
    if (!reading->profile->rules_sha256.size ||
        !number(reading, root, "documents", UINT64_MAX / 4, &reading->profile->documents))
        return refuse(reading, root, "<profile> does not say of which rules and how many documents it is");
    for (xmlNode *child = root->children; child && status == MN_OK; child = child->next)
        if (child->type == XML_ELEMENT_NODE)
            status = is_element(child, "rule") ? read_rule(reading, child)
                                               : refuse(reading, child, "this element does not belong here");
    return status;
}

enum mn_status mn_profile_read(const char *name, struct mn_slice xml, struct mn_profile **profile,
                               struct mn_error *error)
{
    struct reading reading = {.name = name, .profile = mn_profile_create(), .error = error};
    *profile = NULL;
    if (!reading.profile)
        return mn_fail_memory(error);
    enum mn_status status = MN_OVER_LIMIT;
    xmlDoc *document = NULL;
    if (xml.size > MN_LIMIT_DOCUMENT_BYTES) {
        mn_fail(error, status, "%s is larger than a profile may be", name);
    } else {
        document = xmlReadMemory(xml.data ? xml.data : "", (int)xml.size, name, NULL,
                                 XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
        status = read_root(&reading, document && !document->intSubset ? xmlDocGetRootElement(document) : NULL);
    }
    xmlFreeDoc(document);
    if (status == MN_OK)
        *profile = reading.profile;
    else
        mn_profile_destroy(reading.profile);
    return status;
}
