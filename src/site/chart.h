/* Charts as SVG, made from plain numbers: no page, no theme, no site. A picture is its role, a title and a description by
 * aria-labelledby, shapes with classes that the theme's style sheet colours, and patterns, so that it reads in black and
 * white. Lengths are in the picture's user units: drawn at 400 units a line it has 12-unit text, and scales with the page.
 * Texts are anybody's: they are cut and escaped here. The same numbers give the same bytes. */
#ifndef ISMARK_SITE_CHART_H
#define ISMARK_SITE_CHART_H

#include "base/date.h"
#include "base/str.h"

enum { CHART_WIDTH = 400, CHART_SERIES_MAX = 8 };

/* What every picture has. ID is unique on its page and free of blanks; ids inside begin with it. */
struct chart {
	const char *id;
	struct str title, description;
	struct str decimal; /* the language's decimal sign; empty: a point */
};

/* ---- parts of any picture ---- */

/* Opens the picture, WIDTH × HEIGHT; CLASS stands beside "chart". A picture with links in it is a group, for whose
 * parts the reader's software still looks; one without is an image. */
void
chart_open(struct buf *out, const struct chart *chart, const char *class, double width, double height, bool has_links);
void
chart_close(struct buf *out);
/* A coordinate or length, to a tenth of a unit; what is not finite is 0. */
void
chart_add_length(struct buf *out, double length);
/* " NAME="LENGTH"". */
void
chart_add_attribute(struct buf *out, const char *name, double length);
/* TEXT, escaped, cut to MOST characters; control characters become blanks. */
void
chart_add_cut(struct buf *out, struct str text, size_t most);
/* <text class=CLASS> at X, Y with TEXT cut to MOST characters. */
void
chart_add_text(struct buf *out, const char *class, double x, double y, struct str text, size_t most);
/* NUMBER in few characters: at most two decimals, millions and more as "1.2M", "3G", beyond these with an exponent. */
void
chart_add_value(struct buf *out, double number, struct str decimal);
/* The number of characters of TEXT. */
size_t
chart_characters(struct str text);

/* ---- scales ---- */

/* From a round number to a round one in round steps, at most CHART_TICKS_MAX of them. */
struct chart_scale {
	double from, to, step;
	size_t ticks; /* FROM and TO included */
};

enum { CHART_TICKS_MAX = 6 };

/* A scale that holds LOW and HIGH, both finite, in any order; of one value alone it leaves room on both sides. */
struct chart_scale
chart_scale_of(double low, double high);
/* The value of tick INDEX; finite also at the ends of what a double holds. */
double
chart_scale_tick(const struct chart_scale *scale, size_t index);
/* Where VALUE lies on SCALE, 0 to 1. */
double
chart_scale_place(const struct chart_scale *scale, double value);

/* ---- bars: counts, side by side in each bar ---- */

enum chart_pattern { CHART_SOLID, CHART_EMPTY, CHART_HATCH, CHART_DOTS, CHART_LINES, CHART_CROSS, CHART_PATTERN_COUNT };

/* CLASS is the shape's class, one that the theme knows. */
struct chart_series {
	struct str name;
	const char *class;
	enum chart_pattern pattern;
};

struct chart_bar {
	struct str label;
	struct str note;                 /* behind the bar: "62 %"; may be empty */
	size_t counts[CHART_SERIES_MAX]; /* one a series */
};

struct chart_bars {
	struct chart chart;
	const struct chart_series *series;
	size_t series_count;
	VEC(struct chart_bar) bars;
	bool shares;     /* every bar is as long as the others; else the longest has most counts */
	bool without_key;
};

size_t
chart_bar_total(const struct chart_bars *bars, const struct chart_bar *bar);
/* The whole picture; nothing when there is no bar. */
void
chart_bars_svg(struct buf *out, const struct chart_bars *bars);

/* ---- lines: values over time ---- */

enum chart_mark { CHART_MARK_PLAIN, CHART_MARK_GOOD, CHART_MARK_BAD };

struct chart_point {
	struct date on;
	double value;
	enum chart_mark mark;
	bool gap;        /* nothing was measured where it should have been, between the point before and this one */
};

struct chart_line {
	struct chart chart;
	VEC(struct chart_point) points; /* by day */
	bool has_target;
	double target;
	struct str target_label;        /* "target" */
	struct str months[12];          /* "Jan" … */
	bool small;                     /* one of many: no labels but the last value's and the ends' */
};

/* The whole picture; nothing when there is no point. */
void
chart_line_svg(struct buf *out, const struct chart_line *line);

#endif
