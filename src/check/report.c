#include "check/report_part.h"

#include <stdlib.h>
#include <string.h>

const char *
report_verdict(const struct report *report)
{
	return report->passed ? "pass" : "fail";
}

int
report_compare_dates(struct date a, struct date b)
{
	if (date_is_set(a) != date_is_set(b))
		return date_is_set(a) ? -1 : 1;
	return date_compare(a, b);
}

/* ---- findings of the compiler ---- */

static int
by_severity(const void *a, const void *b)
{
	const struct report_rule *x = a, *y = b;
	if (x->worst != y->worst)
		return (int)y->worst - (int)x->worst;
	return strcmp(x->text->code, y->text->code);
}

static void
add_finding(struct report *report, struct report_rule *rule, const struct diag *diag, struct arena *arena)
{
	rule->text = code_text(diag->code);
	vec_push(arena, &rule->findings, diag);
	if (diag->suppressed_by) {
		rule->suppressed++;
		report->suppressed++;
		return;
	}
	rule->counts[diag->severity]++;
	report->counts[diag->severity]++;
	if (diag->severity > rule->worst)
		rule->worst = diag->severity;
	if (diag->severity >= report->gate)
		report->passed = false;
}

static void
fill_rules(struct report *report, const struct diag_list *diags, struct arena *arena)
{
	struct report_rule *rules = arena_array(arena, struct report_rule, CODE_COUNT);
	report->passed = true;
	for (size_t i = 0; i < diags->items.count; i++)
		add_finding(report, &rules[diags->items.items[i]->code], diags->items.items[i], arena);
	for (int code = 0; code < CODE_COUNT; code++)
		if (rules[code].findings.count)
			vec_push(arena, &report->rules, rules[code]);
	if (report->rules.count)
		qsort(report->rules.items, report->rules.count, sizeof *report->rules.items, by_severity);
}

/* ---- checklists ---- */

static void
fill_checklists(struct report *report, struct arena *arena)
{
	const struct readiness *readiness = report->readiness;
	for (int stage = 0; stage < READINESS_STAGE_COUNT; stage++) {
		struct report_checklist *checklist = &report->checklists[stage];
		checklist->stage = (enum readiness_stage)stage;
		for (size_t i = 0; i < readiness->stages.count; i++)
			if (str_equal(readiness->stages.items[i].name, str_from(readiness_stage_name(checklist->stage))))
				checklist->share = &readiness->stages.items[i];
	}
	for (size_t i = 0; i < readiness->items.count; i++) {
		const struct readiness_item *item = &readiness->items.items[i];
		vec_push(arena, &report->checklists[item->rule->stage].items, item);
	}
}

static size_t
count_records(const struct site *site)
{
	size_t count = 0;
	for (size_t i = 0; i < site->documents.count; i++)
		count += site->documents.items[i]->records.count;
	return count;
}

const struct report *
report_make(const struct site *site, const struct diag_list *diags, const struct report_options *options, struct arena *arena)
{
	struct report *report = arena_new(arena, struct report);
	report->site = site;
	report->readiness = readiness_assess(site, diags, arena);
	report->version = options->version;
	report->commit = options->commit;
	report->gate = options->gate;
	report->records = count_records(site);
	fill_rules(report, diags, arena);
	fill_checklists(report, arena);
	report_fill_risks(report, arena);
	report_fill_soa(report, arena);
	report_fill_due(report, arena);
	report_fill_improvement(report, arena);
	report_fill_measuring(report, arena);
	return report;
}
