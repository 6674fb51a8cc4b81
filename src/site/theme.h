/* A theme: theme.yaml, templates/, static/ and words/ in one folder. Static files are published below theme/. */
#ifndef ISMARK_SITE_THEME_H
#define ISMARK_SITE_THEME_H

#include "site/output.h"
#include "site/template.h"
#include "site/words.h"

enum { THEME_API = 1 }; /* the version of the templates' context that this compiler gives */

/* Reads the theme in the folder ROOT, which findings call NAME: its templates into SET, its words into WORDS, its static files into OUTPUT.
 * False, with THM findings, when it cannot be used. */
bool
theme_read(const char *root, const char *name, struct template_set *set, struct words *words, struct output *output,
           struct diag_list *diags);

#endif
