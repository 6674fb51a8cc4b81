/* FND, ACT: nonconformities, observations, and the actions that answer them (10.2). */
#include "check/corrective.h"
#include "check/duties.h"
#include "check/families.h"
#include "check/wording.h"

static const char *
category_name(const struct record *finding)
{
	int category = record_choice(finding, FIELD_finding_category);
	return category == CHOICE_finding_category_major ? "major nonconformity"
	       : category == CHOICE_finding_category_minor ? "minor nonconformity"
	       : category == CHOICE_finding_category_observation ? "observation" : "finding";
}

static struct diag *
report(const struct check *check, enum code code, const struct record *record, int field, const char *what)
{
	struct str noun = record->kind->index == KIND_finding ? str_from(category_name(record)) : STR("action");
	return diag_add(check->diags, code, record_field_span(record, field), record->subject, "%.*s `%.*s` %s%.*s", STR_ARG(noun),
	                STR_ARG(record->subject), what, STR_ARG(placeholder_text(check->arena, record, field)));
}

/* ---- FND: what a finding says ---- */

static void
check_raised_on(const struct check *check, const struct record *finding)
{
	if (!finding_is_nonconformity(finding) || !record_lacks(finding, FIELD_finding_raised_on))
		return;
	struct diag *diag = report(check, CODE_FND001, finding, FIELD_finding_raised_on, "does not say when it was raised");
	diag_hint(check->diags, diag, "add `raised_on`: the time for its cause and its actions counts from there");
}

static void
relate_raised(const struct check *check, struct diag *diag, const struct record *finding)
{
	diag_relate(check->diags, diag, record_field_span(finding, FIELD_finding_raised_on), "raised on %.*s",
	            STR_ARG(date_text(check->arena, record_date(finding, FIELD_finding_raised_on))));
}

static void
check_root_cause(const struct check *check, const struct record *finding)
{
	struct date limit = finding_cause_limit(check->site, finding);
	bool due = date_is_past(check->site, limit) || (finding_is_nonconformity(finding) && finding_is_closed(finding));
	if (!due || !record_lacks(finding, FIELD_finding_root_cause))
		return;
	struct str when = date_is_set(limit) ? str_printf(check->arena, "has no root cause, which was due on %.*s",
	                                                  STR_ARG(date_text(check->arena, limit)))
	                                     : STR("is closed without a root cause");
	struct diag *diag = report(check, CODE_FND002, finding, FIELD_finding_root_cause, str_c(check->arena, when));
	diag_hint(check->diags, diag, "find out why it happened, and say so in `root_cause` and `root_cause_on`");
	if (date_is_set(limit))
		relate_raised(check, diag, finding);
}

static void
check_late_root_cause(const struct check *check, const struct record *finding)
{
	struct date limit = finding_cause_limit(check->site, finding), found = record_date(finding, FIELD_finding_root_cause_on);
	if (finding_is_closed(finding) || !date_is_set(limit) || !date_is_set(found) || date_compare(found, limit) <= 0)
		return;
	struct str late = str_printf(check->arena, "got its root cause %d days late", (int)date_difference(limit, found));
	struct diag *diag = report(check, CODE_FND003, finding, FIELD_finding_root_cause_on, str_c(check->arena, late));
	diag_hint(check->diags, diag, "it was due on %.*s; say in `notes` what kept it, and see to it that the next one is in time",
	          STR_ARG(date_text(check->arena, limit)));
	relate_raised(check, diag, finding);
}

static void
check_action_in_time(const struct check *check, const struct record *finding)
{
	struct date limit = finding_action_limit(check->site, finding);
	if (!date_is_past(check->site, limit) || finding_is_closed(finding) || finding->document->broken
	    || record_has_actions(finding, FIELD_finding_actions))
		return;
	bool major = record_choice(finding, FIELD_finding_category) == CHOICE_finding_category_major;
	struct str late = str_printf(check->arena, "has no corrective action, which was due on %.*s",
	                             STR_ARG(date_text(check->arena, limit)));
	struct diag *diag = report(check, major ? CODE_FND004 : CODE_FND005, finding, FIELD_finding_actions, str_c(check->arena, late));
	diag_hint(check->diags, diag, "decide on one with `ismark new action`, and name it in `actions`");
	relate_raised(check, diag, finding);
}

/* An action planned for a day after the limit: told at the finding, for the time is the finding's. */
static void
check_action_due(const struct check *check, const struct record *finding)
{
	struct date limit = finding_action_limit(check->site, finding);
	if (!date_is_set(limit) || finding_is_closed(finding))
		return;
	record_vec actions = actions_of(finding, FIELD_finding_actions, check->arena);
	for (size_t i = 0; i < actions.count; i++) {
		const struct record *action = actions.items[i];
		if (action->kind->index != KIND_action || record_value(action, FIELD_action_done_on)
		    || record_choice(action, FIELD_action_type) == CHOICE_action_type_improvement
		    || !date_is_set(record_date(action, FIELD_action_due))
		    || date_compare(record_date(action, FIELD_action_due), limit) <= 0)
			continue;
		struct diag *diag = diag_add(check->diags, CODE_FND006, record_field_span(action, FIELD_action_due), finding->subject,
		                             "action `%.*s` for %s `%.*s` is due on %.*s, after its last day %.*s",
		                             STR_ARG(action->subject), category_name(finding), STR_ARG(finding->subject),
		                             STR_ARG(date_text(check->arena, record_date(action, FIELD_action_due))),
		                             STR_ARG(date_text(check->arena, limit)));
		diag_hint(check->diags, diag, "bring it forward, or agree on more time as an `exception`");
		relate_raised(check, diag, finding);
	}
}

/* The time in which the organisation reacts at all: that of a major finding's root cause. */
static bool
reaction_is_due(const struct check *check, const struct record *finding)
{
	struct date raised = record_date(finding, FIELD_finding_raised_on);
	if (!finding_is_nonconformity(finding))
		return false;
	return finding_is_closed(finding)
	       || (date_is_set(raised)
	           && date_is_past(check->site, date_add(raised, check->site->config->limits.major_root_cause, 1)));
}

static void
check_correction(const struct check *check, const struct record *finding)
{
	if (!reaction_is_due(check, finding) || !record_lacks(finding, FIELD_finding_correction))
		return;
	struct diag *diag = report(check, CODE_FND007, finding, FIELD_finding_correction, "does not say what was done at once");
	diag_hint(check->diags, diag, "add `correction`: what controls and corrects it, and deals with its consequences");
}

static void
check_similar(const struct check *check, const struct record *finding)
{
	bool due = finding_is_nonconformity(finding)
	           && (finding_is_closed(finding) || date_is_past(check->site, finding_cause_limit(check->site, finding)));
	if (!due || !record_lacks(finding, FIELD_finding_similar))
		return;
	struct diag *diag = report(check, CODE_FND008, finding, FIELD_finding_similar, "does not say whether similar ones exist");
	diag_hint(check->diags, diag, "look for similar ones, and say in `similar` where, and what was found");
}

/* ---- FND: closing ---- */

/* True when one of its actions was verified: by whom and with what result. */
static bool
actions_are_verified(const record_vec *actions)
{
	for (size_t i = 0; i < actions->count; i++)
		if (actions->items[i]->kind->index == KIND_action && record_value(actions->items[i], FIELD_action_verified_by)
		    && record_bool(actions->items[i], FIELD_action_effective, false))
			return true;
	return false;
}

static void
check_verification(const struct check *check, const struct record *finding)
{
	if (!finding_is_nonconformity(finding) || !finding_is_closed(finding)
	    || !record_lacks(finding, FIELD_finding_verified_by))
		return;
	record_vec actions = actions_of(finding, FIELD_finding_actions, check->arena);
	if (actions_are_verified(&actions))
		return;
	struct diag *diag = report(check, CODE_FND009, finding, FIELD_finding_verified_by,
	                           "is closed, and nobody verified that it is dealt with");
	diag_hint(check->diags, diag, "have somebody review the effectiveness of the actions, and name them in `verified_by`");
	diag_relate(check->diags, diag, record_field_span(finding, FIELD_finding_status), "closed here");
}

static void
check_closing(const struct check *check, const struct record *finding)
{
	bool closed = finding_is_closed(finding), has_day = record_value(finding, FIELD_finding_closed_on) != NULL;
	struct diag *diag;
	if (closed && record_lacks(finding, FIELD_finding_closed_on)) {
		diag = report(check, CODE_FND010, finding, FIELD_finding_status, "is closed, and does not say when");
		diag_hint(check->diags, diag, "add `closed_on`");
	} else if (has_day && !closed && record_choice(finding, FIELD_finding_status) >= 0) {
		diag = report(check, CODE_FND010, finding, FIELD_finding_closed_on, "has a day of closing, but is not closed");
		diag_hint(check->diags, diag, "set `status: closed`, or leave `closed_on` out");
		diag_relate(check->diags, diag, record_field_span(finding, FIELD_finding_status), "the status is here");
	}
}

struct date_rule {
	int earlier, later;
	const char *message;
};

static bool
check_order(const struct check *check, enum code code, const struct record *record, const struct date_rule *order)
{
	struct date earlier = record_date(record, order->earlier), later = record_date(record, order->later);
	if (!date_is_set(earlier) || !date_is_set(later) || date_compare(later, earlier) >= 0)
		return false;
	struct diag *diag = report(check, code, record, order->later, order->message);
	diag_hint(check->diags, diag, "correct `%s` or `%s`", record->kind->fields[order->later]->name,
	          record->kind->fields[order->earlier]->name);
	diag_relate(check->diags, diag, record_field_span(record, order->earlier), "`%s` is %.*s",
	            record->kind->fields[order->earlier]->name, STR_ARG(date_text(check->arena, earlier)));
	return true;
}

static bool
check_not_future(const struct check *check, enum code code, const struct record *record, int field, const char *message)
{
	struct date date = record_date(record, field);
	if (!date_is_future(check->site, date))
		return false;
	struct diag *diag = report(check, code, record, field, message);
	diag_hint(check->diags, diag, "correct `%s`; today is %.*s", record->kind->fields[field]->name,
	          STR_ARG(date_text(check->arena, check->site->today)));
	return true;
}

static void
check_finding_dates(const struct check *check, const struct record *finding)
{
	static const struct date_rule orders[] = {
		{FIELD_finding_raised_on, FIELD_finding_closed_on, "was closed before it was raised"},
		{FIELD_finding_raised_on, FIELD_finding_root_cause_on, "got its root cause before it was raised"},
		{FIELD_finding_root_cause_on, FIELD_finding_closed_on, "was closed before its root cause was known"},
	};
	static const int past[] = {FIELD_finding_raised_on, FIELD_finding_root_cause_on, FIELD_finding_closed_on};
	for (size_t i = 0; i < sizeof past / sizeof *past; i++)
		if (check_not_future(check, CODE_FND011, finding, past[i], "has a day that is yet to come"))
			return;
	for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
		if (check_order(check, CODE_FND011, finding, &orders[i]))
			return;
}

static void
check_finding_verifier(const struct check *check, const struct record *finding)
{
	const struct value *verifier = record_value(finding, FIELD_finding_verified_by);
	if (!verifier)
		return;
	record_vec actions = actions_of(finding, FIELD_finding_actions, check->arena);
	for (size_t i = 0; i < actions.count; i++) {
		const struct record *action = actions.items[i];
		const struct value *owner = action->kind->index == KIND_action ? record_value(action, FIELD_action_owner) : NULL;
		if (!owner || !same_party_value(verifier, owner))
			continue;
		struct str what = str_printf(check->arena, "is verified by `%.*s`, who did the action `%.*s`",
		                             STR_ARG(verifier->reference.id), STR_ARG(action->subject));
		struct diag *diag = report(check, CODE_FND012, finding, FIELD_finding_verified_by, str_c(check->arena, what));
		diag_hint(check->diags, diag, "have somebody else verify it: the auditor, or who does not own the action");
		diag_relate(check->diags, diag, owner->span, "they own the action");
		return;
	}
}

static void
check_closed_with_open_action(const struct check *check, const struct record *finding)
{
	if (!finding_is_closed(finding))
		return;
	record_vec actions = actions_of(finding, FIELD_finding_actions, check->arena);
	for (size_t i = 0; i < actions.count; i++) {
		const struct record *action = actions.items[i];
		if (action->kind->index != KIND_action || !record_lacks(action, FIELD_action_done_on))
			continue;
		struct str what = str_printf(check->arena, "is closed, but its action `%.*s` is not done", STR_ARG(action->subject));
		struct diag *diag = report(check, CODE_FND013, finding, FIELD_finding_status, str_c(check->arena, what));
		diag_hint(check->diags, diag, "set `done_on` of the action, or open the finding again");
		diag_relate(check->diags, diag, action->span, "the action is here");
	}
}

static void
check_observation(const struct check *check, const struct record *finding)
{
	struct date raised = record_date(finding, FIELD_finding_raised_on);
	if (record_choice(finding, FIELD_finding_category) != CHOICE_finding_category_observation || finding_is_closed(finding)
	    || !date_is_set(raised) || finding->document->broken || record_has_actions(finding, FIELD_finding_actions))
		return;
	struct date limit = date_add(raised, check->site->config->limits.audit_cycle, 1);
	if (!date_is_past(check->site, limit))
		return;
	struct str what = str_printf(check->arena, "was to be dealt with by the next cycle, until %.*s",
	                             STR_ARG(date_text(check->arena, limit)));
	struct diag *diag = report(check, CODE_FND014, finding, FIELD_finding_status, str_c(check->arena, what));
	diag_hint(check->diags, diag, "give it an action, or close it with a word why nothing is done");
	relate_raised(check, diag, finding);
}

/* ---- FND: where it belongs ---- */

static void
check_requirement(const struct check *check, const struct record *finding)
{
	if (!finding_is_nonconformity(finding) || !record_lacks(finding, FIELD_finding_clause)
	    || !record_lacks(finding, FIELD_finding_control) || !record_lacks(finding, FIELD_record_clauses))
		return;
	struct diag *diag = report(check, CODE_FND015, finding, FIELD_finding_clause, "names no clause or control that is not met");
	diag_hint(check->diags, diag, "add `clause` or `control`: a nonconformity is one with a requirement");
}

static void
check_finding_owner(const struct check *check, const struct record *finding)
{
	if (!finding_is_nonconformity(finding) || !record_lacks(finding, FIELD_finding_owner))
		return;
	struct diag *diag = report(check, CODE_FND016, finding, FIELD_finding_owner, "has no owner");
	diag_hint(check->diags, diag, "name who sees to it: `owner: ROLE-…`");
}

static void
check_source(const struct check *check, const struct record *finding)
{
	int source = record_choice(finding, FIELD_finding_source);
	int field = source == CHOICE_finding_source_audit ? FIELD_finding_audit
	            : source == CHOICE_finding_source_incident ? FIELD_finding_incident : -1;
	if (field < 0 || !record_lacks(finding, field))
		return;
	bool audit = field == FIELD_finding_audit;
	struct diag *diag = report(check, CODE_FND017, finding, FIELD_finding_source,
	                           audit ? "comes from an audit, and does not say from which" : "comes from an incident, and does not say from which");
	diag_hint(check->diags, diag, "name it in `%s`", audit ? "audit" : "incident");
}

static void
check_finding_status(const struct check *check, const struct record *finding)
{
	if (record_choice(finding, FIELD_finding_category) == CHOICE_finding_category_positive
	    || !record_lacks(finding, FIELD_finding_status))
		return;
	struct diag *diag = report(check, CODE_FND018, finding, FIELD_finding_status, "says neither that it is open nor that it is closed");
	diag_hint(check->diags, diag, "set `status: open`, `in-progress` or `closed`");
}

/* A closed nonconformity without any action: nothing was done about its cause. */
static void
check_closed_without_action(const struct check *check, const struct record *finding)
{
	if (!finding_is_nonconformity(finding) || !finding_is_closed(finding) || finding->document->broken
	    || record_has_actions(finding, FIELD_finding_actions))
		return;
	struct diag *diag = report(check, CODE_FND019, finding, FIELD_finding_status, "is closed, and no action answers it");
	diag_hint(check->diags, diag, "name the corrective action in `actions`; where none was needed, say why in an `exception`");
}

/* ---- ACT ---- */

static bool
action_is_done(const struct record *action)
{
	return record_value(action, FIELD_action_done_on) != NULL;
}

/* Verified without being done: a contradiction of its own, not a delay. */
static bool
action_is_verified(const struct record *action)
{
	return record_value(action, FIELD_action_verified_on) || record_value(action, FIELD_action_effective);
}

static void
relate_causes(const struct check *check, struct diag *diag, const struct record *action)
{
	record_vec causes = action_causes(action, check->arena);
	if (causes.count)
		diag_relate(check->diags, diag, causes.items[0]->span, "it answers `%.*s`", STR_ARG(causes.items[0]->subject));
}

/* A finding that is closed over an open action has that told at the finding. */
static bool
is_for_closed_finding(const struct check *check, const struct record *action)
{
	record_vec causes = action_causes(action, check->arena);
	for (size_t i = 0; i < causes.count; i++)
		if (causes.items[i]->kind->index == KIND_finding && finding_is_closed(causes.items[i]))
			return true;
	return false;
}

static void
check_action_day(const struct check *check, const struct record *action)
{
	const struct site *site = check->site;
	struct date due = record_date(action, FIELD_action_due);
	if (!date_is_set(due) || !record_lacks(action, FIELD_action_done_on) || action_is_verified(action)
	    || date_is_future(site, date_add(due, site->config->limits.notice, -1)))
		return;
	if (is_for_closed_finding(check, action))
		return;
	bool overdue = date_is_past(site, due);
	int days = (int)date_difference(overdue ? due : site->today, overdue ? site->today : due);
	struct str when = str_printf(check->arena, overdue ? "was due on %.*s, %d day%s ago" : "is due on %.*s, in %d day%s",
	                             STR_ARG(date_text(check->arena, due)), days, days == 1 ? "" : "s");
	struct diag *diag = report(check, overdue ? CODE_ACT001 : CODE_ACT009, action, FIELD_action_due, str_c(check->arena, when));
	diag_hint(check->diags, diag, "do it and set `done_on`, or agree on another day");
	relate_causes(check, diag, action);
}

static void
check_action_owner(const struct check *check, const struct record *action)
{
	if (!record_lacks(action, FIELD_action_owner))
		return;
	struct diag *diag = report(check, CODE_ACT002, action, FIELD_action_owner, "has no owner");
	diag_hint(check->diags, diag, "name who does it: `owner: ROLE-…`");
}

static void
check_action_due_is_set(const struct check *check, const struct record *action)
{
	if (!record_lacks(action, FIELD_action_due) || action_is_done(action))
		return;
	struct diag *diag = report(check, CODE_ACT003, action, FIELD_action_due, "has no day by which it is to be done");
	diag_hint(check->diags, diag, "add `due`");
}

/* Corrective by its type, or without a type by answering a nonconformity. */
static bool
action_is_corrective(const struct record *action, const record_vec *causes)
{
	int type = record_choice(action, FIELD_action_type);
	if (type >= 0)
		return type == CHOICE_action_type_corrective;
	for (size_t i = 0; i < causes->count; i++)
		if (causes->items[i]->kind->index == KIND_finding && finding_is_nonconformity(causes->items[i]))
			return true;
	return false;
}

static bool
a_cause_is_verified(const record_vec *causes)
{
	for (size_t i = 0; i < causes->count; i++)
		if (causes->items[i]->kind->index == KIND_finding && record_written(causes->items[i], FIELD_finding_verified_by))
			return true;
	return false;
}

/* Effectiveness shows only after a while: the notice period. A finding that somebody verified speaks for its actions. */
static void
check_action_verified(const struct check *check, const struct record *action)
{
	const struct site *site = check->site;
	struct date done = record_date(action, FIELD_action_done_on);
	bool unverified = record_lacks(action, FIELD_action_verified_by), no_result = record_lacks(action, FIELD_action_effective);
	if (!date_is_set(done) || !(unverified || no_result) || !date_is_past(site, date_add(done, site->config->limits.notice, 1)))
		return;
	record_vec causes = action_causes(action, check->arena);
	if (!action_is_corrective(action, &causes) || a_cause_is_verified(&causes))
		return;
	struct diag *diag = report(check, CODE_ACT004, action, unverified ? FIELD_action_verified_by : FIELD_action_effective,
	                           unverified ? "is corrective and done, and nobody has reviewed whether it was effective"
	                                      : "was reviewed, and does not say whether it was effective");
	diag_hint(check->diags, diag, "review it and add %s", unverified ? "`verified_by`, `verified_on` and `effective`" : "`effective: yes` or `no`");
	diag_relate(check->diags, diag, record_field_span(action, FIELD_action_done_on), "done on %.*s",
	            STR_ARG(date_text(check->arena, done)));
}

/* More answers to one finding are not looked through: it bounds the work. */
enum { FOLLOW_UPS_MAX = 500 };

static bool
may_work(const struct record *other, const struct record *action)
{
	return other && other != action && other->kind->index == KIND_action && record_bool(other, FIELD_action_effective, true);
}

/* True when FINDING has another action that is not itself known to have failed. */
static bool
finding_has_another(const struct record *finding, const struct record *action)
{
	const struct value *actions = record_value(finding, FIELD_finding_actions);
	for (size_t i = 0; i < value_count(actions) && i < FOLLOW_UPS_MAX; i++)
		if (may_work(value_item(actions, i)->reference.record, action))
			return true;
	for (size_t i = 0; i < finding->backlinks.count && i < FOLLOW_UPS_MAX; i++)
		if (may_work(finding->backlinks.items[i].from, action))
			return true;
	return false;
}

/* Another action that names this one, or one for the same finding. */
static bool
has_follow_up(const struct record *action, const record_vec *causes)
{
	for (size_t i = 0; i < action->backlinks.count; i++)
		if (action->backlinks.items[i].from->kind->index == KIND_action)
			return true;
	for (size_t c = 0; c < causes->count; c++)
		if (causes->items[c]->kind->index == KIND_finding && finding_has_another(causes->items[c], action))
			return true;
	return false;
}

static void
check_ineffective(const struct check *check, const struct record *action)
{
	if (record_bool(action, FIELD_action_effective, true))
		return;
	record_vec causes = action_causes(action, check->arena);
	if (has_follow_up(action, &causes))
		return;
	struct diag *diag = report(check, CODE_ACT005, action, FIELD_action_effective, "was not effective, and nothing follows it");
	diag_hint(check->diags, diag, "decide on another action for the same cause with `ismark new action`");
	relate_causes(check, diag, action);
}

static void
check_action_dates(const struct check *check, const struct record *action)
{
	static const struct date_rule order = {FIELD_action_done_on, FIELD_action_verified_on, "was verified before it was done"};
	static const int reviews[] = {FIELD_action_verified_on, FIELD_action_effective};
	if (check_not_future(check, CODE_ACT006, action, FIELD_action_done_on, "is done on a day that is yet to come")
	    || check_not_future(check, CODE_ACT006, action, FIELD_action_verified_on, "is verified on a day that is yet to come")
	    || check_order(check, CODE_ACT006, action, &order))
		return;
	for (size_t i = 0; i < 2 && record_lacks(action, FIELD_action_done_on); i++) {
		if (!record_value(action, reviews[i]))
			continue;
		struct diag *diag = report(check, CODE_ACT006, action, reviews[i], "was verified, but is not done");
		diag_hint(check->diags, diag, "add `done_on`, or leave the verification out");
		return;
	}
}

static void
check_action_verifier(const struct check *check, const struct record *action)
{
	const struct value *verifier = record_value(action, FIELD_action_verified_by), *owner = record_value(action, FIELD_action_owner);
	if (!verifier || !owner || !same_party_value(verifier, owner))
		return;
	struct str what = str_printf(check->arena, "is verified by `%.*s`, who did it", STR_ARG(verifier->reference.id));
	struct diag *diag = report(check, CODE_ACT007, action, FIELD_action_verified_by, str_c(check->arena, what));
	diag_hint(check->diags, diag, "have somebody else verify it");
	diag_relate(check->diags, diag, owner->span, "the owner is here");
}

static void
check_action_cause(const struct check *check, const struct record *action)
{
	int type = record_choice(action, FIELD_action_type);
	if ((type != CHOICE_action_type_corrective && type != CHOICE_action_type_treatment)
	    || !record_lacks(action, FIELD_action_for))
		return;
	for (size_t i = 0; i < action->backlinks.count; i++)
		if (action->backlinks.items[i].field && str_equal(str_from(action->backlinks.items[i].field->name), STR("actions")))
			return;
	bool corrective = type == CHOICE_action_type_corrective;
	struct diag *diag = report(check, CODE_ACT008, action, FIELD_action_type,
	                           corrective ? "is corrective, and does not say what it corrects" : "treats a risk, and does not say which");
	diag_hint(check->diags, diag, "name the %s in `for`", corrective ? "finding or incident" : "risk");
}

static const struct check_rule rules[] = {
	{CODE_FND001, SCOPE_KIND, KIND_finding, check_raised_on},
	{CODE_FND002, SCOPE_KIND, KIND_finding, check_root_cause},
	{CODE_FND003, SCOPE_KIND, KIND_finding, check_late_root_cause},
	{CODE_FND004, SCOPE_KIND, KIND_finding, check_action_in_time}, /* and FND005 */
	{CODE_FND006, SCOPE_KIND, KIND_finding, check_action_due},
	{CODE_FND007, SCOPE_KIND, KIND_finding, check_correction},
	{CODE_FND008, SCOPE_KIND, KIND_finding, check_similar},
	{CODE_FND009, SCOPE_KIND, KIND_finding, check_verification},
	{CODE_FND010, SCOPE_KIND, KIND_finding, check_closing},
	{CODE_FND011, SCOPE_KIND, KIND_finding, check_finding_dates},
	{CODE_FND012, SCOPE_KIND, KIND_finding, check_finding_verifier},
	{CODE_FND013, SCOPE_KIND, KIND_finding, check_closed_with_open_action},
	{CODE_FND014, SCOPE_KIND, KIND_finding, check_observation},
	{CODE_FND015, SCOPE_KIND, KIND_finding, check_requirement},
	{CODE_FND016, SCOPE_KIND, KIND_finding, check_finding_owner},
	{CODE_FND017, SCOPE_KIND, KIND_finding, check_source},
	{CODE_FND018, SCOPE_KIND, KIND_finding, check_finding_status},
	{CODE_FND019, SCOPE_KIND, KIND_finding, check_closed_without_action},
	{CODE_ACT001, SCOPE_KIND, KIND_action, check_action_day}, /* and ACT009 */
	{CODE_ACT002, SCOPE_KIND, KIND_action, check_action_owner},
	{CODE_ACT003, SCOPE_KIND, KIND_action, check_action_due_is_set},
	{CODE_ACT004, SCOPE_KIND, KIND_action, check_action_verified},
	{CODE_ACT005, SCOPE_KIND, KIND_action, check_ineffective},
	{CODE_ACT006, SCOPE_KIND, KIND_action, check_action_dates},
	{CODE_ACT007, SCOPE_KIND, KIND_action, check_action_verifier},
	{CODE_ACT008, SCOPE_KIND, KIND_action, check_action_cause},
};

const struct check_family finding_family = {rules, sizeof rules / sizeof *rules};
