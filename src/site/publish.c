#include "site/publish.h"

#include "base/file.h"
#include "base/path.h"
#include "site/publish_swap.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MARKER_TEXT "Made by ismark: this folder is replaced by each build.\n"

enum { FILE_SIZE_MAX = 1 << 30 };

bool
publish_failed(struct publication *publication, const char *operation, const char *path)
{
	int reason = errno;
	struct diag *diag = diag_add(publication->diags, CODE_PUB003, (struct span){0}, STR(""), "cannot %s `%s`: %s",
	                             operation, path, strerror(reason));
	diag_hint(publication->diags, diag, "make room and permission for it; the old site is still in place");
	return false;
}

const char *
publish_path(struct publication *publication, const char *folder, struct str path)
{
	return str_printf(&publication->arena, "%s/%.*s", folder, STR_ARG(path)).data;
}

/* ---- where it goes ---- */

/* OUT without links and trailing slashes, so that its own folder can hold the staged tree. */
static bool
find_place(struct publication *publication, const char *out)
{
	struct arena *arena = &publication->arena;
	char *real = realpath(out, NULL);
	struct str path = real ? str_copy(arena, str_from(real)) : path_normalise(arena, str_from(out));
	free(real);
	bool absolute = path.size && path.data[0] == '/';
	struct str folder = path_folder(path), name = path_name(path);
	if (!name.size || str_equal(name, STR("..")) || str_equal(name, STR("."))) {
		errno = EINVAL;
		return publish_failed(publication, "publish to", out);
	}
	publication->out = str_c(arena, path);
	publication->folder = folder.size ? str_c(arena, folder) : absolute ? "/" : ".";
	publication->prefix = str_printf(arena, ".%.*s.ismark-", STR_ARG(name));
	struct str stage = str_printf(arena, "%.*s%ld", STR_ARG(publication->prefix), (long)getpid());
	publication->stage = publish_path(publication, publication->folder, stage);
	return true;
}

/* True when FOLDER holds nothing but `.gitignore`. */
static bool
is_vacant(const char *folder)
{
	DIR *open = opendir(folder);
	struct dirent *entry;
	bool vacant = open != NULL;
	while (open && vacant && (entry = readdir(open)))
		vacant = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
		         strcmp(entry->d_name, ".gitignore") == 0;
	if (open)
		closedir(open);
	return vacant;
}

static bool
check_place(struct publication *publication)
{
	enum file_type type = file_type(publication->out, true);
	publication->exists = type != FILE_ABSENT;
	if (type == FILE_ABSENT)
		return folder_make(publication->folder) || publish_failed(publication, "make the folder", publication->folder);
	const char *marker = publish_path(publication, publication->out, STR(PUBLISH_MARKER));
	if (type == FILE_FOLDER && (file_type(marker, false) == FILE_REGULAR || is_vacant(publication->out)))
		return true;
	struct diag *diag = diag_add(publication->diags, CODE_PUB002, (struct span){0}, STR(""),
	                             "`%s` is not a folder that ismark made, and is not replaced", publication->out);
	diag_hint(publication->diags, diag, "name another folder, or empty this one");
	return false;
}

/* ---- what earlier builds left ---- */

/* The process that an entry's name speaks of, 0 when it is no staging folder of ours. */
static long
stage_owner(const struct publication *publication, const char *name)
{
	int64_t pid;
	if (!str_starts_with(str_from(name), publication->prefix))
		return 0;
	if (!str_to_int(str_from_index(str_from(name), publication->prefix.size), &pid) || pid < 1 || pid > INT32_MAX)
		return 0;
	return (long)pid;
}

static bool
is_stale(long pid)
{
	return pid == (long)getpid() || (kill((pid_t)pid, 0) != 0 && errno == ESRCH);
}

static void
report_remains(struct publication *publication, const char *path)
{
	struct diag *diag = diag_add(publication->diags, CODE_PUB006, (struct span){0}, STR(""),
	                             "cannot remove `%s`, which an earlier build left: %s", path, strerror(errno));
	diag_hint(publication->diags, diag, "delete it");
}

static void
remove_stale(struct publication *publication)
{
	DIR *open = opendir(publication->folder);
	struct dirent *entry;
	while (open && (entry = readdir(open))) {
		long pid = stage_owner(publication, entry->d_name);
		const char *path = publish_path(publication, publication->folder, str_from(entry->d_name));
		if (pid && is_stale(pid) && file_type(path, false) == FILE_FOLDER && !folder_remove(path))
			report_remains(publication, path);
	}
	if (open)
		closedir(open);
}

/* ---- staging ---- */

/* True when PATH is a regular file, no link, with just these bytes. */
static bool
file_holds(const char *path, struct str bytes)
{
	struct stat status;
	if (lstat(path, &status) != 0 || !S_ISREG(status.st_mode) || (uint64_t)status.st_size != bytes.size)
		return false;
	struct arena scratch = {0};
	struct str content;
	bool same = file_read(&scratch, path, bytes.size, &content) && str_equal(content, bytes);
	arena_release(&scratch);
	return same;
}

/* Makes the folder of the staged PATH; files come sorted, so most find the one before them. */
static bool
stage_folder(struct publication *publication, struct str path)
{
	struct str folder = path_folder(path);
	if (str_equal(folder, publication->staged_folder))
		return true;
	const char *made = publish_path(publication, publication->stage, folder);
	if (!folder_make(made))
		return publish_failed(publication, "make the folder", made);
	publication->staged_folder = folder;
	return true;
}

static bool
stage_bytes(struct publication *publication, struct str path, struct str bytes)
{
	const char *old = publish_path(publication, publication->out, path);
	const char *staged = publish_path(publication, publication->stage, path);
	if (!stage_folder(publication, path))
		return false;
	if (publication->exists && file_holds(old, bytes) && link(old, staged) == 0)
		return true;
	return file_write(staged, bytes) || publish_failed(publication, "write", staged);
}

/* The path was resolved when it was added; a link that has come to stand in it since is refused. */
static bool
read_copy(struct publication *publication, const struct output_file *file, struct arena *scratch, struct str *bytes)
{
	char *real = realpath(file->copy_of.data, NULL);
	bool same = real && str_equal(str_from(real), file->copy_of);
	free(real);
	if (!same)
		errno = real ? ELOOP : errno;
	if (!same || !file_read(scratch, file->copy_of.data, FILE_SIZE_MAX, bytes))
		return publish_failed(publication, "read", file->copy_of.data);
	return true;
}

static bool
stage_file(struct publication *publication, const struct output_file *file)
{
	if (!file->copy_of.size)
		return stage_bytes(publication, file->path, file->bytes);
	struct arena scratch = {0};
	struct str bytes;
	bool staged = read_copy(publication, file, &scratch, &bytes) && stage_bytes(publication, file->path, bytes);
	arena_release(&scratch);
	return staged;
}

static bool
stage_gitignore(struct publication *publication)
{
	struct arena scratch = {0};
	struct str bytes;
	const char *old = publish_path(publication, publication->out, STR(".gitignore"));
	bool staged = true;
	if (file_type(old, false) == FILE_REGULAR) {
		staged = file_read(&scratch, old, FILE_SIZE_MAX, &bytes) || publish_failed(publication, "read", old);
		staged = staged && stage_bytes(publication, STR(".gitignore"), bytes);
	}
	arena_release(&scratch);
	return staged;
}

static bool
stage_all(struct publication *publication, const struct output *output)
{
	if (mkdir(publication->stage, 0755) != 0)
		return publish_failed(publication, "make the folder", publication->stage);
	if (!stage_bytes(publication, STR(PUBLISH_MARKER), STR(MARKER_TEXT)) || !stage_gitignore(publication))
		return false;
	for (size_t i = 0; i < output->files.count; i++)
		if (!stage_file(publication, &output->files.items[i]))
			return false;
	return true;
}

bool
publish(const struct output *output, const char *out, struct diag_list *diags)
{
	struct publication publication = {.diags = diags};
	bool published = false;
	if (!find_place(&publication, out) || !check_place(&publication))
		goto out;
	remove_stale(&publication);
	published = stage_all(&publication, output) && publish_swap(&publication, output);
	if (file_type(publication.stage, false) != FILE_ABSENT && !folder_remove(publication.stage))
		report_remains(&publication, publication.stage);
out:
	arena_release(&publication.arena);
	return published;
}
