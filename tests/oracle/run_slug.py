"""Headings' ids against github-slugger: characters of every kind, and repeats."""
import json
import os
import re
import subprocess
import unicodedata

from oracle import ROOT, Tap, ours

HEADINGS = [
    ["Purpose", "Scope", "Purpose", "Purpose", "Purpose-1", "Scope-1", "Scope"],
    ["a-1", "a", "a", "a-1", "a-1-1", "a"],
    ["🎯 Purpose", "⚠️ Risk", "✅ Done", "1. Scope", "1.1 Scope & context", "A.5.1 Policies"],
    ["承認フロー", "การควบคุม", "Ünïcode ÄÖÜ ß", "ΑΒΓ Σίσυφος", "İstanbul", "Приложение А"],
    ["C++ / C#", "What's new?", "100 % – done…", "a_b c-d", "(x)", "Roles: who does what", "CO₂ and x²", "½ day", "Ⅳ part"],
    ["R‑001 – text", "tab\u00a0nbsp", "zero\u200bwidth", "e\u0301 combining", "ﬁ ligature", "①②③", "Ⓐ circled"],
]


def by_character():
    """A heading for each character that every version of Unicode in use knows."""
    for point in range(0x00A1, 0x3100):
        character = chr(point)
        if unicodedata.ucd_3_2_0.category(character)[0] not in "CZ":
            yield "x%sy" % character


def by_us(headings):
    text = "".join("# %s\n\n" % heading for heading in headings)
    found = re.findall(r"<h1(?: id=\"([^\"]*)\")?>", ours([text], "ids")[0])
    return found


def main():
    tap = Tap()
    documents = HEADINGS + [[heading] for heading in by_character()]
    answer = subprocess.run(["node", os.path.join(ROOT, "tests", "oracle", "slug.mjs")], input=json.dumps(documents).encode(),
                            stdout=subprocess.PIPE, check=True, timeout=60).stdout
    expected = json.loads(answer)
    for headings, ids in zip(HEADINGS, expected):
        got = by_us(headings)
        tap.result(got == ids, "ids of " + ", ".join(headings[:3]), "expected: %s\ngot:      %s" % (ids, got))
    texts = ["# %s\n" % headings[0] for headings in documents[len(HEADINGS):]]
    wrong = []
    for headings, ids, html in zip(documents[len(HEADINGS):], expected[len(HEADINGS):], ours(texts, "ids")):
        got = re.search(r"<h1(?: id=\"([^\"]*)\")?>", html).group(1)
        if got != ids[0]:
            wrong.append("U+%04X %s: expected %s, got %s" % (ord(headings[0][1]), headings[0][1], ids[0], got))
    tap.result(not wrong, "%d characters" % len(texts), "\n".join(wrong[:20] + ["%d in all" % len(wrong)]))
    tap.end()


main()
