#include "export/report_markdown.h"

#include <string.h>

/* A comment holds 65,536 characters; lists are cut long before. */
enum { RULES_SHOWN = 8, RULES_LISTED = 40, FINDINGS_LISTED = 5, ITEMS_LISTED = 40, MESSAGE_MAX = 240 };

static const char *
plural(size_t count)
{
	return count == 1 ? "" : "s";
}

/* ---- text that is data ---- */

/* TEXT on one line, without any of Markdown's or HTML's meaning; `@` cannot call anybody. */
static void
add_plain(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.size; i++) {
		char c = text.data[i];
		if (c == '\n' || c == '\r' || c == '\t')
			buf_add_char(out, ' ');
		else if (c == '&')
			buf_add_c(out, "&amp;");
		else if (c == '<')
			buf_add_c(out, "&lt;");
		else if (c == '@')
			buf_add_c(out, "@<!-- -->");
		else {
			if (strchr("\\`*_[]|~#>!", c))
				buf_add_char(out, '\\');
			buf_add_char(out, c);
		}
	}
}

/* A message of ours: its backquoted names become code, the rest plain; cut at a character's start. */
static void
add_message(struct buf *out, struct str message)
{
	struct str rest = message, part;
	bool cut = message.size > MESSAGE_MAX, code = false;
	if (cut) {
		size_t end = MESSAGE_MAX;
		while (end && ((unsigned char)message.data[end] & 0xC0) == 0x80)
			end--;
		rest = str_slice(message, 0, end);
	}
	while (str_split(&rest, '`', &part)) {
		if (code && part.size && !str_contains(part, STR("|")) && !str_contains(part, STR("\n")))
			buf_printf(out, "`%.*s`", STR_ARG(part));
		else
			add_plain(out, part);
		code = !code;
	}
	if (cut)
		buf_add_c(out, " …");
}

static void
add_place(struct buf *out, const struct diag *diag)
{
	if (!diag->span.source)
		return;
	buf_add_c(out, " (");
	add_plain(out, diag->span.source->path);
	buf_printf(out, ":%u)", (unsigned)(diag->span.line ? diag->span.line : 1));
}

static void
open_details(struct buf *out, const char *summary)
{
	buf_printf(out, "\n<details><summary>%s</summary>\n", summary);
}

static void
close_details(struct buf *out)
{
	buf_add_c(out, "\n</details>\n");
}

static void
add_cut(struct buf *out, size_t left_out)
{
	if (left_out)
		buf_printf(out, "- … and %zu more\n", left_out);
}

/* ---- head ---- */

static void
add_counts(struct buf *out, const struct report *report)
{
	size_t errors = report->counts[SEVERITY_ERROR], warnings = report->counts[SEVERITY_WARNING], notes = report->counts[SEVERITY_NOTE];
	buf_printf(out, "**%s** · %zu error%s, %zu warning%s, %zu note%s", report->passed ? "✅ The gate passes" : "❌ The gate fails",
	           errors, plural(errors), warnings, plural(warnings), notes, plural(notes));
	if (report->suppressed)
		buf_printf(out, ", %zu under an exception or baseline", report->suppressed);
	buf_printf(out, " · gate: %s\n", severity_name(report->gate));
}

static void
add_head(struct buf *out, const struct report *report)
{
	const struct config *config = report->site->config;
	buf_add_c(out, "## Audit readiness");
	struct str name = config->title.size ? config->title : config->organization;
	if (name.size) {
		buf_add_c(out, ": ");
		add_plain(out, name);
	}
	buf_add_c(out, "\n\n");
	add_counts(out, report);
	buf_add_c(out, "\n");
	buf_add_date(out, report->site->today);
	buf_add_c(out, " · ");
	add_plain(out, report->site->catalogue->standard);
	buf_printf(out, " · %zu document%s, %zu record%s · ismark %s", report->site->documents.count,
	           plural(report->site->documents.count), report->records, plural(report->records), report->version);
	if (report->commit)
		buf_printf(out, " · commit `%s`", report->commit);
	buf_add_c(out, "\n");
}

/* ---- checklists and shares ---- */

static void
add_percent(struct buf *out, const struct readiness_share *share)
{
	if (share && share->percent >= 0)
		buf_printf(out, "%d %%", share->percent);
	else
		buf_add_c(out, "—");
}

static void
add_share_table(struct buf *out, const char *head, const readiness_share_vec *shares, bool names)
{
	buf_printf(out, "\n| %s | Readiness | met | partly met | not met | not applicable |\n|---|--:|--:|--:|--:|--:|\n", head);
	for (size_t i = 0; i < shares->count; i++) {
		const struct readiness_share *share = &shares->items[i];
		buf_add_c(out, "| ");
		if (names) {
			add_plain(out, share->name);
			buf_add_char(out, ' ');
		}
		add_plain(out, share->title);
		buf_add_c(out, " | ");
		add_percent(out, share);
		for (int state = 0; state < READINESS_STATE_COUNT; state++)
			buf_printf(out, " | %zu", share->counts[state]);
		buf_add_c(out, " |\n");
	}
}

/* What holds the item back: findings, or else the condition that does not hold. */
static void
add_held_back(struct buf *out, const struct readiness_item *item)
{
	for (size_t i = 0; !item->held_back.count && i < item->results.count; i++) {
		enum readiness_state state = item->results.items[i].state;
		if (state == READINESS_PARTLY || state == READINESS_NOT_MET) {
			buf_printf(out, "%s: %s", readiness_state_name(state), item->results.items[i].text);
			return;
		}
	}
	size_t shown = item->held_back.count < 3 ? item->held_back.count : 3;
	for (size_t i = 0; i < shown; i++) {
		const struct diag *diag = item->held_back.items[i];
		buf_printf(out, "%s%s ", i ? ", " : "", code_text(diag->code)->code);
		add_plain(out, diag->subject);
		if (diag->suppressed_by)
			buf_add_c(out, " (suppressed)");
	}
	if (item->held_back.count > shown)
		buf_printf(out, " and %zu more", item->held_back.count - shown);
}

static void
add_checklist(struct buf *out, const struct report_checklist *checklist)
{
	static const char *const marks[] = {
		[READINESS_MET] = "✅", [READINESS_PARTLY] = "🔶", [READINESS_NOT_MET] = "❌", [READINESS_NOT_APPLICABLE] = "➖",
	};
	buf_printf(out, "\n<details><summary>%s: ", readiness_stage_title(checklist->stage));
	add_percent(out, checklist->share);
	buf_printf(out, ", %zu items</summary>\n\n| # | Item | State | Held back by |\n|--:|---|---|---|\n", checklist->items.count);
	for (size_t i = 0; i < checklist->items.count; i++) {
		const struct readiness_item *item = checklist->items.items[i];
		buf_printf(out, "| %d | %s | %s %s | ", item->rule->number, item->rule->title, marks[item->state],
		           readiness_state_name(item->state));
		add_held_back(out, item);
		buf_add_c(out, " |\n");
	}
	close_details(out);
}

static void
add_readiness(struct buf *out, const struct report *report)
{
	add_share_table(out, "Checklist", &report->readiness->stages, false);
	for (int stage = READINESS_STAGE1; stage < READINESS_CLAUSES; stage++)
		add_checklist(out, &report->checklists[stage]);
	open_details(out, "Clauses, phases and themes");
	add_share_table(out, "Clause", &report->readiness->clauses, true);
	add_share_table(out, "Phase", &report->readiness->phases, false);
	add_share_table(out, "Theme", &report->readiness->themes, true);
	close_details(out);
}

/* ---- Statement of Applicability ---- */

static void
add_soa_row(struct buf *out, const struct report_theme *theme)
{
	buf_add_c(out, "| ");
	if (theme->theme) {
		add_plain(out, theme->theme->id);
		buf_add_char(out, ' ');
		add_plain(out, theme->theme->title);
	} else {
		buf_add_c(out, "**all**");
	}
	for (int state = 0; state < SOA_STATE_COUNT; state++)
		buf_printf(out, " | %zu", theme->counts[state]);
	buf_printf(out, " | %zu |\n", theme->total);
}

static void
add_gaps(struct buf *out, const char *title, const report_gap_vec *gaps)
{
	if (!gaps->count)
		return;
	buf_printf(out, "\n%s (%zu): ", title, gaps->count);
	for (size_t i = 0; i < gaps->count; i++)
		buf_printf(out, "%s%.*s", i ? ", " : "", STR_ARG(gaps->items[i].control->id));
	buf_add_c(out, "\n");
}

static void
add_soa(struct buf *out, const struct report *report)
{
	open_details(out, "Statement of Applicability");
	buf_add_c(out, "\n| Theme");
	for (int state = 0; state < SOA_STATE_COUNT; state++)
		buf_printf(out, " | %s", soa_state_name((enum soa_state)state));
	buf_add_c(out, " | controls |\n|---");
	for (int state = 0; state <= SOA_STATE_COUNT; state++)
		buf_add_c(out, "|--:");
	buf_add_c(out, "|\n");
	for (size_t i = 0; i < report->soa.themes.count; i++)
		add_soa_row(out, &report->soa.themes.items[i]);
	add_soa_row(out, &report->soa.all);
	add_gaps(out, "No entry", &report->soa.no_entry);
	add_gaps(out, "Applicable without justification", &report->soa.no_inclusion_reason);
	add_gaps(out, "Excluded without justification", &report->soa.no_exclusion_reason);
	close_details(out);
}

/* ---- findings ---- */

static void
add_rule_line(struct buf *out, const struct report_rule *rule)
{
	size_t standing = rule->findings.count - rule->suppressed;
	const struct diag *first = rule->findings.items[0];
	for (size_t i = 0; first->suppressed_by && i < rule->findings.count; i++)
		first = rule->findings.items[i];
	buf_printf(out, "- **%s** %s, %zu %s: ", rule->text->code, rule->text->title, standing, severity_name(rule->worst));
	add_message(out, first->message);
	add_place(out, first);
	buf_add_c(out, "\n");
}

static void
add_rule_details(struct buf *out, const struct report_rule *rule)
{
	size_t shown = rule->findings.count < FINDINGS_LISTED ? rule->findings.count : FINDINGS_LISTED;
	buf_printf(out, "- **%s** %s\n", rule->text->code, rule->text->title);
	for (size_t i = 0; i < shown; i++) {
		const struct diag *diag = rule->findings.items[i];
		buf_printf(out, "  - %s: ", severity_name(diag->severity));
		add_message(out, diag->message);
		add_place(out, diag);
		if (diag->suppressed_by) {
			buf_add_c(out, ", suppressed by ");
			add_plain(out, str_from(diag->suppressed_by));
		}
		buf_add_c(out, "\n");
	}
	if (rule->findings.count > shown)
		buf_printf(out, "  - … and %zu more\n", rule->findings.count - shown);
}

static void
add_findings(struct buf *out, const struct report *report)
{
	size_t standing = 0, listed = report->rules.count < RULES_LISTED ? report->rules.count : RULES_LISTED;
	while (standing < report->rules.count && report->rules.items[standing].worst != SEVERITY_OFF)
		standing++;
	buf_add_c(out, "\n### Findings\n\n");
	if (!report->rules.count)
		buf_add_c(out, "None.\n");
	for (size_t i = 0; i < standing && i < RULES_SHOWN; i++)
		add_rule_line(out, &report->rules.items[i]);
	if (standing > RULES_SHOWN)
		buf_printf(out, "- … and %zu more rule%s\n", standing - RULES_SHOWN, plural(standing - RULES_SHOWN));
	if (!report->rules.count)
		return;
	open_details(out, "All findings by rule");
	buf_add_char(out, '\n');
	for (size_t i = 0; i < listed; i++)
		add_rule_details(out, &report->rules.items[i]);
	if (report->rules.count > listed)
		buf_printf(out, "- … and %zu more rules\n", report->rules.count - listed);
	close_details(out);
}

/* ---- due ---- */

static void
add_due(struct buf *out, const struct due_item *item, bool owner)
{
	buf_add_c(out, "- ");
	buf_add_date(out, item->date);
	buf_printf(out, " %s: ", due_type_title(item->type));
	add_plain(out, item->what);
	buf_add_c(out, " (");
	add_plain(out, item->record->subject);
	buf_add_c(out, ")");
	if (owner && item->owner.size) {
		buf_add_c(out, ", ");
		add_plain(out, item->owner);
	}
	if (item->days < 0)
		buf_printf(out, ", %d day%s late", -(int)item->days, item->days == -1 ? "" : "s");
	buf_add_c(out, "\n");
}

static void
add_overdue(struct buf *out, const struct report *report)
{
	size_t listed = 0;
	if (!report->overdue_count)
		return;
	open_details(out, "Overdue, by owner");
	for (size_t i = 0; i < report->overdue.count; i++) {
		const struct report_owner *owner = &report->overdue.items[i];
		if (listed >= ITEMS_LISTED)
			break;
		buf_add_c(out, "\n**");
		add_plain(out, owner->name.size ? owner->name : STR("nobody"));
		buf_printf(out, "** (%zu)\n\n", owner->items.count);
		for (size_t j = 0; j < owner->items.count && listed < ITEMS_LISTED; j++, listed++)
			add_due(out, owner->items.items[j], false);
	}
	add_cut(out, report->overdue_count - listed);
	close_details(out);
}

static void
add_windows(struct buf *out, const struct report *report)
{
	size_t total = 0, listed = 0;
	for (size_t w = 0; w < REPORT_WINDOWS; w++)
		total += report->windows[w].items.count;
	if (!total)
		return;
	open_details(out, "Due within 90 days");
	buf_add_char(out, '\n');
	for (size_t w = 0; w < REPORT_WINDOWS; w++)
		for (size_t i = 0; i < report->windows[w].items.count && listed < ITEMS_LISTED; i++, listed++)
			add_due(out, report->windows[w].items.items[i], true);
	add_cut(out, total - listed);
	close_details(out);
}

static void
add_dates(struct buf *out, const struct report *report)
{
	buf_printf(out, "\n### Due\n\n| overdue | within %d days | within %d days | within %d days |\n|--:|--:|--:|--:|\n| %zu",
	           report->windows[0].days, report->windows[1].days, report->windows[2].days, report->overdue_count);
	size_t total = 0;
	for (size_t w = 0; w < REPORT_WINDOWS; w++) {
		total += report->windows[w].items.count;
		buf_printf(out, " | %zu", total);
	}
	buf_add_c(out, " |\n");
	add_overdue(out, report);
	add_windows(out, report);
}

void
report_markdown(struct buf *out, const struct report *report)
{
	add_head(out, report);
	add_readiness(out, report);
	add_findings(out, report);
	add_dates(out, report);
	buf_printf(out, "\n### Risk\n\n%zu live risk%s, %zu above the appetite, %zu in the treatment plan.\n", report->live_risks,
	           plural(report->live_risks), report->above_appetite, report->plan.count);
	add_soa(out, report);
}
