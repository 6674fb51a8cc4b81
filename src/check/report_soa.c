/* The Statement of Applicability by state and theme, and what its entries lack (6.1.3 d). */
#include "check/report_part.h"

static struct report_theme *
theme_of(struct report *report, const struct control *control)
{
	const struct theme *top = control_top_theme(control);
	for (size_t i = 0; i < report->soa.themes.count; i++)
		if (report->soa.themes.items[i].theme == top)
			return &report->soa.themes.items[i];
	return NULL;
}

static void
make_themes(struct report *report, struct arena *arena)
{
	const struct catalogue *catalogue = report->site->catalogue;
	for (size_t i = 0; i < catalogue->theme_count; i++)
		if (!catalogue->themes[i].parent)
			vec_push(arena, &report->soa.themes, ((struct report_theme){.theme = &catalogue->themes[i]}));
}

static void
count_state(struct report_theme *theme, enum soa_state state)
{
	theme->counts[state]++;
	theme->total++;
}

/* The conditions of SOA003 and SOA004: one column often holds the reasons of both decisions. */
static void
add_gaps(struct report *report, const struct control_state *state, struct arena *arena)
{
	struct report_gap gap = {state->control, state->soa};
	int applicable = soa_is_applicable(state->soa);
	if (!state->soa) {
		vec_push(arena, &report->soa.no_entry, gap);
		return;
	}
	bool justified = !record_lacks(state->soa, FIELD_soa_justification);
	if (applicable == 1 && !justified)
		vec_push(arena, &report->soa.no_inclusion_reason, gap);
	if (applicable == 0 && !justified && record_lacks(state->soa, FIELD_soa_exclusion_justification))
		vec_push(arena, &report->soa.no_exclusion_reason, gap);
	if (applicable == 1 && record_choice(state->soa, FIELD_soa_status) != CHOICE_soa_status_implemented)
		vec_push(arena, &report->soa.not_implemented, gap);
}

void
report_fill_soa(struct report *report, struct arena *arena)
{
	const struct site *site = report->site;
	make_themes(report, arena);
	for (size_t i = 0; i < site->catalogue->control_count; i++) {
		const struct control_state *state = &site->controls[i];
		struct report_theme *theme = theme_of(report, state->control);
		count_state(&report->soa.all, soa_state(site, state));
		if (theme)
			count_state(theme, soa_state(site, state));
		add_gaps(report, state, arena);
	}
}
