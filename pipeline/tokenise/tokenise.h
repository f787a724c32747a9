/* tokenise: cuts every sentence into tokens (lexis/cut.h) and interns their forms. Fills document->tokens and the token
 * ranges of sentences and nodes. Tokens lie in sentences only: enumerators are none. */
#ifndef MN_TOKENISE_TOKENISE_H
#define MN_TOKENISE_TOKENISE_H

#include "document/document.h"
#include "lexis/forms.h"

enum mn_status mn_tokenise(struct mn_document *document, struct mn_forms *forms, struct mn_error *error);

/* Sets the token ranges of sentences and nodes from document->tokens and the sentences' ranges: for tokens that were
 * read back from document XML. */
void mn_tokenise_ranges(struct mn_document *document);

#endif
