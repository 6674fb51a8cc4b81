/* SUP: suppliers (A.5.19 to A.5.23). */
#include "check/families.h"
#include "check/rule.h"

static bool
is_important(const struct record *supplier)
{
	int criticality = record_choice(supplier, FIELD_supplier_criticality);
	return criticality == CHOICE_severity_level_critical || criticality == CHOICE_severity_level_high;
}

static void
check_assessment(const struct check *check, const struct record *supplier)
{
	rule_require(check, CODE_SUP001, supplier, FIELD_supplier_assessed_on, "has never been assessed",
	             "assess its security, and add `assessed_on`");
	struct date assessed = record_date(supplier, FIELD_supplier_assessed_on);
	struct period every = record_period(supplier, FIELD_supplier_assess_every);
	if (!date_is_set(assessed))
		return;
	struct date due = date_add(assessed, every.count ? every : check->site->config->limits.supplier_assessment, 1);
	if (!rule_is_past(check, due))
		return;
	struct diag *diag = rule_report(check, CODE_SUP002, supplier, FIELD_supplier_assessed_on,
	                                "supplier `%.*s` was last assessed on %.*s; the next assessment was due on %.*s",
	                                STR_ARG(record_label(supplier)), STR_ARG(date_text(check->arena, assessed)),
	                                STR_ARG(date_text(check->arena, due)));
	diag_hint(check->diags, diag, "assess it again, and set `assessed_on`");
	if (every.count)
		diag_relate(check->diags, diag, record_field_span(supplier, FIELD_supplier_assess_every), "how often it is to be assessed");
}

/* Words that say that there is none. */
static bool
denies_agreement(struct str text)
{
	static const char *const words[] = {"no", "none", "not signed", "unsigned", "pending", "missing", "open", "not yet"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_equal_ignore_case(text, str_from(words[i])))
			return true;
	return false;
}

static void
check_agreement(const struct check *check, const struct record *supplier)
{
	const char *hint = "agree on security terms with it, and name the contract in `agreement`";
	struct str agreement = record_text(supplier, FIELD_supplier_agreement);
	rule_require(check, CODE_SUP003, supplier, FIELD_supplier_agreement, "has no agreement on information security", hint);
	if (!denies_agreement(agreement))
		return;
	struct diag *diag = rule_report(check, CODE_SUP003, supplier, FIELD_supplier_agreement,
	                                "supplier `%.*s` has no agreement on information security: `%.*s`",
	                                STR_ARG(record_label(supplier)), STR_ARG(agreement));
	diag_hint(check->diags, diag, "%s", hint);
}

static void
check_controls(const struct check *check, const struct record *supplier)
{
	if (!is_important(supplier))
		return;
	struct diag *diag = rule_require(check, CODE_SUP004, supplier, FIELD_supplier_controls,
	                                 "is important, but no control governs it",
	                                 "add `controls` with the controls that its risks call for, such as A.5.19 to A.5.23");
	if (diag)
		diag_relate(check->diags, diag, record_field_span(supplier, FIELD_supplier_criticality), "its criticality");
}

static void
check_criticality(const struct check *check, const struct record *supplier)
{
	rule_require(check, CODE_SUP005, supplier, FIELD_supplier_criticality, "has no criticality",
	             "add `criticality`: critical, high, medium or low");
}

static void
check_owner(const struct check *check, const struct record *supplier)
{
	rule_require(check, CODE_SUP006, supplier, FIELD_supplier_owner, "has nobody who manages the relationship",
	             "add `owner` with a person or a role");
}

static void
check_future(const struct check *check, const struct record *supplier)
{
	struct date assessed = record_date(supplier, FIELD_supplier_assessed_on);
	if (!rule_is_future(check, assessed))
		return;
	struct diag *diag = rule_report(check, CODE_SUP007, supplier, FIELD_supplier_assessed_on,
	                                "supplier `%.*s` was assessed on %.*s, which is still to come",
	                                STR_ARG(record_label(supplier)), STR_ARG(date_text(check->arena, assessed)));
	diag_hint(check->diags, diag, "write the day of the last assessment that was made");
}

static const struct check_rule rules[] = {
	{CODE_SUP001, SCOPE_KIND, KIND_supplier, check_assessment}, /* with SUP002 */
	{CODE_SUP003, SCOPE_KIND, KIND_supplier, check_agreement},
	{CODE_SUP004, SCOPE_KIND, KIND_supplier, check_controls},
	{CODE_SUP005, SCOPE_KIND, KIND_supplier, check_criticality},
	{CODE_SUP006, SCOPE_KIND, KIND_supplier, check_owner},
	{CODE_SUP007, SCOPE_KIND, KIND_supplier, check_future},
};

const struct check_family supplier_family = {rules, sizeof rules / sizeof *rules};
