/* EVD: what the monitoring results in attachments say. */
#include "check/families.h"
#include "check/monitoring.h"
#include "check/rule.h"

/* A script gone wild writes one failure a minute: so many are reported one by one. */
enum { FAILURES_MAX = 20 };

static const struct record *
soa_entry_of(const struct check *check, const struct monitored_check *monitored, const struct record *evidence)
{
	if (monitored->controls.count) {
		const struct control_state *state = site_control(check->site, monitored->controls.items[0]);
		return state ? state->soa : NULL;
	}
	const struct value *controls = record_value(evidence, FIELD_evidence_controls);
	for (size_t i = 0; i < value_count(controls); i++) {
		const struct control *control = value_item(controls, i)->reference.control;
		const struct control_state *state = control ? site_control(check->site, control) : NULL;
		if (state && state->soa)
			return state->soa;
	}
	return NULL;
}

static void
report_failed(const struct check *check, const struct record *evidence, const struct monitored_check *monitored)
{
	struct str details = monitored->details.size ? str_printf(check->arena, ": %.*s", STR_ARG(monitored->details)) : STR("");
	struct diag *diag = diag_add(check->diags, CODE_EVD016, monitored->span, evidence->subject, "the check `%.*s` of `%.*s` failed%.*s",
	                             STR_ARG(monitored->name), STR_ARG(record_label(evidence)), STR_ARG(details));
	diag_hint(check->diags, diag, "find the cause, keep it as a finding or incident, and collect the results again once it is mended");
	diag_relate(check->diags, diag, record_field_span(evidence, FIELD_evidence_file), "the evidence that rests on it");
	const struct record *soa = soa_entry_of(check, monitored, evidence);
	if (soa)
		diag_relate(check->diags, diag, soa->span, "the control that it watches");
}

static void
report_more(const struct check *check, const struct record *evidence, const struct monitoring *monitoring)
{
	size_t more = monitoring->counts[CHECK_FAILED] - FAILURES_MAX;
	struct diag *diag = rule_report(check, CODE_EVD016, evidence, FIELD_evidence_file, "%zu more checks of `%.*s` failed", more,
	                                STR_ARG(record_label(evidence)));
	diag_hint(check->diags, diag, "look for what they have in common");
}

static void
check_failures(const struct check *check, const struct record *evidence, const struct monitoring *monitoring)
{
	size_t failures = 0;
	for (size_t i = 0; i < monitoring->checks.count; i++)
		if (monitoring->checks.items[i].result == CHECK_FAILED && failures++ < FAILURES_MAX)
			report_failed(check, evidence, &monitoring->checks.items[i]);
	if (failures > FAILURES_MAX)
		report_more(check, evidence, monitoring);
}

static void
check_day(const struct check *check, const struct record *evidence, const struct monitoring *monitoring)
{
	struct date stated = record_date(evidence, FIELD_evidence_collected_on), actual = monitoring->collected_at.date;
	if (!date_is_set(stated) || !date_is_set(actual) || date_compare(actual, stated) <= 0)
		return;
	struct diag *diag = rule_report(check, CODE_EVD017, evidence, FIELD_evidence_collected_on,
	                                "`%.*s` was collected on %.*s, but its results are of %.*s", STR_ARG(record_label(evidence)),
	                                STR_ARG(date_text(check->arena, stated)), STR_ARG(date_text(check->arena, actual)));
	diag_hint(check->diags, diag, "write the day of the results, and their `sha256`");
	diag_relate(check->diags, diag, monitoring->collected_span, "the results");
}

static void
check_emptiness(const struct check *check, const struct record *evidence, const struct monitoring *monitoring)
{
	if (monitoring->is_broken || monitoring->counts[CHECK_PASSED] + monitoring->counts[CHECK_FAILED])
		return;
	struct diag *diag = rule_report(check, CODE_EVD018, evidence, FIELD_evidence_file,
	                                "the monitoring results of `%.*s` hold no check that ran, so they show nothing",
	                                STR_ARG(record_label(evidence)));
	diag_hint(check->diags, diag, "have the script run, or take the evidence away");
}

/* Results that several records have in their attachment are read, and reported, once. */
static void
check_monitoring(const struct check *check, const struct record *record)
{
	(void)record;
	const record_vec *all = site_records(check->site, KIND_evidence);
	struct map seen = {0};
	for (size_t i = 0; i < all->count; i++) {
		const struct record *evidence = all->items[i];
		struct str path = evidence_attachment(check->arena, check->site, evidence);
		if (!path.size || map_get(&seen, path))
			continue;
		map_put(check->arena, &seen, path, (void *)evidence);
		const struct monitoring *monitoring = monitoring_read(check->arena, check->site, evidence, check->diags);
		if (!monitoring)
			continue;
		check_failures(check, evidence, monitoring);
		check_day(check, evidence, monitoring);
		check_emptiness(check, evidence, monitoring);
	}
}

static const struct check_rule rules[] = {
	{CODE_EVD014, SCOPE_SITE, 0, check_monitoring}, /* with EVD015 to EVD019 */
};

const struct check_family monitoring_family = {rules, sizeof rules / sizeof *rules};
