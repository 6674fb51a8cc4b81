/* The least that any compiler of Markdown sites does, to compare with: read, YAML events, CommonMark with four of GFM's
 * extensions, HTML into a shell of 3 KiB, write. One thread, malloc; no model, no checks, no templates.
 * bare_loop CONTENT OUT: every *.md below CONTENT becomes OUT/NUMBER.html. */
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum { SHELL_SIZE = 3 * 1024 };

static const char *out;
static char shell[SHELL_SIZE];
static unsigned long written, events;

static char *
read_file(const char *path, size_t *size)
{
	FILE *file = fopen(path, "rb");
	if (!file || fseek(file, 0, SEEK_END))
		abort();
	*size = (size_t)ftell(file);
	rewind(file);
	char *text = malloc(*size + 1);
	if (!text || fread(text, 1, *size, file) != *size)
		abort();
	text[*size] = '\0';
	fclose(file);
	return text;
}

/* Where the body begins. */
static size_t
front_matter(const char *text, size_t size)
{
	const char *end = strncmp(text, "---\n", 4) ? NULL : strstr(text + 4, "\n---\n");
	if (!end)
		return 0;
	yaml_parser_t parser;
	yaml_event_t event;
	yaml_event_type_t type;
	yaml_parser_initialize(&parser);
	yaml_parser_set_input_string(&parser, (const unsigned char *)text + 4, (size_t)(end - text) - 3);
	do {
		if (!yaml_parser_parse(&parser, &event))
			abort();
		type = event.type;
		events++;
		yaml_event_delete(&event);
	} while (type != YAML_STREAM_END_EVENT);
	yaml_parser_delete(&parser);
	(void)size;
	return (size_t)(end - text) + 5;
}

static char *
render(const char *text, size_t size)
{
	static const char *const names[] = {"table", "strikethrough", "autolink", "tasklist"};
	cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(names[i]));
	cmark_parser_feed(parser, text, size);
	cmark_node *document = cmark_parser_finish(parser);
	char *html = cmark_render_html(document, CMARK_OPT_DEFAULT, cmark_parser_get_syntax_extensions(parser));
	cmark_node_free(document);
	cmark_parser_free(parser);
	return html;
}

static void
write_page(const char *html)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/%lu.html", out, written++);
	FILE *file = fopen(path, "wb");
	if (!file || fwrite(shell, 1, sizeof shell, file) != sizeof shell || fputs(html, file) < 0 || fclose(file))
		abort();
}

static int
visit(const char *path, const struct stat *about, int type, struct FTW *walk)
{
	size_t length = strlen(path), size;
	(void)about, (void)walk;
	if (type != FTW_F || length < 3 || strcmp(path + length - 3, ".md"))
		return 0;
	char *text = read_file(path, &size);
	size_t body = front_matter(text, size);
	char *html = render(text + body, size - body);
	write_page(html);
	free(html);
	free(text);
	return 0;
}

int
main(int argc, char **argv)
{
	if (argc != 3)
		return 2;
	out = argv[2];
	memset(shell, ' ', sizeof shell);
	cmark_gfm_core_extensions_ensure_registered();
	if (nftw(argv[1], visit, 32, FTW_PHYS))
		return 1;
	printf("%lu documents, %lu events\n", written, events);
	return 0;
}
