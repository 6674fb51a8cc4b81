/* Runs on the machine that builds: turns src/catalogue/data/ into the constant tables that
 * src/catalogue/catalogue.c includes. usage: generate DATA_FOLDER OUTPUT
 * The data is ours, so a mistake in it ends the build with the file and the place. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/str.h"

struct file {
	char path[1024];
	yaml_document_t document;
};

typedef VEC(yaml_node_t *) node_list;

struct generator {
	struct arena arena;
	const char *folder;
	VEC(struct file *) files;
	struct buf out;
};

/* LINE from 1; 0 for the file as a whole. */
_Noreturn static void
fail_at(const struct file *file, size_t line, const char *message, const char *detail)
{
	fprintf(stderr, "%s:%zu: %s%s%s\n", file->path, line, message, detail ? ": " : "", detail ? detail : "");
	exit(1);
}

_Noreturn static void
fail(const struct file *file, const yaml_node_t *node, const char *message, const char *detail)
{
	fail_at(file, node ? node->start_mark.line + 1 : 0, message, detail);
}

/* Reading: small helpers over libyaml's document. */

static struct file *
file_load(struct generator *g, const char *name)
{
	struct file *file = arena_new(&g->arena, struct file);
	vec_push(&g->arena, &g->files, file);
	snprintf(file->path, sizeof file->path, "%s/%s.yaml", g->folder, name);
	FILE *stream = fopen(file->path, "rb");
	if (!stream)
		fail(file, NULL, strerror(errno), NULL);
	yaml_parser_t parser;
	if (!yaml_parser_initialize(&parser))
		fail(file, NULL, "out of memory", NULL);
	yaml_parser_set_input_file(&parser, stream);
	if (!yaml_parser_load(&parser, &file->document))
		fail_at(file, parser.problem_mark.line + 1, "malformed YAML", parser.problem);
	yaml_parser_delete(&parser);
	fclose(stream);
	if (!yaml_document_get_root_node(&file->document))
		fail(file, NULL, "empty", NULL);
	return file;
}

static const char *
text_of(const struct file *file, const yaml_node_t *node)
{
	if (node->type != YAML_SCALAR_NODE)
		fail(file, node, "not a scalar", NULL);
	return (const char *)node->data.scalar.value;
}

/* The value of KEY, or NULL. */
static yaml_node_t *
find(struct file *file, const yaml_node_t *map, const char *key)
{
	if (map->type != YAML_MAPPING_NODE)
		fail(file, map, "not a map", NULL);
	for (yaml_node_pair_t *pair = map->data.mapping.pairs.start; pair < map->data.mapping.pairs.top; pair++)
		if (strcmp(text_of(file, yaml_document_get_node(&file->document, pair->key)), key) == 0)
			return yaml_document_get_node(&file->document, pair->value);
	return NULL;
}

static const char *
text(struct file *file, const yaml_node_t *map, const char *key)
{
	yaml_node_t *node = find(file, map, key);
	if (!node)
		fail(file, map, "missing key", key);
	return text_of(file, node);
}

static const char *
text_or_empty(struct file *file, const yaml_node_t *map, const char *key)
{
	return find(file, map, key) ? text(file, map, key) : "";
}

static bool
flag(struct file *file, const yaml_node_t *map, const char *key)
{
	const char *value = text(file, map, key);
	if (strcmp(value, "true") != 0 && strcmp(value, "false") != 0)
		fail(file, map, "not true or false", key);
	return value[0] == 't';
}

/* The items of the list at KEY; none when the key is absent. */
static node_list
list(struct generator *g, struct file *file, const yaml_node_t *map, const char *key)
{
	node_list items = {0};
	yaml_node_t *node = find(file, map, key);
	if (!node)
		return items;
	if (node->type != YAML_SEQUENCE_NODE)
		fail(file, node, "not a list", key);
	for (yaml_node_item_t *i = node->data.sequence.items.start; i < node->data.sequence.items.top; i++)
		vec_push(&g->arena, &items, yaml_document_get_node(&file->document, *i));
	return items;
}

static node_list
root_list(struct generator *g, struct file *file, const char *key)
{
	return list(g, file, yaml_document_get_root_node(&file->document), key);
}

/* The index of the item of FILE whose FIELD is ID; ID stands at AT in USER. */
static size_t
index_of(struct file *file, node_list items, const char *field, const char *id, const struct file *user,
         const yaml_node_t *at)
{
	for (size_t i = 0; i < items.count; i++)
		if (strcmp(text(file, items.items[i], field), id) == 0)
			return i;
	fail(user, at, "unknown id", id);
}

/* The lookups at run time are binary searches: FIELD must rise in natural order, without repeats. */
static void
check_order(struct file *file, node_list items, const char *field)
{
	for (size_t i = 1; i < items.count; i++)
		if (str_compare_natural(str_from(text(file, items.items[i - 1], field)),
		                        str_from(text(file, items.items[i], field))) >= 0)
			fail(file, items.items[i], "out of natural order", text(file, items.items[i], field));
}

/* Writing. */

static void
emit_str(struct generator *g, const char *value)
{
	if (!*value) {
		buf_add_c(&g->out, "{0}");
		return;
	}
	buf_add_c(&g->out, "{\"");
	for (const char *c = value; *c; c++) {
		if (*c == '"' || *c == '\\')
			buf_add_char(&g->out, '\\');
		buf_add_char(&g->out, *c);
	}
	buf_printf(&g->out, "\", %zu}", strlen(value));
}

static void
emit_field(struct generator *g, const char *member, const char *value)
{
	buf_printf(&g->out, ".%s = ", member);
	emit_str(g, value);
	buf_add_c(&g->out, ", ");
}

/* .MEMBER = a str_list of the words in the list at KEY. */
static void
emit_words(struct generator *g, struct file *file, const yaml_node_t *map, const char *key)
{
	node_list words = list(g, file, map, key);
	if (!words.count)
		return;
	buf_printf(&g->out, "\n\t .%s = {(const struct str[]){", key);
	for (size_t i = 0; i < words.count; i++) {
		emit_str(g, text_of(file, words.items[i]));
		buf_add_c(&g->out, ", ");
	}
	buf_printf(&g->out, "}, %zu},", words.count);
}

/* .MEMBER = the list of pointers into TABLE for the ids at KEY, found among TARGETS. */
static void
emit_pointers(struct generator *g, struct file *file, const yaml_node_t *map, const char *key, const char *member,
              const char *type, const char *table, struct file *target_file, node_list targets)
{
	node_list ids = list(g, file, map, key);
	if (!ids.count)
		return;
	buf_printf(&g->out, "\n\t .%s = {(const struct %s *const[]){", member, type);
	for (size_t i = 0; i < ids.count; i++)
		buf_printf(&g->out, "&%s[%zu], ", table,
		           index_of(target_file, targets, "id", text_of(file, ids.items[i]), file, ids.items[i]));
	buf_printf(&g->out, "}, %zu},", ids.count);
}

/* Catalogues: one row says where a data file keeps its groups. */

struct catalogue_source {
	const char *file, *name, *table; /* data file, catalogue name, suffix of the C tables */
	const char *groups, *subgroups;  /* lists of themes; subgroups have a group's id under subgroup_parent */
	const char *subgroup_parent;
	const char *theme_key, *theme_field; /* a control's key for its theme, and the theme's field it names */
};

static const struct catalogue_source catalogue_sources[] = {
	{"iso27001-2013-annex-a", "iso27001-2013", "2013", "domains", "objectives", "domain", "objective", "id"},
	{"iso27001-2022-annex-a", "iso27001-2022", "2022", "themes", NULL, NULL, "theme", "theme"},
	{"iso27017-2015", "iso27017", "27017", "groups", NULL, NULL, "group", "id"},
	{"iso27018", "iso27018", "27018", "principles", NULL, NULL, "principle", "id"},
};
enum { CATALOGUE_COUNT = sizeof catalogue_sources / sizeof *catalogue_sources, OF_2013 = 0, OF_2022 = 1 };

struct catalogue_data {
	const struct catalogue_source *source;
	struct file *file;
	node_list themes, controls; /* themes: groups and subgroups merged in natural order */
};

static node_list
merge_themes(struct generator *g, struct file *file, node_list groups, node_list subgroups)
{
	node_list merged = {0};
	for (size_t i = 0, j = 0; i < groups.count || j < subgroups.count;) {
		bool from_groups = j == subgroups.count ||
		                   (i < groups.count && str_compare_natural(str_from(text(file, groups.items[i], "id")),
		                                                            str_from(text(file, subgroups.items[j], "id"))) < 0);
		vec_push(&g->arena, &merged, from_groups ? groups.items[i++] : subgroups.items[j++]);
	}
	return merged;
}

static struct catalogue_data
catalogue_load(struct generator *g, const struct catalogue_source *source)
{
	struct catalogue_data data = {.source = source, .file = file_load(g, source->file)};
	node_list subgroups = {0};
	if (source->subgroups)
		subgroups = root_list(g, data.file, source->subgroups);
	data.themes = merge_themes(g, data.file, root_list(g, data.file, source->groups), subgroups);
	data.controls = root_list(g, data.file, "controls");
	check_order(data.file, data.themes, "id");
	check_order(data.file, data.controls, "id");
	return data;
}

/* True when theme CHILD is PARENT or stands under it. */
static bool
is_within(struct catalogue_data *data, size_t child, size_t parent)
{
	if (child == parent)
		return true;
	const char *key = data->source->subgroup_parent;
	yaml_node_t *node = key ? find(data->file, data->themes.items[child], key) : NULL;
	return node && strcmp(text_of(data->file, node), text(data->file, data->themes.items[parent], "id")) == 0;
}

static size_t
theme_of_control(struct catalogue_data *data, const yaml_node_t *control)
{
	return index_of(data->file, data->themes, data->source->theme_field,
	                text(data->file, control, data->source->theme_key), data->file, control);
}

static void
emit_themes(struct generator *g, struct catalogue_data *data)
{
	const char *table = data->source->table, *parent_key = data->source->subgroup_parent;
	buf_printf(&g->out, "\nstatic const struct theme themes_%s[] = {\n", table);
	for (size_t i = 0; i < data->themes.count; i++) {
		yaml_node_t *theme = data->themes.items[i];
		size_t count = 0;
		for (size_t j = 0; j < data->controls.count; j++)
			count += is_within(data, theme_of_control(data, data->controls.items[j]), i);
		buf_add_c(&g->out, "\t{");
		emit_field(g, "id", text(data->file, theme, "id"));
		emit_field(g, "name", text_or_empty(data->file, theme, "theme"));
		emit_field(g, "title", text(data->file, theme, "title"));
		if (parent_key && find(data->file, theme, parent_key))
			buf_printf(&g->out, ".parent = &themes_%s[%zu], ", table,
			           index_of(data->file, data->themes, "id", text(data->file, theme, parent_key), data->file, theme));
		buf_printf(&g->out, ".control_count = %zu},\n", count);
	}
	buf_add_c(&g->out, "};\n");
}

static const char *
change_name(struct file *file, const yaml_node_t *control)
{
	static const char *const words[][2] = {
		{"", "NONE"}, {"new", "NEW"}, {"merged", "MERGED"}, {"renamed", "RENAMED"}, {"unchanged", "UNCHANGED"},
	};
	const char *word = text_or_empty(file, control, "change");
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(word, words[i][0]) == 0)
			return words[i][1];
	fail(file, control, "unknown change", word);
}

static void
emit_control(struct generator *g, struct catalogue_data *all, struct catalogue_data *data, const yaml_node_t *control)
{
	static const char *const attributes[] = {"control_type", "properties", "cybersecurity_concepts",
	                                         "operational_capabilities", "security_domains"};
	buf_add_c(&g->out, "\t{");
	emit_field(g, "id", text(data->file, control, "id"));
	emit_field(g, "title", text(data->file, control, "title"));
	emit_field(g, "title_27002", text_or_empty(data->file, control, "title_27002"));
	buf_printf(&g->out, "\n\t .catalogue = &catalogues[%zu], .theme = &themes_%s[%zu], .change = CONTROL_CHANGE_%s,",
	           (size_t)(data - all), data->source->table, theme_of_control(data, control),
	           change_name(data->file, control));
	for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
		emit_words(g, data->file, control, attributes[i]);
	emit_pointers(g, data->file, control, "replaces_2013", "replaces", "control", "controls_2013",
	              all[OF_2013].file, all[OF_2013].controls);
	emit_pointers(g, data->file, control, "maps_to_2022", "replaced_by", "control", "controls_2022",
	              all[OF_2022].file, all[OF_2022].controls);
	buf_add_c(&g->out, "},\n");
}

static void
emit_catalogues(struct generator *g, struct catalogue_data *all)
{
	buf_printf(&g->out, "static const struct catalogue catalogues[%d];\n", CATALOGUE_COUNT);
	for (size_t i = 0; i < CATALOGUE_COUNT; i++)
		buf_printf(&g->out, "static const struct control controls_%s[%zu];\n", all[i].source->table,
		           all[i].controls.count);
	for (size_t i = 0; i < CATALOGUE_COUNT; i++) {
		emit_themes(g, &all[i]);
		buf_printf(&g->out, "\nstatic const struct control controls_%s[%zu] = {\n", all[i].source->table,
		           all[i].controls.count);
		for (size_t j = 0; j < all[i].controls.count; j++)
			emit_control(g, all, &all[i], all[i].controls.items[j]);
		buf_add_c(&g->out, "};\n");
	}
	buf_printf(&g->out, "\nstatic const struct catalogue catalogues[%d] = {\n", CATALOGUE_COUNT);
	for (size_t i = 0; i < CATALOGUE_COUNT; i++) {
		buf_add_c(&g->out, "\t{");
		emit_field(g, "name", all[i].source->name);
		emit_field(g, "standard", text(all[i].file, yaml_document_get_root_node(&all[i].file->document), "standard"));
		buf_printf(&g->out, ".built_in = true, .themes = themes_%s, .theme_count = %zu, .controls = controls_%s, .control_count = %zu},\n",
		           all[i].source->table, all[i].themes.count, all[i].source->table, all[i].controls.count);
	}
	buf_add_c(&g->out, "};\n");
}

/* Clauses. */

struct clause_data {
	struct file *file;
	node_list clauses;
};

static char
upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
}

static void
emit_upper(struct generator *g, const char *word)
{
	for (; *word; word++)
		buf_add_char(&g->out, upper(*word));
}

/* The single table of documented information; clauses point into it. */
static void
emit_documented_information(struct generator *g, struct clause_data *data)
{
	buf_add_c(&g->out, "\nstatic const struct documented_information documented_information[] = {\n");
	for (size_t i = 0; i < data->clauses.count; i++) {
		node_list items = list(g, data->file, data->clauses.items[i], "documented_information");
		for (size_t j = 0; j < items.count; j++) {
			buf_add_c(&g->out, "\t{");
			emit_field(g, "name", text(data->file, items.items[j], "name"));
			emit_field(g, "title", text(data->file, items.items[j], "title"));
			const char *item = text(data->file, items.items[j], "item");
			bool is_record = strcmp(text(data->file, items.items[j], "kind"), "record") == 0;
			buf_printf(&g->out, ".is_record = %s, .item = %d, .clause = &clauses[%zu]},\n",
			           is_record ? "true" : "false", item[0], i);
		}
	}
	buf_add_c(&g->out, "};\n");
}

static void
emit_clause(struct generator *g, struct clause_data *data, const yaml_node_t *clause, size_t *documents)
{
	const char *parent = text(data->file, clause, "parent");
	buf_add_c(&g->out, "\t{");
	emit_field(g, "id", text(data->file, clause, "id"));
	emit_field(g, "title", text(data->file, clause, "title"));
	emit_field(g, "number_2013", text(data->file, clause, "clause_2013"));
	if (*parent)
		buf_printf(&g->out, ".parent = &clauses[%zu], ", index_of(data->file, data->clauses, "id", parent, data->file, clause));
	buf_printf(&g->out, ".level = %s, .has_children = %s, .amended_2024 = %s, .pdca = PDCA_",
	           text(data->file, clause, "level"), text(data->file, clause, "has_children"),
	           text(data->file, clause, "amended_2024"));
	emit_upper(g, text(data->file, clause, "pdca"));
	size_t count = list(g, data->file, clause, "documented_information").count;
	if (count)
		buf_printf(&g->out, ", .documented_information = &documented_information[%zu], .documented_information_count = %zu",
		           *documents, count);
	*documents += count;
	buf_add_c(&g->out, "},\n");
}

static struct clause_data
emit_clauses(struct generator *g)
{
	struct clause_data data = {.file = file_load(g, "iso27001-2022-clauses")};
	data.clauses = root_list(g, data.file, "clauses");
	check_order(data.file, data.clauses, "id");
	buf_printf(&g->out, "\nstatic const struct clause clauses[%zu];\n", data.clauses.count);
	emit_documented_information(g, &data);
	buf_printf(&g->out, "\nstatic const struct clause clauses[%zu] = {\n", data.clauses.count);
	size_t documents = 0;
	for (size_t i = 0; i < data.clauses.count; i++)
		emit_clause(g, &data, data.clauses.items[i], &documents);
	buf_add_c(&g->out, "};\n");
	return data;
}

/* Mappings. */

struct ref {
	struct str id, title, group_id, group;
};

typedef VEC(struct ref) ref_vec;

/* Lists in which a data file names the groups that a ref's id starts with. */
static const char *const group_lists[] = {"categories", "series", "sections", "groups", "principles"};

/* The group that is REF's id, or its beginning up to '-' or '.'. */
static bool
find_group(struct generator *g, struct file *file, struct ref *ref)
{
	for (size_t k = 0; k < sizeof group_lists / sizeof *group_lists; k++) {
		node_list items = root_list(g, file, group_lists[k]);
		for (size_t i = 0; i < items.count; i++) {
			struct str key = str_from(text(file, items.items[i], "id"));
			bool starts = str_starts_with(ref->id, key) && ref->id.size > key.size && strchr("-.", ref->id.data[key.size]);
			if (!starts && !str_equal(ref->id, key))
				continue;
			ref->group_id = key;
			ref->group = str_from(text(file, items.items[i], "title"));
			return true;
		}
	}
	return false;
}

/* The last chapter that starts at or before REF. */
static void
find_chapter(struct generator *g, struct file *file, struct ref *ref)
{
	node_list items = root_list(g, file, "chapters");
	for (size_t i = 0; i < items.count; i++)
		if (str_compare_natural(str_from(text(file, items.items[i], "from")), ref->id) <= 0)
			ref->group = str_from(text(file, items.items[i], "title"));
}

/* The items of a framework in its own order. One without a title has that of its group. */
static void
collect_refs(struct generator *g, struct file *file, ref_vec *refs)
{
	node_list items = root_list(g, file, "refs");
	for (size_t i = 0; i < items.count; i++) {
		struct ref ref = {.id = str_from(text(file, items.items[i], "id")), .title = str_from(text_or_empty(file, items.items[i], "title"))};
		if (!find_group(g, file, &ref))
			find_chapter(g, file, &ref);
		if (!ref.title.size)
			ref.title = ref.group;
		if (!ref.title.size)
			fail(file, items.items[i], "no title", NULL);
		vec_push(&g->arena, refs, ref);
	}
}

static size_t
ref_index(const struct file *file, const ref_vec *refs, const char *id, const yaml_node_t *at)
{
	for (size_t i = 0; i < refs->count; i++)
		if (str_equal(refs->items[i].id, str_from(id)))
			return i;
	fail(file, at, "unknown ref", id);
}

/* Each pair must come after the one before: by target, then by ref. */
static void
emit_pairs(struct generator *g, struct file *file, const char *key, const char *field, const char *table,
           struct file *target_file, node_list targets, const ref_vec *refs)
{
	node_list pairs = root_list(g, file, key);
	size_t last_target = 0;
	struct str last_ref = {0};
	for (size_t i = 0; i < pairs.count; i++) {
		yaml_node_t *pair = pairs.items[i];
		size_t target = index_of(target_file, targets, "id", text(file, pair, field), file, pair);
		size_t ref = ref_index(file, refs, text(file, pair, "ref"), pair);
		if (i && (target < last_target || (target == last_target && str_compare_natural(refs->items[ref].id, last_ref) <= 0)))
			fail(file, pair, "pair out of order", NULL);
		last_target = target, last_ref = refs->items[ref].id;
		buf_printf(&g->out, "\t{.%s = &%s[%zu], .ref = &REFS[%zu], .official = %s, .sources = %zu},\n", field, table,
		           target, ref, flag(file, pair, "official") ? "true" : "false",
		           list(g, file, pair, "sources").count);
	}
}

struct framework_source {
	const char *file, *name, *table;
};

static const struct framework_source framework_sources[] = {
	{"map-dora", "dora", "dora"},
	{"map-iso27017", "iso27017-2015", "iso27017"},
	{"map-iso27018", "iso27018-2019", "iso27018"},
	{"map-nis2-2024-2690", "nis2-2024-2690", "nis2_2024_2690"},
	{"map-nis2-article-21", "nis2-article-21", "nis2_article_21"},
	{"map-nist-csf-2.0", "nist-csf-2.0", "nist_csf"},
	{"map-soc2-tsc-2017", "soc2-tsc-2017", "soc2"},
};
enum { FRAMEWORK_COUNT = sizeof framework_sources / sizeof *framework_sources };

static void
emit_refs(struct generator *g, const char *table, const ref_vec *refs)
{
	buf_printf(&g->out, "\nstatic const struct framework_ref refs_%s[] = {\n", table);
	for (size_t i = 0; i < refs->count; i++) {
		buf_add_c(&g->out, "\t{");
		emit_field(g, "id", refs->items[i].id.data);
		emit_field(g, "title", refs->items[i].title.data);
		emit_field(g, "group_id", refs->items[i].group_id.size ? refs->items[i].group_id.data : "");
		emit_field(g, "group", refs->items[i].group.size ? refs->items[i].group.data : "");
		buf_add_c(&g->out, "},\n");
	}
	buf_add_c(&g->out, "};\n");
}

static void
emit_framework(struct generator *g, const struct framework_source *source, struct catalogue_data *of_2022,
               struct clause_data *clauses, struct buf *row)
{
	struct file *file = file_load(g, source->file);
	ref_vec refs = {0};
	collect_refs(g, file, &refs);
	emit_refs(g, source->table, &refs);
	buf_printf(&g->out, "#define REFS refs_%s\nstatic const struct mapping mappings_%s[] = {\n", source->table, source->table);
	emit_pairs(g, file, "mappings", "control", "controls_2022", of_2022->file, of_2022->controls, &refs);
	emit_pairs(g, file, "clause_mappings", "clause", "clauses", clauses->file, clauses->clauses, &refs);
	buf_add_c(&g->out, "};\n#undef REFS\n");
	size_t controls = root_list(g, file, "mappings").count;
	buf_printf(row, "\t{.name = {\"%s\", %zu}, .title = {\"%s\", %zu}, .refs = refs_%s, .ref_count = %zu,\n"
	                "\t .controls = {mappings_%s, %zu}, .clauses = {mappings_%s + %zu, %zu}},\n",
	           source->name, strlen(source->name), text(file, yaml_document_get_root_node(&file->document), "to"),
	           strlen(text(file, yaml_document_get_root_node(&file->document), "to")), source->table, refs.count,
	           source->table, controls, source->table, controls, root_list(g, file, "clause_mappings").count);
}

static void
emit_frameworks(struct generator *g, struct catalogue_data *of_2022, struct clause_data *clauses)
{
	struct buf rows = {0};
	for (size_t i = 0; i < FRAMEWORK_COUNT; i++)
		emit_framework(g, &framework_sources[i], of_2022, clauses, &rows);
	buf_printf(&g->out, "\nstatic const struct framework frameworks[%d] = {\n", FRAMEWORK_COUNT);
	buf_add_str(&g->out, buf_str(&rows));
	buf_add_c(&g->out, "};\n");
	buf_release(&rows);
}

/* The short lists. */

static void
emit_family(struct generator *g)
{
	static const char *const fields[] = {"id", "edition", "amendment", "previous", "status", "kind", "title", "purpose"};
	struct file *file = file_load(g, "iso27000-family");
	node_list documents = root_list(g, file, "documents");
	buf_add_c(&g->out, "\nstatic const struct family_document family[] = {\n");
	for (size_t i = 0; i < documents.count; i++) {
		buf_add_c(&g->out, "\t{");
		for (size_t k = 0; k < sizeof fields / sizeof *fields; k++)
			emit_field(g, fields[k], text(file, documents.items[i], fields[k]));
		buf_add_c(&g->out, "},\n");
	}
	buf_add_c(&g->out, "};\n");
}

static void
emit_review_inputs(struct generator *g, struct file *file, node_list inputs, struct clause_data *clauses)
{
	for (size_t i = 0; i < inputs.count; i++) {
		yaml_node_t *input = inputs.items[i];
		buf_printf(&g->out, "\t{.item = '%c', ", text(file, input, "item")[0]);
		emit_field(g, "name", text(file, input, "name"));
		emit_field(g, "title", text(file, input, "title"));
		emit_pointers(g, file, input, "fed_by_clauses", "fed_by", "clause", "clauses", clauses->file, clauses->clauses);
		node_list parts = list(g, file, input, "parts");
		if (parts.count) {
			buf_add_c(&g->out, "\n\t .parts = (const struct review_input[]){\n");
			emit_review_inputs(g, file, parts, clauses);
			buf_printf(&g->out, "\t }, .part_count = %zu", parts.count);
		}
		buf_add_c(&g->out, "},\n");
	}
}

static void
emit_review(struct generator *g, struct clause_data *clauses)
{
	struct file *file = file_load(g, "management-review-inputs");
	buf_add_c(&g->out, "\nstatic const struct review_input review_inputs[] = {\n");
	emit_review_inputs(g, file, root_list(g, file, "inputs"), clauses);
	buf_add_c(&g->out, "};\n\nstatic const struct review_output review_outputs[] = {\n");
	node_list outputs = root_list(g, file, "outputs");
	for (size_t i = 0; i < outputs.count; i++) {
		buf_add_c(&g->out, "\t{");
		emit_field(g, "name", text(file, outputs.items[i], "name"));
		emit_field(g, "title", text(file, outputs.items[i], "title"));
		buf_add_c(&g->out, "},\n");
	}
	buf_add_c(&g->out, "};\n");
}

static void
emit_treatments(struct generator *g)
{
	struct file *file = file_load(g, "risk-treatment-options");
	node_list options = root_list(g, file, "options");
	buf_add_c(&g->out, "\nstatic const struct treatment_option treatments[] = {\n");
	for (size_t i = 0; i < options.count; i++) {
		buf_add_c(&g->out, "\t{");
		emit_field(g, "id", text(file, options.items[i], "id"));
		emit_field(g, "title", text(file, options.items[i], "title"));
		emit_field(g, "meaning", text(file, options.items[i], "meaning"));
		buf_printf(&g->out, ".needs_controls = %s,", text(file, options.items[i], "needs_controls"));
		emit_words(g, file, options.items[i], "synonyms");
		buf_add_c(&g->out, "},\n");
	}
	buf_add_c(&g->out, "};\n");
}

/* Written beside the target and renamed, so that an interrupted build leaves no half table. */
static bool
write_output(const char *path, struct str content)
{
	char temporary[1024];
	if (snprintf(temporary, sizeof temporary, "%s.new", path) >= (int)sizeof temporary)
		return false;
	FILE *stream = fopen(temporary, "wb");
	if (!stream)
		return false;
	bool written = fwrite(content.data, 1, content.size, stream) == content.size;
	return fclose(stream) == 0 && written && rename(temporary, path) == 0;
}

static void
generator_release(struct generator *g)
{
	for (size_t i = 0; i < g->files.count; i++)
		yaml_document_delete(&g->files.items[i]->document);
	buf_release(&g->out);
	arena_release(&g->arena);
}

int
main(int count, char **arguments)
{
	if (count != 3) {
		fprintf(stderr, "usage: generate DATA_FOLDER OUTPUT\n");
		return 2;
	}
	struct generator g = {.folder = arguments[1]};
	arena_init(&g.arena);
	buf_add_c(&g.out, "/* Generated from src/catalogue/data/. */\n\n");
	struct catalogue_data catalogues[CATALOGUE_COUNT];
	for (size_t i = 0; i < CATALOGUE_COUNT; i++)
		catalogues[i] = catalogue_load(&g, &catalogue_sources[i]);
	emit_catalogues(&g, catalogues);
	struct clause_data clauses = emit_clauses(&g);
	emit_frameworks(&g, &catalogues[OF_2022], &clauses);
	emit_family(&g);
	emit_review(&g, &clauses);
	emit_treatments(&g);
	bool written = write_output(arguments[2], buf_str(&g.out));
	if (!written)
		fprintf(stderr, "%s: %s\n", arguments[2], strerror(errno));
	generator_release(&g);
	return written ? 0 : 1;
}
