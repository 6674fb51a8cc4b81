/* What was done: the days on which something that falls due time and again was dealt with. */
#include "check/audit_coverage.h"
#include "check/due_list.h"
#include "model/metric.h"

#include <stdlib.h>

struct done_list {
	struct due_list list;
	struct date from;
	const struct record *certification;
};

static bool
is_within(const struct done_list *done, struct date day)
{
	return due_has_happened(&done->list, day) && date_compare(day, done->from) >= 0;
}

/* ---- records that say it in one field ---- */

static const struct {
	int kind, field;
	enum due_type type;
	int owner;
} fields[] = {
	{KIND_soa, FIELD_soa_reviewed_on, DUE_SOA_REVIEW, FIELD_soa_owner},
	{KIND_risk, FIELD_risk_reviewed_on, DUE_RISK_REVIEW, FIELD_risk_owner},
	{KIND_finding, FIELD_finding_closed_on, DUE_CORRECTIVE_ACTION, FIELD_finding_owner},
	{KIND_action, FIELD_action_done_on, DUE_ACTION, FIELD_action_owner},
	{KIND_evidence, FIELD_evidence_collected_on, DUE_EVIDENCE, FIELD_evidence_collected_by},
	{KIND_access_review, FIELD_access_review_reviewed_on, DUE_ACCESS_REVIEW, FIELD_access_review_reviewer},
	{KIND_supplier, FIELD_supplier_assessed_on, DUE_SUPPLIER, FIELD_supplier_owner},
	{KIND_review, FIELD_review_held_on, DUE_MANAGEMENT_REVIEW, DUE_BY_OWNER},
	{KIND_training, FIELD_training_held_on, DUE_TRAINING, DUE_BY_OWNER},
	{KIND_exercise, FIELD_exercise_held_on, DUE_EXERCISE, FIELD_exercise_owner},
	{KIND_requirement, FIELD_requirement_reviewed_on, DUE_REQUIREMENT_REVIEW, FIELD_requirement_owner},
	{KIND_change, FIELD_change_done_on, DUE_CHANGE, FIELD_change_owner},
};

static void
add_fields(struct done_list *done)
{
	for (size_t f = 0; f < sizeof fields / sizeof *fields; f++) {
		const record_vec *records = site_records(done->list.site, fields[f].kind);
		for (size_t i = 0; i < records->count; i++) {
			struct date day = record_date(records->items[i], fields[f].field);
			if (is_within(done, day))
				due_add(&done->list, fields[f].type, day, records->items[i], fields[f].owner);
		}
	}
}

/* ---- documents, audits, metrics, the certificate ---- */

static void
add_documents(struct done_list *done)
{
	for (size_t i = 0; i < done->list.site->documents.count; i++) {
		const struct record *self = done->list.site->documents.items[i]->self;
		struct date reviewed = record_date(self, FIELD_document_reviewed_on), approved = record_date(self, FIELD_document_approved_on);
		bool later = !date_is_set(reviewed) || (date_is_set(approved) && date_compare(approved, reviewed) > 0);
		if (is_within(done, later ? approved : reviewed))
			due_add(&done->list, DUE_DOCUMENT_REVIEW, later ? approved : reviewed, self, FIELD_document_owner);
	}
}

static void
add_audits(struct done_list *done)
{
	const record_vec *audits = site_records(done->list.site, KIND_audit);
	struct audit_dates days;
	for (size_t i = 0; i < audits->count; i++)
		if (record_choice(audits->items[i], FIELD_audit_status) == CHOICE_audit_status_completed && audit_days(audits->items[i], &days)
		    && is_within(done, days.last))
			due_add(&done->list, DUE_AUDIT, days.last, audits->items[i], FIELD_audit_auditor);
}

static void
add_metrics(struct done_list *done)
{
	const record_vec *metrics = site_records(done->list.site, KIND_metric);
	for (size_t i = 0; i < metrics->count; i++) {
		struct metric_state *state = metric_read(done->list.site, metrics->items[i], done->list.arena);
		const struct metric_value *last = metric_last(state);
		if (last && !state->from_records && is_within(done, last->on))
			due_add(&done->list, DUE_METRIC, last->on, metrics->items[i], FIELD_metric_measured_by);
	}
}

static void
add_step(void *context, struct date day, const char *event, const char *title)
{
	struct done_list *done = context;
	if (is_within(done, day))
		due_add_event(&done->list, DUE_CERTIFICATION, day, done->certification, DUE_BY_OWNER, event, str_from(title));
}

static void
add_certification(struct done_list *done)
{
	const record_vec *records = site_records(done->list.site, KIND_certification);
	for (size_t i = 0; i < records->count; i++) {
		done->certification = records->items[i];
		due_each_step(records->items[i], done, add_step);
	}
}

static int
newest_first(const void *a, const void *b)
{
	const struct due_item *x = a, *y = b;
	int order = date_compare(y->date, x->date);
	return order ? order : due_compare(x, y);
}

due_item_vec
due_done(const struct site *site, struct date from, struct arena *arena)
{
	struct done_list done = {.list = {.site = site, .arena = arena}, .from = from};
	add_documents(&done);
	add_fields(&done);
	add_audits(&done);
	add_metrics(&done);
	add_certification(&done);
	if (done.list.items.count)
		qsort(done.list.items.items, done.list.items.count, sizeof *done.list.items.items, newest_first);
	return done.list.items;
}
