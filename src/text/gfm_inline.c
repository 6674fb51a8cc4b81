#include "text/gfm_inline.h"

#include <string.h>

#include "base/utf8.h"
#include "text/gfm_autolink.h"

enum { SEARCHES_MAX = 64, SEARCH_WINDOW = 4096, OPEN_TILDES_MAX = 100, REFERENCE_MAX = 128 };

static bool
is_ascii_punctuation(char c)
{
	return (unsigned char)c < 0x80 && utf8_is_punctuation(c);
}

static bool
is_alphanumeric(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Size of what looks like an entity at AT ("&name;", "&#…;"), 0 for none. */
static size_t
entity_size(struct str content, size_t at)
{
	size_t i = at + 1;
	if (i < content.size && content.data[i] == '#')
		i++;
	size_t name = i;
	while (i < content.size && i - at <= 32 && is_alphanumeric(content.data[i]))
		i++;
	return i > name && i < content.size && content.data[i] == ';' ? i + 1 - at : 0;
}

/* The entities of one ASCII character, and the start of those that begin with one. */
static const struct {
	const char *name;
	char c;
} ascii_entities[] = {
	{"&amp;", '&'}, {"&AMP;", '&'}, {"&lt;", '<'}, {"&LT;", '<'}, {"&gt;", '>'}, {"&GT;", '>'},
	{"&quot;", '"'}, {"&QUOT;", '"'}, {"&apos;", '\''}, {"&Tab;", '\t'}, {"&NewLine;", '\n'}, {"&excl;", '!'},
	{"&num;", '#'}, {"&dollar;", '$'}, {"&percnt;", '%'}, {"&lpar;", '('}, {"&rpar;", ')'}, {"&ast;", '*'},
	{"&midast;", '*'}, {"&plus;", '+'}, {"&comma;", ','}, {"&period;", '.'}, {"&sol;", '/'}, {"&colon;", ':'},
	{"&semi;", ';'}, {"&equals;", '='}, {"&bne;", '='}, {"&quest;", '?'}, {"&commat;", '@'}, {"&lsqb;", '['},
	{"&lbrack;", '['}, {"&bsol;", '\\'}, {"&rsqb;", ']'}, {"&rbrack;", ']'}, {"&Hat;", '^'}, {"&lowbar;", '_'},
	{"&UnderBar;", '_'}, {"&grave;", '`'}, {"&DiacriticalGrave;", '`'}, {"&lcub;", '{'}, {"&lbrace;", '{'},
	{"&verbar;", '|'}, {"&vert;", '|'}, {"&VerticalLine;", '|'}, {"&rcub;", '}'}, {"&rbrace;", '}'},
	{"&nvlt;", '<'}, {"&nvgt;", '>'}, {"&fjlig;", 'f'},
};

/* Whether ENTITY can have become the start of LITERAL. */
static bool
is_entity(struct str entity, struct str literal)
{
	if (entity.data[1] == '#' || (unsigned char)literal.data[0] >= 0x80)
		return !str_starts_with(literal, entity);
	for (size_t i = 0; i < sizeof ascii_entities / sizeof *ascii_entities; i++)
		if (str_equal(entity, str_from(ascii_entities[i].name)))
			return literal.data[0] == ascii_entities[i].c;
	return false;
}

/* Passes one unit of LITERAL and what it stands as in the content; false when they differ. */
static bool
step(struct str content, size_t *p, struct str literal, size_t *i, bool *raw)
{
	if (*p >= content.size || *i >= literal.size)
		return false;
	char c = content.data[*p];
	size_t entity = c == '&' ? entity_size(content, *p) : 0;
	*raw = false;
	if (entity && is_entity(str_slice(content, *p, *p + entity), str_from_index(literal, *i))) {
		*p += entity;
		utf8_next(literal, i);
		if (*i < literal.size && (unsigned char)literal.data[*i] >= 0x80 &&
		    (*p >= content.size || !strchr("&\\", content.data[*p])) &&
		    (*p >= content.size || content.data[*p] != literal.data[*i]))
			utf8_next(literal, i); /* an entity of two code points */
		return true;
	}
	bool escape = c == '\\' && *p + 1 < content.size && is_ascii_punctuation(content.data[*p + 1]);
	*p += escape;
	if (c == '\0' && str_starts_with(str_from_index(literal, *i), STR("\xEF\xBF\xBD")))
		*i += 2;
	else if (content.data[*p] != literal.data[*i])
		return false;
	++*p;
	++*i;
	*raw = !escape;
	return true;
}

bool
content_matches(struct str content, size_t at, struct str literal, size_t *end)
{
	bool raw;
	size_t i = 0;
	while (i < literal.size)
		if (!step(content, &at, literal, &i, &raw))
			return false;
	*end = at;
	return true;
}

static size_t
find_literal(struct inline_builder *builder, struct str literal, size_t at)
{
	struct str content = builder->content->text;
	size_t end;
	if (content_matches(content, builder->cursor, literal, &end))
		return builder->cursor;
	if (at >= builder->cursor && at < content.size && content_matches(content, at, literal, &end))
		return at;
	if (!builder->searches)
		return STR_NONE;
	builder->searches--;
	size_t stop = builder->cursor + SEARCH_WINDOW < content.size ? builder->cursor + SEARCH_WINDOW : content.size;
	for (at = builder->cursor; at < stop; at++)
		if (content_matches(content, at, literal, &end))
			return at;
	return STR_NONE;
}

static struct span
content_span(struct inline_builder *builder, size_t from, size_t to)
{
	if (from == STR_NONE || to == STR_NONE)
		return builder->block->span;
	size_t start = content_source(builder->content, from);
	size_t end = to > from ? content_source(builder->content, to - 1) + 1 : start;
	return places_span(builder->places, start, end);
}

void
inline_begin(struct inline_builder *builder, struct node *block, const struct content *content)
{
	builder->block = builder->parent = block;
	builder->content = content;
	builder->cursor = builder->depth = builder->too_deep = builder->links = 0;
	builder->tildes.count = builder->pieces.count = 0;
	builder->searches = SEARCHES_MAX;
	buf_clear(&builder->word);
}

/* The piece of the word that holds the byte at AT. */
static const struct word_piece *
piece_at(const struct inline_builder *builder, size_t at)
{
	size_t low = 0, high = builder->pieces.count;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (builder->pieces.items[middle].at <= at)
			low = middle;
		else
			high = middle;
	}
	return &builder->pieces.items[low];
}

static size_t
word_source(const struct inline_builder *builder, size_t at)
{
	const struct word_piece *piece = piece_at(builder, at);
	return piece->source == STR_NONE ? STR_NONE : piece->source + (piece->raw ? at - piece->at : 0);
}

static struct span
word_span(struct inline_builder *builder, size_t from, size_t to)
{
	size_t start = word_source(builder, from), end = word_source(builder, to - 1);
	const struct word_piece *last = piece_at(builder, to - 1);
	if (end != STR_NONE)
		end += last->raw ? 1 : last->size;
	return content_span(builder, start, end);
}

static struct node *
add_str(struct inline_builder *builder, struct node *parent, size_t from, size_t to)
{
	struct node *node = node_new(builder->arena, NODE_STR, word_span(builder, from, to));
	node->text = str_copy(builder->arena, str_slice(buf_str(&builder->word), from, to));
	node_append(parent, node);
	return node;
}

static void
add_word_link(struct inline_builder *builder, size_t from, size_t to, size_t text_from, size_t text_to,
              const char *prefix)
{
	struct node *link = node_new(builder->arena, NODE_LINK, word_span(builder, from, to));
	struct str text = str_slice(buf_str(&builder->word), text_from, text_to);
	link->text = str_printf(builder->arena, "%s%.*s", prefix, STR_ARG(text));
	link->bare_url = from == text_from;
	node_append(builder->parent, link);
	add_str(builder, link, text_from, text_to);
}

/* Plain text of the word: e-mail addresses become links. */
static void
add_segment(struct inline_builder *builder, size_t from, size_t to)
{
	struct str segment = str_slice(buf_str(&builder->word), 0, to);
	struct autolink mail;
	while (builder->options->gfm && !builder->links && gfm_email_next(segment, from, &mail)) {
		if (mail.from > from)
			add_str(builder, builder->parent, from, mail.from);
		add_word_link(builder, mail.from, mail.to, mail.from, mail.to, mail.prefix);
		from = mail.to;
	}
	if (from < to)
		add_str(builder, builder->parent, from, to);
}

/* The byte before AT of the word, in the source; '\n' at the content's start. */
static char
byte_before(const struct inline_builder *builder, size_t at)
{
	if (at)
		return builder->word.data[at - 1];
	size_t source = word_source(builder, at);
	return source == STR_NONE || source == 0 ? '\n' : builder->content->text.data[source - 1];
}

static bool
try_url(struct inline_builder *builder, size_t *at, size_t *done)
{
	struct autolink url;
	struct str word = buf_str(&builder->word);
	if (!builder->options->gfm || builder->links || !gfm_url_at(word, *at, byte_before(builder, *at), &url))
		return false;
	const struct word_piece *last = piece_at(builder, url.to - 1);
	while (!last->raw && last->size > 2 && url.to > *at + 1 && last->at >= *at + 1) { /* a trailing entity */
		url.to = last->at;
		last = piece_at(builder, url.to - 1);
	}
	add_segment(builder, *done, *at);
	add_word_link(builder, *at, url.to, *at, url.to, url.prefix);
	*at = *done = url.to;
	return true;
}

/* The end of what may stand in "[[…]]" at FROM: an id or path; or any word with a capital, which was meant to be one. */
static size_t
reference_end(struct str word, size_t from)
{
	bool plain = true, capital = false;
	size_t i = from;
	for (; i < word.size && i - from < REFERENCE_MAX && !strchr("[]|<>", word.data[i]); i++) {
		char c = word.data[i];
		capital |= c >= 'A' && c <= 'Z';
		plain &= is_alphanumeric(c) || (c && strchr("._-:/", c)) || (unsigned char)c >= 0x80;
	}
	return plain || capital ? i : from;
}

/* "[[ID]]" */
static bool
try_reference(struct inline_builder *builder, size_t *at, size_t *done)
{
	struct str word = buf_str(&builder->word);
	if (!builder->options->references || builder->links || word.data[*at] != '[' ||
	    !str_starts_with(str_from_index(word, *at), STR("[[")) || !piece_at(builder, *at)->raw)
		return false;
	size_t from = *at + 2, i = reference_end(word, from);
	if (i == from || !str_starts_with(str_from_index(word, i), STR("]]")))
		return false;
	add_segment(builder, *done, *at);
	add_word_link(builder, *at, i + 2, from, i, "id:");
	*at = *done = i + 2;
	return true;
}

static int32_t
code_point_before(struct str content, size_t at)
{
	size_t i = at;
	while (i > 0 && at - i < 4 && ((unsigned char)content.data[--i] & 0xC0) == 0x80)
		;
	return at ? utf8_next(content, &i) : '\n';
}

static void
tilde_flanks(struct str content, size_t from, size_t to, struct tilde_run *run)
{
	int32_t before = code_point_before(content, from);
	int32_t after = to < content.size ? utf8_next(content, &to) : '\n';
	bool space_before = before < 0 || utf8_is_space(before), space_after = after < 0 || utf8_is_space(after);
	bool mark_before = !space_before && utf8_is_punctuation(before);
	bool mark_after = !space_after && utf8_is_punctuation(after);
	run->can_open = !space_after && (!mark_after || space_before || mark_before);
	run->can_close = !space_before && (!mark_before || space_after || mark_after);
}

/* A run of one or two tildes that can open or close strikethrough. */
static bool
try_tildes(struct inline_builder *builder, size_t *at, size_t *done)
{
	struct str word = buf_str(&builder->word);
	if (!builder->options->gfm || word.data[*at] != '~' || !piece_at(builder, *at)->raw)
		return false;
	size_t end = *at, source = word_source(builder, *at);
	while (end < word.size && word.data[end] == '~' && piece_at(builder, end)->raw)
		end++;
	struct tilde_run run = {.length = end - *at};
	tilde_flanks(builder->content->text, source, source + run.length, &run);
	if (run.length <= 2 && (run.can_open || run.can_close)) {
		add_segment(builder, *done, *at);
		run.node = add_str(builder, builder->parent, *at, end);
		vec_push(builder->scratch, &builder->tildes, run);
		*done = end;
	}
	*at = end;
	return true;
}

static bool
may_start_mark(char c)
{
	char lower = c | 0x20;
	return lower == 'w' || lower == 'h' || lower == 'f' || c == '[' || c == '~';
}

/* Ends the word: it becomes Str nodes and what GFM finds in it. */
static void
end_word(struct inline_builder *builder)
{
	size_t done = 0, at = 0, size = builder->word.size;
	while (at < size)
		if (!may_start_mark(builder->word.data[at]) ||
		    (!try_url(builder, &at, &done) && !try_reference(builder, &at, &done) &&
		     !try_tildes(builder, &at, &done)))
			at++;
	if (done < size)
		add_segment(builder, done, size);
	buf_clear(&builder->word);
	builder->pieces.count = 0;
}

static bool
is_break(const struct node *node)
{
	return node->type == NODE_SPACE || node->type == NODE_SOFT_BREAK || node->type == NODE_LINE_BREAK;
}

static void
add_space(struct inline_builder *builder, size_t from, size_t to)
{
	end_word(builder);
	struct node *last = builder->parent->last;
	if (last ? is_break(last) : builder->parent == builder->block)
		return;
	node_append(builder->parent, node_new(builder->arena, NODE_SPACE, content_span(builder, from, to)));
}

static void
add_to_word(struct inline_builder *builder, struct str bytes, size_t source, size_t size, bool raw)
{
	struct word_piece *last = builder->pieces.count ? &builder->pieces.items[builder->pieces.count - 1] : NULL;
	if (last && raw && last->raw && last->source + last->size == source)
		last->size += size;
	else
		vec_push(builder->scratch, &builder->pieces,
		         ((struct word_piece){builder->word.size, source, size, raw}));
	buf_add_str(&builder->word, bytes);
}

/* The rest of a literal whose place is not known. */
static void
add_placeless(struct inline_builder *builder, struct str literal)
{
	for (size_t i = 0, end; i < literal.size; i = end) {
		for (end = i; end < literal.size && !is_blank(literal.data[end]);)
			end++;
		if (end > i)
			add_to_word(builder, str_slice(literal, i, end), STR_NONE, 0, false);
		if (end < literal.size) {
			add_space(builder, STR_NONE, STR_NONE);
			end++;
		}
	}
}

/* Text that stands in the content byte for byte, as nearly all does. */
static void
add_verbatim(struct inline_builder *builder, struct str literal, size_t at)
{
	for (size_t i = 0, end; i < literal.size; i = end) {
		for (end = i; end < literal.size && !is_blank(literal.data[end]);)
			end++;
		if (end > i)
			add_to_word(builder, str_slice(literal, i, end), at + i, end - i, true);
		else
			add_space(builder, at + i, at + ++end);
	}
}

static bool
is_verbatim(struct str content, size_t at, struct str literal)
{
	return at < content.size && str_starts_with(str_from_index(content, at), literal) &&
	       !memchr(literal.data, '\\', literal.size) && !memchr(literal.data, '&', literal.size);
}

void
inline_add_text(struct inline_builder *builder, struct str literal, size_t at)
{
	struct str content = builder->content->text;
	at = is_verbatim(content, builder->cursor, literal) ? builder->cursor : find_literal(builder, literal, at);
	if (at == STR_NONE) {
		add_placeless(builder, literal);
		return;
	}
	if (is_verbatim(content, at, literal)) {
		add_verbatim(builder, literal, at);
		builder->cursor = at + literal.size;
		return;
	}
	for (size_t i = 0; i < literal.size;) {
		size_t from = i, source = at;
		bool raw;
		if (!step(content, &at, literal, &i, &raw))
			break;
		if (is_blank(literal.data[from]))
			add_space(builder, source, at);
		else
			add_to_word(builder, str_slice(literal, from, i), source, at - source, raw);
	}
	builder->cursor = at;
}

void
inline_add(struct inline_builder *builder, enum node_type type, struct str literal, size_t from, size_t to)
{
	end_word(builder);
	struct node *node = node_new(builder->arena, type, content_span(builder, from, to));
	node->text = str_copy(builder->arena, literal);
	node_append(builder->parent, node);
	if (to != STR_NONE && to > builder->cursor)
		builder->cursor = to;
}

struct node *
inline_open(struct inline_builder *builder, enum node_type type, size_t from)
{
	end_word(builder);
	if (type == NODE_LINK || type == NODE_IMAGE)
		builder->links++;
	if (builder->depth == INLINE_DEPTH_MAX) {
		builder->too_deep++;
		builder->cut = true;
		return NULL;
	}
	builder->depth++;
	struct node *node = node_new(builder->arena, type, content_span(builder, from, from));
	node_append(builder->parent, node);
	builder->parent = node;
	return node;
}

/* Adjacent Strs, which tildes have parted, become one. */
static void
join_strs(struct inline_builder *builder, struct node *parent)
{
	for (struct node *node = parent->first; node; node = node->next) {
		if (node->type != NODE_STR || !node->next || node->next->type != NODE_STR)
			continue;
		struct buf joined = {0};
		buf_add_str(&joined, node->text);
		for (struct node *next; (next = node->next) && next->type == NODE_STR; node_unlink(next)) {
			buf_add_str(&joined, next->text);
			node->span.end_line = next->span.end_line;
			node->span.end_column = next->span.end_column;
		}
		node->text = buf_take(&joined, builder->arena);
	}
}

/* What stands between two runs of tildes becomes a Strikeout; the runs go. */
static void
strike(struct inline_builder *builder, struct node *opener, struct node *closer)
{
	struct span span = opener->span;
	span.end_line = closer->span.end_line;
	span.end_column = closer->span.end_column;
	struct node *strikeout = node_new(builder->arena, NODE_STRIKEOUT, span);
	node_insert_before(opener, strikeout);
	for (struct node *node = opener->next, *next; node != closer; node = next) {
		next = node->next;
		node_unlink(node);
		node_append(strikeout, node);
	}
	node_unlink(opener);
	node_unlink(closer);
	join_strs(builder, strikeout);
}

/* GFM's version of the rule of three. */
static bool
runs_fit(const struct tilde_run *opener, const struct tilde_run *closer)
{
	return !(closer->can_open || opener->can_close) || (opener->length + closer->length) % 3 != 0;
}

/* Matches the runs of the inline (or block) that ends: only the nearest opener counts, and it must be as long. */
static void
match_tildes(struct inline_builder *builder)
{
	size_t first = builder->tildes.count;
	while (first && builder->tildes.items[first - 1].node->parent == builder->parent)
		first--;
	struct tilde_run *runs = builder->tildes.items + first;
	size_t count = builder->tildes.count - first, open = 0;
	for (size_t i = 0; i < count; i++) {
		struct tilde_run run = runs[i];
		size_t opener = open;
		while (run.can_close && opener && !runs_fit(&runs[opener - 1], &run))
			opener--;
		if (run.can_close && opener && runs[opener - 1].length == run.length) {
			open = opener - 1;
			strike(builder, runs[open].node, run.node);
		} else if (run.can_open && open < OPEN_TILDES_MAX) {
			runs[open++] = run;
		}
	}
	if (count)
		join_strs(builder, builder->parent);
	builder->tildes.count = first;
}

void
inline_close(struct inline_builder *builder, enum node_type type, size_t to)
{
	end_word(builder);
	if (type == NODE_LINK || type == NODE_IMAGE)
		builder->links--;
	if (builder->too_deep) {
		builder->too_deep--;
		return;
	}
	match_tildes(builder);
	struct node *node = builder->parent;
	if (to != STR_NONE && to) {
		struct span end = content_span(builder, to - 1, to);
		node->span.end_line = end.end_line;
		node->span.end_column = end.end_column;
		if (to > builder->cursor)
			builder->cursor = to;
	}
	builder->depth--;
	builder->parent = node->parent;
}

void
inline_end(struct inline_builder *builder)
{
	end_word(builder);
	match_tildes(builder);
	while (builder->block->last && builder->block->last->type == NODE_SPACE)
		node_unlink(builder->block->last);
}
