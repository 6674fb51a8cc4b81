#include "cmd/pipeline.h"

#include "check/check.h"
#include "cmd/baseline.h"
#include "cmd/inputs.h"
#include "cmd/project.h"
#include "cmd/theme.h"

bool
pipeline_configure(struct pipeline *pipeline, const struct options *options, int *exit_code)
{
	struct options without_path = *options;
	without_path.words.count = 0;
	*pipeline = (struct pipeline){0};
	diag_list_init(&pipeline->diags, &pipeline->arena);
	return project_find_content(pipeline, &without_path, exit_code) && project_read_config(pipeline, exit_code);
}

bool
pipeline_run(struct pipeline *pipeline, const struct options *options, int *exit_code)
{
	*pipeline = (struct pipeline){0};
	struct site *site = &pipeline->site;
	diag_list_init(&pipeline->diags, &pipeline->arena);
	if (!project_find_content(pipeline, options, exit_code) || !project_read_config(pipeline, exit_code))
		return false;
	site->arena = &pipeline->arena;
	site->config = pipeline->config;
	site->schema = pipeline->config->schema;
	site->catalogue = pipeline->config->catalogue;
	site->today = options->date;
	site->root = pipeline->content;
	if (!inputs_read(pipeline, options, exit_code))
		return false;
	site_join(site, &pipeline->diags);
	theme_find(pipeline, options, false, &pipeline->diags);
	check_site(site, &pipeline->diags);
	return baseline_read(pipeline, options, exit_code);
}

void
pipeline_release(struct pipeline *pipeline)
{
	for (size_t i = 0; i < pipeline->worker_count; i++)
		arena_release(&pipeline->workers[i]);
	arena_release(&pipeline->arena);
}
