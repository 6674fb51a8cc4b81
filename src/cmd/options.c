#include "cmd/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int
usage_error(const char *message, ...)
{
	va_list arguments;
	va_start(arguments, message);
	fputs("ismark: ", stderr);
	vfprintf(stderr, message, arguments);
	fputc('\n', stderr);
	va_end(arguments);
	return EXIT_USAGE;
}

static bool
set_date(struct options *options, const char *value)
{
	if (date_parse(str_from(value), &options->date) == DATE_OK)
		return true;
	usage_error("--date takes a day that exists, as YYYY-MM-DD, not '%s'", value);
	return false;
}

static bool
set_threads(struct options *options, const char *value)
{
	int64_t threads;
	if (!str_to_int(str_from(value), &threads) || threads < 1 || threads > 64) {
		usage_error("-j takes a number from 1 to 64, not '%s'", value);
		return false;
	}
	options->threads = (size_t)threads;
	return true;
}

static bool
set_colour(struct options *options, const char *value)
{
	if (strcmp(value, "auto") == 0)
		return true;
	options->colour = strcmp(value, "always") == 0;
	if (options->colour || strcmp(value, "never") == 0)
		return true;
	usage_error("--color takes auto, always or never, not '%s'", value);
	return false;
}

static bool
set_gate(struct options *options, const char *value)
{
	if (severity_find(str_from(value), &options->gate) && options->gate != SEVERITY_OFF)
		return true;
	usage_error("--gate takes error, warning or note, not '%s'", value);
	return false;
}

static bool
set_format(struct options *options, const char *value)
{
	static const char *const names[] = {"text", "json", "csv", "markdown"};
	for (int i = FORMAT_TEXT; i <= FORMAT_MARKDOWN; i++) {
		if (strcmp(value, names[i]) == 0) {
			options->format = (enum output_format)i;
			return true;
		}
	}
	usage_error("--format does not take '%s'", value);
	return false;
}

static bool
set_root(struct options *options, const char *value)
{
	options->root = value;
	return true;
}

static bool
set_content(struct options *options, const char *value)
{
	options->content = value;
	return true;
}

static bool
set_out(struct options *options, const char *value)
{
	options->out = value;
	return true;
}

static bool
set_theme(struct options *options, const char *value)
{
	options->theme = value;
	return true;
}

static bool
set_baseline(struct options *options, const char *value)
{
	options->baseline = value;
	return true;
}

static bool
set_write_baseline(struct options *options, const char *value)
{
	options->write_baseline = value;
	return true;
}

static bool
set_quiet(struct options *options, const char *value)
{
	(void)value;
	options->quiet = true;
	return true;
}

static bool
set_gate_first(struct options *options, const char *value)
{
	(void)value;
	options->gate_first = true;
	return true;
}

static bool
set_bare(struct options *options, const char *value)
{
	(void)value;
	options->bare = true;
	return true;
}

static const struct option {
	const char *name, *argument, *help;
	unsigned needs; /* option_set, 0: common */
	bool (*set)(struct options *options, const char *value);
} all_options[] = {
	{"-C", "DIR", "project root (default: the current folder)", 0, set_root},
	{"--content", "DIR", "content root (default: content/, else the project root)", 0, set_content},
	{"--out", "DIR", "where the site goes (default: out)", 0, set_out},
	{"--date", "DAY", "the day that counts as today, YYYY-MM-DD", 0, set_date},
	{"-j", "N", "threads", 0, set_threads},
	{"--color", "WHEN", "auto, always or never", 0, set_colour},
	{"--quiet", NULL, "findings only, no summary", 0, set_quiet},
	{"--gate", "LEVEL", "what fails: error (default), warning or note", OPTION_GATE, set_gate},
	{"--format", "FORMAT", "text, or what else the manual names", OPTION_FORMAT, set_format},
	{"--baseline", "FILE", "findings of that file do not fail the gate until they expire", OPTION_BASELINE, set_baseline},
	{"--write-baseline", "FILE", "write today's findings as a baseline", OPTION_WRITE_BASELINE, set_write_baseline},
	{"--gate-first", NULL, "publish only what passes the gate", OPTION_GATE_FIRST, set_gate_first},
	{"--bare", NULL, "an empty frame instead of the sample", OPTION_BARE, set_bare},
	{"--theme", "DIR", "theme (default: theme of site.yaml, else the one that comes with ismark)", OPTION_THEME, set_theme},
};

enum { OPTION_COUNT = sizeof all_options / sizeof *all_options };

void
options_print_help(const struct command *command)
{
	printf("usage: ismark %s%s%s [OPTION]…\n\n%s\n\n", command->name, command->arguments[0] ? " " : "", command->arguments,
	       command->summary);
	for (size_t i = 0; i < OPTION_COUNT; i++) {
		const struct option *option = &all_options[i];
		char name[40];
		if (option->needs && !(option->needs & command->accepts))
			continue;
		snprintf(name, sizeof name, "%s %s", option->name, option->argument ? option->argument : "");
		printf("  %-24s %s\n", name, option->help);
	}
	printf("\nman ismark describes them.\n");
}

/* The option of ARGUMENT ("--date", "--date=…", "-j4"); *VALUE is what is joined to it, or NULL. */
static const struct option *
find_option(const struct command *command, const char *argument, const char **value)
{
	for (size_t i = 0; i < OPTION_COUNT; i++) {
		const struct option *option = &all_options[i];
		size_t size = strlen(option->name);
		if ((option->needs && !(option->needs & command->accepts)) || strncmp(argument, option->name, size) != 0)
			continue;
		*value = NULL;
		if (!argument[size])
			return option;
		if (!option->argument)
			continue;
		if (argument[1] != '-')
			*value = argument + size;
		else if (argument[size] == '=')
			*value = argument + size + 1;
		else
			continue;
		return option;
	}
	return NULL;
}

int
options_find_command(int argc, char **argv)
{
	static const struct command any = {.accepts = ~0u};
	const char *value;
	for (int i = 0; i < argc; i++) {
		const struct option *option = argv[i][0] == '-' ? find_option(&any, argv[i], &value) : NULL;
		if (argv[i][0] != '-')
			return i;
		if (option && option->argument && !value)
			i++;
	}
	return argc;
}

static void
unknown_option(const struct command *command, const char *argument)
{
	struct str names[OPTION_COUNT];
	size_t count = 0;
	for (size_t i = 0; i < OPTION_COUNT; i++)
		if (!all_options[i].needs || (all_options[i].needs & command->accepts))
			names[count++] = str_from(all_options[i].name);
	struct str nearest = str_nearest(str_from(argument), names, count);
	if (nearest.size)
		usage_error("%s has no option '%s'; did you mean '%.*s'?", command->name, argument, STR_ARG(nearest));
	else
		usage_error("%s has no option '%s'; see ismark %s --help", command->name, argument, command->name);
}

static struct date
default_date(bool *usable)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	int64_t seconds = (int64_t)time(NULL);
	*usable = !epoch || !epoch[0] || str_to_int(str_from(epoch), &seconds);
	return date_from_seconds(seconds);
}

static void
set_defaults(struct options *options, const struct command *command)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	const char *no_colour = getenv("NO_COLOR"), *terminal = getenv("TERM");
	options->command = command->name;
	options->root = ".";
	options->out = "out";
	options->gate = SEVERITY_ERROR;
	options->threads = processors < 1 ? 1 : processors > 64 ? 64 : (size_t)processors;
	options->colour = isatty(STDOUT_FILENO) && !(no_colour && no_colour[0]) && !(terminal && strcmp(terminal, "dumb") == 0);
}

static bool
add_word(struct options *options, const struct command *command, const char *word)
{
	vec_push(options->arena, &options->words, str_from(word));
	if (options->words.count <= command->words_max)
		return true;
	usage_error("%s does not know what to do with '%s'; see ismark %s --help", command->name, word, command->name);
	return false;
}

bool
options_read(struct options *options, const struct command *command, int argc, char **argv, bool *help)
{
	bool only_words = false, usable;
	set_defaults(options, command);
	*help = false;
	for (int i = 0; i < argc; i++) {
		const char *value, *argument = argv[i];
		if (only_words || argument[0] != '-' || !argument[1]) {
			if (!add_word(options, command, argument))
				return false;
			continue;
		}
		if (strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0) {
			*help = true;
			return true;
		}
		if (strcmp(argument, "--") == 0) {
			only_words = true;
			continue;
		}
		const struct option *option = find_option(command, argument, &value);
		if (!option) {
			unknown_option(command, argument);
			return false;
		}
		if (option->argument && !value && i + 1 == argc) {
			usage_error("%s needs a value: %s %s", option->name, option->name, option->argument);
			return false;
		}
		if (!option->set(options, !option->argument ? NULL : value ? value : argv[++i]))
			return false;
	}
	if (date_is_set(options->date))
		return true;
	options->date = default_date(&usable);
	if (!usable)
		usage_error("SOURCE_DATE_EPOCH is not a number of seconds");
	return usable;
}
