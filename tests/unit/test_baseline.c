#include "unit.h"

#include "check/baseline.h"
#include "text/yaml.h"

struct world {
	struct arena arena;
	struct diag_list diags;
	struct site site;
	struct source policy;
	bool broken;
};

static void
open_world(struct world *world)
{
	*world = (struct world){.policy = {STR("policy.md"), STR("title: A\n")}};
	diag_list_init(&world->diags, &world->arena);
	world->site.arena = &world->arena;
	world->site.config = config_new(&world->arena);
	assert_int_equal(date_parse(STR("2026-06-30"), &world->site.today), DATE_OK);
	struct span first = {&world->policy, 1, 1, 1, 6}, second = {&world->policy, 2, 1, 2, 2};
	diag_add(&world->diags, CODE_FM012, first, STR("POL-\"1\""), "unknown");
	diag_add(&world->diags, CODE_FM012, second, STR("POL-\"1\""), "unknown too");
	diag_add(&world->diags, CODE_FM008, first, STR("POL-\"1\""), "wrong");
	diag_add(&world->diags, CODE_EXC001, first, STR("EXC-1"), "expired");
}

static struct tree *
parse(struct world *world, struct str text)
{
	struct source *source = arena_new(&world->arena, struct source);
	*source = (struct source){STR("../baseline.yaml"), text};
	return yaml_read(&world->arena, source, 0, text.size, 1, &world->diags, &world->broken);
}

static size_t
count(const struct world *world, enum code code, bool suppressed)
{
	size_t found = 0;
	for (size_t i = 0; i < world->diags.items.count; i++)
		found += world->diags.items.items[i]->code == code && (world->diags.items.items[i]->suppressed_by != NULL) == suppressed;
	return found;
}

static void
apply(struct world *world, const char *text)
{
	baseline_apply(&world->site, parse(world, str_from(text)), world->broken, &world->diags);
}

static void
test_what_is_written_holds_back_what_it_was_made_from(void **state)
{
	(void)state;
	struct world world;
	open_world(&world);
	struct baseline_terms terms = {STR("CISO"), STR("say \"later\"\n"), {2026, 12, 31}};
	struct str text = baseline_text(&world.diags, SEVERITY_WARNING, &terms, &world.arena);
	assert_true(str_contains(text, STR("  - {code: FM012, subject: \"POL-\\\"1\\\"\", path: \"policy.md\"}\n")));
	assert_false(str_contains(text, STR("EXC001")));
	baseline_apply(&world.site, parse(&world, text), world.broken, &world.diags);
	assert_int_equal(count(&world, CODE_FM012, true), 2);
	assert_int_equal(count(&world, CODE_FM008, true), 1);
	assert_int_equal(count(&world, CODE_EXC001, false), 1);
	assert_int_equal(world.diags.items.count, 4);
	arena_release(&world.arena);
}

static void
test_the_gate_decides_what_is_written(void **state)
{
	(void)state;
	struct world world;
	open_world(&world);
	struct str text = baseline_text(&world.diags, SEVERITY_ERROR, &(struct baseline_terms){0}, &world.arena);
	assert_false(str_contains(text, STR("FM012")));
	assert_true(str_contains(text, STR("expires: \"\"\n")));
	world.diags.items.count = 0;
	text = baseline_text(&world.diags, SEVERITY_ERROR, &(struct baseline_terms){0}, &world.arena);
	assert_true(str_ends_with(text, STR("entries: []\n")));
	arena_release(&world.arena);
}

static void
test_an_entry_needs_owner_reason_and_end(void **state)
{
	(void)state;
	struct world world;
	open_world(&world);
	apply(&world, "reason: later\nexpires: \"\"\nentries:\n  - {code: fm012, subject: 'POL-\"1\"', path: policy.md, owner: CISO}\n");
	assert_int_equal(count(&world, CODE_EXC011, false), 1);
	assert_int_equal(count(&world, CODE_FM012, false), 2);
	arena_release(&world.arena);
}

static void
test_an_entry_ends(void **state)
{
	(void)state;
	static const struct {
		const char *day;
		size_t held;
	} days[] = {{"2026-06-29", 0}, {"2026-06-30", 2}};
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		struct world world;
		open_world(&world);
		struct str text = str_printf(&world.arena,
		                             "owner: CISO\nreason: later\nentries:\n"
		                             "  - {code: FM012, subject: 'POL-\"1\"', path: policy.md, expires: %s}\n", days[i].day);
		apply(&world, text.data);
		assert_int_equal(count(&world, CODE_FM012, true), days[i].held);
		assert_int_equal(count(&world, CODE_EXC012, false), days[i].held ? 0 : 1);
		arena_release(&world.arena);
	}
}

static void
test_an_entry_that_keeps_nothing_is_told(void **state)
{
	(void)state;
	struct world world;
	open_world(&world);
	apply(&world, "owner: CISO\nreason: later\nexpires: 2026-12-31\nentries:\n  - {code: FM012, subject: POL-2, path: policy.md}\n");
	assert_int_equal(count(&world, CODE_EXC013, false), 1);
	arena_release(&world.arena);
}

static void
test_malformed_files(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"- a\n", "entries: all\n", "owner: CISO\n", "entries:\n  - FM012\n", "entries:\n  - {code: FM012}\n",
		"entries:\n  - {code: FM999, subject: a, path: b}\n", "entries:\n  - {code: EXC001, subject: EXC-1, path: policy.md}\n",
		"owner: a\nreason: b\nexpires: soon\nentries:\n  - {code: FM012, subject: a, path: b}\n",
		"entries:\n  - {code: [FM012], subject: a, path: b}\n",
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct world world;
		open_world(&world);
		apply(&world, texts[i]);
		assert_int_equal(count(&world, CODE_EXC014, false), 1);
		assert_int_equal(count(&world, CODE_FM012, false), 2);
		arena_release(&world.arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_written_holds_back_what_it_was_made_from),
		cmocka_unit_test(test_the_gate_decides_what_is_written),
		cmocka_unit_test(test_an_entry_needs_owner_reason_and_end),
		cmocka_unit_test(test_an_entry_ends),
		cmocka_unit_test(test_an_entry_that_keeps_nothing_is_told),
		cmocka_unit_test(test_malformed_files),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
