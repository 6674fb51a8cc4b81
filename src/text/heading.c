/* Headings' ids, after GitHub's rule. */
#include "base/map.h"
#include "base/utf8.h"
#include "text/markdown.h"

/* Letters in circles and squares are symbols, but alphabetic ones. */
static bool
is_enclosed_letter(int32_t c)
{
	return (c >= 0x24B6 && c <= 0x24E9) || (c >= 0x1F130 && c <= 0x1F149) || (c >= 0x1F150 && c <= 0x1F169) ||
	       (c >= 0x1F170 && c <= 0x1F189);
}

struct str
markdown_slug(struct arena *arena, struct str heading_text)
{
	const int32_t dotted_capital_i = 0x130;
	struct buf slug = {0};
	for (size_t i = 0; i < heading_text.size;) {
		size_t start = i;
		int32_t c = utf8_next(heading_text, &i);
		if (c == ' ')
			buf_add_char(&slug, '-');
		else if (c == dotted_capital_i)
			buf_add_c(&slug, "i\xCC\x87"); /* the one letter whose lower case is two */
		else if (c == '-' || (c >= 0 && (utf8_is_word(c) || is_enclosed_letter(c))))
			buf_add_str(&slug, utf8_lower(arena, str_slice(heading_text, start, i)));
	}
	return buf_take(&slug, arena);
}

/* The heading's text as GitHub takes it: without its images. */
static struct str
slug_text(struct arena *arena, const struct node *heading)
{
	struct buf text = {0};
	for (const struct node *node = heading->first; node; node = node->next)
		if (node->type != NODE_IMAGE)
			node_add_text(&text, node);
	return buf_take(&text, arena);
}

static struct node *
next_heading(const struct node *document, struct node *node)
{
	do
		node = node_is_block(node->type) && node->type != NODE_PARA ? node_next(document, node)
		                                                            : node_skip(document, node);
	while (node && node->type != NODE_HEADER);
	return node;
}

struct slug_count {
	size_t repeats;
	const struct node *heading; /* that states the id */
};

static struct slug_count *
take_slug(struct arena *arena, struct map *taken, struct str slug, const struct node *heading)
{
	struct slug_count *count = arena_new(arena, struct slug_count);
	count->heading = heading;
	map_put(arena, taken, slug, count);
	return count;
}

static void
take_stated(struct arena *arena, struct map *taken, const struct node *heading, struct diag_list *diags)
{
	const struct slug_count *before = map_get(taken, heading->id);
	if (!before) {
		take_slug(arena, taken, heading->id, heading);
		return;
	}
	struct diag *diag = diag_add(diags, CODE_LNK010, heading->span, STR(""),
	                             "a second heading has the id `%.*s`", STR_ARG(heading->id));
	diag_hint(diags, diag, "give one of the two headings another id");
	diag_relate(diags, diag, before->heading->span, "the first one");
}

static struct str
free_slug(struct arena *arena, struct map *taken, struct str slug)
{
	struct slug_count *count = map_get(taken, slug);
	struct str id = slug;
	while (map_get(taken, id))
		id = str_printf(arena, "%.*s-%zu", STR_ARG(slug), ++count->repeats);
	take_slug(arena, taken, id, NULL);
	return id;
}

void
markdown_headings(struct arena *arena, struct node *document, struct diag_list *diags)
{
	struct map taken = {0};
	for (struct node *node = document; (node = next_heading(document, node));)
		if (node->explicit_id)
			take_stated(arena, &taken, node, diags);
	for (struct node *node = document; (node = next_heading(document, node));)
		if (!node->explicit_id)
			node->id = free_slug(arena, &taken, markdown_slug(arena, slug_text(arena, node)));
}
