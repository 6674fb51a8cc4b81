#include "site/page_terms.h"
#include "site/page_values.h"
#include "unit.h"

/* The address of TO on the page FROM. */
static void
assert_href(const char *from, const char *to, const char *fragment, const char *expected)
{
	struct arena arena = {0};
	struct config config = {0};
	struct site site = {.config = &config};
	struct pages pages = {.site = &site};
	struct page page = {.path = str_from(from)};
	struct page_context context = {.pages = &pages, .page = &page, .arena = &arena};
	config.base_url = STR("https://isms.example.org/site/");
	assert_string_equal(str_c(&arena, page_href(&context, str_from(to), str_from(fragment))), expected);
	arena_release(&arena);
}

static void
addresses_are_relative(void **state)
{
	(void)state;
	assert_href("index.html", "risk/R-1.html", "", "risk/R-1.html");
	assert_href("risk/R-1.html", "index.html", "", "../index.html");
	assert_href("risk/R-1.html", "risk/R-2.html", "", "R-2.html");
	assert_href("a/b/c.html", "a/d/e.html", "", "../d/e.html");
	assert_href("a/b.html", "ab/c.html", "", "../ab/c.html");
	assert_href("control/iso27018/A.5.1.html", "theme/", "", "../../theme/");
}

static void
fragments_follow(void **state)
{
	(void)state;
	assert_href("a.html", "b.html", "risk-1", "b.html#risk-1");
	assert_href("a.html", "a.html", "risk-1", "#risk-1");
	assert_href("a.html", "a.html", "", "a.html");
	assert_href("a.html", "b.html", "gr\xC3\xB6\xC3\x9F" "e", "b.html#gr%C3%B6%C3%9Fe");
}

static void
what_has_a_meaning_in_a_url_is_encoded(void **state)
{
	(void)state;
	assert_href("index.html", "a b#c?d%20e.html", "", "a%20b%23c%3Fd%2520e.html");
	assert_href("index.html", "javascript:x.html", "", "javascript%3Ax.html");
	assert_href("index.html", "q\"<>&.html", "", "q%22%3C%3E&.html");
}

static void
the_page_for_missing_pages_knows_its_site(void **state)
{
	(void)state;
	assert_href("404.html", "risk/R-1.html", "", "https://isms.example.org/site/risk/R-1.html");
}

static void
urls_keep_what_they_have(void **state)
{
	(void)state;
	struct arena arena = {0};
	assert_string_equal(str_c(&arena, page_url(&arena, STR("https://x.example/a%20b?c=d&e#f"))), "https://x.example/a%20b?c=d&e#f");
	assert_string_equal(str_c(&arena, page_url(&arena, STR("https://x.example/\"a b"))), "https://x.example/%22a%20b");
	arena_release(&arena);
}

static void
labels_are_for_people(void **state)
{
	(void)state;
	struct arena arena = {0};
	assert_string_equal(str_c(&arena, page_label(&arena, "approved_by")), "Approved by");
	assert_string_equal(str_c(&arena, page_language(STR("de-AT"))), "de-AT");
	assert_int_equal(page_language(STR("de\" onload=\"x")).size, 0);
	arena_release(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_are_relative),
		cmocka_unit_test(fragments_follow),
		cmocka_unit_test(what_has_a_meaning_in_a_url_is_encoded),
		cmocka_unit_test(the_page_for_missing_pages_knows_its_site),
		cmocka_unit_test(urls_keep_what_they_have),
		cmocka_unit_test(labels_are_for_people),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
