#include "unit.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "site/chart.h"

/* ---- scales ---- */

static void
assert_scale(double low, double high, double from, double to, double step)
{
	struct chart_scale scale = chart_scale_of(low, high);
	assert_float_equal(scale.from, from, 1e-9);
	assert_float_equal(scale.to, to, 1e-9);
	assert_float_equal(scale.step, step, 1e-9);
	assert_float_equal(chart_scale_place(&scale, from), 0, 1e-9);
	assert_float_equal(chart_scale_place(&scale, to), 1, 1e-9);
}

static void
scales_are_round(void **state)
{
	(void)state;
	assert_scale(0, 100, 0, 100, 50);
	assert_scale(100, 0, 0, 100, 50);
	assert_scale(31, 60, 30, 60, 10);
	assert_scale(-7, 3, -10, 5, 5);
	assert_scale(0, 0, 0, 1, 0.5);
	assert_scale(99.6, 99.95, 99.6, 100, 0.1);
}

static void
every_scale_holds_its_values(void **state)
{
	static const double values[] = {-DBL_MAX, -1e15, -3, -1e-12, 0, 1e-300, 0.1, 7, 93, 1e6 + 1, 1e15, DBL_MAX};
	(void)state;
	for (size_t a = 0; a < sizeof values / sizeof *values; a++) {
		for (size_t b = 0; b < sizeof values / sizeof *values; b++) {
			struct chart_scale scale = chart_scale_of(values[a], values[b]);
			double low = fmin(values[a], values[b]), high = fmax(values[a], values[b]), slack = 1e-9 * fmax(fabs(low), fabs(high));
			assert_true(isfinite(scale.from) && isfinite(scale.to));
			assert_in_range(scale.ticks, 2, CHART_TICKS_MAX);
			assert_true(scale.from <= low + slack && scale.to >= high - slack);
			assert_true(chart_scale_place(&scale, low) <= chart_scale_place(&scale, high));
		}
	}
}

/* ---- texts ---- */

static void
assert_cut(const char *text, size_t most, const char *expected)
{
	struct buf out = {0};
	chart_add_cut(&out, str_from(text), most);
	assert_string_equal(out.data, expected);
	buf_release(&out);
}

static void
texts_are_cut_and_escaped(void **state)
{
	(void)state;
	assert_cut("RISK-001", 9, "RISK-001");
	assert_cut("Größenordnung", 6, "Größe…");
	assert_cut("<script>", 20, "&lt;script&gt;");
	assert_cut("\"a\" & 'b'", 20, "&quot;a&quot; &amp; &#39;b&#39;");
	assert_cut("a\nb\tc\x01", 20, "a b c ");
}

static void
assert_value(double number, const char *expected)
{
	struct buf out = {0};
	chart_add_value(&out, number, STR(","));
	assert_string_equal(out.data, expected);
	buf_release(&out);
}

static void
values_are_short(void **state)
{
	(void)state;
	assert_value(57.142857, "57,14");
	assert_value(-0.001, "-0.001");
	assert_value(-3, "−3");
	assert_value(0, "0");
	assert_value(1234567, "1,2M");
	assert_value(-2.5e9, "−2,5G");
	assert_value(1e300, "1e+300");
}

/* ---- pictures ---- */

static size_t
occurrences(const struct buf *out, const char *text)
{
	size_t count = 0;
	for (const char *at = out->data; at && (at = strstr(at, text)); at++)
		count++;
	return count;
}

static void
widths_are_counts(void **state)
{
	static const struct chart_series series[] = {{STR("<yes>"), "good", CHART_SOLID}, {STR("no"), "bad", CHART_HATCH}};
	struct arena arena = {0};
	struct buf out = {0};
	struct chart_bars bars = {.chart = {"chart:x", STR("<b>"), STR("\"d\""), STR("")}, .series = series, .series_count = 2, .without_key = true};
	(void)state;
	chart_bars_svg(&out, &bars);
	assert_int_equal(out.size, 0);
	vec_push(&arena, &bars.bars, ((struct chart_bar){.label = STR("<a>"), .note = STR("4"), .counts = {1, 3}}));
	vec_push(&arena, &bars.bars, ((struct chart_bar){.label = STR("b"), .note = STR("0")}));
	chart_bars_svg(&out, &bars);
	assert_non_null(strstr(out.data, "<rect class=\"part good\" x=\"0\" y=\"16\" width=\"84.5\""));
	assert_non_null(strstr(out.data, "<rect class=\"part bad\" x=\"84.5\" y=\"16\" width=\"253.5\""));
	assert_non_null(strstr(out.data, "fill=\"url(#chart:x:hatch)\""));
	assert_non_null(strstr(out.data, "<title id=\"chart:x:title\">&lt;b&gt;</title>"));
	assert_null(strstr(out.data, "<a>"));
	buf_release(&out);
	arena_release(&arena);
}

static void
add_point(struct arena *arena, struct chart_line *line, int day, double value, enum chart_mark mark, bool gap)
{
	vec_push(arena, &line->points, ((struct chart_point){date_from_days(20000 + day), value, mark, gap}));
}

static void
lines_break_at_gaps(void **state)
{
	struct arena arena = {0};
	struct buf out = {0};
	struct chart_line line = {.chart = {"chart:m", STR("M"), STR(""), STR("")}, .has_target = true, .target = 5};
	(void)state;
	for (int i = 0; i < 12; i++)
		line.months[i] = STR("Mon");
	add_point(&arena, &line, 0, 0, CHART_MARK_BAD, false);
	add_point(&arena, &line, 10, 10, CHART_MARK_GOOD, false);
	add_point(&arena, &line, 40, 10, CHART_MARK_GOOD, true);
	chart_line_svg(&out, &line);
	const char *path = strstr(out.data, "<path class=\"line\" d=\"M");
	assert_non_null(path);
	assert_non_null(strchr(path + strlen("<path class=\"line\" d=\"M"), 'M'));
	assert_int_equal(occurrences(&out, "<circle class=\"point good\""), 2);
	assert_int_equal(occurrences(&out, "<path class=\"point bad\""), 1);
	assert_int_equal(occurrences(&out, "class=\"target\""), 1);
	buf_release(&out);
	arena_release(&arena);
}

static void
many_and_huge_values_stay_small(void **state)
{
	struct arena arena = {0};
	struct buf out = {0};
	struct chart_line line = {.chart = {"chart:m", STR("M"), STR(""), STR("")}};
	(void)state;
	for (int i = 0; i < 500; i++)
		add_point(&arena, &line, i * 3, i % 2 ? DBL_MAX : -DBL_MAX, CHART_MARK_PLAIN, false);
	chart_line_svg(&out, &line);
	assert_true(out.size < 16384);
	assert_int_equal(occurrences(&out, "<circle"), 1);
	assert_null(strstr(out.data, "nan"));
	assert_null(strstr(out.data, "inf"));
	buf_release(&out);
	arena_release(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scales_are_round),
		cmocka_unit_test(every_scale_holds_its_values),
		cmocka_unit_test(texts_are_cut_and_escaped),
		cmocka_unit_test(values_are_short),
		cmocka_unit_test(widths_are_counts),
		cmocka_unit_test(lines_break_at_gaps),
		cmocka_unit_test(many_and_huge_values_stay_small),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
