#!/usr/bin/python3
"""Themes: options in pages and in CSS, hostile values, overrides of single files, themes that extend others, and what is
wrong with a theme, shown at its place. Prints TAP."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import finish, report  # noqa: E402

import yaml

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ISMARK = os.path.abspath(os.environ.get("ISMARK", os.path.join(ROOT, "ismark")))


class Project:
    """A small project: content/site.yaml, one page, further files by path."""

    def __init__(self, work, name, site="", files=None):
        self.root = os.path.join(work, name)
        self.write({"content/site.yaml": site, "content/x.md": "# X\n\nText.\n", **(files or {})})

    def write(self, files):
        for path, text in files.items():
            path = os.path.join(self.root, path)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb" if isinstance(text, bytes) else "w") as file:
                file.write(text)
        return self

    def build(self, *words):
        self.result = subprocess.run([ISMARK, "build", "--date", "2026-06-30", "--color", "never", *words], capture_output=True, text=True,
                                     cwd=self.root, timeout=60)
        return self

    def findings(self):
        return re.findall(r"^(\S+?): (?:error|warning): .*\[(THM\d+)\]$", self.result.stdout, re.M)

    def read(self, path):
        try:
            with open(os.path.join(self.root, "out", path), encoding="utf-8") as file:
                return file.read()
        except OSError as error:
            return f"({error})"

    def said(self):
        return [self.result.stdout[-3000:], self.result.stderr]


PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8H0z"/></svg>\n'


def check_options(work):
    p = Project(work, "options", """
title: Our ISMS
footer: Of site.yaml
theme:
  options:
    scheme: dark
    accent_light: "#053"
    accent_dark: "#9FE"
    logo: pictures/our logo.SVG
    logo_alt: "Saltmarsh & Co"
    title_beside_logo: no
    font: [Inter, sans-serif]
    font_regular: fonts/a.woff2
    font_bold: fonts/b.woff2
    page_width: 60
    footer: Of the <theme>
""", {"content/pictures/our logo.SVG": PICTURE, "content/fonts/a.woff2": b"a", "content/fonts/b.woff2": b"b"}).build()
    page, style = p.read("x.html"), p.read("theme/options.css")
    report(p.result.returncode == 0 and not p.findings(), "options of every type are taken", p.said())
    for text, name in (('data-scheme="dark"', "the scheme"), ('src="theme/options/logo.svg"', "the logo"), ('alt="Saltmarsh &amp; Co"', "its text"),
                       ("<p>Of the &lt;theme&gt;</p>", "the footer"), ('content="dark"', "the scheme for the browser's own parts")):
        report(text in page, f"{name} is on the page", [page])
    report("Of site.yaml" not in page and ">Our ISMS</a>" not in page, "the option replaces the footer and takes the title away")
    for text, name in (("light-dark(#005533, #99ffee)", "colours"), ("--page-width: 60rem", "the width"), ('"ismark text", "Inter", sans-serif', "the families"),
                       ('src: url("options/font_bold.woff2"); font-weight: bold', "the bold cut")):
        report(text in style, f"{name} are in the style sheet" if name != "the width" else "the width is in the style sheet", [style])
    report(p.read("theme/options/logo.svg") == PICTURE and p.read("theme/options/font_regular.woff2") == "a", "the files are published")
    plain = Project(work, "no-options").build()
    report("data-scheme" not in plain.read("x.html").split("<body>")[0].replace("data-scheme-", "") and "<img" not in plain.read("x.html") and "@font-face" not in plain.read("theme/options.css"),
           "without options nothing of this is there", plain.said())


def check_defaults(work):
    for name in ("default", "plain"):
        with open(os.path.join(ROOT, "themes", name, "theme.yaml"), encoding="utf-8") as file:
            declared = yaml.safe_load(file)["options"]
        site = {"theme": {"name": name, "options": {key: option["default"] for key, option in declared.items() if "default" in option}}}
        p = Project(work, f"defaults-{name}", yaml.safe_dump(site)).build()
        report(p.result.returncode == 0 and not p.findings() and all("help" in option for option in declared.values()), f"{name}: its own defaults are taken, colours can be read", p.said())


def check_hostile_values(work):
    bad = '}</style><script>alert(1)</script> ";} body{background:url(https://evil.example)} /* \\'
    p = Project(work, "hostile", "theme:\n  options:\n    font: ['" + bad.replace("'", "''") + "', 'a\"b', \"c\\nd\"]\n    footer: '" + bad.replace("'", "''") + "'\n").build()
    style, page = p.read("theme/options.css"), p.read("x.html")
    line = next((line for line in style.splitlines() if "--font" in line), "")
    report(p.result.returncode == 0 and style.count("{") == 1 + line.count("{") and re.fullmatch(r'\t--font: "(?:[^"\\\n]|\\[0-9a-f]{1,2} )*", "a\\22 b", "c(?: d|\\a d)";', line) is not None,
           "no value of site.yaml breaks out of its declaration", [style])
    report("<script>alert" not in page and "<script>" not in style, "nor out of its element")
    p.write({"content/site.yaml": "theme: {options: {accent_light: 'red;} *{display:none', scheme: 'dark\"><script>', page_width: '1;}', logo: '../x.svg'}}\n"}).build()
    report([code for _, code in p.findings()] == ["THM009"] * 4 and "display" not in p.read("theme/options.css"), "values of another type never reach CSS", p.said())
    os.symlink("/etc/hostname", os.path.join(p.root, "content", "out.svg"))
    p.write({"content/site.yaml": "theme: {options: {logo: out.svg}}\n"}).build()
    report(("content/site.yaml:1:25", "THM009") in p.findings() and not os.path.exists(os.path.join(p.root, "out/theme/options")), "a logo that is a link out of the content is none", p.said())


def check_overrides(work):
    p = Project(work, "overrides", "", {
        "themes/overrides/templates/document.html": '{% extends "default/document.html" %}\n{% block main %}\n<p>OURS {{ words.menu.index }}</p>\n{{ super() }}\n{% include "own/box.html" %}\n{% endblock %}\n',
        "themes/overrides/templates/own/box.html": "<p>A BOX</p>\n",
        "themes/overrides/static/icon.svg": PICTURE,
        "themes/overrides/static/own/more.svg": PICTURE,
        "themes/overrides/words/en.yaml": "menu: {index: Home sweet home}\n",
        "themes/overrides/templates/options.css": '{% include "default/options.css" %}\nh1 { letter-spacing: {{ theme.options.page_width }}px; }\n',
    }).build()
    page = p.read("x.html")
    report(p.result.returncode == 0 and not p.findings() and "OURS Home sweet home" in page and "A BOX" in page and "<h1" in page and "Text." in page,
           "templates and words of the project stand in for the theme's, and extend them", p.said() + [page])
    report(p.read("theme/icon.svg") == PICTURE and p.read("theme/own/more.svg") == PICTURE and "h1" not in p.read("theme/style.css")[:0], "so do static files")
    report("letter-spacing: 76px" in p.read("theme/options.css") and "--accent" in p.read("theme/options.css"), "a style sheet made by a template is extended")
    p.write({"themes/overrides/templates/document.html": '{% extends "default/document.html" %}\n{% block main %}{{ document.knid }}{% endblock %}\n'}).build()
    report(p.result.returncode == 2 and ("themes/overrides/templates/document.html:2:29", "THM002") in p.findings(), "a mistake in an override names the override", p.said())
    p.write({"themes/overrides/templates/document.html": '{% extends "defualt/document.html" %}\n'}).build()
    report(("themes/overrides/templates/document.html:1:12", "THM003") in p.findings() and "did you mean `default/document.html`?" in p.result.stdout,
           "a layer that is not there is a finding with the nearest", p.said())
    p.write({"themes/overrides/templates/document.html": '{% extends "document.html" %}\n'}).build()
    report("THM004" in p.result.stdout and "extends itself" in p.result.stdout, "an override that extends itself is told", p.said())
    os.remove(os.path.join(p.root, "themes/overrides/templates/document.html"))
    p.write({"themes/overrides/words/en.yaml": "- a\n"}).build()
    report(p.result.returncode == 2 and ("themes/overrides/words/en.yaml:1:1", "THM006") in p.findings(), "words that are no map are shown at their place", p.said())
    p.write({"themes/overrides/words/en.yaml": "menu: {}\n", "content/site.yaml": "theme: {overrides: brand}\n", "brand/static/icon.svg": "<svg/>\n"}).build()
    report(p.read("theme/icon.svg") == "<svg/>\n", "site.yaml names another folder of overrides", p.said())
    shutil.rmtree(os.path.join(p.root, "brand"))
    os.symlink("/etc", os.path.join(p.root, "brand"))
    p.build()
    report(("content/site.yaml:1:20", "THM006") in p.findings() and p.result.returncode == 0, "overrides that lead out of the project are none", p.said())


def check_themes(work):
    layout = '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{{ page.title }}</title></head><body><main>{% block main %}{% endblock %}</main></body></html>\n'
    p = Project(work, "extends", "theme: mine\n", {"themes/mine/theme.yaml": "name: Mine\nversion: 1\napi: 1\nextends: default\ninherits: [templates, words]\n",
                                                    "themes/mine/templates/layout.html": layout}).build()
    report(p.result.returncode == 0 and "<main><article>" in p.read("x.html").replace("\n", "") and sorted(os.listdir(os.path.join(p.root, "out/theme"))) == ["options.css"],
           "a theme extends another one and takes what it lists", p.said() + [p.read("x.html")])
    p.write({"themes/mine/theme.yaml": "name: Mine\nversion: 1\napi: 1\n"}).build()
    report(p.result.returncode == 2 and ("themes/mine/theme.yaml", "THM007") in p.findings() and " 404.html" in p.result.stdout and "nothing published" in p.result.stdout,
           "templates that a theme lacks are told before anything is rendered (THM007)", p.said())
    yaml = "name: Mine\nversion: 1\napi: 1\n"
    for text, place, what in (
            (yaml + "extends: nowhere\n", "4:10", "extends no theme"),
            (yaml + "extends: ../../etc\n", "4:10", "extends a path"),
            (yaml + "extends: mine\n", "4:10", "extends itself"),
            (yaml + "inherits: [everything]\n", "4:11", "inherits what there is not"),
            (yaml + "exends: default\n", "4:1", "a mistyped key"),
            ("name: Mine\n", None, "no api"),
            (yaml + "options: [a]\n", "4:10", "options that are no map"),
            (yaml + "options:\n  a: {type: color, default: 1}\n", "5:13", "a type that there is not"),
            (yaml + "options:\n  a: {type: colour, default: red}\n", "5:30", "a default that does not fit"),
            (yaml + "options:\n  a: {type: bool}\n", "5:6", "no default"),
            (yaml + "options:\n  a: {type: choice, default: x}\n", "5:6", "a choice without values"),
            (yaml + "options:\n  a: {type: choice, values: ['a}b'], default: x}\n", "5:29", "a value that may not stand in CSS"),
            (yaml + "options:\n  a: {type: file}\n", "5:6", "a file of any type"),
            (yaml + "options:\n  a: {type: file, accept: [svg], default: none.svg}\n", "5:43", "a default file that is not there"),
            (yaml + "options:\n  'a b': {type: text}\n", "5:3", "a name that templates cannot write"),
            (yaml + "options:\n  a: {type: text, defualt: x}\n", "5:19", "a mistyped key of an option"),
            (yaml + "a: &x [*x]\n", None, "anchors")):
        p.write({"themes/mine/theme.yaml": text}).build()
        path = "themes/mine/theme.yaml" + (f":{place}" if place else "")
        said = p.findings() if "anchors" not in what else [(path, "THM006")] * ("themes/mine/theme.yaml:" in p.result.stdout)
        report(any(finding[0] == path for finding in said) and "did not" not in p.result.stderr, f"theme.yaml: {what}", p.said())
    p.write({"themes/mine/theme.yaml": yaml + "extends: other\n", "themes/other/theme.yaml": yaml + "extends: mine\n"}).build()
    report(p.result.returncode == 2 and "more than 6 themes extend each other" in p.result.stdout, "themes that extend each other come to an end", p.said())
    p.write({"content/site.yaml": "theme: themes/mine\n", "themes/mine/theme.yaml": yaml + "extends: default\noptions:\n  a: {type: text, default: \"x\"}\n"}).build()
    report(p.result.returncode == 0, "a theme is named by its folder too", p.said())
    p.write({"themes/default/theme.yaml": yaml + "extends: default\n", "themes/default/templates/own.css": "a{}\n", "content/site.yaml": ""}).build()
    report(p.result.returncode == 0 and p.read("theme/own.css") == "a{}\n" and p.read("theme/style.css").startswith("/*"), "a project's default extends the one that came with ismark", p.said())


def check_limits(work):
    p = Project(work, "limits", "theme: many\n", {"themes/many/theme.yaml": "name: Many\napi: 1\nextends: default\n"})
    p.write({f"themes/many/static/{i}.txt": "x" for i in range(2001)}).build()
    report(p.result.returncode == 2 and "more than 2000 files" in p.result.stdout, "a theme of too many files is refused", p.said())
    shutil.rmtree(os.path.join(p.root, "themes/many/static"))
    p.write({"themes/many/templates/loop.css": "{% for a in range(1000) %}{% for b in range(1000) %}{% for c in range(1000) %}x{% endfor %}{% endfor %}{% endfor %}\n"}).build()
    report(p.result.returncode == 2 and "THM004" in p.result.stdout and "themes/many/templates/loop.css" in p.result.stdout, "a style sheet without end is stopped", p.said())
    p.write({"themes/many/templates/loop.css": "{{ site.title }}\n"}).build()
    report(("themes/many/templates/loop.css:1:4", "THM002") in p.findings(), "a style sheet sees no text that is not made for CSS", p.said())
    p.write({"themes/many/templates/loop.css": b"\xff"}).build()
    report(p.result.returncode == 2 and "is not UTF-8" in p.result.stdout, "a template that is no text is refused", p.said())
    os.remove(os.path.join(p.root, "themes/many/templates/loop.css"))
    p.write({"themes/many/theme.yaml": "name: Many\napi: 1\nextends: default\noptions:\n" + "".join(f"  o{i}: {{type: text}}\n" for i in range(201))}).build()
    report(p.result.returncode == 2 and "at most 200 options" in p.result.stdout, "a theme of too many options is refused", p.said())


def other_shape(value):
    if isinstance(value, dict):
        return {key: other_shape(item) for key, item in value.items()}
    return "text" if isinstance(value, list) else ["a", "list"]


def check_shapes_of_words(work):
    """Words of a shape that nobody expects: a finding or a page, never a crash."""
    with open(os.path.join(ROOT, "themes", "default", "words", "en.yaml"), encoding="utf-8") as file:
        words = yaml.safe_load(file)
    p = Project(work, "shapes", "theme: bare\n", {"themes/bare/theme.yaml": "name: Bare\napi: 1\nextends: default\ninherits: [templates, static]\n"})
    shutil.copytree(os.path.join(ROOT, "tests", "cases", "base"), os.path.join(p.root, "content"), dirs_exist_ok=True)
    p.write({"content/site.yaml": "theme: bare\n"})
    problems = []
    for key, value in words.items():
        for shape in (other_shape(value), "text"):
            p.write({"themes/bare/words/en.yaml": yaml.safe_dump({**words, key: shape})}).build()
            if p.result.returncode not in (0, 2) or p.result.stderr:
                problems.append(f"{key}: {str(shape)[:80]}: {p.result.returncode} {p.result.stderr}")
    report(len(words) > 10 and not problems, f"{2 * len(words)} shapes of words are survived", problems)


with tempfile.TemporaryDirectory(prefix="ismark-theme-") as place:
    for check in (check_options, check_defaults, check_hostile_values, check_overrides, check_themes, check_limits, check_shapes_of_words):
        check(place)
finish()
