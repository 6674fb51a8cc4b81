#include "export/terminal.h"

#include <string.h>

#include "base/path.h"
#include "base/utf8.h"

enum {
	EXCERPT_WIDTH = 110,
	FOLD_FROM = 4,
	SHOWN_OF_CODE_MAX = 100, /* findings of one code; blocks count as one */
	NAMES_OF_BLOCK_MAX = 200,
	RELATED_MAX = 10,
	MESSAGE_MAX = 1000 /* bytes */
};

struct printer {
	struct buf *out;
	const struct terminal_options *options;
	/* Where the last excerpt was: findings are in order of line, so the next one is found from there. */
	const struct source *source;
	uint32_t line;
	size_t offset; /* of LINE in SOURCE */
	size_t shown[CODE_COUNT], left_out[CODE_COUNT];
};

static const char *
colour_of(const struct printer *printer, enum severity severity)
{
	static const char *const colours[] = {"", "\033[1;36m", "\033[1;35m", "\033[1;31m"};
	return printer->options->colour ? colours[severity] : "";
}

static const char *
bold(const struct printer *printer)
{
	return printer->options->colour ? "\033[1m" : "";
}

static const char *
plain(const struct printer *printer)
{
	return printer->options->colour ? "\033[0m" : "";
}

/* Text of documents may hold escape sequences: control characters are shown, never sent. It may be of any length, too. */
static void
add_safe(struct buf *out, struct str text)
{
	bool cut = text.size > MESSAGE_MAX;
	while (cut && (text.size > MESSAGE_MAX || ((unsigned char)text.data[text.size] & 0xC0) == 0x80))
		text.size = text.size > MESSAGE_MAX ? MESSAGE_MAX : text.size - 1;
	for (size_t i = 0; i < text.size; i++) {
		unsigned char c = (unsigned char)text.data[i];
		bool c1 = c == 0xC2 && i + 1 < text.size && (unsigned char)text.data[i + 1] < 0xA0;
		if (c1) {
			buf_add_char(out, '?');
			i++;
		} else {
			buf_add_char(out, (c < 0x20 && c != '\t') || c == 0x7F ? (c == '\n' ? ' ' : '?') : (char)c);
		}
	}
	if (cut)
		buf_add_c(out, " \xE2\x80\xA6");
}

static void
add_place(struct printer *printer, struct span span)
{
	if (!span.source) {
		buf_add_c(printer->out, "ismark");
		return;
	}
	struct arena scratch = {0};
	add_safe(printer->out, path_normalise(&scratch, path_join(&scratch, printer->options->prefix, span.source->path)));
	arena_release(&scratch);
	if (span.line)
		buf_printf(printer->out, ":%u:%u", span.line, span.column);
}

/* ---- the excerpt ---- */

struct window {
	struct str text;      /* the part of the line that is shown */
	uint32_t first, last; /* caret columns in it, from 0, last exclusive, in code points */
	bool cut_left, cut_right;
};

/* Byte of the code point COLUMN (from 0). */
static size_t
byte_of_column(struct str line, uint32_t column)
{
	size_t i = 0;
	for (uint32_t c = 0; c < column && i < line.size; c++)
		utf8_next(line, &i);
	return i;
}

static struct window
choose_window(struct str line, struct span span)
{
	uint32_t length = (uint32_t)utf8_length(line);
	uint32_t first = span.column ? span.column - 1 : 0;
	uint32_t last = span.end_line == span.line && span.end_column > span.column ? span.end_column - 1 : length;
	if (first > length)
		first = length;
	if (last > length || last <= first)
		last = first < length ? (last <= first ? first + 1 : length) : first + 1;
	uint32_t from = 0;
	if (length > EXCERPT_WIDTH && first > EXCERPT_WIDTH * 2 / 3)
		from = first - EXCERPT_WIDTH / 3;
	uint32_t to = from + EXCERPT_WIDTH < length ? from + EXCERPT_WIDTH : length;
	struct window window = {
		.text = str_slice(line, byte_of_column(line, from), byte_of_column(line, to)),
		.first = first - from,
		.last = (last < to + 1 ? last : to + 1) - from,
		.cut_left = from > 0,
		.cut_right = to < length,
	};
	return window;
}

/* Blanks under what stands before the caret, as wide as that is on a terminal. */
static void
add_caret(struct buf *out, const struct window *window)
{
	uint32_t column = 0;
	for (size_t i = 0; i < window->text.size || column < window->last; column++) {
		size_t at = i;
		int32_t code_point = i < window->text.size ? utf8_next(window->text, &i) : ' ';
		int width = code_point == '\t' || at >= window->text.size ? 1 : utf8_width(code_point);
		if (column >= window->last)
			break;
		if (column < window->first)
			buf_add_char(out, code_point == '\t' ? '\t' : ' ');
		else
			buf_add_char(out, column == window->first ? '^' : '~');
		for (int w = 1; w < width; w++)
			buf_add_char(out, column < window->first ? ' ' : '~');
	}
}

/* LINE of SOURCE without its break, linear over a run of findings in order. */
static struct str
line_of(struct printer *printer, const struct source *source, uint32_t line)
{
	if (printer->source != source || line < printer->line) {
		printer->source = source;
		printer->line = 1;
		printer->offset = 0;
	}
	struct str text = source->text;
	while (printer->line < line) {
		size_t end = str_find_char(text, '\n', printer->offset);
		if (end == STR_NONE)
			return STR("");
		printer->offset = end + 1;
		printer->line++;
	}
	struct str found = str_slice(text, printer->offset, str_find_char(text, '\n', printer->offset));
	if (found.size && found.data[found.size - 1] == '\r')
		found.size--;
	return found;
}

static void
add_excerpt(struct printer *printer, struct span span, enum severity severity)
{
	if (!span.source || !span.line || !span.source->text.size)
		return;
	struct str line = line_of(printer, span.source, span.line);
	struct window window = choose_window(line, span);
	buf_printf(printer->out, "%6u | %s", span.line, window.cut_left ? "\xE2\x80\xA6" : "");
	add_safe(printer->out, window.text);
	buf_printf(printer->out, "%s\n       | %s%s", window.cut_right ? "\xE2\x80\xA6" : "", window.cut_left ? " " : "",
	           colour_of(printer, severity));
	add_caret(printer->out, &window);
	buf_printf(printer->out, "%s\n", plain(printer));
}

/* ---- a finding ---- */

static void
add_head(struct printer *printer, const struct diag *diag)
{
	buf_add_c(printer->out, bold(printer));
	add_place(printer, diag->span);
	buf_printf(printer->out, ":%s %s%s:%s %s", plain(printer), colour_of(printer, diag->severity),
	           severity_name(diag->severity), plain(printer), bold(printer));
}

static void
add_code(struct printer *printer, const struct diag *diag)
{
	buf_printf(printer->out, "%s [%s]\n", plain(printer), code_text(diag->code)->code);
}

static void
add_tail(struct printer *printer, const struct diag *diag)
{
	if (diag->hint.size) {
		buf_add_c(printer->out, "       = help: ");
		add_safe(printer->out, diag->hint);
		buf_add_char(printer->out, '\n');
	}
	size_t related = diag->related.count, shown = related > RELATED_MAX + 1 ? RELATED_MAX : related;
	for (size_t i = 0; i < shown; i++) {
		buf_add_c(printer->out, "       = ");
		add_place(printer, diag->related.items[i].span);
		buf_add_c(printer->out, ": ");
		add_safe(printer->out, diag->related.items[i].message);
		buf_add_char(printer->out, '\n');
	}
	if (shown < related)
		buf_printf(printer->out, "       = and %zu more places\n", related - shown);
}

static bool
subject_is_shown(const struct diag *diag)
{
	struct str path = diag->span.source ? diag->span.source->path : STR("");
	return diag->subject.size && !str_equal(diag->subject, path) && !str_contains(diag->message, diag->subject);
}

static void
print_one(struct printer *printer, const struct diag *diag)
{
	add_head(printer, diag);
	if (subject_is_shown(diag)) {
		add_safe(printer->out, diag->subject);
		buf_add_c(printer->out, ": ");
	}
	add_safe(printer->out, diag->message);
	add_code(printer, diag);
	add_excerpt(printer, diag->span, diag->severity);
	add_tail(printer, diag);
}

/* ---- blocks ---- */

static bool
same_place(const struct diag *a, const struct diag *b)
{
	return a->code == b->code && a->severity == b->severity && a->span.source == b->span.source &&
	       a->span.line == b->span.line && a->span.column == b->span.column;
}

/* What stands behind the last slash of "SOA-001/A.5.1". */
static struct str
short_subject(struct str subject)
{
	return path_name(subject);
}

static void
print_block(struct printer *printer, struct diag *const *diags, size_t count)
{
	add_head(printer, diags[0]);
	buf_printf(printer->out, "%zu times: %s", count, code_text(diags[0]->code)->title);
	add_code(printer, diags[0]);
	add_excerpt(printer, diags[0]->span, diags[0]->severity);
	size_t width = 0, named = count > NAMES_OF_BLOCK_MAX + 1 ? NAMES_OF_BLOCK_MAX : count;
	for (size_t i = 0; i < named; i++) {
		struct str name = short_subject(diags[i]->subject);
		if (width + name.size > 88 || i == 0) {
			buf_add_c(printer->out, i ? "\n       |   " : "       |   ");
			width = 0;
		}
		else
			buf_add_char(printer->out, ' ');
		add_safe(printer->out, name);
		width += name.size + 1;
	}
	if (named < count)
		buf_printf(printer->out, " and %zu more", count - named);
	buf_add_char(printer->out, '\n');
	add_tail(printer, diags[0]);
}

static bool
is_shown(const struct printer *printer, const struct diag *diag)
{
	struct str only = printer->options->only;
	if (diag->suppressed_by)
		return false;
	return !only.size || (diag->span.source && str_equal(diag->span.source->path, only));
}

/* Whether one more finding or block of CODE is shown; COUNT are left out otherwise. */
static bool
has_room(struct printer *printer, enum code code, size_t count)
{
	if (printer->shown[code]++ < SHOWN_OF_CODE_MAX)
		return true;
	printer->left_out[code] += count;
	return false;
}

static void
print_left_out(struct printer *printer)
{
	for (int code = 0; code < CODE_COUNT; code++)
		if (printer->left_out[code])
			buf_printf(printer->out, "ismark: %zu more of %s are left out here; the output as JSON holds all\n",
			           printer->left_out[code], code_text((enum code)code)->code);
}

void
terminal_print(struct buf *out, const struct diag_list *diags, const struct terminal_options *options)
{
	struct printer printer = {.out = out, .options = options};
	struct arena scratch = {0};
	VEC(struct diag *) shown = {0};
	for (size_t i = 0; i < diags->items.count; i++)
		if (is_shown(&printer, diags->items.items[i]))
			vec_push(&scratch, &shown, diags->items.items[i]);
	for (size_t i = 0; i < shown.count;) {
		size_t run = 1;
		while (i + run < shown.count && same_place(shown.items[i], shown.items[i + run]))
			run++;
		if (run >= FOLD_FROM) {
			if (has_room(&printer, shown.items[i]->code, run))
				print_block(&printer, &shown.items[i], run);
		} else {
			for (size_t k = 0; k < run; k++)
				if (has_room(&printer, shown.items[i + k]->code, 1))
					print_one(&printer, shown.items[i + k]);
		}
		i += run;
	}
	print_left_out(&printer);
	arena_release(&scratch);
}
