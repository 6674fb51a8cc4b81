/* Every command; one file each. main.c dispatches through this list. */
#ifndef ISMARK_CMD_COMMANDS_H
#define ISMARK_CMD_COMMANDS_H

#include "cmd/options.h"

#define ISMARK_VERSION "0.1.0"

extern const struct command build_command, check_command, report_command, list_command, explain_command, new_command, export_command,
	version_command;

/* Writes the buffer to standard output and releases it. False, with a message, when that fails. */
bool
print_buffer(struct buf *out);

#endif
