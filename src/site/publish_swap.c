#include "site/publish_swap.h"

#include "base/file.h"
#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- a mount point: its files change one by one ---- */

static bool
same_file(const char *a, const char *b)
{
	struct stat one, other;
	return lstat(a, &one) == 0 && lstat(b, &other) == 0 && one.st_ino == other.st_ino && one.st_dev == other.st_dev;
}

/* The staged file on the file system of OUT: written beside its place when it cannot be moved there. */
static bool
move_across(struct publication *publication, const char *staged, const char *target)
{
	struct arena scratch = {0};
	struct str bytes, old;
	const char *beside = str_printf(&publication->arena, "%s.ismark-%ld", target, (long)getpid()).data;
	bool moved = file_read(&scratch, staged, SIZE_MAX, &bytes);
	if (moved && file_type(target, false) == FILE_REGULAR && file_read(&scratch, target, SIZE_MAX, &old) &&
	    str_equal(old, bytes))
		goto out;
	moved = moved && file_write(beside, bytes) && rename(beside, target) == 0;
out:
	arena_release(&scratch);
	return moved;
}

static bool
move_file(struct publication *publication, struct str path)
{
	const char *staged = publish_path(publication, publication->stage, path);
	const char *target = publish_path(publication, publication->out, path);
	const char *folder = str_c(&publication->arena, path_folder(str_from(target)));
	if (file_type(folder, false) != FILE_FOLDER)
		unlink(folder);
	if (!folder_make(folder))
		return publish_failed(publication, "make the folder", folder);
	if (file_type(target, false) == FILE_FOLDER && !folder_remove(target))
		return publish_failed(publication, "remove", target);
	if (same_file(staged, target) || rename(staged, target) == 0)
		return true;
	if (errno == EXDEV && move_across(publication, staged, target))
		return true;
	return publish_failed(publication, "replace", target);
}

/* Removes files of the old site that the new one lacks. */
static bool
remove_others(struct publication *publication, const struct output *output)
{
	folder_entries entries = {0};
	if (!folder_walk(&publication->arena, publication->out, NULL, NULL, &entries))
		return publish_failed(publication, "read the folder", publication->out);
	for (size_t i = 0; i < entries.count; i++) {
		const char *path = publish_path(publication, publication->out, entries.items[i].path);
		if (!output_find(output, entries.items[i].path) && unlink(path) != 0)
			return publish_failed(publication, "remove", path);
		for (struct str folder = path_folder(entries.items[i].path); folder.size; folder = path_folder(folder))
			if (rmdir(publish_path(publication, publication->out, folder)) != 0)
				break; /* not empty: some of it stays */
	}
	return true;
}

static bool
replace_files(struct publication *publication, const struct output *output)
{
	if (!move_file(publication, STR(PUBLISH_MARKER)))
		return false;
	for (size_t i = 0; i < output->files.count; i++)
		if (!move_file(publication, output->files.items[i].path))
			return false;
	return remove_others(publication, output);
}

/* ---- a file system without exchange: the old tree steps aside ---- */

static bool
step_aside(struct publication *publication)
{
	const char *aside = str_printf(&publication->arena, "%s-old", publication->stage).data;
	if (rename(publication->out, aside) != 0)
		return publish_failed(publication, "move away", publication->out);
	if (rename(publication->stage, publication->out) != 0) {
		publish_failed(publication, "move into place", publication->stage);
		if (rename(aside, publication->out) != 0)
			publish_failed(publication, "move back", aside);
		return false;
	}
	return rename(aside, publication->stage) == 0 || publish_failed(publication, "move away", aside);
}

bool
publish_swap(struct publication *publication, const struct output *output)
{
	const char *stage = publication->stage, *out = publication->out;
	if (!publication->exists)
		return rename(stage, out) == 0 || publish_failed(publication, "move into place", stage);
	if (renameat2(AT_FDCWD, stage, AT_FDCWD, out, RENAME_EXCHANGE) == 0)
		return true;
	if (errno == EBUSY || errno == EXDEV)
		return replace_files(publication, output);
	if (errno == EINVAL || errno == ENOSYS || errno == ENOTSUP)
		return step_aside(publication);
	return publish_failed(publication, "move into place", stage);
}
