#include "base/file.h"

#include "base/path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sha2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum file_type
file_type(const char *path, bool follow)
{
	struct stat status;
	if ((follow ? stat : lstat)(path, &status) != 0)
		return FILE_ABSENT;
	if (S_ISREG(status.st_mode))
		return FILE_REGULAR;
	return S_ISDIR(status.st_mode) ? FILE_FOLDER : FILE_OTHER;
}

bool
file_is_below(const char *root, const char *path)
{
	char real_root[PATH_MAX], real[PATH_MAX];
	if (!realpath(root, real_root) || !realpath(path, real))
		return false;
	size_t size = strlen(real_root);
	return size == 1 || (strncmp(real, real_root, size) == 0 && (real[size] == '/' || !real[size]));
}

/* Reads up to SIZE bytes; the count, or -1. */
static ssize_t
read_all(int file, char *data, size_t size)
{
	size_t done = 0;
	while (done < size) {
		ssize_t n = read(file, data + done, size - done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (n == 0)
			break;
		done += (size_t)n;
	}
	return (ssize_t)done;
}

static bool
read_open(struct arena *arena, int file, size_t limit, struct str *content)
{
	struct stat status;
	if (fstat(file, &status) != 0)
		return false;
	if (!S_ISREG(status.st_mode)) {
		errno = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
		return false;
	}
	if ((uint64_t)status.st_size > limit) {
		errno = EFBIG;
		return false;
	}
	char *data = arena_alloc(arena, (size_t)status.st_size + 1);
	ssize_t size = read_all(file, data, (size_t)status.st_size);
	if (size < 0)
		return false;
	data[size] = '\0';
	*content = (struct str){data, (size_t)size};
	return true;
}

bool
file_read(struct arena *arena, const char *path, size_t limit, struct str *content)
{
	*content = (struct str){0};
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (file < 0)
		return false;
	bool read = read_open(arena, file, limit, content);
	int reason = errno;
	close(file);
	errno = reason;
	return read;
}

static bool
write_all(int file, struct str content)
{
	while (content.size) {
		ssize_t n = write(file, content.data, content.size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		content = str_from_index(content, (size_t)n);
	}
	return true;
}

bool
file_write(const char *path, struct str content)
{
	int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (file < 0)
		return false;
	bool written = write_all(file, content);
	int reason = errno;
	if (close(file) != 0 && written)
		return false;
	errno = reason;
	return written;
}

bool
folder_make(const char *path)
{
	struct arena arena = {0};
	char *copy = arena_copy(&arena, path, strlen(path));
	bool made = true;
	for (char *slash = strchr(copy + 1, '/'); made; slash = strchr(slash + 1, '/')) {
		if (slash)
			*slash = '\0';
		made = mkdir(copy, 0755) == 0 || errno == EEXIST;
		if (!slash)
			break;
		*slash = '/';
	}
	if (made && file_type(copy, true) != FILE_FOLDER) {
		errno = ENOTDIR;
		made = false;
	}
	int reason = errno;
	arena_release(&arena);
	errno = reason;
	return made;
}

static int
by_name(const void *a, const void *b)
{
	return str_compare(*(const struct str *)a, *(const struct str *)b);
}

/* The names in the open folder, sorted; "." and ".." left out. */
static bool
list_names(struct arena *arena, const char *path, str_vec *names)
{
	DIR *folder = opendir(path);
	if (!folder)
		return false;
	struct dirent *entry;
	for (errno = 0; (entry = readdir(folder)); errno = 0) {
		struct str name = str_from(entry->d_name);
		if (!str_equal(name, STR(".")) && !str_equal(name, STR("..")))
			vec_push(arena, names, str_copy(arena, name));
	}
	int reason = errno;
	closedir(folder);
	errno = reason;
	if (names->count)
		qsort(names->items, names->count, sizeof *names->items, by_name);
	return reason == 0;
}

bool
folder_remove(const char *path)
{
	if (file_type(path, false) == FILE_ABSENT)
		return true;
	if (file_type(path, false) != FILE_FOLDER)
		return unlink(path) == 0;
	struct arena arena = {0};
	str_vec names = {0};
	bool removed = list_names(&arena, path, &names);
	for (size_t i = 0; removed && i < names.count; i++)
		removed = folder_remove(str_printf(&arena, "%s/%.*s", path, STR_ARG(names.items[i])).data);
	removed = removed && rmdir(path) == 0;
	int reason = errno;
	arena_release(&arena);
	errno = reason;
	return removed;
}

struct walk {
	struct arena *arena;
	const char *root;
	bool (*skip)(void *context, struct str path);
	void *context;
	folder_entries *entries;
};

enum { DEEPEST_FOLDER = 64 };

static bool
walk_folder(struct walk *walk, struct str folder, int depth)
{
	if (depth > DEEPEST_FOLDER) {
		errno = ELOOP;
		return false;
	}
	str_vec names = {0};
	struct str absolute = str_printf(walk->arena, "%s/%.*s", walk->root, STR_ARG(folder));
	if (!list_names(walk->arena, absolute.data, &names))
		return false;
	for (size_t i = 0; i < names.count; i++) {
		struct str path = path_join(walk->arena, folder, names.items[i]);
		if (names.items[i].data[0] == '.' || (walk->skip && walk->skip(walk->context, path)))
			continue;
		const char *real = str_printf(walk->arena, "%s/%.*s", walk->root, STR_ARG(path)).data;
		enum file_type own = file_type(real, false), type = file_type(real, true);
		if (own == FILE_FOLDER) {
			if (!walk_folder(walk, path, depth + 1))
				return false;
			continue;
		}
		bool is_link = own == FILE_OTHER && type != FILE_OTHER;
		vec_push(walk->arena, walk->entries,
		         ((struct folder_entry){path, type == FILE_REGULAR ? FILE_REGULAR : FILE_OTHER, is_link}));
	}
	return true;
}

static int
by_path(const void *a, const void *b)
{
	return str_compare(((const struct folder_entry *)a)->path, ((const struct folder_entry *)b)->path);
}

bool
folder_walk(struct arena *arena, const char *root, bool (*skip)(void *context, struct str path), void *context,
            folder_entries *entries)
{
	struct walk walk = {arena, root, skip, context, entries};
	if (!walk_folder(&walk, STR(""), 0))
		return false;
	if (entries->count)
		qsort(entries->items, entries->count, sizeof *entries->items, by_path);
	return true;
}

struct str
hash_sha256(struct arena *arena, struct str data)
{
	SHA2_CTX context;
	char digest[SHA256_DIGEST_STRING_LENGTH];
	SHA256Init(&context);
	SHA256Update(&context, (const uint8_t *)data.data, data.size);
	SHA256End(&context, digest);
	return str_copy(arena, str_from(digest));
}
