#!/usr/bin/python3
"""Writes a project of N documents, the same bytes for the same N: generate.py N FOLDER.

Of every 100 documents 50 are policies, procedures, standards, guidelines and pages with tables, lists and links, 20 risks,
10 findings, 10 pieces of evidence and 10 actions, each a file of its own with some text; beside them the registers that
every ISMS has once: people, roles, assets, the Statement of Applicability with its 93 controls. 4.1 KB a document on average.
"""
import os
import random
import sys

KINDS = ["policy", "procedure", "standard", "guideline", "page"]
THEMES = {"A.5": 37, "A.6": 8, "A.7": 14, "A.8": 34}
CONTROLS = [f"{theme}.{i}" for theme, count in THEMES.items() for i in range(1, count + 1)]
WORDS = ("access account approval asset audit backup breach change cloud code contract control copy customer data device disk "
         "duty employee evidence exit failure file guest harbour incident key laptop law leave lesson letter list log manager "
         "meeting network office order owner partner password patch person phone plan platform policy port print process proof "
         "record release report request restore review right risk role room rule screen secret server service site supplier "
         "system team test ticket token tool training transfer user version visitor window work year").split()
VERBS = "checks keeps reads signs writes plans tests names reports moves holds asks closes opens grants removes".split()


def word(i):
    return WORDS[i % len(WORDS)]


class Corpus:
    def __init__(self, count, folder):
        self.folder, self.random = folder, random.Random(27001)
        self.kinds = [self.kind_of(i) for i in range(count)]
        self.documents = [i for i, kind in enumerate(self.kinds) if kind in KINDS]
        self.risks = [i for i, kind in enumerate(self.kinds) if kind == "risk"]
        self.of_control = {}
        for place, i in enumerate(self.risks):
            for control in self.controls_of(i):
                self.of_control.setdefault(control, []).append(f"RISK-{i:06}")

    @staticmethod
    def kind_of(i):
        place = i * 37 % 100
        return (KINDS[place % 5] if place < 50 else "risk" if place < 70 else "finding" if place < 80
                else "evidence" if place < 90 else "action")

    @staticmethod
    def controls_of(i):
        return sorted({CONTROLS[i * 7 % 93], CONTROLS[(i * 11 + 5) % 93]})

    # ---- text ----

    def sentence(self):
        choose = self.random.choice
        words = ["The", choose(WORDS), choose(VERBS), "every", choose(WORDS), "of", "the", choose(WORDS), choose(WORDS)]
        for _ in range(self.random.randrange(2, 8)):
            words += [choose(["and", "or", "with", "for", "before", "after"]), "the", choose(WORDS), choose(WORDS)]
        style = self.random.randrange(12)
        if style == 0:
            words[4] = f"**{words[4]}**"
        elif style == 1:
            words[7] = f"`{words[7]}`"
        return " ".join(words) + "."

    def paragraph(self, sentences=4):
        return " ".join(self.sentence() for _ in range(sentences))

    def link(self):
        target = self.random.choice(self.documents)
        return f"[{self.random.choice(WORDS)} {self.random.choice(WORDS)}](../{self.place(target)})"

    def listing(self, ordered):
        return "\n".join(f"{f'{i}.' if ordered else '-'} {self.sentence()}" for i in range(1, 6))

    def table(self):
        rows = ["| What | Who | When |", "|---|---|---|"]
        rows += [f"| {self.random.choice(WORDS)} {self.random.choice(WORDS)} | the {self.random.choice(WORDS)} owner | every {self.random.choice(['day', 'week', 'month'])} |"
                 for _ in range(6)]
        return "\n".join(rows)

    def section(self, title):
        mention = f"See {self.link()} and {self.random.choice(CONTROLS)}." if self.documents else ""
        body = [self.paragraph(3), self.random.choice([self.listing(False), self.listing(True), self.table()]), mention]
        return f"## {title}\n\n" + "\n\n".join(body) + "\n"

    # ---- files ----

    def place(self, i):
        kind = self.kinds[i]
        return f"{kind}-{i // 1000:03}/{kind}-{i:06}.md"

    def write(self, path, text):
        path = os.path.join(self.folder, "content", path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def document(self, i):
        kind = self.kinds[i]
        fields = (f"id: {kind[:3].upper()}-{i:06}\nkind: {kind}\ntitle: The {word(i)} {kind} number {i}\nversion: 1.{i % 9}\nstatus: approved\n"
                  f"owner: ROLE-{i % 10}\nauthors: PER-{i % 20}\napproved_by: ROLE-CEO\napproved_on: 2026-0{i % 5 + 1}-1{i % 9}\n"
                  f"review_every: 12 months\nclassification: internal\ncontrols: [{', '.join(self.controls_of(i))}]\n")
        sections = "\n".join(self.section(f"{title.capitalize()} of the {self.random.choice(WORDS)}")
                             for title in ("purpose", "rules", "duties", "exceptions"))
        self.write(self.place(i), f"---\n{fields}---\n\n# The {word(i)} {kind} number {i}\n\n{self.paragraph()}\n\n{sections}")

    def record(self, i):
        kind, number = self.kinds[i], f"{i:06}"
        controls = ", ".join(self.controls_of(i))
        fields = {
            "risk": (f"id: RISK-{number}\ntitle: Loss of the {word(i)} number {i}\nassets: [AST-{i // 2 % 50}, AST-{(i + 25) % 50}]\naffects: [confidentiality]\n"
                     f"threat: A {word(i)} that fails\nvulnerability: No {word(i)} is kept\nconsequence: The {word(i)} stops.\nowner: ROLE-{i % 10}\n"
                     f"assessed_on: 2026-01-1{i % 9}\nlikelihood: {i % 3 + 1}\nimpact: {i % 4 + 1}\ntreatment: modify\ncontrols: [{controls}]\n"
                     f"residual_likelihood: 1\nresidual_impact: {i % 4 + 1}\ndue: 2026-12-01\nstatus: in-treatment\nplan_approved_by: ROLE-{i % 10}\n"
                     f"plan_approved_on: 2026-02-01\nreviewed_on: 2026-03-1{i % 9}\n"),
            "finding": (f"id: FND-{number}\ntitle: The {word(i)} was not kept, case {i}\nsource: review\ncategory: observation\ncontrol: {CONTROLS[i % 93]}\n"
                        f"owner: ROLE-{i % 10}\nraised_on: 2026-06-0{i % 9 + 1}\nstatus: open\n"),
            "evidence": (f"id: EV-{number}\ntitle: Proof of the {word(i)}, number {i}\ncontrols: [{controls}]\ncollected_on: 2026-05-1{i % 9}\n"
                         f"collected_by: ROLE-{i % 10}\nurl: https://records.example.org/{number}\n"),
            "action": (f"id: ACT-{number}\ntitle: Mend the {word(i)}, number {i}\ntype: improvement\nowner: ROLE-{i % 10}\ndue: 2026-11-1{i % 9}\n"),
        }[kind]
        body = "\n\n".join(self.section(f"{title} of the {word(i)}") for title in ("Story", "Next steps"))
        self.write(self.place(i), f"---\nkind: {kind}\n{fields}---\n\n{body}")

    def registers(self):
        control = ("id: {}\nkind: {}\ntitle: {}\nversion: 1.0\nstatus: approved\nowner: ROLE-1\napproved_by: ROLE-CEO\n"
                   "approved_on: 2026-05-01\nreview_every: 12 months\nclassification: internal\nentries:\n").format
        self.write("registers/people.yaml", control("REG-PER", "person", "People") + "".join(
            f"  - {{id: PER-{i}, title: Person {i}}}\n" for i in range(21)))
        self.write("registers/roles.yaml", control("REG-ROL", "role", "Roles") + "".join(
            f"  - {{id: ROLE-{i}, title: Role {i}, holder: PER-{i}, responsibilities: [the {word(i)}]}}\n" for i in range(10))
            + "  - {id: ROLE-CEO, title: Managing director, holder: PER-20, top_management: true, responsibilities: [everything]}\n")
        self.write("registers/assets.yaml", control("REG-AST", "asset", "Assets") + "".join(
            f"  - {{id: AST-{i}, title: The {word(i)} system, type: software, owner: ROLE-{i % 10}, classification: internal}}\n" for i in range(50)))
        entries = [f"  {control_id}:\n    applicable: true\n    justification: The {word(i)} must not fail, nor the {word(i * 3)}, by decision {i}.\n"
                   f"    status: implemented\n    owner: ROLE-{i % 10}\n    implementation: By the {word(i)} and the {word(i * 5)}.\n"
                   for i, control_id in enumerate(CONTROLS)]
        self.write("registers/soa.yaml", control("SOA-01", "soa", "Statement of Applicability") + "".join(entries))
        self.write("site.yaml", "title: A large ISMS\norganization: Example Ltd\n")
        self.write("index.md", "---\ntitle: A large ISMS\n---\n\n# A large ISMS\n\nSee the registers.\n")

    def make(self):
        self.registers()
        for i, kind in enumerate(self.kinds):
            (self.document if kind in KINDS else self.record)(i)


if __name__ == "__main__":
    Corpus(int(sys.argv[1]), sys.argv[2]).make()
