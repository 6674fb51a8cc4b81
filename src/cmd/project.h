/* The project on disk: where its content is, its configuration, its files. */
#ifndef ISMARK_CMD_PROJECT_H
#define ISMARK_CMD_PROJECT_H

#include "cmd/pipeline.h"

/* One line on standard error: the operation, the file, and the system's reason. Gives EXIT_ENVIRONMENT. */
int
environment_error(const char *operation, const char *path);
/* PATH (the command's first word) if it is a folder, else --content, else content/, else the project root. When PATH
 * is a file, it becomes the only one whose findings are shown. */
bool
project_find_content(struct pipeline *pipeline, const struct options *options, int *exit_code);
/* Reads site.yaml of the content root, if there is one. */
bool
project_read_config(struct pipeline *pipeline, int *exit_code);
/* PATH of the content root as the system names it, NUL-terminated. */
struct str
project_path(struct pipeline *pipeline, struct str path, struct arena *arena);
/* The file at PATH of the content root; NULL, with errno, when it cannot be read. */
const struct source *
project_read_source(struct pipeline *pipeline, struct str path, struct arena *arena, struct diag_list *diags);

#endif
