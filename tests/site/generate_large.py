#!/usr/bin/python3
"""Writes the content of a large ISMS: 93 SoA entries, 200 risks, 300 documents, and the records that they name. The same
arguments give the same bytes: no clock, no chance.

usage: generate_large.py FOLDER [DOCUMENTS [RISKS]]"""
import os
import sys

THEMES = ((5, 37), (6, 8), (7, 14), (8, 34))
KINDS = ("policy", "procedure", "standard", "guideline", "plan", "page")
STATUSES = ("approved", "approved", "approved", "approved", "review", "draft", "retired")
CLASSES = ("public", "internal", "internal", "confidential")
TREATMENTS = ("modify", "modify", "modify", "retain", "share", "avoid")
THINGS = ("access rights", "backups", "cloud services", "laptops", "networks", "log records", "suppliers", "personal data", "source code",
          "keys", "offices", "incidents", "changes", "media", "accounts", "archives")
VERBS = ("Handling", "Review", "Protection", "Recovery", "Monitoring", "Disposal", "Approval", "Testing")
DANGERS = ("are lost", "are read by strangers", "are altered", "fail for a day", "are stolen", "are used for something else")
ROLES, ASSETS, EVIDENCE = 20, 60, 120


def controls():
    return [f"A.{theme}.{i}" for theme, count in THEMES for i in range(1, count + 1)]


def pick(values, *numbers):
    """One of VALUES, spread by NUMBERS."""
    total = 1
    for number in numbers:
        total = (total * 1103515245 + number * 12345 + 7) % 2**31
    return values[(total >> 9) % len(values)]


def date(number, year=2026):
    return f"{year}-{1 + number % 12:02d}-{1 + number * 5 % 28:02d}"


def document(i, count, risks):
    kind, status = KINDS[i % len(KINDS)], pick(STATUSES, i)
    title = f"{pick(VERBS, i)} of {THINGS[i % len(THINGS)]} {i}"
    mine = sorted({pick(controls(), i, k) for k in range(4)})
    lines = ["---", f"id: DOC-{i:03d}", f"kind: {kind}", f"title: {title}", f"version: {1 + i % 4}.{i % 10}", f"status: {status}",
             f"owner: ROLE-{1 + i % ROLES:02d}", f"authors: [ROLE-{1 + (i + 7) % ROLES:02d}]",
             f"classification: {pick(CLASSES, i, 1)}", "review_every: 12 months", f"controls: [{', '.join(mine)}]"]
    if status in ("approved", "retired"):
        lines += [f"approved_by: ROLE-{1 + (i + 3) % ROLES:02d}", f"approved_on: {date(i, 2025)}"]
    lines += ["---", "", f"# {title}", ""]
    for section in range(1, 9):
        lines += [f"## {pick(VERBS, i, section)} in step {section}", ""]
        for part in range(3):
            words = ", ".join(pick(THINGS, i, section, part, k) for k in range(6))
            other, risk = 1 + (i * 13 + section * 5 + part) % count, 1 + (i * 3 + section * 11 + part) % risks
            lines += [f"Whoever works with {words} keeps to [the rules](doc-{other:03d}.md), thinks of RISK-{risk:03d} and reports to "
                      f"[[ROLE-{1 + (i + part) % ROLES:02d}]] what stands against {pick(mine, part)}.", ""]
    return "\n".join(lines)


def register(kind, identifier, title, entries):
    lines = [f"kind: {kind}", f"id: {identifier}", f"title: {title}", "version: 1.0", "status: approved",
             "owner: ROLE-01", "approved_by: ROLE-02", "approved_on: 2026-01-10", "classification: internal", "entries:"]
    for entry in entries:
        lines += [("- " if n == 0 else "  ") + f"{key}: {value}" for n, (key, value) in enumerate(entry.items())]
    return "\n".join(lines) + "\n"


def risk(i):
    used, planned = [pick(controls(), i, k) for k in (1, 2)], [pick(controls(), i, k) for k in (3, 4, 5)]
    return {"id": f"RISK-{i:03d}", "title": f"{THINGS[i % len(THINGS)].capitalize()} {pick(DANGERS, i)}, case {i}", "owner": f"ROLE-{1 + i % ROLES:02d}",
            "assets": f"[AST-{1 + i % ASSETS:03d}]", "likelihood": 1 + i % 5, "impact": 1 + i * 3 % 5, "treatment": pick(TREATMENTS, i),
            "existing_controls": f"[{', '.join(sorted(set(used)))}]", "controls": f"[{', '.join(sorted(set(planned) - set(used)))}]",
            "residual_likelihood": 1 + i % 2, "residual_impact": 1 + i * 3 % 3, "status": pick(("open", "in-treatment", "accepted", "closed"), i),
            "assessed_on": date(i, 2025), "due": date(i)}


def soa(i, control, count):
    return {"id": control, "applicable": "true", "justification": f"Case {i} of the assessment asks for it, as does the contract with customers.",
            "reasons": "[risk, contract]", "status": pick(("implemented", "implemented", "partial", "planned"), i),
            "owner": f"ROLE-{1 + i % ROLES:02d}", "documents": f"[DOC-{1 + i * 3 % count:03d}]", "evidence": f"[EV-{1 + i % EVIDENCE:03d}]"}


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def generate(folder, documents=300, risks=200):
    every = controls()
    for i in range(1, documents + 1):
        write(folder, f"documents/doc-{i:03d}.md", document(i, documents, risks))
    write(folder, "registers/risks.yaml", register("risk", "REG-RISK", "Risk register", map(risk, range(1, risks + 1))))
    write(folder, "registers/soa.yaml", register("soa", "SOA-001", "Statement of Applicability",
                                                 (soa(i, control, documents) for i, control in enumerate(every))))
    write(folder, "registers/roles.yaml", register("role", "REG-ROLE", "Roles", (
        {"id": f"ROLE-{i:02d}", "title": f"Head of {pick(THINGS, i)} {i}"} for i in range(1, ROLES + 1))))
    write(folder, "registers/assets.yaml", register("asset", "REG-ASSET", "Assets", (
        {"id": f"AST-{i:03d}", "title": f"{THINGS[i % len(THINGS)].capitalize()} of site {i}", "type": "service",
         "owner": f"ROLE-{1 + i % ROLES:02d}", "classification": pick(CLASSES, i)} for i in range(1, ASSETS + 1))))
    write(folder, "registers/evidence.yaml", register("evidence", "REG-EV", "Evidence", (
        {"id": f"EV-{i:03d}", "title": f"Sample {i} of {THINGS[i % len(THINGS)]}", "controls": f"[{every[i % 93]}]",
         "collected_on": date(i % 6)} for i in range(1, EVIDENCE + 1))))
    write(folder, "site.yaml", "title: A large ISMS\norganization: Large Example\nlanguage: en\n")


if __name__ == "__main__":
    generate(sys.argv[1], *(int(word) for word in sys.argv[2:]))
