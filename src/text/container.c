#include "text/container.h"

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
at_blank(const struct line_cut *cut)
{
	return cut->at < cut->line.size && (cut->line.data[cut->at] == ' ' || cut->line.data[cut->at] == '\t');
}

size_t
line_cut_text(const struct line_cut *cut)
{
	struct line_cut ahead = *cut;
	while (at_blank(&ahead))
		ahead.at++;
	return ahead.at;
}

size_t
line_cut_indent(const struct line_cut *cut)
{
	size_t column = cut->column + cut->pending;
	for (struct line_cut ahead = *cut; at_blank(&ahead); ahead.at++)
		column += ahead.line.data[ahead.at] == '\t' ? 4 - column % 4 : 1;
	return column - cut->column;
}

/* Takes up to COUNT columns of white space. */
static void
take_blanks(struct line_cut *cut, size_t count)
{
	while (count && (cut->pending || at_blank(cut))) {
		if (!cut->pending) {
			bool tab = cut->line.data[cut->at++] == '\t';
			cut->pending = tab ? 4 - cut->column % 4 : 1;
		}
		size_t taken = cut->pending < count ? cut->pending : count;
		cut->pending -= taken;
		cut->column += taken;
		count -= taken;
	}
}

static void
take_chars(struct line_cut *cut, size_t count)
{
	cut->at += count;
	cut->column += count;
}

static bool
cut_quote(struct line_cut *cut)
{
	size_t text = line_cut_text(cut);
	if (line_cut_indent(cut) > 3 || text >= cut->line.size || cut->line.data[text] != '>')
		return false;
	take_blanks(cut, 3);
	take_chars(cut, 1);
	take_blanks(cut, 1);
	return true;
}

static bool
cut_item(struct line_cut *cut, const struct container *item, size_t index)
{
	if (item->line == index) {
		take_blanks(cut, item->offset);
		take_chars(cut, item->width);
		take_blanks(cut, item->padding);
		return true;
	}
	size_t needed = item->offset + item->width + item->padding;
	if (line_cut_indent(cut) < needed)
		return false;
	take_blanks(cut, needed);
	return true;
}

bool
container_cut(const container_vec *containers, struct str line, size_t index, struct line_cut *cut)
{
	*cut = (struct line_cut){.line = line};
	for (size_t i = 0; i < containers->count; i++) {
		const struct container *container = &containers->items[i];
		if (container->quote ? !cut_quote(cut) : !cut_item(cut, container, index))
			return false;
	}
	return true;
}

struct container
container_item(const container_vec *containers, struct str line, size_t index)
{
	struct line_cut cut;
	container_cut(containers, line, index, &cut);
	struct container item = {.line = index, .offset = line_cut_indent(&cut)};
	take_blanks(&cut, item.offset);
	size_t start = cut.at;
	while (cut.at < line.size && is_digit(line.data[cut.at]))
		take_chars(&cut, 1);
	take_chars(&cut, cut.at < line.size);
	item.width = cut.at - start;
	size_t blanks = line_cut_indent(&cut);
	item.padding = blanks < 1 || blanks > 4 || line_cut_text(&cut) == line.size ? 1 : blanks;
	return item;
}
