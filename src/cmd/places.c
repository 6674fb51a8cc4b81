#include "cmd/places.h"

#include <limits.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"

struct str
program_file(struct arena *arena, struct str name)
{
	static const char *const places[] = {"", "../share/ismark"};
	char program[PATH_MAX];
	ssize_t size = readlink("/proc/self/exe", program, sizeof program);
	struct str folder = size > 0 ? path_folder((struct str){program, (size_t)size}) : STR("");
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		struct str place = path_join(arena, path_join(arena, folder, str_from(places[i])), name);
		struct str path = path_normalise(arena, place);
		if (file_type(str_c(arena, path), true) != FILE_ABSENT)
			return path;
	}
	return STR("");
}
