#include "model/config.h"

#include "catalogue/catalogue_reader.h"
#include "model/config_reader.h"
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
	config->search = true;
	config->schema = schema_new(arena);
	config->catalogue = catalogue_find(STR("iso27001-2022"));
	vec_push(arena, &config->catalogues, config->catalogue);
	config->limits = default_limits;
	default_risk_method(&config->risk, arena);
	for (int code = 0; code < CODE_COUNT; code++)
		config->severities[code] = code_text((enum code)code)->severity;
	return config;
}

/* ---- catalogues ---- */

static const struct catalogue *
find_catalogue(struct config_reader *reader, const struct tree *tree)
{
	struct str name;
	bool broken;
	if (!config_read_text(reader, tree, &name))
		return NULL;
	const struct catalogue *catalogue = catalogue_find(name);
	if (catalogue)
		return catalogue;
	const struct source *source = reader->read_file ? reader->read_file(reader->context, name) : NULL;
	if (!source) {
		config_refuse(reader, tree->span, "this is neither a built-in catalogue nor a file that can be read",
		       "write iso27001-2022, iso27001-2013, iso27017, iso27018, or the path of a catalogue file");
		return NULL;
	}
	vec_push(reader->arena, &reader->config->own_files, source->path);
	struct tree *own = yaml_read(reader->arena, source, 0, source->text.size, 1, reader->diags, &broken);
	return broken ? NULL : catalogue_read(reader->arena, own, span_of_file(source), reader->diags);
}

static void
add_catalogue(struct config_reader *reader, const struct catalogue *catalogue)
{
	struct config *config = reader->config;
	for (size_t i = 0; i < config->catalogues.count; i++)
		if (config->catalogues.items[i] == catalogue)
			return;
	vec_push(reader->arena, &config->catalogues, catalogue);
}

static void
read_primary_catalogue(struct config_reader *reader, const struct tree *tree)
{
	const struct catalogue *catalogue = find_catalogue(reader, tree);
	if (!catalogue)
		return;
	reader->config->catalogue = catalogue;
	reader->config->catalogues.items[0] = catalogue;
}

static void
read_catalogues(struct config_reader *reader, const struct tree *tree)
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

/* ---- severities ---- */

static void
read_severities(struct config_reader *reader, const struct tree *tree)
{
	if (!config_expect_map(reader, tree))
		return;
	for (size_t i = 0; i < tree->pairs.count; i++) {
		const struct tree_pair *pair = &tree->pairs.items[i];
		enum code code = code_find(str_trim(pair->key));
		enum severity severity;
		struct str text = str_trim(pair->value->text);
		if (str_equal_ignore_case(text, STR("false"))) /* how YAML 1.1 tools write `off` */
			text = STR("off");
		if (code == CODE_COUNT)
			config_refuse(reader, pair->key_span, "there is no rule of this code", "`ismark explain rules` lists the codes");
		else if (pair->value->type != TREE_SCALAR || !severity_find(text, &severity))
			config_refuse(reader, pair->value->span, "a severity is `error`, `warning`, `note` or `off`", "write one of the four words");
		else
			reader->config->severities[code] = severity;
	}
}

/* ---- the top level ---- */

static void
read_title(struct config_reader *reader, const struct tree *tree)
{
	config_read_text(reader, tree, &reader->config->title);
}

static void
read_organization(struct config_reader *reader, const struct tree *tree)
{
	config_read_text(reader, tree, &reader->config->organization);
}

static void
read_language(struct config_reader *reader, const struct tree *tree)
{
	config_read_text(reader, tree, &reader->config->language);
}

static void
read_description(struct config_reader *reader, const struct tree *tree)
{
	config_read_text(reader, tree, &reader->config->description);
}

static void
read_footer(struct config_reader *reader, const struct tree *tree)
{
	config_read_text(reader, tree, &reader->config->footer);
}

static void
read_base_url(struct config_reader *reader, const struct tree *tree)
{
	struct str url;
	if (!config_read_text(reader, tree, &url) || !url.size)
		return;
	if (!str_starts_with(url, STR("https://")) && !str_starts_with(url, STR("http://")))
		config_refuse(reader, tree->span, "the base URL must start with https:// or http://", "write the site's full address");
	else
		reader->config->base_url = str_ends_with(url, STR("/")) ? url : str_printf(reader->arena, "%.*s/", STR_ARG(url));
}

static void
read_filters(struct config_reader *reader, const struct tree *tree)
{
	size_t count = tree->type == TREE_SCALAR ? 1 : tree->items.count;
	for (size_t i = 0; i < count; i++) {
		const struct tree *item = tree->type == TREE_SCALAR ? tree : tree->items.items[i];
		struct str path;
		if (!config_read_text(reader, item, &path))
			continue;
		vec_push(reader->arena, &reader->config->filters, path);
		vec_push(reader->arena, &reader->config->filter_spans, item->span);
	}
}

static void
read_ignore(struct config_reader *reader, const struct tree *tree)
{
	config_read_texts(reader, tree, &reader->config->ignore);
}

static void
read_search_engines(struct config_reader *reader, const struct tree *tree)
{
	config_read_bool(reader, tree, &reader->config->search_engines);
}

static void
read_raw_html(struct config_reader *reader, const struct tree *tree)
{
	config_read_bool(reader, tree, &reader->config->raw_html);
}

static void
read_search(struct config_reader *reader, const struct tree *tree)
{
	config_read_bool(reader, tree, &reader->config->search);
}

static void
schema_report(void *context, struct span span, const char *message, const char *hint)
{
	config_refuse(context, span, message, hint);
}

static void
read_kinds(struct config_reader *reader, const struct tree *tree)
{
	schema_add_kinds(reader->config->schema, reader->arena, tree, schema_report, reader);
}

static void
read_fields(struct config_reader *reader, const struct tree *tree)
{
	schema_add_fields(reader->config->schema, reader->arena, tree, schema_report, reader);
}

static void
read_synonyms(struct config_reader *reader, const struct tree *tree)
{
	schema_add_synonyms(reader->config->schema, reader->arena, tree, schema_report, reader);
}

static void
read_classification(struct config_reader *reader, const struct tree *tree)
{
	schema_set_classification(reader->config->schema, reader->arena, tree, schema_report, reader);
}

static const struct {
	struct str key;
	void (*read)(struct config_reader *reader, const struct tree *tree);
} keys[] = {
	{{"title", 5}, read_title},
	{{"organization", 12}, read_organization},
	{{"organisation", 12}, read_organization},
	{{"description", 11}, read_description},
	{{"language", 8}, read_language},
	{{"base_url", 8}, read_base_url},
	{{"catalogue", 9}, read_primary_catalogue},
	{{"catalogues", 10}, read_catalogues},
	{{"risk", 4}, config_read_risk},
	{{"periods", 7}, config_read_periods},
	{{"thresholds", 10}, config_read_thresholds},
	{{"incidents", 9}, config_read_incidents},
	{{"severities", 10}, read_severities},
	{{"theme", 5}, config_read_theme},
	{{"footer", 6}, read_footer},
	{{"filters", 7}, read_filters},
	{{"ignore", 6}, read_ignore},
	{{"raw_html", 8}, read_raw_html},
	{{"search_engines", 14}, read_search_engines},
	{{"search", 6}, read_search},
	{{"classification", 14}, read_classification},
	{{"kinds", 5}, read_kinds},
	{{"fields", 6}, read_fields},
	{{"synonyms", 8}, read_synonyms},
};

enum { KEY_COUNT = sizeof keys / sizeof *keys };

static void
read_pair(struct config_reader *reader, const struct tree_pair *pair)
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
	if (!config_is_custom(pair->key))
		config_unknown_key(reader, pair, known, KEY_COUNT);
}

void
config_read(struct config *config, struct arena *arena, const struct tree *tree,
            const struct source *(*read_file)(void *context, struct str path), void *context, struct diag_list *diags)
{
	struct config_reader reader = {config, arena, read_file, context, diags};
	if (!tree || !config_expect_map(&reader, tree))
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
