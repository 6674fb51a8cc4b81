/* The menu: groups of pages, and the pages of the group that a page stands in. Pages that the site does not have are left out,
 * groups without pages too; so each page carries some ten links, however large the site is. */
#include "site/page_values.h"

#include <string.h>

/* GROUP and NAME are keys below `menu` in the theme's words; NAME is what pages call their section. */
static const struct {
	const char *group, *name, *path;
} menu[] = {
	{"overview", "index", "index.html"},
	{"overview", "calendar", "calendar/index.html"},
	{"overview", "owners", "owner/index.html"},
	{"readiness", "report", "report.html"},
	{"readiness", "clauses", "clause/index.html"},
	{"readiness", "certificate", "certificate/index.html"},
	{"controls", "soa", "soa/index.html"},
	{"controls", "control", "control/index.html"},
	{"controls", "matrix", "matrix/index.html"},
	{"controls", "coverage", "coverage/index.html"},
	{"controls", "family", "family/index.html"},
	{"risks", "risk", "risk/index.html"},
	{"risks", "asset", "asset/index.html"},
	{"documents", "document", "document/index.html"},
	{"documents", "glossary", "glossary/index.html"},
	{"documents", "atoz", "a-z/index.html"},
	{"documents", "all", "all.html"},
	{"registers", "register", "register/index.html"},
	{"registers", "metric", "metric/index.html"},
	{"registers", "permission", "permission/index.html"},
};

enum { MENU_COUNT = sizeof menu / sizeof *menu };

static const char *
group_of(const char *section)
{
	for (size_t i = 0; section && i < MENU_COUNT; i++)
		if (strcmp(menu[i].name, section) == 0)
			return menu[i].group;
	return "";
}

static struct template_value
add_link(const struct page_context *context, struct template_value list, const char *name, struct str path, bool here)
{
	struct str key = str_printf(context->arena, "menu.%s", name);
	struct template_value entry = page_link(context, page_word(context, key.data).as.text, path);
	page_put(context, entry, "name", page_text(name));
	page_put(context, entry, "here", template_bool(here));
	page_put(context, entry, "is_page", template_bool(str_equal(path, context->page->path)));
	template_push(context->arena, list, entry);
	return entry;
}

struct template_value
page_menu(const struct page_context *context)
{
	struct template_value groups = template_list(context->arena), entries = {0};
	const char *current = "", *here = group_of(context->page->section);
	for (size_t i = 0; i < MENU_COUNT; i++) {
		struct str path = str_from(menu[i].path);
		if (!output_find(context->pages->output, path))
			continue;
		if (strcmp(current, menu[i].group) != 0) {
			current = menu[i].group;
			entries = template_list(context->arena);
			struct template_value group = add_link(context, groups, current, path, strcmp(current, here) == 0);
			page_put(context, group, "entries", entries);
		}
		if (strcmp(current, here) == 0)
			add_link(context, entries, menu[i].name, path, strcmp(menu[i].name, context->page->section) == 0);
	}
	return groups;
}
