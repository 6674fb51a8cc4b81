/* Lines, places and blocks of cmark's tree. */
#include <string.h>

#include "text/markdown_reader.h"

struct str
reader_line(const struct markdown_reader *reader, size_t index)
{
	const struct text_line *line = &reader->places.lines.items[index];
	return str_slice(reader->source->text, line->start, line->end);
}

/* Index of a line of cmark's, which counts from 1. */
static size_t
line_index(const struct markdown_reader *reader, int line)
{
	size_t count = reader->places.lines.count, index = line > 0 ? (size_t)line - 1 : 0;
	index = index > reader->shift ? index - reader->shift : 0;
	return index < count ? index : count - 1;
}

size_t
reader_first_line(const struct markdown_reader *reader, cmark_node *node)
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
size_t
reader_last_line(const struct markdown_reader *reader, cmark_node *node)
{
	size_t first = reader_first_line(reader, node), last = line_index(reader, cmark_node_get_end_line(node));
	if (cmark_node_get_type(node) == CMARK_NODE_HEADING && last > first + 1 &&
	    is_underline(reader_line(reader, last - 1)))
		last--;
	return last > first ? last : first;
}

bool
reader_is_setext(const struct markdown_reader *reader, cmark_node *heading)
{
	return reader_last_line(reader, heading) > reader_first_line(reader, heading);
}

/* The source's offset of COLUMN (from 1) of the line, not beyond its end. */
static size_t
column_offset(const struct markdown_reader *reader, size_t index, int column)
{
	const struct text_line *line = &reader->places.lines.items[index];
	size_t offset = line->start + (column > 0 ? (size_t)column - 1 : 0);
	return offset < line->end ? offset : line->end;
}

struct span
reader_lines_span(struct markdown_reader *reader, size_t from, size_t last)
{
	return places_span(&reader->places, from, reader->places.lines.items[last].end);
}

struct span
reader_block_span(struct markdown_reader *reader, cmark_node *node)
{
	size_t first = reader_first_line(reader, node), last = reader_last_line(reader, node);
	size_t from = column_offset(reader, first, cmark_node_get_start_column(node));
	if (reader->regions.of_line[last] || last != line_index(reader, cmark_node_get_end_line(node)))
		return reader_lines_span(reader, from, last);
	return places_span(&reader->places, from, column_offset(reader, last, cmark_node_get_end_column(node) + 1));
}

struct str
reader_literal(cmark_node *node)
{
	return str_from(cmark_node_get_literal(node));
}

static bool
is_container(cmark_node_type type)
{
	return type == CMARK_NODE_BLOCK_QUOTE || type == CMARK_NODE_ITEM;
}

static bool
is_too_deep(const struct markdown_reader *reader, cmark_node_type type)
{
	return reader->containers.count >= MARKDOWN_DEPTH_MAX &&
	       (type == CMARK_NODE_BLOCK_QUOTE || type == CMARK_NODE_LIST);
}

static void
push_container(struct markdown_reader *reader, cmark_node *node)
{
	size_t index = reader_first_line(reader, node);
	struct container container = {.quote = true, .line = index};
	if (cmark_node_get_type(node) == CMARK_NODE_ITEM)
		container = container_item(&reader->containers, reader_line(reader, index), index);
	vec_push(&reader->scratch, &reader->containers, container);
}

bool
reader_holds_blocks(cmark_node_type type)
{
	return is_container(type) || type == CMARK_NODE_LIST || type == CMARK_NODE_DOCUMENT;
}

void
reader_walk(struct markdown_reader *reader, cmark_node *root, block_visitor visit,
            void (*leave)(struct markdown_reader *reader), block_visitor cut)
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
			if (leave && reader_holds_blocks(type))
				leave(reader);
			continue;
		}
		bool deep = is_too_deep(reader, type);
		if ((size_t)cmark_node_get_start_line(node) > reader->shift)
			(deep ? cut : visit)(reader, node);
		if (reader_holds_blocks(type) && !deep) {
			if (is_container(type))
				push_container(reader, node);
		} else {
			cmark_iter_reset(walk, node, CMARK_EVENT_EXIT);
		}
	}
	cmark_iter_free(walk);
}
