/* Words of a theme by language, and what the compiler's own names become in one. */
#include "unit.h"

#include <string.h>

#include "site/page_terms.h"
#include "text/yaml.h"

struct fixture {
	struct arena arena;
	struct diag_list diags;
	struct words words;
	struct schema *schema;
};

static int
set_up(void **state)
{
	static struct fixture fixture;
	fixture = (struct fixture){0};
	diag_list_init(&fixture.diags, &fixture.arena);
	words_init(&fixture.words, &fixture.arena);
	fixture.schema = schema_new(&fixture.arena);
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

static bool
add(struct fixture *fixture, const char *language, const char *text)
{
	struct source *source = arena_new(&fixture->arena, struct source);
	bool broken = false;
	source->path = STR("words.yaml");
	source->text = str_from(text);
	const struct tree *tree = yaml_read(&fixture->arena, source, 0, source->text.size, 1, &fixture->diags, &broken);
	assert_false(broken);
	return words_add(&fixture->words, str_from(language), tree, &fixture->diags);
}

static void
assert_text(struct str got, const char *wanted)
{
	assert_int_equal(got.size, strlen(wanted));
	assert_memory_equal(got.data, wanted, got.size);
}

static struct page_context
context_of(struct fixture *fixture, const char *language)
{
	return (struct page_context){.language = words_find(&fixture->words, str_from(language)), .arena = &fixture->arena};
}

static const struct field *
field_of(const struct kind *kind, const char *name)
{
	return kind->fields[kind_field(kind, str_from(name))];
}

static void
a_tag_finds_its_language(void **state)
{
	struct fixture *fixture = *state;
	add(fixture, "en", "menu: {risks: Risks}\n");
	add(fixture, "de", "menu: {risks: Risiken}\n");
	add(fixture, "de-at", "menu: {risks: Risken}\n");
	assert_text(words_get(words_find(&fixture->words, STR("de-CH")), "menu.risks").as.text, "Risiken");
	assert_text(words_get(words_find(&fixture->words, STR("DE-AT")), "menu.risks").as.text, "Risken");
	assert_null(words_find(&fixture->words, STR("es")));
	assert_null(words_find(&fixture->words, STR("")));
}

static void
what_a_language_lacks_is_english(void **state)
{
	struct fixture *fixture = *state;
	add(fixture, "de", "menu: {risks: Risiken}\n");
	add(fixture, "en", "menu: {risks: Risks, more: {all: All}}\nmonths: [Jan, Feb]\n");
	words_complete(&fixture->words);
	const struct words_language *german = words_find(&fixture->words, STR("de"));
	assert_text(words_get(german, "menu.risks").as.text, "Risiken");
	assert_text(words_get(german, "menu.more.all").as.text, "All");
	assert_int_equal(template_count(words_get(german, "months")), 2);
	assert_int_equal(words_get(german, "menu.none").type, TEMPLATE_UNDEFINED);
	assert_int_equal(words_get(german, "menu.risks.deeper").type, TEMPLATE_UNDEFINED);
}

static void
later_words_replace_earlier_ones(void **state)
{
	struct fixture *fixture = *state;
	add(fixture, "en", "menu: {risks: Risks, all: All}\n");
	add(fixture, "en", "menu: {risks: Our risks}\n");
	const struct words_language *english = words_find(&fixture->words, STR("en"));
	assert_text(words_get(english, "menu.risks").as.text, "Our risks");
	assert_text(words_get(english, "menu.all").as.text, "All");
}

static void
words_are_maps_lists_and_texts(void **state)
{
	struct fixture *fixture = *state;
	assert_false(add(fixture, "en", "- a\n"));
	assert_false(add(fixture, "en", "months: [{a: b}]\n"));
	assert_int_equal(fixture->diags.items.count, 2);
	assert_int_equal(fixture->diags.items.items[0]->code, CODE_THM006);
	assert_int_equal(fixture->diags.items.items[1]->span.column, 10);
}

static void
the_compiler_has_names_in_each_language(void **state)
{
	struct fixture *fixture = *state;
	const struct kind *risk = fixture->schema->kinds[KIND_risk], *soa = fixture->schema->kinds[KIND_soa];
	add(fixture, "en", "number: {decimal: .}\n");
	add(fixture, "de", "terms:\n  kind:\n    risk: {one: Risiko, other: Risiken}\n  field: {owner: Verantwortlich}\n"
	                   "  field_of: {risk: {owner: Eigner}}\n  value: {open: offen}\n  text: {a risk and its treatment: ein Risiko}\n");
	struct page_context english = context_of(fixture, "en"), german = context_of(fixture, "de");
	assert_text(page_kind_other(&english, risk), "Risks");
	assert_text(page_kind_other(&english, soa), "Statement of Applicability");
	assert_text(page_kind_one(&german, risk), "Risiko");
	assert_text(page_kind_other(&german, risk), "Risiken");
	assert_text(page_kind_help(&german, risk), "ein Risiko");
	assert_text(page_field_label(&english, risk, field_of(risk, "owner")), "Owner");
	assert_text(page_field_label(&german, risk, field_of(risk, "owner")), "Eigner");
	assert_text(page_field_label(&german, soa, field_of(soa, "owner")), "Verantwortlich");
	assert_text(page_choice(&german, "open"), "offen");
}

static void
what_has_no_name_keeps_its_own(void **state)
{
	struct fixture *fixture = *state;
	const struct kind *risk = fixture->schema->kinds[KIND_risk];
	struct field own = {.name = "cost_centre", .help = "who pays"};
	add(fixture, "de", "terms: {kind: {risk: Risiko}, field: plain}\n");
	struct page_context german = context_of(fixture, "de");
	assert_text(page_kind_other(&german, risk), "Risks");
	assert_text(page_field_label(&german, risk, &own), "Cost centre");
	assert_text(page_field_help(&german, &own), "who pays");
	assert_text(page_choice(&german, "in-treatment"), "in-treatment");
	assert_text(page_phrase(&german, STR("Access review")), "Access review");
}

static void
numbers_have_the_sign_of_the_language(void **state)
{
	struct fixture *fixture = *state;
	add(fixture, "en", "number: {decimal: .}\n");
	add(fixture, "de", "number: {decimal: \",\"}\n");
	struct page_context english = context_of(fixture, "en"), german = context_of(fixture, "de");
	assert_text(page_number(&english, 99.8), "99.8");
	assert_text(page_number(&german, 99.8), "99,8");
	assert_text(page_number(&german, -0.5), "-0,5");
	assert_text(page_number(&german, 12), "12");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_tag_finds_its_language, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_a_language_lacks_is_english, set_up, tear_down),
		cmocka_unit_test_setup_teardown(later_words_replace_earlier_ones, set_up, tear_down),
		cmocka_unit_test_setup_teardown(words_are_maps_lists_and_texts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_compiler_has_names_in_each_language, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_has_no_name_keeps_its_own, set_up, tear_down),
		cmocka_unit_test_setup_teardown(numbers_have_the_sign_of_the_language, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
