/* JSON: values, places, and what is refused. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "text/json.h"

static struct arena arena;

static int
tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static const struct tree *
read(struct str text, struct json_error *error)
{
	struct source *source = arena_new(&arena, struct source);
	*source = (struct source){STR("test.json"), text};
	return json_read(&arena, source, error);
}

static void
assert_text(const struct tree *tree, const char *wanted)
{
	assert_non_null(tree);
	assert_int_equal(tree->type, TREE_SCALAR);
	assert_int_equal(tree->text.size, strlen(wanted));
	assert_memory_equal(tree->text.data, wanted, tree->text.size);
}

static void
assert_span(struct span span, unsigned line, unsigned column, unsigned end_line, unsigned end_column)
{
	assert_int_equal(span.line, line);
	assert_int_equal(span.column, column);
	assert_int_equal(span.end_line, end_line);
	assert_int_equal(span.end_column, end_column);
}

static void
test_values_have_places(void **state)
{
	(void)state;
	struct json_error error;
	const struct tree *tree = read(STR("{\"é\": [1.50, true,\n  \"a\\\"]b\\u00e9\", {}, null],\n \"last\": [] }\n"), &error);
	assert_non_null(tree);
	assert_span(tree->span, 1, 1, 3, 14);
	assert_span(tree->pairs.items[0].key_span, 1, 2, 1, 5);
	const struct tree *list = tree->pairs.items[0].value;
	assert_span(list->span, 1, 7, 2, 27);
	assert_text(list->items.items[0], "1.50");
	assert_span(list->items.items[0]->span, 1, 8, 1, 12);
	assert_text(list->items.items[1], "true");
	assert_text(list->items.items[2], "a\"]bé");
	assert_true(list->items.items[2]->quoted);
	assert_span(list->items.items[2]->span, 2, 3, 2, 16);
	assert_span(list->items.items[3]->span, 2, 18, 2, 20);
	assert_span(list->items.items[4]->span, 2, 22, 2, 26);
	assert_true(tree_is_absent(list->items.items[4]));
	assert_span(tree_get(tree, STR("last"))->span, 3, 10, 3, 12);
}

static void
test_scalars_are_values_too(void **state)
{
	(void)state;
	struct json_error error;
	assert_text(read(STR(" -1e3"), &error), "-1e3");
}

static void
test_mistakes_have_places(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		unsigned line, column;
	} cases[] = {
		{"", 0, 0}, {"{\"a\": 1,}", 1, 9}, {"{\"a\": 1,\n\"a\": 2}", 2, 3}, {"[\n  nul]", 2, 5}, {"[1] x", 1, 5}, {"{'a': 1}", 1, 2},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct json_error error = {0};
		assert_null(read(str_from(cases[i].text), &error));
		assert_true(error.message.size > 0);
		assert_int_equal(error.span.line, cases[i].line);
		assert_int_equal(error.span.column, cases[i].column);
	}
}

static void
test_depth_is_limited(void **state)
{
	(void)state;
	char text[2 * (JSON_DEPTH_MAX + 1)];
	struct json_error error;
	for (int depth = JSON_DEPTH_MAX; depth <= JSON_DEPTH_MAX + 1; depth++) {
		memset(text, '[', (size_t)depth);
		memset(text + depth, ']', (size_t)depth);
		const struct tree *tree = read((struct str){text, 2 * (size_t)depth}, &error);
		assert_int_equal(tree != NULL, depth == JSON_DEPTH_MAX);
	}
	assert_int_equal(error.span.column, JSON_DEPTH_MAX + 1);
}

static void
test_a_deep_flood_ends(void **state)
{
	(void)state;
	enum { SIZE = 1 << 20 };
	char *text = malloc(SIZE);
	struct json_error error;
	memset(text, '[', SIZE);
	assert_null(read((struct str){text, SIZE}, &error));
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values_have_places),   cmocka_unit_test(test_scalars_are_values_too), cmocka_unit_test(test_mistakes_have_places),
		cmocka_unit_test(test_depth_is_limited), cmocka_unit_test(test_a_deep_flood_ends),
	};
	return cmocka_run_group_tests(tests, NULL, tear_down);
}
