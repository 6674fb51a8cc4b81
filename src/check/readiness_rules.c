/* The readiness table: three checklists and the requirements of clauses 4 to 10. */
#include "check/readiness_site.h"

#define BASIS(text, name) {true, text, readiness_##name, NULL}
#define ALSO(text, name) {false, text, readiness_##name, NULL}
#define BASIS_ITEM(text, item) {true, text, NULL, item}
#define ALSO_ITEM(text, item) {false, text, NULL, item}

#define DOCUMENT_CODES "DOC004 DOC006 DOC009 DOC010 DOC017 DOC019 DOC020"

static const struct readiness_rule rules[] = {
	/* ---- stage 1: is the system there on paper, and has it been looked at ---- */
	{READINESS_STAGE1, 1, "Scope of the ISMS documented and approved", "4.3", "CLS001", DOCUMENT_CODES, {
		BASIS_ITEM("an approved document states the scope", "isms-scope"),
	}},
	{READINESS_STAGE1, 2, "Information security policy published", "5.2", "CLS002 DOC015", DOCUMENT_CODES, {
		BASIS_ITEM("an approved information security policy is on record", "infosec-policy"),
	}},
	{READINESS_STAGE1, 3, "Risk assessment methodology defined", "6.1.2", "CLS003", DOCUMENT_CODES, {
		BASIS_ITEM("an approved document describes how risks are assessed", "risk-assessment-process"),
	}},
	{READINESS_STAGE1, 4, "Risk assessment completed, with a risk register", "8.2",
	 "CLS010 RSK001 RSK002 RSK003 RSK006 RSK009 RSK026 RSK028", "", {
		BASIS_ITEM("rated risks are on record, the last assessment is not too long ago", "risk-assessment-results"),
		ALSO("every live risk has a level, an owner and a day of assessment", risks_rated),
	}},
	{READINESS_STAGE1, 5, "Risk treatment plan developed", "6.1.3",
	 "CLS005 RSK010 RSK011 RSK012 RSK013 RSK015 RSK016 RSK017 RSK020 RSK021 RSK022 RSK031 RSK037 RSK038", "", {
		BASIS("risks beyond the appetite have a treatment with controls or actions", risks_treated),
		ALSO_ITEM("actions or days say what is done until when", "risk-treatment-plan"),
		ALSO("their owners have approved the plan", plans_approved),
	}},
	{READINESS_STAGE1, 6, "Statement of Applicability completed", "6.1.3",
	 "SOA001 SOA002 SOA003 SOA004 SOA005 SOA007 SOA008 SOA009 SOA010 SOA012 SOA014 SOA017 SOA024 SOA025 SOA026", "", {
		BASIS("every control of the catalogue has an entry", soa_complete),
		ALSO("every entry is decided, justified, and has a status when it applies", soa_decided),
		ALSO("the statement is approved", soa_approved),
	}},
	{READINESS_STAGE1, 7, "Objectives defined, with measurable targets", "6.2", "CLS006 OBJ001 OBJ002 OBJ004 OBJ005 OBJ007", "", {
		BASIS_ITEM("objectives are on record", "infosec-objectives"),
		ALSO("every objective has a metric, an owner and a day", objectives_measurable),
	}},
	{READINESS_STAGE1, 8, "Internal audit program established", "9.2.2", "CLS013 AUD008 AUD009 AUD013 AUD018", "", {
		BASIS_ITEM("an audit program is on record", "audit-programme-evidence"),
		ALSO("a program is in force", program_in_force),
		ALSO("the programs in force cover clauses 4 to 10 and every control that applies", program_complete),
	}},
	{READINESS_STAGE1, 9, "At least one full internal audit completed", "9.2.1",
	 "CLS014 AUD001 AUD002 AUD003 AUD004 AUD005 AUD006 AUD007 AUD011", "", {
		BASIS_ITEM("an internal audit is completed", "audit-results"),
		ALSO("the audits completed within the cycle cover clauses 4 to 10 and every control that applies", cycle_audited),
	}},
	{READINESS_STAGE1, 10, "Management review held, with minutes", "9.3.3", "CLS015 MRV001 MRV002 MRV003 MRV006 MRV007", "", {
		BASIS("a management review was held within the period", review_recent),
		ALSO("the last one considered all inputs of 9.3.2", review_inputs),
		ALSO("it has decisions or other results", review_decided),
	}},
	{READINESS_STAGE1, 11, "Document control in place", "7.5", "DOC004 DOC010 DOC018 ID001", "", {
		BASIS("every document in use carries owner, version, status, and its approval once it is approved", documents_controlled),
	}},

	/* ---- stage 2: does it work ---- */
	{READINESS_STAGE2, 1, "Controls implemented as the Statement of Applicability says", "8.1", "SOA012 SOA018 SOA020 SOA021 SOA030", "", {
		BASIS("every control that applies is implemented", controls_implemented),
	}},
	{READINESS_STAGE2, 2, "Evidence of three months of operation", "8.1",
	 "CLS009 EVD001 EVD002 EVD003 EVD005 EVD008 EVD010 EVD013", "", {
		BASIS("every implemented control that is to have evidence has some that is still valid", evidence_kept),
		ALSO("the first evidence is three months older than stage 2", operation_long_enough),
	}},
	{READINESS_STAGE2, 3, "Corrective actions of internal audits tracked and closed", "10.2", "",
	 "FND002 FND004 FND005 FND006 FND007 FND008 FND009 FND010 FND011 FND012 FND013 FND019", {
		BASIS("every nonconformity of an internal audit has an action", internal_findings_answered),
		ALSO("each of them is closed and verified", internal_findings_closed),
	}},
	{READINESS_STAGE2, 4, "Awareness training held and recorded", "7.3", "TRN001 TRN002 TRN003 TRN004 TRN005 TRN006", "", {
		BASIS("a training was held within the period", training_held),
		ALSO("enough of those who had to attended", training_attended),
	}},
	{READINESS_STAGE2, 5, "Incident management in operation, with records", "8.1", "INC002 INC004 INC006 INC007 INC008 INC012", "", {
		BASIS("a document other than a policy describes how incidents are handled", incidents_described),
		ALSO("incidents, or exercises of that document within the period, are on record", incidents_recorded),
	}},
	{READINESS_STAGE2, 6, "Suppliers assessed", "8.1", "SUP001 SUP002 SUP003 SUP007", "", {
		BASIS("every supplier was assessed", suppliers_assessed),
		ALSO("each assessment is recent, and each supplier has an agreement", suppliers_current),
	}},
	{READINESS_STAGE2, 7, "Continuity plan tested", "8.1", "", DOCUMENT_CODES, {
		BASIS("an approved document other than a policy describes continuity", continuity_planned),
		ALSO("it was exercised within the period, and not only with failure", continuity_exercised),
	}},
	{READINESS_STAGE2, 8, "All documented information available", "7.5.1", "CLS*", "", {
		BASIS("every item that clauses 4 to 10 ask for is there", all_information),
	}},
	{READINESS_STAGE2, 9, "People know the policy and their part", "7.3", "TRN011 TRN012", "", {
		BASIS("everybody on record has acknowledged the information security policy", policy_acknowledged),
	}},

	/* ---- surveillance: does it keep working ---- */
	{READINESS_SURVEILLANCE, 1, "Corrective actions of the certification audit closed", "10.2", "",
	 "FND002 FND004 FND005 FND006 FND007 FND008 FND009 FND010 FND011 FND012 FND013 FND019", {
		BASIS("every nonconformity of a certification audit is closed and verified", certification_findings_closed),
	}},
	{READINESS_SURVEILLANCE, 2, "Internal audits kept up", "9.2.2", "CLS013 AUD001 AUD010 AUD017 AUD018", "", {
		BASIS("an audit program is in force", program_in_force),
		ALSO("every audit whose day has passed was held", schedule_kept),
	}},
	{READINESS_SURVEILLANCE, 3, "Management reviews held as planned", "9.3.1", "CLS015 MRV001 MRV005", "", {
		BASIS("a management review was held within the period", review_recent),
	}},
	{READINESS_SURVEILLANCE, 4, "Risk register follows new threats and changes", "8.2", "CLS010 RSK019 RSK020 RSK025", "", {
		BASIS("every live risk was assessed or reviewed within the period", risks_current),
	}},
	{READINESS_SURVEILLANCE, 5, "Metrics show that the ISMS is effective", "9.1", "CLS012 MET001 MET002 MET003", "", {
		BASIS("every metric has a current value", metrics_current),
		ALSO("every metric with a target reaches it", metrics_reached),
	}},
	{READINESS_SURVEILLANCE, 6, "Changes of the scope documented", "6.3", "", "", {
		BASIS("every change of the scope was approved, and the scope looked at again after it", scope_changes_documented),
	}},

	/* ---- the requirements of clauses 4 to 10; errors whose clause it is hold a row back as well ---- */
	{READINESS_CLAUSES, 1, "Internal and external issues known", "4.1", "", "", {
		BASIS("internal and external issues are on record", issues_known),
		ALSO("an issue says whether climate change is relevant", climate_considered),
	}},
	{READINESS_CLAUSES, 2, "Interested parties and what they require", "4.2", "", "", {
		BASIS("every interested party has its requirements", parties_known),
	}},
	{READINESS_CLAUSES, 3, "Scope determined", "4.3", "", "", {BASIS_ITEM("an approved document states the scope", "isms-scope")}},
	{READINESS_CLAUSES, 4, "Processes of the ISMS established", "4.4", "", "", {
		BASIS_ITEM("approved documents describe them", "own-documented-information"),
		ALSO_ITEM("records show them running", "operation-evidence"),
	}},
	{READINESS_CLAUSES, 5, "Leadership and commitment", "5.1", "", "", {
		BASIS("it is on record who top management is", top_management_named),
		ALSO("top management took part in the last management review", top_management_reviews),
	}},
	{READINESS_CLAUSES, 6, "Policy", "5.2", "", "", {BASIS_ITEM("an approved information security policy is on record", "infosec-policy")}},
	{READINESS_CLAUSES, 7, "Roles and responsibilities assigned", "5.3", "", "", {
		BASIS("every role has a holder and responsibilities", roles_filled),
	}},
	{READINESS_CLAUSES, 8, "Risks and opportunities determined", "6.1.1", "", "", {
		BASIS("every live risk has a level, an owner and a day of assessment", risks_rated),
	}},
	{READINESS_CLAUSES, 9, "Risk assessment process", "6.1.2", "", "", {
		BASIS_ITEM("an approved document describes how risks are assessed", "risk-assessment-process"),
	}},
	{READINESS_CLAUSES, 10, "Risk treatment process, Statement of Applicability, plan", "6.1.3", "", "", {
		BASIS_ITEM("an approved document describes how risks are treated", "risk-treatment-process"),
		ALSO("every control of the catalogue has an entry in the Statement of Applicability", soa_complete),
		ALSO("every entry is decided, justified, and has a status when it applies", soa_decided),
		ALSO_ITEM("actions or days say what is done until when", "risk-treatment-plan"),
	}},
	{READINESS_CLAUSES, 11, "Objectives and plans to reach them", "6.2", "", "", {
		BASIS_ITEM("objectives are on record", "infosec-objectives"),
		ALSO("every objective has a metric, an owner and a day", objectives_measurable),
	}},
	{READINESS_CLAUSES, 12, "Changes planned", "6.3", "", "", {BASIS("every change has an owner and a day", changes_planned)}},
	{READINESS_CLAUSES, 13, "Resources provided", "7.1", "", "", {BASIS("every objective says what it takes", objectives_resourced)}},
	{READINESS_CLAUSES, 14, "Competence", "7.2", "TRN007 TRN008 TRN009", "", {
		BASIS_ITEM("evidence of competence is on record", "competence-evidence"),
	}},
	{READINESS_CLAUSES, 15, "Awareness", "7.3", "", "", {
		BASIS("a training was held within the period", training_held),
		ALSO("everybody on record has acknowledged the information security policy", policy_acknowledged),
	}},
	{READINESS_CLAUSES, 16, "Communication", "7.4", "", "", {
		BASIS("what is communicated is on record: on what, when, with whom, how", communications_planned),
	}},
	{READINESS_CLAUSES, 17, "Documented information determined", "7.5.1", "", "", {
		BASIS("every item that clauses 4 to 10 ask for is there", all_information),
		ALSO_ITEM("approved documents of the organisation's own are there", "own-documented-information"),
	}},
	{READINESS_CLAUSES, 18, "Documents identified and approved", "7.5.2", "", "", {
		BASIS("every document in use carries owner, version, status, and its approval once it is approved", documents_controlled),
	}},
	{READINESS_CLAUSES, 19, "Documents controlled", "7.5.3", "", "", {BASIS("every document in use is classified", documents_classified)}},
	{READINESS_CLAUSES, 20, "Operation planned and controlled", "8.1", "", "", {
		BASIS_ITEM("records show processes running as planned", "operation-evidence"),
		ALSO("every control that applies is implemented", controls_implemented),
	}},
	{READINESS_CLAUSES, 21, "Risks assessed", "8.2", "", "", {
		BASIS_ITEM("rated risks are on record, the last assessment is not too long ago", "risk-assessment-results"),
		ALSO("every live risk was assessed or reviewed within the period", risks_current),
	}},
	{READINESS_CLAUSES, 22, "Risks treated", "8.3", "", "", {
		BASIS_ITEM("risks say what their treatment came to", "risk-treatment-results"),
		ALSO("risks beyond the appetite have a treatment with controls or actions", risks_treated),
	}},
	{READINESS_CLAUSES, 23, "Monitoring, measurement, evaluation", "9.1", "", "", {
		BASIS_ITEM("measurements are on record", "monitoring-results"),
		ALSO("every metric has a current value", metrics_current),
	}},
	{READINESS_CLAUSES, 24, "Internal audits held", "9.2.1", "", "", {
		BASIS_ITEM("an internal audit is completed", "audit-results"),
		ALSO("the audits completed within the cycle cover clauses 4 to 10 and every control that applies", cycle_audited),
	}},
	{READINESS_CLAUSES, 25, "Internal audit program", "9.2.2", "", "", {
		BASIS_ITEM("an audit program is on record", "audit-programme-evidence"),
		ALSO("a program is in force", program_in_force),
	}},
	{READINESS_CLAUSES, 26, "Management reviews held", "9.3.1", "", "", {
		BASIS("a management review was held within the period", review_recent),
		ALSO("top management took part in it", top_management_reviews),
	}},
	{READINESS_CLAUSES, 27, "Management review inputs", "9.3.2", "", "", {
		BASIS("the last management review considered all inputs", review_inputs),
	}},
	{READINESS_CLAUSES, 28, "Management review results", "9.3.3", "", "", {
		BASIS("the last management review has decisions or other results", review_decided),
	}},
	{READINESS_CLAUSES, 29, "Continual improvement", "10.1", "", "", {
		BASIS("an action that improves or corrects something was carried out", improvement_shown),
	}},
	{READINESS_CLAUSES, 30, "Nonconformities dealt with", "10.2", "", "", {
		BASIS("every nonconformity is closed and verified, or has its action and time left", nonconformities_handled),
	}},
};

const struct readiness_rule *
readiness_rules(size_t *count)
{
	*count = sizeof rules / sizeof *rules;
	return rules;
}

/* "A", "A and B", "A, B and C" of the conditions, or of the basis alone. */
static void
add_conditions(struct buf *buf, const struct readiness_rule *rule, bool basis_only)
{
	size_t last = 0, written = 0;
	for (size_t i = 0; i < READINESS_CONDITIONS_MAX && rule->conditions[i].text; i++)
		if (!basis_only || rule->conditions[i].basis)
			last = i;
	for (size_t i = 0; i <= last; i++) {
		if (basis_only && !rule->conditions[i].basis)
			continue;
		buf_add_c(buf, written == 0 ? "" : i == last ? ", and " : ", ");
		buf_add_c(buf, rule->conditions[i].text);
		written++;
	}
}

static void
add_codes(struct buf *buf, const char *codes, const char *where)
{
	if (!*codes)
		return;
	buf_printf(buf, "%s", where);
	for (const char *c = codes; *c; c++)
		buf_printf(buf, *c == ' ' ? ", " : "%c", *c);
}

struct str
readiness_rule_sentence(const struct readiness_rule *rule, struct arena *arena)
{
	struct buf buf = {0};
	buf_add_c(&buf, "Met when ");
	add_conditions(&buf, rule, false);
	bool anywhere = *rule->codes, shown = *rule->codes_of_shown;
	if (anywhere || shown)
		buf_add_c(&buf, ", and no warning or error stands");
	add_codes(&buf, rule->codes, " of ");
	add_codes(&buf, rule->codes_of_shown, anywhere ? ", or, about the records shown, of " : ", about the records shown, of ");
	if (rule->stage == READINESS_CLAUSES)
		buf_printf(&buf, ", and no error stands whose clause is %s", rule->clause);
	buf_add_c(&buf, "; partly met when only some of that holds, but at least in part: ");
	add_conditions(&buf, rule, true);
	buf_add_c(&buf, ".");
	return buf_take(&buf, arena);
}
