/* The process that parses PDF files for one thread: minutiae-pdf, started when the first file needs it, asked for one
 * file after the other, watched over, and started anew after a crash. What it costs and what it may do to itself is
 * bounded (base/limits.h); whatever happens to it costs the document that was asked for, which is told with a reason.
 */
#ifndef MN_READ_PDF_PROCESS_H
#define MN_READ_PDF_PROCESS_H

#include "base/arena.h"
#include "base/error.h"

struct mn_pdf_process;

/* `program` is the path of minutiae-pdf; null: $MINUTIAE_PDF, or beside the running program, or in ../libexec/minutiae
 * from there, or where this library was installed to, whichever is there first. `seconds` of processor time may one
 * document take, and MN_LIMIT_PDF_WAIT times as many may pass; 0: MN_LIMIT_PDF_SECONDS. Starts nothing yet. Null when
 * memory is out. */
struct mn_pdf_process *mn_pdf_process_create(const char *program, unsigned seconds);
void mn_pdf_process_destroy(struct mn_pdf_process *process); /* null is allowed */

/* The path of minutiae-pdf, whether or not it is there; valid as long as the process. */
const char *mn_pdf_process_program(const struct mn_pdf_process *process);

/* The answer to one file: frames (layout/frames.h), valid until the next call. MN_UNSUPPORTED where the program cannot
 * be started, MN_MALFORMED where it crashed, MN_OVER_TIME where it took too long or the document's time is over
 * (base/deadline.h), MN_OVER_LIMIT where it answered too much, MN_NO_MEMORY where the system or somebody killed it. A
 * process that crashes after it has answered for others may do so for their sake: the file is tried once more in a
 * fresh one, so that the outcome does not depend on what came before. */
enum mn_status mn_pdf_process_ask(struct mn_pdf_process *process, struct mn_slice name, struct mn_slice bytes,
                                  struct mn_slice *answer, struct mn_error *error);

#endif
