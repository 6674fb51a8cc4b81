#include "unit.h"

#include "base/date.h"

static struct date
day(const char *text)
{
	struct date date;
	assert_int_equal(date_parse(str_from(text), &date), DATE_OK);
	return date;
}

static void
test_impossible_days_are_told_from_other_text(void **state)
{
	(void)state;
	struct date date;
	assert_int_equal(date_parse(STR("2025-02-29"), &date), DATE_IMPOSSIBLE);
	assert_int_equal(date_parse(STR("2024-02-29"), &date), DATE_OK);
	assert_int_equal(date_parse(STR("2025-13-01"), &date), DATE_IMPOSSIBLE);
	assert_int_equal(date_parse(STR("1.2.2025"), &date), DATE_NOT_A_DATE);
	assert_int_equal(date_parse(STR(""), &date), DATE_NOT_A_DATE);
}

static void
test_days_round_trip(void **state)
{
	(void)state;
	assert_int_equal(date_to_days(day("1970-01-01")), 0);
	assert_int_equal(date_to_days(day("2000-03-01")), 11017);
	for (int32_t days = -700000; days < 2900000; days += 37)
		assert_int_equal(date_to_days(date_from_days(days)), days);
}

static void
test_months_clamp_to_the_end(void **state)
{
	(void)state;
	struct period month = {1, PERIOD_MONTHS}, year = {1, PERIOD_YEARS};
	assert_int_equal(date_compare(date_add(day("2025-01-31"), month, 1), day("2025-02-28")), 0);
	assert_int_equal(date_compare(date_add(day("2024-02-29"), year, 1), day("2025-02-28")), 0);
	assert_int_equal(date_compare(date_add(day("2025-03-31"), month, -1), day("2025-02-28")), 0);
}

static void
test_instants_need_an_offset(void **state)
{
	(void)state;
	struct datetime a, b;
	assert_int_equal(datetime_parse(STR("2025-03-10T09:00:00+01:00"), &a), DATE_OK);
	assert_int_equal(datetime_parse(STR("2025-03-10T08:00:00.25Z"), &b), DATE_OK);
	assert_int_equal(a.seconds, b.seconds);
	assert_int_equal(datetime_parse(STR("2025-03-10T09:00:00"), &a), DATE_NOT_A_DATE);
	assert_int_equal(datetime_parse(STR("2025-02-30T09:00:00Z"), &a), DATE_IMPOSSIBLE);
}

static void
test_periods(void **state)
{
	(void)state;
	struct period period;
	assert_true(period_parse(STR("12 months"), &period));
	assert_int_equal(period.count, 12);
	assert_true(period_parse(STR("Annually"), &period));
	assert_int_equal(period.unit, PERIOD_YEARS);
	assert_false(period_parse(STR("Anual"), &period));
	assert_false(period_parse(STR("0 days"), &period));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_impossible_days_are_told_from_other_text),
		cmocka_unit_test(test_days_round_trip),
		cmocka_unit_test(test_months_clamp_to_the_end),
		cmocka_unit_test(test_instants_need_an_offset),
		cmocka_unit_test(test_periods),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
