/* The audit-readiness report as JSON, for machines that gate or draw: schema_version 1, keys stay as they are.
 *
 * { "schema_version": 1, "tool": {"name", "version"}, "commit": text|null, "date", "title", "organization",
 *   "catalogue": {"name", "standard"}, "gate", "verdict": "pass"|"fail",
 *   "counts": {"error", "warning", "note", "suppressed"}, "documents", "records",
 *   "checklists": [{"stage": "stage1"|"stage2"|"surveillance"|"clauses", "title", "percent": n|null, "formula",
 *      "items": [{"number", "title", "clause", "state", "explanation", "conditions": [{"text", "basis", "state"}],
 *         "shown": [ref], "held_back": [{"code", "severity", "path", "line", "subject", "message", "by": text|null}]}]}],
 *   "shares": {"stages": [share], "clauses": [share], "phases": [share], "themes": [share]},
 *   "risks": {"live", "above_appetite", "bands": [{"name", "from", "to", "accepted", "immediate"}],
 *      "heat_maps": [{"name", "title", "placed", "rows": [{"likelihood", "label", "cells": [{"impact", "score": n|null, "band", "accepted",
 *         "risks": [ref]}]}], "scored_only": [ref], "unrated": [ref]}],
 *      "top": [{"risk": ref, "inherent": rating|null, "current", "residual", "above_appetite", "treatment", "status", "owner": party}],
 *      "treatment_plan": [{"risk": ref, "priority", "treatment", "status", "due": day|null, "overdue", "owner": party,
 *         "controls": [text], "actions": [ref], "actions_done"}]},
 *   "certification": {"record": ref|null, "path": [{"name", "title", "on", "latest", "state", "record", "percent", "missing": [text]}]},
 *   "soa": {"legend": [the six states], "total", "counts": {state: n}, "themes": [{"id", "title", "total", "counts"}],
 *      "missing": {"entry": [control], "inclusion_justification": [control], "exclusion_justification": [control]},
 *      "not_implemented": [control], "controls": [{"id", "title", "theme", "state"}]},
 *   "overdue": {"count", "owners": [{"owner": party, "items": [due]}]},
 *   "due": [{"days": 30|60|90, "items": [due]}],
 *   "findings": [{"finding": ref, "category", "open", "raised_on", "closed_on", "age_days", "cause_by", "action_by", "overdue",
 *      "actions": [ref], "actions_done", "owner": party}],
 *   "actions": [{"action": ref, "type", "done", "since", "age_days", "due", "done_on", "overdue", "for": [ref], "owner": party}],
 *   "management_review": {"last": ref|null, "reviews": [{"review": ref, "held_on", "held", "inputs": {"a" … "g": bool},
 *      "outputs", "decisions", "actions", "actions_done"}]},
 *   "metrics": [{"metric": ref, "unit", "target", "direction", "value", "on", "computed", "standing", "next", "overdue"}],
 *   "evidence": {"controls_expecting", "controls": {freshness: n}, "without": [control], "counts": {freshness: n},
 *      "items": [{"evidence": ref, "collected_on", "until", "state", "relied_on"}]},
 *   "rules": [{"code", "title", "clause", "severity", "counts": {"error", "warning", "note", "suppressed"},
 *      "findings": [as in `check`, with "by" when suppressed]}] }
 *
 * ref: {"id", "kind", "title", "path", "line"}; control: {"id", "title"}; party: {"name", "id"}, either may be null;
 * due: {"date", "days", "type", "title", "what", "record": ref, "owner": party}; days are negative when overdue;
 * share: {"name", "title", "percent": n|null, "formula", "counts": {state: n}}; rating: {"likelihood", "impact", "score", "band"};
 * what is not known or not set is null. */
#ifndef ISMARK_EXPORT_REPORT_JSON_H
#define ISMARK_EXPORT_REPORT_JSON_H

#include <jansson.h>

#include "check/report.h"

/* The document, a new reference. */
json_t *
json_of_report(const struct report *report);

#endif
