"""Reads published pages with Python's parser and says what is wrong with them: what run_site.py asks."""
import os
import urllib.parse
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LOADS = {("link", "href"), ("script", "src"), ("img", "src"), ("iframe", "src"), ("object", "data"), ("video", "src"),
         ("audio", "src"), ("source", "src"), ("embed", "src")}


class Page(HTMLParser):
    """One page: ids, links, headings with ids, and every element in order."""

    def __init__(self, path):
        super().__init__(convert_charrefs=True)
        self.path = path
        self.ids, self.links, self.loads, self.headings, self.tags, self.open, self.problems = [], [], [], [], [], [], []
        self.attributes = {}
        self.text = ""
        with open(path, encoding="utf-8", newline="") as file:
            self.source = file.read()
        self.feed(self.source)
        self.close()
        if self.open:
            self.problems.append(f"not closed: {self.open}")

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.problems.append(f"{tag}: an attribute twice")
        values = dict(attrs)
        self.tags.append(tag)
        self.attributes.setdefault(tag, []).append(values)
        if "id" in values:
            self.ids.append(values["id"])
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit() and "id" in values:
            self.headings.append((int(tag[1]), values["id"]))
        if tag in ("a", "area", "link") and "href" in values:
            self.links.append((tag, values["href"], values.get("rel") or ""))
        for name, value in attrs:
            if (tag, name) in LOADS and values.get("rel") != "canonical":
                self.loads.append(value)
            if name.startswith("on") or name == "style":
                self.problems.append(f"{tag}: attribute {name}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self.open or self.open[-1] != tag:
            self.problems.append(f"</{tag}> closes {self.open[-1:]}")
        else:
            self.open.pop()

    def handle_data(self, data):
        self.text += data


def read_site(out):
    """Every page of OUT by its path."""
    pages = {}
    for folder, _, names in os.walk(out):
        for name in sorted(names):
            if name.endswith(".html"):
                path = os.path.join(folder, name)
                pages[os.path.relpath(path, out)] = Page(path)
    return pages


def is_external(url):
    return bool(urllib.parse.urlsplit(url).scheme or urllib.parse.urlsplit(url).netloc)


def link_problems(out, pages):
    """Links that lead nowhere: file or fragment. 404.html is shown anywhere: its links hold the base URL."""
    problems = []
    for path, page in pages.items():
        for tag, href, rel in page.links:
            if is_external(href):
                if path != "404.html" and tag == "a" and href.startswith("http") and "noopener" not in rel:
                    problems.append(f"{path}: {href} without rel=noopener")
                continue
            parts = urllib.parse.urlsplit(href)
            target = os.path.normpath(os.path.join(os.path.dirname(path), urllib.parse.unquote(parts.path))) if parts.path else path
            fragment = urllib.parse.unquote(parts.fragment)
            if target.startswith("..") or not os.path.isfile(os.path.join(out, target)):
                problems.append(f"{path}: {href} leads to no file")
            elif fragment and fragment.lower() != "top" and (target not in pages or fragment not in pages[target].ids):
                problems.append(f"{path}: {href} leads to no element")
    return problems


def page_problems(path, page):
    """What every page must have and must not have."""
    problems = [f"{path}: {problem}" for problem in page.problems]
    if len(page.ids) != len(set(page.ids)):
        problems.append(f"{path}: ids twice: {sorted({i for i in page.ids if page.ids.count(i) > 1})}")
    if not (page.attributes.get("html") or [{}])[0].get("lang"):
        problems.append(f"{path}: no language")
    metas = page.attributes.get("meta", [])
    policy = [meta.get("content", "") for meta in metas if meta.get("http-equiv") == "Content-Security-Policy"]
    if len(policy) != 1 or "default-src 'none'" not in policy[0] or "unsafe" in policy[0]:
        problems.append(f"{path}: no strict Content-Security-Policy")
    scripts = page.attributes.get("script", [])
    if len(scripts) != page.source.lower().count("<script") or any("/theme/" not in "/" + script.get("src", "") for script in scripts):
        problems.append(f"{path}: a script that is not the theme's")
    problems += [f"{path}: loads {url}" for url in page.loads if path != "404.html" and (is_external(url) or url.startswith("/"))]
    is_redirect = any(meta.get("http-equiv") == "refresh" for meta in metas)
    if not is_redirect and (page.tags.count("main") != 1 or page.tags.count("h1") < 1):
        problems.append(f"{path}: needs one main and a first heading")
    return problems


def tree(out):
    """Path -> bytes of every file."""
    files = {}
    for folder, _, names in os.walk(out):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                files[os.path.relpath(path, out)] = file.read()
    return files


def inodes(out):
    return {path: (os.stat(os.path.join(out, path)).st_ino, os.stat(os.path.join(out, path)).st_mtime_ns) for path in tree(out)}
