#!/usr/bin/python3
"""The pages about controls: state, proof and links, the auditor's sheet, coverage of other frameworks, the matrix of risks and
controls. What they say is compared with what Python makes of `ismark list` and of the catalogue's data. Prints TAP."""
import collections
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import yaml

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import finish, report  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ISMARK = os.path.abspath(os.environ.get("ISMARK", os.path.join(ROOT, "ismark")))
DATA = os.path.join(ROOT, "src", "catalogue", "data")
DATE = "2026-06-30"
FRAMEWORKS = {"nist-csf-2.0": "map-nist-csf-2.0", "soc2-tsc-2017": "map-soc2-tsc-2017", "nis2-article-21": "map-nis2-article-21",
              "nis2-2024-2690": "map-nis2-2024-2690", "dora": "map-dora", "iso27017-2015": "map-iso27017", "iso27018-2019": "map-iso27018"}
QUESTIONS = ["Does it apply, and why?", "Who owns it?", "How is it implemented?", "What proves that it works?", "When was it tested?",
             "What is open?", "Notes of the auditor", "Auditor: name, signature"]


def data(name):
    with open(os.path.join(DATA, name + ".yaml"), encoding="ascii") as file:
        return yaml.safe_load(file)


def listed(content, kind):
    run = subprocess.run([ISMARK, "list", kind, "--content", content, "--date", DATE, "--format", "json"], capture_output=True,
                         text=True, check=False, cwd=ROOT, timeout=120)
    return json.loads(run.stdout or "[]")


def build(content, out):
    return subprocess.run([ISMARK, "build", "--content", content, "--out", out, "--date", DATE, "--color", "never"],
                          capture_output=True, text=True, check=False, cwd=ROOT, timeout=120)


def read(out, path):
    with open(os.path.join(out, path), encoding="utf-8") as file:
        return file.read()


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html)).strip()


def ids(field):
    return re.findall(r"A\.\d+\.\d+", field or "")


def state(entry):
    """The six words of the legend, from an entry as it is listed."""
    applicable = {"yes": True, "no": False, "": None}[entry["applicable"]]
    if applicable is None:
        applicable = None if not entry["status"] else entry["status"] != "not-applicable"
    if applicable is None:
        return "not checked"
    if not applicable:
        return "not applicable"
    if entry["status"] == "implemented":
        return "no evidence expected" if entry.get("evidence_expected") == "no" else "yes"
    return {"partial": "partial", "planned": "no", "not-started": "no"}.get(entry["status"], "not checked")


CONTROLS = [control["id"] for control in data("iso27001-2022-annex-a")["controls"]]


def check_states(out, states):
    page = read(out, "soa/index.html")
    table = re.search(r'<table class="legend soa-counts">.*?</table>', page, re.S).group(0)
    rows = {text(row[0]): [int(n) for n in re.findall(r'<td class="number">(\d+)</td>', row[1])]
            for row in re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', table.split("<tfoot>")[0], re.S)}
    expected = {}
    for name in ("yes", "partial", "no", "not applicable", "not checked", "no evidence expected"):
        counts = [sum(states[c] == name and c.startswith(theme) for c in CONTROLS) for theme in ("A.5.", "A.6.", "A.7.", "A.8.")]
        expected[name] = counts + [sum(counts)]
    report(rows == expected, "the Statement of Applicability counts its six states by theme, all of them always", [rows, expected])
    wrong = [c for c in CONTROLS if f'<tr id="{c}">' not in page]
    report(not wrong and "SOA-" in page, "a row for each of 93 controls, and the statement as a document", wrong)


def check_pages(out, entries, states):
    wrong = []
    for control in CONTROLS:
        page = read(out, f"control/{control}.html")
        entry = entries.get(control)
        seen = re.search(r'<dd><span class="badge state-[a-z-]*">([a-z ]*)</span>', page)
        if not seen or seen.group(1) != states[control]:
            wrong.append(f"{control}: state")
        for field in ("risks", "requirements", "documents", "evidence"):
            wrong += [f"{control}: no {field} {name}" for name in re.split(r"[;,]\s*", entry.get(field, "") if entry else "") if name and name not in page]
        wrong += [f"{control}: {href}" for href in (f'href="{control}.audit.html"', f'href="../soa/index.html#{control}"') if href not in page]
    report(not wrong, "each control's page has its state, what its entry names, and the auditor's view", wrong)


def check_problems(content, out):
    run = subprocess.run([ISMARK, "check", "--content", content, "--date", DATE, "--format", "json"], capture_output=True, text=True,
                         check=False, cwd=ROOT, timeout=120)
    wrong, count = [], 0
    for finding in json.loads(run.stdout)["findings"]:
        control = finding["subject"].split("/")[-1]
        if control in CONTROLS:
            count += 1
            page = read(out, f"control/{control}.html")
            if f"<code>{finding['code']}</code>" not in page or f"{finding['path']}:{finding['line']}:" not in page:
                wrong.append(finding)
    return count, wrong


def check_auditor(out):
    wrong = []
    for control in CONTROLS:
        page = text(read(out, f"control/{control}.audit.html"))
        places = [page.find(question) for question in QUESTIONS]
        if -1 in places or places != sorted(places):
            wrong.append(f"{control}: {places}")
    report(not wrong, "the auditor's view asks everything in order, with room to sign", wrong)


def check_paper(out, work):
    """The fullest sheet must fit one page."""
    chromium = shutil.which("chromium")
    if not chromium or not shutil.which("pdfinfo"):
        report(True, "the fullest auditor's view prints on one page # SKIP needs chromium and pdfinfo")
        return
    folder = os.path.join(out, "control")
    fullest = max((name for name in os.listdir(folder) if name.endswith(".audit.html")), key=lambda name: os.path.getsize(os.path.join(folder, name)))
    pdf = os.path.join(work, "sheet.pdf")
    subprocess.run([chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={work}/profile",
                    f"--print-to-pdf={pdf}", f"file://{folder}/{fullest}"], capture_output=True, check=False, timeout=120)
    info = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=False).stdout
    report(re.search(r"^Pages:\s+1$", info, re.M), f"{fullest}, the fullest auditor's view, prints on one page", [info])


def check_framework(out, name, states):
    source = data(FRAMEWORKS[name])
    controls, clauses = collections.defaultdict(list), collections.defaultdict(list)
    for pair in source["mappings"]:
        controls[str(pair["ref"])].append(pair["control"])
    for pair in source.get("clause_mappings", []):
        clauses[str(pair["ref"])].append(str(pair["clause"]))
    page = read(out, f"coverage/{name}.html")
    items = re.findall(r'<tr id="([^"]*)">(.*?)</tr>', page, re.S)
    refs = [str(ref["id"]) for ref in source["refs"]]
    wrong = [] if [anchor for anchor, _ in items] == [ref.replace(" ", "") for ref in refs] else ["items or their order"]
    applicable = implemented = 0
    for ref, (_, row) in zip(refs, items):
        shown = re.findall(r'control/(A\.\d+\.\d+)\.html', row)
        applies = [c for c in controls[ref] if states[c] not in ("not applicable", "not checked")]
        done = [c for c in applies if states[c] in ("yes", "no evidence expected")]
        expected = ("implemented" if len(done) == len(applies) else "partly" if done else "not-yet") if applies else \
            "no-control" if controls[ref] else "clauses" if clauses[ref] else "unrelated"
        applicable += bool(applies)
        implemented += bool(done)
        if shown != controls[ref] or f"covered-{expected}" not in row:
            wrong.append(f"{ref}: {shown} {expected}")
    index = re.search(rf'<a href="{re.escape(name)}.html">.*?</tr>', read(out, "coverage/index.html"), re.S).group(0)
    found = re.findall(r"(\d+) of (\d+) \((\d+)%\)", text(index))

    def share(n):
        percent = (n * 200 + len(refs)) // (2 * len(refs))
        return (str(n), str(len(refs)), str(min(percent, 99) if n < len(refs) else 100))
    if found != [share(applicable), share(implemented)]:
        wrong.append(f"shares {found}, not {share(applicable)} and {share(implemented)}")
    report(not wrong and "does not mean satisfied" in page, f"{name}: {len(refs)} items with their controls, states and shares", wrong)


def check_family(out):
    page = read(out, "family/index.html")
    family = data("iso27000-family")["documents"]
    missing = [d["id"] for d in family if d["id"] not in page or d["edition"] not in page]
    report(not missing and len(family) == 31, "31 standards of the family with their editions", missing)


# ---- the matrix ----

def matrix_marks(table):
    """{(risk, control): letter} as a reader of the table sees them, runs of empty cells counted."""
    columns = re.findall(r"<th scope=\"col\"[^>]*><a href=\"[^\"]*\">([^<]*)</a></th>", table.split("</thead>")[0])
    marks = {}
    for row in re.findall(r"<tr>(.*?)</tr>", table.split("<tbody>")[1].split("</tbody>")[0], re.S):
        risk = re.search(r'<th scope="row"><a href="[^"]*">([^<]*)</a>', row).group(1)
        at = 0
        for attributes, cell in re.findall(r"<td([^>]*)>(.*?)</td>", row, re.S)[1:-1]:
            if cell:
                marks[risk, columns[at]] = text(cell)
            span = re.search(r'colspan="(\d+)"', attributes)
            at += int(span.group(1)) if span else 1
        if at != len(columns):
            marks[risk, "columns"] = at
    return marks


def large_site(folder):
    """200 risks, each naming three of 93 controls."""
    os.makedirs(folder)
    risks, soa = [], ["kind: soa", "id: SOA-1", "title: Statement", "entries:"]
    for i in range(200):
        names = sorted({CONTROLS[(i * 7 + k * 31 + k * k * (i % 5)) % 93] for k in range(3)})
        risks.append(f"- id: RISK-{i + 1:03}\n  title: Something that could happen to the {i + 1}th asset of the organisation\n"
                     f"  likelihood: {i % 5 + 1}\n  impact: {i % 4 + 1}\n  treatment: modify\n  controls: [{', '.join(names[:2])}]\n"
                     f"  existing_controls: [{', '.join(names[2:])}]\n")
    for control in CONTROLS:
        soa.append(f"  {control}: {{applicable: yes, status: implemented, justification: 'needed for {control}', reasons: [risk]}}")
    with open(os.path.join(folder, "risks.yaml"), "w", encoding="utf-8") as file:
        file.write("kind: risk\nentries:\n" + "".join(risks))
    with open(os.path.join(folder, "soa.yaml"), "w", encoding="utf-8") as file:
        file.write("\n".join(soa) + "\n")


def check_matrix(content, out, name):
    expected = {}
    for risk in listed(content, "risk"):
        for field, letter in (("existing_controls", "E"), ("controls", "T")):
            for control in ids(risk.get(field)):
                expected[risk["id"], control] = "B" if (risk["id"], control) in expected else letter
    for entry in listed(content, "soa"):
        for risk in re.split(r"[;,]\s*", entry.get("risks", "")):
            if risk:
                expected[risk, entry["id"]] = {"E": "B", "B": "B"}.get(expected.get((risk, entry["id"])), "T")
    page = read(out, "matrix/index.html")
    tables = re.findall(r'<table class="matrix">.*?</table>', page, re.S)
    whole = {pair: letter for pair, letter in matrix_marks(tables[0]).items() if pair[1].startswith("A.") or pair[1] == "columns"}
    parts = {}
    for table in tables[1:]:
        parts.update({pair: letter for pair, letter in matrix_marks(table).items() if pair[1].startswith("A.") or pair[1] == "columns"})
    wrong = sorted(set(whole.items()) ^ set(expected.items()))
    report(not wrong and expected, f"{name}: {len(expected)} marks of the matrix are those of the records", wrong)
    report(parts == whole, f"{name}: the tables by theme have the same marks", sorted(set(parts.items()) ^ set(whole.items())))
    back = set()
    table = re.search(r'<table class="by-control.*?</table>', page, re.S).group(0)
    for row in re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", table, re.S):
        control = re.search(r"A\.\d+\.\d+", text(row))
        back |= {(risk, control.group(0)) for risk in re.findall(r'risk/([^"]*)\.html', row)} if control else set()
    report(back == set(expected), f"{name}: read from the controls they are the same", sorted(back ^ set(expected)))
    return len(page.encode())


with tempfile.TemporaryDirectory(prefix="ismark-controls-") as place:
    sample, site = os.path.join(ROOT, "content"), os.path.join(place, "out")
    made = build(sample, site)
    report(made.returncode == 0 and "published" in made.stdout, "the sample builds", [made.stdout, made.stderr])
    by_control = {entry["id"]: entry for entry in listed(sample, "soa")}
    answers = {c: state(by_control[c]) if c in by_control else "not checked" for c in CONTROLS}
    check_states(site, answers)
    check_pages(site, by_control, answers)
    check_auditor(site)
    check_paper(site, place)
    for framework in FRAMEWORKS:
        check_framework(site, framework, answers)
    check_family(site)
    check_matrix(sample, site, "sample")
    large, large_out = os.path.join(place, "large"), os.path.join(place, "large-out")
    large_site(large)
    build(large, large_out)
    size = check_matrix(large, large_out, "93 x 200")
    report(size < 265_000, f"93 x 200: the page has {size // 1000} kB", [size])
    problems, lost = check_problems(large, large_out)
    report(problems > 50 and not lost, f"{problems} problems are shown on the pages of their controls, with their place", lost)
finish()
