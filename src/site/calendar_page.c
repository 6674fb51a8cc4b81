#include "site/calendar_page.h"

#include "check/report.h"
#include "site/ical.h"
#include "site/report_page.h"

enum {
	MONTHS = 13,            /* the one that runs, and a year */
	PAST_MONTHS = 3,
	LISTED = 40,            /* rows of a month */
	LISTED_APART = 100,     /* rows of what is overdue, done, or further away */
	LISTED_IN_ROW = 12      /* records of a row */
};

static const char calendar_path[] = "calendar/index.html", ical_path[] = "calendar.ics";

int
calendar_month(struct date from, struct date date)
{
	return (date.year - from.year) * 12 + date.month - from.month;
}

/* ---- rows ---- */

static struct template_value
what_of(const struct page_context *context, const struct due_item *item)
{
	if (item->event)
		return page_word(context, str_printf(context->arena, "calendar.events.%s", item->event).data);
	return template_string(str_equal(item->what, item->record->title) ? STR("") : item->what);
}

static struct template_value
type_word(const struct page_context *context, enum due_type type)
{
	return page_word(context, str_printf(context->arena, "calendar.types.%s", due_type_name(type)).data);
}

/* An entry of the Statement of Applicability is shown with its control's id, which its text repeats. */
static struct template_value
link_of(const struct page_context *context, const struct due_item *item)
{
	const struct record *record = item->record;
	return record->control ? page_control_link(context, record->control) : page_record_link(context, record);
}

struct template_value
calendar_row(const struct page_context *context, const struct due_item *item)
{
	struct template_value row = template_map(context->arena), records = template_list(context->arena);
	template_push(context->arena, records, link_of(context, item));
	page_put(context, row, "date", page_date(context, item->date));
	page_put(context, row, "days", template_int(item->days));
	page_put(context, row, "late", template_int(-(int64_t)item->days));
	page_put(context, row, "type", page_text(due_type_name(item->type)));
	page_put(context, row, "title", type_word(context, item->type));
	page_put(context, row, "what", item->record->control ? page_text("") : what_of(context, item));
	page_put(context, row, "records", records);
	page_put(context, row, "count", template_int(1));
	page_put(context, row, "more", template_int(0));
	page_put(context, row, "owner", report_party(context, item->owner, item->owner_record));
	return row;
}

/* Alike are items of one day and type that one party answers for, and that their records name well enough. */
static struct str
key_of(const struct page_context *context, const struct due_item *item, size_t index)
{
	bool named = !item->event && (item->record->control || str_equal(item->what, item->record->title));
	return str_printf(context->arena, "%d %d %zu %.*s", (int)date_to_days(item->date), (int)item->type, named ? 0 : index + 1,
	                  STR_ARG(item->owner));
}

static void
add_to_row(const struct page_context *context, struct template_value row, const struct due_item *item)
{
	struct template_value records = template_get(row, STR("records"));
	int64_t count = template_get(row, STR("count")).as.integer + 1;
	if (template_count(records) < LISTED_IN_ROW)
		template_push(context->arena, records, link_of(context, item));
	page_put(context, row, "count", template_int(count));
	page_put(context, row, "more", template_int(count - (int64_t)template_count(records)));
}

void
calendar_add(const struct page_context *context, struct calendar_rows *list, const struct due_item *item)
{
	struct str key = key_of(context, item, list->count++);
	struct template_value *row = map_get(&list->seen, key);
	if (row) {
		add_to_row(context, *row, item);
		return;
	}
	if (template_count(list->rows) >= list->most) {
		list->more++;
		return;
	}
	row = arena_new(context->arena, struct template_value);
	*row = calendar_row(context, item);
	map_put(context->arena, &list->seen, key, row);
	template_push(context->arena, list->rows, *row);
}

struct template_value
calendar_values(const struct page_context *context, const struct calendar_rows *list)
{
	struct template_value values = template_map(context->arena);
	page_put(context, values, "rows", list->rows);
	page_put(context, values, "count", template_int((int64_t)list->count));
	page_put(context, values, "more", template_int((int64_t)list->more));
	return values;
}

/* ---- lists of rows ---- */

/* ITEMS that are overdue, or whose month is FIRST to LAST from today's. */
struct selection {
	const due_item_vec *items;
	bool overdue;
	int first, last;
	size_t most;
};

static struct template_value
select_rows(const struct page_context *context, const struct selection *selection)
{
	struct calendar_rows list = {.rows = template_list(context->arena), .most = selection->most};
	for (size_t i = 0; i < selection->items->count; i++) {
		const struct due_item *item = &selection->items->items[i];
		int month = calendar_month(context->pages->site->today, item->date);
		if (selection->overdue ? item->days < 0 : item->days >= 0 && month >= selection->first && month <= selection->last)
			calendar_add(context, &list, item);
	}
	return calendar_values(context, &list);
}

static struct template_value
done_rows(const struct page_context *context, struct date from)
{
	struct calendar_rows list = {.rows = template_list(context->arena), .most = LISTED_APART};
	due_item_vec done = due_done(context->pages->site, from, context->arena);
	for (size_t i = 0; i < done.count; i++)
		calendar_add(context, &list, &done.items[i]);
	return calendar_values(context, &list);
}

/* ---- months ---- */

/* The first day of the month that is MONTHS after that of DATE. */
static struct date
month_start(struct date date, int months)
{
	int index = date.year * 12 + date.month - 1 + months;
	return (struct date){.year = (int16_t)(index / 12), .month = (int8_t)(index % 12 + 1), .day = 1};
}

static size_t
most_in_a_month(const due_item_vec *items, struct date today)
{
	size_t counts[MONTHS] = {0}, most = 1;
	for (size_t i = 0; i < items->count; i++) {
		int month = calendar_month(today, items->items[i].date);
		if (items->items[i].days >= 0 && month < MONTHS && ++counts[month] > most)
			most = counts[month];
	}
	return most;
}

/* {date, name, label, count, level, rows, more}: `label` is "July 2026", `level` 0 to 4 says how full it is beside the fullest. */
static struct template_value
month_values(const struct page_context *context, const due_item_vec *items, int month, size_t most)
{
	struct date today = context->pages->site->today, start = month_start(today, month);
	struct template_value values = select_rows(context, &(struct selection){
		.items = items, .first = month, .last = month, .most = LISTED});
	size_t count = (size_t)template_get(values, STR("count")).as.integer;
	page_put(context, values, "date", page_date(context, start));
	page_put(context, values, "number", template_int(start.month));
	page_put(context, values, "year", template_int(start.year));
	page_put(context, values, "level", template_int((int64_t)((count * 4 + most - 1) / most)));
	return values;
}

static void
put_days(const struct page_context *context, struct template_value values, const due_item_vec *due)
{
	struct template_value months = template_list(context->arena);
	size_t most = most_in_a_month(due, context->pages->site->today);
	for (int month = 0; month < MONTHS; month++)
		template_push(context->arena, months, month_values(context, due, month, most));
	page_put(context, values, "count", template_int((int64_t)due->count));
	page_put(context, values, "overdue", select_rows(context, &(struct selection){.items = due, .overdue = true, .most = LISTED_APART}));
	page_put(context, values, "months", months);
	page_put(context, values, "later", select_rows(context, &(struct selection){
		.items = due, .first = MONTHS, .last = INT32_MAX, .most = LISTED_APART}));
}

static void
fill_page(struct page_context *context)
{
	const struct report *report = context->page->subject;
	struct template_value values = template_map(context->arena);
	struct date from = date_add(context->pages->site->today, (struct period){PAST_MONTHS, PERIOD_MONTHS}, -1);
	bool has_file = output_find(context->pages->output, str_from(ical_path)) != NULL;
	put_days(context, values, &report->due);
	page_put(context, values, "past", done_rows(context, from));
	page_put(context, values, "past_from", page_date(context, from));
	page_put(context, values, "ical", template_string(has_file ? page_href(context, str_from(ical_path), STR("")) : STR("")));
	page_put(context, context->values, "calendar", values);
}

/* ---- iCalendar ---- */

/* The host of the base URL: what makes the UIDs the site's own. */
static struct str
host_of(const struct site *site)
{
	struct str url = site->config->base_url;
	size_t start = str_find(url, STR("://"), 0);
	if (start == STR_NONE)
		return STR("ismark.invalid");
	struct str rest = str_from_index(url, start + 3);
	size_t end = str_find_char(rest, '/', 0);
	return end == STR_NONE ? rest : str_slice(rest, 0, end);
}

/* What is due keeps its UID when its day moves. COUNTS: how often a UID was given. */
static struct str
uid_of(const struct page_context *context, const struct due_item *item, struct map *counts)
{
	struct str subject = page_url(context->arena, item->record->subject);
	struct str own = str_printf(context->arena, "%s/%.*s%s%s", due_type_name(item->type), STR_ARG(subject), item->event ? "/" : "",
	                            item->event ? item->event : "");
	size_t count = (size_t)map_get(counts, own) + 1;
	map_put(context->arena, counts, own, (void *)count);
	struct str host = host_of(context->pages->site);
	return count == 1 ? str_printf(context->arena, "%.*s@%.*s", STR_ARG(own), STR_ARG(host))
	                  : str_printf(context->arena, "%.*s/%zu@%.*s", STR_ARG(own), count, STR_ARG(host));
}

static struct str
summary_of(const struct page_context *context, const struct due_item *item)
{
	struct str type = type_word(context, item->type).as.text, what = what_of(context, item).as.text;
	struct str record = template_get(link_of(context, item), STR("text")).as.text;
	if (!what.size || item->record->control)
		return str_printf(context->arena, "%.*s: %.*s", STR_ARG(type), STR_ARG(record));
	return str_printf(context->arena, "%.*s: %.*s (%.*s)", STR_ARG(type), STR_ARG(what), STR_ARG(record));
}

static void
add_event(struct page_context *context, const struct due_item *item, struct map *counts, struct str stamp)
{
	struct buf *out = &context->bytes;
	struct str base = context->pages->site->config->base_url, href = template_get(link_of(context, item), STR("href")).as.text;
	buf_add_c(out, "BEGIN:VEVENT\r\n");
	ical_add_text(out, "UID", uid_of(context, item, counts));
	ical_add_line(out, "DTSTAMP", stamp);
	ical_add_date(out, "DTSTART;VALUE=DATE", item->date);
	ical_add_text(out, "SUMMARY", summary_of(context, item));
	if (item->owner.size)
		ical_add_text(out, "DESCRIPTION", item->owner);
	ical_add_text(out, "CATEGORIES", type_word(context, item->type).as.text);
	if (base.size && href.size)
		ical_add_line(out, "URL", str_printf(context->arena, "%.*s%.*s", STR_ARG(base), STR_ARG(href)));
	ical_add_line(out, "TRANSP", STR("TRANSPARENT"));
	buf_add_c(out, "END:VEVENT\r\n");
}

static void
fill_ical(struct page_context *context)
{
	const struct report *report = context->page->subject;
	struct date today = context->pages->site->today;
	struct str stamp = str_printf(context->arena, "%04d%02d%02dT000000Z", today.year, today.month, today.day);
	struct buf *out = &context->bytes;
	struct map counts = {0};
	buf_add_c(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//ismark//ismark//EN\r\nCALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n");
	ical_add_text(out, "X-WR-CALNAME", template_get(context->pages->shared, STR("title")).as.text);
	for (size_t i = 0; i < report->due.count; i++)
		add_event(context, &report->due.items[i], &counts, stamp);
	buf_add_c(out, "END:VCALENDAR\r\n");
}

/* A calendar without an event would be none: RFC 5545, 3.6. */
void
calendar_pages(struct pages *pages)
{
	const struct report *report = pages->options->report;
	if (!report)
		return;
	pages_add(pages, &(struct page){.path = str_from(calendar_path), .template = "calendar.html", .fill = fill_page, .subject = report,
	                                .title = pages_word(pages, "calendar.title"), .section = "calendar", .maker = STR("the calendar")});
	if (report->due.count)
		pages_add_default(pages, &(struct page){.path = str_from(ical_path), .fill = fill_ical, .subject = report, .title = STR(""),
		                                        .maker = STR("the calendar as iCalendar")});
}
