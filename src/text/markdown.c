#include "text/markdown.h"

#include "text/markdown_reader.h"

enum { TABLE_MISFITS_MAX = 100 };

/* The lines' bytes as they are, each with a line break. */
static struct str
raw_lines(struct markdown_reader *reader, size_t first, size_t last)
{
	struct buf text = {0};
	for (size_t i = first; i <= last; i++) {
		buf_add_str(&text, reader_line(reader, i));
		buf_add_char(&text, '\n');
	}
	return buf_take(&text, reader->arena);
}

static struct node *
add_block(struct markdown_reader *reader, enum node_type type, struct span span)
{
	struct node *node = node_new(reader->arena, type, span);
	node_append(reader->at, node);
	return node;
}

static void
add_raw_lines(struct markdown_reader *reader, size_t first, size_t last)
{
	struct span span = reader_lines_span(reader, reader->places.lines.items[first].start, last);
	add_block(reader, NODE_CODE_BLOCK, span)->text = raw_lines(reader, first, last);
}

/* Blocks */

/* Sets the content to the text of the lines, without the containers' marks. Like cmark's, it keeps the white space
 * before a lazy continuation. */
static void
set_content(struct markdown_reader *reader, size_t first, size_t last)
{
	buf_clear(&reader->content_text);
	reader->content.pieces.count = 0;
	reader->skip = 0;
	for (size_t i = first; i <= last; i++) {
		struct str line = reader_line(reader, i);
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
set_content_start(struct markdown_reader *reader, cmark_node *block, int marks)
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

/* A line between two bars: a row, where a table was meant. */
static bool
looks_like_row(struct str line)
{
	line = str_trim(line);
	return line.size > 2 && line.data[0] == '|' && line.data[line.size - 1] == '|';
}

/* Reports the first line of a paragraph that looks like a table's row. */
static void
report_row_in_paragraph(struct markdown_reader *reader)
{
	struct str text = reader->content.text;
	for (size_t i = 0; i < reader->content.pieces.count; i++) {
		const struct content_piece *piece = &reader->content.pieces.items[i];
		size_t end = i + 1 < reader->content.pieces.count ? piece[1].at : text.size;
		if (!looks_like_row(str_slice(text, piece->at, end)))
			continue;
		size_t size = str_trim(str_slice(text, piece->at, end)).size;
		struct diag *diag = diag_add(reader->diags, CODE_FM023,
		                             places_span(&reader->places, piece->source, piece->source + size), STR(""),
		                             "this looks like a row, but there is no table");
		diag_hint(reader->diags, diag, "below the header, write a row like `|---|---|` with as many cells as the header");
		return;
	}
}

static void
read_paragraph(struct markdown_reader *reader, cmark_node *block)
{
	struct node *node = add_block(reader, is_in_tight_list(block) ? NODE_PLAIN : NODE_PARA,
	                              reader_block_span(reader, block));
	set_content(reader, reader_first_line(reader, block), reader_last_line(reader, block));
	if (reader->options->gfm)
		report_row_in_paragraph(reader);
	set_content_start(reader, block, 0);
	reader_read_inlines(reader, block, node);
}

/* "{#id}" at the end of a heading's text, its '{' not escaped. */
static void
take_explicit_id(struct markdown_reader *reader, struct node *heading)
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
read_heading(struct markdown_reader *reader, cmark_node *block)
{
	struct node *node = add_block(reader, NODE_HEADER, reader_block_span(reader, block));
	node->level = (uint32_t)cmark_node_get_heading_level(block);
	size_t first = reader_first_line(reader, block);
	bool setext = reader_is_setext(reader, block);
	set_content(reader, first, setext ? reader_last_line(reader, block) - 1 : first);
	set_content_start(reader, block, setext ? 0 : cut_atx_marks(&reader->content));
	reader_read_inlines(reader, block, node);
	if (reader->options->heading_ids)
		take_explicit_id(reader, node);
}

static void
read_code_block(struct markdown_reader *reader, cmark_node *block)
{
	struct node *node = add_block(reader, NODE_CODE_BLOCK, reader_block_span(reader, block));
	node->text = str_copy(reader->arena, reader_literal(block));
	node->info = str_copy(reader->arena, str_from(cmark_node_get_fence_info(block)));
}

static void
open_list(struct markdown_reader *reader, cmark_node *block)
{
	bool ordered = cmark_node_get_list_type(block) == CMARK_ORDERED_LIST;
	enum node_type type = ordered ? NODE_ORDERED_LIST : NODE_BULLET_LIST;
	struct node *list = add_block(reader, type, reader_block_span(reader, block));
	list->tight = cmark_node_get_list_tight(block);
	list->level = ordered ? (uint32_t)cmark_node_get_list_start(block) : 0;
	list->paren_delimiter = cmark_node_get_list_delim(block) == CMARK_PAREN_DELIM;
	reader->at = list;
}

/* Tables */

static void
read_cell(struct markdown_reader *reader, const struct region_cell *cell, struct node *node)
{
	region_cell_content(&reader->scratch, &reader->places, cell, &reader->content_text, &reader->content);
	reader->content_line = cell->parsed ? cmark_node_get_start_line(cell->parsed) : 0;
	reader->content_column = 1;
	reader->skip = 2;
	if (cell->parsed) {
		reader_read_inlines(reader, cell->parsed, node);
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
read_row(struct markdown_reader *reader, const struct region *region, const struct region_line *line,
         struct node *group)
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

/* Rows with more or fewer cells than the header: GFM drops the ones and makes up the others without a word. */
static void
report_misfits(struct markdown_reader *reader, const struct region *region)
{
	size_t misfits = 0, columns = region->alignments.count;
	for (size_t i = 2; i <= region->last - region->first && misfits < TABLE_MISFITS_MAX; i++) {
		const struct region_line *line = &region->lines[i];
		size_t width = gfm_row_width(str_slice(reader->source->text, line->from, line->to));
		if (width == columns)
			continue;
		misfits++;
		struct diag *diag = diag_add(reader->diags, CODE_FM022, places_span(&reader->places, line->from, line->to), STR(""),
		                             "this row has %zu cells, the header has %zu%s", width, columns,
		                             width > columns ? "; the last are not shown" : "");
		diag_hint(reader->diags, diag, width > columns ? "write a bar inside a cell as `\\|`, or remove what is too much"
		                                               : "add the missing bars, or a blank line where the table ends");
	}
}

static void
read_table(struct markdown_reader *reader, const struct region *region)
{
	size_t count = region->last - region->first + 1;
	report_misfits(reader, region);
	struct span span = reader_lines_span(reader, region->lines[0].from, region->last);
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
read_region(struct markdown_reader *reader, const struct region *region)
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
read_block(struct markdown_reader *reader, cmark_node *block)
{
	size_t first = reader_first_line(reader, block);
	const struct region *region = reader->regions.of_line[first];
	cmark_node_type type = cmark_node_get_type(block);
	if (region && !reader_holds_blocks(type)) {
		if (region->first == first)
			read_region(reader, region);
		return;
	}
	switch (type) {
	case CMARK_NODE_BLOCK_QUOTE:
		reader->at = add_block(reader, NODE_BLOCK_QUOTE, reader_block_span(reader, block));
		break;
	case CMARK_NODE_LIST: open_list(reader, block); break;
	case CMARK_NODE_ITEM: reader->at = add_block(reader, NODE_LIST_ITEM, reader_block_span(reader, block)); break;
	case CMARK_NODE_PARAGRAPH: read_paragraph(reader, block); break;
	case CMARK_NODE_HEADING: read_heading(reader, block); break;
	case CMARK_NODE_CODE_BLOCK: read_code_block(reader, block); break;
	case CMARK_NODE_HTML_BLOCK:
		add_block(reader, NODE_RAW_BLOCK, reader_block_span(reader, block))->text =
			str_copy(reader->arena, reader_literal(block));
		break;
	case CMARK_NODE_THEMATIC_BREAK: add_block(reader, NODE_HORIZONTAL_RULE, reader_block_span(reader, block)); break;
	default: break;
	}
}

static void
leave_block(struct markdown_reader *reader)
{
	reader->at = reader->at->parent;
}

static void
cut_block(struct markdown_reader *reader, cmark_node *block)
{
	size_t first = reader_first_line(reader, block);
	add_raw_lines(reader, first, reader_last_line(reader, block));
	diag_add(reader->diags, CODE_FM041, reader->at->last->span, STR(""),
	         "quotes and lists are nested more than %d deep", MARKDOWN_DEPTH_MAX);
}

static void
read_document(struct markdown_reader *reader)
{
	size_t last = reader->places.lines.count - 1;
	if (!reader_is_within_limits(reader)) {
		add_raw_lines(reader, 0, last);
		return;
	}
	region_set_init(&reader->regions, &reader->scratch, &reader->places);
	reader->deep = arena_array(&reader->scratch, bool, last + 1);
	cmark_node *cells, *root = reader_parse(reader, &cells);
	reader_walk(reader, root, read_block, leave_block, cut_block);
	if (cells && cells != root)
		cmark_node_free(cells);
	cmark_node_free(root);
}

struct node *
markdown_read(struct arena *arena, const struct source *source, size_t from, uint32_t first_line_number,
              const struct markdown_options *options, struct diag_list *diags)
{
	struct markdown_reader reader = {.arena = arena, .options = options, .source = source, .diags = diags};
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
