#!/usr/bin/python3
"""Filters and attacks. Prints TAP.

filters/NAME.lua runs on NAME.md; the text of the page must be NAME.html. The same holds for shipped/, whose filters are
those that come with ismark.
attacks/NAME.lua starts with `-- CODE part of the message`: run on a document with the heading Victim, and on a
neighbour, it must lead to that one finding for the victim, whose page is as without filters, while the neighbour's is
filtered; `-- none …` stands for a filter that fails to do harm and fails at nothing.

run_lua.py [--accept] [PATTERN...]: --accept writes NAME.html. ISMARK names another program than ./ismark."""

import concurrent.futures
import functools
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time

FOLDER = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(FOLDER))
ISMARK = os.path.abspath(os.environ.get("ISMARK", os.path.join(ROOT, "ismark")))
SECONDS = 120

VICTIM = "# Victim\n\nThe *quick* brown fox.\n\n- one\n- two\n"
NEIGHBOUR = "# Neighbour\n\nThe *quick* brown fox.\n"
COUNT = 12  # documents of each kind, for the comparison of threads


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


class Site:
    """A project in a temporary folder."""

    def __init__(self, documents, filters):
        self.folder = tempfile.TemporaryDirectory(prefix="ismark-lua-")
        for name, text in documents.items():
            write(self.path("content", name), text)
        for name, text in filters.items():
            write(self.path("filters", name), text)
        names = ", ".join("filters/" + name for name in filters)
        write(self.path("content", "site.yaml"), f"title: Test\nfilters: [{names}]\n")

    def path(self, *parts):
        return os.path.join(self.folder.name, *parts)

    def run(self, *words):
        done = subprocess.run([ISMARK, *words, "--date", "2026-06-30"], cwd=self.folder.name, capture_output=True, text=True,
                              timeout=SECONDS, stdin=subprocess.DEVNULL)
        if done.returncode not in (0, 1):
            raise AssertionError(f"exit code {done.returncode}: {done.stderr[-500:]}")
        return done.stdout

    def findings(self, *words):
        """Those of filters only."""
        report = json.loads(self.run("check", "--format", "json", *words))
        return [finding for finding in report["findings"] if finding["code"].startswith("LUA")]

    def text(self, name):
        """The HTML of the document's own text."""
        html = read(self.path("out", name))
        start = html.index('<div class="prose">') + len('<div class="prose">')
        depth, end = 1, start
        while depth:
            tag = re.compile(r"<(/?)div\b").search(html, end)
            depth += -1 if tag[1] else 1
            end = tag.end()
        return html[start:html.rindex("<", start, end)].strip() + "\n"


def differ(what, expected, actual):
    if expected == actual:
        return []
    return [what] + ["- " + line for line in expected.splitlines()] + ["+ " + line for line in actual.splitlines()]


def run_filter(folder, name, accept):
    base = os.path.join(FOLDER, folder, name)
    script = os.path.join(ROOT, "filters", name) if folder == "shipped" else base
    site = Site({"test.md": read(base + ".md")}, {"test.lua": read(script + ".lua")})
    findings = site.findings()
    if findings:
        return [finding["message"] for finding in findings]
    site.run("build")
    text = site.text("test.html")
    if accept:
        write(base + ".html", text)
    if not os.path.exists(base + ".html"):
        return [f"there is no {name}.html"] + text.splitlines()
    return differ("the text differs", read(base + ".html"), text)


@functools.cache
def unfiltered():
    site = Site({"victim.md": VICTIM}, {})
    site.run("build")
    return site.text("victim.html")


SHIELD = """
local attack = %s
function Str(el) if el.text == 'quick' then return pandoc.Str('slow') end end
function Header(el)
	if el.content[1].text == 'Victim' then return attack(el) end
end
"""


def run_attack(name):
    """The attack is a chunk; it runs as the callback for the victim's heading."""
    attack = read(os.path.join(FOLDER, "attacks", name + ".lua"))
    expected = re.match(r"-- (none|LUA\d\d\d) ?(.*)", attack)
    code, message = expected[1], expected[2]
    script = "local attack = function(el)\n" + attack + "\nend\n" + SHIELD.split("\n", 2)[2]
    site = Site({"victim.md": VICTIM, "neighbour.md": NEIGHBOUR}, {"attack.lua": script})
    started = time.monotonic()
    findings = site.findings()
    seconds = time.monotonic() - started
    reasons = [f"it took {seconds:.1f} s"] if seconds > SECONDS / 4 else []
    site.run("build")
    if "slow" not in site.text("neighbour.html"):
        reasons += ["the neighbour is not filtered", site.text("neighbour.html")]
    if code == "none":
        return reasons + [finding["message"] for finding in findings]
    if [finding["code"] for finding in findings] != [code] or message not in findings[0]["message"]:
        return reasons + [f"expected {code} {message}"] + [f"{finding['code']} {finding['message']}" for finding in findings]
    if findings[0]["path"] != "victim.md" or findings[0]["line"] != 1:
        reasons.append(f"the finding stands at {findings[0]['path']}:{findings[0]['line']}")
    return reasons + differ("the victim is not as without filters", unfiltered(), site.text("victim.html"))


def names(folder, ending, patterns):
    found = sorted(name[:-len(ending)] for name in os.listdir(os.path.join(FOLDER, folder)) if name.endswith(ending))
    return [name for name in found if not patterns or any(pattern in name for pattern in patterns)]


def all_at_once():
    """Every filter and one that fails, over many documents: the same with one thread and with four."""
    documents = {f"{kind}{i}.md": text for i in range(COUNT) for kind, text in (("victim", VICTIM), ("neighbour", NEIGHBOUR))}
    filters = {"0.lua": "seen = (seen or 0) + 1\nfunction Para(el) el.content:insert(pandoc.Str(seen .. ' ' .. math.random(9)))\n"
                        "if el.content[1].text ~= 'The' then error({}) end return el end\n",
               "1.lua": "function Header(el) if el.identifier == 'victim' then while true do pcall(error) end end end\n"
                        "function Str(el) if el.text == 'quick' then return pandoc.Str('slow') end end"}
    site = Site(documents, filters)
    one, four = site.run("check", "--format", "json", "-j1"), site.run("check", "--format", "json", "-j4")
    reasons = differ("findings with one thread and four", one, four)
    if one.count('"LUA002"') != COUNT:
        reasons.append(f"{one.count('LUA002')} findings instead of {COUNT}")
    for threads in ("-j1", "-j4"):
        site.run("build", threads, "--out", "out" + threads)
    for name in sorted(os.listdir(site.path("out-j1"))):
        if name.endswith(".html") and read(site.path("out-j1", name)) != read(site.path("out-j4", name)):
            reasons.append(f"{name} differs")
    return reasons


def examine(function):
    try:
        return function()
    except (AssertionError, ValueError, OSError, subprocess.TimeoutExpired) as error:
        return [f"{type(error).__name__}: {error}"]


def main(words):
    accept = words[:1] == ["--accept"]
    patterns = words[1:] if accept else words
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    tests = [(f"filter {name}", lambda name=name: run_filter("filters", name, accept)) for name in names("filters", ".lua", patterns)]
    tests += [(f"shipped filter {name}", lambda name=name: run_filter("shipped", name, accept))
              for name in names(os.path.join(ROOT, "filters"), ".lua", patterns)]
    tests += [(f"attack {name}", lambda name=name: run_attack(name)) for name in names("attacks", ".lua", patterns)]
    if not patterns:
        tests.append(("one thread and four give the same", all_at_once))
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = list(pool.map(examine, [function for _, function in tests]))
    for number, ((title, _), reasons) in enumerate(zip(tests, results), 1):
        failed += bool(reasons)
        print(f"{'not ok' if reasons else 'ok'} {number} - {title}", flush=True)
        for reason in reasons:
            print("# " + reason)
    print(f"1..{len(tests)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
