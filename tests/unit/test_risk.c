#include <stdlib.h>

#include "unit.h"

#include "model/risk.h"

struct fixture {
	struct arena arena;
	struct config *config;
	struct site site;
	struct document document;
	struct record risk;
};

static int
set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof *fixture);
	arena_init(&fixture->arena);
	fixture->config = config_new(&fixture->arena);
	fixture->site.arena = &fixture->arena;
	fixture->site.config = fixture->config;
	fixture->risk.kind = fixture->config->schema->kinds[KIND_risk];
	fixture->risk.document = &fixture->document;
	fixture->risk.values = arena_array(&fixture->arena, struct value *, FIELD_COUNT_risk);
	*state = fixture;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *fixture = *state;
	arena_release(&fixture->arena);
	free(fixture);
	return 0;
}

static struct value *
put(struct fixture *fixture, int field)
{
	struct value *value = arena_new(&fixture->arena, struct value);
	value->field = fixture->risk.kind->fields[field];
	fixture->risk.values[field] = value;
	return value;
}

static void
number(struct fixture *fixture, int field, double number)
{
	put(fixture, field)->number = number;
}

static void
choice(struct fixture *fixture, int field, int choice)
{
	put(fixture, field)->choice = choice;
}

static void
day(struct fixture *fixture, int field, const char *text)
{
	assert_int_equal(date_parse(str_from(text), &put(fixture, field)->date), DATE_OK);
}

static const struct risk_state *
rate(struct fixture *fixture)
{
	risk_rate(&fixture->site, &fixture->risk);
	return fixture->risk.risk;
}

/* 1-6, 7-15, 16-25: another set of bands than the default one. */
static void
set_bands(struct fixture *fixture)
{
	struct risk_method *method = &fixture->config->risk;
	method->bands.count = 0;
	vec_push(&fixture->arena, &method->bands, ((struct risk_band){STR("low"), 1, 6, true, false}));
	vec_push(&fixture->arena, &method->bands, ((struct risk_band){STR("medium"), 7, 15, false, false}));
	vec_push(&fixture->arena, &method->bands, ((struct risk_band){STR("high"), 16, 25, false, true}));
}

static void
inherent(struct fixture *fixture, double likelihood, double impact)
{
	number(fixture, FIELD_risk_likelihood, likelihood);
	number(fixture, FIELD_risk_impact, impact);
}

static void
test_levels_give_scores_and_bands(void **state)
{
	inherent(*state, 3, 4);
	number(*state, FIELD_risk_residual_likelihood, 1);
	number(*state, FIELD_risk_residual_impact, 4);
	const struct risk_state *risk = rate(*state);
	assert_true(risk->inherent.known && risk->residual.known && !risk->current.known);
	assert_true(risk->inherent.score > 11.9 && risk->inherent.score < 12.1);
	assert_int_equal(risk->inherent.band, 1);
	assert_int_equal(risk->residual.band, 0);
	assert_int_equal(risk->current.band, -1);
	assert_false(risk->above_appetite);
	assert_true(risk->live);
}

static void
test_one_residual_level_keeps_the_other(void **state)
{
	inherent(*state, 3, 3);
	number(*state, FIELD_risk_residual_impact, 2);
	const struct risk_state *risk = rate(*state);
	assert_true(risk->residual.known);
	assert_int_equal((int)risk->residual.score, 6);
	assert_true(risk->above_appetite);
}

static void
test_a_level_off_the_scale_gives_no_score(void **state)
{
	inherent(*state, 7, 4);
	number(*state, FIELD_risk_inherent_risk, 12);
	const struct risk_state *risk = rate(*state);
	assert_false(risk->inherent.known);
	assert_int_equal(risk->inherent.band, -1);
	assert_false(risk->above_appetite);
	assert_null(risk_deciding(&((struct fixture *)*state)->risk));
}

static void
test_a_stated_score_counts_where_no_level_does(void **state)
{
	number(*state, FIELD_risk_inherent_risk, 20);
	number(*state, FIELD_risk_residual_risk, 3);
	const struct risk_state *risk = rate(*state);
	assert_false(risk->inherent.known);
	assert_int_equal(risk->inherent.band, 2);
	assert_int_equal(risk->residual.band, 0);
	assert_true(risk->immediate);
	assert_false(risk->above_appetite);
}

static void
test_effectiveness_lowers_the_inherent_score(void **state)
{
	set_bands(*state);
	inherent(*state, 3, 4);
	number(*state, FIELD_risk_control_effectiveness, 0.45);
	const struct risk_state *risk = rate(*state);
	assert_true(risk->residual_from_effectiveness);
	assert_true(risk->residual.score > 6.6 - 1e-12 && risk->residual.score < 6.6 + 1e-12);
	assert_int_equal(risk->residual.band, 1);
	assert_true(risk->above_appetite);
}

static void
test_the_upper_end_of_the_accepted_band_is_accepted(void **state)
{
	set_bands(*state);
	inherent(*state, 3, 4);
	number(*state, FIELD_risk_control_effectiveness, 0.5);
	assert_false(rate(*state)->above_appetite);
}

static void
test_an_effectiveness_that_is_none_is_not_used(void **state)
{
	inherent(*state, 3, 4);
	number(*state, FIELD_risk_control_effectiveness, 70);
	const struct risk_state *risk = rate(*state);
	assert_int_equal(risk->residual.band, -1);
	assert_false(risk->above_appetite);
}

static void
test_stated_residual_levels_win_over_effectiveness(void **state)
{
	inherent(*state, 3, 4);
	number(*state, FIELD_risk_residual_likelihood, 2);
	number(*state, FIELD_risk_residual_impact, 4);
	number(*state, FIELD_risk_control_effectiveness, 0.9);
	const struct risk_state *risk = rate(*state);
	assert_false(risk->residual_from_effectiveness);
	assert_int_equal((int)risk->residual.score, 8);
}

static void
test_the_top_band_is_due_in_thirty_days(void **state)
{
	set_bands(*state);
	inherent(*state, 5, 4);
	number(*state, FIELD_risk_control_effectiveness, 0.2);
	day(*state, FIELD_risk_assessed_on, "2026-06-01");
	const struct risk_state *risk = rate(*state);
	struct date expected;
	assert_int_equal(date_parse(STR("2026-07-01"), &expected), DATE_OK);
	assert_true(risk->immediate);
	assert_int_equal(date_compare(risk->plan_due, expected), 0);
}

static void
test_a_stated_day_wins_over_the_method(void **state)
{
	inherent(*state, 5, 5);
	day(*state, FIELD_risk_assessed_on, "2026-06-01");
	day(*state, FIELD_risk_due, "2026-12-24");
	assert_int_equal(rate(*state)->plan_due.month, 12);
}

static void
test_a_risk_within_the_appetite_has_no_plan(void **state)
{
	inherent(*state, 1, 4);
	day(*state, FIELD_risk_assessed_on, "2026-06-01");
	assert_false(date_is_set(rate(*state)->plan_due));
}

static void
test_closed_and_accepted_risks(void **state)
{
	inherent(*state, 5, 5);
	choice(*state, FIELD_risk_status, CHOICE_risk_status_accepted);
	assert_true(rate(*state)->live);
	assert_false(rate(*state)->immediate);
	choice(*state, FIELD_risk_status, CHOICE_risk_status_closed);
	assert_false(rate(*state)->live);
}

static void
test_a_sum_and_a_matrix(void **state)
{
	struct fixture *fixture = *state;
	double matrix[25];
	inherent(fixture, 2, 5);
	fixture->config->risk.formula = FORMULA_SUM;
	assert_int_equal((int)rate(fixture)->inherent.score, 7);
	for (int i = 0; i < 25; i++)
		matrix[i] = i;
	fixture->config->risk.formula = FORMULA_MATRIX;
	fixture->config->risk.matrix = matrix;
	assert_int_equal((int)rate(fixture)->inherent.score, 9);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_levels_give_scores_and_bands),
		TEST(test_one_residual_level_keeps_the_other),
		TEST(test_a_level_off_the_scale_gives_no_score),
		TEST(test_a_stated_score_counts_where_no_level_does),
		TEST(test_effectiveness_lowers_the_inherent_score),
		TEST(test_the_upper_end_of_the_accepted_band_is_accepted),
		TEST(test_an_effectiveness_that_is_none_is_not_used),
		TEST(test_stated_residual_levels_win_over_effectiveness),
		TEST(test_the_top_band_is_due_in_thirty_days),
		TEST(test_a_stated_day_wins_over_the_method),
		TEST(test_a_risk_within_the_appetite_has_no_plan),
		TEST(test_closed_and_accepted_risks),
		TEST(test_a_sum_and_a_matrix),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
