"""Tables of every shape, from a seed: containers, escapes, code spans with bars, short and long rows, alignment,
text before and after."""
import random

WORDS = ["risk", "A.5.1", "RISK-001", "owner", "Yes", "2025-01-02", "café", "承認", "1.", "-", "+", "#", "x_y", "a*b", "3 * 4",
         "…", "TBD", "100 %", "~", "&", "<", ">", "!", "(a)", "[b]", "C:\\d", "10", "=", "--", "'q'", '"q"']
MARKED = ["**bold**", "*em*", "`code`", "`a \\| b`", "``a ` b``", "[text](url)", "[text](<u v> \"t\")", "![alt](img.png)", "~~gone~~",
          "~one~", "https://example.com/a?b=c ", "www.example.com ", "<b>raw</b>", "<br>", "a<br/>b", "&amp;", "&copy;", "\\*", "\\|",
          "a\\|b", "\\\\", "<https://e.org>", "me@example.com ", "**a `b` c**", "[x **y**](z)", "_a_", "__b__", "<!-- c -->",
          "`", "*", "**", "](", "\\`", "*a\\|b*", "&#124;", "[a\\|b](u)", "\\", "`a\\\\|b`"]
CONTAINERS = [[], [], [], ["> "], ["- "], ["1. "], ["> ", "- "], ["- ", "> "], ["- ", "- "], ["> ", "> "], ["10) "], [">"], ["* ", "1. "],
              ["-   "], [">  "]]
BEFORE = ["", "", "", "text before", "text *before*", "two lines\nof text", "# Heading", "- item", "> quote", "***", "    code",
          "[def]: /url", "```\nfence\n```", "<div>\n</div>"]
AFTER = ["", "", "", "---", "***", "# Heading", "- item", "> quote", "```\nfence\n```", "    indented", "<div>\nx\n</div>", "2. two", "===",
         "text after", "\ntext after", "\n    code", "| - |", "|", "+", "--", "1)", "<!-- c -->", "***bold***", "-", "~~~"]


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def cell(self):
        r = self.random
        kind = r.random()
        if kind < 0.1:
            return ""
        count = r.choice([1, 1, 1, 2, 3])
        return " ".join(r.choice(MARKED if r.random() < 0.35 else WORDS) for _ in range(count))

    def row(self, cells):
        r = self.random
        pad = lambda cell: r.choice(["%s", " %s ", " %s ", "%s ", "  %s", "\t%s "]) % cell
        line = "|".join(pad(cell) for cell in cells)
        shape = r.random()
        if shape < 0.8 or len(cells) < 2:
            return "|" + line + "|"
        return {0: line, 1: "|" + line, 2: line + "|"}[r.randrange(3)]

    def delimiter(self, columns):
        r = self.random
        return self.row([r.choice(["---", "-", ":--", "--:", ":-:", "------"]) for _ in range(columns)])

    def lines(self):
        r = self.random
        columns = r.choice([1, 1, 2, 2, 3, 4, 7])
        wrong = r.choice([-1, 1]) if r.random() < 0.05 else 0
        lines = [self.row([self.cell() for _ in range(columns)]), self.delimiter(max(1, columns + wrong))]
        for _ in range(r.choice([0, 1, 2, 3, 5])):
            width = columns if r.random() < 0.8 else r.randint(1, columns + 2)
            lines.append(self.row([self.cell() for _ in range(width)]))
        if r.random() < 0.05:
            at = r.randrange(len(lines))
            lines[at] = r.choice([" ", "  ", "   ", "    "]) + lines[at]
        return lines

    def contained(self, lines, marks, lazy):
        first = "".join(marks)
        rest = "".join(mark if mark.startswith(">") else " " * len(mark) for mark in marks)
        result = [(first if i == 0 else rest) + line if line else rest.rstrip() for i, line in enumerate(lines)]
        if lazy and len(result) > 2:
            at = self.random.randrange(2, len(result))
            result[at] = lines[at]
        return result

    def document(self):
        r = self.random
        before, after = r.choice(BEFORE), r.choice(AFTER)
        lines = before.split("\n") if before else []
        if before.startswith("[def]") or (before and r.random() < 0.4):
            lines.append("")
        lines += self.lines()
        if after:
            lines += after.split("\n")
        marks = r.choice(CONTAINERS)
        lines = self.contained(lines, marks, marks and r.random() < 0.1)
        if r.random() < 0.3:
            lines += ["", "after"]
        end = r.choice(["\n", "\n", "\n", "\r\n", ""])
        return (end or "\n").join(lines) + end
