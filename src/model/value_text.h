/* A value as one text: what lists, exports and plain pages show. */
#ifndef ISMARK_MODEL_VALUE_TEXT_H
#define ISMARK_MODEL_VALUE_TEXT_H

#include "model/record.h"

/* Choices by their canonical word, dates as YYYY-MM-DD, lists joined by "; ", references by id, parts as
 * "field: text, …"; empty for NULL. Placeholders and invalid values as they were written. */
struct str
value_plain_text(struct arena *arena, const struct value *value);

#endif
