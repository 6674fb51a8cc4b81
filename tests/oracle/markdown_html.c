/* Markdown in, HTML out, for the comparison with other programs. Standard input holds any number of texts, each
 * after a line with its size in bytes; the answer is framed the same way. Argument "gfm": with GFM's extensions;
 * "ids": and with ids on headings. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/markdown.h"

static void
answer(struct str text, bool gfm, bool ids)
{
	struct arena arena;
	arena_init(&arena);
	struct source source = {STR("test.md"), text};
	struct markdown_options options = {.gfm = gfm};
	struct html_options html = {.raw_html = true};
	struct diag_list diags;
	diag_list_init(&diags, &arena);
	struct node *document = markdown_read(&arena, &source, 0, 1, &options, &diags);
	if (ids)
		markdown_headings(&arena, document, &diags);
	struct str written = markdown_html(&arena, document, &html);
	printf("%zu\n", written.size);
	fwrite(written.data, 1, written.size, stdout);
	arena_release(&arena);
}

int
main(int argc, char **argv)
{
	bool ids = argc > 1 && strcmp(argv[1], "ids") == 0;
	bool gfm = ids || (argc > 1 && strcmp(argv[1], "gfm") == 0);
	size_t size;
	while (scanf("%zu", &size) == 1 && getchar() == '\n') {
		char *text = malloc(size + 1);
		if (!text || fread(text, 1, size, stdin) != size)
			return 1;
		answer((struct str){text, size}, gfm, ids);
		free(text);
	}
	return 0;
}
