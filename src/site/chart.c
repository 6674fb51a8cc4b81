/* What all charts share: the frame of the picture, texts, numbers, scales. */
#include "site/chart.h"

#include <float.h>
#include <math.h>

/* ---- the frame ---- */

void
chart_add_length(struct buf *out, double length)
{
	double tenths = isfinite(length) ? round(length * 10) : 0;
	buf_add_number(out, tenths == 0 ? 0 : tenths / 10);
}

void
chart_add_attribute(struct buf *out, const char *name, double length)
{
	buf_printf(out, " %s=\"", name);
	chart_add_length(out, length);
	buf_add_char(out, '"');
}

void
chart_open(struct buf *out, const struct chart *chart, const char *class, double width, double height, bool has_links)
{
	buf_printf(out, "<svg class=\"chart %s\" role=\"%s\" aria-labelledby=\"%s:title %s:text\" viewBox=\"0 0 ", class,
	           has_links ? "group" : "img", chart->id, chart->id);
	chart_add_length(out, width);
	buf_add_char(out, ' ');
	chart_add_length(out, height);
	buf_printf(out, "\">\n<title id=\"%s:title\">", chart->id);
	buf_add_html(out, chart->title);
	buf_printf(out, "</title>\n<desc id=\"%s:text\">", chart->id);
	buf_add_html(out, chart->description);
	buf_add_c(out, "</desc>\n");
}

void
chart_close(struct buf *out)
{
	buf_add_c(out, "</svg>\n");
}

/* ---- texts and numbers ---- */

static bool
starts_character(char c)
{
	return ((unsigned char)c & 0xC0) != 0x80;
}

size_t
chart_characters(struct str text)
{
	size_t count = 0;
	for (size_t i = 0; i < text.size; i++)
		count += starts_character(text.data[i]);
	return count;
}

void
chart_add_cut(struct buf *out, struct str text, size_t most)
{
	size_t end = 0, characters = 0, keep = most;
	if (chart_characters(text) > most && most > 0)
		keep = most - 1;
	for (; end < text.size; end++)
		if (starts_character(text.data[end]) && characters++ == keep)
			break;
	for (size_t from = 0; from < end;) {
		size_t to = from;
		while (to < end && (unsigned char)text.data[to] >= ' ')
			to++;
		buf_add_html(out, str_slice(text, from, to));
		buf_add_c(out, to < end ? " " : "");
		from = to + 1;
	}
	buf_add_c(out, end < text.size ? "…" : "");
}

void
chart_add_text(struct buf *out, const char *class, double x, double y, struct str text, size_t most)
{
	buf_printf(out, "<text class=\"%s\"", class);
	chart_add_attribute(out, "x", x);
	chart_add_attribute(out, "y", y);
	buf_add_char(out, '>');
	chart_add_cut(out, text, most);
	buf_add_c(out, "</text>\n");
}

static void
add_with_decimal(struct buf *out, double number, struct str decimal)
{
	struct buf text = {0};
	buf_add_number(&text, number);
	for (size_t i = 0; i < text.size; i++) {
		if (text.data[i] == '-')
			buf_add_c(out, "−");
		else if (text.data[i] == '.' && decimal.size)
			buf_add_html(out, decimal);
		else
			buf_add_char(out, text.data[i]);
	}
	buf_release(&text);
}

void
chart_add_value(struct buf *out, double number, struct str decimal)
{
	static const struct {
		double unit;
		const char *sign;
	} units[] = {{1e12, "T"}, {1e9, "G"}, {1e6, "M"}};
	double size = fabs(number);
	if (!isfinite(number) || size >= 1e15 || (size > 0 && size < 0.005)) {
		buf_printf(out, "%.2g", number);
		return;
	}
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (size < units[i].unit)
			continue;
		add_with_decimal(out, round(number / units[i].unit * 10) / 10, decimal);
		buf_add_c(out, units[i].sign);
		return;
	}
	double hundredths = round(number * 100);
	add_with_decimal(out, hundredths == 0 ? 0 : hundredths / 100, decimal);
}

/* ---- scales ---- */

/* The least of 1, 2, 5 times a power of ten that is not below SIZE. */
static double
round_step(double size)
{
	double power = pow(10, floor(log10(size)));
	if (!(power > 0) || !isfinite(power))
		return size;
	for (int i = 0; i < 3; i++) {
		static const double factors[] = {1, 2, 5};
		if (factors[i] * power >= size * (1 - 1e-9))
			return factors[i] * power;
	}
	return 10 * power;
}

struct chart_scale
chart_scale_of(double low, double high)
{
	double from = fmin(low, high), to = fmax(low, high);
	if (from == to) {
		double room = from == 0 ? 1 : fabs(from) / 2;
		from = from >= 0 ? fmax(0, from - room) : from - room;
		to = fmin(to + room, DBL_MAX);
		from = fmax(from, -DBL_MAX);
	}
	/* Halves keep the difference of the largest numbers finite. */
	double step = round_step(fmax((to / 2 - from / 2) / (CHART_TICKS_MAX - 2) * 2, 1e-300));
	struct chart_scale scale = {.from = floor(from / step + 1e-9) * step, .step = step};
	scale.ticks = (size_t)fmax(2, ceil((to / step - scale.from / step) - 1e-9) + 1);
	if (scale.ticks > CHART_TICKS_MAX)
		scale.ticks = CHART_TICKS_MAX;
	scale.to = scale.from + (double)(scale.ticks - 1) * step;
	if (!isfinite(scale.from) || !isfinite(scale.to))
		scale = (struct chart_scale){from, to, to / 2 - from / 2, 3};
	return scale;
}

double
chart_scale_tick(const struct chart_scale *scale, size_t index)
{
	return (scale->from / 2 + (double)index * (scale->step / 2)) * 2;
}

double
chart_scale_place(const struct chart_scale *scale, double value)
{
	double width = scale->to / 2 - scale->from / 2, place = (value / 2 - scale->from / 2) / width;
	return isfinite(place) ? fmin(1, fmax(0, place)) : 0;
}
