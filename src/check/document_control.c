#include "check/document_control.h"

#include "catalogue/clause_ref.h"

static bool
any_is_written(const struct record *self, const int *fields, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (record_written(self, fields[i]))
			return true;
	return false;
}

bool
document_is_register(const struct record *self)
{
	return self->document->form == DOCUMENT_REGISTER;
}

bool
document_is_controlled(const struct record *self)
{
	static const int control[] = {
		FIELD_document_version, FIELD_document_status, FIELD_document_approved_by, FIELD_document_approved_on,
		FIELD_document_review_every, FIELD_document_next_review, FIELD_document_controls, FIELD_document_clauses,
	};
	if (document_is_register(self))
		return false;
	if (self->kind->index != KIND_page && self->kind->index != KIND_register)
		return true;
	return any_is_written(self, control, sizeof control / sizeof *control);
}

bool
document_is_retired(const struct record *self)
{
	return record_choice(self, FIELD_document_status) == CHOICE_document_status_retired;
}

bool
document_is_approved(const struct record *self)
{
	return record_choice(self, FIELD_document_status) == CHOICE_document_status_approved;
}

/* Text beside the headings: all of the text is at least each heading and a blank. */
static bool
text_has_content(const struct markdown_facts *facts)
{
	size_t headings = 0;
	for (size_t i = 0; i < facts->headings.count; i++)
		headings += str_trim(facts->headings.items[i].text).size + 1;
	return str_trim(facts->text).size > headings || facts->tables.count > 0;
}

bool
document_has_content(const struct record *self)
{
	for (size_t i = FIELD_COUNT_document; i < self->kind->field_count; i++)
		if (record_value(self, (int)i))
			return true;
	if (self->document->form != DOCUMENT_PROSE)
		return self->document->records.count > 0;
	return self->document->facts && text_has_content(self->document->facts);
}

bool
document_names_clause(const struct record *self, const struct clause *clause, char item, const char *other_items)
{
	const struct value *clauses = record_value(self, FIELD_document_clauses);
	for (size_t i = 0; i < value_count(clauses); i++) {
		const struct value *value = value_item(clauses, i);
		if (value->reference.type != REFERENCE_CLAUSE || value->reference.clause != clause)
			continue;
		struct arena scratch;
		arena_init(&scratch);
		char named = clause_ref_parse(&scratch, value->text).item;
		arena_release(&scratch);
		if (item ? named == item : !named || !str_contains(str_from(other_items), (struct str){&named, 1}))
			return true;
	}
	return false;
}

/* Lower-case words that the title of the policy of 5.2 holds, by language. */
static const char *const policy_titles[] = {
	"information security policy", "information-security policy", "isms policy", "policy for information security",
	"informationssicherheitsleitlinie", "informationssicherheitspolitik", "leitlinie zur informationssicherheit",
	"política de segurança da informação", "política de seguridad de la información",
	"politique de sécurité de l'information", "politique de sécurité de l’information",
};

static bool
title_is_that_of_the_policy(struct str title)
{
	struct arena scratch;
	arena_init(&scratch);
	struct str lower = str_lower(&scratch, str_trim(title));
	bool found = false;
	for (size_t i = 0; i < sizeof policy_titles / sizeof *policy_titles && !found; i++)
		found = str_starts_with(lower, str_from(policy_titles[i])) || str_ends_with(lower, str_from(policy_titles[i]));
	arena_release(&scratch);
	return found;
}

bool
document_is_information_security_policy(const struct record *self)
{
	return document_names_clause(self, clause_find(STR("5.2")), 0, "")
	       || (self->kind->index == KIND_policy && title_is_that_of_the_policy(self->title));
}
