#include "text/yaml.h"

#include <string.h>
#include <yaml.h>

#include "base/map.h"

/* An open list or map, and for a map the key that waits for its value. */
struct frame {
	struct tree *tree;
	bool has_key;
	struct str key;
	struct span key_span;
	struct map *seen; /* keys of a map: key -> span */
};

struct reader {
	struct arena *arena;
	const struct source *source;
	struct diag_list *diags;
	size_t from;
	uint32_t first_line;
	struct frame frames[YAML_DEPTH_MAX];
	int depth;
	size_t nodes;
	struct tree *root;
	struct span long_quote; /* the last quoted text that runs over lines, for errors at its end */
	bool broken;
	uint32_t error_line; /* of a syntax error */
};

static struct span
span_of_marks(const struct reader *reader, yaml_mark_t start, yaml_mark_t end)
{
	return (struct span){
		.source = reader->source,
		.line = (uint32_t)start.line + reader->first_line,
		.column = (uint32_t)start.column + 1,
		.end_line = (uint32_t)end.line + reader->first_line,
		.end_column = (uint32_t)end.column + 1,
	};
}

static struct span
span_of_event(const struct reader *reader, const yaml_event_t *event)
{
	return span_of_marks(reader, event->start_mark, event->end_mark);
}

static struct span
one_column(struct span span)
{
	span.end_line = span.line;
	span.end_column = span.column + 1;
	return span;
}

static void
refuse(struct reader *reader, struct span span, const char *what, const char *hint)
{
	struct diag *diag = diag_add(reader->diags, CODE_FM004, span, STR(""), "%s are not accepted here", what);
	diag_hint(reader->diags, diag, "%s", hint);
	reader->broken = true;
}

static void
over_limit(struct reader *reader, struct span span, const char *what, long limit)
{
	struct diag *diag = diag_add(reader->diags, CODE_FM005, span, STR(""), "%s, the limit is %ld", what, limit);
	diag_hint(reader->diags, diag, "split the file, or write it flatter");
	reader->broken = true;
}

static void
report_duplicate(struct reader *reader, struct frame *frame, const struct span *first)
{
	struct diag *diag = diag_add(reader->diags, CODE_FM003, frame->key_span, STR(""),
	                             "the key `%.*s` stands twice in one map", STR_ARG(frame->key));
	diag_hint(reader->diags, diag, "keep one of them; the first one is used");
	diag_relate(reader->diags, diag, *first, "the first one is here");
}

/* Puts a finished value where it belongs: under the waiting key, into the list, or as the root. */
static void
place(struct reader *reader, struct tree *value)
{
	if (!reader->depth) {
		if (!reader->root)
			reader->root = value;
		return;
	}
	struct frame *frame = &reader->frames[reader->depth - 1];
	if (frame->tree->type == TREE_LIST) {
		vec_push(reader->arena, &frame->tree->items, value);
		return;
	}
	frame->has_key = false;
	const struct span *first = map_get(frame->seen, frame->key);
	if (first) {
		report_duplicate(reader, frame, first);
		return;
	}
	struct span *span = arena_new(reader->arena, struct span);
	*span = frame->key_span;
	map_put(reader->arena, frame->seen, frame->key, span);
	tree_add_pair(reader->arena, frame->tree, frame->key, frame->key_span, value);
}

static bool
waits_for_key(const struct reader *reader)
{
	if (!reader->depth)
		return false;
	const struct frame *frame = &reader->frames[reader->depth - 1];
	return frame->tree->type == TREE_MAP && !frame->has_key;
}

static bool
count_node(struct reader *reader, struct span span)
{
	if (++reader->nodes <= YAML_NODES_MAX)
		return true;
	over_limit(reader, span, "more values than one file may hold", YAML_NODES_MAX);
	return false;
}

static void
on_scalar(struct reader *reader, const yaml_event_t *event)
{
	struct span span = span_of_event(reader, event);
	if (event->data.scalar.anchor) {
		refuse(reader, span, "YAML anchors", "write the value out where it is needed");
		return;
	}
	if (event->data.scalar.tag) {
		refuse(reader, span, "YAML tags", "remove the tag: the schema gives the type");
		return;
	}
	bool in_quotes = event->data.scalar.style == YAML_SINGLE_QUOTED_SCALAR_STYLE ||
	                 event->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
	if (in_quotes && span.end_line > span.line)
		reader->long_quote = span;
	struct str text = {(const char *)event->data.scalar.value, event->data.scalar.length};
	text = str_copy(reader->arena, text);
	if (waits_for_key(reader)) {
		struct frame *frame = &reader->frames[reader->depth - 1];
		frame->has_key = true;
		frame->key = text;
		frame->key_span = span;
		return;
	}
	if (!count_node(reader, span))
		return;
	struct tree *scalar = tree_new_scalar(reader->arena, text, span);
	scalar->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	place(reader, scalar);
}

static void
open_collection(struct reader *reader, const yaml_event_t *event, enum tree_type type, bool anchor, bool tag)
{
	struct span span = span_of_event(reader, event);
	if (anchor) {
		refuse(reader, span, "YAML anchors", "write the value out where it is needed");
	} else if (tag) {
		refuse(reader, span, "YAML tags", "remove the tag: the schema gives the type");
	} else if (waits_for_key(reader)) {
		struct diag *diag = diag_add(reader->diags, CODE_FM001, one_column(span), STR(""),
		                             "a list or map cannot be a key");
		diag_hint(reader->diags, diag, "quote the text if it starts with `[` or `{`");
		reader->broken = true;
	} else if (reader->depth == YAML_DEPTH_MAX) {
		over_limit(reader, one_column(span), "nested too deep", YAML_DEPTH_MAX);
	} else if (count_node(reader, span)) {
		struct tree *tree = type == TREE_LIST ? tree_new_list(reader->arena, span) : tree_new_map(reader->arena, span);
		struct map *seen = type == TREE_MAP ? arena_new(reader->arena, struct map) : NULL;
		reader->frames[reader->depth++] = (struct frame){.tree = tree, .seen = seen};
	}
}

static void
close_collection(struct reader *reader, struct span span)
{
	struct tree *tree = reader->frames[--reader->depth].tree;
	tree->span.end_line = span.line;
	tree->span.end_column = span.column;
	place(reader, tree);
}

static void
on_second_document(struct reader *reader, struct span span)
{
	struct diag *diag = diag_add(reader->diags, CODE_FM001, span, STR(""), "a second YAML document starts here");
	diag_hint(reader->diags, diag, "keep one document a file: remove the `---` line");
	reader->broken = true;
}

static bool
is_empty_scalar(const yaml_event_t *event)
{
	return event->type == YAML_SCALAR_EVENT && event->data.scalar.length == 0;
}

static void
on_event(struct reader *reader, const yaml_event_t *event)
{
	struct span span = span_of_event(reader, event);
	bool starts_node = event->type == YAML_SCALAR_EVENT || event->type == YAML_SEQUENCE_START_EVENT ||
	                   event->type == YAML_MAPPING_START_EVENT;
	if (starts_node && !reader->depth && reader->root) {
		if (!is_empty_scalar(event))
			on_second_document(reader, one_column(span));
		return;
	}
	switch (event->type) {
	case YAML_DOCUMENT_START_EVENT:
		if (event->data.document_start.version_directive ||
		    event->data.document_start.tag_directives.start != event->data.document_start.tag_directives.end)
			refuse(reader, span, "YAML directives", "remove the line that starts with `%`");
		break;
	case YAML_ALIAS_EVENT: refuse(reader, span, "YAML aliases", "write the value out, or quote a text that starts with `*`"); break;
	case YAML_SCALAR_EVENT: on_scalar(reader, event); break;
	case YAML_SEQUENCE_START_EVENT:
		open_collection(reader, event, TREE_LIST, event->data.sequence_start.anchor, event->data.sequence_start.tag);
		break;
	case YAML_MAPPING_START_EVENT:
		open_collection(reader, event, TREE_MAP, event->data.mapping_start.anchor, event->data.mapping_start.tag);
		break;
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT: close_collection(reader, span); break;
	default: break;
	}
}

/* What libyaml says, in the words of someone who edits the file. */
static const struct {
	const char *problem, *message, *hint;
} syntax_errors[] = {
	{"mapping values are not allowed", "a colon followed by a blank inside an unquoted value",
	 "quote the value, for example `title: \"Access control: a policy\"`"},
	{"found character that cannot start any token", "a value cannot start with this character",
	 "quote the value; indent with blanks, not with tabs"},
	{"could not find expected ':'", "a line without `key: value`",
	 "write `key: value`, with a blank behind the colon, or indent the line as part of the value above"},
	{"did not find expected key", "this line does not fit the indentation of the map around it",
	 "indent it like its neighbours; quote a value that starts with a quote and goes on behind it"},
	{"did not find expected '-' indicator", "this line does not fit the list around it",
	 "start the item with `- `, or indent the line like the item's text"},
	{"found unexpected end of stream", "a quote or bracket is opened here and never closed", "close it"},
	{"did not find expected ',' or ']'", "a `[` list is not closed properly",
	 "separate the items with `,` and close the list with `]`; quote a text that starts with `[`"},
	{"did not find expected ',' or '}'", "a `{` map is not closed properly",
	 "separate the pairs with `,` and close the map with `}`; quote a text that starts with `{`"},
	{"did not find expected node content", "a value is missing or starts with a character that YAML reserves",
	 "quote the value"},
	{"block sequence entries are not allowed", "a list item cannot start here",
	 "put `- ` on a line of its own below the key"},
	{"found undefined tag handle", "a value cannot start with `!`", "quote the value"},
	{"did not find expected alphabetic or numeric character", "a value cannot start with `*` or `&`", "quote the value"},
	{"control characters are not allowed", "a control character stands here", "remove it"},
	{"did not find expected comment or line break", "a text stands behind `|` or `>` on its line",
	 "quote the value, or put the text on the lines below, indented; a table belongs behind the closing `---`"},
	{"found a tab character", "a tab stands where blanks must indent", "indent with blanks"},
};

/* The error stands where the next quote is; the cause is the quote that was not closed. */
static void
report_open_quote(struct reader *reader, uint32_t error_line)
{
	struct span span = one_column(reader->long_quote);
	struct diag *diag = diag_add(reader->diags, CODE_FM001, span, STR(""),
	                             "the quote opened here is closed by the next one, on line %u", error_line);
	diag_hint(reader->diags, diag, "close it behind its value");
	reader->broken = true;
}

static void
report_syntax_error(struct reader *reader, const yaml_parser_t *parser)
{
	const char *problem = parser->problem ? parser->problem : "unreadable";
	struct span span = one_column(span_of_marks(reader, parser->problem_mark, parser->problem_mark));
	if (parser->error == YAML_READER_ERROR)
		span = span_of_bytes(reader->source, reader->from + parser->problem_offset,
		                     reader->from + parser->problem_offset + 1);
	else if (strstr(problem, "end of stream"))
		span = one_column(span_of_marks(reader, parser->context_mark, parser->context_mark));
	if (reader->long_quote.end_line == span.line && reader->long_quote.line) {
		report_open_quote(reader, span.line);
		return;
	}
	const char *message = problem, *hint = "correct the YAML at this place";
	for (size_t i = 0; i < sizeof syntax_errors / sizeof *syntax_errors; i++) {
		if (strstr(problem, syntax_errors[i].problem)) {
			message = syntax_errors[i].message;
			hint = syntax_errors[i].hint;
			break;
		}
	}
	struct diag *diag = diag_add(reader->diags, CODE_FM001, span, STR(""), "%s", message);
	diag_hint(reader->diags, diag, "%s", hint);
	reader->broken = true;
	reader->error_line = span.line;
}

/* A value on the line of the error is not the value that was meant: `title: Access: control` is not `Access`. */
static void
drop_cut_value(struct reader *reader)
{
	struct tree *tree = reader->depth ? reader->frames[reader->depth - 1].tree : NULL;
	if (tree && tree->type == TREE_MAP && tree->pairs.count &&
	    tree->pairs.items[tree->pairs.count - 1].value->span.line == reader->error_line)
		tree->pairs.count--;
}

/* After an error: what is complete stays, from the inside out. */
static void
close_all(struct reader *reader)
{
	while (reader->depth) {
		struct tree *tree = reader->frames[--reader->depth].tree;
		if (!reader->depth || reader->frames[reader->depth - 1].tree->type == TREE_LIST ||
		    reader->frames[reader->depth - 1].has_key)
			place(reader, tree);
	}
}

static void
read_events(struct reader *reader, yaml_parser_t *parser)
{
	for (bool more = true; more && !reader->broken;) {
		yaml_event_t event;
		if (!yaml_parser_parse(parser, &event)) {
			report_syntax_error(reader, parser);
			return;
		}
		more = event.type != YAML_STREAM_END_EVENT;
		on_event(reader, &event);
		yaml_event_delete(&event);
	}
}

struct tree *
yaml_read(struct arena *arena, const struct source *source, size_t from, size_t to, uint32_t first_line,
          struct diag_list *diags, bool *broken)
{
	struct reader reader = {
		.arena = arena, .source = source, .diags = diags, .from = from, .first_line = first_line};
	yaml_parser_t parser;
	*broken = true;
	if (to - from > YAML_SIZE_MAX) {
		over_limit(&reader, span_of_file(source), "more bytes of YAML than one file may hold", YAML_SIZE_MAX);
		return NULL;
	}
	if (!yaml_parser_initialize(&parser))
		arena_out_of_memory();
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)source->text.data + from, to - from);
	read_events(&reader, &parser);
	yaml_parser_delete(&parser);
	drop_cut_value(&reader);
	close_all(&reader);
	*broken = reader.broken;
	return reader.root;
}
