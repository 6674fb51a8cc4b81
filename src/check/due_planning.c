/* Days of documents, the Statement of Applicability, risks, findings and actions. */
#include "check/corrective.h"
#include "check/document_control.h"
#include "check/due_list.h"
#include "model/risk.h"

static struct date
date_latest(struct date a, struct date b)
{
	return date_is_set(b) && (!date_is_set(a) || date_compare(b, a) > 0) ? b : a;
}

/* DATE and PERIOD; not set when DATE is not. */
static struct date
date_after(struct date date, struct period period)
{
	return date_is_set(date) ? date_add(date, period, 1) : date;
}

/* ---- documents ---- */

/* The documents of which DOC006 speaks. */
static bool
is_reviewed(const struct record *self)
{
	int status = record_choice(self, FIELD_document_status);
	bool draft = status == CHOICE_document_status_draft || status == CHOICE_document_status_review;
	bool states_review = record_value(self, FIELD_document_review_every) || record_value(self, FIELD_document_next_review);
	return !self->document->broken && !draft && !document_is_retired(self)
	       && (document_is_controlled(self) || document_is_register(self))
	       && (self->document->form != DOCUMENT_RECORD || states_review);
}

static void
add_documents(struct due_list *list)
{
	for (size_t i = 0; i < list->site->documents.count; i++) {
		const struct record *self = list->site->documents.items[i]->self;
		if (is_reviewed(self))
			due_add(list, DUE_DOCUMENT_REVIEW, document_next_review(list->site, self), self, FIELD_document_owner);
	}
}

/* ---- the Statement of Applicability ---- */

static void
add_soa_entry(struct due_list *list, const struct record *soa)
{
	const struct record *self = soa->document->self;
	struct str what = soa->control ? str_printf(list->arena, "%.*s %.*s", STR_ARG(soa->control->id), STR_ARG(soa->control->title))
	                               : soa->title;
	struct date own = date_latest(record_date(soa, FIELD_soa_decided_on), record_date(soa, FIELD_soa_reviewed_on));
	struct date whole = date_latest(record_date(self, FIELD_document_reviewed_on), record_date(self, FIELD_document_approved_on));
	if (date_is_set(own))
		due_add_text(list, DUE_SOA_REVIEW, date_after(date_latest(own, whole), list->site->config->limits.soa_review), soa,
		             FIELD_soa_owner, what);
	if (soa_is_applicable(soa) == 1 && record_choice(soa, FIELD_soa_status) != CHOICE_soa_status_implemented)
		due_add_text(list, DUE_IMPLEMENTATION, record_date(soa, FIELD_soa_planned_for), soa, FIELD_soa_owner, what);
}

/* ---- risks ---- */

static void
add_risk(struct due_list *list, const struct record *risk)
{
	struct date looked = date_latest(record_date(risk, FIELD_risk_assessed_on), record_date(risk, FIELD_risk_reviewed_on));
	looked = date_latest(looked, record_date(risk->document->self, FIELD_document_reviewed_on));
	if (!risk->risk || !risk->risk->live)
		return;
	if (record_choice(risk, FIELD_risk_status) != CHOICE_risk_status_accepted)
		due_add(list, DUE_RISK_TREATMENT, risk->risk->plan_due, risk, FIELD_risk_owner);
	due_add(list, DUE_ACCEPTANCE, record_date(risk, FIELD_risk_accepted_until), risk, FIELD_risk_owner);
	due_add(list, DUE_RISK_REVIEW, date_after(looked, list->site->config->limits.risk_review), risk, FIELD_risk_owner);
}

/* ---- findings and actions ---- */

/* Once a finding has actions, their days count. */
static void
add_finding(struct due_list *list, const struct record *finding)
{
	if (finding_is_closed(finding))
		return;
	if (record_lacks(finding, FIELD_finding_root_cause))
		due_add(list, DUE_ROOT_CAUSE, finding_cause_limit(list->site, finding), finding, FIELD_finding_owner);
	if (!record_has_actions(finding, FIELD_finding_actions))
		due_add(list, DUE_CORRECTIVE_ACTION, finding_action_limit(list->site, finding), finding, FIELD_finding_owner);
}

static void
add_action(struct due_list *list, const struct record *action)
{
	if (!due_has_happened(list, record_date(action, FIELD_action_done_on)))
		due_add(list, DUE_ACTION, record_date(action, FIELD_action_due), action, FIELD_action_owner);
}

static const struct {
	int kind;
	void (*add)(struct due_list *list, const struct record *record);
} collectors[] = {
	{KIND_soa, add_soa_entry},
	{KIND_risk, add_risk},
	{KIND_finding, add_finding},
	{KIND_action, add_action},
};

void
due_add_planning(struct due_list *list)
{
	add_documents(list);
	for (size_t c = 0; c < sizeof collectors / sizeof *collectors; c++) {
		const record_vec *records = site_records(list->site, collectors[c].kind);
		for (size_t i = 0; i < records->count; i++)
			collectors[c].add(list, records->items[i]);
	}
}
