/* Stages one and two: find the inputs, and parse them side by side. */
#ifndef ISMARK_CMD_INPUTS_H
#define ISMARK_CMD_INPUTS_H

#include "cmd/pipeline.h"

/* Fills the site's documents and assets. Files that cannot be read are findings; false when the content root
 * itself cannot be. */
bool
inputs_read(struct pipeline *pipeline, const struct options *options, int *exit_code);

#endif
