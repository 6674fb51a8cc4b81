#!/usr/bin/python3
"""Charts: Python's own computation from the report's JSON, compared with the data tables and with the sizes of the shapes;
every picture has a title, a description and ids of its own; extreme and hostile records. Prints TAP."""
import json
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ISMARK = os.environ.get("ISMARK", os.path.join(ROOT, "ismark"))
DAY = "2026-06-30"
number = failed = 0


def report(faults, name):
    global number, failed
    number += 1
    failed += bool(faults)
    print(f"{'not ok' if faults else 'ok'} {number} - {name}", flush=True)
    for fault in list(faults)[:40]:
        print(f"# {fault}")


def build(content, out):
    subprocess.run([ISMARK, "build", "--content", content, "--out", out, "--date", DAY, "--quiet", "--theme", os.path.join(ROOT, "themes", "default")],
                   cwd=ROOT, timeout=120, check=True, capture_output=True)


def read(out, path):
    with open(os.path.join(out, path), encoding="utf-8") as file:
        return file.read()


def picture(page, name):
    """The SVG of the chart NAME and the table after it."""
    start = page.find(f'aria-labelledby="{name}:title')
    if start < 0:
        return "", []
    end = page.index("</figure>", start)
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', page[start:end])
    return page[start:page.index("</svg>", start)], [(re.sub("<.*?>", "", title).strip(), re.findall(r"<td.*?>(.*?)</td>", cells)) for title, cells in rows]


def parts(svg):
    """Widths of the bars' parts by row (y); the key's swatches are 14 wide and 12 high."""
    bars = {}
    for y, width in re.findall(r'<rect class="part [a-z ]*" x="[\d.]+" y="([\d.]+)" width="([\d.]+)" height="20"/>', svg):
        bars.setdefault(float(y), []).append(float(width))
    return [bars[y] for y in sorted(bars)]


def bar_faults(page, name, expected, shares):
    """EXPECTED: counts of each bar in the order of the series."""
    svg, rows = picture(page, name)
    faults = [] if len(rows) == len(expected) else [f"{name}: {len(rows)} rows, not {len(expected)}"]
    for counts, (title, cells) in zip(expected, rows):
        if [int(cell) for cell in cells[:len(counts)]] != counts:
            faults.append(f"{title}: {cells}, not {counts}")
    longest = max(map(sum, expected), default=1) or 1
    for counts, widths in zip([c for c in expected if sum(c)], parts(svg)):
        whole = sum(counts) if shares else longest
        for count, width in zip([c for c in counts if c], widths):
            if abs(width - 338 * count / whole) > 0.06:
                faults.append(f"{name}: {count} of {whole} is {width} wide")
    return faults


def shares(document, key):
    return [[s["counts"][state] for state in ("met", "partly met", "not met")] for s in document["shares"][key]]


def ages(document):
    classes = [[0, 0, 0] for _ in range(6)]
    for finding in document["findings"]:
        if finding["open"] and finding["category"] in ("major", "minor", "observation"):
            age = finding["age_days"]
            index = 5 if age is None else sum(age > end for end in (30, 60, 90, 180))
            classes[index][("major", "minor", "observation").index(finding["category"])] += 1
    return classes if sum(classes[5]) else classes[:5]


def map_faults(document, page):
    faults = []
    for heat_map in document["risks"]["heat_maps"]:
        svg, rows = picture(page, "chart:" + heat_map["name"])
        cells = [cell for row in heat_map["rows"] for cell in row["cells"]]
        in_table = [len(re.findall(r'class="id"', cell)) for _, row in reversed(rows) for cell in row]
        if in_table != [min(len(cell["risks"]), 100) for cell in cells]:
            faults.append(f"{heat_map['name']}: the table has {in_table}")
        drawn = svg.count('class="cell ')
        if drawn != len(cells):
            faults.append(f"{heat_map['name']}: {drawn} cells")
        named = re.findall(r'<text class="id middle"[^>]*>(.*?)</text>', svg)
        hidden = sum(map(int, re.findall(r'<text class="more middle"[^>]*>\+(\d+)</text>', svg)))
        counted = sum(map(int, re.findall(r'<text class="count middle"[^>]*>(\d+)</text>', svg)))
        if len(named) + hidden + counted != heat_map["placed"]:
            faults.append(f"{heat_map['name']}: {len(named)} named, {hidden} more, {counted} counted of {heat_map['placed']}")
    return faults


def frame_faults(out):
    faults = []
    for folder, _, names in os.walk(out):
        for name in names:
            if not name.endswith(".html"):
                continue
            page = read(folder, name)
            for title, text in re.findall(r'<svg class="chart [a-z -]+" role="(?:img|group)" aria-labelledby="(\S+) (\S+)"', page):
                if page.count(f'<title id="{title}">') != 1 or page.count(f'<desc id="{text}">') != 1:
                    faults.append(f"{name}: {title} has not one title and description")
                if re.search(rf'<(?:title|desc) id="(?:{re.escape(title)}|{re.escape(text)})"></', page):
                    faults.append(f"{name}: {title} is not described")
            faults += [f"{name}: url(#{target}) leads nowhere" for target in re.findall(r'url\(#(.*?)\)', page) if f'id="{target}"' not in page]
            if re.search(r'="[^"]*\b(?:nan|inf)\b[^"]*"/>', page):
                faults.append(f"{name}: a length is no number")
    return faults


def check_site(name, content, work):
    out = os.path.join(work, name)
    build(content, out)
    document, page = json.loads(read(out, "report.json")), read(out, "report.html")
    themes = [list(theme["counts"].values()) for theme in document["soa"]["themes"] if theme["total"]]
    report(bar_faults(page, "chart:soa", themes, False) + bar_faults(read(out, "soa/index.html"), "chart:soa", themes, False),
           f"{name}: controls by theme and state")
    report(bar_faults(page, "chart:stages", shares(document, "stages"), True) + bar_faults(read(out, "index.html"), "chart:stages", shares(document, "stages"), True),
           f"{name}: readiness by stage")
    report(bar_faults(page, "chart:clauses", shares(document, "clauses"), True), f"{name}: readiness by clause")
    expected = ages(document)
    report(bar_faults(page, "chart:findings", expected if any(map(sum, expected)) else [], False), f"{name}: open findings by age")
    report(map_faults(document, page), f"{name}: heat maps")
    report(frame_faults(out), f"{name}: every picture has a title, a description and ids of its own")
    return out


def write(folder, **files):
    os.makedirs(folder)
    for name, value in files.items():
        with open(os.path.join(folder, name + ".yaml"), "w", encoding="utf-8") as file:
            file.write(value if isinstance(value, str) else json.dumps(value))


def risk(number, likelihood, impact, title="A risk"):
    return {"id": f"RISK-{number:03}", "title": title, "likelihood": likelihood, "impact": impact, "status": "open"}


def metric(number, values, **fields):
    days = [f"{1990 + i // 336:04}-{i // 28 % 12 + 1:02}-{i % 28 + 1:02}" for i in range(len(values))]
    return {"id": f"M-{number}", "title": "<b>\"M\" & co", "frequency": "1 days", "measurements": [{"on": d, "value": v} for d, v in zip(days, values)], **fields}


def levels(count):
    return "".join(f"    {level}: <i>Level {level}\n" for level in range(1, count + 1))


def check_extremes(work):
    write(os.path.join(work, "none"), site="title: None\n")
    out = os.path.join(work, "none-out")
    build(os.path.join(work, "none"), out)
    page = read(out, "index.html")
    report([c for c in ("risk", "soa", "finding", "action", "metric", "policy") if f"<code>ismark new {c}</code>" not in page], "nothing yet: the start page says what to do")
    for scale, count in ((1, 1), (5, 200), (10, 40)):
        folder = os.path.join(work, f"scale-{scale}")
        write(folder, site=f"risk:\n  likelihood:\n{levels(scale)}  impact:\n{levels(scale)}",
              risks={"kind": "risk", "entries": [risk(i, scale, scale, "<script>") for i in range(count)]})
        out = folder + "-out"
        build(folder, out)
        report(map_faults(json.loads(read(out, "report.json")), read(out, "risk/index.html")) + frame_faults(out), f"{count} risks in one cell of {scale} × {scale}")
    metrics = [metric(1, []), metric(2, [5]), metric(3, [i % 7 for i in range(500)], target=3, direction="up"),
               metric(4, [-1e14, 1e14, -3.5], target=-2, direction="down", unit="<u>"), metric(5, [0, 0, 0], target=0)]
    folder = os.path.join(work, "metrics")
    write(folder, metrics={"kind": "metric", "entries": metrics})
    out = folder + "-out"
    build(folder, out)
    faults = frame_faults(out)
    for entry in metrics:
        page = read(out, f"metric/{entry['id']}.html")
        svg, rows = picture(page, "chart:metric-1")
        count = len(entry["measurements"])
        if len(rows) != min(count, 60) or (count and "<path class=\"line\"" not in svg) or (not count and svg):
            faults.append(f"{entry['id']}: {len(rows)} rows of {count}")
        if count and svg and count <= 80:
            bad = sum(entry.get("direction") == "up" and m["value"] < entry["target"] or entry.get("direction") == "down" and m["value"] > entry["target"] for m in entry["measurements"])
            if svg.count("point bad") != bad or svg.count("<circle") != count - bad:
                faults.append(f"{entry['id']}: {svg.count('point bad')} miss the target, not {bad}")
        if len(svg) > 16384:
            faults.append(f"{entry['id']}: a picture of {len(svg)} bytes")
    report(faults, "metrics with no value, one, 500, negative and huge ones")


def main():
    with tempfile.TemporaryDirectory() as work:
        for name, content in (("sample", "content"), ("base", "tests/cases/base")):
            check_site(name, os.path.join(ROOT, content), work)
        check_extremes(work)
    print(f"1..{number}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
