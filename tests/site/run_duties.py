#!/usr/bin/python3
"""Calendar, iCalendar, clauses, path to the certificate, owners, permissions, assets, sitemap and aliases: what the pages say is
held against `ismark list … --format json` and report.json, computed anew here. Prints TAP. ISMARK names another program."""
import collections
import datetime
import html
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import finish, report  # noqa: E402
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import pages as reading  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ISMARK = os.path.abspath(os.environ.get("ISMARK", os.path.join(ROOT, "ismark")))
SAMPLE = os.path.join(ROOT, "content")
BASE = os.path.join(ROOT, "tests", "cases", "base")


def run(*words, cwd=ROOT):
    return subprocess.run([ISMARK, *words], capture_output=True, text=True, cwd=cwd, timeout=120, check=False)


def listed(content, kind, date):
    return json.loads(run("list", kind, "--content", content, "--date", date, "--format", "json").stdout or "[]")


def read(out, path):
    with open(os.path.join(out, path), encoding="utf-8", newline="") as file:
        return file.read()


def text_of(fragment):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", fragment))).strip()


def build(content, out, date):
    result = run("build", "--content", content, "--out", out, "--date", date, "--color", "never")
    return result.returncode == 0, json.loads(read(out, "report.json")) if result.returncode == 0 else {}


# ---- iCalendar ----


def ical_problems(data):
    """What RFC 5545 forbids, by checks of our own; gives the unfolded content lines too."""
    problems, lines = [], []
    if not data.endswith(b"\r\n") or re.search(rb"(?<!\r)\n|\r(?!\n)", data):
        problems.append("a line does not end with CRLF")
    for line in data.split(b"\r\n")[:-1]:
        if len(line) > 75:
            problems.append(f"{len(line)} octets: {line[:60]}")
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            problems.append(f"folded within a character: {line}")
        if re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", line):
            problems.append(f"a control character: {line}")
        if line[:1] in (b" ", b"\t") and lines:
            lines[-1] += line[1:]
        else:
            lines.append(line)
    lines = [line.decode("utf-8", "replace") for line in lines]
    for line in lines:
        if not re.fullmatch(r"[A-Z-]+(;[A-Z-]+=[A-Z-]+)*:.*", line):
            problems.append(f"no content line: {line}")
        name, _, value = line.partition(":")
        if name in ("SUMMARY", "DESCRIPTION", "UID", "X-WR-CALNAME") and re.search(r"(?<!\\)(?:\\\\)*([;,])|\\(?![\\;,nN])", re.sub(r"\\[\\;,nN]", "", value)):
            problems.append(f"not escaped: {line}")
    if lines[:2] != ["BEGIN:VCALENDAR", "VERSION:2.0"] or lines[-1] != "END:VCALENDAR":
        problems.append("no calendar")
    return problems, lines


def events_of(lines):
    events, event = [], None
    for line in lines:
        if line == "BEGIN:VEVENT":
            event = collections.OrderedDict()
        elif line == "END:VEVENT":
            events.append(event)
            event = None
        elif event is not None:
            name, _, value = line.partition(":")
            if name in event:
                raise ValueError(f"{name} twice")
            event[name] = value
    return events


def check_ical(name, out, date, due):
    with open(os.path.join(out, "calendar.ics"), "rb") as file:
        data = file.read()
    problems, lines = ical_problems(data)
    events = events_of(lines)
    stamp = date.replace("-", "") + "T000000Z"
    for event in events:
        if not {"UID", "DTSTAMP", "DTSTART;VALUE=DATE", "SUMMARY"} <= set(event):
            problems.append(f"lacks what it needs: {event}")
        if event.get("DTSTAMP") != stamp:
            problems.append(f"stamp: {event.get('DTSTAMP')}")
    uids = [event["UID"] for event in events]
    if len(uids) != len(set(uids)):
        problems.append("a UID twice")
    report(not problems and events, f"{name}: calendar.ics keeps RFC 5545", problems)
    days = collections.Counter(event["DTSTART;VALUE=DATE"] for event in events)
    expected = collections.Counter(item["date"].replace("-", "") for item in due)
    wrong = [f"{day}: {days[day]} instead of {count}" for day, count in expected.items() if days[day] < count]
    report(not wrong and expected, f"{name}: what the report has due is in calendar.ics", wrong)
    try:
        import icalendar
    except ImportError:
        report(True, f"{name}: python3-icalendar reads it # SKIP not installed")
        return events
    read_events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    wrong = [e["SUMMARY"] for e, mine in zip(read_events, events) if e.decoded("DTSTART").strftime("%Y%m%d") != mine["DTSTART;VALUE=DATE"]]
    report(not wrong and len(read_events) == len(events), f"{name}: python3-icalendar reads it", wrong)
    return events


# ---- the calendar's page ----


def sections_of(page):
    """Id of a heading -> what follows it up to the next one."""
    parts = re.split(r'<h2 id="calendar:([^"]+)">', page)
    return dict(zip(parts[1::2], parts[2::2]))


def rows_of(section):
    """(day, record ids) of each row."""
    for row in re.findall(r"<tr><td>(.*?)</tr>", section, re.S):
        yield re.search(r'datetime="([\d-]+)"', row).group(1), row


def check_calendar(name, out, date, due, events):
    page = read(out, "calendar/index.html").split('<details class="past">')[0]
    sections = sections_of(page)
    today = datetime.date.fromisoformat(date)
    months = [f"{today.year + (today.month - 1 + i) // 12:04d}-{(today.month - 1 + i) % 12 + 1:02d}" for i in range(13)]
    report([s for s in sections if re.match(r"\d", s)] == months, f"{name}: a year of months from the day of the build", [list(sections), months])
    wrong = []
    for key, section in sections.items():
        for day, row in rows_of(section):
            fits = day < date if key == "overdue" else day > months[-1] + "-31" if key == "later" else day.startswith(key) and day >= date
            if not fits:
                wrong.append(f"{day} in {key}")
    report(not wrong, f"{name}: every day stands in its month, what is overdue before them", wrong)
    counts = {key: int(re.search(r'<span class="quiet">(\d+)', section).group(1)) for key, section in sections.items() if key != "strip"}
    expected = collections.Counter()
    for event in events:
        day = datetime.datetime.strptime(event["DTSTART;VALUE=DATE"], "%Y%m%d").date().isoformat()
        expected["overdue" if day < date else day[:7] if day[:7] in months else "later"] += 1
    wrong = [f"{key}: {counts.get(key, 0)} instead of {expected[key]}" for key in set(counts) | set(expected) if counts.get(key, 0) != expected[key]]
    report(not wrong and sum(expected.values()) == len(events), f"{name}: the months count what falls into them", wrong)
    text = text_of(page)
    missing = [item["what"] for item in due if item["record"]["kind"] != "soa" and item["record"]["title"] not in text and item["record"]["id"] not in text]
    report(not missing, f"{name}: what the report has due stands on the page", missing)
    strip = re.findall(r"<strong>(\d+)</strong></a></li>", page)
    report([int(n) for n in strip] == [counts[m] for m in months], f"{name}: the strip has the months' counts", [strip])


def check_done(name, content, out, date):
    past = read(out, "calendar/index.html").split('<details class="past">')[1]
    today = datetime.date.fromisoformat(date)
    month = today.month - 3
    first = (today.replace(day=1, year=today.year - (month < 1), month=(month - 1) % 12 + 1) + datetime.timedelta(days=today.day - 1)).isoformat()
    wrong = []
    for kind, field in (("action", "done_on"), ("training", "held_on"), ("review", "held_on"), ("exercise", "held_on"), ("finding", "closed_on")):
        for record in listed(content, kind, date):
            day = record.get(field) or ""
            inside = f"/{record['id']}.html" in past
            if inside and not first <= day <= date:
                wrong.append(f"{record['id']} of {day} is listed")
            if not inside and first <= day <= date:
                wrong.append(f"{record['id']} of {day} is not listed")
    days = re.findall(r'<tr><td><time datetime="([\d-]+)"', past)
    report(not wrong and days == sorted(days, reverse=True) and (days or date > "2027"), f"{name}: what was done since {first}, the newest first", wrong + days[:10])


# ---- clauses, certificate ----


def check_clauses(name, out, facts):
    page = read(out, "clause/index.html")
    items = next(c for c in facts["checklists"] if c["stage"] == "clauses")["items"]
    sections = dict(re.findall(r'<section class="clause level-\d" id="([\d.]+)"(.*?)</section>', page, re.S))
    wrong = []
    for item in items:
        section = sections.get(item["clause"], "")
        state = re.search(r'<p class="asks"><span class="badge ready-([a-z-]+)">', section)
        if not state or state.group(1) != item["state"].replace(" ", "-"):
            wrong.append(f"{item['clause']}: {state and state.group(1)} instead of {item['state']}")
        text = text_of(section)
        wrong += [f"{item['clause']}: lacks `{c['text']}`" for c in item["conditions"] if c["text"] not in text]
        wrong += [f"{item['clause']}: lacks {f['code']}" for f in item["held_back"][:5] if f["code"] not in text]
    report(not wrong and len(items) == 30, f"{name}: {len(items)} requirements as the report judges them", wrong)
    report(set(sections) >= {"4", "6.1.3", "7.5", "9.2.2", "10.2"} and len(sections) == 41, f"{name}: an anchor for every clause", [sorted(sections)])
    kinds = re.findall(r'<tr><th scope="row"><span class="id">([\d. a-z]+)</span>', page)
    report(len(kinds) == 18, f"{name}: 18 items of documented information", kinds)
    return page


def check_absence(work):
    """A site with nothing meets nothing."""
    folder = os.path.join(work, "nothing")
    os.makedirs(folder)
    with open(os.path.join(folder, "index.md"), "w", encoding="utf-8") as file:
        file.write("# Nothing\n")
    out = os.path.join(work, "nothing-out")
    good, _ = build(folder, out, "2026-06-30")
    page = read(out, "clause/index.html")
    report(good and 'class="badge ready-met"' not in page and "ready-there" not in page, "nothing is met by absence", re.findall(r"badge ready-[a-z]+", page)[:20])
    report(not os.path.exists(os.path.join(out, "calendar.ics")) and "calendar.ics" not in read(out, "calendar/index.html"), "no calendar without an event")
    report(not os.path.exists(os.path.join(out, "assets.txt")) and not os.path.exists(os.path.join(out, "permission")), "no list of assets, no permissions where there are none")
    report("ready-no-date" in read(out, "certificate/index.html"), "a path without days")


def check_clause_links(name, out):
    pages = reading.read_site(out)
    linked = sum(1 for path, page in pages.items() for _, href, _ in page.links if path != "clause/index.html" and "clause/index.html#" in href)
    report(linked > 10, f"{name}: references to clauses lead to them", [linked])


def check_certificate(name, out, facts):
    page = read(out, "certificate/index.html")
    steps = re.findall(r'<li class="step-([a-z-]+)" id="certificate:([a-z0-9-]+)"(.*?)</li>\n(?=<li class="step|</ol>)', page, re.S)
    path = facts["certification"]["path"]
    wrong = []
    for step, (state, key, body) in zip(path, steps):
        if key != step["name"] or state != step["state"].replace(" ", "-"):
            wrong.append(f"{key} {state} instead of {step['name']} {step['state']}")
        for day in (step["on"], step["latest"]):
            if day and f'datetime="{day}"' not in body:
                wrong.append(f"{key}: lacks {day}")
        wrong += [f"{key}: lacks `{gap}`" for gap in step["missing"] if gap not in text_of(body)]
    report(not wrong and len(steps) == len(path) == 9, f"{name}: nine steps with their days and what is missing", wrong)


# ---- owners, permissions, assets ----


def check_owners(name, content, out, date):
    kinds = ("risk", "asset", "action", "supplier", "requirement", "objective", "exception", "change", "exercise", "finding")
    owned = collections.defaultdict(set)
    for kind in kinds:
        for record in listed(content, kind, date):
            for owner in (record.get("owner") or "").split("; "):
                owned[owner].add(f"{kind}/{record['id']}.html")
    wrong, seen = [], 0
    for kind in ("person", "role"):
        for party in listed(content, kind, date):
            page = read(out, f"{kind}/{party['id']}.html")
            duties = page.split('<section class="duties">')[1].split("</section>")[0]
            links = set(re.findall(r'href="\.\./([^"]+)"', duties))
            seen += len(owned[party["id"]])
            wrong += [f"{party['id']}: lacks {path}" for path in owned[party["id"]] if path not in links]
    report(not wrong and seen > 10, f"{name}: {seen} records on the pages of who owns them", wrong)
    page = read(out, "owner/index.html")
    missing = [p["id"] for kind in ("person", "role") for p in listed(content, kind, date) if p["title"] not in text_of(page)]
    report(not missing, f"{name}: everybody is in the overview", missing)
    for kind, column in (("risk", 4), ("asset", 5), ("action", 6)):
        expected = collections.Counter(record["owner"] for record in listed(content, kind, date))
        wrong = []
        for role in listed(content, "role", date):
            row = re.search(r'<tr><th scope="row"><a href="\.\./role/' + re.escape(role["id"]) + r'\.html".*?</tr>', page)
            cells = re.findall(r"<td[^>]*>(.*?)</td>", row.group(0)) if row else []
            count = text_of(cells[column + 1]) if len(cells) > column + 1 else "?"
            if count != (str(expected[role["id"]]) if expected[role["id"]] else "–"):
                wrong.append(f"{role['id']}: {count} instead of {expected[role['id']]}")
        report(not wrong, f"{name}: roles own so many of the kind {kind}", wrong)


def check_permissions(name, content, out, date):
    page = read(out, "permission/index.html")
    rights = collections.Counter(html.unescape(right) for right in re.findall(r'<span class="right">([^<]*)</span>', page))
    expected = collections.Counter()
    for kind in ("role", "person"):
        for party in listed(content, kind, date):
            for system in filter(None, (party.get("permissions") or "").split("; ")):
                expected.update(system.rpartition(": ")[2].split(", "))
    wrong = [f"{right}: {rights[right]} instead of {count}" for right, count in expected.items() if rights[right] != count]
    report(not wrong and sum(expected.values()) > 5, f"{name}: {sum(rights.values())} permissions", wrong)


def width(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def check_assets(name, content, out, date):
    assets = listed(content, "asset", date)
    lines = read(out, "assets.txt").split("\n")
    rows = [re.split(r" {2,}", line) for line in lines[:-1]]
    heads = ["ID", "TYPE", "NAME", "OWNER", "CUSTODIAN", "LOCATION", "CLASSIFICATION", "C/I/A", "STATUS", "RISKS"]
    report(rows[0] == heads and lines[-1] == "" and all(len(row) == len(heads) for row in rows), f"{name}: assets.txt has ten columns", rows[:3])
    natural = lambda text: [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", text)]
    report([row[0] for row in rows[1:]] == sorted((a["id"] for a in assets), key=natural), f"{name}: one line for each of {len(assets)} assets, in order")
    wrong = []
    for asset, row in zip(sorted(assets, key=lambda a: natural(a["id"])), rows[1:]):
        worth = dict(part.split(": ") for part in asset["value"].split(", ")) if asset["value"] else {}
        levels = "/".join(worth.get(p, "-") for p in ("confidentiality", "integrity", "availability")) if worth else "-"
        expected = [asset["id"], asset["type"] or "-", asset["title"], asset["location"].replace("; ", ", ") or "-", asset["classification"] or "-",
                    levels, asset["status"] or "-"]
        if [row[i] for i in (0, 1, 2, 5, 6, 7, 8)] != expected:
            wrong.append(f"{row} instead of {expected}")
    report(not wrong, f"{name}: assets.txt says what the records say", wrong)
    starts = [[width(line[:m.end()]) for m in re.finditer(r" {2,}", line)] for line in lines[:-1]]
    report(all(s == starts[0] for s in starts), f"{name}: the columns stand below one another", starts[:3])
    risks = collections.Counter(asset for risk in listed(content, "risk", date) for asset in (risk.get("assets") or "").split("; ") if asset)
    wrong = [row[0] for row in rows[1:] if (0 if row[9] == "-" else len(row[9].split(", "))) != risks[row[0]]]
    report(not wrong, f"{name}: every asset with its risks", wrong)
    page = read(out, "asset/index.html")
    report(page.count('<tr id="') == len(assets) and 'href="../assets.txt"' in page and 'class="sortable' in page, f"{name}: the register of assets")


# ---- addresses ----


def write(folder, files):
    for path, text in files.items():
        full = os.path.join(folder, "content", path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as file:
            file.write(text)


def project(work, name, files, date="2026-06-30"):
    folder = os.path.join(work, name)
    write(folder, files)
    result = run("build", "-C", folder, "--date", date, "--color", "never", "--theme", os.path.join(ROOT, "themes", "default"))
    return result, os.path.join(folder, "out")


def sitemap_of(out):
    root = xml.etree.ElementTree.parse(os.path.join(out, "sitemap.xml")).getroot()
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert root.tag == space + "urlset"
    for url in root:
        assert url.tag == space + "url" and [child.tag for child in url] == [space + "loc"], url.tag
    return [url[0].text for url in root]


def check_sitemap(name, content, out):
    base = re.search(r"^base_url: *(\S+)", read(content, "site.yaml"), re.M)
    if not base:
        report(not os.path.exists(os.path.join(out, "sitemap.xml")), f"{name}: no sitemap without a base URL")
        return
    urls = sitemap_of(out)
    pages = reading.read_site(out)
    redirects = {path for path, page in pages.items() if 'http-equiv="refresh"' in page.source}
    expected = {path for path in pages if path not in redirects and path != "404.html"}
    found = {html.unescape(url[len(base.group(1)):]) for url in urls}
    odd = [url for url in urls if not re.fullmatch(r"https?://[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+", url)]
    report(not odd and len(urls) == len(found) and found == expected, f"{name}: the sitemap is valid and has every page but redirects and 404",
           odd + sorted(found ^ expected)[:20])


def check_search_engines(work):
    files = {"open.md": "---\ntitle: Open\nclassification: public\n---\n", "closed.md": "---\ntitle: Closed\nclassification: internal\n---\n",
             "plain.md": "# Plain\n", "site.yaml": "base_url: https://isms.example.org/größe/\n"}
    robots = '<meta name="robots" content="noindex, nofollow">'
    _, out = project(work, "closed", files)
    report(all(robots in page.source or "refresh" in page.source for page in reading.read_site(out).values()), "pages ask search engines to pass by")
    urls = sitemap_of(out)
    report("https://isms.example.org/gr%C3%B6%C3%9Fe/open.html" in urls and len(urls) > 90, "addresses of a sitemap are encoded", urls[:5])
    files["site.yaml"] += "search_engines: true\n"
    _, out = project(work, "opened", files)
    pages = reading.read_site(out)
    hidden = {path for path in ("open.html", "closed.html", "plain.html", "calendar/index.html") if robots in pages[path].source}
    report(hidden == {"closed.html", "calendar/index.html"}, "search_engines lets in, but not to what is classified", hidden)
    names = [url.rsplit("/", 1)[1] for url in sitemap_of(out)]
    report("open.html" in names and "closed.html" not in names, "the sitemap then has what may be listed", names)


def check_aliases(work):
    result, out = project(work, "aliases", {
        "a.md": "---\ntitle: A & <b>\naliases: [Old.html, old.html, 'https://isms.example.org/site/moved.html', a%20b.html, a.html, old/, /old, "
                "'x.html#part', 'x.html?id=1', 'https://elsewhere.example/x.html', '%2e%2e/out.html', b.html]\n---\n",
        "b.md": "---\ntitle: B\naliases: [former.html, moved.html]\n---\n",
        "c.md": "---\ntitle: C\naliases: former.html\n---\n",
        "site.yaml": "base_url: https://isms.example.org/site/\n"})
    pages = reading.read_site(out)
    targets = {path: re.search(r"url=([^\"]+)", page.source).group(1) for path, page in pages.items() if 'http-equiv="refresh"' in page.source}
    report(targets == {"Old.html": "a.html", "moved.html": "a.html", "a b.html": "a.html", "old/index.html": "../a.html", "former.html": "b.html"},
           "aliases: base URL, escapes, spellings and folders of one address", [targets])
    refused = re.findall(r"the alias `([^`]+)`", result.stdout)
    report(sorted(refused) == sorted(["x.html#part", "x.html?id=1", "https://elsewhere.example/x.html", "%2e%2e/out.html"]) and result.stdout.count("[PUB005]") == 4,
           "aliases that no file can answer are refused (PUB005)", [result.stdout])
    report(result.stdout.count("[PUB001]") == 3 and pages["b.html"].text.count("B") and "refresh" not in pages["b.html"].source,
           "an alias never takes the place of a page, nor of another document's alias (PUB001)", [result.stdout])
    problems = reading.link_problems(out, pages) + [p for path, page in pages.items() for p in reading.page_problems(path, page)]
    report(not problems, "aliases: every page is sound", problems)


# ---- awkward texts ----


def check_hostile(work):
    odd = "</td><script>alert(1)</script>, ; \\\\ \\n " + "漢字" * 30 + " e\u0301" + "🔒" * 20
    quoted = json.dumps(odd, ensure_ascii=False)
    result, out = project(work, "hostile", {
        "actions.yaml": f"kind: action\nentries:\n- {{id: ACT-1, title: {quoted}, owner: {quoted}, due: 2026-07-04}}\n"
                        f"- {{id: ACT-2, title: {quoted}, owner: P-1, due: 2024-02-29}}\n- {{id: ACT-3, title: x, due: 2028-02-29}}\n",
        "people.yaml": f"kind: person\nentries:\n- {{id: P-1, title: {quoted}, permissions: {{{quoted}: [{quoted}, read]}}}}\n",
        "roles.yaml": f"kind: role\nentries:\n- {{id: R-1, title: {quoted}, permissions: {{{quoted}: write}}}}\n",
        "assets.yaml": f"kind: asset\nentries:\n- {{id: A-1, title: {quoted}, type: {quoted}, location: [{quoted}, x], value: {{confidentiality: {quoted}}}}}\n"
                       "- {id: A-2, title: \"a  \\t b\"}\n",
        "site.yaml": f"title: {quoted}\nbase_url: https://isms.example.org/\n"})
    pages = reading.read_site(out)
    problems = reading.link_problems(out, pages) + [p for path, page in pages.items() for p in reading.page_problems(path, page)]
    report(result.returncode == 0 and not problems, "hostile titles: every page is sound", [result.stderr, *problems])
    with open(os.path.join(out, "calendar.ics"), "rb") as file:
        problems, lines = ical_problems(file.read())
    events = events_of(lines)
    plain = re.sub(r"\\(.)", lambda m: "\n" if m.group(1) in "nN" else m.group(1), next(e["SUMMARY"] for e in events if e["UID"].startswith("action/ACT-1@")))
    report(not problems and odd in plain, "hostile titles: iCalendar keeps them, folded and escaped", problems + [plain])
    days = sorted(e["DTSTART;VALUE=DATE"] for e in events if e["UID"].startswith("action/"))
    report(days == ["20240229", "20260704", "20280229"], "leap days stay", days)
    sections = sections_of(read(out, "calendar/index.html"))
    report("ACT-2" in sections["overdue"] and "ACT-1" in sections["2026-07"] and "ACT-3" in sections["later"], "and stand where they belong", list(sections))
    rows = [re.split(r" {2,}", line) for line in read(out, "assets.txt").split("\n")[:-1]]
    report(all(len(row) == 10 for row in rows) and rows[2][2] == "a b" and rows[1][2].endswith("🔒"), "hostile titles: assets.txt keeps its columns", rows)


def check_words():
    """Every language has the words of these pages."""
    import yaml
    words = {}
    for language in ("en", "de", "fr"):
        with open(os.path.join(ROOT, "themes", "default", "words", language + ".yaml"), encoding="utf-8") as file:
            words[language] = yaml.safe_load(file)
    with open(os.path.join(ROOT, "src", "catalogue", "data", "iso27001-2022-clauses.yaml"), encoding="utf-8") as file:
        data = yaml.safe_load(file)
    clauses = next(value for value in data.values() if isinstance(value, list) and value and "documented_information" in value[0])
    wrong = [c["id"] for c in clauses if words["en"]["clauses"]["titles"].get(c["id"].replace(".", "-")) != c["title"]]
    wrong += [i["name"] for c in clauses for i in c["documented_information"] if words["en"]["clauses"]["information_titles"].get(i["name"]) != i["title"]]
    report(not wrong, "the titles of clauses are the catalogue's", wrong)
    wrong = [f"{language} {area}" for language in ("de", "fr") for area in ("calendar", "clauses", "certificate", "owners", "permission", "assets")
             if list(words[language][area]) != list(words["en"][area])]
    report(not wrong, "every language has the words of these pages", wrong)


with tempfile.TemporaryDirectory(prefix="ismark-duties-") as place:
    for site_name, site_content, site_date in (("sample", SAMPLE, "2026-06-30"), ("sample, later", SAMPLE, "2027-02-28"), ("base", BASE, "2026-06-30")):
        site_out = os.path.join(place, site_name)
        built, site_facts = build(site_content, site_out, site_date)
        report(built, f"{site_name}: builds")
        site_due = [i for owner in site_facts["overdue"]["owners"] for i in owner["items"]] + [i for w in site_facts["due"] for i in w["items"]]
        site_events = check_ical(site_name, site_out, site_date, site_due)
        check_calendar(site_name, site_out, site_date, site_due, site_events)
        check_done(site_name, site_content, site_out, site_date)
        check_clauses(site_name, site_out, site_facts)
        check_clause_links(site_name, site_out)
        check_certificate(site_name, site_out, site_facts)
        check_owners(site_name, site_content, site_out, site_date)
        check_permissions(site_name, site_content, site_out, site_date)
        check_assets(site_name, site_content, site_out, site_date)
        check_sitemap(site_name, site_content, site_out)
    for check in (check_absence, check_search_engines, check_aliases, check_hostile):
        check(place)
    check_words()
finish()
