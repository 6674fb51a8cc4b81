#!/usr/bin/python3
"""The report on audit readiness. Its JSON and Markdown for the base ISMS of tests/cases/ and for a broken variant
(broken/edits.txt) are golden files; the JSON follows report.schema.json; page, JSON and Markdown say the same; a date
moved by a year makes more fall due and changes nothing else. Prints TAP.

run_report.py --accept   writes the golden files; read them before you commit them."""

import copy
import difflib
import html.parser
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "cases"))
import run as cases  # noqa: E402

import jsonschema  # noqa: E402

DAY, YEAR_LATER = "2026-06-30", "2027-06-30"
ACCEPT = sys.argv[1:2] == ["--accept"]
number = failed = 0


def check(name, faults):
    global number, failed
    number += 1
    failed += bool(faults)
    print(f"{'not ok' if faults else 'ok'} {number} - {name}", flush=True)
    for fault in list(faults)[:60]:
        print(f"# {fault}")


def ismark(project, *words):
    done = subprocess.run([cases.ISMARK, *words], cwd=project, stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
    if done.returncode != 0:
        raise RuntimeError(f"{words}: exit code {done.returncode}: {done.stderr.decode(errors='replace')}")
    return done.stdout.decode()


def report(project, form, day=DAY, *words):
    return ismark(project, "report", "--content", "content", "--date", day, "--format", form, *words)


def golden(name, text):
    path = os.path.join(HERE, name)
    if ACCEPT:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    if not os.path.exists(path):
        return [f"there is no {name}"]
    with open(path, encoding="utf-8") as file:
        expected = file.read()
    return list(difflib.unified_diff(expected.splitlines(), text.splitlines(), name, "output", lineterm=""))


# ---- the schema ----

with open(os.path.join(HERE, "report.schema.json"), encoding="utf-8") as schema_file:
    SCHEMA = json.load(schema_file)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def schema_faults(document):
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in VALIDATOR.iter_errors(document)]


def schema_that_fails(document):
    """Changes that must not pass."""
    faults = []
    for what, change in (("a key too many", lambda d: d.update(extra=1)), ("a state that is none", lambda d: d["soa"]["counts"].pop("no")),
                         ("text as a number", lambda d: d.update(documents="47")), ("two checklists", lambda d: d.update(checklists=d["checklists"][:2]))):
        changed = copy.deepcopy(document)
        change(changed)
        if not schema_faults(changed):
            faults.append(f"a report with {what} passes")
    return faults


# ---- facts that hold within one report ----

def consistency(document):
    faults = []

    def same(what, a, b):
        if a != b:
            faults.append(f"{what}: {a} and {b}")

    findings = [finding for rule in document["rules"] for finding in rule["findings"]]
    for severity in ("error", "warning", "note"):
        same(severity, document["counts"][severity], sum(f["severity"] == severity and "by" not in f for f in findings))
    same("suppressed", document["counts"]["suppressed"], sum("by" in f for f in findings))
    for checklist in document["checklists"][:3]:
        share = next(s for s in document["shares"]["stages"] if s["name"] == checklist["stage"])
        for state, count in share["counts"].items():
            same(f"{checklist['stage']} {state}", count, sum(item["state"] == state for item in checklist["items"]))
        met, partly, unmet = (share["counts"][s] for s in ("met", "partly met", "not met"))
        same(checklist["stage"], share["percent"], (200 * met + 100 * partly) // (2 * (met + partly + unmet)) if met + partly + unmet else None)
    same("items", [len(c["items"]) for c in document["checklists"][:3]], [11, 9, 6])
    soa = document["soa"]
    for state in soa["legend"]:
        same(f"SoA {state}", soa["counts"][state], sum(c["state"] == state for c in soa["controls"]))
        same(f"SoA {state} by theme", soa["counts"][state], sum(t["counts"][state] for t in soa["themes"]))
    for heat_map in document["risks"]["heat_maps"]:
        placed = sum(len(cell["risks"]) for row in heat_map["rows"] for cell in row["cells"])
        same("placed", heat_map["placed"], placed)
        same("live", document["risks"]["live"], placed + len(heat_map["scored_only"]) + len(heat_map["unrated"]))
    overdue = [item for owner in document["overdue"]["owners"] for item in owner["items"]]
    same("overdue", document["overdue"]["count"], len(overdue))
    faults += [f"not overdue: {item}" for item in overdue if item["date"] >= document["date"]]
    for window, earliest in zip(document["due"], (0, 31, 61)):
        faults += [f"not in {window['days']}: {item}" for item in window["items"] if not earliest <= item["days"] <= window["days"]]
    evidence = document["evidence"]
    same("evidence", evidence["controls_expecting"], sum(evidence["controls"].values()) + len(evidence["without"]))
    same("verdict", document["verdict"] == "fail", document["counts"]["error"] > 0)
    return faults


# ---- the page ----

class Page(html.parser.HTMLParser):
    """Rows of tables, summaries and counts by the id of the heading that they stand under."""

    def __init__(self, text):
        super().__init__()
        self.section, self.rows, self.summaries, self.findings, self.text = "", {}, {}, [], []
        self.cell = self.summary = self.finding = None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag in ("h2", "h3") and attributes.get("id", "").startswith("report:"):
            self.section = attributes["id"][len("report:"):]
        elif tag == "tr":
            self.rows.setdefault(self.section, []).append([])
        elif tag in ("td", "th"):
            self.cell = []
        elif tag == "summary":
            self.summary = []
        elif tag == "li" and self.section == "diagnostics":
            self.findings.append(attributes.get("class", ""))

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self.cell is not None:
            self.rows[self.section][-1].append(" ".join("".join(self.cell).split()))
            self.cell = None
        elif tag == "summary":
            self.summaries.setdefault(self.section, []).append(" ".join("".join(self.summary).split()))
            self.summary = None

    def handle_data(self, data):
        self.text.append(data)
        for target in (self.cell, self.summary):
            if target is not None:
                target.append(data)


def page_faults(document, page):
    faults = []

    def same(what, a, b):
        if a != b:
            faults.append(f"{what}: JSON {a}, page {b}")

    counts = document["counts"]
    text = " ".join("".join(page.text).split())
    head = re.search(r"(\d+) errors?, (\d+) warnings?, (\d+) notes?(?:, (\d+) under an exception or baseline)?\. Read: (\d+) documents? with (\d+) records?", text)
    same("counts", [counts["error"], counts["warning"], counts["note"], counts["suppressed"], document["documents"], document["records"]],
         [int(n or 0) for n in head.groups()] if head else None)
    same("verdict", document["verdict"], "pass" if "The gate passes" in text else "fail" if "The gate fails" in text else None)
    for checklist in document["checklists"]:
        states = [re.search(r"(partly met|not met|not applicable|met)$", s).group(1) for s in page.summaries.get(checklist["stage"], [])]
        same(checklist["stage"], [item["state"] for item in checklist["items"]], states)
    formulas = [row[2] for row in page.rows["readiness"] if len(row) == 7 and row[2] != "Formula"]
    same("formulas", [s["formula"].replace(" %", "%") for key in ("clauses", "phases", "themes") for s in document["shares"][key]], formulas)
    totals = next((row for row in page.rows["soa"] if row[0] == "All controls" and len(row) > 3), [])
    same("SoA", [str(document["soa"]["counts"][s]) for s in document["soa"]["legend"]] + [str(document["soa"]["total"])], totals[1:])
    same("overdue", document["overdue"]["count"], sum(len(row) == 4 and row[0] != "Day" for row in page.rows.get("overdue", [])))
    same("due", sum(len(w["items"]) for w in document["due"]), sum(len(row) == 5 and row[0] != "Day" for row in page.rows.get("due", [])))
    same("path", [step["state"] for step in document["certification"]["path"]], [row[3] for row in page.rows["path"][1:]])
    same("findings", [len(rule["findings"]) for rule in document["rules"]] and sum(len(rule["findings"]) for rule in document["rules"]) or 0,
         len(page.findings))
    same("suppressed", counts["suppressed"], page.findings.count("suppressed"))
    same("metrics", [m["standing"] for m in document["metrics"]], [row[3] for row in page.rows.get("metrics", [])[1:]])
    for name in ("findings", "actions"):
        same(name, len(document[name]), sum(len(row) == {"findings": 8, "actions": 6}[name] for row in page.rows.get("findings", []))
             - (1 if document[name] else 0))
    return faults


def markdown_faults(document, text):
    faults = []

    def same(what, a, b):
        if a != b:
            faults.append(f"{what}: JSON {a}, Markdown {b}")

    counts = document["counts"]
    head = re.search(r"(\d+) errors?, (\d+) warnings?, (\d+) notes?(?:, (\d+) under)?", text)
    same("counts", [counts[k] for k in ("error", "warning", "note", "suppressed")], [int(n or 0) for n in head.groups()])
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    for share in document["shares"]["stages"]:
        row = next(r for r in rows if r[0] == share["title"])
        percent = "—" if share["percent"] is None else f"{share['percent']} %"
        same(share["name"], [percent] + [str(n) for n in share["counts"].values()], row[1:])
    row = next(r for r in rows if r[0] == "**all**")
    same("SoA", [str(document["soa"]["counts"][s]) for s in document["soa"]["legend"]] + [str(document["soa"]["total"])], row[1:])
    row = rows[next(i for i, r in enumerate(rows) if r[0] == "overdue") + 2]
    sums = [sum(len(w["items"]) for w in document["due"][:n]) for n in (1, 2, 3)]
    same("due", [str(n) for n in [document["overdue"]["count"]] + sums], row)
    items = [r for r in rows if r[0].isdigit() and len(r) == 4 and not r[1].isdigit()]
    same("items", [item["state"] for c in document["checklists"][:3] for item in c["items"]], [r[2].split(" ", 1)[1] for r in items])
    if len(text) > 65536:
        faults.append(f"{len(text)} characters do not fit into a comment")
    return faults


# ---- a year later ----

def later_faults(before, after):
    """Only days have passed: what was overdue still is, and more has become so; nothing that has no day in it changes."""
    faults = []

    def overdue(document):
        return {(i["type"], i["record"]["id"], i["what"], i["date"]) for o in document["overdue"]["owners"] for i in o["items"]}

    for item in overdue(before) - overdue(after):
        faults.append(f"no longer overdue: {item}")
    for item in overdue(after) - overdue(before):
        if not DAY <= item[3] < YEAR_LATER:
            faults.append(f"fell due on another day: {item}")
    soon = {(i["type"], i["record"]["id"], i["what"], i["date"]) for w in before["due"] for i in w["items"] if i["type"] != "certification"}
    for item in soon - overdue(after):
        faults.append(f"was due within 90 days, and is not overdue a year later: {item}")
    if not overdue(after) - overdue(before):
        faults.append("nothing fell due in a year")
    for key in ("catalogue", "documents", "records", "title", "soa"):
        if before[key] != after[key]:
            faults.append(f"`{key}` changed")
    for key in ("live", "above_appetite", "bands", "heat_maps", "top"):
        if before["risks"][key] != after["risks"][key]:
            faults.append(f"risks `{key}` changed")
    known = {(r["code"], f["subject"]) for r in before["rules"] for f in r["findings"]}
    for finding in known - {(r["code"], f["subject"]) for r in after["rules"] for f in r["findings"]}:
        if finding[0] not in ("DOC007", "EVD004", "EXC009", "MRV008"):  # reminders, which turn into what they warned of
            faults.append(f"no longer found: {finding}")
    return faults


# ---- what content cannot do to the report ----

HOSTILE_TITLE = """<script>alert(1)</script> | @octocat `x` [a](javascript:b) **c** <!-- </details>
# heading
| 1 | 2 |"""


def write_hostile(content):
    """Titles that are markup, and the longest scales."""
    levels = "".join(f"    {level}: Level {level}\n" for level in range(1, 21))
    cases.write(os.path.join(content, "site.yaml"), f"risk:\n  likelihood:\n{levels}  impact:\n{levels}".encode())
    risks = [{"id": "RISK-1", "title": HOSTILE_TITLE, "owner": HOSTILE_TITLE, "likelihood": 3, "impact": 5, "due": "2026-01-01",
              "treatment": "modify", "status": "open"}]
    cases.write(os.path.join(content, "risks.yaml"), json.dumps({"kind": "risk", "entries": risks}).encode())


def hostile_faults(document, markdown, page):
    faults = schema_faults(document) + consistency(document) + markdown_faults(document, markdown)
    if len(document["risks"]["heat_maps"][0]["rows"]) != 20 or page.count('class="cell ') != 1200:
        faults.append("the maps do not have 20 levels")
    if document["overdue"]["owners"][0]["owner"]["name"] != document["risks"]["top"][0]["owner"]["name"]:
        faults.append("the owner is not one")
    lines = [line for line in markdown.splitlines() if "octocat" in line]
    if not lines:
        faults.append("Markdown does not name the risk")
    for line in lines:
        if re.search(r"<script|@octocat|(?<!\\)\[a(?<!\\)\]\(|(?<!\\)\*\*c|(?<!@)<!--|</details", line):
            faults.append(f"Markdown is not plain: {line}")
    if any(line.startswith(("# heading", "| 1 | 2 |")) for line in markdown.splitlines()):
        faults.append("Markdown: a title broke its line")
    if "<script>" in page or "alert(1)" not in page:
        faults.append("the page does not escape titles")
    return faults


def main():
    with tempfile.TemporaryDirectory(prefix="ismark-report-") as folder:
        projects = {}
        for name, case in (("base", os.path.join(HERE, "none")), ("broken", os.path.join(HERE, "broken"))):
            projects[name] = os.path.join(folder, name)
            os.mkdir(projects[name])
            cases.prepare(case, os.path.join(projects[name], "content"))
        empty = os.path.join(folder, "empty")
        os.makedirs(os.path.join(empty, "content"))
        for name, project in projects.items():
            text, markdown = report(project, "json"), report(project, "markdown")
            document = json.loads(text)
            check(f"{name}: JSON as it was", golden(f"{name}.json", text))
            check(f"{name}: Markdown as it was", golden(f"{name}.md", markdown))
            check(f"{name}: JSON follows its schema", schema_faults(document))
            check(f"{name}: its numbers agree", consistency(document))
            check(f"{name}: Markdown says the same", markdown_faults(document, markdown))
            ismark(project, "build", "--content", "content", "--date", DAY, "--quiet", "--theme", os.path.join(ROOT, "themes", "default"))
            files = {n: cases.read(os.path.join(project, "out", n)).decode() for n in ("report.html", "report.json", "report.md")}
            check(f"{name}: build publishes the same JSON and Markdown",
                  [n for n, other in (("report.json", text), ("report.md", markdown)) if files[n] != other])
            check(f"{name}: the page says the same", page_faults(document, Page(files["report.html"])))
            later = json.loads(report(project, "json", YEAR_LATER))
            check(f"{name}: a year later more is due, and nothing else changes", later_faults(document, later) + schema_faults(later) + consistency(later))
            check(f"{name}: one thread and eight agree", [f for f in ("json", "markdown", "text")
                                                          if report(project, f, DAY, "-j", "1") != report(project, f, DAY, "-j", "8")])
        check("the schema refuses what it should", schema_that_fails(document))
        nothing = json.loads(report(empty, "json"))
        check("an empty site has a report, and nothing in it counts as ready",
              schema_faults(nothing) + consistency(nothing) + [f"{s['name']}: {s['percent']} %" for s in nothing["shares"]["stages"] if s["percent"]]
              + markdown_faults(nothing, report(empty, "markdown")))
        hostile = os.path.join(folder, "hostile")
        write_hostile(os.path.join(hostile, "content"))
        ismark(hostile, "build", "--content", "content", "--date", DAY, "--quiet", "--theme", os.path.join(ROOT, "themes", "default"))
        check("titles are text, and the longest scales have a map",
              hostile_faults(json.loads(report(hostile, "json")), report(hostile, "markdown"),
                             cases.read(os.path.join(hostile, "out", "report.html")).decode()))
        table = ismark(folder, "explain", "readiness")
        check("explain readiness shows every item", [item["title"] for c in document["checklists"] for item in c["items"] if item["title"] not in table])
    print(f"1..{number}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
