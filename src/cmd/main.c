#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/commands.h"

static const struct command *const commands[] = {
	&init_command, &build_command, &check_command, &report_command, &list_command, &explain_command, &new_command, &export_command, &version_command,
};

enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static void
out_of_memory(void)
{
	static const char message[] = "ismark: out of memory\n";
	if (write(STDERR_FILENO, message, sizeof message - 1) < 0)
		_exit(EXIT_ENVIRONMENT);
	_exit(EXIT_ENVIRONMENT);
}

static void
print_overview(FILE *stream)
{
	fprintf(stream, "usage: ismark COMMAND [ARGUMENT]… [OPTION]…\n\n");
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		fprintf(stream, "  %-10s %s\n", commands[i]->name, commands[i]->summary);
	fprintf(stream, "\n`ismark COMMAND --help` lists the options, `man ismark` is the manual.\n");
}

static int
no_such_command(const char *name)
{
	struct str names[COMMAND_COUNT];
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		names[i] = str_from(commands[i]->name);
	struct str nearest = str_nearest(str_from(name), names, COMMAND_COUNT);
	if (nearest.size)
		return usage_error("there is no command '%s'; did you mean '%.*s'?", name, STR_ARG(nearest));
	return usage_error("there is no command '%s'; 'ismark --help' lists them", name);
}

static int
run(const struct command *command, int argc, char **argv)
{
	struct arena arena = {0};
	struct options options = {.arena = &arena};
	bool help;
	int exit_code = EXIT_USAGE;
	if (options_read(&options, command, argc, argv, &help)) {
		if (help)
			options_print_help(command);
		exit_code = help ? EXIT_PASSED : command->run(&options);
	}
	arena_release(&arena);
	return exit_code;
}

/* ARGV without the command at PLACE, so that its options may stand on both sides of it. */
static int
run_named(const char *name, int place, int argc, char **argv)
{
	for (size_t i = 0; i < COMMAND_COUNT; i++) {
		if (strcmp(name, commands[i]->name) != 0)
			continue;
		memmove(argv + place, argv + place + 1, (size_t)(argc - place) * sizeof *argv);
		return run(commands[i], argc - 1, argv);
	}
	return no_such_command(name);
}

static bool
asks_for_help(const char *word)
{
	return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0;
}

int
main(int argc, char **argv)
{
	arena_on_out_of_memory(out_of_memory);
	if (argc < 2) {
		print_overview(stderr);
		return EXIT_USAGE;
	}
	if (asks_for_help(argv[1])) {
		print_overview(stdout);
		return EXIT_PASSED;
	}
	if (strcmp(argv[1], "--version") == 0)
		return run(&version_command, argc - 2, argv + 2);
	int place = options_find_command(argc - 1, argv + 1);
	if (place == argc - 1)
		return argv[1][0] == '-' ? usage_error("there is no command behind the options; 'ismark --help' lists them") : EXIT_USAGE;
	return run_named(argv[1 + place], place, argc - 1, argv + 1);
}
