#include "check/suspension.h"

/* An exception in force, under a subject that it names. */
struct suspension {
	const struct record *exception;
	enum code code;          /* CODE_COUNT: every rule */
	size_t index;            /* of the exception among all */
	struct suspension *next; /* another one of the same subject */
};

struct suspensions {
	struct arena *arena;
	const struct site *site;
	struct map by_subject; /* the subject as findings spell it */
	struct map by_control; /* id of a control: matches "A.5.1" and "SOA-001/A.5.1" */
	bool *used;            /* by index of the exception */
};

enum suspension_target
suspension_target(const struct record *from)
{
	bool rule = record_value(from, FIELD_exception_subject_rule), subject = record_value(from, FIELD_exception_subject_subject);
	bool reference = record_value(from, FIELD_exception_subject_reference);
	if (rule)
		return subject || reference ? SUSPENSION_RULE : SUSPENSION_INCOMPLETE;
	if (reference)
		return SUSPENSION_REFERENCE;
	return subject ? SUSPENSION_INCOMPLETE : SUSPENSION_NOTHING;
}

enum code
suspension_code(const struct record *from)
{
	struct str rule = record_text(from, FIELD_exception_subject_rule);
	return rule.size ? code_find(rule) : CODE_COUNT;
}

bool
code_is_about_exceptions(enum code code)
{
	return str_starts_with(str_from(code_text(code)->code), STR("EXC"));
}

bool
suspension_subject_exists(const struct site *site, struct str subject)
{
	if (site_find(site, subject) || catalogue_control(site->catalogue, subject) || map_get(&site->pages, subject))
		return true;
	for (size_t i = subject.size; i > 0; i--)
		if (subject.data[i - 1] == '/')
			return catalogue_control(site->catalogue, str_from_index(subject, i)) && site_find(site, str_slice(subject, 0, i - 1));
	return str_equal(subject, STR("site.yaml"));
}

bool
exception_is_in_force(const struct site *site, const struct record *exception)
{
	struct date expires = record_date(exception, FIELD_exception_expires);
	return record_value(exception, FIELD_exception_approved_by) && date_is_set(expires) &&
	       date_compare(site->today, expires) <= 0;
}

static void
add(struct suspensions *all, struct map *map, struct str subject, struct suspension what)
{
	struct suspension *suspension = arena_new(all->arena, struct suspension);
	*suspension = what;
	suspension->next = map_get(map, subject);
	map_put(all->arena, map, subject, suspension);
}

static void
add_reference(struct suspensions *all, const struct reference *to, struct suspension what)
{
	if (to->type == REFERENCE_RECORD && to->record)
		add(all, &all->by_subject, to->record->subject, what);
	else if (to->type == REFERENCE_CONTROL && to->control)
		add(all, &all->by_control, to->control->id, what);
}

static void
add_subject(struct suspensions *all, struct str subject, struct suspension what)
{
	const struct record *record = site_find(all->site, subject);
	if (catalogue_control(all->site->catalogue, subject))
		add(all, &all->by_control, subject, what);
	else
		add(all, &all->by_subject, record ? record->subject : subject, what);
}

static void
add_exception(struct suspensions *all, const struct record *exception, size_t index)
{
	const struct record *from = record_part(exception, FIELD_exception_from);
	if (!from || !exception_is_in_force(all->site, exception))
		return;
	enum suspension_target target = suspension_target(from);
	struct suspension what = {exception, suspension_code(from), index, NULL};
	if (target == SUSPENSION_RULE && what.code == CODE_COUNT)
		return;
	const struct value *reference = record_value(from, FIELD_exception_subject_reference);
	if (reference && target != SUSPENSION_INCOMPLETE)
		add_reference(all, &reference->reference, what);
	if (target == SUSPENSION_RULE && record_value(from, FIELD_exception_subject_subject))
		add_subject(all, record_text(from, FIELD_exception_subject_subject), what);
}

static const struct suspension *
find(const struct map *map, struct str subject, enum code code)
{
	for (const struct suspension *s = map_get(map, subject); s; s = s->next)
		if (s->code == CODE_COUNT || s->code == code)
			return s;
	return NULL;
}

/* "A.5.1" of "SOA-001/A.5.1"; the whole of anything else. */
static struct str
last_part(struct str subject)
{
	for (size_t i = subject.size; i > 0; i--)
		if (subject.data[i - 1] == '/')
			return str_from_index(subject, i);
	return subject;
}

static void
suspend(struct suspensions *all, struct diag *diag)
{
	if (code_is_about_exceptions(diag->code))
		return;
	const struct suspension *by = find(&all->by_subject, diag->subject, diag->code);
	if (!by)
		by = find(&all->by_control, last_part(diag->subject), diag->code);
	if (!by)
		return;
	all->used[by->index] = true;
	if (!diag->suppressed_by)
		diag->suppressed_by = str_c(all->arena, by->exception->subject);
}

static bool
site_is_whole(const struct site *site)
{
	for (size_t i = 0; i < site->documents.count; i++)
		if (site->documents.items[i]->broken)
			return false;
	return true;
}

/* A deviation from a control or a policy needs no finding; one from a rule has nothing else to be about. */
static void
report_unused(const struct suspensions *all, const struct record *exception, struct diag_list *diags)
{
	const struct record *from = record_part(exception, FIELD_exception_from);
	if (!from || !exception_is_in_force(all->site, exception) || suspension_target(from) != SUSPENSION_RULE ||
	    suspension_code(from) == CODE_COUNT || code_is_about_exceptions(suspension_code(from)))
		return;
	struct str subject = record_text(from, FIELD_exception_subject_subject);
	if (subject.size && !suspension_subject_exists(all->site, subject))
		return;
	const struct value *rule = record_value(from, FIELD_exception_subject_rule);
	struct diag *diag = diag_add(diags, CODE_EXC010, rule->span, exception->subject,
	                             "exception `%.*s` holds nothing back: rule %.*s finds nothing there", STR_ARG(exception->subject),
	                             STR_ARG(rule->text));
	diag_hint(diags, diag, "correct rule or subject, or take the exception out");
}

void
exceptions_apply(const struct site *site, struct diag_list *diags, struct arena *arena)
{
	const record_vec *exceptions = site_records(site, KIND_exception);
	struct suspensions all = {.arena = arena, .site = site};
	all.used = arena_array(arena, bool, exceptions->count + 1);
	for (size_t i = exceptions->count; i > 0; i--)
		add_exception(&all, exceptions->items[i - 1], i - 1);
	for (size_t i = 0; i < diags->items.count; i++)
		suspend(&all, diags->items.items[i]);
	bool whole = site_is_whole(site);
	for (size_t i = 0; whole && i < exceptions->count; i++)
		if (!all.used[i])
			report_unused(&all, exceptions->items[i], diags);
}
