/* What pages say about a control of the primary catalogue: its own page, the auditor's, lists and coverage. Only src/site/
 * includes this. */
#ifndef ISMARK_SITE_CONTROL_VALUES_H
#define ISMARK_SITE_CONTROL_VALUES_H

#include "site/page_values.h"

/* Puts everything that meets at the control into VALUES: `entry`, `state`, `is_applicable`, `reasons`, and a list of rows for
 * each kind of record: `risks`, `requirements`, `documents`, `controls`, `evidence`, `findings`, `audits`, `exceptions`,
 * `suppliers`, `incidents`; `diags` of the compiler; `backlinks` of what is left. */
void
control_put_state(const struct page_context *context, struct template_value values, const struct control_state *state);
/* How its proof stands: "fresh", "expiring", "expired", "undated", "none", or "not-expected" for a control that does not apply,
 * is not implemented, or needs no evidence. */
const char *
control_proof(const struct page_context *context, const struct control_state *state);
/* The last day on which its evidence counts; not set when there is none. */
struct date
control_proof_until(const struct page_context *context, const struct control_state *state);
/* Findings on the control that are not closed. */
size_t
control_open_findings(const struct control_state *state);
/* True when the SoA says that it applies and is implemented. */
bool
control_is_implemented(const struct page_context *context, const struct control_state *state);
/* The reasons why it applies: maps {name, is_stated, is_shown}: the entry states it, the links show it. All five in the order
 * of the schema. */
struct template_value
control_reasons(const struct page_context *context, const struct control_state *state);
/* Puts the fields of RECORD, which may be NULL, into ROW by their names: values, or none. */
void
control_put_fields(const struct page_context *context, struct template_value row, const struct record *record, const int *fields,
                   size_t count);
/* A link to where the SoA entry stands, "soa.yaml:12": the row of its register's page when that has one. */
struct template_value
control_source(const struct page_context *context, const struct record *soa);
/* Sorts the findings of the compiler by the control they are about, once for all pages. */
void
control_sort_diags(struct pages *pages);

#endif
