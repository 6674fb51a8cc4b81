#!/usr/bin/python3
"""Inputs that are built to make a reader slow, deep or large, 1 MiB each: exit code 0 or 1 within 10 seconds and
1 GiB, with an output of bounded size, and no worse than about linear time. Prints TAP.

run_pathological.py [PATTERN...] runs those whose names hold a pattern; -v prints the figures."""

import concurrent.futures
import itertools
import math
import os
import sys
import tempfile

import hostile

MIB = 1 << 20
SECONDS = 10
MEMORY = 1 << 30
OUTPUT = 4 * MIB  # of the text that check prints
EXPONENT, EXPONENT_FROM = 1.6, 1.0  # growth of time is judged from one second on

INPUTS = []


def pathological(function):
    """Adds a function (size) -> {path: bytes} to the inputs, under its name."""
    INPUTS.append((function.__name__.replace("_", " "), function))
    return function


def fill(unit, size):
    """UNIT, a text, or a function of the index that gives one, repeated up to SIZE bytes."""
    if isinstance(unit, str):
        return unit * (size // len(unit.encode()))
    parts, total = [], 0
    for index in itertools.count():
        part = unit(index)
        total += len(part.encode())
        if total > size:
            return "".join(parts)
        parts.append(part)


def front(text, body="# Page\n"):
    return {"page.md": f"---\n{text}\n---\n\n{body}"}


# ---- YAML ----

@pathological
def deep_flow_lists(size):
    return front("tags: " + fill("[", size))

@pathological
def deep_flow_maps(size):
    return front("tags: " + fill("{a: ", size))

@pathological
def deep_block_maps(size):
    depth = int(math.sqrt(2 * size))
    return {"risks.yaml": "".join(" " * i + "a:\n" for i in range(depth))}

@pathological
def deep_block_lists(size):
    return {"risks.yaml": "entries:\n" + fill("- ", size) + "x\n"}

@pathological
def long_plain_scalar(size):
    return front("title: " + fill("word ", size))

@pathological
def title_in_quotes_over_lines(size):
    return front('title: "' + fill("word\n  ", size) + '"')

@pathological
def folded_block(size):
    return front("description: >\n" + fill("  words words\n", size))

@pathological
def many_keys(size):
    return front(fill(lambda i: f"key{i}: x\n", size))

@pathological
def many_own_keys(size):
    return front(fill(lambda i: f"x-key{i}: x\n", size))

@pathological
def one_key_many_times(size):
    return front(fill("owner: x\n", size))

@pathological
def one_field_in_two_spellings(size):
    return front("next-review: 2026-01-01\n" + fill("Next Review: x\nnext_review: y\n", size))

@pathological
def long_key(size):
    return front(fill("key", size) + ": x")

@pathological
def list_of_many_items(size):
    return front("tags:\n" + fill(lambda i: f"- tag{i}\n", size))

@pathological
def references_in_one_line(size):
    return front("kind: policy\nrelated: " + fill(lambda i: f"POL-{i}, ", size))

@pathological
def references_in_a_flow_list(size):
    return front("kind: policy\nrelated: [" + fill(lambda i: f"POL-{i}, ", size) + "X]")

@pathological
def controls_in_one_line(size):
    return front("kind: policy\ncontrols: " + fill("A.5.1, ", size))

@pathological
def ranges_of_controls(size):
    return front("kind: policy\ncontrols: " + fill("A.5.1-A.8.34, ", size))

@pathological
def ranges_of_controls_in_a_list(size):
    return front("kind: policy\ncontrols:\n" + fill("- A.5.1–A.8.34\n", size))

@pathological
def controls_of_other_editions(size):
    return front("kind: policy\ncontrols: " + fill(lambda i: f"A.{i % 20}.{i % 9}.{i % 7}; ", size))

@pathological
def clauses_in_one_line(size):
    return front("kind: policy\nclauses: " + fill("4-10, ", size))

@pathological
def commas_only(size):
    return front("kind: policy\nrelated: \"" + fill(",", size) + "\"")

@pathological
def many_documents_in_a_stream(size):
    return {"risks.yaml": fill("---\na: b\n", size)}

@pathological
def rules_of_three_hyphens(size):
    return {"page.md": fill("---\n", size)}

@pathological
def keys_behind_an_open_front_matter(size):
    return {"page.md": "---\n" + fill("key: value\n", size)}

@pathological
def anchors_and_aliases(size):
    return {"risks.yaml": "a: &a [x,x]\n" + fill(lambda i: f"b{i}: &b{i} [*a, *a]\n", size)}

@pathological
def open_quote(size):
    return front('title: "' + fill("text text\n", size))

@pathological
def open_quotes_in_every_line(size):
    return {"risks.yaml": fill('a: "b\n', size)}

@pathological
def colons(size):
    return front("title: " + fill("a: ", size))

@pathological
def question_marks(size):
    return front(fill("? ", size))

@pathological
def tabs(size):
    return front("title:\n" + fill("\t", size) + "x")

@pathological
def comments(size):
    return front(fill("# no value\n", size))

@pathological
def byte_order_marks(size):
    return {"page.md": fill("\ufeff", size)}

# ---- registers ----

def register(kind, entries):
    return {f"{kind}s.yaml": f"kind: {kind}\nid: REG\ntitle: Register\nentries:\n{entries}"}

@pathological
def many_entries(size):
    return register("risk", fill(lambda i: f"- id: R-{i}\n", size))

@pathological
def one_id_many_times(size):
    return register("risk", fill("- id: R-1\n", size))

@pathological
def one_title_many_times(size):
    return register("asset", fill(lambda i: f"- {{id: A-{i}, title: T}}\n", size))

@pathological
def one_title_referred_to(size):
    return register("action", fill(lambda i: f"- {{id: A-{i}, title: T, for: T}}\n", size))

@pathological
def entries_that_are_no_maps(size):
    return register("risk", fill("- x\n", size))

@pathological
def groups_of_groups(size):
    return register("risk", fill(lambda i: f"  g{i}: {{r{i}: {{s: {{t: x}}}}}}\n", size))

@pathological
def dangling_references(size):
    return register("action", fill(lambda i: f"- {{id: ACT-{i}, for: ACT-{i}9999}}\n", size))

@pathological
def dangling_references_beside_a_broken_file(size):
    files = register("action", fill(lambda i: f"- {{id: ACT-{i}, for: X{i}}}\n", size // 2))
    files["policy.md"] = "---\ntitle: a: b\n---\n" + fill(lambda i: f"word{i} ", size // 2)
    return files

@pathological
def dangling_titles_beside_a_broken_file(size):
    files = register("action", fill(lambda i: f"- {{id: ACT-{i}, for: aa ab}}\n", size // 2))
    files["policy.md"] = "---\ntitle: a: b\n---\n" + fill("aa aa ", size // 2)
    return files

@pathological
def many_broken_files(size):
    files = {f"p{i}.md": "---\ntitle: a: b\n---\n" for i in range(min(size // 400, 1500))}
    files.update(register("action", fill(lambda i: f"- {{id: ACT-{i}, for: X{i}}}\n", size // 2)))
    return files

@pathological
def references_to_one_record(size):
    return register("action", fill(lambda i: f"- {{id: ACT-{i}, for: ACT-0}}\n", size))

@pathological
def references_to_a_retired_one(size):
    files = register("evidence", fill(lambda i: f"- {{id: E-{i}, of: POL-1, related: POL-1}}\n", size))
    files["policy.md"] = "---\nkind: policy\nid: POL-1\nstatus: retired\n---\n"
    return files

@pathological
def documents_that_replace_each_other(size):
    count = min(size // 400, 2000)
    return {f"p{i}.md": f"---\nkind: policy\nid: P-{i}\nsupersedes: P-{(i + 1) % count}\n---\n" for i in range(count)}

@pathological
def actions_in_a_circle(size):
    return register("action", fill(lambda i: f"- {{id: ACT-{i}, for: ACT-{i + 1}}}\n", size))

@pathological
def parties_and_requirements_in_a_circle(size):
    half = size // 2
    files = register("party", fill(lambda i: f"- {{id: P-{i}, requirements: Q-{i}}}\n", half))
    files.update(register("requirement", fill(lambda i: f"- {{id: Q-{i}, party: P-{i}}}\n", half)))
    return files

@pathological
def risks_on_one_control(size):
    return register("risk", fill(lambda i: f"- {{id: R-{i}, controls: A.5.1}}\n", size))

@pathological
def risks_on_every_control(size):
    return register("risk", fill(lambda i: f"- {{id: R-{i}, controls: A.5.1-A.8.34}}\n", size))

@pathological
def evidence_of_every_control(size):
    return register("evidence", fill(lambda i: f"- {{id: E-{i}, controls: A.5.1-A.8.34}}\n", size))

@pathological
def findings_of_one_audit(size):
    return register("finding", fill(lambda i: f"- {{id: F-{i}, category: major, audit: IA, control: A.5.1}}\n", size))

@pathological
def actions_of_one_risk(size):
    files = register("action", fill(lambda i: f"- {{id: A-{i}, for: R-1, due: 2020-01-01}}\n", size // 2))
    files["r.yaml"] = "kind: risk\nid: R-1\nactions: [" + fill(lambda i: f"A-{i}, ", size // 2) + "A-0]\n"
    return files

@pathological
def soa_of_one_control(size):
    return {"soa.yaml": "entries:\n" + fill("- {id: A.5.1, applicable: true}\n", size)}

@pathological
def soa_of_unknown_controls(size):
    return {"soa.yaml": "entries:\n" + fill(lambda i: f"- {{id: A.9.{i}, applicable: true}}\n", size)}

@pathological
def soa_with_one_justification(size):
    return {"soa.yaml": "entries:\n" + fill(lambda i: f"- {{id: X.{i}, applicable: true, justification: we do}}\n", size)}

@pathological
def soa_that_names_risks(size):
    risks = fill(lambda i: f"- {{id: R-{i}}}\n", size // 2)
    files = register("risk", risks)
    files["soa.yaml"] = "entries:\n- id: A.5.1\n  applicable: true\n  risks: [" + fill(lambda i: f"R-{i}, ", size // 3) + "R-0]\n"
    return files

@pathological
def measurements(size):
    return register("metric", "- id: M\n  measurements:\n" + fill("  - {on: 2026-01-01, value: 1}\n", size))

@pathological
def items_of_a_checklist(size):
    return register("checklist", "- id: C\n  items:\n" + fill("  - {item: x}\n", size))

@pathological
def people_with_permissions(size):
    return register("role", fill(lambda i: f"- {{id: R-{i}, holder: R-{i}, permissions: {{s{i}: [read]}}}}\n", size))

@pathological
def access_reviews_and_systems(size):
    files = register("asset", fill(lambda i: f"- {{id: S-{i}, type: software}}\n", size // 2))
    files.update(register("access-review", fill(lambda i: f"- {{id: V-{i}, system: S-{i}}}\n", size // 2)))
    return files

@pathological
def assets_and_risks(size):
    files = register("asset", fill(lambda i: f"- {{id: S-{i}, owner: nobody}}\n", size // 2))
    files.update(register("risk", fill(lambda i: f"- {{id: R-{i}, assets: S-{i}}}\n", size // 2)))
    return files

@pathological
def exceptions(size):
    return register("exception", fill(lambda i: f"- {{id: E-{i}, from: {{rule: FM010, subject: E-{i}}}, expires: 2027-01-01}}\n", size))

@pathological
def exceptions_from_one_record(size):
    return register("exception", fill(lambda i: f"- {{id: E-{i}, from: {{reference: E-0}}}}\n", size))

@pathological
def acknowledgements(size):
    files = register("person", fill(lambda i: f"- {{id: P-{i}}}\n", size // 2))
    files["acks.yaml"] = "kind: acknowledgement\nid: ACK\ndocument: POL\nby: [" + fill(lambda i: f"P-{i}, ", size // 2) + "P-0]\n"
    files["policy.md"] = "---\nkind: policy\nid: POL\ntitle: Information security policy\n---\n"
    return files

@pathological
def competences(size):
    files = register("role", "- id: ROLE\n  holder: [" + fill(lambda i: f"P-{i}, ", size // 4) + "P-0]\n  competences: [a, b]\n")
    files.update(register("person", fill(lambda i: f"- {{id: P-{i}}}\n", size // 4)))
    files.update(register("competence", fill(lambda i: f"- {{id: C-{i}, person: P-{i}, role: ROLE}}\n", size // 2)))
    return files

@pathological
def audit_program(size):
    return {"p.yaml": "kind: audit-program\nid: P\nschedule:\n" + fill("- {planned_on: 2026-01-01, clauses: 4-10, controls: A.5.1-A.8.34}\n", size)}

@pathological
def audits(size):
    return register("audit", fill(lambda i: f"- {{id: A-{i}, type: internal, dates: 2026-01-01, scope: {{clauses: 4-10, controls: A.5.1-A.8.34}}}}\n", size))

@pathological
def reviews(size):
    return register("review", fill(lambda i: f"- {{id: V-{i}, held_on: 2026-01-01, decisions: x, actions: V-{i + 1}}}\n", size))

# ---- CSV ----

@pathological
def csv_many_rows(size):
    return {"risks.csv": "id,title\n" + fill(lambda i: f"R-{i},t\n", size)}

@pathological
def csv_many_columns(size):
    return {"risks.csv": fill(lambda i: f"c{i},", size) + "id\nR-1\n"}

@pathological
def csv_many_columns_and_rows(size):
    return {"risks.csv": "id,title" + fill(",", min(size // 2, 480)) + "\n" + fill(lambda i: f"R{i}\n", size)}

@pathological
def csv_wide_rows(size):
    return {"risks.csv": "id,title\n" + fill(lambda i: f"R{i}" + "," * 500 + "\n", size)}

@pathological
def csv_one_wide_row(size):
    return {"risks.csv": "id,title\nR-1" + fill(",", size)}

@pathological
def csv_open_quote(size):
    return {"risks.csv": 'id,title\nR-1,"' + fill("text,\n", size)}

@pathological
def csv_quotes(size):
    return {"risks.csv": "id,title\n" + fill('"', size)}

@pathological
def csv_blank_lines(size):
    return {"risks.csv": "\n" * size}

@pathological
def csv_rows_of_separators(size):
    return {"risks.csv": "id;title\n" + fill(";\n", size)}

@pathological
def csv_sections(size):
    return {"risks.csv": "id,title\n" + fill("Section,\n", size)}

@pathological
def csv_control_list_in_a_cell(size):
    return {"risks.csv": 'id,controls\nR-1,"' + fill("A.5.1\n", size) + '"\n'}

@pathological
def csv_columns_of_a_sidecar(size):
    return {"risks.csv": "id,title\n", "risks.csv.yaml": "columns:\n" + fill(lambda i: f"  c{i}: title\n", size)}

# ---- bytes ----

@pathological
def zero_bytes(size):
    return {"page.md": "\0" * size, "risks.yaml": "\0" * size, "risks.csv": "\0" * size}

@pathological
def control_characters(size):
    return front('title: "' + fill("\\e[31m\\x07", size) + '"', fill("\x1b]0;title\x07 text\n", size))

@pathological
def invalid_bytes_in_markdown(size):
    return {"page.md": b"\xff" * size}

@pathological
def invalid_bytes_in_yaml(size):
    return {"risks.yaml": b"a: \x80\n" * (size // 5)}

@pathological
def invalid_bytes_in_csv(size):
    return {"risks.csv": b"id,title\n" + b"\xc3\n" * (size // 2)}

@pathological
def utf_16(size):
    return {"risks.yaml": ("a: b\n" * (size // 10)).encode("utf-16"), "page.md": ("# a\n" * (size // 10)).encode("utf-16")}

@pathological
def combining_marks(size):
    return front("title: a" + fill("\u0301\u0323", size), "# a" + fill("\u0301\u0323", size) + "\n")

# ---- Markdown ----

def body(text):
    return {"page.md": text}

@pathological
def one_long_line(size):
    return body(fill("word ", size))

@pathological
def open_brackets(size):
    return body(fill("[", size))

@pathological
def brackets_and_images(size):
    return body(fill("![[]()", size))

@pathological
def brackets_in_many_paragraphs(size):
    return body(fill("[" * 4000 + "\n\n", size))

@pathological
def nested_links(size):
    return body(fill("[a](", size))

@pathological
def link_targets(size):
    return body(fill(lambda i: f"[a](p{i}.md) ", size))

@pathological
def fragments_of_this_page(size):
    return body(fill(lambda i: f"# h{i}\n[a](#h{i})\n\n", size))

@pathological
def wiki_references(size):
    return body(fill(lambda i: f"[[X-{i}]] ", size))

@pathological
def ids_in_prose(size):
    files = register("risk", "- id: R-1\n")
    files["page.md"] = fill("R-1 A.5.1 A.5.2–A.5.9 ", size)
    return files

@pathological
def emphasis_runs(size):
    return body(fill("*a **b ", size))

@pathological
def emphasis_closers(size):
    return body(fill("a**b" + "c* ", size))

@pathological
def tildes(size):
    return body(fill("~~a ~b ", size))

@pathological
def backticks(size):
    return body(fill(lambda i: "`" * (i % 500) + " ", size))

@pathological
def code_spans(size):
    return body(fill("`a` ", size))

@pathological
def deep_quotes(size):
    return body(fill("> ", size) + "a")

@pathological
def deep_lists(size):
    return body(fill("- ", size) + "a")

@pathological
def lists_by_indentation(size):
    depth = int(math.sqrt(size))
    return body("".join("  " * i + "- a\n" for i in range(depth)))

@pathological
def quotes_over_lines(size):
    return body(fill("> a\nb\n", size))

@pathological
def many_paragraphs(size):
    return body(fill("a\n\n", size))

@pathological
def headings(size):
    return body(fill("# a\n", size))

@pathological
def headings_with_numbers(size):
    return body(fill(lambda i: f"# a\n# a-{i}\n", size))

@pathological
def long_heading(size):
    return body("# " + fill("word ", size))

@pathological
def tables_many_rows(size):
    return body("| a | b |\n|---|---|\n" + fill("| c | d |\n", size))

@pathological
def tables_many_columns(size):
    return body("|" + fill("a|", size // 3) + "\n|" + fill("-|", size // 3) + "\n" + fill("|x\n", size // 3))

@pathological
def tables_many(size):
    return body(fill("|a|\n|-|\n|b|\n\n", size))

@pathological
def tables_that_never_start(size):
    return body(fill("|a|\n", size))

@pathological
def tables_of_a_register(size):
    return {"risks.md": "---\nkind: risk\nentries: table\n---\n\n| id | title |\n|---|---|\n" + fill(lambda i: f"| R-{i} | t |\n", size)}

@pathological
def tables_with_escaped_bars(size):
    return body("| a |\n|---|\n| " + fill("\\|", size) + " |\n")

@pathological
def tables_with_marked_cells(size):
    return body("| a |\n|---|\n" + fill("| *a* [b](c.md) |\n", size))

@pathological
def autolinks(size):
    return body(fill("http://a.example/ ", size))

@pathological
def autolinks_in_brackets(size):
    return body("http://a.example/" + fill("()", size))

@pathological
def mail_addresses(size):
    return body(fill("a@b.example ", size))

@pathological
def mail_address_without_end(size):
    return body(fill("a.", size) + "@")

@pathological
def ampersands(size):
    return body("http://a.example/" + fill("&a;", size))

@pathological
def link_definitions(size):
    return body(fill(lambda i: f"[a{i}]: b\n", size))

@pathological
def link_definitions_used(size):
    return body("[a]: b\n\n" + fill("[a] ", size))

@pathological
def one_large_link_definition(size):
    return body("[a]: /" + fill("b", size // 2) + "\n\n" + fill("[a]\n\n", size // 2))

@pathological
def html_comments(size):
    return body(fill("<!-- ", size))

@pathological
def html_declarations(size):
    return body(fill("a <!A ", size))

@pathological
def html_instructions(size):
    return body(fill("a <?", size))

@pathological
def html_tags(size):
    return body(fill("<a href=\"x\">", size))

@pathological
def html_open_tags(size):
    return body(fill("<a ", size))

@pathological
def html_anchors(size):
    return body(fill(lambda i: f"<a id=\"x{i}\"></a>\n", size))

@pathological
def entities(size):
    return body(fill("&#x1F600;&amp;&nosuch;", size))

@pathological
def backslashes(size):
    return body(fill("\\", size))

@pathological
def task_items(size):
    return body(fill("- [ ] a\n", size))

@pathological
def braces_behind_headings(size):
    return body(fill(lambda i: f"# a {{#x{i}}}\n", size))

# ---- configuration ----

@pathological
def configuration_with_many_keys(size):
    return {"site.yaml": fill(lambda i: f"key{i}: x\n", size), "page.md": "# a\n"}

@pathological
def configuration_with_many_kinds(size):
    kinds = fill(lambda i: f"  k{i}: {{form: record, fields: {{a: {{type: text}}}}}}\n", min(size, MIB // 8))
    return {"site.yaml": "kinds:\n" + kinds, "page.md": "# a\n"}

@pathological
def configuration_with_many_ignores(size):
    return {"site.yaml": "ignore: [" + fill("'*a*b*c*d*e', ", size) + "x]\n", "page.md": "# a\n", "a" * 200 + ".md": "# b\n"}

@pathological
def configuration_with_stars(size):
    return {"site.yaml": "ignore: ['" + fill("*a", size) + "b']\n", "a" * 250 + ".md": "# b\n"}

@pathological
def configuration_with_many_levels(size):
    return {"site.yaml": "risk:\n  likelihood:\n" + fill(lambda i: f"    {i}: label{i}\n", size),
            "risks.yaml": "entries:\n" + fill(lambda i: f"- {{id: R{i}, likelihood: label9}}\n", min(size, MIB // 8))}

@pathological
def catalogue_with_many_controls(size):
    return {"site.yaml": "catalogue: own.yaml\n",
            "own.yaml": "catalogue: own\nstandard: Own\ncontrols:\n" + fill(lambda i: f"- {{id: C.{i}, title: T}}\n", size)}

@pathological
def many_small_files(size):
    return {f"d{i % 40}/p{i}.md": "# a\n" for i in range(min(size // 400, 3000))}


def build(folder, files):
    for path, data in files.items():
        target = os.path.join(folder, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as file:
            file.write(data if isinstance(data, bytes) else data.encode())


def measure(function, size):
    with tempfile.TemporaryDirectory(prefix="ismark-hostile-") as folder:
        build(folder, function(size))
        return hostile.run([hostile.ISMARK, "check", "--content", folder, "--date", hostile.DATE, "-j", "2", "--color", "never"],
                           timeout=SECONDS, memory=MEMORY)


def growth(function, seconds):
    """The exponent of time between half the size and the whole, at least of two pairs."""
    quarter, half = measure(function, MIB // 4).seconds, measure(function, MIB // 2).seconds
    return min(math.log2(seconds / half), math.log2(half / quarter)), quarter, half


def examine(item):
    name, function = item
    result = measure(function, MIB)
    faults = [result.fault()]
    if len(result.out) + len(result.err) > OUTPUT:
        faults.append(f"prints {len(result.out) + len(result.err)} bytes")
    if result.seconds > EXPONENT_FROM:
        exponent, quarter, half = growth(function, result.seconds)
        if exponent > EXPONENT:
            faults.append(f"time grows as size to the power {exponent:.1f}: {quarter:.2f} s, {half:.2f} s, {result.seconds:.2f} s")
    return faults, f"{result.seconds:6.2f} s {len(result.out) >> 10:7} KiB  {name}"


def main(words):
    verbose = "-v" in words
    patterns = [word for word in words if word != "-v"]
    inputs = [item for item in INPUTS if not patterns or any(pattern in item[0] for pattern in patterns)]
    tap = hostile.Tap()
    with concurrent.futures.ThreadPoolExecutor(hostile.WORKERS) as pool:
        for (name, _), (faults, figures) in zip(inputs, pool.map(examine, inputs)):
            tap.test(name, faults)
            if verbose:
                print("#", figures, flush=True)
    return tap.end()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
