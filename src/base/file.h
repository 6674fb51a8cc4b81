/* Files on disk. Failures are those of the environment: functions return false and
 * leave errno set; the caller names the operation and the file. */
#ifndef ISMARK_BASE_FILE_H
#define ISMARK_BASE_FILE_H

#include "base/str.h"

enum file_type { FILE_ABSENT, FILE_REGULAR, FILE_FOLDER, FILE_OTHER };

/* What PATH is; symbolic links are followed when FOLLOW. */
enum file_type
file_type(const char *path, bool follow);
/* True when PATH, with its links resolved, is ROOT or lies below it. False when one of the two does not exist. */
bool
file_is_below(const char *root, const char *path);
/* The whole regular file, in ARENA, NUL-terminated behind its size. EFBIG above LIMIT bytes. */
bool
file_read(struct arena *arena, const char *path, size_t limit, struct str *content);
/* Writes CONTENT to PATH, created or truncated, mode 0644. */
bool
file_write(const char *path, struct str content);
/* PATH and its missing parents. */
bool
folder_make(const char *path);
/* Removes PATH and everything below it, without following links; true when it is gone. */
bool
folder_remove(const char *path);

struct folder_entry {
	struct str path; /* relative to the walked root */
	enum file_type type; /* FILE_REGULAR or FILE_OTHER; folders are walked, not listed */
	bool is_link;
};

typedef VEC(struct folder_entry) folder_entries;

/* Every file below ROOT in byte order of the path, hidden names (leading '.') left out.
 * Links to files count as what they lead to, with is_link set; links to folders are
 * listed as FILE_OTHER and not entered. SKIP, may be NULL, says which relative paths to
 * leave out (folders are not entered then). */
bool
folder_walk(struct arena *arena, const char *root, bool (*skip)(void *context, struct str path), void *context,
            folder_entries *entries);

/* Lower-case hexadecimal SHA-256 (FIPS 180-4) of DATA. */
struct str
hash_sha256(struct arena *arena, struct str data);

#endif
