/* The options --baseline and --write-baseline: files of findings that do not fail the gate. */
#ifndef ISMARK_CMD_BASELINE_H
#define ISMARK_CMD_BASELINE_H

#include "cmd/pipeline.h"

/* Where the file of --baseline lies: relative to the content root, with "../" when it is outside; what is below
 * the root is no document then. Empty without the option, and for a file that is not there. */
struct str
baseline_path(struct pipeline *pipeline, const struct options *options);
/* Holds the file of --baseline against the findings, when there is the option. False when it cannot be read;
 * then EXIT_CODE is set and standard error says why. */
bool
baseline_read(struct pipeline *pipeline, const struct options *options, int *exit_code);
/* Writes the findings at or above the gate to the file of --write-baseline, when there is the option, and says on
 * standard error what is left to be done. Gives EXIT_PASSED, or EXIT_ENVIRONMENT when it cannot be written. */
int
baseline_write(const struct pipeline *pipeline, const struct options *options);

#endif
