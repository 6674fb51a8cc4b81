#include "unit.h"

#include <string.h>
#include <time.h>

#include "catalogue/clause_ref.h"

/* `6.1.3 d1[0-9]=title | ?9.9[0-3] | text[0-4]`; a range as `4-10[0-12]`. */
static struct str
describe(struct arena *arena, struct str text)
{
	clause_refs refs = clause_refs_parse(arena, text);
	struct buf out = {0};
	for (size_t i = 0; i < refs.count; i++) {
		const struct clause_ref *ref = &refs.items[i];
		buf_printf(&out, "%s%s%.*s", i ? " | " : "", ref->is_number && !ref->clause ? "?" : "", STR_ARG(ref->id));
		if (ref->last != ref->clause)
			buf_printf(&out, "-%.*s", STR_ARG(ref->last->id));
		if (ref->item)
			buf_printf(&out, " %c", ref->item);
		if (ref->sub_item)
			buf_printf(&out, "%u", ref->sub_item);
		buf_printf(&out, "[%zu-%zu]", ref->from, ref->to);
		if (ref->title.size)
			buf_printf(&out, "=%.*s", STR_ARG(ref->title));
	}
	return buf_take(&out, arena);
}

static void
test_spellings(void **state)
{
	(void)state;
	static const struct {
		const char *text, *refs;
	} cases[] = {
		{"6.1.2", "6.1.2[0-5]"},
		{"10", "10[0-2]"},
		{"06.01.02", "6.1.2[0-8]"},
		{"clause 6.1.2", "6.1.2[0-12]"},
		{"Clause 6.1.3 d)", "6.1.3 d[0-15]"},
		{"\u00a7 6.1.3 d", "6.1.3 d[0-10]"},
		{"\u00a76.1.3", "6.1.3[0-7]"},
		{"6.1.3(d)", "6.1.3 d[0-8]"},
		{"6.1.3.d", "6.1.3 d[0-7]"},
		{"6.1.3d", "6.1.3 d[0-6]"},
		{"9.3.2 d) 1)", "9.3.2 d1[0-11]"},
		{"cl. 7.5", "7.5[0-7]"},
		{"subclause 6.1.1 a)", "6.1.1 a[0-18]"},
		{"ISO/IEC 27001:2022 clause 7.5.3", "7.5.3[0-31]"},
		{"ISO 27001 7.5.3", "7.5.3[0-15]"},
		{"\u7b87\u6761 6.1", "6.1[0-10]"},
		{"Abschnitt 6.1.3", "6.1.3[0-15]"},
		{"(6.1.2)", "6.1.2[1-6]"},
		{"6.1.2 Information security risk assessment", "6.1.2[0-5]=Information security risk assessment"},
		{"Risk Management (Clause 6.1)", "Risk Management[0-15] | 6.1[17-27]"},
		{"Clauses 4-10, Annex A", "4-10[0-12] | Annex A[14-21]"},
		{"4\u201310", "4-10[0-6]"},
		{"9.2.1 to 9.2.2", "9.2.1-9.2.2[0-14]"},
		{"6.1.2, 6.1.3 d); 10.2<br>8.1", "6.1.2[0-5] | 6.1.3 d[7-15] | 10.2[17-21] | 8.1[25-28]"},
		{"6.1 6.2", "6.1[0-3] | 6.2[4-7]"},
		{"7.5.3 & 8.1 and 8.2", "7.5.3[0-5] | 8.1[8-11] | 8.2[16-19]"},
		{"9.1 Monitoring, measurement, analysis and evaluation, 10.2",
		 "9.1[0-3]=Monitoring, measurement, analysis and evaluation | 10.2[54-58]"},
		{"4 Context, 5 Leadership", "4[0-1]=Context | 5[11-12]=Leadership"},
		{"9.1 12 months", "9.1[0-3]=12 months"},
		{"9.9, 11", "?9.9[0-3] | ?11[5-7]"},
		{"5.1 a policy", "5.1[0-3]=a policy"},
		{"A.5.15", "A.5.15[0-6]"},
		{"ISO 9001 4.1", "ISO 9001 4.1[0-12]"},
		{"6.1.2.3", "6.1.2.3[0-7]"},
		{"2025-01-02", "2025-01-02[0-10]"},
		{"", ""},
	};
	struct arena arena;
	arena_init(&arena);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str found = describe(&arena, str_from(cases[i].text));
		if (!str_equal(found, str_from(cases[i].refs)))
			fail_msg("`%s`\n  gives    %.*s\n  expected %s", cases[i].text, STR_ARG(found), cases[i].refs);
	}
	arena_release(&arena);
}

static void
test_every_clause(void **state)
{
	(void)state;
	static const char *const forms[] = {"%.*s", "Clause %.*s", "\u00a7%.*s", "ISO 27001:2022 %.*s", "cl. %.*s"};
	struct arena arena;
	arena_init(&arena);
	size_t count;
	const struct clause *all = clause_all(&count);
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
			struct str text = str_printf(&arena, forms[k], STR_ARG(all[i].id));
			struct clause_ref ref = clause_ref_parse(&arena, text);
			assert_ptr_equal(ref.clause, &all[i]);
			assert_int_equal(ref.to, text.size);
			assert_int_equal(ref.item, 0);
		}
	}
	assert_null(clause_ref_parse(&arena, STR("4.1, 4.2")).clause);
	arena_release(&arena);
}

static void
test_hostile_lists_are_linear(void **state)
{
	(void)state;
	static const char *const pieces[] = {",", "6", "6.", "6.1", "6.1,", "6.1 d) ", "(", " ", "clause ", "ISO 27001 ", "-", "6.1 - ", "\u2013", "x, "};
	for (size_t k = 0; k < sizeof pieces / sizeof *pieces; k++) {
		struct buf text = {0};
		buf_add_c(&text, "6.1 ");
		while (text.size < 200000)
			buf_add_c(&text, pieces[k]);
		struct arena arena;
		arena_init(&arena);
		clock_t start = clock();
		clause_refs_parse(&arena, buf_str(&text));
		double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
		if (seconds > 3)
			fail_msg("200 kB of `%s` takes %.1f s", pieces[k], seconds);
		arena_release(&arena);
		buf_release(&text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_spellings),
		cmocka_unit_test(test_every_clause),
		cmocka_unit_test(test_hostile_lists_are_linear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
