#!/usr/bin/python3
"""The theme's words: the same keys, marks and forms in every language; no text in a template; no word that is missing or dead;
pages in German, French and a language that the theme lacks. Prints TAP. ISMARK names another program than ./ismark."""
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile
from html.parser import HTMLParser

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import finish, report  # noqa: E402

import yaml

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ISMARK = os.path.abspath(os.environ.get("ISMARK", os.path.join(ROOT, "ismark")))
THEME = os.path.join(ROOT, "themes", "default")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SHOWN = {"title", "aria-label", "alt", "placeholder", "label"}
NAMES = {"ismark", "Commit", "SHA-256", "PDCA", "report.json", "report.md", "calendar.ics", "light dark"}  # the same in every language


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def write(root, files):
    for path, text in files.items():
        os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
        with open(os.path.join(root, path), "w", encoding="utf-8") as file:
            file.write(text)


# ---- the files of words ----


def leaves(value, key=""):
    """(key, text) of every text; a list is one leaf."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, f"{key}.{name}" if key else str(name))
    else:
        yield key, value


def load(path):
    return yaml.load(read(path), Loader=yaml.BaseLoader)


def marks(value):
    texts = value if isinstance(value, list) else [value]
    return sorted(set(re.findall(r"\{\w+\}", " ".join(texts))))


def check_languages(languages):
    english = dict(leaves(languages["en"]))
    report({"en", "de", "fr"} <= set(languages), "there are English, German and French words")
    for language, words in sorted(languages.items()):
        own = dict(leaves({area: value for area, value in words.items() if area != "terms"}))
        problems = [f"lacks {key}" for key in english if key not in own] + [f"has {key}" for key in own if key not in english]
        problems += [f"{key}: {marks(english[key])} became {marks(own[key])}" for key in english
                     if key in own and marks(english[key]) != marks(own[key]) and not key.endswith(".one")]
        problems += [f"{key}: a list became a text" for key in english if key in own and isinstance(english[key], list) != isinstance(own[key], list)]
        problems += [f"{key}: {len(own[key])} items" for key in english
                     if key in own and isinstance(own[key], list) and key != "number.singular" and len(own[key]) != len(english[key])]
        problems += [f"{key} is empty" for key in own if not own[key] and english.get(key)]
        report(not problems, f"{language}: the keys, marks and forms of English", problems)


def schema_names():
    """Names of kinds and fields, choices, and every text of help."""
    text = read(os.path.join(ROOT, "src", "model", "schema.def"))
    quoted = r'"((?:[^"\\]|\\.)*)"'
    kinds = re.findall(rf"^KIND\((\w+), {quoted}, {quoted}, \w+, {quoted}, {quoted}", text, re.M)
    fields = re.findall(rf"^FIELD\((\w+), (\w+), \w+, [\w |]+, {quoted}, {quoted}, {quoted}", text, re.M)
    choices = re.findall(rf"^CHOICE\(\w+, \w+, {quoted}", text, re.M)
    return {
        "kind": {kind[1] for kind in kinds},
        "field": {field[1] for field in fields},
        "value": set(choices),
        "text": {kind[4] for kind in kinds} | {field[4] for field in fields} | table_texts(),
    }


def table_texts():
    """Titles and conditions of readiness, types of what falls due, inputs of the management review."""
    rules = read(os.path.join(ROOT, "src", "check", "readiness_rules.c"))
    due = read(os.path.join(ROOT, "src", "check", "due.c"))
    reviews = read(os.path.join(ROOT, "src", "catalogue", "data", "management-review-inputs.yaml"))
    return (set(re.findall(r'\{READINESS_\w+, \d+, "([^"]*)"', rules)) | set(re.findall(r'(?:BASIS|ALSO)(?:_ITEM)?\("([^"]*)"', rules))
            | set(re.findall(r'\[DUE_\w+\] = \{"[^"]*", "([^"]*)"', due)) | set(re.findall(r'^ +title: "([^"]*)"', reviews, re.M)))


def check_terms(languages):
    names = schema_names()
    report(all(len(found) > 40 for found in names.values()), "the compiler's names are found", [f"{area}: {len(found)}" for area, found in names.items()])
    keys = {}
    for language in sorted(set(languages) - {"en"}):
        terms = languages[language].get("terms", {})
        problems = [f"{area} lacks {name}" for area, found in names.items() for name in sorted(found) if name not in terms.get(area, {})]
        problems += [f"{area} has {name}" for area in ("kind", "field", "value") for name in terms.get(area, {}) if name not in names[area]]
        problems += [f"kind {name} has no `one` and `other`" for name, forms in terms.get("kind", {}).items() if set(forms) != {"one", "other"}]
        problems += [f"field_of has {kind}" for kind in terms.get("field_of", {}) if kind not in names["kind"]]
        report(not problems, f"{language}: every kind, field, value and text of the compiler", problems)
        keys[language] = {key for key, _ in leaves(terms)}
    union = set().union(*keys.values())
    problems = [f"{language} lacks {key}" for language, own in keys.items() for key in sorted(union - own)]
    report(not problems, "the languages name the same things", problems)


# ---- the templates ----


class Texts(HTMLParser):
    """Texts and shown attributes outside elements in English."""

    def __init__(self, source):
        super().__init__(convert_charrefs=True)
        self.found, self.open, self.language = [], [], ""
        self.feed(source)
        self.close()

    def in_english(self):
        return next((lang for _, lang, _ in reversed(self.open) if lang), "") == "en"

    def is_text(self):
        return any(tag in ("script", "style", "code") or "prose" in classes for tag, _, classes in self.open)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "html":
            self.language = values.get("lang", "")
        if tag not in VOID:
            self.open.append((tag, values.get("lang") or "", (values.get("class") or "").split()))
        if not self.in_english() and not self.is_text():
            self.found += [values[name].strip() for name in SHOWN if values.get(name)]

    def handle_endtag(self, tag):
        while tag not in VOID and self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and not self.in_english() and not self.is_text():
            self.found.append(data.strip())


def templates():
    return sorted(glob.glob(os.path.join(ROOT, "themes", "*", "templates", "*.html")))


def literals(source):
    """Literals of {{ … }} that look like words: `{{ "Days late" if late }}`."""
    for expression in re.findall(r"\{\{(.*?)\}\}", source, re.S):
        for text in re.findall(r'"([^"]*)"', expression):
            if re.search(r"[A-Z][a-z]+ |^[A-Z][a-z]+$|^[a-z]+ [a-z]+", text) and not re.match(r" *[a-z]+-", text) and text not in NAMES and f'["{text}"]' not in expression:
                yield text


def check_texts():
    problems = []
    for path in templates():
        source = re.sub(r"\{#.*?#\}", "", read(path), flags=re.S)
        bare = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", source, flags=re.S)
        bare = re.sub(r'^ [\w-]+( [\w-]+="")+$', "", bare, flags=re.M)  # attributes alone
        found = [text for text in Texts(bare).found if re.search(r"[^\W\d_]{2}", re.sub("|".join(NAMES), "", text))]
        problems += [f"{os.path.relpath(path, ROOT)}: {text}" for text in found + list(literals(source))]
    report(not problems, "templates hold no text of their own", problems)


def uses():
    """Keys that templates and C ask for, and the maps that they look into by a name."""
    keys, maps = {}, {"terms"}
    for path in templates() + sorted(glob.glob(os.path.join(ROOT, "themes", "*", "templates", "*.css"))):
        source = read(path)
        for key, follows in re.findall(r"(?<![\w-])words\.([\w.-]+)(\[?)", source):
            (maps.add(key) if follows else keys.setdefault(key, os.path.relpath(path, ROOT)))
        for key, name in re.findall(r'\bwords\.([\w.-]+)\["([^"]*)"\]', source):
            keys.setdefault(f"{key}.{name}", os.path.relpath(path, ROOT))
    for path in sorted(glob.glob(os.path.join(ROOT, "src", "site", "*.c"))):
        for text in re.findall(r'"([a-z_]+(?:\.[\w%.*-]*)+)"', read(path)):
            if "%" in text or text.endswith("."):
                maps.add(text.split("%")[0].rstrip("."))
            else:
                keys.setdefault(text, os.path.relpath(path, ROOT))
        maps.update(re.findall(r'page_name\([\w>-]+, "(\w+)"', read(path)))
        for name in re.findall(r'_word\(\w+, "menu\.%', read(path)):
            maps.add(name)
    return keys, maps


def check_uses(english):
    known = dict(leaves({area: value for area, value in english.items() if area != "terms"}))
    inner = {".".join(key.split(".")[:depth]) for key in known for depth in range(1, key.count(".") + 1)}
    keys, maps = uses()
    areas = set(english)
    problems = [f"{place}: {key}" for key, place in keys.items() if key not in known and key not in inner
                and (place.startswith("themes") or key.split(".")[0] in areas) and not re.search(r"\.(html|json|md|js|css|xml|txt|yaml|svg|ics|script)$", key)]
    report(not problems, "every word that is asked for is there", problems)
    whole = maps | {key for key in keys if key in inner}
    dead = [key for key in known if key not in keys and key not in maps and not any(key.startswith(f"{name}.") for name in whole)]
    report(not dead, "every word is asked for", dead)


# ---- pages ----


def build(project, out, *words):
    return subprocess.run([ISMARK, "build", "-C", project, "--out", out, "--date", "2026-06-30", "--color", "never", *words],
                          capture_output=True, text=True, timeout=120, check=False)


def label(name):
    text = re.sub("[_-]", " ", name)
    return text[:1].upper() + text[1:]


def english_only(languages, language):
    """What only English says: words, labels and names that LANGUAGE has others for."""
    own = {text for _, value in leaves(languages[language]) for text in (value if isinstance(value, list) else [value])}
    english = {text for _, value in leaves(languages["en"]) for text in (value if isinstance(value, list) else [value])}
    names = schema_names()
    english |= {label(name) for name in names["field"] | names["kind"]} | names["text"] | {value for value in names["value"] if "-" in value}
    return {text for text in english - own if len(text) > 3 and text not in NAMES and "{" not in text}


def written(content):
    """Every line of the content: what may stand on a page in its own words."""
    lines = set()
    for folder, _, names in os.walk(content):
        for name in names:
            if name.endswith((".md", ".yaml", ".csv")):
                for line in read(os.path.join(folder, name)).splitlines():
                    lines.update(part.strip(" #-'\"|*") for part in [line, line.partition(": ")[2], *line.split("|"), *line.split(",")])
    return lines


def stated_languages(content):
    """Page -> language of the documents that say theirs."""
    found = {}
    for path in glob.glob(os.path.join(content, "**", "*.md"), recursive=True):
        match = re.search(r"\A---\n(?:.*\n)*?lang: *(\w+)\n", read(path))
        if match:
            found[os.path.relpath(path, content)[:-3] + ".html"] = match[1]
    return found


def check_pages(languages, work):
    for language in ("de", "fr"):
        project = os.path.join(work, language)
        shutil.copytree(os.path.join(ROOT, "content"), os.path.join(project, "content"))
        site = os.path.join(project, "content", "site.yaml")
        write(project, {"content/site.yaml": re.sub(r"^language:.*$", f"language: {language}", read(site), flags=re.M)})
        out = os.path.join(project, "out")
        result = build(project, out, "--theme", THEME)
        pages = sorted(glob.glob(os.path.join(out, "**", "*.html"), recursive=True))
        report(result.returncode == 0 and len(pages) > 300, f"{language}: the sample builds", result.stdout.splitlines())
        foreign, own_words = english_only(languages, language), written(os.path.join(ROOT, "content"))
        problems, other, stated = {}, [], stated_languages(os.path.join(ROOT, "content"))
        for path in pages:
            texts = Texts(read(path))
            if texts.language == stated.get(os.path.relpath(path, out)) != language:
                continue
            other += [path] if texts.language != language else []
            for text in texts.found:
                if text in foreign and text not in own_words:
                    problems.setdefault(text, os.path.relpath(path, out))
        report(not other, f"{language}: every page says so", other)
        report(not problems, f"{language}: no word of ours in English on any page", [f"{path}: {text}" for text, path in problems.items()])


def check_document(work):
    project = os.path.join(work, "one")
    write(project, {
        "content/site.yaml": "language: en\n",
        "content/page.md": "---\nlang: de\nkind: policy\nstatus: approved\napproved_on: 2026-03-05\nowner: Anna\n---\n# Regel\n\nText.\n",
        "content/other.md": "---\nkind: policy\nstatus: approved\napproved_on: 2026-03-05\n---\n# Rule\n\nText.\n",
    })
    out = os.path.join(project, "out")
    build(project, out, "--theme", THEME)
    german, english = read(os.path.join(out, "page.html")), read(os.path.join(out, "other.html"))
    report('<html lang="de"' in german and "freigegeben" in german and "5. März 2026" in german, "a German document of an English site is a German page")
    report('<html lang="en"' in english and "approved" in english and "5 Mar 2026" in english, "the others stay English")
    write(project, {"content/site.yaml": "language: es\n"})
    build(project, out, "--theme", THEME)
    other = read(os.path.join(out, "other.html"))
    report('<html lang="en"' in other and re.search(r'class="prose[^"]*"[^>]* lang="es"', other), "a language without words: English words, the text in its own")
    theme = os.path.join(work, "theme")
    shutil.copytree(THEME, theme)
    write(theme, {"words/es.yaml": "layout: {skip: Ir al contenido}\nterms: {field: {approved_on: Aprobado el}}\n"})
    result = build(project, out, "--theme", theme)
    other = read(os.path.join(out, "other.html"))
    report('<html lang="es"' in other and "Ir al contenido" in other and "Aprobado el" in other and "5 Mar 2026" in other and "lang=\"es\"" not in other.split(">", 2)[2],
           "a theme's further language; what it lacks is English", [result.stdout])


def main():
    languages = {os.path.basename(path)[:-5]: load(path) for path in sorted(glob.glob(os.path.join(THEME, "words", "*.yaml")))}
    check_languages(languages)
    check_terms(languages)
    check_texts()
    check_uses(languages["en"])
    with tempfile.TemporaryDirectory() as work:
        check_pages(languages, work)
        check_document(work)
    finish()


main()
