#include "match/trace.h"

void mn_trace_tell(const struct mn_ground *ground, struct mn_trace_event event)
{
    event.ground = ground;
    event.rule = ground->trace->rule;
    ground->trace->tell(ground->trace, &event);
}

bool mn_trace_search(const struct mn_trace_event *event, const struct mn_program *program,
                     void (*each)(void *context, const struct mn_trace_stop *stop), void *context)
{
    struct mn_ground ground = *event->ground;
    struct mn_run run;
    struct mn_place match, place = event->place;
    memset(&run, 0, sizeof run);
    ground.everywhere = true; /* also where it is clear that it leads nowhere */
    bool begun = mn_run_begin(&run, &ground, program, place, false);
    uint32_t last = program->anchored ? place.start : place.end;
    for (uint32_t start = place.start; begun && start <= last;)
        start = mn_run_at(&run, start, &match) ? match.end : start + 1;
    if (begun)
        mn_run_stops(&run, each, context);
    mn_run_free(&run);
    return !ground.failed;
}
