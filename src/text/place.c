#include "text/place.h"

#include <string.h>

#include "base/utf8.h"

static size_t
line_end(struct str text, size_t i)
{
	while (i < text.size && text.data[i] != '\n' && text.data[i] != '\r')
		i++;
	return i;
}

void
places_init(struct places *places, struct arena *arena, const struct source *source, size_t from, uint32_t first_line)
{
	*places = (struct places){.source = source};
	struct str text = source->text;
	size_t file_start = from;
	while (from < text.size) {
		size_t end = line_end(text, from), next = end;
		if (next < text.size && text.data[next] == '\r')
			next++;
		bool feed = next < text.size && text.data[next] == '\n';
		vec_push(arena, &places->lines, ((struct text_line){from, end, file_start, first_line}));
		if (feed && (next == end || text.data[next - 1] == '\r'))
			next++;
		if (next > end && text.data[next - 1] == '\n') {
			file_start = next;
			first_line++;
		}
		from = next;
	}
	if (!places->lines.count)
		vec_push(arena, &places->lines, ((struct text_line){from, from, from, first_line}));
}

size_t
places_line(struct places *places, size_t offset)
{
	size_t low = 0, high = places->lines.count;
	const struct text_line *lines = places->lines.items;
	if (lines[places->line].start <= offset) {
		low = places->line;
		if (low + 1 == high || offset < lines[low + 1].start)
			return low;
	}
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (lines[middle].start <= offset)
			low = middle;
		else
			high = middle;
	}
	return places->line = low;
}

static void
locate(struct places *places, size_t offset, uint32_t *line, uint32_t *column)
{
	const struct text_line *found = &places->lines.items[places_line(places, offset)];
	if (offset > places->source->text.size)
		offset = places->source->text.size;
	if (!places->column || places->offset_start != found->file_start || places->offset > offset) {
		places->offset = places->offset_start = found->file_start;
		places->column = 1;
	}
	struct str between = str_slice(places->source->text, places->offset, offset);
	places->column += (uint32_t)utf8_length(between);
	places->offset = offset;
	*line = found->number;
	*column = places->column;
}

struct span
places_span(struct places *places, size_t from, size_t to)
{
	struct span span = {.source = places->source};
	locate(places, from, &span.line, &span.column);
	struct places start = *places;
	locate(places, to < from ? from : to, &span.end_line, &span.end_column);
	*places = start; /* what lies inside comes next */
	return span;
}

size_t
content_source(const struct content *content, size_t at)
{
	size_t low = 0, high = content->pieces.count;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (content->pieces.items[middle].at <= at)
			low = middle;
		else
			high = middle;
	}
	return content->pieces.items[low].source + (at - content->pieces.items[low].at);
}
