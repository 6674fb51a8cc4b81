#include "base/date.h"

bool
date_is_set(struct date date)
{
	return date.year != 0;
}

static bool
is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
days_in_month(int year, int month)
{
	static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* COUNT digits at FROM, or -1. */
static int
digits(struct str text, size_t from, size_t count)
{
	int number = 0;
	if (text.size < from + count)
		return -1;
	for (size_t i = from; i < from + count; i++) {
		if (text.data[i] < '0' || text.data[i] > '9')
			return -1;
		number = number * 10 + (text.data[i] - '0');
	}
	return number;
}

enum date_result
date_parse(struct str text, struct date *date)
{
	*date = (struct date){0};
	int year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
	if (text.size != 10 || text.data[4] != '-' || text.data[7] != '-' || year < 0 || month < 0 || day < 0)
		return DATE_NOT_A_DATE;
	if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month))
		return DATE_IMPOSSIBLE;
	*date = (struct date){(int16_t)year, (int8_t)month, (int8_t)day};
	return DATE_OK;
}

/* "Z" or "+HH:MM"; minutes east of UTC in *OFFSET. */
static bool
offset_parse(struct str text, int *offset)
{
	*offset = 0;
	if (text.size == 1 && (text.data[0] == 'Z' || text.data[0] == 'z'))
		return true;
	int hours = digits(text, 1, 2), minutes = digits(text, 4, 2);
	if (text.size != 6 || (text.data[0] != '+' && text.data[0] != '-') || text.data[3] != ':')
		return false;
	if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
		return false;
	*offset = (text.data[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
	return true;
}

enum date_result
datetime_parse(struct str text, struct datetime *datetime)
{
	*datetime = (struct datetime){0};
	if (text.size < 20 || (text.data[10] != 'T' && text.data[10] != 't' && text.data[10] != ' '))
		return DATE_NOT_A_DATE;
	struct date date;
	enum date_result result = date_parse(str_slice(text, 0, 10), &date);
	if (result != DATE_OK)
		return result;
	int hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2), offset;
	if (hour < 0 || minute < 0 || second < 0 || text.data[13] != ':' || text.data[16] != ':')
		return DATE_NOT_A_DATE;
	size_t zone = 19;
	if (text.data[zone] == '.') {
		size_t first = ++zone;
		while (zone < text.size && text.data[zone] >= '0' && text.data[zone] <= '9')
			zone++;
		if (zone == first)
			return DATE_NOT_A_DATE;
	}
	if (!offset_parse(str_from_index(text, zone), &offset))
		return DATE_NOT_A_DATE;
	if (hour > 23 || minute > 59 || second > 60)
		return DATE_IMPOSSIBLE;
	datetime->date = date;
	datetime->seconds = (int64_t)date_to_days(date) * 86400 + hour * 3600 + minute * 60 + second - offset * 60;
	return DATE_OK;
}

static const struct {
	const char *word;
	struct period period;
} period_words[] = {
	{"daily", {1, PERIOD_DAYS}},
	{"weekly", {1, PERIOD_WEEKS}},
	{"monthly", {1, PERIOD_MONTHS}},
	{"quarterly", {3, PERIOD_MONTHS}},
	{"half-yearly", {6, PERIOD_MONTHS}},
	{"semi-annually", {6, PERIOD_MONTHS}},
	{"annually", {1, PERIOD_YEARS}},
	{"annual", {1, PERIOD_YEARS}},
	{"yearly", {1, PERIOD_YEARS}},
};

static const struct {
	const char *singular, *plural;
} period_units[] = {
	[PERIOD_DAYS] = {"day", "days"},
	[PERIOD_WEEKS] = {"week", "weeks"},
	[PERIOD_MONTHS] = {"month", "months"},
	[PERIOD_YEARS] = {"year", "years"},
};

bool
period_parse(struct str text, struct period *period)
{
	enum { LONGEST = 3650 };
	*period = (struct period){0};
	for (size_t i = 0; i < sizeof period_words / sizeof *period_words; i++) {
		if (str_equal_ignore_case(text, str_from(period_words[i].word))) {
			*period = period_words[i].period;
			return true;
		}
	}
	size_t blank = str_find_char(text, ' ', 0);
	int64_t count;
	if (blank == STR_NONE || !str_to_int(str_slice(text, 0, blank), &count) || count < 1 || count > LONGEST)
		return false;
	struct str unit = str_trim(str_from_index(text, blank));
	for (int i = PERIOD_DAYS; i <= PERIOD_YEARS; i++) {
		if (str_equal_ignore_case(unit, str_from(period_units[i].singular)) ||
		    str_equal_ignore_case(unit, str_from(period_units[i].plural))) {
			*period = (struct period){(int32_t)count, (enum period_unit)i};
			return true;
		}
	}
	return false;
}

/* Days of the civil calendar, counted in eras of 400 years that start on 1 March. */
int32_t
date_to_days(struct date date)
{
	int year = date.month <= 2 ? date.year - 1 : date.year;
	int era = year / 400, year_of_era = year % 400;
	int month = (date.month + 9) % 12;
	int day_of_year = (153 * month + 2) / 5 + date.day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * 146097 + day_of_era - 719468;
}

struct date
date_from_days(int32_t days)
{
	int shifted = days + 719468;
	if (shifted < 306)
		return (struct date){1, 1, 1};
	int era = shifted / 146097, day_of_era = shifted % 146097;
	int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int month = (5 * day_of_year + 2) / 153;
	int day = day_of_year - (153 * month + 2) / 5 + 1;
	month = month < 10 ? month + 3 : month - 9;
	int year = year_of_era + era * 400 + (month <= 2);
	if (year > 9999)
		return (struct date){9999, 12, 31};
	return (struct date){(int16_t)year, (int8_t)month, (int8_t)day};
}

static struct date
add_months(struct date date, int months)
{
	int index = date.year * 12 + (date.month - 1) + months;
	if (index < 12)
		return (struct date){1, 1, 1};
	int year = index / 12, month = index % 12 + 1;
	if (year > 9999)
		return (struct date){9999, 12, 31};
	int last = days_in_month(year, month);
	return (struct date){(int16_t)year, (int8_t)month, (int8_t)(date.day < last ? date.day : last)};
}

struct date
date_add_days(struct date date, int32_t days)
{
	return date_from_days(date_to_days(date) + days);
}

struct date
date_add(struct date date, struct period period, int times)
{
	int count = period.count * times;
	switch (period.unit) {
	case PERIOD_DAYS: return date_add_days(date, count);
	case PERIOD_WEEKS: return date_add_days(date, count * 7);
	case PERIOD_MONTHS: return add_months(date, count);
	case PERIOD_YEARS: return add_months(date, count * 12);
	}
	return date;
}

int
date_compare(struct date a, struct date b)
{
	int32_t x = date_to_days(a), y = date_to_days(b);
	return (x > y) - (x < y);
}

int32_t
date_difference(struct date a, struct date b)
{
	return date_to_days(b) - date_to_days(a);
}

struct date
date_from_seconds(int64_t seconds)
{
	int64_t days = seconds / 86400 - (seconds % 86400 < 0);
	return date_from_days((int32_t)days);
}

void
buf_add_date(struct buf *buf, struct date date)
{
	if (date_is_set(date))
		buf_printf(buf, "%04d-%02d-%02d", date.year, date.month, date.day);
}

void
buf_add_period(struct buf *buf, struct period period)
{
	buf_printf(buf, "%d %s", period.count,
	           period.count == 1 ? period_units[period.unit].singular : period_units[period.unit].plural);
}
