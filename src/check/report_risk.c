/* Heat maps, top risks and the risk treatment plan (6.1.2, 6.1.3, 8.2, 8.3). */
#include "check/corrective.h"
#include "check/report_part.h"

#include <math.h>
#include <stdlib.h>

/* ---- heat maps ---- */

static struct report_cell *
cell_at(const struct report_heat_map *map, size_t likelihood, size_t impact)
{
	return &map->cells[likelihood * map->columns + impact];
}

static void
make_cells(struct report_heat_map *map, const struct risk_method *method, struct arena *arena)
{
	if (method->likelihood.count > REPORT_SCALE_MAX || method->impact.count > REPORT_SCALE_MAX)
		return;
	map->rows = method->likelihood.count;
	map->columns = method->impact.count;
	map->cells = arena_array(arena, struct report_cell, map->rows * map->columns);
	for (size_t l = 0; l < map->rows; l++) {
		for (size_t i = 0; i < map->columns; i++) {
			struct report_cell *cell = cell_at(map, l, i);
			cell->score = risk_score(method, method->likelihood.items[l].value, method->impact.items[i].value);
			cell->band = isnan(cell->score) ? -1 : risk_band_of(method, cell->score);
			cell->accepted = cell->band >= 0 && risk_is_accepted_score(method, cell->score);
		}
	}
}

/* Index of the level of VALUE on SCALE, or its count. */
static size_t
level_index(const risk_scale *scale, double value)
{
	size_t index = 0;
	while (index < scale->count && fabs(scale->items[index].value - value) > 1e-9)
		index++;
	return index;
}

static void
place(struct report_heat_map *map, const struct risk_method *method, const struct record *risk, const struct risk_rating *rating,
      struct arena *arena)
{
	size_t l = rating->known ? level_index(&method->likelihood, rating->likelihood) : map->rows;
	size_t i = rating->known ? level_index(&method->impact, rating->impact) : map->columns;
	if (l < map->rows && i < map->columns) {
		vec_push(arena, &cell_at(map, l, i)->risks, risk);
		map->placed++;
	} else if (rating->band >= 0) {
		vec_push(arena, &map->scored_only, risk);
	} else {
		vec_push(arena, &map->unrated, risk);
	}
}

/* The residual level, or that of a risk which nothing was to lower. */
static const struct risk_rating *
left_after_treatment(const struct record *risk)
{
	const struct risk_rating *deciding = risk_deciding(risk);
	return deciding ? deciding : &risk->risk->residual;
}

/* The level with the controls in place, or that of a risk which none has lowered. */
static const struct risk_rating *
with_controls_in_place(const struct record *risk)
{
	const struct risk_rating *before = risk_before_treatment(risk);
	return before ? before : &risk->risk->current;
}

static void
fill_maps(struct report *report, const record_vec *live, struct arena *arena)
{
	const struct risk_method *method = &report->site->config->risk;
	struct report_heat_map *inherent = &report->maps[REPORT_MAP_INHERENT], *current = &report->maps[REPORT_MAP_CURRENT],
	                       *residual = &report->maps[REPORT_MAP_RESIDUAL];
	*inherent = (struct report_heat_map){.name = "inherent", .title = "Inherent risk"};
	*current = (struct report_heat_map){.name = "current", .title = "Current risk"};
	*residual = (struct report_heat_map){.name = "residual", .title = "Residual risk"};
	for (int i = 0; i < REPORT_MAP_COUNT; i++)
		make_cells(&report->maps[i], method, arena);
	for (size_t i = 0; i < live->count; i++) {
		place(inherent, method, live->items[i], &live->items[i]->risk->inherent, arena);
		place(current, method, live->items[i], with_controls_in_place(live->items[i]), arena);
		place(residual, method, live->items[i], left_after_treatment(live->items[i]), arena);
	}
}

/* ---- top risks ---- */

static double
score_of(const struct risk_rating *rating)
{
	return rating && rating->band >= 0 ? rating->score : -1;
}

/* By the level that decides, then the inherent one; risks without any come first: nobody knows how high they are. */
static int
by_height(const void *a, const void *b)
{
	const struct report_risk *x = a, *y = b;
	bool x_rated = score_of(x->deciding) >= 0, y_rated = score_of(y->deciding) >= 0;
	if (x_rated != y_rated)
		return x_rated ? 1 : -1;
	double order = score_of(y->deciding) - score_of(x->deciding);
	if (order == 0)
		order = score_of(&y->risk->risk->inherent) - score_of(&x->risk->risk->inherent);
	if (order != 0)
		return order > 0 ? 1 : -1;
	return str_compare_natural(x->risk->subject, y->risk->subject);
}

static void
fill_top(struct report *report, const record_vec *live, struct arena *arena)
{
	for (size_t i = 0; i < live->count; i++) {
		struct report_risk *top = vec_add(arena, &report->top_risks);
		*top = (struct report_risk){.risk = live->items[i], .deciding = risk_deciding(live->items[i])};
		due_owner(top->risk, FIELD_risk_owner, &top->owner, &top->owner_record);
		report->above_appetite += live->items[i]->risk->above_appetite;
	}
	report->live_risks = live->count;
	if (live->count)
		qsort(report->top_risks.items, live->count, sizeof *report->top_risks.items, by_height);
	if (report->top_risks.count > REPORT_TOP_RISKS)
		report->top_risks.count = REPORT_TOP_RISKS;
}

/* ---- treatment plan ---- */

static bool
action_is_done(const struct report *report, const struct record *action)
{
	struct date done = record_date(action, FIELD_action_done_on);
	return date_is_set(done) && date_compare(done, report->site->today) <= 0;
}

static void
take_actions(const struct report *report, struct report_treatment *line, struct arena *arena)
{
	record_vec all = actions_of(line->risk, FIELD_risk_actions, arena);
	for (int done = 0; done <= 1; done++) {
		for (size_t i = 0; i < all.count; i++) {
			if (all.items[i]->kind->index != KIND_action || action_is_done(report, all.items[i]) != done)
				continue;
			vec_push(arena, &line->actions, all.items[i]);
			line->actions_done += (size_t)done;
		}
	}
}

static bool
needs_treatment(const struct report *report, const struct record *risk, const struct report_treatment *line)
{
	const struct risk_rating *before = risk_before_treatment(risk);
	bool within = before && before->band >= 0 && risk_is_accepted_score(&report->site->config->risk, before->score);
	return record_choice(risk, FIELD_risk_status) != CHOICE_risk_status_accepted
	       && (!within || line->actions.count > line->actions_done);
}

static struct str
priority_of(const struct report *report, const struct record *risk, int band)
{
	if (risk->risk->immediate)
		return STR("immediate");
	return band >= 0 ? report->site->config->risk.bands.items[band].name : STR("not rated");
}

static int
by_priority(const void *a, const void *b)
{
	const struct report_treatment *x = a, *y = b;
	if (x->risk->risk->immediate != y->risk->risk->immediate)
		return x->risk->risk->immediate ? -1 : 1;
	if (x->band != y->band)
		return y->band - x->band;
	int order = report_compare_dates(x->due, y->due);
	return order ? order : str_compare_natural(x->risk->subject, y->risk->subject);
}

static void
fill_plan(struct report *report, const record_vec *live, struct arena *arena)
{
	for (size_t i = 0; i < live->count; i++) {
		const struct record *risk = live->items[i];
		const struct risk_rating *before = risk_before_treatment(risk);
		struct report_treatment line = {.risk = risk, .band = before ? before->band : -1, .due = risk->risk->plan_due};
		take_actions(report, &line, arena);
		if (!needs_treatment(report, risk, &line))
			continue;
		line.priority = priority_of(report, risk, line.band);
		line.overdue = date_is_past(report->site, line.due);
		due_owner(risk, FIELD_risk_owner, &line.owner, &line.owner_record);
		vec_push(arena, &report->plan, line);
	}
	if (report->plan.count)
		qsort(report->plan.items, report->plan.count, sizeof *report->plan.items, by_priority);
}

void
report_fill_risks(struct report *report, struct arena *arena)
{
	const record_vec *risks = site_records(report->site, KIND_risk);
	record_vec live = {0};
	for (size_t i = 0; i < risks->count; i++)
		if (risks->items[i]->risk && risks->items[i]->risk->live)
			vec_push(arena, &live, risks->items[i]);
	fill_maps(report, &live, arena);
	fill_top(report, &live, arena);
	fill_plan(report, &live, arena);
}
