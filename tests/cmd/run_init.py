#!/usr/bin/python3
"""`ismark init`: the sample at any day has the findings that it has at its own, the bare frame says what is to be done,
both publish, and nothing that exists is touched. Options may stand before the command. Prints TAP."""
import json
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import finish, report  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ISMARK = os.path.join(ROOT, "ismark") # finds the sample beside it
SAMPLE_DAY = "2026-06-30"
DAYS = (SAMPLE_DAY, "2026-07-01", "2026-11-21", "2026-12-31", "2027-02-28", "2028-02-29", "2027-08-30", "2025-03-31")


def run(*words):
    done = subprocess.run([ISMARK, *words], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout, done.stderr


def findings(project, day):
    answer = json.loads(run("check", "-C", project, "--date", day, "--format", "json")[1])
    return sorted((finding["code"], finding["subject"], finding["severity"]) for finding in answer["findings"])


def tree(folder):
    return {os.path.relpath(os.path.join(place, name), folder)
            for place, _, names in os.walk(folder) for name in names}


def read(*parts):
    with open(os.path.join(*parts), encoding="utf-8") as file:
        return file.read()


with tempfile.TemporaryDirectory() as temporary:
    sample = findings(ROOT, SAMPLE_DAY)
    report(sample and not any(severity == "error" for _, _, severity in sample), "the sample has findings, and no error", sample)
    for day in DAYS:
        project = os.path.join(temporary, day)
        code, out, err = run("init", project, "--date", day)
        got = findings(project, day)
        report(code == 0 and not err and got == sample, f"the sample for {day} has the same findings", err, set(got) ^ set(sample))
    same = os.path.join(temporary, SAMPLE_DAY)
    report(all(read(same, path) == read(ROOT, path) for path in tree(same) if path.startswith("content/")),
           "for its own day it is the sample as it is")
    moved = os.path.join(temporary, "2026-11-21")
    report(read(moved, "content", "registers", "metrics.yaml") != read(ROOT, "content", "registers", "metrics.yaml"),
           "for another it is not")
    later = re.findall(r"\b20\d\d-\d\d-\d\d\b", read(os.path.join(temporary, "2028-02-29"), "content", "registers", "actions.yaml"))
    report(later and min(later) > "2027-06-01", "no day is left behind", min(later or [""]))
    report({"Makefile", ".gitignore", ".github/workflows/isms.yml", "content/site.yaml"} <= tree(moved),
           "a Makefile, what git ignores, and a workflow come with it", sorted(tree(moved)))
    done = subprocess.run(["make", "-s", "site", "check-site", "DATE=2026-11-21", f"ISMARK={ISMARK}"], cwd=moved, capture_output=True,
                          text=True)
    report(done.returncode == 0 and os.path.exists(os.path.join(moved, "out", "index.html")), "make site check-site passes there",
           done.stdout, done.stderr)

    # The script that comes with the sample writes what the compiler reads.
    records = os.path.join(same, "content", "records", "monitoring")
    probes = os.path.join(temporary, "probes.json")
    with open(probes, "w", encoding="utf-8") as file:
        json.dump({"probes": [{"id": "disk", "name": "Disk", "type": "disk", "path": "/", "percent": 100, "controls": ["A.8.6"]},
                              {"id": "copy", "name": "Copy", "type": "file", "path": os.path.join(temporary, "none"), "hours": 1}]}, file)
    os.remove(os.path.join(records, "monitoring.json"))
    done = [subprocess.run([os.path.join(records, "collect.py"), "--probes", probes], capture_output=True, text=True) for _ in "12"]
    results = json.loads(read(records, "monitoring.json"))
    report(all(run.returncode == 0 for run in done) and [check["x-runs"] for check in results["checks"]] == [2, 2] and
           [check["status"] for check in results["checks"]] == ["passed", "failed"], "collect.py counts its runs", done[0].stderr, results)
    answer = json.loads(run("check", "-C", same, "--date", SAMPLE_DAY, "--format", "json")[1])
    codes = {finding["code"] for finding in answer["findings"] if finding["subject"] == "EV-19"} - {"EVD017"} # as the clock has it
    report(codes == {"EVD010", "EVD016"}, "what it writes is read: another file than the recorded one, one check failed", codes)

    bare = os.path.join(temporary, "bare")
    code, out, err = run("init", "--bare", bare)
    report(code == 0 and not err, "an empty frame", out, err)
    code, out, err = run("check", "-C", bare, "--format", "json")
    kinds = {finding["code"] for finding in json.loads(out)["findings"]} if code == 1 else set()
    undecided = code == 1 and [f["subject"] for f in json.loads(out)["findings"] if f["code"] == "SOA009"]
    report(undecided and len(undecided) == 93 and len(set(undecided)) == 93, "its 93 controls are undecided", code, err)
    report("CLS002" in kinds and not kinds & {code for code in kinds if code[:2] in ("FM", "ID", "RE", "LN")},
           "its documents can be read, refer to what is there, and are not approved", kinds)
    code, out, err = run("-C", bare, "build")
    report(code == 0 and os.path.exists(os.path.join(bare, "out", "index.html")), "it publishes", out, err)
    defaults = read(bare, "content", "site.yaml")
    report(all(f"{key}:" in defaults for key in ("title", "base_url", "catalogue", "risk", "periods", "thresholds", "incidents",
                                                 "classification", "severities", "theme", "filters", "ignore", "raw_html", "kinds",
                                                 "fields", "synonyms", "language", "footer")),
           "site.yaml explains every key")
    # What waits behind a `#` is a key, a key below one, or an item of a list; what says something is a sentence.
    every = re.sub(r"^( *)# (?=[a-z_]+:|  +[a-zA-Z0-9_]+:|  +- )", r"\1", defaults, flags=re.M)
    with open(os.path.join(bare, "content", "site.yaml"), "w", encoding="utf-8") as file:
        file.write(re.sub(r"^(theme|filters): .*", "", every, flags=re.M)) # they name files that a user writes
    answer = json.loads(run("check", "-C", bare, "--format", "json")[1])
    wrong = [finding for finding in answer["findings"] if finding["path"].endswith("site.yaml")]
    report(every != defaults and not wrong, "and each can be taken as it stands", wrong)

    # Around files that are there.
    kept = os.path.join(temporary, "kept")
    os.makedirs(os.path.join(kept, "content"))
    for path, text in (("Makefile", "all:\n"), ("content/scope.md", "# Ours\n")):
        with open(os.path.join(kept, path), "w", encoding="utf-8") as file:
            file.write(text)
    os.symlink("nowhere", os.path.join(kept, "content", "index.md"))
    code, out, err = run("init", kept, "--date", SAMPLE_DAY)
    report(code == 0 and read(kept, "Makefile") == "all:\n" and read(kept, "content", "scope.md") == "# Ours\n" and
           os.readlink(os.path.join(kept, "content", "index.md")) == "nowhere", "what is there is not touched", out, err)
    report(all(f"kept {os.path.join(kept, name)}\n" in out for name in ("Makefile", "content/scope.md", "content/index.md")),
           "and named", out)
    code, out, err = run("init", kept, "--date", SAMPLE_DAY)
    report(code == 0 and "wrote 0 files" in out and "more files" in out, "a second time writes nothing", out, err)
    report(run("init", os.path.join(kept, "Makefile"))[0] == 2, "a file is no folder")
    report(run("init", kept, "more")[0] == 2, "one folder at a time")
    if os.getuid():
        os.chmod(kept, 0o500)
        code, out, err = run("init", os.path.join(kept, "new"))
        report(code == 3 and "write" in err, "a folder that cannot be written: exit code 3", code, err)
        os.chmod(kept, 0o700)

    # Options before the command.
    first = run("check", "-C", same, "--date", SAMPLE_DAY, "--quiet")
    for words in (("-C", same, "check", "--date", SAMPLE_DAY, "--quiet"), ("--quiet", "-C", same, f"--date={SAMPLE_DAY}", "check"),
                  ("-j2", "--date", SAMPLE_DAY, "-C", same, "check", "--quiet"),
                  ("--gate", "error", "-C", same, "check", "--quiet", "--date", SAMPLE_DAY)):
        report(run(*words) == first, f"ismark {' '.join(words).replace(temporary, '…')}: the same as behind the command", *run(*words))
    for words in (("-C", same), ("-C",), ("--quiet",), ("-",), ("-C", same, "chek"), ("--bare", "-C", same, "check"), ("--nothing", "check")):
        code, out, err = run(*words)
        report(code == 2 and err.startswith("ismark: ") and not out, f"ismark {' '.join(words).replace(temporary, '…')}: exit code 2", out, err)
    report("did you mean 'check'" in run("-C", same, "chek")[2], "did you mean check?")

finish()
