/* AUD: internal audits and their program (9.2). */
#include "check/audit_coverage.h"
#include "check/corrective.h"
#include "check/duties.h"
#include "check/families.h"
#include "check/wording.h"

enum { NAMES_MAX = 8 };

/* Audits whose conduct is the organisation's: a certification body answers for its own. */
static bool
audit_is_own(const struct record *audit)
{
	int type = record_choice(audit, FIELD_audit_type);
	return type == CHOICE_audit_type_internal || type == CHOICE_audit_type_supplier;
}

static bool
has_status(const struct record *audit, int status)
{
	return record_choice(audit, FIELD_audit_status) == status;
}

static bool
is_cancelled(const struct record *audit)
{
	return has_status(audit, CHOICE_audit_status_cancelled);
}

/* "a, b and 3 more": lists of what is missing stay readable. */
static struct str
first_names(const struct check *check, const str_vec *names)
{
	str_vec shown = {0};
	size_t most = names->count <= NAMES_MAX ? names->count : NAMES_MAX - 1;
	for (size_t i = 0; i < most; i++)
		vec_push(check->arena, &shown, names->items[i]);
	if (most < names->count)
		vec_push(check->arena, &shown, str_printf(check->arena, "%zu more", names->count - most));
	return list_text(check->arena, &shown);
}

/* ---- the cycle ---- */

static const struct record *
last_internal_audit(const struct site *site, struct audit_dates *last)
{
	const struct record *newest = NULL;
	const record_vec *audits = site_records(site, KIND_audit);
	for (size_t i = 0; i < audits->count; i++) {
		struct audit_dates days;
		if (!audit_is_internal_result(audits->items[i]) || !audit_days(audits->items[i], &days))
			continue;
		if (!newest || date_compare(days.last, last->last) > 0)
			newest = audits->items[i], *last = days;
	}
	return newest;
}

static void
check_cycle(const struct check *check, const struct record *none)
{
	(void)none;
	struct audit_dates days;
	const struct record *audit = last_internal_audit(check->site, &days);
	struct period cycle = program_cycle(check->site, current_program(check->site));
	if (!audit || !date_is_past(check->site, date_add(days.last, cycle, 1)))
		return;
	struct diag *diag = diag_add(check->diags, CODE_AUD001, record_field_span(audit, FIELD_audit_dates), audit->subject,
	                             "the last internal audit, `%.*s`, ended on %.*s, longer ago than the cycle of %.*s",
	                             STR_ARG(audit->subject), STR_ARG(date_text(check->arena, days.last)),
	                             STR_ARG(period_text(check->arena, cycle)));
	diag_hint(check->diags, diag, "hold the next internal audit and record it with `ismark new audit`");
}

/* ---- one audit ---- */

static void
report_absence(const struct check *check, enum code code, const struct record *audit, int field, const char *what, const char *hint)
{
	struct diag *diag = diag_add(check->diags, code, record_field_span(audit, field), audit->subject, "audit `%.*s` %s%.*s",
	                             STR_ARG(audit->subject), what, STR_ARG(placeholder_text(check->arena, audit, field)));
	diag_hint(check->diags, diag, "%s", hint);
}

static void
check_auditor(const struct check *check, const struct record *audit)
{
	if (audit_is_own(audit) && !is_cancelled(audit) && record_lacks(audit, FIELD_audit_auditor))
		report_absence(check, CODE_AUD002, audit, FIELD_audit_auditor, "has no auditor", "name who audits: `auditor: ROLE-…`");
}

static void
report_own_area(const struct check *check, const struct record *audit, const struct value *auditor, struct span other,
                struct str area, const char *duty)
{
	struct diag *diag = diag_add(check->diags, CODE_AUD003, auditor->span, audit->subject,
	                             "in audit `%.*s`, `%.*s` audits work of their own: %.*s", STR_ARG(audit->subject),
	                             STR_ARG(auditor->reference.id), STR_ARG(area));
	diag_hint(check->diags, diag, "have somebody audit it who does not answer for it");
	diag_relate(check->diags, diag, other, "%s", duty);
}

static void
check_auditees(const struct check *check, const struct record *audit)
{
	const struct value *areas = record_value(audit, FIELD_audit_areas);
	const struct value *auditors = record_value(audit, FIELD_audit_auditor);
	for (size_t i = 0; audit_is_own(audit) && !is_cancelled(audit) && i < value_count(areas); i++) {
		const struct record *area = value_item(areas, i)->part;
		const struct value *auditee = area ? record_value(area, FIELD_audit_area_auditee) : NULL;
		const struct value *auditor = field_shares_party(audit, FIELD_audit_auditor, auditee);
		if (!auditors || !auditor)
			continue;
		struct str name = record_text(area, FIELD_audit_area_area);
		report_own_area(check, audit, auditor, auditee->span, name.size ? name : STR("an area"), "they are its auditee");
	}
}

/* Controls of the audit that the auditor owns by the SoA: one finding an audit, since one person often owns many. */
static void
check_owned_controls(const struct check *check, const struct record *audit)
{
	const struct record *scope = record_part(audit, FIELD_audit_scope);
	const struct value *controls = scope ? record_value(scope, FIELD_audit_scope_controls) : NULL;
	const struct value *first_auditor = NULL, *first_owner = NULL;
	str_vec owned = {0};
	for (size_t i = 0; audit_is_own(audit) && !is_cancelled(audit) && i < value_count(controls); i++) {
		const struct control *control = value_item(controls, i)->reference.control;
		const struct control_state *state = control ? site_control(check->site, control) : NULL;
		const struct value *owner = state && state->soa ? record_value(state->soa, FIELD_soa_owner) : NULL;
		const struct value *auditor = field_shares_party(audit, FIELD_audit_auditor, owner);
		if (!auditor)
			continue;
		if (!first_auditor)
			first_auditor = auditor, first_owner = owner;
		vec_push(check->arena, &owned, control->id);
	}
	if (first_auditor)
		report_own_area(check, audit, first_auditor, first_owner->span, first_names(check, &owned),
		                "they own the control in the SoA");
}

static void
check_criteria(const struct check *check, const struct record *audit)
{
	if (audit_is_own(audit) && !is_cancelled(audit) && record_lacks(audit, FIELD_audit_criteria))
		report_absence(check, CODE_AUD004, audit, FIELD_audit_criteria, "does not say what it is held against",
		               "name the criteria: `criteria: [\"ISO/IEC 27001:2022\"]`");
}

static void
check_scope(const struct check *check, const struct record *audit)
{
	const struct record *scope = record_part(audit, FIELD_audit_scope);
	bool any = scope && (record_written(scope, FIELD_audit_scope_clauses) || record_written(scope, FIELD_audit_scope_controls));
	if (audit_is_own(audit) && !is_cancelled(audit) && !any && !record_written(audit, FIELD_audit_areas)
	    && (scope || record_lacks(audit, FIELD_audit_scope)))
		report_absence(check, CODE_AUD005, audit, FIELD_audit_scope, "has no scope",
		               "name what it covers: `scope: {clauses: [4, 5], controls: [A.5.15]}`");
}

static void
check_report(const struct check *check, const struct record *audit)
{
	if (audit_is_internal_result(audit) && record_lacks(audit, FIELD_audit_reported_to))
		report_absence(check, CODE_AUD006, audit, FIELD_audit_reported_to, "is completed, and nobody was told its results",
		               "report them to the managers concerned and name these in `reported_to`");
}

static void
check_dates(const struct check *check, const struct record *audit)
{
	static const char *const problems[] = {
		[AUDIT_DATES_UNREADABLE] = "cannot be read as days", [AUDIT_DATES_IMPOSSIBLE] = "names a day that does not exist",
		[AUDIT_DATES_REVERSED] = "end before they start",
	};
	const struct value *dates = record_value(audit, FIELD_audit_dates);
	struct audit_dates days;
	if (!is_cancelled(audit) && record_lacks(audit, FIELD_audit_dates)) {
		report_absence(check, CODE_AUD007, audit, FIELD_audit_dates, "has no dates", "say when: `dates: 2026-03-10 to 2026-03-14`");
		return;
	}
	enum audit_dates_result result = dates ? audit_dates_parse(dates->text, &days) : AUDIT_DATES_OK;
	if (result == AUDIT_DATES_OK)
		return;
	struct diag *diag = diag_add(check->diags, CODE_AUD007, dates->span, audit->subject, "the dates of audit `%.*s`, `%.*s`, %s",
	                             STR_ARG(audit->subject), STR_ARG(dates->text), problems[result]);
	diag_hint(check->diags, diag, "write the first and the last day: `2026-03-10 to 2026-03-14`");
}

static void
check_status(const struct check *check, const struct record *audit)
{
	if (record_lacks(audit, FIELD_audit_status))
		report_absence(check, CODE_AUD012, audit, FIELD_audit_status, "says neither that it is planned nor that it was held",
		               "set `status: planned`, `in-progress`, `completed` or `cancelled`");
}

static void
check_status_and_dates(const struct check *check, const struct record *audit)
{
	struct audit_dates days;
	if (!audit_days(audit, &days))
		return;
	bool completed = has_status(audit, CHOICE_audit_status_completed);
	bool open = has_status(audit, CHOICE_audit_status_planned) || has_status(audit, CHOICE_audit_status_in_progress);
	struct diag *diag;
	if (completed && date_is_future(check->site, days.last)) {
		diag = diag_add(check->diags, CODE_AUD011, record_field_span(audit, FIELD_audit_dates), audit->subject,
		                "audit `%.*s` is completed, but ends on a day to come, %.*s", STR_ARG(audit->subject),
		                STR_ARG(date_text(check->arena, days.last)));
		diag_hint(check->diags, diag, "correct the dates or the status");
	} else if (open && date_is_past(check->site, days.last)) {
		diag = diag_add(check->diags, CODE_AUD010, record_field_span(audit, FIELD_audit_dates), audit->subject,
		                "audit `%.*s` should have ended on %.*s, but is `%.*s`", STR_ARG(audit->subject),
		                STR_ARG(date_text(check->arena, days.last)), STR_ARG(record_text(audit, FIELD_audit_status)));
		diag_hint(check->diags, diag, "set `status: completed` or `cancelled`, or plan it anew");
	} else {
		return;
	}
	diag_relate(check->diags, diag, record_field_span(audit, FIELD_audit_status), "the status is here");
}

static void
check_area_auditee(const struct check *check, const struct record *audit)
{
	const struct value *areas = record_value(audit, FIELD_audit_areas);
	for (size_t i = 0; audit_is_own(audit) && !is_cancelled(audit) && i < value_count(areas); i++) {
		const struct record *area = value_item(areas, i)->part;
		if (!area || !record_lacks(area, FIELD_audit_area_auditee))
			continue;
		struct diag *diag = diag_add(check->diags, CODE_AUD014, area->span, audit->subject,
		                             "an area of audit `%.*s`, `%.*s`, has no auditee", STR_ARG(audit->subject),
		                             STR_ARG(record_text(area, FIELD_audit_area_area)));
		diag_hint(check->diags, diag, "name who answered in `auditee`, so that the auditor's independence can be seen");
	}
}

static void
check_results(const struct check *check, const struct record *audit)
{
	if (!audit_is_internal_result(audit) || audit->document->broken)
		return;
	for (size_t i = 0; i < audit->backlinks.count; i++)
		if (audit->backlinks.items[i].from->kind->index == KIND_finding)
			return;
	struct diag *diag = diag_add(check->diags, CODE_AUD015, audit->span, audit->subject,
	                             "audit `%.*s` is completed, and no finding names it", STR_ARG(audit->subject));
	diag_hint(check->diags, diag, "record what it found with `ismark new finding`; good points count as findings too");
}

static void
check_program_of_audit(const struct check *check, const struct record *audit)
{
	const record_vec *programs = site_records(check->site, KIND_audit_program);
	if (record_choice(audit, FIELD_audit_type) != CHOICE_audit_type_internal || is_cancelled(audit) || programs->count == 0
	    || !record_lacks(audit, FIELD_audit_program))
		return;
	for (size_t i = 0; i < audit->backlinks.count; i++) {
		const struct record *from = audit->backlinks.items[i].from;
		if (from->kind->index == KIND_audit_program || (from->parent && from->parent->kind->index == KIND_audit_program))
			return;
	}
	report_absence(check, CODE_AUD016, audit, FIELD_audit_program, "belongs to no audit program",
	               "name the program in `program`, or the audit in the program's `schedule`");
}

/* ---- the program ---- */

static void
check_program_is_complete(const struct check *check, const struct record *program)
{
	static const struct {
		int field;
		struct str name;
	} needed[] = {
		{FIELD_audit_program_cycle, {"`cycle`", 7}}, {FIELD_audit_program_owner, {"`owner`", 7}},
		{FIELD_audit_program_schedule, {"`schedule`", 10}},
	};
	str_vec missing = {0};
	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		if (record_lacks(program, needed[i].field))
			vec_push(check->arena, &missing, needed[i].name);
	if (missing.count == 0)
		return;
	struct diag *diag = diag_add(check->diags, CODE_AUD013, program->span, program->subject, "audit program `%.*s` lacks %.*s",
	                             STR_ARG(program->subject), STR_ARG(list_text(check->arena, &missing)));
	diag_hint(check->diags, diag, "say how often everything is audited, who runs the program, and which audits are planned");
}

/* A program without a schedule has that finding already. */
static bool
coverage_is_judged(const struct record *program)
{
	return program && record_value(program, FIELD_audit_program_schedule) && !program->document->broken;
}

static struct audit_coverage
coverage_of_programs(const struct check *check)
{
	struct audit_coverage coverage = audit_coverage_new(check->site, check->arena);
	const record_vec *programs = site_records(check->site, KIND_audit_program);
	for (size_t i = 0; i < programs->count; i++)
		if (program_is_in_force(check->site, programs->items[i]))
			audit_coverage_add_program(&coverage, programs->items[i]);
	return coverage;
}

static void
check_program_coverage(const struct check *check, const struct record *none)
{
	(void)none;
	const struct record *program = current_program(check->site);
	if (!coverage_is_judged(program))
		return;
	struct audit_coverage coverage = coverage_of_programs(check);
	str_vec clauses = audit_coverage_missing_clauses(&coverage, check->arena);
	str_vec controls = audit_coverage_missing_controls(&coverage, check->arena);
	struct span span = record_field_span(program, FIELD_audit_program_schedule);
	struct diag *diag;
	if (clauses.count) {
		diag = diag_add(check->diags, CODE_AUD008, span, program->subject, "audit program `%.*s` leaves out clause%s %.*s",
		                STR_ARG(program->subject), clauses.count == 1 ? "" : "s", STR_ARG(first_names(check, &clauses)));
		diag_hint(check->diags, diag, "name them in `clauses` of an audit of the `schedule`");
	}
	if (controls.count) {
		diag = diag_add(check->diags, CODE_AUD009, span, program->subject,
		                "audit program `%.*s` leaves out %zu control%s that appl%s: %.*s", STR_ARG(program->subject),
		                controls.count, controls.count == 1 ? "" : "s", controls.count == 1 ? "ies" : "y",
		                STR_ARG(first_names(check, &controls)));
		diag_hint(check->diags, diag, "name them in `controls` of an audit of the `schedule`, as ranges where that is shorter");
	}
}

static void
report_missed(const struct check *check, const struct record *program, const struct record *planned)
{
	struct diag *diag = diag_add(check->diags, CODE_AUD010, record_field_span(planned, FIELD_scheduled_audit_planned_on),
	                             program->subject, "an audit of program `%.*s` was planned for %.*s, and names no audit that was held",
	                             STR_ARG(program->subject),
	                             STR_ARG(date_text(check->arena, record_date(planned, FIELD_scheduled_audit_planned_on))));
	diag_hint(check->diags, diag, "name the audit in `audit`, or plan it anew");
}

/* What an audit left out of what its program planned for it. */
static void
check_kept_to_plan(const struct check *check, const struct record *program, const struct record *planned, const struct record *audit)
{
	struct audit_coverage asked = audit_coverage_new(check->site, check->arena);
	struct audit_coverage held = audit_coverage_new(check->site, check->arena);
	audit_coverage_add(&asked, planned, FIELD_scheduled_audit_clauses, FIELD_scheduled_audit_controls);
	audit_coverage_add_audit(&held, audit);
	size_t clauses;
	const struct clause *all = clause_all(&clauses);
	str_vec left = {0};
	for (size_t i = 0; i < clauses; i++)
		if (!all[i].has_children && asked.clauses[i] && !held.clauses[i])
			vec_push(check->arena, &left, all[i].id);
	for (size_t i = 0; i < check->site->catalogue->control_count; i++)
		if (asked.controls[i] && !held.controls[i])
			vec_push(check->arena, &left, check->site->catalogue->controls[i].id);
	if (left.count == 0)
		return;
	struct diag *diag = diag_add(check->diags, CODE_AUD017, record_field_span(audit, FIELD_audit_scope), audit->subject,
	                             "audit `%.*s` leaves out what program `%.*s` planned for it: %.*s", STR_ARG(audit->subject),
	                             STR_ARG(program->subject), STR_ARG(first_names(check, &left)));
	diag_hint(check->diags, diag, "audit it, and name it in `scope`, or plan it for another audit");
	diag_relate(check->diags, diag, planned->span, "planned here");
}

/* Areas are words: an area of the plan is covered when the audit has one of that name. */
static bool
audit_has_area(const struct record *audit, struct str name)
{
	const struct value *areas = record_value(audit, FIELD_audit_areas);
	for (size_t i = 0; i < value_count(areas); i++) {
		const struct record *area = value_item(areas, i)->part;
		if (area && str_equal_ignore_case(str_trim(record_text(area, FIELD_audit_area_area)), str_trim(name)))
			return true;
	}
	return value_count(areas) == 0;
}

static void
check_areas_kept(const struct check *check, const struct record *planned, const struct record *audit)
{
	const struct value *areas = record_value(planned, FIELD_scheduled_audit_area);
	for (size_t i = 0; i < value_count(areas); i++) {
		const struct value *area = value_item(areas, i);
		if (area->state != VALUE_OK || audit_has_area(audit, area->text))
			continue;
		struct diag *diag = diag_add(check->diags, CODE_AUD017, record_field_span(audit, FIELD_audit_areas), audit->subject,
		                             "audit `%.*s` leaves out an area that was planned for it: %.*s", STR_ARG(audit->subject),
		                             STR_ARG(area->text));
		diag_hint(check->diags, diag, "audit it, and add it to `areas`, or plan it for another audit");
		diag_relate(check->diags, diag, area->span, "planned here");
	}
}

static void
check_schedule(const struct check *check, const struct record *program)
{
	const struct value *schedule = record_value(program, FIELD_audit_program_schedule);
	for (size_t i = 0; i < value_count(schedule); i++) {
		const struct record *planned = value_item(schedule, i)->part;
		if (!planned)
			continue;
		const struct record *audit = record_reference(planned, FIELD_scheduled_audit_audit);
		bool past = date_is_past(check->site, record_date(planned, FIELD_scheduled_audit_planned_on));
		if (past && record_lacks(planned, FIELD_scheduled_audit_audit))
			report_missed(check, program, planned);
		if (audit && audit->kind->index == KIND_audit && has_status(audit, CHOICE_audit_status_completed)) {
			check_kept_to_plan(check, program, planned, audit);
			check_areas_kept(check, planned, audit);
		}
	}
}

static void
check_program_has_ended(const struct check *check, const struct record *none)
{
	(void)none;
	const record_vec *programs = site_records(check->site, KIND_audit_program);
	const struct record *last = NULL;
	for (size_t i = 0; i < programs->count; i++) {
		struct date start = record_date(programs->items[i], FIELD_audit_program_starts_on);
		if (!date_is_past(check->site, start) || programs->items[i]->document->broken)
			continue;
		if (!last || date_compare(start, record_date(last, FIELD_audit_program_starts_on)) > 0)
			last = programs->items[i];
	}
	if (!last || current_program(check->site))
		return;
	struct date end = date_add(record_date(last, FIELD_audit_program_starts_on), program_cycle(check->site, last), 1);
	struct diag *diag = diag_add(check->diags, CODE_AUD018, record_field_span(last, FIELD_audit_program_starts_on), last->subject,
	                             "the cycle of audit program `%.*s` ended on %.*s, and no other one has begun",
	                             STR_ARG(last->subject), STR_ARG(date_text(check->arena, end)));
	diag_hint(check->diags, diag, "plan the audits of the next cycle with `ismark new audit-program`");
}

static const struct check_rule rules[] = {
	{CODE_AUD001, SCOPE_SITE, 0, check_cycle},
	{CODE_AUD002, SCOPE_KIND, KIND_audit, check_auditor},
	{CODE_AUD003, SCOPE_KIND, KIND_audit, check_auditees},
	{CODE_AUD003, SCOPE_KIND, KIND_audit, check_owned_controls},
	{CODE_AUD004, SCOPE_KIND, KIND_audit, check_criteria},
	{CODE_AUD005, SCOPE_KIND, KIND_audit, check_scope},
	{CODE_AUD006, SCOPE_KIND, KIND_audit, check_report},
	{CODE_AUD007, SCOPE_KIND, KIND_audit, check_dates},
	{CODE_AUD008, SCOPE_SITE, 0, check_program_coverage}, /* and AUD009 */
	{CODE_AUD010, SCOPE_KIND, KIND_audit, check_status_and_dates},         /* and AUD011 */
	{CODE_AUD012, SCOPE_KIND, KIND_audit, check_status},
	{CODE_AUD013, SCOPE_KIND, KIND_audit_program, check_program_is_complete},
	{CODE_AUD014, SCOPE_KIND, KIND_audit, check_area_auditee},
	{CODE_AUD015, SCOPE_KIND, KIND_audit, check_results},
	{CODE_AUD016, SCOPE_KIND, KIND_audit, check_program_of_audit},
	{CODE_AUD017, SCOPE_KIND, KIND_audit_program, check_schedule},         /* and AUD010 */
	{CODE_AUD018, SCOPE_SITE, 0, check_program_has_ended},
};

const struct check_family audit_family = {rules, sizeof rules / sizeof *rules};
