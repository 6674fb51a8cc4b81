#include "cmd/theme.h"

#include "base/file.h"
#include "base/path.h"
#include "cmd/places.h"
#include "site/theme.h"

#define THEMES "themes"
#define OVERRIDES "themes/overrides" /* without `overrides` in site.yaml */

struct search {
	struct pipeline *pipeline;
	const struct options *options;
	struct arena *arena;
	struct str root; /* of the project; empty: the working folder */
	struct diag_list *diags;
};

static bool
is_folder(struct arena *arena, struct str path)
{
	return path.size && file_type(str_c(arena, path), true) == FILE_FOLDER;
}

/* PATH as seen from the content root; as it is when one of the two is absolute. */
static struct theme_place
place_of(const struct search *search, struct str path)
{
	struct str content = path_normalise(search->arena, search->pipeline->content);
	struct theme_place place = {path, path};
	if (!path_leaves_root(content) && !path_leaves_root(path_normalise(search->arena, path)))
		place.name = path_relative(search->arena, path_join(search->arena, content, STR("site.yaml")), path);
	return place;
}

/* PATH of the project when it is a folder there; what leads out of the project is none. */
static struct str
project_folder(const struct search *search, struct str path)
{
	struct str folder = path_join(search->arena, search->root, path);
	bool is_own = is_folder(search->arena, folder) && file_is_below(search->options->root, str_c(search->arena, folder));
	return is_own ? folder : STR("");
}

/* A folder, or the name of a theme of the project or of ismark. */
static struct str
named_theme(const struct search *search, struct str name)
{
	bool is_bare = str_find_char(name, '/', 0) == STR_NONE;
	struct str below = path_join(search->arena, STR(THEMES), name), theme = project_folder(search, name);
	if (!theme.size && is_bare)
		theme = project_folder(search, below);
	return theme.size || !is_bare ? theme : program_file(search->arena, below);
}

static void
report_absent(const struct search *search, const struct config_folder *folder, bool is_theme)
{
	static const struct str shipped[] = {{"default", 7}, {"plain", 5}};
	struct str path = folder->path.size ? folder->path : STR(THEMES "/default");
	struct diag *diag = diag_add(search->diags, CODE_THM006, folder->span, STR("site.yaml"), "there is no %s `%.*s`",
	                             is_theme ? "theme" : "folder", STR_ARG(path));
	struct str nearest = is_theme ? str_nearest(folder->path, shipped, 2) : STR("");
	if (nearest.size)
		diag_hint(search->diags, diag, "did you mean `%.*s`?", STR_ARG(nearest));
	else
		diag_hint(search->diags, diag, "name a folder below the project root%s", is_theme ? ", or a theme that comes with ismark: default, plain" : "");
}

static struct str
find_root(const struct search *search)
{
	const struct config_folder *named = &search->pipeline->config->theme.folder;
	struct str own = STR(THEMES "/default");
	if (search->options->theme)
		return path_join(search->arena, search->root, str_from(search->options->theme));
	struct str theme = named->path.size ? named_theme(search, named->path) : project_folder(search, own);
	return theme.size || named->path.size ? theme : program_file(search->arena, own);
}

static struct str
find_overrides(const struct search *search)
{
	const struct config_folder *named = &search->pipeline->config->theme.overrides;
	struct str folder = project_folder(search, named->path.size ? named->path : STR(OVERRIDES));
	if (named->path.size && !folder.size)
		report_absent(search, named, false);
	return folder;
}

static bool
is_configured(const struct search *search, struct str overrides)
{
	const struct config_theme *theme = &search->pipeline->config->theme;
	return search->options->theme || theme->folder.path.size || theme->options || overrides.size;
}

void
theme_find(struct pipeline *pipeline, const struct options *options, bool needed, struct diag_list *diags)
{
	bool is_here = str_equal(str_from(options->root), STR("."));
	struct search search = {pipeline, options, &pipeline->arena, is_here ? STR("") : str_from(options->root), diags};
	struct str overrides = find_overrides(&search);
	if (!needed && !is_configured(&search, overrides))
		return;
	struct str theme = find_root(&search);
	if (!theme.size) {
		report_absent(&search, &pipeline->config->theme.folder, true);
		return;
	}
	struct theme_request request = {
		.theme = place_of(&search, theme),
		.shipped = place_of(&search, program_file(&pipeline->arena, STR(THEMES))),
		.content = pipeline->content,
		.config = &pipeline->config->theme,
	};
	if (overrides.size)
		request.overrides = place_of(&search, overrides);
	pipeline->theme = theme_open(&request, &pipeline->arena, diags);
}
