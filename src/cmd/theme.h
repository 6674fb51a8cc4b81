/* Which theme a project has. */
#ifndef ISMARK_CMD_THEME_H
#define ISMARK_CMD_THEME_H

#include "cmd/pipeline.h"

/* Opens the theme that --theme or site.yaml names, else the project's themes/default, else the one that comes with the program, with
 * the project's overrides; pipeline->theme is NULL when that fails. Unless NEEDED, a theme that nobody named and nobody configured is
 * not opened. Findings go to DIAGS. */
void
theme_find(struct pipeline *pipeline, const struct options *options, bool needed, struct diag_list *diags);

#endif
