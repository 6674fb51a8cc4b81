#!/usr/bin/python3
"""The layers: a file of src/ includes only from its own folder and from lower layers, third-party headers
appear in one folder each, and every header compiles alone. Prints TAP."""
import os
import re
import shlex
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import finish, report  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MAY_INCLUDE = {
    "base": set(),
    "diag": {"base"},
    "text": {"base", "diag"},
    "catalogue": {"base", "diag", "text"},
    "model": {"base", "diag", "text", "catalogue"},
    "lua": {"base", "diag", "text", "catalogue", "model"},
    "git": {"base", "diag"},
    "check": {"base", "diag", "text", "catalogue", "model", "git"},
    "export": {"base", "diag", "text", "catalogue", "model", "git", "check"},
    "site": {"base", "diag", "text", "catalogue", "model", "git", "check"},
    "cmd": {"base", "diag", "text", "catalogue", "model", "lua", "git", "check", "export", "site"},
    "man": {"base", "diag", "model", "export", "site"},
}
THIRD_PARTY = {
    "cmark.h": "text", "yaml.h": "text catalogue", "lua.h": "lua", "lauxlib.h": "lua", "lualib.h": "lua",
    "jansson.h": "text export", "sha2.h": "base", "utf8proc.h": "base", "pthread.h": "base", "stdatomic.h": "base",
}
INCLUDE = re.compile(r'^\s*#\s*include\s+(?:"([^"]+)"|<([^>]+)>)', re.M)


def sources():
    for folder, _, names in os.walk(os.path.join(ROOT, "src")):
        for name in sorted(names):
            if name.endswith((".c", ".h", ".def")):
                yield os.path.relpath(os.path.join(folder, name), os.path.join(ROOT, "src"))


wrong_layer, wrong_library, unknown = [], [], []
for path in sorted(sources()):
    layer = path.split("/")[0]
    if layer not in MAY_INCLUDE:
        unknown.append(path)
        continue
    with open(os.path.join(ROOT, "src", path), encoding="utf-8") as file:
        for own, system in INCLUDE.findall(file.read()):
            target = own.split("/")[0] if own else None
            if own and "/" not in own:
                wrong_layer.append(f"{path}: \"{own}\" is written without its folder")
            elif own and not own.endswith(".inc") and target != layer and target not in MAY_INCLUDE[layer]:
                wrong_layer.append(f"{path} includes {own}: {layer} may not reach into {target}")
            if system in THIRD_PARTY and layer not in THIRD_PARTY[system].split():
                wrong_library.append(f"{path} includes <{system}>, which belongs to {THIRD_PARTY[system]}")
report(not unknown, "every folder is a layer", unknown)
report(not wrong_layer, "includes go downwards", wrong_layer)
report(not wrong_library, "third-party headers stay in their folder", wrong_library)

flags = subprocess.run(["pkg-config", "--cflags", "libcmark", "yaml-0.1", "lua5.4", "jansson"], capture_output=True,
                       text=True, check=True).stdout
compiler = [os.environ.get("CC", "cc"), "-std=c17", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror", "-fsyntax-only",
            "-I", os.path.join(ROOT, "src"), *shlex.split(flags), "-x", "c", "-"]
broken = []
for path in sorted(sources()):
    if path.endswith(".h"):
        done = subprocess.run(compiler, input=f'#include "{path}"\n#include "{path}"\n', capture_output=True, text=True)
        if done.returncode:
            broken.append(f"{path}: {done.stderr.splitlines()[0] if done.stderr else 'failed'}")
report(not broken, "every header compiles alone, and twice", broken)
finish()
