#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "text/markdown.h"

struct world {
	struct arena arena, tree;
	struct source source;
	struct diag_list diags;
};

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
	struct world *world = *state;
	arena_release(&world->arena);
	return 0;
}

/* Facts of TEXT; the tree is gone when they are looked at. */
static struct markdown_facts *
facts_with(void **state, const char *text, bool raw_html)
{
	struct world *world = *state;
	struct markdown_options options = {.gfm = true, .heading_ids = true, .references = true};
	struct html_options html = {.raw_html = raw_html, .mentions = true};
	world->source = (struct source){STR("a.md"), str_from(text)};
	arena_init(&world->tree);
	struct node *document = markdown_read(&world->tree, &world->source, 0, 1, &options, &world->diags);
	markdown_headings(&world->tree, document, &world->diags);
	struct markdown_facts *facts = markdown_facts(&world->arena, document, &html);
	arena_release(&world->tree);
	return facts;
}

static struct markdown_facts *
facts_of(void **state, const char *text)
{
	return facts_with(state, text, false);
}

static void
assert_text(struct str got, const char *expected)
{
	struct str wanted = str_from(expected);
	if (!str_equal(got, wanted))
		fail_msg("\"%.*s\" instead of \"%s\"", STR_ARG(got), expected);
}

static void
assert_place(struct span span, uint32_t line, uint32_t column, uint32_t end_column)
{
	if (span.line != line || span.column != column || span.end_line != line || span.end_column != end_column)
		fail_msg("%u:%u-%u:%u instead of %u:%u-%u", span.line, span.column, span.end_line, span.end_column, line, column,
		         end_column);
}

/* The HTML with mentions as "{number:" and "}". */
static struct str
marked_html(void **state, const struct markdown_facts *facts)
{
	struct world *world = *state;
	struct buf html = {0};
	for (size_t i = 0; i < facts->html.count; i++) {
		const struct html_part *part = &facts->html.items[i];
		if (part->type == HTML_LITERAL)
			buf_add_str(&html, part->html);
		else if (part->type == HTML_MENTION_OPEN)
			buf_printf(&html, "{%zu:", part->mention);
		else
			buf_add_char(&html, '}');
	}
	return buf_take(&html, &world->arena);
}

static void
test_heading_ids(void **state)
{
	const struct markdown_facts *facts = facts_of(state, "# Scope\n## Scope\n> ## *Scope* {#scope-1}\n\nScope\n---\n"
	                                                     "### 🎯 `A.5.1` & more\n# Literal \\{#x}\n");
	const char *const ids[] = {"scope", "scope-2", "scope-1", "scope-3", "-a51--more", "literal-x"};
	assert_int_equal(facts->headings.count, 6);
	for (size_t i = 0; i < 6; i++)
		assert_text(facts->headings.items[i].id, ids[i]);
	assert_text(facts->headings.items[2].text, "Scope");
	assert_int_equal(facts->headings.items[3].level, 2);
	assert_int_equal(facts->headings.items[3].span.line, 5);
}

static void
test_two_equal_ids_are_a_finding(void **state)
{
	struct world *world = *state;
	facts_of(state, "# A {#x}\n\n# B {#x}\n\n# X\n");
	assert_int_equal(world->diags.items.count, 1);
	const struct diag *diag = world->diags.items.items[0];
	assert_int_equal(diag->code, CODE_LNK010);
	assert_int_equal(diag->span.line, 3);
	assert_int_equal(diag->related.items[0].span.line, 1);
}

static void
test_mentions_in_document_order(void **state)
{
	const struct markdown_facts *facts = facts_of(
		state, "RISK-001 and [A.5.1 link](x.md#y \"T\"), ![pic](p.png)\n\n- (see R‑002), [[RISK-003]].\n");
	const enum mention_type types[] = {MENTION_TOKEN, MENTION_LINK, MENTION_IMAGE, MENTION_TOKEN, MENTION_REFERENCE};
	const char *const targets[] = {"RISK-001", "x.md#y", "p.png", "R-002", "RISK-003"};
	const char *const texts[] = {"RISK-001", "A.5.1 link", "pic", "R‑002", "RISK-003"};
	assert_int_equal(facts->mentions.count, 5);
	for (size_t i = 0; i < 5; i++) {
		assert_int_equal(facts->mentions.items[i].type, types[i]);
		assert_text(facts->mentions.items[i].target, targets[i]);
		assert_text(facts->mentions.items[i].text, texts[i]);
	}
	assert_text(facts->mentions.items[1].title, "T");
	assert_place(facts->mentions.items[0].span, 1, 1, 9);
	assert_place(facts->mentions.items[1].span, 1, 14, 38);
	assert_place(facts->mentions.items[3].span, 3, 8, 13);
	assert_text(marked_html(state, facts),
	            "<p>{0:RISK-001} and {1:A.5.1 link}, {2:}</p>\n<ul>\n<li>(see {3:R‑002}), {4:RISK-003}.</li>\n</ul>\n");
}

static void
test_what_is_no_token(void **state)
{
	const struct markdown_facts *facts =
		facts_of(state, "`RISK-001` [RISK-001](x) <b>RISK-001</b> policy ISO a5 5.1 27001 éA1 A1é --- ABC\n\n"
		                "    A.5.1\n\n```\nA.5.1\n```\n\nA.5.1. A-1-, -B2 iso27001:A.5.2 **C3**\n");
	const char *const targets[] = {"x", "RISK-001", "A.5.1", "A-1", "B2", "A.5.2", "C3"};
	assert_int_equal(facts->mentions.count, 7);
	for (size_t i = 0; i < 7; i++)
		assert_text(facts->mentions.items[i].target, targets[i]);
}

static void
test_tables_as_facts(void **state)
{
	const struct markdown_facts *facts =
		facts_of(state, "# SoA\n\n| Ref | Why |\n|---|---|\n| [A.5.1](soa.md) | one<br>two |\n| **A.5.2** |\n"
		                "| ![Yes](y.svg) | a | b |\n");
	assert_int_equal(facts->tables.count, 1);
	const struct table *table = &facts->tables.items[0];
	assert_text(table->heading, "SoA");
	assert_int_equal(table->header.cells.count, 2);
	assert_text(table->header.cells.items[1].text, "Why");
	assert_int_equal(table->rows.count, 3);
	assert_text(table->rows.items[0].cells.items[0].text, "A.5.1");
	assert_text(table->rows.items[0].cells.items[0].first_link, "soa.md");
	assert_text(table->rows.items[0].cells.items[1].text, "one\ntwo");
	assert_place(table->rows.items[0].cells.items[1].span, 5, 21, 31);
	assert_text(table->rows.items[1].cells.items[0].text, "A.5.2");
	assert_int_equal(table->rows.items[1].cells.count, 2);
	assert_text(table->rows.items[1].cells.items[1].text, "");
	assert_text(table->rows.items[2].cells.items[0].text, "Yes");
	assert_int_equal(table->rows.items[2].cells.count, 2);
}

static void
test_text_for_search(void **state)
{
	const struct markdown_facts *facts = facts_of(
		state, "# A *b*\n\nc\nd `e  f`\n\n- g\n- h\n\n| i | j |\n|---|---|\n| k<br>l | m |\n\n```\nn\n  o\n```\n<p>p</p>\n");
	assert_text(facts->text, "A b c d e f g h i j k l m n o");
}

static void
test_tasks_are_counted(void **state)
{
	const struct markdown_facts *facts = facts_of(state, "- [ ] a\n- [x] b\n  - [ ] c\n");
	assert_int_equal(facts->tasks_open, 2);
	assert_int_equal(facts->tasks_done, 1);
}

static void
test_anchors_of_raw_html(void **state)
{
	const char *text = "<a id=\"one\"></a> x <a name='two'>y</a> <span id=three class=z>\n\n<div\n id=\"four\"><p ID=five>\n\n"
	                   "`<a id=\"six\">` <!-- <a id=\"seven\"> -->\n";
	const struct markdown_facts *facts = facts_of(state, text);
	const char *const anchors[] = {"one", "two", "three", "four", "five"};
	assert_int_equal(facts->anchors.count, 5);
	for (size_t i = 0; i < 5; i++)
		assert_text(facts->anchors.items[i], anchors[i]);
}

static void
test_raw_html_is_text_unless_allowed(void **state)
{
	const char *text = "<script>x</script>\n\na <b onclick=\"y\">z</b><br>u <!-- hidden --><a id=\"here\"></a>\n\n<!-- gone -->\n";
	assert_text(marked_html(state, facts_of(state, text)),
	            "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"
	            "<p>a &lt;b onclick=&quot;y&quot;&gt;z&lt;/b&gt;<br />u <span id=\"here\"></span></p>\n");
	assert_text(marked_html(state, facts_with(state, text, true)),
	            "<script>x</script>\n"
	            "<p>a <b onclick=\"y\">z</b><br>u <!-- hidden --><a id=\"here\"></a></p>\n<!-- gone -->\n");
}

static void
test_unsafe_urls_are_not_written(void **state)
{
	struct world *world = *state;
	struct markdown_options options = {.gfm = true};
	struct html_options html = {0};
	struct source source = {STR("a.md"), STR("[a](javascript:x) ![b](data:c) <vbscript:d> [e](f \"<g>\")\n")};
	struct node *document = markdown_read(&world->arena, &source, 0, 1, &options, &world->diags);
	assert_text(markdown_html(&world->arena, document, &html),
	            "<p>a b vbscript:d <a href=\"f\" title=\"&lt;g&gt;\">e</a></p>\n");
}

/* Threads */

enum { DOCUMENTS = 400 };

struct many {
	struct str texts[DOCUMENTS];
	struct str results[DOCUMENTS];
	struct arena arenas[4];
};

static void
read_one(void *context, size_t worker, size_t index)
{
	struct many *many = context;
	struct arena *arena = &many->arenas[worker];
	struct source source = {STR("a.md"), many->texts[index]};
	struct markdown_options options = {.gfm = true, .heading_ids = true, .references = true};
	struct html_options html = {0};
	struct diag_list diags;
	diag_list_init(&diags, arena);
	struct node *document = markdown_read(arena, &source, 0, 1, &options, &diags);
	markdown_headings(arena, document, &diags);
	many->results[index] = markdown_html(arena, document, &html);
}

static struct str
generated_text(struct arena *arena, size_t number)
{
	struct buf text = {0};
	for (size_t i = 0; i < 40; i++) {
		switch ((number * 7 + i * 3) % 8) {
		case 0: buf_printf(&text, "# Heading %zu {#h%zu}\n\n", i, i); break;
		case 1: buf_printf(&text, "text\n| a%zu | *b* |\n|:--|--:|\n| [x][r] | `c \\| d` |\n---\n", i); break;
		case 2: buf_printf(&text, "- [ ] task %zu\n- [x] ~~done~~ www.example.com\n\n", i); break;
		case 3: buf_printf(&text, "> quote %zu\n> > deeper [l](u \"t\")\n\n", i); break;
		case 4: buf_printf(&text, "[r]: /target%zu\n\n", i); break;
		case 5: buf_printf(&text, "```c\ncode %zu\n```\n\n", i); break;
		case 6: buf_printf(&text, "**RISK-%03zu** and [[RISK-%zu]] &copy; <b>x</b>\n\n", i, number); break;
		default: buf_printf(&text, "| h |\n|---|\n| %zu |\n\n", number); break;
		}
	}
	return buf_take(&text, arena);
}

static void
test_threads_give_what_one_gives(void **state)
{
	struct world *world = *state;
	struct many *one = arena_new(&world->arena, struct many), *four = arena_new(&world->arena, struct many);
	for (size_t i = 0; i < DOCUMENTS; i++)
		one->texts[i] = four->texts[i] = generated_text(&world->arena, i);
	parallel_for(1, DOCUMENTS, read_one, one);
	for (int round = 0; round < 5; round++) {
		parallel_for(4, DOCUMENTS, read_one, four);
		for (size_t i = 0; i < DOCUMENTS; i++)
			assert_true(one->results[i].size > 100 && str_equal(one->results[i], four->results[i]));
	}
	for (size_t i = 0; i < 4; i++) {
		arena_release(&one->arenas[i]);
		arena_release(&four->arenas[i]);
	}
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_heading_ids),
		TEST(test_two_equal_ids_are_a_finding),
		TEST(test_mentions_in_document_order),
		TEST(test_what_is_no_token),
		TEST(test_tables_as_facts),
		TEST(test_text_for_search),
		TEST(test_tasks_are_counted),
		TEST(test_anchors_of_raw_html),
		TEST(test_raw_html_is_text_unless_allowed),
		TEST(test_unsafe_urls_are_not_written),
		TEST(test_threads_give_what_one_gives),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
