#!/usr/bin/python3
"""The published site of the clean base, of the sample, and of folders made to be awkward: links, ids, headings, pages for
everything, the same bytes with any number of threads, untouched files, hostile texts, themes that are wrong. Prints TAP.
ISMARK names another program than ./ismark."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import finish, report  # noqa: E402
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import pages as reading  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ISMARK = os.path.abspath(os.environ.get("ISMARK", os.path.join(ROOT, "ismark")))
SITES = [("base", os.path.join(ROOT, "tests", "cases", "base"), "2026-06-30"), ("sample", os.path.join(ROOT, "content"), "2026-06-30")]


def run(*words, cwd=ROOT):
    return subprocess.run([ISMARK, *words], capture_output=True, text=True, cwd=cwd, timeout=120, check=False)


def build(content, out, *words, date="2026-06-30", cwd=ROOT):
    return run("build", "--content", content, "--out", out, "--date", date, "--color", "never", *words, cwd=cwd)


def listed(content, kind):
    return json.loads(run("list", kind, "--content", content, "--date", "2026-06-30", "--format", "json").stdout or "[]")


def record_kinds():
    for line in run("explain", "kinds").stdout.splitlines():
        words = line.split()
        if len(words) > 1 and words[1] == "record":
            yield words[0]


def check_site(name, content, date, work):
    out = os.path.join(work, name)
    result = build(content, out, "-j1", date=date)
    report(result.returncode == 0 and "published" in result.stdout, f"{name}: builds", [result.stdout, result.stderr])
    pages = reading.read_site(out)
    problems = reading.link_problems(out, pages)
    report(not problems and len(pages) > 200, f"{name}: every link and fragment of {len(pages)} pages resolves", problems)
    problems = [problem for path, page in pages.items() for problem in reading.page_problems(path, page)]
    report(not problems, f"{name}: ids, language, policy, no scripts, nothing from elsewhere", problems)
    check_headings(name, content, pages)
    check_coverage(name, content, pages)
    check_order(name, content, out, date, work)


def check_headings(name, content, pages):
    expected, problems = {}, []
    for heading in listed(content, "headings"):
        expected.setdefault(heading["page"], []).append((int(heading["level"]), heading["id"]))
    for path, headings in expected.items():
        if path not in pages or pages[path].headings != headings:
            problems.append(f"{path}: {pages[path].headings if path in pages else 'no page'} instead of {headings}")
    report(not problems and expected, f"{name}: heading ids are the model's", problems)


def check_coverage(name, content, pages):
    missing = [f"control/{control}" for control in controls() if f"control/{control}.html" not in pages]
    documents = listed(content, "documents")
    lower = {path.lower() for path in pages}  # risk/risk-8.yaml needs no page beside risk/RISK-8.html
    missing += [d["path"] for d in documents if (os.path.splitext(d["path"])[0] + ".html").lower() not in lower]
    records = 0
    for kind in record_kinds():
        for record in listed(content, kind) if kind != "soa" else []:
            records += 1
            if f"{kind}/{record['id']}.html" not in pages:
                missing.append(f"{kind} {record['id']}")
    report(not missing and records > 50, f"{name}: a page for {len(documents)} documents, {records} records and 93 controls", missing)


def controls():
    for theme, count in ((5, 37), (6, 8), (7, 14), (8, 34)):
        for i in range(1, count + 1):
            yield f"A.{theme}.{i}"


def check_order(name, content, out, date, work):
    other = os.path.join(work, name + "-parallel")
    build(content, other, "-j4", date=date)
    one, four = reading.tree(out), reading.tree(other)
    report(one == four, f"{name}: -j1 and -j4 give the same bytes", sorted(p for p in one if one[p] != four.get(p)))
    before = reading.inodes(out)
    build(content, out, "-j2", date=date)
    after = reading.inodes(out)
    report(before == after, f"{name}: a second build touches no file", sorted(p for p in before if before[p] != after.get(p)))
    build(content, out, date="2027-01-05")
    later = reading.inodes(out)
    kept = sum(before[p] == later.get(p) for p in before)
    report(set(later) == set(before) and 0 < kept < len(before), f"{name}: another day changes pages, not static files")


# ---- folders made to be awkward ----


def write(folder, files):
    for path, text in files.items():
        full = os.path.join(folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8", newline="") as file:
            file.write(text)


def awkward(work, name, files, *words):
    """Builds FILES as a site of its own; gives result, folder of the site, its pages."""
    project = os.path.join(work, name)
    write(os.path.join(project, "content"), files)
    result = run("build", "-C", project, "--date", "2026-06-30", "--color", "never", "--theme", os.path.join(ROOT, "themes", "default"), *words)
    out = os.path.join(project, "out")
    return result, out, reading.read_site(out) if os.path.isdir(out) else {}


def good_pages(out, pages):
    return reading.link_problems(out, pages) + [p for path, page in pages.items() for p in reading.page_problems(path, page)]


def check_names(work):
    result, out, pages = awkward(work, "names", {
        "a b#c?d%20e.md": "# A\n\n[b](größe/ü:x.md) [c](<q \"x\" <y>.md>)\n",
        "größe/ü:x.md": "# Ü & <b>\n\n[back](../a%20b%23c%3Fd%2520e.md#a) ![plan](../img/plan%20(1).svg)\n",
        "q \"x\" <y>.md": "---\ntitle: 'Quote \" and <script>alert(1)</script>'\n---\n\n[g](größe/ü:x.md#ü--b)\n",
        "img/plan (1).svg": "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n",
        "README.md": "# Read me\n\n[a](<a b#c?d%20e.md>)\n",
    })
    problems = good_pages(out, pages)
    report(result.returncode == 0 and not problems and len(pages) > 90, "odd file names: every link resolves", [result.stdout, *problems])
    with open(os.path.join(out, "img", "plan (1).svg"), encoding="utf-8") as file:
        report(file.read().startswith("<svg"), "attachments are copied as they are")


def check_hostile(work):
    result, out, pages = awkward(work, "hostile", {
        "x.md": "---\ntitle: \"</title><script>alert(1)</script>\"\ndescription: \"\\\"><img src=x onerror=alert(1)>\"\n"
                "owner: \"<script>\"\ntags: [\"<b onclick=x>\"]\nlang: \"de\\\" onload=\\\"x\"\n---\n\n"
                "# <script>alert(1)</script> {#a\"b}\n\n[x](javascript:alert(1)) [y](data:text/html,x) ![z](https://example.org/i.png)\n"
                "<script>alert(1)</script> <img src=x onerror=alert(1)>\n\n[gone](gone.md) [[NO-1]] [out](../../etc/passwd)\n",
        "risks.yaml": "kind: risk\nentries:\n- id: R-1\n  title: '<script>alert(1)</script>'\n  owner: '\"><script>'\n  x-odd: 1\n",
        "site.yaml": "title: '<script>x</script>'\nfooter: '<script>y</script>'\n",
    })
    problems = good_pages(out, pages)
    page = pages.get("x.html")
    report(result.returncode == 0 and not problems, "hostile texts are text", [result.stdout, result.stderr, *problems])
    sources = page.source if page else ""
    report(page and sources.count('class="broken"') >= 4 and all(load.startswith("theme/") for load in page.loads) and 'href="https://example.org/i.png"' in sources,
           "broken links are marked, images elsewhere are links", [sources[-3000:]])


def check_addresses(work):
    result, out, pages = awkward(work, "addresses", {
        "policies/access.md": "---\ntitle: Access\naliases: [/old/, former.md, ../out.html, policies/earlier.html]\n---\n",
        "risk/risk-1.md": "---\nkind: risk\nid: RISK-1\ntitle: A risk\n---\n\n# The story\n",
        "records/risk-2.md": "---\nkind: risk\nid: RISK-2\ntitle: Another\n---\n",
        "site.yaml": "base_url: https://isms.example.org/site\n",
    })
    problems = good_pages(out, pages)
    report(result.returncode == 0 and not [p for p in problems if p], "aliases resolve", problems)
    redirects = {"old/index.html": "../policies/access.html", "former.html": "policies/access.html",
                 "policies/earlier.html": "access.html", "records/risk-2.html": "../risk/RISK-2.html"}
    wrong = [path for path, target in redirects.items() if path not in pages or f'url={target}"' not in pages[path].source]
    report(not wrong and "risk/RISK-1.html" in pages, "former addresses lead on", wrong)
    report("PUB005" in result.stdout and "../out.html" in result.stdout, "an alias out of the site is refused (PUB005)", [result.stdout])
    sitemap = reading.tree(out).get("sitemap.xml", b"").decode()
    report("<loc>https://isms.example.org/site/policies/access.html</loc>" in sitemap and "404" not in sitemap and "former" not in sitemap,
           "the sitemap names pages by the base URL", [sitemap[:500]])
    report('href="https://isms.example.org/site/theme/style.css"' in pages["404.html"].source, "404.html works in any folder")


def check_clashes(work):
    result, out, pages = awkward(work, "clashes", {
        "a/Policy.md": "# One\n", "a/policy.md": "# Two\n", "b.md": "# B\n", "b.html": "raw\n",
        "register/index.md": "# Mine\n",
    })
    report(result.stdout.count("[PUB001]") == 3 and "a/Policy.html" in pages and "a/policy.html" not in pages,
           "outputs with one place are named (PUB001)", [result.stdout])
    report("One" in pages["a/Policy.html"].text and "B" in pages["b.html"].text, "the first one is published")


def check_links_out(work):
    project = os.path.join(work, "outside")
    write(project, {"content/x.md": "# X\n", "secret.txt": "xyzzy-47\n"})
    os.symlink("../secret.txt", os.path.join(project, "content", "leak.txt"))
    result, out, _ = awkward(work, "outside", {})
    report("xyzzy-47" not in str(reading.tree(out).values()) and "leak.txt" in result.stdout, "links out of the root are not followed", [result.stdout])


# ---- themes ----


def check_themes(work):
    theme = os.path.join(work, "theme")
    content = os.path.join(work, "names", "content")
    project = os.path.join(work, "names")
    before = reading.tree(os.path.join(project, "out"))
    shutil.copytree(os.path.join(ROOT, "themes", "default"), theme)
    path = os.path.join(theme, "templates", "document.html")
    with open(path, encoding="utf-8") as file:
        good = file.read()
    for text, code, place in ((good + "\n{% if x %}", "THM001", "document.html:"), (good.replace("document.kind", "document.knid").replace(
            "{% block main %}", "{% block main %}\n  {{ document.knid }}"), "THM002", "document.html:4:15")):
        write(theme, {"templates/document.html": text})
        result = run("build", "-C", project, "--date", "2026-06-30", "--theme", theme, "--color", "never")
        report(result.returncode == 2 and code in result.stdout and place in result.stdout and "nothing published" in result.stdout,
               f"a theme's mistake is shown at its place ({code})", [result.stdout])
    write(theme, {"templates/document.html": good, "theme.yaml": "name: Other\nversion: 1\napi: 99\n"})
    result = run("build", "-C", project, "--theme", theme, "--color", "never")
    report(result.returncode == 2 and "THM006" in result.stdout and "theme.yaml:3:" in result.stdout, "a theme for another version is refused (THM006)",
           [result.stdout])
    result = run("build", "-C", project, "--theme", os.path.join(work, "nowhere"), "--color", "never")
    report(result.returncode == 2 and "THM006" in result.stdout, "a theme that is not there is refused", [result.stdout])
    report(before == reading.tree(os.path.join(project, "out")), "the old site stays when the new one cannot be made")
    result = run("build", "-C", project, "--out", content, "--theme", os.path.join(ROOT, "themes", "default"), "--color", "never")
    report(result.returncode == 3 and "PUB002" in result.stdout, "the content folder is never the output", [result.stdout])


def check_gate(work):
    result, out, _ = awkward(work, "gate", {"x.md": "# X\n\n[gone](gone.md)\n"}, "--gate-first")
    report(result.returncode == 1 and not os.path.exists(out), "--gate-first publishes nothing that fails", [result.stdout])


def check_mount(work):
    """out/ as a mount point, which cannot be exchanged: needs a namespace of its own, which not every machine allows."""
    project = os.path.join(work, "mount")
    write(os.path.join(project, "content"), {"x.md": "# X\n"})
    os.makedirs(os.path.join(project, "out"))
    script = ('mount -t tmpfs none out && "$@" >/dev/null && touch out/stale.html && before=$(stat -c %i out/x.html) && '
              '"$@" >/dev/null && test ! -e out/stale.html && test "$before" = "$(stat -c %i out/x.html)" && ls -A . && find out -type f | wc -l')
    words = [ISMARK, "build", "--date", "2026-06-30", "--theme", os.path.join(ROOT, "themes", "default")]
    if subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "none", project], capture_output=True, check=False).returncode != 0:
        report(True, "a mount point is replaced file by file # SKIP no namespaces here")
        return
    result = subprocess.run(["unshare", "-rm", "sh", "-c", script, "sh", *words], capture_output=True, text=True, cwd=project, check=False)
    lines = result.stdout.split()
    report(lines[:2] == ["content", "out"] and int(lines[-1]) > 90, "a mount point is replaced file by file", [result.stdout, result.stderr])


with tempfile.TemporaryDirectory(prefix="ismark-site-") as place:
    for site_name, site_content, site_date in SITES:
        check_site(site_name, site_content, site_date, place)
    for check in (check_names, check_hostile, check_addresses, check_clashes, check_links_out, check_themes, check_gate, check_mount):
        check(place)
finish()
