#include "unit.h"

#include "model/document_reader.h"
#include "model/metric.h"

struct world {
	struct arena arena;
	struct diag_list diags;
	struct config *config;
	struct site site;
};

static struct date
day(const char *text)
{
	struct date date;
	assert_int_equal(date_parse(str_from(text), &date), DATE_OK);
	return date;
}

static void
add(struct world *world, const char *path, const char *text)
{
	struct document_options options = {.config = world->config};
	struct source *source = source_new(&world->arena, str_from(path), str_from(text), &world->diags);
	struct document *document = document_read(&options, source, NULL, &world->arena, &world->diags);
	assert_non_null(document);
	vec_push(&world->arena, &world->site.documents, document);
}

static void
open_world(struct world *world, const char *today)
{
	*world = (struct world){0};
	diag_list_init(&world->diags, &world->arena);
	world->config = config_new(&world->arena);
	world->site.arena = &world->arena;
	world->site.config = world->config;
	world->site.schema = world->config->schema;
	world->site.catalogue = world->config->catalogue;
	world->site.today = day(today);
}

static struct metric_state *
read(struct world *world, const char *id)
{
	const struct record *metric = site_find(&world->site, str_from(id));
	assert_non_null(metric);
	return metric_read(&world->site, metric, &world->arena);
}

static void
close_world(struct world *world)
{
	assert_int_equal(world->diags.items.count, 0);
	arena_release(&world->arena);
}

static void
test_measurements_are_in_order_and_none_is_to_come(void **state)
{
	(void)state;
	struct world world;
	open_world(&world, "2026-06-30");
	add(&world, "metrics.yaml",
	    "kind: metric\nentries:\n"
	    "  M-1:\n    title: Patched\n    target: 95 %\n    direction: up\n    measurements:\n"
	    "      - {on: 2026-06-01, value: 97}\n      - {on: 2026-01-01, value: 40 %}\n"
	    "      - {on: 2026-06-01, value: 12}\n      - {on: 2026-07-01, value: 1}\n"
	    "  M-2:\n    title: Days\n    target: 5\n    measurements: [{on: 2026-06-01, value: 3}]\n"
	    "  M-3:\n    title: Hours\n    target: 5\n    direction: down\n    measurements: [{on: 2026-06-01, value: 5.5}]\n");
	site_join(&world.site, &world.diags);
	struct metric_state *patched = read(&world, "M-1");
	assert_int_equal(patched->values.count, 2);
	assert_true(patched->values.items[0].value == 40);
	assert_true(metric_last(patched)->value == 97);
	assert_true(patched->target == 95);
	assert_int_equal(patched->standing, METRIC_REACHED);
	assert_int_equal(read(&world, "M-2")->standing, METRIC_UNKNOWN);
	assert_int_equal(read(&world, "M-3")->standing, METRIC_MISSED);
	close_world(&world);
}

static void
test_seven_indicators_from_records(void **state)
{
	(void)state;
	struct world world;
	open_world(&world, "2026-06-30");
	add(&world, "assets.yaml",
	    "kind: asset\nentries:\n"
	    "  AST-1: {title: Directory, type: Cloud service, status: in-use}\n"
	    "  AST-2: {title: Repository, type: information}\n"
	    "  AST-3: {title: Old server, type: software, status: retired}\n");
	add(&world, "roles.yaml", "kind: role\nentries:\n  ROLE-1: {title: Operator, permissions: {repository: [read]}}\n");
	add(&world, "reviews.yaml",
	    "kind: access-review\nentries:\n  ACR-1: {title: Q2, system: AST-1, reviewed_on: 2026-06-01}\n");
	add(&world, "incidents.yaml",
	    "kind: incident\nentries:\n"
	    "  INC-1: {title: a, severity: high, reported_at: \"2026-06-01T10:00:00Z\"}\n"
	    "  INC-2: {title: b, severity: low, reported_at: \"2026-05-01T10:00:00Z\"}\n"
	    "  INC-3: {title: c, severity: low, reported_at: \"2025-05-01T10:00:00Z\"}\n");
	add(&world, "trainings.yaml",
	    "kind: training\nentries:\n"
	    "  TRN-1: {title: a, topic: Mail, held_on: 2026-01-01, attended: 1, required: 10}\n"
	    "  TRN-2: {title: b, topic: mail, held_on: 2026-02-01, attended: 9, required: 10}\n");
	add(&world, "findings.yaml",
	    "kind: finding\nentries:\n"
	    "  FND-1: {title: a, category: minor, raised_on: 2026-01-01, status: closed, closed_on: 2026-03-01}\n"
	    "  FND-2: {title: b, category: major, raised_on: 2026-02-01}\n"
	    "  FND-3: {title: c, category: positive, raised_on: 2026-02-01}\n"
	    "  FND-4: {title: d, category: minor, source: incident, raised_on: 2026-02-01}\n");
	add(&world, "actions.yaml",
	    "kind: action\nentries:\n"
	    "  ACT-1: {title: a, type: treatment, done_on: 2026-03-01}\n"
	    "  ACT-2: {title: b, for: RISK-1}\n"
	    "  ACT-3: {title: c}\n"
	    "  ACT-4: {title: d, type: corrective}\n");
	add(&world, "risks.yaml", "kind: risk\nentries:\n  RISK-1: {title: Theft, actions: ACT-3}\n");
	site_join(&world.site, &world.diags);
	struct period quarter = {3, PERIOD_MONTHS};
	struct date today = world.site.today;
	struct metric_result result = metric_compute(&world.site, CHOICE_computed_incidents, today, quarter);
	assert_true(result.value == 2 && result.by_severity[CHOICE_severity_level_high] == 1);
	result = metric_compute(&world.site, CHOICE_computed_training_completion, today, quarter);
	assert_true(result.value == 90);
	result = metric_compute(&world.site, CHOICE_computed_training_completion, day("2026-01-15"), quarter);
	assert_true(result.value == 10);
	result = metric_compute(&world.site, CHOICE_computed_access_review_completion, today, quarter);
	assert_true(result.part == 1 && result.whole == 2);
	result = metric_compute(&world.site, CHOICE_computed_access_review_completion, day("2026-05-31"), quarter);
	assert_true(result.value == 0);
	result = metric_compute(&world.site, CHOICE_computed_finding_closure, today, quarter);
	assert_true(result.value == 50);
	result = metric_compute(&world.site, CHOICE_computed_finding_closure, day("2026-01-15"), quarter);
	assert_true(result.part == 0 && result.whole == 1);
	result = metric_compute(&world.site, CHOICE_computed_treatment_progress, today, quarter);
	assert_true(result.part == 1 && result.whole == 3);
	assert_non_null(metric_compute(&world.site, CHOICE_computed_vulnerability_sla, today, quarter).not_computable);
	assert_non_null(metric_compute(&world.site, CHOICE_computed_patch_compliance, today, quarter).not_computable);
	close_world(&world);
}

static void
test_nothing_recorded_is_no_number(void **state)
{
	(void)state;
	struct world world;
	open_world(&world, "2026-06-30");
	add(&world, "metrics.yaml",
	    "kind: metric\nentries:\n"
	    "  M-1: {title: Closed, computed: finding-closure, target: 90}\n"
	    "  M-2: {title: Patched, computed: patch-compliance, target: 90, measurements: [{on: 2026-06-01, value: 95}]}\n");
	site_join(&world.site, &world.diags);
	for (int computed = 0; computed < CHOICE_COUNT_computed; computed++)
		assert_non_null(metric_compute(&world.site, computed, world.site.today, (struct period){1, PERIOD_YEARS}).not_computable);
	struct metric_state *closed = read(&world, "M-1"), *patched = read(&world, "M-2");
	assert_non_null(closed->not_computable);
	assert_null(metric_last(closed));
	assert_int_equal(closed->standing, METRIC_UNKNOWN);
	assert_non_null(patched->not_computable);
	assert_int_equal(patched->standing, METRIC_REACHED);
	close_world(&world);
}

static void
test_the_number_in_an_objective(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool found;
		double number;
	} targets[] = {
		{"95", true, 95}, {"\"at least 99.8 % of requests\"", true, 99.8}, {"\"<= 4 hours\"", true, 4}, {"better", false, 0},
		{"\"from 3 to 5\"", false, 0}, {"\"ends with 7.\"", true, 7},
	};
	for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
		struct world world;
		double number;
		open_world(&world, "2026-06-30");
		struct str text = str_printf(&world.arena, "kind: objective\nid: OBJ-1\ntitle: a\ntarget: %s\n", targets[i].text);
		add(&world, "objective.yaml", text.data);
		site_join(&world.site, &world.diags);
		assert_int_equal(objective_target(site_find(&world.site, STR("OBJ-1")), &number), targets[i].found);
		if (targets[i].found)
			assert_true(number == targets[i].number);
		close_world(&world);
	}
}

static void
test_history_of_a_computed_metric(void **state)
{
	(void)state;
	struct world world;
	open_world(&world, "2026-06-30");
	add(&world, "metrics.yaml", "kind: metric\nid: M-1\ntitle: a\ncomputed: finding-closure\nfrequency: monthly\n");
	add(&world, "findings.yaml",
	    "kind: finding\nentries:\n"
	    "  FND-1: {title: a, category: minor, raised_on: 2026-04-15, closed_on: 2026-06-10}\n");
	site_join(&world.site, &world.diags);
	struct metric_state *metric = read(&world, "M-1");
	metric_add_history(&world.site, metric, &world.arena);
	assert_int_equal(metric->values.count, 3);
	assert_int_equal(date_compare(metric->values.items[0].on, day("2026-04-30")), 0);
	assert_true(metric->values.items[1].value == 0);
	assert_true(metric->values.items[2].value == 100);
	close_world(&world);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_measurements_are_in_order_and_none_is_to_come),
		cmocka_unit_test(test_seven_indicators_from_records),
		cmocka_unit_test(test_nothing_recorded_is_no_number),
		cmocka_unit_test(test_the_number_in_an_objective),
		cmocka_unit_test(test_history_of_a_computed_metric),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
