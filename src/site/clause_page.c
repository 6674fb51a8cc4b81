/* The map of clauses 4 to 10 by phase of the cycle: what each asks for, what on the site satisfies it, and what holds it back.
 * The judgement is the report's (check/readiness.h, check/documented_information.h); nothing is judged here. */
#include "site/clause_page.h"

#include "check/audit_coverage.h"
#include "check/corrective.h"
#include "check/documented_information.h"
#include "site/page_terms.h"
#include "site/report_page.h"

#include <string.h>

enum { SHOWN_RECORDS = 6, SHOWN_FINDINGS = 5, SHOWN_DOCUMENTS = 12 };

static const char clause_path[] = "clause/index.html";

struct str
clause_href(const struct page_context *context, const struct clause *clause)
{
	struct str path = str_from(clause_path);
	return output_find(context->pages->output, path) ? page_href(context, path, clause->id) : STR("");
}

static struct template_value
state_word(const struct page_context *context, const char *name)
{
	return page_word(context, str_printf(context->arena, "clauses.states.%s", name).data);
}

/* {name, title}: the name for the style, the title to read. */
static struct template_value
state_values(const struct page_context *context, const char *name)
{
	struct template_value state = template_map(context->arena);
	struct str key = str_copy(context->arena, str_from(name));
	for (size_t i = 0; i < key.size; i++)
		((char *)key.data)[i] = key.data[i] == ' ' ? '-' : key.data[i];
	page_put(context, state, "name", template_string(key));
	page_put(context, state, "title", state_word(context, str_c(context->arena, key)));
	return state;
}

static const char *
information_name(enum information_state state)
{
	static const char *const names[] = {
		[INFORMATION_MISSING] = "missing",
		[INFORMATION_INCOMPLETE] = "incomplete",
		[INFORMATION_COMPLETE] = "there",
		[INFORMATION_NOT_NEEDED] = "not needed",
	};
	return names[state];
}

/* ---- records that show something ---- */

static const struct {
	int kind, field;
} days[] = {
	{KIND_evidence, FIELD_evidence_collected_on},
	{KIND_review, FIELD_review_held_on},
	{KIND_training, FIELD_training_held_on},
	{KIND_exercise, FIELD_exercise_held_on},
	{KIND_access_review, FIELD_access_review_reviewed_on},
	{KIND_supplier, FIELD_supplier_assessed_on},
	{KIND_finding, FIELD_finding_raised_on},
	{KIND_action, FIELD_action_done_on},
	{KIND_change, FIELD_change_done_on},
	{KIND_requirement, FIELD_requirement_reviewed_on},
	{KIND_soa, FIELD_soa_decided_on},
	{KIND_issue, FIELD_issue_reviewed_on},
	{KIND_party, FIELD_party_reviewed_on},
};

/* The day of a record that an auditor would ask for: of a document that of its approval. */
static struct date
day_of(const struct record *record)
{
	struct audit_dates audit;
	if (record->kind->form == FORM_DOCUMENT)
		return record_date(record, FIELD_document_approved_on);
	if (record->kind->index == KIND_audit)
		return audit_days(record, &audit) ? audit.last : (struct date){0};
	if (record->kind->index == KIND_risk) {
		struct date reviewed = record_date(record, FIELD_risk_reviewed_on);
		return date_is_set(reviewed) ? reviewed : record_date(record, FIELD_risk_assessed_on);
	}
	for (size_t i = 0; i < sizeof days / sizeof *days; i++)
		if (record->kind->index == (size_t)days[i].kind)
			return record_date(record, days[i].field);
	return (struct date){0};
}

static const struct value *
status_of(const struct record *record)
{
	for (size_t i = 0; i < record->kind->field_count; i++)
		if (strcmp(record->kind->fields[i]->name, "status") == 0)
			return record_value(record, (int)i);
	return NULL;
}

/* The link to RECORD with its `status` and `date`. */
static struct template_value
record_values(const struct page_context *context, const struct record *record)
{
	struct template_value values = record->control ? page_control_link(context, record->control) : page_record_link(context, record);
	const struct value *status = status_of(record);
	page_put(context, values, "status", status ? page_value(context, status) : template_none());
	page_put(context, values, "date", page_date(context, day_of(record)));
	return values;
}

/* Where all records are to be seen of which RECORD is one. */
static struct str
list_href(const struct page_context *context, const struct record *record)
{
	const char *kind = record->kind->form == FORM_DOCUMENT ? "document" : record->kind->name;
	struct str path = str_printf(context->arena, "%s/index.html", kind);
	return output_find(context->pages->output, path) ? page_href(context, path, STR("")) : STR("");
}

/* RECORDS, but the Statement of Applicability as the document that was approved, not as its 93 entries. */
static record_vec
registers_of(const struct page_context *context, const record_vec *records)
{
	record_vec shown = {0};
	struct map seen = {0};
	for (size_t i = 0; i < records->count; i++) {
		const struct record *record = records->items[i];
		if (record->kind->index == KIND_soa && record->document->form == DOCUMENT_REGISTER)
			record = record->document->self;
		if (!map_put(context->arena, &seen, record->subject, (void *)record))
			vec_push(context->arena, &shown, record);
	}
	return shown;
}

/* The first of RECORDS as KEY, the number of the others as KEY_more, where to see them as KEY_href. */
static void
put_records(const struct page_context *context, struct template_value values, const char *key, const record_vec *records, size_t most)
{
	struct template_value list = template_list(context->arena);
	record_vec sorted = registers_of(context, records);
	sorted = page_sorted(context, &sorted);
	size_t shown = report_cut(context, values, str_printf(context->arena, "%s_more", key).data, sorted.count, most);
	for (size_t i = 0; i < shown; i++)
		template_push(context->arena, list, record_values(context, sorted.items[i]));
	page_put(context, values, key, list);
	page_put(context, values, str_printf(context->arena, "%s_href", key).data,
	         template_string(shown < sorted.count ? list_href(context, sorted.items[shown]) : STR("")));
}

/* ---- a requirement ---- */

static struct template_value
information_values(const struct page_context *context, const struct clause *clause)
{
	const struct report *report = context->page->subject;
	struct template_value list = template_list(context->arena);
	for (size_t i = 0; i < INFORMATION_COUNT; i++) {
		const struct information_status *status = &report->readiness->information[i];
		if (status->item->clause != clause)
			continue;
		struct template_value values = template_map(context->arena);
		bool lacking = status->state == INFORMATION_MISSING || status->state == INFORMATION_INCOMPLETE;
		page_put(context, values, "place", template_string(documented_information_place(status->item, context->arena)));
		page_put(context, values, "title", page_word(context, str_printf(context->arena, "clauses.information_titles.%.*s", STR_ARG(status->item->name)).data));
		page_put(context, values, "is_record", template_bool(status->item->is_record));
		page_put(context, values, "state", state_values(context, information_name(status->state)));
		page_put(context, values, "problem", template_string(lacking ? status->problem : STR("")));
		page_put(context, values, "found", template_bool(status->found));
		put_records(context, values, "shown", &status->shown, SHOWN_RECORDS);
		template_push(context->arena, list, values);
	}
	return list;
}

static struct template_value
condition_values(const struct page_context *context, const struct readiness_item *item)
{
	struct template_value list = template_list(context->arena);
	for (size_t i = 0; i < item->results.count; i++) {
		struct template_value values = template_map(context->arena);
		page_put(context, values, "text", template_string(page_phrase(context, str_from(item->results.items[i].text))));
		page_put(context, values, "state", state_values(context, readiness_state_name(item->results.items[i].state)));
		template_push(context->arena, list, values);
	}
	return list;
}

static void
put_item(const struct page_context *context, struct template_value values, const struct readiness_item *item)
{
	struct template_value held_back = template_list(context->arena);
	size_t shown = report_cut(context, values, "held_back_more", item->held_back.count, SHOWN_FINDINGS);
	for (size_t i = 0; i < shown; i++)
		template_push(context->arena, held_back, report_diag(context, item->held_back.items[i]));
	page_put(context, values, "state", state_values(context, readiness_state_name(item->state)));
	page_put(context, values, "conditions", condition_values(context, item));
	page_put(context, values, "held_back", held_back);
	page_put(context, values, "explanation", template_string(item->explanation));
	put_records(context, values, "shown", &item->shown, SHOWN_RECORDS);
}

static bool
names_clause(const struct value *list, const struct clause *clause)
{
	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *value = value_item(list, i);
		if (value->state == VALUE_OK && value->reference.type == REFERENCE_CLAUSE && value->reference.clause == clause)
			return true;
	}
	return false;
}

/* Documents whose `clauses` name CLAUSE itself. */
static record_vec
documents_on(const struct page_context *context, const struct clause *clause)
{
	const struct site *site = context->pages->site;
	record_vec found = {0};
	for (size_t i = 0; i < site->documents.count; i++) {
		const struct record *self = site->documents.items[i]->self;
		if (names_clause(record_value(self, FIELD_document_clauses), clause))
			vec_push(context->arena, &found, self);
	}
	return found;
}

/* Findings of audits, incidents and reviews against CLAUSE that are still open. */
static record_vec
findings_on(const struct page_context *context, const struct clause *clause)
{
	const record_vec *findings = site_records(context->pages->site, KIND_finding);
	record_vec found = {0};
	for (size_t i = 0; i < findings->count; i++)
		if (!finding_is_closed(findings->items[i]) && names_clause(record_value(findings->items[i], FIELD_finding_clause), clause))
			vec_push(context->arena, &found, findings->items[i]);
	return found;
}

static const struct readiness_item *
item_of(const struct report *report, const struct clause *clause)
{
	for (size_t i = 0; i < report->readiness->items.count; i++) {
		const struct readiness_item *item = &report->readiness->items.items[i];
		if (item->rule->stage == READINESS_CLAUSES && str_equal(str_from(item->rule->clause), clause->id))
			return item;
	}
	return NULL;
}

struct str
clause_title(const struct page_context *context, const struct clause *clause)
{
	struct str key = str_printf(context->arena, "clauses.titles.%.*s", STR_ARG(clause->id));
	for (size_t i = sizeof "clauses.titles." - 1; i < key.size; i++)
		((char *)key.data)[i] = key.data[i] == '.' ? '-' : key.data[i];
	struct template_value word = words_get(context->language, key.data);
	return word.type == TEMPLATE_STRING ? word.as.text : clause->title;
}

static struct template_value
clause_values(const struct page_context *context, const struct clause *clause)
{
	struct template_value values = template_map(context->arena);
	const struct readiness_item *item = item_of(context->page->subject, clause);
	record_vec documents = documents_on(context, clause), findings = findings_on(context, clause);
	page_put(context, values, "id", template_string(clause->id));
	page_put(context, values, "title", template_string(clause_title(context, clause)));
	bool general = clause->level > 2 && str_equal(clause->title, STR("General"));
	page_put(context, values, "name", template_string(clause_title(context, general ? clause->parent : clause)));
	page_put(context, values, "level", template_int(clause->level));
	page_put(context, values, "amended", template_bool(clause->amended_2024));
	page_put(context, values, "is_judged", template_bool(item != NULL));
	page_put(context, values, "information", information_values(context, clause));
	put_records(context, values, "documents", &documents, SHOWN_DOCUMENTS);
	put_records(context, values, "findings", &findings, SHOWN_FINDINGS);
	if (item)
		put_item(context, values, item);
	return values;
}

/* ---- phases ---- */

static void
put_share(const struct page_context *context, struct template_value values, const readiness_share_vec *shares, struct str name)
{
	page_put(context, values, "percent", template_none());
	page_put(context, values, "formula", page_text(""));
	for (size_t i = 0; i < shares->count; i++) {
		if (!str_equal(shares->items[i].name, name))
			continue;
		if (shares->items[i].percent >= 0)
			page_put(context, values, "percent", template_int(shares->items[i].percent));
		page_put(context, values, "formula", template_string(shares->items[i].formula));
	}
}

static struct template_value
phase_values(const struct page_context *context, enum pdca phase)
{
	const struct report *report = context->page->subject;
	struct template_value values = template_map(context->arena), list = template_list(context->arena);
	size_t count;
	const struct clause *clauses = clause_all(&count);
	for (size_t i = 0; i < count; i++) {
		if (clauses[i].pdca != phase)
			continue;
		struct template_value clause = clause_values(context, &clauses[i]);
		put_share(context, clause, &report->readiness->clauses, clauses[i].id);
		template_push(context->arena, list, clause);
	}
	page_put(context, values, "name", page_text(pdca_name(phase)));
	page_put(context, values, "title", page_word(context, str_printf(context->arena, "clauses.phases.%s", pdca_name(phase)).data));
	page_put(context, values, "clauses", list);
	put_share(context, values, &report->readiness->phases, str_from(pdca_name(phase)));
	return values;
}

static void
fill_page(struct page_context *context)
{
	struct template_value phases = template_list(context->arena), legend = template_list(context->arena);
	for (int phase = 0; phase < PDCA_COUNT; phase++)
		template_push(context->arena, phases, phase_values(context, (enum pdca)phase));
	for (int state = 0; state < READINESS_STATE_COUNT; state++)
		template_push(context->arena, legend, state_values(context, readiness_state_name((enum readiness_state)state)));
	page_put(context, context->values, "phases", phases);
	page_put(context, context->values, "legend", legend);
	page_put(context, context->values, "report_href", template_string(page_href(context, STR("report.html"), STR("report:diagnostics"))));
}

void
clause_pages(struct pages *pages)
{
	if (pages->options->report)
		pages_add(pages, &(struct page){.path = str_from(clause_path), .template = "clauses.html", .fill = fill_page,
		                                .subject = pages->options->report, .title = pages_word(pages, "clauses.title"),
		                                .section = "clauses", .maker = STR("the map of clauses")});
}
