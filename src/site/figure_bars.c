/* Bars: controls by state, readiness, open findings by age. */
#include "site/figure.h"
#include "site/page_terms.h"

/* ---- controls by state ---- */

static const struct {
	const char *class;
	enum chart_pattern pattern;
} state_looks[SOA_STATE_COUNT] = {
	[SOA_YES] = {"good", CHART_SOLID},
	[SOA_PARTIAL] = {"warn", CHART_HATCH},
	[SOA_NO] = {"bad", CHART_CROSS},
	[SOA_NOT_APPLICABLE] = {"quiet", CHART_EMPTY},
	[SOA_NOT_CHECKED] = {"dashed", CHART_LINES},
	[SOA_NO_EVIDENCE_EXPECTED] = {"good light", CHART_DOTS},
};

static void
set_states(const struct page_context *context, struct chart_series *series)
{
	for (enum soa_state state = 0; state < SOA_STATE_COUNT; state++) {
		struct str name = page_name(context, "state", soa_state_name(state));
		series[state] = (struct chart_series){name, state_looks[state].class, state_looks[state].pattern};
	}
}

/* The controls of THEME; NULL: of the whole catalogue. */
static struct chart_bar
bar_of_theme(const struct page_context *context, const struct theme *theme, bool whole)
{
	const struct site *site = context->pages->site;
	struct chart_bar bar = {.label = site->catalogue->standard};
	size_t total = 0;
	if (theme)
		bar.label = str_printf(context->arena, "%.*s %.*s", STR_ARG(theme->id), STR_ARG(page_phrase(context, theme->title)));
	for (size_t i = 0; i < site->catalogue->control_count; i++) {
		if (!whole && control_top_theme(&site->catalogue->controls[i]) != theme)
			continue;
		bar.counts[soa_state(site, &site->controls[i])]++;
		total++;
	}
	bar.note = figure_number(context, total);
	return bar;
}

static struct str
soa_sentence(const struct page_context *context, const struct chart_series *series)
{
	struct chart_bar all = bar_of_theme(context, NULL, true);
	struct buf counts = {0};
	for (int i = 0; i < SOA_STATE_COUNT; i++)
		buf_printf(&counts, "%s%.*s %zu", i ? ", " : "", STR_ARG(series[i].name), all.counts[i]);
	struct str list = buf_take(&counts, context->arena);
	return figure_say(context, "chart.soa_text", (struct figure_part[]){{"counts", list}, {"total", all.note}, {0}});
}

static struct template_value
soa_figure(const struct page_context *context, const char *id, bool whole)
{
	const struct catalogue *catalogue = context->pages->site->catalogue;
	struct chart_series series[SOA_STATE_COUNT];
	set_states(context, series);
	struct chart_bars bars = {.series = series, .series_count = SOA_STATE_COUNT};
	bars.chart = figure_chart(context, id, figure_word(context, whole ? "chart.soa_all" : "chart.soa"), soa_sentence(context, series));
	if (whole && catalogue->control_count)
		vec_push(context->arena, &bars.bars, bar_of_theme(context, NULL, true));
	for (size_t i = 0; !whole && i <= catalogue->theme_count; i++) {
		const struct theme *theme = i < catalogue->theme_count ? &catalogue->themes[i] : NULL;
		struct chart_bar bar = bar_of_theme(context, theme, false);
		if (!(theme && theme->parent) && chart_bar_total(&bars, &bar))
			vec_push(context->arena, &bars.bars, bar);
	}
	return figure_of_bars(context, &bars, figure_word(context, "chart.theme"), "chart.total");
}

struct template_value
figure_soa(const struct page_context *context)
{
	return soa_figure(context, "chart:soa", false);
}

struct template_value
figure_soa_whole(const struct page_context *context)
{
	return soa_figure(context, "chart:soa-all", true);
}

/* ---- readiness ---- */

enum { SHARE_SERIES = READINESS_NOT_MET + 1 };

static struct chart_bar
bar_of_share(const struct page_context *context, const struct readiness_share *share, struct str label)
{
	struct chart_bar bar = {.label = label, .note = STR("–")};
	for (int state = 0; state < SHARE_SERIES; state++)
		bar.counts[state] = share->counts[state];
	if (share->percent >= 0) {
		struct str number = str_printf(context->arena, "%d", share->percent);
		bar.note = figure_say(context, "number.percent", (struct figure_part[]){{"n", number}, {0}});
	}
	return bar;
}

static struct template_value
share_figure(const struct page_context *context, const char *id, const char *title, const char *first, const readiness_share_vec *shares, bool clauses)
{
	static const char *const classes[] = {"good", "warn", "track"};
	static const enum chart_pattern patterns[] = {CHART_SOLID, CHART_HATCH, CHART_EMPTY};
	struct chart_series series[SHARE_SERIES];
	for (int state = 0; state < SHARE_SERIES; state++) {
		struct str name = page_name(context, "status", readiness_state_name((enum readiness_state)state));
		series[state] = (struct chart_series){name, classes[state], patterns[state]};
	}
	struct chart_bars bars = {.series = series, .series_count = SHARE_SERIES, .shares = true};
	bars.chart = figure_chart(context, id, figure_word(context, title), figure_word(context, "chart.readiness_text"));
	for (size_t i = 0; i < shares->count; i++) {
		const struct readiness_share *share = &shares->items[i];
		struct str label = page_phrase(context, share->title);
		if (clauses) {
			struct str key = str_printf(context->arena, "clauses.titles.%.*s", STR_ARG(share->name));
			label = str_printf(context->arena, "%.*s %.*s", STR_ARG(share->name), STR_ARG(figure_word(context, key.data)));
		}
		vec_push(context->arena, &bars.bars, bar_of_share(context, share, label));
	}
	return figure_of_bars(context, &bars, figure_word(context, first), "chart.percent");
}

struct template_value
figure_stages(const struct page_context *context, const struct report *report)
{
	return share_figure(context, "chart:stages", "chart.stages", "chart.audit", &report->readiness->stages, false);
}

struct template_value
figure_clauses(const struct page_context *context, const struct report *report)
{
	return share_figure(context, "chart:clauses", "chart.clauses", "chart.clause", &report->readiness->clauses, true);
}

/* ---- open findings by age ---- */

enum { CATEGORIES = 3, AGES = 6 };

/* The last days of the classes of age; then come those that are older, and those whose age is not known. */
static const int age_ends[] = {30, 60, 90, 180};

static size_t
age_class(int age)
{
	size_t class = 0;
	if (age < 0)
		return AGES - 1;
	while (class < sizeof age_ends / sizeof *age_ends && age > age_ends[class])
		class++;
	return class;
}

static struct str
age_label(const struct page_context *context, size_t class)
{
	size_t count = sizeof age_ends / sizeof *age_ends;
	if (class > count)
		return figure_word(context, "chart.age_unknown");
	if (class == count)
		return figure_say(context, "chart.age_over", (struct figure_part[]){{"n", figure_number(context, (size_t)age_ends[count - 1])}, {0}});
	struct str from = figure_number(context, class ? (size_t)age_ends[class - 1] + 1 : 0), to = figure_number(context, (size_t)age_ends[class]);
	return figure_say(context, "chart.age", (struct figure_part[]){{"from", from}, {"to", to}, {0}});
}

static size_t
count_by_age(const struct report *report, struct chart_bar *bars)
{
	size_t open = 0;
	for (size_t i = 0; i < report->findings.count; i++) {
		const struct report_finding *line = &report->findings.items[i];
		int category = record_choice(line->finding, FIELD_finding_category);
		if (!line->open || category < 0 || category >= CATEGORIES)
			continue;
		bars[age_class(line->age)].counts[category]++;
		open++;
	}
	return open;
}

struct template_value
figure_findings(const struct page_context *context, const struct report *report)
{
	static const char *const names[CATEGORIES] = {[CHOICE_finding_category_major] = "major", [CHOICE_finding_category_minor] = "minor",
	                                              [CHOICE_finding_category_observation] = "observation"};
	static const char *const classes[CATEGORIES] = {"bad", "warn", "quiet"};
	static const enum chart_pattern patterns[CATEGORIES] = {CHART_SOLID, CHART_HATCH, CHART_EMPTY};
	struct chart_bar counted[AGES] = {{.label = {0}}};
	struct chart_series series[CATEGORIES];
	size_t open = count_by_age(report, counted);
	if (!open)
		return template_none();
	for (int i = 0; i < CATEGORIES; i++)
		series[i] = (struct chart_series){page_choice(context, names[i]), classes[i], patterns[i]};
	struct chart_bars bars = {.series = series, .series_count = CATEGORIES};
	bars.chart = figure_chart(context, "chart:findings", figure_word(context, "chart.findings"), figure_count(context, "chart.findings_text", open));
	for (size_t i = 0; i < AGES; i++) {
		size_t total = chart_bar_total(&bars, &counted[i]);
		counted[i].label = age_label(context, i);
		counted[i].note = figure_number(context, total);
		if (total || i < AGES - 1)
			vec_push(context->arena, &bars.bars, counted[i]);
	}
	return figure_of_bars(context, &bars, figure_word(context, "chart.open_for"), "chart.total");
}
