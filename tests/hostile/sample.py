"""The sample ISMS as text with places: files, records and the lines of their fields, read by indentation alone, so
that a mutation knows what it hits. No YAML library: what a mutation does to the text is the point."""

import os
import re

FIELD = re.compile(r"^( *)(- )?([A-Za-z_][\w-]*):(?= |$)")
ENTRY = re.compile(r"^( *)(?:- \{?id: ([^\s,}]+)|([A-Z][A-Z0-9]*[-.][\w.-]+):)")


class Record:
    """An entry of a register, or the one record of a file. Line numbers count from 0."""

    def __init__(self, file, name, start, indent, single):
        self.file, self.id, self.start, self.indent, self.single = file, name, start, indent, single
        self.end = start + 1
        self.fields = {}

    @property
    def kind(self):
        return self.file.kind

    @property
    def subject(self):
        return f"{self.file.id}/{self.id}" if self.kind == "soa" else self.id

    def value(self, name):
        """The text behind `name:` on its line, or None."""
        return self.file.lines[self.fields[name]].split(":", 1)[1].strip() if name in self.fields else None

    def extent(self, name):
        """The lines of a field: its own and what is indented deeper below it."""
        first = last = self.fields[name]
        indent = len(re.match(r" *(- )?", self.file.lines[first]).group())
        for number in range(first + 1, self.end):
            line = self.file.lines[number]
            deeper = len(line) - len(line.lstrip(" ")) > indent
            if line.strip() and not deeper and not (line.strip().startswith("- ") and line.startswith(" " * indent)):
                break
            if line.strip():
                last = number
        return first, last + 1


class File:
    def __init__(self, path, text):
        self.path, self.text, self.lines = path, text, text.split("\n")
        self.records = []
        self.front = self.front_lines()
        self.kind = self.top("kind")
        self.id = self.top("id")
        self.find_records()

    def front_lines(self):
        """The range of lines that are YAML."""
        if self.path.endswith((".yaml", ".yml")):
            return range(0, len(self.lines))
        if not self.path.endswith(".md") or self.lines[0] != "---" or "---" not in self.lines[1:]:
            return range(0, 0)
        return range(1, self.lines.index("---", 1))

    def top(self, name):
        for number in self.front:
            if self.lines[number].startswith(name + ": "):
                return self.lines[number].split(": ", 1)[1].strip()
        return None

    def find_records(self):
        entries = next((n for n in self.front if self.lines[n].startswith("entries:")), None)
        if entries is None:
            self.add_single()
            return
        record = None
        for number in range(entries + 1, self.front.stop):
            match = ENTRY.match(self.lines[number])
            if match and (record is None or len(match.group(1)) == record.indent):
                name = match.group(2) or match.group(3)
                record = Record(self, name, number, len(match.group(1)), False)
                self.records.append(record)
            elif record and self.lines[number].strip() and len(self.lines[number]) - len(self.lines[number].lstrip()) <= record.indent:
                record_ended, record = record, None
                del record_ended
            if record:
                record.end = number + 1
                self.add_field(record, number)

    def add_field(self, record, number):
        match = FIELD.match(self.lines[number])
        inner = record.indent + (0 if match and match.group(2) and number == record.start else 2)
        if match and match.group(3) != record.id and len(match.group(1)) == inner:
            record.fields[match.group(3)] = number

    def add_single(self):
        record = Record(self, self.id, self.front.start, 0, True)
        record.end = self.front.stop
        for number in self.front:
            match = FIELD.match(self.lines[number])
            if match and not match.group(1) and not match.group(2):
                record.fields[match.group(3)] = number
        if record.fields:
            self.records.append(record)


class Sample:
    def __init__(self, root):
        self.files = {}
        for folder, _, names in sorted(os.walk(root)):
            for name in sorted(names):
                if name.endswith((".md", ".yaml", ".csv")):
                    path = os.path.join(folder, name)
                    with open(path, encoding="utf-8", newline="") as file:
                        self.files[os.path.relpath(path, root)] = File(os.path.relpath(path, root), file.read())
        self.records = [record for file in self.files.values() for record in file.records if file.path != "site.yaml"]
        self.ids = {record.id for record in self.records if record.id} | {file.id for file in self.files.values() if file.id}
        for file in self.files.values():
            if file.path.endswith(".csv"):
                self.ids |= {line.split(",")[0] for line in file.lines[1:] if line}
            self.ids |= set(re.findall(r"^\| ([A-Z]+-\d+) \|", file.text, re.M))

    def of(self, *kinds):
        """Records of record kinds; a document's own file is one of its kind."""
        return [record for record in self.records if record.kind in kinds]
