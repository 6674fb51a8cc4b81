/* CLS: the documented information of clauses 4 to 10, one finding an item at most. */
#include "check/documented_information.h"
#include "check/families.h"

enum { RELATED_MAX = 3 };

static struct span
nearest_span(const struct information_status *status)
{
	return status->shown.count ? status->shown.items[0]->span : (struct span){0};
}

/* What only comes near is not the subject: an exception for it says nothing of what is missing. */
static struct str
item_subject(const struct information_status *status)
{
	return status->found ? status->shown.items[0]->subject : status->item->name;
}

static void
report(const struct check *check, const struct information_status *status)
{
	struct str place = documented_information_place(status->item, check->arena);
	struct str title = status->item->title;
	struct diag *diag = status->state == INFORMATION_MISSING
		? diag_add(check->diags, status->code, nearest_span(status), item_subject(status),
		           "documented information of %.*s is missing: %.*s", STR_ARG(place), STR_ARG(title))
		: diag_add(check->diags, status->code, nearest_span(status), item_subject(status),
		           "documented information of %.*s, %.*s: %.*s", STR_ARG(place), STR_ARG(title), STR_ARG(status->problem));
	diag_hint(check->diags, diag, "%s", status->hint);
	for (size_t i = 1; i < status->shown.count && i <= RELATED_MAX; i++)
		diag_relate(check->diags, diag, status->shown.items[i]->span, "`%.*s` does not satisfy it either",
		            STR_ARG(status->shown.items[i]->subject));
}

/* One call for the whole table: the items rest on each other. */
static void
check_documented_information(const struct check *check, const struct record *none)
{
	(void)none;
	const struct information_status *statuses = documented_information_assess(check->site, check->arena);
	for (size_t i = 0; i < INFORMATION_COUNT; i++) {
		bool lacking = statuses[i].state == INFORMATION_MISSING || statuses[i].state == INFORMATION_INCOMPLETE;
		if (lacking && !statuses[i].told_elsewhere)
			report(check, &statuses[i]);
	}
}

static const struct check_rule rules[] = {
	{CODE_CLS001, SCOPE_SITE, 0, check_documented_information},
};

const struct check_family clause_family = {rules, sizeof rules / sizeof *rules};
