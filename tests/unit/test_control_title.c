#include "unit.h"

#include <string.h>
#include <time.h>

#include "catalogue/control_title.h"

static const struct catalogue *
edition(void)
{
	return catalogue_find(STR("iso27001-2022"));
}

static const struct control *
control(const char *id)
{
	const struct control *found = catalogue_control(edition(), str_from(id));
	assert_non_null(found);
	return found;
}

struct expectation {
	const char *id, *text;
	enum title_match match;
	const char *other;
};

static void
check_all(const struct expectation *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct control *other = NULL;
		enum title_match match = control_title_match(control(cases[i].id), str_from(cases[i].text), &other);
		struct str other_id = other ? other->id : (struct str){0};
		if (match != cases[i].match || !str_equal(other_id, str_from(cases[i].other)))
			fail_msg("%s `%s` gives %d %.*s", cases[i].id, cases[i].text, (int)match, STR_ARG(other_id));
	}
}

#define CHECK_ALL(cases) check_all((cases), sizeof(cases) / sizeof *(cases))

static void
test_case_and_punctuation_do_not_count(void **state)
{
	(void)state;
	static const struct expectation cases[] = {
		{"A.5.15", "Access control", TITLE_SAME, NULL},
		{"A.5.15", "ACCESS  CONTROL.", TITLE_SAME, NULL},
		{"A.5.15", "access-control", TITLE_SAME, NULL},
		{"A.5.15", "", TITLE_SAME, NULL},
		{"A.5.15", " - ", TITLE_SAME, NULL},
		{"A.7.3", "Securing offices, rooms, & facilities", TITLE_SAME, NULL},
		{"A.7.9", "Security of assets off premises", TITLE_SAME, NULL},
		{"A.7.9", "Security of assets off\u2011premises", TITLE_SAME, NULL},
		{"A.7.14", "Secure disposal or\nre-use of equipment", TITLE_SAME, NULL},
	};
	CHECK_ALL(cases);
}

static void
test_spelling_and_short_forms_are_variants(void **state)
{
	(void)state;
	static const struct expectation cases[] = {
		{"A.8.1", "User endpoint devices", TITLE_VARIED, NULL},
		{"A.8.25", "Secure development lifecycle", TITLE_VARIED, NULL},
		{"A.8.8", "Vulnerability management", TITLE_VARIED, NULL},
		{"A.8.14", "Redundancy", TITLE_VARIED, NULL},
		{"A.8.17", "Clock synchronisation", TITLE_VARIED, NULL},
		{"A.5.13", "Labeling of information", TITLE_VARIED, NULL},
		{"A.5.21", "Managing information security in the ICT supply chain", TITLE_VARIED, NULL},
		{"A.5.34", "Privacy and protection of PII", TITLE_VARIED, NULL},
		{"A.5.15", "Access control policy", TITLE_VARIED, NULL},
		{"A.5.9", "Inventory of assets", TITLE_VARIED, NULL},
		{"A.8.13", "Backups", TITLE_VARIED, NULL},
		{"A.8.7", "Anti-malware", TITLE_VARIED, NULL},
		{"A.8.20", "Network security", TITLE_VARIED, NULL},
	};
	CHECK_ALL(cases);
}

static void
test_titles_of_other_controls(void **state)
{
	(void)state;
	static const struct expectation cases[] = {
		{"A.5.15", "Access rights", TITLE_OF_OTHER, "A.5.18"},
		{"A.8.9", "change management", TITLE_OF_OTHER, "A.8.32"},
		{"A.8.20", "Security of network services", TITLE_OF_OTHER, "A.8.21"},
		{"A.5.7", "User endpoint devices", TITLE_OF_OTHER, "A.8.1"},
		{"A.5.15", "Inventory of assets", TITLE_OF_OTHER, "A.5.9"}, /* its title of 2013 */
		{"A.5.15", "Firewalls", TITLE_UNRELATED, NULL},
		{"A.5.7", "Information security management", TITLE_UNRELATED, NULL},
		{"A.8.24", "Encryption", TITLE_UNRELATED, NULL},
		{"A.5.5", "Authentication", TITLE_UNRELATED, NULL},
	};
	CHECK_ALL(cases);
}

/* A title is its own control's and no other's, in every spelling that changes only the looks. */
static void
test_every_title_is_its_own(void **state)
{
	(void)state;
	struct arena arena;
	arena_init(&arena);
	for (size_t i = 0; i < edition()->control_count; i++) {
		const struct control *own = &edition()->controls[i];
		assert_int_equal(control_title_match(own, own->title, NULL), TITLE_SAME);
		assert_int_equal(control_title_match(own, str_lower(&arena, own->title), NULL), TITLE_SAME);
		if (own->title_27002.size)
			assert_int_equal(control_title_match(own, own->title_27002, NULL), TITLE_VARIED);
		assert_ptr_equal(control_find_title(edition(), own->title), own);
		const struct control *next = &edition()->controls[(i + 1) % edition()->control_count], *other = NULL;
		assert_int_equal(control_title_match(next, own->title, &other), TITLE_OF_OTHER);
		assert_ptr_equal(other, own);
	}
	arena_release(&arena);
}

static void
test_long_titles_are_cut(void **state)
{
	(void)state;
	struct buf text = {0};
	while (text.size < 1000000)
		buf_add_c(&text, "access ");
	clock_t start = clock();
	assert_int_equal(control_title_match(control("A.5.15"), buf_str(&text), NULL), TITLE_VARIED);
	assert_null(control_find_title(edition(), STR("")));
	assert_true(clock() - start < CLOCKS_PER_SEC);
	buf_release(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_case_and_punctuation_do_not_count),
		cmocka_unit_test(test_spelling_and_short_forms_are_variants),
		cmocka_unit_test(test_titles_of_other_controls),
		cmocka_unit_test(test_every_title_is_its_own),
		cmocka_unit_test(test_long_titles_are_cut),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
