#include "export/report_json.h"

#include "export/json.h"

#include <math.h>

/* ---- small values ---- */

static void
put(json_t *object, const char *key, json_t *value)
{
	if (!value || json_object_set_new(object, key, value) != 0)
		arena_out_of_memory();
}

static void
put_text(json_t *object, const char *key, const char *text)
{
	put(object, key, text ? json_string(text) : json_null());
}

static void
put_str(json_t *object, const char *key, struct str text)
{
	put(object, key, json_of_str(text));
}

static void
put_count(json_t *object, const char *key, size_t count)
{
	put(object, key, json_integer((json_int_t)count));
}

static void
put_bool(json_t *object, const char *key, bool value)
{
	put(object, key, json_boolean(value));
}

/* A number without fraction is written as one. */
static json_t *
json_of_number(double number)
{
	if (!isfinite(number))
		return json_null();
	return number == floor(number) && fabs(number) < 1e15 ? json_integer((json_int_t)number) : json_real(number);
}

static void
put_date(json_t *object, const char *key, struct date date)
{
	struct buf text = {0};
	buf_add_date(&text, date);
	put(object, key, date_is_set(date) ? json_of_str(buf_str(&text)) : json_null());
	buf_release(&text);
}

/* The word of a CHOICE, or null. */
static void
put_choice(json_t *object, const char *key, const struct record *record, int field)
{
	int choice = record_choice(record, field);
	put_text(object, key, choice >= 0 ? record->kind->fields[field]->choices->choices[choice].text : NULL);
}

/* ---- what many parts name ---- */

static json_t *
json_of_ref(const struct record *record)
{
	if (!record)
		return json_null();
	json_t *object = json_object();
	put_str(object, "id", record->subject);
	put_text(object, "kind", record->kind->name);
	put_str(object, "title", record->title);
	put_str(object, "path", record->document->path);
	put_count(object, "line", record->span.line ? record->span.line : 1);
	return object;
}

static json_t *
json_of_refs(const record_vec *records)
{
	json_t *list = json_array();
	for (size_t i = 0; i < records->count; i++)
		json_array_append_new(list, json_of_ref(records->items[i]));
	return list;
}

static json_t *
json_of_party(struct str name, const struct record *record)
{
	json_t *object = json_object();
	put(object, "name", name.size ? json_of_str(name) : json_null());
	put(object, "id", record ? json_of_str(record->subject) : json_null());
	return object;
}

static json_t *
json_of_control(const struct control *control)
{
	json_t *object = json_object();
	put_str(object, "id", control->id);
	put_str(object, "title", control->title);
	return object;
}

static json_t *
json_of_gaps(const report_gap_vec *gaps)
{
	json_t *list = json_array();
	for (size_t i = 0; i < gaps->count; i++)
		json_array_append_new(list, json_of_control(gaps->items[i].control));
	return list;
}

static json_t *
json_of_severities(const size_t *counts, size_t suppressed)
{
	json_t *object = json_object();
	for (int severity = SEVERITY_ERROR; severity >= SEVERITY_NOTE; severity--)
		put_count(object, severity_name((enum severity)severity), counts[severity]);
	put_count(object, "suppressed", suppressed);
	return object;
}

/* ---- readiness ---- */

static json_t *
json_of_percent(const struct readiness_share *share)
{
	return share && share->percent >= 0 ? json_integer(share->percent) : json_null();
}

static json_t *
json_of_share(const struct readiness_share *share)
{
	json_t *object = json_object(), *counts = json_object();
	put_str(object, "name", share->name);
	put_str(object, "title", share->title);
	put(object, "percent", json_of_percent(share));
	put_str(object, "formula", share->formula);
	for (int state = 0; state < READINESS_STATE_COUNT; state++)
		put_count(counts, readiness_state_name((enum readiness_state)state), share->counts[state]);
	put(object, "counts", counts);
	return object;
}

static json_t *
json_of_shares(const readiness_share_vec *shares)
{
	json_t *list = json_array();
	for (size_t i = 0; i < shares->count; i++)
		json_array_append_new(list, json_of_share(&shares->items[i]));
	return list;
}

static json_t *
json_of_held_back(const struct diag *diag)
{
	json_t *object = json_object();
	put_text(object, "code", code_text(diag->code)->code);
	put_text(object, "severity", severity_name(diag->severity));
	put_str(object, "path", diag->span.source ? diag->span.source->path : STR(""));
	put_count(object, "line", diag->span.line ? diag->span.line : 1);
	put_str(object, "subject", diag->subject);
	put_str(object, "message", diag->message);
	put_text(object, "by", diag->suppressed_by);
	return object;
}

static json_t *
json_of_item(const struct readiness_item *item)
{
	json_t *object = json_object(), *conditions = json_array(), *held_back = json_array();
	put_count(object, "number", (size_t)item->rule->number);
	put_text(object, "title", item->rule->title);
	put_text(object, "clause", item->rule->clause);
	put_text(object, "state", readiness_state_name(item->state));
	put_str(object, "explanation", item->explanation);
	for (size_t i = 0; i < item->results.count; i++) {
		json_t *condition = json_object();
		put_text(condition, "text", item->results.items[i].text);
		put_bool(condition, "basis", item->results.items[i].basis);
		put_text(condition, "state", readiness_state_name(item->results.items[i].state));
		json_array_append_new(conditions, condition);
	}
	put(object, "conditions", conditions);
	put(object, "shown", json_of_refs(&item->shown));
	for (size_t i = 0; i < item->held_back.count; i++)
		json_array_append_new(held_back, json_of_held_back(item->held_back.items[i]));
	put(object, "held_back", held_back);
	return object;
}

static json_t *
json_of_checklists(const struct report *report)
{
	json_t *list = json_array();
	for (int stage = 0; stage < READINESS_STAGE_COUNT; stage++) {
		const struct report_checklist *checklist = &report->checklists[stage];
		json_t *object = json_object(), *items = json_array();
		put_text(object, "stage", readiness_stage_name(checklist->stage));
		put_text(object, "title", readiness_stage_title(checklist->stage));
		put(object, "percent", json_of_percent(checklist->share));
		put(object, "formula", checklist->share ? json_of_str(checklist->share->formula) : json_null());
		for (size_t i = 0; i < checklist->items.count; i++)
			json_array_append_new(items, json_of_item(checklist->items.items[i]));
		put(object, "items", items);
		json_array_append_new(list, object);
	}
	return list;
}

static json_t *
json_of_all_shares(const struct readiness *readiness)
{
	json_t *object = json_object();
	put(object, "stages", json_of_shares(&readiness->stages));
	put(object, "clauses", json_of_shares(&readiness->clauses));
	put(object, "phases", json_of_shares(&readiness->phases));
	put(object, "themes", json_of_shares(&readiness->themes));
	return object;
}

/* ---- risk ---- */

static json_t *
json_of_band(const struct report *report, int band)
{
	return band >= 0 ? json_of_str(report->site->config->risk.bands.items[band].name) : json_null();
}

static json_t *
json_of_rating(const struct report *report, const struct risk_rating *rating)
{
	if (rating->band < 0)
		return json_null();
	json_t *object = json_object();
	put(object, "likelihood", rating->known ? json_of_number(rating->likelihood) : json_null());
	put(object, "impact", rating->known ? json_of_number(rating->impact) : json_null());
	put(object, "score", json_of_number(rating->score));
	put(object, "band", json_of_band(report, rating->band));
	return object;
}

static json_t *
json_of_bands(const struct risk_method *method)
{
	json_t *list = json_array();
	for (size_t i = 0; i < method->bands.count; i++) {
		const struct risk_band *band = &method->bands.items[i];
		json_t *object = json_object();
		put_str(object, "name", band->name);
		put(object, "from", json_of_number(band->from));
		put(object, "to", json_of_number(band->to));
		put_bool(object, "accepted", band->accepted);
		put_bool(object, "immediate", band->immediate);
		json_array_append_new(list, object);
	}
	return list;
}

static json_t *
json_of_row(const struct report *report, const struct report_heat_map *map, size_t likelihood)
{
	const struct risk_method *method = &report->site->config->risk;
	json_t *object = json_object(), *cells = json_array();
	put(object, "likelihood", json_of_number(method->likelihood.items[likelihood].value));
	put_str(object, "label", method->likelihood.items[likelihood].label);
	for (size_t i = 0; i < map->columns; i++) {
		const struct report_cell *cell = &map->cells[likelihood * map->columns + i];
		json_t *column = json_object();
		put(column, "impact", json_of_number(method->impact.items[i].value));
		put(column, "score", json_of_number(cell->score));
		put(column, "band", json_of_band(report, cell->band));
		put_bool(column, "accepted", cell->accepted);
		put(column, "risks", json_of_refs(&cell->risks));
		json_array_append_new(cells, column);
	}
	put(object, "cells", cells);
	return object;
}

static json_t *
json_of_map(const struct report *report, const struct report_heat_map *map)
{
	json_t *object = json_object(), *rows = json_array();
	put_text(object, "name", map->name);
	put_text(object, "title", map->title);
	put_count(object, "placed", map->placed);
	for (size_t l = 0; l < map->rows; l++)
		json_array_append_new(rows, json_of_row(report, map, l));
	put(object, "rows", rows);
	put(object, "scored_only", json_of_refs(&map->scored_only));
	put(object, "unrated", json_of_refs(&map->unrated));
	return object;
}

static json_t *
json_of_top(const struct report *report)
{
	json_t *list = json_array();
	for (size_t i = 0; i < report->top_risks.count; i++) {
		const struct report_risk *top = &report->top_risks.items[i];
		json_t *object = json_object();
		put(object, "risk", json_of_ref(top->risk));
		put(object, "inherent", json_of_rating(report, &top->risk->risk->inherent));
		put(object, "current", json_of_rating(report, &top->risk->risk->current));
		put(object, "residual", json_of_rating(report, &top->risk->risk->residual));
		put_bool(object, "above_appetite", top->risk->risk->above_appetite);
		put_choice(object, "treatment", top->risk, FIELD_risk_treatment);
		put_choice(object, "status", top->risk, FIELD_risk_status);
		put(object, "owner", json_of_party(top->owner, top->owner_record));
		json_array_append_new(list, object);
	}
	return list;
}

static json_t *
json_of_names(const struct record *record, int field)
{
	const struct value *values = record_value(record, field);
	json_t *list = json_array();
	for (size_t i = 0; i < value_count(values); i++) {
		const struct reference *reference = &value_item(values, i)->reference;
		json_array_append_new(list, json_of_str(reference->control ? reference->control->id : reference->id));
	}
	return list;
}

static json_t *
json_of_plan(const struct report *report)
{
	json_t *list = json_array();
	for (size_t i = 0; i < report->plan.count; i++) {
		const struct report_treatment *line = &report->plan.items[i];
		json_t *object = json_object();
		put(object, "risk", json_of_ref(line->risk));
		put_str(object, "priority", line->priority);
		put_choice(object, "treatment", line->risk, FIELD_risk_treatment);
		put_choice(object, "status", line->risk, FIELD_risk_status);
		put_date(object, "due", line->due);
		put_bool(object, "overdue", line->overdue);
		put(object, "owner", json_of_party(line->owner, line->owner_record));
		put(object, "controls", json_of_names(line->risk, FIELD_risk_controls));
		put(object, "actions", json_of_refs(&line->actions));
		put_count(object, "actions_done", line->actions_done);
		json_array_append_new(list, object);
	}
	return list;
}

static json_t *
json_of_risks(const struct report *report)
{
	json_t *object = json_object(), *maps = json_array();
	put_count(object, "live", report->live_risks);
	put_count(object, "above_appetite", report->above_appetite);
	put(object, "bands", json_of_bands(&report->site->config->risk));
	for (int i = 0; i < REPORT_MAP_COUNT; i++)
		json_array_append_new(maps, json_of_map(report, &report->maps[i]));
	put(object, "heat_maps", maps);
	put(object, "top", json_of_top(report));
	put(object, "treatment_plan", json_of_plan(report));
	return object;
}

/* ---- the path to the certificate ---- */

static json_t *
json_of_step(const struct path_step *step)
{
	json_t *object = json_object(), *missing = json_array();
	put_text(object, "name", step->name);
	put_text(object, "title", step->title);
	put_date(object, "on", step->on);
	put_date(object, "latest", step->latest);
	put_text(object, "state", path_state_name(step->state));
	put(object, "record", json_of_ref(step->record));
	put(object, "percent", json_of_percent(step->share));
	for (size_t i = 0; i < step->missing.count; i++)
		json_array_append_new(missing, json_of_str(step->missing.items[i].text));
	put(object, "missing", missing);
	return object;
}

static json_t *
json_of_certification(const struct readiness *readiness)
{
	json_t *object = json_object(), *path = json_array();
	put(object, "record", json_of_ref(readiness->certification));
	for (size_t i = 0; i < readiness->path.count; i++)
		json_array_append_new(path, json_of_step(&readiness->path.items[i]));
	put(object, "path", path);
	return object;
}

/* ---- Statement of Applicability ---- */

static json_t *
json_of_states(const size_t *counts)
{
	json_t *object = json_object();
	for (int state = 0; state < SOA_STATE_COUNT; state++)
		put_count(object, soa_state_name((enum soa_state)state), counts[state]);
	return object;
}

static json_t *
json_of_themes(const struct report *report)
{
	json_t *list = json_array();
	for (size_t i = 0; i < report->soa.themes.count; i++) {
		const struct report_theme *theme = &report->soa.themes.items[i];
		json_t *object = json_object();
		put_str(object, "id", theme->theme->id);
		put_str(object, "title", theme->theme->title);
		put_count(object, "total", theme->total);
		put(object, "counts", json_of_states(theme->counts));
		json_array_append_new(list, object);
	}
	return list;
}

static json_t *
json_of_all_controls(const struct site *site)
{
	json_t *list = json_array();
	for (size_t i = 0; i < site->catalogue->control_count; i++) {
		const struct control *control = &site->catalogue->controls[i];
		const struct theme *theme = control_top_theme(control);
		json_t *object = json_of_control(control);
		put(object, "theme", theme ? json_of_str(theme->id) : json_null());
		put_text(object, "state", soa_state_name(soa_state(site, &site->controls[i])));
		json_array_append_new(list, object);
	}
	return list;
}

static json_t *
json_of_soa(const struct report *report)
{
	json_t *object = json_object(), *legend = json_array(), *missing = json_object();
	for (int state = 0; state < SOA_STATE_COUNT; state++)
		json_array_append_new(legend, json_string(soa_state_name((enum soa_state)state)));
	put(object, "legend", legend);
	put_count(object, "total", report->soa.all.total);
	put(object, "counts", json_of_states(report->soa.all.counts));
	put(object, "themes", json_of_themes(report));
	put(missing, "entry", json_of_gaps(&report->soa.no_entry));
	put(missing, "inclusion_justification", json_of_gaps(&report->soa.no_inclusion_reason));
	put(missing, "exclusion_justification", json_of_gaps(&report->soa.no_exclusion_reason));
	put(object, "missing", missing);
	put(object, "not_implemented", json_of_gaps(&report->soa.not_implemented));
	put(object, "controls", json_of_all_controls(report->site));
	return object;
}

/* ---- due days ---- */

static json_t *
json_of_due(const struct due_item *item)
{
	json_t *object = json_object();
	put_date(object, "date", item->date);
	put(object, "days", json_integer(item->days));
	put_text(object, "type", due_type_name(item->type));
	put_text(object, "title", due_type_title(item->type));
	put_str(object, "what", item->what);
	put(object, "record", json_of_ref(item->record));
	put(object, "owner", json_of_party(item->owner, item->owner_record));
	return object;
}

static json_t *
json_of_overdue(const struct report *report)
{
	json_t *object = json_object(), *owners = json_array();
	put_count(object, "count", report->overdue_count);
	for (size_t i = 0; i < report->overdue.count; i++) {
		const struct report_owner *owner = &report->overdue.items[i];
		json_t *entry = json_object(), *items = json_array();
		put(entry, "owner", json_of_party(owner->name, owner->record));
		for (size_t j = 0; j < owner->items.count; j++)
			json_array_append_new(items, json_of_due(owner->items.items[j]));
		put(entry, "items", items);
		json_array_append_new(owners, entry);
	}
	put(object, "owners", owners);
	return object;
}

static json_t *
json_of_windows(const struct report *report)
{
	json_t *list = json_array();
	for (size_t w = 0; w < REPORT_WINDOWS; w++) {
		json_t *object = json_object(), *items = json_array();
		put_count(object, "days", (size_t)report->windows[w].days);
		for (size_t i = 0; i < report->windows[w].items.count; i++)
			json_array_append_new(items, json_of_due(report->windows[w].items.items[i]));
		put(object, "items", items);
		json_array_append_new(list, object);
	}
	return list;
}

/* ---- improvement ---- */

static json_t *
json_of_age(int age)
{
	return age >= 0 ? json_integer(age) : json_null();
}

static json_t *
json_of_findings(const struct report *report)
{
	json_t *list = json_array();
	for (size_t i = 0; i < report->findings.count; i++) {
		const struct report_finding *line = &report->findings.items[i];
		json_t *object = json_object();
		put(object, "finding", json_of_ref(line->finding));
		put_choice(object, "category", line->finding, FIELD_finding_category);
		put_bool(object, "open", line->open);
		put_date(object, "raised_on", record_date(line->finding, FIELD_finding_raised_on));
		put_date(object, "closed_on", record_date(line->finding, FIELD_finding_closed_on));
		put(object, "age_days", json_of_age(line->age));
		put_date(object, "cause_by", line->cause_by);
		put_date(object, "action_by", line->action_by);
		put_bool(object, "overdue", line->overdue);
		put(object, "actions", json_of_refs(&line->actions));
		put_count(object, "actions_done", line->actions_done);
		put(object, "owner", json_of_party(line->owner, line->owner_record));
		json_array_append_new(list, object);
	}
	return list;
}

static json_t *
json_of_actions(const struct report *report)
{
	json_t *list = json_array();
	for (size_t i = 0; i < report->actions.count; i++) {
		const struct report_action *line = &report->actions.items[i];
		json_t *object = json_object();
		put(object, "action", json_of_ref(line->action));
		put_choice(object, "type", line->action, FIELD_action_type);
		put_bool(object, "done", line->done);
		put_date(object, "since", line->since);
		put(object, "age_days", json_of_age(line->age));
		put_date(object, "due", line->due);
		put_date(object, "done_on", record_date(line->action, FIELD_action_done_on));
		put_bool(object, "overdue", line->overdue);
		put(object, "for", json_of_refs(&line->causes));
		put(object, "owner", json_of_party(line->owner, line->owner_record));
		json_array_append_new(list, object);
	}
	return list;
}

static json_t *
json_of_review(const struct report_review *line)
{
	json_t *object = json_object(), *inputs = json_object();
	put(object, "review", json_of_ref(line->review));
	put_date(object, "held_on", record_date(line->review, FIELD_review_held_on));
	put_bool(object, "held", line->held);
	for (int i = 0; i < REPORT_INPUTS; i++)
		put_bool(inputs, (char[]){(char)('a' + i), '\0'}, line->inputs[i]);
	put(object, "inputs", inputs);
	put_count(object, "outputs", line->outputs);
	put_count(object, "decisions", line->decisions);
	put_count(object, "actions", line->actions);
	put_count(object, "actions_done", line->actions_done);
	return object;
}

static json_t *
json_of_reviews(const struct report *report)
{
	json_t *object = json_object(), *list = json_array();
	put(object, "last", json_of_ref(report->last_review ? report->last_review->review : NULL));
	for (size_t i = 0; i < report->reviews.count; i++)
		json_array_append_new(list, json_of_review(&report->reviews.items[i]));
	put(object, "reviews", list);
	return object;
}

/* ---- measuring ---- */

static json_t *
json_of_metric(const struct report_metric *line)
{
	static const char *const standings[] = {
		[METRIC_UNKNOWN] = "unknown", [METRIC_REACHED] = "reached", [METRIC_MISSED] = "missed",
	};
	const struct metric_state *state = line->state;
	const struct metric_value *last = metric_last(state);
	json_t *object = json_object();
	put(object, "metric", json_of_ref(state->metric));
	put_str(object, "unit", record_text(state->metric, FIELD_metric_unit));
	put(object, "target", state->has_target ? json_of_number(state->target) : json_null());
	put_text(object, "direction", state->direction < 0 ? NULL : state->direction == CHOICE_direction_up ? "up" : "down");
	put(object, "value", last ? json_of_number(round(last->value * 100) / 100) : json_null());
	put_date(object, "on", last ? last->on : (struct date){0});
	put_bool(object, "computed", state->from_records);
	put_text(object, "standing", standings[state->standing]);
	put_date(object, "next", line->next);
	put_bool(object, "overdue", line->overdue);
	return object;
}

static json_t *
json_of_metrics(const struct report *report)
{
	json_t *list = json_array();
	for (size_t i = 0; i < report->metrics.count; i++)
		json_array_append_new(list, json_of_metric(&report->metrics.items[i]));
	return list;
}

static json_t *
json_of_freshness(const size_t *counts)
{
	json_t *object = json_object();
	for (int state = 0; state < EVIDENCE_STATE_COUNT; state++)
		put_count(object, report_freshness_name((enum report_freshness)state), counts[state]);
	return object;
}

static json_t *
json_of_evidence(const struct report *report)
{
	json_t *object = json_object(), *items = json_array();
	put_count(object, "controls_expecting", report->controls_expecting);
	put(object, "controls", json_of_freshness(report->controls_by_freshness));
	put(object, "without", json_of_gaps(&report->controls_without_evidence));
	put(object, "counts", json_of_freshness(report->evidence_counts));
	for (size_t i = 0; i < report->evidence.count; i++) {
		const struct report_evidence *line = &report->evidence.items[i];
		json_t *item = json_object();
		put(item, "evidence", json_of_ref(line->evidence));
		put_date(item, "collected_on", record_date(line->evidence, FIELD_evidence_collected_on));
		put_date(item, "until", line->until);
		put_text(item, "state", report_freshness_name(line->state));
		put_bool(item, "relied_on", line->relied_on);
		json_array_append_new(items, item);
	}
	put(object, "items", items);
	return object;
}

/* ---- findings of the compiler ---- */

static json_t *
json_of_rules(const struct report *report)
{
	json_t *list = json_array();
	for (size_t i = 0; i < report->rules.count; i++) {
		const struct report_rule *rule = &report->rules.items[i];
		json_t *object = json_object(), *findings = json_array();
		put_text(object, "code", rule->text->code);
		put_text(object, "title", rule->text->title);
		put_text(object, "clause", rule->text->clause);
		put_text(object, "severity", severity_name(rule->worst));
		put(object, "counts", json_of_severities(rule->counts, rule->suppressed));
		for (size_t j = 0; j < rule->findings.count; j++)
			json_array_append_new(findings, json_of_diag(rule->findings.items[j]));
		put(object, "findings", findings);
		json_array_append_new(list, object);
	}
	return list;
}

static void
put_head(json_t *object, const struct report *report)
{
	const struct site *site = report->site;
	put_count(object, "schema_version", 1);
	put(object, "tool", json_pack("{s:s, s:s}", "name", "ismark", "version", report->version));
	put_text(object, "commit", report->commit);
	put_date(object, "date", site->today);
	put_str(object, "title", site->config->title);
	put_str(object, "organization", site->config->organization);
	json_t *catalogue = json_object();
	put_str(catalogue, "name", site->catalogue->name);
	put_str(catalogue, "standard", site->catalogue->standard);
	put(object, "catalogue", catalogue);
	put_text(object, "gate", severity_name(report->gate));
	put_text(object, "verdict", report_verdict(report));
	put(object, "counts", json_of_severities(report->counts, report->suppressed));
	put_count(object, "documents", site->documents.count);
	put_count(object, "records", report->records);
}

json_t *
json_of_report(const struct report *report)
{
	json_t *object = json_object();
	put_head(object, report);
	put(object, "checklists", json_of_checklists(report));
	put(object, "shares", json_of_all_shares(report->readiness));
	put(object, "risks", json_of_risks(report));
	put(object, "certification", json_of_certification(report->readiness));
	put(object, "soa", json_of_soa(report));
	put(object, "overdue", json_of_overdue(report));
	put(object, "due", json_of_windows(report));
	put(object, "findings", json_of_findings(report));
	put(object, "actions", json_of_actions(report));
	put(object, "management_review", json_of_reviews(report));
	put(object, "metrics", json_of_metrics(report));
	put(object, "evidence", json_of_evidence(report));
	put(object, "rules", json_of_rules(report));
	return object;
}
