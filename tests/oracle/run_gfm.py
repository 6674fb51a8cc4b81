"""GFM's tables, task lists, strikethrough and autolinks against the program cmark-gfm: our own examples, real
documents, and generated tables. What is meant to differ is in gfm_differences.txt, with its reason."""
import glob
import os
import re
from multiprocessing.pool import ThreadPool

from html_normal import normal
from oracle import ROOT, Tap, ours, theirs
from table_generator import Generator

HERE = os.path.join(ROOT, "tests", "oracle")
GENERATED, GROUP = 5000, 50


def ours_normal(html):
    """Our HTML in the oracle's terms: the alignment of a cell is a class, which a strict content policy allows."""
    return normal(re.sub(r' class="align-(left|center|right)"', r' align="\1"', html))


def same(got, wanted):
    """Equal, but for paragraphs in list items: a table makes the program's list loose."""
    if "<li>" in wanted and "<table>" in wanted:
        got, wanted = (normal(re.sub(r"</?p>", " ", html)) for html in (got, wanted))
    return got == wanted


def compare(names, texts):
    with ThreadPool(2) as pool:
        expected = pool.map(theirs, texts)
    failures = []
    for name, text, got, wanted in zip(names, texts, ours(texts, "gfm"), expected):
        if not same(ours_normal(got), normal(wanted)):
            failures.append("%s\n%s\nexpected: %s\ngot:      %s" % (name, text, normal(wanted), ours_normal(got)))
    return failures


def blocks(path):
    """The texts of a file, parted by lines of ten equals signs."""
    with open(path, encoding="utf-8", newline="") as file:
        return re.split(r"^={10}\n", file.read(), flags=re.M)


def examples(tap):
    texts = blocks(os.path.join(HERE, "gfm_examples.txt"))[1:]
    tap.result(len(texts) >= 60, "at least 60 examples", "found %d" % len(texts))
    for i, text in enumerate(texts):
        failures = compare(["example %d" % (i + 1)], [text])
        tap.result(not failures, "example %d" % (i + 1), "\n".join(failures))


def differences(tap):
    """Each entry: the reason, the Markdown, our HTML. An entry that does not differ is a mistake too."""
    for entry in blocks(os.path.join(HERE, "gfm_differences.txt"))[1:]:
        reason, text, html = re.split(r"^-{10}\n", entry, flags=re.M)
        got = ours_normal(ours([text], "gfm")[0])
        tap.result(got == normal(html) and got != normal(theirs(text)), "differs: " + reason.strip(),
                   "%s\nexpected: %s\ngot:      %s\ntheirs:   %s" % (text, normal(html), got, normal(theirs(text))))


DELIMITER_ROW = re.compile(r"^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*\r?$", re.M)


def documents(tap):
    """Whole documents, as they stand."""
    for folder in (os.path.join(ROOT, "content"), os.path.join(ROOT, "..", "shared", "examples")):
        for path in sorted(glob.glob(os.path.join(folder, "**", "*.md"), recursive=True)):
            with open(path, encoding="utf-8-sig", newline="") as file:
                text = file.read()
            tables = len(DELIMITER_ROW.findall(text))
            failures = compare([path], [text])
            tap.result(not failures, "%s, %d tables" % (os.path.relpath(path, folder), tables), "\n".join(failures))


def generated(tap):
    generator = Generator(20250317)
    texts = [generator.document() for _ in range(GENERATED)]
    for start in range(0, GENERATED, GROUP):
        group = texts[start:start + GROUP]
        failures = compare(["table %d" % (start + i) for i in range(GROUP)], group)
        tap.result(not failures, "generated tables %d to %d" % (start, start + GROUP - 1), "\n".join(failures[:3]))


def main():
    tap = Tap()
    examples(tap)
    differences(tap)
    documents(tap)
    generated(tap)
    tap.end()


main()
