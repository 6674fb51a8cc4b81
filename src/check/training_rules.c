/* TRN: competence and awareness (7.2, 7.3, A.6.3). That there is neither training nor competence is CLS's. */
#include "check/document_control.h"
#include "check/families.h"
#include "check/rule.h"

#include <math.h>

/* ---- trainings ---- */

static struct date
held_on(const struct record *training)
{
	return record_date(training, FIELD_training_held_on);
}

/* The last training of each topic that has been held: it speaks for the topic. */
static void
last_by_topic(const struct check *check, struct map *last)
{
	const record_vec *trainings = site_records(check->site, KIND_training);
	for (size_t i = 0; i < trainings->count; i++) {
		const struct record *training = trainings->items[i];
		struct str topic = str_lower(check->arena, record_text(training, FIELD_training_topic));
		if (!date_is_set(held_on(training)) || rule_is_future(check, held_on(training)))
			continue;
		const struct record *other = map_get(last, topic);
		if (!other || date_compare(held_on(training), held_on(other)) > 0)
			map_put(check->arena, last, topic, (void *)training);
	}
}

static void
check_completion_of(const struct check *check, const struct record *training)
{
	double attended, required, target = check->site->config->limits.training_target;
	if (!record_number(training, FIELD_training_attended, &attended) ||
	    !record_number(training, FIELD_training_required, &required) || required <= 0 || attended / required >= target - 1e-9)
		return;
	struct diag *diag = rule_report(check, CODE_TRN001, training, FIELD_training_attended,
	                                "training `%.*s` reached %.0f of %.0f people (%.*s %%), not the target of %.*s %%",
	                                STR_ARG(record_label(training)), attended, required,
	                                STR_ARG(number_text(check->arena, floor(attended / required * 1000) / 10)),
	                                STR_ARG(number_text(check->arena, round(target * 1000) / 10)));
	diag_hint(check->diags, diag, "repeat it for those who were absent");
	diag_relate(check->diags, diag, record_field_span(training, FIELD_training_required), "people who had to attend");
}

static void
check_completion(const struct check *check, const struct record *record)
{
	(void)record;
	struct map last = {0};
	last_by_topic(check, &last);
	for (size_t i = 0; i < last.entries.count; i++)
		check_completion_of(check, last.entries.items[i].value);
}

static const struct record *
last_training(const struct check *check)
{
	const record_vec *trainings = site_records(check->site, KIND_training);
	const struct record *last = NULL;
	for (size_t i = 0; i < trainings->count; i++)
		if (date_is_set(held_on(trainings->items[i])) && !rule_is_future(check, held_on(trainings->items[i])) &&
		    (!last || date_compare(held_on(trainings->items[i]), held_on(last)) > 0))
			last = trainings->items[i];
	return last;
}

static void
check_overdue(const struct check *check, const struct record *record)
{
	(void)record;
	const struct record *last = last_training(check);
	struct period every = check->site->config->limits.training;
	if (!last || !rule_is_past(check, date_add(held_on(last), every, 1)) || !rule_kind_is_whole(check, KIND_training))
		return;
	struct diag *diag = rule_report(check, CODE_TRN002, last, FIELD_training_held_on,
	                                "the last training was held on %.*s, and the next one was due on %.*s",
	                                STR_ARG(date_text(check->arena, held_on(last))),
	                                STR_ARG(date_text(check->arena, date_add(held_on(last), every, 1))));
	diag_hint(check->diags, diag, "hold an awareness training at least every %.*s", STR_ARG(period_text(check->arena, every)));
}

/* Competence alone satisfies 7.2 d, but not A.6.3. */
static void
check_any_training(const struct check *check, const struct record *record)
{
	(void)record;
	const record_vec *competences = site_records(check->site, KIND_competence);
	if (site_records(check->site, KIND_training)->count || !competences->count || !rule_kind_is_whole(check, KIND_training))
		return;
	struct diag *diag = rule_report(check, CODE_TRN003, competences->items[0], RULE_RECORD,
	                                "competences are recorded, but no awareness training has been held");
	diag_hint(check->diags, diag, "hold one, and record it as `kind: training` with `attended` and `required`");
}

static bool
has_impossible_attendance(const struct record *training)
{
	double attended, required;
	return record_number(training, FIELD_training_attended, &attended) &&
	       record_number(training, FIELD_training_required, &required) && attended > required;
}

static void
check_attendance(const struct check *check, const struct record *training)
{
	if (has_impossible_attendance(training)) {
		struct diag *diag = rule_report(check, CODE_TRN004, training, FIELD_training_attended,
		                                "more people attended training `%.*s` than had to", STR_ARG(record_label(training)));
		diag_hint(check->diags, diag, "count only those who had to attend, or correct `required`");
		diag_relate(check->diags, diag, record_field_span(training, FIELD_training_required), "people who had to attend");
		return;
	}
	struct date held = held_on(training);
	int field = record_lacks(training, FIELD_training_attended) ? FIELD_training_attended : FIELD_training_required;
	if (!date_is_set(held) || rule_is_future(check, held) || !record_lacks(training, field))
		return;
	struct diag *diag = rule_report(check, CODE_TRN005, training, field, "training `%.*s` does not say how many %s%.*s",
	                                STR_ARG(record_label(training)),
	                                field == FIELD_training_attended ? "attended" : "had to attend",
	                                STR_ARG(placeholder_text(check->arena, training, field)));
	diag_hint(check->diags, diag, "add `%s` with the number of people", training->kind->fields[field]->name);
}

/* A training that is planned stands there with its day, but nobody can have attended it yet. */
static void
check_planned(const struct check *check, const struct record *training)
{
	double attended;
	if (!rule_is_future(check, held_on(training)) || !record_number(training, FIELD_training_attended, &attended) || attended <= 0)
		return;
	struct diag *diag = rule_report(check, CODE_TRN006, training, FIELD_training_held_on,
	                                "training `%.*s` was attended, but its day %.*s is still to come",
	                                STR_ARG(record_label(training)), STR_ARG(date_text(check->arena, held_on(training))));
	diag_hint(check->diags, diag, "correct the date, or take `attended` out until it has been held");
	diag_relate(check->diags, diag, record_field_span(training, FIELD_training_attended), "attended");
}

/* ---- competence ---- */

static bool
shows_competence(const struct record *role, const struct record *person)
{
	/* A competence names both: the shorter list of what refers to one of them holds it too. */
	const struct record *named = role->backlinks.count < person->backlinks.count ? role : person;
	for (size_t i = 0; i < named->backlinks.count; i++) {
		const struct record *from = named->backlinks.items[i].from;
		if (from->kind->index == KIND_competence && record_reference(from, FIELD_competence_role) == role &&
		    record_reference(from, FIELD_competence_person) == person)
			return true;
	}
	return false;
}

/* Those who hold ROLE, by the role or by the person's own record. */
static record_vec
holders(const struct check *check, const struct record *role)
{
	const struct value *list = record_value(role, FIELD_role_holder);
	record_vec people = {0};
	for (size_t i = 0; i < value_count(list); i++)
		if (value_item(list, i)->reference.type == REFERENCE_RECORD)
			vec_push(check->arena, &people, value_item(list, i)->reference.record);
	for (size_t i = 0; i < role->backlinks.count; i++) {
		const struct record *from = role->backlinks.items[i].from;
		if (from->kind->index == KIND_person && record_refers_to(from, FIELD_person_roles, role) &&
		    !record_refers_to(role, FIELD_role_holder, from))
			vec_push(check->arena, &people, from);
	}
	return people;
}

static void
report_competence(const struct check *check, const struct record *role, const str_vec *lacking, bool nobody_has_it)
{
	struct diag *diag = rule_report(check, nobody_has_it ? CODE_TRN007 : CODE_TRN008, role, FIELD_role_competences,
	                                "role `%.*s` asks for competence, which %s %.*s", STR_ARG(record_label(role)),
	                                nobody_has_it ? "nothing shows for" : "is shown for others, but not for",
	                                STR_ARG(rule_some(check, lacking)));
	diag_hint(check->diags, diag, "record the evidence as `kind: competence` with `person` and `role`, or train the person");
	if (record_value(role, FIELD_role_holder))
		diag_relate(check->diags, diag, record_field_span(role, FIELD_role_holder), "who holds the role");
}

static void
check_competence(const struct check *check, const struct record *role)
{
	str_vec lacking = {0};
	if (!record_value(role, FIELD_role_competences))
		return;
	record_vec people = holders(check, role);
	for (size_t i = 0; i < people.count; i++)
		if (!shows_competence(role, people.items[i]))
			rule_quote(check, &lacking, people.items[i]->title);
	if (lacking.count && rule_kind_is_whole(check, KIND_competence) &&
	    !rule_kind_dangles(check, KIND_competence, FIELD_competence_person) &&
	    !rule_kind_dangles(check, KIND_competence, FIELD_competence_role))
		report_competence(check, role, &lacking, lacking.count == people.count);
}

static void
check_competence_evidence(const struct check *check, const struct record *competence)
{
	if (record_lacks(competence, FIELD_competence_evidence))
		rule_require(check, CODE_TRN009, competence, FIELD_competence_basis, "shows nothing: it has neither `evidence` nor `basis`",
		             "add `evidence` with a record, or `basis` with the education, training or experience");
}

static void
check_dates(const struct check *check, const struct record *record)
{
	int field = record->kind->index == KIND_competence ? FIELD_competence_assessed_on : FIELD_acknowledgement_on;
	struct date day = record_date(record, field);
	if (!rule_is_future(check, day))
		return;
	struct diag *diag = rule_report(check, CODE_TRN010, record, field, "%s `%.*s` is of %.*s, which is still to come",
	                                record->kind->name, STR_ARG(record_label(record)), STR_ARG(date_text(check->arena, day)));
	diag_hint(check->diags, diag, "correct the date");
}

/* ---- awareness of the policy ---- */

/* The policy of 5.2 unless it is retired; NULL when there is none. */
static const struct record *
information_security_policy(const struct check *check)
{
	const struct site *site = check->site;
	for (size_t i = 0; i < site->documents.count; i++) {
		const struct record *self = site->documents.items[i]->self;
		if (document_is_information_security_policy(self) &&
		    record_choice(self, FIELD_document_status) != CHOICE_document_status_retired)
			return self;
	}
	return NULL;
}

/* Marks who acknowledged POLICY in SEEN, by subject; the number of acknowledgements. */
static size_t
acknowledged(const struct check *check, const struct record *policy, struct map *seen)
{
	const record_vec *all = site_records(check->site, KIND_acknowledgement);
	size_t count = 0;
	for (size_t i = 0; i < all->count; i++) {
		const struct value *by = record_value(all->items[i], FIELD_acknowledgement_by);
		if (record_reference(all->items[i], FIELD_acknowledgement_document) != policy)
			continue;
		count++;
		for (size_t j = 0; j < value_count(by); j++)
			if (value_item(by, j)->reference.record)
				map_put(check->arena, seen, value_item(by, j)->reference.record->subject, (void *)all->items[i]);
	}
	return count;
}

static bool
has_acknowledged(const struct map *seen, const struct record *person)
{
	if (map_get(seen, person->subject))
		return true;
	for (size_t i = 0; i < person->backlinks.count; i++) {
		const struct record *from = person->backlinks.items[i].from;
		if (from->kind->index == KIND_role && record_refers_to(from, FIELD_role_holder, person) && map_get(seen, from->subject))
			return true;
	}
	const struct value *roles = record_value(person, FIELD_person_roles);
	for (size_t i = 0; i < value_count(roles); i++) {
		const struct record *role = value_item(roles, i)->reference.record;
		if (role && map_get(seen, role->subject))
			return true;
	}
	return false;
}

static void
report_nobody(const struct check *check, const struct record *policy)
{
	struct diag *diag = rule_report(check, CODE_TRN011, policy, RULE_RECORD,
	                                "nobody has acknowledged the information security policy `%.*s`", STR_ARG(record_label(policy)));
	diag_hint(check->diags, diag, "have it read, and record that as `kind: acknowledgement` with `document`, `by` and `on`");
}

static void
check_awareness(const struct check *check, const struct record *record)
{
	(void)record;
	const struct record *policy = information_security_policy(check);
	const record_vec *people = site_records(check->site, KIND_person);
	struct map seen = {0};
	str_vec missing = {0};
	if (!policy || record_choice(policy, FIELD_document_status) == CHOICE_document_status_draft ||
	    !rule_kind_is_whole(check, KIND_acknowledgement) ||
	    rule_kind_dangles(check, KIND_acknowledgement, FIELD_acknowledgement_document) ||
	    rule_kind_dangles(check, KIND_acknowledgement, FIELD_acknowledgement_by))
		return;
	if (!acknowledged(check, policy, &seen)) {
		report_nobody(check, policy);
		return;
	}
	for (size_t i = 0; i < people->count; i++)
		if (!has_acknowledged(&seen, people->items[i]))
			rule_quote(check, &missing, people->items[i]->title);
	if (!missing.count)
		return;
	struct diag *diag = rule_report(check, CODE_TRN012, policy, RULE_RECORD,
	                                "the information security policy `%.*s` has not been acknowledged by %.*s",
	                                STR_ARG(record_label(policy)), STR_ARG(rule_some(check, &missing)));
	diag_hint(check->diags, diag, "have them read it, and record that as `kind: acknowledgement`");
}

static const struct check_rule rules[] = {
	{CODE_TRN001, SCOPE_SITE, 0, check_completion},
	{CODE_TRN002, SCOPE_SITE, 0, check_overdue},
	{CODE_TRN003, SCOPE_SITE, 0, check_any_training},
	{CODE_TRN004, SCOPE_KIND, KIND_training, check_attendance}, /* with TRN005 */
	{CODE_TRN006, SCOPE_KIND, KIND_training, check_planned},
	{CODE_TRN007, SCOPE_KIND, KIND_role, check_competence}, /* with TRN008 */
	{CODE_TRN009, SCOPE_KIND, KIND_competence, check_competence_evidence},
	{CODE_TRN010, SCOPE_KIND, KIND_competence, check_dates},
	{CODE_TRN010, SCOPE_KIND, KIND_acknowledgement, check_dates},
	{CODE_TRN011, SCOPE_SITE, 0, check_awareness}, /* with TRN012 */
};

const struct check_family training_family = {rules, sizeof rules / sizeof *rules};
