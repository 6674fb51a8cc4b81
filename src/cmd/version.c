#include "cmd/commands.h"

static int
run(const struct options *options)
{
	struct buf out = {0};
	(void)options;
	buf_printf(&out, "ismark %s\n", ISMARK_VERSION);
	return print_result(&out, EXIT_PASSED);
}

const struct command version_command = {
	.name = "version",
	.arguments = "",
	.summary = "print the version",
	.run = run,
};
