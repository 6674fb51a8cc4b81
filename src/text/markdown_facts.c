#include "text/html.h"
#include "text/html_tag.h"

static bool
is_line_break(const struct node *node)
{
	struct html_tags tags = {.html = node->text};
	struct html_tag tag;
	return node->type == NODE_RAW_INLINE && html_tags_next(&tags, &tag) && tag.type == HTML_TAG_OPEN &&
	       str_equal_ignore_case(tag.name, STR("br"));
}

static struct str
cell_text(struct arena *arena, const struct node *cell)
{
	struct buf text = {0};
	for (const struct node *node = cell->first; node; node = node->next) {
		if (is_line_break(node))
			buf_add_char(&text, '\n');
		else if (node->type == NODE_SPACE)
			buf_add_char(&text, ' ');
		else
			node_add_text(&text, node);
	}
	return str_trim(buf_take(&text, arena));
}

static struct str
first_link(struct arena *arena, const struct node *cell)
{
	for (struct node *node = (struct node *)cell; node; node = node_next(cell, node))
		if (node->type == NODE_LINK)
			return str_copy(arena, node->text);
	return STR("");
}

static void
collect_row(struct arena *arena, const struct node *node, struct row *row)
{
	row->span = node->span;
	for (const struct node *inner = node->first; inner; inner = inner->next) {
		struct cell *cell = vec_add(arena, &row->cells);
		cell->text = cell_text(arena, inner);
		cell->first_link = first_link(arena, inner);
		cell->span = inner->span;
	}
}

void
html_collect_table(struct html_writer *writer, const struct node *node)
{
	struct markdown_facts *facts = writer->facts;
	struct table *table = vec_add(writer->arena, &facts->tables);
	table->span = node->span;
	if (facts->headings.count)
		table->heading = facts->headings.items[facts->headings.count - 1].text;
	for (const struct node *group = node->first; group; group = group->next) {
		for (const struct node *row = group->first; row; row = row->next) {
			bool header = group->type == NODE_TABLE_HEAD;
			collect_row(writer->arena, row, header ? &table->header : vec_add(writer->arena, &table->rows));
		}
	}
}

/* OFFSET in WHOLE as one in PART, a piece of it. */
static size_t
within(struct str part, struct str whole, size_t offset)
{
	size_t before = (size_t)(part.data - whole.data);
	offset = offset < before ? 0 : offset - before;
	return offset < part.size ? offset : part.size;
}

static void
take_text(struct html_writer *writer)
{
	struct markdown_facts *facts = writer->facts;
	struct str whole = buf_take(&writer->text, writer->arena);
	facts->text = str_trim(whole);
	for (size_t i = 0; i < facts->headings.count; i++) {
		struct heading *heading = &facts->headings.items[i];
		heading->plain_from = within(facts->text, whole, heading->plain_from);
		heading->plain_to = within(facts->text, whole, heading->plain_to);
	}
}

struct markdown_facts *
markdown_facts(struct arena *arena, const struct node *document, const struct html_options *options)
{
	struct html_writer writer = {.arena = arena, .options = options, .at_line_start = true};
	writer.facts = arena_new(arena, struct markdown_facts);
	html_write(&writer, document);
	html_flush(&writer);
	take_text(&writer);
	buf_release(&writer.html);
	return writer.facts;
}

struct str
markdown_html(struct arena *arena, const struct node *document, const struct html_options *options)
{
	struct html_options plain = *options;
	plain.mentions = false;
	const struct markdown_facts *facts = markdown_facts(arena, document, &plain);
	struct buf html = {0};
	for (size_t i = 0; i < facts->html.count; i++)
		buf_add_str(&html, facts->html.items[i].html);
	return buf_take(&html, arena);
}
