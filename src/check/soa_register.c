/* SOA: the Statement of Applicability as a whole: what it lacks, what it repeats, how current it is. */
#include "check/soa_rules.h"

/* How many other ends a finding shows. */
enum { SHOWN = 5 };

/* ---- the statement and its controls ---- */

/* What an absence points at: the entries of the first register, else the first entry. */
static struct span
soa_place(const struct document *document)
{
	if (document->form == DOCUMENT_REGISTER)
		return document->entries;
	return document->records.count ? document->records.items[0]->span : document->self->span;
}

struct statement {
	const struct document *document; /* the first one, NULL when there is none */
	size_t entries;
	bool broken; /* a part could not be read: what it lacks is not known */
};

static struct statement
find_statement(const struct site *site)
{
	struct statement statement = {0};
	for (size_t i = 0; i < site->documents.count; i++) {
		const struct document *document = site->documents.items[i];
		if (!document_is_soa(document) || document_is_retired_soa(document))
			continue;
		statement.entries += document->records.count;
		statement.broken |= document->broken;
		if (!statement.document)
			statement.document = document;
	}
	return statement;
}

/* True when reading has said why DOCUMENT has no entries. */
static bool
is_told_unreadable(const struct check *check, const struct document *document)
{
	for (size_t i = 0; i < check->diags->items.count; i++) {
		const struct diag *diag = check->diags->items.items[i];
		if (diag->code == CODE_FM014 && diag->span.source == document->source)
			return true;
	}
	return false;
}

static void
report_no_statement(const struct check *check, const struct statement *statement)
{
	const struct document *document = statement->document;
	struct diag *diag =
	    document ? diag_add(check->diags, CODE_SOA002, soa_place(document), document->self->subject,
	                        "the Statement of Applicability has no entry")
	             : diag_add(check->diags, CODE_SOA002, (struct span){0}, STR("soa"),
	                        "there is no Statement of Applicability");
	diag_hint(check->diags, diag, "write `soa.yaml` with an entry for each of the %zu controls of %.*s",
	          check->site->catalogue->control_count, STR_ARG(check->site->catalogue->standard));
}

static void
relate_reliers(const struct check *check, struct diag *diag, const record_vec *records)
{
	for (size_t i = 0; i < records->count && i < SHOWN; i++)
		diag_relate(check->diags, diag, records->items[i]->span, "%s `%.*s` relies on it",
		            records->items[i]->kind->name, STR_ARG(records->items[i]->id));
}

static void
report_missing(const struct check *check, const struct document *document, const struct control_state *state)
{
	const struct control *control = state->control;
	struct str subject =
	    str_printf(check->arena, "%.*s/%.*s", STR_ARG(document->self->id), STR_ARG(control->id));
	struct diag *diag = diag_add(check->diags, CODE_SOA001, soa_place(document), subject,
	                             "control `%.*s` has no entry: %.*s", STR_ARG(control->id), STR_ARG(control->title));
	diag_hint(check->diags, diag, "decide whether it applies, and justify it either way");
	relate_reliers(check, diag, &state->risks);
	relate_reliers(check, diag, &state->existing_risks);
	relate_reliers(check, diag, &state->requirements);
	relate_reliers(check, diag, &state->documents);
}

void
soa_missing(const struct check *check, const struct record *none)
{
	(void)none;
	struct statement statement = find_statement(check->site);
	if (statement.broken)
		return;
	if (statement.entries == 0) {
		if (!statement.document || !is_told_unreadable(check, statement.document))
			report_no_statement(check, &statement);
		return;
	}
	for (size_t i = 0; i < check->site->catalogue->control_count; i++)
		if (!check->site->controls[i].soa)
			report_missing(check, statement.document, &check->site->controls[i]);
}

/* Own controls that the statement does not hold, unless a risk relies on them, which is the risk's finding. */
void
soa_own_controls(const struct check *check, const struct record *none)
{
	(void)none;
	const record_vec *entries = site_records(check->site, KIND_soa), *own = site_records(check->site, KIND_control);
	struct statement statement = find_statement(check->site);
	struct map listed = {0};
	if (statement.broken || statement.entries == 0)
		return;
	for (size_t i = 0; i < entries->count; i++)
		map_put(check->arena, &listed, entries->items[i]->id, (void *)entries->items[i]);
	for (size_t i = 0; i < own->count; i++) {
		const struct record *control = own->items[i];
		bool used = false;
		for (size_t j = 0; j < control->backlinks.count && !used; j++)
			used = control->backlinks.items[j].from->kind->index == KIND_risk;
		if (used || map_get(&listed, control->id) || !record_lacks(control, FIELD_control_implements))
			continue;
		struct diag *diag = diag_add(check->diags, CODE_SOA031, control->span, control->subject,
		                             "the Statement of Applicability does not list your own control `%.*s`",
		                             STR_ARG(control->id));
		diag_hint(check->diags, diag, "add an entry for it, or say in `implements` which control it implements");
	}
}

/* ---- repeated entries ---- */

/* Two statements that overlap: so many entries in both that one of the files should not be there. */
enum { OVERLAP = 5 };

struct overlap {
	const struct record *first; /* entry of the earlier document */
	size_t count;
};

static struct overlap *
overlap_of(const struct check *check, struct map *overlaps, const struct document *document)
{
	struct overlap *overlap = map_get(overlaps, document->path);
	if (!overlap) {
		overlap = arena_new(check->arena, struct overlap);
		map_put(check->arena, overlaps, document->path, overlap);
	}
	return overlap;
}

static void
report_duplicate(const struct check *check, const struct record *entry, const struct record *first)
{
	struct diag *diag = diag_add(check->diags, CODE_SOA007, entry->span, entry->subject,
	                             "`%.*s` has a second entry", STR_ARG(entry->id));
	diag_hint(check->diags, diag, "keep one of the two; the first one counts");
	diag_relate(check->diags, diag, first->span, "the first entry");
}

static void
report_overlap(const struct check *check, const struct document *document, const struct overlap *overlap)
{
	struct diag *diag = diag_add(check->diags, CODE_SOA007, soa_place(document), document->self->subject,
	                             "%zu controls have entries in another Statement of Applicability too",
	                             overlap->count);
	diag_hint(check->diags, diag, "keep one statement, and set the `status` of the other to `retired`");
	diag_relate(check->diags, diag, soa_place(overlap->first->document), "the other statement");
}

void
soa_duplicates(const struct check *check, const struct record *none)
{
	(void)none;
	const record_vec *entries = site_records(check->site, KIND_soa);
	struct map seen = {0}, overlaps = {0};
	record_vec repeated = {0}, firsts = {0};
	for (size_t i = 0; i < entries->count; i++) {
		const struct record *entry = entries->items[i], *first;
		if (!entry->has_id || document_is_retired_soa(entry->document))
			continue;
		first = map_get(&seen, entry->id);
		if (!first) {
			map_put(check->arena, &seen, entry->id, (void *)entry);
			continue;
		}
		vec_push(check->arena, &repeated, entry);
		vec_push(check->arena, &firsts, first);
		if (first->document != entry->document) {
			struct overlap *overlap = overlap_of(check, &overlaps, entry->document);
			overlap->first = first;
			overlap->count++;
		}
	}
	for (size_t i = 0; i < repeated.count; i++) {
		const struct record *entry = repeated.items[i];
		struct overlap *overlap = overlap_of(check, &overlaps, entry->document);
		if (overlap->count < OVERLAP || firsts.items[i]->document == entry->document)
			report_duplicate(check, entry, firsts.items[i]);
		else if (overlap->first == firsts.items[i])
			report_overlap(check, entry->document, overlap);
	}
}

/* ---- one text for many ---- */

void
soa_boilerplate(const struct check *check, const struct record *none)
{
	(void)none;
	const record_vec *entries = site_records(check->site, KIND_soa);
	size_t limit = (size_t)check->site->config->limits.boilerplate_repeats;
	struct map groups = {0};
	for (size_t i = 0; i < entries->count; i++) {
		const struct record *entry = entries->items[i];
		struct str text = record_text(entry, FIELD_soa_justification);
		if (soa_is_applicable(entry) != 1 || text.size == 0 || document_is_retired_soa(entry->document)
		    || soa_justification_is_empty(check, entry, text))
			continue;
		struct str folded = soa_fold(check->arena, text);
		record_vec *group = map_get(&groups, folded);
		if (!group) {
			group = arena_new(check->arena, record_vec);
			map_put(check->arena, &groups, folded, group);
		}
		vec_push(check->arena, group, entry);
	}
	for (size_t i = 0; i < groups.entries.count; i++) {
		const record_vec *group = groups.entries.items[i].value;
		if (group->count < limit || limit == 0)
			continue;
		const struct record *first = group->items[0];
		struct diag *diag =
		    diag_add(check->diags, CODE_SOA006, record_field_span(first, FIELD_soa_justification), first->subject,
		             "one justification stands for %zu controls", group->count);
		diag_hint(check->diags, diag, "say for each control what makes it necessary");
		for (size_t j = 1; j < group->count && j <= SHOWN; j++)
			diag_relate(check->diags, diag, record_field_span(group->items[j], FIELD_soa_justification),
			            "also for `%.*s`", STR_ARG(group->items[j]->id));
	}
}

/* ---- columns that are missing ---- */

/* What one rule asks of the entries of a document that apply. */
struct column {
	enum code code;
	bool (*lacks)(const struct site *site, const struct record *entry);
	const char *one;  /* "`A.5.1` " … */
	const char *none; /* "none of the N applicable controls " … */
	const char *hint;
};

static void
report_entry(const struct check *check, const struct column *column, const struct record *entry, int field)
{
	struct diag *diag = diag_add(check->diags, column->code, record_field_span(entry, field), entry->subject,
	                             "`%.*s` %s%.*s", STR_ARG(entry->id), column->one,
	                             STR_ARG(placeholder_text(check->arena, entry, field)));
	diag_hint(check->diags, diag, "%s", column->hint);
}

/* One finding an entry; one for the register when none of its entries has what the column holds. */
static void
check_column(const struct check *check, const struct document *document, const struct column *column, int field,
             bool fold)
{
	size_t lacking = 0;
	for (size_t i = 0; i < document->records.count; i++)
		lacking += column->lacks(check->site, document->records.items[i]);
	if (fold && lacking > 1 && document->form == DOCUMENT_REGISTER) {
		struct diag *diag = diag_add(check->diags, column->code, document->entries, document->self->subject,
		                             "%zu applicable controls: none %s", lacking, column->none);
		diag_hint(check->diags, diag, "%s", column->hint);
		return;
	}
	for (size_t i = 0; i < document->records.count; i++)
		if (column->lacks(check->site, document->records.items[i]))
			report_entry(check, column, document->records.items[i], field);
}

static bool
lacks_status(const struct record *entry)
{
	return soa_is_applicable(entry) == 1 && record_lacks(entry, FIELD_soa_status);
}

static bool
lacks_status_and_words(const struct site *site, const struct record *entry)
{
	(void)site;
	return lacks_status(entry) && record_lacks(entry, FIELD_soa_implementation);
}

static bool
lacks_status_only(const struct site *site, const struct record *entry)
{
	(void)site;
	return lacks_status(entry) && !record_lacks(entry, FIELD_soa_implementation);
}

static bool
lacks_owner(const struct site *site, const struct record *entry)
{
	const struct control_state *state = soa_control_state(site, entry);
	if (soa_is_applicable(entry) != 1 || !record_lacks(entry, FIELD_soa_owner))
		return false;
	for (size_t i = 0; state && i < state->controls.count; i++)
		if (!record_lacks(state->controls.items[i], FIELD_control_owner))
			return false;
	return true;
}

static const char status_hint[] = "write `implemented`, `partial`, `planned` or `not-started` in `status`";
static const struct column no_status = {
	CODE_SOA012, lacks_status_and_words, "does not say whether it is implemented",
	"says whether it is implemented", status_hint};
static const struct column no_status_word = {
	CODE_SOA013, lacks_status_only, "says how it is implemented, but has no status", "has a status", status_hint};
static const struct column no_owner = {CODE_SOA027, lacks_owner, "has no owner", "has an owner",
                                       "name who answers for the control in `owner`"};

/* Whether no entry of DOCUMENT that applies holds FIELD. */
static bool
is_empty_column(const struct document *document, int field)
{
	for (size_t i = 0; i < document->records.count; i++)
		if (soa_is_applicable(document->records.items[i]) == 1 && !record_lacks(document->records.items[i], field))
			return false;
	return true;
}

void
soa_status_missing(const struct check *check, const struct record *none)
{
	(void)none;
	for (size_t i = 0; i < check->site->documents.count; i++) {
		const struct document *document = check->site->documents.items[i];
		if (!document_is_soa(document) || document_is_retired_soa(document))
			continue;
		bool fold = is_empty_column(document, FIELD_soa_status);
		check_column(check, document, &no_status, FIELD_soa_status, fold);
		check_column(check, document, &no_status_word, FIELD_soa_status, fold);
	}
}

void
soa_owner_missing(const struct check *check, const struct record *none)
{
	(void)none;
	for (size_t i = 0; i < check->site->documents.count; i++) {
		const struct document *document = check->site->documents.items[i];
		if (document_is_soa(document) && !document_is_retired_soa(document))
			check_column(check, document, &no_owner, FIELD_soa_owner, is_empty_column(document, FIELD_soa_owner));
	}
}

/* ---- approval and age ---- */

static bool
is_approved(const struct document *document)
{
	return record_choice(document->self, FIELD_document_status) == CHOICE_document_status_approved;
}

static bool
approval_is_unknown(const struct document *document)
{
	return document->broken || !document_is_soa(document) || document_is_retired_soa(document)
	       || (record_written(document->self, FIELD_document_status)
	           && !record_value(document->self, FIELD_document_status)
	           && !record_lacks(document->self, FIELD_document_status));
}

/* One finding, however many files the statement is spread over. */
void
soa_not_approved(const struct check *check, const struct record *none)
{
	(void)none;
	struct diag *diag = NULL;
	for (size_t i = 0; i < check->site->documents.count; i++) {
		const struct document *document = check->site->documents.items[i];
		if (approval_is_unknown(document) || is_approved(document) || document->records.count == 0)
			continue;
		if (diag) {
			if (diag->related.count < SHOWN)
				diag_relate(check->diags, diag, soa_place(document), "nor is this part");
			continue;
		}
		bool written = record_written(document->self, FIELD_document_status) != NULL;
		struct span span = written ? record_field_span(document->self, FIELD_document_status) : soa_place(document);
		diag = diag_add(check->diags, CODE_SOA026, span, document->self->subject,
		                "the Statement of Applicability is not approved%.*s",
		                STR_ARG(placeholder_text(check->arena, document->self, FIELD_document_status)));
		diag_hint(check->diags, diag, "have it approved: `status: approved`, `approved_by` and `approved_on`");
	}
}

static struct date
document_day(const struct document *document)
{
	const struct record *self = document->self;
	struct date day = date_later(record_date(self, FIELD_document_approved_on),
	                             record_date(self, FIELD_document_reviewed_on));
	if (document->form == DOCUMENT_REGISTER)
		day = date_later(day, record_date(self, FIELD_register_decided_on));
	return day;
}

static struct date
entry_day(const struct record *entry)
{
	struct date own = date_later(record_date(entry, FIELD_soa_decided_on), record_date(entry, FIELD_soa_reviewed_on));
	return date_later(own, document_day(entry->document));
}

/* The day on which what treats the risk was last decided. */
static struct date
treatment_day(const struct record *risk, int *field)
{
	static const int fields[] = {FIELD_risk_assessed_on, FIELD_risk_changed_on, FIELD_risk_plan_approved_on};
	struct date latest = {0};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		struct date day = record_date(risk, fields[i]);
		if (date_is_set(day) && (!date_is_set(latest) || date_compare(day, latest) > 0)) {
			latest = day;
			*field = fields[i];
		}
	}
	return latest;
}

/* The first control of the risk whose entry is older than the risk's treatment. */
static const struct record *
older_entry(const struct check *check, const struct record *risk, struct date day)
{
	const struct value *controls = record_value(risk, FIELD_risk_controls);
	for (size_t i = 0; i < value_count(controls); i++) {
		const struct value *item = value_item(controls, i);
		if (item->state != VALUE_OK || item->reference.type != REFERENCE_CONTROL)
			continue;
		const struct control_state *state = site_control(check->site, item->reference.control);
		struct date decided = state && state->soa ? entry_day(state->soa) : (struct date){0};
		if (date_is_set(decided) && date_compare(decided, day) < 0)
			return state->soa;
	}
	return NULL;
}

static struct span
day_span(const struct document *document)
{
	const struct record *self = document->self;
	if (record_value(self, FIELD_document_reviewed_on))
		return record_field_span(self, FIELD_document_reviewed_on);
	if (record_value(self, FIELD_document_approved_on))
		return record_field_span(self, FIELD_document_approved_on);
	return soa_place(document);
}

/* One finding for each document: a review of it answers for all the risks at once. */
void
soa_outdated(const struct check *check, const struct record *none)
{
	(void)none;
	const record_vec *risks = site_records(check->site, KIND_risk);
	struct map reported = {0};
	for (size_t i = 0; i < risks->count; i++) {
		int field = FIELD_risk_assessed_on;
		const struct record *risk = risks->items[i];
		struct date day = treatment_day(risk, &field);
		bool past = date_is_set(day) && date_compare(day, check->site->today) <= 0;
		const struct record *entry = risk->risk->live && past ? older_entry(check, risk, day) : NULL;
		if (!entry)
			continue;
		struct diag *diag = map_get(&reported, entry->document->path);
		if (!diag) {
			diag = diag_add(check->diags, CODE_SOA025, day_span(entry->document), entry->document->self->subject,
			                "the Statement of Applicability is older than the treatment of risk `%.*s`",
			                STR_ARG(risk->id));
			diag_hint(check->diags, diag, "compare it with the risks' controls and review it: `reviewed_on`");
			map_put(check->arena, &reported, entry->document->path, diag);
		}
		if (diag->related.count < SHOWN)
			diag_relate(check->diags, diag, record_field_span(risk, field), "risk `%.*s`, `%s`, %.*s",
			            STR_ARG(risk->id), risk->kind->fields[field]->name,
			            STR_ARG(date_text(check->arena, day)));
	}
}
