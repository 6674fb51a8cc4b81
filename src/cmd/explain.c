#include <string.h>

#include "cmd/commands.h"
#include "cmd/pipeline.h"
#include "export/report_text.h"
#include "export/schema_text.h"

static void
add_indented(struct buf *out, const char *text)
{
	struct str rest = str_from(text), line;
	while (str_split(&rest, '\n', &line) && (line.size || rest.size))
		buf_printf(out, "    %.*s\n", STR_ARG(line));
}

static void
explain_code(struct buf *out, enum code code, enum severity configured)
{
	const struct rule_text *text = code_text(code);
	buf_printf(out, "%s: %s\n\n", text->code, text->title);
	buf_printf(out, "Severity: %s", severity_name(text->severity));
	if (configured != text->severity)
		buf_printf(out, " (here: %s)", severity_name(configured));
	if (text->clause[0])
		buf_printf(out, "\nClause:   %s", text->clause);
	buf_printf(out, "\n\n%s\n\nWrong:\n\n", text->explanation);
	add_indented(out, text->bad);
	buf_add_c(out, "\nRight:\n\n");
	add_indented(out, text->good);
}

static void
explain_rules(struct buf *out, const struct config *config)
{
	for (int code = 0; code < CODE_COUNT; code++) {
		const struct rule_text *text = code_text((enum code)code);
		buf_printf(out, "%-8s %-8s %s\n", text->code, severity_name(config->severities[code]), text->title);
	}
}

static void
explain_kinds(struct buf *out, const struct schema *schema)
{
	for (size_t i = 0; i < schema->kind_count; i++) {
		const struct kind *kind = schema->kinds[i];
		if (kind->form != FORM_PART)
			buf_printf(out, "%-16s %-9s %s\n", kind->name, kind->form == FORM_DOCUMENT ? "document" : "record", kind->help);
	}
}

/* What a word can be: a list, a rule, a kind. */
static bool
explain_word(struct buf *out, const struct config *config, struct str word)
{
	enum code code = code_find(word);
	const struct kind *kind = schema_kind(config->schema, word);
	if (str_equal(word, STR("rules")))
		explain_rules(out, config);
	else if (str_equal(word, STR("kinds")))
		explain_kinds(out, config->schema);
	else if (str_equal(word, STR("readiness")))
		report_text_of_table(out);
	else if (code != CODE_COUNT)
		explain_code(out, code, config->severities[code]);
	else if (kind)
		schema_text_of_kind(out, config->schema, kind);
	else
		return false;
	return true;
}

static int
nothing_to_explain(const struct config *config, struct str word)
{
	struct arena scratch = {0};
	str_vec names = {0};
	for (int code = 0; code < CODE_COUNT; code++)
		vec_push(&scratch, &names, str_from(code_text((enum code)code)->code));
	for (size_t i = 0; i < config->schema->kind_count; i++)
		vec_push(&scratch, &names, str_from(config->schema->kinds[i]->name));
	struct str nearest = str_nearest(word, names.items, names.count);
	int exit_code = nearest.size ? usage_error("there is neither a rule nor a kind '%.*s'; did you mean '%.*s'?", STR_ARG(word), STR_ARG(nearest))
	                             : usage_error("there is neither a rule nor a kind '%.*s'; 'ismark explain rules' and 'ismark explain kinds' list them", STR_ARG(word));
	arena_release(&scratch);
	return exit_code;
}

static int
run(const struct options *options)
{
	struct pipeline pipeline;
	struct buf out = {0};
	int exit_code = EXIT_PASSED;
	if (options->words.count != 1)
		return usage_error("explain needs a rule's code, a kind, 'rules' or 'kinds'");
	if (pipeline_configure(&pipeline, options, &exit_code)) {
		exit_code = EXIT_PASSED;
		if (!explain_word(&out, pipeline.config, options->words.items[0]))
			exit_code = nothing_to_explain(pipeline.config, options->words.items[0]);
		exit_code = print_result(&out, exit_code);
	}
	pipeline_release(&pipeline);
	return exit_code;
}

const struct command explain_command = {
	.name = "explain",
	.arguments = "CODE|KIND|rules|kinds|readiness",
	.summary = "say what a rule means, or which fields a kind has",
	.words_max = 1,
	.run = run,
};
