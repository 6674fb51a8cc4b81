#!/usr/bin/python3
"""Every rule has a case that shows it, stands in the manual with its texts, and is explained by the program;
and every case names a rule that exists. Prints TAP, one line a code."""
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import finish, report  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CASES = os.path.join(ROOT, "tests", "cases")
# Rules whose input is too large, or is no content: the test that shows each.
ELSEWHERE = {}
with open(os.path.join(ROOT, "tests", "lint", "codes-elsewhere.txt"), encoding="utf-8") as file:
    for line in file:
        if line.strip() and not line.startswith("#"):
            code, place = line.split(None, 1)
            ELSEWHERE[code] = place.strip()


def output(*words):
    return subprocess.run([os.path.join(ROOT, "ismark"), *words], capture_output=True, text=True, cwd=CASES).stdout


codes = [line.split()[0] for line in output("explain", "rules").splitlines()]
with open(os.path.join(ROOT, ".build", "release", "man", "ismark-checks.7"), encoding="utf-8") as file:
    manual = file.read()
cases = {}
for name in sorted(os.listdir(CASES)):
    match = re.match(r"[A-Z]{2,3}[0-9]{3}", name)
    if match:
        cases.setdefault(match.group(), []).append(name)

report(len(codes) > 100 and len(codes) == len(set(codes)), f"{len(codes)} codes, each once")
for code in codes:
    problems = []
    shown = [name for name in cases.get(code, []) if f"[{code}]" in open(os.path.join(CASES, name, "expected.txt"), encoding="utf-8").read()]
    if code in ELSEWHERE:
        path = os.path.join(ROOT, ELSEWHERE[code])
        if not os.path.exists(path) or code not in open(path, encoding="utf-8").read():
            problems.append(f"codes-elsewhere.txt sends it to {ELSEWHERE[code]}, which does not name it")
    elif not shown:
        problems.append("no case shows it")
    if f".It Sy {code} " not in manual:
        problems.append("not in ismark-checks(7)")
    explained = output("explain", code)
    if not all(part in explained for part in (code, "Severity:", "Wrong:", "Right:")):
        problems.append("`ismark explain` says too little")
    report(not problems, code, problems)
strangers = sorted(set(cases) - set(codes))
report(not strangers, "every case is of a rule that exists", strangers)
finish()
