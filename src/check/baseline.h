/* Baseline: today's findings, written down so that only new ones fail the gate. Each kept one has an owner, a
 * reason and a day on which that ends. A YAML file, read like any other:
 *
 *   owner: ROLE-CISO            # for all entries that do not state their own
 *   reason: SoA is being written
 *   expires: 2026-12-31
 *   entries:
 *     - {code: SOA003, subject: SOA-001/A.5.1, path: risk/soa.yaml}
 */
#ifndef ISMARK_CHECK_BASELINE_H
#define ISMARK_CHECK_BASELINE_H

#include "check/check.h"

/* Holds TREE, a baseline file as read (NULL: empty), against the findings of check_site(): those that an entry
 * names by code, subject and path are suppressed by "baseline". Faults of the file are findings of the EXC
 * family at their place in it. BROKEN: the file could not be read whole. Sorts DIAGS again. */
void
baseline_apply(const struct site *site, const struct tree *tree, bool broken, struct diag_list *diags);

/* What every entry of a new baseline states; empty views and a day not set are left for people to fill in. */
struct baseline_terms {
	struct str owner, reason;
	struct date expires;
};

/* The text of a baseline of the findings in DIAGS at or above GATE that nothing else holds back, each (code,
 * subject, path) once, in their order. Findings about exceptions and baselines are never kept. In ARENA. */
struct str
baseline_text(const struct diag_list *diags, enum severity gate, const struct baseline_terms *terms, struct arena *arena);

#endif
