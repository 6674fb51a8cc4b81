/* The theme's words by language: what words/LANGUAGE.yaml say, as the value `words` of every page. Nested maps of texts and
 * lists of texts. A word that a language lacks is the English one. */
#ifndef ISMARK_SITE_WORDS_H
#define ISMARK_SITE_WORDS_H

#include "site/template.h"
#include "text/tree.h"

#define WORDS_FALLBACK "en"

struct words {
	struct arena *arena;
	struct map languages; /* "de" -> struct words_language */
};

struct words_language {
	struct str name;
	struct template_value values;
};

void
words_init(struct words *words, struct arena *arena);
/* Adds the words of TREE to those of LANGUAGE; a word that is there is replaced. False, with a finding (THM006) at the
 * place, when TREE is not made of maps, lists and texts. TREE must outlive the words. */
bool
words_add(struct words *words, struct str language, const struct tree *tree, struct diag_list *diags);
/* Gives every language what only the fallback has. After all words were added. */
void
words_complete(struct words *words);
/* The words for TAG (BCP 47): of the tag itself, else of its primary language; NULL when the theme has neither. */
const struct words_language *
words_find(const struct words *words, struct str tag);
/* The value at KEY, names joined by dots; undefined when there is none. */
struct template_value
words_get(const struct words_language *language, const char *key);

#endif
