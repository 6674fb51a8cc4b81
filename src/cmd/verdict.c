#include "cmd/verdict.h"

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

size_t
verdict_failures(const struct pipeline *pipeline, enum severity gate)
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
	           verdict_failures(pipeline, options->gate) ? "fails" : "passes");
}

void
verdict_add_text(struct buf *out, const struct pipeline *pipeline, const struct options *options)
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
