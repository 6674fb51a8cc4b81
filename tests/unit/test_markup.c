#include "site/markup.h"
#include "base/utf8.h"
#include "unit.h"

static void
assert_view(struct str view, const char *expected)
{
	struct arena arena = {0};
	assert_string_equal(str_c(&arena, view), expected);
	arena_release(&arena);
}

static void
elements_are_found_with_their_content(void **state)
{
	(void)state;
	struct str html = STR("<ul>\n<li>a<ul><li>b</li></ul></li>\n<li class=\"x\">c</li></ul><li>open"), content;
	size_t at = 0;
	assert_true(markup_next(html, "li", &at, &content));
	assert_view(content, "a<ul><li>b</li></ul>");
	assert_true(markup_next(html, "li", &at, &content));
	assert_view(content, "c");
	assert_false(markup_next(html, "li", &at, &content));
	assert_false(markup_next(STR("<"), "li", &(size_t){0}, &content));
	assert_false(markup_next(STR("</li><li"), "li", &(size_t){0}, &content));
}

static void
text_has_no_tags(void **state)
{
	(void)state;
	struct arena arena = {0};
	assert_string_equal(str_c(&arena, markup_text(&arena, STR(" <b>R&amp;D</b>\n <i>&lt;x&gt;</i> a < b "))), "R&D <x> a < b");
	assert_string_equal(str_c(&arena, markup_text(&arena, STR(""))), "");
	assert_string_equal(str_c(&arena, markup_text(&arena, STR("&nbsp; <br>x"))), "&nbsp; x");
	arena_release(&arena);
}

static void
balance_is_seen(void **state)
{
	(void)state;
	assert_true(markup_is_balanced(STR("")));
	assert_true(markup_is_balanced(STR("<p>a<br>b <img src=\"x\"></p><!-- <p> -->")));
	assert_false(markup_is_balanced(STR("<p>a")));
	assert_false(markup_is_balanced(STR("a</blockquote>")));
	assert_false(markup_is_balanced(STR("<b><i></b></i>")));
}

static void
ids_and_headings_are_renamed(void **state)
{
	(void)state;
	struct arena arena = {0};
	struct str html = STR("<h2 id=\"a\">A &lt;h2 id=&quot;</h2><p id=\"b\" class=\"id\">x <a href=\"#a\">y</a></p><h6>z</h6><hr>");
	assert_string_equal(str_c(&arena, markup_renamed(&arena, html, STR("POL-1"), 1)),
	                    "<h3 id=\"POL-1:a\">A &lt;h2 id=&quot;</h3><p id=\"POL-1:b\" class=\"id\">x <a href=\"#a\">y</a></p><h6>z</h6><hr>");
	arena_release(&arena);
}

static void
folding_finds_the_letter(void **state)
{
	(void)state;
	struct arena arena = {0};
	assert_string_equal(str_c(&arena, utf8_fold(&arena, STR("\xC3\x89t\xC3\xA9 Stra\xC3\x9F" "e \xEF\xAC\x81x"))), "ete strasse fix");
	assert_string_equal(str_c(&arena, utf8_fold(&arena, STR("\xC3\xB8\xFFz"))), "\xC3\xB8\xFFz");
	arena_release(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(elements_are_found_with_their_content),
		cmocka_unit_test(text_has_no_tags),
		cmocka_unit_test(balance_is_seen),
		cmocka_unit_test(ids_and_headings_are_renamed),
		cmocka_unit_test(folding_finds_the_letter),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
