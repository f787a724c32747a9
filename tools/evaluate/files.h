/* Files: which gold and record files there are, and which belong together. */
#ifndef EVALUATE_FILES_H
#define EVALUATE_FILES_H

#include "base/arena.h"
#include "base/error.h"

/* The whole file in the arena, with a NUL behind it. MN_OVER_LIMIT above MN_LIMIT_DOCUMENT_BYTES. */
enum mn_status file_read(struct mn_arena *arena, const char *path, struct mn_slice *bytes, struct mn_error *error);

struct file {
    const char *path;
    struct mn_slice name;   /* of the document: the file's name without .gold.xml, .xml or .txt */
    struct mn_slice folder; /* the source: the folder's path below the operand, or the operand's own last name */
};

struct file_list {
    struct file *items;
    size_t count;
};

enum file_preference { PREFER_GOLD, PREFER_RECORDS, ONLY_TEXTS };

/* The files below the operands (folders, searched to any depth without following links to folders; or files), in order
 * of folder, name and path. Of each folder operand that holds both NAME.gold.xml and other .xml files only the
 * preferred sort is taken, so that either side can be either sort; a file operand is taken as it is. ONLY_TEXTS: the
 * .txt files. MN_NOT_READABLE for an operand that is not there or holds no .xml file. */
enum mn_status files_gather(struct mn_arena *arena, const char *const *operands, size_t count,
                            enum file_preference preference, struct file_list *out, struct mn_error *error);

/* For each gold file the record file of the same document, or null: partners[i] for gold->items[i]. A record belongs to
 * a document NAME if it is called NAME.xml or NAME.EXT.xml; of several the one whose folders agree furthest, counted
 * from the file up; no record is given to two documents. A single gold file and a single record belong together
 * whatever they are called. Null when memory is out. */
const struct file **files_pair(struct mn_arena *arena, const struct file_list *gold, const struct file_list *records);

#endif
