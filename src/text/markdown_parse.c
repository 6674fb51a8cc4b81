/* How cmark gets to read the text: not at all beyond the limits, without the regions, and their cells apart. */
#include <assert.h>
#include <string.h>

#include "text/markdown_reader.h"

enum { PASSES_MAX = 16, BLANK_WORK_MAX = 20 * 1000 * 1000 };

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
is_too_much_work(struct markdown_reader *reader)
{
	size_t depth = 0, blank = 0;
	for (size_t i = 0; i < reader->places.lines.count; i++) {
		struct str line = reader_line(reader, i);
		size_t here = line_depth(line);
		depth = here > depth ? here : depth;
		blank += is_blank_line(line);
	}
	return blank && depth > BLANK_WORK_MAX / blank;
}

bool
reader_is_within_limits(struct markdown_reader *reader)
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

static cmark_node *
parse_text(struct str text)
{
	return cmark_parse_document(text.data, text.size, CMARK_OPT_SOURCEPOS);
}

static bool
needs_definitions(const struct markdown_reader *reader)
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
add_cell_lines(struct markdown_reader *reader, struct buf *text)
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
take_cells(struct markdown_reader *reader, cmark_node *root)
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
mark_deep(struct markdown_reader *reader, cmark_node *block)
{
	size_t first = reader_first_line(reader, block), last = reader_last_line(reader, block);
	memset(reader->deep + first, true, last - first + 1);
}

static void
find_region(struct markdown_reader *reader, cmark_node *block)
{
	cmark_node_type type = cmark_node_get_type(block);
	size_t first = reader_first_line(reader, block);
	if ((type != CMARK_NODE_PARAGRAPH && type != CMARK_NODE_HEADING) || reader->regions.of_line[first])
		return;
	size_t last = reader_last_line(reader, block);
	size_t text = type == CMARK_NODE_HEADING && last > first ? last - 1 : last;
	if (region_find(&reader->regions, &reader->containers, first, reader->options->gfm ? text : first, last))
		reader->parse_again = true;
}

static cmark_node *
parse_regions(struct markdown_reader *reader, const bool *without_brackets)
{
	struct buf text = {0};
	region_rewrite(&reader->regions, &text, without_brackets);
	cmark_node *root = parse_text(buf_str(&text));
	buf_release(&text);
	return root;
}

/* Parses until every region is found: what follows a table may hold the next one. */
static cmark_node *
parse_structure(struct markdown_reader *reader)
{
	bool *crowded = reader->regions.has_crowded ? reader->regions.crowded : NULL;
	struct text_line first = reader->places.lines.items[0];
	cmark_node *root = crowded ? parse_regions(reader, crowded)
	                           : parse_text(str_from_index(reader->source->text, first.start));
	for (int pass = 0; pass < PASSES_MAX; pass++) {
		reader->parse_again = false;
		reader_walk(reader, root, find_region, NULL, mark_deep);
		if (!reader->parse_again)
			return root;
		cmark_node_free(root);
		root = parse_regions(reader, crowded);
	}
	diag_add(reader->diags, CODE_FM044, span_of_file(reader->source), STR(""),
	         "too many tables follow one another without a blank line");
	return root;
}

cmark_node *
reader_parse(struct markdown_reader *reader, cmark_node **cells)
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
