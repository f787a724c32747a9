/* The parts of an office document, which is a zip archive of XML files. */
#ifndef MN_READ_PACKAGE_H
#define MN_READ_PACKAGE_H

#include "base/arena.h"
#include "base/error.h"

/* A part that is looked for, and what was found. */
struct mn_package_part {
    const char *name;      /* "word/document.xml"; a * stands for any digits: "word/document*.xml" */
    struct mn_slice bytes; /* the first that was found; null: none */
};

/* Takes the parts out of the archive into the arena. MN_OVER_LIMIT when they unpack to more than `limit` bytes together
 * or the archive has too many entries, MN_MALFORMED when it cannot be unpacked. */
enum mn_status mn_package_read(struct mn_slice archive, struct mn_slice document, size_t limit, struct mn_arena *arena,
                               struct mn_package_part *parts, size_t count, struct mn_error *error);

#endif
