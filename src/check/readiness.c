#include "check/readiness.h"

#include "check/audit_coverage.h"
#include "check/corrective.h"
#include "check/readiness_site.h"
#include "check/wording.h"

const char *
readiness_state_name(enum readiness_state state)
{
	static const char *const names[] = {
		[READINESS_MET] = "met", [READINESS_PARTLY] = "partly met", [READINESS_NOT_MET] = "not met",
		[READINESS_NOT_APPLICABLE] = "not applicable",
	};
	return names[state];
}

const char *
readiness_stage_name(enum readiness_stage stage)
{
	static const char *const names[] = {"stage1", "stage2", "surveillance", "clauses"};
	return names[stage];
}

const char *
readiness_stage_title(enum readiness_stage stage)
{
	static const char *const titles[] = {"Stage 1 audit", "Stage 2 audit", "Surveillance audit", "Clauses 4 to 10"};
	return titles[stage];
}

const char *
path_state_name(enum path_state state)
{
	static const char *const names[] = {"done", "incomplete", "planned", "no date"};
	return names[state];
}

/* ---- findings that hold an item back ---- */

struct code_set {
	bool codes[CODE_COUNT];
};

static void
code_set_add(struct code_set *set, const char *list)
{
	struct str rest = str_from(list), word;
	while (str_split(&rest, ' ', &word)) {
		bool family = str_ends_with(word, STR("*"));
		struct str prefix = family ? str_slice(word, 0, word.size - 1) : word;
		for (int code = 0; word.size && code < CODE_COUNT; code++) {
			struct str name = str_from(code_text((enum code)code)->code);
			if (family ? str_starts_with(name, prefix) : str_equal(name, word))
				set->codes[code] = true;
		}
	}
}

/* True when CLAUSES, as a rule has them ("6.1.3 c, 6.1.3 d"), names CLAUSE ("6.1.3"). */
static bool
clauses_name(const char *clauses, const char *clause)
{
	struct str rest = str_from(clauses), part;
	while (str_split(&rest, ',', &part)) {
		struct str number = str_trim(part);
		size_t blank = str_find_char(number, ' ', 0);
		if (str_equal(blank == STR_NONE ? number : str_slice(number, 0, blank), str_from(clause)))
			return true;
	}
	return false;
}

/* Errors of the site about a clause hold its row back, whatever their family. */
static void
code_set_add_clause(struct code_set *set, const char *clause)
{
	for (int code = 0; code < CODE_COUNT; code++)
		if (clauses_name(code_text((enum code)code)->clause, clause))
			set->codes[code] = true;
}

struct holding {
	struct code_set anywhere, shown, clause;
	struct map subjects; /* of the records shown */
};

static bool
diag_holds(const struct holding *holding, const struct diag *diag)
{
	if (diag->severity < SEVERITY_WARNING)
		return false;
	return holding->anywhere.codes[diag->code] || (holding->clause.codes[diag->code] && diag->severity == SEVERITY_ERROR)
	       || (holding->shown.codes[diag->code] && map_get(&holding->subjects, diag->subject));
}

static void
hold_back(struct readiness_item *item, const struct diag_list *diags, struct arena *arena)
{
	struct holding *holding = arena_new(arena, struct holding);
	code_set_add(&holding->anywhere, item->rule->codes);
	code_set_add(&holding->shown, item->rule->codes_of_shown);
	if (item->rule->stage == READINESS_CLAUSES)
		code_set_add_clause(&holding->clause, item->rule->clause);
	for (size_t i = 0; i < item->shown.count; i++)
		map_put(arena, &holding->subjects, item->shown.items[i]->subject, (void *)item->shown.items[i]);
	for (size_t i = 0; i < diags->items.count; i++)
		if (diag_holds(holding, diags->items.items[i]))
			vec_push(arena, &item->held_back, diags->items.items[i]);
}

/* ---- items ---- */

static enum readiness_state
condition_state(const struct readiness_site *ready, const struct readiness_condition *condition, record_vec *shown)
{
	return condition->function ? condition->function(ready, shown) : readiness_information(ready, condition->information, shown);
}

/* Each record once, in the order in which it was shown first. */
static record_vec
without_repeats(const record_vec *records, struct arena *arena)
{
	record_vec kept = {0};
	struct map seen = {0};
	for (size_t i = 0; i < records->count; i++) {
		struct str key = str_printf(arena, "%p", (const void *)records->items[i]);
		if (!map_put(arena, &seen, key, (void *)records->items[i]))
			vec_push(arena, &kept, records->items[i]);
	}
	return kept;
}

static enum readiness_state
item_state(const struct readiness_item *item)
{
	bool applies = false, whole = item->held_back.count == 0;
	for (size_t i = 0; i < item->results.count; i++) {
		const struct readiness_result *result = &item->results.items[i];
		if (result->state == READINESS_NOT_APPLICABLE)
			continue;
		applies = true;
		if (result->basis && result->state == READINESS_NOT_MET)
			return READINESS_NOT_MET;
		whole = whole && result->state == READINESS_MET;
	}
	return !applies ? READINESS_NOT_APPLICABLE : whole ? READINESS_MET : READINESS_PARTLY;
}

static void
assess_item(const struct readiness_site *ready, const struct readiness_rule *rule, const struct diag_list *diags,
            struct readiness_item *item)
{
	record_vec shown = {0};
	item->rule = rule;
	for (size_t i = 0; i < READINESS_CONDITIONS_MAX && rule->conditions[i].text; i++) {
		const struct readiness_condition *condition = &rule->conditions[i];
		vec_push(ready->arena, &item->results,
		         ((struct readiness_result){condition->text, condition->basis, condition_state(ready, condition, &shown)}));
	}
	item->shown = without_repeats(&shown, ready->arena);
	hold_back(item, diags, ready->arena);
	item->state = item_state(item);
	item->explanation = readiness_rule_sentence(rule, ready->arena);
}

/* ---- shares ---- */

static void
share_finish(struct readiness_share *share, struct arena *arena)
{
	size_t met = share->counts[READINESS_MET], partly = share->counts[READINESS_PARTLY];
	size_t applicable = met + partly + share->counts[READINESS_NOT_MET];
	if (applicable == 0) {
		share->percent = -1;
		share->formula = STR("nothing applies");
		return;
	}
	share->percent = (int)((2 * met + partly) * 100 / (2 * applicable));
	share->formula = partly ? str_printf(arena, "(%zu met + %zu partly met / 2) / %zu that apply = %d %%", met, partly, applicable,
	                                     share->percent)
	                        : str_printf(arena, "%zu met / %zu that apply = %d %%", met, applicable, share->percent);
}

static void
add_share(readiness_share_vec *shares, struct readiness_share share, struct arena *arena)
{
	share_finish(&share, arena);
	vec_push(arena, shares, share);
}

static void
add_stages(struct readiness *readiness, struct arena *arena)
{
	for (int stage = READINESS_STAGE1; stage < READINESS_CLAUSES; stage++) {
		struct readiness_share share = {.name = str_from(readiness_stage_name((enum readiness_stage)stage)),
		                                .title = str_from(readiness_stage_title((enum readiness_stage)stage))};
		for (size_t i = 0; i < readiness->items.count; i++)
			if ((int)readiness->items.items[i].rule->stage == stage)
				share.counts[readiness->items.items[i].state]++;
		add_share(&readiness->stages, share, arena);
	}
}

static const struct clause *
item_top_clause(const struct readiness_item *item)
{
	return clause_top(clause_find(str_from(item->rule->clause)));
}

static void
add_clauses(struct readiness *readiness, struct arena *arena)
{
	size_t count;
	const struct clause *all = clause_all(&count);
	for (size_t i = 0; i < count; i++) {
		if (all[i].level != 1)
			continue;
		struct readiness_share share = {.name = all[i].id, .title = all[i].title};
		for (size_t j = 0; j < readiness->items.count; j++)
			if (readiness->items.items[j].rule->stage == READINESS_CLAUSES
			    && item_top_clause(&readiness->items.items[j]) == &all[i])
				share.counts[readiness->items.items[j].state]++;
		add_share(&readiness->clauses, share, arena);
	}
}

static void
add_phases(struct readiness *readiness, struct arena *arena)
{
	static const char *const titles[PDCA_COUNT] = {"Plan", "Do", "Check", "Act"};
	for (int phase = 0; phase < PDCA_COUNT; phase++) {
		struct readiness_share share = {.name = str_from(pdca_name((enum pdca)phase)), .title = str_from(titles[phase])};
		for (size_t j = 0; j < readiness->items.count; j++)
			if (readiness->items.items[j].rule->stage == READINESS_CLAUSES
			    && (int)item_top_clause(&readiness->items.items[j])->pdca == phase)
				share.counts[readiness->items.items[j].state]++;
		add_share(&readiness->phases, share, arena);
	}
}

static enum readiness_state
state_of_control(enum soa_state state)
{
	switch (state) {
	case SOA_YES:
	case SOA_NO_EVIDENCE_EXPECTED: return READINESS_MET;
	case SOA_PARTIAL: return READINESS_PARTLY;
	case SOA_NOT_APPLICABLE: return READINESS_NOT_APPLICABLE;
	default: return READINESS_NOT_MET;
	}
}

static void
add_themes(struct readiness *readiness, const struct site *site, struct arena *arena)
{
	const struct catalogue *catalogue = site->catalogue;
	for (size_t i = 0; i < catalogue->theme_count; i++) {
		const struct theme *theme = &catalogue->themes[i];
		if (theme->parent)
			continue;
		struct readiness_share share = {.name = theme->id, .title = theme->title};
		for (size_t j = 0; j < catalogue->control_count; j++)
			if (control_top_theme(&catalogue->controls[j]) == theme)
				share.counts[state_of_control(soa_state(site, &site->controls[j]))]++;
		add_share(&readiness->themes, share, arena);
	}
}

/* ---- the path to the certificate ---- */

struct path_context {
	const struct site *site;
	struct readiness *readiness;
	struct arena *arena;
};

static void
step_misses(const struct path_context *path, struct path_step *step, enum path_gap_type type, struct str text)
{
	vec_push(path->arena, &step->missing, ((struct path_gap){.type = type, .text = text}));
}

static void
step_misses_items(const struct path_context *path, struct path_step *step, enum readiness_stage stage, int from, int to)
{
	for (size_t i = 0; i < path->readiness->items.count; i++) {
		const struct readiness_item *item = &path->readiness->items.items[i];
		if (item->rule->stage == stage && item->rule->number >= from && item->rule->number <= to
		    && (item->state == READINESS_NOT_MET || item->state == READINESS_PARTLY))
			vec_push(path->arena, &step->missing,
			         ((struct path_gap){GAP_ITEM, item, str_printf(path->arena, "%s: %s", item->rule->title,
			                                                       readiness_state_name(item->state))}));
	}
}

static struct date
certification_date(const struct path_context *path, int field)
{
	return path->readiness->certification ? record_date(path->readiness->certification, field) : (struct date){0};
}

/* The last completed audit of TYPE, or NULL; ORDINAL 0 is the last one, 1 the first, 2 the second by day. */
static const struct record *
completed_audit(const struct path_context *path, int type, size_t ordinal)
{
	const record_vec *audits = site_records(path->site, KIND_audit);
	const struct record *found = NULL;
	struct date after = {0};
	for (size_t round = 0; round < (ordinal ? ordinal : 1); round++) {
		struct audit_dates days, best = {0};
		found = NULL;
		for (size_t i = 0; i < audits->count; i++) {
			const struct record *audit = audits->items[i];
			if (record_choice(audit, FIELD_audit_type) != type
			    || record_choice(audit, FIELD_audit_status) != CHOICE_audit_status_completed || !audit_days(audit, &days)
			    || (date_is_set(after) && date_compare(days.last, after) <= 0))
				continue;
			int order = found ? date_compare(days.last, best.last) : 0;
			if (!found || (ordinal ? order < 0 : order > 0))
				found = audit, best = days;
		}
		if (!found)
			return NULL;
		after = best.last;
	}
	return found;
}

static void
step_finish(const struct path_context *path, struct path_step step)
{
	bool set = date_is_set(step.on), future = set && date_is_future(path->site, step.on);
	if (!set)
		step_misses(path, &step, GAP_NO_DAY, STR("no day is set"));
	if (set && date_is_set(step.latest) && date_compare(step.on, step.latest) > 0)
		step_misses(path, &step, GAP_LATE_DAY,
		            str_printf(path->arena, "its day is later than %.*s, by which it must be",
		                       STR_ARG(date_text(path->arena, step.latest))));
	step.state = !set ? PATH_NO_DATE : future ? PATH_PLANNED : step.missing.count ? PATH_INCOMPLETE : PATH_DONE;
	vec_push(path->arena, &path->readiness->path, step);
}

static void
add_step(const struct path_context *path, const char *name, const char *title, int field)
{
	struct path_step step = {.name = name, .title = title, .on = certification_date(path, field)};
	step.record = date_is_set(step.on) ? path->readiness->certification : NULL;
	if (field == FIELD_certification_implementation)
		step_misses_items(path, &step, READINESS_STAGE2, 1, 1);
	step_finish(path, step);
}

static void
add_internal_audit(const struct path_context *path)
{
	struct path_step step = {.name = "internal-audit", .title = "Internal audit"};
	struct audit_dates days;
	step.record = completed_audit(path, CHOICE_audit_type_internal, 0);
	if (step.record && audit_days(step.record, &days))
		step.on = days.last;
	step_misses_items(path, &step, READINESS_STAGE1, 8, 9);
	step_finish(path, step);
}

static void
add_management_review(const struct path_context *path)
{
	struct path_step step = {.name = "management-review", .title = "Management review"};
	const record_vec *reviews = site_records(path->site, KIND_review);
	for (size_t i = 0; i < reviews->count; i++) {
		struct date held = record_date(reviews->items[i], FIELD_review_held_on);
		if (date_is_set(held) && !date_is_future(path->site, held)
		    && (!date_is_set(step.on) || date_compare(held, step.on) > 0))
			step.on = held, step.record = reviews->items[i];
	}
	step_misses_items(path, &step, READINESS_STAGE1, 10, 10);
	step_finish(path, step);
}

/* An audit of the certification body: once it is on record as completed it is done, whatever today's checklists say. */
static void
add_external(const struct path_context *path, struct path_step step, int type, size_t ordinal, enum readiness_stage stage)
{
	const struct record *audit = completed_audit(path, type, ordinal);
	struct audit_dates days;
	step.share = &path->readiness->stages.items[stage];
	step.record = audit ? audit : date_is_set(step.on) ? path->readiness->certification : NULL;
	if (audit && audit_days(audit, &days)) {
		step.on = days.last;
	} else {
		step_misses_items(path, &step, stage, 1, 99);
		if (date_is_set(step.on) && date_is_past(path->site, step.on))
			step_misses(path, &step, GAP_NO_AUDIT, STR("its day has passed, and no completed audit of that type is on record"));
	}
	step_finish(path, step);
}

static struct date
years_after(struct date date, int years)
{
	return date_is_set(date) ? date_add(date, (struct period){years, PERIOD_YEARS}, 1) : (struct date){0};
}

/* The surveillance field is a list of days. */
static struct date
surveillance_date(const struct path_context *path, size_t index)
{
	const struct record *certification = path->readiness->certification;
	const struct value *days = certification ? record_value(certification, FIELD_certification_surveillance) : NULL;
	if (index >= value_count(days) || value_item(days, index)->state != VALUE_OK)
		return (struct date){0};
	return value_item(days, index)->date;
}

static void
add_path(const struct path_context *path)
{
	add_step(path, "gap-analysis", "Gap analysis", FIELD_certification_gap_analysis);
	add_step(path, "implementation", "Implementation", FIELD_certification_implementation);
	add_internal_audit(path);
	add_management_review(path);
	add_external(path, (struct path_step){.name = "stage1", .title = "Stage 1 audit",
	                                      .on = certification_date(path, FIELD_certification_stage1_on)},
	             CHOICE_audit_type_stage1, 0, READINESS_STAGE1);
	add_external(path, (struct path_step){.name = "stage2", .title = "Stage 2 audit",
	                                      .on = certification_date(path, FIELD_certification_stage2_on)},
	             CHOICE_audit_type_stage2, 0, READINESS_STAGE2);
	struct date stage2 = path->readiness->path.items[path->readiness->path.count - 1].on;
	add_external(path, (struct path_step){.name = "surveillance1", .title = "First surveillance audit",
	                                      .on = surveillance_date(path, 0), .latest = years_after(stage2, 1)},
	             CHOICE_audit_type_surveillance, 1, READINESS_SURVEILLANCE);
	add_external(path, (struct path_step){.name = "surveillance2", .title = "Second surveillance audit",
	                                      .on = surveillance_date(path, 1), .latest = years_after(stage2, 2)},
	             CHOICE_audit_type_surveillance, 2, READINESS_SURVEILLANCE);
	struct date end = date_is_set(stage2) ? date_add(stage2, path->site->config->limits.certificate, 1) : (struct date){0};
	add_external(path, (struct path_step){.name = "recertification", .title = "Recertification audit",
	                                      .on = certification_date(path, FIELD_certification_recertification_on), .latest = end},
	             CHOICE_audit_type_recertification, 0, READINESS_SURVEILLANCE);
}

struct readiness *
readiness_assess(const struct site *site, const struct diag_list *diags, struct arena *arena)
{
	struct readiness *readiness = arena_new(arena, struct readiness);
	struct readiness_site ready = {site, arena, documented_information_assess(site, arena)};
	size_t count;
	const struct readiness_rule *rules = readiness_rules(&count);
	readiness->information = ready.information;
	for (size_t i = 0; i < count; i++)
		assess_item(&ready, &rules[i], diags, vec_add(arena, &readiness->items));
	add_stages(readiness, arena);
	add_clauses(readiness, arena);
	add_phases(readiness, arena);
	add_themes(readiness, site, arena);
	const record_vec *certifications = site_records(site, KIND_certification);
	readiness->certification = certifications->count ? certifications->items[0] : NULL;
	add_path(&(struct path_context){site, readiness, arena});
	return readiness;
}
