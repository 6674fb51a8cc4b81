#include "export/report_text.h"

static void
add_head(struct buf *out, const struct report *report)
{
	const struct site *site = report->site;
	buf_printf(out, "Audit readiness on ");
	buf_add_date(out, site->today);
	buf_printf(out, ", %.*s\n", STR_ARG(site->catalogue->standard));
	buf_printf(out, "The gate (%s) %s: %zu errors, %zu warnings, %zu notes, %zu suppressed; %zu documents, %zu records\n",
	           severity_name(report->gate), report->passed ? "passes" : "fails", report->counts[SEVERITY_ERROR],
	           report->counts[SEVERITY_WARNING], report->counts[SEVERITY_NOTE], report->suppressed, site->documents.count,
	           report->records);
}

/* ---- checklists ---- */

static void
add_held_back(struct buf *out, const struct readiness_item *item)
{
	for (size_t i = 0; i < item->held_back.count; i++) {
		const struct diag *diag = item->held_back.items[i];
		if (i == 5) {
			buf_printf(out, "        … and %zu more\n", item->held_back.count - i);
			return;
		}
		buf_printf(out, "        %s %.*s%s\n", code_text(diag->code)->code, STR_ARG(diag->subject),
		           diag->suppressed_by ? " (suppressed)" : "");
	}
}

static void
add_missing_conditions(struct buf *out, const struct readiness_item *item)
{
	for (size_t i = 0; i < item->results.count; i++) {
		enum readiness_state state = item->results.items[i].state;
		if (state == READINESS_PARTLY || state == READINESS_NOT_MET)
			buf_printf(out, "        %s: %s\n", readiness_state_name(state), item->results.items[i].text);
	}
}

static void
add_checklist(struct buf *out, const struct report_checklist *checklist)
{
	static const char marks[] = {[READINESS_MET] = 'x', [READINESS_PARTLY] = '/', [READINESS_NOT_MET] = ' ', [READINESS_NOT_APPLICABLE] = '-'};
	buf_printf(out, "\n%s", readiness_stage_title(checklist->stage));
	if (checklist->share)
		buf_printf(out, ": %.*s", STR_ARG(checklist->share->formula));
	buf_add_c(out, "\n");
	for (size_t i = 0; i < checklist->items.count; i++) {
		const struct readiness_item *item = checklist->items.items[i];
		buf_printf(out, "  [%c] %2d %s\n", marks[item->state], item->rule->number, item->rule->title);
		add_missing_conditions(out, item);
		add_held_back(out, item);
	}
}

static void
add_shares(struct buf *out, const char *title, const readiness_share_vec *shares, bool names)
{
	buf_printf(out, "\n%s\n", title);
	for (size_t i = 0; i < shares->count; i++) {
		const struct readiness_share *share = &shares->items[i];
		if (names)
			buf_printf(out, "  %-4.*s %-34.*s %.*s\n", STR_ARG(share->name), STR_ARG(share->title), STR_ARG(share->formula));
		else
			buf_printf(out, "  %-39.*s %.*s\n", STR_ARG(share->title), STR_ARG(share->formula));
	}
}

static void
add_path(struct buf *out, const struct readiness *readiness)
{
	buf_add_c(out, "\nPath to the certificate\n");
	for (size_t i = 0; i < readiness->path.count; i++) {
		const struct path_step *step = &readiness->path.items[i];
		buf_add_c(out, "  ");
		if (date_is_set(step->on))
			buf_add_date(out, step->on);
		else
			buf_add_c(out, "----------");
		buf_printf(out, " %s: %s\n", step->title, path_state_name(step->state));
	}
}

static void
add_states(struct buf *out, const struct report *report)
{
	buf_add_c(out, "\nStatement of Applicability\n");
	for (int state = 0; state < SOA_STATE_COUNT; state++)
		buf_printf(out, "  %-22s %3zu\n", soa_state_name((enum soa_state)state), report->soa.all.counts[state]);
}

/* ---- due days ---- */

static void
add_due(struct buf *out, const struct due_item *item)
{
	buf_add_c(out, "  ");
	buf_add_date(out, item->date);
	buf_printf(out, " %s: %.*s (%.*s)%s%.*s\n", due_type_title(item->type), STR_ARG(item->what), STR_ARG(item->record->subject),
	           item->owner.size ? ", " : "", STR_ARG(item->owner));
}

static void
add_dates(struct buf *out, const struct report *report)
{
	buf_printf(out, "\nOverdue: %zu\n", report->overdue_count);
	for (size_t i = 0; i < report->due.count; i++)
		if (report->due.items[i].days < 0)
			add_due(out, &report->due.items[i]);
	for (size_t w = 0; w < REPORT_WINDOWS; w++) {
		const struct report_window *window = &report->windows[w];
		buf_printf(out, "\nDue in %d to %d days: %zu\n", w ? window[-1].days + 1 : 0, window->days, window->items.count);
		for (size_t i = 0; i < window->items.count; i++)
			add_due(out, window->items.items[i]);
	}
}

void
report_text(struct buf *out, const struct report *report)
{
	add_head(out, report);
	for (int stage = READINESS_STAGE1; stage < READINESS_CLAUSES; stage++)
		add_checklist(out, &report->checklists[stage]);
	add_shares(out, "Clauses", &report->readiness->clauses, true);
	add_shares(out, "Phases", &report->readiness->phases, false);
	add_shares(out, "Themes", &report->readiness->themes, true);
	add_path(out, report->readiness);
	add_states(out, report);
	buf_printf(out, "\nRisks: %zu live, %zu above the appetite, %zu in the treatment plan\n", report->live_risks,
	           report->above_appetite, report->plan.count);
	add_dates(out, report);
}

/* ---- ismark explain readiness ---- */

static void
add_rule(struct buf *out, const struct readiness_rule *rule)
{
	buf_printf(out, "\n  %d. %s", rule->number, rule->title);
	if (rule->clause && rule->clause[0])
		buf_printf(out, " (%s)", rule->clause);
	buf_add_c(out, "\n");
	for (size_t i = 0; i < READINESS_CONDITIONS_MAX && rule->conditions[i].text; i++)
		buf_printf(out, "     %s %s\n", rule->conditions[i].basis ? "basis:" : "also: ", rule->conditions[i].text);
	if (rule->codes && rule->codes[0])
		buf_printf(out, "     held back by %s\n", rule->codes);
	if (rule->codes_of_shown && rule->codes_of_shown[0])
		buf_printf(out, "     held back, where they are about what shows it, by %s\n", rule->codes_of_shown);
}

void
report_text_of_table(struct buf *out)
{
	size_t count;
	const struct readiness_rule *rules = readiness_rules(&count);
	buf_add_c(out,
	          "What makes an item of the checklists met.\n\n"
	          "An item is met when all its conditions are, and no warning or error of the rules named stands, also one\n"
	          "under an exception. Without its basis it is not met; with it, but lacking something else or held back by\n"
	          "a finding, it is partly met; when no condition applies, it is not applicable.\n"
	          "A share is (met + partly met / 2) / (met + partly met + not met), rounded down.\n");
	for (size_t i = 0; i < count; i++) {
		if (!i || rules[i].stage != rules[i - 1].stage)
			buf_printf(out, "\n%s\n", readiness_stage_title(rules[i].stage));
		add_rule(out, &rules[i]);
	}
}
