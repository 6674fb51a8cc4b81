#include "text/html_tag.h"

#include <string.h>

enum { BROKEN_MAX = 200 };

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* End of the run from I on that holds none of STOPS and no white space. */
static size_t
name_end(struct str html, size_t i, const char *stops)
{
	while (i < html.size && !is_space(html.data[i]) && !(html.data[i] && strchr(stops, html.data[i])))
		i++;
	return i;
}

static size_t
skip_space(struct str html, size_t i)
{
	while (i < html.size && is_space(html.data[i]))
		i++;
	return i;
}

/* The value behind '=' at *I, with or without quotes. */
static struct str
read_value(struct str html, size_t *i)
{
	*i = skip_space(html, *i + 1);
	char quote = *i < html.size ? html.data[*i] : 0;
	if (quote != '"' && quote != '\'') {
		size_t from = *i;
		*i = name_end(html, from, ">");
		return str_slice(html, from, *i);
	}
	size_t from = *i + 1, end = str_find_char(html, quote, from);
	if (end == STR_NONE)
		end = html.size;
	*i = end < html.size ? end + 1 : end;
	return str_slice(html, from, end);
}

static void
read_attribute(struct str html, size_t *i, struct html_tag *tag)
{
	size_t from = *i;
	*i = name_end(html, from + 1, "<=/>");
	struct str name = str_slice(html, from, *i), value = {0};
	size_t equals = skip_space(html, *i);
	if (equals < html.size && html.data[equals] == '=') {
		*i = equals;
		value = read_value(html, i);
	}
	if (str_equal_ignore_case(name, STR("id")))
		tag->id = value;
	else if (str_equal_ignore_case(name, STR("name")))
		tag->anchor = value;
	else
		tag->only_names = false;
}

static bool
read_comment(struct str html, size_t at, struct html_tag *tag)
{
	size_t end = str_find(html, STR("-->"), at + 2);
	*tag = (struct html_tag){.type = HTML_TAG_COMMENT, .from = at, .end = end + 3};
	return end != STR_NONE;
}

static bool
read_tag(struct str html, size_t at, struct html_tag *tag)
{
	size_t i = at + 1;
	bool close = i < html.size && html.data[i] == '/';
	i += close;
	size_t name = i;
	i = name_end(html, i, "</>");
	*tag = (struct html_tag){.type = close ? HTML_TAG_CLOSE : HTML_TAG_OPEN, .from = at, .only_names = true};
	tag->name = str_slice(html, name, i);
	while ((i = skip_space(html, i)) < html.size && html.data[i] != '>') {
		if (html.data[i] == '<')
			return false;
		if (html.data[i] == '/')
			i++;
		else
			read_attribute(html, &i, tag);
	}
	tag->end = i + 1;
	return i < html.size;
}

static bool
may_start_tag(struct str html, size_t at)
{
	struct str rest = str_from_index(html, at + 1);
	return (rest.size && is_letter(rest.data[0])) || (rest.size > 1 && rest.data[0] == '/' && is_letter(rest.data[1]));
}

bool
html_tags_next(struct html_tags *tags, struct html_tag *tag)
{
	struct str html = tags->html;
	while (tags->broken < BROKEN_MAX && (tags->at = str_find_char(html, '<', tags->at)) != STR_NONE) {
		bool comment = str_starts_with(str_from_index(html, tags->at), STR("<!--"));
		if (comment || may_start_tag(html, tags->at)) {
			if (comment ? read_comment(html, tags->at, tag) : read_tag(html, tags->at, tag)) {
				tags->at = tag->end;
				return true;
			}
			tags->broken++;
		}
		tags->at++;
	}
	return false;
}

static void
add_anchor(struct arena *arena, struct str anchor, str_vec *anchors)
{
	if (anchor.size)
		vec_push(arena, anchors, str_copy(arena, anchor));
}

void
html_tag_anchors(struct arena *arena, struct str html, str_vec *anchors)
{
	struct html_tags tags = {.html = html};
	for (struct html_tag tag; html_tags_next(&tags, &tag);) {
		if (tag.type != HTML_TAG_OPEN)
			continue;
		add_anchor(arena, tag.id, anchors);
		if (str_equal_ignore_case(tag.name, STR("a")) && !str_equal(tag.anchor, tag.id))
			add_anchor(arena, tag.anchor, anchors);
	}
}
