#include "cmd/day_shift.h"

struct day_shift
day_shift_between(struct date from, struct date to)
{
	int32_t days = date_difference(from, to), months = (to.year - from.year) * 12 + to.month - from.month;
	struct period one = {1, PERIOD_MONTHS};
	int32_t best = months;
	for (int32_t other = months - 1; other <= months + 1; other++) {
		struct period far = {other < 0 ? -other : other, one.unit}, near = {best < 0 ? -best : best, one.unit};
		int32_t miss = date_difference(date_add(from, far, other < 0 ? -1 : 1), to);
		int32_t best_miss = date_difference(date_add(from, near, best < 0 ? -1 : 1), to);
		if ((miss < 0 ? -miss : miss) < (best_miss < 0 ? -best_miss : best_miss))
			best = other;
	}
	return (struct day_shift){days, best};
}

static bool
is_digit(struct str text, size_t at)
{
	return at < text.size && text.data[at] >= '0' && text.data[at] <= '9';
}

static bool
is_word(struct str text, size_t at)
{
	if (at >= text.size)
		return false;
	char c = text.data[at];
	return is_digit(text, at) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int
number_at(struct str text, size_t at, size_t digits)
{
	int number = 0;
	for (size_t i = at; i < at + digits; i++)
		number = number * 10 + (text.data[i] - '0');
	return number;
}

static void
add_month(struct buf *out, struct day_shift shift, int year, int month)
{
	int all = year * 12 + month - 1 + shift.months;
	buf_printf(out, "%04d-%02d", all / 12, all % 12 + 1);
}

static void
add_quarter(struct buf *out, struct day_shift shift, int year, int quarter)
{
	int quarters = (shift.months + (shift.months < 0 ? -1 : 1)) / 3, all = year * 4 + quarter - 1 + quarters;
	buf_printf(out, "%04d-Q%d", all / 4, all % 4 + 1);
}

/* A year and a hyphen stand at AT, behind no word. The bytes that were moved, 0 when they are no day, month or quarter. */
static size_t
move_one(struct buf *out, struct day_shift shift, struct str text, size_t at)
{
	struct date date;
	int year = number_at(text, at, 4);
	if (text.size > at + 6 && text.data[at + 5] == 'Q' && text.data[at + 6] >= '1' && text.data[at + 6] <= '4' && !is_word(text, at + 7)) {
		add_quarter(out, shift, year, text.data[at + 6] - '0');
		return 7;
	}
	if (!is_digit(text, at + 5) || !is_digit(text, at + 6) || is_digit(text, at + 7))
		return 0;
	bool day = at + 7 < text.size && text.data[at + 7] == '-' && is_digit(text, at + 8) && is_digit(text, at + 9);
	if (day && !is_digit(text, at + 10) && date_parse(str_slice(text, at, at + 10), &date) == DATE_OK) {
		buf_add_date(out, date_add_days(date, shift.days));
		return 10;
	}
	int month = number_at(text, at + 5, 2);
	if (day || month < 1 || month > 12 || is_word(text, at + 7))
		return 0;
	add_month(out, shift, year, month);
	return 7;
}

struct str
day_shift_text(struct arena *arena, struct day_shift shift, struct str text)
{
	struct buf out = {0};
	size_t kept = 0;
	for (size_t at = str_find(text, STR("20"), 0); at != STR_NONE; at = str_find(text, STR("20"), at + 1)) {
		bool year = is_digit(text, at + 2) && is_digit(text, at + 3) && at + 4 < text.size && text.data[at + 4] == '-';
		if (!year || at < kept || (at && is_word(text, at - 1)))
			continue;
		size_t size = out.size, moved;
		buf_add_str(&out, str_slice(text, kept, at));
		moved = move_one(&out, shift, text, at);
		if (!moved) {
			out.size = size;
			continue;
		}
		kept = at + moved;
	}
	buf_add_str(&out, str_from_index(text, kept));
	return buf_take(&out, arena);
}
