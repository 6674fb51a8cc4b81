#include "text/markdown.h"

#include <assert.h>
#include <string.h>

#define CMARK_NO_SHORT_NAMES
#include <cmark.h>

#include "text/gfm_inline.h"
#include "text/gfm_region.h"

enum { PASSES_MAX = 16, BLANK_WORK_MAX = 20 * 1000 * 1000, MARKUP_SKIP_MAX = 64,
       TARGET_MAX = 4096 };

struct reader {
	struct arena *arena;  /* the tree's */
	struct arena scratch;
	const struct markdown_options *options;
	const struct source *source;
	struct diag_list *diags;
	struct places places;
	struct region_set regions;
	bool *deep;           /* by line: below the limit of nesting */
	size_t shift;         /* lines that stand before the first one in what cmark read */
	bool parse_again;
	container_vec containers;
	struct node *at;      /* the open node */
	struct content content; /* of the block whose inlines are read … */
	struct buf content_text;
	int content_line, content_column; /* … which starts here for cmark */
	cmark_node *block;
	size_t skip;          /* bytes of its text that are not its own */
	struct inline_builder inlines;
};

typedef void (*block_visitor)(struct reader *reader, cmark_node *block);

/* Lines and places */

static struct str
line_text(const struct reader *reader, size_t index)
{
	const struct text_line *line = &reader->places.lines.items[index];
	return str_slice(reader->source->text, line->start, line->end);
}

/* Index of a line of cmark's, which counts from 1. */
static size_t
line_index(const struct reader *reader, int line)
{
	size_t count = reader->places.lines.count, index = line > 0 ? (size_t)line - 1 : 0;
	index = index > reader->shift ? index - reader->shift : 0;
	return index < count ? index : count - 1;
}

static size_t
first_line(const struct reader *reader, cmark_node *node)
{
	return line_index(reader, cmark_node_get_start_line(node));
}

static bool
is_underline(struct str line)
{
	size_t marks = 0;
	for (size_t i = 0; i < line.size; i++) {
		if (!strchr("=- \t>", line.data[i]))
			return false;
		marks += line.data[i] == '=' || line.data[i] == '-';
	}
	return marks > 0;
}

/* cmark ends an underlined heading with the line after it, unless the text ends there. */
static size_t
last_line(const struct reader *reader, cmark_node *node)
{
	size_t first = first_line(reader, node), last = line_index(reader, cmark_node_get_end_line(node));
	if (cmark_node_get_type(node) == CMARK_NODE_HEADING && last > first + 1 &&
	    is_underline(line_text(reader, last - 1)))
		last--;
	return last > first ? last : first;
}

/* The source's offset of COLUMN (from 1) of the line, not beyond its end. */
static size_t
column_offset(const struct reader *reader, size_t index, int column)
{
	const struct text_line *line = &reader->places.lines.items[index];
	size_t offset = line->start + (column > 0 ? (size_t)column - 1 : 0);
	return offset < line->end ? offset : line->end;
}

static struct span
lines_span(struct reader *reader, size_t from, size_t last)
{
	return places_span(&reader->places, from, reader->places.lines.items[last].end);
}

static struct span
block_span(struct reader *reader, cmark_node *node)
{
	size_t first = first_line(reader, node), last = last_line(reader, node);
	size_t from = column_offset(reader, first, cmark_node_get_start_column(node));
	if (reader->regions.of_line[last] || last != line_index(reader, cmark_node_get_end_line(node)))
		return lines_span(reader, from, last);
	return places_span(&reader->places, from, column_offset(reader, last, cmark_node_get_end_column(node) + 1));
}

/* The lines' bytes as they are, each with a line break. */
static struct str
raw_lines(struct reader *reader, size_t first, size_t last)
{
	struct buf text = {0};
	for (size_t i = first; i <= last; i++) {
		buf_add_str(&text, line_text(reader, i));
		buf_add_char(&text, '\n');
	}
	return buf_take(&text, reader->arena);
}

static struct node *
add_block(struct reader *reader, enum node_type type, struct span span)
{
	struct node *node = node_new(reader->arena, type, span);
	node_append(reader->at, node);
	return node;
}

static void
add_raw_lines(struct reader *reader, size_t first, size_t last)
{
	struct span span = lines_span(reader, reader->places.lines.items[first].start, last);
	add_block(reader, NODE_CODE_BLOCK, span)->text = raw_lines(reader, first, last);
}

/* Walk over the blocks */

static bool
is_container(cmark_node_type type)
{
	return type == CMARK_NODE_BLOCK_QUOTE || type == CMARK_NODE_ITEM;
}

static bool
is_too_deep(const struct reader *reader, cmark_node_type type)
{
	return reader->containers.count >= MARKDOWN_DEPTH_MAX &&
	       (type == CMARK_NODE_BLOCK_QUOTE || type == CMARK_NODE_LIST);
}

static void
push_container(struct reader *reader, cmark_node *node)
{
	size_t index = first_line(reader, node);
	struct container container = {.quote = true, .line = index};
	if (cmark_node_get_type(node) == CMARK_NODE_ITEM)
		container = container_item(&reader->containers, line_text(reader, index), index);
	vec_push(&reader->scratch, &reader->containers, container);
}

static bool
has_blocks(cmark_node_type type)
{
	return is_container(type) || type == CMARK_NODE_LIST || type == CMARK_NODE_DOCUMENT;
}

/* Calls VISIT for every block: first for one that holds blocks, whose end LEAVE, may be NULL, is told. What is
 * nested too deeply goes to CUT, as a whole. */
static void
walk_blocks(struct reader *reader, cmark_node *root, block_visitor visit, void (*leave)(struct reader *reader),
            block_visitor cut)
{
	cmark_iter *walk = cmark_iter_new(root);
	reader->containers.count = 0;
	for (cmark_event_type event; (event = cmark_iter_next(walk)) != CMARK_EVENT_DONE;) {
		cmark_node *node = cmark_iter_get_node(walk);
		cmark_node_type type = cmark_node_get_type(node);
		if (type == CMARK_NODE_DOCUMENT)
			continue;
		if (event == CMARK_EVENT_EXIT) {
			reader->containers.count -= is_container(type);
			if (leave && has_blocks(type))
				leave(reader);
			continue;
		}
		bool deep = is_too_deep(reader, type);
		if ((size_t)cmark_node_get_start_line(node) > reader->shift)
			(deep ? cut : visit)(reader, node);
		if (has_blocks(type) && !deep) {
			if (is_container(type))
				push_container(reader, node);
		} else {
			cmark_iter_reset(walk, node, CMARK_EVENT_EXIT);
		}
	}
	cmark_iter_free(walk);
}

/* Regions: tables, and what is too much for cmark */

static cmark_node *
parse_text(struct str text)
{
	return cmark_parse_document(text.data, text.size, CMARK_OPT_SOURCEPOS);
}

static bool
needs_definitions(const struct reader *reader)
{
	if (!str_contains(reader->source->text, STR("]:")))
		return false;
	struct str text = reader->source->text;
	for (size_t i = 0; i < reader->regions.cells.count; i++) {
		const struct region_cell *cell = &reader->regions.cells.items[i];
		if (!cell->plain && str_find_char(str_slice(text, cell->from, cell->to), '[', 0) != STR_NONE)
			return true;
	}
	return false;
}

/* A paragraph for each cell that has markup; gives the number of lines. */
static size_t
add_cell_lines(struct reader *reader, struct buf *text)
{
	size_t lines = 0;
	for (size_t i = 0; i < reader->regions.cells.count; i++) {
		const struct region_cell *cell = &reader->regions.cells.items[i];
		if (cell->plain)
			continue;
		region_cell_content(&reader->scratch, &reader->places, cell, &reader->content_text, &reader->content);
		buf_add_str(text, reader->content.text);
		buf_add_c(text, "\n\n");
		lines += 2;
	}
	return lines;
}

static void
take_cells(struct reader *reader, cmark_node *root)
{
	cmark_node *paragraph = cmark_node_first_child(root);
	for (size_t i = 0; i < reader->regions.cells.count; i++) {
		struct region_cell *cell = &reader->regions.cells.items[i];
		if (cell->plain)
			continue;
		assert(paragraph && cmark_node_get_type(paragraph) == CMARK_NODE_PARAGRAPH);
		cell->parsed = paragraph;
		paragraph = cmark_node_next(paragraph);
	}
}

static void
mark_deep(struct reader *reader, cmark_node *block)
{
	size_t first = first_line(reader, block), last = last_line(reader, block);
	memset(reader->deep + first, true, last - first + 1);
}

static bool
is_setext(const struct reader *reader, cmark_node *heading)
{
	return last_line(reader, heading) > first_line(reader, heading);
}

static void
find_region(struct reader *reader, cmark_node *block)
{
	cmark_node_type type = cmark_node_get_type(block);
	size_t first = first_line(reader, block);
	if ((type != CMARK_NODE_PARAGRAPH && type != CMARK_NODE_HEADING) || reader->regions.of_line[first])
		return;
	size_t last = last_line(reader, block);
	size_t text = type == CMARK_NODE_HEADING && last > first ? last - 1 : last;
	if (region_find(&reader->regions, &reader->containers, first, reader->options->gfm ? text : first, last))
		reader->parse_again = true;
}

static cmark_node *
parse_regions(struct reader *reader, const bool *without_brackets)
{
	struct buf text = {0};
	region_rewrite(&reader->regions, &text, without_brackets);
	cmark_node *root = parse_text(buf_str(&text));
	buf_release(&text);
	return root;
}

/* Parses until every region is found: what follows a table may hold the next one. */
static cmark_node *
parse_structure(struct reader *reader)
{
	bool *crowded = reader->regions.has_crowded ? reader->regions.crowded : NULL;
	struct text_line first = reader->places.lines.items[0];
	cmark_node *root = crowded ? parse_regions(reader, crowded)
	                           : parse_text(str_from_index(reader->source->text, first.start));
	for (int pass = 0; pass < PASSES_MAX; pass++) {
		reader->parse_again = false;
		walk_blocks(reader, root, find_region, NULL, mark_deep);
		if (!reader->parse_again)
			return root;
		cmark_node_free(root);
		root = parse_regions(reader, crowded);
	}
	diag_add(reader->diags, CODE_FM044, span_of_file(reader->source), STR(""),
	         "too many tables follow one another without a blank line");
	return root;
}

/* Gives the tree of everything but the regions; *CELLS is the tree of their cells, which may be the same. */
static cmark_node *
parse(struct reader *reader, cmark_node **cells)
{
	cmark_node *root = parse_structure(reader);
	struct buf text = {0};
	size_t lines = add_cell_lines(reader, &text);
	if (reader->regions.has_crowded || needs_definitions(reader)) {
		cmark_node_free(root);
		region_rewrite(&reader->regions, &text, reader->deep);
		root = *cells = parse_text(buf_str(&text));
		reader->shift = lines;
	} else {
		*cells = lines ? parse_text(buf_str(&text)) : NULL;
	}
	buf_release(&text);
	if (*cells)
		take_cells(reader, *cells);
	return root;
}

/* Inlines */

static struct str
literal_of(cmark_node *node)
{
	return str_from(cmark_node_get_literal(node));
}

/* Where cmark says that the inline starts, as an offset of the content. */
static size_t
stated_place(const struct reader *reader, cmark_node *node)
{
	int line = cmark_node_get_start_line(node) - reader->content_line;
	int column = cmark_node_get_start_column(node) - reader->content_column;
	if (line < 0 || column < 0 || (line > 0 && (size_t)line >= reader->content.pieces.count))
		return STR_NONE;
	return (line ? reader->content.pieces.items[line].at : 0) + (size_t)column;
}

/* The first of the characters MARKS at most a few bytes behind the cursor, or STR_NONE. */
static size_t
next_mark(const struct reader *reader, const char *marks)
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
read_code(struct reader *reader, cmark_node *node)
{
	size_t from = reader->inlines.searches ? next_mark(reader, "`") : STR_NONE;
	size_t to = from == STR_NONE ? STR_NONE : code_end(reader->content.text, from);
	reader->inlines.searches -= to == STR_NONE && reader->inlines.searches;
	inline_add(&reader->inlines, NODE_CODE, literal_of(node), from, to);
}

static void
read_html(struct reader *reader, cmark_node *node)
{
	struct str literal = literal_of(node), text = reader->content.text;
	size_t from = next_mark(reader, "<"), to = from == STR_NONE ? STR_NONE : from + literal.size;
	if (from != STR_NONE && !str_starts_with(str_from_index(text, from), literal))
		from = to = STR_NONE;
	inline_add(&reader->inlines, NODE_RAW_INLINE, literal, from, to);
}

static void
read_break(struct reader *reader, enum node_type type)
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
link_end(const struct reader *reader, bool bare)
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
open_link(struct reader *reader, cmark_node *node, enum node_type type)
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
open_emphasis(struct reader *reader, enum node_type type)
{
	inline_open(&reader->inlines, type, next_mark(reader, "*_"));
	reader->inlines.cursor += type == NODE_STRONG ? 2 : 1;
}

static void
close_emphasis(struct reader *reader, enum node_type type)
{
	size_t end = next_mark(reader, "*_");
	inline_close(&reader->inlines, type, end == STR_NONE ? end : end + (type == NODE_STRONG ? 2 : 1));
}

/* "[ ] " and "[x] " at the start of a list item's first paragraph; gives the size of the mark. */
static size_t
take_task(struct reader *reader, struct str text)
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
read_text(struct reader *reader, cmark_node *node)
{
	struct str text = literal_of(node);
	size_t at = stated_place(reader, node);
	if (!cmark_node_previous(node) && cmark_node_parent(node) == reader->block)
		reader->skip += take_task(reader, text);
	text = str_from_index(text, reader->skip);
	inline_add_text(&reader->inlines, text, at == STR_NONE ? at : at + reader->skip);
	reader->skip = 0;
}

static void
enter_inline(struct reader *reader, cmark_node *node)
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
leave_inline(struct reader *reader, cmark_node *node)
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

/* Reads BLOCK's inlines, whose text is the reader's content, into NODE. */
static void
read_inlines(struct reader *reader, cmark_node *block, struct node *node)
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

/* Blocks */

/* Sets the content to the text of the lines, without the containers' marks. Like cmark's, it keeps the white space
 * before a lazy continuation. */
static void
set_content(struct reader *reader, size_t first, size_t last)
{
	buf_clear(&reader->content_text);
	reader->content.pieces.count = 0;
	reader->skip = 0;
	for (size_t i = first; i <= last; i++) {
		struct str line = line_text(reader, i);
		struct line_cut cut;
		size_t from = container_cut(&reader->containers, line, i, &cut) || i == first ? line_cut_text(&cut) : cut.at;
		if (i > first)
			buf_add_char(&reader->content_text, '\n');
		vec_push(&reader->scratch, &reader->content.pieces,
		         ((struct content_piece){reader->content_text.size, reader->places.lines.items[i].start + from}));
		buf_add_str(&reader->content_text, str_from_index(line, from));
	}
	reader->content.text = buf_str(&reader->content_text);
}

static void
set_content_start(struct reader *reader, cmark_node *block, int marks)
{
	reader->content_line = cmark_node_get_start_line(block);
	reader->content_column = cmark_node_get_start_column(block) + marks;
}

/* Takes "## " off an ATX heading's content; gives its size. */
static int
cut_atx_marks(struct content *content)
{
	size_t marks = 0;
	while (marks < content->text.size && content->text.data[marks] == '#')
		marks++;
	while (marks < content->text.size && (content->text.data[marks] == ' ' || content->text.data[marks] == '\t'))
		marks++;
	content->text = str_from_index(content->text, marks);
	content->pieces.items[0].source += marks;
	return (int)marks;
}

static bool
is_in_tight_list(cmark_node *paragraph)
{
	cmark_node *item = cmark_node_parent(paragraph);
	return cmark_node_get_type(item) == CMARK_NODE_ITEM && cmark_node_get_list_tight(cmark_node_parent(item));
}

static void
read_paragraph(struct reader *reader, cmark_node *block)
{
	struct node *node = add_block(reader, is_in_tight_list(block) ? NODE_PLAIN : NODE_PARA,
	                              block_span(reader, block));
	set_content(reader, first_line(reader, block), last_line(reader, block));
	set_content_start(reader, block, 0);
	read_inlines(reader, block, node);
}

/* "{#id}" at the end of a heading's text, its '{' not escaped. */
static void
take_explicit_id(struct reader *reader, struct node *heading)
{
	struct node *last = heading->last;
	if (!last || last->type != NODE_STR)
		return;
	struct str mark = last->text, id = str_slice(mark, 2, mark.size - 1);
	if (mark.size < 4 || !str_starts_with(mark, STR("{#")) || mark.data[mark.size - 1] != '}' ||
	    str_find_char(id, '{', 0) != STR_NONE || str_find_char(id, '}', 0) != STR_NONE)
		return;
	size_t escape = str_find(reader->content.text, STR("\\{#"), 0);
	if (escape != STR_NONE && str_starts_with(str_from_index(reader->content.text, escape + 1), mark))
		return;
	heading->id = id;
	heading->explicit_id = true;
	node_unlink(last);
	if (heading->last && heading->last->type == NODE_SPACE)
		node_unlink(heading->last);
}

static void
read_heading(struct reader *reader, cmark_node *block)
{
	struct node *node = add_block(reader, NODE_HEADER, block_span(reader, block));
	node->level = (uint32_t)cmark_node_get_heading_level(block);
	size_t first = first_line(reader, block);
	bool setext = is_setext(reader, block);
	set_content(reader, first, setext ? last_line(reader, block) - 1 : first);
	set_content_start(reader, block, setext ? 0 : cut_atx_marks(&reader->content));
	read_inlines(reader, block, node);
	if (reader->options->heading_ids)
		take_explicit_id(reader, node);
}

static void
read_code_block(struct reader *reader, cmark_node *block)
{
	struct node *node = add_block(reader, NODE_CODE_BLOCK, block_span(reader, block));
	node->text = str_copy(reader->arena, literal_of(block));
	node->info = str_copy(reader->arena, str_from(cmark_node_get_fence_info(block)));
}

static void
open_list(struct reader *reader, cmark_node *block)
{
	bool ordered = cmark_node_get_list_type(block) == CMARK_ORDERED_LIST;
	struct node *list = add_block(reader, ordered ? NODE_ORDERED_LIST : NODE_BULLET_LIST, block_span(reader, block));
	list->tight = cmark_node_get_list_tight(block);
	list->level = ordered ? (uint32_t)cmark_node_get_list_start(block) : 0;
	list->paren_delimiter = cmark_node_get_list_delim(block) == CMARK_PAREN_DELIM;
	reader->at = list;
}

/* Tables */

static void
read_cell(struct reader *reader, const struct region_cell *cell, struct node *node)
{
	region_cell_content(&reader->scratch, &reader->places, cell, &reader->content_text, &reader->content);
	reader->content_line = cell->parsed ? cmark_node_get_start_line(cell->parsed) : 0;
	reader->content_column = 1;
	reader->skip = 2;
	if (cell->parsed) {
		read_inlines(reader, cell->parsed, node);
		return;
	}
	if (cell->crowded)
		diag_add(reader->diags, CODE_FM042, node->span, STR(""), "a cell has more than %d opening brackets",
		         PARAGRAPH_BRACKETS_MAX);
	inline_begin(&reader->inlines, node, &reader->content);
	inline_add_text(&reader->inlines, str_from_index(reader->content.text, 2), 2);
	inline_end(&reader->inlines);
}

static void
read_row(struct reader *reader, const struct region *region, const struct region_line *line, struct node *group)
{
	struct node *row = node_new(reader->arena, NODE_TABLE_ROW, places_span(&reader->places, line->from, line->to));
	node_append(group, row);
	for (size_t i = 0; i < region->alignments.count; i++) {
		struct region_cell empty = {.from = line->to, .to = line->to, .plain = true};
		const struct region_cell *cell =
			i < line->cells ? &reader->regions.cells.items[line->first_cell + i] : &empty;
		struct node *node = node_new(reader->arena, NODE_TABLE_CELL,
		                             places_span(&reader->places, cell->from, cell->to));
		node->align = region->alignments.items[i];
		node_append(row, node);
		if (cell->to > cell->from)
			read_cell(reader, cell, node);
	}
}

static void
read_table(struct reader *reader, const struct region *region)
{
	size_t count = region->last - region->first + 1;
	struct span span = lines_span(reader, region->lines[0].from, region->last);
	struct node *table = add_block(reader, NODE_TABLE, span);
	struct node *head = node_new(reader->arena, NODE_TABLE_HEAD, places_span(&reader->places, region->lines[0].from,
	                                                                         region->lines[0].to));
	struct node *body = node_new(reader->arena, NODE_TABLE_BODY, span);
	node_append(table, head);
	node_append(table, body);
	read_row(reader, region, &region->lines[0], head);
	for (size_t i = 2; i < count; i++)
		read_row(reader, region, &region->lines[i], body);
}

static void
read_region(struct reader *reader, const struct region *region)
{
	if (region->type == REGION_TABLE) {
		read_table(reader, region);
		return;
	}
	add_raw_lines(reader, region->first, region->last);
	struct span span = reader->at->last->span;
	if (region->type == REGION_LARGE_TABLE)
		diag_add(reader->diags, CODE_FM043, span, STR(""),
		         "the tables up to here have more than %d cells", TABLE_CELLS_MAX);
	else
		diag_add(reader->diags, CODE_FM042, span, STR(""), "a paragraph has more than %d opening brackets",
		         PARAGRAPH_BRACKETS_MAX);
}

/* The tree */

static void
read_block(struct reader *reader, cmark_node *block)
{
	size_t first = first_line(reader, block);
	const struct region *region = reader->regions.of_line[first];
	cmark_node_type type = cmark_node_get_type(block);
	if (region && !has_blocks(type)) {
		if (region->first == first)
			read_region(reader, region);
		return;
	}
	switch (type) {
	case CMARK_NODE_BLOCK_QUOTE:
		reader->at = add_block(reader, NODE_BLOCK_QUOTE, block_span(reader, block));
		break;
	case CMARK_NODE_LIST: open_list(reader, block); break;
	case CMARK_NODE_ITEM: reader->at = add_block(reader, NODE_LIST_ITEM, block_span(reader, block)); break;
	case CMARK_NODE_PARAGRAPH: read_paragraph(reader, block); break;
	case CMARK_NODE_HEADING: read_heading(reader, block); break;
	case CMARK_NODE_CODE_BLOCK: read_code_block(reader, block); break;
	case CMARK_NODE_HTML_BLOCK:
		add_block(reader, NODE_RAW_BLOCK, block_span(reader, block))->text =
			str_copy(reader->arena, literal_of(block));
		break;
	case CMARK_NODE_THEMATIC_BREAK: add_block(reader, NODE_HORIZONTAL_RULE, block_span(reader, block)); break;
	default: break;
	}
}

static void
leave_block(struct reader *reader)
{
	reader->at = reader->at->parent;
}

static void
cut_block(struct reader *reader, cmark_node *block)
{
	size_t first = first_line(reader, block);
	add_raw_lines(reader, first, last_line(reader, block));
	diag_add(reader->diags, CODE_FM041, reader->at->last->span, STR(""),
	         "quotes and lists are nested more than %d deep", MARKDOWN_DEPTH_MAX);
}

/* Limits on the whole text */

/* At most so many containers can be open on the line. */
static size_t
line_depth(struct str line)
{
	size_t depth = 0;
	for (size_t i = 0; i < line.size && strchr(" \t>-+*.)0123456789", line.data[i]); i++)
		depth += line.data[i] == '\t' ? 4 : !(line.data[i] >= '0' && line.data[i] <= '9');
	return depth;
}

static bool
is_blank_line(struct str line)
{
	size_t i = 0;
	while (i < line.size && strchr(" \t>", line.data[i]))
		i++;
	return i == line.size;
}

/* cmark looks at every open container for every blank line. */
static bool
is_too_much_work(struct reader *reader)
{
	size_t depth = 0, blank = 0;
	for (size_t i = 0; i < reader->places.lines.count; i++) {
		struct str line = line_text(reader, i);
		size_t here = line_depth(line);
		depth = here > depth ? here : depth;
		blank += is_blank_line(line);
	}
	return blank && depth > BLANK_WORK_MAX / blank;
}

static bool
is_within_limits(struct reader *reader)
{
	struct span file = span_of_file(reader->source);
	size_t size = reader->source->text.size - reader->places.lines.items[0].start;
	if (size > MARKDOWN_SIZE_MAX) {
		diag_add(reader->diags, CODE_FM040, file, STR(""), "the text is larger than %d MiB",
		         MARKDOWN_SIZE_MAX / (1024 * 1024));
		return false;
	}
	if (is_too_much_work(reader)) {
		diag_add(reader->diags, CODE_FM041, file, STR(""), "quotes and lists are nested too deeply");
		return false;
	}
	return true;
}

static void
read_document(struct reader *reader)
{
	size_t last = reader->places.lines.count - 1;
	if (!is_within_limits(reader)) {
		add_raw_lines(reader, 0, last);
		return;
	}
	region_set_init(&reader->regions, &reader->scratch, &reader->places);
	reader->deep = arena_array(&reader->scratch, bool, last + 1);
	cmark_node *cells, *root = parse(reader, &cells);
	walk_blocks(reader, root, read_block, leave_block, cut_block);
	if (cells && cells != root)
		cmark_node_free(cells);
	cmark_node_free(root);
}

struct node *
markdown_read(struct arena *arena, const struct source *source, size_t from, uint32_t first_line_number,
              const struct markdown_options *options, struct diag_list *diags)
{
	struct reader reader = {.arena = arena, .options = options, .source = source, .diags = diags};
	arena_init(&reader.scratch);
	places_init(&reader.places, &reader.scratch, source, from, first_line_number);
	struct span span = places_span(&reader.places, from, source->text.size);
	struct node *document = node_new(arena, NODE_DOCUMENT, span);
	reader.at = document;
	reader.inlines = (struct inline_builder){.arena = arena, .scratch = &reader.scratch, .options = options,
	                                         .places = &reader.places};
	read_document(&reader);
	buf_release(&reader.content_text);
	buf_release(&reader.inlines.word);
	arena_release(&reader.scratch);
	return document;
}
