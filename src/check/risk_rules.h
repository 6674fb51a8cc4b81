/* What the files of the risk family share. Private to src/check/. */
#ifndef ISMARK_CHECK_RISK_RULES_H
#define ISMARK_CHECK_RISK_RULES_H

#include "check/wording.h"
#include "model/risk.h"

/* "12 (medium)" */
struct str
rating_text(const struct check *check, const struct risk_rating *rating);
bool
rating_has_score(const struct risk_rating *rating);
bool
scores_differ(const struct check *check, double a, double b);
/* Where the risk states how high RATING, one of its own, is: the score, else the likelihood or the impact. */
struct span
rating_span(const struct record *risk, const struct risk_rating *rating);
/* Whether the level before treatment asks for a treatment: above the appetite, or never assessed. */
bool
risk_needs_treatment(const struct check *check, const struct record *risk);
/* True when controls or actions that lower the risk are named, by it or by those that refer to it. */
bool
risk_has_treatment_controls(const struct record *risk);
bool
risk_has_actions(const struct record *risk);
/* The actions of the risk: those that it names, then those that say they are for it. */
record_vec
risk_actions(struct arena *arena, const struct record *risk);
/* True when somebody refers to RECORD by the field FIELD of KIND. */
bool
record_is_named_by(const struct record *record, int kind, int field);
/* True when both refer to one control, or to one record. */
bool
same_reference(const struct value *a, const struct value *b);

/* Rules: those about one risk, and those (NONE) that look at a whole register. */
void
risk_treatment_option(const struct check *check, const struct record *risk);
void
risk_modified_by_nothing(const struct check *check, const struct record *risk);
void
risk_lowered_by_nothing(const struct check *check, const struct record *risk);
void
risk_controls_in_soa(const struct check *check, const struct record *none);
void
risk_existing_not_implemented(const struct check *check, const struct record *risk);
void
risk_existing_and_planned(const struct check *check, const struct record *risk);
void
risk_named_twice(const struct check *check, const struct record *risk);
void
risk_control_titles(const struct check *check, const struct record *risk);
void
risk_shared_with_nobody(const struct check *check, const struct record *risk);
void
risk_no_residual(const struct check *check, const struct record *risk);
void
risk_target(const struct check *check, const struct record *risk);
void
risk_closed_with_open_actions(const struct check *check, const struct record *risk);
void
risk_plan_approval(const struct check *check, const struct record *risk);
void
risk_acceptance(const struct check *check, const struct record *risk);
void
risk_acceptance_end(const struct check *check, const struct record *risk);
void
risk_acceptance_outdated(const struct check *check, const struct record *risk);
void
risk_overdue(const struct check *check, const struct record *risk);
void
risk_due_missing(const struct check *check, const struct record *risk);
void
risk_immediate_plan(const struct check *check, const struct record *risk);
void
risk_review_overdue(const struct check *check, const struct record *risk);
void
risk_dates_contradict(const struct check *check, const struct record *risk);
void
risk_dates_missing(const struct check *check, const struct record *none);
void
risk_status_missing(const struct check *check, const struct record *none);

#endif
