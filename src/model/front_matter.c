#include "model/front_matter.h"

#include "text/yaml.h"

enum { UNOPENED_LINES_MAX = 200 };

/* The lines of the block, fences apart. */
struct block {
	size_t from, to;     /* bytes of the YAML */
	uint32_t first_line; /* line of FROM */
	size_t body;
	uint32_t body_line;
};

struct line {
	struct str text; /* without white space at its end */
	size_t next;     /* first byte behind its break */
};

static struct line
line_at(struct str text, size_t from)
{
	size_t end = str_find_char(text, '\n', from);
	struct str line = str_slice(text, from, end == STR_NONE ? text.size : end);
	while (line.size && (line.data[line.size - 1] == ' ' || line.data[line.size - 1] == '\t' || line.data[line.size - 1] == '\r'))
		line.size--;
	return (struct line){line, end == STR_NONE ? text.size : end + 1};
}

static bool
looks_like_key(struct str line)
{
	size_t colon = str_find_char(line, ':', 0);
	if (colon == STR_NONE || colon == 0)
		return false;
	for (size_t i = 0; i < colon; i++) {
		char c = line.data[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'))
			return false;
	}
	return colon + 1 == line.size || line.data[colon + 1] == ' ';
}

/* A key, or what can stand below one. */
static bool
belongs_to_map(struct str line)
{
	return !line.size || line.data[0] == ' ' || line.data[0] == '#' || str_starts_with(line, STR("- ")) || looks_like_key(line);
}

static bool
is_fence(struct str line)
{
	return str_equal(line, STR("---")) || str_equal(line, STR("..."));
}

static bool
is_comment_end(struct str line)
{
	return str_equal(line, STR("-->")) || str_equal(line, STR("--->"));
}

/* The block that starts at FROM and ends before the first line for which IS_END; false when there is none. */
static bool
find_end(struct str text, size_t from, uint32_t first_line, bool (*is_end)(struct str line), struct block *block)
{
	uint32_t number = first_line;
	for (size_t at = from; at < text.size; number++) {
		struct line line = line_at(text, at);
		if (is_end(line.text)) {
			*block = (struct block){from, at, first_line, line.next, number + 1};
			return true;
		}
		at = line.next;
	}
	return false;
}

/* A map without its first fence: every line up to the second one belongs to a map. */
static bool
find_unopened(struct str text, struct block *block)
{
	uint32_t number = 1;
	if (!looks_like_key(line_at(text, 0).text))
		return false;
	for (size_t at = 0; at < text.size && number < UNOPENED_LINES_MAX; number++) {
		struct line line = line_at(text, at);
		if (str_equal(line.text, STR("---"))) {
			*block = (struct block){0, at, 1, line.next, number + 1};
			return number > 1;
		}
		if (!belongs_to_map(line.text))
			return false;
		at = line.next;
	}
	return false;
}

/* "<!--", perhaps "---" behind it or on the next line, then a key; up to the end of the comment. */
static bool
find_commented(struct str text, struct block *block)
{
	struct line first = line_at(text, 0);
	uint32_t number = 2;
	if (!str_starts_with(first.text, STR("<!--")))
		return false;
	struct str rest = str_trim(str_from_index(first.text, 4));
	struct line second = line_at(text, first.next);
	size_t from = first.next;
	if (rest.size && !str_equal(rest, STR("---")) && !str_equal(rest, STR("-")))
		return false;
	if (!rest.size && str_equal(second.text, STR("---"))) {
		from = second.next;
		number = 3;
	}
	if (!looks_like_key(line_at(text, from).text) || !find_end(text, from, number, is_comment_end, block))
		return false;
	struct block inner;
	if (find_end(str_slice(text, 0, block->to), from, number, is_fence, &inner))
		block->to = inner.to;
	return true;
}

static void
report_unclosed(const struct source *source, struct diag_list *diags)
{
	struct span span = {source, 1, 1, 1, 4};
	struct diag *diag = diag_add(diags, CODE_FM002, span, STR(""), "the front matter that starts here is not closed");
	diag_hint(diags, diag, "add a line `---` behind the last key");
}

static void
report_odd_fence(const struct source *source, struct diag_list *diags, const char *what)
{
	struct span span = {source, 1, 1, 1, 2};
	struct diag *diag = diag_add(diags, CODE_FM021, span, STR(""), "%s", what);
	diag_hint(diags, diag, "start the file with a line `---`, and close the block with another");
}

/* False when the block turns out to be text. */
static bool
read_block(struct arena *arena, const struct source *source, const struct block *block, struct diag_list *diags,
           struct front_matter *front)
{
	bool broken;
	struct tree *tree = yaml_read(arena, source, block->from, block->to, block->first_line, diags, &broken);
	struct str between = str_trim(str_slice(source->text, block->from, block->to));
	bool is_text = tree ? tree->type != TREE_MAP : between.size > 0; /* without a tree: headings, to YAML comments */
	if (!broken && is_text)
		return false;
	*front = (struct front_matter){
		.tree = tree && tree->type == TREE_MAP ? tree : NULL,
		.body = block->body,
		.body_line = block->body_line,
		.broken = broken,
	};
	return true;
}

struct front_matter
front_matter_read(struct arena *arena, const struct source *source, struct diag_list *diags)
{
	struct front_matter front = {.body_line = 1};
	struct str text = source->text;
	struct block block;
	struct line first = line_at(text, 0);
	if (str_equal(first.text, STR("---"))) {
		if (find_end(text, first.next, 2, is_fence, &block)) {
			read_block(arena, source, &block, diags, &front);
		} else if (looks_like_key(line_at(text, first.next).text)) {
			report_unclosed(source, diags);
			front.broken = true;
		}
	} else if (find_unopened(text, &block)) {
		if (read_block(arena, source, &block, diags, &front))
			report_odd_fence(source, diags, "the front matter lacks its first line `---`");
	} else if (find_commented(text, &block)) {
		if (read_block(arena, source, &block, diags, &front))
			report_odd_fence(source, diags, "the front matter stands in an HTML comment");
	}
	return front;
}
