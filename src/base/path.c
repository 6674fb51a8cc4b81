#include "base/path.h"

struct str
path_join(struct arena *arena, struct str a, struct str b)
{
	if (!a.size || (b.size && b.data[0] == '/'))
		return b;
	if (!b.size)
		return a;
	bool slash = a.data[a.size - 1] == '/';
	return str_printf(arena, "%.*s%s%.*s", STR_ARG(a), slash ? "" : "/", STR_ARG(b));
}

static size_t
name_start(struct str path)
{
	size_t start = path.size;
	while (start && path.data[start - 1] != '/')
		start--;
	return start;
}

struct str
path_folder(struct str path)
{
	size_t start = name_start(path);
	return str_slice(path, 0, start ? start - 1 : 0);
}

struct str
path_name(struct str path)
{
	return str_from_index(path, name_start(path));
}

struct str
path_extension(struct str path)
{
	struct str name = path_name(path);
	for (size_t i = name.size; i > 1; i--)
		if (name.data[i - 1] == '.')
			return str_from_index(name, i - 1);
	return STR("");
}

struct str
path_without_extension(struct str path)
{
	return str_slice(path, 0, path.size - path_extension(path).size);
}

struct str
path_stem(struct str path)
{
	return path_without_extension(path_name(path));
}

struct str
path_normalise(struct arena *arena, struct str path)
{
	str_vec parts = {0};
	bool absolute = path.size && path.data[0] == '/';
	struct str rest = path, part;
	while (str_split(&rest, '/', &part)) {
		if (!part.size || str_equal(part, STR(".")))
			continue;
		bool up = str_equal(part, STR(".."));
		if (up && parts.count && !str_equal(parts.items[parts.count - 1], STR("..")))
			parts.count--;
		else if (!up || !absolute)
			vec_push(arena, &parts, part);
	}
	struct str joined = str_join(arena, parts.items, parts.count, STR("/"));
	return absolute ? str_printf(arena, "/%.*s", STR_ARG(joined)) : joined;
}

bool
path_leaves_root(struct str normalised)
{
	return str_equal(normalised, STR("..")) || str_starts_with(normalised, STR("../")) ||
	       (normalised.size && normalised.data[0] == '/');
}

struct str
path_relative(struct arena *arena, struct str from, struct str to)
{
	size_t shared = 0;
	for (size_t i = 0; i < from.size && i < to.size && from.data[i] == to.data[i]; i++)
		if (from.data[i] == '/')
			shared = i + 1;
	struct buf buf = {0};
	for (size_t i = shared; i < from.size; i++)
		if (from.data[i] == '/')
			buf_add_c(&buf, "../");
	buf_add_str(&buf, str_from_index(to, shared));
	if (!buf.size)
		buf_add_c(&buf, "./");
	return buf_take(&buf, arena);
}
