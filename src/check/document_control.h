/* What a document's own fields say of it (7.5): whether it is controlled, in force, and about a clause. Private to src/check/. */
#ifndef ISMARK_CHECK_DOCUMENT_CONTROL_H
#define ISMARK_CHECK_DOCUMENT_CONTROL_H

#include "model/site.h"

/* True for a policy, procedure … always; for a page, and for the file of one record, when it carries document control
 * or claims a clause or a control: prose without any of that is nobody's controlled document. False for registers. */
bool
document_is_controlled(const struct record *self);
/* True for a register: a file that holds the records of a kind. */
bool
document_is_register(const struct record *self);
bool
document_is_retired(const struct record *self);
bool
document_is_approved(const struct record *self);
/* True when it says something beside its headings and document control. */
bool
document_has_content(const struct record *self);
/* True when `clauses` names CLAUSE: with ITEM ('d' of 6.1.3 d) exactly that item; with ITEM 0 the clause without an item,
 * or with one that is not in OTHER_ITEMS (a string, may be empty). */
bool
document_names_clause(const struct record *self, const struct clause *clause, char item, const char *other_items);
/* True for the policy of 5.2: it names the clause or has the title of one; a policy of a narrower topic is none. */
bool
document_is_information_security_policy(const struct record *self);

#endif
