#include "model/config_reader.h"

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

void
config_read_periods(struct config_reader *reader, const struct tree *tree)
{
	struct str known[PERIOD_KEY_COUNT];
	if (!config_expect_map(reader, tree))
		return;
	for (size_t i = 0; i < PERIOD_KEY_COUNT; i++)
		known[i] = period_keys[i].key;
	for (size_t i = 0; i < tree->pairs.count; i++) {
		const struct tree_pair *pair = &tree->pairs.items[i];
		struct period *period = period_of(&reader->config->limits, pair->key), read;
		if (!period && !config_is_custom(pair->key))
			config_unknown_key(reader, pair, known, PERIOD_KEY_COUNT);
		else if (period && (pair->value->type != TREE_SCALAR || !period_parse(str_trim(pair->value->text), &read)))
			config_refuse(reader, pair->value->span, "a period is expected here", "write `30 days`, `12 months`, `quarterly` …");
		else if (period)
			*period = read;
	}
}

void
config_read_thresholds(struct config_reader *reader, const struct tree *tree)
{
	static const struct str known[] = {{"training_target", 15}, {"boilerplate_repeats", 19}};
	if (!config_expect_map(reader, tree))
		return;
	for (size_t i = 0; i < tree->pairs.count; i++) {
		const struct tree_pair *pair = &tree->pairs.items[i];
		double number;
		if (str_equal(pair->key, known[0]))
			config_read_number(reader, pair->value, 0, 1, &reader->config->limits.training_target);
		else if (str_equal(pair->key, known[1]) && config_read_number(reader, pair->value, 2, 1000, &number))
			reader->config->limits.boilerplate_repeats = (int)number;
		else if (!str_equal(pair->key, known[1]) && !config_is_custom(pair->key))
			config_unknown_key(reader, pair, known, 2);
	}
}

static void
read_hours(struct config_reader *reader, const struct tree *tree, double hours[CHOICE_COUNT_severity_level])
{
	static const struct str known[] = {{"critical", 8}, {"high", 4}, {"medium", 6}, {"low", 3}};
	if (!config_expect_map(reader, tree))
		return;
	for (size_t i = 0; i < tree->pairs.count; i++) {
		const struct tree_pair *pair = &tree->pairs.items[i];
		size_t level = 0;
		while (level < 4 && !str_equal(pair->key, known[level]))
			level++;
		if (level == 4)
			config_unknown_key(reader, pair, known, 4);
		else
			config_read_number(reader, pair->value, 0, 8760, &hours[level]);
	}
}

void
config_read_incidents(struct config_reader *reader, const struct tree *tree)
{
	static const struct str known[] = {{"respond_hours", 13}, {"escalate_hours", 14}};
	if (!config_expect_map(reader, tree))
		return;
	for (size_t i = 0; i < tree->pairs.count; i++) {
		const struct tree_pair *pair = &tree->pairs.items[i];
		if (str_equal(pair->key, known[0]))
			read_hours(reader, pair->value, reader->config->limits.respond_hours);
		else if (str_equal(pair->key, known[1]))
			read_hours(reader, pair->value, reader->config->limits.escalate_hours);
		else if (!config_is_custom(pair->key))
			config_unknown_key(reader, pair, known, 2);
	}
}
