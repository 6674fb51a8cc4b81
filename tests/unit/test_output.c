#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "site/output.h"
#include "unit.h"

struct fixture {
	struct arena arena;
	struct diag_list diags;
	struct output output;
};

static int
set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof *fixture);
	diag_list_init(&fixture->diags, &fixture->arena);
	output_init(&fixture->output, &fixture->arena);
	*state = fixture;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *fixture = *state;
	arena_release(&fixture->arena);
	free(fixture);
	return 0;
}

static bool
add(struct fixture *fixture, const char *path)
{
	struct output_file file = {.path = str_from(path), .bytes = STR("x"), .maker = str_from(path)};
	return output_add(&fixture->output, &file, &fixture->diags);
}

static void
assert_clash(struct fixture *fixture, const char *first, const char *second)
{
	assert_true(add(fixture, first));
	assert_false(output_is_free(&fixture->output, str_from(second)));
	assert_false(add(fixture, second));
	assert_int_equal(fixture->diags.items.count, 1);
	assert_int_equal(fixture->diags.items.items[0]->code, CODE_PUB001);
	assert_int_equal(fixture->output.files.count, 1);
}

static void
refuses_equal_paths(void **state)
{
	assert_clash(*state, "risk/R-1.html", "risk/R-1.html");
}

static void
refuses_paths_that_differ_in_case(void **state)
{
	assert_clash(*state, "policies/Zugriff-\xC3\x84.html", "Policies/zugriff-\xC3\xA4.html");
}

static void
refuses_paths_that_differ_in_normalisation(void **state)
{
	assert_clash(*state, "\xC3\xA4.html", "a\xCC\x88.html");
}

static void
refuses_a_file_below_a_file(void **state)
{
	assert_clash(*state, "risk", "Risk/R-1.html");
}

static void
refuses_a_file_where_a_folder_is(void **state)
{
	assert_clash(*state, "risk/deep/R-1.html", "risk/Deep");
}

static void
sorts_and_finds(void **state)
{
	struct fixture *fixture = *state;
	assert_true(add(fixture, "b.html"));
	assert_true(add(fixture, "a/b.html"));
	assert_true(add(fixture, "a.html"));
	output_sort(&fixture->output);
	assert_true(str_equal(fixture->output.files.items[0].path, STR("a.html")));
	assert_true(str_equal(fixture->output.files.items[2].path, STR("b.html")));
	assert_non_null(output_find(&fixture->output, STR("a/b.html")));
	assert_null(output_find(&fixture->output, STR("A/b.html")));
	assert_null(output_find(&fixture->output, STR("a")));
}

static void
copies_only_from_below_the_root(void **state)
{
	struct fixture *fixture = *state;
	char root[] = "/tmp/ismark-output-XXXXXX";
	assert_non_null(mkdtemp(root));
	struct str below = str_printf(&fixture->arena, "%s/content", root);
	assert_true(folder_make(below.data));
	assert_true(file_write(str_printf(&fixture->arena, "%s/outside.txt", root).data, STR("secret")));
	assert_true(file_write(str_printf(&fixture->arena, "%s/inside.txt", below.data).data, STR("good")));
	assert_int_equal(symlink("../outside.txt", str_printf(&fixture->arena, "%s/leaves.txt", below.data).data), 0);
	assert_int_equal(symlink("inside.txt", str_printf(&fixture->arena, "%s/stays.txt", below.data).data), 0);
	assert_int_equal(mkfifo(str_printf(&fixture->arena, "%s/pipe.txt", below.data).data, 0600), 0);
	assert_true(output_add_copy(&fixture->output, STR("a"), below, STR("inside.txt"), &fixture->diags));
	assert_true(output_add_copy(&fixture->output, STR("b"), below, STR("stays.txt"), &fixture->diags));
	assert_int_equal(fixture->diags.items.count, 0);
	assert_false(output_add_copy(&fixture->output, STR("c"), below, STR("leaves.txt"), &fixture->diags));
	assert_false(output_add_copy(&fixture->output, STR("d"), below, STR("../outside.txt"), &fixture->diags));
	assert_false(output_add_copy(&fixture->output, STR("e"), below, STR("pipe.txt"), &fixture->diags));
	assert_false(output_add_copy(&fixture->output, STR("f"), below, STR("absent.txt"), &fixture->diags));
	assert_int_equal(fixture->diags.items.count, 4);
	assert_int_equal(fixture->diags.items.items[3]->code, CODE_PUB004);
	assert_true(folder_remove(root));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(refuses_equal_paths, set_up, tear_down),
		cmocka_unit_test_setup_teardown(refuses_paths_that_differ_in_case, set_up, tear_down),
		cmocka_unit_test_setup_teardown(refuses_paths_that_differ_in_normalisation, set_up, tear_down),
		cmocka_unit_test_setup_teardown(refuses_a_file_below_a_file, set_up, tear_down),
		cmocka_unit_test_setup_teardown(refuses_a_file_where_a_folder_is, set_up, tear_down),
		cmocka_unit_test_setup_teardown(sorts_and_finds, set_up, tear_down),
		cmocka_unit_test_setup_teardown(copies_only_from_below_the_root, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
