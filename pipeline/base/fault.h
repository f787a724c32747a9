/* Allocation failures on demand, so that tests can walk through every way of running out of memory. The countdown is
 * the thread's own and off (0) unless a test sets it; then it costs each allocation one comparison. */
#ifndef MN_BASE_FAULT_H
#define MN_BASE_FAULT_H

#include <stdbool.h>
#include <stddef.h>

extern _Thread_local size_t mn_fault_countdown;

/* Makes the nth allocation from now fail (1: the next one), once; 0 turns it off. The usual test:
 *
 *     for (size_t n = 1; !done; n++) { mn_fault_after(n); …; done = mn_fault_pending(); mn_fault_after(0); }
 */
static inline void mn_fault_after(size_t allocations)
{
    mn_fault_countdown = allocations;
}

/* True if the failure asked for has not happened: fewer allocations were made. */
static inline bool mn_fault_pending(void)
{
    return mn_fault_countdown != 0;
}

/* To be asked directly before an allocation: true if it is to fail. */
static inline bool mn_fault_due(void)
{
    return mn_fault_countdown != 0 && --mn_fault_countdown == 0;
}

#endif
