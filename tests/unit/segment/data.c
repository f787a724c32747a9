#include "data.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

static enum mn_status add_element(struct mn_segmentation *segmentation, xmlNode *node, struct mn_error *error)
{
    xmlChar *content = xmlNodeGetContent(node);
    xmlChar *role = xmlGetNoNsProp(node, BAD_CAST "role");
    xmlChar *before = xmlGetNoNsProp(node, BAD_CAST "before");
    xmlChar *rest = xmlGetNoNsProp(node, BAD_CAST "inline");
    struct mn_slice text = mn_slice_of((const char *)content);
    enum mn_status status = MN_OK;
    if (xmlStrEqual(node->name, BAD_CAST "abbreviation"))
        status = mn_segmentation_add_abbreviation(segmentation, text, before != NULL, error);
    else if (xmlStrEqual(node->name, BAD_CAST "label"))
        status = mn_segmentation_add_label(segmentation, text, mn_slice_of((const char *)role),
                                           xmlStrEqual(rest, BAD_CAST "true"), error);
    else if (xmlStrEqual(node->name, BAD_CAST "column-title"))
        status = mn_segmentation_add_column_title(segmentation, text, error);
    else if (xmlStrEqual(node->name, BAD_CAST "result"))
        status = mn_segmentation_add_result(segmentation, text, error);
    else if (xmlStrEqual(node->name, BAD_CAST "furniture"))
        status = mn_segmentation_add_furniture(segmentation, text, error);
    xmlFree(content);
    xmlFree(role);
    xmlFree(before);
    xmlFree(rest);
    return status;
}

struct mn_segmentation *load_segmentation(struct mn_arena *arena, const char *path, struct mn_error *error)
{
    xmlDoc *document = xmlReadFile(path, NULL, XML_PARSE_NONET);
    if (!document)
        return NULL;
    struct mn_segmentation *segmentation = mn_segmentation_create(arena);
    enum mn_status status = MN_OK;
    for (xmlNode *top = xmlDocGetRootElement(document)->children; top; top = top->next)
        for (xmlNode *node = top->children; node && status == MN_OK; node = node->next)
            if (node->type == XML_ELEMENT_NODE)
                status = add_element(segmentation, node, error);
    if (status == MN_OK)
        status = mn_segmentation_finish(segmentation, error);
    xmlFreeDoc(document);
    if (status == MN_OK)
        return segmentation;
    mn_segmentation_destroy(segmentation);
    return NULL;
}
