/* Options of themes: declared, set, given to pages and to CSS. */
#include "unit.h"

#include <string.h>

#include "site/theme_option.h"
#include "text/yaml.h"

struct fixture {
	struct arena arena;
	struct diag_list diags;
	theme_option_vec options;
};

static int
set_up(void **state)
{
	static struct fixture fixture;
	fixture = (struct fixture){0};
	diag_list_init(&fixture.diags, &fixture.arena);
	*state = &fixture;
	return 0;
}

static int
tear_down(void **state)
{
	arena_release(&((struct fixture *)*state)->arena);
	return 0;
}

static const struct tree *
read_yaml(struct fixture *fixture, const char *text)
{
	struct source *source = arena_new(&fixture->arena, struct source);
	bool broken = false;
	*source = (struct source){STR("theme.yaml"), str_from(text)};
	const struct tree *tree = yaml_read(&fixture->arena, source, 0, source->text.size, 1, &fixture->diags, &broken);
	assert_false(broken);
	return tree;
}

static bool
declare(struct fixture *fixture, const char *text)
{
	return theme_options_declare(&fixture->options, read_yaml(fixture, text), &fixture->arena, &fixture->diags);
}

static void
set(struct fixture *fixture, const char *text)
{
	theme_options_set(&fixture->options, read_yaml(fixture, text), &fixture->arena, &fixture->diags);
}

/* The only finding so far, which is taken away. */
static void
assert_finding(struct fixture *fixture, enum code code, const char *message, const char *hint)
{
	assert_int_equal(fixture->diags.items.count, 1);
	const struct diag *diag = fixture->diags.items.items[0];
	assert_int_equal(diag->code, code);
	assert_string_equal(str_c(&fixture->arena, diag->message), message);
	assert_string_equal(str_c(&fixture->arena, diag->hint), hint);
	fixture->diags.items.count = 0;
}

static void
assert_css(struct fixture *fixture, const char *name, const char *wanted)
{
	struct template_value value = template_get(theme_options_css(&fixture->options, &fixture->arena), str_from(name));
	assert_true(value.type == TEMPLATE_STRING || value.type == TEMPLATE_HTML);
	assert_string_equal(str_c(&fixture->arena, value.as.text), wanted);
}

static void
defaults_hold(void **state)
{
	struct fixture *fixture = *state;
	assert_true(declare(fixture, "text: {type: text}\ncolour: {type: colour, default: '#ABC'}\nyes: {type: bool, default: on}\n"
	                             "choice: {type: choice, values: [a, b], default: B}\nwidth: {type: integer, least: 2, most: 9, default: 3}\n"
	                             "font: {type: font, default: 'Inter, \"A B\", serif'}\nlogo: {type: file, accept: [svg]}\n"));
	struct template_value values = theme_options_values(&fixture->options, &fixture->arena);
	assert_int_equal(template_count(values), 7);
	assert_true(str_equal(template_get(values, STR("colour")).as.text, STR("#aabbcc")));
	assert_true(template_get(values, STR("yes")).as.boolean);
	assert_true(str_equal(template_get(values, STR("choice")).as.text, STR("b")));
	assert_int_equal(template_get(values, STR("width")).as.integer, 3);
	assert_int_equal(template_count(template_get(values, STR("font"))), 3);
	assert_int_equal(template_get(values, STR("logo")).as.text.size, 0);
	assert_int_equal(fixture->diags.items.count, 0);
}

static void
later_ones_replace(void **state)
{
	struct fixture *fixture = *state;
	assert_true(declare(fixture, "a: {type: text, default: x}\nb: {type: bool, default: no}\n"));
	assert_true(declare(fixture, "a: {type: integer, default: 1}\n"));
	assert_int_equal(fixture->options.count, 2);
	assert_int_equal(fixture->options.items[0].type, OPTION_INTEGER);
}

static void
values_are_checked(void **state)
{
	struct fixture *fixture = *state;
	assert_true(declare(fixture, "scheme: {type: choice, values: [auto, dark], default: auto}\nwidth: {type: integer, default: 5, most: 9}\n"
	                             "ink: {type: colour, default: '#000', on: ['#fff']}\n"));
	set(fixture, "scheme: DARK\nwidth: 7\n");
	assert_int_equal(fixture->diags.items.count, 0);
	set(fixture, "schema: dark\n");
	assert_finding(fixture, CODE_THM008, "the theme has no option `schema`", "did you mean `scheme`?");
	set(fixture, "scheme: drak\n");
	assert_finding(fixture, CODE_THM009, "the option `scheme` is one of `auto`, `dark`, not `drak`", "did you mean `dark`?");
	set(fixture, "width: 10\n");
	assert_finding(fixture, CODE_THM009, "the option `width` is a whole number from 0 to 9, not `10`", "write a number in this range");
	set(fixture, "width: -1\n");
	assert_finding(fixture, CODE_THM009, "the option `width` is a whole number from 0 to 9, not `-1`", "write a number in this range");
	set(fixture, "ink: '#777'\n");
	assert_finding(fixture, CODE_THM010, "`#777777` as `ink` has a contrast of 4.47:1 on `#ffffff`, and text needs 4.5:1",
	               "the nearest colour that can be read there is `#767676`");
	assert_css(fixture, "scheme", "dark");
	assert_css(fixture, "ink", "#777777");
	assert_int_equal(fixture->options.items[1].value.integer, 7);
}

static void
css_is_closed(void **state)
{
	struct fixture *fixture = *state;
	assert_true(declare(fixture, "text: {type: text}\nfont: {type: font}\nfile: {type: file, accept: [svg]}\n"));
	assert_css(fixture, "text", "");
	assert_css(fixture, "font", "");
	set(fixture, "text: 'a\"b\\c</style>&'\nfont: 'serif, x;}, \"Serif\", x\"y'\n");
	assert_css(fixture, "text", "\"a\\22 b\\5c c\\3c /style\\3e \\26 \"");
	assert_css(fixture, "font", "serif, \"x;}\", \"Serif\", \"x\\22 y\"");
	set(fixture, "text: \"line\\nfeed\\e\"\n");
	assert_css(fixture, "text", "\"line\\a feed\\1b \"");
	assert_int_equal(fixture->diags.items.count, 0);
	fixture->options.items[2].value.address = STR("options/a.svg");
	assert_css(fixture, "file", "url(\"options/a.svg\")");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(defaults_hold, set_up, tear_down),
		cmocka_unit_test_setup_teardown(later_ones_replace, set_up, tear_down),
		cmocka_unit_test_setup_teardown(values_are_checked, set_up, tear_down),
		cmocka_unit_test_setup_teardown(css_is_closed, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
