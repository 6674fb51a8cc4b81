/* Hostile inputs: each of about 1 MiB, and none takes long. What is beyond a limit is a finding, and its text stays. */
#include "unit.h"

#include <string.h>
#include <unistd.h>

#include "text/markdown.h"

#ifdef ISMARK_ARENA_MALLOC
enum { SIZE = 128 * 1024, SECONDS = 60 }; /* with sanitizers */
#else
enum { SIZE = 1024 * 1024, SECONDS = 30 };
#endif

struct outcome {
	size_t findings, headings, mentions, tables, text;
	enum code code; /* of the first finding */
};

/* Rows that fit no table are no matter of limits. */
static void
count_finding(struct outcome *outcome, enum code code)
{
	if (code == CODE_FM022 || code == CODE_FM023)
		return;
	outcome->findings++;
	outcome->code = code;
}

static struct outcome
outcome_of(struct str text)
{
	struct arena tree, facts;
	arena_init(&tree);
	arena_init(&facts);
	struct source source = {STR("a.md"), text};
	struct diag_list diags;
	diag_list_init(&diags, &tree);
	struct markdown_options options = {.gfm = true, .heading_ids = true, .references = true};
	struct html_options html = {.mentions = true};
	alarm(SECONDS);
	struct node *document = markdown_read(&tree, &source, 0, 1, &options, &diags);
	markdown_headings(&tree, document, &diags);
	const struct markdown_facts *found = markdown_facts(&facts, document, &html);
	alarm(0);
	struct outcome outcome = {0, found->headings.count, found->mentions.count, found->tables.count, found->text.size, CODE_COUNT};
	for (size_t i = diags.items.count; i-- > 0;)
		count_finding(&outcome, diags.items.items[i]->code);
	arena_release(&tree);
	arena_release(&facts);
	return outcome;
}

/* START, then UNIT as often as it fits, then END. */
static struct outcome
outcome_of_run(const char *start, const char *unit, const char *end)
{
	struct buf text = {0};
	buf_add_c(&text, start);
	while (text.size < SIZE)
		buf_add_c(&text, unit);
	buf_add_c(&text, end);
	struct outcome outcome = outcome_of(buf_str(&text));
	buf_release(&text);
	return outcome;
}

/* What must merely end soon. */
static void
test_runs_of_every_mark(void **state)
{
	(void)state;
	static const char *const units[][3] = {
		{"", ">", "a"}, {"", "1. ", "a"}, {"", "- a\n\n", ""}, {"", "\t", "a"}, {"", "[", "a"}, {"", "![", ""}, {"", "](", ""},
		{"", "[a](b", ""}, {"", "[a](<b", ""}, {"", "<", ""}, {"", "<!A ", ""}, {"", "<?", ""}, {"", "<!--", ""},
		{"a", "<!-- ", ""}, {"", "*a ", ""}, {"", "a* ", ""}, {"", "*a _b ", ""}, {"", "*_", ""}, {"", "**x*y __z_", ""},
		{"", "`x``y```", ""}, {"", "&", ""}, {"", "&copy;&bne;", ""}, {"", "\\*", ""}, {"", "a\n=\n", ""}, {"", "[a]:\n", ""},
		{"[a]: b\n\n", "[a](", ""}, {"", "~a~~b ", ""}, {"", " ~~a", ""}, {"", "~*", "a"}, {"", "_www.", ""},
		{"", "(www.a.b", ""}, {"", "http://a! ", ""}, {"", "a@b.c", ""}, {"", "@", ""}, {"", "A1.", ""}, {"", "[[A-1", ""},
		{"<div>\n", "<a b=\"<a\" ", ""}, {"<div\n", "<a ", ""}, {"", "# a\n", ""}, {"", "# a {#", ""}, {"", "a\r", ""},
		{"", "|", ""}, {"", "|-", "\n"}, {"|a|b|\n", "|-|\n", ""}, {"", "- [x] a\n", ""}, {"", "{#a}", ""},
	};
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		struct outcome outcome = outcome_of_run(units[i][0], units[i][1], units[i][2]);
		if (outcome.findings > 1)
			fail_msg("%zu findings for %s", outcome.findings, units[i][1]);
	}
}

static void
assert_one_finding(struct outcome outcome, enum code code)
{
	assert_int_equal(outcome.findings, 1);
	assert_int_equal(outcome.code, code);
}

static void
test_deep_quotes_and_lists(void **state)
{
	(void)state;
	assert_one_finding(outcome_of_run("", "> ", "a"), CODE_FM041);
	assert_one_finding(outcome_of_run("", "- ", "a"), CODE_FM041);
	assert_true(outcome_of_run("", "> ", "a").text > 0);
}

static void
test_deep_lists_and_many_blank_lines(void **state)
{
	(void)state;
	struct buf text = {0};
	for (size_t i = 0; i < 20000; i++)
		buf_add_c(&text, "- ");
	buf_add_c(&text, "a");
	for (size_t i = 0; i < 20000; i++)
		buf_add_c(&text, "\n");
	assert_one_finding(outcome_of(buf_str(&text)), CODE_FM041);
	buf_release(&text);
}

static void
test_brackets(void **state)
{
	(void)state;
	assert_one_finding(outcome_of_run("", "![[]()", ""), CODE_FM042);
	assert_one_finding(outcome_of_run("", "[x]() ![y", ""), CODE_FM042);
	assert_one_finding(outcome_of_run("> - ", "![[]()", "\nlazy"), CODE_FM042);
	assert_one_finding(outcome_of_run("|a|\n|-|\n|", "![[]()", "|\n"), CODE_FM042);
	struct outcome links = outcome_of_run("|a|\n|-|\n", "|[b](c)|\n", "");
	assert_int_equal(links.findings, 0);
	assert_int_equal(links.tables, 1);
	assert_true(links.mentions > SIZE / 16);
}

static void
test_brackets_that_are_no_links(void **state)
{
	(void)state;
	assert_int_equal(outcome_of_run("```\n", "[[1], [2]],\n", "```\n").findings, 0);
	assert_int_equal(outcome_of_run("", "[a]: /b\n", "\n[a]\n").findings, 0);
	assert_int_equal(outcome_of_run("", "- [ ] task [a](b)\n\n", "").findings, 0);
}

static void
test_wide_tables(void **state)
{
	(void)state;
	struct buf text = {0};
	for (size_t i = 0; i < 600; i++)
		buf_add_c(&text, "|a");
	buf_add_c(&text, "\n");
	for (size_t i = 0; i < 600; i++)
		buf_add_c(&text, "|-");
	buf_add_c(&text, "\n");
	for (size_t i = 0; i < 400; i++)
		buf_add_c(&text, "a\n");
	struct outcome narrow = outcome_of(buf_str(&text));
	assert_int_equal(narrow.findings, 0);
	assert_int_equal(narrow.tables, 1);
	for (size_t i = 0; i < 100000; i++)
		buf_add_c(&text, "a\n");
	struct outcome wide = outcome_of(buf_str(&text));
	assert_one_finding(wide, CODE_FM043);
	assert_int_equal(wide.tables, 0);
	assert_true(wide.text > 100000);
	buf_release(&text);
}

static void
test_tables_that_run_into_one_another(void **state)
{
	(void)state;
	struct outcome outcome = outcome_of_run("", "|a|\n|-|\n    x\n", "");
	assert_one_finding(outcome, CODE_FM044);
	assert_true(outcome.tables >= 16);
	assert_int_equal(outcome_of_run("", "|a|\n|-|\n---\n\n", "").findings, 0);
}

static void
test_deep_emphasis(void **state)
{
	(void)state;
	struct buf text = {0};
	for (size_t i = 0; i < SIZE / 6; i++)
		buf_add_c(&text, "*a ");
	for (size_t i = 0; i < SIZE / 6; i++)
		buf_add_c(&text, "b* ");
	struct outcome outcome = outcome_of(buf_str(&text));
	assert_one_finding(outcome, CODE_FM045);
	assert_true(outcome.text > SIZE / 2);
	buf_release(&text);
}

static void
test_large_texts(void **state)
{
	(void)state;
	struct buf text = {0};
	while (text.size <= MARKDOWN_SIZE_MAX)
		buf_add_c(&text, "# many words and no end of them\n");
	struct outcome outcome = outcome_of(buf_str(&text));
	assert_one_finding(outcome, CODE_FM040);
	assert_int_equal(outcome.headings, 0);
	buf_release(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_runs_of_every_mark),
		cmocka_unit_test(test_deep_quotes_and_lists),
		cmocka_unit_test(test_deep_lists_and_many_blank_lines),
		cmocka_unit_test(test_brackets),
		cmocka_unit_test(test_brackets_that_are_no_links),
		cmocka_unit_test(test_wide_tables),
		cmocka_unit_test(test_tables_that_run_into_one_another),
		cmocka_unit_test(test_deep_emphasis),
		cmocka_unit_test(test_large_texts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
