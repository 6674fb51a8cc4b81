#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "catalogue/control_ref.h"

struct fixture {
	struct arena arena;
	struct control_scope of_2022, of_2013, of_both;
	const struct catalogue *older[1];
};

static int
set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	arena_init(&f->arena);
	f->older[0] = catalogue_find(STR("iso27001-2013"));
	f->of_2022.primary = f->of_both.primary = catalogue_find(STR("iso27001-2022"));
	f->of_both.others = f->older;
	f->of_both.other_count = 1;
	f->of_2013.primary = f->older[0];
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;
	arena_release(&f->arena);
	free(f);
	return 0;
}

static char
kind_letter(enum control_ref_kind kind)
{
	static const char letters[] = {[CONTROL_REF_CONTROL] = 'c',       [CONTROL_REF_THEME] = 't',
	                               [CONTROL_REF_OTHER_EDITION] = 'o', [CONTROL_REF_UNKNOWN] = 'u',
	                               [CONTROL_REF_BAD_RANGE] = 'b',     [CONTROL_REF_NOT_CONTROL] = 'n'};
	return letters[kind];
}

/* One line for all references: `c A.5.1[0-5]=title`, parted by ` | `; a range as `c A.5.1*3[0-9]`. */
static const char *
describe(struct fixture *f, const struct control_scope *scope, const char *text, unsigned flags)
{
	control_refs refs = control_refs_parse(&f->arena, scope, str_from(text), flags);
	struct buf out = {0};
	for (size_t i = 0; i < refs.count; i++) {
		const struct control_ref *ref = &refs.items[i];
		buf_printf(&out, "%s%c %.*s", i ? " | " : "", kind_letter(ref->kind), STR_ARG(ref->id));
		if (ref->is_range)
			buf_printf(&out, "*%zu", ref->count);
		buf_printf(&out, "[%zu-%zu]", ref->from, ref->to);
		if (ref->title.size)
			buf_printf(&out, "=%.*s", STR_ARG(ref->title));
	}
	return str_c(&f->arena, buf_take(&out, &f->arena));
}

struct expectation {
	const char *text, *refs;
};

static void
check_all(struct fixture *f, const struct control_scope *scope, unsigned flags, const struct expectation *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *found = describe(f, scope, cases[i].text, flags);
		if (strcmp(found, cases[i].refs) != 0)
			fail_msg("`%s`\n  gives    %s\n  expected %s", cases[i].text, found, cases[i].refs);
	}
}

#define CHECK_ALL(f, scope, flags, cases) check_all((f), (scope), (flags), (cases), sizeof(cases) / sizeof *(cases))

static void
test_spellings_of_one_id(void **state)
{
	struct fixture *f = *state;
	static const struct expectation cases[] = {
		{"A.5.15", "c A.5.15[0-6]"},
		{"A5.15", "c A.5.15[0-5]"},
		{"A 5.15", "c A.5.15[0-6]"},
		{"A\u00a05.15", "c A.5.15[0-7]"},
		{"A. 5.15", "c A.5.15[0-7]"},
		{"a.5.15", "c A.5.15[0-6]"},
		{"a-5-15", "c A.5.15[0-6]"},
		{"A\u20115\u201115", "c A.5.15[0-10]"},
		{"A.05.15", "c A.5.15[0-7]"},
		{"A.05.01", "c A.5.1[0-7]"},
		{"Annex A 5.15", "c A.5.15[0-12]"},
		{"Annex A.5.15", "c A.5.15[0-12]"},
		{"annex a 5.15", "c A.5.15[0-12]"},
		{"Annex A: 5.15", "c A.5.15[0-13]"},
		{"Annex A control 5.15", "c A.5.15[0-20]"},
		{"Annex A controls A.5.15", "c A.5.15[0-23]"},
		{"Anhang A 5.15", "c A.5.15[0-13]"},
		{"Control A.5.15", "c A.5.15[0-14]"},
		{"Control 5.15", "c A.5.15[0-12]"},
		{"iso27001:A.5.15", "c A.5.15[0-15]"},
		{"iso27002:A.5.15", "c A.5.15[0-15]"},
		{"iso27002:5.15", "c A.5.15[0-13]"},
		{"ISO27001:2022 A.5.15", "c A.5.15[0-20]"},
		{"ISO/IEC 27001:2022 A.5.15", "c A.5.15[0-25]"},
		{"ISO/IEC 27001:2022, A.5.15", "n ISO/IEC 27001:2022[0-18] | c A.5.15[20-26]"},
		{"ISO 27001:2022 Annex A 5.15", "c A.5.15[0-27]"},
		{"ISO 27002:2022 5.15", "c A.5.15[0-19]"},
		{"iso27001-2022:A.5.15", "c A.5.15[0-20]"},
		{"  **A.5.15**  ", "c A.5.15[4-10]"},
		{"`A.5.15`", "c A.5.15[1-7]"},
		{"\u201cA.5.15\u201d", "c A.5.15[3-9]"},
		{"[A.5.15](soa.md#a-5-16)", "c A.5.15[1-7]"},
		{"(A.5.15)", "c A.5.15[1-7]"},
		{"A.5.15.", "c A.5.15[0-6]"},
		{"- A.5.15", "c A.5.15[2-8]"},
	};
	CHECK_ALL(f, &f->of_2022, 0, cases);
}

static void
test_titles_beside_an_id(void **state)
{
	struct fixture *f = *state;
	static const struct expectation cases[] = {
		{"A.5.15 Access control", "c A.5.15[0-6]=Access control"},
		{"A.5.17 - Title", "c A.5.17[0-6]=Title"},
		{"A.5.17 \u2013 Title", "c A.5.17[0-6]=Title"},
		{"A.5.17: Title", "c A.5.17[0-6]=Title"},
		{"A.5.17. Title", "c A.5.17[0-6]=Title"},
		{"A.5.17 (Title)", "c A.5.17[0-6]=Title"},
		{"**A.5.17** Title", "c A.5.17[2-8]=Title"},
		{"[A.5.17](x.md) Title", "c A.5.17[1-7]=Title"},
		{"A.5.17 \"Title\"", "c A.5.17[0-6]=Title"},
		{"a-5-15-access-control", "c A.5.15[0-6]=access-control"},
		{"Access control (A.5.15)", "c A.5.15[16-22]=Access control"},
		{"Access control: A.5.15", "c A.5.15[16-22]=Access control"},
		{"A.5.34 Privacy and protection of PII (personal)", "c A.5.34[0-6]=Privacy and protection of PII (personal)"},
		{"A.5.15 (see A.5.18)", "c A.5.15[0-6]"},
		{"A.5.15 Access control (was A.9.1.1)", "c A.5.15[0-6]=Access control (was A.9.1.1)"},
		{"A.5.15 to be decided", "c A.5.15[0-6]=to be decided"},
		{"A.5.1 - 3 policies", "c A.5.1[0-5]=3 policies"},
	};
	CHECK_ALL(f, &f->of_2022, 0, cases);
}

static void
test_lists(void **state)
{
	struct fixture *f = *state;
	static const struct expectation cases[] = {
		{"", ""},
		{" , ; ", ""},
		{"A.5.1,A.5.2", "c A.5.1[0-5] | c A.5.2[6-11]"},
		{"A.5.1, A.5.2; A.8.3<br>A.8.4 Title, with comma, A.8.5",
		 "c A.5.1[0-5] | c A.5.2[7-12] | c A.8.3[14-19] | c A.8.4[23-28]=Title, with comma | c A.8.5[48-53]"},
		{"A.5.1\r\nA.5.2 <BR /> A.5.3", "c A.5.1[0-5] | c A.5.2[7-12] | c A.5.3[20-25]"},
		{"A 5.17 A 8.5", "c A.5.17[0-6] | c A.8.5[7-12]"},
		{"A.5.17 Authentication information A.8.5", "c A.5.17[0-6]=Authentication information | c A.8.5[34-39]"},
		{"A.5.17 (Authentication information), A.8.5 (Secure authentication)",
		 "c A.5.17[0-6]=Authentication information | c A.8.5[37-42]=Secure authentication"},
		{"Access control (A.5.15), Access rights (A.5.18)",
		 "c A.5.15[16-22]=Access control | c A.5.18[40-46]=Access rights"},
		{"A.5.1 and A.5.2", "c A.5.1[0-5] | c A.5.2[10-15]"},
		{"A.5.1/A.5.2 & A.5.3", "c A.5.1[0-5] | c A.5.2[6-11] | c A.5.3[14-19]"},
		{"see A.5.1", "c A.5.1[4-9]"},
		{"\u2705 A.5.1 \u2705, A.5.2", "c A.5.1[4-9] | c A.5.2[15-20]"},
		{"A.5.1, CC6.1, CTL-7; A.5.2", "c A.5.1[0-5] | n CC6.1[7-12] | n CTL-7[14-19] | c A.5.2[21-26]"},
		{"A.5.1, firewall", "c A.5.1[0-5] | n firewall[7-15]"},
		{"firewall, A.5.1", "n firewall[0-8] | c A.5.1[10-15]"},
		{"Access control", "n Access control[0-14]"},
		{"A.5.31 Legal, statutory, regulatory and contractual requirements, A.7.3 Securing offices, rooms and facilities",
		 "c A.5.31[0-6]=Legal, statutory, regulatory and contractual requirements | "
		 "c A.7.3[66-71]=Securing offices, rooms and facilities"},
		{"A.5.1\u3001A.5.2", "c A.5.1[0-5] | c A.5.2[8-13]"},
	};
	CHECK_ALL(f, &f->of_2022, 0, cases);
}

static void
test_ranges(void **state)
{
	struct fixture *f = *state;
	static const struct expectation cases[] = {
		{"A.5.24\u2013A.5.28", "c A.5.24*5[0-15]"},
		{"A.5.24-A.5.28", "c A.5.24*5[0-13]"},
		{"A.5.24 - A.5.28", "c A.5.24*5[0-15]"},
		{"A.5.24 \u2014 A.5.28 Incidents", "c A.5.24*5[0-17]=Incidents"},
		{"A.5.19-23", "c A.5.19*5[0-9]"},
		{"A.5.19\u201123", "c A.5.19*5[0-11]"},
		{"A.5.19 - 23", "c A.5.19*5[0-11]"},
		{"A.5.19-5.23", "c A.5.19*5[0-11]"},
		{"A.5.19 to A.5.23, A.8.1", "c A.5.19*5[0-16] | c A.8.1[18-23]"},
		{"A.5.19 to 23", "c A.5.19*5[0-12]"},
		{"A.5.19 bis A.5.23", "c A.5.19*5[0-17]"},
		{"A.5.19...A.5.23", "c A.5.19*5[0-15]"},
		{"a-5-1 to a-5-3", "c A.5.1*3[0-14]"},
		{"a-5-1-a-5-3", "c A.5.1*3[0-11]"},
		{"**A.5.1**\u2013**A.5.3**", "c A.5.1*3[2-19]"},
		{"A.5.36-A.6.2", "c A.5.36*4[0-12]"},
		{"A.5.1-A.5.1", "c A.5.1*1[0-11]"},
		{"iso27018:A.11.1-A.11.13", "c A.11.1*13[0-23]"},
		{"A.5-A.8", "t A.5*4[0-7]"},
		{"A.5-8", "t A.5*4[0-5]"},
		{"A.5.28-A.5.24", "b A.5.28*1[0-13]"},
		{"A.5.1-iso27018:A.11.1", "b A.5.1*1[0-21]"},
		{"A.5.36-A.5.41", "c A.5.36*1[0-6] | u A.5.41*0[7-13]"},
		{"A.5.36-41", "c A.5.36*1[0-6] | u A.5.41*0[7-9]"},
		{"A.5.0-A.5.3", "n A.5.0-A.5.3[0-11]"},
		{"A.9.2.1-A.9.2.6", "o A.9.2.1*6[0-15]"},
	};
	CHECK_ALL(f, &f->of_2022, 0, cases);
}

static void
test_what_is_no_control(void **state)
{
	struct fixture *f = *state;
	static const struct expectation cases[] = {
		{"A.5", "t A.5[0-3]"},
		{"Annex A 5", "t A.5[0-9]"},
		{"A.9", "n A.9[0-3]"},
		{"A.9.1", "n A.9.1[0-5]"},
		{"A1.2", "n A1.2[0-4]"},
		{"CC6.1", "n CC6.1[0-5]"},
		{"PR.AC-1", "n PR.AC-1[0-7]"},
		{"A5", "n A5[0-2]"},
		{"A4 paper", "n A4 paper[0-8]"},
		{"A.5.99", "u A.5.99[0-6]"},
		{"A.5.38", "u A.5.38[0-6]"},
		{"A.5.14.1", "u A.5.14.1[0-8]"},
		{"A.5.AI.1", "n A.5.AI.1[0-8]"},
		{"A.5.1.1.1", "n A.5.1.1.1[0-9]"},
		{"A.5.1a", "n A.5.1a[0-6]"},
		{"A.5.151", "n A.5.151[0-7]"},
		{"A.0.1", "n A.0.1[0-5]"},
		{"5.15", "n 5.15[0-4]"},
		{"2025-01-02", "n 2025-01-02[0-10]"},
		{"docs/A.5.1.md", "n docs/A.5.1.md[0-13]"},
		{"soa.html#A.5.1", "n soa.html#A.5.1[0-14]"},
		{"DATA.5.1", "n DATA.5.1[0-8]"},
		{"X-A.5.1", "n X-A.5.1[0-7]"},
		{"iso42001:A.5.2", "n iso42001:A.5.2[0-14]"},
		{"ISO/IEC 42001:2023 A.5.2, A.5.3", "n ISO/IEC 42001:2023 A.5.2[0-24] | c A.5.3[26-31]"},
		{"ISO 27001:2005 A.10.10.1", "n ISO 27001:2005 A.10.10.1[0-24]"},
		{"urn:A.5.1", "n urn:A.5.1[0-9]"},
	};
	CHECK_ALL(f, &f->of_2022, 0, cases);
}

static void
test_editions(void **state)
{
	struct fixture *f = *state;
	static const struct expectation of_2022[] = {
		{"A.9.2.3", "o A.9.2.3[0-7]"},
		{"a-9-2-3", "o A.9.2.3[0-7]"},
		{"ISO 27001:2013 A.9.2.3", "o A.9.2.3[0-22]"},
		{"A.10.10.1", "u A.10.10.1[0-9]"},
		{"A.10.10", "n A.10.10[0-7]"},
	};
	static const struct expectation of_2013[] = {
		{"A.9.2.3", "c A.9.2.3[0-7]"},
		{"A.9.2", "t A.9.2[0-5]"},
		{"A.9", "t A.9[0-3]"},
		{"A.5.15", "o A.5.15[0-6]"},
		{"iso27001:A.9.2.3", "c A.9.2.3[0-16]"},
		{"A.18.1.1-5", "c A.18.1.1*5[0-10]"},
	};
	static const struct expectation of_both[] = {
		{"A.9.2.3, A.5.15", "c A.9.2.3[0-7] | c A.5.15[9-15]"},
		{"iso27001-2013:A.9.2.3", "c A.9.2.3[0-21]"},
	};
	CHECK_ALL(f, &f->of_2022, 0, of_2022);
	CHECK_ALL(f, &f->of_2013, 0, of_2013);
	CHECK_ALL(f, &f->of_both, 0, of_both);
	struct control_ref ref = control_ref_parse(&f->arena, &f->of_2022, STR("A.9.2.3"), 0);
	assert_true(str_equal(ref.standard, STR("ISO/IEC 27001:2013")));
	assert_int_equal(ref.control->replaced_by.count, 1);
	assert_true(str_equal(ref.control->replaced_by.items[0]->id, STR("A.8.2")));
	ref = control_ref_parse(&f->arena, &f->of_2022, STR("A.10.10.1"), 0);
	assert_true(str_equal(ref.standard, STR("ISO/IEC 27001:2005")));
	ref = control_ref_parse(&f->arena, &f->of_2022, STR("A.10.10.7"), 0);
	assert_int_equal(ref.standard.size, 0);
	ref = control_ref_parse(&f->arena, &f->of_2022, STR("A.9.1"), 0);
	assert_true(str_equal(ref.theme->title, STR("Business requirements of access control")));
	ref = control_ref_parse(&f->arena, &f->of_2022, STR("A1.2"), 0);
	assert_true(str_equal(ref.standard, STR("SOC 2")));
}

static void
test_other_catalogues(void **state)
{
	struct fixture *f = *state;
	static const struct expectation cases[] = {
		{"CLD.6.3.1", "c CLD.6.3.1[0-9]"},
		{"cld 6.3.1 Shared roles", "c CLD.6.3.1[0-9]=Shared roles"},
		{"iso27017:CLD.9.5.2", "c CLD.9.5.2[0-18]"},
		{"CLD.6.3", "t CLD.6.3[0-7]"},
		{"CLD.6.3.9", "u CLD.6.3.9[0-9]"},
		{"iso27018:A.5.1", "c A.5.1[0-14]"},
		{"ISO/IEC 27018 A.11.13", "c A.11.13[0-21]"},
		{"iso27018:A.7.1", "u A.7.1[0-14]"},
	};
	CHECK_ALL(f, &f->of_2022, 0, cases);
	struct control_ref ref = control_ref_parse(&f->arena, &f->of_2022, STR("iso27018:A.5.1"), 0);
	assert_true(str_equal(ref.control->title, STR("Secure erasure of temporary files")));
}

static void
test_own_catalogues(void **state)
{
	struct fixture *f = *state;
	static const struct control controls[] = {
		{.id = {"A.5.1.1", 7}, .title = {"An addition", 11}, .catalogue = NULL},
		{.id = {"HR-01", 5}, .title = {"Clean kitchen", 13}},
		{.id = {"HR-02", 5}, .title = {"Closed windows", 14}},
	};
	struct control own_controls[3];
	struct catalogue own = {.name = STR("house"), .standard = STR("House rules"), .controls = own_controls, .control_count = 3};
	memcpy(own_controls, controls, sizeof controls);
	for (size_t i = 0; i < 3; i++)
		own_controls[i].catalogue = &own;
	const struct catalogue *others[] = {&own};
	struct control_scope beside = {f->of_2022.primary, others, 1}, alone = {&own, NULL, 0};
	static const struct expectation of_beside[] = {
		{"HR-01, A.5.1 Policies, HR-02 Closed windows", "c HR-01[0-5] | c A.5.1[7-12]=Policies | c HR-02[23-28]=Closed windows"},
		{"house:HR-01", "c HR-01[0-11]"},
		{"house:HR-09", "u house:HR-09[0-11]"},
		{"house:A.5.1.1", "c A.5.1.1[0-13]"},
		{"HR-01 to HR-02", "c HR-01*2[0-14]"},
		{"HR-03", "n HR-03[0-5]"},
	};
	static const struct expectation of_alone[] = {
		{"A.5.1.1", "c A.5.1.1[0-7]"},
		{"A.5.15", "u A.5.15[0-6]"},
		{"iso27001:A.5.15", "c A.5.15[0-15]"},
	};
	CHECK_ALL(f, &beside, 0, of_beside);
	CHECK_ALL(f, &alone, 0, of_alone);
}

static void
test_bare_numbers(void **state)
{
	struct fixture *f = *state;
	static const struct expectation cases[] = {
		{"5.15", "c A.5.15[0-4]"},
		{"5.1 Policies for information security", "c A.5.1[0-3]=Policies for information security"},
		{"5.1, 5.2; 8.2<br>8.3 foo", "c A.5.1[0-3] | c A.5.2[5-8] | c A.8.2[10-13] | c A.8.3[17-20]=foo"},
		{"5.1 5.2", "c A.5.1[0-3] | c A.5.2[4-7]"},
		{"5.1-5.4", "c A.5.1*4[0-7]"},
		{"5.24\u201328", "c A.5.24*5[0-9]"},
		{"9.2.3", "o A.9.2.3[0-5]"},
		{"Clause 6.1.3", "n Clause 6.1.3[0-12]"},
		{"section 5.1 of the manual", "n section 5.1 of the manual[0-25]"},
		{"5", "n 5[0-1]"},
		{"5.10", "c A.5.10[0-4]"},
		{"4.1", "u A.4.1[0-3]"},
		{"1.2.2025", "n 1.2.2025[0-8]"},
	};
	CHECK_ALL(f, &f->of_2022, CONTROL_REF_BARE, cases);
}

static void
test_words_of_prose(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *word;
		char kind;
		const char *id;
		size_t from, to;
	} cases[] = {
		{"A.5.15", 'c', "A.5.15", 0, 6}, {"A5.15", 'c', "A.5.15", 0, 5},   {"(A.5.15),", 'c', "A.5.15", 1, 7},
		{"A.5.15.", 'c', "A.5.15", 0, 6}, {"A.5", 't', "A.5", 0, 3},       {"A.9.2.3", 'o', "A.9.2.3", 0, 7},
		{"A.5.99", 'u', "A.5.99", 0, 6},  {"a-5-15", 'n', "a-5-15", 0, 6}, {"5.15", 'n', "5.15", 0, 4},
		{"A1.2", 'n', "A1.2", 0, 4},      {"A5", 'n', "A5", 0, 2},         {"CLD.6.3.1", 'c', "CLD.6.3.1", 0, 9},
		{"iso27018:A.5.1", 'c', "A.5.1", 0, 14}, {"A.5.1x", 'n', "A.5.1x", 0, 6}, {"A.5.1-A.5.2", 'n', "A.5.1-A.5.2", 0, 11},
		{"", 'n', "", 0, 0},              {"RISK-001", 'n', "RISK-001", 0, 8}, {"A", 'n', "A", 0, 1},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct control_ref ref = control_ref_token(&f->arena, &f->of_2022, str_from(cases[i].word));
		if (kind_letter(ref.kind) != cases[i].kind || !str_equal(ref.id, str_from(cases[i].id)) ||
		    ref.from != cases[i].from || ref.to != cases[i].to)
			fail_msg("`%s` gives %c %.*s [%zu-%zu]", cases[i].word, kind_letter(ref.kind), STR_ARG(ref.id), ref.from, ref.to);
	}
}

/* Every control in every spelling, alone and between others: found, once, with its bytes. */
static void
test_every_control_in_every_spelling(void **state)
{
	struct fixture *f = *state;
	static const char *const forms[] = {
		"A.%u.%u",        "A%u.%u",          "A %u.%u",          "Annex A %u.%u",  "Annex A.%u.%u",     "iso27001:A.%u.%u",
		"iso27002:A.%u.%u", "ISO/IEC 27001:2022 A.%u.%u", "a-%u-%u", "A.%02u.%02u", "a.%u.%u", "A\u2011%u\u2011%u", "A\u00a0%u.%u",
	};
	const struct catalogue *catalogue = f->of_2022.primary;
	for (size_t i = 0; i < catalogue->control_count; i++) {
		const struct control *control = &catalogue->controls[i];
		unsigned theme, number;
		assert_int_equal(sscanf(control->id.data, "A.%u.%u", &theme, &number), 2);
		for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
			struct str id = str_printf(&f->arena, forms[k], theme, number); /* NOLINT: the forms are ours */
			struct str text = str_printf(&f->arena, "A.6.1 Screening, %.*s %.*s; A.8.34", STR_ARG(id), STR_ARG(control->title));
			control_refs refs = control_refs_parse(&f->arena, &f->of_2022, text, 0);
			if (refs.count != 3 || refs.items[1].control != control || refs.items[1].from != 17 ||
			    refs.items[1].to != 17 + id.size || !str_equal(refs.items[1].title, control->title))
				fail_msg("`%.*s` is not read", STR_ARG(text));
			struct control_ref one = control_ref_parse(&f->arena, &f->of_2022, id, 0);
			assert_ptr_equal(one.control, control);
			assert_int_equal(one.from, 0);
			assert_int_equal(one.to, id.size);
		}
	}
}

/* What is one step beside an id is never taken for a control. */
static void
test_near_misses(void **state)
{
	struct fixture *f = *state;
	static const char *const forms[] = {"A.%u.%u.9", "B.%u.%u", "A.%ux.%u", "XA.%u.%u", "A.%u.%u_1", "A.%u.%u.x", "A..%u.%u",
	                                    "A.%u..%u", "A,%u.%u", "AA%u.%u", "A.%u.1%u1", "a %u %u", "A/%u/%u", "v%u.%u", "A_%u_%u"};
	for (unsigned theme = 5; theme <= 8; theme++) {
		for (unsigned number = 1; number <= 8; number++) {
			for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
				struct str text = str_printf(&f->arena, forms[k], theme, number);
				control_refs refs = control_refs_parse(&f->arena, &f->of_2022, text, 0);
				for (size_t i = 0; i < refs.count; i++)
					if (refs.items[i].kind == CONTROL_REF_CONTROL)
						fail_msg("`%.*s` is taken for %.*s", STR_ARG(text), STR_ARG(refs.items[i].control->id));
			}
		}
	}
}

/* Pieces of text, each repeated to 200 kB: a fraction of a second for each; quadratic work would take much longer. */
static void
test_hostile_lists_are_linear(void **state)
{
	struct fixture *f = *state;
	static const char *const pieces[] = {",", "A", "A.", "A.5.1", "A.5.1,", "A.5.1-A.8.34,", "(", "A.5.1 (", "A.5.1](", "A ", "   ",
	                                     "X1 ", "X1,", "-", "A.5.1 -", "\u2013", "ISO 27001 ", "Annex A ", "5.1 ", "a-", "<br", "<br>",
	                                     "A.5.1 to ", "A.5.1 title, ", "\xff", "*", "control ", "&nbsp;", "1", "A.5.1 x ("};
	for (size_t k = 0; k < sizeof pieces / sizeof *pieces; k++) {
		struct buf text = {0};
		buf_add_c(&text, "A.5.1 ");
		while (text.size < 200000)
			buf_add_c(&text, pieces[k]);
		struct arena arena;
		arena_init(&arena);
		clock_t start = clock();
		control_refs_parse(&arena, &f->of_2022, buf_str(&text), CONTROL_REF_BARE);
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
		cmocka_unit_test_setup_teardown(test_spellings_of_one_id, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_titles_beside_an_id, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_lists, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_ranges, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_what_is_no_control, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_editions, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_other_catalogues, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_own_catalogues, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_bare_numbers, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_words_of_prose, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_every_control_in_every_spelling, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_near_misses, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_hostile_lists_are_linear, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
