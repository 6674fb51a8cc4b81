#include "model/metric.h"

#include <math.h>
#include <stdlib.h>

/* ---- computed from the records ---- */

static bool
in_period(struct date day, struct date end, struct period period)
{
	return date_is_set(day) && date_compare(day, end) <= 0 && date_compare(day, date_add(end, period, -1)) > 0;
}

static struct metric_result
not_computable(const char *reason)
{
	return (struct metric_result){.not_computable = reason};
}

static struct metric_result
share(size_t part, size_t whole, const char *reason_when_empty)
{
	if (!whole)
		return not_computable(reason_when_empty);
	return (struct metric_result){.value = 100.0 * (double)part / (double)whole, .part = part, .whole = whole};
}

static struct metric_result
compute_incidents(const struct site *site, struct date day, struct period period)
{
	const record_vec *incidents = site_records(site, KIND_incident);
	struct metric_result result = {0};
	if (!incidents->count)
		return not_computable("no incident is recorded");
	for (size_t i = 0; i < incidents->count; i++) {
		const struct value *reported = record_value(incidents->items[i], FIELD_incident_reported_at);
		int severity = record_choice(incidents->items[i], FIELD_incident_severity);
		if (!reported || !in_period(reported->datetime.date, day, period))
			continue;
		result.value++;
		if (severity >= 0)
			result.by_severity[severity]++;
	}
	return result;
}

static struct metric_result
compute_vulnerability_sla(const struct site *site, struct date day, struct period period)
{
	(void)site, (void)day, (void)period;
	return not_computable("no kind of record holds vulnerabilities and the days of their remediation");
}

static struct metric_result
compute_patch_compliance(const struct site *site, struct date day, struct period period)
{
	(void)site, (void)day, (void)period;
	return not_computable("no kind of record holds the patch level of systems");
}

static bool
has_attendance(const struct record *training)
{
	double ignored;
	return record_number(training, FIELD_training_attended, &ignored) && record_number(training, FIELD_training_required, &ignored);
}

/* The last training of each topic held until DAY, and after SINCE. */
static void
last_trainings(const struct site *site, struct date since, struct date day, struct map *by_topic, struct arena *arena)
{
	const record_vec *trainings = site_records(site, KIND_training);
	for (size_t i = 0; i < trainings->count; i++) {
		const struct record *training = trainings->items[i];
		struct date held = record_date(training, FIELD_training_held_on);
		if (!date_is_set(held) || date_compare(held, day) > 0 || date_compare(held, since) <= 0 || !has_attendance(training))
			continue;
		struct str topic = str_lower(arena, record_text(training, FIELD_training_topic));
		const struct record *other = map_get(by_topic, topic);
		if (!other || date_compare(held, record_date(other, FIELD_training_held_on)) > 0)
			map_put(arena, by_topic, topic, (void *)training);
	}
}

/* Over the trainings of the last period; when there were none, over the earlier ones. */
static struct metric_result
compute_training(const struct site *site, struct date day, struct period period)
{
	(void)period;
	struct arena arena;
	struct map by_topic = {0};
	size_t attended = 0, required = 0;
	arena_init(&arena);
	last_trainings(site, date_add(day, site->config->limits.training, -1), day, &by_topic, &arena);
	if (!by_topic.entries.count)
		last_trainings(site, (struct date){0}, day, &by_topic, &arena);
	for (size_t i = 0; i < by_topic.entries.count; i++) {
		const struct record *training = by_topic.entries.items[i].value;
		attended += (size_t)record_value(training, FIELD_training_attended)->integer;
		required += (size_t)record_value(training, FIELD_training_required)->integer;
	}
	arena_release(&arena);
	return share(attended < required ? attended : required, required,
	             "no training says how many people attended and how many had to");
}

static bool
reviewed_in_period(const struct site *site, const struct record *asset, struct date day)
{
	for (size_t i = 0; i < asset->backlinks.count; i++) {
		const struct record *from = asset->backlinks.items[i].from;
		if (from->kind->index == KIND_access_review && record_reference(from, FIELD_access_review_system) == asset &&
		    in_period(record_date(from, FIELD_access_review_reviewed_on), day, site->config->limits.access_review))
			return true;
	}
	return false;
}

static struct metric_result
compute_access_reviews(const struct site *site, struct date day, struct period period)
{
	(void)period;
	struct arena arena;
	record_vec systems = {0};
	size_t reviewed = 0;
	arena_init(&arena);
	systems_in_use(site, &arena, &systems);
	for (size_t i = 0; i < systems.count; i++)
		reviewed += reviewed_in_period(site, systems.items[i], day);
	arena_release(&arena);
	return share(reviewed, systems.count, "no asset is a system in use on which accounts are held");
}

static bool
is_closed_by(const struct record *finding, struct date day)
{
	struct date closed = record_date(finding, FIELD_finding_closed_on);
	if (date_is_set(closed))
		return date_compare(closed, day) <= 0;
	return record_choice(finding, FIELD_finding_status) == CHOICE_work_status_closed;
}

static struct metric_result
compute_finding_closure(const struct site *site, struct date day, struct period period)
{
	(void)period;
	const record_vec *findings = site_records(site, KIND_finding);
	size_t closed = 0, raised = 0;
	for (size_t i = 0; i < findings->count; i++) {
		const struct record *finding = findings->items[i];
		struct date on = record_date(finding, FIELD_finding_raised_on);
		int source = record_choice(finding, FIELD_finding_source);
		if (record_choice(finding, FIELD_finding_category) == CHOICE_finding_category_positive ||
		    (source >= 0 && source != CHOICE_finding_source_audit) || (date_is_set(on) && date_compare(on, day) > 0))
			continue;
		raised++;
		closed += is_closed_by(finding, day);
	}
	return share(closed, raised, "no audit finding is recorded");
}

/* An action of the risk treatment plan: it says so, answers a risk, or a risk names it. */
static bool
treats_a_risk(const struct record *action)
{
	if (record_choice(action, FIELD_action_type) == CHOICE_action_type_treatment)
		return true;
	const struct value *targets = record_value(action, FIELD_action_for);
	for (size_t i = 0; i < value_count(targets); i++) {
		const struct record *target = value_item(targets, i)->reference.record;
		if (target && target->kind->index == KIND_risk)
			return true;
	}
	for (size_t i = 0; i < action->backlinks.count; i++) {
		const struct record *from = action->backlinks.items[i].from;
		if (from->kind->index == KIND_risk && record_refers_to(from, FIELD_risk_actions, action))
			return true;
	}
	return false;
}

static struct metric_result
compute_treatment_progress(const struct site *site, struct date day, struct period period)
{
	(void)period;
	const record_vec *actions = site_records(site, KIND_action);
	size_t done = 0, planned = 0;
	for (size_t i = 0; i < actions->count; i++) {
		struct date on = record_date(actions->items[i], FIELD_action_done_on);
		if (!treats_a_risk(actions->items[i]))
			continue;
		planned++;
		done += date_is_set(on) && date_compare(on, day) <= 0;
	}
	return share(done, planned, "no action belongs to the treatment of a risk");
}

static struct metric_result (*const computations[])(const struct site *site, struct date day, struct period period) = {
	[CHOICE_computed_incidents] = compute_incidents,
	[CHOICE_computed_vulnerability_sla] = compute_vulnerability_sla,
	[CHOICE_computed_training_completion] = compute_training,
	[CHOICE_computed_access_review_completion] = compute_access_reviews,
	[CHOICE_computed_finding_closure] = compute_finding_closure,
	[CHOICE_computed_treatment_progress] = compute_treatment_progress,
	[CHOICE_computed_patch_compliance] = compute_patch_compliance,
};

struct metric_result
metric_compute(const struct site *site, int computed, struct date day, struct period period)
{
	return computations[computed](site, day, period);
}

bool
metric_is_share(int computed)
{
	return computed != CHOICE_computed_incidents;
}

int
metric_source(int computed)
{
	static const int sources[] = {
		[CHOICE_computed_incidents] = KIND_incident,
		[CHOICE_computed_vulnerability_sla] = -1,
		[CHOICE_computed_training_completion] = KIND_training,
		[CHOICE_computed_access_review_completion] = KIND_access_review,
		[CHOICE_computed_finding_closure] = KIND_finding,
		[CHOICE_computed_treatment_progress] = KIND_action,
		[CHOICE_computed_patch_compliance] = -1,
	};
	return sources[computed];
}

/* ---- systems ---- */

static const struct value *
permissions_of(const struct record *person_or_role)
{
	bool person = person_or_role->kind->index == KIND_person;
	const struct value *value =
		record_value(person_or_role, person ? FIELD_person_permissions : FIELD_role_permissions);
	return value && value->map ? value : NULL;
}

bool
permissions_name(const struct record *person_or_role, const struct record *asset, const value_vec **rights)
{
	const struct value *value = permissions_of(person_or_role);
	for (size_t i = 0; value && i < value->map->entries.count; i++) {
		struct str system = value->map->entries.items[i].key;
		if (!str_equal_ignore_case(system, asset->id) && !str_equal_ignore_case(system, asset->title))
			continue;
		*rights = value->map->entries.items[i].value;
		return true;
	}
	return false;
}

/* Ids and titles that the permissions of the records of KIND name, in lower case. */
static void
named_systems(const struct site *site, int kind, struct map *names, struct arena *arena)
{
	const record_vec *people = site_records(site, kind);
	for (size_t i = 0; i < people->count; i++) {
		const struct value *value = permissions_of(people->items[i]);
		for (size_t j = 0; value && j < value->map->entries.count; j++)
			map_put(arena, names, str_lower(arena, value->map->entries.items[j].key), (void *)value);
	}
}

static bool
type_is_system(const struct record *asset, struct arena *arena)
{
	static const char *const types[] = {"software", "service", "application", "system",
	                                    "platform", "database", "cloud", "saas"};
	struct str type = str_lower(arena, record_text(asset, FIELD_asset_type));
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_contains(type, str_from(types[i])))
			return true;
	return false;
}

void
systems_in_use(const struct site *site, struct arena *arena, record_vec *systems)
{
	const record_vec *assets = site_records(site, KIND_asset);
	struct map names = {0};
	named_systems(site, KIND_person, &names, arena);
	named_systems(site, KIND_role, &names, arena);
	for (size_t i = 0; i < assets->count; i++) {
		const struct record *asset = assets->items[i];
		int status = record_choice(asset, FIELD_asset_status);
		if (status >= 0 && status != CHOICE_asset_status_in_use)
			continue;
		if (type_is_system(asset, arena) || map_get(&names, str_lower(arena, asset->id)) ||
		    map_get(&names, str_lower(arena, asset->title)))
			vec_push(arena, systems, asset);
	}
}

/* ---- the state of a metric ---- */

bool
metric_number(const struct record *record, int field, double *number)
{
	if (!record_number(record, field, number))
		return false;
	if (str_ends_with(record_text(record, field), STR("%")))
		*number = round(*number * 100 * 1e9) / 1e9;
	return true;
}

static int
compare_values(const void *x, const void *y)
{
	const struct metric_value *a = x, *b = y;
	int order = date_compare(a->on, b->on);
	if (!order)
		order = (a->span.line > b->span.line) - (a->span.line < b->span.line);
	return order ? order : (a->span.column > b->span.column) - (a->span.column < b->span.column);
}

static void
read_measurements(const struct site *site, struct metric_state *state, struct arena *arena)
{
	const struct value *list = record_value(state->metric, FIELD_metric_measurements);
	for (size_t i = 0; i < value_count(list); i++) {
		const struct record *part = value_item(list, i)->part;
		struct metric_value value = {.span = value_item(list, i)->span};
		value.on = part ? record_date(part, FIELD_measurement_on) : (struct date){0};
		if (date_is_set(value.on) && date_compare(value.on, site->today) <= 0 &&
		    metric_number(part, FIELD_measurement_value, &value.value))
			vec_push(arena, &state->values, value);
	}
	if (state->values.count < 2)
		return;
	qsort(state->values.items, state->values.count, sizeof *state->values.items, compare_values);
	size_t kept = 1;
	for (size_t i = 1; i < state->values.count; i++)
		if (date_compare(state->values.items[i].on, state->values.items[kept - 1].on) != 0)
			state->values.items[kept++] = state->values.items[i];
	state->values.count = kept;
}

static void
add_computed(const struct site *site, struct metric_state *state, struct date day, struct arena *arena)
{
	struct span span = record_field_span(state->metric, FIELD_metric_computed);
	struct metric_result result = metric_compute(site, state->computed, day, state->frequency);
	if (!result.not_computable)
		vec_push(arena, &state->values, ((struct metric_value){day, result.value, span}));
	else if (date_compare(day, site->today) == 0)
		state->not_computable = result.not_computable;
}

void
metric_add_history(const struct site *site, struct metric_state *state, struct arena *arena)
{
	enum { PERIODS_BACK = 11 };
	if (!state->from_records)
		return;
	state->values.count = 0;
	for (int back = PERIODS_BACK; back >= 0; back--)
		add_computed(site, state, back ? date_add(site->today, state->frequency, -back) : site->today, arena);
}

static void
read_values(const struct site *site, struct metric_state *state, struct arena *arena)
{
	if (state->computed >= 0)
		add_computed(site, state, site->today, arena);
	state->from_records = state->values.count > 0;
	if (!state->from_records)
		read_measurements(site, state, arena);
}

enum metric_standing
metric_compare(double value, double target, int direction)
{
	const double tolerance = 1e-9;
	if (direction < 0)
		return METRIC_UNKNOWN;
	double ahead = direction == CHOICE_direction_up ? value - target : target - value;
	return ahead >= -tolerance ? METRIC_REACHED : METRIC_MISSED;
}

struct metric_state *
metric_read(const struct site *site, const struct record *metric, struct arena *arena)
{
	struct metric_state *state = arena_new(arena, struct metric_state);
	state->metric = metric;
	state->computed = record_choice(metric, FIELD_metric_computed);
	state->frequency = record_period(metric, FIELD_metric_frequency);
	if (!state->frequency.count)
		state->frequency = site->config->limits.metric_frequency;
	state->has_target = metric_number(metric, FIELD_metric_target, &state->target);
	state->direction = record_choice(metric, FIELD_metric_direction);
	if (state->direction < 0 && state->computed >= 0 && metric_is_share(state->computed))
		state->direction = CHOICE_direction_up;
	read_values(site, state, arena);
	const struct metric_value *last = metric_last(state);
	if (last && state->has_target)
		state->standing = metric_compare(last->value, state->target, state->direction);
	return state;
}

const struct metric_value *
metric_last(const struct metric_state *state)
{
	return state->values.count ? &state->values.items[state->values.count - 1] : NULL;
}

/* Takes the next run of digits (with a decimal point) out of *REST. */
static bool
next_number(struct str *rest, double *number)
{
	size_t from = 0, to;
	while (from < rest->size && (rest->data[from] < '0' || rest->data[from] > '9'))
		from++;
	for (to = from; to < rest->size; to++) {
		bool digit = rest->data[to] >= '0' && rest->data[to] <= '9';
		bool point = rest->data[to] == '.' && to + 1 < rest->size && rest->data[to + 1] >= '0' && rest->data[to + 1] <= '9';
		if (!digit && !point)
			break;
	}
	struct str digits = str_slice(*rest, from, to);
	*rest = str_from_index(*rest, to);
	return digits.size && str_to_number(digits, number);
}

bool
objective_target(const struct record *objective, double *target)
{
	struct str rest = record_text(objective, FIELD_objective_target);
	double second;
	return next_number(&rest, target) && !next_number(&rest, &second);
}
