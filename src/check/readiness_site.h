/* What the conditions of the readiness table look at. Private to src/check/. */
#ifndef ISMARK_CHECK_READINESS_SITE_H
#define ISMARK_CHECK_READINESS_SITE_H

#include "check/documented_information.h"
#include "check/readiness.h"

struct readiness_site {
	const struct site *site;
	struct arena *arena;
	const struct information_status *information; /* INFORMATION_COUNT items */
};

/* The state that the item of documented information NAME gives; its records go to SHOWN. */
enum readiness_state
readiness_information(const struct readiness_site *ready, const char *name, record_vec *shown);

#define READINESS_CONDITION(name) \
	enum readiness_state readiness_##name(const struct readiness_site *ready, record_vec *shown)

/* The conditions, each a sentence in the table. readiness_system.c: context, documents, risks, controls; what is planned. */
READINESS_CONDITION(issues_known);
READINESS_CONDITION(climate_considered);
READINESS_CONDITION(parties_known);
READINESS_CONDITION(top_management_named);
READINESS_CONDITION(top_management_reviews);
READINESS_CONDITION(roles_filled);
READINESS_CONDITION(documents_controlled);
READINESS_CONDITION(documents_classified);
READINESS_CONDITION(risks_rated);
READINESS_CONDITION(risks_treated);
READINESS_CONDITION(plans_approved);
READINESS_CONDITION(risks_current);
READINESS_CONDITION(soa_complete);
READINESS_CONDITION(soa_decided);
READINESS_CONDITION(soa_approved);
READINESS_CONDITION(controls_implemented);
READINESS_CONDITION(objectives_measurable);
READINESS_CONDITION(objectives_resourced);
READINESS_CONDITION(changes_planned);
READINESS_CONDITION(scope_changes_documented);
READINESS_CONDITION(communications_planned);
/* readiness_operation.c: what shows it working. */
READINESS_CONDITION(evidence_kept);
READINESS_CONDITION(operation_long_enough);
READINESS_CONDITION(training_held);
READINESS_CONDITION(training_attended);
READINESS_CONDITION(policy_acknowledged);
READINESS_CONDITION(incidents_described);
READINESS_CONDITION(incidents_recorded);
READINESS_CONDITION(suppliers_assessed);
READINESS_CONDITION(suppliers_current);
READINESS_CONDITION(continuity_planned);
READINESS_CONDITION(continuity_exercised);
READINESS_CONDITION(metrics_current);
READINESS_CONDITION(metrics_reached);
READINESS_CONDITION(program_in_force);
READINESS_CONDITION(program_complete);
READINESS_CONDITION(cycle_audited);
READINESS_CONDITION(schedule_kept);
READINESS_CONDITION(review_recent);
READINESS_CONDITION(review_inputs);
READINESS_CONDITION(review_decided);
READINESS_CONDITION(internal_findings_answered);
READINESS_CONDITION(internal_findings_closed);
READINESS_CONDITION(certification_findings_closed);
READINESS_CONDITION(nonconformities_handled);
READINESS_CONDITION(improvement_shown);
READINESS_CONDITION(all_information);

/* GOOD of TOTAL: all met, some partly met, none not met; of none not met. */
enum readiness_state
readiness_share_state(size_t good, size_t total);
/* Adds RECORD to SHOWN. */
void
readiness_show(const struct readiness_site *ready, record_vec *shown, const struct record *record);

#endif
