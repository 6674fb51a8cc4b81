#include <math.h>

#include "model/config_reader.h"

/* "Rare - less than once per 5 years" is a label and a description. */
static struct scale_level
level_from_text(double value, struct str text)
{
	static const char *const dashes[] = {" - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", ": "};
	for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
		struct str dash = str_from(dashes[i]);
		size_t at = str_find(text, dash, 0);
		if (at != STR_NONE)
			return (struct scale_level){value, str_trim(str_slice(text, 0, at)),
			                            str_trim(str_from_index(text, at + dash.size))};
	}
	return (struct scale_level){value, str_trim(text), STR("")};
}

static void
insert_level(struct config_reader *reader, risk_scale *scale, struct scale_level level, struct span span)
{
	for (size_t i = 0; i < scale->count; i++) {
		if (scale->items[i].value == level.value) {
			config_refuse(reader, span, "this level stands twice on the scale", "give each level its own number");
			return;
		}
	}
	vec_push(reader->arena, scale, level);
	for (size_t i = scale->count - 1; i > 0 && scale->items[i - 1].value > scale->items[i].value; i--) {
		struct scale_level lower = scale->items[i];
		scale->items[i] = scale->items[i - 1];
		scale->items[i - 1] = lower;
	}
}

enum { SCALE_MAX = 20, BANDS_MAX = 20 };

static void
read_level_pair(struct config_reader *reader, risk_scale *scale, const struct tree_pair *pair)
{
	double value;
	struct str text;
	if (!str_to_number(str_trim(pair->key), &value))
		config_refuse(reader, pair->key_span, "a level of a scale is a number", "write `1: Rare - less than once in 5 years`");
	else if (config_read_text(reader, pair->value, &text))
		insert_level(reader, scale, level_from_text(value, text), pair->key_span);
}

static void
read_level_map(struct config_reader *reader, risk_scale *scale, const struct tree *tree)
{
	struct scale_level level = {NAN, STR(""), STR("")};
	for (size_t i = 0; i < tree->pairs.count; i++) {
		const struct tree_pair *pair = &tree->pairs.items[i];
		static const struct str known[] = {{"value", 5}, {"label", 5}, {"description", 11}};
		if (str_equal(pair->key, known[0]))
			config_read_number(reader, pair->value, -1e6, 1e6, &level.value);
		else if (str_equal(pair->key, known[1]))
			config_read_text(reader, pair->value, &level.label);
		else if (str_equal(pair->key, known[2]))
			config_read_text(reader, pair->value, &level.description);
		else if (!config_is_custom(pair->key))
			config_unknown_key(reader, pair, known, 3);
	}
	if (isnan(level.value))
		config_refuse(reader, tree->span, "a level of a scale needs its number", "add `value:`");
	else
		insert_level(reader, scale, level, tree->span);
}

/* Map of number to text, list of maps, or list of labels (numbered from 1). */
static void
read_scale(struct config_reader *reader, const struct tree *tree, risk_scale *scale)
{
	risk_scale read = {0};
	size_t before = reader->diags->items.count;
	if (tree->pairs.count > SCALE_MAX || tree->items.count > SCALE_MAX) {
		config_refuse(reader, tree->span, "a scale has at most 20 levels", "use fewer levels");
		return;
	}
	for (size_t i = 0; i < tree->pairs.count; i++)
		read_level_pair(reader, &read, &tree->pairs.items[i]);
	for (size_t i = 0; i < tree->items.count; i++) {
		const struct tree *item = tree->items.items[i];
		if (item->type == TREE_MAP)
			read_level_map(reader, &read, item);
		else if (item->type == TREE_SCALAR)
			insert_level(reader, &read, level_from_text((double)i + 1, item->text), item->span);
	}
	if (read.count >= 2)
		*scale = read;
	else if (reader->diags->items.count == before)
		config_refuse(reader, tree->span, "a scale needs two levels or more", "write `1: Rare`, `2: Unlikely` … below the key");
}

static void
read_formula(struct config_reader *reader, const struct tree *tree, struct risk_method *method)
{
	static const char *const names[] = {"product", "sum", "matrix"};
	for (int i = FORMULA_PRODUCT; i <= FORMULA_MATRIX; i++) {
		if (tree->type == TREE_SCALAR && str_equal_ignore_case(tree->text, str_from(names[i]))) {
			method->formula = (enum risk_formula)i;
			return;
		}
	}
	config_refuse(reader, tree->span, "the formula is `product`, `sum` or `matrix`", "write one of the three words");
}

/* A row for each likelihood in ascending order, a column for each impact. Read after the scales. */
static void
read_matrix(struct config_reader *reader, const struct tree *tree, struct risk_method *method)
{
	size_t rows = method->likelihood.count, columns = method->impact.count;
	double *matrix = arena_array(reader->arena, double, rows * columns);
	bool fits = tree->type == TREE_LIST && tree->items.count == rows;
	for (size_t i = 0; fits && i < rows; i++) {
		const struct tree *row = tree->items.items[i];
		fits = row->type == TREE_LIST && row->items.count == columns;
		for (size_t j = 0; fits && j < columns; j++)
			fits = config_read_number(reader, row->items.items[j], 0, 1e6, &matrix[i * columns + j]);
	}
	if (fits)
		method->matrix = matrix;
	else
		config_refuse(reader, tree->span, "the matrix does not fit the scales",
		       "write one list for each likelihood, lowest first, with one score for each impact");
}

/* "1-4" */
static bool
read_band_range(const struct tree *tree, struct risk_band *band)
{
	struct str text = str_trim(tree->text);
	size_t dash = str_find_char(text, '-', 1);
	return tree->type == TREE_SCALAR && dash != STR_NONE && str_to_number(str_trim(str_slice(text, 0, dash)), &band->from) &&
	       str_to_number(str_trim(str_from_index(text, dash + 1)), &band->to);
}

static void
read_band(struct config_reader *reader, struct risk_method *method, const struct tree_pair *pair)
{
	static const struct str known[] = {{"from", 4}, {"to", 2}, {"accepted", 8}, {"immediate", 9}};
	struct risk_band band = {.name = pair->key, .from = NAN, .to = NAN};
	if (pair->value->type == TREE_SCALAR && !read_band_range(pair->value, &band)) {
		config_refuse(reader, pair->value->span, "a band is a range of scores", "write `low: 1-4`, or a map with `from` and `to`");
		return;
	}
	for (size_t i = 0; i < pair->value->pairs.count; i++) {
		const struct tree_pair *part = &pair->value->pairs.items[i];
		if (str_equal(part->key, known[0]))
			config_read_number(reader, part->value, -1e6, 1e6, &band.from);
		else if (str_equal(part->key, known[1]))
			config_read_number(reader, part->value, -1e6, 1e6, &band.to);
		else if (str_equal(part->key, known[2]))
			config_read_bool(reader, part->value, &band.accepted);
		else if (str_equal(part->key, known[3]))
			config_read_bool(reader, part->value, &band.immediate);
		else if (!config_is_custom(part->key))
			config_unknown_key(reader, part, known, 4);
	}
	if (isnan(band.from) || isnan(band.to) || band.to < band.from)
		config_refuse(reader, pair->key_span, "a band needs `from` and `to`, in ascending order", "write `low: {from: 1, to: 4}`");
	else
		vec_push(reader->arena, &method->bands, band);
}

static void
sort_bands(struct risk_method *method)
{
	for (size_t i = 1; i < method->bands.count; i++) {
		for (size_t j = i; j > 0 && method->bands.items[j - 1].from > method->bands.items[j].from; j--) {
			struct risk_band lower = method->bands.items[j];
			method->bands.items[j] = method->bands.items[j - 1];
			method->bands.items[j - 1] = lower;
		}
	}
}

/* Where no band says so, the lowest is accepted and the highest asks for a plan at once. */
static void
mark_bands(struct risk_method *method)
{
	bool accepted = false, immediate = false;
	for (size_t i = 0; i < method->bands.count; i++) {
		accepted |= method->bands.items[i].accepted;
		immediate |= method->bands.items[i].immediate;
	}
	if (!accepted)
		method->bands.items[0].accepted = true;
	if (!immediate && method->bands.count > 1)
		method->bands.items[method->bands.count - 1].immediate = true;
}

static void
read_bands(struct config_reader *reader, const struct tree *tree, struct risk_method *method)
{
	struct risk_method read = {0};
	if (!config_expect_map(reader, tree))
		return;
	for (size_t i = 0; i < tree->pairs.count && i < BANDS_MAX; i++)
		read_band(reader, &read, &tree->pairs.items[i]);
	if (!read.bands.count)
		return;
	sort_bands(&read);
	for (size_t i = 1; i < read.bands.count; i++) {
		if (read.bands.items[i].from <= read.bands.items[i - 1].to) {
			config_refuse(reader, tree->span, "two bands overlap", "let each band start above the end of the one below");
			return;
		}
	}
	mark_bands(&read);
	method->bands.items = read.bands.items;
	method->bands.count = read.bands.count;
	method->bands.capacity = read.bands.capacity;
}

void
config_read_risk(struct config_reader *reader, const struct tree *tree)
{
	static const struct str known[] = {{"likelihood", 10}, {"impact", 6},    {"formula", 7},    {"factor", 6},
	                                   {"matrix", 6},      {"bands", 5},     {"tolerance", 9},  {"may_accept", 10}};
	struct risk_method *method = &reader->config->risk;
	const struct tree *matrix = NULL;
	if (!config_expect_map(reader, tree))
		return;
	method->span = tree->span;
	for (size_t i = 0; i < tree->pairs.count; i++) {
		const struct tree_pair *pair = &tree->pairs.items[i];
		if (str_equal(pair->key, known[0]))
			read_scale(reader, pair->value, &method->likelihood);
		else if (str_equal(pair->key, known[1]))
			read_scale(reader, pair->value, &method->impact);
		else if (str_equal(pair->key, known[2]))
			read_formula(reader, pair->value, method);
		else if (str_equal(pair->key, known[3]))
			config_read_number(reader, pair->value, 0.000001, 1e6, &method->factor);
		else if (str_equal(pair->key, known[4]))
			matrix = pair->value;
		else if (str_equal(pair->key, known[5]))
			read_bands(reader, pair->value, method);
		else if (str_equal(pair->key, known[6]))
			config_read_number(reader, pair->value, 0, 1e6, &method->tolerance);
		else if (str_equal(pair->key, known[7]))
			config_read_texts(reader, pair->value, &method->authorities);
		else if (!config_is_custom(pair->key))
			config_unknown_key(reader, pair, known, 8);
	}
	if (matrix)
		read_matrix(reader, matrix, method);
	if (method->formula == FORMULA_MATRIX && !matrix)
		config_refuse(reader, tree->span, "the formula is `matrix`, but no matrix is given", "add `matrix:`");
	if (!method->matrix && method->formula == FORMULA_MATRIX)
		method->formula = FORMULA_PRODUCT;
}
