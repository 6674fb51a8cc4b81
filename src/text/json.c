#include "text/json.h"

#include <jansson.h>
#include <string.h>

/* jansson says whether the text is JSON and what its strings are, but not where they stand. The cursor walks the same text
 * beside jansson's value, and may rely on its syntax. */
struct cursor {
	struct arena *arena;
	const struct source *source;
	size_t at;
	uint32_t line, column; /* of AT */
	bool too_deep;
	struct span deepest;
};

static void
advance(struct cursor *cursor)
{
	unsigned char byte = (unsigned char)cursor->source->text.data[cursor->at++];
	if (byte == '\n') {
		cursor->line++;
		cursor->column = 1;
	} else if (cursor->at == cursor->source->text.size || ((unsigned char)cursor->source->text.data[cursor->at] & 0xc0) != 0x80) {
		cursor->column++;
	}
}

static char
peek(const struct cursor *cursor)
{
	return cursor->at < cursor->source->text.size ? cursor->source->text.data[cursor->at] : '\0';
}

/* Passes blanks and the marks between values. */
static void
skip_between(struct cursor *cursor)
{
	while (peek(cursor) && strchr(" \t\r\n,:", peek(cursor)))
		advance(cursor);
}

static void
skip_scalar(struct cursor *cursor)
{
	if (peek(cursor) != '"') {
		while (peek(cursor) && !strchr(" \t\r\n,:]}", peek(cursor)))
			advance(cursor);
		return;
	}
	advance(cursor);
	while (peek(cursor) && peek(cursor) != '"') {
		if (peek(cursor) == '\\')
			advance(cursor);
		advance(cursor);
	}
	advance(cursor);
}

static struct span
open_span(const struct cursor *cursor)
{
	return (struct span){cursor->source, cursor->line, cursor->column, cursor->line, cursor->column};
}

static void
close_span(const struct cursor *cursor, struct span *span)
{
	span->end_line = cursor->line;
	span->end_column = cursor->column;
}

static struct tree *
read_value(struct cursor *cursor, json_t *value, int depth);

static struct tree *
read_scalar(struct cursor *cursor, json_t *value)
{
	size_t from = cursor->at;
	struct span span = open_span(cursor);
	skip_scalar(cursor);
	close_span(cursor, &span);
	struct str text = str_slice(cursor->source->text, from, cursor->at);
	if (json_is_string(value))
		text = str_copy(cursor->arena, (struct str){json_string_value(value), json_string_length(value)});
	struct tree *tree = tree_new_scalar(cursor->arena, text, span);
	tree->quoted = json_is_string(value);
	return tree;
}

static struct tree *
read_list(struct cursor *cursor, json_t *value, int depth)
{
	struct tree *tree = tree_new_list(cursor->arena, open_span(cursor));
	size_t index;
	json_t *item;
	advance(cursor);
	json_array_foreach(value, index, item) {
		vec_push(cursor->arena, &tree->items, read_value(cursor, item, depth + 1));
		if (cursor->too_deep)
			return tree;
	}
	skip_between(cursor);
	advance(cursor);
	close_span(cursor, &tree->span);
	return tree;
}

/* jansson keeps keys in the order written. */
static struct tree *
read_map(struct cursor *cursor, json_t *value, int depth)
{
	struct tree *tree = tree_new_map(cursor->arena, open_span(cursor));
	const char *key;
	json_t *item;
	advance(cursor);
	json_object_foreach(value, key, item) {
		skip_between(cursor);
		struct span span = open_span(cursor);
		skip_scalar(cursor);
		close_span(cursor, &span);
		tree_add_pair(cursor->arena, tree, str_copy(cursor->arena, str_from(key)), span, read_value(cursor, item, depth + 1));
		if (cursor->too_deep)
			return tree;
	}
	skip_between(cursor);
	advance(cursor);
	close_span(cursor, &tree->span);
	return tree;
}

static struct tree *
read_value(struct cursor *cursor, json_t *value, int depth)
{
	skip_between(cursor);
	if (depth > JSON_DEPTH_MAX) {
		cursor->too_deep = true;
		cursor->deepest = open_span(cursor);
		cursor->deepest.end_column++;
		return tree_new_list(cursor->arena, cursor->deepest);
	}
	if (json_is_object(value))
		return read_map(cursor, value, depth);
	if (json_is_array(value))
		return read_list(cursor, value, depth);
	return read_scalar(cursor, value);
}

/* jansson's place is behind what it could not use. */
static void
fail(const struct source *source, const json_error_t *from, struct arena *arena, struct json_error *error)
{
	size_t at = from->position > 0 ? (size_t)from->position - 1 : 0, size = source->text.size;
	at = at < size ? at : size ? size - 1 : 0;
	while (at && ((unsigned char)source->text.data[at] & 0xc0) == 0x80)
		at--;
	size_t end = at < size ? at + 1 : at;
	while (end < size && ((unsigned char)source->text.data[end] & 0xc0) == 0x80)
		end++;
	error->span = size ? span_of_bytes(source, at, end) : span_of_file(source);
	error->message = str_copy(arena, str_from(from->text));
}

struct tree *
json_read(struct arena *arena, const struct source *source, struct json_error *error)
{
	json_error_t problem;
	json_t *value = json_loadb(source->text.data ? source->text.data : "", source->text.size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY,
	                           &problem);
	if (!value) {
		fail(source, &problem, arena, error);
		return NULL;
	}
	struct cursor cursor = {.arena = arena, .source = source, .line = 1, .column = 1};
	struct tree *tree = read_value(&cursor, value, 1);
	json_decref(value);
	if (!cursor.too_deep)
		return tree;
	*error = (struct json_error){cursor.deepest, str_printf(arena, "nested more than %d deep", JSON_DEPTH_MAX)};
	return NULL;
}
