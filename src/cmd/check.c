#include "cmd/commands.h"
#include "cmd/pipeline.h"
#include "export/json.h"
#include "export/terminal.h"

static const char *
plural(size_t count)
{
	return count == 1 ? "" : "s";
}

static bool
is_shown(const struct pipeline *pipeline, const struct diag *diag)
{
	return !pipeline->only.size || (diag->span.source && str_equal(diag->span.source->path, pipeline->only));
}

static size_t
failures(const struct pipeline *pipeline, enum severity gate)
{
	size_t count = 0;
	for (size_t i = 0; i < pipeline->diags.items.count; i++) {
		const struct diag *diag = pipeline->diags.items.items[i];
		count += diag->severity >= gate && !diag->suppressed_by && is_shown(pipeline, diag);
	}
	return count;
}

static void
add_summary(struct buf *out, const struct pipeline *pipeline, const struct options *options)
{
	size_t counts[SEVERITY_ERROR + 1] = {0}, suppressed = 0, documents = pipeline->site.documents.count;
	for (size_t i = 0; i < pipeline->diags.items.count; i++) {
		const struct diag *diag = pipeline->diags.items.items[i];
		if (is_shown(pipeline, diag))
			(*(diag->suppressed_by ? &suppressed : &counts[diag->severity]))++;
	}
	buf_printf(out, "%zu document%s: %zu error%s, %zu warning%s, %zu note%s", documents, plural(documents),
	           counts[SEVERITY_ERROR], plural(counts[SEVERITY_ERROR]), counts[SEVERITY_WARNING],
	           plural(counts[SEVERITY_WARNING]), counts[SEVERITY_NOTE], plural(counts[SEVERITY_NOTE]));
	if (suppressed)
		buf_printf(out, ", %zu under an exception or baseline", suppressed);
	buf_printf(out, "; the gate (%s) %s\n", severity_name(options->gate),
	           failures(pipeline, options->gate) ? "fails" : "passes");
}

static void
add_text(struct buf *out, const struct pipeline *pipeline, const struct options *options)
{
	struct terminal_options printing = {
		.colour = options->colour,
		.prefix = str_equal(pipeline->content, STR(".")) ? STR("") : pipeline->content,
		.only = pipeline->only,
	};
	terminal_print(out, &pipeline->diags, &printing);
	if (options->quiet)
		return;
	if (out->size)
		buf_add_char(out, '\n');
	add_summary(out, pipeline, options);
}

static void
add_json(struct buf *out, const struct pipeline *pipeline, const struct options *options)
{
	struct json_facts facts = {
		.site = &pipeline->site,
		.diags = &pipeline->diags,
		.gate = options->gate,
		.passed = failures(pipeline, options->gate) == 0,
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
		exit_code = failures(&pipeline, options->gate) ? EXIT_GATE : EXIT_PASSED;
		if (options->format == FORMAT_JSON)
			add_json(&out, &pipeline, options);
		else
			add_text(&out, &pipeline, options);
		if (!print_buffer(&out))
			exit_code = EXIT_ENVIRONMENT;
	}
	pipeline_release(&pipeline);
	return exit_code;
}

const struct command check_command = {
	.name = "check",
	.arguments = "[PATH]",
	.summary = "read everything, print the findings, and fail at or above the gate",
	.accepts = OPTION_GATE | OPTION_FORMAT | OPTION_BASELINE,
	.words_max = 1,
	.run = run,
};
