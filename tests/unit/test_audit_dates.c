#include "unit.h"

#include "model/audit_dates.h"

static void
assert_days(const char *text, const char *first, const char *last)
{
	struct audit_dates dates;
	struct date expected;
	assert_int_equal(audit_dates_parse(str_from(text), &dates), AUDIT_DATES_OK);
	assert_int_equal(date_parse(str_from(first), &expected), DATE_OK);
	assert_int_equal(date_compare(dates.first, expected), 0);
	assert_int_equal(date_parse(str_from(last), &expected), DATE_OK);
	assert_int_equal(date_compare(dates.last, expected), 0);
}

static void
test_spellings_of_a_span_of_days(void **state)
{
	(void)state;
	assert_days("2025-03-10", "2025-03-10", "2025-03-10");
	assert_days("2025-03-10 to 2025-03-14", "2025-03-10", "2025-03-14");
	assert_days(" 2025-03-10 – 2025-03-14 ", "2025-03-10", "2025-03-14");
	assert_days("2025-03-10/2025-03-14", "2025-03-10", "2025-03-14");
	assert_days("2025-03-10 - 2025-03-14", "2025-03-10", "2025-03-14");
	assert_days("2025-03-10..14", "2025-03-10", "2025-03-14");
	assert_days("2025-03-31 to 04-02", "2025-03-31", "2025-04-02");
}

static void
test_what_is_no_span_of_days(void **state)
{
	(void)state;
	struct audit_dates dates;
	assert_int_equal(audit_dates_parse(STR(""), &dates), AUDIT_DATES_UNREADABLE);
	assert_int_equal(audit_dates_parse(STR("March 2025"), &dates), AUDIT_DATES_UNREADABLE);
	assert_int_equal(audit_dates_parse(STR("2025-03-10 2025-03-14"), &dates), AUDIT_DATES_UNREADABLE);
	assert_int_equal(audit_dates_parse(STR("2025-03-10 to"), &dates), AUDIT_DATES_UNREADABLE);
	assert_int_equal(audit_dates_parse(STR("2025-03-10 to 2025-03-14 and later"), &dates), AUDIT_DATES_UNREADABLE);
	assert_int_equal(audit_dates_parse(STR("2025-02-30"), &dates), AUDIT_DATES_IMPOSSIBLE);
	assert_int_equal(audit_dates_parse(STR("2025-02-10 to 30"), &dates), AUDIT_DATES_IMPOSSIBLE);
	assert_int_equal(audit_dates_parse(STR("2025-03-14 to 2025-03-10"), &dates), AUDIT_DATES_REVERSED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_spellings_of_a_span_of_days),
		cmocka_unit_test(test_what_is_no_span_of_days),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
