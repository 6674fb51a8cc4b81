#include "cmd/start.h"

#include <errno.h>

#include "base/file.h"
#include "base/map.h"
#include "base/path.h"
#include "base/utf8.h"
#include "catalogue/catalogue.h"
#include "cmd/day_shift.h"
#include "cmd/places.h"

enum { FILE_LIMIT = 64 * 1024 * 1024, HASH_LENGTH = 64 };

static struct str
name_of(struct start *start, struct str path)
{
	struct str rest = path, part, name = STR("");
	while (str_split(&rest, '/', &part)) {
		if (str_starts_with(part, STR("dot-")))
			part = str_printf(start->arena, ".%.*s", STR_ARG(str_from_index(part, 4)));
		name = path_join(start->arena, name, part);
	}
	return name;
}

bool
start_add_folder(struct start *start, struct str folder, struct str target)
{
	struct str root = program_file(start->arena, folder);
	folder_entries entries = {0};
	start->failed = str_c(start->arena, folder);
	if (!root.size) {
		errno = ENOENT;
		return false;
	}
	start->failed = str_c(start->arena, root);
	if (!folder_walk(start->arena, start->failed, NULL, NULL, &entries))
		return false;
	for (size_t i = 0; i < entries.count; i++) {
		struct str path = entries.items[i].path;
		struct start_file file = {path_join(start->arena, target, name_of(start, path)), {0}};
		if (entries.items[i].type != FILE_REGULAR || entries.items[i].is_link)
			continue;
		start->failed = str_c(start->arena, path_join(start->arena, root, path));
		if (!file_read(start->arena, start->failed, FILE_LIMIT, &file.content))
			return false;
		vec_push(start->arena, &start->files, file);
	}
	start->failed = NULL;
	return true;
}

static bool
is_text(struct str content)
{
	return utf8_first_invalid(content) == STR_NONE && str_find_char(content, '\0', 0) == STR_NONE;
}

static size_t
hex_run(struct str text, size_t at)
{
	size_t end = at;
	while (end < text.size && ((text.data[end] >= '0' && text.data[end] <= '9') || (text.data[end] >= 'a' && text.data[end] <= 'f')))
		end++;
	return end - at;
}

/* TEXT with each SHA-256 that is a key of HASHES replaced by its value, a struct str. */
static struct str
replace_hashes(struct start *start, const struct map *hashes, struct str text)
{
	struct buf out = {0};
	size_t kept = 0;
	for (size_t at = 0, run; at < text.size; at += run ? run : 1) {
		run = hex_run(text, at);
		const struct str *other = run == HASH_LENGTH ? map_get(hashes, str_slice(text, at, at + run)) : NULL;
		if (!other)
			continue;
		buf_add_str(&out, str_slice(text, kept, at));
		buf_add_str(&out, *other);
		kept = at + run;
	}
	buf_add_str(&out, str_from_index(text, kept));
	return buf_take(&out, start->arena);
}

void
start_shift(struct start *start, struct date from, struct date to)
{
	struct day_shift shift = day_shift_between(from, to);
	struct map hashes = {0};
	for (size_t i = 0; i < start->files.count; i++) {
		struct start_file *file = &start->files.items[i];
		file->path = day_shift_text(start->arena, shift, file->path);
		if (!is_text(file->content))
			continue;
		struct str *hash = arena_new(start->arena, struct str), before = hash_sha256(start->arena, file->content);
		file->content = day_shift_text(start->arena, shift, file->content);
		*hash = hash_sha256(start->arena, file->content);
		map_put(start->arena, &hashes, before, hash);
	}
	for (size_t i = 0; i < start->files.count; i++)
		if (is_text(start->files.items[i].content))
			start->files.items[i].content = replace_hashes(start, &hashes, start->files.items[i].content);
}

/* ---- the empty Statement of Applicability ---- */

static const char soa_head[] =
	"# Every control of Annex A, undecided. Say of each whether it applies and why; what applies gets a status, an owner,\n"
	"# documents and evidence, what does not an `exclusion_justification`. `ismark explain soa` lists the fields.\n"
	"kind: soa\n"
	"id: SOA-01\n"
	"title: Statement of Applicability\n"
	"version: \"0.1\"\n"
	"status: draft\n"
	"owner: TBD\n"
	"classification: internal\n"
	"clauses: [6.1.3]\n"
	"entries:\n";

static void
add_control(struct buf *out, const struct control *control)
{
	bool quote = str_contains(control->title, STR(": ")) || str_contains(control->title, STR("#"));
	buf_printf(out, "    %.*s:\n      control: %s%.*s%s\n", STR_ARG(control->id), quote ? "\"" : "", STR_ARG(control->title), quote ? "\"" : "");
	buf_add_c(out, "      applicable:\n      justification:\n      status:\n");
}

void
start_add_soa(struct start *start, struct str path)
{
	const struct catalogue *catalogue = catalogue_find(STR("iso27001-2022"));
	const struct theme *theme = NULL;
	struct buf out = {0};
	buf_add_c(&out, soa_head);
	for (size_t i = 0; i < catalogue->control_count; i++) {
		const struct control *control = &catalogue->controls[i];
		if (control->theme != theme)
			buf_printf(&out, "  %.*s_controls:\n", STR_ARG(control->theme->name));
		theme = control->theme;
		add_control(&out, control);
	}
	vec_push(start->arena, &start->files, ((struct start_file){path, buf_take(&out, start->arena)}));
}
