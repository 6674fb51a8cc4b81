#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "site/publish.h"
#include "unit.h"

struct fixture {
	struct arena arena;
	struct diag_list diags;
	struct output output;
	char folder[32]; /* holds out/ and what is staged beside it */
	const char *out;
};

static int
set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof *fixture);
	strcpy(fixture->folder, "/tmp/ismark-publish-XXXXXX");
	if (!mkdtemp(fixture->folder))
		return -1;
	diag_list_init(&fixture->diags, &fixture->arena);
	output_init(&fixture->output, &fixture->arena);
	fixture->out = str_printf(&fixture->arena, "%s/out", fixture->folder).data;
	*state = fixture;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *fixture = *state;
	bool removed = folder_remove(fixture->folder);
	arena_release(&fixture->arena);
	free(fixture);
	return removed ? 0 : -1;
}

static void
add(struct fixture *fixture, const char *path, const char *bytes)
{
	struct output_file file = {.path = str_from(path), .bytes = str_from(bytes), .maker = str_from(path)};
	assert_true(output_add(&fixture->output, &file, &fixture->diags));
}

static bool
put(struct fixture *fixture)
{
	output_sort(&fixture->output);
	bool published = publish(&fixture->output, fixture->out, &fixture->diags);
	output_init(&fixture->output, &fixture->arena);
	return published;
}

static const char *
below(struct fixture *fixture, const char *path)
{
	return str_printf(&fixture->arena, "%s/%s", fixture->out, path).data;
}

static void
assert_holds(struct fixture *fixture, const char *path, const char *bytes)
{
	struct str content;
	assert_true(file_read(&fixture->arena, below(fixture, path), 1000, &content));
	assert_string_equal(content.data, bytes);
}

/* Nothing is left beside out/. */
static void
assert_clean(struct fixture *fixture)
{
	DIR *open = opendir(fixture->folder);
	for (struct dirent *entry; (entry = readdir(open));)
		assert_true(strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 || strcmp(entry->d_name, "out") == 0);
	closedir(open);
}

static struct stat
status_of(struct fixture *fixture, const char *path)
{
	struct stat status;
	assert_int_equal(stat(below(fixture, path), &status), 0);
	return status;
}

static void
publishes_and_replaces(void **state)
{
	struct fixture *fixture = *state;
	add(fixture, "index.html", "one");
	add(fixture, "gone/old.html", "old");
	assert_true(put(fixture));
	add(fixture, "index.html", "two");
	add(fixture, "risk/R-1.html", "new");
	assert_true(put(fixture));
	assert_holds(fixture, "index.html", "two");
	assert_holds(fixture, "risk/R-1.html", "new");
	assert_int_equal(file_type(below(fixture, "gone"), false), FILE_ABSENT);
	assert_int_equal(file_type(below(fixture, PUBLISH_MARKER), false), FILE_REGULAR);
	assert_int_equal(fixture->diags.items.count, 0);
	assert_clean(fixture);
}

static void
keeps_unchanged_files(void **state)
{
	struct fixture *fixture = *state;
	add(fixture, "same.html", "same");
	add(fixture, "other.html", "one");
	assert_true(put(fixture));
	struct stat same = status_of(fixture, "same.html"), other = status_of(fixture, "other.html");
	add(fixture, "same.html", "same");
	add(fixture, "other.html", "two");
	assert_true(put(fixture));
	assert_true(status_of(fixture, "same.html").st_ino == same.st_ino);
	assert_true(status_of(fixture, "same.html").st_mtim.tv_nsec == same.st_mtim.tv_nsec);
	assert_int_equal(status_of(fixture, "same.html").st_nlink, 1);
	assert_false(status_of(fixture, "other.html").st_ino == other.st_ino);
}

static void
refuses_a_stranger(void **state)
{
	struct fixture *fixture = *state;
	assert_true(folder_make(fixture->out));
	assert_true(file_write(below(fixture, "thesis.txt"), STR("years of work")));
	add(fixture, "index.html", "one");
	assert_false(put(fixture));
	assert_int_equal(fixture->diags.items.count, 1);
	assert_int_equal(fixture->diags.items.items[0]->code, CODE_PUB002);
	assert_holds(fixture, "thesis.txt", "years of work");
	assert_clean(fixture);
}

static void
refuses_a_file(void **state)
{
	struct fixture *fixture = *state;
	assert_true(file_write(fixture->out, STR("a file")));
	add(fixture, "index.html", "one");
	assert_false(put(fixture));
	assert_int_equal(fixture->diags.items.items[0]->code, CODE_PUB002);
}

static void
takes_an_empty_folder_and_keeps_gitignore(void **state)
{
	struct fixture *fixture = *state;
	assert_true(folder_make(fixture->out));
	assert_true(file_write(below(fixture, ".gitignore"), STR("*\n")));
	for (int i = 0; i < 2; i++) {
		add(fixture, "index.html", "one");
		assert_true(put(fixture));
		assert_holds(fixture, ".gitignore", "*\n");
	}
	assert_clean(fixture);
}

/* A failure half-way: the copy that cannot be read comes after a file that was staged. */
static void
leaves_the_old_site_when_it_fails(void **state)
{
	struct fixture *fixture = *state;
	add(fixture, "index.html", "old");
	assert_true(put(fixture));
	add(fixture, "index.html", "new");
	struct output_file copy = {.path = STR("z.pdf"), .copy_of = STR("/nowhere/z.pdf"), .maker = STR("z.pdf")};
	assert_true(output_add(&fixture->output, &copy, &fixture->diags));
	assert_false(put(fixture));
	assert_int_equal(fixture->diags.items.items[0]->code, CODE_PUB003);
	assert_true(str_contains(fixture->diags.items.items[0]->message, STR("read `/nowhere/z.pdf`: No such file")));
	assert_holds(fixture, "index.html", "old");
	assert_int_equal(file_type(below(fixture, "z.pdf"), false), FILE_ABSENT);
	assert_clean(fixture);
}

static void
refuses_a_copy_that_became_a_link(void **state)
{
	struct fixture *fixture = *state;
	const char *secret = str_printf(&fixture->arena, "%s/secret", fixture->folder).data;
	const char *asset = str_printf(&fixture->arena, "%s/asset", fixture->folder).data;
	assert_true(file_write(secret, STR("secret")));
	assert_true(file_write(asset, STR("good")));
	assert_true(output_add_copy(&fixture->output, STR("asset"), str_from(fixture->folder), STR("asset"), &fixture->diags));
	assert_int_equal(unlink(asset), 0);
	assert_int_equal(symlink(secret, asset), 0);
	assert_false(put(fixture));
	assert_int_equal(file_type(fixture->out, false), FILE_ABSENT);
}

static void
removes_what_an_interrupted_build_left(void **state)
{
	struct fixture *fixture = *state;
	const char *stale = str_printf(&fixture->arena, "%s/.out.ismark-2147483647", fixture->folder).data;
	const char *alive = str_printf(&fixture->arena, "%s/.out.ismark-1", fixture->folder).data;
	assert_true(folder_make(stale));
	assert_true(folder_make(alive));
	assert_true(file_write(str_printf(&fixture->arena, "%s/index.html", stale).data, STR("half")));
	add(fixture, "index.html", "one");
	assert_true(put(fixture));
	assert_int_equal(file_type(stale, false), FILE_ABSENT);
	assert_int_equal(file_type(alive, false), FILE_FOLDER);
}

/* PUB006: a tree whose paths are longer than the system takes cannot be removed; the site is published all the same. */
static void
names_remains_that_it_cannot_remove(void **state)
{
	struct fixture *fixture = *state;
	char name[201] = {0};
	const char *stale = str_printf(&fixture->arena, "%s/.out.ismark-2147483647", fixture->folder).data;
	const char *remove = str_printf(&fixture->arena, "rm -rf %s", stale).data;
	memset(name, 'x', sizeof name - 1);
	assert_true(folder_make(stale));
	int folder = open(stale, O_RDONLY | O_DIRECTORY);
	for (int i = 0; i < 30; i++) {
		assert_int_equal(mkdirat(folder, name, 0755), 0);
		int inner = openat(folder, name, O_RDONLY | O_DIRECTORY);
		close(folder);
		folder = inner;
	}
	close(folder);
	add(fixture, "index.html", "one");
	assert_true(put(fixture));
	assert_int_equal(fixture->diags.items.count, 1);
	assert_int_equal(fixture->diags.items.items[0]->code, CODE_PUB006);
	assert_holds(fixture, "index.html", "one");
	assert_int_equal(system(remove), 0);
}

static void
follows_a_link_at_its_place(void **state)
{
	struct fixture *fixture = *state;
	const char *real = str_printf(&fixture->arena, "%s/real", fixture->folder).data;
	assert_true(folder_make(real));
	assert_int_equal(symlink("real", fixture->out), 0);
	add(fixture, "index.html", "one");
	assert_true(put(fixture));
	assert_int_equal(file_type(fixture->out, false), FILE_OTHER);
	assert_holds(fixture, "index.html", "one");
}

static void
refuses_places_that_have_no_name(void **state)
{
	struct fixture *fixture = *state;
	add(fixture, "index.html", "one");
	assert_false(publish(&fixture->output, "/", &fixture->diags));
	assert_int_equal(fixture->diags.items.items[0]->code, CODE_PUB003);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(publishes_and_replaces, set_up, tear_down),
		cmocka_unit_test_setup_teardown(keeps_unchanged_files, set_up, tear_down),
		cmocka_unit_test_setup_teardown(refuses_a_stranger, set_up, tear_down),
		cmocka_unit_test_setup_teardown(refuses_a_file, set_up, tear_down),
		cmocka_unit_test_setup_teardown(takes_an_empty_folder_and_keeps_gitignore, set_up, tear_down),
		cmocka_unit_test_setup_teardown(leaves_the_old_site_when_it_fails, set_up, tear_down),
		cmocka_unit_test_setup_teardown(refuses_a_copy_that_became_a_link, set_up, tear_down),
		cmocka_unit_test_setup_teardown(removes_what_an_interrupted_build_left, set_up, tear_down),
		cmocka_unit_test_setup_teardown(names_remains_that_it_cannot_remove, set_up, tear_down),
		cmocka_unit_test_setup_teardown(follows_a_link_at_its_place, set_up, tear_down),
		cmocka_unit_test_setup_teardown(refuses_places_that_have_no_name, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
