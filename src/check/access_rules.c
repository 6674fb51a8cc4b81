/* ACC: reviews of access rights (A.5.18, A.8.2). */
#include "check/families.h"
#include "check/rule.h"
#include "model/metric.h"

/* ---- one review ---- */

static struct date
reviewed_on(const struct record *review)
{
	return record_date(review, FIELD_access_review_reviewed_on);
}

static void
check_due(const struct check *check, const struct record *review)
{
	struct date due = record_date(review, FIELD_access_review_due);
	if (!record_lacks(review, FIELD_access_review_reviewed_on) || !rule_is_past(check, due))
		return;
	struct diag *diag = rule_report(check, CODE_ACC001, review, FIELD_access_review_due,
	                                "access review `%.*s` was due on %.*s and has not been held", STR_ARG(record_label(review)),
	                                STR_ARG(date_text(check->arena, due)));
	diag_hint(check->diags, diag, "hold it, and add `reviewed_on`, `reviewer` and the numbers");
}

static int64_t
count_of(const struct record *review, int field)
{
	const struct value *value = record_value(review, field);
	return value ? value->integer : 0;
}

static bool
counts_are_impossible(const struct record *review)
{
	const struct value *accounts = record_value(review, FIELD_access_review_accounts);
	return accounts && (count_of(review, FIELD_access_review_expired) > accounts->integer ||
	                    count_of(review, FIELD_access_review_inactive) > accounts->integer);
}

/* Accounts that should be gone and are not: those expired first, they must go without question. */
static void
check_revoked(const struct check *check, const struct record *review)
{
	int64_t expired = count_of(review, FIELD_access_review_expired), idle = count_of(review, FIELD_access_review_inactive);
	int64_t revoked = count_of(review, FIELD_access_review_revoked);
	const struct value *written = record_written(review, FIELD_access_review_revoked);
	if ((written && written->state == VALUE_INVALID) || review->document->broken || counts_are_impossible(review))
		return;
	bool expired_stay = revoked < expired;
	if (!expired_stay && revoked >= expired + idle)
		return;
	int field = expired_stay ? FIELD_access_review_expired : FIELD_access_review_inactive;
	struct diag *diag = rule_report(check, expired_stay ? CODE_ACC004 : CODE_ACC005, review, field,
	                                "access review `%.*s` found %lld expired and %lld idle accounts, and %lld were revoked",
	                                STR_ARG(record_label(review)), (long long)expired, (long long)idle, (long long)revoked);
	diag_hint(check->diags, diag,
	          expired_stay ? "revoke the accounts, and set `revoked`"
	                       : "revoke the idle accounts and set `revoked`, or count only those that nobody needs in `inactive`");
	if (written)
		diag_relate(check->diags, diag, written->span, "accounts taken away");
}

static const struct value *
right_to_change(const value_vec *rights)
{
	for (size_t i = 0; i < rights->count; i++)
		if (!str_equal_ignore_case(rights->items[i].text, STR("read")) &&
		    !str_equal_ignore_case(rights->items[i].text, STR("audit")))
			return &rights->items[i];
	return NULL;
}

/* REVIEWER, the persons who hold it, and the roles that it holds. */
static record_vec
one_with(const struct check *check, const struct record *reviewer)
{
	record_vec all = {0};
	bool role = reviewer->kind->index == KIND_role;
	const struct value *held = record_value(reviewer, role ? FIELD_role_holder : FIELD_person_roles);
	vec_push(check->arena, &all, reviewer);
	for (size_t i = 0; i < value_count(held); i++)
		if (value_item(held, i)->reference.type == REFERENCE_RECORD)
			vec_push(check->arena, &all, value_item(held, i)->reference.record);
	for (size_t i = 0; i < reviewer->backlinks.count; i++) {
		const struct record *from = reviewer->backlinks.items[i].from;
		if ((from->kind->index == KIND_role || from->kind->index == KIND_person) && same_party(from, reviewer))
			vec_push(check->arena, &all, from);
	}
	return all;
}

/* A right to change something in ASSET that one of them has. */
static const struct value *
own_right(const record_vec *people, const struct record *asset, const struct record **holder)
{
	for (size_t i = 0; i < people->count; i++) {
		const value_vec *rights;
		const struct value *right = permissions_name(people->items[i], asset, &rights) ? right_to_change(rights) : NULL;
		*holder = people->items[i];
		if (right)
			return right;
	}
	return NULL;
}

static void
check_reviewer(const struct check *check, const struct record *review)
{
	const struct record *reviewer = record_reference(review, FIELD_access_review_reviewer), *holder = NULL;
	const struct record *system = record_reference(review, FIELD_access_review_system);
	if (date_is_set(reviewed_on(review)))
		rule_require(check, CODE_ACC007, review, FIELD_access_review_reviewer, "does not say who reviewed",
		             "add `reviewer` with a person or a role");
	if (!reviewer || !system || (reviewer->kind->index != KIND_person && reviewer->kind->index != KIND_role))
		return;
	record_vec people = one_with(check, reviewer);
	const struct value *right = own_right(&people, system, &holder);
	if (!right)
		return;
	struct diag *diag = rule_report(check, CODE_ACC006, review, FIELD_access_review_reviewer,
	                                "`%.*s` reviewed rights of their own: `%.*s` in `%.*s`", STR_ARG(record_label(reviewer)),
	                                STR_ARG(right->text), STR_ARG(record_label(system)));
	diag_hint(check->diags, diag, "have the rights reviewed by somebody who does not hold them");
	diag_relate(check->diags, diag, right->span, "the right of `%.*s`", STR_ARG(record_label(holder)));
}

static void
check_counts(const struct check *check, const struct record *review)
{
	static const int fields[] = {FIELD_access_review_expired, FIELD_access_review_inactive, FIELD_access_review_revoked};
	if (date_is_set(reviewed_on(review)))
		rule_require(check, CODE_ACC009, review, FIELD_access_review_accounts, "does not say how many accounts were looked at",
		             "add `accounts`, `expired`, `inactive` and `revoked`");
	const struct value *accounts = record_value(review, FIELD_access_review_accounts);
	for (size_t i = 0; accounts && i < sizeof fields / sizeof *fields; i++) {
		if (count_of(review, fields[i]) <= accounts->integer)
			continue;
		struct diag *diag = rule_report(check, CODE_ACC008, review, fields[i],
		                                "`%s` of `%.*s` is more than the %lld accounts that were looked at",
		                                review->kind->fields[fields[i]]->name, STR_ARG(record_label(review)),
		                                (long long)accounts->integer);
		diag_hint(check->diags, diag, "correct one of the numbers");
		diag_relate(check->diags, diag, accounts->span, "accounts looked at");
	}
}

static void
check_days(const struct check *check, const struct record *review)
{
	struct date held = reviewed_on(review);
	if (rule_is_future(check, held)) {
		struct diag *diag = rule_report(check, CODE_ACC010, review, FIELD_access_review_reviewed_on,
		                                "access review `%.*s` was held on %.*s, which is still to come",
		                                STR_ARG(record_label(review)), STR_ARG(date_text(check->arena, held)));
		diag_hint(check->diags, diag, "write the day as `due` until it has been held");
	} else if (record_lacks(review, FIELD_access_review_due)) {
		rule_require(check, CODE_ACC011, review, FIELD_access_review_reviewed_on, "has no day: it is neither held nor planned",
		             "add `reviewed_on`, or `due` while it is planned");
	}
}

/* ---- systems and their reviews ---- */

struct reviews {
	const struct record *last;    /* held, the newest */
	const struct record *overdue; /* planned, and its day has passed */
	bool unread;                  /* one has a day that could not be read */
};

static struct reviews
reviews_of(const struct check *check, const struct record *system)
{
	struct reviews all = {0};
	for (size_t i = 0; i < system->backlinks.count; i++) {
		const struct record *review = system->backlinks.items[i].from;
		if (review->kind->index != KIND_access_review || record_reference(review, FIELD_access_review_system) != system)
			continue;
		struct date held = reviewed_on(review);
		if (!date_is_set(held) && !record_lacks(review, FIELD_access_review_reviewed_on))
			all.unread = true;
		else if (!date_is_set(held) && rule_is_past(check, record_date(review, FIELD_access_review_due)))
			all.overdue = review;
		if (date_is_set(held) && (!all.last || date_compare(held, reviewed_on(all.last)) > 0))
			all.last = review;
	}
	return all;
}

static void
report_old(const struct check *check, const struct record *system, const struct record *last)
{
	struct period every = check->site->config->limits.access_review;
	struct date due = date_add(reviewed_on(last), every, 1);
	if (!rule_is_past(check, due))
		return;
	struct diag *diag = rule_report(check, CODE_ACC002, last, FIELD_access_review_reviewed_on,
	                                "access to `%.*s` was last reviewed on %.*s; the next review was due on %.*s",
	                                STR_ARG(system->title), STR_ARG(date_text(check->arena, reviewed_on(last))),
	                                STR_ARG(date_text(check->arena, due)));
	diag_hint(check->diags, diag, "review it at least every %.*s, and record each review", STR_ARG(period_text(check->arena, every)));
	diag_relate(check->diags, diag, system->span, "the system");
}

static void
report_never(const struct check *check, const struct record *system)
{
	struct diag *diag = rule_report(check, CODE_ACC003, system, RULE_RECORD,
	                                "`%.*s` is a system in use, and access to it has never been reviewed", STR_ARG(system->title));
	diag_hint(check->diags, diag, "review its accounts, and record that as `kind: access-review`");
}

/* Nothing at all is one finding, not one for each system. */
static void
report_no_reviews(const struct check *check, const record_vec *systems)
{
	const struct document *document = systems->items[0]->document;
	struct diag *diag = diag_add(check->diags, CODE_ACC003, document->entries.source ? document->entries : document->self->span,
	                             document->self->subject, "%zu systems are in use, and access to none of them has been reviewed",
	                             systems->count);
	diag_hint(check->diags, diag, "review their accounts, and record that as `kind: access-review`");
}

static void
check_systems(const struct check *check, const struct record *record)
{
	(void)record;
	record_vec systems = {0};
	if (!rule_kind_is_whole(check, KIND_access_review) ||
	    rule_kind_dangles(check, KIND_access_review, FIELD_access_review_system))
		return;
	systems_in_use(check->site, check->arena, &systems);
	if (systems.count > 1 && !site_records(check->site, KIND_access_review)->count) {
		report_no_reviews(check, &systems);
		return;
	}
	for (size_t i = 0; i < systems.count; i++) {
		struct reviews reviews = reviews_of(check, systems.items[i]);
		if (reviews.overdue || reviews.unread)
			continue;
		if (reviews.last)
			report_old(check, systems.items[i], reviews.last);
		else
			report_never(check, systems.items[i]);
	}
}

static const struct check_rule rules[] = {
	{CODE_ACC001, SCOPE_KIND, KIND_access_review, check_due},
	{CODE_ACC002, SCOPE_SITE, 0, check_systems}, /* with ACC003 */
	{CODE_ACC004, SCOPE_KIND, KIND_access_review, check_revoked}, /* with ACC005 */
	{CODE_ACC006, SCOPE_KIND, KIND_access_review, check_reviewer}, /* with ACC007 */
	{CODE_ACC008, SCOPE_KIND, KIND_access_review, check_counts}, /* with ACC009 */
	{CODE_ACC010, SCOPE_KIND, KIND_access_review, check_days}, /* with ACC011 */
};

const struct check_family access_family = {rules, sizeof rules / sizeof *rules};
