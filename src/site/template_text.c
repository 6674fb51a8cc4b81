/* Values as text: Python's str() and repr(), HTML, JSON. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "site/template_render.h"

static const char *
markup_entity(char c)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&#34;";
	case '\'': return "&#39;";
	default: return NULL;
	}
}

/* Not buf_add_html(): the bytes are to be those of Jinja2. */
void
buf_add_markup(struct buf *buf, struct str s)
{
	buf_add_escaped(buf, s, markup_entity);
}

/* The fewest digits that read back equal, "d.ddde-NN". */
static void
shortest_digits(char *text, size_t size, double number)
{
	for (int precision = 0; precision <= 16; precision++) {
		snprintf(text, size, "%.*e", precision, number);
		if (strtod(text, NULL) == number)
			return;
	}
}

void
buf_add_float(struct buf *buf, double number)
{
	char text[40];
	if (!isfinite(number)) {
		buf_add_c(buf, isnan(number) ? "nan" : number < 0 ? "-inf" : "inf");
		return;
	}
	shortest_digits(text, sizeof text, number);
	char *e = strchr(text, 'e');
	int exponent = atoi(e + 1);
	int decimals = (int)(e - text) - (text[0] == '-') - 2;
	if (decimals < 0)
		decimals = 0;
	if (exponent < -4 || exponent >= 16) {
		buf_add(buf, text, (size_t)(e - text));
		buf_printf(buf, "e%c%02d", exponent < 0 ? '-' : '+', abs(exponent));
		return;
	}
	decimals -= exponent;
	buf_printf(buf, "%.*f", decimals < 1 ? 1 : decimals, number);
}

static void
add_repr(struct render *render, struct buf *buf, struct template_value value, size_t depth);

static void
add_escaped_code_point(struct buf *buf, int32_t c)
{
	if (c == '\n' || c == '\r' || c == '\t')
		buf_printf(buf, "\\%c", c == '\n' ? 'n' : c == '\r' ? 'r' : 't');
	else
		buf_printf(buf, c < 0x100 ? "\\x%02x" : "\\u%04x", (unsigned)c);
}

/* A string literal of Python's: in single quotes unless it holds those and no double ones. */
static void
add_string_repr(struct buf *buf, struct str s)
{
	bool has_single = str_find_char(s, '\'', 0) != STR_NONE, has_double = str_find_char(s, '"', 0) != STR_NONE;
	char quote = has_single && !has_double ? '"' : '\'';
	buf_add_char(buf, quote);
	for (size_t i = 0; i < s.size;) {
		size_t start = i;
		int32_t c = utf8_next(s, &i);
		if (c == quote || c == '\\')
			buf_add_char(buf, '\\');
		if (c >= 0 && (c < 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0xAD))
			add_escaped_code_point(buf, c);
		else
			buf_add(buf, s.data + start, i - start);
	}
	buf_add_char(buf, quote);
}

static void
add_list_repr(struct render *render, struct buf *buf, const struct template_list *list, size_t depth)
{
	bool is_plain = list->kind == LIST_PLAIN;
	buf_add_char(buf, is_plain ? '[' : '(');
	for (size_t i = 0; i < list->items.count && !render->failed; i++) {
		if (i)
			buf_add_c(buf, ", ");
		add_repr(render, buf, list->items.items[i], depth + 1);
	}
	if (!is_plain && list->items.count == 1)
		buf_add_char(buf, ',');
	buf_add_char(buf, is_plain ? ']' : ')');
}

static void
add_map_repr(struct render *render, struct buf *buf, const struct template_map *map, size_t depth)
{
	buf_add_char(buf, '{');
	for (size_t i = 0; i < map->entries.entries.count && !render->failed; i++) {
		const struct map_entry *entry = &map->entries.entries.items[i];
		if (i)
			buf_add_c(buf, ", ");
		add_string_repr(buf, entry->key);
		buf_add_c(buf, ": ");
		add_repr(render, buf, *(const struct template_value *)entry->value, depth + 1);
	}
	buf_add_char(buf, '}');
}

/* None, numbers and truth values, which are the same printed alone and inside a list. */
static bool
add_simple(struct buf *buf, struct template_value value)
{
	switch (value.type) {
	case TEMPLATE_NONE: buf_add_c(buf, "None"); return true;
	case TEMPLATE_BOOL: buf_add_c(buf, value.as.boolean ? "True" : "False"); return true;
	case TEMPLATE_INT: buf_printf(buf, "%lld", (long long)value.as.integer); return true;
	case TEMPLATE_NUMBER: buf_add_float(buf, value.as.number); return true;
	default: return false;
	}
}

static bool
may_go_on(struct render *render, const struct buf *buf, size_t depth)
{
	if (depth > TEMPLATE_VALUE_DEPTH_MAX)
		return render_fail(render, CODE_THM004, render->expression, "value is nested more than %d deep",
		                   TEMPLATE_VALUE_DEPTH_MAX);
	if (buf->size > TEMPLATE_TEXT_MAX)
		return render_fail(render, CODE_THM004, render->expression, "text is larger than %zu MiB",
		                   TEMPLATE_TEXT_MAX >> 20);
	return render_step(render, 1);
}

static void
add_repr(struct render *render, struct buf *buf, struct template_value value, size_t depth)
{
	if (!may_go_on(render, buf, depth) || add_simple(buf, value))
		return;
	if (value.type == TEMPLATE_STRING) {
		add_string_repr(buf, value.as.text);
	} else if (value.type == TEMPLATE_HTML) {
		buf_add_c(buf, "Markup(");
		add_string_repr(buf, value.as.text);
		buf_add_char(buf, ')');
	} else if (value.type == TEMPLATE_LIST && value.as.list->kind <= LIST_GROUP) {
		add_list_repr(render, buf, value.as.list, depth);
	} else if (value.type == TEMPLATE_MAP) {
		add_map_repr(render, buf, value.as.map, depth);
	} else if (value.type == TEMPLATE_UNDEFINED) {
		render_fail_undefined(render, render->expression, value);
	} else {
		render_fail(render, CODE_THM005, render->expression, "%s cannot be printed", template_type_name(value));
	}
}

struct str
value_text(struct render *render, struct template_value value)
{
	if (template_is_text(value))
		return value.as.text;
	if (template_is_nothing(value))
		return STR("");
	struct buf buf = {0};
	add_repr(render, &buf, value, 0);
	return render_take(render, &buf);
}

void
value_print(struct render *render, struct buf *buf, struct template_value value)
{
	if (value.type == TEMPLATE_HTML)
		buf_add_str(buf, value.as.text);
	else if (!add_simple(buf, value))
		buf_add_markup(buf, value_text(render, value));
	if (template_is_text(value))
		render_step(render, value.as.text.size / 16);
}

static void
add_json_code_point(struct buf *buf, int32_t c)
{
	if (c > 0xFFFF)
		buf_printf(buf, "\\u%04x\\u%04x", 0xD800 + ((unsigned)(c - 0x10000) >> 10),
		           0xDC00 + ((unsigned)(c - 0x10000) & 0x3FF));
	else
		buf_printf(buf, "\\u%04x", (unsigned)c);
}

/* ASCII only, with what could end a script element or an attribute escaped. */
static void
add_json_string(struct buf *buf, struct str s)
{
	static const char letters[] = "\"\\\n\r\t\b\f", escapes[] = "\"\\nrtbf";
	buf_add_char(buf, '"');
	for (size_t i = 0; i < s.size;) {
		int32_t c = utf8_next(s, &i);
		size_t at = c > 0 && c < 0x80 ? str_find_char(str_from(letters), (char)c, 0) : STR_NONE;
		if (at != STR_NONE) {
			buf_add_char(buf, '\\');
			buf_add_char(buf, escapes[at]);
		} else if (c < 0x20 || c >= 0x7F || c == '<' || c == '>' || c == '&' || c == '\'') {
			if (c == 0x7F)
				buf_add_char(buf, 0x7F);
			else
				add_json_code_point(buf, c < 0 ? 0xFFFD : c);
		} else {
			buf_add_char(buf, (char)c);
		}
	}
	buf_add_char(buf, '"');
}

static void
add_json(struct render *render, struct buf *buf, struct template_value value, size_t depth);

static void
add_json_list(struct render *render, struct buf *buf, const struct template_list *list, size_t depth)
{
	buf_add_char(buf, '[');
	for (size_t i = 0; i < list->items.count && !render->failed; i++) {
		if (i)
			buf_add_c(buf, ", ");
		add_json(render, buf, list->items.items[i], depth + 1);
	}
	buf_add_char(buf, ']');
}

static int
compare_entries(const void *a, const void *b)
{
	return str_compare(((const struct map_entry *)a)->key, ((const struct map_entry *)b)->key);
}

static void
add_json_map(struct render *render, struct buf *buf, const struct template_map *map, size_t depth)
{
	size_t count = map->entries.entries.count;
	struct map_entry *entries = arena_array(render->arena, struct map_entry, count + 1);
	if (count)
		memcpy(entries, map->entries.entries.items, count * sizeof *entries);
	qsort(entries, count, sizeof *entries, compare_entries);
	buf_add_char(buf, '{');
	for (size_t i = 0; i < count && !render->failed; i++) {
		if (i)
			buf_add_c(buf, ", ");
		add_json_string(buf, entries[i].key);
		buf_add_c(buf, ": ");
		add_json(render, buf, *(const struct template_value *)entries[i].value, depth + 1);
	}
	buf_add_char(buf, '}');
}

static void
add_json_number(struct buf *buf, double number)
{
	if (isfinite(number))
		buf_add_float(buf, number);
	else
		buf_add_c(buf, isnan(number) ? "NaN" : number < 0 ? "-Infinity" : "Infinity");
}

static void
add_json(struct render *render, struct buf *buf, struct template_value value, size_t depth)
{
	if (!may_go_on(render, buf, depth))
		return;
	if (value.type == TEMPLATE_NONE)
		buf_add_c(buf, "null");
	else if (value.type == TEMPLATE_BOOL)
		buf_add_c(buf, value.as.boolean ? "true" : "false");
	else if (value.type == TEMPLATE_NUMBER)
		add_json_number(buf, value.as.number);
	else if (value.type == TEMPLATE_INT)
		add_simple(buf, value);
	else if (template_is_text(value))
		add_json_string(buf, value.as.text);
	else if (value.type == TEMPLATE_LIST && value.as.list->kind <= LIST_GROUP)
		add_json_list(render, buf, value.as.list, depth);
	else if (value.type == TEMPLATE_MAP)
		add_json_map(render, buf, value.as.map, depth);
	else
		render_fail(render, CODE_THM005, render->expression, "%s cannot be written as JSON",
		            template_type_name(value));
}

struct str
value_json(struct render *render, struct template_value value)
{
	struct buf buf = {0};
	add_json(render, &buf, value, 0);
	return render_take(render, &buf);
}
