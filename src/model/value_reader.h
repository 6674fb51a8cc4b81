/* Types one value by the schema. The entrance is record_set() in model/record_reader.h. */
#ifndef ISMARK_MODEL_VALUE_READER_H
#define ISMARK_MODEL_VALUE_READER_H

#include "catalogue/clause_ref.h"
#include "catalogue/control_ref.h"
#include "model/record_reader.h"

/* "[Name]" without quotes is a YAML list of one: a placeholder where one value is expected. */
bool
value_is_bracketed(const struct tree *tree);

#endif
