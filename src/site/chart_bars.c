/* Bars of counts: a label above each bar, the counts in it, a note behind it, and the key of the series below. */
#include "site/chart.h"

enum { BAR_HEIGHT = 20, BAR_PITCH = 46, LABEL_RISE = 6, TOP = 16, NOTE_WIDTH = 62, KEY_PITCH = 20, SWATCH = 14, LABEL_MAX = 46 };

/* Of the text, about. */
static const double character_width = 7.3;

/* ---- patterns ---- */

static const char *const pattern_names[CHART_PATTERN_COUNT] = {
	[CHART_HATCH] = "hatch", [CHART_DOTS] = "dots", [CHART_LINES] = "lines", [CHART_CROSS] = "cross",
};

static const char *const pattern_shapes[CHART_PATTERN_COUNT] = {
	[CHART_HATCH] = "<path d=\"M-1 1l2-2M0 6l6-6M5 7l2-2\"/>",
	[CHART_DOTS] = "<path class=\"dots\" d=\"M3 3h0\"/>",
	[CHART_LINES] = "<path d=\"M0 3h6\"/>",
	[CHART_CROSS] = "<path d=\"M0 0l6 6M6 0l-6 6\"/>",
};

static void
add_patterns(struct buf *out, const struct chart_bars *bars)
{
	bool there[CHART_PATTERN_COUNT] = {false};
	buf_add_c(out, "<defs>\n");
	for (size_t i = 0; i < bars->series_count; i++) {
		const struct chart_series *series = &bars->series[i];
		if (!pattern_names[series->pattern] || there[series->pattern])
			continue;
		there[series->pattern] = true;
		buf_printf(out, "<pattern id=\"%s:%s\" class=\"pattern\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">%s</pattern>\n",
		           bars->chart.id, pattern_names[series->pattern], pattern_shapes[series->pattern]);
	}
	buf_add_c(out, "</defs>\n");
}

/* ---- shapes ---- */

static void
add_rectangle(struct buf *out, double x, double y, double width, double height)
{
	chart_add_attribute(out, "x", x);
	chart_add_attribute(out, "y", y);
	chart_add_attribute(out, "width", width);
	chart_add_attribute(out, "height", height);
	buf_add_c(out, "/>\n");
}

static void
add_part(struct buf *out, const struct chart_bars *bars, const struct chart_series *series, double x, double y, double width, double height)
{
	buf_printf(out, "<rect class=\"part %s\"", series->class);
	add_rectangle(out, x, y, width, height);
	if (!pattern_names[series->pattern])
		return;
	buf_printf(out, "<rect class=\"over\" fill=\"url(#%s:%s)\"", bars->chart.id, pattern_names[series->pattern]);
	add_rectangle(out, x, y, width, height);
}

static size_t
longest_bar(const struct chart_bars *bars)
{
	size_t most = 1;
	for (size_t i = 0; i < bars->bars.count; i++) {
		size_t total = chart_bar_total(bars, &bars->bars.items[i]);
		most = total > most ? total : most;
	}
	return most;
}

static void
add_counts(struct buf *out, const struct chart_bars *bars, const struct chart_bar *bar, double y, double unit)
{
	double x = 0;
	for (size_t i = 0; i < bars->series_count; i++) {
		double width = (double)bar->counts[i] * unit;
		struct buf number = {0};
		buf_printf(&number, "%zu", bar->counts[i]);
		if (bar->counts[i])
			add_part(out, bars, &bars->series[i], x, y, width, BAR_HEIGHT);
		if (bar->counts[i] && (double)number.size * character_width + 4 <= width)
			chart_add_text(out, "in-part middle", x + width / 2, y + BAR_HEIGHT - 6, buf_str(&number), number.size);
		buf_release(&number);
		x += width;
	}
}

static void
add_bar(struct buf *out, const struct chart_bars *bars, const struct chart_bar *bar, double y, size_t longest)
{
	double room = CHART_WIDTH - NOTE_WIDTH;
	size_t total = chart_bar_total(bars, bar), whole = bars->shares ? total : longest;
	chart_add_text(out, "label", 0, y - LABEL_RISE, bar->label, LABEL_MAX);
	if (bars->shares || !total) {
		buf_add_c(out, "<rect class=\"track\"");
		add_rectangle(out, 0, y, room, BAR_HEIGHT);
	}
	add_counts(out, bars, bar, y, whole ? room / (double)whole : 0);
	double end = bars->shares || !total ? room : room * (double)total / (double)whole;
	chart_add_text(out, "value", end + 7, y + BAR_HEIGHT - 5, bar->note, 9);
}

/* ---- the key ---- */

/* The key's entries go from left to right and on to the next line; NULL: only measures. */
static double
add_key(struct buf *out, const struct chart_bars *bars, double top)
{
	double x = 0, y = top;
	for (size_t i = 0; i < bars->series_count; i++) {
		const struct chart_series *series = &bars->series[i];
		size_t characters = chart_characters(series->name);
		double width = SWATCH + 6 + (double)(characters < LABEL_MAX ? characters : LABEL_MAX) * character_width + 12;
		if (x > 0 && x + width > CHART_WIDTH) {
			x = 0;
			y += KEY_PITCH;
		}
		if (out) {
			add_part(out, bars, series, x + 0.5, y + 0.5, SWATCH, SWATCH - 2);
			chart_add_text(out, "key", x + SWATCH + 6, y + SWATCH - 3, series->name, LABEL_MAX);
		}
		x += width;
	}
	return y + KEY_PITCH;
}

/* ---- the picture ---- */

size_t
chart_bar_total(const struct chart_bars *bars, const struct chart_bar *bar)
{
	size_t total = 0;
	for (size_t i = 0; i < bars->series_count; i++)
		total += bar->counts[i];
	return total;
}

void
chart_bars_svg(struct buf *out, const struct chart_bars *bars)
{
	if (!bars->bars.count)
		return;
	double bottom = TOP + (double)bars->bars.count * BAR_PITCH - (BAR_PITCH - BAR_HEIGHT - 14);
	double height = bars->without_key ? bottom - 12 : add_key(NULL, bars, bottom);
	size_t longest = longest_bar(bars);
	chart_open(out, &bars->chart, "bars", CHART_WIDTH, height, false);
	add_patterns(out, bars);
	for (size_t i = 0; i < bars->bars.count; i++)
		add_bar(out, bars, &bars->bars.items[i], TOP + (double)i * BAR_PITCH, longest);
	if (!bars->without_key)
		add_key(out, bars, bottom);
	chart_close(out);
}
