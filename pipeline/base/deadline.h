/* Time that one document may take: set for the thread before the work, asked for where work may be long. */
#ifndef MN_BASE_DEADLINE_H
#define MN_BASE_DEADLINE_H

#include "base/error.h"
#include <stdint.h>

/* From now on this thread has so many seconds; 0: as long as it takes. */
void mn_deadline_set(unsigned seconds);

/* True when they are over. Costs a few nanoseconds. */
bool mn_deadline_passed(void);

/* Seconds until then, 0 once they are over; INT64_MAX where there is no end. */
int64_t mn_deadline_left(void);

/* MN_OVER_TIME, with the seconds that were set. */
enum mn_status mn_fail_late(struct mn_error *error);

#endif
