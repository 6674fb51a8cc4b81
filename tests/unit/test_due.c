#include "unit.h"

#include <string.h>

#include "check/due.h"
#include "cmd/pipeline.h"

struct fixture {
	struct arena options;
	struct pipeline pipeline;
};

static void
read_base(struct fixture *fixture, const char *day)
{
	struct options options = {.arena = &fixture->options, .root = ".", .content = "tests/cases/base", .threads = 1};
	int exit_code = -1;
	arena_init(&fixture->options);
	assert_int_equal(date_parse(str_from(day), &options.date), DATE_OK);
	assert_true(pipeline_run(&fixture->pipeline, &options, &exit_code));
}

static void
release(struct fixture *fixture)
{
	pipeline_release(&fixture->pipeline);
	arena_release(&fixture->options);
}

static void
what_is_done_lies_in_the_time_asked_for(void **state)
{
	(void)state;
	struct fixture fixture;
	read_base(&fixture, "2026-06-30");
	struct date from = {.year = 2026, .month = 3, .day = 30};
	due_item_vec done = due_done(&fixture.pipeline.site, from, &fixture.pipeline.arena);
	due_item_vec whole = due_done(&fixture.pipeline.site, (struct date){.year = 1, .month = 1, .day = 1}, &fixture.pipeline.arena);
	assert_true(done.count > 10);
	assert_true(whole.count > done.count);
	for (size_t i = 0; i < done.count; i++) {
		assert_true(date_compare(done.items[i].date, from) >= 0);
		assert_int_equal(done.items[i].days, date_difference(fixture.pipeline.site.today, done.items[i].date));
		assert_true(done.items[i].days <= 0);
		assert_true(i == 0 || date_compare(done.items[i - 1].date, done.items[i].date) >= 0);
		assert_memory_equal(&done.items[i].date, &whole.items[i].date, sizeof done.items[i].date);
	}
	release(&fixture);
}

/* The compiler's own texts have a name each, the site's have none. */
static void
events_have_names(void **state)
{
	(void)state;
	struct fixture fixture;
	read_base(&fixture, "2026-06-30");
	due_item_vec due = due_items(&fixture.pipeline.site, &fixture.pipeline.arena);
	size_t named = 0;
	for (size_t i = 0; i < due.count; i++) {
		named += due.items[i].event != NULL;
		assert_true(due.items[i].type != DUE_CERTIFICATION || due.items[i].event);
		assert_true(!due.items[i].event || !str_equal(due.items[i].what, due.items[i].record->title));
	}
	assert_true(named >= 3);
	release(&fixture);
}

/* A step of the certificate is to come until its day, and done from then on. */
static void
steps_are_due_or_done(void **state)
{
	(void)state;
	static const char *const days[] = {"2026-06-30", "2028-02-29", "2040-01-01"};
	size_t steps[3] = {0}, done_steps[3] = {0};
	for (size_t d = 0; d < 3; d++) {
		struct fixture fixture;
		read_base(&fixture, days[d]);
		due_item_vec due = due_items(&fixture.pipeline.site, &fixture.pipeline.arena);
		due_item_vec done = due_done(&fixture.pipeline.site, (struct date){.year = 2000, .month = 1, .day = 1}, &fixture.pipeline.arena);
		for (size_t i = 0; i < due.count; i++)
			steps[d] += due.items[i].type == DUE_CERTIFICATION;
		for (size_t i = 0; i < done.count; i++)
			done_steps[d] += done.items[i].type == DUE_CERTIFICATION;
		assert_int_equal(steps[d] + done_steps[d], steps[0] + done_steps[0]);
		release(&fixture);
	}
	assert_true(steps[0] > 0);
	assert_int_equal(steps[2], 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_done_lies_in_the_time_asked_for),
		cmocka_unit_test(events_have_names),
		cmocka_unit_test(steps_are_due_or_done),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
