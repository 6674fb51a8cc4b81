#!/usr/bin/python3
"""Breaks the sample ISMS in ways that a named rule must find, and at random. Prints TAP.

300 mutations by operators: each is a mistake that people make at one record. The finding must be new, of the code
that the operator names, and at the record that was changed: in its file, and about it, on its lines, or with them as
the other end.

3,000 random mutations of bytes and lines: no crash (exit code 0 or 1), no hang, and no silence where the mutation hit
  an id that something refers to, when it becomes another text,
  a key that is a field's name, when it becomes no name of a field,
  a reference in a field or a link of a text, when it becomes no id and no other spelling of the same control,
  a separator of cells in a register's table (a CSV's comma outside quotes, a bar of `entries: table`).
Silence: the same findings as without the mutation. What it hit is known from the text before it (sample.py).

run_mutations.py [SEED [COUNT [RANDOM]]]; a failure names the seed and number with which it can be repeated."""

import concurrent.futures
import csv
import itertools
import os
import random
import re
import shutil
import sys
import tempfile
import threading

import hostile
from sample import Sample

SEED, COUNT, RANDOM = 20260630, 300, 3000
SAMPLE = Sample(hostile.CONTENT)
OPERATORS = []


class Mutation:
    """PATH's new text, and what is expected: one of CODES about RECORD, or on one of LINES (from 0)."""

    def __init__(self, path, text, codes, subject=None, lines=()):
        self.path, self.text, self.codes, self.subject, self.lines = path, text, codes, subject, lines


def operator(*codes):
    """Adds a function (rng) -> Mutation without codes, or None when it fits nowhere."""
    def add(function):
        OPERATORS.append((function.__name__.replace("_", " "), codes, function))
        return function
    return add


# ---- how records are changed ----

def with_lines(record_or_file, first, end, new, codes=(), subject=None):
    """The file with the lines [FIRST, END) replaced."""
    file = getattr(record_or_file, "file", record_or_file)
    lines = file.lines[:first] + list(new) + file.lines[end:]
    return Mutation(file.path, "\n".join(lines), codes, subject, range(first, first + max(len(new), 1)))


def about(record, mutation):
    """The mutation, expected anywhere in RECORD too."""
    shift = mutation.text.count("\n") - record.file.text.count("\n")
    mutation.subject = record.subject
    mutation.lines = set(mutation.lines) | set(range(record.start, record.end + shift))
    return mutation


def drop(record, *names):
    """RECORD without its fields NAMES."""
    gone = {number for name in names if name in record.fields for number in range(*record.extent(name))}
    lines = [line for number, line in enumerate(record.file.lines) if number not in gone]
    return about(record, Mutation(record.file.path, "\n".join(lines), ()))


def put(record, **values):
    """RECORD with other values of its fields, each on one line; new ones come behind its start."""
    lines = list(record.file.lines)
    for name, value in values.items():
        if name in record.fields:
            first, end = record.extent(name)
            lines[first:end] = [lines[first].split(":")[0] + f": {value}"] + [None] * (end - first - 1)
    indent = "" if record.single else " " * (record.indent + 2)
    lines[record.start + 1:record.start + 1] = [f"{indent}{name}: {value}" for name, value in values.items()
                                                if name not in record.fields]
    return about(record, Mutation(record.file.path, "\n".join(line for line in lines if line is not None), ()))


def pick(rng, records, *names, where=None):
    """One of RECORDS that has the fields NAMES and for which WHERE holds, or None."""
    fitting = [r for r in records if all(name in r.fields for name in names) and (not where or where(r))]
    return rng.choice(fitting) if fitting else None


def number(record, name):
    try:
        return float(record.value(name))
    except (TypeError, ValueError):
        return None


def pick_field(rng, names, where=None, kinds=None):
    """A record and the name of one of its fields among NAMES."""
    fitting = [(record, name) for record in SAMPLE.records for name in record.fields
               if name in names and (kinds is None or record.kind in kinds) and (not where or where(record.value(name)))]
    return rng.choice(fitting) if fitting else None


def at_line(record, name, new_line):
    """The one line of a field replaced; the finding must stand on it."""
    return with_lines(record, record.fields[name], record.fields[name] + 1, [new_line])


def field_line(record, name):
    return record.file.lines[record.fields[name]]


def documents():
    return [record for record in SAMPLE.records if record.single and "status" in record.fields and "version" in record.fields]


def dropping(codes, kinds, *names, where=None):
    """An operator that takes the fields NAMES from a record of KINDS."""
    def apply(rng):
        record = pick(rng, SAMPLE.of(*kinds), names[0], where=where)
        return record and drop(record, *names)
    OPERATORS.append((f"{' '.join(kinds)} without {' and '.join(names)}", codes, apply))


def setting(codes, kinds, where=None, **values):
    """An operator that gives fields of a record of KINDS other values."""
    def apply(rng):
        record = pick(rng, SAMPLE.of(*kinds), *(name for name in values if name not in ("root_cause_on",)), where=where)
        return record and put(record, **values)
    OPERATORS.append((f"{' '.join(kinds)}: {', '.join(f'{name} becomes {value}' for name, value in values.items())}", codes, apply))


# ---- the Statement of Applicability ----

def applies(record):
    return record.value("applicable") == "true"


def excluded(record):
    return record.value("applicable") == "false"


dropping(["SOA003"], ["soa"], "justification", where=applies)
dropping(["SOA004"], ["soa"], "exclusion_justification", where=excluded)
dropping(["SOA012", "SOA013"], ["soa"], "status", where=applies)
setting(["SOA010"], ["soa"], where=applies, status="not-applicable")
setting(["SOA005"], ["soa"], where=applies, justification="Required by ISO/IEC 27001")


@operator("SOA001")
def entry_of_the_soa_removed(rng):
    record = pick(rng, SAMPLE.of("soa"), "applicable")
    mutation = with_lines(record, record.start, record.end, [])
    entries = next(n for n, line in enumerate(record.file.lines) if line.startswith("entries:"))
    mutation.lines = [entries]
    mutation.subject = record.subject
    return mutation


@operator("SOA007")
def entry_of_the_soa_under_another_id(rng):
    first, second = rng.sample(SAMPLE.of("soa"), 2)
    first, second = sorted((first, second), key=lambda record: record.start)
    line = second.file.lines[second.start].replace(second.id, first.id)
    mutation = with_lines(second, second.start, second.start + 1, [line])
    mutation.codes = ("SOA007", "FM003", "SOA001")
    return mutation


@operator("SOA017")
def control_excluded_that_a_risk_uses(rng):
    record = pick(rng, SAMPLE.of("soa"), "risks", where=applies)
    return put(record, applicable="false", status="not-applicable")


@operator("SOA023")
def title_of_another_control(rng):
    one, other = rng.sample([r for r in SAMPLE.of("soa") if "control" in r.fields], 2)
    return put(one, control=other.value("control"))


@operator("SOA022", "SOA023")
def title_shortened(rng):
    record = pick(rng, SAMPLE.of("soa"), "control", where=lambda r: len(r.value("control").split()) > 2)
    return put(record, control=" ".join(record.value("control").split()[:-1]))


@operator("SOA014")
def reason_that_no_risk_gives(rng):
    named = set(re.findall(r"A\.\d\.\d+", "".join(f.text for p, f in SAMPLE.files.items() if "risk" in p)))
    record = pick(rng, SAMPLE.of("soa"), "reasons", where=lambda r: applies(r) and r.id[:2] == "A." and r.id not in named and "risks" not in r.fields
                  and r.value("reasons").startswith("["))
    return put(record, reasons=record.value("reasons").replace("[", "[risk, "))


# ---- risks ----

RISK = SAMPLE.of("risk")
setting(["RSK001"], ["risk"], likelihood=7)
setting(["RSK001"], ["risk"], impact=0)
setting(["RSK007"], ["risk"], where=lambda r: number(r, "inherent_risk") < 25, residual_likelihood=5, residual_impact=5, residual_risk=25)
setting(["RSK017", "RSK016", "REF003", "RSK015"], ["risk"], where=lambda r: number(r, "residual_risk") and number(r, "residual_risk") > 4,
        accepted_by="ROLE-SUPPORT")
setting(["RSK019"], ["risk"], where=lambda r: r.value("status") == "accepted", accepted_until="2026-06-01")
setting(["RSK022"], ["risk"], plan_approved_by="ROLE-FINANCE", where=lambda r: r.value("owner") != "ROLE-FINANCE" and r.value("treatment") != "retain")
dropping(["RSK021"], ["risk"], "plan_approved_by", where=lambda r: r.value("treatment") != "retain")
dropping(["RSK015", "RSK016"], ["risk"], "accepted_by", "accepted_on", "accepted_until",
         where=lambda r: number(r, "residual_risk") and number(r, "residual_risk") > 4)
dropping(["RSK009"], ["risk"], "owner", where=lambda r: r.value("status") != "closed")
dropping(["RSK010", "RSK008"], ["risk"], "treatment")
setting(["RSK011"], ["risk"], where=lambda r: r.value("treatment") == "retain" and "controls" not in r.fields, treatment="modify")
dropping(["RSK023"], ["risk"], "shared_with")
dropping(["RSK002"], ["risk"], "likelihood", "impact", "inherent_risk")


@operator("RSK003")
def stated_score_wrong(rng):
    record = pick(rng, RISK, "inherent_risk")
    return put(record, inherent_risk=int(number(record, "inherent_risk")) + rng.choice((1, 2, -1)))


@operator("RSK004")
def stated_residual_score_wrong(rng):
    record = pick(rng, RISK, "residual_risk")
    return put(record, residual_risk=int(number(record, "residual_risk")) + 1)


@operator("RSK024", "RSK037")
def treatment_overdue(rng):
    record = pick(rng, RISK, "due")
    return put(record, due="2026-06-28")


# ---- documents ----

@operator("DOC001", "FM010")
def document_without_owner(rng):
    return drop(pick(rng, documents(), "owner"), "owner")


@operator("DOC002")
def document_without_version(rng):
    return drop(pick(rng, [r for r in documents() if r.kind in ("policy", "standard", "procedure", "plan")], "version"), "version")


@operator("DOC003")
def document_without_status(rng):
    return drop(pick(rng, [r for r in documents() if r.kind in ("policy", "standard", "procedure")], "status"), "status")


@operator("DOC004")
def approval_without_approver(rng):
    return drop(pick(rng, documents(), "approved_by"), "approved_by")


@operator("DOC004")
def approval_without_day(rng):
    return drop(pick(rng, documents(), "approved_on"), "approved_on")


@operator("DOC010")
def approved_in_the_future(rng):
    return put(pick(rng, documents(), "approved_on"), approved_on="2026-07-15")


@operator("DOC006")
def review_overdue(rng):
    return put(pick(rng, documents(), "approved_on", "review_every", where=lambda r: "reviewed_on" not in r.fields and
                    "next_review" not in r.fields), approved_on="2024-06-01")


@operator("DOC011")
def document_without_classification(rng):
    return drop(pick(rng, documents(), "classification"), "classification")


@operator("REF005", "LNK012", "CLS002", "DOC018")
def document_retired_that_others_rely_on(rng):
    record = pick(rng, [r for r in documents() if r.kind in ("policy", "standard", "procedure")], "status")
    return put(record, status="retired")


# ---- records ----

dropping(["OBJ001"], ["objective"], "metric")
dropping(["OBJ002"], ["objective"], "what")
dropping(["OBJ004"], ["objective"], "owner")
dropping(["OBJ005"], ["objective"], "due")
dropping(["MET007"], ["metric"], "method", where=lambda r: "computed" not in r.fields)
dropping(["MET008"], ["metric"], "measured_by", where=lambda r: "computed" not in r.fields)
dropping(["MET001"], ["metric"], "measurements", where=lambda r: "computed" not in r.fields)
dropping(["AUD002"], ["audit"], "auditor")
dropping(["AUD006"], ["audit"], "reported_to")
dropping(["INC008"], ["incident"], "lessons_learned")
dropping(["INC010"], ["incident"], "reporter")
dropping(["TRN009"], ["competence"], "basis", "evidence")
dropping(["ACC007"], ["access-review"], "reviewer")
dropping(["FND002", "FND003"], ["finding"], "root_cause", "root_cause_on",
         where=lambda r: r.value("category") in ("major", "minor") and r.value("status") == "closed")
dropping(["FND007"], ["finding"], "correction", where=lambda r: r.value("category") in ("major", "minor"))
dropping(["FND008"], ["finding"], "similar", where=lambda r: r.value("category") in ("major", "minor"))
dropping(["EXC002"], ["exception"], "approved_by")
setting(["EXC001"], ["exception"], expires="2026-05-31")
setting(["ACT007"], ["action"], where=lambda r: r.value("verified_by") and r.value("type") == "corrective", verified_by="OWNER")


def is_the_only_evidence(record):
    others = " ".join(r.value("controls") or "" for r in SAMPLE.of("evidence") if r is not record)
    return any(not re.search(re.escape(name) + r"\b", others) for name in re.findall(r"A\.\d\.\d+", record.value("controls")))


setting(["EVD003"], ["evidence"], where=is_the_only_evidence, collected_on="2021-01-10")
setting(["EVD005"], ["evidence"], collected_on="2026-07-02")
setting(["ACC004", "ACC005", "ACC008"], ["access-review"], expired=3, revoked=0, where=lambda r: number(r, "accounts") >= 3)
setting(["TRN001"], ["training"], where=lambda r: number(r, "required") >= 8, attended=2)
setting(["TRN004"], ["training"], attended=900)
setting(["INC006"], ["incident"], resolved_at="2025-01-01T10:00:00Z")


@operator("ACT001")
def action_overdue(rng):
    record = pick(rng, SAMPLE.of("action"), "due", where=lambda r: "done_on" not in r.fields)
    return put(record, due="2026-06-12")


@operator("INC001")
def response_late(rng):
    record = pick(rng, SAMPLE.of("incident"), "responded_at")
    return put(record, responded_at=record.value("reported_at").replace("T0", "T2").replace("T1", "T2")[:0] +
               re.sub(r"-(\d\d)T", lambda m: f"-{int(m.group(1)) + 4:02}T", record.value("reported_at")))


@operator("MRV002")
def input_of_a_review_dropped(rng):
    record = pick(rng, SAMPLE.of("review"), "inputs")
    first, end = record.extent("inputs")
    letters = [n for n in range(first + 1, end) if re.match(r"  [a-e]: ", record.file.lines[n])]
    gone = rng.choice(letters)
    behind = next(n for n in range(gone + 1, end + 1) if n == end or not record.file.lines[n].startswith("    "))
    return about(record, with_lines(record, gone, behind, []))


@operator("FND012")
def verifier_is_the_one_who_did_it(rng):
    record = pick(rng, SAMPLE.of("finding"), "verified_by", "owner", where=lambda r: r.value("category") in ("major", "minor"))
    return put(record, verified_by=record.value("owner"))


@operator("FND010")
def closed_without_day(rng):
    return drop(pick(rng, SAMPLE.of("finding"), "closed_on", where=lambda r: r.value("status") == "closed"), "closed_on")


@operator("EVD010")
def attachment_with_another_hash(rng):
    record = pick(rng, SAMPLE.of("evidence"), "sha256")
    value = list(record.value("sha256"))
    at = rng.randrange(64)
    value[at] = "0" if value[at] != "0" else "1"
    return put(record, sha256="".join(value))


@operator("EVD011")
def hash_too_short(rng):
    record = pick(rng, SAMPLE.of("evidence"), "sha256")
    return put(record, sha256=record.value("sha256")[:40])


@operator("EVD008")
def attachment_missing(rng):
    record = pick(rng, SAMPLE.of("evidence"), "file")
    return put(record, file=record.value("file") + ".gone")


@operator("MET006")
def measured_in_the_future(rng):
    record = pick(rng, SAMPLE.of("metric"), "measurements")
    last = record.extent("measurements")[1] - 1
    line = re.sub(r"on: \d{4}", "on: 2027", record.file.lines[last])
    return about(record, with_lines(record, last, last + 1, [line]))


# ---- what holds for every kind ----

REFERENCES = {"owner", "approved_by", "plan_approved_by", "accepted_by", "verified_by", "audit", "system", "plan",
              "measured_by", "collected_by", "person", "role", "reporter", "program", "auditor", "reviewer"}


@operator("REF001")
def reference_to_nothing(rng):
    record, name = pick_field(rng, REFERENCES)
    return at_line(record, name, f"{field_line(record, name).split(':')[0]}: {rng.choice(['ROLE-NOBODY', 'PER-99', 'X-1'])}")


@operator("REF003")
def reference_to_another_kind(rng):
    record, name = pick_field(rng, {"owner", "approved_by", "verified_by", "measured_by"})
    return at_line(record, name, f"{field_line(record, name).split(':')[0]}: AST-01")


@operator("REF004")
def reference_to_itself(rng):
    record = pick(rng, SAMPLE.of("policy", "standard", "procedure"), "id")
    return put(record, related=record.id)


@operator("REF007")
def control_of_2013(rng):
    record, name = pick_field(rng, {"controls"}, where=lambda value: re.search(r"A\.\d\.\d+\b", value) and "–" not in value)
    line = field_line(record, name)
    found = rng.choice(list(re.finditer(r"A\.\d\.\d+", line)))
    return at_line(record, name, line[:found.start()] + "A.9.2.3" + line[found.end():])


@operator("REF007")
def control_that_does_not_exist(rng):
    record, name = pick_field(rng, {"controls"}, where=lambda value: re.search(r"A\.\d\.\d+\b", value) and "–" not in value)
    line = field_line(record, name)
    found = rng.choice(list(re.finditer(r"A\.\d\.\d+", line)))
    return at_line(record, name, line[:found.start()] + rng.choice(["A.5.77", "A.8.0", "A.4.1"]) + line[found.end():])


@operator("REF008")
def clause_that_does_not_exist(rng):
    record, name = pick_field(rng, {"clauses"}, where=lambda value: value.startswith("["))
    return at_line(record, name, f"{field_line(record, name).split(':')[0]}: [6.9]")


@operator("FM001")
def colon_in_an_unquoted_value(rng):
    record, name = pick_field(rng, {"title"}, where=lambda value: value and value[0] not in "\"'")
    return at_line(record, name, field_line(record, name) + ": and more")


@operator("FM001")
def quote_not_closed(rng):
    record, name = pick_field(rng, {"title"}, where=lambda value: value and value[0] not in "\"'")
    mutation = at_line(record, name, field_line(record, name).replace(": ", ': "', 1))
    return mutation


@operator("FM001")
def tab_that_indents(rng):
    record, name = pick_field(rng, {"owner", "status", "title", "treatment"}, kinds={"risk", "action", "asset", "finding"})
    line = field_line(record, name)
    mutation = at_line(record, name, "\t" + line.lstrip())
    mutation.lines = range(mutation.lines[0] - 1, mutation.lines[0] + 2)
    return mutation


@operator("FM001")
def bracket_not_closed(rng):
    record, name = pick_field(rng, {"controls", "assets", "documents", "evidence", "clauses"}, where=lambda value: value.endswith("]"))
    mutation = at_line(record, name, field_line(record, name).rstrip("]"))
    mutation.lines = range(mutation.lines[0], mutation.lines[0] + 2)
    return mutation


@operator("FM002")
def front_matter_not_closed(rng):
    file = rng.choice([f for f in SAMPLE.files.values() if f.path.endswith(".md") and f.front])
    lines = file.lines[:file.front.stop] + [line for line in file.lines[file.front.stop + 1:] if line != "---"]
    return Mutation(file.path, "\n".join(lines), (), None, [0])


@operator("FM003")
def field_twice(rng):
    record, name = pick_field(rng, {"owner", "status", "title", "due", "type", "version"})
    line = field_line(record, name)
    if "- " in line[:record.indent + 2] or "{" in line:
        line = " " * (record.indent + 2) + line.lstrip(" -")
    return with_lines(record, record.fields[name] + 1, record.fields[name] + 1, [line])


@operator("FM004")
def anchor_at_a_value(rng):
    record, name = pick_field(rng, {"owner", "approved_by"})
    return at_line(record, name, field_line(record, name).replace(": ", ": &me ", 1))


@operator("FM004")
def alias_for_a_value(rng):
    record, name = pick_field(rng, {"owner", "approved_by"})
    return at_line(record, name, field_line(record, name).split(":")[0] + ": *me")


@operator("FM007")
def bytes_of_another_encoding(rng):
    record, name = pick_field(rng, {"title"}, where=lambda value: value)
    return at_line(record, name, field_line(record, name) + " M\udcfcller")


CHOICES = {"status", "treatment", "type", "severity", "category", "source", "direction", "classification", "result"}


@operator("FM008")
def choice_mistyped(rng):
    record, name = pick_field(rng, CHOICES, where=lambda value: len(value) > 4 and value.isascii(),
                              kinds={"risk", "soa", "action", "finding", "incident", "policy", "standard", "procedure", "requirement",
                                     "audit", "objective", "metric", "exercise", "asset"})
    if (record.kind, name) in (("risk", "category"), ("asset", "type"), ("requirement", "source")):
        return None
    value = record.value(name)
    return at_line(record, name, field_line(record, name).replace(value, value[:2] + value[3:] + "q"))


@operator("FM008")
def day_in_another_form(rng):
    record, name = pick_field(rng, {"approved_on", "assessed_on", "due", "raised_on", "reviewed_on", "held_on", "collected_on"})
    year, month, day = record.value(name).split("-")
    return at_line(record, name, f"{field_line(record, name).split(':')[0]}: {rng.choice([f'{day}.{month}.{year}', f'{day}/{month}/{year}', 'soon'])}")


@operator("FM009")
def impossible_day(rng):
    record, name = pick_field(rng, {"approved_on", "assessed_on", "due", "raised_on", "reviewed_on", "held_on", "collected_on"})
    return at_line(record, name, f"{field_line(record, name).split(':')[0]}: 2026-02-30")


@operator("FM010", "FM014", "SOA008")
def entry_without_id(rng):
    record = pick(rng, [r for r in SAMPLE.records if not r.single and r.file.lines[r.start].strip() == f"- id: {r.id}"], "title")
    line = record.file.lines[record.start].replace(f"id: {record.id}", "description: none")
    return about(record, with_lines(record, record.start, record.start + 1, [line]))


PLACEHOLDERS = ["TBD", "\"[text]\"", "TODO", "[Name]", "…", "\"{{ text }}\"", "n/a"]


@operator("FM011")
def placeholder_in_a_required_field(rng):
    kind, name = rng.choice((("exception", "reason"), ("training", "topic"), ("evidence", "collected_on"), ("review", "held_on")))
    return put(pick(rng, SAMPLE.of(kind), name), **{name: rng.choice(PLACEHOLDERS)})


@operator("SOA003")
def placeholder_as_justification(rng):
    return put(pick(rng, SAMPLE.of("soa"), "justification", where=applies), justification=rng.choice(PLACEHOLDERS))


@operator("FM012")
def key_mistyped(rng):
    record, name = pick_field(rng, {"owner", "approved_on", "treatment", "likelihood", "justification", "controls", "version",
                                    "review_every", "classification", "due", "frequency", "measurements", "lessons_learned"})
    new = name[:2] + name[3:] if len(name) > 4 else name + "r"
    return at_line(record, name, field_line(record, name).replace(name, new, 1))


@operator("FM013")
def kind_mistyped(rng):
    record = pick(rng, [r for r in SAMPLE.records if r.single and r.fields.get("kind") is not None], "kind")
    return at_line(record, "kind", f"kind: {record.value('kind')[:-1]}x")


@operator("ID001", "FM003")
def id_twice(rng):
    files = [f for f in SAMPLE.files.values() if len(f.records) > 2 and f.kind not in ("soa",)]
    file = rng.choice(files)
    first, second = sorted(rng.sample(file.records, 2), key=lambda record: record.start)
    line = file.lines[second.start].replace(second.id, first.id, 1)
    return with_lines(second, second.start, second.start + 1, [line])


# ---- links, tables, CSV ----

def link_operator(pattern, make):
    def apply(rng):
        places = [(file, n, match) for file in SAMPLE.files.values() if file.path.endswith(".md")
                  for n in range(file.front.stop, len(file.lines)) for match in re.finditer(pattern, file.lines[n])
                  if not file.lines[n].startswith("    ") and "`" not in file.lines[n]]
        file, n, match = rng.choice(places)
        line = file.lines[n]
        return with_lines(file, n, n + 1, [line[:match.start()] + make(match) + line[match.end():]])
    return apply


OPERATORS.append(("link to a page that is gone", ["LNK001", "LNK004"], link_operator(
    r"\]\(([\w./-]+\.(?:md|yaml|csv))\)", lambda m: f"]({m.group(1)[:-3]}-gone.md)")))
OPERATORS.append(("link to a heading that is gone", ["LNK002"], link_operator(
    r"\]\(([\w./-]+\.md)\)", lambda m: f"]({m.group(1)}#no-such-heading)")))
OPERATORS.append(("link out of the content", ["LNK005"], link_operator(
    r"\]\(([\w./-]+\.md)\)", lambda m: f"](../../../../{m.group(1)})")))
OPERATORS.append(("link that runs a script", ["LNK007"], link_operator(
    r"\]\(([\w./-]+\.md)\)", lambda m: "](javascript:alert)")))
OPERATORS.append(("reference to nothing in the text", ["LNK008"], link_operator(r"\[\[([\w.-]+)\]\]", lambda m: f"[[{m.group(1)}9X]]")))


def table_file():
    return next(f for f in SAMPLE.files.values() if f.path.endswith(".md") and "\nentries: table" in f.text)


@operator("FM014")
def table_without_its_rule(rng):
    file = table_file()
    n = next(n for n, line in enumerate(file.lines) if re.match(r"\|[-| :]+\|$", line))
    mutation = with_lines(file, n, n + 1, [rng.choice(["", "| - |", "text"])])
    mutation.lines = range(0, len(file.lines))
    return mutation


@operator("FM014")
def table_without_its_key(rng):
    file = table_file()
    n = next(n for n, line in enumerate(file.lines) if line.startswith("| ID "))
    mutation = with_lines(file, n, n + 1, [file.lines[n].replace("| ID ", rng.choice(["| Key number ", "| ", "| Idd "]))])
    mutation.lines = range(0, len(file.lines))
    return mutation


def csv_rows(rng):
    file = SAMPLE.files["registers/suppliers.csv"]
    n = rng.randrange(1, len([line for line in file.lines if line]))
    return file, n


@operator("FM006")
def csv_row_too_long(rng):
    file, n = csv_rows(rng)
    return with_lines(file, n, n + 1, [file.lines[n] + ",more"])


@operator("FM001", "FM006")
def csv_quote_not_closed(rng):
    file, n = csv_rows(rng)
    mutation = with_lines(file, n, n + 1, [file.lines[n].replace(",", ',"', 1)])
    mutation.lines = range(n, len(file.lines))
    return mutation


@operator("REF001")
def csv_reference_to_nothing(rng):
    file, n = csv_rows(rng)
    return with_lines(file, n, n + 1, [re.sub(r"ROLE-[A-Z]+", "ROLE-NOBODY", file.lines[n])])


@operator("FM012")
def csv_column_mistyped(rng):
    file = SAMPLE.files["registers/suppliers.csv"]
    return with_lines(file, 0, 1, [file.lines[0].replace("criticality", "criticallity")])


@operator("SUP003")
def csv_supplier_without_agreement(rng):
    file, n = csv_rows(rng)
    return with_lines(file, n, n + 1, [re.sub(r'"[^"]*(terms|ontract)[^"]*"', '""', file.lines[n])])


@operator("FM019")
def configuration_key_mistyped(rng):
    file = SAMPLE.files["site.yaml"]
    key = rng.choice(["organization", "language", "catalogue", "periods", "classification"])
    n = next(n for n, line in enumerate(file.lines) if line.startswith(key + ":"))
    return with_lines(file, n, n + 1, [file.lines[n].replace(key, key[1:], 1)])


# ---- running ----

class Bench:
    """A copy of the sample for each thread; a mutation is laid over it and taken back."""

    def __init__(self, folder):
        self.folder, self.local, self.numbers = folder, threading.local(), itertools.count()

    def content(self):
        if not hasattr(self.local, "content"):
            self.local.content = os.path.join(self.folder, f"copy{next(self.numbers)}")
            shutil.copytree(hostile.CONTENT, self.local.content)
        return self.local.content

    def run(self, path, data):
        target = os.path.join(self.content(), path)
        with open(target, "wb") as file:
            file.write(data)
        result = hostile.check(self.content())
        shutil.copyfile(os.path.join(hostile.CONTENT, path), target)
        return result


def encoded(text):
    return text.encode("utf-8", "surrogateescape")


def key_of(finding):
    return finding["code"], finding["path"], finding["subject"], finding["message"]


def names_place(finding, mutation):
    places = [finding] + finding["related"]
    on_line = any(place["path"] == mutation.path and place["line"] - 1 in mutation.lines for place in places)
    return on_line or (mutation.subject and finding["subject"] == mutation.subject)


def prepare(mutation):
    """The verifier of a few operators is whoever owns the record."""
    if mutation and "verified_by: OWNER" in mutation.text:
        lines = mutation.text.split("\n")
        at = next(n for n, line in enumerate(lines) if "verified_by: OWNER" in line)
        owner = next(line.split(": ")[1] for line in reversed(lines[:at]) if line.strip().startswith("owner: "))
        mutation.text = "\n".join(lines).replace("verified_by: OWNER", f"verified_by: {owner}")
    return mutation


def judge(bench, base, mutation, codes):
    """What is wrong with the findings of MUTATION, or None."""
    codes = mutation.codes or codes
    result = bench.run(mutation.path, encoded(mutation.text))
    if result.fault():
        return result.fault()
    findings = [finding for finding in hostile.findings_of(result) if key_of(finding) not in base]
    if any(finding["code"] in codes and names_place(finding, mutation) for finding in findings):
        return None
    found = ", ".join(sorted({f"{finding['code']} {finding['path']}:{finding['line']} {finding['subject']}" for finding in findings})[:6])
    return f"{mutation.path}:{min(mutation.lines, default=-1) + 1} {mutation.subject or ''}: expected {' or '.join(codes)}, found {found or 'nothing new'}"


def operators(tap, pool, bench, base, seed, count):
    jobs = {}
    for index in range(count):
        name, codes, function = OPERATORS[index % len(OPERATORS)]
        mutation = prepare(function(random.Random(f"{seed}/{index}")))
        job = pool.submit(judge, bench, base, mutation, codes) if mutation else None
        jobs.setdefault((index % len(OPERATORS), name), []).append((index, job))
    for (_, name), group in jobs.items():
        faults = []
        for index, job in group:
            fault = job.result() if job else None
            if fault:
                faults.append(f"seed {seed}, mutation {index}: {fault}")
        applied = sum(job is not None for _, job in group)
        tap.test(f"{name}: found {applied} times", faults or ([] if applied else ["fits nowhere"]))


# ---- at random ----

FIELD_NAMES = set()
KEY = re.compile(r"(?:^ *(?:- )?|[{,] ?)([a-z][a-z0-9_]*):(?= |$)")
FREE_MAPS = re.compile(r"^ *(permissions|included|excluded|columns|bands|respond_hours|escalate_hours|value|affects):")
REFERENCE_FIELDS = REFERENCES | {"authors", "controls", "assets", "documents", "evidence", "risks", "requirements", "actions", "related",
                                 "custodian", "holder", "escalated_to", "reported_to", "attendees", "analysed_by", "metric", "for", "control"}
TOKEN = re.compile(r"[A-Z][A-Z0-9]*[-.][A-Z0-9]+(?:[-.][A-Za-z0-9]+)*")


def is_same_control(old, new):
    """`A 5.1`, `a-5-1`, `A.05.1` and bare `5.1` are A.5.1 where a field holds controls."""
    old_plain, new_plain = (re.sub(r"[^a-z0-9]", "", re.sub(r"(?<!\d)0+(?=\d)", "", text.lower())) for text in (old, new))
    return old.startswith("A.") and new_plain in (old_plain, old_plain[1:])


def line_spans(file, n):
    """What stands where in line N: (first, end, what), columns from 0; what is 'key', 'id', 'reference', 'cell'."""
    line, spans = file.lines[n], []
    if file.path == "site.yaml" or file.path.endswith(".csv.yaml") or "evidence/" in file.path:
        return spans
    if file.path.endswith(".csv"):
        if n == 0 or not line:
            return spans
        quoted = False
        for i, c in enumerate(line):
            quoted ^= c == '"'
            if c == "," and not quoted:
                spans.append((i, i + 1, "cell"))
        spans.append((0, line.index(","), "id"))
        return spans
    if n in file.front:
        return yaml_spans(file, n)
    if file is table_file() and line.startswith("| ") and not line.startswith("| ID"):
        spans += [(m.start(), m.start() + 1, "cell") for m in re.finditer(r"\|", line)]
        spans.append((2, line.index(" ", 2), "id"))
    if "`" in line or line.startswith("    "):
        return spans
    spans += [(m.start(1), m.end(1), "wiki") for m in re.finditer(r"\[\[([\w.-]+)\]\]", line)]
    spans += [(m.start(1), m.end(1), "link") for m in re.finditer(r"\]\(([\w./-]+\.(?:md|yaml|csv))\)", line)]
    return spans


def in_free_map(file, n):
    """Whether the keys of line N are names that the author chose: below permissions, included …"""
    indent = len(file.lines[n]) - len(file.lines[n].lstrip(" "))
    for before in range(n - 1, -1, -1):
        line = file.lines[before]
        deep = len(line) - len(line.lstrip(" "))
        if line.strip() and deep < indent:
            if FREE_MAPS.match(line):
                return True
            indent = deep
    return False


def in_block_text(file, n):
    indent = len(file.lines[n]) - len(file.lines[n].lstrip(" "))
    for before in range(n - 1, -1, -1):
        line = file.lines[before]
        if line.strip() and len(line) - len(line.lstrip(" ")) < indent:
            return bool(re.search(r": [>|][+-]?$", line))
    return False


def yaml_spans(file, n):
    line, spans = file.lines[n], []
    entry = re.match(r"^( +)([A-Z][A-Z0-9]*[-.][\w.-]+):", line)
    if in_block_text(file, n) or in_free_map(file, n):
        return spans
    if entry:
        spans.append((entry.start(2), entry.end(2), "id"))
    for match in KEY.finditer(line):
        name = match.group(1)
        if name in ("a", "b", "c", "d", "e", "f", "g") or (name not in FIELD_NAMES):
            continue
        spans.append((match.start(1), match.end(1), "key"))
        stop = next((m.start() for m in KEY.finditer(line, match.end())), len(line))
        if name == "id":
            value = re.match(r" ([\w.-]+)", line[match.end(1) + 1:])
            if value:
                spans.append((match.end(1) + 2, match.end(1) + 2 + len(value.group(1)), "id"))
        elif name in REFERENCE_FIELDS:
            spans += [(m.start(), m.end(), "reference") for m in TOKEN.finditer(line, match.end(), stop)
                      if m.group() in SAMPLE.ids or re.fullmatch(r"A\.[5-8]\.\d+", m.group())]
    return spans


REFERRED = {}


def is_referred(name):
    """Whether anything but its own definition mentions the id."""
    if name not in REFERRED:
        word = re.compile(rf"(?<![\w.-]){re.escape(name)}(?![\w-]|\.\w)")
        REFERRED[name] = sum(len(word.findall(file.text)) for file in SAMPLE.files.values()) > 1
    return REFERRED[name]


def cells(file, row):
    """The number of cells; bars at the ends of a row may be left out."""
    if file.path.endswith(".csv"):
        return len(next(csv.reader([row.replace("\0", "")]), []))
    return len(re.findall(r"(?<!\\)\|", row.strip().strip("|")))


def must_be_found(file, n, span, new_line):
    """Whether silence is wrong after the bytes at SPAN of line N have changed, the line being NEW_LINE now."""
    first, end, what = span
    old = file.lines[n][first:end]
    new = new_line[first:len(new_line) - (len(file.lines[n]) - end)]
    if what != "cell" and new.strip(" \t\"'").replace("\u2011", "-") == old:
        return False
    plain = re.sub(r"^\W+|\W+$", "", new)
    if what == "key":
        name = re.sub(r"[- ]", "_", new.strip().lower())
        return not (name == old or name in FIELD_NAMES or new.startswith("x-") or "#" in new)
    if what == "id":
        return is_referred(old) and new not in SAMPLE.ids and not is_same_control(old, new) and "#" not in new
    if what == "reference":
        return not (plain in SAMPLE.ids or is_same_control(old, new) or re.fullmatch(r"A\.[5-8]\.\d+", plain) or "#" in new)
    if what == "cell":
        return cells(file, file.lines[n]) != cells(file, new_line)
    if what == "wiki":
        return not (new in SAMPLE.ids or is_same_control(old, new) or re.search(r"[][|<>\\\s]", new))
    if what == "link":
        return not re.search(r"[\s#?&%:\\]", new) and os.path.normpath(new) != os.path.normpath(old) and new != old.rsplit(".", 1)[0]
    raise AssertionError(what)


NOISE = [b"\0", b"\xff", b"\xc3", b"\t", b"\r", b"\n", b" ", b"#", b":", b"-", b"|", b'"', b"'", b"[", b"]", b"{", b"}", b"&", b"*", b"!",
         b"%", b"@", b"`", b",", b";", b">", b"<", b"~", b"\\", b"/", b".", b"_", b"a", b"Z", b"0", b"9", "…".encode(), "\u2011".encode(),
         "\ufeff".encode(), "\u202e".encode(), b"\x1b", b"\x7f"]


def change_bytes(rng, line, at, end):
    """LINE with a byte replaced, put in or taken out within [AT, END), or two swapped."""
    place = rng.randrange(at, max(end, at + 1))
    how = rng.randrange(4)
    if how == 0:
        return line[:place] + rng.choice(NOISE) + line[place + 1:]
    if how == 1:
        return line[:place] + rng.choice(NOISE) + line[place:]
    if how == 2:
        return line[:place] + line[place + 1:]
    return line[:place] + line[place + 1:place + 2] + line[place:place + 1] + line[place + 2:]


def random_bytes(rng, aimed):
    """(path, data, silence is wrong). AIMED: at something that must not change in silence."""
    file = rng.choice(FILES)
    spans = []
    n = rng.randrange(len(file.lines))
    if aimed:
        n, spans = rng.choice(AIMS)
        file, n = n
        spans = [spans]
    else:
        spans = line_spans(file, n)
    raw = encoded(file.lines[n])
    if aimed:
        first, end = (len(encoded(file.lines[n][:column])) for column in spans[0][:2])
    else:
        first, end = 0, len(raw)
    new = change_bytes(rng, raw, first, end)
    text = new.decode("utf-8", "surrogateescape")
    wrong = aimed and "\n" not in text and "\r" not in text and must_be_found(file, n, spans[0], text)
    lines = [encoded(line) for line in file.lines]
    lines[n] = new
    return file.path, b"\n".join(lines), wrong


def random_lines(rng):
    file = rng.choice(FILES)
    lines, n = list(file.lines), rng.randrange(len(file.lines))
    how = rng.randrange(6)
    wrong = False
    if how == 0:
        ids = [line_spans(file, n)[k] for k in range(len(line_spans(file, n))) if line_spans(file, n)[k][2] == "id"]
        wrong = any(is_referred(lines[n][first:end]) for first, end, _ in ids) and not re.match(r" *(- )?\{", lines[n])
        del lines[n]
    elif how == 1:
        match = KEY.match(lines[n]) if n in file.front else None
        wrong = bool(match) and match.group(1) in FIELD_NAMES and bool(line_spans(file, n)) and not lines[n].lstrip().startswith("- ")
        lines.insert(n, lines[n])
    elif how == 2 and n + 1 < len(lines):
        lines[n], lines[n + 1] = lines[n + 1], lines[n]
    elif how == 3:
        lines[n] = rng.choice([" ", "  ", "\t", "- ", "> ", "    "]) + lines[n]
    elif how == 4:
        del lines[n:]
    else:
        other = rng.choice(FILES)
        lines.insert(n, rng.choice(other.lines))
    return file.path, encoded("\n".join(lines)), wrong


FILES = []
AIMS = []


def learn(pool):
    """Which names are fields, from `ismark explain`, and what random mutations aim at."""
    kinds = [line.split()[0] for line in hostile.run([hostile.ISMARK, "explain", "kinds"]).out.decode().splitlines()]
    for result in pool.map(lambda kind: hostile.run([hostile.ISMARK, "explain", kind]), kinds):
        FIELD_NAMES.update(re.findall(r"[a-z][a-z0-9_]+", result.out.decode()))
    FILES.extend(file for file in SAMPLE.files.values() if len(file.text))
    AIMS.extend(((file, n), span) for file in FILES for n in range(len(file.lines)) for span in line_spans(file, n))


def difference(path, data):
    """The first line that differs, as text for a message."""
    new = data.decode("utf-8", "backslashreplace").split("\n")
    for number, (old, line) in enumerate(zip(SAMPLE.files[path].lines + [""], new + [""]), 1):
        if old != line:
            return f":{number}, now {line[:160]!r}"
    return ""


def examine(bench, base, seed, index):
    rng = random.Random(f"{seed}/random/{index}")
    group = ("bytes", "lines", "aimed")[index % 3]
    path, data, wrong = random_lines(rng) if group == "lines" else random_bytes(rng, group == "aimed")
    result = bench.run(path, data)
    where = f"seed {seed}, random mutation {index} of {path}{difference(path, data)}"
    fault = result.fault()
    findings = None if fault else hostile.findings_of(result)
    if not fault and findings is None:
        fault = "the output is no JSON"
    silent = not fault and wrong and sorted(map(key_of, findings)) == base
    return group, wrong, fault and f"{where}: {fault}", f"{where}: silent" if silent else None


def at_random(tap, pool, bench, base, seed, count):
    results = list(pool.map(lambda index: examine(bench, base, seed, index), range(count)))
    for group in ("bytes", "lines", "aimed"):
        tap.test(f"{sum(r[0] == group for r in results)} random mutations ({group}): no crash, no hang",
                 [fault for kind, _, fault, _ in results if kind == group])
    for group in ("lines", "aimed"):
        judged = sum(kind == group and wrong for kind, wrong, _, _ in results)
        faults = [silent for kind, _, _, silent in results if kind == group]
        tap.test(f"{judged} of them ({group}) hit an id, a key, a reference or a table: none is silent",
                 faults if judged > count // 100 else ["too few to judge"])


def main(words):
    seed = words[0] if words else str(SEED)
    count = int(words[1]) if len(words) > 1 else COUNT
    more = int(words[2]) if len(words) > 2 else RANDOM
    tap = hostile.Tap()
    with tempfile.TemporaryDirectory(prefix="ismark-mutations-") as folder, \
            concurrent.futures.ThreadPoolExecutor(hostile.WORKERS) as pool:
        bench = Bench(folder)
        result = hostile.check(hostile.CONTENT)
        tap.test("the sample can be checked", [result.fault()])
        base = sorted(map(key_of, hostile.findings_of(result)))
        learn(pool)
        operators(tap, pool, bench, set(base), seed, count)
        at_random(tap, pool, bench, base, seed, more)
    return tap.end()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
