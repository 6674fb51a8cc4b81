/* Tables of records, and lists of what refers to one. */
#include "site/page_terms.h"
#include "site/page_values.h"

enum { COLUMNS_MAX = 7 };

/* ---- tables ---- */

static bool
fits_a_cell(const struct field *field)
{
	switch (field->type) {
	case FIELD_TEXT:
	case FIELD_PART:
	case FIELD_MAP:
	case FIELD_FILE:
	case FIELD_URL: return false;
	default: return true;
	}
}

static bool
any_has(const record_vec *records, size_t field)
{
	for (size_t i = 0; i < records->count; i++)
		if (record_written(records->items[i], (int)field))
			return true;
	return false;
}

typedef VEC(size_t) field_indexes;

/* What the register of a kind shows, most telling first; a kind that is not here shows its own short fields in their order. */
static const struct {
	int kind;
	const char *fields;
} chosen[] = {
	{KIND_access_review, "system reviewed_on due reviewer accounts expired inactive revoked"},
	{KIND_acknowledgement, "document by on"},
	{KIND_action, "type owner due done_on effective verified_by for"},
	{KIND_asset, "type owner classification custodian location status"},
	{KIND_audit, "type status dates auditor program"},
	{KIND_audit_program, "owner starts_on cycle"},
	{KIND_certification, "body stage1_on stage2_on surveillance recertification_on certificate"},
	{KIND_change, "owner planned_on done_on approved_by affects"},
	{KIND_communication, "what when with by how"},
	{KIND_competence, "person role basis assessed_on evidence"},
	{KIND_control, "owner frequency implements documents evidence"},
	{KIND_evidence, "controls collected_on period valid_for collected_by"},
	{KIND_exception, "reason owner approved_by approved_on expires"},
	{KIND_exercise, "plan result held_on due owner actions"},
	{KIND_finding, "category status raised_on owner clause control actions"},
	{KIND_incident, "severity status reported_at resolved_at owner affected actions"},
	{KIND_issue, "type relevance climate requirements reviewed_on"},
	{KIND_metric, "target unit direction frequency measured_by computed"},
	{KIND_objective, "status owner due target metric"},
	{KIND_party, "relevance climate requirements reviewed_on"},
	{KIND_person, "roles email top_management"},
	{KIND_requirement, "type party source owner controls reviewed_on"},
	{KIND_review, "held_on attendees actions"},
	{KIND_risk, "owner treatment status due controls reviewed_on"},
	{KIND_role, "holder email top_management"},
	{KIND_soa, "applicable status reasons owner justification documents evidence"},
	{KIND_supplier, "criticality services data owner assessed_on agreement"},
	{KIND_training, "topic held_on audience attended required evidence"},
};

static const char *
chosen_fields(const struct kind *kind)
{
	for (size_t i = 0; i < sizeof chosen / sizeof *chosen; i++)
		if (chosen[i].kind == (int)kind->index)
			return chosen[i].fields;
	return "";
}

static field_indexes
chosen_columns(struct arena *arena, const struct kind *kind, const record_vec *records)
{
	field_indexes columns = {0};
	struct str rest = str_from(chosen_fields(kind)), name;
	while (str_split(&rest, ' ', &name)) {
		int field = name.size ? kind_field(kind, name) : -1;
		if (field >= 0 && columns.count < COLUMNS_MAX && any_has(records, (size_t)field))
			vec_push(arena, &columns, (size_t)field);
	}
	return columns;
}

/* The chosen fields that any of RECORDS has, else the kind's own short ones; of kinds that have none, whatever they have. */
static field_indexes
choose_columns(struct arena *arena, const struct kind *kind, const record_vec *records)
{
	field_indexes columns = chosen_columns(arena, kind, records);
	for (int wide = 0; wide < 2 && !columns.count; wide++)
		for (size_t f = FIELD_COUNT_record; f < kind->field_count && columns.count < COLUMNS_MAX; f++)
			if ((wide ? kind->fields[f]->type == FIELD_TEXT : fits_a_cell(kind->fields[f])) && any_has(records, f))
				vec_push(arena, &columns, f);
	return columns;
}

/* Columns by which readers choose rows; the script offers the choice where there are few values. */
static bool
is_choice(const struct field *field)
{
	return field->type == FIELD_CHOICE || field->type == FIELD_BOOL
	       || (field->type == FIELD_REF && !(field->flags & FIELD_LIST));
}

static bool
is_number(const struct field *field)
{
	return (field->type == FIELD_INT || field->type == FIELD_NUMBER || field->type == FIELD_LEVEL) && !(field->flags & FIELD_LIST);
}

static void
take_ids(struct arena *arena, struct map *taken, const struct document *document)
{
	const struct markdown_facts *facts = document ? document->facts : NULL;
	for (size_t i = 0; facts && i < facts->headings.count; i++)
		map_put(arena, taken, facts->headings.items[i].id, &facts->headings.items[i]);
	for (size_t i = 0; facts && i < facts->anchors.count; i++)
		map_put(arena, taken, facts->anchors.items[i], &facts->anchors.items[i]);
}

/* Ids of HTML hold no white space. */
static bool
is_anchor(struct str id)
{
	for (size_t i = 0; i < id.size; i++)
		if (id.data[i] == ' ' || id.data[i] == '\t' || id.data[i] == '\n')
			return false;
	return id.size > 0;
}

static struct template_value
table_row(const struct page_context *context, const struct record *record, const field_indexes *columns, struct map *taken)
{
	struct template_value row = template_map(context->arena), cells = template_list(context->arena);
	bool free_id = is_anchor(record->id) && !map_get(taken, record->id);
	if (free_id)
		map_put(context->arena, taken, record->id, context->arena);
	for (size_t i = 0; i < columns->count; i++) {
		const struct value *value = record_written(record, (int)columns->items[i]);
		template_push(context->arena, cells, value ? page_value(context, value) : template_none());
	}
	page_put(context, row, "anchor", template_string(free_id ? record->id : STR("")));
	page_put(context, row, "link", page_record_link(context, record));
	page_put(context, row, "cells", cells);
	return row;
}

struct template_value
page_table(const struct page_context *context, const struct kind *kind, const record_vec *records,
           const struct document *document)
{
	struct template_value table = template_map(context->arena);
	struct template_value heads = template_list(context->arena), rows = template_list(context->arena);
	struct map taken = {0};
	field_indexes columns = choose_columns(context->arena, kind, records);
	take_ids(context->arena, &taken, document);
	for (size_t i = 0; i < columns.count; i++) {
		const struct field *field = kind->fields[columns.items[i]];
		struct template_value head = template_map(context->arena);
		page_put(context, head, "label", template_string(page_field_label(context, kind, field)));
		page_put(context, head, "help", template_string(page_field_help(context, field)));
		page_put(context, head, "is_choice", template_bool(is_choice(field)));
		page_put(context, head, "is_number", template_bool(is_number(field)));
		template_push(context->arena, heads, head);
	}
	for (size_t i = 0; i < records->count; i++)
		template_push(context->arena, rows, table_row(context, records->items[i], &columns, &taken));
	page_put(context, table, "columns", heads);
	page_put(context, table, "rows", rows);
	return table;
}

/* ---- backlinks ---- */

/* One that refers: the labels of the fields in which it does. */
struct referrer {
	struct template_value fields;
	str_vec labels;
};

enum { REFERRERS_SHOWN = 100 }; /* of a kind; a page must not grow with the site */

struct backlink_group {
	const struct kind *kind;
	struct template_value links;
	size_t more;     /* beyond REFERRERS_SHOWN */
	struct map seen; /* subject -> struct referrer */
};

static const struct record *
root_of(const struct record *record)
{
	while (record->parent)
		record = record->parent;
	return record;
}

static void
add_field(const struct page_context *context, struct referrer *referrer, const struct kind *kind, const struct field *field)
{
	struct str label = field ? page_field_label(context, kind, field) : page_word(context, "page.in_text").as.text;
	for (size_t i = 0; i < referrer->labels.count; i++)
		if (str_equal(referrer->labels.items[i], label))
			return;
	vec_push(context->arena, &referrer->labels, label);
	template_push(context->arena, referrer->fields, template_string(label));
}

static void
add_to_group(const struct page_context *context, struct backlink_group *group, const struct record *from,
             const struct field *field)
{
	struct referrer *referrer = map_get(&group->seen, from->subject);
	if (!referrer) {
		struct template_value link = page_record_link(context, from);
		referrer = arena_new(context->arena, struct referrer);
		referrer->fields = template_list(context->arena);
		page_put(context, link, "fields", referrer->fields);
		if (group->seen.entries.count < REFERRERS_SHOWN)
			template_push(context->arena, group->links, link);
		else
			group->more++;
		map_put(context->arena, &group->seen, from->subject, referrer);
	}
	add_field(context, referrer, from->kind, field);
}

struct template_value
page_backlinks(const struct page_context *context, const struct backlink *backlinks, size_t count)
{
	size_t kinds = context->pages->site->schema->kind_count;
	struct backlink_group *groups = arena_array(context->arena, struct backlink_group, kinds);
	struct template_value result = template_list(context->arena);
	for (size_t i = 0; i < count; i++) {
		const struct record *from = root_of(backlinks[i].from);
		struct backlink_group *group = &groups[from->kind->index];
		if (!group->kind) {
			group->kind = from->kind;
			group->links = template_list(context->arena);
		}
		add_to_group(context, group, from, backlinks[i].field);
	}
	for (size_t i = 0; i < kinds; i++) {
		if (!groups[i].kind)
			continue;
		struct template_value entry = template_map(context->arena);
		page_put(context, entry, "kind", page_text(groups[i].kind->name));
		page_put(context, entry, "title", template_string(page_kind_other(context, groups[i].kind)));
		page_put(context, entry, "links", groups[i].links);
		page_put(context, entry, "more", template_int((int64_t)groups[i].more));
		template_push(context->arena, result, entry);
	}
	return result;
}
