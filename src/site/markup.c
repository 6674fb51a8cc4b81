#include "site/markup.h"

#include <string.h>


enum { DEPTH_MAX = 200 };

struct tag {
	size_t begin, end; /* from '<' to behind '>' */
	struct str name;
	bool closes;
};

/* The next tag at or after AT; comments and declarations are passed over. */
static bool
next_tag(struct str html, size_t at, struct tag *tag)
{
	while ((at = str_find_char(html, '<', at)) != STR_NONE) {
		size_t end = str_find_char(html, '>', at);
		if (end == STR_NONE)
			return false;
		size_t name = at + 1 + (html.data[at + 1] == '/'), stop = name;
		while (stop < end && strchr(" \t\n/", html.data[stop]) == NULL)
			stop++;
		if (html.data[at + 1] != '!' && stop > name) {
			*tag = (struct tag){.begin = at, .end = end + 1, .name = str_slice(html, name, stop), .closes = name > at + 1};
			return true;
		}
		at = end + 1;
	}
	return false;
}

bool
markup_next(struct str html, const char *name, size_t *at, struct str *content)
{
	struct tag tag;
	size_t begin = STR_NONE, depth = 0;
	for (size_t i = *at; next_tag(html, i, &tag); i = tag.end) {
		if (!str_equal(tag.name, str_from(name)) || (tag.closes && begin == STR_NONE))
			continue;
		if (!tag.closes && depth++ == 0)
			begin = tag.end;
		if (!tag.closes || --depth > 0)
			continue;
		*content = str_slice(html, begin, tag.begin);
		*at = tag.end;
		return true;
	}
	return false;
}

/* ---- text ---- */

static const struct {
	const char *entity, *text;
} entities[] = {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}};

static size_t
add_character(struct buf *text, struct str html, size_t i)
{
	for (size_t k = 0; html.data[i] == '&' && k < sizeof entities / sizeof *entities; k++) {
		if (!str_starts_with(str_from_index(html, i), str_from(entities[k].entity)))
			continue;
		buf_add_c(text, entities[k].text);
		return i + strlen(entities[k].entity);
	}
	bool blank = strchr(" \t\n\r", html.data[i]) != NULL && html.data[i];
	if (!blank)
		buf_add_char(text, html.data[i]);
	else if (text->size && text->data[text->size - 1] != ' ')
		buf_add_char(text, ' ');
	return i + 1;
}

struct str
markup_text(struct arena *arena, struct str html)
{
	struct buf text = {0};
	struct tag tag;
	bool more = next_tag(html, 0, &tag);
	for (size_t i = 0; i < html.size;) {
		if (!more || i < tag.begin) {
			i = add_character(&text, html, i);
			continue;
		}
		i = tag.end;
		more = next_tag(html, i, &tag);
	}
	return str_trim(buf_take(&text, arena));
}

/* ---- structure ---- */

static bool
is_void(struct str name)
{
	static const char *const names[] = {"br", "img", "hr", "input", "wbr", "col", "area", "source"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_equal(name, str_from(names[i])))
			return true;
	return false;
}

bool
markup_is_balanced(struct str html)
{
	struct str open[DEPTH_MAX];
	size_t depth = 0;
	struct tag tag;
	for (size_t i = 0; next_tag(html, i, &tag); i = tag.end) {
		if (is_void(tag.name))
			continue;
		if (tag.closes && (depth == 0 || !str_equal(open[--depth], tag.name)))
			return false;
		if (!tag.closes && depth == DEPTH_MAX)
			return false;
		if (!tag.closes)
			open[depth++] = tag.name;
	}
	return depth == 0;
}

static int
heading_level(struct str name)
{
	return name.size == 2 && name.data[0] == 'h' && name.data[1] >= '1' && name.data[1] <= '6' ? name.data[1] - '0' : 0;
}

static void
add_renamed_tag(struct buf *out, struct str html, const struct tag *tag, struct str prefix, int shift)
{
	int level = heading_level(tag->name);
	struct str rest = str_slice(html, tag->begin + 1 + tag->closes + tag->name.size, tag->end);
	size_t id = tag->closes ? STR_NONE : str_find(rest, STR(" id=\""), 0);
	buf_add_c(out, tag->closes ? "</" : "<");
	if (level)
		buf_printf(out, "h%d", level + shift > 6 ? 6 : level + shift);
	else
		buf_add_str(out, tag->name);
	if (id == STR_NONE) {
		buf_add_str(out, rest);
		return;
	}
	buf_add_str(out, str_slice(rest, 0, id + 5));
	buf_add_html(out, prefix);
	buf_add_char(out, ':');
	buf_add_str(out, str_from_index(rest, id + 5));
}

struct str
markup_renamed(struct arena *arena, struct str html, struct str prefix, int shift)
{
	struct buf out = {0};
	struct tag tag;
	size_t done = 0;
	for (; next_tag(html, done, &tag); done = tag.end) {
		buf_add_str(&out, str_slice(html, done, tag.begin));
		add_renamed_tag(&out, html, &tag, prefix, shift);
	}
	buf_add_str(&out, str_from_index(html, done));
	return buf_take(&out, arena);
}
