#!/usr/bin/python3
"""What ismark-pdf prints: margins that say what a sheet is, on every sheet, and messages when it cannot. Prints TAP."""
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import finish, report  # noqa: E402

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../.."))
PDF = os.path.join(ROOT, "src/cmd/ismark-pdf.sh")


def run(*arguments, **environment):
    return subprocess.run(["sh", PDF, *arguments], capture_output=True, text=True, env={**os.environ, **environment}, cwd=work)


def sheets(path):
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    return text.split("\f")[:-1]


def check_margins(page, title, classification, edition):
    found = sheets(os.path.join(work, "pdf", page.replace(".html", ".pdf")))
    wrong = []
    for index, sheet in enumerate(found, 1):
        lines = [re.sub(r"\s+", " ", line).strip() for line in sheet.splitlines() if line.strip()]
        head, foot = " ".join(lines[:3]), " ".join(lines[-2:])
        if title not in head or classification not in head or edition not in foot or not re.search(rf"\b{index} ?/ ?{len(found)}$", foot):
            wrong.append(f"sheet {index} of {len(found)}: {head[:150]} … {foot[-150:]}")
    report(found and not wrong, f"{page}: every sheet says what it is", wrong)


with tempfile.TemporaryDirectory() as work:
    out = os.path.join(work, "out")
    subprocess.run([os.path.join(ROOT, "ismark"), "build", "-C", ROOT, "--out", out, "--date", "2026-06-30", "--quiet"], check=True)
    pages = ["policies/access-control.html", "soa/index.html", "report.html"]
    result = run("out", *pages)
    report(result.returncode == 0 and result.stdout == "printed 3 files to pdf\n", "three pages are printed", [result.stdout, result.stderr])
    check_margins(pages[0], "Access control policy", "internal", "POL-02 · version")
    check_margins(pages[1], "Statement of Applicability", "internal", "SOA-01 · version")
    check_margins(pages[2], "ISMS of Saltmarsh Software", "restricted", "30 Jun 2026")
    for arguments, environment, code, message in (
            (["nowhere"], {}, 2, "there is no site in `nowhere`"),
            (["out", "gone.html"], {}, 2, "there is no page `gone.html`"),
            (["-x"], {}, 2, "usage:"),
            (["out"], {"CHROMIUM": "no-such-browser"}, 3, "Chromium is not installed"),
            (["out", pages[0]], {"CHROMIUM": "false"}, 3, "was not printed")):
        result = run(*arguments, **environment)
        report(result.returncode == code and message in result.stderr, f"{' '.join(arguments)} {environment or ''}: {message}",
               [str(result.returncode), result.stdout, result.stderr])
finish()
