#include "diag/span.h"

#include "base/utf8.h"

struct span
span_of_file(const struct source *source)
{
	return (struct span){.source = source};
}

struct str
source_line(const struct source *source, uint32_t line)
{
	size_t from = 0;
	for (uint32_t i = 1; i < line; i++) {
		size_t end = str_find_char(source->text, '\n', from);
		if (end == STR_NONE)
			return STR("");
		from = end + 1;
	}
	size_t end = str_find_char(source->text, '\n', from);
	struct str text = str_slice(source->text, from, end == STR_NONE ? source->text.size : end);
	if (text.size && text.data[text.size - 1] == '\r')
		text.size--;
	return text;
}

static void
locate(struct str text, size_t offset, uint32_t *line, uint32_t *column)
{
	size_t start = 0;
	*line = 1;
	for (size_t end; (end = str_find_char(text, '\n', start)) != STR_NONE && end < offset; start = end + 1)
		(*line)++;
	*column = (uint32_t)utf8_length(str_slice(text, start, offset)) + 1;
}

struct span
span_of_bytes(const struct source *source, size_t from, size_t to)
{
	struct span span = {.source = source};
	locate(source->text, from, &span.line, &span.column);
	locate(source->text, to, &span.end_line, &span.end_column);
	return span;
}
