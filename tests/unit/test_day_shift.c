/* Days of a text moved: what counts as one, what stays. */
#include "unit.h"

#include "cmd/day_shift.h"

static struct arena arena;

static int
tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static void
assert_moved(const char *text, const char *wanted)
{
	struct day_shift shift = {31, 1};
	struct str got = day_shift_text(&arena, shift, str_from(text));
	assert_string_equal(str_c(&arena, got), wanted);
}

static void
test_days_move(void **state)
{
	(void)state;
	assert_moved("2026-06-30", "2026-07-31");
	assert_moved("on: 2026-12-31, due 2024-01-29.", "on: 2027-01-31, due 2024-02-29.");
	assert_moved("2026-05-23T06:41:00Z", "2026-06-23T06:41:00Z");
	assert_moved("{\"from\":\"2026-06-01\",\"to\":\"2026-06-21\"}", "{\"from\":\"2026-07-02\",\"to\":\"2026-07-22\"}");
	assert_moved("audits/report-2026-06-01.pdf", "audits/report-2026-07-02.pdf");
}

static void
test_months_and_quarters_move(void **state)
{
	(void)state;
	assert_moved("reviews/2025-12.md", "reviews/2026-01.md");
	assert_moved("2026-12-copied-page.md", "2027-01-copied-page.md");
	assert_moved("period: 2026-01 to 2026-05", "period: 2026-02 to 2026-06");
	struct day_shift half_a_year = {184, 6};
	assert_string_equal(str_c(&arena, day_shift_text(&arena, half_a_year, STR("2026-Q2, 2026-Q4"))), "2026-Q4, 2027-Q2");
	struct day_shift back = {-92, -3};
	assert_string_equal(str_c(&arena, day_shift_text(&arena, back, STR("2026-Q1 2026-01"))), "2025-Q4 2025-10");
}

static void
test_the_rest_stays(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"", "20", "2026", "2026-", "2026-13", "2026-02-30", "2026-06-300", "2026-061", "2026-Q5", "2026-Q2a", "ISO/IEC 27001:2022",
		"Regulation (EU) 2016/679", "12026-06-30", "a2026-06-30", "1999-06-30", "2026-06x",
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_moved(texts[i], texts[i]);
}

static void
assert_months(struct date from, struct date to, int days, int months)
{
	struct day_shift shift = day_shift_between(from, to);
	assert_int_equal(shift.days, days);
	assert_int_equal(shift.months, months);
}

static void
test_the_nearest_month_counts(void **state)
{
	(void)state;
	struct date from = {2026, 6, 30};
	assert_months(from, from, 0, 0);
	assert_months(from, (struct date){2026, 7, 10}, 10, 0);
	assert_months(from, (struct date){2026, 7, 20}, 20, 1);
	assert_months(from, (struct date){2028, 2, 29}, 609, 20);
	assert_months(from, (struct date){2026, 6, 1}, -29, -1);
	assert_months(from, (struct date){2025, 6, 30}, -365, -12);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_days_move), cmocka_unit_test(test_months_and_quarters_move), cmocka_unit_test(test_the_rest_stays),
		cmocka_unit_test(test_the_nearest_month_counts),
	};
	return cmocka_run_group_tests(tests, NULL, tear_down);
}
