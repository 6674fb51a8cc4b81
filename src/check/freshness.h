/* Which evidence speaks for a control, and until when. */
#ifndef ISMARK_CHECK_FRESHNESS_H
#define ISMARK_CHECK_FRESHNESS_H

#include "model/site.h"

/* True for an applicable, implemented control that records can show working. */
bool
control_expects_evidence(const struct control_state *state);
/* True when evidence names the control, or its SoA entry or an own control that implements it names evidence. */
bool
control_has_evidence(const struct control_state *state);
/* The evidence of the control, or of an own control that implements it, that counts longest: newer evidence takes
 * the place of older. NULL when none has a day. */
const struct record *
control_freshest_evidence(const struct site *site, const struct control_state *state);
/* Every piece of evidence that is the freshest of a control that expects some, each once: at most one for a control. */
record_vec
evidence_relied_on(const struct site *site, struct arena *arena);
/* True when RECORDS, which should be few, hold RECORD. */
bool
records_hold(const record_vec *records, const struct record *record);

#endif
