#!/usr/bin/python3
"""All of the sample, the cases' base and, where they are at hand, foreign documents through the sanitizers' build, and
the sample once through valgrind: no report. Prints TAP."""
import glob
import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ISMARK = os.environ.get("ISMARK", os.path.join(ROOT, "ismark"))
CONTENT = os.path.join(ROOT, "content")
DATE = "2026-06-30"

SANITIZED = os.path.join(ROOT, ".build", "sanitize", "ismark")
SHARED = os.environ.get("SHARED", os.path.join(os.path.dirname(ROOT), "shared"))
ENVIRONMENT = {**os.environ, "ASAN_OPTIONS": "detect_leaks=1:exitcode=77", "UBSAN_OPTIONS": "print_stacktrace=1"}
REPORTS = (b"Sanitizer", b"runtime error:", b"==ERROR")


class Tap:
    def __init__(self):
        self.number = self.failed = 0

    def report(self, good, name, details=()):
        self.number += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.number} - {name}", flush=True)
        for detail in () if good else details:
            print(f"# {str(detail)[:400]}")

    def finish(self):
        print(f"1..{self.number}")
        sys.exit(1 if self.failed else 0)


tap = Tap()


def try_command(name, command, allowed=(0, 1)):
    try:
        done = subprocess.run(command, capture_output=True, env=ENVIRONMENT, stdin=subprocess.DEVNULL, timeout=120, check=False)
    except subprocess.TimeoutExpired:
        tap.report(False, name, ["no end within 120 s"])
        return
    good = done.returncode in allowed and not any(mark in done.stderr for mark in REPORTS)
    tap.report(good, name, [f"exit code {done.returncode}", " ".join(command), *done.stderr.decode("utf-8", "replace").split("\n")[:30]])


folders = [("the sample", CONTENT), ("the cases' base", os.path.join(ROOT, "tests", "cases", "base"))]
folders += [(os.path.basename(p), p) for p in sorted(glob.glob(os.path.join(SHARED, "examples", "*"))) if os.path.isdir(p)]

if not os.path.exists(SANITIZED):
    print("ok 1 - # SKIP no build with sanitizers: make VARIANT=sanitize .build/sanitize/ismark")
    tap.number = 1
else:
    with tempfile.TemporaryDirectory() as temporary:
        seeds = os.path.join(temporary, "seeds")
        os.mkdir(seeds)
        for path in sorted(glob.glob(os.path.join(SHARED, "seeds", "*"))):  # as documents, and as registers of all sorts
            for ending in (".md", ".yaml", ".csv") if os.path.isfile(path) else ():
                shutil.copy(path, os.path.join(seeds, os.path.splitext(os.path.basename(path))[0] + ending))
        if os.listdir(seeds):
            folders.append(("the seeds as Markdown, YAML and CSV", seeds))
        for number, (name, folder) in enumerate(folders):
            for threads in ("1", "4"):
                try_command(f"check of {name}, {threads} thread(s)",
                            [SANITIZED, "check", "--content", folder, "--date", DATE, "-j", threads])
                out = os.path.join(temporary, f"out-{number}-{threads}")
                try_command(f"build of {name}, {threads} thread(s)",
                            [SANITIZED, "build", "--content", folder, "--date", DATE, "--out", out, "-j", threads])
if shutil.which("valgrind"):
    try_command("check of the sample under valgrind", ["valgrind", "--error-exitcode=9", "-q", ISMARK, "check", "--content",
                                                      CONTENT, "--date", DATE])
else:
    tap.report(True, "# SKIP valgrind is not installed")
tap.finish()
