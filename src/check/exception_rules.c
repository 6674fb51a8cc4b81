/* EXC: approved deviations. What they hold back is suspension.c's; entries of a baseline are baseline.c's. */
#include "check/families.h"
#include "check/rule.h"
#include "check/suspension.h"

static void
check_end(const struct check *check, const struct record *exception)
{
	rule_require(check, CODE_EXC003, exception, FIELD_exception_expires, "has no end, so it holds nothing back",
	             "add `expires` with the day on which it ends");
	struct date expires = record_date(exception, FIELD_exception_expires);
	struct date notice = date_add(check->site->today, check->site->config->limits.notice, 1);
	if (rule_is_past(check, expires)) {
		struct diag *diag = rule_report(check, CODE_EXC001, exception, FIELD_exception_expires, "exception `%.*s` expired on %.*s",
		                                STR_ARG(record_label(exception)), STR_ARG(date_text(check->arena, expires)));
		diag_hint(check->diags, diag, "end the deviation and take the exception out, or have it approved anew with a later `expires`");
	} else if (date_is_set(expires) && date_compare(expires, notice) <= 0) {
		struct diag *diag = rule_report(check, CODE_EXC009, exception, FIELD_exception_expires, "exception `%.*s` expires on %.*s",
		                                STR_ARG(record_label(exception)), STR_ARG(date_text(check->arena, expires)));
		diag_hint(check->diags, diag, "end the deviation before that day, or have it approved anew");
	}
}

static void
check_approval(const struct check *check, const struct record *exception)
{
	rule_require(check, CODE_EXC002, exception, FIELD_exception_approved_by, "is not approved, so it holds nothing back",
	             "have it approved, and add `approved_by`");
}

static void
check_approver(const struct check *check, const struct record *exception)
{
	const struct record *approver = record_reference(exception, FIELD_exception_approved_by);
	const struct record *owner = record_reference(exception, FIELD_exception_owner);
	if (!approver || !owner || !same_party(approver, owner))
		return;
	struct diag *diag = rule_report(check, CODE_EXC007, exception, FIELD_exception_approved_by,
	                                "exception `%.*s` is approved by the one who needs it", STR_ARG(record_label(exception)));
	diag_hint(check->diags, diag, "have it approved by somebody else");
	diag_relate(check->diags, diag, record_field_span(exception, FIELD_exception_owner), "the owner");
}

static void
check_days(const struct check *check, const struct record *exception)
{
	struct date approved = record_date(exception, FIELD_exception_approved_on);
	struct date expires = record_date(exception, FIELD_exception_expires);
	bool backwards = date_is_set(approved) && date_is_set(expires) && date_compare(approved, expires) > 0;
	if (!backwards && !rule_is_future(check, approved))
		return;
	struct diag *diag = rule_report(check, CODE_EXC008, exception, FIELD_exception_approved_on,
	                                backwards ? "exception `%.*s` was approved on %.*s, after its end"
	                                          : "exception `%.*s` was approved on %.*s, which is still to come",
	                                STR_ARG(record_label(exception)), STR_ARG(date_text(check->arena, approved)));
	diag_hint(check->diags, diag, "correct the day of the approval");
	if (backwards)
		diag_relate(check->diags, diag, record_field_span(exception, FIELD_exception_expires), "the end");
}

/* ---- what it deviates from ---- */

static void
report_unknown_rule(const struct check *check, const struct record *from)
{
	struct str names[CODE_COUNT], rule = record_text(from, FIELD_exception_subject_rule);
	for (int code = 0; code < CODE_COUNT; code++)
		names[code] = str_from(code_text((enum code)code)->code);
	struct diag *diag = rule_report(check, CODE_EXC005, from, FIELD_exception_subject_rule, "there is no rule `%.*s`", STR_ARG(rule));
	struct str nearest = str_nearest(rule, names, CODE_COUNT);
	if (nearest.size)
		diag_hint(check->diags, diag, "did you mean `%.*s`?", STR_ARG(nearest));
	else
		diag_hint(check->diags, diag, "write the code that the finding shows, such as `SOA003`");
}

static void
check_rule(const struct check *check, const struct record *from)
{
	enum code code = suspension_code(from);
	if (code == CODE_COUNT) {
		report_unknown_rule(check, from);
	} else if (code_is_about_exceptions(code)) {
		struct diag *diag = rule_report(check, CODE_EXC005, from, FIELD_exception_subject_rule,
		                                "rule `%s` is about exceptions, and none can hold it back", code_text(code)->code);
		diag_hint(check->diags, diag, "mend what the rule finds");
	}
}

static struct str
nearest_subject(const struct check *check, struct str subject)
{
	str_vec names = {0};
	const struct site *site = check->site;
	for (size_t i = 0; i < site->ids.entries.count; i++)
		vec_push(check->arena, &names, site->ids.entries.items[i].key);
	for (size_t i = 0; i < site->catalogue->control_count; i++)
		vec_push(check->arena, &names, site->catalogue->controls[i].id);
	return str_nearest(subject, names.items, names.count);
}

/* Suggestions cost a comparison with every id, so only so many are made. */
enum { SUGGESTIONS_MAX = 50 };

static void
check_subject(const struct check *check, const struct record *from, int *suggestions)
{
	struct str subject = record_text(from, FIELD_exception_subject_subject);
	if (!subject.size || !rule_kind_is_whole(check, RULE_ANY) || suspension_subject_exists(check->site, subject))
		return;
	struct diag *diag = rule_report(check, CODE_EXC006, from, FIELD_exception_subject_subject,
	                                "there is nothing called `%.*s` that a finding could be about", STR_ARG(subject));
	struct str nearest = (*suggestions)++ < SUGGESTIONS_MAX ? nearest_subject(check, subject) : STR("");
	if (nearest.size)
		diag_hint(check->diags, diag, "did you mean `%.*s`?", STR_ARG(nearest));
	else
		diag_hint(check->diags, diag, "write the id of a record, a control, or the path of a file, as the finding shows it");
}

static void
check_target(const struct check *check, const struct record *exception, const struct record *from, int *suggestions)
{
	struct diag *diag;
	if (from->document->broken)
		return;
	switch (suspension_target(from)) {
	case SUSPENSION_NOTHING:
		if (!record_lacks(from, FIELD_exception_subject_rule) || !record_lacks(from, FIELD_exception_subject_subject) ||
		    !record_lacks(from, FIELD_exception_subject_reference))
			return;
		diag = rule_report(check, CODE_EXC004, exception, FIELD_exception_from, "exception `%.*s` does not say what it deviates from",
		                   STR_ARG(record_label(exception)));
		diag_hint(check->diags, diag, "write `reference` with a control or a document, or `rule` and `subject`");
		return;
	case SUSPENSION_INCOMPLETE:
		diag = rule_report(check, CODE_EXC004, exception, FIELD_exception_from, "exception `%.*s` names a %s",
		                   STR_ARG(record_label(exception)),
		                   record_value(from, FIELD_exception_subject_rule) ? "rule, but no subject" : "subject, but no rule");
		diag_hint(check->diags, diag, "write both `rule` and `subject`, or `reference` for a whole record, document or control");
		break;
	case SUSPENSION_RULE:
	case SUSPENSION_REFERENCE:
		break;
	}
	if (record_value(from, FIELD_exception_subject_rule))
		check_rule(check, from);
	check_subject(check, from, suggestions);
}

static void
check_targets(const struct check *check, const struct record *record)
{
	(void)record;
	const record_vec *all = site_records(check->site, KIND_exception);
	int suggestions = 0;
	for (size_t i = 0; i < all->count; i++) {
		const struct record *from = record_part(all->items[i], FIELD_exception_from);
		if (from)
			check_target(check, all->items[i], from, &suggestions);
	}
}

static const struct check_rule rules[] = {
	{CODE_EXC001, SCOPE_KIND, KIND_exception, check_end}, /* with EXC003 and EXC009 */
	{CODE_EXC002, SCOPE_KIND, KIND_exception, check_approval},
	{CODE_EXC004, SCOPE_SITE, 0, check_targets}, /* with EXC005 and EXC006 */
	{CODE_EXC007, SCOPE_KIND, KIND_exception, check_approver},
	{CODE_EXC008, SCOPE_KIND, KIND_exception, check_days},
};

const struct check_family exception_family = {rules, sizeof rules / sizeof *rules};
