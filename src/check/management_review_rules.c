/* MRV: management reviews (9.3). */
#include "check/corrective.h"
#include "check/duties.h"
#include "check/families.h"
#include "check/wording.h"

static bool
review_is_held(const struct check *check, const struct record *review)
{
	struct date held = record_date(review, FIELD_review_held_on);
	return date_is_set(held) && !date_is_future(check->site, held);
}

static const struct record *
last_review(const struct check *check)
{
	const record_vec *reviews = site_records(check->site, KIND_review);
	const struct record *last = NULL;
	for (size_t i = 0; i < reviews->count; i++)
		if (review_is_held(check, reviews->items[i])
		    && (!last || date_compare(record_date(reviews->items[i], FIELD_review_held_on),
		                              record_date(last, FIELD_review_held_on)) > 0))
			last = reviews->items[i];
	return last;
}

/* True when a review is planned for a day from today to DAY. */
static bool
review_is_planned(const struct check *check, struct date day)
{
	const record_vec *reviews = site_records(check->site, KIND_review);
	for (size_t i = 0; i < reviews->count; i++) {
		struct date held = record_date(reviews->items[i], FIELD_review_held_on);
		if (date_is_future(check->site, held) && date_compare(held, day) <= 0)
			return true;
	}
	return false;
}

static void
check_period(const struct check *check, const struct record *none)
{
	(void)none;
	const struct site *site = check->site;
	const struct limits *limits = &site->config->limits;
	const struct record *last = last_review(check);
	if (!last)
		return;
	struct date next = date_add(record_date(last, FIELD_review_held_on), limits->management_review, 1);
	bool overdue = date_is_past(site, next);
	if (!overdue && (date_is_future(site, date_add(next, limits->notice, -1)) || review_is_planned(check, next)))
		return;
	struct diag *diag = diag_add(check->diags, overdue ? CODE_MRV001 : CODE_MRV008, record_field_span(last, FIELD_review_held_on),
	                             last->subject,
	                             overdue ? "the last management review, `%.*s`, was held longer ago than %.*s: the next one was due on %.*s"
	                                     : "the last management review was `%.*s`; with a period of %.*s the next one is due on %.*s",
	                             STR_ARG(last->subject), STR_ARG(period_text(check->arena, limits->management_review)),
	                             STR_ARG(date_text(check->arena, next)));
	diag_hint(check->diags, diag, "hold one, and record it with `ismark new review`");
}

/* ---- 9.3.2 ---- */

static str_vec
missing_inputs(const struct check *check, const struct record *inputs)
{
	str_vec missing = {0};
	size_t count;
	const struct review_input *all = review_input_all(&count);
	for (size_t i = 0; i < count; i++) {
		int field = FIELD_review_inputs_a + (all[i].item - 'a');
		if (record_lacks(inputs, field))
			vec_push(check->arena, &missing, str_printf(check->arena, "%c", all[i].item));
	}
	return missing;
}

static void
check_inputs(const struct check *check, const struct record *review)
{
	const struct record *inputs = record_part(review, FIELD_review_inputs);
	if (!review_is_held(check, review) || (!inputs && !record_lacks(review, FIELD_review_inputs)))
		return;
	str_vec missing = {0};
	if (inputs)
		missing = missing_inputs(check, inputs);
	if (inputs && missing.count == 0)
		return;
	bool placeholder = missing.count == 1 && record_written(inputs, FIELD_review_inputs_a + missing.items[0].data[0] - 'a');
	struct span span = placeholder ? record_field_span(inputs, FIELD_review_inputs_a + missing.items[0].data[0] - 'a')
	                               : record_field_span(review, FIELD_review_inputs);
	struct diag *diag = inputs
		? diag_add(check->diags, CODE_MRV002, span, review->subject,
		           "management review `%.*s` did not consider input%s %.*s of 9.3.2", STR_ARG(review->subject),
		           missing.count == 1 ? "" : "s", STR_ARG(list_text(check->arena, &missing)))
		: diag_add(check->diags, CODE_MRV002, review->span, review->subject,
		           "management review `%.*s` says nothing of what it considered", STR_ARG(review->subject));
	const struct review_input *first = missing.count == 1 ? review_input_find(missing.items[0]) : NULL;
	if (first)
		diag_hint(check->diags, diag, "add `%c` to `inputs`: %.*s", first->item, STR_ARG(first->title));
	else
		diag_hint(check->diags, diag, "add them to `inputs`, a to g; `ismark explain review` says what each is");
}

/* ---- 9.3.3 ---- */

static bool
has_text(const struct record *review, int field)
{
	return value_count(record_value(review, field)) > 0;
}

static void
check_outputs(const struct check *check, const struct record *review)
{
	if (!review_is_held(check, review) || has_text(review, FIELD_review_outputs) || has_text(review, FIELD_review_decisions)
	    || !record_lacks(review, FIELD_review_outputs) || !record_lacks(review, FIELD_review_decisions))
		return;
	struct diag *diag = diag_add(check->diags, CODE_MRV003, review->span, review->subject,
	                             "management review `%.*s` has neither decisions nor other results", STR_ARG(review->subject));
	diag_hint(check->diags, diag, "record what was decided on improvement and on changes of the ISMS in `decisions`, if only that nothing is to change");
}

static void
check_actions(const struct check *check, const struct record *review)
{
	if (!review_is_held(check, review) || !has_text(review, FIELD_review_decisions) || record_written(review, FIELD_review_actions)
	    || record_has_actions(review, FIELD_review_actions))
		return;
	struct diag *diag = diag_add(check->diags, CODE_MRV004, record_field_span(review, FIELD_review_decisions), review->subject,
	                             "the decisions of management review `%.*s` lead to no action", STR_ARG(review->subject));
	diag_hint(check->diags, diag, "name the actions that carry them out in `actions`, with `ismark new action`");
}

/* The review that was held next before REVIEW, or NULL. */
static const struct record *
review_before(const struct check *check, const struct record *review)
{
	const record_vec *reviews = site_records(check->site, KIND_review);
	struct date held = record_date(review, FIELD_review_held_on);
	const struct record *before = NULL;
	for (size_t i = 0; i < reviews->count; i++) {
		struct date other = record_date(reviews->items[i], FIELD_review_held_on);
		if (date_is_set(other) && date_compare(other, held) < 0
		    && (!before || date_compare(other, record_date(before, FIELD_review_held_on)) > 0))
			before = reviews->items[i];
	}
	return before;
}

/* An action of the review before that was open on the day of this one must come up in it by its id. */
static void
check_followed_up(const struct check *check, const struct record *none)
{
	(void)none;
	const struct record *review = last_review(check);
	const struct record *before = review ? review_before(check, review) : NULL;
	const struct record *inputs = before ? record_part(review, FIELD_review_inputs) : NULL;
	if (!inputs || !record_value(inputs, FIELD_review_inputs_a))
		return;
	struct date held = record_date(review, FIELD_review_held_on);
	record_vec actions = actions_of(before, FIELD_review_actions, check->arena);
	for (size_t i = 0; i < actions.count; i++) {
		const struct record *action = actions.items[i];
		struct date done = action->kind->index == KIND_action ? record_date(action, FIELD_action_done_on) : held;
		if ((date_is_set(done) && date_compare(done, held) <= 0)
		    || str_contains(record_text(inputs, FIELD_review_inputs_a), action->id)
		    || record_refers_to(review, FIELD_review_actions, action))
			continue;
		struct diag *diag = diag_add(check->diags, CODE_MRV005, record_field_span(inputs, FIELD_review_inputs_a), review->subject,
		                             "action `%.*s` of review `%.*s` was open on the day of review `%.*s`, which does not mention it",
		                             STR_ARG(action->subject), STR_ARG(before->subject), STR_ARG(review->subject));
		diag_hint(check->diags, diag, "say in input `a` where it stands, by its id");
		diag_relate(check->diags, diag, action->span, "the action is here");
	}
}

/* ---- 9.3.1 ---- */

/* True when somebody named only in words may be top management: that cannot be checked. */
static bool
attends_top_management(const struct value *attendees)
{
	for (size_t i = 0; i < value_count(attendees); i++) {
		const struct reference *reference = &value_item(attendees, i)->reference;
		if (reference->type == REFERENCE_TEXT || (reference->record && party_is_top_management(reference->record)))
			return true;
	}
	return false;
}

static void
check_attendees(const struct check *check, const struct record *review)
{
	bool nobody = record_lacks(review, FIELD_review_attendees);
	const struct value *attendees = record_value(review, FIELD_review_attendees);
	if (!review_is_held(check, review) || (!nobody && !attendees)
	    || (!nobody && (attends_top_management(attendees) || !site_names_top_management(check->site))))
		return;
	struct diag *diag = diag_add(check->diags, CODE_MRV006, record_field_span(review, FIELD_review_attendees), review->subject,
	                             nobody ? "management review `%.*s` does not say who took part"
	                                    : "no attendee of management review `%.*s` is top management",
	                             STR_ARG(review->subject));
	diag_hint(check->diags, diag, "name who took part in `attendees`; top management reviews the ISMS itself");
}

static void
check_future(const struct check *check, const struct record *review)
{
	if (!date_is_future(check->site, record_date(review, FIELD_review_held_on))
	    || (!has_text(review, FIELD_review_decisions) && !has_text(review, FIELD_review_outputs)))
		return;
	struct diag *diag = diag_add(check->diags, CODE_MRV007, record_field_span(review, FIELD_review_held_on), review->subject,
	                             "management review `%.*s` has results, but is held on a day to come, %.*s", STR_ARG(review->subject),
	                             STR_ARG(date_text(check->arena, record_date(review, FIELD_review_held_on))));
	diag_hint(check->diags, diag, "correct `held_on`, or leave the results out until it is held");
}

static const struct check_rule rules[] = {
	{CODE_MRV001, SCOPE_SITE, 0, check_period}, /* and MRV008 */
	{CODE_MRV002, SCOPE_KIND, KIND_review, check_inputs},
	{CODE_MRV003, SCOPE_KIND, KIND_review, check_outputs},
	{CODE_MRV004, SCOPE_KIND, KIND_review, check_actions},
	{CODE_MRV005, SCOPE_SITE, 0, check_followed_up},
	{CODE_MRV006, SCOPE_KIND, KIND_review, check_attendees},
	{CODE_MRV007, SCOPE_KIND, KIND_review, check_future},
};

const struct check_family management_review_family = {rules, sizeof rules / sizeof *rules};
