/* The words and marks of scalars that are not in the schema: yes and no, placeholders, numbers with a
 * label behind them. */
#ifndef ISMARK_MODEL_VALUE_WORDS_H
#define ISMARK_MODEL_VALUE_WORDS_H

#include "base/str.h"

/* TEXT without a first word of symbols: "✅ Yes" is "Yes". */
struct str
without_leading_symbol(struct str text);
/* True when TEXT is a word for yes or no, which goes to *VALUE. */
bool
bool_parse(struct str text, bool *value);
/* "TBD", "[name]", "{{…}}", "see above" … */
bool
text_is_placeholder(struct str text);
/* "{{…}}" or "<%…%>" somewhere in TEXT. */
bool
text_has_template_marks(struct str text);
/* The number at the start of "15 High", "16 (High)", "**0.63**", "5 (L1 x I5)". */
bool
leading_number(struct str text, double *number);

#endif
