/* A rule file as a small tree whose every element knows where it stands in the file, so that messages can point there
 * (libxml2's own tree keeps lines only). Read by libxml2's SAX interface: no network, no document types, no entities
 * but XML's own five. */
#ifndef MN_RULES_XML_H
#define MN_RULES_XML_H

#include "rules/report.h"

struct mn_xml_attribute {
    struct mn_slice name, value;
};

struct mn_xml {
    struct mn_slice name; /* local name; empty: this is text */
    struct mn_slice text; /* characters, entities replaced */
    struct mn_xml_attribute *attributes;
    size_t attribute_count;
    struct mn_xml *parent, *first, *last, *next;
    size_t offset;   /* of its `<`, in the file's bytes */
    uint8_t element; /* enum mn_element (language.h) */
    bool foreign;    /* not in the namespace of its file's kind */
};

/* Parses file->bytes and sets file->root and file->is_schemes: the tree lies in `arena`, its names, values and texts in
 * `strings`; a lean one lacks examples and notes. Mistakes go to the report and leave root null. */
void mn_xml_load(struct mn_arena *arena, struct mn_arena *strings, struct mn_rule_file *file, bool lean,
                 struct mn_report *report);

/* The value of an attribute; its data is null when there is none. */
struct mn_slice mn_xml_attribute(const struct mn_xml *node, const char *name);

/* All text directly in an element, in one piece; data null when memory is out. */
struct mn_slice mn_xml_text(struct mn_arena *arena, const struct mn_xml *node);

/* Where an element, its attribute, or a byte of its text (as mn_xml_text gives it) stands in the file. */
struct mn_place mn_xml_place(const struct mn_rule_file *file, const struct mn_xml *node);
struct mn_place mn_xml_attribute_place(const struct mn_rule_file *file, const struct mn_xml *node, const char *name);
struct mn_place mn_xml_text_place(const struct mn_rule_file *file, const struct mn_xml *node, size_t offset);

#endif
