#include "site/page_values.h"

#include "base/path.h"
#include "site/clause_page.h"
#include "site/page_terms.h"

#include <stdlib.h>
#include <string.h>

struct template_value
page_text(const char *text)
{
	return template_string(str_from(text));
}

/* ---- words ---- */

static struct template_value
word_of(const struct words_language *language, const char *key)
{
	struct template_value word = words_get(language, key);
	return word.type == TEMPLATE_STRING ? word : page_text(key);
}

struct template_value
page_word(const struct page_context *context, const char *key)
{
	return word_of(context->language, key);
}

struct template_value
page_word_list(const struct page_context *context, const char *key)
{
	struct template_value list = words_get(context->language, key);
	return list.type == TEMPLATE_LIST ? list : template_list(context->arena);
}

struct str
pages_word(const struct pages *pages, const char *key)
{
	struct template_value word = word_of(pages->language, key);
	return word.type == TEMPLATE_STRING ? word.as.text : str_from(key);
}

bool
page_is_translated(const struct page_context *context)
{
	return !str_starts_with(context->language->name, STR(WORDS_FALLBACK));
}

/* ---- addresses ---- */

static bool
stands_in_url(char c, const char *marks)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr(marks, c));
}

static void
add_encoded(struct buf *buf, struct str text, const char *marks)
{
	for (size_t i = 0; i < text.size; i++) {
		if (stands_in_url(text.data[i], marks))
			buf_add_char(buf, text.data[i]);
		else
			buf_printf(buf, "%%%02X", (unsigned char)text.data[i]);
	}
}

struct str
page_url(struct arena *arena, struct str url)
{
	struct buf buf = {0};
	add_encoded(&buf, url, "-_.~!*'();:@&=+$,/?%#[]");
	return buf_take(&buf, arena);
}

struct str
page_href(const struct page_context *context, struct str path, struct str fragment)
{
	struct buf buf = {0};
	struct str base = context->pages->site->config->base_url;
	if (base.size && str_equal(context->page->path, STR("404.html"))) {
		buf_add_str(&buf, base); /* it is shown in place of pages in any folder */
		add_encoded(&buf, path, "-_.~!*'();@&=+$,/");
	} else if (!str_equal(path, context->page->path) || !fragment.size)
		add_encoded(&buf, path_relative(context->arena, context->page->path, path), "-_.~!*'();@&=+$,/");
	if (fragment.size) {
		buf_add_char(&buf, '#');
		add_encoded(&buf, fragment, "-_.~!*'();:@&=+$,/?");
	}
	return buf_take(&buf, context->arena);
}

struct str
page_language(struct str language)
{
	for (size_t i = 0; i < language.size; i++)
		if (!stands_in_url(language.data[i], "-"))
			return STR("");
	return language;
}

/* ---- links ---- */

static struct template_value
make_link(const struct page_context *context, struct str id, struct str title, struct str path, const char *kind)
{
	struct template_value link = template_map(context->arena);
	struct str text = !id.size               ? title
	                  : str_equal(id, title) ? id
	                                         : str_printf(context->arena, "%.*s %.*s", STR_ARG(id), STR_ARG(title));
	page_put(context, link, "id", template_string(id));
	page_put(context, link, "title", template_string(str_equal(id, title) ? STR("") : title));
	page_put(context, link, "text", template_string(text));
	page_put(context, link, "href", template_string(path.size ? page_href(context, path, STR("")) : STR("")));
	page_put(context, link, "kind", page_text(kind));
	return link;
}

struct template_value
page_link(const struct page_context *context, struct str title, struct str path)
{
	return make_link(context, STR(""), title, path, "");
}

/* The record that has a page: a part's owner. */
static const struct record *
with_page(const struct record *record)
{
	while (record->parent)
		record = record->parent;
	return record;
}

struct template_value
page_record_link(const struct page_context *context, const struct record *record)
{
	record = with_page(record);
	if (record->control)
		return page_control_link(context, record->control);
	return make_link(context, record->has_id ? record->id : STR(""), record->title, record->page, record->kind->name);
}

static struct str
control_path(const struct page_context *context, const struct control *control)
{
	const struct site *site = context->pages->site;
	if (control->catalogue == site->catalogue)
		return str_printf(context->arena, "control/%.*s.html", STR_ARG(control->id));
	for (size_t i = 0; i < site->config->catalogues.count; i++)
		if (site->config->catalogues.items[i] == control->catalogue)
			return str_printf(context->arena, "control/%.*s/%.*s.html", STR_ARG(control->catalogue->name),
			                  STR_ARG(control->id));
	return STR("");
}

struct template_value
page_control_link(const struct page_context *context, const struct control *control)
{
	struct template_value link = make_link(context, control->id, control->title, control_path(context, control), "control");
	if (page_is_translated(context))
		page_put(context, link, "lang", page_text(WORDS_FALLBACK));
	return link;
}

struct template_value
page_record_links(const struct page_context *context, const record_vec *records)
{
	struct template_value links = template_list(context->arena);
	for (size_t i = 0; i < records->count; i++)
		template_push(context->arena, links, page_record_link(context, records->items[i]));
	return links;
}

static int
by_id(const void *a, const void *b)
{
	const struct record *one = *(const struct record *const *)a, *other = *(const struct record *const *)b;
	int order = str_compare_natural(one->id, other->id);
	return order ? order : str_compare(one->subject, other->subject);
}

record_vec
page_sorted(const struct page_context *context, const record_vec *records)
{
	record_vec sorted = {0};
	for (size_t i = 0; i < records->count; i++)
		vec_push(context->arena, &sorted, records->items[i]);
	if (sorted.count)
		qsort(sorted.items, sorted.count, sizeof *sorted.items, by_id);
	return sorted;
}

static struct template_value
neighbour(const struct page_context *context, const struct record *record)
{
	return record ? page_record_link(context, record) : template_none();
}

void
page_put_neighbours(struct page_context *context, const struct record *record)
{
	const struct neighbours *beside = reading_order_at(&context->pages->order, record);
	page_put(context, context->about, "previous", neighbour(context, beside->previous));
	page_put(context, context->about, "next", neighbour(context, beside->next));
}

void
page_breadcrumb(struct page_context *context, struct str title, struct str path)
{
	struct template_value crumbs = template_get(context->about, STR("breadcrumbs"));
	template_push(context->arena, crumbs, page_link(context, title, path));
}

/* ---- scalars ---- */

struct template_value
page_date(const struct page_context *context, struct date date)
{
	struct buf buf = {0};
	buf_add_date(&buf, date);
	return template_string(buf_take(&buf, context->arena));
}

static struct template_value
typed(const struct page_context *context, const char *type, struct str text)
{
	struct template_value value = template_map(context->arena);
	page_put(context, value, "type", page_text(type));
	page_put(context, value, "text", template_string(text));
	return value;
}

static struct template_value
link_value(const struct page_context *context, struct template_value link)
{
	page_put(context, link, "type", page_text("link"));
	return link;
}

static struct template_value
clause_value(const struct page_context *context, const struct clause *clause)
{
	struct template_value link = make_link(context, clause->id, clause_title(context, clause), STR(""), "clause");
	page_put(context, link, "href", template_string(clause_href(context, clause)));
	return link_value(context, link);
}

static struct template_value
reference_value(const struct page_context *context, const struct value *value)
{
	const struct reference *reference = &value->reference;
	switch (reference->type) {
	case REFERENCE_RECORD: return link_value(context, page_record_link(context, reference->record));
	case REFERENCE_CONTROL: return link_value(context, page_control_link(context, reference->control));
	case REFERENCE_CLAUSE: return clause_value(context, reference->clause);
	case REFERENCE_DANGLING: return typed(context, "missing", value->text);
	default: return typed(context, "text", value->text);
	}
}

/* `order`: its place among the choices, which stand from low to high or from first to last. */
static struct template_value
choice_value(const struct page_context *context, const struct value *value)
{
	struct template_value choice = typed(context, "choice", page_choice(context, value->field->choices->choices[value->choice].text));
	page_put(context, choice, "order", template_int(value->choice));
	return choice;
}

static struct template_value
number_value(const struct page_context *context, const struct value *value)
{
	double written;
	bool is_plain = value->field->type == FIELD_LEVEL || !value->text.size || str_to_number(str_trim(value->text), &written);
	return typed(context, "number", is_plain ? page_number(context, value->number) : value->text);
}

static struct template_value
file_value(const struct page_context *context, const struct value *value)
{
	const struct document *document = value->span.source ? map_get(&context->pages->site->pages, value->span.source->path) : NULL;
	struct str folder = document ? path_folder(document->path) : STR("");
	struct str path = path_normalise(context->arena, path_join(context->arena, folder, value->text));
	if (path_leaves_root(path) || !output_find(context->pages->output, path))
		return typed(context, "code", value->text);
	return link_value(context, page_link(context, value->text, path));
}

static struct template_value
url_value(const struct page_context *context, const struct value *value)
{
	struct template_value url = typed(context, markdown_url_is_safe(value->text) ? "url" : "code", value->text);
	page_put(context, url, "href", template_string(page_url(context->arena, value->text)));
	return url;
}

static struct template_value
date_value(const struct page_context *context, struct date date)
{
	struct template_value value = typed(context, "date", STR(""));
	page_put(context, value, "text", page_date(context, date));
	return value;
}

/* The last part of an instant as written: "Z" or "+01:00". */
static struct str
zone_of(struct arena *arena, struct str instant)
{
	struct str offset = str_from_index(instant, instant.size > 6 ? instant.size - 6 : 0);
	bool is_utc = instant.size && (instant.data[instant.size - 1] == 'Z' || instant.data[instant.size - 1] == 'z');
	return is_utc || str_ends_with(offset, STR("00:00")) ? STR("UTC") : str_printf(arena, "UTC%.*s", STR_ARG(offset));
}

static struct template_value
instant_value(const struct page_context *context, struct str text, struct date day)
{
	struct str instant = str_trim(text);
	struct template_value result = typed(context, "datetime", instant);
	page_put(context, result, "date", page_date(context, day));
	page_put(context, result, "time", template_string(str_slice(instant, 11, 16)));
	page_put(context, result, "zone", template_string(zone_of(context->arena, instant)));
	return result;
}

/* A text that is nothing but an instant, as in a timeline, is shown as one. */
static struct template_value
text_value(const struct page_context *context, struct str text)
{
	struct datetime instant;
	bool is_instant = text.size > 15 && text.data[4] == '-' && datetime_parse(str_trim(text), &instant) == DATE_OK;
	return is_instant ? instant_value(context, text, instant.date) : typed(context, "text", text);
}

static struct template_value
period_value(const struct page_context *context, const struct value *value)
{
	static const char *const units[] = {
		[PERIOD_DAYS] = "days", [PERIOD_WEEKS] = "weeks", [PERIOD_MONTHS] = "months", [PERIOD_YEARS] = "years"};
	struct template_value result = typed(context, "period", value->text);
	page_put(context, result, "count", template_int(value->period.count));
	page_put(context, result, "unit", page_text(units[value->period.unit]));
	return result;
}

/* ---- what holds other values ---- */

static struct template_value
map_value(const struct page_context *context, const struct value *value)
{
	struct template_value result = typed(context, "map", STR("")), rows = template_list(context->arena);
	for (size_t i = 0; i < value->map->entries.count; i++) {
		const value_vec *texts = value->map->entries.items[i].value;
		struct template_value row = template_map(context->arena), items = template_list(context->arena);
		for (size_t k = 0; k < texts->count; k++)
			template_push(context->arena, items, template_string(texts->items[k].text));
		page_put(context, row, "key", template_string(value->map->entries.items[i].key));
		page_put(context, row, "texts", items);
		template_push(context->arena, rows, row);
	}
	page_put(context, result, "rows", rows);
	return result;
}

static struct template_value
part_value(const struct page_context *context, const struct value *value)
{
	struct template_value result = typed(context, "part", STR(""));
	struct template_value fields = template_list(context->arena);
	page_add_fields(context, fields, value->part, 0, value->part->kind->field_count, "");
	page_put(context, result, "fields", fields);
	return result;
}

static struct template_value
field_head(const struct page_context *context, const struct kind *kind, const struct field *field)
{
	struct template_value head = template_map(context->arena);
	page_put(context, head, "name", page_text(field->name));
	page_put(context, head, "label", template_string(page_field_label(context, kind, field)));
	page_put(context, head, "help", template_string(page_field_help(context, field)));
	page_put(context, head, "clause", page_text(field->clause));
	return head;
}

static bool
any_part_has(const struct value *parts, size_t field)
{
	for (size_t i = 0; i < value_count(parts); i++)
		if (value_item(parts, i)->state == VALUE_OK && record_written(value_item(parts, i)->part, (int)field))
			return true;
	return false;
}

static struct template_value
empty_value(const struct page_context *context)
{
	return typed(context, "text", STR(""));
}

static struct template_value
field_value(const struct page_context *context, const struct record *record, size_t field)
{
	const struct value *value = record_written(record, (int)field);
	return value ? page_value(context, value) : empty_value(context);
}

/* A list of parts: a column for each field that any has. */
static struct template_value
parts_value(const struct page_context *context, const struct value *parts)
{
	const struct kind *kind = schema_part(context->pages->site->schema, parts->field);
	struct template_value result = typed(context, "table", STR(""));
	struct template_value columns = template_list(context->arena), rows = template_list(context->arena);
	for (size_t f = 0; f < kind->field_count; f++)
		if (any_part_has(parts, f))
			template_push(context->arena, columns, field_head(context, kind, kind->fields[f]));
	for (size_t i = 0; i < value_count(parts); i++) {
		if (value_item(parts, i)->state != VALUE_OK)
			continue;
		struct template_value row = template_list(context->arena);
		for (size_t f = 0; f < kind->field_count; f++)
			if (any_part_has(parts, f))
				template_push(context->arena, row, field_value(context, value_item(parts, i)->part, f));
		template_push(context->arena, rows, row);
	}
	page_put(context, result, "columns", columns);
	page_put(context, result, "rows", rows);
	return result;
}

static struct template_value
list_value(const struct page_context *context, const struct value *value)
{
	if (value->field->type == FIELD_PART)
		return parts_value(context, value);
	struct template_value result = typed(context, "list", STR("")), items = template_list(context->arena);
	for (size_t i = 0; i < value->items.count; i++)
		template_push(context->arena, items, page_value(context, &value->items.items[i]));
	page_put(context, result, "entries", items);
	page_put(context, result, "is_inline", template_bool(value->field->type == FIELD_CHOICE || value->field->type == FIELD_DATE));
	return result;
}

struct template_value
page_value(const struct page_context *context, const struct value *value)
{
	struct arena *arena = context->arena;
	if (value->is_list)
		return list_value(context, value);
	if (value->state != VALUE_OK)
		return typed(context, "missing", value->text);
	switch (value->field->type) {
	case FIELD_REF:
	case FIELD_CONTROL:
	case FIELD_CLAUSE: return reference_value(context, value);
	case FIELD_PART: return part_value(context, value);
	case FIELD_MAP: return map_value(context, value);
	case FIELD_FILE: return file_value(context, value);
	case FIELD_URL: return url_value(context, value);
	case FIELD_DATE: return date_value(context, value->date);
	case FIELD_BOOL: return typed(context, "bool", page_word(context, value->boolean ? "answer.yes" : "answer.no").as.text);
	case FIELD_DATETIME: return instant_value(context, value->text, value->datetime.date);
	case FIELD_PERIOD: return period_value(context, value);
	case FIELD_CHOICE: return choice_value(context, value);
	case FIELD_INT: return typed(context, "number", str_printf(arena, "%lld", (long long)value->integer));
	case FIELD_NUMBER:
	case FIELD_LEVEL: return number_value(context, value);
	default: return text_value(context, value->text);
	}
}

static bool
names_word(const char *words, const char *word)
{
	struct str rest = str_from(words), part;
	while (str_split(&rest, ' ', &part))
		if (str_equal(part, str_from(word)))
			return true;
	return false;
}

void
page_add_fields(const struct page_context *context, struct template_value fields, const struct record *record, size_t from,
                size_t to, const char *without)
{
	for (size_t i = from; i < to; i++) {
		const struct field *field = record->kind->fields[i];
		const struct value *value = record_written(record, (int)i);
		bool is_empty = value && value->is_list && !value->items.count;
		if (!value || is_empty || names_word(without, field->name))
			continue;
		struct template_value entry = field_head(context, record->kind, field);
		page_put(context, entry, "value", page_value(context, value));
		template_push(context->arena, fields, entry);
	}
}

struct template_value
page_add_field(const struct page_context *context, struct template_value fields, const struct record *record, size_t index)
{
	const struct value *value = record_written(record, (int)index);
	bool is_empty = !value || (value->is_list && !value->items.count);
	struct template_value entry = field_head(context, record->kind, record->kind->fields[index]);
	page_put(context, entry, "value", is_empty ? template_none() : page_value(context, value));
	template_push(context->arena, fields, entry);
	return entry;
}

/* "3 possible", as the scale has it. */
static struct template_value
level(const struct page_context *context, const risk_scale *scale, bool known, double value)
{
	struct buf text = {0};
	if (known)
		buf_add_str(&text, page_number(context, value));
	for (size_t i = 0; known && i < scale->count; i++)
		if (scale->items[i].value == value && scale->items[i].label.size) {
			buf_add_char(&text, ' ');
			buf_add_str(&text, scale->items[i].label);
		}
	return template_string(buf_take(&text, context->arena));
}

struct template_value
page_rating(const struct page_context *context, const struct risk_rating *rating)
{
	const struct risk_method *method = &context->pages->site->config->risk;
	struct template_value result = template_map(context->arena);
	bool rated = rating->band >= 0;
	page_put(context, result, "known", template_bool(rated));
	page_put(context, result, "has_levels", template_bool(rating->known));
	page_put(context, result, "score", template_string(rated ? page_number(context, rating->score) : STR("")));
	page_put(context, result, "likelihood", level(context, &method->likelihood, rating->known, rating->likelihood));
	page_put(context, result, "impact", level(context, &method->impact, rating->known, rating->impact));
	page_put(context, result, "band", template_string(rated ? method->bands.items[rating->band].name : STR("")));
	page_put(context, result, "level", template_int(rated ? rating->band : -1));
	page_put(context, result, "accepted", template_bool(rated && risk_is_accepted_score(method, rating->score)));
	return result;
}
