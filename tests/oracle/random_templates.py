"""Random templates for run_jinja.py: same seed, same templates."""
import random

CONTEXT = {
    "n": 3, "f": 2.5, "s": "a<b c", "e": "", "z": None, "t": True,
    "h": {"__html__": "<i>&amp;</i>"},
    "l": [3, 1, 2], "w": ["b", "A", "c<"], "x": [],
    "m": {"a": 1, "b": "two", "c": [1, 2]},
    "o": [{"a": 1, "b": "x", "c": True}, {"a": 3, "b": "Y", "c": False}, {"a": 2, "b": "x<", "c": True}],
}
NAMES = list(CONTEXT) + ["missing"]
FILTERS = [
    "upper", "lower", "title", "capitalize", "trim", "length", "first", "last", "list", "sort", "reverse", "unique",
    "sum", "min", "max", "int", "float", "string", "e", "safe", "abs", "round", "tojson", "striptags", "urlencode",
    "join", "items", "dictsort", "wordcount", "forceescape", "indent", "count", "xmlattr",
    "join(', ')", "default('d')", "default('d', true)", "replace('a', '<')", "truncate(5, true, '…', 0)", "round(1)",
    "map(attribute='a')", "map('string')", "map('upper')", "selectattr('c')", "rejectattr('c')", "select", "reject",
    "selectattr('a', 'gt', 1)", "select('odd')", "groupby('b')", "sort(attribute='a')", "sort(reverse=true)",
    "sort(attribute='b,a')", "unique(attribute='b')", "sum(attribute='a')", "batch(2)", "slice(2)", "batch(2, 0)",
    "int(7)", "trim('a')", "min(attribute='b')", "format(1)", "map('default', 'q')", "map(attribute='q', default=0)",
]
TESTS = [
    "defined", "undefined", "none", "string", "number", "integer", "float", "boolean", "mapping", "sequence", "iterable",
    "odd", "even", "true", "false", "escaped", "divisibleby 2", "eq 3", "in l", "in 'abc'", "lt 3",
]
BINARY = ["+", "-", "*", "/", "//", "%", "~", "==", "!=", "<", "<=", ">", ">=", "and", "or", "in", "not in"]
LITERALS = ["0", "1", "2", "-3", "2.5", "0.5", "'a'", '"<"', "''", "true", "false", "none", "[]", "[1, 'x']", "{}", "{'k': 1}",
            "(1, 2)", "10", "'abc'", "1e3", "[[2], [1]]"]


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def pick(self, items):
        return self.random.choice(items)

    def expression(self, depth):
        if depth <= 0 or self.random.random() < 0.15:
            return self.pick(NAMES) if self.random.random() < 0.6 else self.pick(LITERALS)
        inner = self.expression(depth - 1)
        kind = self.random.randrange(14)
        if kind < 5:
            return f"{inner}|{self.pick(FILTERS)}"
        if kind < 7:
            return f"{inner} {self.pick(BINARY)} {self.expression(depth - 1)}"
        if kind == 7:
            return f"({inner})"
        if kind == 8:
            return f"{inner} is {self.pick(['', 'not '])}{self.pick(TESTS)}"
        if kind == 9:
            return f"({inner} if {self.expression(depth - 1)} else {self.expression(depth - 1)})"
        if kind == 10:
            return f"{self.pick(['not ', '-', '+'])}{inner}"
        if kind == 11:
            return f"({inner}){self.pick(['.a', '.b', '[0]', '[-1]', '[1:]', '[:1]', '.c[0]', '[n]', '.q'])}"
        if kind == 12:
            return f"[{inner}, {self.expression(depth - 1)}]"
        return f"({inner} if {self.expression(depth - 1)})"

    def statement(self, depth):
        kind = self.random.randrange(12 if depth > 0 else 5)
        if kind < 4:
            return "{{ " + self.expression(self.random.randrange(1, 4)) + " }}"
        if kind == 4:
            return self.pick([" text ", "\n", "  \n  ", "<p>", "{# c #}", "\n  {#- c #}\n"])
        body, sign = self.body(depth - 1), self.pick(["", "", "-", "+"])
        open_tag, close = "{%" + sign + " ", " " + self.pick(["", "", "-", "+"]) + "%}"
        if kind < 7:
            return (f"{open_tag}if {self.expression(2)}{close}{body}"
                    + (f"{open_tag}else{close}{self.body(depth - 1)}" if self.random.random() < 0.5 else "")
                    + f"{open_tag}endif{close}")
        if kind < 10:
            target = self.pick(["v", "v", "v", "k, v"])
            where = self.pick(["l", "w", "o", "m", "m.items()", "range(3)", self.expression(2)])
            return (f"{open_tag}for {target} in {where}{close}{body}{{{{ v }}}}{{{{ loop.{self.pick(['index', 'last', 'length'])} }}}}"
                    f"{open_tag}endfor{close}")
        if kind == 10:
            return f"{open_tag}set {self.pick(NAMES)} = {self.expression(2)}{close}"
        return (f"{open_tag}macro g(p, q={self.expression(1)}){close}{body}{{{{ p }}}}{{{{ q }}}}{open_tag}endmacro{close}"
                f"{{{{ g({self.expression(1)}) }}}}")

    def body(self, depth):
        return "".join(self.statement(depth) for _ in range(self.random.randrange(1, 4)))


def make_case(seed):
    maker = Maker(seed)
    return {"name": f"random {seed}", "templates": {"main": maker.statement(2)}, "context": CONTEXT}
