#include "model/config.h"

#include <math.h>

#include "base/path.h"
#include "catalogue/catalogue_reader.h"
#include "model/schema_reader.h"
#include "text/yaml.h"

/* ---- defaults ---- */

static void
add_level(struct arena *arena, risk_scale *scale, double value, const char *label)
{
	vec_push(arena, scale, ((struct scale_level){value, str_from(label), STR("")}));
}

static void
default_risk_method(struct risk_method *method, struct arena *arena)
{
	static const char *const likelihood[] = {"Rare", "Unlikely", "Possible", "Likely", "Almost Certain"};
	static const char *const impact[] = {"Negligible", "Minor", "Moderate", "Major", "Critical"};
	for (int i = 0; i < 5; i++) {
		add_level(arena, &method->likelihood, i + 1, likelihood[i]);
		add_level(arena, &method->impact, i + 1, impact[i]);
	}
	vec_push(arena, &method->bands, ((struct risk_band){STR("low"), 1, 4, true, false}));
	vec_push(arena, &method->bands, ((struct risk_band){STR("medium"), 5, 14, false, false}));
	vec_push(arena, &method->bands, ((struct risk_band){STR("high"), 15, 25, false, true}));
	method->formula = FORMULA_PRODUCT;
	method->factor = 1;
	method->tolerance = 0.01;
}

static const struct limits default_limits = {
	.notice = {30, PERIOD_DAYS},
	.document_review = {12, PERIOD_MONTHS},
	.risk_review = {12, PERIOD_MONTHS},
	.risk_assessment = {12, PERIOD_MONTHS},
	.soa_review = {12, PERIOD_MONTHS},
	.requirement_review = {12, PERIOD_MONTHS},
	.evidence_validity = {12, PERIOD_MONTHS},
	.audit_cycle = {12, PERIOD_MONTHS},
	.management_review = {12, PERIOD_MONTHS},
	.supplier_assessment = {12, PERIOD_MONTHS},
	.access_review = {3, PERIOD_MONTHS},
	.exercise = {12, PERIOD_MONTHS},
	.training = {12, PERIOD_MONTHS},
	.metric_frequency = {3, PERIOD_MONTHS},
	.operation_before_stage2 = {3, PERIOD_MONTHS},
	.immediate_plan = {30, PERIOD_DAYS},
	.plan = {90, PERIOD_DAYS},
	.major_root_cause = {10, PERIOD_DAYS},
	.major_action = {30, PERIOD_DAYS},
	.minor_action = {60, PERIOD_DAYS},
	.certificate = {3, PERIOD_YEARS},
	.training_target = 0.9,
	.boilerplate_repeats = 5,
	.respond_hours = {1, 4, 24, 72},
	.escalate_hours = {0.25, 2, 8, 24},
};

struct config *
config_new(struct arena *arena)
{
	struct config *config = arena_new(arena, struct config);
	config->title = STR("ISMS");
	config->language = STR("en");
	config->schema = schema_new(arena);
	config->catalogue = catalogue_find(STR("iso27001-2022"));
	vec_push(arena, &config->catalogues, config->catalogue);
	config->limits = default_limits;
	default_risk_method(&config->risk, arena);
	for (int code = 0; code < CODE_COUNT; code++)
		config->severities[code] = code_text((enum code)code)->severity;
	return config;
}

/* ---- reading ---- */

struct reader {
	struct config *config;
	struct arena *arena;
	const struct source *(*read_file)(void *context, struct str path);
	void *context;
	struct diag_list *diags;
};

static void
refuse(struct reader *reader, struct span span, const char *message, const char *hint)
{
	struct diag *diag = diag_add(reader->diags, CODE_FM018, span, STR("site.yaml"), "%s", message);
	diag_hint(reader->diags, diag, "%s", hint);
}

static void
unknown_key(struct reader *reader, const struct tree_pair *pair, const struct str *known, size_t count)
{
	struct diag *diag = diag_add(reader->diags, CODE_FM019, pair->key_span, STR("site.yaml"),
	                             "`%.*s` is not a key of this map", STR_ARG(pair->key));
	struct str nearest = str_nearest(pair->key, known, count);
	if (nearest.size)
		diag_hint(reader->diags, diag, "did you mean `%.*s`?", STR_ARG(nearest));
	else
		diag_hint(reader->diags, diag, "remove it; ismark-format(5) lists the keys");
}

static bool
is_custom(struct str key)
{
	return str_starts_with(key, STR("x-"));
}

static bool
read_text(struct reader *reader, const struct tree *tree, struct str *text)
{
	if (tree->type != TREE_SCALAR) {
		refuse(reader, tree->span, "a text is expected here", "write one value, not a list or a map");
		return false;
	}
	*text = str_trim(tree->text);
	return true;
}

static bool
read_number(struct reader *reader, const struct tree *tree, double least, double most, double *number)
{
	double value;
	if (tree->type == TREE_SCALAR && str_to_number(str_trim(tree->text), &value) && value >= least && value <= most) {
		*number = value;
		return true;
	}
	struct str message = str_printf(reader->arena, "a number from %g to %g is expected here", least, most);
	refuse(reader, tree->span, str_c(reader->arena, message), "write it as digits, with a point for decimals");
	return false;
}

static bool
read_bool(struct reader *reader, const struct tree *tree, bool *value)
{
	static const char *const yes[] = {"true", "yes", "on"}, *const no[] = {"false", "no", "off"};
	for (size_t i = 0; tree->type == TREE_SCALAR && i < 3; i++) {
		if (str_equal_ignore_case(tree->text, str_from(yes[i]))) {
			*value = true;
			return true;
		}
		if (str_equal_ignore_case(tree->text, str_from(no[i]))) {
			*value = false;
			return true;
		}
	}
	refuse(reader, tree->span, "`true` or `false` is expected here", "write `true` or `false`");
	return false;
}

/* One text or a list of texts. */
static void
read_texts(struct reader *reader, const struct tree *tree, str_vec *texts)
{
	if (tree->type == TREE_SCALAR) {
		vec_push(reader->arena, texts, str_trim(tree->text));
		return;
	}
	for (size_t i = 0; i < tree->items.count; i++) {
		struct str text;
		if (read_text(reader, tree->items.items[i], &text))
			vec_push(reader->arena, texts, text);
	}
	if (tree->type == TREE_MAP)
		refuse(reader, tree->span, "a list is expected here", "write `- ` items");
}

static bool
expect_map(struct reader *reader, const struct tree *tree)
{
	if (tree->type == TREE_MAP)
		return true;
	refuse(reader, tree->span, "a map is expected here", "write `key: value` lines below the key, indented");
	return false;
}

/* ---- risk method ---- */

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
insert_level(struct reader *reader, risk_scale *scale, struct scale_level level, struct span span)
{
	for (size_t i = 0; i < scale->count; i++) {
		if (scale->items[i].value == level.value) {
			refuse(reader, span, "this level stands twice on the scale", "give each level its own number");
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
read_level_pair(struct reader *reader, risk_scale *scale, const struct tree_pair *pair)
{
	double value;
	struct str text;
	if (!str_to_number(str_trim(pair->key), &value))
		refuse(reader, pair->key_span, "a level of a scale is a number", "write `1: Rare - less than once in 5 years`");
	else if (read_text(reader, pair->value, &text))
		insert_level(reader, scale, level_from_text(value, text), pair->key_span);
}

static void
read_level_map(struct reader *reader, risk_scale *scale, const struct tree *tree)
{
	struct scale_level level = {NAN, STR(""), STR("")};
	for (size_t i = 0; i < tree->pairs.count; i++) {
		const struct tree_pair *pair = &tree->pairs.items[i];
		static const struct str known[] = {{"value", 5}, {"label", 5}, {"description", 11}};
		if (str_equal(pair->key, known[0]))
			read_number(reader, pair->value, -1e6, 1e6, &level.value);
		else if (str_equal(pair->key, known[1]))
			read_text(reader, pair->value, &level.label);
		else if (str_equal(pair->key, known[2]))
			read_text(reader, pair->value, &level.description);
		else if (!is_custom(pair->key))
			unknown_key(reader, pair, known, 3);
	}
	if (isnan(level.value))
		refuse(reader, tree->span, "a level of a scale needs its number", "add `value:`");
	else
		insert_level(reader, scale, level, tree->span);
}

/* Map of number to text, list of maps, or list of labels (numbered from 1). */
static void
read_scale(struct reader *reader, const struct tree *tree, risk_scale *scale)
{
	risk_scale read = {0};
	size_t before = reader->diags->items.count;
	if (tree->pairs.count > SCALE_MAX || tree->items.count > SCALE_MAX) {
		refuse(reader, tree->span, "a scale has at most 20 levels", "use fewer levels");
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
		refuse(reader, tree->span, "a scale needs two levels or more", "write `1: Rare`, `2: Unlikely` … below the key");
}

static void
read_formula(struct reader *reader, const struct tree *tree, struct risk_method *method)
{
	static const char *const names[] = {"product", "sum", "matrix"};
	for (int i = FORMULA_PRODUCT; i <= FORMULA_MATRIX; i++) {
		if (tree->type == TREE_SCALAR && str_equal_ignore_case(tree->text, str_from(names[i]))) {
			method->formula = (enum risk_formula)i;
			return;
		}
	}
	refuse(reader, tree->span, "the formula is `product`, `sum` or `matrix`", "write one of the three words");
}

/* A row for each likelihood in ascending order, a column for each impact. Read after the scales. */
static void
read_matrix(struct reader *reader, const struct tree *tree, struct risk_method *method)
{
	size_t rows = method->likelihood.count, columns = method->impact.count;
	double *matrix = arena_array(reader->arena, double, rows * columns);
	bool fits = tree->type == TREE_LIST && tree->items.count == rows;
	for (size_t i = 0; fits && i < rows; i++) {
		const struct tree *row = tree->items.items[i];
		fits = row->type == TREE_LIST && row->items.count == columns;
		for (size_t j = 0; fits && j < columns; j++)
			fits = read_number(reader, row->items.items[j], 0, 1e6, &matrix[i * columns + j]);
	}
	if (fits)
		method->matrix = matrix;
	else
		refuse(reader, tree->span, "the matrix does not fit the scales",
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
read_band(struct reader *reader, struct risk_method *method, const struct tree_pair *pair)
{
	static const struct str known[] = {{"from", 4}, {"to", 2}, {"accepted", 8}, {"immediate", 9}};
	struct risk_band band = {.name = pair->key, .from = NAN, .to = NAN};
	if (pair->value->type == TREE_SCALAR && !read_band_range(pair->value, &band)) {
		refuse(reader, pair->value->span, "a band is a range of scores", "write `low: 1-4`, or a map with `from` and `to`");
		return;
	}
	for (size_t i = 0; i < pair->value->pairs.count; i++) {
		const struct tree_pair *part = &pair->value->pairs.items[i];
		if (str_equal(part->key, known[0]))
			read_number(reader, part->value, -1e6, 1e6, &band.from);
		else if (str_equal(part->key, known[1]))
			read_number(reader, part->value, -1e6, 1e6, &band.to);
		else if (str_equal(part->key, known[2]))
			read_bool(reader, part->value, &band.accepted);
		else if (str_equal(part->key, known[3]))
			read_bool(reader, part->value, &band.immediate);
		else if (!is_custom(part->key))
			unknown_key(reader, part, known, 4);
	}
	if (isnan(band.from) || isnan(band.to) || band.to < band.from)
		refuse(reader, pair->key_span, "a band needs `from` and `to`, in ascending order", "write `low: {from: 1, to: 4}`");
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
read_bands(struct reader *reader, const struct tree *tree, struct risk_method *method)
{
	struct risk_method read = {0};
	if (!expect_map(reader, tree))
		return;
	for (size_t i = 0; i < tree->pairs.count && i < BANDS_MAX; i++)
		read_band(reader, &read, &tree->pairs.items[i]);
	if (!read.bands.count)
		return;
	sort_bands(&read);
	for (size_t i = 1; i < read.bands.count; i++) {
		if (read.bands.items[i].from <= read.bands.items[i - 1].to) {
			refuse(reader, tree->span, "two bands overlap", "let each band start above the end of the one below");
			return;
		}
	}
	mark_bands(&read);
	method->bands.items = read.bands.items;
	method->bands.count = read.bands.count;
	method->bands.capacity = read.bands.capacity;
}

static void
read_risk(struct reader *reader, const struct tree *tree)
{
	static const struct str known[] = {{"likelihood", 10}, {"impact", 6},    {"formula", 7},    {"factor", 6},
	                                   {"matrix", 6},      {"bands", 5},     {"tolerance", 9},  {"may_accept", 10}};
	struct risk_method *method = &reader->config->risk;
	const struct tree *matrix = NULL;
	if (!expect_map(reader, tree))
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
			read_number(reader, pair->value, 0.000001, 1e6, &method->factor);
		else if (str_equal(pair->key, known[4]))
			matrix = pair->value;
		else if (str_equal(pair->key, known[5]))
			read_bands(reader, pair->value, method);
		else if (str_equal(pair->key, known[6]))
			read_number(reader, pair->value, 0, 1e6, &method->tolerance);
		else if (str_equal(pair->key, known[7]))
			read_texts(reader, pair->value, &method->authorities);
		else if (!is_custom(pair->key))
			unknown_key(reader, pair, known, 8);
	}
	if (matrix)
		read_matrix(reader, matrix, method);
	if (method->formula == FORMULA_MATRIX && !matrix)
		refuse(reader, tree->span, "the formula is `matrix`, but no matrix is given", "add `matrix:`");
	if (!method->matrix && method->formula == FORMULA_MATRIX)
		method->formula = FORMULA_PRODUCT;
}

/* ---- limits ---- */

#define PERIOD_KEYS(X) \
	X(notice) X(document_review) X(risk_review) X(risk_assessment) X(soa_review) X(requirement_review) \
	X(evidence_validity) X(audit_cycle) X(management_review) X(supplier_assessment) X(access_review) X(exercise) \
	X(training) X(metric_frequency) X(operation_before_stage2) X(immediate_plan) X(plan) X(major_root_cause) \
	X(major_action) X(minor_action) X(certificate)

static const struct {
	struct str key;
	size_t offset;
} period_keys[] = {
#define X(name) {{#name, sizeof #name - 1}, offsetof(struct limits, name)},
	PERIOD_KEYS(X)
#undef X
};

enum { PERIOD_KEY_COUNT = sizeof period_keys / sizeof *period_keys };

static struct period *
period_of(struct limits *limits, struct str key)
{
	for (size_t i = 0; i < PERIOD_KEY_COUNT; i++)
		if (str_equal(key, period_keys[i].key))
			return (struct period *)(void *)((char *)limits + period_keys[i].offset);
	return NULL;
}

static void
read_periods(struct reader *reader, const struct tree *tree)
{
	struct str known[PERIOD_KEY_COUNT];
	if (!expect_map(reader, tree))
		return;
	for (size_t i = 0; i < PERIOD_KEY_COUNT; i++)
		known[i] = period_keys[i].key;
	for (size_t i = 0; i < tree->pairs.count; i++) {
		const struct tree_pair *pair = &tree->pairs.items[i];
		struct period *period = period_of(&reader->config->limits, pair->key), read;
		if (!period && !is_custom(pair->key))
			unknown_key(reader, pair, known, PERIOD_KEY_COUNT);
		else if (period && (pair->value->type != TREE_SCALAR || !period_parse(str_trim(pair->value->text), &read)))
			refuse(reader, pair->value->span, "a period is expected here", "write `30 days`, `12 months`, `quarterly` …");
		else if (period)
			*period = read;
	}
}

static void
read_thresholds(struct reader *reader, const struct tree *tree)
{
	static const struct str known[] = {{"training_target", 15}, {"boilerplate_repeats", 19}};
	if (!expect_map(reader, tree))
		return;
	for (size_t i = 0; i < tree->pairs.count; i++) {
		const struct tree_pair *pair = &tree->pairs.items[i];
		double number;
		if (str_equal(pair->key, known[0]))
			read_number(reader, pair->value, 0, 1, &reader->config->limits.training_target);
		else if (str_equal(pair->key, known[1]) && read_number(reader, pair->value, 2, 1000, &number))
			reader->config->limits.boilerplate_repeats = (int)number;
		else if (!str_equal(pair->key, known[1]) && !is_custom(pair->key))
			unknown_key(reader, pair, known, 2);
	}
}

static void
read_hours(struct reader *reader, const struct tree *tree, double hours[CHOICE_COUNT_severity_level])
{
	static const struct str known[] = {{"critical", 8}, {"high", 4}, {"medium", 6}, {"low", 3}};
	if (!expect_map(reader, tree))
		return;
	for (size_t i = 0; i < tree->pairs.count; i++) {
		const struct tree_pair *pair = &tree->pairs.items[i];
		size_t level = 0;
		while (level < 4 && !str_equal(pair->key, known[level]))
			level++;
		if (level == 4)
			unknown_key(reader, pair, known, 4);
		else
			read_number(reader, pair->value, 0, 8760, &hours[level]);
	}
}

static void
read_incidents(struct reader *reader, const struct tree *tree)
{
	static const struct str known[] = {{"respond_hours", 13}, {"escalate_hours", 14}};
	if (!expect_map(reader, tree))
		return;
	for (size_t i = 0; i < tree->pairs.count; i++) {
		const struct tree_pair *pair = &tree->pairs.items[i];
		if (str_equal(pair->key, known[0]))
			read_hours(reader, pair->value, reader->config->limits.respond_hours);
		else if (str_equal(pair->key, known[1]))
			read_hours(reader, pair->value, reader->config->limits.escalate_hours);
		else if (!is_custom(pair->key))
			unknown_key(reader, pair, known, 2);
	}
}

static void
read_severities(struct reader *reader, const struct tree *tree)
{
	if (!expect_map(reader, tree))
		return;
	for (size_t i = 0; i < tree->pairs.count; i++) {
		const struct tree_pair *pair = &tree->pairs.items[i];
		enum code code = code_find(str_trim(pair->key));
		enum severity severity;
		struct str text = str_trim(pair->value->text);
		if (str_equal_ignore_case(text, STR("false"))) /* how YAML 1.1 tools write `off` */
			text = STR("off");
		if (code == CODE_COUNT)
			refuse(reader, pair->key_span, "there is no rule of this code", "`ismark explain rules` lists the codes");
		else if (pair->value->type != TREE_SCALAR || !severity_find(text, &severity))
			refuse(reader, pair->value->span, "a severity is `error`, `warning`, `note` or `off`", "write one of the four words");
		else
			reader->config->severities[code] = severity;
	}
}

/* ---- catalogues ---- */

static const struct catalogue *
find_catalogue(struct reader *reader, const struct tree *tree)
{
	struct str name;
	bool broken;
	if (!read_text(reader, tree, &name))
		return NULL;
	const struct catalogue *catalogue = catalogue_find(name);
	if (catalogue)
		return catalogue;
	const struct source *source = reader->read_file ? reader->read_file(reader->context, name) : NULL;
	if (!source) {
		refuse(reader, tree->span, "this is neither a built-in catalogue nor a file that can be read",
		       "write iso27001-2022, iso27001-2013, iso27017-2015, iso27018-2019, or the path of a catalogue file");
		return NULL;
	}
	vec_push(reader->arena, &reader->config->own_files, source->path);
	struct tree *own = yaml_read(reader->arena, source, 0, source->text.size, 1, reader->diags, &broken);
	return broken ? NULL : catalogue_read(reader->arena, own, span_of_file(source), reader->diags);
}

static void
add_catalogue(struct reader *reader, const struct catalogue *catalogue)
{
	struct config *config = reader->config;
	for (size_t i = 0; i < config->catalogues.count; i++)
		if (config->catalogues.items[i] == catalogue)
			return;
	vec_push(reader->arena, &config->catalogues, catalogue);
}

static void
read_primary_catalogue(struct reader *reader, const struct tree *tree)
{
	const struct catalogue *catalogue = find_catalogue(reader, tree);
	if (!catalogue)
		return;
	reader->config->catalogue = catalogue;
	reader->config->catalogues.items[0] = catalogue;
}

static void
read_catalogues(struct reader *reader, const struct tree *tree)
{
	if (tree->type == TREE_SCALAR) {
		const struct catalogue *catalogue = find_catalogue(reader, tree);
		if (catalogue)
			add_catalogue(reader, catalogue);
	}
	for (size_t i = 0; i < tree->items.count; i++) {
		const struct catalogue *catalogue = find_catalogue(reader, tree->items.items[i]);
		if (catalogue)
			add_catalogue(reader, catalogue);
	}
}

/* ---- the top level ---- */

static void
read_title(struct reader *reader, const struct tree *tree)
{
	read_text(reader, tree, &reader->config->title);
}

static void
read_organization(struct reader *reader, const struct tree *tree)
{
	read_text(reader, tree, &reader->config->organization);
}

static void
read_language(struct reader *reader, const struct tree *tree)
{
	read_text(reader, tree, &reader->config->language);
}

static void
read_description(struct reader *reader, const struct tree *tree)
{
	read_text(reader, tree, &reader->config->description);
}

static void
read_footer(struct reader *reader, const struct tree *tree)
{
	read_text(reader, tree, &reader->config->footer);
}

static void
read_theme(struct reader *reader, const struct tree *tree)
{
	read_text(reader, tree, &reader->config->theme);
}

static void
read_base_url(struct reader *reader, const struct tree *tree)
{
	struct str url;
	if (!read_text(reader, tree, &url) || !url.size)
		return;
	if (!str_starts_with(url, STR("https://")) && !str_starts_with(url, STR("http://")))
		refuse(reader, tree->span, "the base URL must start with https:// or http://", "write the site's full address");
	else
		reader->config->base_url = str_ends_with(url, STR("/")) ? url : str_printf(reader->arena, "%.*s/", STR_ARG(url));
}

static void
read_filters(struct reader *reader, const struct tree *tree)
{
	size_t count = tree->type == TREE_SCALAR ? 1 : tree->items.count;
	for (size_t i = 0; i < count; i++) {
		const struct tree *item = tree->type == TREE_SCALAR ? tree : tree->items.items[i];
		struct str path;
		if (!read_text(reader, item, &path))
			continue;
		vec_push(reader->arena, &reader->config->filters, path);
		vec_push(reader->arena, &reader->config->filter_spans, item->span);
	}
}

static void
read_ignore(struct reader *reader, const struct tree *tree)
{
	read_texts(reader, tree, &reader->config->ignore);
}

static void
read_raw_html(struct reader *reader, const struct tree *tree)
{
	read_bool(reader, tree, &reader->config->raw_html);
}

static void
schema_report(void *context, struct span span, const char *message, const char *hint)
{
	refuse(context, span, message, hint);
}

static void
read_kinds(struct reader *reader, const struct tree *tree)
{
	schema_add_kinds(reader->config->schema, reader->arena, tree, schema_report, reader);
}

static void
read_fields(struct reader *reader, const struct tree *tree)
{
	schema_add_fields(reader->config->schema, reader->arena, tree, schema_report, reader);
}

static void
read_synonyms(struct reader *reader, const struct tree *tree)
{
	schema_add_synonyms(reader->config->schema, reader->arena, tree, schema_report, reader);
}

static void
read_classification(struct reader *reader, const struct tree *tree)
{
	schema_set_classification(reader->config->schema, reader->arena, tree, schema_report, reader);
}

static const struct {
	struct str key;
	void (*read)(struct reader *reader, const struct tree *tree);
} keys[] = {
	{{"title", 5}, read_title},
	{{"organization", 12}, read_organization},
	{{"organisation", 12}, read_organization},
	{{"description", 11}, read_description},
	{{"language", 8}, read_language},
	{{"base_url", 8}, read_base_url},
	{{"catalogue", 9}, read_primary_catalogue},
	{{"catalogues", 10}, read_catalogues},
	{{"risk", 4}, read_risk},
	{{"periods", 7}, read_periods},
	{{"thresholds", 10}, read_thresholds},
	{{"incidents", 9}, read_incidents},
	{{"severities", 10}, read_severities},
	{{"theme", 5}, read_theme},
	{{"footer", 6}, read_footer},
	{{"filters", 7}, read_filters},
	{{"ignore", 6}, read_ignore},
	{{"raw_html", 8}, read_raw_html},
	{{"classification", 14}, read_classification},
	{{"kinds", 5}, read_kinds},
	{{"fields", 6}, read_fields},
	{{"synonyms", 8}, read_synonyms},
};

enum { KEY_COUNT = sizeof keys / sizeof *keys };

static void
read_pair(struct reader *reader, const struct tree_pair *pair)
{
	struct str known[KEY_COUNT];
	for (size_t i = 0; i < KEY_COUNT; i++) {
		known[i] = keys[i].key;
		if (!str_equal(pair->key, keys[i].key))
			continue;
		if (!tree_is_absent(pair->value))
			keys[i].read(reader, pair->value);
		return;
	}
	if (!is_custom(pair->key))
		unknown_key(reader, pair, known, KEY_COUNT);
}

void
config_read(struct config *config, struct arena *arena, const struct tree *tree,
            const struct source *(*read_file)(void *context, struct str path), void *context, struct diag_list *diags)
{
	struct reader reader = {config, arena, read_file, context, diags};
	if (!tree || !expect_map(&reader, tree))
		return;
	for (size_t i = 0; i < tree->pairs.count; i++)
		read_pair(&reader, &tree->pairs.items[i]);
}

/* `*` stands for any run of characters; linear but for the last star. */
static bool
matches(struct str pattern, struct str text)
{
	size_t p = 0, t = 0, star = STR_NONE, after_star = 0;
	while (t < text.size) {
		if (p < pattern.size && pattern.data[p] == '*') {
			star = p++;
			after_star = t;
		} else if (p < pattern.size && pattern.data[p] == text.data[t]) {
			p++, t++;
		} else if (star != STR_NONE) {
			p = star + 1;
			t = ++after_star;
		} else {
			return false;
		}
	}
	while (p < pattern.size && pattern.data[p] == '*')
		p++;
	return p == pattern.size;
}

bool
config_ignores(const struct config *config, struct str path)
{
	for (size_t i = 0; i < config->own_files.count; i++)
		if (str_equal(config->own_files.items[i], path))
			return true;
	for (size_t i = 0; i < config->ignore.count; i++) {
		struct str pattern = config->ignore.items[i];
		bool folder = str_ends_with(pattern, STR("/"));
		if (folder)
			pattern.size--;
		if (matches(pattern, path) || (str_starts_with(path, pattern) && path.size > pattern.size && path.data[pattern.size] == '/'))
			return true;
	}
	return false;
}
