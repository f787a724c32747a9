/* Which framework a report was written under: its own date, words of its opening and the judgements that it contains
 * choose one of the grade schemes. */
#ifndef MN_INTERPRET_FRAMEWORK_H
#define MN_INTERPRET_FRAMEWORK_H

#include "interpret/mentions.h"
#include "interpret/work.h"

struct mn_framework {
    const struct mn_scheme *scheme; /* null: none fits, or the document is no inspection report */
    struct mn_words words;          /* the document's; only with a scheme */
    struct mn_mentions mentions;    /* of its judgements */
};

/* Chooses, and adds the choice to document->facts: name "framework", role what it rests on ("words", "date",
 * "judgements"), value the framework's title, rule the scheme's name, evidence the words. Of the schemes whose signs
 * stand in the opening: those in force on the report's day, then those whose sign stands first, then the one of whose
 * judgements the fewest are missing, then the first in the files. Without any sign: of the schemes in force the one
 * with the most judgements, at least two. False when memory is out. */
bool mn_framework_choose(struct mn_work *work, struct mn_framework *framework);

#endif
