#include "cmd/baseline.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/path.h"
#include "check/baseline.h"
#include "model/document_reader.h"
#include "text/yaml.h"

static const char *
on_disk(struct arena *arena, const struct options *options, const char *file)
{
	if (strcmp(options->root, ".") == 0)
		return file;
	return str_c(arena, path_join(arena, str_from(options->root), str_from(file)));
}

static int
cannot(const char *operation, const char *path)
{
	fprintf(stderr, "ismark: cannot %s %s: %s\n", operation, path, strerror(errno));
	return EXIT_ENVIRONMENT;
}

struct str
baseline_path(struct pipeline *pipeline, const struct options *options)
{
	struct arena *arena = &pipeline->arena;
	char content[PATH_MAX], file[PATH_MAX];
	if (!options->baseline || !realpath(pipeline->content.data, content) ||
	    !realpath(on_disk(arena, options, options->baseline), file))
		return STR("");
	/* Both without the first slash, and the folder as if it held the file that links. */
	struct str from = str_printf(arena, "%s/site.yaml", content + 1);
	return path_relative(arena, from, str_copy(arena, str_from(file + 1)));
}

bool
baseline_read(struct pipeline *pipeline, const struct options *options, int *exit_code)
{
	struct arena *arena = &pipeline->arena;
	struct str bytes;
	bool broken;
	if (!options->baseline)
		return true;
	const char *file = on_disk(arena, options, options->baseline);
	if (!file_read(arena, file, DOCUMENT_SIZE_MAX, &bytes)) {
		*exit_code = cannot("read", file);
		return false;
	}
	const struct source *source = source_new(arena, baseline_path(pipeline, options), bytes, &pipeline->diags);
	struct tree *tree = yaml_read(arena, source, 0, source->text.size, 1, &pipeline->diags, &broken);
	baseline_apply(&pipeline->site, tree, broken, &pipeline->diags);
	return true;
}

int
baseline_write(const struct pipeline *pipeline, const struct options *options)
{
	struct arena scratch = {0};
	struct baseline_terms nothing_agreed = {0};
	int exit_code = EXIT_PASSED;
	if (!options->write_baseline)
		return exit_code;
	const char *file = on_disk(&scratch, options, options->write_baseline);
	if (!file_write(file, baseline_text(&pipeline->diags, options->gate, &nothing_agreed, &scratch)))
		exit_code = cannot("write", file);
	else
		fprintf(stderr, "ismark: wrote %s; state `owner`, `reason` and `expires` in it, then use it with --baseline\n", file);
	arena_release(&scratch);
	return exit_code;
}
