/* The findings and the verdict on a terminal: what `check` and `build` both print. */
#ifndef ISMARK_CMD_VERDICT_H
#define ISMARK_CMD_VERDICT_H

#include "cmd/pipeline.h"

/* How many findings are at or above the gate. */
size_t
verdict_failures(const struct pipeline *pipeline, enum severity gate);
/* Every finding, and a line that sums them up unless the options ask for quiet. */
void
verdict_add_text(struct buf *out, const struct pipeline *pipeline, const struct options *options);

#endif
