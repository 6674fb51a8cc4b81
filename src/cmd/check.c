#include "cmd/baseline.h"
#include "cmd/commands.h"
#include "cmd/verdict.h"
#include "export/json.h"

static void
add_json(struct buf *out, const struct pipeline *pipeline, const struct options *options)
{
	struct json_facts facts = {
		.site = &pipeline->site,
		.diags = &pipeline->diags,
		.gate = options->gate,
		.passed = verdict_failures(pipeline, options->gate) == 0,
		.only = pipeline->only,
		.version = ISMARK_VERSION,
	};
	json_write(out, json_of_check(&facts));
}

static int
run(const struct options *options)
{
	struct pipeline pipeline;
	struct buf out = {0};
	int exit_code;
	if (options->format != FORMAT_TEXT && options->format != FORMAT_JSON)
		return usage_error("check prints text or json");
	if (pipeline_run(&pipeline, options, &exit_code)) {
		exit_code = baseline_write(&pipeline, options);
		if (exit_code == EXIT_PASSED && verdict_failures(&pipeline, options->gate))
			exit_code = EXIT_GATE;
		if (options->format == FORMAT_JSON)
			add_json(&out, &pipeline, options);
		else
			verdict_add_text(&out, &pipeline, options);
		exit_code = print_result(&out, exit_code);
	}
	pipeline_release(&pipeline);
	return exit_code;
}

const struct command check_command = {
	.name = "check",
	.arguments = "[PATH]",
	.summary = "read everything, print the findings, and fail at or above the gate",
	.accepts = OPTION_GATE | OPTION_FORMAT | OPTION_BASELINE | OPTION_WRITE_BASELINE,
	.words_max = 1,
	.run = run,
};
