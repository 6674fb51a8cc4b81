#include "text/gfm_region.h"

#include <string.h>

static struct str
line_text(const struct places *places, size_t index)
{
	const struct text_line *line = &places->lines.items[index];
	return str_slice(places->source->text, line->start, line->end);
}

static size_t
first_text(struct str line)
{
	size_t i = 0;
	while (i < line.size && (line.data[i] == ' ' || line.data[i] == '\t'))
		i++;
	return i;
}

/* A '[' that may be hidden from cmark without a change of the blocks. */
static bool
is_plain_bracket(struct str line, size_t i)
{
	return line.data[i] == '[' && !str_ends_with(str_slice(line, 0, i), STR("<!")) &&
	       !str_ends_with(str_slice(line, 0, i), STR("<![CDATA"));
}

/* Brackets that can open a link, but for a line's first character: that starts a definition. */
static size_t
count_brackets(struct str line)
{
	size_t count = 0;
	for (size_t i = first_text(line) + 1; i < line.size; i++)
		count += line.data[i] == '[';
	return count;
}

static bool
is_blank_line(struct str line)
{
	return first_text(line) == line.size;
}

/* Marks the runs of lines that could be a paragraph with too many brackets. */
static void
mark_crowded(struct region_set *set)
{
	size_t start = 0, brackets = 0, count = set->places->lines.count;
	for (size_t i = 0; i <= count; i++) {
		struct str line = i < count ? line_text(set->places, i) : STR("");
		if (!is_blank_line(line)) {
			brackets += count_brackets(line);
			continue;
		}
		if (brackets > PARAGRAPH_BRACKETS_MAX) {
			set->has_crowded = true;
			memset(set->crowded + start, true, i - start);
		}
		start = i + 1;
		brackets = 0;
	}
}

void
region_set_init(struct region_set *set, struct arena *arena, struct places *places)
{
	*set = (struct region_set){.arena = arena, .places = places};
	set->of_line = arena_array(arena, struct region *, places->lines.count);
	set->crowded = arena_array(arena, bool, places->lines.count);
	mark_crowded(set);
}

/* The line as a table sees it: false when it lacks a container's mark or is indented like code. */
static bool
read_line(const struct region_set *set, const container_vec *containers, size_t index, struct region_line *line)
{
	struct str text = line_text(set->places, index);
	size_t start = set->places->lines.items[index].start;
	struct line_cut cut;
	bool inside = container_cut(containers, text, index, &cut);
	size_t from = line_cut_text(&cut);
	*line = (struct region_line){.marks = start, .marks_end = start + cut.at};
	line->from = start + from;
	line->to = start + text.size;
	return inside && line_cut_indent(&cut) < 4;
}

static struct str
row_text(const struct region_set *set, const struct region_line *line)
{
	return str_slice(set->places->source->text, line->from, line->to);
}

static struct region *
add_region(struct region_set *set, enum region_type type, size_t first, size_t last)
{
	struct region *region = arena_new(set->arena, struct region);
	region->type = type;
	region->first = first;
	region->last = last;
	region->lines = arena_array(set->arena, struct region_line, last - first + 1);
	vec_push(set->arena, &set->items, region);
	for (size_t i = first; i <= last; i++)
		set->of_line[i] = region;
	return region;
}

static bool
is_plain(struct str text)
{
	for (size_t i = 0; i < text.size; i++)
		if (strchr("\\`*_[<&", text.data[i]))
			return false;
	return true;
}

static void
add_cells(struct region_set *set, struct region_line *line, size_t columns)
{
	cell_place_vec places = {0};
	struct str text = row_text(set, line);
	gfm_row_cells(set->arena, text, columns, &places);
	line->first_cell = set->cells.count;
	line->cells = places.count;
	for (size_t i = 0; i < places.count; i++) {
		struct cell_place place = places.items[i];
		struct str cell = str_slice(text, place.from, place.to);
		struct region_cell *added = vec_add(set->arena, &set->cells);
		added->from = line->from + place.from;
		added->to = line->from + place.to;
		added->escaped = place.escaped;
		added->crowded = count_brackets(cell) > PARAGRAPH_BRACKETS_MAX;
		added->plain = added->crowded || is_plain(cell);
	}
}

/* The delimiter row among the lines, which must fit the line before it. */
static size_t
find_delimiter(struct region_set *set, const container_vec *containers, size_t first, size_t last,
               alignment_vec *alignments)
{
	struct region_line line, before;
	for (size_t i = first + 1; i <= last; i++) {
		if (!read_line(set, containers, i, &line) ||
		    !gfm_delimiter_row(set->arena, row_text(set, &line), alignments))
			continue;
		read_line(set, containers, i - 1, &before);
		if (gfm_row_width(row_text(set, &before)) == alignments->count)
			return i;
	}
	return 0;
}

static size_t
find_table_end(struct region_set *set, const container_vec *containers, size_t delimiter, size_t last)
{
	struct region_line line;
	size_t end = delimiter;
	while (end < last && read_line(set, containers, end + 1, &line) &&
	       !gfm_row_ends_table(row_text(set, &line)))
		end++;
	return end;
}

/* A header that lacks its containers' marks gets those of the delimiter row. */
static void
mark_header(struct region_set *set, const container_vec *containers, const struct region *table)
{
	struct line_cut cut;
	if (!container_cut(containers, line_text(set->places, table->first), table->first, &cut)) {
		table->lines[0].marks = table->lines[1].marks;
		table->lines[0].marks_end = table->lines[1].marks_end;
	}
}

static void
add_table(struct region_set *set, const container_vec *containers, size_t header, size_t last,
          const alignment_vec *alignments)
{
	struct region *table = add_region(set, REGION_TABLE, header, last);
	table->alignments = *alignments;
	set->table_cells += alignments->count * (last - header);
	if (set->table_cells > TABLE_CELLS_MAX)
		table->type = REGION_LARGE_TABLE;
	for (size_t i = header; i <= last; i++) {
		struct region_line *line = &table->lines[i - header];
		read_line(set, containers, i, line);
		if (table->type == REGION_TABLE && i != header + 1)
			add_cells(set, line, alignments->count);
	}
	mark_header(set, containers, table);
}

static bool
find_large_paragraph(struct region_set *set, const container_vec *containers, size_t first, size_t last)
{
	size_t brackets = 0;
	for (size_t i = first; i <= last; i++)
		brackets += count_brackets(line_text(set->places, i));
	if (brackets <= PARAGRAPH_BRACKETS_MAX)
		return false;
	struct region *region = add_region(set, REGION_LARGE_PARAGRAPH, first, last);
	for (size_t i = first; i <= last; i++)
		read_line(set, containers, i, &region->lines[i - first]);
	return true;
}

bool
region_find(struct region_set *set, const container_vec *containers, size_t first, size_t text_last, size_t last)
{
	alignment_vec alignments = {0};
	size_t delimiter = find_delimiter(set, containers, first, text_last, &alignments);
	if (!delimiter)
		return set->crowded[first] && find_large_paragraph(set, containers, first, last);
	size_t end = find_table_end(set, containers, delimiter, last);
	add_table(set, containers, delimiter - 1, end, &alignments);
	return delimiter - 1 > first || end < last;
}

static void
add_without_brackets(struct buf *text, struct str line)
{
	size_t start = text->size;
	buf_add_str(text, line);
	for (size_t i = first_text(line) + 1; i < line.size; i++)
		if (is_plain_bracket(line, i))
			text->data[start + i] = 'x';
}

void
region_rewrite(const struct region_set *set, struct buf *text, const bool *without_brackets)
{
	const struct places *places = set->places;
	for (size_t i = 0; i < places->lines.count; i++) {
		const struct region *region = set->of_line[i];
		struct str line = line_text(places, i);
		if (region) {
			const struct region_line *marked = &region->lines[i - region->first];
			buf_add_str(text, str_slice(places->source->text, marked->marks, marked->marks_end));
			buf_add_c(text, "<!-- -->");
		} else if (without_brackets && without_brackets[i]) {
			add_without_brackets(text, line);
		} else {
			buf_add_str(text, line);
		}
		buf_add_char(text, '\n');
	}
}

void
region_cell_content(struct arena *arena, const struct places *places, const struct region_cell *cell, struct buf *text,
                    struct content *content)
{
	struct str source = places->source->text;
	content->pieces.count = 0;
	buf_clear(text);
	buf_add_c(text, "X ");
	vec_push(arena, &content->pieces, ((struct content_piece){0, cell->from}));
	vec_push(arena, &content->pieces, ((struct content_piece){2, cell->from}));
	for (size_t i = cell->from; i < cell->to; i++) {
		if (cell->escaped && source.data[i] == '\\' && i + 1 < cell->to && source.data[i + 1] == '|')
			vec_push(arena, &content->pieces, ((struct content_piece){text->size, ++i}));
		buf_add_char(text, source.data[i]);
	}
	content->text = buf_str(text);
}
