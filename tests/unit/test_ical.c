#include <string.h>

#include "site/calendar_page.h"
#include "site/ical.h"
#include "unit.h"

static void
assert_text(const char *text, const char *expected)
{
	struct buf out = {0};
	ical_add_text(&out, "SUMMARY", str_from(text));
	assert_string_equal(out.data, expected);
	buf_release(&out);
}

static void
texts_are_escaped(void **state)
{
	(void)state;
	assert_text("", "SUMMARY:\r\n");
	assert_text("a, b; c\\d", "SUMMARY:a\\, b\\; c\\\\d\r\n");
	assert_text("a\nb", "SUMMARY:a\\nb\r\n");
	assert_text("a\r\n\x01\x7F" "b\tc", "SUMMARY:a\\nb\tc\r\n");
	assert_text("a: \"b\"", "SUMMARY:a: \"b\"\r\n");
}

/* Every line but the last is as long as characters allow, and what the folds parted is whole again without them. LINES 0: any
 * number of lines. */
static void
assert_folded(const char *text, size_t lines)
{
	struct buf out = {0}, joined = {0};
	size_t count = 0;
	ical_add_line(&out, "UID", str_from(text));
	struct str rest = buf_str(&out);
	while (rest.size) {
		size_t end = str_find(rest, STR("\r\n"), 0);
		assert_int_not_equal(end, STR_NONE);
		assert_true(end <= ICAL_LINE_MAX);
		struct str line = str_slice(rest, 0, end);
		rest = str_from_index(rest, end + 2);
		assert_true(rest.size == 0 || end >= ICAL_LINE_MAX - 3);
		assert_true((line.data[0] == ' ') == (count > 0));
		buf_add_str(&joined, str_from_index(line, count > 0));
		count++;
	}
	assert_true(lines == 0 || count == lines);
	assert_int_equal(joined.size, strlen(text) + 4);
	assert_string_equal(joined.data + 4, text);
	buf_release(&out);
	buf_release(&joined);
}

static void
long_lines_are_folded(void **state)
{
	(void)state;
	char text[301] = {0};
	memset(text, 'x', 300);
	for (size_t size = 60; size < 160; size++) {
		text[size] = 0;
		assert_folded(text, size <= 71 ? 1 : size <= 71 + 74 ? 2 : 3);
		text[size] = 'x';
	}
}

static void
folds_part_no_character(void **state)
{
	(void)state;
	static const char *const characters[] = {"\xC3\xA4", "\xE6\xBC\xA2", "\xF0\x9F\x94\x92"};
	for (size_t c = 0; c < 3; c++) {
		for (size_t shift = 0; shift < 4; shift++) {
			char text[400] = "";
			memset(text, 'x', shift);
			for (size_t i = 0; i < 60; i++)
				strcat(text, characters[c]);
			struct buf out = {0};
			ical_add_line(&out, "UID", str_from(text));
			struct str rest = buf_str(&out), line;
			while (str_split(&rest, '\n', &line))
				assert_true(line.size == 0 || (line.data[0] & 0xC0) != 0x80);
			buf_release(&out);
			assert_folded(text, 0);
		}
	}
}

static void
days_are_plain(void **state)
{
	(void)state;
	struct buf out = {0};
	ical_add_date(&out, "DTSTART;VALUE=DATE", (struct date){.year = 2028, .month = 2, .day = 29});
	ical_add_date(&out, "DTSTART;VALUE=DATE", (struct date){.year = 1, .month = 1, .day = 1});
	assert_string_equal(out.data, "DTSTART;VALUE=DATE:20280229\r\nDTSTART;VALUE=DATE:00010101\r\n");
	buf_release(&out);
}

static struct date
day(const char *text)
{
	struct date date = {0};
	assert_int_equal(date_parse(str_from(text), &date), DATE_OK);
	return date;
}

static void
months_are_counted(void **state)
{
	(void)state;
	assert_int_equal(calendar_month(day("2026-06-30"), day("2026-06-01")), 0);
	assert_int_equal(calendar_month(day("2026-06-30"), day("2026-07-01")), 1);
	assert_int_equal(calendar_month(day("2026-06-30"), day("2027-06-30")), 12);
	assert_int_equal(calendar_month(day("2026-12-31"), day("2027-01-01")), 1);
	assert_int_equal(calendar_month(day("2026-01-01"), day("2025-12-31")), -1);
	assert_int_equal(calendar_month(day("2028-02-29"), day("2028-03-01")), 1);
	assert_int_equal(calendar_month(day("2027-02-28"), day("2028-02-29")), 12);
	assert_int_equal(calendar_month(day("9999-12-31"), day("0001-01-01")), -9998 * 12 - 11);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_escaped), cmocka_unit_test(long_lines_are_folded), cmocka_unit_test(folds_part_no_character),
		cmocka_unit_test(days_are_plain),    cmocka_unit_test(months_are_counted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
