#include "site/search_index.h"

#include "site/search_token.h"

const char *const search_field_names[SEARCH_FIELD_COUNT] = {"id", "title", "text"};

/* ---- building ---- */

void
search_index_init(struct search_index *index, struct arena *arena)
{
	*index = (struct search_index){.arena = arena};
}

static struct search_term *
find_term(struct search_index *index, struct str token)
{
	struct search_term *term = map_get(&index->terms, token);
	if (!term) {
		term = arena_new(index->arena, struct search_term);
		map_put(index->arena, &index->terms, str_copy(index->arena, token), term);
	}
	return term;
}

/* True when the entry had no such term in the field yet. */
static bool
add_token(struct search_index *index, uint32_t entry, enum search_field field, struct str token)
{
	struct search_term *term = find_term(index, token);
	size_t count = term->postings[field].count;
	bool is_new = !count || term->postings[field].items[count - 1].entry != entry;
	if (is_new)
		vec_push(index->arena, &term->postings[field], ((struct search_posting){entry, 1}));
	else
		term->postings[field].items[count - 1].count++;
	return is_new;
}

void
search_index_add(struct search_index *index, const struct str fields[SEARCH_FIELD_COUNT])
{
	size_t entry = index->lengths.count;
	struct search_lengths *lengths = vec_add(index->arena, &index->lengths);
	for (enum search_field field = 0; field < SEARCH_FIELD_COUNT; field++) {
		struct search_tokens tokens = {.arena = index->arena, .text = fields[field]};
		struct str token;
		while (search_token_next(&tokens, &token))
			lengths->terms[field] += add_token(index, (uint32_t)entry, field, token);
		double total = index->averages[field] * (double)entry + lengths->terms[field];
		index->averages[field] = total / (double)(entry + 1);
	}
}

/* ---- writing ---- */

void
buf_add_count(struct buf *buf, size_t number)
{
	char digits[24];
	size_t at = sizeof digits;
	do
		digits[--at] = (char)('0' + number % 10);
	while (number /= 10);
	buf_add(buf, digits + at, sizeof digits - at);
}

static bool
is_plain(struct str text, size_t i)
{
	unsigned char c = (unsigned char)text.data[i];
	return c >= ' ' && c != '"' && c != '\\' && c != '<' && c != 0xE2;
}

/* U+2028 and U+2029 end lines in scripts of old browsers. */
static size_t
line_separator(struct str text, size_t i)
{
	if (i + 2 < text.size && text.data[i + 1] == '\x80' && (text.data[i + 2] == '\xA8' || text.data[i + 2] == '\xA9'))
		return 3;
	return 0;
}

static size_t
add_escape(struct buf *buf, struct str text, size_t i)
{
	if (text.data[i] != '\xE2') {
		buf_printf(buf, "\\u%04x", (unsigned char)text.data[i]);
		return i + 1;
	}
	size_t size = line_separator(text, i);
	if (!size)
		buf_add_char(buf, text.data[i]);
	else
		buf_add_c(buf, text.data[i + 2] == '\xA8' ? "\\u2028" : "\\u2029");
	return i + (size ? size : 1);
}

void
buf_add_script_string(struct buf *buf, struct str text)
{
	buf_add_char(buf, '"');
	for (size_t i = 0; i < text.size;) {
		size_t plain = i;
		while (i < text.size && is_plain(text, i))
			i++;
		buf_add(buf, text.data + plain, i - plain);
		if (i < text.size)
			i = add_escape(buf, text, i);
	}
	buf_add_char(buf, '"');
}

static void
add_comma(struct buf *out, size_t index)
{
	if (index)
		buf_add_char(out, ',');
}

static void
write_numbers(const struct search_index *index, struct buf *out)
{
	size_t count = index->lengths.count;
	buf_printf(out, "{\"documentCount\":%zu,\"nextId\":%zu,\"documentIds\":{", count, count);
	for (size_t i = 0; i < count; i++)
		buf_printf(out, "%s%zu:%zu", i ? "," : "", i, i);
	buf_add_c(out, "},\"fieldIds\":{");
	for (size_t field = 0; field < SEARCH_FIELD_COUNT; field++)
		buf_printf(out, "%s\"%s\":%zu", field ? "," : "", search_field_names[field], field);
	buf_add_c(out, "},\"fieldLength\":{");
	for (size_t i = 0; i < count; i++) {
		const uint32_t *terms = index->lengths.items[i].terms;
		buf_printf(out, "%s%zu:[%u,%u,%u]", i ? "," : "", i, terms[SEARCH_ID], terms[SEARCH_TITLE], terms[SEARCH_TEXT]);
	}
	buf_add_c(out, "},\"averageFieldLength\":[");
	for (size_t field = 0; count && field < SEARCH_FIELD_COUNT; field++) {
		add_comma(out, field);
		buf_add_number(out, index->averages[field]);
	}
	buf_add_c(out, "],\"storedFields\":{},\"dirtCount\":0,\"serializationVersion\":2,\n\"index\":[");
}

static void
write_field(const struct search_posting *postings, size_t count, struct buf *out)
{
	for (size_t i = 0; i < count; i++) {
		add_comma(out, i);
		buf_add_count(out, postings[i].entry);
		buf_add_char(out, ':');
		buf_add_count(out, postings[i].count);
	}
}

static void
write_term(const struct search_term *term, struct buf *out)
{
	bool any = false;
	for (size_t field = 0; field < SEARCH_FIELD_COUNT; field++) {
		if (!term->postings[field].count)
			continue;
		add_comma(out, any);
		any = true;
		buf_add_count(out, field);
		buf_add_c(out, ":{");
		write_field(term->postings[field].items, term->postings[field].count, out);
		buf_add_char(out, '}');
	}
}

void
search_index_write(const struct search_index *index, struct buf *out)
{
	write_numbers(index, out);
	for (size_t i = 0; i < index->terms.entries.count; i++) {
		add_comma(out, i);
		buf_add_c(out, "\n[");
		buf_add_script_string(out, index->terms.entries.items[i].key);
		buf_add_c(out, ",{");
		write_term(index->terms.entries.items[i].value, out);
		buf_add_c(out, "}]");
	}
	buf_add_c(out, "]}");
}
