/* walk: the files that paths stand for, one after the other. Of a folder these are all files in it and below, in byte
 * order of their paths; what is held in memory at a time is one list of names for each folder on the way down. */
#ifndef MN_INPUT_WALK_H
#define MN_INPUT_WALK_H

#include "base/arena.h"
#include "base/error.h"

struct mn_patterns {
    const char *const *items;
    size_t count;
};

struct mn_walk_options {
    const char *const *paths; /* files, folders, "-" for standard input */
    size_t path_count;
    const char *list;     /* file that lists more paths, "-" for standard input; may be null */
    bool nul_separated;   /* the list: names end in NUL, not in a newline */
    int stop;             /* descriptor that becomes readable when the run is to end; -1: none */
    const char *left_out; /* a folder that is left out where it is met, as output goes there; may be null */
    /* Shell patterns for what is in folders and containers: without a slash for the name alone, else for the path below
     * what was given. Where any are to be included, nothing else is. */
    struct mn_patterns include, exclude;
};

/* A file that was met, or why none is there. Strings live in the arena given to mn_walk_next. */
struct mn_file {
    struct mn_slice path;   /* to open, NUL behind it; "-" is standard input */
    struct mn_slice output; /* what its output is called: the path below the folder that was given, else its own name;
                               of listed files the path as listed. Never empty, absolute or with ".." */
    enum mn_status status;  /* MN_OK, or why it is none, with the error filled in */
    struct mn_error error;
};

struct mn_walk_counts {
    size_t left_aside; /* files that are never documents: hidden ones, README*, *.gold.xml; what patterns leave out */
    size_t special;    /* links to folders, pipes, devices, which are not followed */
};

struct mn_walk;

/* Null when memory is out. The options must outlive it. */
struct mn_walk *mn_walk_open(const struct mn_walk_options *options);
void mn_walk_close(struct mn_walk *walk); /* null is allowed */

/* The next file; false when there is none. What cannot be read comes as a file with its failure, so that the rest is
 * still done. */
bool mn_walk_next(struct mn_walk *walk, struct mn_arena *arena, struct mn_file *file);

const struct mn_walk_counts *mn_walk_counts(const struct mn_walk *walk);

/* True for a path below a folder or in a container that can be a document: none of its parts is hidden or of a name
 * that documents never have, and the patterns let it through. */
bool mn_walk_admits(const struct mn_walk_options *options, const char *path);

#endif
