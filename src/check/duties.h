/* Who is who when duties are compared: top management, and one person under two names. Private to src/check/. */
#ifndef ISMARK_CHECK_DUTIES_H
#define ISMARK_CHECK_DUTIES_H

#include "model/site.h"

/* True when PARTY, a person or a role, is marked as top management, or holds or is held by one that is. */
bool
party_is_top_management(const struct record *party);
/* True when some person or role is marked as top management. */
bool
site_names_top_management(const struct site *site);
/* True when A and B, items of REF fields, mean one party: same_party() for records, equal words otherwise. */
bool
same_party_value(const struct value *a, const struct value *b);
/* The first item of FIELD that means the same party as an item of OTHER (a value, may be NULL), or NULL. */
const struct value *
field_shares_party(const struct record *record, int field, const struct value *other);

#endif
