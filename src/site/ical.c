#include "site/ical.h"

/* True for a byte that continues a code point. */
static bool
continues(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

static void
add_folded(struct buf *out, struct str line)
{
	size_t room = ICAL_LINE_MAX;
	while (line.size > room) {
		size_t cut = room;
		while (cut > 1 && continues(line.data[cut]))
			cut--;
		buf_add_str(out, str_slice(line, 0, cut));
		buf_add_c(out, "\r\n ");
		line = str_from_index(line, cut);
		room = ICAL_LINE_MAX - 1; /* the blank counts */
	}
	buf_add_str(out, line);
	buf_add_c(out, "\r\n");
}

void
ical_add_line(struct buf *out, const char *name, struct str value)
{
	struct buf line = {0};
	buf_add_c(&line, name);
	buf_add_char(&line, ':');
	buf_add_str(&line, value);
	add_folded(out, buf_str(&line));
	buf_release(&line);
}

void
ical_add_text(struct buf *out, const char *name, struct str text)
{
	struct buf value = {0};
	for (size_t i = 0; i < text.size; i++) {
		unsigned char c = (unsigned char)text.data[i];
		if (c == '\n')
			buf_add_c(&value, "\\n");
		else if (c == '\\' || c == ';' || c == ',')
			buf_printf(&value, "\\%c", c);
		else if ((c >= 0x20 && c != 0x7F) || c == '\t')
			buf_add_char(&value, (char)c);
	}
	ical_add_line(out, name, buf_str(&value));
	buf_release(&value);
}

void
ical_add_date(struct buf *out, const char *name, struct date date)
{
	struct buf value = {0};
	buf_printf(&value, "%04d%02d%02d", date.year, date.month, date.day);
	ical_add_line(out, name, buf_str(&value));
	buf_release(&value);
}
