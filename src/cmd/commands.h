/* Every command; one file each. main.c dispatches through this list. */
#ifndef ISMARK_CMD_COMMANDS_H
#define ISMARK_CMD_COMMANDS_H

#include "cmd/options.h"

#define ISMARK_VERSION "0.1.0"

extern const struct command init_command, build_command, check_command, report_command, list_command, explain_command, new_command, export_command,
	version_command;

/* Writes the buffer to standard output and releases it. Gives EXIT_CODE; when writing fails, EXIT_ENVIRONMENT, with a message. */
int
print_result(struct buf *out, int exit_code);

#endif
