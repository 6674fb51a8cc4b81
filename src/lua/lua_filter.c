#include "lua/lua_filter.h"

#include <string.h>

#include "base/utf8.h"
#include "lua/edit.h"
#include "lua/shape.h"

enum { MESSAGE_MAX = 400 };

#define CHUNK "filter" /* the script's name in Lua's messages, cut off again: they are short */

struct lua_filter {
	struct str name;
	const struct source *source;
	struct span span;   /* where it is named */
	struct buf code;    /* precompiled by ourselves, from text; in an arena */
};

/* A run with what its error handler notes. */
struct filter_call {
	struct lua_run run; /* first */
	size_t callbacks;   /* found while loading */
	bool loading;
	uint32_t line;      /* of the filter where it failed, 0 unknown */
	char message[MESSAGE_MAX];
	size_t message_size;
};

/* ---- what went wrong ---- */

static struct filter_call *
call_of(lua_State *lua)
{
	return (struct filter_call *)run_of(lua);
}

/* The line of the innermost function of the script; for a wrong result the one where the callback starts. */
static uint32_t
failing_line(lua_State *lua)
{
	lua_Debug activation;
	if (run_of(lua)->judging) {
		walk_push_callback(lua, run_of(lua)->callback);
		if (!lua_isfunction(lua, -1))
			return 0;
		lua_getinfo(lua, ">S", &activation);
		return activation.linedefined > 0 ? (uint32_t)activation.linedefined : 0;
	}
	for (int level = 0; lua_getstack(lua, level, &activation); level++) {
		lua_getinfo(lua, "l", &activation);
		if (activation.currentline > 0)
			return (uint32_t)activation.currentline;
	}
	return 0;
}

/* Without the "filter:12: " that Lua puts in front. */
static struct str
without_place(struct str message)
{
	if (!str_starts_with(message, STR(CHUNK ":")))
		return message;
	size_t i = sizeof CHUNK;
	while (i < message.size && message.data[i] >= '0' && message.data[i] <= '9')
		i++;
	return str_starts_with(str_from_index(message, i), STR(": ")) ? str_from_index(message, i + 2) : message;
}

static void
note_message(struct filter_call *call, struct str message)
{
	message = without_place(message);
	call->message_size = message.size < MESSAGE_MAX ? message.size : MESSAGE_MAX;
	if (message.size)
		memcpy(call->message, message.data, call->message_size);
}

/* Message handler. */
static int
on_error(lua_State *lua)
{
	struct filter_call *call = call_of(lua);
	lua_settop(lua, 1);
	if (call->run.sandbox.stopped) {
		call->line = failing_line(lua);
		return 1;
	}
	sandbox_push_text(lua, 1);
	struct str message;
	message.data = lua_tolstring(lua, -1, &message.size);
	note_message(call, message);
	lua_settop(lua, 1);
	call->line = failing_line(lua);
	return 1;
}

/* One line of valid UTF-8 without control characters. */
static struct str
readable(struct arena *arena, struct str message)
{
	struct buf out = {0};
	message = utf8_repair(arena, message);
	for (size_t i = 0; i < message.size; i++)
		buf_add_char(&out, (unsigned char)message.data[i] < 32 || message.data[i] == 127 ? ' ' : message.data[i]);
	return str_trim(buf_take(&out, arena));
}

static struct span
filter_span(const struct lua_filter *filter, uint32_t line)
{
	if (!line)
		return span_of_file(filter->source);
	uint32_t end = (uint32_t)utf8_length(source_line(filter->source, line)) + 1;
	return (struct span){filter->source, line, 1, line, end};
}

/* The name of Lua's that the script found missing, or an empty view. */
static struct str
missing_name(struct str message)
{
	static const char *const names[] = {"os", "io", "require", "package", "debug", "load", "loadstring", "loadfile", "dofile",
	                                    "print", "warn", "collectgarbage", "coroutine"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char text[40];
		snprintf(text, sizeof text, "(global '%s')", names[i]);
		if (str_contains(message, str_from(text)))
			return str_from(names[i]);
	}
	return STR("");
}

static void
hint_error(struct diag_list *diags, struct diag *diag, struct str message, bool loading)
{
	struct str name = missing_name(message);
	if (name.size)
		diag_hint(diags, diag, "do without `%.*s`: filters compute, and reach neither files nor programs nor the clock", STR_ARG(name));
	else if (loading)
		diag_hint(diags, diag, "correct the filter; until then documents are published without it");
	else
		diag_hint(diags, diag, "correct the filter; until then this document is published without filters");
}

static struct span
failing_place(const struct filter_call *call)
{
	const struct node *node = call->run.sandbox.current;
	if (call->loading)
		return filter_span(call->run.filter, call->line);
	return node && node->span.source && node->span.line ? node->span : span_of_file(call->run.source);
}

static void
relate_filter(struct diag_list *diags, struct diag *diag, const struct filter_call *call)
{
	if (call->loading)
		diag_relate(diags, diag, call->run.filter->span, "the filter is named here");
	else if (call->line)
		diag_relate(diags, diag, filter_span(call->run.filter, call->line),
		            call->run.judging ? "the function that gave it back" : "it failed here");
}

static void
report_limit(const struct filter_call *call, bool memory, struct diag_list *diags)
{
	struct str name = call->run.filter->name;
	struct diag *diag = memory
		? diag_add(diags, CODE_LUA002, failing_place(call), STR(""), "filter `%.*s` needs more memory than it may", STR_ARG(name))
		: diag_add(diags, CODE_LUA002, failing_place(call), STR(""), "filter `%.*s` takes more steps than it may", STR_ARG(name));
	diag_hint(diags, diag, "look for a loop or a recursion without an end, or for a pattern that backtracks");
	relate_filter(diags, diag, call);
}

static void
report_failure(const struct filter_call *call, int status, struct diag_list *diags)
{
	const struct lua_filter *filter = call->run.filter;
	struct str message = readable(diags->arena, (struct str){call->message, call->message_size});
	if (call->run.sandbox.stopped || status == LUA_ERRMEM) {
		report_limit(call, status == LUA_ERRMEM || call->run.sandbox.stopped == STOP_MEMORY, diags);
		return;
	}
	if (!message.size)
		message = STR("an error in the handling of an error");
	struct diag *diag;
	if (call->run.judging)
		diag = diag_add(diags, CODE_LUA005, failing_place(call), STR(""), "filter `%.*s` gives back what cannot stand here: %.*s",
		                STR_ARG(filter->name), STR_ARG(message));
	else
		diag = diag_add(diags, CODE_LUA001, failing_place(call), STR(""), "filter `%.*s` fails in line %u: %.*s",
		                STR_ARG(filter->name), call->line, STR_ARG(message));
	hint_error(diags, diag, message, call->loading);
	relate_filter(diags, diag, call);
}

/* ---- one filter ---- */

static void
open_api(lua_State *lua)
{
	const struct lua_filter *filter = run_of(lua)->filter;
	lua_newtable(lua);
	list_open(lua);
	utils_open(lua);
	make_open(lua);
	lua_setglobal(lua, "pandoc");
	lua_pushliteral(lua, "html");
	lua_setglobal(lua, "FORMAT");
	lua_pushlstring(lua, filter->name.data, filter->name.size);
	lua_setglobal(lua, "PANDOC_SCRIPT_FILE");
}

/* Leaves the list of filter tables that the script gives. */
static void
run_script(lua_State *lua)
{
	const struct lua_filter *filter = run_of(lua)->filter;
	if (luaL_loadbufferx(lua, filter->code.data, filter->code.size, CHUNK, "b") != LUA_OK)
		lua_error(lua);
	lua_call(lua, 0, 1);
	element_settle_all(lua, 0);
	element_close_all(lua);
	if (lua_isnil(lua, -1)) {
		lua_pop(lua, 1);
		lua_pushglobaltable(lua);
	} else if (!lua_istable(lua, -1)) {
		luaL_error(lua, "a filter gives back a table of functions or a list of such tables, not a %s", luaL_typename(lua, -1));
	}
	bool list = lua_rawgeti(lua, -1, 1) == LUA_TTABLE;
	lua_pop(lua, 1);
	if (list)
		return;
	lua_createtable(lua, 1, 0);
	lua_insert(lua, -2);
	lua_rawseti(lua, -2, 1);
}

static int
run_protected(lua_State *lua)
{
	struct filter_call *call = call_of(lua);
	open_api(lua);
	run_script(lua);
	for (lua_Integer i = 1, count = luaL_len(lua, -1); i <= count; i++) {
		if (lua_geti(lua, -1, i) != LUA_TTABLE)
			luaL_error(lua, "a filter is a table of functions, not a %s", luaL_typename(lua, -1));
		if (call->loading)
			call->callbacks += walk_count_callbacks(lua, -1);
		else
			walk_tree(lua, -1, call->run.root, true);
		lua_pop(lua, 1);
	}
	return 0;
}

static int
call_protected(struct filter_call *call, lua_CFunction function)
{
	lua_State *lua = call->run.sandbox.lua;
	lua_pushcfunction(lua, on_error);
	lua_pushcfunction(lua, function);
	int status = lua_pcall(lua, 0, 0, 1);
	if (status != LUA_OK && status != LUA_ERRRUN && !call->message_size && lua_type(lua, -1) == LUA_TSTRING)
		note_message(call, str_from(lua_tostring(lua, -1)));
	return status;
}

static bool
open_sandbox(struct filter_call *call, size_t document_size)
{
	call->run.sandbox.current = NULL;
	int64_t steps = FILTER_STEPS + (int64_t)document_size * FILTER_STEPS_PER_BYTE;
	return sandbox_open(&call->run.sandbox, steps, FILTER_MEMORY + document_size * FILTER_MEMORY_PER_BYTE);
}

/* ---- loading ---- */

static int
write_code(lua_State *lua, const void *data, size_t size, void *context)
{
	(void)lua;
	buf_add(context, data, size);
	return 0;
}

static int
compile_protected(lua_State *lua)
{
	const struct lua_filter *filter = run_of(lua)->filter;
	struct str text = filter->source->text;
	if (luaL_loadbufferx(lua, text.data, text.size, "=" CHUNK, "t") != LUA_OK)
		lua_error(lua);
	lua_dump(lua, write_code, (void *)&filter->code, 0);
	return 0;
}

/* Lua's message of a syntax error starts with its line. */
static uint32_t
line_of_message(struct str message)
{
	uint32_t line = 0;
	if (str_starts_with(message, STR(CHUNK ":")))
		for (size_t i = sizeof CHUNK; i < message.size && message.data[i] >= '0' && message.data[i] <= '9' && line < 100000000; i++)
			line = line * 10 + (uint32_t)(message.data[i] - '0');
	return line;
}

static int
on_syntax_error(lua_State *lua)
{
	struct filter_call *call = call_of(lua);
	struct str message;
	message.data = luaL_tolstring(lua, 1, &message.size);
	call->line = line_of_message(message);
	note_message(call, message);
	return 1;
}

static bool
compile(struct filter_call *call, struct arena *arena, struct lua_filter *filter, struct diag_list *diags)
{
	lua_State *lua = call->run.sandbox.lua;
	lua_pushcfunction(lua, on_syntax_error);
	lua_pushcfunction(lua, compile_protected);
	int status = lua_pcall(lua, 0, 0, 1);
	struct str code = buf_take(&filter->code, arena);
	filter->code = (struct buf){.data = (char *)code.data, .size = code.size};
	if (status == LUA_OK)
		return true;
	if (status == LUA_ERRMEM) {
		report_limit(call, true, diags);
		return false;
	}
	struct str message = readable(diags->arena, (struct str){call->message, call->message_size});
	struct diag *diag = diag_add(diags, CODE_LUA004, filter_span(filter, call->line), STR(""), "filter `%.*s` is not valid Lua: %.*s",
	                             STR_ARG(filter->name), STR_ARG(message));
	diag_hint(diags, diag, "correct the filter; until then documents are published without it");
	diag_relate(diags, diag, filter->span, "the filter is named here");
	return false;
}

static void
report_idle(const struct lua_filter *filter, struct diag_list *diags)
{
	struct diag *diag = diag_add(diags, CODE_LUA006, filter->span, STR(""), "filter `%.*s` has no function that is ever called",
	                             STR_ARG(filter->name));
	diag_hint(diags, diag, "name the functions after elements (`Header`, `Link`, `Table`), `Inlines`, `Blocks`, `Meta` or `Pandoc`");
}

static bool
try_out(struct filter_call *call, struct diag_list *diags)
{
	int status = call_protected(call, run_protected);
	if (status != LUA_OK)
		report_failure(call, status, diags);
	else if (!call->callbacks)
		report_idle(call->run.filter, diags);
	return status == LUA_OK && call->callbacks;
}

const struct lua_filter *
lua_filter_load(struct arena *arena, const struct source *source, struct str name, struct span span, struct diag_list *diags)
{
	struct lua_filter *filter = arena_new(arena, struct lua_filter);
	struct arena scratch = {0};
	struct filter_call call = {.loading = true};
	bool usable = false;
	*filter = (struct lua_filter){.name = name, .source = source, .span = span};
	call.run.filter = filter;
	call.run.scratch = call.run.arena = &scratch;
	call.run.source = source;
	call.run.root = call.run.scope = node_new(&scratch, NODE_DOCUMENT, span_of_file(source));
	if (open_sandbox(&call, 0) && compile(&call, arena, filter, diags)) {
		sandbox_close(&call.run.sandbox);
		usable = open_sandbox(&call, 0) && try_out(&call, diags);
	}
	sandbox_close(&call.run.sandbox);
	arena_release(&scratch);
	return usable ? filter : NULL;
}

/* ---- running ---- */

static bool
report_shape(const struct filter_call *call, struct diag_list *diags)
{
	bool deep = !shape_is_shallow(call->run.root);
	if (!deep && shape_is_square(call->run.root))
		return false;
	struct diag *diag = diag_add(diags, CODE_LUA002, span_of_file(call->run.source), STR(""),
	                             deep ? "filter `%.*s` nests elements more than 1000 deep" : "filter `%.*s` leaves too many cells out of tables",
	                             STR_ARG(call->run.filter->name));
	diag_hint(diags, diag, "correct the filter; until then this document is published without filters");
	return true;
}

static bool
run_one(struct filter_call *call, const struct lua_filter *filter, struct diag_list *diags)
{
	call->run.filter = filter;
	call->run.scope = call->run.root;
	call->run.opened.count = 0;
	call->message_size = call->line = 0;
	if (!open_sandbox(call, call->run.source->text.size)) {
		report_limit(call, true, diags);
		return false;
	}
	int status = call_protected(call, run_protected);
	if (status != LUA_OK)
		report_failure(call, status, diags);
	sandbox_close(&call->run.sandbox);
	return status == LUA_OK && !report_shape(call, diags);
}

void
lua_filters_run(const struct lua_filter *const *filters, size_t count, struct lua_worker *worker,
                struct lua_document *document, struct diag_list *diags)
{
	struct filter_call call = {0};
	bool done = true;
	arena_release(&worker->scratch);
	arena_init(&worker->scratch);
	call.run.scratch = &worker->scratch;
	call.run.arena = document->arena;
	call.run.source = document->source;
	call.run.root = document->tree;
	call.run.meta = document->front;
	shape_for_filters(&worker->scratch, document->tree);
	for (size_t i = 0; i < count && done; i++)
		done = run_one(&call, filters[i], diags);
	if (!done)
		edit_rollback(&call.run, 0);
	else
		document->front = call.run.meta;
	shape_for_us(&worker->scratch, document->tree, done);
}

void
lua_worker_release(struct lua_worker *worker)
{
	arena_release(&worker->scratch);
}
