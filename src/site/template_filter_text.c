/* Filters of text: case, trimming, replacing, HTML. What was HTML stays so where Python's
 * methods keep it. */
#include <string.h>

#include "base/utf8.h"
#include "site/template_filter.h"

/* TEXT as INPUT is: HTML or a string. */
static struct template_value
same_kind(struct template_value input, struct str text)
{
	return input.type == TEMPLATE_HTML ? template_html(text) : template_string(text);
}

static struct template_value
upper(struct render *render, struct template_value input, const struct bound *bound)
{
	(void)bound;
	return same_kind(input, utf8_upper(render->arena, value_text(render, input)));
}

static struct template_value
lower(struct render *render, struct template_value input, const struct bound *bound)
{
	(void)bound;
	return same_kind(input, utf8_lower(render->arena, value_text(render, input)));
}

/* WORD with its first letter large and the others small. */
static void
add_capitalized(struct render *render, struct buf *buf, struct str word)
{
	size_t first = 0;
	utf8_next(word, &first);
	buf_add_str(buf, utf8_upper(render->arena, str_slice(word, 0, first)));
	buf_add_str(buf, utf8_lower(render->arena, str_from_index(word, first)));
}

static struct template_value
capitalize(struct render *render, struct template_value input, const struct bound *bound)
{
	(void)bound;
	struct buf buf = {0};
	add_capitalized(render, &buf, value_text(render, input));
	return same_kind(input, render_take(render, &buf));
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
ends_word(char c)
{
	return is_space(c) || strchr("-({[<", c);
}

static struct template_value
title(struct render *render, struct template_value input, const struct bound *bound)
{
	(void)bound;
	struct str text = value_text(render, input);
	struct buf buf = {0};
	for (size_t i = 0; i < text.size;) {
		size_t start = i;
		while (i < text.size && ends_word(text.data[i]) == ends_word(text.data[start]))
			i++;
		add_capitalized(render, &buf, str_slice(text, start, i));
	}
	return template_string(render_take(render, &buf));
}

/* True when the code point of TEXT that ends at END, or starts at *I, is one of CHARACTERS. */
static bool
starts_with_one_of(struct str text, struct str characters, size_t *size)
{
	size_t i = 0;
	utf8_next(text, &i);
	*size = i;
	for (size_t j = 0; j < characters.size;) {
		size_t start = j;
		utf8_next(characters, &j);
		if (i && str_equal(str_slice(text, 0, i), str_slice(characters, start, j)))
			return true;
	}
	return false;
}

static size_t
last_code_point(struct str text)
{
	size_t at = text.size ? text.size - 1 : 0;
	while (at > 0 && ((unsigned char)text.data[at] & 0xC0) == 0x80)
		at--;
	return at;
}

static struct template_value
trim(struct render *render, struct template_value input, const struct bound *bound)
{
	struct str text = value_text(render, input);
	bool has_characters = bound->is_given[0] && bound->values[0].type != TEMPLATE_NONE;
	if (!has_characters)
		return same_kind(input, str_trim(text));
	struct str characters = bound_text(render, bound, 0, "");
	size_t size;
	if (!render_step(render, text.size / 16 * (characters.size + 1)))
		return template_none();
	while (text.size && starts_with_one_of(text, characters, &size))
		text = str_from_index(text, size);
	while (text.size && starts_with_one_of(str_from_index(text, last_code_point(text)), characters, &size))
		text.size -= size;
	return same_kind(input, text);
}

static struct str
escaped(struct render *render, struct template_value value)
{
	struct buf buf = {0};
	value_print(render, &buf, value);
	return render_take(render, &buf);
}

/* OLD empty: NEW before, between and behind the code points, as Python has it. */
static void
replace_between(struct buf *buf, struct str text, struct str new, int64_t count)
{
	size_t i = 0;
	for (; count != 0 && buf->size <= TEMPLATE_TEXT_MAX; count--) {
		buf_add_str(buf, new);
		if (i >= text.size)
			return;
		size_t start = i;
		utf8_next(text, &i);
		buf_add_str(buf, str_slice(text, start, i));
	}
	buf_add_str(buf, str_from_index(text, i));
}

static void
replace_each(struct buf *buf, struct str text, struct str old, struct str new, int64_t count)
{
	size_t from = 0, at;
	while (count-- != 0 && (at = str_find(text, old, from)) != STR_NONE && buf->size <= TEMPLATE_TEXT_MAX) {
		buf_add_str(buf, str_slice(text, from, at));
		buf_add_str(buf, new);
		from = at + old.size;
	}
	buf_add_str(buf, str_from_index(text, from));
}

static struct template_value
replace(struct render *render, struct template_value input, const struct bound *bound)
{
	struct template_value old = bound->values[0], new = bound->values[1];
	bound_text(render, bound, 0, ""), bound_text(render, bound, 1, "");
	int64_t count = bound->is_given[2] && bound->values[2].type == TEMPLATE_NONE ? -1 : bound_int(render, bound, 2, -1);
	if (render->failed)
		return template_none();
	bool is_html = input.type == TEMPLATE_HTML || old.type == TEMPLATE_HTML || new.type == TEMPLATE_HTML;
	struct str text = is_html ? escaped(render, input) : value_text(render, input);
	struct str from = is_html ? escaped(render, old) : old.as.text, to = is_html ? escaped(render, new) : new.as.text;
	struct buf buf = {0};
	if (from.size)
		replace_each(&buf, text, from, to, count);
	else
		replace_between(&buf, text, to, count);
	struct str replaced = render_take(render, &buf);
	return is_html ? template_html(replaced) : template_string(replaced);
}

static struct template_value
escape(struct render *render, struct template_value input, const struct bound *bound)
{
	(void)bound;
	return template_html(escaped(render, input));
}

static struct template_value
force_escape(struct render *render, struct template_value input, const struct bound *bound)
{
	(void)bound;
	struct buf buf = {0};
	buf_add_markup(&buf, value_text(render, input));
	return template_html(render_take(render, &buf));
}

static struct template_value
safe(struct render *render, struct template_value input, const struct bound *bound)
{
	(void)bound;
	return template_html(value_text(render, input));
}

static struct template_value
string(struct render *render, struct template_value input, const struct bound *bound)
{
	(void)bound;
	return same_kind(input, value_text(render, input));
}

static bool
stays_in_url(unsigned char c, bool in_query)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c && strchr("_.-~", c)) || (c == '/' && !in_query);
}

static void
add_url(struct buf *buf, struct str text, bool in_query)
{
	for (size_t i = 0; i < text.size; i++) {
		unsigned char c = (unsigned char)text.data[i];
		if (stays_in_url(c, in_query))
			buf_add_char(buf, (char)c);
		else if (c == ' ' && in_query)
			buf_add_char(buf, '+');
		else
			buf_printf(buf, "%%%02X", c);
	}
}

static struct template_value
urlencode(struct render *render, struct template_value input, const struct bound *bound)
{
	(void)bound;
	struct buf buf = {0};
	if (input.type == TEMPLATE_LIST)
		render_fail(render, CODE_THM005, render->expression, "a list cannot be written as a URL");
	else if (input.type != TEMPLATE_MAP)
		add_url(&buf, value_text(render, input), false);
	for (size_t i = 0; input.type == TEMPLATE_MAP && i < template_count(input) && !render->failed; i++) {
		const struct map_entry *entry = &input.as.map->entries.entries.items[i];
		if (i)
			buf_add_char(&buf, '&');
		add_url(&buf, entry->key, true);
		buf_add_char(&buf, '=');
		add_url(&buf, value_text(render, *(const struct template_value *)entry->value), true);
	}
	return template_string(render_take(render, &buf));
}

/* What lies between PREFIX and SUFFIX taken out of TEXT; an unclosed PREFIX stays. */
static struct str
without(struct arena *arena, struct str text, struct str prefix, struct str suffix)
{
	struct buf buf = {0};
	size_t from = 0, at, end;
	while ((at = str_find(text, prefix, from)) != STR_NONE &&
	       (end = str_find(text, suffix, at + prefix.size)) != STR_NONE) {
		buf_add_str(&buf, str_slice(text, from, at));
		from = end + suffix.size;
	}
	buf_add_str(&buf, str_from_index(text, from));
	return buf_take(&buf, arena);
}

static struct str
single_spaces(struct arena *arena, struct str text)
{
	struct buf buf = {0};
	text = str_trim(text);
	for (size_t i = 0; i < text.size; i++) {
		if (!is_space(text.data[i]))
			buf_add_char(&buf, text.data[i]);
		else if (!is_space(text.data[i - 1]))
			buf_add_char(&buf, ' ');
	}
	return buf_take(&buf, arena);
}

/* The code point of `#NNN` or `#xHHH`; 0 when it is none. */
static int32_t
numeric_entity(struct str name)
{
	int32_t value = 0;
	bool is_hex = name.size > 1 && (name.data[1] | 0x20) == 'x';
	for (size_t i = is_hex ? 2 : 1; i < name.size; i++) {
		char c = name.data[i];
		bool is_digit = c >= '0' && c <= '9', is_letter = is_hex && (c | 0x20) >= 'a' && (c | 0x20) <= 'f';
		if ((!is_digit && !is_letter) || value > 0x10FFFF)
			return 0;
		value = value * (is_hex ? 16 : 10) + (is_digit ? c - '0' : (c | 0x20) - 'a' + 10);
	}
	return value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF) ? 0 : value;
}

/* The entities that escaping and the Markdown writer make; others stay as they are. */
static struct str
unescape(struct arena *arena, struct str text)
{
	static const char *const names[][2] = {{"amp", "&"},      {"lt", "<"},   {"gt", ">"},
	                                       {"quot", "\""},    {"apos", "'"}, {"nbsp", "\xC2\xA0"},
	                                       {"raquo", "\xC2\xBB"}, {"laquo", "\xC2\xAB"}, {"copy", "\xC2\xA9"}};
	struct buf buf = {0};
	for (size_t i = 0; i < text.size;) {
		size_t semicolon = text.data[i] == '&' ? str_find_char(str_slice(text, i, i + 12), ';', 0) : STR_NONE;
		struct str name = semicolon == STR_NONE ? STR("") : str_slice(text, i + 1, i + semicolon);
		size_t before = buf.size;
		for (size_t n = 0; n < sizeof names / sizeof *names; n++)
			if (str_equal(name, str_from(names[n][0])))
				buf_add_c(&buf, names[n][1]);
		int32_t code_point = name.size > 1 && name.data[0] == '#' ? numeric_entity(name) : 0;
		if (code_point)
			buf_add_utf8(&buf, code_point);
		if (buf.size == before)
			buf_add_char(&buf, text.data[i++]);
		else
			i += semicolon + 1;
	}
	return buf_take(&buf, arena);
}

static struct template_value
striptags(struct render *render, struct template_value input, const struct bound *bound)
{
	(void)bound;
	struct str text = value_text(render, input);
	if (!render_step(render, text.size / 4))
		return template_none();
	text = without(render->arena, text, STR("<!--"), STR("-->"));
	text = without(render->arena, text, STR("<"), STR(">"));
	return template_string(unescape(render->arena, single_spaces(render->arena, text)));
}

/* The byte behind COUNT code points of TEXT. */
static size_t
byte_of(struct str text, int64_t count)
{
	size_t i = 0;
	while (count-- > 0 && i < text.size)
		utf8_next(text, &i);
	return i;
}

static struct template_value
shorten(struct render *render, struct template_value input, const struct bound *bound)
{
	int64_t length = bound_int(render, bound, 0, 255), leeway = bound_int(render, bound, 3, 5);
	bool kills_words = bound_bool(render, bound, 1);
	struct template_value end = bound_value(bound, 2, template_string(STR("...")));
	int64_t end_length = (int64_t)utf8_length(bound_text(render, bound, 2, "..."));
	if (!render->failed && !template_is_text(input))
		render_fail(render, CODE_THM005, render->expression, "%s cannot be truncated", template_type_name(input));
	if (!render->failed && (length < end_length || leeway < 0))
		render_fail(render, CODE_THM005, render->expression, "length to truncate to is below that of what is added");
	if (render->failed)
		return template_none();
	struct str text = input.as.text;
	if ((int64_t)utf8_length(text) - leeway <= length)
		return input;
	text = str_slice(text, 0, byte_of(text, length - end_length));
	for (size_t i = text.size; !kills_words && i-- > 0;)
		if (text.data[i] == ' ') {
			text.size = i;
			break;
		}
	return eval_arithmetic(render, OPERATOR_ADD, same_kind(input, text), end);
}

static struct template_value
wordcount(struct render *render, struct template_value input, const struct bound *bound)
{
	(void)bound;
	struct str text = value_text(render, input);
	int64_t count = 0;
	bool in_word = false;
	for (size_t i = 0; i < text.size;) {
		int32_t c = utf8_next(text, &i);
		bool is_word = c >= 0 && utf8_is_word(c);
		count += is_word && !in_word;
		in_word = is_word;
	}
	return template_int(count);
}

/* Lines of TEXT behind the first with WIDTH spaces before them; FIRST and BLANK: these lines too. */
static struct template_value
indent(struct render *render, struct template_value input, const struct bound *bound)
{
	bool is_given_text = bound->is_given[0] && template_is_text(bound->values[0]);
	int64_t width = is_given_text ? 0 : bound_int(render, bound, 0, 4);
	bool first = bound_bool(render, bound, 1), blank = bound_bool(render, bound, 2);
	if (!render->failed && (!template_is_text(input) || width > 1000))
		render_fail(render, CODE_THM005, render->expression, "%s cannot be indented", template_type_name(input));
	struct str rest = render->failed ? STR("") : input.as.text, line;
	struct buf buf = {0};
	for (size_t i = 0; !render->failed && str_split(&rest, '\n', &line); i++) {
		if (i)
			buf_add_char(&buf, '\n');
		if (i ? blank || line.size : first) {
			if (is_given_text)
				buf_add_str(&buf, bound->values[0].as.text);
			buf_printf(&buf, "%*s", (int)(width < 0 ? 0 : width), "");
		}
		buf_add_str(&buf, line);
	}
	return same_kind(input, render_take(render, &buf));
}

/* One attribute of an element; the name may not end the name. */
static bool
add_attribute(struct render *render, struct buf *buf, struct str name, struct template_value value)
{
	for (size_t i = 0; i < name.size; i++)
		if (is_space(name.data[i]) || strchr("/>=", name.data[i]))
			return render_fail(render, CODE_THM005, render->expression, "`%.*s` is no name of an attribute",
			                   STR_ARG(name));
	if (buf->size)
		buf_add_char(buf, ' ');
	buf_add_markup(buf, name);
	buf_add_c(buf, "=\"");
	value_print(render, buf, value);
	buf_add_char(buf, '"');
	return !render->failed;
}

static struct template_value
xmlattr(struct render *render, struct template_value input, const struct bound *bound)
{
	if (input.type != TEMPLATE_MAP)
		render_fail(render, CODE_THM005, render->expression, "%s is no map of attributes", template_type_name(input));
	bool adds_space = !bound->is_given[0] || bound_bool(render, bound, 0);
	struct buf attributes = {0}, buf = {0};
	for (size_t i = 0; !render->failed && i < template_count(input); i++) {
		const struct map_entry *entry = &input.as.map->entries.entries.items[i];
		struct template_value value = *(const struct template_value *)entry->value;
		if (value.type != TEMPLATE_NONE && value.type != TEMPLATE_UNDEFINED)
			add_attribute(render, &attributes, entry->key, value);
	}
	if (attributes.size && adds_space)
		buf_add_char(&buf, ' ');
	if (attributes.size)
		buf_add_str(&buf, buf_str(&attributes));
	buf_release(&attributes);
	return template_html(render_take(render, &buf));
}

static struct template_value
tojson(struct render *render, struct template_value input, const struct bound *bound)
{
	(void)bound;
	return template_html(value_json(render, input));
}

const struct filter filters_of_text[] = {
	{"capitalize", capitalize, "", 0, false},
	{"e", escape, "", 0, false},
	{"escape", escape, "", 0, false},
	{"forceescape", force_escape, "", 0, false},
	{"indent", indent, "width first blank", 0, false},
	{"lower", lower, "", 0, false},
	{"replace", replace, "old new count", 2, false},
	{"safe", safe, "", 0, false},
	{"string", string, "", 0, false},
	{"striptags", striptags, "", 0, false},
	{"title", title, "", 0, false},
	{"tojson", tojson, "", 0, false},
	{"trim", trim, "chars", 0, false},
	{"truncate", shorten, "length killwords end leeway", 0, false},
	{"upper", upper, "", 0, false},
	{"urlencode", urlencode, "", 0, false},
	{"wordcount", wordcount, "", 0, false},
	{"xmlattr", xmlattr, "autospace", 0, false},
	{NULL, NULL, NULL, 0, false},
};
