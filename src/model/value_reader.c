#include "model/value_reader.h"

#include "base/utf8.h"
#include "model/value_words.h"

static struct diag *
reject(struct record_reader *reader, struct value *value, const struct record *record, const char *expected)
{
	value->state = VALUE_INVALID;
	struct str shown = str_slice(value->text, 0, 60);
	while (shown.size && shown.size < value->text.size && ((unsigned char)value->text.data[shown.size] & 0xC0) == 0x80)
		shown.size--;
	size_t line = str_find_char(shown, '\n', 0);
	return diag_add(reader->diags, CODE_FM008, value->span, record->subject, "`%s` takes %s, not `%.*s`%s",
	                value->field->name, expected, STR_ARG(str_slice(shown, 0, line)), shown.size < value->text.size ? " …" : "");
}

static void
read_int(struct record_reader *reader, struct value *value, const struct record *record)
{
	if (str_to_int(value->text, &value->integer) && value->integer >= 0)
		return;
	diag_hint(reader->diags, reject(reader, value, record, "a whole number"), "write digits only");
}

static void
read_number(struct record_reader *reader, struct value *value, const struct record *record)
{
	struct str text = value->text;
	double percent;
	if (str_ends_with(text, STR("%")) && str_to_number(str_trim(str_slice(text, 0, text.size - 1)), &percent)) {
		value->number = percent / 100;
		return;
	}
	if (leading_number(text, &value->number))
		return;
	diag_hint(reader->diags, reject(reader, value, record, "a number"), "write digits, with a point for decimals");
}

static const risk_scale *
scale_of(const struct record_reader *reader, const struct field *field)
{
	const struct risk_method *method = &reader->config->risk;
	return str_contains(str_from(field->name), STR("likelihood")) ? &method->likelihood : &method->impact;
}

/* A level: a number, a label, or a number with a label behind it. */
static bool
level_parse(const risk_scale *scale, struct str text, double *level)
{
	return risk_level(scale, text, level) || risk_level(scale, without_leading_symbol(text), level) ||
	       leading_number(text, level);
}

static void
read_level(struct record_reader *reader, struct value *value, const struct record *record)
{
	const risk_scale *scale = scale_of(reader, value->field);
	if (level_parse(scale, value->text, &value->number))
		return;
	str_vec labels = {0};
	for (size_t i = 0; i < scale->count; i++)
		vec_push(reader->arena, &labels, scale->items[i].label);
	struct diag *diag = reject(reader, value, record, "a level of the scale");
	struct str nearest = str_nearest(value->text, labels.items, labels.count);
	if (nearest.size)
		diag_hint(reader->diags, diag, "did you mean `%.*s`?", STR_ARG(nearest));
	else
		diag_hint(reader->diags, diag, "write a number from %g to %g, or one of: %.*s", scale->items[0].value,
		          scale->items[scale->count - 1].value,
		          STR_ARG(str_join(reader->arena, labels.items, labels.count, STR(", "))));
}

static void
read_bool(struct record_reader *reader, struct value *value, const struct record *record)
{
	if (!bool_parse(value->text, &value->boolean))
		diag_hint(reader->diags, reject(reader, value, record, "yes or no"), "write `yes` or `no`");
}

static void
impossible(struct record_reader *reader, struct value *value, const struct record *record)
{
	value->state = VALUE_INVALID;
	struct diag *diag = diag_add(reader->diags, CODE_FM009, value->span, record->subject,
	                             "`%s` has the form of a date, but there is no `%.*s`", value->field->name, STR_ARG(value->text));
	diag_hint(reader->diags, diag, "correct the day, month or hour");
}

static void
read_date(struct record_reader *reader, struct value *value, const struct record *record)
{
	enum date_result result = date_parse(value->text, &value->date);
	if (result == DATE_IMPOSSIBLE)
		impossible(reader, value, record);
	else if (result == DATE_NOT_A_DATE)
		diag_hint(reader->diags, reject(reader, value, record, "a date"), "write it as YYYY-MM-DD");
}

static void
read_datetime(struct record_reader *reader, struct value *value, const struct record *record)
{
	enum date_result result = datetime_parse(value->text, &value->datetime);
	if (result == DATE_IMPOSSIBLE)
		impossible(reader, value, record);
	else if (result == DATE_NOT_A_DATE)
		diag_hint(reader->diags, reject(reader, value, record, "a date and time with offset"),
		          "write it as 2025-03-10T09:00:00+01:00 (RFC 3339)");
}

static void
read_period(struct record_reader *reader, struct value *value, const struct record *record)
{
	if (!period_parse(value->text, &value->period))
		diag_hint(reader->diags, reject(reader, value, record, "a period"),
		          "write `12 months`, `30 days`, `monthly`, `quarterly`, `annually` …");
}

/* The choice, also behind a first symbol or before a remark in brackets: "✅ Implemented (2024)". */
static int
find_choice(const struct choice_list *choices, struct str text)
{
	int choice = choice_find(choices, text);
	if (choice < 0)
		choice = choice_find(choices, without_leading_symbol(text));
	size_t bracket = str_find(text, STR(" ("), 0);
	if (choice < 0 && bracket != STR_NONE)
		choice = choice_find(choices, str_trim(without_leading_symbol(str_slice(text, 0, bracket))));
	return choice;
}

static void
read_choice(struct record_reader *reader, struct value *value, const struct record *record)
{
	const struct choice_list *choices = value->field->choices;
	value->choice = find_choice(choices, value->text);
	if (value->choice >= 0)
		return;
	str_vec words = {0};
	for (size_t i = 0; i < choices->count; i++)
		vec_push(reader->arena, &words, str_from(choices->choices[i].text));
	struct str all = str_join(reader->arena, words.items, words.count, STR(", "));
	struct diag *diag = reject(reader, value, record, str_printf(reader->arena, "one of: %.*s", STR_ARG(all)).data);
	struct str nearest = str_nearest(value->text, words.items, words.count);
	if (nearest.size)
		diag_hint(reader->diags, diag, "did you mean `%.*s`?", STR_ARG(nearest));
	else
		diag_hint(reader->diags, diag, "write one of these words");
}

static void
read_reference(struct record_reader *reader, struct value *value, const struct record *record)
{
	(void)record;
	value->reference.id = id_fold(reader->arena, value->text);
}

static void
set_clause(struct value *value, const struct clause *clause)
{
	value->reference.type = REFERENCE_CLAUSE;
	value->reference.clause = clause;
	value->reference.id = clause->id;
}

static void
read_clause(struct record_reader *reader, struct value *value, const struct record *record)
{
	(void)record;
	value->reference.id = str_trim(value->text);
	struct clause_ref ref = clause_ref_parse(reader->arena, value->text);
	if (ref.clause)
		set_clause(value, ref.clause);
}

static void
keep_text(struct record_reader *reader, struct value *value, const struct record *record)
{
	(void)reader, (void)value, (void)record;
}

static void (*const scalar_readers[])(struct record_reader *reader, struct value *value, const struct record *record) = {
	[FIELD_TEXT] = keep_text,     [FIELD_INT] = read_int,           [FIELD_NUMBER] = read_number,
	[FIELD_LEVEL] = read_level,   [FIELD_BOOL] = read_bool,         [FIELD_DATE] = read_date,
	[FIELD_DATETIME] = read_datetime, [FIELD_PERIOD] = read_period, [FIELD_CHOICE] = read_choice,
	[FIELD_REF] = read_reference, [FIELD_CONTROL] = read_reference, [FIELD_CLAUSE] = read_clause,
	[FIELD_PART] = keep_text,     [FIELD_MAP] = keep_text,          [FIELD_FILE] = keep_text,
	[FIELD_URL] = keep_text,
};

/* Value synonyms are tried first ("N/A" in a status is a word of the list), then placeholders. */
static bool
is_placeholder(const struct field *field, struct str text)
{
	bool ignored;
	if (field->type == FIELD_CHOICE && find_choice(field->choices, text) >= 0)
		return false;
	if (field->type == FIELD_BOOL && bool_parse(text, &ignored))
		return false;
	return text_is_placeholder(text);
}

static struct value
read_scalar(struct record_reader *reader, const struct record *record, const struct field *field, struct str text,
            struct span span)
{
	struct value value = {.field = field, .span = span, .text = str_trim(text)};
	if (is_placeholder(field, value.text)) {
		value.state = VALUE_PLACEHOLDER;
		return value;
	}
	if (text_has_template_marks(value.text)) {
		struct diag *diag = diag_add(reader->diags, CODE_FM016, span, record->subject,
		                             "`%s` holds template marks that nothing has filled in", field->name);
		diag_hint(reader->diags, diag, "write the value");
	}
	scalar_readers[field->type](reader, &value, record);
	return value;
}

/* ---- lists ---- */

/* Length of a separator at byte I: `,` `;` line break or `<br>`; 0 for none. */
static size_t
separator_at(struct str text, size_t i)
{
	static const char *const breaks[] = {"<br>", "<br/>", "<br />"};
	char c = text.data[i];
	if (c == ',' || c == ';' || c == '\n')
		return 1;
	for (size_t b = 0; c == '<' && b < sizeof breaks / sizeof *breaks; b++)
		if (str_equal_ignore_case(str_slice(text, i, i + str_from(breaks[b]).size), str_from(breaks[b])))
			return str_from(breaks[b]).size;
	return 0;
}

/* Walks over the parts of a scalar from front to back, so that their columns are counted once. */
struct part_cursor {
	const struct tree *tree;
	bool known; /* one line, plain: byte and column go together */
	size_t at;
	uint32_t column; /* of the byte AT */
};

static struct part_cursor
parts_of(const struct tree *tree)
{
	const struct span *span = &tree->span;
	bool known = !tree->quoted && span->line == span->end_line && span->end_column - span->column == utf8_length(tree->text);
	return (struct part_cursor){.tree = tree, .known = known, .column = span->column};
}

/* The place of the bytes [FROM, TO), which do not begin before those asked for last; else the scalar's. */
static struct span
span_of_part(struct part_cursor *cursor, size_t from, size_t to)
{
	struct span span = cursor->tree->span;
	if (!cursor->known || from < cursor->at)
		return span;
	cursor->column += (uint32_t)utf8_length(str_slice(cursor->tree->text, cursor->at, from));
	cursor->at = from;
	span.column = cursor->column;
	span.end_column = span.column + (uint32_t)utf8_length(str_slice(cursor->tree->text, from, to));
	return span;
}

static void
add_part(struct record_reader *reader, struct value *list, const struct record *record, struct part_cursor *cursor,
         size_t from, size_t to)
{
	const struct tree *tree = cursor->tree;
	while (from < to && (tree->text.data[from] == ' ' || tree->text.data[from] == '\t'))
		from++;
	while (to > from && (tree->text.data[to - 1] == ' ' || tree->text.data[to - 1] == '\t' || tree->text.data[to - 1] == '\r'))
		to--;
	if (from == to)
		return;
	struct value item = read_scalar(reader, record, list->field, str_slice(tree->text, from, to),
	                                span_of_part(cursor, from, to));
	vec_push(reader->arena, &list->items, item);
}

static void
split_scalar(struct record_reader *reader, struct value *list, const struct record *record, const struct tree *tree)
{
	struct part_cursor cursor = parts_of(tree);
	size_t from = 0;
	for (size_t i = 0; i < tree->text.size;) {
		size_t separator = separator_at(tree->text, i);
		if (separator)
			add_part(reader, list, record, &cursor, from, i);
		i += separator ? separator : 1;
		if (separator)
			from = i;
	}
	add_part(reader, list, record, &cursor, from, tree->text.size);
}

/* What a control reference that is none says about itself. */
static struct str
control_message(struct record_reader *reader, const struct control_ref *ref)
{
	struct buf buf = {0};
	switch (ref->kind) {
	case CONTROL_REF_OTHER_EDITION: {
		const struct control_list *now = ref->control->replaced_by.count ? &ref->control->replaced_by : &ref->control->replaces;
		buf_printf(&buf, "`%.*s` is a control of %.*s", STR_ARG(ref->id), STR_ARG(ref->standard));
		for (size_t i = 0; i < now->count; i++)
			buf_printf(&buf, "%s`%.*s`", i ? " and " : "; here it is ", STR_ARG(now->items[i]->id));
		break;
	}
	case CONTROL_REF_BAD_RANGE: buf_printf(&buf, "the range `%.*s` runs backwards or leaves its catalogue", STR_ARG(ref->id)); break;
	case CONTROL_REF_THEME: buf_printf(&buf, "`%.*s` is a theme, not a control", STR_ARG(ref->id)); break;
	default:
		if (ref->standard.size)
			buf_printf(&buf, "`%.*s` looks like an id of %.*s", STR_ARG(ref->id), STR_ARG(ref->standard));
		break;
	}
	return buf_take(&buf, reader->arena);
}

static struct value
control_value(struct record_reader *reader, const struct value *list, struct part_cursor *cursor, const struct control_ref *ref,
              size_t index)
{
	const struct tree *tree = cursor->tree;
	struct value value = {.field = list->field, .span = span_of_part(cursor, ref->from, ref->to)};
	value.text = str_slice(tree->text, ref->from, ref->to);
	value.reference.id = id_fold(reader->arena, ref->id.size ? ref->id : value.text);
	value.reference.trailing = ref->title;
	if (ref->kind == CONTROL_REF_CONTROL) {
		value.reference.type = REFERENCE_CONTROL;
		value.reference.control = ref->control + index;
		value.reference.id = value.reference.control->id;
		return value;
	}
	if (ref->kind == CONTROL_REF_THEME)
		value.reference.type = REFERENCE_THEME;
	else if (ref->kind == CONTROL_REF_NOT_CONTROL)
		value.reference.id = id_fold(reader->arena, value.text);
	value.reference.message = control_message(reader, ref);
	return value;
}

/* Whether the document may still have COUNT values for one range; FM005 for the first one that goes beyond. */
static bool
may_expand(struct record_reader *reader, const struct record *record, struct span span, size_t count)
{
	bool was_within = reader->expanded <= EXPANDED_MAX;
	if (count > 1)
		reader->expanded += count;
	if (count <= 1 || reader->expanded <= EXPANDED_MAX)
		return true;
	if (!was_within)
		return false;
	struct diag *diag = diag_add(reader->diags, CODE_FM005, span, record->subject,
	                             "the ranges of this file stand for too many values, the limit is %d; the others are not read",
	                             EXPANDED_MAX);
	diag_hint(reader->diags, diag, "name what is meant once, or split the file");
	reader->document->broken = true;
	return false;
}

static void
split_controls(struct record_reader *reader, struct value *list, const struct record *record, const struct tree *tree)
{
	control_refs refs = control_refs_parse(reader->arena, &reader->scope, tree->text, CONTROL_REF_BARE);
	struct part_cursor cursor = parts_of(tree);
	for (size_t i = 0; i < refs.count; i++) {
		const struct control_ref *ref = &refs.items[i];
		struct value placeholder = {.field = list->field, .state = VALUE_PLACEHOLDER, .span = tree->span, .text = tree->text};
		if (ref->kind == CONTROL_REF_NOT_CONTROL && text_is_placeholder(str_slice(tree->text, ref->from, ref->to))) {
			vec_push(reader->arena, &list->items, placeholder);
			continue;
		}
		size_t count = ref->kind == CONTROL_REF_CONTROL ? ref->count : 1;
		if (!may_expand(reader, record, tree->span, count))
			continue;
		for (size_t index = 0; index < count; index++)
			vec_push(reader->arena, &list->items, control_value(reader, list, &cursor, ref, index));
	}
}

static void
split_clauses(struct record_reader *reader, struct value *list, const struct record *record, const struct tree *tree)
{
	clause_refs refs = clause_refs_parse(reader->arena, tree->text);
	struct part_cursor cursor = parts_of(tree);
	for (size_t i = 0; i < refs.count; i++) {
		const struct clause_ref *ref = &refs.items[i];
		struct value value = {.field = list->field, .span = span_of_part(&cursor, ref->from, ref->to)};
		value.text = str_slice(tree->text, ref->from, ref->to);
		value.reference.id = str_trim(value.text);
		if (!ref->clause) {
			value.state = text_is_placeholder(value.text) ? VALUE_PLACEHOLDER : VALUE_OK;
			vec_push(reader->arena, &list->items, value);
			continue;
		}
		if (!may_expand(reader, record, tree->span, (size_t)(ref->last - ref->clause) + 1))
			continue;
		/* A range goes over clauses of one level: those below them come with them. */
		for (const struct clause *clause = ref->clause; clause <= ref->last; clause++) {
			if (clause->level != ref->clause->level)
				continue;
			set_clause(&value, clause);
			vec_push(reader->arena, &list->items, value);
		}
	}
}

static void
read_part(struct record_reader *reader, const struct record *parent, struct value *value, const struct tree *tree, size_t index)
{
	const struct kind *kind = schema_part(reader->config->schema, value->field);
	struct record *part = record_new(reader->arena, kind, reader->document, tree->span);
	part->parent = parent;
	part->id = str_printf(reader->arena, "%.*s#%s[%zu]", STR_ARG(parent->id), value->field->name, index + 1);
	part->subject = parent->subject;
	value->part = part;
	for (size_t i = 0; i < tree->pairs.count; i++)
		if (!record_read_pair(reader, part, &tree->pairs.items[i]))
			record_unknown_key(reader, kind, &tree->pairs.items[i]);
	for (size_t i = 0; tree->type == TREE_SCALAR && i < kind->field_count; i++)
		if (kind->fields[i]->flags & FIELD_MAIN)
			record_set(reader, part, (int)i, tree);
	record_check_required(reader, part);
	record_name(reader, part);
}

static bool
part_takes_scalar(const struct record_reader *reader, const struct field *field)
{
	const struct kind *kind = schema_part(reader->config->schema, field);
	for (size_t i = 0; i < kind->field_count; i++)
		if (kind->fields[i]->flags & FIELD_MAIN)
			return true;
	return false;
}

static void
reject_shape(struct record_reader *reader, struct value *value, const struct record *record, const struct tree *tree)
{
	static const char *const shapes[] = {[TREE_SCALAR] = "a single value", [TREE_LIST] = "a list", [TREE_MAP] = "a map"};
	const char *expected = field_type_name(value->field->type);
	value->state = VALUE_INVALID;
	struct diag *diag = diag_add(reader->diags, CODE_FM008, tree->span, record->subject, "`%s` takes a %s%s, not %s",
	                             value->field->name, value->field->flags & FIELD_LIST ? "list of: " : "", expected,
	                             shapes[tree->type]);
	diag_hint(reader->diags, diag, "`ismark explain %s` shows the fields", record->kind->form == FORM_PART && record->parent
	                                                                           ? record->parent->kind->name
	                                                                           : record->kind->name);
}

static void
read_item(struct record_reader *reader, struct value *list, const struct record *record, const struct tree *tree, size_t index)
{
	if (tree_is_absent(tree))
		return;
	struct value item = {.field = list->field, .span = tree->span, .text = tree->text};
	bool part = list->field->type == FIELD_PART;
	if (part && (tree->type == TREE_MAP || (tree->type == TREE_SCALAR && part_takes_scalar(reader, list->field))))
		read_part(reader, record, &item, tree, index);
	else if (tree->type == TREE_SCALAR && list->field->type == FIELD_CONTROL) {
		split_controls(reader, list, record, tree);
		return;
	} else if (tree->type == TREE_SCALAR && list->field->type == FIELD_CLAUSE) {
		split_clauses(reader, list, record, tree);
		return;
	} else if (!part && tree->type == TREE_SCALAR)
		item = read_scalar(reader, record, list->field, tree->text, tree->span);
	else
		reject_shape(reader, &item, record, tree);
	vec_push(reader->arena, &list->items, item);
}

/* A list with a usable item is usable: the others have been reported, or count as absent. */
static void
settle_list(struct value *list)
{
	size_t usable = 0;
	enum value_state worst = VALUE_PLACEHOLDER;
	for (size_t i = 0; i < list->items.count; i++) {
		if (list->items.items[i].state == VALUE_INVALID)
			worst = VALUE_INVALID;
		if (list->items.items[i].state == VALUE_OK)
			list->items.items[usable++] = list->items.items[i];
	}
	if (!usable)
		list->state = worst;
	if (!usable && list->items.count)
		list->text = list->items.items[0].text;
	list->items.count = usable;
}

static void
read_list(struct record_reader *reader, struct value *list, const struct record *record, const struct tree *tree)
{
	list->is_list = true;
	list->text = STR("");
	if (tree->type == TREE_LIST) {
		for (size_t i = 0; i < tree->items.count; i++)
			read_item(reader, list, record, tree->items.items[i], i);
	} else if (tree->type == TREE_MAP || list->field->type == FIELD_PART) {
		read_item(reader, list, record, tree, 0);
	} else if (is_placeholder(list->field, str_trim(tree->text))) {
		list->text = tree->text;
	} else if (list->field->type == FIELD_CONTROL) {
		split_controls(reader, list, record, tree);
	} else if (list->field->type == FIELD_CLAUSE) {
		split_clauses(reader, list, record, tree);
	} else {
		split_scalar(reader, list, record, tree);
	}
	settle_list(list);
}

/* ---- maps ---- */

static void
add_texts(struct record_reader *reader, value_vec *texts, const struct value *map, const struct tree *tree)
{
	struct value list = {.field = map->field};
	for (size_t i = 0; i < tree->items.count; i++)
		if (tree->items.items[i]->type == TREE_SCALAR)
			vec_push(reader->arena, texts, ((struct value){.field = map->field, .span = tree->items.items[i]->span,
			                                               .text = str_trim(tree->items.items[i]->text)}));
	if (tree->type != TREE_SCALAR)
		return;
	split_scalar(reader, &list, NULL, tree);
	texts->items = list.items.items, texts->count = list.items.count, texts->capacity = list.items.capacity;
}

static void
read_map(struct record_reader *reader, struct value *value, const struct record *record, const struct tree *tree)
{
	if (tree->type != TREE_MAP) {
		reject_shape(reader, value, record, tree);
		return;
	}
	value->map = arena_new(reader->arena, struct map);
	for (size_t i = 0; i < tree->pairs.count; i++) {
		value_vec *texts = arena_new(reader->arena, value_vec);
		add_texts(reader, texts, value, tree->pairs.items[i].value);
		map_put(reader->arena, value->map, tree->pairs.items[i].key, texts);
	}
}

/* Several named levels count by the highest. */
static void
read_named_levels(struct record_reader *reader, struct value *value, const struct record *record, const struct tree *tree)
{
	for (size_t i = 0; i < tree->pairs.count; i++) {
		const struct tree *item = tree->pairs.items[i].value;
		if (tree_is_absent(item))
			continue;
		struct value level = read_scalar(reader, record, value->field, item->text, item->span);
		if (level.state == VALUE_INVALID)
			value->state = VALUE_INVALID;
		if (!value->text.size || level.number > value->number) {
			value->number = level.number;
			value->text = level.text;
		}
	}
}

bool
value_is_bracketed(const struct tree *tree)
{
	return tree->type == TREE_LIST && tree->items.count == 1 && tree->items.items[0]->type == TREE_SCALAR &&
	       tree->span.line == tree->span.end_line && !tree->items.items[0]->quoted;
}

static void
read_single(struct record_reader *reader, struct value *value, const struct record *record, const struct tree *tree)
{
	enum field_type type = value->field->type;
	if (type == FIELD_MAP) {
		read_map(reader, value, record, tree);
	} else if (type == FIELD_PART && (tree->type == TREE_MAP || (tree->type == TREE_SCALAR && part_takes_scalar(reader, value->field)))) {
		read_part(reader, record, value, tree, 0);
	} else if (type == FIELD_LEVEL && tree->type == TREE_MAP) {
		read_named_levels(reader, value, record, tree);
	} else if (tree->type == TREE_SCALAR && type != FIELD_PART) {
		*value = read_scalar(reader, record, value->field, tree->text, tree->span);
	} else if (value_is_bracketed(tree)) {
		value->state = VALUE_PLACEHOLDER;
		value->text = str_printf(reader->arena, "[%.*s]", STR_ARG(tree->items.items[0]->text));
	} else {
		reject_shape(reader, value, record, tree);
	}
}

void
record_set(struct record_reader *reader, struct record *record, int index, const struct tree *tree)
{
	const struct field *field = record->kind->fields[index];
	if (tree_is_absent(tree))
		return;
	struct value *value = arena_new(reader->arena, struct value);
	*value = (struct value){.field = field, .span = tree->span, .text = tree->text};
	if (field->flags & FIELD_LIST)
		read_list(reader, value, record, tree);
	else
		read_single(reader, value, record, tree);
	record->values[index] = value;
}
