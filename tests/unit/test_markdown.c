#include "unit.h"

#include <string.h>

#include "text/markdown.h"

struct world {
	struct arena arena;
	struct source source;
	struct diag_list diags;
};

static struct world *
world_of(void **state)
{
	return *state;
}

static int
set_up(void **state)
{
	static struct world world;
	arena_init(&world.arena);
	diag_list_init(&world.diags, &world.arena);
	*state = &world;
	return 0;
}

static int
tear_down(void **state)
{
	arena_release(&world_of(state)->arena);
	return 0;
}

static struct node *
read_from(void **state, const char *text, size_t from, uint32_t line)
{
	struct world *world = world_of(state);
	struct markdown_options options = {.gfm = true, .heading_ids = true, .references = true};
	world->source = (struct source){STR("a.md"), str_from(text)};
	return markdown_read(&world->arena, &world->source, from, line, &options, &world->diags);
}

static struct node *
read_text(void **state, const char *text)
{
	return read_from(state, text, 0, 1);
}

/* The N-th node of TYPE. */
static struct node *
find(struct node *document, enum node_type type, int n)
{
	for (struct node *node = document; node; node = node_next(document, node))
		if (node->type == type && n-- == 0)
			return node;
	fail_msg("no %s", node_type_name(type));
	return NULL;
}

static void
assert_text(struct str got, const char *expected)
{
	struct str wanted = str_from(expected);
	if (!str_equal(got, wanted))
		fail_msg("\"%.*s\" instead of \"%s\"", STR_ARG(got), expected);
}

static void
assert_span(struct span span, uint32_t line, uint32_t column, uint32_t end_line, uint32_t end_column)
{
	if (span.line != line || span.column != column || span.end_line != end_line || span.end_column != end_column)
		fail_msg("%u:%u-%u:%u instead of %u:%u-%u:%u", span.line, span.column, span.end_line, span.end_column, line,
		         column, end_line, end_column);
}

static void
test_text_becomes_words(void **state)
{
	struct node *document = read_text(state, "Two  words\nand *more*\\\nhere\n");
	struct node *para = document->first;
	const enum node_type expected[] = {NODE_STR, NODE_SPACE, NODE_STR, NODE_SOFT_BREAK, NODE_STR, NODE_SPACE, NODE_EMPH,
	                                   NODE_LINE_BREAK, NODE_STR};
	size_t i = 0;
	for (struct node *node = para->first; node; node = node->next)
		assert_int_equal(node->type, expected[i++]);
	assert_int_equal(i, sizeof expected / sizeof *expected);
	assert_text(node_text(&world_of(state)->arena, para), "Two words and more here");
}

static void
test_places_count_code_points_of_the_file(void **state)
{
	const char *text = "---\ntitle: x\n---\né **ü** [ß](u) word\n";
	struct node *document = read_from(state, text, strlen("---\ntitle: x\n---\n"), 4);
	assert_span(document->first->span, 4, 1, 4, 20);
	assert_span(find(document, NODE_STRONG, 0)->span, 4, 3, 4, 8);
	assert_span(find(document, NODE_LINK, 0)->span, 4, 9, 4, 15);
	assert_span(document->first->last->span, 4, 16, 4, 20);
}

static void
test_links_are_placed_inside_containers(void **state)
{
	struct node *document = read_text(state, "> 1. a [b\n>    c](d \"e\n>    f\") g <http://h> ![i](j)\n> lazy [k][]\n"
	                                         "and [l][k]\n\n[k]: m\n");
	assert_span(find(document, NODE_LINK, 0)->span, 1, 8, 3, 9);
	assert_span(find(document, NODE_LINK, 1)->span, 3, 12, 3, 22);
	assert_span(find(document, NODE_IMAGE, 0)->span, 3, 23, 3, 30);
	assert_span(find(document, NODE_LINK, 2)->span, 4, 8, 4, 13);
	assert_span(find(document, NODE_LINK, 3)->span, 5, 5, 5, 11);
	assert_text(find(document, NODE_LINK, 3)->text, "m");
	assert_true(find(document, NODE_LINK, 1)->bare_url);
}

static void
test_blocks_are_placed(void **state)
{
	struct node *document = read_text(state, "Under\nline\n---\n- item\n\n      code\n\n```c x\ny\n```\n");
	assert_span(find(document, NODE_HEADER, 0)->span, 1, 1, 3, 4);
	assert_int_equal(find(document, NODE_HEADER, 0)->level, 2);
	assert_int_equal(find(document, NODE_LIST_ITEM, 0)->span.line, 4);
	assert_int_equal(find(document, NODE_CODE_BLOCK, 0)->span.line, 6);
	assert_span(find(document, NODE_CODE_BLOCK, 1)->span, 8, 1, 10, 4);
	assert_text(find(document, NODE_CODE_BLOCK, 1)->info, "c x");
	assert_text(find(document, NODE_CODE_BLOCK, 1)->text, "y\n");
}

static void
test_line_ends_of_every_kind(void **state)
{
	struct node *document = read_text(state, "a\r\n\r\nb [c](d)\r\n");
	assert_span(find(document, NODE_LINK, 0)->span, 3, 3, 3, 9);
	document = read_text(state, "a\r\rb [c](d)\n\ne [f](g)");
	assert_span(find(document, NODE_LINK, 0)->span, 1, 6, 1, 12);
	assert_span(find(document, NODE_LINK, 1)->span, 3, 3, 3, 9);
}

static void
test_cells_are_placed(void **state)
{
	struct node *document = read_text(state, "text\n\n> | Ä | b |\n> |:--|--:|\n> | `x\\|y` [l](u) | |\n> z\n");
	struct node *table = find(document, NODE_TABLE, 0);
	assert_span(table->span, 3, 3, 6, 4);
	assert_span(find(table, NODE_TABLE_ROW, 0)->span, 3, 3, 3, 12);
	assert_span(find(table, NODE_TABLE_CELL, 0)->span, 3, 5, 3, 6);
	assert_span(find(table, NODE_TABLE_CELL, 1)->span, 3, 9, 3, 10);
	assert_span(find(table, NODE_TABLE_CELL, 2)->span, 5, 5, 5, 18);
	assert_span(find(table, NODE_LINK, 0)->span, 5, 12, 5, 18);
	assert_span(find(table, NODE_CODE, 0)->span, 5, 5, 5, 11);
	assert_text(find(table, NODE_CODE, 0)->text, "x|y");
	assert_span(find(table, NODE_TABLE_CELL, 4)->span, 6, 3, 6, 4);
	assert_int_equal(find(table, NODE_TABLE_CELL, 2)->align, ALIGN_LEFT);
	assert_int_equal(find(table, NODE_TABLE_CELL, 3)->align, ALIGN_RIGHT);
}

static void
test_a_table_amid_other_text(void **state)
{
	struct node *document = read_text(state, "before\n| a |\n|---|\n| b |\n---\nafter [x]\n\n[x]: y\n");
	const enum node_type expected[] = {NODE_PARA, NODE_TABLE, NODE_HORIZONTAL_RULE, NODE_PARA};
	size_t i = 0;
	for (struct node *node = document->first; node; node = node->next)
		assert_int_equal(node->type, expected[i++]);
	assert_int_equal(i, 4);
	assert_span(find(document, NODE_TABLE, 0)->span, 2, 1, 4, 6);
	assert_span(find(document, NODE_LINK, 0)->span, 6, 7, 6, 10);
}

static void
test_tasks_and_strikethrough(void **state)
{
	struct node *document = read_text(state, "- [ ] open\n- [x] ~~done~~\n- plain\n");
	assert_int_equal(find(document, NODE_LIST_ITEM, 0)->task, TASK_OPEN);
	assert_int_equal(find(document, NODE_LIST_ITEM, 1)->task, TASK_DONE);
	assert_int_equal(find(document, NODE_LIST_ITEM, 2)->task, TASK_NONE);
	assert_text(find(document, NODE_STR, 0)->text, "open");
	assert_span(find(document, NODE_STR, 0)->span, 1, 7, 1, 11);
	assert_span(find(document, NODE_STRIKEOUT, 0)->span, 2, 7, 2, 15);
	assert_true(find(document, NODE_BULLET_LIST, 0)->tight);
	assert_int_equal(find(document, NODE_LIST_ITEM, 0)->first->type, NODE_PLAIN);
}

static void
test_references_and_bare_urls(void **state)
{
	struct node *document = read_text(state, "See [[RISK-001]], www.example.com. and [x](id:A.5.1) not [[a b]] `[[C]]`\n");
	struct node *link = find(document, NODE_LINK, 0);
	assert_text(link->text, "id:RISK-001");
	assert_text(node_text(&world_of(state)->arena, link), "RISK-001");
	assert_span(link->span, 1, 5, 1, 17);
	assert_text(find(document, NODE_LINK, 1)->text, "http://www.example.com");
	assert_span(find(document, NODE_LINK, 1)->span, 1, 19, 1, 34);
	assert_text(find(document, NODE_LINK, 2)->text, "id:A.5.1");
	assert_text(document->first->first->next->next->next->text, ",");
}

static void
test_nothing_is_found_for_ordinary_text(void **state)
{
	read_text(state, "# A\n\n| a | b |\n|---|---|\n| [c](d) | e |\n\n- [ ] f\n");
	assert_int_equal(world_of(state)->diags.items.count, 0);
}

static void
test_empty_texts(void **state)
{
	assert_null(read_text(state, "")->first);
	assert_null(read_text(state, "\n\n")->first);
	assert_null(read_from(state, "---\n---\n", 8, 3)->first);
	assert_null(read_text(state, "[a]: b\n")->first);
}

static void
test_urls_by_their_scheme(void **state)
{
	(void)state;
	const char *const safe[] = {"", "a.md", "../a b.md#c", "/a:b", "?a:b", "#a:b", "//example.com", "http://a", "HTTPS://a",
	                            "mailto:a@b", "tel:+1", "a&b.html", "./javascript:x"};
	const char *const unsafe[] = {"javascript:x", "JaVaScRiPt:x", " javascript:x", "\x01javascript:x", "java\tscript:x",
	                              "java\nscript:x", "javascript&colon;x", "javascript&#58;x", "javascript&#x3a;x",
	                              "&#106;avascript:x", "&#x6A;avascript:x", "java&Tab;script:x", "data:text/html,x",
	                              "vbscript:x", "file:///etc/passwd", "ftp://a", "C:\\a", ":", "unknown:x"};
	for (size_t i = 0; i < sizeof safe / sizeof *safe; i++)
		if (!markdown_url_is_safe(str_from(safe[i])))
			fail_msg("%s is safe", safe[i]);
	for (size_t i = 0; i < sizeof unsafe / sizeof *unsafe; i++)
		if (markdown_url_is_safe(str_from(unsafe[i])))
			fail_msg("%s is not safe", unsafe[i]);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_text_becomes_words),
		TEST(test_places_count_code_points_of_the_file),
		TEST(test_links_are_placed_inside_containers),
		TEST(test_blocks_are_placed),
		TEST(test_line_ends_of_every_kind),
		TEST(test_cells_are_placed),
		TEST(test_a_table_amid_other_text),
		TEST(test_tasks_and_strikethrough),
		TEST(test_references_and_bare_urls),
		TEST(test_nothing_is_found_for_ordinary_text),
		TEST(test_empty_texts),
		TEST(test_urls_by_their_scheme),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
