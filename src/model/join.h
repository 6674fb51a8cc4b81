/* Joining: what the steps of site_join() share. Only for src/model/join*.c. */
#ifndef ISMARK_MODEL_JOIN_H
#define ISMARK_MODEL_JOIN_H

#include "catalogue/control_ref.h"
#include "model/site.h"

struct join {
	struct site *site;
	struct diag_list *diags;
	struct control_scope scope;
	struct map text_fields; /* "kind.field" -> first value, for one REF002 a field */
	struct map retired;     /* subject -> its REF005: one finding for all that refer to it */
	size_t compared;        /* names looked at for suggestions: beyond a limit there are none */
	struct map listed;      /* (list of a control, record) that is in it */
	struct map walked;      /* subject -> where the walk over `supersedes` began that passed it */
};

/* What `titles` holds for a title that several records have; never written to. */
struct record *
join_ambiguous_title(void);
/* How titles compare: lower case, NFC, trimmed. */
struct str
join_title_key(struct arena *arena, struct str title);
/* TARGET is named by FROM in FIELD (NULL: in its text) at SPAN. */
void
join_add_backlink(struct join *join, const struct record *target, const struct record *from, const struct field *field,
                  struct span span);
/* The state of a control of the primary catalogue, to be filled; NULL for another's. */
struct control_state *
join_state_of(struct join *join, const struct control *control);

/* Gives every reference of RECORD its target: REF001 to REF005, REF007 to REF009. */
void
join_references(struct join *join, struct record *record);
/* REF006 for the circle of `supersedes` that RECORD leads into. */
void
join_circles(struct join *join, struct record *record);
/* Puts RECORD into the lists of the controls that it names. */
void
join_controls(struct join *join, struct record *record);
/* The reasons for inclusion that follow from the links. */
void
join_reasons(struct control_state *state);

#endif
