#!/usr/bin/python3
"""Renders every case of templates/*.txt with Jinja2 and with ismark's engine: same bytes, and
where one refuses, both do. Then random templates: what ours renders, Jinja2 renders to the same
bytes (ours refuses more, such as printing an iterator). A case:

    === name            or   === refused: name
    {"context": "as JSON"}
    --- main            the template that is rendered
    text; the line break before the next mark is not part of it
    --- other.html      templates that it includes, extends or imports
"""
import json
import pathlib
import re
import subprocess
import sys
import warnings

import jinja2
import markupsafe

sys.dont_write_bytecode = True
warnings.simplefilter("ignore", SyntaxWarning)  # of the code that Jinja2 makes
import random_templates

HERE = pathlib.Path(__file__).resolve().parent
BUILD = HERE.parent.parent / ".build"
RANDOM_TEMPLATES, RANDOM_BATCH = 2000, 200


def read_cases(path):
    for part in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
        title, _, rest = part.partition("\n")
        context, *sections = re.split(r"^--- ", rest, flags=re.M)
        templates = {}
        for section in sections:
            name, _, text = section.partition("\n")
            templates[name] = text[:-1] if text.endswith("\n") else text
        yield {
            "name": f"{path.stem}: {title.removeprefix('refused: ')}",
            "is_refused": title.startswith("refused: "),
            "templates": templates,
            "context": json.loads(context or "{}"),
        }


def values(json_value):
    """The context as Jinja2 takes it."""
    if isinstance(json_value, dict):
        if "__html__" in json_value:
            return markupsafe.Markup(json_value["__html__"])
        return {key: values(value) for key, value in json_value.items()}
    if isinstance(json_value, list):
        return [values(value) for value in json_value]
    return json_value


def render_jinja(case):
    environment = jinja2.Environment(
        loader=jinja2.DictLoader(case["templates"]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        optimized=False,  # computes what is constant as it computes the rest
    )
    try:
        return {"output": environment.get_template("main").render(values(case["context"]))}
    except Exception as error:  # whatever it refuses with
        return {"refused": f"{type(error).__name__}: {error}"}


def render_ours(program, cases):
    question = json.dumps([{"templates": case["templates"], "context": case["context"]} for case in cases])
    answer = subprocess.run([program], input=question, capture_output=True, text=True, encoding="utf-8", timeout=300)
    if answer.returncode:
        sys.exit(f"{program} ended with {answer.returncode}: {answer.stderr}")
    return json.loads(answer.stdout)


def show(label, result):
    print(f"# {label}: {json.dumps(result, ensure_ascii=False)}")


def try_random(programs, number, seeds):
    cases = [random_templates.make_case(seed) for seed in seeds]
    answers = [render_ours(program, cases) for program in programs]
    wrong = []
    rendered = 0
    for case, *ours in zip(cases, *answers):
        if all("output" in answer for answer in ours):
            rendered += 1
        if any("output" in answer and answer != render_jinja(case) for answer in ours) or ours.count(ours[0]) != len(ours):
            wrong.append((case, ours))
    good = not wrong and rendered * 5 > len(cases)
    print(f"{'ok' if good else 'not ok'} {number} - random templates {seeds.start} to {seeds.stop - 1}")
    for case, ours in wrong:
        print(f"# {case['templates']['main']!r}")
        show("Jinja2", render_jinja(case))
        for answer in ours:
            show("ismark", answer)
    if not good:
        print(f"# {rendered} of {len(cases)} rendered")
    return good


def main():
    paths = sorted((HERE / "templates").glob("*.txt"))
    cases = [case for path in paths for case in read_cases(path)]
    programs = [BUILD / variant / "oracle" / "template_render" for variant in ("release", "sanitize")]
    programs = [program for program in programs if program.exists()]
    answers = [render_ours(program, cases) for program in programs]
    number = failed = 0
    for index, case in enumerate(cases):
        theirs = render_jinja(case)
        number += 1
        good = bool(programs) and ("refused" in theirs) == case["is_refused"]
        for answer in answers:
            ours = answer[index]
            good = good and ("refused" in ours if "refused" in theirs else ours == theirs)
        print(f"{'ok' if good else 'not ok'} {number} - {case['name']}")
        if not good:
            failed += 1
            show("Jinja2", theirs)
            for answer in answers:
                show("ismark", answer[index])
    for start in range(0, RANDOM_TEMPLATES, RANDOM_BATCH):
        number += 1
        failed += not try_random(programs, number, range(start, start + RANDOM_BATCH))
    print(f"1..{number}")
    return 1 if failed or not programs else 0


if __name__ == "__main__":
    sys.exit(main())
