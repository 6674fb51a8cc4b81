#include "site/theme_option.h"

#include "base/path.h"
#include "base/utf8.h"

#include <math.h>

enum { TEXT_MAX = 2000, FAMILIES_MAX = 20, OPTIONS_MAX = 200 };

static const char *const type_names[] = {
	[OPTION_TEXT] = "text", [OPTION_COLOUR] = "colour",   [OPTION_BOOL] = "bool", [OPTION_CHOICE] = "choice",
	[OPTION_FILE] = "file", [OPTION_INTEGER] = "integer", [OPTION_FONT] = "font",
};

enum { TYPE_COUNT = sizeof type_names / sizeof *type_names };

/* ---- a value by its type ---- */

/* Why a value does not fit, and what would. */
struct misfit {
	struct str message, hint;
};

static bool
misfits(struct misfit *misfit, struct str message, struct str hint)
{
	*misfit = (struct misfit){message, hint};
	return false;
}

/* "`a`, `b`, `c`" */
static struct str
quoted_list(struct arena *arena, const str_vec *texts)
{
	struct buf buf = {0};
	for (size_t i = 0; i < texts->count; i++)
		buf_printf(&buf, "%s`%.*s`", i ? ", " : "", STR_ARG(texts->items[i]));
	return buf_take(&buf, arena);
}

static bool
read_text(struct arena *arena, const struct theme_option *option, struct str text, struct option_value *value, struct misfit *misfit)
{
	if (text.size > TEXT_MAX)
		return misfits(misfit, str_printf(arena, "the option `%.*s` has more than %d bytes", STR_ARG(option->name), TEXT_MAX), STR("shorten it"));
	value->text = text;
	return true;
}

static bool
read_colour(struct arena *arena, const struct theme_option *option, struct str text, struct option_value *value, struct misfit *misfit)
{
	if (colour_read(text, &value->colour))
		return true;
	return misfits(misfit, str_printf(arena, "the option `%.*s` is a colour, which `%.*s` is not", STR_ARG(option->name), STR_ARG(text)),
	               STR("write `\"#rrggbb\"`, in quotes: # starts a comment else"));
}

static bool
read_bool(struct arena *arena, const struct theme_option *option, struct str text, struct option_value *value, struct misfit *misfit)
{
	static const char *const words[] = {"true", "yes", "on", "false", "no", "off"};
	for (size_t i = 0; i < 6; i++)
		if (str_equal_ignore_case(text, str_from(words[i]))) {
			value->boolean = i < 3;
			return true;
		}
	return misfits(misfit, str_printf(arena, "the option `%.*s` is `true` or `false`, not `%.*s`", STR_ARG(option->name), STR_ARG(text)),
	               STR("write `true` or `false`"));
}

static bool
read_choice(struct arena *arena, const struct theme_option *option, struct str text, struct option_value *value, struct misfit *misfit)
{
	for (size_t i = 0; i < option->values.count; i++)
		if (str_equal_ignore_case(text, option->values.items[i])) {
			value->text = option->values.items[i];
			return true;
		}
	struct str nearest = str_nearest(text, option->values.items, option->values.count), list = quoted_list(arena, &option->values);
	struct str message = str_printf(arena, "the option `%.*s` is one of %.*s, not `%.*s`", STR_ARG(option->name), STR_ARG(list), STR_ARG(text));
	return misfits(misfit, message, nearest.size ? str_printf(arena, "did you mean `%.*s`?", STR_ARG(nearest)) : STR("write one of these words"));
}

static bool
accepts(const struct theme_option *option, struct str extension)
{
	for (size_t i = 0; i < option->accept.count; i++)
		if (str_equal_ignore_case(extension, option->accept.items[i]))
			return true;
	return false;
}

/* That the file is there is seen where folders are known. */
static bool
read_file_name(struct arena *arena, const struct theme_option *option, struct str text, struct option_value *value, struct misfit *misfit)
{
	if (text.size && !accepts(option, str_from_index(path_extension(text), 1))) {
		struct str list = quoted_list(arena, &option->accept);
		return misfits(misfit, str_printf(arena, "the option `%.*s` is a file of the type %.*s, not `%.*s`", STR_ARG(option->name), STR_ARG(list), STR_ARG(text)),
		               STR("name a file with one of these extensions"));
	}
	value->text = text.size ? path_normalise(arena, text) : text;
	if (path_leaves_root(value->text))
		return misfits(misfit, str_printf(arena, "the file of the option `%.*s` lies outside of the content and the theme", STR_ARG(option->name)),
		               STR("put the file into the content folder"));
	return true;
}

static bool
read_integer(struct arena *arena, const struct theme_option *option, struct str text, struct option_value *value, struct misfit *misfit)
{
	bool is_negative = str_starts_with(text, STR("-"));
	int64_t number;
	if (str_to_int(is_negative ? str_from_index(text, 1) : text, &number)) {
		number = is_negative ? -number : number;
		if (number >= option->least && number <= option->most) {
			value->integer = number;
			return true;
		}
	}
	return misfits(misfit, str_printf(arena, "the option `%.*s` is a whole number from %lld to %lld, not `%.*s`", STR_ARG(option->name),
	                                  (long long)option->least, (long long)option->most, STR_ARG(text)),
	               STR("write a number in this range"));
}

static void
add_family(struct arena *arena, str_vec *families, struct str name)
{
	name = str_trim(name);
	if (name.size >= 2 && (name.data[0] == '"' || name.data[0] == '\'') && name.data[name.size - 1] == name.data[0])
		name = str_slice(name, 1, name.size - 1);
	if (name.size)
		vec_push(arena, families, name);
}

static bool
read_families(struct arena *arena, const struct theme_option *option, const struct tree *tree, struct option_value *value, struct misfit *misfit)
{
	str_vec families = {0};
	struct str rest = tree->text, part;
	while (tree->type == TREE_SCALAR && families.count <= FAMILIES_MAX && str_split(&rest, ',', &part))
		add_family(arena, &families, part);
	for (size_t i = 0; i < tree->items.count && families.count <= FAMILIES_MAX; i++)
		add_family(arena, &families, tree->items.items[i]->text);
	if (families.count > FAMILIES_MAX || tree->type == TREE_MAP)
		return misfits(misfit, str_printf(arena, "the option `%.*s` is a list of at most %d font families", STR_ARG(option->name), FAMILIES_MAX),
		               STR("write `Inter, Arial, sans-serif`"));
	value->families = families;
	return true;
}

typedef bool
value_reader(struct arena *arena, const struct theme_option *option, struct str text, struct option_value *value, struct misfit *misfit);

static bool
read_value(struct arena *arena, const struct theme_option *option, const struct tree *tree, struct option_value *value, struct misfit *misfit)
{
	static value_reader *const readers[TYPE_COUNT] = {
		[OPTION_TEXT] = read_text,     [OPTION_COLOUR] = read_colour,  [OPTION_BOOL] = read_bool,
		[OPTION_CHOICE] = read_choice, [OPTION_FILE] = read_file_name, [OPTION_INTEGER] = read_integer,
	};
	*value = (struct option_value){0};
	if (option->type == OPTION_FONT)
		return read_families(arena, option, tree, value, misfit);
	if (tree->type == TREE_SCALAR)
		return readers[option->type](arena, option, str_trim(tree->text), value, misfit);
	return misfits(misfit, str_printf(arena, "the option `%.*s` is one value of the type %s", STR_ARG(option->name), type_names[option->type]),
	               STR("write one value, not a list or a map"));
}

/* ---- declared in theme.yaml ---- */

struct declaring {
	struct arena *arena;
	struct diag_list *diags;
};

static bool
refuse(struct declaring *declaring, struct span span, struct str message, const char *hint)
{
	struct diag *diag = diag_add(declaring->diags, CODE_THM006, span, span.source->path, "%.*s", STR_ARG(message));
	diag_hint(declaring->diags, diag, "%s", hint);
	return false;
}

static bool
is_name(struct str name)
{
	for (size_t i = 0; i < name.size; i++) {
		char c = name.data[i];
		bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (!is_letter && (i == 0 || !((c >= '0' && c <= '9') || c == '_' || c == '-')))
			return false;
	}
	return name.size > 0 && name.size <= 60;
}

static bool
read_type(struct declaring *declaring, struct theme_option *option, const struct tree *tree, struct span span)
{
	struct str names[TYPE_COUNT];
	for (size_t i = 0; i < TYPE_COUNT; i++) {
		names[i] = str_from(type_names[i]);
		if (tree && str_equal(tree->text, names[i])) {
			option->type = (enum option_type)i;
			return true;
		}
	}
	struct str list = str_join(declaring->arena, names, TYPE_COUNT, STR(", "));
	return refuse(declaring, tree ? tree->span : span, str_printf(declaring->arena, "the `type` of the option `%.*s` is none of %.*s",
	                                                              STR_ARG(option->name), STR_ARG(list)), "write one of these types");
}

/* Names that may stand in CSS and in a path as they are. */
static bool
read_names(struct declaring *declaring, const struct theme_option *option, const struct tree *tree, str_vec *names, struct span span)
{
	bool good = tree && tree->type == TREE_LIST && tree->items.count;
	for (size_t i = 0; good && i < tree->items.count; i++) {
		good = tree->items.items[i]->type == TREE_SCALAR && is_name(tree->items.items[i]->text);
		vec_push(declaring->arena, names, tree->items.items[i]->text);
	}
	if (good)
		return true;
	return refuse(declaring, tree ? tree->span : span,
	              str_printf(declaring->arena, "the option `%.*s` needs a list of %s", STR_ARG(option->name),
	                         option->type == OPTION_CHOICE ? "`values`" : "the extensions that it can `accept`"),
	              "write words of letters, digits, _ and -");
}

static bool
read_grounds(struct declaring *declaring, struct theme_option *option, const struct tree *tree)
{
	for (size_t i = 0; tree && i < tree->items.count; i++) {
		struct colour ground;
		if (!colour_read(tree->items.items[i]->text, &ground))
			return refuse(declaring, tree->items.items[i]->span, STR("`on` lists the colours that text in this colour stands on"),
			              "write `on: [\"#ffffff\"]`");
		vec_push(declaring->arena, &option->grounds, ground);
	}
	return true;
}

static bool
read_bound(struct declaring *declaring, const struct tree *tree, int64_t *bound)
{
	if (!tree || (tree->type == TREE_SCALAR && str_to_int(str_trim(tree->text), bound)))
		return true;
	return refuse(declaring, tree->span, STR("`least` and `most` are whole numbers"), "write digits");
}

static bool
read_keys(struct declaring *declaring, const struct tree *tree)
{
	static const struct str known[] = {{"type", 4}, {"default", 7}, {"help", 4}, {"values", 6}, {"accept", 6}, {"on", 2}, {"least", 5}, {"most", 4}};
	enum { KNOWN = sizeof known / sizeof *known };
	for (size_t i = 0; i < tree->pairs.count; i++) {
		const struct tree_pair *pair = &tree->pairs.items[i];
		bool found = false;
		for (size_t k = 0; k < KNOWN; k++)
			found |= str_equal(pair->key, known[k]);
		if (!found)
			return refuse(declaring, pair->key_span, str_printf(declaring->arena, "`%.*s` is not a key of an option", STR_ARG(pair->key)),
			              "write type, default, help, values, accept, on, least, most");
	}
	return true;
}

static bool
read_default(struct declaring *declaring, struct theme_option *option, const struct tree *tree)
{
	struct tree *value = tree_get(tree, STR("default"));
	struct misfit misfit;
	option->span = value ? value->span : tree->span;
	if (!value && (option->type == OPTION_TEXT || option->type == OPTION_FILE || option->type == OPTION_FONT))
		return true;
	if (!value)
		return refuse(declaring, tree->span, str_printf(declaring->arena, "the option `%.*s` has no `default`", STR_ARG(option->name)),
		              "add `default:`");
	if (read_value(declaring->arena, option, value, &option->value, &misfit))
		return true;
	return refuse(declaring, value->span, misfit.message, str_c(declaring->arena, misfit.hint));
}

static bool
read_option(struct declaring *declaring, struct theme_option *option, const struct tree *tree)
{
	const struct tree *help = tree_get(tree, STR("help"));
	option->help = help ? str_trim(help->text) : STR("");
	return read_keys(declaring, tree) && read_type(declaring, option, tree_get(tree, STR("type")), tree->span) &&
	       (option->type != OPTION_CHOICE || read_names(declaring, option, tree_get(tree, STR("values")), &option->values, tree->span)) &&
	       (option->type != OPTION_FILE || read_names(declaring, option, tree_get(tree, STR("accept")), &option->accept, tree->span)) &&
	       read_grounds(declaring, option, tree_get(tree, STR("on"))) && read_bound(declaring, tree_get(tree, STR("least")), &option->least) &&
	       read_bound(declaring, tree_get(tree, STR("most")), &option->most) && read_default(declaring, option, tree);
}

static struct theme_option *
find_option(theme_option_vec *options, struct str name)
{
	for (size_t i = 0; i < options->count; i++)
		if (str_equal(options->items[i].name, name))
			return &options->items[i];
	return NULL;
}

static bool
declare(struct declaring *declaring, theme_option_vec *options, const struct tree_pair *pair)
{
	struct theme_option option = {.name = pair->key, .least = 0, .most = INT32_MAX};
	if (!is_name(pair->key))
		return refuse(declaring, pair->key_span, STR("the name of an option has letters, digits and _ only"), "rename it");
	if (pair->value->type != TREE_MAP)
		return refuse(declaring, pair->value->span, str_printf(declaring->arena, "the option `%.*s` is not a map", STR_ARG(pair->key)),
		              "write `type:`, `default:` and `help:` below its name");
	if (!read_option(declaring, &option, pair->value))
		return false;
	struct theme_option *before = find_option(options, option.name);
	if (before)
		*before = option;
	else
		vec_push(declaring->arena, options, option);
	return true;
}

bool
theme_options_declare(theme_option_vec *options, const struct tree *tree, struct arena *arena, struct diag_list *diags)
{
	struct declaring declaring = {arena, diags};
	bool good = true;
	if (tree->type != TREE_MAP || tree->pairs.count > OPTIONS_MAX)
		return refuse(&declaring, tree->span, str_printf(arena, "`options` is not a map of at most %d options", OPTIONS_MAX),
		              "write `NAME:` and below it `type:`, `default:` and `help:`");
	for (size_t i = 0; i < tree->pairs.count; i++)
		good = declare(&declaring, options, &tree->pairs.items[i]) && good;
	return good;
}

/* ---- set in site.yaml ---- */

static str_vec
names_of(struct arena *arena, const theme_option_vec *options)
{
	str_vec names = {0};
	for (size_t i = 0; i < options->count; i++)
		vec_push(arena, &names, options->items[i].name);
	return names;
}

static void
report_unknown(const theme_option_vec *options, const struct tree_pair *pair, struct arena *arena, struct diag_list *diags)
{
	str_vec names = names_of(arena, options);
	struct diag *diag = diag_add(diags, CODE_THM008, pair->key_span, STR("site.yaml"), "the theme has no option `%.*s`", STR_ARG(pair->key));
	struct str nearest = str_nearest(pair->key, names.items, names.count), list = quoted_list(arena, &names);
	if (nearest.size)
		diag_hint(diags, diag, "did you mean `%.*s`?", STR_ARG(nearest));
	else if (names.count)
		diag_hint(diags, diag, "remove it; the theme's options are %.*s", STR_ARG(list));
	else
		diag_hint(diags, diag, "remove it; the theme has no options");
}

static void
check_contrast(const struct theme_option *option, struct arena *arena, struct diag_list *diags)
{
	double ratio = colour_least_contrast(option->value.colour, &option->grounds);
	if (option->type != OPTION_COLOUR || ratio >= COLOUR_CONTRAST_TEXT)
		return;
	struct colour nearest, ground = option->grounds.items[0];
	for (size_t i = 0; i < option->grounds.count; i++)
		if (colour_contrast(option->value.colour, option->grounds.items[i]) == ratio)
			ground = option->grounds.items[i];
	struct str own = colour_text(arena, option->value.colour), below = colour_text(arena, ground);
	struct diag *diag = diag_add(diags, CODE_THM010, option->span, STR("site.yaml"),
	                             "`%.*s` as `%.*s` has a contrast of %.2f:1 on `%.*s`, and text needs 4.5:1", STR_ARG(own),
	                             STR_ARG(option->name), floor(ratio * 100) / 100, STR_ARG(below));
	if (!colour_nearest(option->value.colour, &option->grounds, COLOUR_CONTRAST_TEXT, &nearest))
		return;
	struct str text = colour_text(arena, nearest);
	diag_hint(diags, diag, "the nearest colour that can be read there is `%.*s`", STR_ARG(text));
}

static void
set_option(struct theme_option *option, const struct tree *tree, struct arena *arena, struct diag_list *diags)
{
	struct option_value value;
	struct misfit misfit;
	if (!read_value(arena, option, tree, &value, &misfit)) {
		struct diag *diag = diag_add(diags, CODE_THM009, tree->span, STR("site.yaml"), "%.*s", STR_ARG(misfit.message));
		diag_hint(diags, diag, "%.*s", STR_ARG(misfit.hint));
		return;
	}
	option->value = value;
	option->span = tree->span;
	option->is_set = true;
	check_contrast(option, arena, diags);
}

void
theme_options_set(theme_option_vec *options, const struct tree *tree, struct arena *arena, struct diag_list *diags)
{
	for (size_t i = 0; i < tree->pairs.count; i++) {
		const struct tree_pair *pair = &tree->pairs.items[i];
		struct theme_option *option = find_option(options, pair->key);
		if (!option)
			report_unknown(options, pair, arena, diags);
		else if (!tree_is_absent(pair->value))
			set_option(option, pair->value, arena, diags);
	}
}

/* ---- for templates ---- */

static struct template_value
families_value(struct arena *arena, const str_vec *families)
{
	struct template_value list = template_list(arena);
	for (size_t i = 0; i < families->count; i++)
		template_push(arena, list, template_string(families->items[i]));
	return list;
}

static struct template_value
value_of(const struct theme_option *option, struct arena *arena)
{
	const struct option_value *value = &option->value;
	switch (option->type) {
	case OPTION_COLOUR: return template_string(colour_text(arena, value->colour));
	case OPTION_BOOL: return template_bool(value->boolean);
	case OPTION_INTEGER: return template_int(value->integer);
	case OPTION_FILE: return template_string(value->address);
	case OPTION_FONT: return families_value(arena, &value->families);
	default: return template_string(value->text);
	}
}

struct template_value
theme_options_values(const theme_option_vec *options, struct arena *arena)
{
	struct template_value values = template_map(arena);
	for (size_t i = 0; i < options->count; i++)
		template_put_str(arena, values, options->items[i].name, value_of(&options->items[i], arena));
	return values;
}

/* A string of CSS: what could end it, or the style sheet around it, is a code. */
static void
add_css_string(struct buf *buf, struct str text)
{
	buf_add_char(buf, '"');
	for (size_t i = 0; i < text.size; i++) {
		unsigned char c = (unsigned char)text.data[i];
		if (c < 0x20 || c == 0x7F || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&')
			buf_printf(buf, "\\%x ", c);
		else
			buf_add_char(buf, (char)c);
	}
	buf_add_char(buf, '"');
}

static bool
is_generic(struct str family)
{
	static const char *const names[] = {"serif",    "sans-serif",    "monospace",    "cursive",    "fantasy", "system-ui",
	                                    "ui-serif", "ui-sans-serif", "ui-monospace", "ui-rounded", "math",    "emoji"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_equal(family, str_from(names[i])))
			return true;
	return false;
}

static void
add_css_families(struct buf *buf, const str_vec *families)
{
	for (size_t i = 0; i < families->count; i++) {
		buf_add_c(buf, i ? ", " : "");
		if (is_generic(families->items[i]))
			buf_add_str(buf, families->items[i]);
		else
			add_css_string(buf, families->items[i]);
	}
}

static struct template_value
css_of(const struct theme_option *option, struct arena *arena)
{
	struct buf buf = {0};
	if (option->type == OPTION_TEXT && option->value.text.size)
		add_css_string(&buf, option->value.text);
	else if (option->type == OPTION_FONT)
		add_css_families(&buf, &option->value.families);
	else if (option->type == OPTION_FILE && option->value.address.size) {
		buf_add_c(&buf, "url(");
		add_css_string(&buf, option->value.address);
		buf_add_char(&buf, ')');
	} else
		return value_of(option, arena);
	return template_html(buf_take(&buf, arena));
}

struct template_value
theme_options_css(const theme_option_vec *options, struct arena *arena)
{
	struct template_value values = template_map(arena);
	for (size_t i = 0; i < options->count; i++)
		template_put_str(arena, values, options->items[i].name, css_of(&options->items[i], arena));
	return values;
}
