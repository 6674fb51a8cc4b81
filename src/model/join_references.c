#include "base/path.h"
#include "model/join.h"
#include "model/record_reader.h"

static bool
site_has_targets(const struct site *site, const struct field *field)
{
	for (size_t i = 0; i < site->schema->kind_count; i++)
		if (site->by_kind[i].count && field_targets(field, site->schema->kinds[i]))
			return true;
	return false;
}

/* A path relative to the document or to the content root, with or without its extension. */
static struct document *
document_at(struct join *join, struct str path)
{
	static const char *const endings[] = {"", ".md", ".yaml", ".yml", ".csv"};
	struct document *found = NULL;
	for (size_t i = 0; !found && i < sizeof endings / sizeof *endings; i++)
		found = map_get(&join->site->pages, str_printf(join->site->arena, "%.*s%s", STR_ARG(path), endings[i]));
	return found;
}

static struct record *
find_by_path(struct join *join, const struct document *document, struct str text)
{
	struct arena *arena = join->site->arena;
	struct document *found = document_at(join, path_normalise(arena, path_join(arena, path_folder(document->path), text)));
	if (!found)
		found = document_at(join, path_normalise(arena, text));
	if (!found)
		return NULL;
	return found->form == DOCUMENT_RECORD ? found->records.items[0] : found->self;
}

static bool
takes_controls(const struct field *field)
{
	return field->type == FIELD_CONTROL || str_equal(str_from(field->detail), STR("any"));
}

static bool
resolve_control(struct join *join, struct reference *reference)
{
	struct control_ref ref = control_ref_parse(join->site->arena, &join->scope, reference->id, 0);
	if (ref.kind != CONTROL_REF_CONTROL || ref.count != 1)
		return false;
	reference->type = REFERENCE_CONTROL;
	reference->control = ref.control;
	reference->trailing = ref.title;
	return true;
}

/* "role" or "person or role". */
static struct str
targets_in_words(struct arena *arena, const struct field *field)
{
	struct buf buf = {0};
	struct str rest = str_from(field->detail), name;
	if (field->type == FIELD_CONTROL)
		return STR("control");
	if (str_equal(rest, STR("any")))
		return STR("record or document");
	for (bool first = true; str_split(&rest, ' ', &name); first = false) {
		buf_add_c(&buf, first ? "" : " or ");
		buf_add_str(&buf, name);
	}
	return buf_take(&buf, arena);
}

static void
report_wrong_kind(struct join *join, const struct record *root, const struct value *value, const struct record *found)
{
	struct diag *diag = diag_add(join->diags, CODE_REF003, value->span, root->subject, "`%.*s` is of the kind %s, and `%s` names a %.*s",
	                             STR_ARG(value->reference.id), found->kind->name, value->field->name,
	                             STR_ARG(targets_in_words(join->site->arena, value->field)));
	diag_hint(join->diags, diag, "name a record of that kind");
	diag_relate(join->diags, diag, found->span, "`%.*s` is here", STR_ARG(found->id));
}

/* A suggestion looks at every id: after so many of them, the first suggestions have shown what is wrong. */
enum { COMPARED_MAX = 2000000 };

static struct str
nearest_target(struct join *join, const struct value *value)
{
	struct arena scratch = {0};
	if (join->compared > COMPARED_MAX)
		return STR("");
	str_vec names = {0};
	for (size_t i = 0; i < join->site->schema->kind_count; i++) {
		const struct kind *kind = join->site->schema->kinds[i];
		if (value->field->type != FIELD_CONTROL && !field_targets(value->field, kind))
			continue;
		if (value->field->type == FIELD_CONTROL && kind->index != KIND_control)
			continue;
		for (size_t r = 0; r < join->site->by_kind[i].count; r++)
			if (join->site->by_kind[i].items[r]->has_id && kind->index != KIND_soa)
				vec_push(&scratch, &names, join->site->by_kind[i].items[r]->id);
	}
	for (size_t i = 0; value->field->type == FIELD_CONTROL && i < join->site->catalogue->control_count; i++)
		vec_push(&scratch, &names, join->site->catalogue->controls[i].id);
	struct str nearest = str_nearest(value->reference.id, names.items, names.count);
	join->compared += names.count;
	arena_release(&scratch);
	return nearest;
}

static void
report_dangling(struct join *join, const struct record *root, const struct value *value)
{
	struct str words = targets_in_words(join->site->arena, value->field);
	if (site_may_hold(join->site, value->reference.id))
		return;
	struct diag *diag = diag_add(join->diags, CODE_REF001, value->span, root->subject,
	                             "`%s` names `%.*s`, and no %.*s has this id or title", value->field->name,
	                             STR_ARG(value->reference.id), STR_ARG(words));
	struct str nearest = nearest_target(join, value);
	if (nearest.size)
		diag_hint(join->diags, diag, "did you mean `%.*s`?", STR_ARG(nearest));
	else
		diag_hint(join->diags, diag, "correct the reference, or add the record it means");
}

static void
keep_as_text(struct join *join, const struct record *root, struct value *value)
{
	struct site *site = join->site;
	struct str key = str_printf(site->arena, "%s.%s", root->kind->name, value->field->name);
	value->reference.type = REFERENCE_TEXT;
	if (map_put(site->arena, &join->text_fields, key, value))
		return;
	struct str words = targets_in_words(site->arena, value->field);
	struct diag *diag = diag_add(join->diags, CODE_REF002, value->span, root->subject,
	                             "`%s` of %s stays text: the site has no record of the kind %.*s", value->field->name,
	                             root->kind->plural, STR_ARG(words));
	diag_hint(join->diags, diag, "record them to have the references checked; `ismark explain %.*s` shows the fields",
	          (int)(str_find_char(words, ' ', 0) == STR_NONE ? words.size : str_find_char(words, ' ', 0)), words.data);
}

static bool
is_retired(const struct record *record)
{
	if (record->kind->form == FORM_DOCUMENT)
		return record_choice(record, FIELD_document_status) == CHOICE_document_status_retired;
	return record->kind->index == KIND_asset && record_choice(record, FIELD_asset_status) == CHOICE_asset_status_retired;
}

/* History may point at what is gone: replacing it is the point, and closed records keep their references. */
static bool
may_refer_to_retired(const struct record *root, const struct value *value)
{
	if (root->kind->form == FORM_DOCUMENT)
		return value->field == root->kind->fields[FIELD_document_supersedes] || is_retired(root);
	return root->kind->index == KIND_change || root->kind->index == KIND_incident || root->kind->index == KIND_acknowledgement ||
	       root->kind->index == KIND_exception;
}

static void
settle(struct join *join, const struct record *root, struct value *value, const struct record *found)
{
	value->reference.type = REFERENCE_RECORD;
	value->reference.record = found;
	if (found == root) {
		struct diag *diag = diag_add(join->diags, CODE_REF004, value->span, root->subject, "`%s` of `%.*s` names itself",
		                             value->field->name, STR_ARG(root->id));
		diag_hint(join->diags, diag, "name another record, or remove the reference");
		return;
	}
	join_add_backlink(join, found, root, value->field, value->span);
	if (!is_retired(found) || may_refer_to_retired(root, value))
		return;
	struct diag *first = map_get(&join->retired, found->subject);
	if (first) {
		diag_relate(join->diags, first, value->span, "`%.*s` refers to it too", STR_ARG(root->subject));
		return;
	}
	struct diag *diag = diag_add(join->diags, CODE_REF005, value->span, root->subject, "`%s` refers to `%.*s`, which is retired",
	                             value->field->name, STR_ARG(found->id));
	diag_hint(join->diags, diag, "refer to what replaces it");
	diag_relate(join->diags, diag, found->span, "it is here");
	map_put(join->site->arena, &join->retired, found->subject, diag);
}

static const struct record *
find_by_title(struct join *join, struct str text)
{
	return map_get(&join->site->titles, join_title_key(join->site->arena, text));
}

static void
report_ambiguous(struct join *join, const struct record *root, const struct value *value)
{
	struct diag *diag = diag_add(join->diags, CODE_REF009, value->span, root->subject,
	                             "more than one record has the title `%.*s`", STR_ARG(value->reference.id));
	diag_hint(join->diags, diag, "refer by id");
}

static void
resolve_record(struct join *join, const struct record *root, struct value *value)
{
	struct reference *reference = &value->reference;
	const struct record *found = map_get(&join->site->ids, reference->id);
	if (!found)
		found = find_by_path(join, root->document, reference->id);
	const struct record *titled = found ? NULL : find_by_title(join, reference->id);
	if (titled && titled != join_ambiguous_title() && field_targets(value->field, titled->kind))
		found = titled;
	if (found && field_targets(value->field, found->kind))
		settle(join, root, value, found);
	else if (takes_controls(value->field) && resolve_control(join, reference))
		return;
	else if (found)
		report_wrong_kind(join, root, value, found);
	else if (titled == join_ambiguous_title())
		report_ambiguous(join, root, value);
	else if (!site_has_targets(join->site, value->field))
		keep_as_text(join, root, value);
	else
		report_dangling(join, root, value);
}

static void
report_control(struct join *join, const struct record *root, const struct value *value)
{
	const struct reference *reference = &value->reference;
	struct diag *diag;
	if (reference->message.size)
		diag = diag_add(join->diags, CODE_REF007, value->span, root->subject, "%.*s", STR_ARG(reference->message));
	else
		diag = diag_add(join->diags, CODE_REF007, value->span, root->subject, "`%.*s` is no control of %.*s",
		                STR_ARG(reference->id), STR_ARG(join->site->catalogue->standard));
	struct str nearest = nearest_target(join, value);
	if (reference->type == REFERENCE_THEME)
		diag_hint(join->diags, diag, "name its controls, for example as the range `%.*s.1-%.*s.3`", STR_ARG(reference->id),
		          STR_ARG(reference->id));
	else if (reference->message.size)
		diag_hint(join->diags, diag, "name a control of %.*s, or record an own control of this id",
		          STR_ARG(join->site->catalogue->standard));
	else if (nearest.size)
		diag_hint(join->diags, diag, "did you mean `%.*s`?", STR_ARG(nearest));
	else
		diag_hint(join->diags, diag, "name a control of the catalogue, or record an own control of this id");
}

static void
resolve_control_value(struct join *join, const struct record *root, struct value *value)
{
	struct reference *reference = &value->reference;
	if (reference->type == REFERENCE_CONTROL)
		return;
	const struct record *found = map_get(&join->site->ids, reference->id);
	if (!found)
		found = find_by_title(join, reference->id);
	if (found && found->kind && found->kind->index == KIND_control)
		settle(join, root, value, found);
	else
		report_control(join, root, value);
}

static void
report_clause(struct join *join, const struct record *root, const struct value *value)
{
	struct diag *diag = diag_add(join->diags, CODE_REF008, value->span, root->subject,
	                             "`%.*s` is no clause of ISO/IEC 27001", STR_ARG(value->reference.id));
	diag_hint(join->diags, diag, "name a clause from 4 to 10.2");
}

static void
resolve_fields(struct join *join, const struct record *root, struct record *record);

static void
resolve_value(struct join *join, const struct record *root, struct value *value)
{
	if (value->state != VALUE_OK)
		return;
	switch (value->field->type) {
	case FIELD_REF: resolve_record(join, root, value); break;
	case FIELD_CONTROL: resolve_control_value(join, root, value); break;
	case FIELD_CLAUSE:
		if (value->reference.type != REFERENCE_CLAUSE)
			report_clause(join, root, value);
		break;
	case FIELD_PART: resolve_fields(join, root, value->part); break;
	default: break;
	}
}

static void
resolve_fields(struct join *join, const struct record *root, struct record *record)
{
	for (size_t i = 0; i < record->kind->field_count; i++) {
		struct value *value = record->values[i];
		for (size_t item = 0; value && value->is_list && item < value->items.count; item++)
			resolve_value(join, root, &value->items.items[item]);
		if (value && !value->is_list)
			resolve_value(join, root, value);
	}
}

void
join_references(struct join *join, struct record *record)
{
	resolve_fields(join, record, record);
}

/* ---- circles ---- */

static const struct record *
superseded(const struct record *record)
{
	return record->kind->form == FORM_DOCUMENT ? record_reference(record, FIELD_document_supersedes) : NULL;
}

static void
report_circle(struct join *join, const struct record *member)
{
	const struct record *first = member;
	for (const struct record *step = superseded(member); step != member; step = superseded(step))
		if (str_compare(step->id, first->id) < 0)
			first = step;
	struct span span = record_field_span(first, FIELD_document_supersedes);
	struct diag *diag = diag_add(join->diags, CODE_REF006, span, first->subject, "`%.*s` supersedes, over others, itself",
	                             STR_ARG(first->id));
	diag_hint(join->diags, diag, "remove one `supersedes` of the circle");
	diag_relate(join->diags, diag, record_field_span(superseded(first), FIELD_document_supersedes), "the circle goes on here");
}

/* Follows the first `supersedes` of each document; every document is walked over once. */
void
join_circles(struct join *join, struct record *record)
{
	const struct record *step = record;
	bool walked_any = false;
	while (step && superseded(step) && superseded(step) != step && !map_get(&join->walked, step->subject)) {
		map_put(join->site->arena, &join->walked, step->subject, record);
		step = superseded(step);
		walked_any = true;
	}
	if (walked_any && step && map_get(&join->walked, step->subject) == record)
		report_circle(join, step);
}
