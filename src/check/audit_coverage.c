#include "check/audit_coverage.h"

struct audit_coverage
audit_coverage_new(const struct site *site, struct arena *arena)
{
	size_t clauses;
	clause_all(&clauses);
	return (struct audit_coverage){
		.site = site,
		.clauses = arena_array(arena, bool, clauses),
		.controls = arena_array(arena, bool, site->catalogue->control_count),
	};
}

static void
cover_clause(struct audit_coverage *coverage, const struct clause *clause)
{
	size_t count;
	const struct clause *all = clause_all(&count);
	for (size_t i = 0; i < count; i++)
		for (const struct clause *above = &all[i]; above; above = above->parent)
			if (above == clause)
				coverage->clauses[i] = true;
}

/* A theme in a list of controls is an error of its own; it covers its controls all the same. */
static void
cover_theme(struct audit_coverage *coverage, struct str id)
{
	const struct catalogue *catalogue = coverage->site->catalogue;
	const struct theme *theme = catalogue_theme(catalogue, id);
	for (size_t i = 0; theme && i < catalogue->control_count; i++)
		if (control_top_theme(&catalogue->controls[i]) == theme)
			coverage->controls[i] = true;
}

static void
cover_control(struct audit_coverage *coverage, const struct reference *reference)
{
	const struct catalogue *catalogue = coverage->site->catalogue;
	if (reference->type == REFERENCE_THEME)
		cover_theme(coverage, reference->id);
	else if (reference->control && reference->control->catalogue == catalogue)
		coverage->controls[reference->control - catalogue->controls] = true;
}

void
audit_coverage_add(struct audit_coverage *coverage, const struct record *record, int clauses, int controls)
{
	const struct value *value = clauses < 0 ? NULL : record_value(record, clauses);
	for (size_t i = 0; i < value_count(value); i++)
		if (value_item(value, i)->reference.type == REFERENCE_CLAUSE)
			cover_clause(coverage, value_item(value, i)->reference.clause);
	value = controls < 0 ? NULL : record_value(record, controls);
	for (size_t i = 0; i < value_count(value); i++)
		cover_control(coverage, &value_item(value, i)->reference);
}

void
audit_coverage_add_audit(struct audit_coverage *coverage, const struct record *audit)
{
	const struct record *scope = record_part(audit, FIELD_audit_scope);
	if (scope)
		audit_coverage_add(coverage, scope, FIELD_audit_scope_clauses, FIELD_audit_scope_controls);
}

void
audit_coverage_add_program(struct audit_coverage *coverage, const struct record *program)
{
	const struct value *schedule = record_value(program, FIELD_audit_program_schedule);
	for (size_t i = 0; i < value_count(schedule); i++) {
		const struct record *planned = value_item(schedule, i)->part;
		const struct record *audit = planned ? record_reference(planned, FIELD_scheduled_audit_audit) : NULL;
		if (planned)
			audit_coverage_add(coverage, planned, FIELD_scheduled_audit_clauses, FIELD_scheduled_audit_controls);
		if (audit && audit->kind->index == KIND_audit)
			audit_coverage_add_audit(coverage, audit);
	}
	for (size_t i = 0; i < program->backlinks.count; i++) {
		const struct backlink *backlink = &program->backlinks.items[i];
		if (backlink->from->kind->index == KIND_audit && backlink->field == backlink->from->kind->fields[FIELD_audit_program])
			audit_coverage_add_audit(coverage, backlink->from);
	}
}

/* A clause without parts: only those are audited for themselves. */
static bool
all_parts_lack(const struct audit_coverage *coverage, const struct clause *clause)
{
	size_t count;
	const struct clause *all = clause_all(&count);
	for (size_t i = 0; i < count; i++)
		for (const struct clause *above = &all[i]; above && !all[i].has_children; above = above->parent)
			if (above == clause && coverage->clauses[i])
				return false;
	return true;
}

str_vec
audit_coverage_missing_clauses(const struct audit_coverage *coverage, struct arena *arena)
{
	str_vec missing = {0};
	size_t count;
	const struct clause *all = clause_all(&count);
	for (size_t i = 0; i < count; i++)
		if (all_parts_lack(coverage, &all[i]) && !(all[i].parent && all_parts_lack(coverage, all[i].parent)))
			vec_push(arena, &missing, all[i].id);
	return missing;
}

str_vec
audit_coverage_missing_controls(const struct audit_coverage *coverage, struct arena *arena)
{
	str_vec missing = {0};
	const struct site *site = coverage->site;
	for (size_t i = 0; i < site->catalogue->control_count; i++)
		if (!coverage->controls[i] && site->controls[i].soa && soa_is_applicable(site->controls[i].soa) == 1)
			vec_push(arena, &missing, site->catalogue->controls[i].id);
	return missing;
}

bool
audit_days(const struct record *audit, struct audit_dates *days)
{
	const struct value *dates = record_value(audit, FIELD_audit_dates);
	return dates && audit_dates_parse(dates->text, days) == AUDIT_DATES_OK;
}

bool
audit_is_internal_result(const struct record *audit)
{
	return record_choice(audit, FIELD_audit_type) == CHOICE_audit_type_internal
	       && record_choice(audit, FIELD_audit_status) == CHOICE_audit_status_completed;
}

struct period
program_cycle(const struct site *site, const struct record *program)
{
	struct period cycle = {0};
	if (program)
		cycle = record_period(program, FIELD_audit_program_cycle);
	return cycle.count ? cycle : site->config->limits.audit_cycle;
}

bool
program_is_in_force(const struct site *site, const struct record *program)
{
	struct date start = record_date(program, FIELD_audit_program_starts_on);
	if (!date_is_set(start))
		return true;
	return date_compare(start, site->today) <= 0
	       && date_compare(site->today, date_add(start, program_cycle(site, program), 1)) < 0;
}

const struct record *
current_program(const struct site *site)
{
	const record_vec *programs = site_records(site, KIND_audit_program);
	const struct record *current = NULL;
	for (size_t i = 0; i < programs->count; i++) {
		const struct record *program = programs->items[i];
		if (program_is_in_force(site, program)
		    && (!current || date_compare(record_date(program, FIELD_audit_program_starts_on),
		                                 record_date(current, FIELD_audit_program_starts_on)) > 0))
			current = program;
	}
	return current;
}

struct audit_coverage
audit_coverage_of_cycle(const struct site *site, struct arena *arena)
{
	struct audit_coverage coverage = audit_coverage_new(site, arena);
	struct date from = date_add(site->today, program_cycle(site, current_program(site)), -1);
	const record_vec *audits = site_records(site, KIND_audit);
	for (size_t i = 0; i < audits->count; i++) {
		struct audit_dates days;
		if (audit_is_internal_result(audits->items[i]) && audit_days(audits->items[i], &days)
		    && date_compare(days.last, from) >= 0)
			audit_coverage_add_audit(&coverage, audits->items[i]);
	}
	return coverage;
}
