"""Every example of CommonMark 0.30 through our tree and writer."""
import os
import re

from html_normal import normal
from oracle import ROOT, Tap, ours

# Examples whose HTML is meant to differ: number, our HTML, the reason.
INTENDED = {}


def examples(text):
    """(number, markdown, html) of each example of the specification."""
    text = text.replace("\r\n", "\n")
    text = re.sub(r"(?s)^<!-- END TESTS -->.*", "", text, flags=re.M)
    found = re.findall(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", text, flags=re.M | re.S)
    return [(i + 1, a.replace("→", "\t"), b.replace("→", "\t")) for i, (a, b) in enumerate(found)]


def main():
    tap = Tap()
    path = os.path.join(ROOT, "tests", "node_modules", "commonmark-spec", "spec.txt")
    with open(path, encoding="utf-8") as file:
        cases = examples(file.read())
    tap.result(len(cases) == 652, "the specification has 652 examples", "found %d" % len(cases))
    for (number, markdown, expected), got in zip(cases, ours([case[1] for case in cases], "")):
        expected, reason = INTENDED.get(number, (expected, ""))
        name = "example %d" % number + (" (%s)" % reason if reason else "")
        tap.result(normal(got) == normal(expected), name,
                   "markdown: %r\nexpected: %s\ngot:      %s" % (markdown, normal(expected), normal(got)))
    tap.end()


main()
