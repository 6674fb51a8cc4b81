/* The risk method applied to one risk: what its levels and scores come to (ISO/IEC 27005:2022, 7.3 to 8.6).
 * A rating has a score when its `band` is not -1: also one that was only stated as a score, or derived from
 * the effectiveness of controls, though its `known` is then false. */
#ifndef ISMARK_MODEL_RISK_H
#define ISMARK_MODEL_RISK_H

#include "model/site.h"

/* Fills RISK->risk, which it allocates in the site's arena when it is NULL. */
void
risk_rate(const struct site *site, struct record *risk);
/* The level that decides about acceptance: the residual one, else the current, else the inherent one.
 * NULL when there is none, or when the residual one was written but cannot be used. */
const struct risk_rating *
risk_deciding(const struct record *risk);
/* The level before what is planned takes effect: by the effectiveness of the controls in place, else the
 * current one, else the inherent one. NULL when there is none. */
const struct risk_rating *
risk_before_treatment(const struct record *risk);
/* True when a score can be had from LIKELIHOOD and IMPACT, fields of RISK, or would be had if they were written well:
 * one of the two was written, in whatever state. */
bool
risk_states_levels(const struct record *risk, int likelihood, int impact);
/* The last day that the method gives a treatment plan: the assessment's day and the period of the band.
 * Not set for a risk within the appetite, one that is accepted or closed, or one without a day of assessment. */
struct date
risk_plan_limit(const struct site *site, const struct record *risk);

#endif
