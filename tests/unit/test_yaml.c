/* The YAML tree: positions of every node, scalars as they were written, refusals, limits. */
#include "unit.h"

#include <string.h>

#include "text/yaml.h"

struct fixture {
	struct arena arena;
	struct diag_list diags;
	struct source source;
	bool broken;
};

static int
set_up(void **state)
{
	static struct fixture fixture;
	fixture = (struct fixture){0};
	diag_list_init(&fixture.diags, &fixture.arena);
	fixture.source.path = STR("test.yaml");
	*state = &fixture;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *fixture = *state;
	arena_release(&fixture->arena);
	return 0;
}

static const struct tree *
read(struct fixture *fixture, const char *text)
{
	fixture->source.text = str_from(text);
	return yaml_read(&fixture->arena, &fixture->source, 0, fixture->source.text.size, 1, &fixture->diags, &fixture->broken);
}

static void
assert_text(struct str got, const char *wanted)
{
	assert_int_equal(got.size, strlen(wanted));
	assert_memory_equal(got.data, wanted, got.size);
}

static void
assert_span(struct span span, uint32_t line, uint32_t column, uint32_t end_line, uint32_t end_column)
{
	assert_int_equal(span.line, line);
	assert_int_equal(span.column, column);
	assert_int_equal(span.end_line, end_line);
	assert_int_equal(span.end_column, end_column);
}

/* The one finding: its code and place. */
static void
assert_finding(const struct fixture *fixture, const char *code, uint32_t line, uint32_t column)
{
	assert_int_equal(fixture->diags.items.count, 1);
	assert_string_equal(code_text(fixture->diags.items.items[0]->code)->code, code);
	assert_int_equal(fixture->diags.items.items[0]->span.line, line);
	assert_int_equal(fixture->diags.items.items[0]->span.column, column);
}

static void
test_scalars_stay_as_written(void **state)
{
	const struct tree *map = read(*state, "a: 1.10\nb: no\nc: 0123\nd: 2025-01-02\ne: \"x\\ty\"\n");
	static const char *const wanted[] = {"1.10", "no", "0123", "2025-01-02", "x\ty"};
	assert_int_equal(map->pairs.count, 5);
	for (size_t i = 0; i < 5; i++)
		assert_text(map->pairs.items[i].value->text, wanted[i]);
	assert_false(map->pairs.items[0].value->quoted);
	assert_true(map->pairs.items[4].value->quoted);
}

static void
test_places_count_code_points(void **state)
{
	const struct tree *map = read(*state, "\xC3\xBC: \xC3\xA4\xC3\xB6\nlist:\n  - one\n  - {two: 2}\n");
	assert_span(map->pairs.items[0].key_span, 1, 1, 1, 2);
	assert_span(map->pairs.items[0].value->span, 1, 4, 1, 6);
	const struct tree *list = tree_get(map, STR("list"));
	assert_span(list->items.items[0]->span, 3, 5, 3, 8);
	assert_span(list->items.items[1]->pairs.items[0].value->span, 4, 11, 4, 12);
}

static void
test_lines_count_from_the_file(void **state)
{
	struct fixture *fixture = *state;
	fixture->source.text = STR("---\na: 1\n---\n");
	const struct tree *map = yaml_read(&fixture->arena, &fixture->source, 4, 9, 2, &fixture->diags, &fixture->broken);
	assert_span(map->pairs.items[0].value->span, 2, 4, 2, 5);
}

static void
test_null_empty_and_absent_are_one(void **state)
{
	const struct tree *map = read(*state, "a:\nb: null\nc: ~\nd: ''\ne: []\nf: \"null\"\n");
	for (size_t i = 0; i < 5; i++)
		assert_true(tree_is_absent(map->pairs.items[i].value));
	assert_false(tree_is_absent(tree_get(map, STR("f"))));
	assert_true(tree_is_absent(tree_get(map, STR("g"))));
}

static void
test_a_syntax_error_keeps_what_was_complete(void **state)
{
	struct fixture *fixture = *state;
	const struct tree *map = read(fixture, "id: A\ntitle: Access: control\nowner: B\n");
	assert_finding(fixture, "FM001", 2, 14);
	assert_true(fixture->broken);
	assert_int_equal(map->pairs.count, 1);
	assert_text(map->pairs.items[0].value->text, "A");
}

static void
test_the_first_of_two_equal_keys_is_used(void **state)
{
	struct fixture *fixture = *state;
	const struct tree *map = read(fixture, "a: 1\nb: 2\na: 3\n");
	assert_finding(fixture, "FM003", 3, 1);
	assert_int_equal(fixture->diags.items.items[0]->related.items[0].span.line, 1);
	assert_false(fixture->broken);
	assert_text(tree_get(map, STR("a"))->text, "1");
}

static void
test_what_is_refused(void **state)
{
	static const struct {
		const char *text, *code;
		uint32_t line, column;
	} refused[] = {
		{"a: &x 1\n", "FM004", 1, 4},       {"a: *x\n", "FM004", 1, 4},  {"a: !!str 1\n", "FM004", 1, 4},
		{"%YAML 1.1\n---\na: 1\n", "FM004", 1, 1}, {"? [a]\n: 1\n", "FM001", 1, 3}, {"a: 1\n---\nb: 2\n", "FM001", 3, 1},
		{"a: \"open\nb: 1\n", "FM001", 1, 4}, {"a:\n\tb: 1\n", "FM001", 2, 1},
	};
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		struct fixture *fixture = *state;
		fixture->diags.items.count = 0;
		read(fixture, refused[i].text);
		assert_finding(fixture, refused[i].code, refused[i].line, refused[i].column);
		assert_true(fixture->broken);
	}
}

static void
test_an_empty_second_document_is_none(void **state)
{
	struct fixture *fixture = *state;
	const struct tree *map = read(fixture, "---\na: 1\n---\n");
	assert_int_equal(fixture->diags.items.count, 0);
	assert_false(fixture->broken);
	assert_int_equal(map->pairs.count, 1);
}

static void
test_nesting_is_limited(void **state)
{
	struct fixture *fixture = *state;
	char text[YAML_DEPTH_MAX + 8];
	memset(text, '[', sizeof text);
	text[sizeof text - 1] = '\0';
	read(fixture, text);
	assert_finding(fixture, "FM005", 1, YAML_DEPTH_MAX + 1);
	fixture->diags.items.count = 0;
	read(fixture, "[[[[[[[[1]]]]]]]]");
	assert_int_equal(fixture->diags.items.count, 0);
}

static void
test_nothing_is_nothing(void **state)
{
	struct fixture *fixture = *state;
	assert_null(read(fixture, ""));
	assert_null(read(fixture, "# only a comment\n"));
	assert_int_equal(fixture->diags.items.count, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_scalars_stay_as_written, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_places_count_code_points, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_lines_count_from_the_file, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_null_empty_and_absent_are_one, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_a_syntax_error_keeps_what_was_complete, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_the_first_of_two_equal_keys_is_used, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_what_is_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_an_empty_second_document_is_none, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_nesting_is_limited, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_nothing_is_nothing, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
