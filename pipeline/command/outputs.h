/* Outputs: files below one folder that appear whole or not at all. They are written in its hidden folder .minutiae,
 * synced, and renamed to where they belong. Many are synced together, as each sync waits for the disk. */
#ifndef MN_COMMAND_OUTPUTS_H
#define MN_COMMAND_OUTPUTS_H

#include "base/digest.h"
#include "base/error.h"
#include "base/slice.h"

#define OUTPUT_STATE ".minutiae" /* hidden, so that nobody takes what is in it for output */

/* A file: FOLDER/NAME + ending. */
struct output {
    const char *folder;
    size_t number; /* tells the temporary files of a process apart */
    struct mn_slice name;
    const char *ending;
};

/* Writes it under its temporary name, not synced. On failure nothing is left behind. */
enum mn_status output_prepare(const struct output *output, struct mn_slice bytes, struct mn_error *error);

/* Syncs all that was prepared in a folder; false when that fails or cannot be done. */
bool output_sync(const char *folder);

/* Gives what was prepared its name; syncs it before unless that is done. Missing folders are made. On failure nothing
 * is left behind. */
enum mn_status output_place(const struct output *output, bool synced, struct mn_error *error);

/* Takes away what was prepared. */
void output_drop(const struct output *output);

/* All at once: prepare and place. */
enum mn_status output_write(const struct output *output, struct mn_slice bytes, struct mn_error *error);

/* Takes away what an earlier run wrote under this name, if anything: it would look current. */
void output_remove(const struct output *output);

/* True if the file is there and has this digest. */
bool output_holds(const struct output *output, const struct mn_sha256 *sha256);

/* FOLDER/.minutiae/NAME, malloc'ed; null when memory is out. */
char *output_state_path(const char *folder, const char *name);

/* Makes the folder and the hidden one in it. */
enum mn_status output_open(const char *folder, struct mn_error *error);

/* Takes away the temporary files that a killed run has left. Nobody else may be writing there. */
void output_clean(const char *folder);

/* Sees to it that what was renamed stays renamed when the machine stops, and takes the hidden folder away if it is
 * empty. */
void output_close(const char *folder);

#endif
