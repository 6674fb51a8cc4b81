#include <stdlib.h>

#include "cmd/commands.h"
#include "cmd/pipeline.h"
#include "export/record_table.h"

static int
unknown_kind(const struct schema *schema, struct str word)
{
	struct arena scratch = {0};
	str_vec names = {0};
	vec_push(&scratch, &names, STR("documents"));
	vec_push(&scratch, &names, STR("links"));
	vec_push(&scratch, &names, STR("headings"));
	for (size_t i = 0; i < schema->kind_count; i++)
		if (schema->kinds[i]->form != FORM_PART)
			vec_push(&scratch, &names, str_from(schema->kinds[i]->plural));
	struct str nearest = str_nearest(word, names.items, names.count);
	int exit_code = nearest.size ? usage_error("there is no kind '%.*s'; did you mean '%.*s'?", STR_ARG(word), STR_ARG(nearest))
	                             : usage_error("there is no kind '%.*s'; 'ismark explain kinds' lists them", STR_ARG(word));
	arena_release(&scratch);
	return exit_code;
}

static bool
fill(struct record_table *table, const struct site *site, struct arena *arena, struct str word)
{
	if (str_equal(word, STR("documents"))) {
		record_table_of_documents(table, site, arena);
		return true;
	}
	if (str_equal(word, STR("links"))) {
		record_table_of_links(table, site, arena);
		return true;
	}
	if (str_equal(word, STR("headings"))) {
		record_table_of_headings(table, site, arena);
		return true;
	}
	const struct kind *kind = schema_kind(site->schema, word);
	if (kind)
		record_table_of_kind(table, site, arena, kind);
	return kind != NULL;
}

static void
print(struct buf *out, const struct record_table *table, const struct options *options)
{
	switch (options->format) {
	case FORMAT_JSON: record_table_json(out, table); break;
	case FORMAT_CSV: record_table_csv(out, table); break;
	default: record_table_text(out, table); break;
	}
}

static int
run(const struct options *options)
{
	struct pipeline pipeline;
	struct buf out = {0};
	int exit_code = EXIT_PASSED;
	if (options->words.count != 1)
		return usage_error("list needs a kind: ismark list risks");
	if (options->format == FORMAT_MARKDOWN)
		return usage_error("list prints text, json or csv");
	struct options reading = *options;
	reading.words.count = 0;
	if (pipeline_run(&pipeline, &reading, &exit_code)) {
		struct record_table table = {0};
		exit_code = EXIT_PASSED;
		if (!fill(&table, &pipeline.site, &pipeline.arena, options->words.items[0]))
			exit_code = unknown_kind(pipeline.site.schema, options->words.items[0]);
		else
			print(&out, &table, options);
		exit_code = print_result(&out, exit_code);
	}
	pipeline_release(&pipeline);
	return exit_code;
}

const struct command list_command = {
	.name = "list",
	.arguments = "KIND",
	.summary = "print the records of a kind: documents, risks, controls, soa, links …",
	.accepts = OPTION_FORMAT,
	.words_max = 1,
	.run = run,
};
