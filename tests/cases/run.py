#!/usr/bin/python3
"""Runs the cases of the rules: tests/cases/<CODE>[-what]/ is a change to the ISMS in base/, and
expected.txt is the whole output of `ismark check` on the result. Prints TAP.

A case holds any of
  edits.txt    blocks `--- path`, then `<<<<<<<` old `=======` new `>>>>>>>`; old occurs exactly once in
               the file; an empty new takes the line break behind old with it
  overlay/     files laid over the base
  remove.txt   paths to take away, one a line
  project/     files laid beside the content, in the project root: filters
  arguments    further words for the command line
and expected.txt: what the command printed, and a last line `exit code N`.

run.py [PATTERN...]           runs the cases whose names hold or match a pattern
run.py --accept PATTERN...    writes expected.txt of those; read it before you commit it
ISMARK names another program than ./ismark."""

import concurrent.futures
import difflib
import fnmatch
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

CASES = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(CASES))
ISMARK = os.path.abspath(os.environ.get("ISMARK", os.path.join(ROOT, "ismark")))
BASE = os.path.join(CASES, "base")
DATE = "2026-06-30"
CODE = re.compile(r"[A-Z]{2,3}[0-9]{3}")
TIMEOUT = 60
WORKERS = 2


class CaseError(Exception):
    """The case itself is wrong: what it edits or removes is not there."""


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)


def parse_edits(text):
    """Yields (path, old, new) for each block of an edits.txt."""
    path, old, new, part = None, [], [], None
    for number, line in enumerate(text.split(b"\n"), 1):
        if part is None and line.startswith(b"--- "):
            path = line[4:].strip().decode()
        elif part is None and line == b"<<<<<<<" and path:
            old, new = [], []
            part = old
        elif part is old and line == b"=======":
            part = new
        elif part is new and line == b">>>>>>>":
            yield path, b"\n".join(old), b"\n".join(new)
            part = None
        elif part is not None:
            part.append(line)
        elif line.strip():
            raise CaseError(f"edits.txt:{number}: not part of a block")
    if part is not None:
        raise CaseError("edits.txt: the last block is not closed")


def apply_edits(text, content):
    for path, old, new in parse_edits(text):
        target = os.path.join(content, path)
        if not os.path.isfile(target):
            raise CaseError(f"edits.txt: no file {path}")
        data = read(target)
        count = data.count(old) if old else 0
        if count != 1:
            raise CaseError(f"edits.txt: {path} holds the old text {count} times: {old.decode(errors='replace')[:80]!r}")
        if not new and old + b"\n" in data:
            old += b"\n"
        write(target, data.replace(old, new))


def prepare(case, content):
    """Makes the content root of CASE: the base with the case's changes."""
    shutil.copytree(BASE, content)
    removals = os.path.join(case, "remove.txt")
    if os.path.exists(removals):
        for path in read(removals).decode().split("\n"):
            target = os.path.join(content, path.strip())
            if not path.strip():
                continue
            if os.path.isdir(target):
                shutil.rmtree(target)
            elif os.path.exists(target):
                os.remove(target)
            else:
                raise CaseError(f"remove.txt: no file {path}")
    edits = os.path.join(case, "edits.txt")
    if os.path.exists(edits):
        apply_edits(read(edits), content)
    overlay = os.path.join(case, "overlay")
    if os.path.exists(overlay):
        shutil.copytree(overlay, content, symlinks=True, dirs_exist_ok=True)


def run_case(case):
    """What expected.txt of the folder CASE should hold."""
    with tempfile.TemporaryDirectory(prefix="ismark-case-") as project:
        prepare(case, os.path.join(project, "content"))
        if os.path.exists(os.path.join(case, "project")):
            shutil.copytree(os.path.join(case, "project"), project, dirs_exist_ok=True)
        words = os.path.join(case, "arguments")
        command = [ISMARK, "check", "--content", "content", "--date", DATE, "--color", "never"]
        command += shlex.split(read(words).decode()) if os.path.exists(words) else []
        done = subprocess.run(command, cwd=project, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=TIMEOUT)
        output = done.stdout.replace(project.encode(), b"PROJECT")
    if output and not output.endswith(b"\n"):
        output += b"\n"
    return output + b"exit code %d\n" % done.returncode


def judge(case, expected, actual):
    """The reasons for which the case fails; empty when it passes."""
    if expected is None:
        return ["there is no expected.txt"]
    if expected != actual:
        lines = [text.decode(errors="replace").splitlines() for text in (expected, actual)]
        return list(difflib.unified_diff(*lines, "expected.txt", "output", lineterm=""))
    code = CODE.match(os.path.basename(case))
    if code and code.group().encode() not in expected:
        return [f"the output does not hold {code.group()}"]
    return []


def examine(case):
    """(reasons, output) of one case."""
    expected = os.path.join(case, "expected.txt")
    try:
        output = run_case(case)
    except (CaseError, OSError, subprocess.TimeoutExpired) as error:
        return [str(error)], None
    return judge(case, read(expected) if os.path.exists(expected) else None, output), output


def examine_base():
    """The base has no finding at all, whatever the severity."""
    with tempfile.TemporaryDirectory(prefix="ismark-case-") as case:
        write(os.path.join(case, "arguments"), b"--gate note")
        output = run_case(case).decode(errors="replace")
    return [] if output.endswith("exit code 0\n") else output.splitlines()


def examine_runner():
    """A case that should fail does: wrong output, an edit that does not fit, no expected.txt."""
    faults = []
    for what, files in (("wrong output", {"expected.txt": b"nothing of the kind\nexit code 7\n"}),
                        ("edit that does not fit", {"edits.txt": b"--- index.md\n<<<<<<<\nno such text\n=======\n>>>>>>>\n"}),
                        ("no expected.txt", {"arguments": b"--quiet"})):
        with tempfile.TemporaryDirectory(prefix="ismark-case-") as case:
            for name, data in files.items():
                write(os.path.join(case, name), data)
            if not examine(case)[0]:
                faults.append(f"a case with {what} passes")
    return faults


def selected(patterns):
    names = [entry.name for entry in os.scandir(CASES) if entry.is_dir() and entry.name not in ("base", "__pycache__")]
    return [name for name in sorted(names)
            if not patterns or any(pattern in name or fnmatch.fnmatch(name, pattern) for pattern in patterns)]


def main(words):
    accept = words[:1] == ["--accept"]
    patterns = words[1:] if accept else words
    if accept and not patterns:
        sys.exit("run.py: --accept needs a pattern")
    names = selected(patterns)
    if patterns and not names:
        sys.exit(f"run.py: no case matches {' '.join(patterns)}")
    if not os.access(ISMARK, os.X_OK):
        print(f"not ok 1 - there is {ISMARK}\n1..1")
        return 1
    tests = [] if patterns else [("the base is clean", examine_base), ("a wrong case fails", examine_runner)]
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        results = [(name, pool.submit(function)) for name, function in tests]
        results += [(name, pool.submit(examine, os.path.join(CASES, name))) for name in names]
        failed = 0
        for number, (name, future) in enumerate(results, 1):
            reasons = future.result()
            if isinstance(reasons, tuple):
                reasons, output = reasons
                if accept and output is not None and reasons:
                    write(os.path.join(CASES, name, "expected.txt"), output)
                    reasons = judge(name, output, output)
                    print(f"# wrote {name}/expected.txt")
            failed += bool(reasons)
            print(f"{'not ok' if reasons else 'ok'} {number} - {name}", flush=True)
            for reason in reasons:
                print(f"# {reason}")
    print(f"1..{len(results)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
