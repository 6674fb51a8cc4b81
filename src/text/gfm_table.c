#include "text/gfm_table.h"

#include <string.h>

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\v' || c == '\f';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t
skip_blanks(struct str line, size_t i)
{
	while (i < line.size && is_blank(line.data[i]))
		i++;
	return i;
}

static bool
passes(struct str line, size_t *i, char c)
{
	if (*i >= line.size || line.data[*i] != c)
		return false;
	++*i;
	return true;
}

/* One ":---:" with the blanks around it. */
static bool
delimiter_cell(struct str line, size_t *i, enum alignment *alignment)
{
	*i = skip_blanks(line, *i);
	bool left = passes(line, i, ':');
	size_t dashes = *i;
	while (passes(line, i, '-'))
		;
	if (*i == dashes)
		return false;
	bool right = passes(line, i, ':');
	*i = skip_blanks(line, *i);
	*alignment = left && right ? ALIGN_CENTER : left ? ALIGN_LEFT : right ? ALIGN_RIGHT : ALIGN_DEFAULT;
	return true;
}

bool
gfm_delimiter_row(struct arena *arena, struct str line, alignment_vec *alignments)
{
	alignments->count = 0;
	size_t i = skip_blanks(line, 0);
	if (i == line.size || !strchr("|:-", line.data[i]) || line.size > UINT32_MAX)
		return false;
	passes(line, &i, '|');
	while (i < line.size) {
		enum alignment alignment;
		if (!delimiter_cell(line, &i, &alignment))
			return false;
		vec_push(arena, alignments, alignment);
		if (i < line.size && !passes(line, &i, '|'))
			return false;
		if (skip_blanks(line, i) == line.size)
			break;
	}
	return alignments->count > 0;
}

/* Moves *I, at a cell's start, to its bar or the line's end; false when no cell is left. */
static bool
next_cell(struct str line, size_t *i, struct cell_place *cell)
{
	*i = skip_blanks(line, *i);
	if (*i >= line.size)
		return false;
	*cell = (struct cell_place){.from = *i};
	while (*i < line.size && line.data[*i] != '|') {
		bool escape = line.data[*i] == '\\' && *i + 1 < line.size && line.data[*i + 1] == '|';
		cell->escaped |= escape;
		*i += escape ? 2 : 1;
	}
	cell->to = *i;
	while (cell->to > cell->from && is_blank(line.data[cell->to - 1]))
		cell->to--;
	return true;
}

void
gfm_row_cells(struct arena *arena, struct str line, size_t limit, cell_place_vec *cells)
{
	cells->count = 0;
	size_t i = skip_blanks(line, 0);
	passes(line, &i, '|');
	struct cell_place cell;
	while (cells->count < limit && next_cell(line, &i, &cell)) {
		vec_push(arena, cells, cell);
		i++;
	}
}

size_t
gfm_row_width(struct str line)
{
	size_t i = skip_blanks(line, 0), width = 0;
	passes(line, &i, '|');
	struct cell_place cell;
	for (; next_cell(line, &i, &cell); i++)
		width++;
	return width;
}

static bool
only_from(struct str line, size_t i, char c)
{
	while (passes(line, &i, c))
		;
	return skip_blanks(line, i) == line.size;
}

/* List items that cannot interrupt a paragraph: empty ones, and numbers other than 1. */
static bool
is_list_marker(struct str line)
{
	size_t i = 0;
	if (passes(line, &i, '-') || passes(line, &i, '+') || passes(line, &i, '*'))
		return skip_blanks(line, i) == line.size;
	while (i < line.size && i < 9 && is_digit(line.data[i]))
		i++;
	if (i == 0 || (!passes(line, &i, '.') && !passes(line, &i, ')')))
		return false;
	return i == line.size || line.data[i] == ' ' || line.data[i] == '\t';
}

/* One tag of any name, alone on its line: HTML that cannot interrupt a paragraph. */
static bool
is_lone_tag(struct str line)
{
	size_t i = 0;
	if (!passes(line, &i, '<'))
		return false;
	passes(line, &i, '/');
	if (i >= line.size || !is_letter(line.data[i]))
		return false;
	char quote = 0;
	for (; i < line.size && (quote || line.data[i] != '>'); i++) {
		char c = line.data[i];
		if (!quote && c == '<')
			return false;
		if (c == '"' || c == '\'')
			quote = !quote ? c : quote == c ? 0 : quote;
	}
	return i < line.size && skip_blanks(line, i + 1) == line.size;
}

bool
gfm_row_ends_table(struct str line)
{
	bool only_bar = line.size && line.data[0] == '|' && skip_blanks(line, 1) == line.size;
	bool rule = str_starts_with(line, STR("---")) && only_from(line, 0, '-');
	return only_bar || rule || is_list_marker(line) || is_lone_tag(line);
}
