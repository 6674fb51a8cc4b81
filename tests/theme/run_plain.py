#!/usr/bin/python3
"""The theme `plain`: every page that the default theme makes, without a script and with its own style, links that resolve, and
valid HTML by html-validate. It shows that a theme needs no more than a layout. Prints TAP."""
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import finish, report  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ISMARK = os.path.abspath(os.environ.get("ISMARK", os.path.join(ROOT, "ismark")))
sys.path.insert(0, os.path.join(ROOT, "tests", "site"))
import pages as reading  # noqa: E402

VALIDATE = os.path.join(ROOT, "tests", "node_modules", ".bin", "html-validate")
CONFIG = os.path.join(ROOT, "tests", "site", "html-validate.json")
SITES = {"base": os.path.join(ROOT, "tests", "cases", "base"), "sample": os.path.join(ROOT, "content"),
         "everything": os.path.join(ROOT, "tests", "site", "everything")}


def build(content, out, theme):
    return subprocess.run([ISMARK, "build", "--content", content, "--out", out, "--date", "2026-06-30", "--quiet", "--theme", os.path.join(ROOT, "themes", theme)],
                          capture_output=True, text=True, cwd=ROOT, timeout=120)


def check(name, content, work):
    out, other = os.path.join(work, name), os.path.join(work, name + "-default")
    result = build(content, out, "plain")
    build(content, other, "default")
    if result.returncode != 0:
        report(False, f"{name}: builds", [result.stdout, result.stderr])
        return
    pages = reading.read_site(out)
    report(sorted([*pages, "search.html"]) == sorted(reading.read_site(other)), f"{name}: the {len(pages)} pages of the default theme, but for the search")
    report(name == "everything" or not reading.link_problems(out, pages), f"{name}: every link resolves", reading.link_problems(out, pages))
    problems = [problem for path, page in pages.items() for problem in reading.page_problems(path, page)]
    problems += [f"{path}: a script" for path, page in pages.items() if "script" in page.tags]
    problems += [f"{path} is a script" for path in reading.tree(out) if path.endswith(".js")]
    report(not problems, f"{name}: sound pages without a script", problems)
    files = sorted(path for path in reading.tree(out) if path.startswith("theme/"))
    report(files == ["theme/icon.svg", "theme/options.css", "theme/style.css"], f"{name}: its own files only", files)
    valid = subprocess.run([VALIDATE, "--config", CONFIG, "--formatter", "text", out], capture_output=True, text=True, check=False) if os.access(VALIDATE, os.X_OK) else None
    report(valid and valid.returncode == 0, f"{name}: valid HTML", [valid.stdout if valid else "html-validate is not installed: make deps"])


with tempfile.TemporaryDirectory(prefix="ismark-plain-") as place:
    for site, folder in SITES.items():
        check(site, folder, place)
finish()
