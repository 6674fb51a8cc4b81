#include "site/heat_map.h"

/* User units of the picture, which scales with the page. */
enum { CELL_WIDTH = 60, CELL_HEIGHT = 46, LEFT = 132, TOP = 8, BOTTOM = 62, RIGHT = 8, LABEL_MAX = 17, SHORT_LABEL_MAX = 9 };

static const struct report_cell *
cell_at(const struct report_heat_map *map, size_t row, size_t column)
{
	return &map->cells[row * map->columns + column];
}

static size_t
left_of(size_t column)
{
	return LEFT + column * CELL_WIDTH;
}

/* The highest likelihood stands on top. */
static size_t
top_of(const struct report_heat_map *map, size_t row)
{
	return TOP + (map->rows - 1 - row) * CELL_HEIGHT;
}

/* TEXT, cut to MOST characters. */
static void
add_label(struct buf *out, struct str text, size_t most)
{
	size_t end = 0, characters = 0;
	for (; end < text.size; end++) {
		if (((unsigned char)text.data[end] & 0xC0) == 0x80)
			continue;
		if (characters++ == most)
			break;
	}
	buf_add_html(out, str_slice(text, 0, end));
	if (end < text.size)
		buf_add_c(out, "…");
}

static void
add_description(struct buf *out, const struct report *report, const struct report_heat_map *map)
{
	size_t above = 0;
	for (size_t i = 0; i < map->rows * map->columns; i++)
		above += map->cells[i].accepted ? 0 : map->cells[i].risks.count;
	buf_printf(out, "<title id=\"map:%s\">%s</title>\n<desc id=\"map:%s-text\">A grid of %zu levels of likelihood by %zu of impact. Of %zu live "
	                "risks %zu stand in it, %zu of them above the appetite line. The table below says which.</desc>\n",
	           map->name, map->title, map->name, map->rows, map->columns, report->live_risks, map->placed, above);
}

static void
add_cell(struct buf *out, const struct report *report, const struct report_heat_map *map, size_t row, size_t column)
{
	const struct report_cell *cell = cell_at(map, row, column);
	const char *level = cell->band < 0                                             ? "none"
	                    : cell->accepted                                           ? "accepted"
	                    : report->site->config->risk.bands.items[cell->band].immediate ? "immediate"
	                                                                               : "above";
	size_t x = left_of(column), y = top_of(map, row);
	buf_printf(out, "<rect class=\"cell %s\" x=\"%zu\" y=\"%zu\" width=\"%d\" height=\"%d\"/>\n", level, x, y, CELL_WIDTH, CELL_HEIGHT);
	if (cell->band >= 0) {
		buf_printf(out, "<text class=\"score\" x=\"%zu\" y=\"%zu\">", x + 5, y + 13);
		buf_add_number(out, cell->score);
		buf_add_c(out, "</text>\n");
	}
	if (cell->risks.count)
		buf_printf(out, "<circle class=\"dot\" cx=\"%zu\" cy=\"%zu\" r=\"14\"/>\n<text class=\"count\" x=\"%zu\" y=\"%zu\">%zu</text>\n",
		           x + CELL_WIDTH / 2, y + CELL_HEIGHT / 2 + 3, x + CELL_WIDTH / 2, y + CELL_HEIGHT / 2 + 8, cell->risks.count);
}

/* The edges between accepted cells and others. */
static void
add_appetite_line(struct buf *out, const struct report_heat_map *map)
{
	struct buf path = {0};
	for (size_t row = 0; row < map->rows; row++) {
		for (size_t column = 0; column < map->columns; column++) {
			bool accepted = cell_at(map, row, column)->accepted;
			size_t x = left_of(column), y = top_of(map, row);
			if (column + 1 < map->columns && cell_at(map, row, column + 1)->accepted != accepted)
				buf_printf(&path, "M%zu %zuv%d", x + CELL_WIDTH, y, CELL_HEIGHT);
			if (row + 1 < map->rows && cell_at(map, row + 1, column)->accepted != accepted)
				buf_printf(&path, "M%zu %zuh%d", x, y, CELL_WIDTH);
		}
	}
	if (path.size)
		buf_printf(out, "<path class=\"appetite\" d=\"%.*s\"/>\n", STR_ARG(buf_str(&path)));
	buf_release(&path);
}

static void
add_axes(struct buf *out, const struct report *report, const struct report_heat_map *map)
{
	const struct risk_method *method = &report->site->config->risk;
	size_t bottom = TOP + map->rows * CELL_HEIGHT;
	for (size_t row = 0; row < map->rows; row++) {
		buf_printf(out, "<text class=\"axis end\" x=\"%d\" y=\"%zu\">", LEFT - 8, top_of(map, row) + CELL_HEIGHT / 2 + 4);
		add_label(out, method->likelihood.items[row].label, LABEL_MAX);
		buf_add_char(out, ' ');
		buf_add_number(out, method->likelihood.items[row].value);
		buf_add_c(out, "</text>\n");
	}
	for (size_t column = 0; column < map->columns; column++) {
		size_t x = left_of(column) + CELL_WIDTH / 2;
		buf_printf(out, "<text class=\"axis middle\" x=\"%zu\" y=\"%zu\">", x, bottom + 16);
		buf_add_number(out, method->impact.items[column].value);
		buf_printf(out, "</text>\n<text class=\"axis middle\" x=\"%zu\" y=\"%zu\">", x, bottom + 31);
		add_label(out, method->impact.items[column].label, SHORT_LABEL_MAX);
		buf_add_c(out, "</text>\n");
	}
	buf_printf(out, "<text class=\"axis end name\" x=\"%d\" y=\"%zu\">↑ Likelihood</text>\n", LEFT - 8, bottom + 16);
	buf_printf(out, "<text class=\"axis middle name\" x=\"%zu\" y=\"%zu\">Impact →</text>\n", LEFT + map->columns * CELL_WIDTH / 2, bottom + 52);
}

void
heat_map_svg(struct buf *out, const struct report *report, const struct report_heat_map *map)
{
	if (!map->rows)
		return;
	buf_printf(out, "<svg class=\"heat-map\" role=\"img\" aria-labelledby=\"map:%s map:%s-text\" viewBox=\"0 0 %zu %zu\">\n", map->name,
	           map->name, left_of(map->columns) + RIGHT, TOP + map->rows * CELL_HEIGHT + BOTTOM);
	add_description(out, report, map);
	for (size_t row = 0; row < map->rows; row++)
		for (size_t column = 0; column < map->columns; column++)
			add_cell(out, report, map, row, column);
	add_appetite_line(out, map);
	add_axes(out, report, map);
	buf_add_c(out, "</svg>\n");
}
