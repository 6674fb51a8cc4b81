#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check/readiness.h"
#include "cmd/pipeline.h"

struct assessed {
	struct arena options;
	struct pipeline pipeline;
	struct readiness *readiness;
};

static void
assess(struct assessed *assessed, const char *content, const char *day)
{
	struct options options = {.arena = &assessed->options, .root = ".", .content = content, .threads = 1};
	int exit_code = -1;
	arena_init(&assessed->options);
	assert_int_equal(date_parse(str_from(day), &options.date), DATE_OK);
	assert_true(pipeline_run(&assessed->pipeline, &options, &exit_code));
	assessed->readiness = readiness_assess(&assessed->pipeline.site, &assessed->pipeline.diags, &assessed->pipeline.arena);
}

static void
release(struct assessed *assessed)
{
	pipeline_release(&assessed->pipeline);
	arena_release(&assessed->options);
}

static const struct readiness_item *
item_of(const struct assessed *assessed, enum readiness_stage stage, int number)
{
	for (size_t i = 0; i < assessed->readiness->items.count; i++) {
		const struct readiness_item *item = &assessed->readiness->items.items[i];
		if (item->rule->stage == stage && item->rule->number == number)
			return item;
	}
	fail();
	return NULL;
}

static size_t
count_stage(enum readiness_stage stage)
{
	size_t count, found = 0;
	const struct readiness_rule *rules = readiness_rules(&count);
	for (size_t i = 0; i < count; i++) {
		if (rules[i].stage != stage)
			continue;
		found++;
		assert_int_equal(rules[i].number, found);
		assert_non_null(clause_find(str_from(rules[i].clause)));
		assert_true(rules[i].conditions[0].basis);
	}
	return found;
}

static void
test_the_table_has_the_items_of_the_checklists(void **state)
{
	(void)state;
	assert_int_equal(count_stage(READINESS_STAGE1), 11);
	assert_int_equal(count_stage(READINESS_STAGE2), 9);
	assert_int_equal(count_stage(READINESS_SURVEILLANCE), 6);
	size_t clauses, leaves = 0;
	const struct clause *all = clause_all(&clauses);
	for (size_t i = 0; i < clauses; i++)
		leaves += !all[i].has_children;
	assert_int_equal(count_stage(READINESS_CLAUSES), leaves);
}

/* A code that is misspelt in the table would hold nothing back, silently. */
static void
test_the_table_names_rules_that_exist(void **state)
{
	(void)state;
	size_t count;
	const struct readiness_rule *rules = readiness_rules(&count);
	for (size_t i = 0; i < count; i++) {
		const char *lists[] = {rules[i].codes, rules[i].codes_of_shown};
		for (size_t j = 0; j < 2; j++) {
			struct str rest = str_from(lists[j]), word;
			while (rest.size && str_split(&rest, ' ', &word))
				assert_true(str_ends_with(word, STR("*")) || code_find(word) != CODE_COUNT);
		}
	}
}

static void
test_a_complete_system_is_ready(void **state)
{
	(void)state;
	struct assessed assessed;
	assess(&assessed, "tests/cases/base", "2026-06-30");
	const struct readiness *readiness = assessed.readiness;
	assert_int_equal(readiness->stages.items[READINESS_STAGE1].percent, 100);
	assert_int_equal(item_of(&assessed, READINESS_STAGE2, 1)->state, READINESS_PARTLY); /* a control is partly implemented */
	assert_int_equal(item_of(&assessed, READINESS_SURVEILLANCE, 1)->state, READINESS_NOT_APPLICABLE);
	assert_int_equal(readiness->clauses.count, 7);
	assert_int_equal(readiness->phases.count, 4);
	assert_int_equal(readiness->themes.count, 4);
	assert_int_equal(readiness->path.count, 9);
	assert_int_equal(readiness->path.items[0].state, PATH_DONE);
	assert_int_equal(readiness->path.items[4].state, PATH_PLANNED);
	assert_non_null(readiness->certification);
	release(&assessed);
}

static void
test_what_falls_due_takes_readiness_away(void **state)
{
	(void)state;
	struct assessed assessed;
	assess(&assessed, "tests/cases/base", "2027-12-31");
	const struct readiness_item *review = item_of(&assessed, READINESS_STAGE1, 10);
	assert_int_equal(review->state, READINESS_PARTLY);
	assert_true(review->held_back.count > 0);
	assert_int_equal(assessed.readiness->path.items[4].state, PATH_INCOMPLETE); /* stage 1 has passed, and no audit is on record */
	release(&assessed);
}

static const char *
new_folder(void)
{
	static char name[64];
	snprintf(name, sizeof name, "/tmp/ismark-readiness-XXXXXX");
	assert_non_null(mkdtemp(name));
	return name;
}

static void
write_file(const char *folder, const char *name, const char *text)
{
	char path[128];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
	assert_int_equal(fclose(file), 0);
}

static void
remove_file(const char *folder, const char *name)
{
	char path[128];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	assert_int_equal(unlink(path), 0);
}

static void
test_nothing_is_not_ready(void **state)
{
	(void)state;
	const char *folder = new_folder();
	struct assessed assessed;
	assess(&assessed, folder, "2026-06-30");
	for (size_t i = 0; i < assessed.readiness->items.count; i++)
		assert_true(assessed.readiness->items.items[i].state == READINESS_NOT_MET
		            || assessed.readiness->items.items[i].state == READINESS_NOT_APPLICABLE);
	for (size_t i = 0; i < assessed.readiness->stages.count; i++)
		assert_int_equal(assessed.readiness->stages.items[i].percent, 0);
	for (size_t i = 0; i < assessed.readiness->path.count; i++)
		assert_int_equal(assessed.readiness->path.items[i].state, PATH_NO_DATE);
	release(&assessed);
	rmdir(folder);
}

static void
test_an_exception_does_not_make_an_item_met(void **state)
{
	(void)state;
	const char *folder = new_folder();
	struct assessed assessed;
	write_file(folder, "scope.yaml",
	           "kind: scope\nid: SCP-1\ntitle: Scope\nversion: 1.0\nowner: ROLE-1\nclassification: internal\nstatus: approved\n"
	           "approved_by: ROLE-1\nscope_statement: Everything\ninterfaces: [none]\n");
	write_file(folder, "exception.yaml",
	           "kind: exception\nid: EXC-1\ntitle: Scope\nfrom: {rule: DOC004, subject: SCP-1}\nreason: The minutes are lost\n"
	           "approved_by: ROLE-1\napproved_on: 2026-06-01\nexpires: 2026-12-31\nowner: ROLE-2\n");
	write_file(folder, "roles.yaml", "kind: role\nentries:\n  ROLE-1: {title: Chief, top_management: true}\n  ROLE-2: {title: Clerk}\n");
	assess(&assessed, folder, "2026-06-30");
	const struct readiness_item *item = item_of(&assessed, READINESS_STAGE1, 1);
	assert_int_equal(item->state, READINESS_PARTLY);
	assert_int_equal(item->held_back.count, 1);
	assert_int_equal(item->held_back.items[0]->code, CODE_DOC004);
	assert_non_null(item->held_back.items[0]->suppressed_by);
	assert_int_equal(item->shown.count, 1);
	release(&assessed);
	remove_file(folder, "scope.yaml");
	remove_file(folder, "exception.yaml");
	remove_file(folder, "roles.yaml");
	rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_table_has_the_items_of_the_checklists),
		cmocka_unit_test(test_the_table_names_rules_that_exist),
		cmocka_unit_test(test_a_complete_system_is_ready),
		cmocka_unit_test(test_what_falls_due_takes_readiness_away),
		cmocka_unit_test(test_nothing_is_not_ready),
		cmocka_unit_test(test_an_exception_does_not_make_an_item_met),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
