#!/usr/bin/python3
"""What templates are given, compared with the table of src/site/context.def that the manual is made from: a variable that a
page has and the table lacks, one that the table has and no page, one of another type. The pages are those of the sample,
the clean base, and a folder of everything. Prints TAP."""
import glob
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import finish, report  # noqa: E402

import yaml

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.path.join(ROOT, ".build", "release", "oracle", "contexts")
SITES = ["content", "tests/cases/base", "tests/site/everything"]
PLAIN = {"text", "html", "bool", "integer", "number", "none", "map"}


def lines(*words):
    result = subprocess.run([PROGRAM, *words], capture_output=True, text=True, cwd=ROOT, timeout=120)
    return result.returncode, [line.split("\t") for line in result.stdout.splitlines()]


class Table:
    def __init__(self, rows):
        self.own, self.parts = {}, {}
        for owner, name, kind in rows:
            self.own.setdefault(owner, {})
            if name:
                self.own[owner].setdefault(name, []).append(kind)
            else:
                self.parts.setdefault(owner, []).append(kind)
        self.used = set()

    def find(self, owner, name):
        """Where NAME of OWNER is written, and its types; OWNER may have it by a shape that it is made of."""
        if name in self.own.get(owner, {}):
            return owner, [part for kind in self.own[owner][name] for part in kind.split(" or ")]
        for part in self.parts.get(owner, []):
            found = self.find(part, name)
            if found:
                return found
        return None

    def problems(self):
        """Owners and types that nothing defines."""
        shapes = set(self.own) | set(self.parts)
        for owner, names in self.own.items():
            for name, kinds in names.items():
                for kind in (part for kind in kinds for part in kind.split(" or ")):
                    while kind.startswith("list of "):
                        kind = kind[8:]
                    if kind not in PLAIN and kind not in shapes:
                        yield f"{owner}.{name}: nothing says what `{kind}` is"


def steps(path):
    """`a.b[][].c` as (a, 0), (b, 2), (c, 0)."""
    for part in path.split("."):
        name = part.rstrip("[]")
        yield name, (len(part) - len(name)) // 2


def items_of(kinds, depth):
    for _ in range(depth):
        kinds = [kind[8:] for kind in kinds if kind.startswith("list of ")]
    return kinds


def check_path(table, template, path, kind):
    """None, or what the table lacks for this path."""
    owners = [template, "*"]
    walked = list(steps(path))
    for index, (name, depth) in enumerate(walked):
        found = [place for place in (table.find(owner, name) for owner in owners) if place]
        if not found:
            shape = next((owner for owner in owners if owner in table.own and owner != "*"), (owners or [f"what {template} gives there"])[0])
            return f'{template} has `{path}` ({kind}): add VARIABLE("{shape}", "{name}", …)'
        table.used.update((owner, name) for owner, _ in found)
        kinds = items_of([part for _, parts in found for part in parts], depth)
        if index + 1 == len(walked):
            is_list, is_map = any(part.startswith("list of ") for part in kinds), any(part == "map" or part not in PLAIN and not part.startswith("list of ") for part in kinds)
            good = is_list if kind == "list" else is_map if kind == "map" else kind in kinds
            return None if good else f"{template}: `{path}` is {kind}, and the table says {' or '.join(kinds) or 'no list'}"
        if "map" in kinds:
            return None
        owners = [part for part in kinds if part not in PLAIN and not part.startswith("list of ")]
    return None


code, rows = lines()
table = Table(rows)
report(code == 0 and len(rows) > 300 and not list(table.problems()), f"the table: {len(rows)} variables, every type explained", table.problems())
seen = set()
for site in SITES:
    code, contexts = lines(site)
    problems = {problem for problem in (check_path(table, *context) for context in contexts) if problem}
    short = {}
    for problem in problems:  # one line for each variable, not one for each page that has it
        short.setdefault(problem.split(": ", 1)[1] if "add VARIABLE" in problem else problem, problem)
    report(code == 0 and not short, f"{site}: src/site/context.def has every variable that pages have", short.values())
unused = [f'{owner}.{name}: no page gives it; take the line out of src/site/context.def' for owner, names in table.own.items() for name in names
          if (owner, name) not in table.used and (owner, name) != ("*", "words")]
report(not unused, "pages have every variable of the table", unused)

with open(os.path.join(ROOT, ".build", "release", "man", "ismark-theme.5"), encoding="utf-8") as file:
    manual = file.read()
names = [name for path in glob.glob(os.path.join(ROOT, "src", "site", "template_filter_*.c")) + [os.path.join(ROOT, "src", "site", "template_test.c")]
         for name in re.findall(r'^\t\{"([a-z_]+)", \w+, ', open(path, encoding="utf-8").read(), re.M)]
for path in glob.glob(os.path.join(ROOT, "themes", "*", "theme.yaml")):
    with open(path, encoding="utf-8") as file:
        names += yaml.safe_load(file)["options"]
words = set(re.findall(r"[\w-]+", manual))
report(len(names) > 80 and set(names) <= words and "@" not in re.sub(r"\w@", "", manual), "the manual has every filter, test and option", set(names) - words)

# The comparison must be able to fail.
small = Table([["*", "page", "page"], ["page", "title", "text"]])
report(check_path(small, "x.html", "page.title", "text") is None and check_path(small, "x.html", "page.titel", "text") and check_path(small, "x.html", "page.title", "integer") and
       check_path(small, "x.html", "other", "text"), "a variable that is not in the table is told")
finish()
