#include "cmd/commands.h"
#include "cmd/pipeline.h"
#include "export/json.h"
#include "export/report_json.h"
#include "export/report_markdown.h"
#include "export/report_text.h"

static void
print(struct buf *out, const struct report *report, enum output_format format)
{
	switch (format) {
	case FORMAT_JSON: json_write(out, json_of_report(report)); break;
	case FORMAT_MARKDOWN: report_markdown(out, report); break;
	default: report_text(out, report); break;
	}
}

static int
run(const struct options *options)
{
	struct pipeline pipeline;
	struct buf out = {0};
	int exit_code = EXIT_PASSED;
	if (options->format == FORMAT_CSV)
		return usage_error("report prints text, json or markdown");
	if (pipeline_run(&pipeline, options, &exit_code)) {
		struct report_options facts = {.gate = options->gate, .version = ISMARK_VERSION};
		exit_code = EXIT_PASSED;
		print(&out, report_make(&pipeline.site, &pipeline.diags, &facts, &pipeline.arena), options->format);
		exit_code = print_result(&out, exit_code);
	}
	pipeline_release(&pipeline);
	return exit_code;
}

const struct command report_command = {
	.name = "report",
	.arguments = "[FOLDER]",
	.summary = "print how ready the ISMS is for an audit: text, json, or markdown for a comment",
	.accepts = OPTION_GATE | OPTION_FORMAT | OPTION_BASELINE,
	.words_max = 1,
	.run = run,
};
