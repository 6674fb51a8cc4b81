#include "check/check.h"

#include "check/families.h"
#include "check/suspension.h"

static const struct check_family *const families[] = {
#define FAMILY(name) &name##_family,
#include "check/families.def"
#undef FAMILY
	NULL
};

static void
run_rule(const struct check *check, const struct check_rule *rule)
{
	const struct site *site = check->site;
	switch (rule->scope) {
	case SCOPE_SITE:
		rule->function(check, NULL);
		break;
	case SCOPE_KIND: {
		const record_vec *records = &site->by_kind[rule->kind];
		for (size_t i = 0; i < records->count; i++)
			rule->function(check, records->items[i]);
		break;
	}
	case SCOPE_DOCUMENTS:
		for (size_t i = 0; i < site->documents.count; i++)
			rule->function(check, site->documents.items[i]->self);
		break;
	}
}

static void
run_rules(const struct check *check)
{
	for (size_t i = 0; families[i]; i++)
		for (size_t j = 0; j < families[i]->count; j++)
			run_rule(check, &families[i]->rules[j]);
}

bool
code_is_fixed(enum code code)
{
	static const char *const fixed[] = {"SOA003", "SOA004"};
	struct str name = str_from(code_text(code)->code);
	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
		if (str_equal(name, str_from(fixed[i])))
			return true;
	return false;
}

/* What site.yaml makes of a finding: a severity that it does not change leaves the rule's own word. */
static enum severity
configured_severity(const struct config *config, const struct diag *diag)
{
	enum severity standard = code_text(diag->code)->severity, wanted = config->severities[diag->code];
	if (wanted == standard || (code_is_fixed(diag->code) && wanted < standard))
		return diag->severity;
	return wanted;
}

void
check_apply_severities(const struct config *config, struct diag_list *diags)
{
	size_t kept = 0;
	for (size_t i = 0; i < diags->items.count; i++) {
		struct diag *diag = diags->items.items[i];
		diag->severity = configured_severity(config, diag);
		if (diag->severity != SEVERITY_OFF)
			diags->items.items[kept++] = diag;
	}
	diags->items.count = kept;
}

void
check_site(const struct site *site, struct diag_list *diags)
{
	struct check check = {site, diags, diags->arena};
	run_rules(&check);
	exceptions_apply(site, diags, diags->arena);
	check_apply_severities(site->config, diags);
	diag_list_sort(diags);
}
