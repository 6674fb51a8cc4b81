#include "cmd/commands.h"
#include "cmd/pipeline.h"
#include "export/json.h"
#include "export/schema_text.h"

static int
run(const struct options *options)
{
	struct pipeline pipeline;
	struct buf out = {0};
	int exit_code = EXIT_PASSED;
	if (options->words.count != 1 || !str_equal(options->words.items[0], STR("schema")))
		return usage_error("export knows one thing: schema (JSON Schema of front matter and registers, for editors)");
	if (pipeline_configure(&pipeline, options, &exit_code)) {
		exit_code = EXIT_PASSED;
		json_write(&out, schema_json(pipeline.config->schema));
		exit_code = print_result(&out, exit_code);
	}
	pipeline_release(&pipeline);
	return exit_code;
}

const struct command export_command = {
	.name = "export",
	.arguments = "schema",
	.summary = "print the JSON Schema of front matter and registers",
	.words_max = 1,
	.run = run,
};
