/* The compiler's stages, front to back. */
#ifndef ISMARK_CMD_PIPELINE_H
#define ISMARK_CMD_PIPELINE_H

#include "cmd/options.h"
#include "model/site.h"

struct site_theme;

struct pipeline {
	struct arena arena;      /* what lives as long as the run */
	struct arena *workers;   /* one for each thread: documents and their findings */
	size_t worker_count;
	struct str content;      /* content root on disk */
	struct str only;         /* the file whose findings are shown, relative to the content root; empty: all */
	struct config *config;
	const struct site_theme *theme; /* NULL: not configured, or of no use, which is a finding */
	struct site site;
	struct diag_list diags;
};

/* Reads, parses, joins and checks. False when something of the environment failed, which is on
 * standard error: then EXIT is EXIT_USAGE or EXIT_ENVIRONMENT. Release in both cases. */
bool
pipeline_run(struct pipeline *pipeline, const struct options *options, int *exit_code);
/* Reads the configuration only: for commands that need no content. The command's words are not a path then. */
bool
pipeline_configure(struct pipeline *pipeline, const struct options *options, int *exit_code);
void
pipeline_release(struct pipeline *pipeline);

#endif
