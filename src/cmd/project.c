#include "cmd/project.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/path.h"
#include "model/document_reader.h"
#include "text/yaml.h"

int
environment_error(const char *operation, const char *path)
{
	fprintf(stderr, "ismark: cannot %s %s: %s\n", operation, path, strerror(errno));
	return EXIT_ENVIRONMENT;
}

static struct str
below_root(struct pipeline *pipeline, const struct options *options, const char *path)
{
	struct str root = str_from(options->root);
	if (str_equal(root, STR(".")))
		return str_from(path);
	return path_join(&pipeline->arena, root, str_from(path));
}

/* PATH if it is a folder, else --content, else content/, else the project root. */
bool
project_find_content(struct pipeline *pipeline, const struct options *options, int *exit_code)
{
	struct arena *arena = &pipeline->arena;
	const char *path = options->words.count ? str_c(arena, options->words.items[0]) : NULL;
	struct str given = path ? below_root(pipeline, options, path) : STR("");
	enum file_type type = path ? file_type(str_c(arena, given), true) : FILE_ABSENT;
	if (path && type == FILE_ABSENT) {
		*exit_code = usage_error("there is no '%s'", path);
		return false;
	}
	struct str fallback = below_root(pipeline, options, "content");
	if (type == FILE_FOLDER)
		pipeline->content = given;
	else if (options->content)
		pipeline->content = below_root(pipeline, options, options->content);
	else
		pipeline->content = file_type(str_c(arena, fallback), true) == FILE_FOLDER ? fallback : str_from(options->root);
	pipeline->content = str_from(str_c(arena, pipeline->content));
	if (file_type(pipeline->content.data, true) != FILE_FOLDER) {
		*exit_code = usage_error("there is no folder '%s'", pipeline->content.data);
		return false;
	}
	if (type == FILE_REGULAR) {
		char content[PATH_MAX], file[PATH_MAX];
		if (!realpath(pipeline->content.data, content) || !realpath(given.data, file)) {
			*exit_code = environment_error("resolve", given.data);
			return false;
		}
		size_t size = strlen(content);
		if (strncmp(file, content, size) != 0 || file[size] != '/') {
			*exit_code = usage_error("'%s' is not below the content root '%s'", path, pipeline->content.data);
			return false;
		}
		pipeline->only = str_copy(arena, str_from(file + size + 1));
	}
	return true;
}

struct str
project_path(struct pipeline *pipeline, struct str path, struct arena *arena)
{
	return str_from(str_c(arena, path_join(arena, pipeline->content, path)));
}

const struct source *
project_read_source(struct pipeline *pipeline, struct str path, struct arena *arena, struct diag_list *diags)
{
	struct str bytes, name = project_path(pipeline, path, arena);
	if (!file_read(arena, name.data, DOCUMENT_SIZE_MAX, &bytes))
		return NULL;
	return source_new(arena, path, bytes, diags);
}

static const struct source *
read_named_file(void *context, struct str path)
{
	struct pipeline *pipeline = context;
	struct str normalised = path_normalise(&pipeline->arena, path);
	if (path_leaves_root(normalised))
		return NULL;
	return project_read_source(pipeline, normalised, &pipeline->arena, &pipeline->diags);
}

bool
project_read_config(struct pipeline *pipeline, int *exit_code)
{
	bool broken = false;
	pipeline->config = config_new(&pipeline->arena);
	struct str path = project_path(pipeline, STR("site.yaml"), &pipeline->arena);
	if (file_type(path.data, false) == FILE_ABSENT)
		return true;
	const struct source *source = project_read_source(pipeline, STR("site.yaml"), &pipeline->arena, &pipeline->diags);
	if (!source) {
		*exit_code = environment_error("read", path.data);
		return false;
	}
	pipeline->config->source = source;
	struct tree *tree = yaml_read(&pipeline->arena, source, 0, source->text.size, 1, &pipeline->diags, &broken);
	config_read(pipeline->config, &pipeline->arena, tree, read_named_file, pipeline, &pipeline->diags);
	return true;
}
