/* INC: information security incidents (A.5.24 to A.5.27, A.6.8). */
#include "check/families.h"
#include "check/rule.h"

enum { SECONDS_PER_HOUR = 3600, SECONDS_PER_MINUTE = 60, MINUTES_PER_HOUR = 60, HOURS_PER_DAY = 24 };

/* ---- time ---- */

/* True when INSTANT has passed wherever the check's day has begun: before midnight, UTC. */
static bool
has_passed(const struct check *check, double instant)
{
	return instant < (double)date_to_days(check->site->today) * HOURS_PER_DAY * SECONDS_PER_HOUR;
}

/* "45 minutes", "5 hours", "5 hours 19 minutes", "3 days" */
static struct str
duration_text(const struct check *check, double seconds)
{
	long long minutes = (long long)(seconds / SECONDS_PER_MINUTE), hours = minutes / MINUTES_PER_HOUR, days = hours / HOURS_PER_DAY;
	minutes %= MINUTES_PER_HOUR;
	struct buf buf = {0};
	if (days >= 3) {
		buf_printf(&buf, "%lld days", days);
		return buf_take(&buf, check->arena);
	}
	if (hours)
		buf_printf(&buf, "%lld hour%s", hours, hours == 1 ? "" : "s");
	if (minutes || !hours)
		buf_printf(&buf, "%s%lld minute%s", hours ? " " : "", minutes, minutes == 1 ? "" : "s");
	return buf_take(&buf, check->arena);
}

static const char *
severity_text(const struct record *incident)
{
	return record_value(incident, FIELD_incident_severity)->field->choices->choices[record_choice(incident, FIELD_incident_severity)].text;
}

/* The instant of FIELD unless it is still to come: that is a mistake, reported once. */
static const struct datetime *
past_instant(const struct check *check, const struct record *incident, int field)
{
	const struct datetime *instant = record_datetime(incident, field);
	return instant && !rule_is_future(check, instant->date) ? instant : NULL;
}

/* The instant of the report when the rules about time apply: severity and report are known. */
static const struct datetime *
clock_start(const struct check *check, const struct record *incident)
{
	return record_choice(incident, FIELD_incident_severity) < 0 ? NULL
	                                                            : past_instant(check, incident, FIELD_incident_reported_at);
}

static double
deadline(const struct datetime *reported, double hours)
{
	return (double)reported->seconds + hours * SECONDS_PER_HOUR;
}

/* ---- response ---- */

static void
relate_report(const struct check *check, struct diag *diag, const struct record *incident)
{
	diag_relate(check->diags, diag, record_field_span(incident, FIELD_incident_reported_at), "reported here");
}

static void
check_response(const struct check *check, const struct record *incident)
{
	const struct datetime *reported = clock_start(check, incident);
	const struct datetime *responded = past_instant(check, incident, FIELD_incident_responded_at);
	if (!reported)
		return;
	double hours = check->site->config->limits.respond_hours[record_choice(incident, FIELD_incident_severity)];
	struct str allowed = duration_text(check, hours * SECONDS_PER_HOUR);
	if (responded && (double)responded->seconds > deadline(reported, hours)) {
		struct diag *diag = rule_report(check, CODE_INC001, incident, FIELD_incident_responded_at,
		                                "the response to `%.*s` came after %.*s; a %s incident allows %.*s",
		                                STR_ARG(record_label(incident)),
		                                STR_ARG(duration_text(check, (double)(responded->seconds - reported->seconds))),
		                                severity_text(incident), STR_ARG(allowed));
		diag_hint(check->diags, diag, "say in `lessons_learned` why, and what makes the next response faster");
		relate_report(check, diag, incident);
	} else if (!responded && record_lacks(incident, FIELD_incident_responded_at) && has_passed(check, deadline(reported, hours))) {
		struct diag *diag = rule_report(check, CODE_INC002, incident, FIELD_incident_responded_at,
		                                "no response to `%.*s` is recorded; a %s incident allows %.*s from the report",
		                                STR_ARG(record_label(incident)), severity_text(incident), STR_ARG(allowed));
		diag_hint(check->diags, diag, "respond, and record the instant as `responded_at`");
		relate_report(check, diag, incident);
	}
}

/* ---- escalation ---- */

/* Critical and high incidents are escalated whatever happens, the others unless they are resolved in time. */
static bool
needs_escalation(const struct record *incident, double until)
{
	const struct datetime *resolved = record_datetime(incident, FIELD_incident_resolved_at);
	return record_choice(incident, FIELD_incident_severity) <= CHOICE_severity_level_high || !resolved ||
	       (double)resolved->seconds > until;
}

static void
check_escalation(const struct check *check, const struct record *incident)
{
	const struct datetime *reported = clock_start(check, incident);
	const struct datetime *escalated = past_instant(check, incident, FIELD_incident_escalated_at);
	if (!reported)
		return;
	double hours = check->site->config->limits.escalate_hours[record_choice(incident, FIELD_incident_severity)];
	double until = deadline(reported, hours);
	struct str allowed = duration_text(check, hours * SECONDS_PER_HOUR);
	if (escalated && (double)escalated->seconds > until) {
		struct diag *diag = rule_report(check, CODE_INC003, incident, FIELD_incident_escalated_at,
		                                "`%.*s` was escalated after %.*s; a %s incident allows %.*s", STR_ARG(record_label(incident)),
		                                STR_ARG(duration_text(check, (double)(escalated->seconds - reported->seconds))),
		                                severity_text(incident), STR_ARG(allowed));
		diag_hint(check->diags, diag, "say in `lessons_learned` why, and what makes the next escalation faster");
		relate_report(check, diag, incident);
	} else if (!escalated && record_lacks(incident, FIELD_incident_escalated_at) && needs_escalation(incident, until) &&
	           has_passed(check, until)) {
		struct diag *diag = rule_report(check, CODE_INC004, incident, FIELD_incident_escalated_at,
		                                "`%.*s` has not been escalated; a %s incident allows %.*s from the report",
		                                STR_ARG(record_label(incident)), severity_text(incident), STR_ARG(allowed));
		diag_hint(check->diags, diag, "escalate it, and record `escalated_at` and `escalated_to`");
		relate_report(check, diag, incident);
	}
}

static void
check_escalated_to(const struct check *check, const struct record *incident)
{
	if (!record_value(incident, FIELD_incident_escalated_at))
		return;
	struct diag *diag = rule_require(check, CODE_INC005, incident, FIELD_incident_escalated_to,
	                                 "was escalated, but does not say to whom", "add `escalated_to` with persons or roles");
	if (diag)
		diag_relate(check->diags, diag, record_field_span(incident, FIELD_incident_escalated_at), "escalated here");
}

/* ---- the order of instants ---- */

static const struct {
	int earlier, later;
	const char *subject, *verb;
} orders[] = {
	{FIELD_incident_reported_at, FIELD_incident_responded_at, "the response to", "comes before its report"},
	{FIELD_incident_reported_at, FIELD_incident_escalated_at, "the escalation of", "comes before its report"},
	{FIELD_incident_reported_at, FIELD_incident_resolved_at, "the resolution of", "comes before its report"},
	{FIELD_incident_responded_at, FIELD_incident_resolved_at, "the resolution of", "comes before the response to it"},
};

static void
check_order(const struct check *check, const struct record *incident)
{
	int already = -1;
	for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
		const struct datetime *earlier = past_instant(check, incident, orders[i].earlier);
		const struct datetime *later = past_instant(check, incident, orders[i].later);
		if (!earlier || !later || later->seconds >= earlier->seconds || already == orders[i].later)
			continue;
		already = orders[i].later;
		struct diag *diag = rule_report(check, CODE_INC006, incident, orders[i].later, "%s `%.*s` %s", orders[i].subject,
		                                STR_ARG(record_label(incident)), orders[i].verb);
		diag_hint(check->diags, diag, "correct the instant that is wrong; the offset from UTC counts");
		diag_relate(check->diags, diag, record_field_span(incident, orders[i].earlier), "this comes first");
	}
}

static void
check_future(const struct check *check, const struct record *incident)
{
	static const int fields[] = {FIELD_incident_reported_at, FIELD_incident_responded_at, FIELD_incident_escalated_at,
	                             FIELD_incident_resolved_at};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		const struct datetime *instant = record_datetime(incident, fields[i]);
		if (!instant || !rule_is_future(check, instant->date))
			continue;
		struct diag *diag = rule_report(check, CODE_INC007, incident, fields[i], "`%s` of `%.*s` is still to come",
		                                incident->kind->fields[fields[i]]->name, STR_ARG(record_label(incident)));
		diag_hint(check->diags, diag, "correct the instant");
		return;
	}
}

/* ---- the end ---- */

static bool
is_closed(const struct record *incident)
{
	return record_choice(incident, FIELD_incident_status) == CHOICE_incident_status_closed;
}

static void
relate_status(const struct check *check, struct diag *diag, const struct record *incident, const char *text)
{
	if (diag)
		diag_relate(check->diags, diag, record_field_span(incident, FIELD_incident_status), "%s", text);
}

static void
check_parts_of_lessons(const struct check *check, const struct record *lessons)
{
	static const int fields[] = {FIELD_lessons_what_happened, FIELD_lessons_what_went_well, FIELD_lessons_what_can_improve};
	str_vec missing = {0};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (record_lacks(lessons, fields[i]))
			rule_quote(check, &missing, str_from(lessons->kind->fields[fields[i]]->name));
	if (!missing.count)
		return;
	struct diag *diag = rule_report(check, CODE_INC009, lessons, RULE_RECORD, "the lessons of `%.*s` lack %.*s",
	                                STR_ARG(record_label(lessons)), STR_ARG(list_text(check->arena, &missing)));
	diag_hint(check->diags, diag, "write down what the incident taught before it is closed");
}

static void
check_lessons(const struct check *check, const struct record *incident)
{
	if (!is_closed(incident))
		return;
	struct diag *diag = rule_require(check, CODE_INC008, incident, FIELD_incident_lessons_learned,
	                                 "was closed without lessons learned",
	                                 "add `lessons_learned` with `what_happened`, `what_went_well` and `what_can_improve`");
	relate_status(check, diag, incident, "closed here");
	const struct record *lessons = record_part(incident, FIELD_incident_lessons_learned);
	if (lessons)
		check_parts_of_lessons(check, lessons);
}

static void
check_reporter(const struct check *check, const struct record *incident)
{
	rule_require(check, CODE_INC010, incident, FIELD_incident_reporter, "does not say who reported it",
	             "add `reporter` with a person or a role");
}

static void
check_handler(const struct check *check, const struct record *incident)
{
	rule_require(check, CODE_INC011, incident, FIELD_incident_owner, "has nobody who handles it",
	             "add `owner` with a person or a role");
}

static void
check_status(const struct check *check, const struct record *incident)
{
	int status = record_choice(incident, FIELD_incident_status);
	if (status == CHOICE_incident_status_closed || status == CHOICE_incident_status_resolved) {
		struct diag *diag = rule_require(check, CODE_INC012, incident, FIELD_incident_resolved_at,
		                                 "is over, but does not say when it was resolved", "add `resolved_at` with date, time and offset");
		relate_status(check, diag, incident, "over by its status");
	} else if (status >= 0 && record_value(incident, FIELD_incident_resolved_at)) {
		struct diag *diag = rule_report(check, CODE_INC013, incident, FIELD_incident_status,
		                                "`%.*s` has an instant of resolution, but is not resolved by its status",
		                                STR_ARG(record_label(incident)));
		diag_hint(check->diags, diag, "set `status` to resolved or closed, or take `resolved_at` out");
		diag_relate(check->diags, diag, record_field_span(incident, FIELD_incident_resolved_at), "resolved here");
	}
}

static const struct check_rule rules[] = {
	{CODE_INC001, SCOPE_KIND, KIND_incident, check_response},   /* with INC002 */
	{CODE_INC003, SCOPE_KIND, KIND_incident, check_escalation}, /* with INC004 */
	{CODE_INC005, SCOPE_KIND, KIND_incident, check_escalated_to},
	{CODE_INC006, SCOPE_KIND, KIND_incident, check_order},
	{CODE_INC007, SCOPE_KIND, KIND_incident, check_future},
	{CODE_INC008, SCOPE_KIND, KIND_incident, check_lessons}, /* with INC009 */
	{CODE_INC010, SCOPE_KIND, KIND_incident, check_reporter},
	{CODE_INC011, SCOPE_KIND, KIND_incident, check_handler},
	{CODE_INC012, SCOPE_KIND, KIND_incident, check_status}, /* with INC013 */
};

const struct check_family incident_family = {rules, sizeof rules / sizeof *rules};
