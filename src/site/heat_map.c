#include "site/heat_map.h"

enum { IDS_COLUMNS_MAX = 7, IDS_IN_CELL = 3, ID_MAX = 9, ID_PITCH = 18, LEFT = 46, TOP = 4, EDGE = 3, NAME_HEIGHT = 18 };

/* User units. */
struct grid {
	const struct report_heat_map *map;
	enum heat_map_form form;
	double cell_width, cell_height;
	bool ids, labels;
};

static struct grid
grid_of(const struct report_heat_map *map, enum heat_map_form form)
{
	struct grid grid = {.map = map, .form = form};
	grid.ids = form == HEAT_MAP_IDS && map->columns <= IDS_COLUMNS_MAX && map->rows <= IDS_COLUMNS_MAX;
	grid.labels = grid.ids;
	grid.cell_width = grid.ids ? 66 : 44;
	grid.cell_height = grid.ids ? 76 : 32;
	return grid;
}

static const struct report_cell *
cell_at(const struct report_heat_map *map, size_t row, size_t column)
{
	return &map->cells[row * map->columns + column];
}

static double
left_of(const struct grid *grid, size_t column)
{
	return LEFT + (double)column * grid->cell_width;
}

/* The highest likelihood stands on top. */
static double
top_of(const struct grid *grid, size_t row)
{
	return TOP + (double)(grid->map->rows - 1 - row) * grid->cell_height;
}

/* ---- cells ---- */

static const char *
level_of(const struct report_cell *cell, const struct risk_method *method)
{
	if (cell->band < 0)
		return "none";
	if (cell->accepted)
		return "accepted";
	return method->bands.items[cell->band].immediate ? "immediate" : "above";
}

static void
open_link(struct buf *out, struct str href, struct str label)
{
	buf_add_c(out, "<a href=\"");
	buf_add_html(out, href);
	buf_add_char(out, '"');
	if (label.size) {
		buf_add_c(out, " aria-label=\"");
		buf_add_html(out, label);
		buf_add_char(out, '"');
	}
	buf_add_char(out, '>');
}

/* Text of a link with the ground behind it that can be hit. */
static void
add_target(struct buf *out, double x, double y, double width, double height)
{
	buf_add_c(out, "<rect class=\"hit\"");
	chart_add_attribute(out, "x", x);
	chart_add_attribute(out, "y", y);
	chart_add_attribute(out, "width", width);
	chart_add_attribute(out, "height", height);
	buf_add_c(out, "/>");
}

static struct str
risk_name(const struct record *risk)
{
	return risk->has_id ? risk->id : risk->title;
}

static void
add_id(struct buf *out, const struct grid *grid, const struct record *risk, double x, double y, const struct heat_map_words *words)
{
	struct str href = words->href(words->context, risk), name = risk_name(risk);
	if (href.size) {
		open_link(out, href, chart_characters(name) > ID_MAX || !str_equal(name, risk->id) ? name : STR(""));
		add_target(out, x + EDGE, y, grid->cell_width - 2 * EDGE, ID_PITCH);
	}
	chart_add_text(out, "id middle", x + grid->cell_width / 2, y + ID_PITCH - 5, name, ID_MAX);
	buf_add_c(out, href.size ? "</a>\n" : "");
}

/* WORDS->more with the number in it. */
static void
add_more_label(struct buf *label, struct str more, size_t count)
{
	size_t at = str_find(more, STR("{n}"), 0);
	buf_add_str(label, at == STR_NONE ? more : str_slice(more, 0, at));
	if (at != STR_NONE) {
		buf_printf(label, "%zu", count);
		buf_add_str(label, str_from_index(more, at + 3));
	}
}

static void
add_number(struct buf *out, const struct grid *grid, double x, double y, double height, const char *sign, size_t count, const struct heat_map_words *words)
{
	struct buf number = {0}, label = {0};
	buf_printf(&number, "%s%zu", sign, count);
	add_more_label(&label, words->more, count);
	open_link(out, words->register_href, buf_str(&label));
	add_target(out, x + EDGE, y, grid->cell_width - 2 * EDGE, height);
	chart_add_text(out, *sign ? "more middle" : "count middle", x + grid->cell_width / 2, y + height / 2 + 5, buf_str(&number), number.size);
	buf_add_c(out, "</a>\n");
	buf_release(&number);
	buf_release(&label);
}

static void
add_risks(struct buf *out, const struct grid *grid, const struct report_cell *cell, double x, double y, const struct heat_map_words *words)
{
	size_t count = cell->risks.count, shown = count <= IDS_IN_CELL ? count : IDS_IN_CELL - 1;
	if (!grid->ids) {
		if (count)
			add_number(out, grid, x, y + EDGE, grid->cell_height - 2 * EDGE, "", count, words);
		return;
	}
	double top = y + grid->cell_height - EDGE - IDS_IN_CELL * ID_PITCH;
	for (size_t i = 0; i < shown; i++)
		add_id(out, grid, cell->risks.items[i], x, top + (double)i * ID_PITCH, words);
	if (shown < count)
		add_number(out, grid, x, top + (double)shown * ID_PITCH, ID_PITCH, "+", count - shown, words);
}

static void
add_cell(struct buf *out, const struct grid *grid, const struct risk_method *method, size_t row, size_t column, const struct heat_map_words *words)
{
	const struct report_cell *cell = cell_at(grid->map, row, column);
	double x = left_of(grid, column), y = top_of(grid, row);
	buf_printf(out, "<rect class=\"cell %s\"", level_of(cell, method));
	chart_add_attribute(out, "x", x);
	chart_add_attribute(out, "y", y);
	chart_add_attribute(out, "width", grid->cell_width);
	chart_add_attribute(out, "height", grid->cell_height);
	buf_add_c(out, "/>\n");
	if (cell->band >= 0 && grid->ids) {
		struct buf score = {0};
		chart_add_value(&score, cell->score, STR(""));
		chart_add_text(out, "score", x + 5, y + 13, buf_str(&score), 8);
		buf_release(&score);
	}
	if (cell->band >= 0 && !cell->accepted && method->bands.items[cell->band].immediate)
		buf_printf(out, "<path class=\"corner\" d=\"M%g %gh-10l10 10z\"/>\n", x + grid->cell_width - 1, y + 1);
	add_risks(out, grid, cell, x, y, words);
}

/* The edges between accepted cells and others. */
static void
add_appetite_line(struct buf *out, const struct grid *grid)
{
	const struct report_heat_map *map = grid->map;
	struct buf path = {0};
	for (size_t row = 0; row < map->rows; row++) {
		for (size_t column = 0; column < map->columns; column++) {
			bool accepted = cell_at(map, row, column)->accepted;
			double x = left_of(grid, column), y = top_of(grid, row);
			if (column + 1 < map->columns && cell_at(map, row, column + 1)->accepted != accepted)
				buf_printf(&path, "M%g %gv%g", x + grid->cell_width, y, grid->cell_height);
			if (row + 1 < map->rows && cell_at(map, row + 1, column)->accepted != accepted)
				buf_printf(&path, "M%g %gh%g", x, y, grid->cell_width);
		}
	}
	if (path.size)
		buf_printf(out, "<path class=\"appetite\" d=\"%.*s\"/>\n", STR_ARG(buf_str(&path)));
	buf_release(&path);
}

/* ---- axes ---- */

/* LABEL on one line or, broken at a blank, on two, each of at most MOST characters. */
static void
add_lines(struct buf *out, const char *class, double x, double y, struct str label, size_t most, const char *turn)
{
	size_t cut = label.size;
	for (size_t i = 0; i < label.size && chart_characters(label) > most; i++)
		if (label.data[i] == ' ' && i > 0 && (cut == label.size || chart_characters(str_slice(label, 0, i)) <= most))
			cut = i;
	for (int line = 0; line < 2; line++) {
		struct str part = line ? str_trim(str_from_index(label, cut)) : str_slice(label, 0, cut);
		if (!part.size)
			break;
		buf_printf(out, "<text class=\"%s\" x=\"%g\" y=\"%g\"%s>", class, x, y + line * 11, turn);
		chart_add_cut(out, part, most);
		buf_add_c(out, "</text>\n");
	}
}

static void
add_level(struct buf *out, const char *class, double x, double y, double value)
{
	struct buf text = {0};
	chart_add_value(&text, value, STR(""));
	chart_add_text(out, class, x, y, buf_str(&text), 5);
	buf_release(&text);
}

static void
add_axes(struct buf *out, const struct grid *grid, const struct risk_method *method)
{
	double bottom = top_of(grid, 0) + grid->cell_height;
	for (size_t row = 0; row < grid->map->rows; row++) {
		double y = top_of(grid, row) + grid->cell_height / 2;
		struct buf turn = {0};
		buf_printf(&turn, " transform=\"rotate(-90 %d %g)\"", 12, y);
		add_level(out, "axis end strong", LEFT - 5, y + 4, method->likelihood.items[row].value);
		if (grid->labels)
			add_lines(out, "axis middle", 12, y, method->likelihood.items[row].label, 14, turn.data);
		buf_release(&turn);
	}
	for (size_t column = 0; column < grid->map->columns; column++) {
		double x = left_of(grid, column) + grid->cell_width / 2;
		add_level(out, "axis middle strong", x, bottom + 14, method->impact.items[column].value);
		if (grid->labels)
			add_lines(out, "axis middle", x, bottom + 27, method->impact.items[column].label, 12, "");
	}
}

static void
add_names(struct buf *out, const struct heat_map_words *words, double width, double y)
{
	buf_printf(out, "<text class=\"axis name\" x=\"0\" y=\"%g\">↑ ", y);
	chart_add_cut(out, words->likelihood, 24);
	buf_printf(out, "</text>\n<text class=\"axis name end\" x=\"%g\" y=\"%g\">", width - 4, y);
	chart_add_cut(out, words->impact, 24);
	buf_add_c(out, " →</text>\n");
}

void
heat_map_svg(struct buf *out, const struct chart *chart, const struct risk_method *method, const struct report_heat_map *map,
             enum heat_map_form form, const struct heat_map_words *words)
{
	if (!map->rows)
		return;
	struct grid grid = grid_of(map, form);
	double width = left_of(&grid, map->columns) + EDGE, axis = top_of(&grid, 0) + grid.cell_height + (grid.labels ? 40 : 16);
	chart_open(out, chart, form == HEAT_MAP_COUNTS ? "heat-map small" : "heat-map", width, axis + NAME_HEIGHT, true);
	for (size_t row = 0; row < map->rows; row++)
		for (size_t column = 0; column < map->columns; column++)
			add_cell(out, &grid, method, row, column, words);
	add_appetite_line(out, &grid);
	add_axes(out, &grid, method);
	add_names(out, words, width, axis + NAME_HEIGHT - 5);
	chart_close(out);
}
