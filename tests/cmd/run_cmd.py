#!/usr/bin/python3
"""The command line as a user and a script meet it: exit codes, streams, suggestions, the JSON of check against its
schema, lists that spreadsheets read back, and the schema that editors use. Prints TAP."""
import csv
import io
import json
import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import finish, report  # noqa: E402

import jsonschema
import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
ISMARK = os.environ.get("ISMARK", os.path.join(ROOT, "ismark"))
BASE = os.path.join(ROOT, "tests", "cases", "base")


def run(*words, cwd=None, env=None, date="2026-06-30"):
    words = list(words) + (["--date", date] if date and words and words[0] in DATED else [])
    done = subprocess.run([ISMARK, *words], cwd=cwd, capture_output=True, text=True, timeout=60,
                          env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout, done.stderr


def run_on_terminal(*words, cwd, env):
    """What the program writes when standard output is a terminal."""
    controller, terminal = pty.openpty()
    process = subprocess.Popen([ISMARK, *words], cwd=cwd, stdin=subprocess.DEVNULL, stdout=terminal, stderr=terminal,
                               env={**os.environ, "TERM": "xterm", **env})
    os.close(terminal)
    out = b""
    while True:
        try:
            part = os.read(controller, 65536)
        except OSError:
            break
        if not part:
            break
        out += part
    os.close(controller)
    process.wait(timeout=60)
    return out.decode()


class EditorLoader(yaml.SafeLoader):
    """YAML as editors with JSON Schema read it: days are text."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}

DATED = {"check", "build", "list", "report"}

with tempfile.TemporaryDirectory() as temporary:
    project = os.path.join(temporary, "project")
    content = os.path.join(project, "content")
    shutil.copytree(BASE, content)

    # Exit codes and streams.
    for name, words, code in (
        ("check of a clean ISMS passes", ("check",), 0),
        ("--help of check", ("check", "--help"), 0),
        ("the overview", ("--help",), 0),
        ("no command", (), 2),
        ("an unknown command", ("chek",), 2),
        ("an unknown option", ("check", "--gat"), 2),
        ("an option without its value", ("check", "--gate"), 2),
        ("a gate that does not exist", ("check", "--gate", "fatal"), 2),
        ("a path that does not exist", ("check", "nowhere"), 2),
        ("a day that does not exist", ("check", "--date", "2026-02-30"), 2),
        ("threads beyond reason", ("check", "-j", "0"), 2),
        ("a word too many", ("check", "content", "more"), 2),
        ("an unknown kind", ("list", "riks"), 2),
        ("an unknown thing to explain", ("explain", "SOA99"), 2),
        ("version", ("version",), 0),
        ("list without a kind", ("list",), 2),
    ):
        got, out, err = run(*words, cwd=project, date=None if "--date" in words else "2026-06-30")
        report(got == code and (code == 0) == (err == "") and (code == 0 or err.startswith("ismark: ") or not words),
               f"{name}: exit code {code}", got, out[:80], err)
    for words, suggestion in ((("chek",), "check"), (("check", "--gat"), "--gate"), (("list", "riks"), "risks"),
                              (("explain", "SOA01"), "SOA001")):
        report(f"'{suggestion}'" in run(*words, cwd=project)[2], f"{' '.join(words)}: did you mean {suggestion}?")
    if os.path.exists("/dev/full"):
        with open("/dev/full", "w") as full:
            done = subprocess.run([ISMARK, "check"], cwd=project, stdout=full, stderr=subprocess.PIPE, text=True)
        report(done.returncode == 3 and "standard output" in done.stderr, "a full disk behind standard output: exit code 3",
               done.returncode, done.stderr)

    # Roots and paths.
    here = run("check", cwd=project)
    report(run("check", "-C", project)[0] == 0 and run("check", content)[0] == 0 and
           run("check", "--content", content)[0] == 0, "-C, a folder, and --content lead to the same")
    with open(os.path.join(content, "risk", "risk-008.yaml"), "a", encoding="utf-8") as file:
        file.write("colour: red\n")
    code, out, _ = run("check", "content/risk/risk-008.yaml", cwd=project)
    report(out.count("[FM012]") == 1, "a file as path: its findings", out)
    code, out, _ = run("check", "content/scope.md", cwd=project)
    report("[FM012]" not in out and code == 0, "a file as path: no other's findings", out)

    # Gate, colour, summary, day.
    report(run("check", cwd=project)[0] == 0 and run("check", "--gate", "warning", cwd=project)[0] == 1,
           "--gate warning fails where error passes")
    code, out, _ = run("check", "--color", "always", cwd=project)
    report("\033[" in out, "--color always")
    report("\033[" not in run("check", cwd=project)[1], "no colour into a pipe")
    for name, words, env, colour in (("a terminal", (), {}, True), ("NO_COLOR", (), {"NO_COLOR": "1"}, False),
                                     ("an empty NO_COLOR", (), {"NO_COLOR": ""}, True), ("TERM=dumb", (), {"TERM": "dumb"}, False),
                                     ("--color never", ("--color", "never"), {}, False),
                                     ("--color always against NO_COLOR", ("--color", "always"), {"NO_COLOR": "1"}, True)):
        out = run_on_terminal("check", "--date", "2026-06-30", *words, cwd=project, env={"NO_COLOR": "", **env})
        report(("\033[" in out) == colour and "FM012" in out, f"{name}: {'colour' if colour else 'no colour'}", repr(out[:100]))
    report("document" not in run("check", "--quiet", cwd=project)[1], "--quiet leaves the summary out")
    by_option = run("check", "--date", "2027-06-30", cwd=project, date=None)[1]
    by_epoch = run("check", cwd=project, date=None, env={"SOURCE_DATE_EPOCH": "1814356800"})[1]
    report(by_option == by_epoch and by_option != here[1], "SOURCE_DATE_EPOCH is a day like --date")
    report(run("check", cwd=project, date=None, env={"SOURCE_DATE_EPOCH": "soon"})[0] == 2, "SOURCE_DATE_EPOCH that is no number")
    report(run("check", "-j", "1", cwd=project) == run("check", "-j8", cwd=project), "threads change nothing")

    # JSON.
    with open(os.path.join(HERE, "check.schema.json"), encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for name, words, cwd in (("base", ("check",), project), ("base a year on", ("check", "--gate", "note"), project),
                             ("the sample", ("check",), ROOT)):
        code, out, _ = run(*words, "--format", "json", "--date", "2027-06-30" if "year" in name else "2026-06-30", cwd=cwd, date=None)
        data = json.loads(out)
        errors = [error.message for error in validator.iter_errors(data)]
        report(not errors, f"JSON of {name} is valid", *errors[:3])
        counts = {level: sum(finding["severity"] == level for finding in data["findings"]) for level in ("error", "warning", "note")}
        report(counts == data["counts"], f"JSON of {name}: counts agree with the findings", counts, data["counts"])
        report((data["verdict"] == "pass") == (code == 0), f"JSON of {name}: verdict and exit code agree")
        keys = [(finding["path"].encode(), finding["line"], finding["column"], finding["code"]) for finding in data["findings"]]
        report(keys == sorted(keys), f"JSON of {name}: sorted")
        texts = run(*words, "--date", data["date"], cwd=cwd, date=None)[1]
        shown = re.findall(r"\[([A-Z]{2,3}\d{3})\]$", texts, re.M)
        report(set(shown) == {finding["code"] for finding in data["findings"]}, f"JSON of {name}: the same codes as the text")

    # Lists.
    for kind in ("documents", "risks", "soa", "assets", "roles", "links", "headings", "evidence"):
        rows = list(csv.reader(io.StringIO(run("list", kind, "--format", "csv", cwd=project)[1])))
        objects = json.loads(run("list", kind, "--format", "json", cwd=project)[1])
        lines = run("list", kind, cwd=project)[1].splitlines()
        report(len(rows) == len(objects) + 1 == len(lines) and len({len(row) for row in rows}) == 1,
               f"list {kind}: {len(objects)} rows in text, CSV and JSON", len(rows), len(objects), len(lines))
        wrong = [row for row, data in zip(rows[1:], objects) if row != [data[column] if not re.match(r"^([=+@]|-\D)", data[column]) else "'" + data[column] for column in rows[0]]]
        report(not wrong, f"list {kind}: CSV and JSON hold the same", *wrong[:2])

    # Rules and kinds: explained.
    rules = [line.split(None, 2) for line in run("explain", "rules")[1].splitlines()]
    wrong = []
    for rule, severity, title in rules:
        code, out, err = run("explain", rule.lower())
        if code or err or not out.startswith(f"{rule}: {title}\n") or f"Severity: {severity}" not in out or "Wrong:" not in out:
            wrong.append(f"{rule}: {code} {out[:80]!r} {err}")
    report(len(rules) > 200 and not wrong, f"explain each of {len(rules)} rules", *wrong[:5])

    # The schema: explained, made new, exported.
    kinds = [line.split()[0] for line in run("explain", "kinds")[1].splitlines()]
    report(len(kinds) > 35, f"{len(kinds)} kinds")
    for kind in kinds:
        code, out, _ = run("explain", kind)
        made = os.path.join(temporary, "new", f"{kind}.md")
        os.makedirs(os.path.dirname(made), exist_ok=True)
        text = run("new", kind, "NEW-1")[1]
        with open(made, "w", encoding="utf-8") as file:
            file.write(text)
        found = run("check", os.path.dirname(made))[1]
        unreadable = re.findall(r"\[(FM00[1-7]|FM01[2346]|FM02\d)\]", found)
        os.remove(made)
        report(code == 0 and kind in out and not unreadable, f"explain {kind}, new {kind}", unreadable, found[:200])
    exported = json.loads(run("export", "schema")[1])
    jsonschema.Draft202012Validator.check_schema(exported)
    report(len(exported["oneOf"]) == len(kinds), "export schema has every kind")
    good = {"kind": "risk", "entries": [{"id": "R-1", "title": "Theft", "likelihood": 3, "impact": "Major", "controls": ["A.8.1"]}]}
    bad = {"kind": "risk", "entries": [{"id": "R-1", "assessed_on": "yesterday"}]}
    editor = jsonschema.Draft202012Validator(exported)
    report(editor.is_valid(good), "export schema takes a register")
    report(not editor.is_valid(bad), "export schema refuses what is no date")
    wrong = []
    registers = 0
    for folder, _, names in sorted(os.walk(BASE)):
        for name in sorted(names):
            path = os.path.join(folder, name)
            with open(path, encoding="utf-8") as file:
                data = yaml.load(file, EditorLoader) if name.endswith(".yaml") and name != "site.yaml" else None
            if not isinstance(data, dict):
                continue
            registers += 1
            data.setdefault("kind", name.split("s.")[0])  # the name of the file says it
            wrong += [f"{os.path.relpath(path, BASE)}: {error.message[:200]}" for error in editor.iter_errors(data)]
    report(registers > 20 and not wrong, f"export schema takes the base's {registers} registers", *wrong[:5])

    # Baselines.
    baseline = os.path.join(project, "baseline.yaml")
    code, out, err = run("check", "--gate", "warning", "--write-baseline", "baseline.yaml", cwd=project)
    report(os.path.exists(baseline), "--write-baseline writes the file", out, err)
    code, out, err = run("check", "--gate", "warning", "--baseline", "baseline.yaml", cwd=project)
    report(code == 1 and "EXC" in out, "a baseline without owner, reason and day holds nothing back", out)
    with open(baseline, encoding="utf-8") as file:
        text = file.read()
    with open(baseline, "w", encoding="utf-8") as file:
        file.write("owner: ROLE-ISM\nreason: adopted as it was\nexpires: 2026-12-31\n" +
                   re.sub(r"(?m)^(owner|reason|expires):.*\n", "", text))
    code, out, err = run("check", "--gate", "warning", "--baseline", "baseline.yaml", cwd=project)
    report(code == 0 and "baseline" in out, "with them only what is new fails", out, err)
    documents = re.search(r"\d+ documents?", out).group()
    os.rename(baseline, os.path.join(content, "baseline.yaml"))
    code, out, err = run("check", "--gate", "warning", "--baseline", "content/baseline.yaml", cwd=project)
    report(code == 0 and documents in out and "FM020" not in out, "a baseline below the content root is no document", out, err)
    code, out, err = run("check", "--gate", "warning", "--baseline", "baseline.yaml", "-C", content)
    report(code == 0 and documents in out, "the baseline is relative to the project root", out, err)
    code, out, err = run("check", "--gate", "warning", "--baseline", "content/baseline.yaml", "--date", "2027-01-01", cwd=project, date=None)
    report(code == 1 and "content/baseline.yaml" in out and "EXC012" in out, "the day after its last it holds nothing back", out, err)
    report(run("check", "--baseline", "nowhere.yaml", cwd=project)[0] == 3, "a baseline that is not there: exit code 3")
    report(run("check", "--write-baseline", "nowhere/baseline.yaml", cwd=project)[0] == 3, "a baseline that cannot be written: exit code 3")
    report(run("build", "--write-baseline", "baseline.yaml", cwd=project)[0] == 2, "build writes no baseline")

finish()
