/* What is known about a document from outside its bytes: transport headers of a crawl, metadata given with it. */
#ifndef MN_INPUT_GIVEN_H
#define MN_INPUT_GIVEN_H

#include "base/slice.h"

/* Each empty where nothing is known. */
struct mn_given {
    struct mn_slice charset;   /* of its bytes; NUL behind it */
    struct mn_slice url;       /* where it was fetched */
    struct mn_slice retrieved; /* when: ISO 8601, as the crawl says */
    struct mn_slice title, authority, body;
    struct mn_slice date; /* of the meeting or inspection: YYYY-MM-DD */
};

#endif
