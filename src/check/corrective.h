/* Findings and the actions that answer them (10.2), joined from both ends. */
#ifndef ISMARK_CHECK_CORRECTIVE_H
#define ISMARK_CHECK_CORRECTIVE_H

#include "model/site.h"

/* The actions that FINDING, or any record, names in its field ACTIONS, and those whose `for` names it; each once. */
record_vec
actions_of(const struct record *record, int actions, struct arena *arena);
/* True when there is any of them. */
bool
record_has_actions(const struct record *record, int actions);
/* The records that ACTION answers: those it names, and those that name it in a field `actions`; each once. */
record_vec
action_causes(const struct record *action, struct arena *arena);
/* A major or minor finding. */
bool
finding_is_nonconformity(const struct record *finding);
bool
finding_is_closed(const struct record *finding);
/* The last day for the corrective action: raised_on and the period of the category; not set when unknown. */
struct date
finding_action_limit(const struct site *site, const struct record *finding);
/* The last day for the root cause. */
struct date
finding_cause_limit(const struct site *site, const struct record *finding);
/* True when the day is set and lies before today. */
bool
date_is_past(const struct site *site, struct date date);
bool
date_is_future(const struct site *site, struct date date);

#endif
