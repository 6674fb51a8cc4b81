/* Elements as scripts see them. A field whose value is a list or table is handed out once; what the script does to that
 * table becomes the node's when the node is settled: when its callback ends, and before C looks into it. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "lua/edit.h"

#define TYPE(name) (1u << NODE_##name)
#define TYPES_ATTRIBUTED \
	(TYPE(HEADER) | TYPE(CODE_BLOCK) | TYPE(DIV) | TYPE(TABLE) | TYPE(TABLE_HEAD) | TYPE(TABLE_BODY) | TYPE(TABLE_ROW) | \
	 TYPE(TABLE_CELL) | TYPE(CODE) | TYPE(LINK) | TYPE(IMAGE) | TYPE(SPAN))
#define TYPES_CONTENT \
	(TYPE(PLAIN) | TYPE(PARA) | TYPE(HEADER) | TYPE(BLOCK_QUOTE) | TYPE(BULLET_LIST) | TYPE(ORDERED_LIST) | TYPE(DIV) | \
	 TYPE(EMPH) | TYPE(STRONG) | TYPE(STRIKEOUT) | TYPE(LINK) | TYPE(IMAGE) | TYPE(SPAN) | TYPE(TABLE_CELL))
#define TYPES_TEXT (TYPE(STR) | TYPE(CODE) | TYPE(CODE_BLOCK) | TYPE(RAW_BLOCK) | TYPE(RAW_INLINE))

struct field {
	const char *name;
	uint32_t types;
	void (*get)(lua_State *lua, struct node *node);            /* pushes */
	void (*set)(lua_State *lua, struct node *node, int index); /* NULL: read only */
	bool table;                                                /* handed out once, then kept: SET takes it over */
};

static const char tables_key; /* registry: node -> {field = table} */

static void
push_str(lua_State *lua, struct str text)
{
	lua_pushlstring(lua, text.size ? text.data : "", text.size);
}

/* ---- handles ---- */

void
element_push(lua_State *lua, struct node *node)
{
	lua_pushlightuserdata(lua, node);
}

struct node *
element_at(lua_State *lua, int index)
{
	return lua_islightuserdata(lua, index) ? lua_touserdata(lua, index) : NULL;
}

struct node *
element_check(lua_State *lua, int index)
{
	struct node *node = element_at(lua, index);
	if (!node)
		luaL_typeerror(lua, index, "element");
	return node;
}

/* ---- tables that were handed out ---- */

/* Pushes the table of the node's tables; false and nothing pushed when there is none. */
static bool
push_tables(lua_State *lua, struct node *node)
{
	if (!(node->filter_marks & MARK_OPEN))
		return false;
	lua_rawgetp(lua, LUA_REGISTRYINDEX, &tables_key);
	lua_rawgetp(lua, -1, node);
	lua_remove(lua, -2);
	return true;
}

static void
open_tables(lua_State *lua, struct node *node)
{
	struct lua_run *run = run_of(lua);
	if (push_tables(lua, node))
		return;
	lua_rawgetp(lua, LUA_REGISTRYINDEX, &tables_key);
	lua_newtable(lua);
	lua_pushvalue(lua, -1);
	lua_rawsetp(lua, -3, node);
	lua_remove(lua, -2);
	vec_push(run->scratch, &run->opened, node);
	node->filter_marks |= MARK_OPEN;
	run_check_memory(lua);
}

/* ---- content ---- */

static void
push_list(lua_State *lua, struct node *parent)
{
	enum content_kind kind = content_of(parent->type);
	lua_Integer count = 0;
	lua_newtable(lua);
	for (struct node *node = parent->first; node; node = node->next) {
		sandbox_charge(lua, 1);
		if (kind == CONTENT_ITEMS) {
			push_list(lua, node);
			convert_remember_item(lua, node);
		} else {
			element_push(lua, node);
		}
		lua_rawseti(lua, -2, ++count);
	}
	list_set_kind(lua, kind == CONTENT_INLINES ? LIST_INLINES : kind == CONTENT_BLOCKS ? LIST_BLOCKS : LIST_PLAIN);
}

void
element_push_children(lua_State *lua, struct node *node)
{
	luaL_checkstack(lua, 8, NULL);
	push_list(lua, node);
}

static void
set_children(lua_State *lua, struct node *node, int index)
{
	node_vec children = {0};
	convert_children(lua, index, content_of(node->type), &children);
	edit_set_children(lua, node, &children);
}

/* ---- texts ---- */

static void
get_text(lua_State *lua, struct node *node)
{
	push_str(lua, node->text);
}

static void
set_text(lua_State *lua, struct node *node, int index)
{
	luaL_checkstring(lua, index);
	edit_begin(lua, node);
	node->text = run_text(lua, index);
}

static void
get_title(lua_State *lua, struct node *node)
{
	push_str(lua, node->title);
}

static void
set_title(lua_State *lua, struct node *node, int index)
{
	luaL_checkstring(lua, index);
	edit_begin(lua, node);
	node->title = run_text(lua, index);
}

/* The document's raw text is HTML; another format is a filter's, and is kept where a code block has its language. */
static void
get_format(lua_State *lua, struct node *node)
{
	push_str(lua, node->info.size ? node->info : STR("html"));
}

static void
set_format(lua_State *lua, struct node *node, int index)
{
	luaL_checkstring(lua, index);
	edit_begin(lua, node);
	node->info = run_text(lua, index);
}

/* ---- numbers and words ---- */

enum { LEVEL_MAX = 6, START_MAX = 999999999 };

static void
get_level(lua_State *lua, struct node *node)
{
	lua_pushinteger(lua, node->level);
}

static void
set_level(lua_State *lua, struct node *node, int index)
{
	lua_Integer level = luaL_checkinteger(lua, index);
	luaL_argcheck(lua, level >= 1, index, "the level of a heading is 1 or more");
	edit_begin(lua, node);
	node->level = level > LEVEL_MAX ? LEVEL_MAX : (uint32_t)level;
}

static void
set_start(lua_State *lua, struct node *node, int index)
{
	lua_Integer start = luaL_checkinteger(lua, index);
	luaL_argcheck(lua, start >= 0 && start <= START_MAX, index, "a list starts at a number from 0 to 999999999");
	edit_begin(lua, node);
	node->level = (uint32_t)start;
}

static void
get_style(lua_State *lua, struct node *node)
{
	(void)node;
	lua_pushliteral(lua, "Decimal");
}

static void
get_delimiter(lua_State *lua, struct node *node)
{
	lua_pushstring(lua, node->paren_delimiter ? "OneParen" : "Period");
}

static const struct {
	const char *name;
	enum alignment align;
} alignments[] = {
	{"AlignDefault", ALIGN_DEFAULT}, {"AlignLeft", ALIGN_LEFT}, {"AlignCenter", ALIGN_CENTER}, {"AlignRight", ALIGN_RIGHT},
};

static void
get_alignment(lua_State *lua, struct node *node)
{
	lua_pushstring(lua, alignments[node->align].name);
}

static void
set_alignment(lua_State *lua, struct node *node, int index)
{
	const char *name = luaL_checkstring(lua, index);
	for (size_t i = 0; i < sizeof alignments / sizeof *alignments; i++)
		if (!strcmp(name, alignments[i].name)) {
			edit_begin(lua, node);
			node->align = alignments[i].align;
			return;
		}
	luaL_error(lua, "`%s` is no alignment", name);
}

static void
get_one(lua_State *lua, struct node *node)
{
	(void)node;
	lua_pushinteger(lua, 1);
}

static void
get_zero(lua_State *lua, struct node *node)
{
	(void)node;
	lua_pushinteger(lua, 0);
}

/* ---- attributes ---- */

/* A code block's first class is its language, which our tree keeps apart. */
static struct str
language_of(const struct node *node)
{
	struct str rest = node->type == NODE_CODE_BLOCK ? node->info : STR(""), word = {0};
	while (str_split(&rest, ' ', &word))
		if (word.size)
			return word;
	return STR("");
}

static void
push_classes(lua_State *lua, struct node *node)
{
	struct str language = language_of(node);
	lua_Integer count = 0;
	lua_newtable(lua);
	list_set_kind(lua, LIST_PLAIN);
	if (language.size) {
		push_str(lua, language);
		lua_rawseti(lua, -2, ++count);
	}
	for (size_t i = 0; i < node->classes.count; i++) {
		sandbox_charge(lua, 1);
		push_str(lua, node->classes.items[i]);
		lua_rawseti(lua, -2, ++count);
	}
}

static void
read_class_string(lua_State *lua, int index, str_vec *classes)
{
	struct str rest = run_text(lua, index), word;
	while (str_split(&rest, ' ', &word))
		if (word.size)
			vec_push(run_of(lua)->scratch, classes, word);
}

static void
read_classes(lua_State *lua, int index, str_vec *classes)
{
	if (lua_type(lua, index) == LUA_TSTRING) {
		read_class_string(lua, index, classes);
		return;
	}
	if (!lua_istable(lua, index))
		luaL_error(lua, "classes are a list of strings, not a %s", luaL_typename(lua, index));
	for (lua_Integer i = 1, size = luaL_len(lua, index); i <= size; i++) {
		lua_geti(lua, index, i);
		if (lua_type(lua, -1) != LUA_TSTRING)
			luaL_error(lua, "a class is a string, not a %s", luaL_typename(lua, -1));
		vec_push(run_of(lua)->scratch, classes, run_text(lua, -1));
		lua_pop(lua, 1);
	}
}

static bool
same_classes(const struct node *node, const str_vec *classes)
{
	struct str language = language_of(node);
	size_t first = language.size ? 1 : 0;
	if (classes->count != node->classes.count + first || (first && !str_equal(classes->items[0], language)))
		return false;
	for (size_t i = 0; i < node->classes.count; i++)
		if (!str_equal(classes->items[i + first], node->classes.items[i]))
			return false;
	return true;
}

static void
set_classes(lua_State *lua, struct node *node, int index)
{
	str_vec classes = {0};
	read_classes(lua, index, &classes);
	if (same_classes(node, &classes))
		return;
	edit_begin(lua, node);
	struct str language = language_of(node);
	bool keeps = classes.count && language.size && str_equal(classes.items[0], language);
	bool made = node->type == NODE_CODE_BLOCK && (node->filter_marks & MARK_MADE);
	if (classes.count && (keeps || made)) {
		node->info = classes.items[0];
		classes.items++, classes.count--, classes.capacity--;
	} else {
		node->info = node->type == NODE_CODE_BLOCK ? STR("") : node->info;
	}
	node->classes = classes;
}

static void
push_attributes(lua_State *lua, struct node *node)
{
	lua_newtable(lua);
	for (size_t i = 0; i < node->attributes.count; i++) {
		sandbox_charge(lua, 1);
		push_str(lua, node->attributes.items[i].key);
		push_str(lua, node->attributes.items[i].value);
		lua_rawset(lua, -3);
	}
}

typedef VEC(struct attribute) attribute_vec;

/* The key at -2 and the value at -1 of a table of attributes, or the pair at -1 when the key is a number. */
static void
read_attribute(lua_State *lua, attribute_vec *attributes)
{
	struct attribute attribute;
	if (lua_istable(lua, -1) && lua_isinteger(lua, -2)) {
		lua_geti(lua, -1, 1);
		lua_geti(lua, -2, 2);
	} else {
		lua_pushvalue(lua, -2);
		lua_pushvalue(lua, -2);
	}
	if (lua_type(lua, -2) != LUA_TSTRING || !lua_isstring(lua, -1))
		luaL_error(lua, "an attribute is a name with a string, not a %s with a %s", luaL_typename(lua, -2), luaL_typename(lua, -1));
	attribute.key = run_text(lua, -2);
	attribute.value = run_text(lua, -1);
	vec_push(run_of(lua)->scratch, attributes, attribute);
	lua_pop(lua, 2);
}

static int
compare_attributes(const void *a, const void *b)
{
	return str_compare(((const struct attribute *)a)->key, ((const struct attribute *)b)->key);
}

static const struct attribute *
find_attribute(const struct attribute *items, size_t count, struct str key)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(items[i].key, key))
			return &items[i];
	return NULL;
}

enum { ATTRIBUTES_MAX = 256 };

/* Those that the node has keep their order, new ones follow by name. */
static void
set_attributes(lua_State *lua, struct node *node, int index)
{
	struct arena *scratch = run_of(lua)->scratch;
	attribute_vec given = {0}, ordered = {0};
	bool changed = false;
	luaL_checktype(lua, index, LUA_TTABLE);
	for (lua_pushnil(lua); lua_next(lua, index); lua_pop(lua, 1)) {
		read_attribute(lua, &given);
		if (given.count > ATTRIBUTES_MAX)
			luaL_error(lua, "an element has %d attributes at most", ATTRIBUTES_MAX);
	}
	if (given.count)
		qsort(given.items, given.count, sizeof *given.items, compare_attributes);
	sandbox_charge(lua, given.count * (given.count + node->attributes.count) / 4);
	for (size_t i = 0; i < node->attributes.count; i++) {
		const struct attribute *old = &node->attributes.items[i], *now = find_attribute(given.items, given.count, old->key);
		changed |= !now || !str_equal(now->value, old->value);
		if (now)
			vec_push(scratch, &ordered, *now);
	}
	for (size_t i = 0; i < given.count; i++)
		if (!find_attribute(ordered.items, ordered.count, given.items[i].key)) {
			vec_push(scratch, &ordered, given.items[i]);
			changed = true;
		}
	if (!changed)
		return;
	edit_begin(lua, node);
	node->attributes.items = ordered.items;
	node->attributes.count = ordered.count;
	node->attributes.capacity = ordered.capacity;
}

static void
set_id(lua_State *lua, struct node *node, struct str id)
{
	if (str_equal(node->id, id))
		return;
	edit_begin(lua, node);
	node->id = id;
	node->explicit_id = node->type == NODE_HEADER && id.size;
}

static void
get_identifier(lua_State *lua, struct node *node)
{
	push_str(lua, node->id);
}

static void
set_identifier(lua_State *lua, struct node *node, int index)
{
	luaL_checkstring(lua, index);
	set_id(lua, node, run_text(lua, index));
	if (!push_tables(lua, node))
		return;
	if (lua_getfield(lua, -1, "attr") == LUA_TTABLE) {
		push_str(lua, node->id);
		lua_setfield(lua, -2, "identifier");
	}
	lua_pop(lua, 2);
}

/* Attr's parts have names and numbers. Pushes part NUMBER of the table at INDEX. */
static int
push_attr_part(lua_State *lua, int index, const char *name, lua_Integer number)
{
	int type = lua_getfield(lua, index, name);
	if (type != LUA_TNIL)
		return type;
	lua_pop(lua, 1);
	return lua_geti(lua, index, number);
}

void
attr_read(lua_State *lua, int index, struct node *node)
{
	index = lua_absindex(lua, index);
	if (lua_isnoneornil(lua, index))
		return;
	if (lua_type(lua, index) == LUA_TSTRING) {
		set_id(lua, node, run_text(lua, index));
		return;
	}
	if (!lua_istable(lua, index))
		luaL_error(lua, "an Attr is a table or a string, not a %s", luaL_typename(lua, index));
	if (push_attr_part(lua, index, "identifier", 1) == LUA_TSTRING)
		set_id(lua, node, run_text(lua, -1));
	if (push_attr_part(lua, index, "classes", 2) != LUA_TNIL)
		set_classes(lua, node, lua_gettop(lua));
	if (push_attr_part(lua, index, "attributes", 3) != LUA_TNIL)
		set_attributes(lua, node, lua_gettop(lua));
	lua_pop(lua, 3);
}

static void
set_attr(lua_State *lua, struct node *node, int index)
{
	attr_read(lua, index, node);
}

/* Gives the field's table, which its node keeps. */
static void
push_table_field(lua_State *lua, struct node *node, const struct field *field)
{
	open_tables(lua, node);
	if (lua_getfield(lua, -1, field->name) == LUA_TNIL) {
		lua_pop(lua, 1);
		field->get(lua, node);
		lua_pushvalue(lua, -1);
		lua_setfield(lua, -3, field->name);
	}
	lua_remove(lua, -2);
}

static void
push_named_table(lua_State *lua, struct node *node, const char *name);

/* The Attr's classes and attributes are the very tables that the element gives. */
static void
push_attr(lua_State *lua, struct node *node)
{
	luaL_checkstack(lua, 8, NULL);
	lua_createtable(lua, 0, 3);
	push_str(lua, node->id);
	lua_setfield(lua, -2, "identifier");
	push_named_table(lua, node, "classes");
	lua_setfield(lua, -2, "classes");
	push_named_table(lua, node, "attributes");
	lua_setfield(lua, -2, "attributes");
}

/* ---- tables ---- */

static struct node *
child_of(const struct node *node, enum node_type type)
{
	for (struct node *child = node->first; child; child = child->next)
		if (child->type == type)
			return child;
	return NULL;
}

static void
get_head(lua_State *lua, struct node *node)
{
	struct node *head = child_of(node, NODE_TABLE_HEAD);
	if (head)
		element_push(lua, head);
	else
		lua_pushnil(lua);
}

static void
push_empty(lua_State *lua, struct node *node)
{
	(void)node;
	lua_newtable(lua);
	list_set_kind(lua, LIST_PLAIN);
}

static void
push_bodies(lua_State *lua, struct node *node)
{
	lua_Integer count = 0;
	push_empty(lua, node);
	for (struct node *child = node->first; child; child = child->next)
		if (child->type == NODE_TABLE_BODY) {
			element_push(lua, child);
			lua_rawseti(lua, -2, ++count);
		}
}

static void
set_bodies(lua_State *lua, struct node *node, int index)
{
	struct node *head = child_of(node, NODE_TABLE_HEAD);
	node_vec groups = {0};
	if (head)
		vec_push(run_of(lua)->scratch, &groups, head);
	convert_children(lua, index, CONTENT_GROUPS, &groups);
	edit_set_children(lua, node, &groups);
}

/* A list of {alignment}, after the first row. */
static void
push_colspecs(lua_State *lua, struct node *node)
{
	const struct node *row = node->first ? node->first->first : NULL;
	lua_Integer count = 0;
	push_empty(lua, node);
	for (struct node *cell = row ? row->first : NULL; cell; cell = cell->next) {
		sandbox_charge(lua, 1);
		lua_createtable(lua, 2, 0);
		get_alignment(lua, cell);
		lua_rawseti(lua, -2, 1);
		lua_rawseti(lua, -2, ++count);
	}
}

/* ---- the document ---- */

static void
push_meta(lua_State *lua, struct node *node)
{
	(void)node;
	meta_push(lua);
}

/* A document that a script made keeps its front matter until it is returned. */
static void
set_meta(lua_State *lua, struct node *node, int index)
{
	if (node == run_of(lua)->root)
		meta_take(lua, index);
}

/* ---- the fields ---- */

static const struct field fields[] = {
	{"content", TYPES_CONTENT, push_list, set_children, true},
	{"blocks", TYPE(DOCUMENT), push_list, set_children, true},
	{"cells", TYPE(TABLE_ROW), push_list, set_children, true},
	{"rows", TYPE(TABLE_HEAD), push_list, set_children, true},
	{"body", TYPE(TABLE_BODY), push_list, set_children, true},
	{"bodies", TYPE(TABLE), push_bodies, set_bodies, true},
	{"text", TYPES_TEXT, get_text, set_text, false},
	{"target", TYPE(LINK), get_text, set_text, false},
	{"src", TYPE(IMAGE), get_text, set_text, false},
	{"title", TYPE(LINK) | TYPE(IMAGE), get_title, set_title, false},
	{"format", TYPE(RAW_BLOCK) | TYPE(RAW_INLINE), get_format, set_format, false},
	{"level", TYPE(HEADER), get_level, set_level, false},
	{"start", TYPE(ORDERED_LIST), get_level, set_start, false},
	{"style", TYPE(ORDERED_LIST), get_style, NULL, false},
	{"delimiter", TYPE(ORDERED_LIST), get_delimiter, NULL, false},
	{"alignment", TYPE(TABLE_CELL), get_alignment, set_alignment, false},
	{"col_span", TYPE(TABLE_CELL), get_one, NULL, false},
	{"row_span", TYPE(TABLE_CELL), get_one, NULL, false},
	{"head", TYPE(TABLE), get_head, NULL, false},
	{"colspecs", TYPE(TABLE), push_colspecs, NULL, false},
	{"head", TYPE(TABLE_BODY), push_empty, NULL, false},
	{"row_head_columns", TYPE(TABLE_BODY), get_zero, NULL, false},
	{"classes", TYPES_ATTRIBUTED, push_classes, set_classes, true},
	{"attributes", TYPES_ATTRIBUTED, push_attributes, set_attributes, true},
	{"identifier", TYPES_ATTRIBUTED, get_identifier, set_identifier, false},
	{"attr", TYPES_ATTRIBUTED, push_attr, set_attr, true},
	{"meta", TYPE(DOCUMENT), push_meta, set_meta, true},
};

/* Second names of fields. */
static const struct {
	const char *name, *means;
	uint32_t types;
} aliases[] = {
	{"caption", "content", TYPE(IMAGE)},
	{"contents", "content", TYPE(TABLE_CELL)},
	{"align", "alignment", TYPE(TABLE_CELL)},
};

enum { FIELD_COUNT = sizeof fields / sizeof *fields };

static void
push_named_table(lua_State *lua, struct node *node, const char *name)
{
	for (size_t i = 0; i < FIELD_COUNT; i++)
		if (!strcmp(fields[i].name, name))
			push_table_field(lua, node, &fields[i]);
}

static const struct field *
find_field(struct str name, enum node_type type)
{
	for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
		if ((aliases[i].types >> type & 1) && str_equal(str_from(aliases[i].name), name))
			name = str_from(aliases[i].means);
	for (size_t i = 0; i < FIELD_COUNT; i++)
		if ((fields[i].types >> type & 1) && str_equal(str_from(fields[i].name), name))
			return &fields[i];
	return NULL;
}

static struct str
check_name(lua_State *lua, int index)
{
	struct str name = {0};
	if (lua_type(lua, index) == LUA_TSTRING)
		name.data = lua_tolstring(lua, index, &name.size);
	return name;
}

/* Upvalue: the methods. An unknown field is nil. */
static int
element_index(lua_State *lua)
{
	struct node *node = element_check(lua, 1);
	struct str name = check_name(lua, 2);
	if (str_equal(name, STR("t")) || str_equal(name, STR("tag")))
		return lua_pushstring(lua, node_type_name(node->type)), 1;
	const struct field *field = find_field(name, node->type);
	if (field && field->table)
		push_table_field(lua, node, field);
	else if (field)
		field->get(lua, node);
	else {
		lua_pushvalue(lua, 2);
		lua_rawget(lua, lua_upvalueindex(1));
	}
	return 1;
}

/* What is set replaces the table that was handed out. */
static void
forget_table(lua_State *lua, struct node *node, const char *name)
{
	if (!push_tables(lua, node))
		return;
	lua_pushnil(lua);
	lua_setfield(lua, -2, name);
	lua_pop(lua, 1);
}

static int
element_newindex(lua_State *lua)
{
	struct node *node = element_check(lua, 1);
	struct str name = check_name(lua, 2);
	const struct field *field = find_field(name, node->type);
	if (field && field->set == set_meta) {
		luaL_checktype(lua, 3, LUA_TTABLE);
		open_tables(lua, node);
		lua_pushvalue(lua, 3);
		lua_setfield(lua, -2, field->name);
		return 0;
	}
	if (!field || !field->set)
		return luaL_error(lua, "%s has no field `%s` that can be set", node_type_name(node->type), lua_tostring(lua, 2));
	field->set(lua, node, 3);
	if (!field->table)
		return 0;
	forget_table(lua, node, field->name);
	if (!strcmp(field->name, "attr")) {
		forget_table(lua, node, "classes");
		forget_table(lua, node, "attributes");
	} else if (!strcmp(field->name, "classes") || !strcmp(field->name, "attributes")) {
		forget_table(lua, node, "attr");
	}
	return 0;
}

static int
element_tostring(lua_State *lua)
{
	lua_pushstring(lua, node_type_name(element_check(lua, 1)->type));
	return 1;
}

/* ---- settling ---- */

void
element_settle(lua_State *lua, struct node *node)
{
	luaL_checkstack(lua, 16, NULL);
	if (!push_tables(lua, node))
		return;
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		if (!fields[i].table || !(fields[i].types >> node->type & 1))
			continue;
		if (lua_getfield(lua, -1, fields[i].name) != LUA_TNIL)
			fields[i].set(lua, node, lua_gettop(lua));
		lua_pop(lua, 1);
	}
	lua_pop(lua, 1);
}

struct node *
element_settled(lua_State *lua, int index)
{
	struct node *node = element_check(lua, index);
	element_settle(lua, node);
	return node;
}

void
element_settle_all(lua_State *lua, size_t from)
{
	struct lua_run *run = run_of(lua);
	for (size_t i = from; i < run->opened.count; i++)
		element_settle(lua, run->opened.items[i]);
}

void
element_close_all(lua_State *lua)
{
	struct lua_run *run = run_of(lua);
	if (!run->opened.count)
		return;
	for (size_t i = 0; i < run->opened.count; i++)
		run->opened.items[i]->filter_marks &= (uint8_t)~MARK_OPEN;
	run->opened.count = 0;
	lua_newtable(lua);
	lua_rawsetp(lua, LUA_REGISTRYINDEX, &tables_key);
}

/* ---- opening ---- */

void
element_open(lua_State *lua)
{
	int methods = lua_gettop(lua);
	lua_newtable(lua);
	lua_rawsetp(lua, LUA_REGISTRYINDEX, &tables_key);
	lua_pushlightuserdata(lua, NULL);
	lua_createtable(lua, 0, 5);
	lua_pushvalue(lua, methods);
	lua_pushcclosure(lua, element_index, 1);
	lua_setfield(lua, -2, "__index");
	lua_pushcfunction(lua, element_newindex);
	lua_setfield(lua, -2, "__newindex");
	lua_pushcfunction(lua, element_tostring);
	lua_setfield(lua, -2, "__tostring");
	lua_pushliteral(lua, "element");
	lua_setfield(lua, -2, "__name");
	lua_pushboolean(lua, 0);
	lua_setfield(lua, -2, "__metatable");
	lua_setmetatable(lua, -2);
	lua_settop(lua, methods - 1);
}
