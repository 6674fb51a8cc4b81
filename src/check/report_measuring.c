/* Metrics against their targets, and how fresh the evidence is (9.1). */
#include "check/corrective.h"
#include "check/freshness.h"
#include "check/report_part.h"

#include <stdlib.h>

const char *
report_freshness_name(enum report_freshness freshness)
{
	static const char *const names[] = {
		[EVIDENCE_FRESH] = "fresh",
		[EVIDENCE_EXPIRING] = "expiring",
		[EVIDENCE_EXPIRED] = "expired",
		[EVIDENCE_UNDATED] = "undated",
	};
	return names[freshness];
}

static void
add_metric(struct report *report, const struct record *metric, struct arena *arena)
{
	struct metric_state *state = metric_read(report->site, metric, arena);
	const struct metric_value *last = metric_last(state);
	struct report_metric line = {.state = state};
	if (last && !state->from_records)
		line.next = date_add(last->on, state->frequency, 1);
	line.overdue = date_is_past(report->site, line.next);
	vec_push(arena, &report->metrics, line);
}

/* ---- evidence ---- */

enum report_freshness
report_freshness_of(const struct site *site, struct date until)
{
	if (!date_is_set(until))
		return EVIDENCE_UNDATED;
	if (date_is_past(site, until))
		return EVIDENCE_EXPIRED;
	bool soon = date_compare(until, date_add(site->today, site->config->limits.notice, 1)) <= 0;
	return soon ? EVIDENCE_EXPIRING : EVIDENCE_FRESH;
}

/* Expired evidence first, what counts longest last. */
static int
by_need(const void *a, const void *b)
{
	const struct report_evidence *x = a, *y = b;
	if (x->relied_on != y->relied_on)
		return x->relied_on ? -1 : 1;
	int order = report_compare_dates(x->until, y->until);
	return order ? order : str_compare_natural(x->evidence->subject, y->evidence->subject);
}

static void
add_evidence(struct report *report, const record_vec *relied, const struct record *evidence, struct arena *arena)
{
	struct report_evidence line = {.evidence = evidence, .until = evidence_valid_until(report->site, evidence)};
	line.state = report_freshness_of(report->site, line.until);
	line.relied_on = records_hold(relied, evidence);
	report->evidence_counts[line.state] += line.relied_on;
	vec_push(arena, &report->evidence, line);
}

static void
count_controls(struct report *report, struct arena *arena)
{
	const struct site *site = report->site;
	for (size_t i = 0; i < site->catalogue->control_count; i++) {
		const struct control_state *state = &site->controls[i];
		if (!control_expects_evidence(state))
			continue;
		report->controls_expecting++;
		const struct record *best = control_freshest_evidence(site, state);
		if (best)
			report->controls_by_freshness[report_freshness_of(site, evidence_valid_until(site, best))]++;
		else if (control_has_evidence(state))
			report->controls_by_freshness[EVIDENCE_UNDATED]++;
		else
			vec_push(arena, &report->controls_without_evidence, ((struct report_gap){state->control, state->soa}));
	}
}

void
report_fill_measuring(struct report *report, struct arena *arena)
{
	const record_vec *metrics = site_records(report->site, KIND_metric), *evidence = site_records(report->site, KIND_evidence);
	record_vec relied = evidence_relied_on(report->site, arena);
	for (size_t i = 0; i < metrics->count; i++)
		add_metric(report, metrics->items[i], arena);
	for (size_t i = 0; i < evidence->count; i++)
		add_evidence(report, &relied, evidence->items[i], arena);
	if (report->evidence.count)
		qsort(report->evidence.items, report->evidence.count, sizeof *report->evidence.items, by_need);
	count_controls(report, arena);
}
