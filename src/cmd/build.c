#include "base/file.h"
#include "base/path.h"
#include "cmd/commands.h"
#include "cmd/theme.h"
#include "cmd/verdict.h"
#include "export/json.h"
#include "export/report_json.h"
#include "export/report_markdown.h"
#include "site/pages.h"
#include "site/publish.h"

/* ---- the site ---- */

static struct str
out_path(struct arena *arena, const struct options *options)
{
	if (str_equal(str_from(options->root), STR(".")))
		return str_from(options->out);
	return path_join(arena, str_from(options->root), str_from(options->out));
}

/* report.json and report.md, beside the page that the site makes of the same facts. */
static void
add_reports(struct output *output, const struct report *report, struct diag_list *diags)
{
	struct buf json = {0}, markdown = {0};
	json_write(&json, json_of_report(report));
	report_markdown(&markdown, report);
	struct str maker = STR("the report on audit readiness");
	output_add(output, &(struct output_file){.path = STR("report.json"), .bytes = buf_take(&json, output->arena), .maker = maker}, diags);
	output_add(output, &(struct output_file){.path = STR("report.md"), .bytes = buf_take(&markdown, output->arena), .maker = maker}, diags);
}

/* Findings of the rules are those that the site shows; what making it finds comes behind them. */
static int
make_site(struct pipeline *pipeline, const struct options *options, struct str out, size_t *files)
{
	struct arena *arena = &pipeline->arena;
	struct output output;
	struct diag_list findings;
	struct report_options facts = {.gate = options->gate, .version = ISMARK_VERSION};
	const struct report *report = report_make(&pipeline->site, &pipeline->diags, &facts, arena);
	output_init(&output, arena);
	diag_list_init(&findings, arena);
	if (!pipeline->theme)
		theme_find(pipeline, options, true, &findings);
	struct site_build_options building = {
		.theme = pipeline->theme,
		.report = report,
		.threads = options->threads,
		.version = ISMARK_VERSION,
	};
	add_reports(&output, report, &findings);
	bool made = building.theme && site_render(&pipeline->site, &pipeline->diags, &building, &output, &findings);
	bool published = made && publish(&output, str_c(arena, out), &findings);
	*files = output.files.count;
	diag_list_append(&pipeline->diags, &findings);
	diag_list_sort(&pipeline->diags);
	return published ? EXIT_PASSED : made ? EXIT_ENVIRONMENT : EXIT_USAGE;
}

static int
build(struct pipeline *pipeline, const struct options *options, struct buf *text)
{
	struct str out = out_path(&pipeline->arena, options);
	size_t files = 0;
	if (options->gate_first && verdict_failures(pipeline, options->gate)) {
		verdict_add_text(text, pipeline, options);
		buf_add_c(text, "nothing published\n");
		return EXIT_GATE;
	}
	int exit_code = make_site(pipeline, options, out, &files);
	verdict_add_text(text, pipeline, options);
	if (exit_code != EXIT_PASSED)
		buf_add_c(text, "nothing published\n");
	else if (!options->quiet)
		buf_printf(text, "published %zu files to %.*s\n", files, STR_ARG(out));
	return exit_code;
}

static int
run(const struct options *options)
{
	struct pipeline pipeline;
	struct buf text = {0};
	int exit_code;
	if (pipeline_run(&pipeline, options, &exit_code)) {
		exit_code = build(&pipeline, options, &text);
		exit_code = print_result(&text, exit_code);
	}
	pipeline_release(&pipeline);
	return exit_code;
}

const struct command build_command = {
	.name = "build",
	.arguments = "[PATH]",
	.summary = "publish the site, whatever the verdict, and print the findings",
	.accepts = OPTION_GATE | OPTION_BASELINE | OPTION_GATE_FIRST | OPTION_THEME,
	.words_max = 1,
	.run = run,
};
