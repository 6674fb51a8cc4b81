#include "cmd/commands.h"
#include "cmd/pipeline.h"
#include "export/schema_text.h"

static int
run(const struct options *options)
{
	struct pipeline pipeline;
	struct buf out = {0};
	int exit_code = EXIT_PASSED;
	if (!options->words.count)
		return usage_error("new needs a kind: ismark new risk RISK-001 >content/risks/RISK-001.md");
	if (pipeline_configure(&pipeline, options, &exit_code)) {
		const struct kind *kind = schema_kind(pipeline.config->schema, options->words.items[0]);
		exit_code = EXIT_PASSED;
		if (!kind)
			exit_code = usage_error("there is no kind '%.*s'; 'ismark explain kinds' lists them", STR_ARG(options->words.items[0]));
		else
			schema_text_new(&out, kind, options->words.count > 1 ? options->words.items[1] : STR(""));
		exit_code = print_result(&out, exit_code);
	}
	pipeline_release(&pipeline);
	return exit_code;
}

const struct command new_command = {
	.name = "new",
	.arguments = "KIND [ID]",
	.summary = "print a new file of a kind, with every field, to fill in",
	.words_max = 2,
	.run = run,
};
