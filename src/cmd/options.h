/* The command line: what every command shares. */
#ifndef ISMARK_CMD_OPTIONS_H
#define ISMARK_CMD_OPTIONS_H

#include "base/date.h"
#include "diag/diag.h"

enum { EXIT_PASSED = 0, EXIT_GATE = 1, EXIT_USAGE = 2, EXIT_ENVIRONMENT = 3 };

enum output_format { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV, FORMAT_MARKDOWN };

struct options {
	struct arena *arena;
	const char *command;
	const char *root;      /* -C, else "." */
	const char *content;   /* --content, or NULL */
	const char *out;       /* --out, else "out" */
	const char *theme;     /* --theme, or NULL */
	const char *baseline;  /* --baseline, or NULL */
	const char *write_baseline;
	struct date date;      /* --date, else SOURCE_DATE_EPOCH, else the clock (UTC) */
	size_t threads;        /* -j, else the processors */
	bool colour;           /* standard output is a terminal, or --color always */
	bool quiet;
	bool gate_first;
	bool bare;             /* init: the empty frame */
	enum severity gate;    /* --gate, else error */
	enum output_format format;
	str_vec words;         /* what is no option */
};

/* One accepted option of a command beyond the common ones; a bit set. */
enum option_set {
	OPTION_GATE = 1,
	OPTION_FORMAT = 2,
	OPTION_BASELINE = 4,
	OPTION_GATE_FIRST = 8,
	OPTION_THEME = 16,
	OPTION_WRITE_BASELINE = 32,
	OPTION_BARE = 64
};

struct command {
	const char *name, *arguments, *summary;
	unsigned accepts;       /* option_set */
	size_t words_max;       /* 0: no words */
	int (*run)(const struct options *options);
};

/* The place of the command in ARGV: the first word that is neither an option nor the value of one; ARGC when there is none. */
int
options_find_command(int argc, char **argv);
/* Reads ARGV without the command's name. False with a message on standard error. *HELP when --help stands there. */
bool
options_read(struct options *options, const struct command *command, int argc, char **argv, bool *help);
void
options_print_help(const struct command *command);
/* One line on standard error: "ismark: …". Gives EXIT_USAGE. */
int
usage_error(const char *message, ...) __attribute__((format(printf, 1, 2)));

#endif
