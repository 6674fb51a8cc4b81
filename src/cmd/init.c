#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/path.h"
#include "cmd/commands.h"
#include "cmd/project.h"
#include "cmd/start.h"

/* The day that the sample in content/ is written for. */
static const struct date sample_day = {2026, 6, 30};

/* Files that were there are kept; so many are named. */
enum { NAMED_MAX = 10 };

struct tally {
	size_t written, kept;
};

static bool
collect(struct start *start, const struct options *options)
{
	bool good = options->bare ? start_add_folder(start, STR("src/start/bare"), STR("")) ||
	                                    start_add_folder(start, STR("start/bare"), STR(""))
	                          : start_add_folder(start, STR("content"), STR("content"));
	if (!good)
		return false;
	if (options->bare)
		start_add_soa(start, STR("content/registers/soa.yaml"));
	else
		start_shift(start, sample_day, options->date);
	return start_add_folder(start, STR("src/start/project"), STR("")) || start_add_folder(start, STR("start/project"), STR(""));
}

static bool
write_file(const struct start_file *file, const char *path, struct arena *arena)
{
	struct str folder = path_folder(str_from(path));
	if ((folder.size && !folder_make(str_c(arena, folder))) || !file_write(path, file->content))
		return false;
	return !str_starts_with(file->content, STR("#!")) || chmod(path, 0755) == 0;
}

/* Nothing that is there is touched, whatever it is. */
static int
write_all(const struct start *start, const char *folder, struct tally *tally)
{
	for (size_t i = 0; i < start->files.count; i++) {
		const struct start_file *file = &start->files.items[i];
		const char *path = str_c(start->arena, path_join(start->arena, str_from(folder), file->path));
		if (file_type(path, false) != FILE_ABSENT) {
			if (tally->kept++ < NAMED_MAX)
				printf("kept %s\n", path);
		} else if (write_file(file, path, start->arena)) {
			tally->written++;
		} else {
			return environment_error("write", path);
		}
	}
	return EXIT_PASSED;
}

static void
print_summary(const struct options *options, const struct tally *tally, const char *folder)
{
	if (tally->kept > NAMED_MAX)
		printf("kept %zu more files\n", tally->kept - NAMED_MAX);
	printf("wrote %zu files to %s", tally->written, folder);
	if (!options->bare && date_difference(sample_day, options->date))
		printf(", the sample's dates moved by %d days", (int)date_difference(sample_day, options->date));
	printf("\n");
	if (!options->quiet)
		printf("next: edit content/site.yaml, then `ismark check%s%s`, `ismark build`\n", strcmp(folder, ".") ? " -C " : "",
		       strcmp(folder, ".") ? folder : "");
}

static int
run(const struct options *options)
{
	struct start start = {.arena = options->arena};
	struct tally tally = {0};
	struct str word = options->words.count ? options->words.items[0] : STR("");
	const char *folder = options->root;
	if (word.size)
		folder = str_c(options->arena, strcmp(options->root, ".") ? path_join(options->arena, str_from(options->root), word) : word);
	enum file_type type = file_type(folder, true);
	if (type != FILE_ABSENT && type != FILE_FOLDER)
		return usage_error("'%s' is no folder", folder);
	if (!collect(&start, options))
		return environment_error("read", start.failed);
	int exit_code = write_all(&start, folder, &tally);
	if (exit_code == EXIT_PASSED)
		print_summary(options, &tally, folder);
	return exit_code;
}

const struct command init_command = {
	.name = "init",
	.arguments = "[DIR]",
	.summary = "start a project: the sample with its dates moved to today, or --bare an empty frame",
	.accepts = OPTION_BARE,
	.words_max = 1,
	.run = run,
};
