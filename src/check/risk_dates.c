/* RSK: what has come due, and dates that cannot be (6.1.3 e, 8.2, 8.3). */
#include "check/risk_rules.h"

static bool
is_under_treatment(const struct record *risk)
{
	return risk->risk->live && record_choice(risk, FIELD_risk_status) != CHOICE_risk_status_accepted;
}

static bool
is_done(const struct record *action)
{
	return !record_lacks(action, FIELD_action_done_on);
}

/* ---- the treatment plan ---- */

/* An open action of the risk that is overdue itself, which the rules about actions speak of. */
static bool
has_overdue_action(const struct check *check, const struct record *risk)
{
	record_vec actions = risk_actions(check->arena, risk);
	for (size_t i = 0; i < actions.count; i++) {
		struct date due = record_date(actions.items[i], FIELD_action_due);
		if (!is_done(actions.items[i]) && date_is_set(due) && date_compare(due, check->site->today) < 0)
			return true;
	}
	return false;
}

void
risk_overdue(const struct check *check, const struct record *risk)
{
	struct date due = record_date(risk, FIELD_risk_due);
	if (!is_under_treatment(risk) || !date_is_set(due) || date_compare(due, check->site->today) >= 0
	    || has_overdue_action(check, risk))
		return;
	struct diag *diag = diag_add(check->diags, CODE_RSK024, record_field_span(risk, FIELD_risk_due), risk->subject,
	                             "the treatment of risk `%.*s` was due on %.*s", STR_ARG(risk->id),
	                             STR_ARG(date_text(check->arena, due)));
	diag_hint(check->diags, diag, "finish it and set the `status`, or agree on a new day with the risk owner");
}

/* The last day by which the risk or its actions are due; not set when none says. */
static struct date
latest_due(const struct check *check, const struct record *risk)
{
	struct date latest = record_date(risk, FIELD_risk_due);
	record_vec actions = risk_actions(check->arena, risk);
	for (size_t i = 0; i < actions.count && !date_is_set(record_date(risk, FIELD_risk_due)); i++) {
		struct date due = record_date(actions.items[i], FIELD_action_due);
		if (date_is_set(due) && (!date_is_set(latest) || date_compare(due, latest) > 0))
			latest = due;
	}
	return latest;
}

static bool
is_to_be_done(const struct record *risk)
{
	int treatment = record_choice(risk, FIELD_risk_treatment);
	return treatment == CHOICE_treatment_modify || treatment == CHOICE_treatment_avoid
	       || treatment == CHOICE_treatment_share;
}

void
risk_due_missing(const struct check *check, const struct record *risk)
{
	bool stated = record_value(risk, FIELD_risk_status) != NULL;
	if (!stated || !is_under_treatment(risk) || !is_to_be_done(risk) || risk->risk->immediate
	    || !risk_needs_treatment(check, risk) || !record_lacks(risk, FIELD_risk_due)
	    || date_is_set(latest_due(check, risk)))
		return;
	struct diag *diag = diag_add(check->diags, CODE_RSK031, record_field_span(risk, FIELD_risk_status), risk->subject,
	                             "the treatment of risk `%.*s` is under way, but it is not said until when%.*s",
	                             STR_ARG(risk->id),
	                             STR_ARG(placeholder_text(check->arena, risk, FIELD_risk_due)));
	struct date limit = risk_plan_limit(check->site, risk);
	if (date_is_set(limit))
		diag_hint(check->diags, diag, "write `due`; the method allows until %.*s",
		          STR_ARG(date_text(check->arena, limit)));
	else
		diag_hint(check->diags, diag, "write `due`, or name `actions` with a day");
}

void
risk_immediate_plan(const struct check *check, const struct record *risk)
{
	const struct risk_rating *before = risk_before_treatment(risk);
	struct str period = period_text(check->arena, check->site->config->limits.immediate_plan);
	struct date due = latest_due(check, risk), limit = risk_plan_limit(check->site, risk);
	struct diag *diag;
	if (!risk->risk->immediate || !risk->risk->live || record_choice(risk, FIELD_risk_treatment) == CHOICE_treatment_retain)
		return;
	if (!date_is_set(due) && record_lacks(risk, FIELD_risk_due)) {
		diag = diag_add(check->diags, CODE_RSK037, rating_span(risk, before), risk->subject,
		                "risk `%.*s`, %.*s, needs an immediate plan, but none says until when", STR_ARG(risk->id),
		                STR_ARG(rating_text(check, before)));
		if (date_is_set(limit))
			diag_hint(check->diags, diag, "set `due` to %.*s or earlier, %.*s from the assessment",
			          STR_ARG(date_text(check->arena, limit)), STR_ARG(period));
		else
			diag_hint(check->diags, diag, "set `due` to at most %.*s from the assessment", STR_ARG(period));
	} else if (date_is_set(due) && date_is_set(limit) && date_compare(due, limit) > 0) {
		diag = diag_add(check->diags, CODE_RSK037,
		                record_field_span(risk, record_value(risk, FIELD_risk_due) ? FIELD_risk_due : FIELD_risk_actions),
		                risk->subject, "the plan of risk `%.*s`, %.*s, is due on %.*s, later than the %.*s it may take",
		                STR_ARG(risk->id), STR_ARG(rating_text(check, before)),
		                STR_ARG(date_text(check->arena, due)), STR_ARG(period));
		diag_hint(check->diags, diag, "plan what lowers the risk by %.*s",
		          STR_ARG(date_text(check->arena, limit)));
		diag_relate(check->diags, diag, record_field_span(risk, FIELD_risk_assessed_on), "assessed on this day");
	}
}

void
risk_closed_with_open_actions(const struct check *check, const struct record *risk)
{
	if (risk->risk->live)
		return;
	record_vec actions = risk_actions(check->arena, risk);
	struct diag *diag = NULL;
	for (size_t i = 0; i < actions.count; i++) {
		if (is_done(actions.items[i]))
			continue;
		if (!diag) {
			diag = diag_add(check->diags, CODE_RSK033, record_field_span(risk, FIELD_risk_status), risk->subject,
			                "risk `%.*s` is closed, but not all of its actions are done", STR_ARG(risk->id));
			diag_hint(check->diags, diag, "finish the actions, or leave the risk open");
		}
		diag_relate(check->diags, diag, actions.items[i]->span, "`%.*s` is not done",
		            STR_ARG(actions.items[i]->id));
	}
}

/* ---- assessment and review ---- */

/* The latest day on which somebody looked at the risk, alone or with its register; *WHERE says where it stands. */
static struct date
last_look(const struct record *risk, struct span *where)
{
	static const int own[] = {FIELD_risk_assessed_on, FIELD_risk_reviewed_on};
	const struct record *self = risk->document->self;
	struct date latest = record_date(self, FIELD_document_reviewed_on);
	*where = record_field_span(self, FIELD_document_reviewed_on);
	for (size_t i = 0; i < 2; i++) {
		struct date date = record_date(risk, own[i]);
		if (date_is_set(date) && (!date_is_set(latest) || date_compare(date, latest) > 0)) {
			latest = date;
			*where = record_field_span(risk, own[i]);
		}
	}
	return latest;
}

void
risk_review_overdue(const struct check *check, const struct record *risk)
{
	struct period period = check->site->config->limits.risk_review;
	struct span where;
	struct date last = last_look(risk, &where);
	if (!risk->risk->live || !date_is_set(last)
	    || date_compare(date_add(last, period, 1), check->site->today) >= 0)
		return;
	struct diag *diag = diag_add(check->diags, CODE_RSK025, where, risk->subject,
	                             "risk `%.*s` was last reviewed on %.*s, more than %.*s ago", STR_ARG(risk->id),
	                             STR_ARG(date_text(check->arena, last)),
	                             STR_ARG(period_text(check->arena, period)));
	diag_hint(check->diags, diag, "review it and write the day in `reviewed_on`");
}

static bool
lacks_dates(const struct record *risk)
{
	return risk->risk->live && record_lacks(risk, FIELD_risk_assessed_on) && record_lacks(risk, FIELD_risk_reviewed_on)
	       && record_lacks(risk->document->self, FIELD_document_reviewed_on);
}

static bool
lacks_status(const struct record *risk)
{
	return record_lacks(risk, FIELD_risk_status);
}

/* Reports the risks of one register of which LACKS is true: one finding when it is true of all of them. */
static void
report_lacking(const struct check *check, const struct document *document, bool (*lacks)(const struct record *),
               enum code code, const char *what, const char *hint)
{
	size_t count = 0;
	for (size_t i = 0; i < document->records.count; i++)
		count += lacks(document->records.items[i]);
	bool all = document->form == DOCUMENT_REGISTER && count > 1 && count == document->records.count;
	if (all) {
		struct diag *diag = diag_add(check->diags, code, document->entries, document->self->subject,
		                             "none of the %zu risks says %s", count, what);
		diag_hint(check->diags, diag, "%s", hint);
	}
	for (size_t i = 0; !all && i < document->records.count; i++) {
		const struct record *risk = document->records.items[i];
		if (!lacks(risk))
			continue;
		struct diag *diag = diag_add(check->diags, code, risk->span, risk->subject, "risk `%.*s` does not say %s",
		                             STR_ARG(risk->id), what);
		diag_hint(check->diags, diag, "%s", hint);
	}
}

/* For each document that holds risks. */
static void
report_registers(const struct check *check, bool (*lacks)(const struct record *), enum code code, const char *what,
                 const char *hint)
{
	for (size_t i = 0; i < check->site->documents.count; i++) {
		const struct document *document = check->site->documents.items[i];
		if (document->records_kind && document->records_kind->index == KIND_risk)
			report_lacking(check, document, lacks, code, what, hint);
	}
}

void
risk_dates_missing(const struct check *check, const struct record *none)
{
	(void)none;
	report_registers(check, lacks_dates, CODE_RSK026, "when it was assessed",
	                 "write the day of the assessment in `assessed_on`");
}

void
risk_status_missing(const struct check *check, const struct record *none)
{
	(void)none;
	report_registers(check, lacks_status, CODE_RSK032, "where it stands",
	                 "write `open`, `in-treatment`, `accepted` or `closed` in `status`; without it a risk counts as open");
}

static void
check_not_future(const struct check *check, const struct record *risk, int field)
{
	struct date date = record_date(risk, field);
	if (!date_is_set(date) || date_compare(date, check->site->today) <= 0)
		return;
	struct diag *diag = diag_add(check->diags, CODE_RSK039, record_field_span(risk, field), risk->subject,
	                             "`%s`, %.*s, is in the future", risk->kind->fields[field]->name,
	                             STR_ARG(date_text(check->arena, date)));
	diag_hint(check->diags, diag, "write the day on which it happened");
}

static void
check_date_order(const struct check *check, const struct record *risk, int first, int last)
{
	struct date from = record_date(risk, first), to = record_date(risk, last);
	if (!date_is_set(from) || !date_is_set(to) || date_compare(from, to) <= 0)
		return;
	struct diag *diag =
	    diag_add(check->diags, CODE_RSK039, record_field_span(risk, last), risk->subject,
	             "`%s`, %.*s, is before `%s`, %.*s", risk->kind->fields[last]->name,
	             STR_ARG(date_text(check->arena, to)), risk->kind->fields[first]->name,
	             STR_ARG(date_text(check->arena, from)));
	diag_hint(check->diags, diag, "correct one of the two days");
	diag_relate(check->diags, diag, record_field_span(risk, first), "the earlier day is written here");
}

void
risk_dates_contradict(const struct check *check, const struct record *risk)
{
	static const int past[] = {FIELD_risk_assessed_on, FIELD_risk_plan_approved_on, FIELD_risk_accepted_on,
	                           FIELD_risk_changed_on, FIELD_risk_reviewed_on};
	for (size_t i = 0; i < sizeof past / sizeof *past; i++)
		check_not_future(check, risk, past[i]);
	check_date_order(check, risk, FIELD_risk_accepted_on, FIELD_risk_accepted_until);
	check_date_order(check, risk, FIELD_risk_assessed_on, FIELD_risk_due);
}
