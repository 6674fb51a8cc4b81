#!/usr/bin/python3
"""Times ismark beside the bare loop and the generators that are installed, on the same documents in the same run.

bench.py [--documents N,N] [--runs N] [--write]: prints medians of wall time, CPU time and peak memory, and their ratios to
the bare loop; --write puts the table into README.md. Files lie on a tmpfs (/dev/shm), so that no disk is measured.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "../..")
ISMARK = os.path.abspath(os.path.join(ROOT, "ismark"))
DAY = "2026-06-30"
MARK = "<!-- the table that bench.py --write makes -->"


def compile_bare_loop(work):
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "libcmark-gfm", "yaml-0.1"], capture_output=True, text=True, check=True)
    program = os.path.join(work, "bare_loop")
    subprocess.run(["cc", "-O2", "-D_GNU_SOURCE", "-o", program, os.path.join(HERE, "bare_loop.c"), *flags.stdout.split(),
                    "-lcmark-gfm-extensions"], check=True)
    return program


def hugo(project, out):
    """A site of the same pages with a theme that prints title and text."""
    layouts = os.path.join(project, "layouts/_default")
    os.makedirs(layouts)
    for name in ("single.html", "list.html"):
        with open(os.path.join(layouts, name), "w", encoding="utf-8") as file:
            file.write("<!DOCTYPE html><html><head><title>{{ .Title }}</title></head><body>{{ .Content }}</body></html>\n")
    with open(os.path.join(project, "config.toml"), "w", encoding="utf-8") as file:
        file.write('title = "x"\nbaseURL = "https://isms.example.org/"\ndisableKinds = ["taxonomy", "term", "RSS", "sitemap"]\n')
    return ["hugo", "--quiet", "-s", project, "-d", out]


def mkdocs(project, out):
    with open(os.path.join(project, "mkdocs.yml"), "w", encoding="utf-8") as file:
        file.write("site_name: x\ndocs_dir: content\n")
    return ["mkdocs", "build", "-q", "-f", os.path.join(project, "mkdocs.yml"), "-d", out]


def commands(bare_loop, project, out):
    content = os.path.join(project, "content")
    build = [ISMARK, "build", "-C", project, "--out", out, "--date", DAY, "--quiet"]
    yield "bare loop", [bare_loop, content, out]
    for threads in (1, 2, 8):
        yield f"ismark build -j{threads}", [*build, f"-j{threads}"]
    yield "ismark check -j1", [ISMARK, "check", "-C", project, "--date", DAY, "--quiet", "-j1"]
    if shutil.which("hugo"):
        yield "hugo", hugo(project, out)
    if shutil.which("mkdocs"):
        yield "mkdocs", mkdocs(project, out)


def measure(command, out):
    shutil.rmtree(out, ignore_errors=True)
    if "ismark" not in command[0]:
        os.makedirs(out)
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"failed: {' '.join(command)}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def rows(work, bare_loop, documents, runs):
    project, out = os.path.join(work, f"project-{documents}"), os.path.join(work, "out")
    subprocess.run(["/usr/bin/python3", os.path.join(HERE, "generate.py"), str(documents), project], check=True)
    entries = list(commands(bare_loop, project, out))
    figures = {name: [] for name, _ in entries}
    for _ in range(runs):  # in turn, so that a slow minute hits all of them
        for name, command in entries:
            if name != "mkdocs" or not figures[name]:
                figures[name].append(measure(command, out))
    medians = {name: [statistics.median(column) for column in zip(*values)] for name, values in figures.items()}
    base = medians["bare loop"]
    shutil.rmtree(project)
    for name, (wall, cpu, memory) in medians.items():
        yield (f"| {documents:,} | {name} | {wall:.3f} s | {wall / base[0]:.2f} | {cpu:.3f} s | {cpu / base[1]:.2f} "
               f"| {memory:.0f} MiB | {memory * 1024 / documents:.1f} |")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", default="100,1000,10000")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    table = ["| documents | program | wall | to the loop | CPU | to the loop | peak memory | KiB a document |", "|---:|---|---:|---:|---:|---:|---:|---:|"]
    with tempfile.TemporaryDirectory(dir="/dev/shm") as work:
        bare_loop = compile_bare_loop(work)
        for documents in map(int, options.documents.split(",")):
            table += rows(work, bare_loop, documents, options.runs)
    print("\n".join(table))
    if options.write:
        readme = os.path.join(HERE, "README.md")
        with open(readme, encoding="utf-8") as file:
            text = file.read().split(MARK)
        with open(readme, "w", encoding="utf-8") as file:
            file.write(MARK.join([text[0], "\n" + "\n".join(table) + "\n", text[2]]))


if __name__ == "__main__":
    main()
