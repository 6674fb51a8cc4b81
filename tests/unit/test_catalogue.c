#include "unit.h"

#include <stdio.h>

#include "catalogue/catalogue_reader.h"
#include "text/yaml.h"

static void
test_built_in_catalogues(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		size_t themes, controls;
	} cases[] = {{"iso27001-2022", 4, 93}, {"ISO27001-2013", 49, 114}, {"iso27017", 6, 7}, {"iso27018", 11, 25}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct catalogue *catalogue = catalogue_find(str_from(cases[i].name));
		assert_non_null(catalogue);
		assert_true(catalogue->built_in);
		assert_int_equal(catalogue->theme_count, cases[i].themes);
		assert_int_equal(catalogue->control_count, cases[i].controls);
		for (size_t k = 0; k < catalogue->control_count; k++) {
			const struct control *control = &catalogue->controls[k];
			assert_ptr_equal(catalogue_control(catalogue, control->id), control);
			assert_ptr_equal(control->catalogue, catalogue);
			assert_ptr_equal(catalogue_theme(catalogue, control->theme->id), control->theme);
		}
	}
	assert_null(catalogue_find(STR("iso27701")));
	size_t count;
	catalogue_all(&count);
	assert_int_equal(count, 4);
}

static void
test_a_control_has_its_facts(void **state)
{
	(void)state;
	const struct catalogue *catalogue = catalogue_find(STR("iso27001-2022"));
	const struct control *control = catalogue_control(catalogue, STR("A.8.1"));
	assert_true(str_equal(control->title, STR("User end point devices")));
	assert_true(str_equal(control->title_27002, STR("User endpoint devices")));
	assert_true(str_equal(control->theme->name, STR("technological")));
	assert_int_equal(control->change, CONTROL_CHANGE_MERGED);
	assert_int_equal(control->replaces.count, 2);
	assert_true(str_equal(control->replaces.items[0]->id, STR("A.6.2.1")));
	assert_int_equal(control->properties.count, 3);
	assert_true(str_equal(control->control_type.items[0], STR("preventive")));
	assert_int_equal(catalogue_theme(catalogue, STR("People"))->control_count, 8);
	assert_null(catalogue_control(catalogue, STR("A.5.38")));
	assert_null(catalogue_control(catalogue, STR("a.5.1")));
	assert_null(catalogue_control(catalogue, STR("")));
	assert_null(catalogue_theme(catalogue, STR("")));
	const struct control *older = catalogue_control(catalogue_find(STR("iso27001-2013")), STR("A.18.2.3"));
	assert_int_equal(older->replaced_by.count, 2);
	assert_true(str_equal(older->theme->id, STR("A.18.2")));
	assert_true(str_equal(control_top_theme(older)->id, STR("A.18")));
	assert_int_equal(control_top_theme(older)->control_count, 8);
}

static void
test_clauses(void **state)
{
	(void)state;
	size_t count, items;
	const struct clause *all = clause_all(&count);
	assert_int_equal(count, 41);
	for (size_t i = 0; i < count; i++)
		assert_ptr_equal(clause_find(all[i].id), &all[i]);
	const struct clause *clause = clause_find(STR("6.1.3"));
	assert_int_equal(clause->documented_information_count, 3);
	assert_int_equal(clause->level, 3);
	assert_true(str_equal(clause_top(clause)->id, STR("6")));
	assert_string_equal(pdca_name(clause->pdca), "plan");
	assert_true(clause_find(STR("4.1"))->amended_2024);
	assert_true(str_equal(clause_find(STR("10.2"))->number_2013, STR("10.1")));
	const struct documented_information *information = documented_information_all(&items);
	assert_int_equal(items, 18);
	for (size_t i = 0; i < items; i++)
		assert_true(information[i].clause->documented_information <= &information[i]);
	assert_null(clause_find(STR("11")));
	assert_null(clause_find(STR("")));
}

static void
test_mappings(void **state)
{
	(void)state;
	const struct catalogue *catalogue = catalogue_find(STR("iso27001-2022"));
	size_t count, total = 0;
	framework_all(&count);
	assert_int_equal(count, 7);
	const struct framework *csf = framework_find(STR("nist-csf-2.0"));
	for (size_t i = 0; i < catalogue->control_count; i++) {
		struct mapping_list list = framework_of_control(csf, &catalogue->controls[i]);
		for (size_t k = 0; k < list.count; k++)
			assert_ptr_equal(list.items[k].control, &catalogue->controls[i]);
		total += list.count;
	}
	assert_int_equal(total, 274);
	struct mapping_list of_clause = framework_of_clause(csf, clause_find(STR("4.1")));
	assert_true(of_clause.count >= 2);
	assert_true(str_equal(of_clause.items[0].ref->id, STR("GV.OC-01")));
	assert_true(str_equal(of_clause.items[0].ref->title, STR("Organizational Context")));
	assert_true(str_equal(of_clause.items[0].ref->group_id, STR("GV.OC")));
	assert_true(of_clause.items[0].official);
	assert_true(str_equal(csf->refs[0].id, STR("GV.OC-01")));
	assert_true(str_equal(csf->refs[csf->ref_count - 1].id, STR("RC.CO-04")));
	const struct framework *dora = framework_find(STR("DORA"));
	struct mapping_list of_control = framework_of_control(dora, catalogue_control(catalogue, STR("A.5.1")));
	assert_int_equal(of_control.count, 2);
	assert_int_equal(of_control.items[0].sources, 3);
	assert_false(of_control.items[0].official);
	assert_int_equal(framework_of_clause(dora, clause_find(STR("4.1"))).count, 0);
	const struct control *older = catalogue_control(catalogue_find(STR("iso27001-2013")), STR("A.5.1.1"));
	assert_int_equal(framework_of_control(csf, older).count, 0);
}

static void
test_reviews_treatments_and_the_family(void **state)
{
	(void)state;
	size_t count;
	const struct review_input *inputs = review_input_all(&count);
	assert_int_equal(count, 7);
	assert_int_equal(inputs[3].part_count, 4);
	assert_ptr_equal(review_input_find(STR("audit-results")), &inputs[3].parts[2]);
	assert_ptr_equal(review_input_find(STR("d3")), &inputs[3].parts[2]);
	assert_ptr_equal(review_input_find(STR("D")), &inputs[3]);
	assert_ptr_equal(inputs[0].fed_by.items[1], clause_find(STR("10.2")));
	assert_null(review_input_find(STR("h")));
	assert_null(review_input_find(STR("")));
	review_output_all(&count);
	assert_int_equal(count, 2);
	treatment_all(&count);
	assert_int_equal(count, 4);
	assert_true(str_equal(treatment_find(STR("Mitigate"))->id, STR("modify")));
	assert_true(treatment_find(STR("modify"))->needs_controls);
	assert_true(str_equal(treatment_find(STR("transfer"))->id, STR("share")));
	assert_null(treatment_find(STR("ignore")));
	family_all(&count);
	assert_int_equal(count, 31);
}

struct reading {
	struct arena arena;
	struct source source;
	struct diag_list diags;
	const struct catalogue *catalogue;
};

static void
read_catalogue(struct reading *r, const char *text)
{
	arena_init(&r->arena);
	diag_list_init(&r->diags, &r->arena);
	r->source = (struct source){STR("house.yaml"), str_from(text)};
	bool broken;
	struct tree *tree = yaml_read(&r->arena, &r->source, 0, r->source.text.size, 1, &r->diags, &broken);
	r->catalogue = catalogue_read(&r->arena, tree, span_of_file(&r->source), &r->diags);
}

/* CODES: the findings as `CAT001:3:5 …` in the order of the file. */
static void
check_findings(const char *text, const char *expected, bool usable)
{
	struct reading r;
	read_catalogue(&r, text);
	diag_list_sort(&r.diags);
	struct buf found = {0};
	for (size_t i = 0; i < r.diags.items.count; i++) {
		const struct diag *diag = r.diags.items.items[i];
		buf_printf(&found, "%s%s:%u:%u", i ? " " : "", code_text(diag->code)->code, diag->span.line, diag->span.column);
	}
	if (!str_equal(buf_str(&found), str_from(expected)) || !!r.catalogue != usable)
		fail_msg("%s\ngives %.*s, %s", text, STR_ARG(buf_str(&found)), r.catalogue ? "usable" : "not usable");
	buf_release(&found);
	arena_release(&r.arena);
}

static void
test_own_catalogue(void **state)
{
	(void)state;
	struct reading r;
	read_catalogue(&r, "catalogue: house\nstandard: House rules 2025\nx-note: ours\n"
	                   "themes:\n  - {id: HR, title: House rules, name: rules}\n"
	                   "controls:\n  - id: HR-10\n    title: Closed windows\n    theme: HR\n"
	                   "  - id: HR-9\n    title: Clean kitchen\n    theme: rules\n");
	assert_int_equal(r.diags.items.count, 0);
	assert_non_null(r.catalogue);
	assert_false(r.catalogue->built_in);
	assert_true(str_equal(r.catalogue->standard, STR("House rules 2025")));
	assert_int_equal(r.catalogue->control_count, 2);
	assert_true(str_equal(r.catalogue->controls[0].id, STR("HR-9")));
	assert_ptr_equal(r.catalogue->controls[1].theme, &r.catalogue->themes[0]);
	assert_int_equal(r.catalogue->themes[0].control_count, 2);
	assert_ptr_equal(catalogue_control(r.catalogue, STR("HR-10")), &r.catalogue->controls[1]);
	arena_release(&r.arena);
}

static void
test_own_catalogue_with_mistakes(void **state)
{
	(void)state;
	check_findings("", "CAT001:0:0", false);
	check_findings("- a\n", "CAT001:1:1", false);
	check_findings("catalogue: house\n", "CAT001:1:1", false);
	check_findings("catalogue: house\ncontrols: HR-01 Clean\n", "CAT001:2:11", false);
	check_findings("catalogue: house\ncontrols:\n  - HR-01\n  - {id: HR-02, title: B}\n", "CAT001:3:5", true);
	check_findings("catalogue: house\ncontrols:\n  - {id: A, title: B}\n  - {id: A, title: C}\n", "CAT002:4:10", true);
	check_findings("catalogue: house\ncontrols:\n  - {id: A, title: B, theme: T}\n", "CAT003:3:30", true);
	check_findings("catalogue: house\ncontrols:\n  - {id: A}\n  - {title: B}\n", "CAT004:3:5 CAT004:4:5", true);
	check_findings("catalogue: house\ncontrols:\n  - {id: A 1, title: B}\n", "CAT005:3:10", false);
	check_findings("catalogue: house\ncontrols:\n  - {id: A, tittle: B, title: C}\n", "CAT006:3:13", true);
	check_findings("catalogue: ISO27018\ncontrols:\n  - {id: A, title: B}\n", "CAT007:1:12", false);
	check_findings("catalogue: [a]\ncontrols:\n  - {id: A, title: {b: c}}\n", "CAT001:1:12 CAT001:3:20", false);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_built_in_catalogues),
		cmocka_unit_test(test_a_control_has_its_facts),
		cmocka_unit_test(test_clauses),
		cmocka_unit_test(test_mappings),
		cmocka_unit_test(test_reviews_treatments_and_the_family),
		cmocka_unit_test(test_own_catalogue),
		cmocka_unit_test(test_own_catalogue_with_mistakes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
