/* Search: tokens and the index as a script. That MiniSearch agrees is tests/site/run_search.sh's. */
#include "unit.h"

#include <string.h>

#include "site/search_index.h"
#include "site/search_token.h"

static struct arena arena;

static int
tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

/* The tokens of TEXT, a bar between two. */
static const char *
cut(struct str text)
{
	struct search_tokens tokens = {.arena = &arena, .text = text};
	struct str token;
	struct buf list = {0};
	while (search_token_next(&tokens, &token)) {
		buf_add_c(&list, list.size ? "|" : "");
		buf_add_str(&list, token);
	}
	assert_null(tokens.word.data);
	return str_c(&arena, buf_take(&list, &arena));
}

static void
assert_cut(const char *text, const char *tokens)
{
	assert_string_equal(cut(str_from(text)), tokens);
}

static void
test_ids_are_one_token(void **state)
{
	(void)state;
	assert_cut("A.5.15, RISK-001 and iso27001:A.5.1.", "a.5.15|risk-001|and|iso27001|a.5.1");
	assert_cut("R\xE2\x80\x91" "1 is R\xE2\x80\x90" "1 is R-1", "r-1|is|r-1|is|r-1");
	assert_cut("POL_2024_01 v1.2.3 2026-06-30", "pol_2024_01|v1.2.3|2026-06-30");
}

static void
test_what_follows_the_last_number_is_apart(void **state)
{
	(void)state;
	assert_cut("24-hour TLS-1.3-Verbindung ISO-27001-x-y", "24|hour|tls-1.3|verbindung|iso-27001|x|y");
	assert_cut("access-control e-mail a.b", "access|control|e|mail|a|b");
	assert_cut("-.a--b1..c2._", "a|b1|c2");
}

static void
test_words_are_lower_case_in_nfc(void **state)
{
	(void)state;
	assert_cut("MASSNAHME Ma\xC3\x9Fnahme \xC3\x9C" "BUNG U\xCC\x88" "bung", "massnahme|ma\xC3\x9Fnahme|\xC3\xBC" "bung|\xC3\xBC" "bung");
	assert_cut("Infor\xC2\xADmation \xC2\xAD l\xE2\x80\x99" "acc\xC3\xA8s", "information|l|acc\xC3\xA8s");
	assert_cut("\xFF" "a\xC3", "a");
	assert_cut("", "");
}

static struct str
repeated(const char *text, size_t count)
{
	struct buf buf = {0};
	for (size_t i = 0; i < count; i++)
		buf_add_c(&buf, text);
	return buf_take(&buf, &arena);
}

static void
test_limits(void **state)
{
	(void)state;
	assert_int_equal(strlen(cut(repeated("x", 100000))), SEARCH_TOKEN_MAX);
	assert_int_equal(strlen(cut(repeated("\xC3\xA4", 100000))), 2 * SEARCH_TOKEN_MAX);
	assert_int_equal(strlen(cut(repeated("1.", 100000))), SEARCH_TOKEN_MAX);
	assert_int_equal(strlen(cut(repeated("a-", 200000))), 2 * SEARCH_TOKENS_MAX - 1);
	assert_int_equal(strlen(cut(repeated("\xCC\x81", 1000000))), 2 * SEARCH_TOKEN_MAX);
	assert_int_equal(strlen(cut(repeated("\xC2\xAD ", 1000000))), 0);
}

static const char *
script(const struct search_index *index)
{
	struct buf buf = {0};
	search_index_write(index, &buf);
	return str_c(&arena, buf_take(&buf, &arena));
}

static void
test_the_index_counts(void **state)
{
	(void)state;
	struct search_index index;
	search_index_init(&index, &arena);
	search_index_add(&index, (struct str[]){STR("R-1"), STR("a b"), STR("b a b")});
	search_index_add(&index, (struct str[]){STR(""), STR("c"), STR("b")});
	assert_string_equal(script(&index),
	                    "{\"documentCount\":2,\"nextId\":2,\"documentIds\":{0:0,1:1},\"fieldIds\":{\"id\":0,\"title\":1,\"text\":2},"
	                    "\"fieldLength\":{0:[1,2,2],1:[0,1,1]},\"averageFieldLength\":[0.5,1.5,1.5],\"storedFields\":{},"
	                    "\"dirtCount\":0,\"serializationVersion\":2,\n\"index\":[\n[\"r-1\",{0:{0:1}}],\n[\"a\",{1:{0:1},2:{0:1}}],\n"
	                    "[\"b\",{1:{0:1},2:{0:2,1:1}}],\n[\"c\",{1:{1:1}}]]}");
}

static void
test_an_empty_index(void **state)
{
	(void)state;
	struct search_index index;
	search_index_init(&index, &arena);
	assert_string_equal(script(&index),
	                    "{\"documentCount\":0,\"nextId\":0,\"documentIds\":{},\"fieldIds\":{\"id\":0,\"title\":1,\"text\":2},"
	                    "\"fieldLength\":{},\"averageFieldLength\":[],\"storedFields\":{},\"dirtCount\":0,\"serializationVersion\":2,\n"
	                    "\"index\":[]}");
}

static void
assert_script(struct str text, const char *wanted)
{
	struct buf buf = {0};
	buf_add_script_string(&buf, text);
	assert_string_equal(str_c(&arena, buf_take(&buf, &arena)), wanted);
}

static void
test_strings_are_safe_in_any_script(void **state)
{
	(void)state;
	assert_script(STR("</script> \"a\\b\" 'c' \n\t\0"), "\"\\u003c/script> \\u0022a\\u005cb\\u0022 'c' \\u000a\\u0009\\u0000\"");
	assert_script(STR("a\xE2\x80\xA8" "b\xE2\x80\xA9" "c\xE2\x80\xA6 \xE2"), "\"a\\u2028b\\u2029c\xE2\x80\xA6 \xE2\"");
	assert_script(STR(""), "\"\"");
}

#define TEST(name) cmocka_unit_test_teardown(name, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_ids_are_one_token),
		TEST(test_what_follows_the_last_number_is_apart),
		TEST(test_words_are_lower_case_in_nfc),
		TEST(test_limits),
		TEST(test_the_index_counts),
		TEST(test_an_empty_index),
		TEST(test_strings_are_safe_in_any_script),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
