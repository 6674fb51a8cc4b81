/* From files to joined records: every shape of register, typed values with their places, references, links. */
#include "unit.h"

#include <string.h>

#include "model/document_reader.h"
#include "model/site.h"
#include "model/value_text.h"

struct fixture {
	struct arena arena;
	struct diag_list diags;
	struct config *config;
	struct site site;
};

static int
set_up(void **state)
{
	static struct fixture fixture;
	fixture = (struct fixture){0};
	diag_list_init(&fixture.diags, &fixture.arena);
	fixture.config = config_new(&fixture.arena);
	fixture.site = (struct site){
		.arena = &fixture.arena,
		.config = fixture.config,
		.schema = fixture.config->schema,
		.catalogue = fixture.config->catalogue,
		.today = {2026, 6, 30},
	};
	*state = &fixture;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *fixture = *state;
	arena_release(&fixture->arena);
	return 0;
}

static struct document *
add(struct fixture *fixture, const char *path, const char *text)
{
	struct document_options options = {.config = fixture->config};
	struct source *source = source_new(&fixture->arena, str_from(path), str_from(text), &fixture->diags);
	struct document *document = document_read(&options, source, NULL, &fixture->arena, &fixture->diags);
	assert_non_null(document);
	vec_push(&fixture->arena, &fixture->site.documents, document);
	return document;
}

static void
assert_text(struct str got, const char *wanted)
{
	if (got.size != strlen(wanted) || memcmp(got.data, wanted, got.size) != 0)
		fail_msg("'%.*s' is not '%s'", STR_ARG(got), wanted);
}

static void
assert_finding(const struct fixture *fixture, size_t index, const char *code, uint32_t line, uint32_t column)
{
	assert_true(index < fixture->diags.items.count);
	const struct diag *diag = fixture->diags.items.items[index];
	assert_string_equal(code_text(diag->code)->code, code);
	assert_int_equal(diag->span.line, line);
	assert_int_equal(diag->span.column, column);
}

static void
assert_no_findings(const struct fixture *fixture)
{
	if (fixture->diags.items.count)
		fail_msg("%s: %.*s", code_text(fixture->diags.items.items[0]->code)->code,
		         STR_ARG(fixture->diags.items.items[0]->message));
}

/* ---- shapes ---- */

static void
assert_two_risks(struct fixture *fixture, const char *path, const char *text)
{
	struct document *document = add(fixture, path, text);
	assert_int_equal(document->form, DOCUMENT_REGISTER);
	assert_int_equal(document->records.count, 2);
	assert_text(document->records.items[0]->id, "R-1");
	assert_text(document->records.items[1]->id, "R-2");
	assert_text(document->records.items[1]->title, "Flood");
	assert_int_equal((int)record_value(document->records.items[0], FIELD_risk_likelihood)->number, 3);
	assert_no_findings(fixture);
}

static void
test_registers_have_many_shapes(void **state)
{
	static const char *const shapes[][2] = {
		{"a.yaml", "kind: risk\nentries:\n  - {id: R-1, title: Theft, likelihood: 3}\n  - {id: R-2, title: Flood}\n"},
		{"risks.yaml", "entries:\n  R-1: {title: Theft, likelihood: 3}\n  R-2: {title: Flood}\n"},
		{"risks.yaml", "- {id: R-1, title: Theft, likelihood: 3}\n- {id: R-2, title: Flood}\n"},
		{"b.yaml", "kind: risk\nentries:\n  theft:\n    R-1: {title: Theft, likelihood: 3}\n  water:\n    R-2: {title: Flood}\n"},
		{"risks.csv", "id,title,likelihood\nR-1,Theft,3\nR-2,Flood,\n"},
		{"c.md", "---\nkind: risk\nentries: table\n---\n\n| Ref | Title | L |\n|---|---|---|\n| R-1 | Theft | 3 |\n| **R-2** | Flood | |\n"},
	};
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
		assert_two_risks(*state, shapes[i][0], shapes[i][1]);
}

static void
test_one_record_a_file_keeps_document_control_apart(void **state)
{
	struct fixture *fixture = *state;
	struct document *document = add(fixture, "risks/r.md",
	                                "---\nkind: risk\nid: R-1\ntitle: Theft\nowner: CTO\nversion: 1.10\ndocument:\n  owner: CISO\n---\nText\n");
	assert_int_equal(document->form, DOCUMENT_RECORD);
	assert_text(value_plain_text(&fixture->arena, record_value(document->records.items[0], FIELD_risk_owner)), "CTO");
	assert_text(value_plain_text(&fixture->arena, record_value(document->self, FIELD_document_owner)), "CISO");
	assert_text(record_text(document->self, FIELD_document_version), "1.10");
	assert_no_findings(fixture);
}

static void
test_a_file_without_front_matter_has_its_heading_as_title(void **state)
{
	struct fixture *fixture = *state;
	struct document *document = add(fixture, "notes.md", "\xEF\xBB\xBF# Our *notes*\r\n\r\nText\r\n");
	assert_int_equal(document->self->kind->index, KIND_page);
	assert_text(document->self->title, "Our notes");
	assert_text(document->self->id, "notes");
	assert_no_findings(fixture);
}

static void
test_a_rule_or_text_is_no_front_matter(void **state)
{
	struct fixture *fixture = *state;
	struct document *document = add(fixture, "a.md", "---\n\n# Title\n\n---\n");
	assert_text(document->self->title, "Title");
	add(fixture, "b.md", "---\njust words\n---\n\n# B\n");
	assert_no_findings(fixture);
}

/* ---- values ---- */

static const struct record *
one(struct fixture *fixture, const char *fields)
{
	struct str text = str_printf(&fixture->arena, "kind: risk\nid: R-1\n%s", fields);
	return add(fixture, "r.yaml", text.data)->records.items[0];
}

static void
test_values_are_typed_by_the_schema(void **state)
{
	struct fixture *fixture = *state;
	const struct record *risk = one(fixture, "Risk-Owner: no\nlikelihood: Almost certain\nimpact: {legal: 2, money: 4}\n"
	                                         "treatment: Mitigate\nresidual risk: 15 High\ndue: 2026-08-20\naffects: C, I\n");
	assert_text(value_plain_text(&fixture->arena, record_value(risk, FIELD_risk_owner)), "no");
	assert_int_equal((int)record_value(risk, FIELD_risk_likelihood)->number, 5);
	assert_int_equal((int)record_value(risk, FIELD_risk_impact)->number, 4);
	assert_int_equal(record_choice(risk, FIELD_risk_treatment), CHOICE_treatment_modify);
	assert_int_equal((int)record_value(risk, FIELD_risk_residual_risk)->number, 15);
	assert_int_equal(record_date(risk, FIELD_risk_due).day, 20);
	assert_int_equal(value_count(record_value(risk, FIELD_risk_affects)), 2);
	assert_no_findings(fixture);
}

static void
test_wrong_values_have_their_place(void **state)
{
	struct fixture *fixture = *state;
	one(fixture, "likelihood: often\ndue: 2026-02-30\nstatus: opn\nactions: [A-1]\nowner: [a, b]\n");
	assert_finding(fixture, 0, "FM008", 3, 13);
	assert_finding(fixture, 1, "FM009", 4, 6);
	assert_finding(fixture, 2, "FM008", 5, 9);
	assert_finding(fixture, 3, "FM008", 7, 8);
	assert_int_equal(fixture->diags.items.count, 4);
}

static void
test_placeholders_count_as_absent(void **state)
{
	static const char *const placeholders[] = {"TBD", "[name]", "\"[name]\"", "\"{{owner}}\"", "\xE2\x80\xA6", "____", "see above"};
	for (size_t i = 0; i < sizeof placeholders / sizeof *placeholders; i++) {
		struct fixture *fixture = *state;
		const struct record *risk = one(fixture, str_printf(&fixture->arena, "owner: %s\n", placeholders[i]).data);
		assert_null(record_value(risk, FIELD_risk_owner));
		assert_true(record_lacks(risk, FIELD_risk_owner));
		assert_int_equal(record_written(risk, FIELD_risk_owner)->state, VALUE_PLACEHOLDER);
	}
}

static void
test_control_lists_know_ranges_titles_and_places(void **state)
{
	struct fixture *fixture = *state;
	const struct record *risk = one(fixture, "controls: A.5.24-A.5.26, 8.8 Management of technical vulnerabilities; Annex A 8.28\n");
	const struct value *controls = record_value(risk, FIELD_risk_controls);
	static const char *const wanted[] = {"A.5.24", "A.5.25", "A.5.26", "A.8.8", "A.8.28"};
	assert_int_equal(value_count(controls), 5);
	for (size_t i = 0; i < 5; i++)
		assert_text(value_item(controls, i)->reference.control->id, wanted[i]);
	assert_int_equal(value_item(controls, 3)->span.column, 26);
	assert_text(value_item(controls, 3)->reference.trailing, "Management of technical vulnerabilities");
	assert_no_findings(fixture);
}

/* ---- references ---- */

static void
test_ranges_are_bounded(void **state)
{
	struct fixture *fixture = *state;
	struct buf text = {0};
	buf_add_c(&text, "---\nkind: policy\ncontrols:\n");
	for (size_t i = 0; i < 1200; i++)
		buf_add_c(&text, "  - A.5.1-A.8.34\n");
	buf_add_c(&text, "---\n# Policy\n");
	const struct document *document = add(fixture, "policy.md", str_c(&fixture->arena, buf_take(&text, &fixture->arena)));
	assert_int_equal(fixture->diags.items.count, 1);
	assert_finding(fixture, 0, "FM005", 3 + 100000 / 93 + 1, 5);
	assert_int_equal(value_count(record_value(document->self, FIELD_document_controls)), 100000 / 93 * 93);
	assert_true(document->broken);
}

static void
test_references_find_ids_titles_and_paths(void **state)
{
	struct fixture *fixture = *state;
	add(fixture, "roles.yaml", "- {id: ROLE-CTO, title: Technical director}\n- {id: ROLE-ISM, title: Security manager}\n");
	add(fixture, "policies/p.md", "---\nkind: policy\nid: POL-1\nowner: technical director\nrelated: [risks.yaml, A.5.1]\n---\n# P\n");
	add(fixture, "risks.yaml", "- {id: R-1, title: Theft, owner: ROLE-CTO}\n- {id: R-2, title: Fire, owner: ROLE-CT}\n");
	site_join(&fixture->site, &fixture->diags);
	const struct record *policy = site_find(&fixture->site, STR("POL-1"));
	const struct record *role = site_find(&fixture->site, STR("ROLE-CTO"));
	assert_ptr_equal(record_reference(policy, FIELD_document_owner), role);
	const struct value *related = record_value(policy, FIELD_document_related);
	assert_int_equal(value_item(related, 0)->reference.type, REFERENCE_RECORD);
	assert_int_equal(value_item(related, 1)->reference.type, REFERENCE_CONTROL);
	assert_int_equal(role->backlinks.count, 2);
	assert_int_equal(fixture->diags.items.count, 1);
	assert_finding(fixture, 0, "REF001", 2, 33);
}

static void
test_a_broken_file_hides_what_it_names(void **state)
{
	struct fixture *fixture = *state;
	add(fixture, "roles.yaml", "- id: ROLE-A\n  title: A: b\n- id: ROLE-B\n");
	add(fixture, "risks.yaml", "- {id: R-1, title: Theft, owner: ROLE-B}\n");
	site_join(&fixture->site, &fixture->diags);
	assert_int_equal(fixture->diags.items.count, 1);
	assert_finding(fixture, 0, "FM001", 2, 11);
}

static void
test_soa_entries_meet_at_their_control(void **state)
{
	struct fixture *fixture = *state;
	add(fixture, "soa.yaml", "id: SOA-1\nentries:\n  \"5.15\": {applicable: yes, status: N/A}\n  A.8.8: {applicable: no}\n");
	add(fixture, "risks.yaml", "- {id: R-1, title: Theft, controls: A.5.15, status: closed}\n- {id: R-2, title: Fire, controls: A.8.8}\n");
	site_join(&fixture->site, &fixture->diags);
	const struct record *entry = site_find(&fixture->site, STR("SOA-1/A.5.15"));
	const struct control_state *state_5_15 = site_control(&fixture->site, entry->control);
	assert_ptr_equal(state_5_15->soa, entry);
	assert_int_equal(state_5_15->risks.count, 1);
	assert_false(state_5_15->reasons[CHOICE_reason_risk]);
	const struct control_state *state_8_8 = site_control(&fixture->site, catalogue_control(fixture->site.catalogue, STR("A.8.8")));
	assert_true(state_8_8->reasons[CHOICE_reason_risk]);
	assert_int_equal(soa_is_applicable(state_8_8->soa), 0);
	assert_int_equal(soa_state(&fixture->site, state_8_8), SOA_NOT_APPLICABLE);
}

/* ---- links ---- */

static void
assert_link(struct fixture *fixture, const struct document *from, const char *target, enum link_kind kind, bool fragment,
            const char *path)
{
	struct mention mention = {.type = MENTION_LINK, .target = str_from(target)};
	struct link_target found = site_resolve(&fixture->site, from, &mention, &fixture->arena);
	if (found.kind != kind || found.fragment_found != fragment)
		fail_msg("%s: kind %d, fragment %d", target, found.kind, found.fragment_found);
	if (path)
		assert_text(found.path, path);
}

static void
test_links_lead_where_they_say(void **state)
{
	struct fixture *fixture = *state;
	struct document *from = add(fixture, "policies/a.md", "# A\n\n## Part one\n");
	add(fixture, "policies/b c.md", "# B\n\n## Teil \xC3\xBC" "ber {#x}\n");
	add(fixture, "risks.yaml", "- {id: R-1, title: Theft}\n");
	add(fixture, "more/README.md", "# More\n");
	site_join(&fixture->site, &fixture->diags);
	assert_link(fixture, from, "b%20c.md#x", LINK_DOCUMENT, true, "policies/b c.html");
	assert_link(fixture, from, "b%20c.md#y", LINK_DOCUMENT, false, NULL);
	assert_link(fixture, from, "#part-one", LINK_DOCUMENT, true, "policies/a.html");
	assert_link(fixture, from, "../risks.yaml#R-1", LINK_DOCUMENT, true, "risks.html");
	assert_link(fixture, from, "../more/", LINK_DOCUMENT, true, "more/README.html");
	assert_link(fixture, from, "/policies/a", LINK_DOCUMENT, true, "policies/a.html");
	assert_link(fixture, from, "https://example.org/x", LINK_EXTERNAL, true, NULL);
	assert_link(fixture, from, "javascript:alert(1)", LINK_UNSAFE, false, NULL);
	assert_link(fixture, from, "../../etc/passwd", LINK_NONE, false, NULL);
	assert_link(fixture, from, "nowhere.md", LINK_NONE, false, NULL);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_registers_have_many_shapes),
		TEST(test_one_record_a_file_keeps_document_control_apart),
		TEST(test_a_file_without_front_matter_has_its_heading_as_title),
		TEST(test_a_rule_or_text_is_no_front_matter),
		TEST(test_values_are_typed_by_the_schema),
		TEST(test_wrong_values_have_their_place),
		TEST(test_placeholders_count_as_absent),
		TEST(test_control_lists_know_ranges_titles_and_places),
		TEST(test_ranges_are_bounded),
		TEST(test_references_find_ids_titles_and_paths),
		TEST(test_a_broken_file_hides_what_it_names),
		TEST(test_soa_entries_meet_at_their_control),
		TEST(test_links_lead_where_they_say),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
