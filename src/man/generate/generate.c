/* Fills the marks of a manual page from the tables that ismark itself uses: lines that read @RULES@,
 * @KINDS@, @CONTEXT *@, @PAGES@ or @SHAPES@. Reads the page on standard input, writes mdoc(7) to standard output. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "diag/diag.h"
#include "export/schema_text.h"
#include "site/context.h"

/* One line of text: backslashes escaped, no control character of roff at its start. */
static void
add_line(struct buf *out, struct str text)
{
	if (text.size && (text.data[0] == '.' || text.data[0] == '\''))
		buf_add_c(out, "\\&");
	for (size_t i = 0; i < text.size; i++) {
		if (text.data[i] == '\\')
			buf_add_c(out, "\\e");
		else
			buf_add_char(out, text.data[i]);
	}
	buf_add_char(out, '\n');
}

/* Prose: each sentence on a line of its own, as mdoc(7) asks. */
static void
add_text(struct buf *out, struct str text)
{
	size_t from = 0, end;
	while ((end = str_find(text, STR(". "), from)) != STR_NONE) {
		add_line(out, str_slice(text, from, end + 1));
		from = end + 2;
	}
	add_line(out, str_from_index(text, from));
}

static void
add_words(struct buf *out, const char *text)
{
	add_text(out, str_from(text));
}

/* A literal display, line by line. */
static void
add_display(struct buf *out, const char *text)
{
	struct str rest = str_from(text), line;
	buf_add_c(out, ".Bd -literal -offset indent\n");
	while (str_split(&rest, '\n', &line) && (line.size || rest.size))
		add_line(out, line.size ? line : STR(" "));
	buf_add_c(out, ".Ed\n");
}

static void
add_rule(struct buf *out, const struct rule_text *rule)
{
	buf_printf(out, ".It Sy %s Pq %s%s%s\n", rule->code, severity_name(rule->severity), rule->clause[0] ? ", " : "", rule->clause);
	add_text(out, str_from(rule->title));
	buf_add_c(out, ".Pp\n");
	add_words(out, rule->explanation);
	buf_add_c(out, "Wrong:\n");
	add_display(out, rule->bad);
	buf_add_c(out, "Right:\n");
	add_display(out, rule->good);
}

static const struct {
	const char *prefix, *title;
} families[] = {
	{"FM", "Front matter, registers, files"}, {"ID", "Identifiers"}, {"REF", "References"}, {"LNK", "Links and headings"},
	{"SOA", "Statement of Applicability"}, {"RSK", "Risks"}, {"DOC", "Document control"}, {"CLS", "Documented information by clause"},
	{"AUD", "Audits"}, {"FND", "Findings"}, {"ACT", "Actions"}, {"MRV", "Management review"}, {"MET", "Metrics"},
	{"OBJ", "Objectives"}, {"EVD", "Evidence"}, {"INC", "Incidents"}, {"SUP", "Suppliers"}, {"TRN", "Training and competence"},
	{"ACC", "Access reviews"}, {"EXC", "Exceptions and baselines"}, {"CAT", "Catalogues"}, {"THM", "Themes and templates"},
	{"PUB", "Publishing"}, {"LUA", "Filters"},
};

static bool
is_of_family(const char *code, const char *prefix)
{
	size_t size = strlen(prefix);
	return strncmp(code, prefix, size) == 0 && code[size] >= '0' && code[size] <= '9';
}

static void
add_rules(struct buf *out)
{
	size_t written = 0;
	for (size_t f = 0; f < sizeof families / sizeof *families; f++) {
		bool opened = false;
		for (int code = 0; code < CODE_COUNT; code++) {
			const struct rule_text *rule = code_text((enum code)code);
			if (!is_of_family(rule->code, families[f].prefix))
				continue;
			if (!opened)
				buf_printf(out, ".Ss %s: %s\n.Bl -tag -width Ds\n", families[f].prefix, families[f].title);
			opened = true;
			written++;
			add_rule(out, rule);
		}
		if (opened)
			buf_add_c(out, ".El\n");
	}
	if (written != CODE_COUNT) {
		fprintf(stderr, "generate-manual: a rule is of no family that the manual knows\n");
		exit(1);
	}
}

static void
add_field(struct buf *out, const struct field *field)
{
	struct buf accepts = {0};
	buf_printf(out, ".It Ic %s\n", field->name);
	buf_add_c(&accepts, field->help);
	buf_add_c(&accepts, field->flags & FIELD_REQUIRED ? " (required). " : ". ");
	schema_text_accepts(&accepts, field);
	if (field->clause[0])
		buf_printf(&accepts, "; %s", field->clause);
	add_text(out, buf_str(&accepts));
	buf_release(&accepts);
}

static void
add_kind(struct buf *out, const struct kind *kind, size_t first_field)
{
	buf_printf(out, ".Ss %s\n", kind->name);
	add_words(out, kind->help);
	if (kind->field_count == first_field)
		return;
	buf_add_c(out, ".Bl -tag -width Ds\n");
	for (size_t i = first_field; i < kind->field_count; i++)
		add_field(out, kind->fields[i]);
	buf_add_c(out, ".El\n");
}

static void
add_kinds(struct buf *out, struct arena *arena)
{
	static const size_t common[] = {
		[FORM_DOCUMENT] = FIELD_COUNT_document, [FORM_RECORD] = FIELD_COUNT_record, [FORM_PART] = 0};
	const struct schema *schema = schema_new(arena);
	for (size_t i = 0; i < schema->kind_count; i++)
		add_kind(out, schema->kinds[i], common[schema->kinds[i]->form]);
}

/* ---- what templates are given ---- */

static void
add_variable(struct buf *out, const struct context_variable *variable)
{
	if (!variable->name[0]) {
		buf_printf(out, ".It all that %s has\n", variable->type);
		return;
	}
	buf_printf(out, ".It Ic %s Pq %s\n", variable->name, variable->type);
	add_words(out, variable->help);
}

static void
add_variables(struct buf *out, const char *owner)
{
	buf_add_c(out, ".Bl -tag -width Ds -compact\n");
	for (size_t i = 0; i < context_variable_count(); i++)
		if (strcmp(context_variable_at(i)->owner, owner) == 0)
			add_variable(out, context_variable_at(i));
	buf_add_c(out, ".El\n");
}

static bool
is_page(const char *owner)
{
	return str_ends_with(str_from(owner), STR(".html"));
}

/* An owner a heading, in the order of the table: those that are pages, or those that are shapes. */
static void
add_owners(struct buf *out, bool pages)
{
	for (size_t i = 0; i < context_variable_count(); i++) {
		const char *owner = context_variable_at(i)->owner;
		bool is_first = strcmp(owner, "*") != 0 && is_page(owner) == pages;
		for (size_t k = 0; k < i && is_first; k++)
			is_first = strcmp(context_variable_at(k)->owner, owner) != 0;
		if (!is_first)
			continue;
		buf_printf(out, pages ? ".Ss %s\n" : ".Pp\n.Sy %s\n", owner);
		add_variables(out, owner);
	}
}

int
main(void)
{
	struct arena arena = {0};
	struct buf out = {0};
	char line[4096];
	while (fgets(line, sizeof line, stdin)) {
		if (strcmp(line, "@RULES@\n") == 0)
			add_rules(&out);
		else if (strcmp(line, "@KINDS@\n") == 0)
			add_kinds(&out, &arena);
		else if (strcmp(line, "@CONTEXT *@\n") == 0)
			add_variables(&out, "*");
		else if (strcmp(line, "@PAGES@\n") == 0)
			add_owners(&out, true);
		else if (strcmp(line, "@SHAPES@\n") == 0)
			add_owners(&out, false);
		else
			buf_add_c(&out, line);
	}
	bool written = fwrite(out.data, 1, out.size, stdout) == out.size && fflush(stdout) == 0;
	buf_release(&out);
	arena_release(&arena);
	return written ? 0 : 1;
}
