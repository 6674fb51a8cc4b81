#!/usr/bin/python3
"""Pages of documents, the document register, tables that sort, the glossary, A-Z, everything on one page, and the size of pages:
what they must show is computed here from the content and from `ismark list` and `check`. Prints TAP. ISMARK names another
program than ./ismark."""
import html
import json
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import finish, report  # noqa: E402
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import generate_large  # noqa: E402
import pages as reading  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ISMARK = os.path.abspath(os.environ.get("ISMARK", os.path.join(ROOT, "ismark")))
SITES = {"sample": os.path.join(ROOT, "content"), "base": os.path.join(ROOT, "tests", "cases", "base")}
DAY = "2026-06-30"


def run(*words):
    return subprocess.run([ISMARK, *words, "--date", DAY], capture_output=True, text=True, cwd=ROOT, timeout=300, check=False)


def asked(content, *words):
    return json.loads(run(*words, "--content", content, "--format", "json").stdout)


def published(content, out):
    run("build", "--content", content, "--out", out, "--theme", os.path.join(ROOT, "themes", "default"))
    return {path: page.source for path, page in reading.read_site(out).items()}


def text_of(markup):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", "", markup))).strip()


def natural(text):
    return [(0, int(part)) if part.isdigit() else (1, part) for part in re.findall(r"\d+|\D+", text)]


def page_of(document):
    return os.path.splitext(document["path"])[0] + ".html"


DOCUMENT_KINDS = ("scope", "policy", "procedure", "standard", "guideline", "plan", "methodology", "page")


def kind_of(document):
    """What the register calls it: a file of records is a register, whatever it holds."""
    return document["kind"] if document["kind"] in DOCUMENT_KINDS else "register"


def documents_of(content, pages):
    """Documents with a page of their own that is no record's, as the register has them."""
    found = [d for d in asked(content, "list", "documents") if "<article>" in pages.get(page_of(d), "")]
    return [d for d in found if '<details class="control-block">' not in pages[page_of(d)]]


# ---- documents ----


def check_heads(name, content, pages):
    problems = []
    documents = [d for d in documents_of(content, pages) if '<html lang="en"' in pages[page_of(d)]]
    for document in documents:
        head = re.search(r'class="document-head".*?</section>', pages[page_of(document)], re.S)
        cells = dict(re.findall(r'<dt[^>]*>(.*?)</dt><dd>(.*?)</dd>', head.group(0), re.S)) if head else {}
        shown = {label.lower().replace(" ", "_"): text_of(value) for label, value in cells.items()}
        for field in ("id", "version", "status", "classification"):
            if head and (shown.get(field) or "–") != (document[field] or "–"):
                problems.append(f"{document['path']}: {field} is {shown.get(field)!r}, not {document[field]!r}")
        due = re.search(r'datetime="([^"]*)"', cells.get("Next review", ""))
        if head and (due.group(1) if due else "") != (document["next_review"] or ""):
            problems.append(f"{document['path']}: next review {due}, not {document['next_review']}")
        late = bool(document["next_review"]) and document["next_review"] < DAY and document["status"] != "retired"
        if head and late != ('class="badge bad"' in cells.get("Next review", "")):
            problems.append(f"{document['path']}: overdue mark is wrong")
        if not head and kind_of(document) not in ("page", "register"):
            problems.append(f"{document['path']}: no head")
    report(documents and not problems, f"{name}: the heads of {len(documents)} documents say what the content says", problems)


def check_register(name, content, pages):
    source = pages["document/index.html"]
    rows = re.findall(r'<tr><th scope="row"><a href="([^"]*)">(.*?)</a></th>(.*?)</tr>', source, re.S)
    listed = {os.path.normpath(os.path.join("document", href)): (text_of(title), cells) for href, title, cells in rows}
    problems = []
    for document in documents_of(content, pages):
        title, cells = listed.get(page_of(document), ("", ""))
        for field in ("title", "id"):
            if (document[field] or "") not in title:
                problems.append(f"{document['path']}: {field} is not in {title!r}")
        for field in ("version", "status", "classification"):
            if document[field] and document[field] not in text_of(cells):
                problems.append(f"{document['path']}: {field} {document[field]} is not in its row")
    report(rows and not problems, f"{name}: the document register lists every document", problems)
    return [path for path in listed]


def check_neighbours(name, content, pages, order):
    """Following "next" from the first document of a kind passes all of that kind, in the order of the register."""
    problems = []
    kinds = {page_of(d): kind_of(d) for d in asked(content, "list", "documents")}
    for kind in sorted(set(kinds.values())):
        mine = [path for path in order if kinds.get(path) == kind and path != "index.html"]
        for i, path in enumerate(mine):
            for rel, other in (("prev", mine[i - 1] if i else None), ("next", mine[i + 1] if i + 1 < len(mine) else None)):
                found = re.search(rf'<a rel="{rel}" href="([^"]*)"', pages[path])
                target = os.path.normpath(os.path.join(os.path.dirname(path), found.group(1))) if found else None
                if target != other and "index.html" not in (target, other):
                    problems.append(f"{path}: {rel} is {target}, not {other}")
    risks = sorted((r["id"] for r in asked(content, "list", "risk")), key=natural)
    for one, other in zip(risks, risks[1:]):
        if f'rel="next" href="{other}.html"' not in pages[f"risk/{one}.html"] or f'rel="prev" href="{one}.html"' not in pages[f"risk/{other}.html"]:
            problems.append(f"{one} and {other} do not lead to each other")
    report(order and len(risks) > 2 and not problems, f"{name}: documents and risks lead to what stands beside them", problems)


def check_contents(name, content, pages):
    headings, problems = {}, []
    for heading in asked(content, "list", "headings"):
        headings.setdefault(heading["page"], []).append((int(heading["level"]), heading["id"]))
    for document in documents_of(content, pages):
        path = page_of(document)
        mine = headings.get(path, [])
        expected = [i for n, (level, i) in enumerate(mine) if level <= 3 and not (n == 0 and level == 1)]
        contents = re.search(r'<nav class="contents".*?</nav>', pages[path], re.S)
        links = re.findall(r'href="#([^"]*)"', contents.group(0)) if contents else []
        if [reading.urllib.parse.unquote(link) for link in links] != (expected if len(expected) > 2 else []):
            problems.append(f"{path}: {links} instead of {expected}")
    report(not problems, f"{name}: contents name the headings", problems)


def check_findings(name, content, pages):
    problems, count = [], 0
    documents = {d["path"]: page_of(d) for d in documents_of(content, pages)}
    found = asked(content, "check")
    for finding in found["findings"]:
        if finding["path"] not in documents:
            continue
        count += 1
        block = re.search(r'<details class="diagnostics">.*?</details>', pages[documents[finding["path"]]], re.S)
        place = f"{finding['path']}:{finding['line']}:{finding['column']}"
        if not block or finding["code"] not in block.group(0) or place not in block.group(0) or 'lang="en"' not in block.group(0):
            problems.append(f"{finding['code']} {place} is not on its page")
    clean = [path for source, path in documents.items() if not any(f["path"] == source for f in found["findings"] + found["suppressed"])]
    problems += [f"{path} shows findings" for path in clean if 'class="diagnostics"' in pages[path]]
    report(not problems and (count or name == "base"), f"{name}: {count} findings stand on the pages of their documents", problems)


# ---- tables and scripts ----


def check_tables(name, pages):
    problems, count, registers = [], 0, [path for path in pages if path.endswith("/index.html") and path.count("/") == 1]
    for path, source in pages.items():
        for table in re.findall(r'<table class="[^"]*\bsortable\b.*?</table>', source, re.S):
            count += 1
            head = re.search(r"<thead>(.*?)</thead>", table, re.S).group(1)
            columns = len(re.findall(r"<th ", head))
            if head.count("<tr") != 1 or table.count("<tbody>") != 1 or "<caption>" not in table:
                problems.append(f"{path}: a sortable table needs one row of heads, one body, a caption")
            if columns > 9 and not path.startswith(("owner/", "soa/")):
                problems.append(f"{path}: {columns} columns")
            if any(len(re.findall(r"<t[hd][ >]", row)) != columns for row in re.findall(r"<tr.*?</tr>", table.split("<tbody>")[1], re.S)):
                problems.append(f"{path}: rows of another length")
    plain = [p for p in ("risk/index.html", "asset/index.html", "document/index.html", "soa/index.html") if "sortable" not in pages[p]]
    report(count > 10 and len(registers) > 10 and not problems and not plain, f"{name}: {count} tables can be sorted", problems + plain)


def check_scripts(name, out, pages):
    problems = []
    for path, source in pages.items():
        if 'http-equiv="refresh"' in source:
            continue
        head = source.split("</head>")[0]
        if len(re.findall(r'<script src="[^"]*theme/theme.js"></script>', head)) != 1 or len(re.findall(r'<script defer src="[^"]*theme/tables.js"', head)) != 1:
            problems.append(f"{path}: the scripts are not in its head")
        switch = re.search(r'<button[^>]*class="scheme-switch"[^>]*>', source)
        if not switch or " hidden" not in switch.group(0) or not re.search(r'data-auto="[^"]+" data-light="[^"]+" data-dark="[^"]+"', switch.group(0)):
            problems.append(f"{path}: no switch of colours, hidden until its script runs")
    for script in ("theme.js", "tables.js"):
        checked = subprocess.run(["node", "--check", os.path.join(out, "theme", script)], capture_output=True, text=True, check=False)
        size = os.path.getsize(os.path.join(out, "theme", script))
        if checked.returncode or size > 14000:
            problems.append(f"{script}: {size} bytes {checked.stderr}")
    report(not problems, f"{name}: two small scripts, and the switch waits for its own", problems)


# ---- glossary, A-Z, everything ----


def awkward_glossary(work, name, files):
    for path, text in files.items():
        os.makedirs(os.path.dirname(os.path.join(work, name, path)) or ".", exist_ok=True)
        with open(os.path.join(work, name, path), "w", encoding="utf-8") as file:
            file.write(text)
    out = os.path.join(work, name + "-out")
    pages = published(os.path.join(work, name), out)
    problems = reading.link_problems(out, reading.read_site(out))
    source = pages.get("glossary/index.html", "")
    terms = [(anchor, text_of(term), meaning.strip()) for anchor, term, meaning in
             re.findall(r'<div id="([^"]*)"><dt>(.*?)</dt><dd>(.*?)</dd></div>', source, re.S)]
    return terms, pages, problems


def check_glossary(work):
    terms, pages, problems = awkward_glossary(work, "table", {
        "glossar.md": "---\nlang: de\n---\n# Glossar\n\n| Begriff | Bedeutung |\n|---|---|\n| Risiko | Was [schaden](b.md#teil) kann |\n"
                      "| Ähnlichkeit | *oben* |\n| a | b |\n\n| x | y | z |\n|--|--|--|\n| 1 | 2 | 3 |\n\n- **Wert**: `von` <i>Belang</i>\n"
                      "- **Öffnung:** innen\n- **Kein Begriff** hier\n\n  - **Innen**: nicht\n- **2FA** – zwei\n",
        "b.md": "# B\n\n## Teil\n\n[g](glossar.md)\n"})
    names = [name for _, name, _ in terms]
    report(names == ["2FA", "a", "Ähnlichkeit", "Öffnung", "Risiko", "Wert"] and not problems, "terms come from tables of two columns and from lists",
           [names, *problems])
    meanings = {name: meaning for _, name, meaning in terms}
    report(re.search('<a href="../b.html#teil"[^>]*>schaden</a>', meanings.get("Risiko", "")) and "&lt;i&gt;" in meanings.get("Wert", ""), "meanings keep their links",
           [meanings])
    anchors = [anchor for anchor, _, _ in terms]
    index = pages.get("a-z/index.html", "")
    report(len(set(anchors)) == len(terms) and all(f'href="../glossary/index.html#{reading.urllib.parse.quote(a, safe=":-")}"' in index for a in anchors),
           "each term has its anchor, and its place in A-Z", [anchors])
    terms, pages, problems = awkward_glossary(work, "headings", {
        "x.md": "---\nid: GLOSSARY\n---\n# Words\n\nBefore.\n\n## Zeal\n\nMuch.\n\n### More\n\n- of it\n\n## Air\n\nLittle.\n\n> ## Quoted\n>\n> In a quote.\n\nBehind.\n"})
    report([name for _, name, _ in terms] == ["Air", "Quoted", "Zeal"] and "<li>of it</li>" in terms[2][2] and not problems,
           "a glossary of headings has a term in each", [terms, *problems])
    _, pages, _ = awkward_glossary(work, "none", {"glossary.md": "# Glossary\n\nTo come.\n", "b.md": "# B\n\n[g](glossary.md)\n"})
    report("glossary/index.html" not in pages and "glossary.html" in pages, "a glossary without terms gets no page of its own")


def check_atoz(name, content, pages):
    entries = {}
    for path, source in pages.items():
        if path.startswith("a-z/"):
            for href, title in re.findall(r'<li><a href="([^"]*)">(.*?)</a> <small>', source):
                target, _, fragment = href.partition("#")
                entries.setdefault((os.path.normpath(os.path.join("a-z", reading.urllib.parse.unquote(target))), fragment), text_of(title))
    expected = [(page_of(d), "", d["title"]) for d in documents_of(content, pages)]
    for kind in ("risk", "asset", "role", "finding", "evidence"):
        expected += [(f"{kind}/{r['id']}.html", "", r["title"]) for r in asked(content, "list", kind)]
    glossary = [d["path"] for d in asked(content, "list", "documents") if d["id"] == "GLOSSARY"]
    titles = {page_of(d): d["title"] for d in asked(content, "list", "documents")}
    expected += [(h["page"], h["id"], h["text"]) for h in asked(content, "list", "headings")
                 if int(h["level"]) <= 2 and h["document"] not in glossary and h["text"] != titles.get(h["page"]) and h["page"] in pages]
    missing = [f"{path}#{fragment} {title}" for path, fragment, title in expected
               if entries.get((path, reading.urllib.parse.quote(fragment, safe="-_.~!*'();:@&=+$,/?"))) != re.sub(r"\s+", " ", title).strip()]
    controls = sum(path.startswith("control/A.") for path, _ in entries)
    report(not missing and controls == 93 and len(expected) > 100, f"{name}: A-Z has {len(entries)} entries: documents, records, headings, 93 controls", missing)


def check_all(name, content, pages):
    source, problems = pages["all.html"], []
    parts = re.findall(r'<article class="part[^"]*" id="([^"]*)">(.*?)</article>', source, re.S)
    documents = [d for d in documents_of(content, pages)]
    titles = [text_of(re.search(r"<h2.*?</h2>", part, re.S).group(0)) for _, part in parts]
    problems += [f"{d['path']} is not on it" for d in documents if not any(anchor == d["id"] or d["title"] in title for (anchor, _), title in zip(parts, titles))]
    problems += [f"{anchor}: a first heading" for anchor, part in parts if "<h1" in part]
    mine = {page_of(d) for d in documents}
    bodies = [prose for _, part in parts for prose in re.findall(r'<div class="prose".*?\n</div>', part, re.S)]
    for body in bodies:
        for href in re.findall(r'<a href="([^"#]*)"', body):
            if reading.urllib.parse.unquote(href) in mine:
                problems.append(f"{href} leads away from the page")
    inside = sum(len(re.findall(r'<a href="#', body)) for body in bodies)
    report(len(parts) >= len(documents) and inside > 10 and not problems, f"{name}: {len(parts)} documents on one page, {inside} links within it", problems)


# ---- size ----

TEXT_MAX, TABLE_MAX = 60_000, 130_000
# Tables of the whole site: they grow with the number of their rows.
TABLES = re.compile(r"^(report|all)\.html$|/index\.html$|^coverage/")


def check_sizes(name, content, out, tables_max):
    registers = {page_of(d) for d in asked(content, "list", "documents") if kind_of(d) == "register"}
    sizes = {path: len(content) for path, content in reading.tree(out).items() if path.endswith(".html")}
    big = [f"{path}: {size} bytes" for path, size in sorted(sizes.items()) if size > TEXT_MAX and path not in registers and not TABLES.search(path)]
    report(len(sizes) > 200 and not big, f"{name}: no page of text is over {TEXT_MAX} bytes", big)
    mine = ("document/index.html", "risk/index.html", "asset/index.html", "evidence/index.html", "a-z/index.html", "register/index.html")
    big = [f"{path}: {sizes[path]} bytes" for path in mine if sizes[path] > tables_max]
    report(not big, f"{name}: no register is over {tables_max} bytes", big)
    letters = [f"{path}: {size} bytes" for path, size in sizes.items() if path.startswith("a-z/") and size > TEXT_MAX]
    report(not letters, f"{name}: A-Z is cut before it is too long", letters)


def check_large(work):
    content, out = os.path.join(work, "large"), os.path.join(work, "large-out")
    generate_large.generate(content)
    pages = published(content, out)
    report(len(pages) > 800 and len(re.findall('<tr><th scope="row">', pages["document/index.html"])) == 305, "large: 300 documents and five registers",
           [len(pages)])
    check_sizes("large", content, out, TABLE_MAX * 2)
    report(any(re.match("a-z/[a-z]", path) and path != "a-z/index.html" for path in pages), "large: A-Z has a page for each letter")
    retired = re.search(r"<h2>Retired documents</h2>.*", pages["document/index.html"], re.S)
    report(retired and ">retired<" in retired.group(0) and ">retired<" not in pages["document/index.html"][:retired.start()], "large: retired documents stand apart")


with tempfile.TemporaryDirectory(prefix="ismark-documents-") as place:
    for site, folder in SITES.items():
        target = os.path.join(place, site)
        made = published(folder, target)
        check_heads(site, folder, made)
        listed_order = check_register(site, folder, made)
        check_neighbours(site, folder, made, listed_order)
        check_contents(site, folder, made)
        check_findings(site, folder, made)
        check_tables(site, made)
        check_scripts(site, target, made)
        check_atoz(site, folder, made)
        check_all(site, folder, made)
        check_sizes(site, folder, target, TABLE_MAX)
    check_glossary(place)
    check_large(place)
finish()
