/* A theme: theme.yaml, templates/, static/ and words/ in one folder. It may extend another theme, whose files it then has
 * unless it has one of the same path; a project's overrides stand in for single files in the same way. Opening a theme reads
 * what theme.yaml and site.yaml say of it; loading it reads its files.
 *
 * Where several layers have a template, the last one counts; `{% extends "LAYER/risk.html" %}` names the one of a theme below,
 * by the name of its folder. Static files are published below theme/; so are style sheets that are templates (templates/NAME.css),
 * which see the options only, as tokens of CSS. */
#ifndef ISMARK_SITE_THEME_H
#define ISMARK_SITE_THEME_H

#include "model/config.h"
#include "site/output.h"
#include "site/template.h"
#include "site/words.h"

enum { THEME_API = 1 }; /* the version of the templates' context that this compiler gives */

struct theme_place {
	struct str root; /* folder on disk; empty: none */
	struct str name; /* how findings call it, relative to the content root */
};

struct theme_request {
	struct theme_place theme, overrides;
	struct theme_place shipped; /* the folder of the themes that came with the program, where `extends` looks last */
	struct str content;         /* root of the content, where options that are files look first */
	const struct config_theme *config;
};

struct site_theme;

/* Opens the theme; it lives in ARENA. NULL, with THM006 findings, when it cannot be used. Options of site.yaml that it
 * does not have or take (THM008 to THM010), and overrides that override nothing (THM011), are findings too. */
struct site_theme *
theme_open(const struct theme_request *request, struct arena *arena, struct diag_list *diags);
/* Reads its templates into SET, its words into WORDS, and adds its static files, style sheets and the files that options name to
 * OUTPUT. False, with THM findings, when it cannot be used. */
bool
theme_load(const struct site_theme *theme, struct template_set *set, struct words *words, struct output *output,
           struct diag_list *diags);
/* The value `theme` of every page: name, version, options. In the theme's arena. */
struct template_value
theme_value(const struct site_theme *theme);
/* False when theme.yaml says that the theme has no use for the search's index. */
bool
theme_has_search(const struct site_theme *theme);
/* The span of its theme.yaml. */
struct span
theme_span(const struct site_theme *theme);

#endif
