/* Values over time: points and the line through them, broken where a measurement is missing, and the target across. A value
 * that misses the target is a hollow diamond, the others are filled circles. */
#include "site/chart.h"

#include <math.h>

enum { HEIGHT = 190, SMALL_WIDTH = 310, SMALL_HEIGHT = 112, TOP = 20, BOTTOM = 26, RIGHT = 46, AXIS_GAP = 6, INSET = 8, LABELLED_MAX = 14, DRAWN_MAX = 80, MONTH_TICKS_MAX = 5 };

struct frame {
	const struct chart_line *line;
	struct chart_scale scale;
	double width;
	double left, right, top, bottom; /* of the plot */
	int32_t first, last;             /* days */
};

static double
x_of(const struct frame *frame, int32_t day)
{
	if (frame->first == frame->last)
		return (frame->left + frame->right) / 2;
	return frame->left + INSET + (frame->right - frame->left - INSET) * (double)(day - frame->first) / (double)(frame->last - frame->first);
}

static double
y_of(const struct frame *frame, double value)
{
	return frame->bottom - (frame->bottom - frame->top) * chart_scale_place(&frame->scale, value);
}

static double
x_of_point(const struct frame *frame, size_t i)
{
	return x_of(frame, date_to_days(frame->line->points.items[i].on));
}

static double
y_of_point(const struct frame *frame, size_t i)
{
	return y_of(frame, frame->line->points.items[i].value);
}

/* ---- axes ---- */

static void
add_line(struct buf *out, const char *class, double x1, double y1, double x2, double y2)
{
	buf_printf(out, "<line class=\"%s\"", class);
	chart_add_attribute(out, "x1", x1);
	chart_add_attribute(out, "y1", y1);
	chart_add_attribute(out, "x2", x2);
	chart_add_attribute(out, "y2", y2);
	buf_add_c(out, "/>\n");
}

static struct str
value_text(struct buf *text, const struct chart_line *line, double value)
{
	buf_clear(text);
	chart_add_value(text, value, line->chart.decimal);
	return buf_str(text);
}

/* Room for the longest label of the scale. */
static double
axis_width(const struct chart_line *line, const struct chart_scale *scale)
{
	size_t most = 1;
	struct buf text = {0};
	for (size_t i = 0; i < scale->ticks; i++) {
		size_t characters = chart_characters(value_text(&text, line, chart_scale_tick(scale, i)));
		most = characters > most ? characters : most;
	}
	buf_release(&text);
	return (double)most * 6.6 + AXIS_GAP;
}

static void
add_value_axis(struct buf *out, const struct frame *frame)
{
	struct buf text = {0};
	size_t every = frame->line->small && frame->scale.ticks > 3 ? frame->scale.ticks - 1 : 1;
	for (size_t i = 0; i < frame->scale.ticks; i += every) {
		double value = chart_scale_tick(&frame->scale, i), y = y_of(frame, value);
		add_line(out, i ? "grid" : "base", frame->left, y, frame->right, y);
		chart_add_text(out, "axis end", frame->left - AXIS_GAP, y + 4, value_text(&text, frame->line, value), 12);
	}
	buf_release(&text);
}

static void
add_day_label(struct buf *out, const struct frame *frame, const char *class, double x, struct date day, bool with_day)
{
	struct buf text = {0};
	if (with_day)
		buf_printf(&text, "%d ", day.day);
	buf_add_str(&text, frame->line->months[day.month - 1]);
	buf_printf(&text, " %d", day.year);
	chart_add_text(out, class, x, frame->bottom + 17, buf_str(&text), 24);
	buf_release(&text);
}

/* Months from one label to the next, so that there are few. */
static int
month_step(int months)
{
	static const int steps[] = {1, 2, 3, 6, 12, 24, 60, 120, 600, 1200, 6000, 12000};
	size_t i = 0;
	while (i + 1 < sizeof steps / sizeof *steps && months / steps[i] >= MONTH_TICKS_MAX)
		i++;
	return steps[i];
}

static int
month_number(struct date day)
{
	return day.year * 12 + day.month - 1;
}

static void
add_months(struct buf *out, const struct frame *frame, struct date first, struct date last)
{
	int step = month_step(month_number(last) - month_number(first));
	for (int month = (month_number(first) + step - 1) / step * step; month <= month_number(last); month += step) {
		struct date day = {(int16_t)(month / 12), (int8_t)(month % 12 + 1), 1};
		if (day.year < 1 || date_compare(day, first) < 0)
			continue;
		double x = x_of(frame, date_to_days(day));
		add_line(out, "tick", x, frame->bottom, x, frame->bottom + 4);
		if (x - 28 >= 0 && x + 28 <= frame->width)
			add_day_label(out, frame, "axis middle", x, day, false);
	}
}

/* Names of months on a longer time, else the first and the last day. */
static void
add_time_axis(struct buf *out, const struct frame *frame)
{
	struct date first = frame->line->points.items[0].on, last = frame->line->points.items[frame->line->points.count - 1].on;
	if (frame->first == frame->last) {
		add_day_label(out, frame, "axis middle", x_of(frame, frame->first), first, true);
	} else if (!frame->line->small && frame->last - frame->first > 120) {
		add_months(out, frame, first, last);
	} else {
		add_day_label(out, frame, "axis", frame->left, first, true);
		add_day_label(out, frame, "axis end", frame->width, last, true);
	}
}

/* ---- target ---- */

/* Where the line is near the target, its label would hide the line. */
static bool
is_nearer_at_end(const struct frame *frame, double y)
{
	return fabs(y_of_point(frame, frame->line->points.count - 1) - y) <= fabs(y_of_point(frame, 0) - y);
}

static void
add_target(struct buf *out, const struct frame *frame)
{
	const struct chart_line *line = frame->line;
	if (!line->has_target)
		return;
	double y = y_of(frame, line->target);
	struct buf text = {0};
	buf_add_str(&text, line->target_label);
	buf_add_char(&text, ' ');
	chart_add_value(&text, line->target, line->chart.decimal);
	add_line(out, "target", frame->left, y, frame->right, y);
	if (is_nearer_at_end(frame, y))
		chart_add_text(out, "target-label", frame->left + 3, y - 4, buf_str(&text), 30);
	else
		chart_add_text(out, "target-label end", frame->right - 3, y - 4, buf_str(&text), 30);
	buf_release(&text);
}

/* ---- values ---- */

static void
add_path(struct buf *out, const struct frame *frame)
{
	buf_add_c(out, "<path class=\"line\" d=\"");
	for (size_t i = 0; i < frame->line->points.count; i++) {
		buf_add_char(out, i == 0 || frame->line->points.items[i].gap ? 'M' : 'L');
		chart_add_length(out, x_of_point(frame, i));
		buf_add_char(out, ' ');
		chart_add_length(out, y_of_point(frame, i));
	}
	buf_add_c(out, "\"/>\n");
}

static void
add_mark(struct buf *out, const struct frame *frame, size_t i)
{
	double x = x_of_point(frame, i), y = y_of_point(frame, i), r = frame->line->points.count > 30 ? 2.5 : 4;
	if (frame->line->points.items[i].mark == CHART_MARK_BAD) {
		buf_add_c(out, "<path class=\"point bad\" d=\"M");
		chart_add_length(out, x);
		buf_add_char(out, ' ');
		chart_add_length(out, y - r - 1);
		buf_printf(out, "l%g %gl%g %gl%g %gz\"/>\n", r + 1, r + 1, -r - 1, r + 1, -r - 1, -r - 1);
		return;
	}
	buf_printf(out, "<circle class=\"point%s\"", frame->line->points.items[i].mark == CHART_MARK_GOOD ? " good" : "");
	chart_add_attribute(out, "cx", x);
	chart_add_attribute(out, "cy", y);
	chart_add_attribute(out, "r", r);
	buf_add_c(out, "/>\n");
}

/* Of many values the marks would be a bar: the line shows them, and the last one has its mark. */
static void
add_marks(struct buf *out, const struct frame *frame)
{
	size_t count = frame->line->points.count;
	for (size_t i = 0; i < count; i++) {
		bool alone = (i == 0 || frame->line->points.items[i].gap) && (i + 1 == count || frame->line->points.items[i + 1].gap);
		if (count <= DRAWN_MAX || i + 1 == count || alone)
			add_mark(out, frame, i);
	}
}

static void
add_label(struct buf *out, const struct frame *frame, size_t i)
{
	struct buf text = {0};
	double y = y_of_point(frame, i);
	bool last = i + 1 == frame->line->points.count;
	value_text(&text, frame->line, frame->line->points.items[i].value);
	if (last)
		chart_add_text(out, "last", x_of_point(frame, i) + 8, y + 4, buf_str(&text), 8);
	else
		chart_add_text(out, "point-label middle", x_of_point(frame, i), y - 8, buf_str(&text), 8);
	buf_release(&text);
}

/* The last value always; the others where there is room for them. */
static void
add_labels(struct buf *out, const struct frame *frame)
{
	size_t count = frame->line->points.count;
	double free_from = frame->left - frame->width;
	for (size_t i = 0; i + 1 < count && !frame->line->small && count <= LABELLED_MAX; i++) {
		double x = x_of_point(frame, i);
		if (x < free_from || x > x_of_point(frame, count - 1) - 16)
			continue;
		add_label(out, frame, i);
		free_from = x + 24;
	}
	add_label(out, frame, count - 1);
}

/* ---- the picture ---- */

static struct chart_scale
scale_of(const struct chart_line *line)
{
	double low = line->points.items[0].value, high = low;
	for (size_t i = 1; i < line->points.count; i++) {
		low = fmin(low, line->points.items[i].value);
		high = fmax(high, line->points.items[i].value);
	}
	if (line->has_target) {
		low = fmin(low, line->target);
		high = fmax(high, line->target);
	}
	return chart_scale_of(low, high);
}

void
chart_line_svg(struct buf *out, const struct chart_line *line)
{
	if (!line->points.count)
		return;
	double height = line->small ? SMALL_HEIGHT : HEIGHT;
	struct frame frame = {.line = line, .scale = scale_of(line), .width = line->small ? SMALL_WIDTH : CHART_WIDTH, .top = TOP, .bottom = height - BOTTOM};
	frame.right = frame.width - RIGHT;
	frame.left = axis_width(line, &frame.scale);
	frame.first = date_to_days(line->points.items[0].on);
	frame.last = date_to_days(line->points.items[line->points.count - 1].on);
	chart_open(out, &line->chart, line->small ? "lines small" : "lines", frame.width, height, false);
	add_value_axis(out, &frame);
	add_time_axis(out, &frame);
	add_path(out, &frame);
	add_target(out, &frame);
	add_marks(out, &frame);
	add_labels(out, &frame);
	chart_close(out);
}
