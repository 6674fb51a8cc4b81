#include "model/config_reader.h"

void
config_refuse(struct config_reader *reader, struct span span, const char *message, const char *hint)
{
	struct diag *diag = diag_add(reader->diags, CODE_FM018, span, STR("site.yaml"), "%s", message);
	diag_hint(reader->diags, diag, "%s", hint);
}

void
config_unknown_key(struct config_reader *reader, const struct tree_pair *pair, const struct str *known, size_t count)
{
	struct diag *diag = diag_add(reader->diags, CODE_FM019, pair->key_span, STR("site.yaml"),
	                             "`%.*s` is not a key of this map", STR_ARG(pair->key));
	struct str nearest = str_nearest(pair->key, known, count);
	if (nearest.size)
		diag_hint(reader->diags, diag, "did you mean `%.*s`?", STR_ARG(nearest));
	else
		diag_hint(reader->diags, diag, "remove it; ismark-format(5) lists the keys");
}

bool
config_is_custom(struct str key)
{
	return str_starts_with(key, STR("x-"));
}

bool
config_read_text(struct config_reader *reader, const struct tree *tree, struct str *text)
{
	if (tree->type != TREE_SCALAR) {
		config_refuse(reader, tree->span, "a text is expected here", "write one value, not a list or a map");
		return false;
	}
	*text = str_trim(tree->text);
	return true;
}

bool
config_read_number(struct config_reader *reader, const struct tree *tree, double least, double most, double *number)
{
	double value;
	if (tree->type == TREE_SCALAR && str_to_number(str_trim(tree->text), &value) && value >= least && value <= most) {
		*number = value;
		return true;
	}
	struct str message = str_printf(reader->arena, "a number from %g to %g is expected here", least, most);
	config_refuse(reader, tree->span, str_c(reader->arena, message), "write it as digits, with a point for decimals");
	return false;
}

bool
config_read_bool(struct config_reader *reader, const struct tree *tree, bool *value)
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
	config_refuse(reader, tree->span, "`true` or `false` is expected here", "write `true` or `false`");
	return false;
}

void
config_read_texts(struct config_reader *reader, const struct tree *tree, str_vec *texts)
{
	if (tree->type == TREE_SCALAR) {
		vec_push(reader->arena, texts, str_trim(tree->text));
		return;
	}
	for (size_t i = 0; i < tree->items.count; i++) {
		struct str text;
		if (config_read_text(reader, tree->items.items[i], &text))
			vec_push(reader->arena, texts, text);
	}
	if (tree->type == TREE_MAP)
		config_refuse(reader, tree->span, "a list is expected here", "write `- ` items");
}

bool
config_expect_map(struct config_reader *reader, const struct tree *tree)
{
	if (tree->type == TREE_MAP)
		return true;
	config_refuse(reader, tree->span, "a map is expected here", "write `key: value` lines below the key, indented");
	return false;
}
