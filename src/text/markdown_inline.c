/* The inlines of a block, from cmark's tree. Their places come from going through the block's text along with it:
 * cmark's own are lost behind a line break inside a link. */
#include <string.h>

#include "text/markdown_reader.h"

enum { MARKUP_SKIP_MAX = 64, TARGET_MAX = 4096 };

/* Where cmark says that the inline starts, as an offset of the content. */
static size_t
stated_place(const struct markdown_reader *reader, cmark_node *node)
{
	int line = cmark_node_get_start_line(node) - reader->content_line;
	int column = cmark_node_get_start_column(node) - reader->content_column;
	if (line < 0 || column < 0 || (line > 0 && (size_t)line >= reader->content.pieces.count))
		return STR_NONE;
	return (line ? reader->content.pieces.items[line].at : 0) + (size_t)column;
}

/* The first of the characters MARKS at most a few bytes behind the cursor, or STR_NONE. */
static size_t
next_mark(const struct markdown_reader *reader, const char *marks)
{
	struct str text = reader->content.text;
	size_t from = reader->inlines.cursor;
	size_t stop = from + MARKUP_SKIP_MAX < text.size ? from + MARKUP_SKIP_MAX : text.size;
	for (size_t i = from; i < stop; i++)
		if (text.data[i] && strchr(marks, text.data[i]))
			return i;
	return STR_NONE;
}

static size_t
run_end(struct str text, size_t i)
{
	char c = text.data[i];
	while (i < text.size && text.data[i] == c)
		i++;
	return i;
}

/* End of the code span that opens at FROM. */
static size_t
code_end(struct str text, size_t from)
{
	size_t i = run_end(text, from), ticks = i - from;
	while ((i = str_find_char(text, '`', i)) != STR_NONE) {
		size_t end = run_end(text, i);
		if (end - i == ticks)
			return end;
		i = end;
	}
	return STR_NONE;
}

static void
read_code(struct markdown_reader *reader, cmark_node *node)
{
	size_t from = reader->inlines.searches ? next_mark(reader, "`") : STR_NONE;
	size_t to = from == STR_NONE ? STR_NONE : code_end(reader->content.text, from);
	reader->inlines.searches -= to == STR_NONE && reader->inlines.searches;
	inline_add(&reader->inlines, NODE_CODE, reader_literal(node), from, to);
}

static void
read_html(struct markdown_reader *reader, cmark_node *node)
{
	struct str literal = reader_literal(node), text = reader->content.text;
	size_t from = next_mark(reader, "<"), to = from == STR_NONE ? STR_NONE : from + literal.size;
	if (from != STR_NONE && !str_starts_with(str_from_index(text, from), literal))
		from = to = STR_NONE;
	inline_add(&reader->inlines, NODE_RAW_INLINE, literal, from, to);
}

static void
read_break(struct markdown_reader *reader, enum node_type type)
{
	size_t at = next_mark(reader, "\n");
	inline_add(&reader->inlines, type, STR(""), at, at == STR_NONE ? at : at + 1);
}

/* End of "(target "title")" that starts at FROM, or FROM when it does not end nearby. */
static size_t
target_end(struct str text, size_t from)
{
	size_t depth = 0, stop = from + TARGET_MAX < text.size ? from + TARGET_MAX : text.size;
	char quote = 0;
	for (size_t i = from; i < stop; i++) {
		char c = text.data[i];
		if (c == '\\')
			i++;
		else if (quote)
			quote = c == quote ? 0 : quote;
		else if ((c == '"' || c == '\'') && strchr(" \t\n", text.data[i - 1]))
			quote = c;
		else if (c == '<' && i == from + 1)
			quote = '>';
		else if (c == '(')
			depth++;
		else if (c == ')' && --depth == 0)
			return i + 1;
	}
	return from;
}

/* Where the link or image ends whose contents are read. */
static size_t
link_end(const struct markdown_reader *reader, bool bare)
{
	struct str text = reader->content.text;
	size_t end = next_mark(reader, bare ? ">" : "]");
	if (end == STR_NONE || ++end >= text.size || bare)
		return end;
	if (text.data[end] == '(')
		return target_end(text, end);
	size_t label = text.data[end] == '[' ? str_find_char(str_slice(text, 0, end + TARGET_MAX), ']', end) : STR_NONE;
	return label == STR_NONE ? end : label + 1;
}

static void
open_link(struct markdown_reader *reader, cmark_node *node, enum node_type type)
{
	size_t from = next_mark(reader, type == NODE_LINK ? "[<" : "!");
	struct node *link = inline_open(&reader->inlines, type, from);
	bool bare = from != STR_NONE && reader->content.text.data[from] == '<';
	if (from != STR_NONE)
		reader->inlines.cursor = from + (type == NODE_LINK ? 1 : 2);
	if (!link)
		return;
	link->text = str_copy(reader->arena, str_from(cmark_node_get_url(node)));
	link->title = str_copy(reader->arena, str_from(cmark_node_get_title(node)));
	link->bare_url = bare;
}

static void
open_emphasis(struct markdown_reader *reader, enum node_type type)
{
	inline_open(&reader->inlines, type, next_mark(reader, "*_"));
	reader->inlines.cursor += type == NODE_STRONG ? 2 : 1;
}

static void
close_emphasis(struct markdown_reader *reader, enum node_type type)
{
	size_t end = next_mark(reader, "*_");
	inline_close(&reader->inlines, type, end == STR_NONE ? end : end + (type == NODE_STRONG ? 2 : 1));
}

/* "[ ] " and "[x] " at the start of a list item's first paragraph; gives the size of the mark. */
static size_t
take_task(struct markdown_reader *reader, struct str text)
{
	struct node *item = reader->inlines.block->parent;
	if (!reader->options->gfm || item->type != NODE_LIST_ITEM || item->first != reader->inlines.block ||
	    text.size < 4 || text.data[0] != '[' || text.data[2] != ']' || !strchr(" \t", text.data[3]))
		return 0;
	if (text.data[1] != ' ' && text.data[1] != 'x' && text.data[1] != 'X')
		return 0;
	item->task = text.data[1] == ' ' ? TASK_OPEN : TASK_DONE;
	return 3;
}

static void
read_text(struct markdown_reader *reader, cmark_node *node)
{
	struct str text = reader_literal(node);
	size_t at = stated_place(reader, node);
	if (!cmark_node_previous(node) && cmark_node_parent(node) == reader->block)
		reader->skip += take_task(reader, text);
	text = str_from_index(text, reader->skip);
	inline_add_text(&reader->inlines, text, at == STR_NONE ? at : at + reader->skip);
	reader->skip = 0;
}

static void
enter_inline(struct markdown_reader *reader, cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT: read_text(reader, node); break;
	case CMARK_NODE_SOFTBREAK: read_break(reader, NODE_SOFT_BREAK); break;
	case CMARK_NODE_LINEBREAK: read_break(reader, NODE_LINE_BREAK); break;
	case CMARK_NODE_CODE: read_code(reader, node); break;
	case CMARK_NODE_HTML_INLINE: read_html(reader, node); break;
	case CMARK_NODE_EMPH: open_emphasis(reader, NODE_EMPH); break;
	case CMARK_NODE_STRONG: open_emphasis(reader, NODE_STRONG); break;
	case CMARK_NODE_LINK: open_link(reader, node, NODE_LINK); break;
	case CMARK_NODE_IMAGE: open_link(reader, node, NODE_IMAGE); break;
	default: break;
	}
}

static void
leave_inline(struct markdown_reader *reader, cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_EMPH: close_emphasis(reader, NODE_EMPH); break;
	case CMARK_NODE_STRONG: close_emphasis(reader, NODE_STRONG); break;
	case CMARK_NODE_LINK:
		inline_close(&reader->inlines, NODE_LINK, link_end(reader, reader->inlines.parent->bare_url));
		break;
	case CMARK_NODE_IMAGE: inline_close(&reader->inlines, NODE_IMAGE, link_end(reader, false)); break;
	default: break;
	}
}

void
reader_read_inlines(struct markdown_reader *reader, cmark_node *block, struct node *node)
{
	reader->block = block;
	inline_begin(&reader->inlines, node, &reader->content);
	cmark_iter *walk = cmark_iter_new(block);
	for (cmark_event_type event; (event = cmark_iter_next(walk)) != CMARK_EVENT_DONE;) {
		cmark_node *inner = cmark_iter_get_node(walk);
		if (inner != block)
			(event == CMARK_EVENT_ENTER ? enter_inline : leave_inline)(reader, inner);
	}
	cmark_iter_free(walk);
	inline_end(&reader->inlines);
	if (reader->inlines.cut)
		diag_add(reader->diags, CODE_FM045, node->span, STR(""),
		         "marks are nested more than %d deep; the inner ones are left out", INLINE_DEPTH_MAX);
	reader->inlines.cut = false;
}
