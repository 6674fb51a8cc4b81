#include "text/html.h"

#include <string.h>

#include "text/html_tag.h"
#include "text/token.h"

typedef void (*node_handler)(struct html_writer *writer, const struct node *node);

void
html_add_raw(struct html_writer *writer, struct str html)
{
	buf_add_str(&writer->html, html);
	if (html.size)
		writer->at_line_start = html.data[html.size - 1] == '\n';
}

static void
add_c(struct html_writer *writer, const char *html)
{
	html_add_raw(writer, str_from(html));
}

void
html_add_text(struct html_writer *writer, struct str text)
{
	buf_add_html(&writer->html, text);
	if (text.size)
		writer->at_line_start = text.data[text.size - 1] == '\n';
}

static void
start_line(struct html_writer *writer)
{
	if (!writer->at_line_start)
		add_c(writer, "\n");
}

void
html_flush(struct html_writer *writer)
{
	if (!writer->html.size)
		return;
	struct html_part *part = vec_add(writer->arena, &writer->facts->html);
	part->html = str_copy(writer->arena, buf_str(&writer->html));
	buf_clear(&writer->html);
}

size_t
html_open_mention(struct html_writer *writer, const struct mention *mention)
{
	size_t index = writer->facts->mentions.count;
	vec_push(writer->arena, &writer->facts->mentions, *mention);
	html_flush(writer);
	vec_push(writer->arena, &writer->facts->html, ((struct html_part){.type = HTML_MENTION_OPEN, .mention = index}));
	writer->at_line_start = false;
	return index;
}

void
html_close_mention(struct html_writer *writer, size_t mention)
{
	html_flush(writer);
	vec_push(writer->arena, &writer->facts->html,
	         ((struct html_part){.type = HTML_MENTION_CLOSE, .mention = mention}));
}

/* URLs and attributes */

static bool
is_href_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c && strchr("-_.~!*'();:@&=+$,/?%#", c));
}

/* A URL as the value of an attribute: what may not stand in a URL is percent-encoded. */
static void
add_url(struct html_writer *writer, struct str url)
{
	for (size_t i = 0; i < url.size; i++) {
		if (is_href_char(url.data[i]))
			buf_add_html(&writer->html, str_slice(url, i, i + 1));
		else
			buf_printf(&writer->html, "%%%02X", (unsigned char)url.data[i]);
	}
}

static void
add_attribute(struct html_writer *writer, const char *name, struct str value)
{
	buf_printf(&writer->html, " %s=\"", name);
	buf_add_html(&writer->html, value);
	buf_add_char(&writer->html, '"');
}

/* Names of attributes that filters may set. */
static bool
is_harmless_attribute(struct str name)
{
	for (size_t i = 0; i < name.size; i++)
		if (!((name.data[i] >= 'a' && name.data[i] <= 'z') || name.data[i] == '-'))
			return false;
	return str_starts_with(name, STR("data-")) || str_starts_with(name, STR("aria-")) || str_equal(name, STR("lang")) ||
	       str_equal(name, STR("role")) || str_equal(name, STR("title")) || str_equal(name, STR("dir"));
}

static void
add_attributes(struct html_writer *writer, const struct node *node)
{
	if (node->id.size)
		add_attribute(writer, "id", node->id);
	if (node->id.size && node->type != NODE_HEADER)
		vec_push(writer->arena, &writer->facts->anchors, str_copy(writer->arena, node->id));
	if (node->classes.count)
		add_attribute(writer, "class",
		              str_join(writer->arena, node->classes.items, node->classes.count, STR(" ")));
	for (size_t i = 0; i < node->attributes.count; i++)
		if (is_harmless_attribute(node->attributes.items[i].key))
			add_attribute(writer, str_c(writer->arena, node->attributes.items[i].key),
			              node->attributes.items[i].value);
}

static void
open_tag(struct html_writer *writer, const char *name, const struct node *node)
{
	buf_printf(&writer->html, "<%s", name);
	add_attributes(writer, node);
	add_c(writer, ">");
}

/* Plain text, for search */

static void
end_plain_word(struct html_writer *writer)
{
	if (writer->text.size && writer->text.data[writer->text.size - 1] != ' ')
		buf_add_char(&writer->text, ' ');
}

static void
add_plain(struct html_writer *writer, struct str text)
{
	for (size_t i = 0; i < text.size; i++) {
		if (strchr(" \t\r\n", text.data[i]))
			end_plain_word(writer);
		else
			buf_add_char(&writer->text, text.data[i]);
	}
}

/* Blocks */

static void
open_block(struct html_writer *writer, const char *name, const struct node *node)
{
	start_line(writer);
	end_plain_word(writer);
	open_tag(writer, name, node);
}

static void
close_block(struct html_writer *writer, const char *name)
{
	buf_printf(&writer->html, "</%s>", name);
	add_c(writer, "\n");
	end_plain_word(writer);
}

static void
open_para(struct html_writer *writer, const struct node *node)
{
	open_block(writer, "p", node);
}

static void
close_para(struct html_writer *writer, const struct node *node)
{
	(void)node;
	close_block(writer, "p");
}

static void
open_plain(struct html_writer *writer, const struct node *node)
{
	if (node->previous)
		start_line(writer);
	end_plain_word(writer);
}

static void
close_plain(struct html_writer *writer, const struct node *node)
{
	if (node->next)
		start_line(writer);
	end_plain_word(writer);
}

static const char *
heading_name(const struct node *node)
{
	static const char *const names[] = {"h1", "h2", "h3", "h4", "h5", "h6"};
	return names[node->level < 1 ? 0 : node->level > 6 ? 5 : node->level - 1];
}

static void
open_header(struct html_writer *writer, const struct node *node)
{
	struct heading *heading = vec_add(writer->arena, &writer->facts->headings);
	heading->level = node->level;
	heading->id = str_copy(writer->arena, node->id);
	heading->text = str_trim(node_text(writer->arena, node));
	heading->span = node->span;
	open_block(writer, heading_name(node), node);
	heading->plain_from = heading->plain_to = writer->text.size;
}

static void
close_header(struct html_writer *writer, const struct node *node)
{
	struct markdown_facts *facts = writer->facts;
	close_block(writer, heading_name(node));
	facts->headings.items[facts->headings.count - 1].plain_to = writer->text.size;
}

static struct str
first_word(struct str text)
{
	size_t end = 0;
	while (end < text.size && !strchr(" \t\r\n", text.data[end]))
		end++;
	return str_slice(text, 0, end);
}

static void
write_code_block(struct html_writer *writer, const struct node *node)
{
	struct str language = first_word(node->info);
	open_block(writer, "pre", node);
	add_c(writer, "<code");
	if (language.size)
		add_attribute(writer, "class", str_printf(writer->arena, "language-%.*s", STR_ARG(language)));
	add_c(writer, ">");
	html_add_text(writer, node->text);
	add_c(writer, "</code></pre>\n");
	add_plain(writer, node->text);
	end_plain_word(writer);
}

static void
open_quote(struct html_writer *writer, const struct node *node)
{
	open_block(writer, "blockquote", node);
	add_c(writer, "\n");
}

static void
close_quote(struct html_writer *writer, const struct node *node)
{
	(void)node;
	start_line(writer);
	close_block(writer, "blockquote");
}

static void
open_bullet_list(struct html_writer *writer, const struct node *node)
{
	open_block(writer, "ul", node);
	add_c(writer, "\n");
}

static void
close_bullet_list(struct html_writer *writer, const struct node *node)
{
	(void)node;
	close_block(writer, "ul");
}

static void
open_ordered_list(struct html_writer *writer, const struct node *node)
{
	start_line(writer);
	buf_add_c(&writer->html, "<ol");
	if (node->level != 1)
		buf_printf(&writer->html, " start=\"%u\"", node->level);
	add_attributes(writer, node);
	add_c(writer, ">\n");
}

static void
close_ordered_list(struct html_writer *writer, const struct node *node)
{
	(void)node;
	close_block(writer, "ol");
}

static void
open_item(struct html_writer *writer, const struct node *node)
{
	open_block(writer, "li", node);
	if (node->task == TASK_NONE) {
		if (node->first && node->first->type != NODE_PLAIN)
			start_line(writer);
		return;
	}
	bool done = node->task == TASK_DONE;
	add_c(writer, done ? "<input type=\"checkbox\" checked=\"\" disabled=\"\" /> "
	                   : "<input type=\"checkbox\" disabled=\"\" /> ");
	*(done ? &writer->facts->tasks_done : &writer->facts->tasks_open) += 1;
}

static void
close_item(struct html_writer *writer, const struct node *node)
{
	(void)node;
	close_block(writer, "li");
}

static void
write_rule(struct html_writer *writer, const struct node *node)
{
	(void)node;
	start_line(writer);
	add_c(writer, "<hr />\n");
}

static void
open_div(struct html_writer *writer, const struct node *node)
{
	open_block(writer, "div", node);
	add_c(writer, "\n");
}

static void
close_div(struct html_writer *writer, const struct node *node)
{
	(void)node;
	start_line(writer);
	close_block(writer, "div");
}

/* Raw HTML */

static void
add_anchor_span(struct html_writer *writer, struct str id)
{
	if (!id.size)
		return;
	buf_add_c(&writer->html, "<span");
	add_attribute(writer, "id", id);
	add_c(writer, "></span>");
}

/* Writes a tag that may do no harm: as text, but for comments, line breaks and the ids that links lead to. */
static void
add_filtered_tag(struct html_writer *writer, struct str html, const struct html_tag *tag)
{
	if (tag->type == HTML_TAG_COMMENT)
		return;
	bool anchor = str_equal_ignore_case(tag->name, STR("a"));
	if (tag->type == HTML_TAG_CLOSE && anchor && writer->hidden_anchors) {
		writer->hidden_anchors--;
		return;
	}
	if (tag->type == HTML_TAG_OPEN && str_equal_ignore_case(tag->name, STR("br"))) {
		add_c(writer, "<br />");
		return;
	}
	if (tag->type == HTML_TAG_OPEN) {
		add_anchor_span(writer, tag->id);
		if (anchor && !str_equal(tag->anchor, tag->id))
			add_anchor_span(writer, tag->anchor);
	}
	if (tag->type == HTML_TAG_OPEN && anchor && tag->only_names)
		writer->hidden_anchors++;
	else
		html_add_text(writer, str_slice(html, tag->from, tag->end));
}

static void
add_filtered(struct html_writer *writer, struct str html)
{
	struct html_tags tags = {.html = html};
	size_t done = 0;
	for (struct html_tag tag; html_tags_next(&tags, &tag); done = tag.end) {
		html_add_text(writer, str_slice(html, done, tag.from));
		add_filtered_tag(writer, html, &tag);
	}
	html_add_text(writer, str_from_index(html, done));
}

static void
write_raw_block(struct html_writer *writer, const struct node *node)
{
	html_tag_anchors(writer->arena, node->text, &writer->facts->anchors);
	start_line(writer);
	end_plain_word(writer);
	if (writer->options->raw_html) {
		html_add_raw(writer, node->text);
		start_line(writer);
		return;
	}
	html_flush(writer);
	add_filtered(writer, str_trim(node->text));
	struct str filtered = str_copy(writer->arena, str_trim(buf_str(&writer->html)));
	buf_clear(&writer->html);
	writer->at_line_start = true;
	if (!filtered.size)
		return;
	add_c(writer, "<p>");
	html_add_raw(writer, filtered);
	add_c(writer, "</p>\n");
}

static void
write_raw_inline(struct html_writer *writer, const struct node *node)
{
	html_tag_anchors(writer->arena, node->text, &writer->facts->anchors);
	end_plain_word(writer);
	if (writer->options->raw_html)
		html_add_raw(writer, node->text);
	else
		add_filtered(writer, node->text);
}

/* Tables */

static void
open_table(struct html_writer *writer, const struct node *node)
{
	open_block(writer, "table", node);
	add_c(writer, "\n");
	html_collect_table(writer, node);
}

static void
close_table(struct html_writer *writer, const struct node *node)
{
	(void)node;
	close_block(writer, "table");
}

static const char *
group_name(const struct node *node)
{
	return node->type == NODE_TABLE_HEAD ? "thead" : "tbody";
}

static void
open_group(struct html_writer *writer, const struct node *node)
{
	if (!node->first)
		return;
	open_block(writer, group_name(node), node);
	add_c(writer, "\n");
}

static void
close_group(struct html_writer *writer, const struct node *node)
{
	if (node->first)
		close_block(writer, group_name(node));
}

static void
open_row(struct html_writer *writer, const struct node *node)
{
	open_block(writer, "tr", node);
	add_c(writer, "\n");
}

static void
close_row(struct html_writer *writer, const struct node *node)
{
	(void)node;
	close_block(writer, "tr");
}

static const char *
cell_name(const struct node *node)
{
	const struct node *row = node->parent, *group = row ? row->parent : NULL;
	return group && group->type == NODE_TABLE_HEAD ? "th" : "td";
}

static void
open_cell(struct html_writer *writer, const struct node *node)
{
	static const char *const classes[] = {"", " class=\"align-left\"", " class=\"align-center\"",
	                                      " class=\"align-right\""};
	start_line(writer);
	end_plain_word(writer);
	buf_printf(&writer->html, "<%s", cell_name(node));
	add_c(writer, node->classes.count ? "" : classes[node->align]);
	add_attributes(writer, node);
	add_c(writer, ">");
}

static void
close_cell(struct html_writer *writer, const struct node *node)
{
	close_block(writer, cell_name(node));
}

/* Inlines */

static void
write_str(struct html_writer *writer, const struct node *node)
{
	buf_add_str(&writer->text, node->text);
	if (writer->options->mentions && !writer->links)
		token_write(writer, node);
	else
		html_add_text(writer, node->text);
}

static void
write_space(struct html_writer *writer, const struct node *node)
{
	(void)node;
	add_c(writer, " ");
	end_plain_word(writer);
}

static void
write_soft_break(struct html_writer *writer, const struct node *node)
{
	(void)node;
	add_c(writer, "\n");
	end_plain_word(writer);
}

static void
write_line_break(struct html_writer *writer, const struct node *node)
{
	(void)node;
	add_c(writer, "<br />\n");
	end_plain_word(writer);
}

static void
write_code(struct html_writer *writer, const struct node *node)
{
	open_tag(writer, "code", node);
	html_add_text(writer, node->text);
	add_c(writer, "</code>");
	add_plain(writer, node->text);
}

static const char *
inline_name(const struct node *node)
{
	switch (node->type) {
	case NODE_EMPH: return "em";
	case NODE_STRONG: return "strong";
	case NODE_STRIKEOUT: return "del";
	default: return "span";
	}
}

static void
open_inline(struct html_writer *writer, const struct node *node)
{
	open_tag(writer, inline_name(node), node);
}

static void
close_inline(struct html_writer *writer, const struct node *node)
{
	buf_printf(&writer->html, "</%s", inline_name(node));
	add_c(writer, ">");
}

static struct mention
link_mention(struct html_writer *writer, const struct node *node)
{
	struct mention mention = {.type = node->type == NODE_IMAGE ? MENTION_IMAGE : MENTION_LINK, .span = node->span};
	struct str target = node->text;
	if (node->type == NODE_LINK && str_starts_with(target, STR("id:"))) {
		mention.type = MENTION_REFERENCE;
		target = str_from_index(target, 3);
	}
	mention.target = str_copy(writer->arena, target);
	mention.title = str_copy(writer->arena, node->title);
	mention.text = node_text(writer->arena, node);
	mention.bare_url = node->bare_url;
	return mention;
}

static bool
is_allowed(const struct html_writer *writer, const struct node *node)
{
	return writer->options->raw_html || markdown_url_is_safe(node->text);
}

static void
open_link(struct html_writer *writer, const struct node *node)
{
	size_t index = STR_NONE;
	if (writer->options->mentions) {
		struct mention mention = link_mention(writer, node);
		index = html_open_mention(writer, &mention);
	} else if (is_allowed(writer, node)) {
		buf_add_c(&writer->html, "<a href=\"");
		add_url(writer, node->text);
		buf_add_char(&writer->html, '"');
		if (node->title.size)
			add_attribute(writer, "title", node->title);
		add_attributes(writer, node);
		add_c(writer, ">");
	}
	vec_push(writer->arena, &writer->mentions, index);
	writer->links++;
}

static void
close_link(struct html_writer *writer, const struct node *node)
{
	size_t index = writer->mentions.items[--writer->mentions.count];
	writer->links--;
	if (index != STR_NONE)
		html_close_mention(writer, index);
	else if (!writer->options->mentions && is_allowed(writer, node))
		add_c(writer, "</a>");
}

static void
write_image(struct html_writer *writer, const struct node *node)
{
	struct str text = node_text(writer->arena, node);
	add_plain(writer, text);
	if (writer->options->mentions) {
		struct mention mention = link_mention(writer, node);
		html_close_mention(writer, html_open_mention(writer, &mention));
		return;
	}
	if (!is_allowed(writer, node)) {
		html_add_text(writer, text);
		return;
	}
	buf_add_c(&writer->html, "<img src=\"");
	add_url(writer, node->text);
	buf_add_char(&writer->html, '"');
	add_attribute(writer, "alt", text);
	if (node->title.size)
		add_attribute(writer, "title", node->title);
	add_attributes(writer, node);
	add_c(writer, " />");
}

/* The walk. A handler that WRITES all of a node has no second one, and the node's children are passed over. */
static const struct {
	node_handler open, close, write;
} handlers[NODE_TYPE_COUNT] = {
	[NODE_PLAIN] = {.open = open_plain, .close = close_plain},
	[NODE_PARA] = {.open = open_para, .close = close_para},
	[NODE_HEADER] = {.open = open_header, .close = close_header},
	[NODE_CODE_BLOCK] = {.write = write_code_block},
	[NODE_RAW_BLOCK] = {.write = write_raw_block},
	[NODE_BLOCK_QUOTE] = {.open = open_quote, .close = close_quote},
	[NODE_BULLET_LIST] = {.open = open_bullet_list, .close = close_bullet_list},
	[NODE_ORDERED_LIST] = {.open = open_ordered_list, .close = close_ordered_list},
	[NODE_LIST_ITEM] = {.open = open_item, .close = close_item},
	[NODE_HORIZONTAL_RULE] = {.write = write_rule},
	[NODE_DIV] = {.open = open_div, .close = close_div},
	[NODE_TABLE] = {.open = open_table, .close = close_table},
	[NODE_TABLE_HEAD] = {.open = open_group, .close = close_group},
	[NODE_TABLE_BODY] = {.open = open_group, .close = close_group},
	[NODE_TABLE_ROW] = {.open = open_row, .close = close_row},
	[NODE_TABLE_CELL] = {.open = open_cell, .close = close_cell},
	[NODE_STR] = {.write = write_str},
	[NODE_SPACE] = {.write = write_space},
	[NODE_SOFT_BREAK] = {.write = write_soft_break},
	[NODE_LINE_BREAK] = {.write = write_line_break},
	[NODE_EMPH] = {.open = open_inline, .close = close_inline},
	[NODE_STRONG] = {.open = open_inline, .close = close_inline},
	[NODE_STRIKEOUT] = {.open = open_inline, .close = close_inline},
	[NODE_SPAN] = {.open = open_inline, .close = close_inline},
	[NODE_CODE] = {.write = write_code},
	[NODE_LINK] = {.open = open_link, .close = close_link},
	[NODE_IMAGE] = {.write = write_image},
	[NODE_RAW_INLINE] = {.write = write_raw_inline},
};

static void
call(node_handler handler, struct html_writer *writer, const struct node *node)
{
	if (handler)
		handler(writer, node);
}

/* Closes NODE, and what ends with it; gives the node that follows inside ROOT. */
static const struct node *
close_and_next(struct html_writer *writer, const struct node *root, const struct node *node)
{
	for (; node; node = node->parent) {
		call(handlers[node->type].close, writer, node);
		if (node == root)
			return NULL;
		if (node->next)
			return node->next;
	}
	return NULL;
}

void
html_write(struct html_writer *writer, const struct node *root)
{
	for (const struct node *node = root; node;) {
		bool whole = handlers[node->type].write;
		call(whole ? handlers[node->type].write : handlers[node->type].open, writer, node);
		node = node->first && !whole ? node->first : close_and_next(writer, root, node);
	}
}
