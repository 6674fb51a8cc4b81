/* Cuts texts into the search's tokens for tests/site/search.mjs: a JSON array of texts on standard input, a JSON array of
 * arrays of tokens on standard output; null for a text with a character that utf8proc's version of Unicode does not have. */
#include <jansson.h>
#include <stdio.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "site/search_token.h"

static bool
is_known(struct str text)
{
	for (size_t i = 0; i < text.size;)
		if (utf8proc_category(utf8_next(text, &i)) == UTF8PROC_CATEGORY_CN)
			return false;
	return true;
}

static json_t *
tokens_of(struct arena *arena, const json_t *json)
{
	struct str text = {json_string_value(json), json_string_length(json)}, token;
	struct search_tokens tokens = {.arena = arena, .text = text};
	if (!is_known(text))
		return json_null();
	json_t *list = json_array();
	while (search_token_next(&tokens, &token))
		json_array_append_new(list, json_stringn(token.data, token.size));
	return list;
}

int
main(void)
{
	json_error_t error;
	struct arena arena;
	json_t *texts = json_loadf(stdin, JSON_ALLOW_NUL, &error);
	if (!texts) {
		fprintf(stderr, "search_tokens: %s\n", error.text);
		return 2;
	}
	arena_init(&arena);
	json_t *results = json_array();
	for (size_t i = 0; i < json_array_size(texts); i++)
		json_array_append_new(results, tokens_of(&arena, json_array_get(texts, i)));
	json_dumpf(results, stdout, JSON_COMPACT);
	json_decref(results);
	json_decref(texts);
	arena_release(&arena);
	return 0;
}
