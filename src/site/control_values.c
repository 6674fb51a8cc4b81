#include "site/control_values.h"

#include "check/corrective.h"
#include "check/freshness.h"
#include "site/report_page.h"
#include "site/risk_page.h"

enum { SECTIONS_MAX = 4 };

/* ---- what rows share ---- */

void
control_put_fields(const struct page_context *context, struct template_value row, const struct record *record, const int *fields,
                   size_t count)
{
	for (size_t i = 0; record && i < count; i++) {
		const struct value *value = record_written(record, fields[i]);
		page_put(context, row, record->kind->fields[fields[i]]->name, value ? page_value(context, value) : template_none());
	}
}

#define PUT_FIELDS(context, row, record, fields) control_put_fields((context), (row), (record), (fields), sizeof(fields) / sizeof *(fields))

/* Days from DAY to today or, when it is set, to END; none when DAY is not known. */
static struct template_value
age(const struct page_context *context, struct date day, struct date end)
{
	if (!date_is_set(day))
		return template_none();
	return template_int(date_difference(day, date_is_set(end) ? end : context->pages->site->today));
}

static struct template_value
rows(const struct page_context *context, const record_vec *records,
     struct template_value (*row)(const struct page_context *, const struct record *))
{
	struct template_value list = template_list(context->arena);
	for (size_t i = 0; i < records->count; i++)
		template_push(context->arena, list, row(context, records->items[i]));
	return list;
}

/* ---- the entry of the Statement of Applicability ---- */

bool
control_is_implemented(const struct page_context *context, const struct control_state *state)
{
	enum soa_state answer = soa_state(context->pages->site, state);
	return answer == SOA_YES || answer == SOA_NO_EVIDENCE_EXPECTED;
}

static bool
is_stated(const struct record *soa, int reason)
{
	const struct value *value = soa ? record_value(soa, FIELD_soa_reasons) : NULL;
	for (size_t i = 0; i < value_count(value); i++)
		if (value_item(value, i)->choice == reason)
			return true;
	return false;
}

struct template_value
control_reasons(const struct page_context *context, const struct control_state *state)
{
	const struct field *field = context->pages->site->schema->kinds[KIND_soa]->fields[FIELD_soa_reasons];
	struct template_value list = template_list(context->arena);
	for (int i = 0; i < CHOICE_COUNT_reason; i++) {
		struct template_value reason = template_map(context->arena);
		page_put(context, reason, "name", page_text(field->choices->choices[i].text));
		page_put(context, reason, "is_stated", template_bool(is_stated(state->soa, i)));
		page_put(context, reason, "is_shown", template_bool(state->reasons[i]));
		template_push(context->arena, list, reason);
	}
	return list;
}

struct template_value
control_source(const struct page_context *context, const struct record *record)
{
	const struct document *document = record->document;
	bool has_row = document->form == DOCUMENT_REGISTER && map_get(&document->fragments, record->id);
	struct str place = record->span.line ? str_printf(context->arena, "%.*s:%u", STR_ARG(document->path), (unsigned)record->span.line)
	                                     : document->path;
	struct template_value link = page_link(context, place, document->page);
	if (document->page.size)
		page_put(context, link, "href", template_string(page_href(context, document->page, has_row ? record->id : STR(""))));
	return link;
}

static struct template_value
entry_values(const struct page_context *context, const struct record *soa)
{
	static const int fields[] = {FIELD_soa_justification, FIELD_soa_exclusion_justification, FIELD_soa_implementation,
	                             FIELD_soa_not_implemented_justification, FIELD_soa_planned_for, FIELD_soa_owner, FIELD_soa_status,
	                             FIELD_soa_decided_on, FIELD_soa_reviewed_on};
	static const char known[] = "control applicable justification reasons risks requirements exclusion_justification status implementation "
	                            "not_implemented_justification planned_for evidence_expected owner documents evidence decided_on reviewed_on";
	struct template_value entry = template_map(context->arena), more = template_list(context->arena);
	PUT_FIELDS(context, entry, soa, fields);
	page_add_fields(context, more, soa, FIELD_COUNT_record, soa->kind->field_count, known);
	page_add_fields(context, more, soa, FIELD_record_description, FIELD_COUNT_record, "");
	page_put(context, entry, "more", more);
	page_put(context, entry, "source", control_source(context, soa));
	return entry;
}

static void
put_entry(const struct page_context *context, struct template_value values, const struct control_state *state)
{
	page_put(context, values, "entry", state->soa ? entry_values(context, state->soa) : template_none());
	page_put(context, values, "state", page_text(soa_state_name(soa_state(context->pages->site, state))));
	page_put(context, values, "is_applicable", template_int(soa_is_applicable(state->soa)));
	page_put(context, values, "reasons", control_reasons(context, state));
}

/* ---- risks and requirements ---- */

static void
add_risks(const struct page_context *context, struct template_value list, const record_vec *records, bool treats)
{
	for (size_t i = 0; i < records->count; i++) {
		struct template_value row = risk_row(context, records->items[i]);
		page_put(context, row, "treats", template_bool(treats));
		template_push(context->arena, list, row);
	}
}

static struct template_value
requirement_row(const struct page_context *context, const struct record *record)
{
	static const int fields[] = {FIELD_requirement_type, FIELD_requirement_source};
	struct template_value row = page_record_link(context, record);
	PUT_FIELDS(context, row, record, fields);
	return row;
}

/* ---- how it is implemented ---- */

/* The heading of DOCUMENT that LINE stands under, or NULL. */
static const struct heading *
heading_at(const struct document *document, uint32_t line)
{
	const struct heading *found = NULL;
	for (size_t i = 0; i < document->facts->headings.count; i++) {
		const struct heading *heading = &document->facts->headings.items[i];
		if (heading->span.line <= line && heading->level > 1 && heading->id.size)
			found = heading;
	}
	return found;
}

/* Links to the sections of DOCUMENT that name the control. */
static struct template_value
sections(const struct page_context *context, const struct control_state *state, const struct document *document)
{
	struct template_value list = template_list(context->arena);
	const struct heading *seen[SECTIONS_MAX];
	size_t count = 0;
	for (size_t i = 0; document->facts && i < state->backlinks.count && count < SECTIONS_MAX; i++) {
		const struct backlink *backlink = &state->backlinks.items[i];
		const struct heading *heading = backlink->from == document->self && !backlink->field ? heading_at(document, backlink->span.line) : NULL;
		bool is_new = heading != NULL;
		for (size_t k = 0; k < count; k++)
			is_new = is_new && seen[k] != heading;
		if (!is_new)
			continue;
		struct template_value link = page_link(context, heading->text, document->page);
		page_put(context, link, "href", template_string(page_href(context, document->page, heading->id)));
		template_push(context->arena, list, link);
		seen[count++] = heading;
	}
	return list;
}

static void
put_documents(const struct page_context *context, struct template_value values, const struct control_state *state)
{
	static const int fields[] = {FIELD_document_version, FIELD_document_status, FIELD_document_approved_on, FIELD_document_approved_by};
	const struct site *site = context->pages->site;
	struct template_value list = template_list(context->arena);
	for (size_t i = 0; i < state->documents.count; i++) {
		const struct record *record = state->documents.items[i], *self = record->document->self;
		struct date next = document_next_review(site, self);
		struct template_value row = page_record_link(context, record);
		PUT_FIELDS(context, row, self, fields);
		page_put(context, row, "next_review", page_date(context, next));
		page_put(context, row, "is_overdue", template_bool(date_is_set(next) && date_compare(next, site->today) < 0));
		page_put(context, row, "sections", sections(context, state, record->document));
		template_push(context->arena, list, row);
	}
	page_put(context, values, "documents", list);
}

static struct template_value
own_control_row(const struct page_context *context, const struct record *record)
{
	static const int fields[] = {FIELD_control_owner, FIELD_control_frequency, FIELD_control_documents};
	struct template_value row = page_record_link(context, record);
	PUT_FIELDS(context, row, record, fields);
	return row;
}

/* ---- proof ---- */

static struct template_value
evidence_row(const struct page_context *context, const struct record *evidence)
{
	static const int fields[] = {FIELD_evidence_collected_by, FIELD_evidence_period, FIELD_evidence_file, FIELD_evidence_url};
	const struct site *site = context->pages->site;
	struct template_value row = page_record_link(context, evidence);
	struct date collected = record_date(evidence, FIELD_evidence_collected_on), until = evidence_valid_until(site, evidence);
	PUT_FIELDS(context, row, evidence, fields);
	page_put(context, row, "collected_on", page_date(context, collected));
	page_put(context, row, "age", age(context, collected, (struct date){0}));
	page_put(context, row, "valid_until", page_date(context, until));
	page_put(context, row, "freshness", page_text(report_freshness_name(report_freshness_of(site, until))));
	return row;
}

static void
add_evidence(const struct page_context *context, record_vec *all, const struct record *record)
{
	if (record && record->kind->index == KIND_evidence && !records_hold(all, record))
		vec_push(context->arena, all, record);
}

/* That of the control, and that of the organisation's own controls that implement it. */
static record_vec
all_evidence(const struct page_context *context, const struct control_state *state)
{
	record_vec all = {0};
	for (size_t i = 0; i < state->evidence.count; i++)
		if (state->evidence.items[i]->kind->index == KIND_evidence)
			vec_push(context->arena, &all, state->evidence.items[i]);
	for (size_t i = 0; i < state->controls.count; i++) {
		const struct value *list = record_value(state->controls.items[i], FIELD_control_evidence);
		for (size_t j = 0; j < value_count(list); j++)
			if (value_item(list, j)->reference.type == REFERENCE_RECORD)
				add_evidence(context, &all, value_item(list, j)->reference.record);
	}
	return all;
}

const char *
control_proof(const struct page_context *context, const struct control_state *state)
{
	if (!control_expects_evidence(state))
		return "not-expected";
	const struct record *best = control_freshest_evidence(context->pages->site, state);
	if (!best)
		return control_has_evidence(state) ? "undated" : "none";
	return report_freshness_name(report_freshness_of(context->pages->site, evidence_valid_until(context->pages->site, best)));
}

struct date
control_proof_until(const struct page_context *context, const struct control_state *state)
{
	const struct record *best = control_freshest_evidence(context->pages->site, state);
	return best ? evidence_valid_until(context->pages->site, best) : (struct date){0};
}

/* ---- tested, and what is open ---- */

static struct template_value
audit_row(const struct page_context *context, const struct record *record)
{
	static const int fields[] = {FIELD_audit_type, FIELD_audit_dates, FIELD_audit_auditor, FIELD_audit_status};
	struct template_value row = page_record_link(context, record);
	PUT_FIELDS(context, row, record, fields);
	return row;
}

static struct template_value
action_row(const struct page_context *context, const struct record *record)
{
	static const int fields[] = {FIELD_action_owner};
	struct template_value row = page_record_link(context, record);
	struct date due = record_date(record, FIELD_action_due), done = record_date(record, FIELD_action_done_on);
	PUT_FIELDS(context, row, record, fields);
	page_put(context, row, "due", page_date(context, due));
	page_put(context, row, "done_on", page_date(context, done));
	page_put(context, row, "is_open", template_bool(!date_is_set(done)));
	page_put(context, row, "is_overdue", template_bool(!date_is_set(done) && date_is_past(context->pages->site, due)));
	return row;
}

static struct template_value
finding_row(const struct page_context *context, const struct record *record)
{
	static const int fields[] = {FIELD_finding_category, FIELD_finding_owner};
	struct template_value row = page_record_link(context, record);
	struct date raised = record_date(record, FIELD_finding_raised_on), closed = record_date(record, FIELD_finding_closed_on);
	record_vec actions = actions_of(record, FIELD_finding_actions, context->arena);
	PUT_FIELDS(context, row, record, fields);
	page_put(context, row, "is_open", template_bool(!finding_is_closed(record)));
	page_put(context, row, "raised_on", page_date(context, raised));
	page_put(context, row, "closed_on", page_date(context, closed));
	page_put(context, row, "age", age(context, raised, closed));
	page_put(context, row, "actions", rows(context, &actions, action_row));
	return row;
}

size_t
control_open_findings(const struct control_state *state)
{
	size_t count = 0;
	for (size_t i = 0; i < state->findings.count; i++)
		count += !finding_is_closed(state->findings.items[i]);
	return count;
}

static struct template_value
exception_row(const struct page_context *context, const struct record *record)
{
	static const int fields[] = {FIELD_exception_reason, FIELD_exception_approved_by};
	struct template_value row = page_record_link(context, record);
	struct date expires = record_date(record, FIELD_exception_expires);
	page_put(context, row, "reason", template_none());
	PUT_FIELDS(context, row, record, fields);
	page_put(context, row, "expires", page_date(context, expires));
	page_put(context, row, "is_expired", template_bool(date_is_past(context->pages->site, expires)));
	return row;
}

static struct template_value
supplier_row(const struct page_context *context, const struct record *record)
{
	static const int fields[] = {FIELD_supplier_criticality, FIELD_supplier_assessed_on};
	struct template_value row = page_record_link(context, record);
	PUT_FIELDS(context, row, record, fields);
	return row;
}

static struct template_value
incident_row(const struct page_context *context, const struct record *record)
{
	static const int fields[] = {FIELD_incident_severity, FIELD_incident_status};
	const struct value *reported = record_value(record, FIELD_incident_reported_at);
	struct template_value row = page_record_link(context, record);
	PUT_FIELDS(context, row, record, fields);
	page_put(context, row, "reported_on", page_date(context, reported ? reported->datetime.date : (struct date){0}));
	return row;
}

/* ---- what is left: who else names the control ---- */

static bool
has_a_list(const struct control_state *state, const struct backlink *backlink)
{
	switch (backlink->from->kind->index) {
	case KIND_risk:
	case KIND_requirement:
	case KIND_control:
	case KIND_evidence:
	case KIND_finding:
	case KIND_audit:
	case KIND_exception:
	case KIND_supplier:
	case KIND_incident:
	case KIND_soa: return true;
	default: return records_hold(&state->documents, backlink->from);
	}
}

static void
put_backlinks(const struct page_context *context, struct template_value values, const struct control_state *state)
{
	VEC(struct backlink) others = {0};
	record_vec incidents = {0};
	for (size_t i = 0; i < state->backlinks.count; i++) {
		const struct backlink *backlink = &state->backlinks.items[i];
		if (!has_a_list(state, backlink))
			vec_push(context->arena, &others, *backlink);
		if (backlink->from->kind->index == KIND_incident && !records_hold(&incidents, backlink->from))
			vec_push(context->arena, &incidents, backlink->from);
	}
	page_put(context, values, "incidents", rows(context, &incidents, incident_row));
	page_put(context, values, "backlinks", page_backlinks(context, others.items, others.count));
}

/* ---- findings of the compiler ---- */

void
control_sort_diags(struct pages *pages)
{
	for (size_t i = 0; i < pages->findings->items.count; i++) {
		const struct diag *diag = pages->findings->items.items[i];
		size_t start = diag->subject.size;
		while (start > 0 && diag->subject.data[start - 1] != '/')
			start--;
		struct str id = str_from_index(diag->subject, start);
		if (!catalogue_control(pages->site->catalogue, id))
			continue;
		diag_vec *list = map_get(&pages->control_diags, id);
		if (!list) {
			list = arena_new(pages->arena, diag_vec);
			map_put(pages->arena, &pages->control_diags, id, list);
		}
		vec_push(pages->arena, list, diag);
	}
}

/* The page of the document in which a finding stands. */
static struct str
document_href(const struct page_context *context, const struct diag *diag)
{
	const struct document *document = diag->span.source ? map_get(&context->pages->site->pages, diag->span.source->path) : NULL;
	return document && document->page.size ? page_href(context, document->page, STR("")) : STR("");
}

static void
put_diags(const struct page_context *context, struct template_value values, const struct control_state *state)
{
	const diag_vec *list = map_get(&context->pages->control_diags, state->control->id);
	struct template_value diags = template_list(context->arena);
	for (size_t i = 0; list && i < list->count; i++) {
		struct template_value diag = report_diag(context, list->items[i]);
		page_put(context, diag, "href", template_string(document_href(context, list->items[i])));
		template_push(context->arena, diags, diag);
	}
	page_put(context, values, "diags", diags);
}

void
control_put_state(const struct page_context *context, struct template_value values, const struct control_state *state)
{
	struct template_value risks = template_list(context->arena);
	record_vec evidence = all_evidence(context, state);
	put_entry(context, values, state);
	add_risks(context, risks, &state->risks, true);
	add_risks(context, risks, &state->existing_risks, false);
	page_put(context, values, "risks", risks);
	page_put(context, values, "requirements", rows(context, &state->requirements, requirement_row));
	put_documents(context, values, state);
	page_put(context, values, "controls", rows(context, &state->controls, own_control_row));
	page_put(context, values, "evidence", rows(context, &evidence, evidence_row));
	page_put(context, values, "proof", page_text(control_proof(context, state)));
	page_put(context, values, "findings", rows(context, &state->findings, finding_row));
	page_put(context, values, "open_findings", template_int((int64_t)control_open_findings(state)));
	page_put(context, values, "audits", rows(context, &state->audits, audit_row));
	page_put(context, values, "exceptions", rows(context, &state->exceptions, exception_row));
	page_put(context, values, "suppliers", rows(context, &state->suppliers, supplier_row));
	put_backlinks(context, values, state);
	put_diags(context, values, state);
}
