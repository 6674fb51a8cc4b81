#include "site/words.h"

#include "base/utf8.h"
#include "site/template_value.h"

#include <string.h>

void
words_init(struct words *words, struct arena *arena)
{
	*words = (struct words){.arena = arena};
}

/* ---- from the file ---- */

static struct template_value
list_of(struct arena *arena, const struct tree *tree)
{
	struct template_value list = template_list(arena);
	for (size_t i = 0; i < tree->items.count; i++)
		template_push(arena, list, template_string(tree->items.items[i]->text));
	return list;
}

static const struct tree *
misplaced(const struct tree *tree)
{
	for (size_t i = 0; tree->type == TREE_LIST && i < tree->items.count; i++)
		if (tree->items.items[i]->type != TREE_SCALAR)
			return tree->items.items[i];
	return NULL;
}

static bool
add_map(struct words *words, struct template_value values, const struct tree *tree, struct diag_list *diags);

static bool
add_pair(struct words *words, struct template_value values, const struct tree_pair *pair, struct diag_list *diags)
{
	const struct tree *value = pair->value, *wrong = misplaced(value);
	if (wrong) {
		struct diag *diag = diag_add(diags, CODE_THM006, wrong->span, wrong->span.source->path, "a list of words holds a map or a list");
		diag_hint(diags, diag, "write texts only, one an item");
		return false;
	}
	struct template_value before = template_get(values, pair->key);
	if (value->type != TREE_MAP) {
		template_put_str(words->arena, values, pair->key,
		                 value->type == TREE_LIST ? list_of(words->arena, value) : template_string(value->text));
		return true;
	}
	if (before.type != TEMPLATE_MAP) {
		before = template_map(words->arena);
		template_put_str(words->arena, values, pair->key, before);
	}
	return add_map(words, before, value, diags);
}

/* As deep as YAML_DEPTH_MAX lets a file be. */
static bool
add_map(struct words *words, struct template_value values, const struct tree *tree, struct diag_list *diags)
{
	bool good = true;
	for (size_t i = 0; i < tree->pairs.count; i++)
		good = add_pair(words, values, &tree->pairs.items[i], diags) && good;
	return good;
}

static struct words_language *
language_of(struct words *words, struct str name)
{
	struct words_language *language = map_get(&words->languages, name);
	if (!language) {
		language = arena_new(words->arena, struct words_language);
		*language = (struct words_language){name, template_map(words->arena)};
		map_put(words->arena, &words->languages, name, language);
	}
	return language;
}

bool
words_add(struct words *words, struct str language, const struct tree *tree, struct diag_list *diags)
{
	if (tree->type != TREE_MAP) {
		struct diag *diag = diag_add(diags, CODE_THM006, tree->span, tree->span.source->path, "the words are not a map");
		diag_hint(diags, diag, "write `area: {name: text}`");
		return false;
	}
	return add_map(words, language_of(words, language)->values, tree, diags);
}

/* ---- what a language lacks ---- */

static void
complete(struct arena *arena, struct template_value values, struct template_value fallback)
{
	const struct map *entries = &fallback.as.map->entries;
	for (size_t i = 0; i < entries->entries.count; i++) {
		struct str key = entries->entries.items[i].key;
		struct template_value there = template_get(values, key), other = template_get(fallback, key);
		if (there.type == TEMPLATE_UNDEFINED)
			template_put_str(arena, values, key, other);
		else if (there.type == TEMPLATE_MAP && other.type == TEMPLATE_MAP)
			complete(arena, there, other);
	}
}

void
words_complete(struct words *words)
{
	const struct words_language *fallback = language_of(words, STR(WORDS_FALLBACK));
	for (size_t i = 0; i < words->languages.entries.count; i++) {
		struct words_language *language = words->languages.entries.items[i].value;
		if (language != fallback)
			complete(words->arena, language->values, fallback->values);
	}
}

/* ---- asking ---- */

const struct words_language *
words_find(const struct words *words, struct str tag)
{
	struct arena scratch = {0};
	struct str name = utf8_lower(&scratch, tag);
	const struct words_language *language = map_get(&words->languages, name);
	if (!language)
		language = map_get(&words->languages, str_slice(name, 0, str_find_char(name, '-', 0)));
	arena_release(&scratch);
	return language;
}

struct template_value
words_get(const struct words_language *language, const char *key)
{
	struct template_value value = language->values;
	for (const char *end; key; key = *end ? end + 1 : NULL) {
		if (value.type != TEMPLATE_MAP)
			return (struct template_value){0};
		end = key + strcspn(key, ".");
		value = template_get(value, (struct str){key, (size_t)(end - key)});
	}
	return value;
}
