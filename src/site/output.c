#include "site/output.h"

#include "base/file.h"
#include "base/path.h"
#include "base/utf8.h"

#include <stdlib.h>

/* Who took a path, as a file or as a folder. */
struct place {
	struct output_file file;
	bool is_folder;
};

void
output_init(struct output *output, struct arena *arena)
{
	*output = (struct output){.arena = arena};
}

static struct str
fold(struct arena *arena, struct str path)
{
	return utf8_lower(arena, utf8_nfc(arena, path));
}

static void
report_clash(const struct output_file *file, const struct output_file *other, bool is_folder, struct diag_list *diags)
{
	bool equal = str_equal(file->path, other->path);
	const char *how = is_folder ? "where a folder and a file have one name"
	                  : equal   ? "the same place"
	                            : "which differs only in case";
	struct diag *diag = diag_add(diags, CODE_PUB001, file->span, file->maker,
	                             "%.*s is published as `%.*s`, %.*s as `%.*s`: %s", STR_ARG(file->maker),
	                             STR_ARG(file->path), STR_ARG(other->maker), STR_ARG(other->path), how);
	diag_hint(diags, diag, "rename one of the two");
	if (other->span.source)
		diag_relate(diags, diag, other->span, "the other one is here");
}

/* The file that stands where FILE wants a folder, or that made a folder where FILE wants to stand. */
static const struct place *
find_clash(const struct output *output, struct str folded)
{
	const struct place *place = map_get(&output->paths, folded);
	for (struct str folder = path_folder(folded); !place && folder.size; folder = path_folder(folder)) {
		const struct place *above = map_get(&output->paths, folder);
		if (above && !above->is_folder)
			place = above;
	}
	return place;
}

static void
take(struct output *output, const struct output_file *file, struct str folded)
{
	struct place *place = arena_new(output->arena, struct place);
	place->file = *file;
	map_put(output->arena, &output->paths, folded, place);
	for (struct str folder = path_folder(folded); folder.size; folder = path_folder(folder)) {
		if (map_get(&output->paths, folder))
			break;
		struct place *above = arena_new(output->arena, struct place);
		*above = (struct place){*file, true};
		map_put(output->arena, &output->paths, folder, above);
	}
}

bool
output_add(struct output *output, const struct output_file *file, struct diag_list *diags)
{
	struct str folded = fold(output->arena, file->path);
	const struct place *clash = find_clash(output, folded);
	if (clash) {
		bool is_folder = clash->is_folder || !str_equal(fold(output->arena, clash->file.path), folded);
		report_clash(file, &clash->file, is_folder, diags);
		return false;
	}
	take(output, file, folded);
	vec_push(output->arena, &output->files, *file);
	return true;
}

bool
output_is_free(const struct output *output, struct str path)
{
	struct arena scratch = {0};
	bool is_free = !find_clash(output, fold(&scratch, path));
	arena_release(&scratch);
	return is_free;
}

/* PATH without links, in ARENA; empty when it does not exist. */
static struct str
real_path(struct arena *arena, struct str path)
{
	char *real = realpath(str_c(arena, path), NULL);
	struct str copy = str_copy(arena, str_from(real));
	free(real);
	return copy;
}

static bool
is_below(struct str root, struct str path)
{
	if (str_equal(root, STR("/")))
		return true;
	return str_starts_with(path, root) && path.size > root.size && path.data[root.size] == '/';
}

bool
output_add_copy(struct output *output, struct str path, struct str root, struct str source, struct diag_list *diags)
{
	struct arena *arena = output->arena;
	struct str real_root = real_path(arena, root), real = real_path(arena, path_join(arena, root, source));
	struct output_file file = {.path = path, .copy_of = real, .maker = source};
	const char *problem = NULL;
	if (!real.size || file_type(real.data, false) != FILE_REGULAR)
		problem = "is not a file that can be read";
	else if (!is_below(real_root, real))
		problem = "is a link that leads out of the content folder";
	if (!problem)
		return output_add(output, &file, diags);
	struct diag *diag = diag_add(diags, CODE_PUB004, file.span, source, "`%.*s` %s", STR_ARG(source), problem);
	diag_hint(diags, diag, "put the file itself there, or list it under `ignore` in site.yaml");
	return false;
}

static int
by_path(const void *a, const void *b)
{
	return str_compare(((const struct output_file *)a)->path, ((const struct output_file *)b)->path);
}

void
output_sort(struct output *output)
{
	if (output->files.count)
		qsort(output->files.items, output->files.count, sizeof *output->files.items, by_path);
}

const struct output_file *
output_find(const struct output *output, struct str path)
{
	struct arena scratch = {0};
	const struct place *place = map_get(&output->paths, fold(&scratch, path));
	arena_release(&scratch);
	return place && !place->is_folder && str_equal(place->file.path, path) ? &place->file : NULL;
}
