/* Figures of a page: charts of the site's records with the numbers they show, in the page's language; the template
 * charts.html prints them. A figure is a map {id, title, note, svg, table}; none when there is nothing to show. A table is
 * {caption, first, columns, rows, more}: titles of the columns behind the FIRST one, rows {title, href, cells} of texts, and
 * how many rows are left out. */
#ifndef ISMARK_SITE_FIGURE_H
#define ISMARK_SITE_FIGURE_H

#include "check/report.h"
#include "site/chart.h"
#include "site/heat_map.h"
#include "site/page_values.h"

/* ---- figures ---- */

/* A heat map: {id, name, title, svg, placed, columns, rows, scored_only, unrated}, with links in its cells. */
struct template_value
figure_heat_map(const struct page_context *context, const struct report *report, const struct report_heat_map *map,
                enum heat_map_form form);
/* The inherent, the current and the residual one. */
struct template_value
figure_heat_maps(const struct page_context *context, const struct report *report);
/* Controls by state: a bar for each theme. */
struct template_value
figure_soa(const struct page_context *context);
/* The same in one bar. */
struct template_value
figure_soa_whole(const struct page_context *context);
struct template_value
figure_stages(const struct page_context *context, const struct report *report);
struct template_value
figure_clauses(const struct page_context *context, const struct report *report);
/* Open findings by the time that they are open, and by category. */
struct template_value
figure_findings(const struct page_context *context, const struct report *report);
/* The values of METRIC by day against its target. INDEX tells figures of one page apart. SMALL: one of many. Has
 * `state` ("reached" …), `value`, `link` too. Also without a value: then `svg` is "". */
struct template_value
figure_metric(const struct page_context *context, const struct record *metric, size_t index, bool small);
/* Small figures of all metrics, cut at FIGURE_METRICS_MAX. */
enum { FIGURE_METRICS_MAX = 60, FIGURE_ROWS_MAX = 60 };
struct template_value
figure_metrics(const struct page_context *context, const record_vec *metrics);

/* ---- for those who make them ---- */

struct figure_part {
	const char *name; /* of a {name} in a sentence; NULL ends a list */
	struct str text;
};

/* The theme's sentence at KEY with each {name} replaced. */
struct str
figure_say(const struct page_context *context, const char *key, const struct figure_part *parts);
/* The form of the words {one, other} at KEY for COUNT, with {n} replaced. */
struct str
figure_count(const struct page_context *context, const char *key, size_t count);
struct str
figure_word(const struct page_context *context, const char *key);
struct str
figure_number(const struct page_context *context, size_t count);
/* Fills TITLE, DESCRIPTION from the words below chart, and the decimal sign. */
struct chart
figure_chart(const struct page_context *context, const char *id, struct str title, struct str description);
/* The figure of BARS, with the first column called FIRST. COLUMN of NOTES is the title of the column with the bars' notes, NULL: none. */
struct template_value
figure_of_bars(const struct page_context *context, const struct chart_bars *bars, struct str first, const char *notes);

#endif
