/* libminutiae: a document's bytes in, its XML record out. This is the whole interface of the library; records are
 * described by schemas/record.rng. All functions are thread-safe as long as each thread has its own extractor; rules
 * are shared. */
#ifndef MINUTIAE_H
#define MINUTIAE_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define MN_API __attribute__((visibility("default")))

struct mn_rules;
struct mn_extractor;

/* Loads rule files (PATH: a file, or a folder of *.xml). Null on failure, with the reason in `message` (`size` bytes,
 * NUL-terminated, cut if need be). The rules must outlive every extractor made from them. */
MN_API struct mn_rules *mn_open_rules(const char *path, char *message, size_t size);
MN_API void mn_close_rules(struct mn_rules *rules); /* null is allowed */

/* One extractor per thread; null when memory is out. */
MN_API struct mn_extractor *mn_open_extractor(const struct mn_rules *rules);
MN_API void mn_close_extractor(struct mn_extractor *extractor); /* null is allowed */

/* Reads one document and gives its record: `*size` bytes of UTF-8 XML without a declaration, owned by the extractor and
 * valid until its next call. `name` is what the record calls the document; `date` the meeting's or inspection's as
 * YYYY-MM-DD, or null. Null on failure, with the reason in `message`. */
MN_API const char *mn_extract(struct mn_extractor *extractor, const char *name, const char *bytes, size_t byte_count,
                              const char *date, size_t *size, char *message, size_t message_size);

#ifdef __cplusplus
}
#endif

#endif
