#!/usr/bin/python3
"""Everything that we have as input, through the program with the address and undefined-behaviour sanitizers, and the
sample through valgrind: no report. And front matter as people write it wrong: each file gives a result, or a message
with a place and a remedy. Prints TAP; build .build/sanitize/ismark first (`make test` does)."""

import concurrent.futures
import hashlib
import importlib.util
import json
import os
import shutil
import sys
import tempfile

import hostile
from front_matter import MALFORMED, YAML_FILES

SHARED = os.environ.get("SHARED", os.path.join(os.path.dirname(hostile.ROOT), "shared"))  # foreign documents, where they are at hand
SECONDS = 120
REPORT = 99  # exit code of a sanitizer that found something
ENVIRONMENT = {**os.environ, "ASAN_OPTIONS": f"exitcode={REPORT}", "UBSAN_OPTIONS": f"exitcode={REPORT}:print_stacktrace=1"}


def sanitized(*words, cwd=None):
    return hostile.run([hostile.SANITIZED, *words, "--date", hostile.DATE], timeout=SECONDS, cwd=cwd, env=ENVIRONMENT)


def fault_of(result, codes=(0, 1)):
    fault = result.fault(codes)
    if not fault and b"runtime error" in result.err:
        fault = result.err.decode(errors="replace")
    return fault


# ---- front matter ----

def write_malformed(folder):
    """Every input as a file of its own; {path: (name, code)}."""
    expected = {}
    os.makedirs(folder)
    for extension, inputs in (("md", MALFORMED), ("yaml", YAML_FILES)):
        for number, (name, text, code) in enumerate(inputs):
            path = f"{extension}{number:03}.{extension}"
            if extension == "yaml":
                text = text.replace("{id}", f"Y-{number}")
            with open(os.path.join(folder, path), "wb") as file:
                file.write(text if isinstance(text, bytes) else text.encode())
            expected[path] = name, code
    return expected


def malformed(tap, folder):
    content = os.path.join(folder, "malformed")
    expected = write_malformed(content)
    result = sanitized("check", "--content", content, "--format", "json")
    tap.test(f"{len(expected)} files with front matter of every sort", [fault_of(result)])
    findings = hostile.findings_of(result) or []
    documents = hostile.run([hostile.SANITIZED, "list", "documents", "--content", content, "--format", "json"], timeout=SECONDS, env=ENVIRONMENT)
    listed = {row["path"] for row in json.loads(documents.out)}
    silent, false, bare = [], [], []
    for path, (name, code) in sorted(expected.items()):
        reading = [finding for finding in findings if finding["path"] == path and finding["code"].startswith("FM")]
        errors = [finding for finding in reading if finding["severity"] == "error"]
        told = ", ".join(f"{finding['code']} {finding['message']}" for finding in reading)
        if code and not any(finding["code"].startswith(code) for finding in reading):
            silent.append(f"{path} ({name}): expected {code}, found {told or 'nothing'}")
        if not code and errors:
            false.append(f"{path} ({name}): {told}")
        bare += [f"{path} ({name}): {finding['code']} has no remedy" for finding in reading if not finding["hint"]]
        if path not in listed and code != "FM020":
            bare.append(f"{path} ({name}) is not among the documents")
    tap.test(f"{sum(bool(code) for _, code in expected.values())} that are malformed are said to be", silent)
    tap.test(f"{sum(not code for _, code in expected.values())} that only look so are read", false)
    tap.test("every message has a remedy, and every document is still there", bare)
    out = os.path.join(folder, "malformed-out")
    tap.test("a site of them is published", [fault_of(sanitized("build", "--content", content, "--out", out), (0,))])


# ---- whole folders ----

def digest(folder):
    """One number for a tree of files."""
    total = hashlib.sha256()
    for path, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            with open(os.path.join(path, name), "rb") as file:
                total.update(os.path.relpath(file.name, folder).encode() + b"\0" + file.read() + b"\0")
    return total.hexdigest()


def folders(temporary):
    """(name, content root) of what is built and checked as a whole."""
    yield "content", hostile.CONTENT
    yield "the base of the cases", os.path.join(hostile.ROOT, "tests", "cases", "base")
    for part in ("site/everything", "report/base", "report/broken"):
        if os.path.isdir(os.path.join(hostile.ROOT, "tests", part)):
            yield part, os.path.join(hostile.ROOT, "tests", part)
    examples = os.path.join(SHARED, "examples")
    for name in sorted(os.listdir(examples)) if os.path.isdir(examples) else ():
        yield name, os.path.join(examples, name)
    seeds = os.path.join(SHARED, "seeds")
    if os.path.isdir(seeds):
        copy = os.path.join(temporary, "seeds")
        os.makedirs(copy)
        for name in sorted(os.listdir(seeds)):
            for ending in (".md", ".yaml", ".csv") if os.path.isfile(os.path.join(seeds, name)) else ():
                shutil.copy(os.path.join(seeds, name), os.path.join(copy, os.path.splitext(name)[0] + ending))
        yield "the seeds as Markdown, YAML and CSV", copy


def whole(tap, pool, temporary):
    for number, (name, content) in enumerate(folders(temporary)):
        outs = [os.path.join(temporary, f"out{number}-{threads}") for threads in (1, 4)]
        jobs = [pool.submit(sanitized, "check", "--content", content, "-j", threads) for threads in ("1", "4")]
        jobs += [pool.submit(sanitized, "build", "--content", content, "--out", out, "-j", threads, cwd=hostile.ROOT)
                 for out, threads in zip(outs, ("1", "4"))]
        results = [job.result() for job in jobs]
        faults = [fault_of(result) for result in results[:2]] + [fault_of(result, (0,)) for result in results[2:]]
        if results[0].out != results[1].out:
            faults.append("one thread and four print different findings")
        if not any(faults) and digest(outs[0]) != digest(outs[1]):
            faults.append("one thread and four publish different sites")
        tap.test(f"{name}: check and build, one thread and four", faults)
        for out in outs:
            shutil.rmtree(out, ignore_errors=True)


def cases(tap, pool, temporary):
    """The content of every case of the rules."""
    spec = importlib.util.spec_from_file_location("cases", os.path.join(hostile.ROOT, "tests", "cases", "run.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    def examine(name):
        content = os.path.join(temporary, "case", name)
        try:
            module.prepare(os.path.join(module.CASES, name), content)
        except module.CaseError:
            return None  # its own test says so
        fault = fault_of(sanitized("check", "--content", content, "-j", "2"), (0, 1, 2))
        shutil.rmtree(content)
        return fault and f"{name}: {fault}"

    names = module.selected([])
    tap.test(f"the {len(names)} cases of the rules", list(pool.map(examine, names)))


def valgrind(tap, temporary):
    if not shutil.which("valgrind"):
        tap.test("valgrind is there", ["install it: make deps"])
        return
    memcheck = ["valgrind", "-q", "--leak-check=full", "--errors-for-leak-kinds=definite", f"--error-exitcode={REPORT}"]
    for words in (["check"], ["build", "--out", os.path.join(temporary, "valgrind")]):
        result = hostile.run([*memcheck, hostile.ISMARK, *words, "--content", hostile.CONTENT, "--date", hostile.DATE, "-j", "2"],
                             timeout=SECONDS, cwd=hostile.ROOT)
        tap.test(f"{words[0]} of the sample under valgrind", [result.fault()])


def main():
    tap = hostile.Tap()
    if not os.access(hostile.SANITIZED, os.X_OK):
        tap.test("# SKIP no program with sanitizers: make VARIANT=sanitize .build/sanitize/ismark")
        return tap.end()
    with tempfile.TemporaryDirectory(prefix="ismark-sanitized-") as temporary, \
            concurrent.futures.ThreadPoolExecutor(hostile.WORKERS) as pool:
        malformed(tap, temporary)
        whole(tap, pool, temporary)
        cases(tap, pool, temporary)
        valgrind(tap, temporary)
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
