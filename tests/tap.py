"""TAP lines for tests in Python: report() prints one, finish() the plan, and ends the program."""
import sys

LINES_MAX = 200
number = failed = 0


def report(good, name, *details):
    """One test. What DETAILS hold, texts or lists of them, is printed when it fails."""
    global number, failed
    number += 1
    failed += not good
    print(f"{'ok' if good else 'not ok'} {number} - {name}")
    if good:
        return
    lines = [line for detail in details for entry in (detail if isinstance(detail, (list, tuple, set)) else [detail])
             for line in str(entry).splitlines()]
    for line in lines[:LINES_MAX]:
        print(f"# {line}")


def finish():
    print(f"1..{number}")
    sys.exit(1 if failed else 0)
