/* The rules: each is one row of a table, takes a const site and adds findings. */
#ifndef ISMARK_CHECK_CHECK_H
#define ISMARK_CHECK_CHECK_H

#include "diag/diag.h"
#include "model/site.h"

struct check {
	const struct site *site;
	struct diag_list *diags;
	struct arena *arena; /* for texts of findings; lives as long as the findings */
};

/* A row: for SCOPE_SITE the function is called once with RECORD NULL, for SCOPE_KIND once for each record of
 * KIND, for SCOPE_DOCUMENTS once for each document's self. Several rows may share a code. */
enum check_scope { SCOPE_SITE, SCOPE_KIND, SCOPE_DOCUMENTS };

struct check_rule {
	enum code code;
	enum check_scope scope;
	int kind;
	void (*function)(const struct check *check, const struct record *record);
};

/* One table a family: soa_rules.c, risk_rules.c …; check.c lists the families. */
struct check_family {
	const struct check_rule *rules;
	size_t count;
};

/* True for missing justifications of the Statement of Applicability (6.1.3 d): errors that site.yaml cannot lower. */
bool
code_is_fixed(enum code code);

/* Gives findings the severity of site.yaml and drops those that are off; changes nothing the second time. */
void
check_apply_severities(const struct config *config, struct diag_list *diags);

/* Runs every rule; then applies severities (errors that site.yaml may not lower stay errors) and exceptions,
 * and sorts. */
void
check_site(const struct site *site, struct diag_list *diags);

#endif
