/* DOC: document control (7.5), review dates, approval, classification. */
#include "check/document_control.h"
#include "check/duties.h"
#include "check/corrective.h"
#include "check/families.h"
#include "check/wording.h"

/* Absences mean nothing in a file that could not be read; a retired document is nobody's work any more. */
static bool
is_judged(const struct record *self)
{
	return !self->document->broken && !document_is_retired(self)
	       && (document_is_controlled(self) || document_is_register(self));
}

static bool
is_draft(const struct record *self)
{
	int status = record_choice(self, FIELD_document_status);
	return status == CHOICE_document_status_draft || status == CHOICE_document_status_review;
}

static struct diag *
report_absence(const struct check *check, enum code code, const struct record *self, int field, const char *what)
{
	return diag_add(check->diags, code, record_field_span(self, field), self->subject, "`%.*s` has no %s%.*s",
	                STR_ARG(self->subject), what, STR_ARG(placeholder_text(check->arena, self, field)));
}

static void
check_owner(const struct check *check, const struct record *self)
{
	if (!is_judged(self) || !record_lacks(self, FIELD_document_owner))
		return;
	struct diag *diag = report_absence(check, CODE_DOC001, self, FIELD_document_owner, "owner");
	diag_hint(check->diags, diag, "name the role or person who answers for it: `owner: ROLE-…`");
}

static void
check_version(const struct check *check, const struct record *self)
{
	if (!is_judged(self) || document_is_register(self) || !record_lacks(self, FIELD_document_version))
		return;
	struct diag *diag = report_absence(check, CODE_DOC002, self, FIELD_document_version, "version");
	diag_hint(check->diags, diag, "give it one, and raise it with every change: `version: 1.0`");
}

static void
check_status(const struct check *check, const struct record *self)
{
	if (!is_judged(self) || document_is_register(self) || !record_lacks(self, FIELD_document_status))
		return;
	struct diag *diag = report_absence(check, CODE_DOC003, self, FIELD_document_status, "status");
	diag_hint(check->diags, diag, "say where it stands: `status: draft`, `review`, `approved` or `retired`");
}

static void
check_approval(const struct check *check, const struct record *self)
{
	if (!is_judged(self) || !document_is_approved(self))
		return;
	bool nobody = record_lacks(self, FIELD_document_approved_by), never = record_lacks(self, FIELD_document_approved_on);
	if (!nobody && !never)
		return;
	struct diag *diag = diag_add(check->diags, CODE_DOC004, record_field_span(self, FIELD_document_status), self->subject,
	                             "`%.*s` is approved, but does not say %s", STR_ARG(self->subject),
	                             !never ? "by whom" : !nobody ? "when" : "by whom and when");
	diag_hint(check->diags, diag, "%s, or set `status: draft`", !never ? "add `approved_by`" : !nobody ? "add `approved_on`"
	                                                                     : "add `approved_by` and `approved_on`");
}

static void
check_draft_with_approval(const struct check *check, const struct record *self)
{
	int field = record_value(self, FIELD_document_approved_on) ? FIELD_document_approved_on : FIELD_document_approved_by;
	if (!is_judged(self) || !is_draft(self) || !record_value(self, field))
		return;
	struct diag *diag = diag_add(check->diags, CODE_DOC005, record_field_span(self, field), self->subject,
	                             "`%.*s` names its approval, yet its status is `%.*s`", STR_ARG(self->subject),
	                             STR_ARG(record_text(self, FIELD_document_status)));
	diag_hint(check->diags, diag, "set `status: approved`, or leave `%s` out until it is",
	          self->kind->fields[field]->name);
	diag_relate(check->diags, diag, record_field_span(self, FIELD_document_status), "the status is here");
}

/* ---- reviews ---- */

/* The field from which the day of the next review comes. */
static int
review_field(const struct record *self)
{
	static const int fields[] = {FIELD_document_next_review, FIELD_document_reviewed_on, FIELD_document_approved_on};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (record_value(self, fields[i]))
			return fields[i];
	return FIELD_document_next_review;
}

/* Minutes and reports are records: they are reviewed only where they say so. */
static bool
is_reviewed(const struct record *self)
{
	return self->document->form != DOCUMENT_RECORD || record_value(self, FIELD_document_review_every)
	       || record_value(self, FIELD_document_next_review);
}

static void
check_review(const struct check *check, const struct record *self)
{
	const struct site *site = check->site;
	if (!is_judged(self) || is_draft(self) || !is_reviewed(self))
		return;
	struct date next = document_next_review(site, self);
	bool overdue = date_is_past(site, next);
	if (!date_is_set(next) || date_is_future(site, date_add(next, site->config->limits.notice, -1)))
		return;
	int32_t days = date_difference(overdue ? next : site->today, overdue ? site->today : next);
	struct diag *diag = diag_add(check->diags, overdue ? CODE_DOC006 : CODE_DOC007,
	                             record_field_span(self, review_field(self)), self->subject,
	                             overdue ? "the review of `%.*s` was due on %.*s, %d day%s ago"
	                                     : "the review of `%.*s` is due on %.*s, in %d day%s",
	                             STR_ARG(self->subject), STR_ARG(date_text(check->arena, next)), (int)days,
	                             days == 1 ? "" : "s");
	diag_hint(check->diags, diag, "review it, then set `reviewed_on`%s",
	          record_value(self, FIELD_document_next_review) ? " and `next_review`" : "");
}

static struct date
review_after(const struct record *self, int field)
{
	struct date date = record_date(self, field);
	return date_is_set(date) ? date_add(date, record_period(self, FIELD_document_review_every), 1) : (struct date){0};
}

/* The next review may be brought forward by the notice, never put off. */
static bool
next_review_fits(const struct check *check, struct date next, struct date expected)
{
	return date_is_set(expected) && date_compare(next, expected) <= 0
	       && date_compare(next, date_add(expected, check->site->config->limits.notice, -1)) >= 0;
}

static void
check_next_review(const struct check *check, const struct record *self)
{
	struct date next = record_date(self, FIELD_document_next_review);
	if (!is_judged(self) || !date_is_set(next) || !record_value(self, FIELD_document_review_every))
		return;
	struct date by_review = review_after(self, FIELD_document_reviewed_on);
	struct date by_approval = review_after(self, FIELD_document_approved_on);
	struct date expected = date_is_set(by_review) ? by_review : by_approval;
	if (!date_is_set(expected) || next_review_fits(check, next, by_review) || next_review_fits(check, next, by_approval))
		return;
	int from = date_is_set(by_review) ? FIELD_document_reviewed_on : FIELD_document_approved_on;
	struct diag *diag = diag_add(check->diags, CODE_DOC008, record_field_span(self, FIELD_document_next_review), self->subject,
	                             "the next review of `%.*s` is set to %.*s, but `%s` and `review_every` make it %.*s",
	                             STR_ARG(self->subject), STR_ARG(date_text(check->arena, next)), self->kind->fields[from]->name,
	                             STR_ARG(date_text(check->arena, expected)));
	diag_hint(check->diags, diag, "set `next_review: %.*s`, or leave it out", STR_ARG(date_text(check->arena, expected)));
	diag_relate(check->diags, diag, record_field_span(self, from), "counted from here");
	diag_relate(check->diags, diag, record_field_span(self, FIELD_document_review_every), "with this period");
}

/* ---- dates ---- */

struct date_order {
	int earlier, later;
	const char *message;
};

static const struct date_order date_orders[] = {
	{FIELD_document_approved_on, FIELD_document_effective_on, "applies from a day before its approval"},
	{FIELD_document_reviewed_on, FIELD_document_next_review, "is to be reviewed before its last review"},
	{FIELD_document_approved_on, FIELD_document_next_review, "is to be reviewed before its approval"},
};

static void
check_date_order(const struct check *check, const struct record *self)
{
	for (size_t i = 0; is_judged(self) && i < sizeof date_orders / sizeof *date_orders; i++) {
		const struct date_order *order = &date_orders[i];
		struct date earlier = record_date(self, order->earlier), later = record_date(self, order->later);
		if (!date_is_set(earlier) || !date_is_set(later) || date_compare(later, earlier) >= 0)
			continue;
		struct diag *diag = diag_add(check->diags, CODE_DOC009, record_field_span(self, order->later), self->subject,
		                             "`%.*s` %s", STR_ARG(self->subject), order->message);
		diag_hint(check->diags, diag, "correct `%s` or `%s`", self->kind->fields[order->later]->name,
		          self->kind->fields[order->earlier]->name);
		diag_relate(check->diags, diag, record_field_span(self, order->earlier), "`%s` is %.*s",
		            self->kind->fields[order->earlier]->name, STR_ARG(date_text(check->arena, earlier)));
		return;
	}
}

static void
check_future_dates(const struct check *check, const struct record *self)
{
	static const int fields[] = {FIELD_document_approved_on, FIELD_document_reviewed_on};
	for (size_t i = 0; is_judged(self) && i < sizeof fields / sizeof *fields; i++) {
		struct date date = record_date(self, fields[i]);
		if (!date_is_future(check->site, date))
			continue;
		struct diag *diag = diag_add(check->diags, CODE_DOC010, record_field_span(self, fields[i]), self->subject,
		                             "`%.*s` was %s on a day to come, %.*s", STR_ARG(self->subject),
		                             fields[i] == FIELD_document_approved_on ? "approved" : "reviewed",
		                             STR_ARG(date_text(check->arena, date)));
		diag_hint(check->diags, diag, "correct the date; today is %.*s", STR_ARG(date_text(check->arena, check->site->today)));
	}
}

/* ---- classification ---- */

static void
check_classification(const struct check *check, const struct record *self)
{
	if (!is_judged(self) || !record_lacks(self, FIELD_document_classification))
		return;
	struct diag *diag = report_absence(check, CODE_DOC011, self, FIELD_document_classification, "classification");
	diag_hint(check->diags, diag, "say who may see it: `classification: internal`");
}

/* The level of a record of any kind that has one, on the scale of documents; -1 for none. A field that only has the
 * word as a synonym speaks of something else. */
static int
record_classification(const struct record *record, const struct record *self, int *field)
{
	const struct choice_list *levels = self->kind->fields[FIELD_document_classification]->choices;
	*field = kind_field(record->kind, STR("classification"));
	if (*field < 0 || record->kind->fields[*field]->choices != levels)
		return -1;
	return record_choice(record, *field);
}

/* A register shows what it says of its records, so it is at least as confidential as the highest of them. */
static void
check_classification_of_entries(const struct check *check, const struct record *self)
{
	const struct document *document = self->document;
	int own = record_choice(self, FIELD_document_classification);
	if (!is_judged(self) || own < 0)
		return;
	const struct record *highest = NULL;
	int highest_field = -1, highest_level = own;
	for (size_t i = 0; i < document->records.count; i++) {
		int field, level = record_classification(document->records.items[i], self, &field);
		if (level > highest_level)
			highest = document->records.items[i], highest_level = level, highest_field = field;
	}
	if (!highest)
		return;
	struct diag *diag = diag_add(check->diags, CODE_DOC012, record_field_span(self, FIELD_document_classification), self->subject,
	                             "`%.*s` is %.*s, yet it includes `%.*s`, which is %.*s", STR_ARG(self->subject),
	                             STR_ARG(record_text(self, FIELD_document_classification)), STR_ARG(highest->subject),
	                             STR_ARG(record_text(highest, highest_field)));
	diag_hint(check->diags, diag, "raise the classification of the register, or keep that record in one of its own");
	diag_relate(check->diags, diag, record_field_span(highest, highest_field), "the record is classified here");
}

/* ---- controls ---- */

static void
check_policy_has_control(const struct check *check, const struct record *self)
{
	if (!is_judged(self) || !record_lacks(self, FIELD_document_controls))
		return;
	for (size_t i = 0; i < self->backlinks.count; i++) {
		size_t kind = self->backlinks.items[i].from->kind->index;
		if (kind == KIND_soa || kind == KIND_control)
			return;
	}
	struct diag *diag = report_absence(check, CODE_DOC013, self, FIELD_document_controls, "control that it implements");
	diag_hint(check->diags, diag, "name the controls in `controls`, so that they lead to the policy");
}

/* A policy that an excluded control needs is told at the SoA's entry. */
static void
check_controls_apply(const struct check *check, const struct record *self)
{
	const struct value *controls = record_value(self, FIELD_document_controls);
	for (size_t i = 0; is_judged(self) && self->kind->index != KIND_policy && i < value_count(controls); i++) {
		const struct value *value = value_item(controls, i);
		const struct control *control = value->state == VALUE_OK ? value->reference.control : NULL;
		const struct control_state *state = control ? site_control(check->site, control) : NULL;
		if (!state || !state->soa || soa_is_applicable(state->soa) != 0)
			continue;
		struct diag *diag = diag_add(check->diags, CODE_DOC014, value->span, self->subject,
		                             "`%.*s` implements `%.*s`, which does not apply", STR_ARG(self->subject),
		                             STR_ARG(control->id));
		diag_hint(check->diags, diag, "take the control out of `controls`, or decide in the SoA that it applies");
		diag_relate(check->diags, diag, state->soa->span, "the SoA leaves it out here");
	}
}

/* ---- approval ---- */

static void
check_policy_approver(const struct check *check, const struct record *self)
{
	const struct record *approver = record_reference(self, FIELD_document_approved_by);
	if (!is_judged(self) || !document_is_approved(self) || !approver || !document_is_information_security_policy(self)
	    || !site_names_top_management(check->site) || party_is_top_management(approver))
		return;
	struct diag *diag = diag_add(check->diags, CODE_DOC015, record_field_span(self, FIELD_document_approved_by), self->subject,
	                             "the information security policy `%.*s` is approved by `%.*s`, who is not top management",
	                             STR_ARG(self->subject), STR_ARG(approver->subject));
	diag_hint(check->diags, diag, "have top management approve it");
	diag_relate(check->diags, diag, approver->span, "`%.*s` is not marked `top_management: true`", STR_ARG(approver->subject));
}

static void
check_approver_is_author(const struct check *check, const struct record *self)
{
	const struct value *approver = record_value(self, FIELD_document_approved_by);
	const struct value *authors = record_value(self, FIELD_document_authors);
	if (!is_judged(self) || !document_is_approved(self) || !approver || value_count(authors) == 0)
		return;
	for (size_t i = 0; i < value_count(authors); i++)
		if (!same_party_value(value_item(approver, 0), value_item(authors, i)))
			return;
	struct diag *diag = diag_add(check->diags, CODE_DOC016, record_field_span(self, FIELD_document_approved_by), self->subject,
	                             "`%.*s` is approved by its only author", STR_ARG(self->subject));
	diag_hint(check->diags, diag, "have somebody else approve it");
	diag_relate(check->diags, diag, authors->span, "the author is named here");
}

/* ---- other documents ---- */

/* A page that links to a draft shows the way; a policy or a procedure that does sends its readers there. */
static bool
backlink_is_reliance(const struct backlink *backlink, const struct record *draft)
{
	const struct record *from = backlink->from;
	if (from != from->document->self || from == draft || !document_is_approved(from) || !is_judged(from))
		return false;
	return backlink->field ? backlink->field == from->kind->fields[FIELD_document_related] : from->kind->index != KIND_page;
}

/* From the draft's side, since it knows who refers to it; one finding for each document that does. */
static void
check_draft_is_relied_on(const struct check *check, const struct record *self)
{
	struct map seen = {0};
	if (self->document->broken || !is_draft(self))
		return;
	for (size_t i = 0; i < self->backlinks.count; i++) {
		const struct backlink *backlink = &self->backlinks.items[i];
		const struct record *from = backlink->from;
		if (!backlink_is_reliance(backlink, self) || map_put(check->arena, &seen, from->document->path, (void *)from))
			continue;
		struct diag *diag = diag_add(check->diags, CODE_DOC017, backlink->span, from->subject,
		                             "`%.*s` is approved, but relies on `%.*s`, which is not", STR_ARG(from->subject),
		                             STR_ARG(self->subject));
		diag_hint(check->diags, diag, "approve `%.*s` first, or take the reference out", STR_ARG(self->subject));
		diag_relate(check->diags, diag, record_field_span(self, FIELD_document_status), "its status is `%.*s`",
		            STR_ARG(record_text(self, FIELD_document_status)));
	}
}

static void
check_superseded(const struct check *check, const struct record *self)
{
	const struct value *olds = record_value(self, FIELD_document_supersedes);
	for (size_t i = 0; is_judged(self) && document_is_approved(self) && i < value_count(olds); i++) {
		const struct record *old = value_item(olds, i)->reference.record;
		if (!old || old == self || old->kind->form != FORM_DOCUMENT || !document_is_approved(old))
			continue;
		struct diag *diag = diag_add(check->diags, CODE_DOC018, record_field_span(old, FIELD_document_status), old->subject,
		                             "`%.*s` is still approved, though `%.*s` supersedes it", STR_ARG(old->subject),
		                             STR_ARG(self->subject));
		diag_hint(check->diags, diag, "set `status: retired`");
		diag_relate(check->diags, diag, value_item(olds, i)->span, "it is superseded here");
	}
}

/* ---- content ---- */

static void
check_content(const struct check *check, const struct record *self)
{
	if (!is_judged(self) || document_is_register(self) || !document_is_approved(self) || document_has_content(self))
		return;
	struct diag *diag = diag_add(check->diags, CODE_DOC019, self->span, self->subject, "`%.*s` is approved, but holds nothing",
	                             STR_ARG(self->subject));
	diag_hint(check->diags, diag, "write what it is to say below its front matter");
}

static void
check_scope_exclusions(const struct check *check, const struct record *self)
{
	if (!is_judged(self) || value_count(record_value(self, FIELD_scope_excluded)) == 0
	    || !record_lacks(self, FIELD_scope_exclusion_justification))
		return;
	struct diag *diag = diag_add(check->diags, CODE_DOC020, record_field_span(self, FIELD_scope_excluded), self->subject,
	                             "the scope `%.*s` leaves things out without saying why%.*s", STR_ARG(self->subject),
	                             STR_ARG(placeholder_text(check->arena, self, FIELD_scope_exclusion_justification)));
	diag_hint(check->diags, diag, "add `exclusion_justification`");
}

static void
check_scope_interfaces(const struct check *check, const struct record *self)
{
	if (!is_judged(self) || !document_has_content(self) || !record_lacks(self, FIELD_scope_interfaces))
		return;
	struct diag *diag = report_absence(check, CODE_DOC021, self, FIELD_scope_interfaces, "interfaces with what others do");
	diag_hint(check->diags, diag, "list them in `interfaces`, where the next reader looks for them");
}

/* Told once for the site: approvals and reviews are silent about it. */
static void
check_top_management(const struct check *check, const struct record *none)
{
	(void)none;
	const record_vec *roles = site_records(check->site, KIND_role), *people = site_records(check->site, KIND_person);
	const struct record *first = roles->count ? roles->items[0] : people->count ? people->items[0] : NULL;
	if (!first || first->document->broken || site_names_top_management(check->site))
		return;
	const struct document *document = first->document;
	struct diag *diag = diag_add(check->diags, CODE_DOC022,
	                             document->entries.line ? document->entries : first->span, first->subject,
	                             "no person or role is marked as top management");
	diag_hint(check->diags, diag, "set `top_management: true` on who directs the organisation at the highest level");
}

static const struct check_rule rules[] = {
	{CODE_DOC001, SCOPE_DOCUMENTS, 0, check_owner},
	{CODE_DOC002, SCOPE_DOCUMENTS, 0, check_version},
	{CODE_DOC003, SCOPE_DOCUMENTS, 0, check_status},
	{CODE_DOC004, SCOPE_DOCUMENTS, 0, check_approval},
	{CODE_DOC005, SCOPE_DOCUMENTS, 0, check_draft_with_approval},
	{CODE_DOC006, SCOPE_DOCUMENTS, 0, check_review}, /* and DOC007 */
	{CODE_DOC008, SCOPE_DOCUMENTS, 0, check_next_review},
	{CODE_DOC009, SCOPE_DOCUMENTS, 0, check_date_order},
	{CODE_DOC010, SCOPE_DOCUMENTS, 0, check_future_dates},
	{CODE_DOC011, SCOPE_DOCUMENTS, 0, check_classification},
	{CODE_DOC012, SCOPE_DOCUMENTS, 0, check_classification_of_entries},
	{CODE_DOC013, SCOPE_KIND, KIND_policy, check_policy_has_control},
	{CODE_DOC014, SCOPE_DOCUMENTS, 0, check_controls_apply},
	{CODE_DOC015, SCOPE_DOCUMENTS, 0, check_policy_approver},
	{CODE_DOC016, SCOPE_DOCUMENTS, 0, check_approver_is_author},
	{CODE_DOC017, SCOPE_DOCUMENTS, 0, check_draft_is_relied_on},
	{CODE_DOC018, SCOPE_DOCUMENTS, 0, check_superseded},
	{CODE_DOC019, SCOPE_DOCUMENTS, 0, check_content},
	{CODE_DOC020, SCOPE_KIND, KIND_scope, check_scope_exclusions},
	{CODE_DOC021, SCOPE_KIND, KIND_scope, check_scope_interfaces},
	{CODE_DOC022, SCOPE_SITE, 0, check_top_management},
};

const struct check_family document_family = {rules, sizeof rules / sizeof *rules};
