#!/usr/bin/python3
"""The sample a year later, and at the days between: what falls due appears, and only that. Prints TAP."""

import concurrent.futures
import re
import sys

import hostile

LATER = "2027-06-30"
BETWEEN = ["2026-07-31", "2026-09-30", "2026-12-31", "2027-03-31", LATER, "2028-06-30"]

# Rules that speak of a day that has come or passed. A finding of any other rule may not depend on the date.
DATED = {
    "ACC001", "ACC002", "ACT001", "ACT009", "AUD001", "AUD010", "AUD018", "CLS010", "CLS012", "CLS015", "DOC006", "DOC007", "EVD003",
    "EVD004", "EXC001", "EXC009", "FND002", "FND004", "FND005", "FND014", "MET002", "MRV001", "MRV005", "MRV008", "OBJ008",
    "RSK019", "RSK024", "RSK025", "RSK037", "RSK040", "SOA020", "SOA029", "SUP002", "TRN002", "EVD012",
}
# The value of a metric that is computed follows from what is due.
COMPUTED = {"MET003"}
# A reminder may go when the day has come: then the other rule speaks of the same subject.
REMINDERS = {"DOC007": {"DOC006"}, "ACT009": {"ACT001"}, "EVD004": {"EVD003"}, "EXC009": {"EXC001"}, "MRV008": {"MRV001"},
             "RSK040": {"RSK019"}}
# What a year without any work must bring: each of these families speaks.
EXPECTED = {"ACC002", "ACT001", "AUD001", "DOC006", "EVD003", "EXC001", "MET002", "MRV001", "OBJ008", "RSK019", "RSK025", "SUP002"}


def findings(date):
    result = hostile.check(hostile.CONTENT, date=date)
    fault = result.fault()
    if fault:
        raise SystemExit(f"not ok 1 - check at {date}\n# {fault}\n1..1")
    return hostile.findings_of(result)


def key(finding):
    return finding["code"], finding["path"], finding["subject"]


def text(finding):
    return f"{finding['code']} {finding['path']}:{finding['line']} {finding['subject']}: {finding['message']}"


def dates_in(finding):
    """The days that a message names."""
    return re.findall(r"\d{4}-\d\d-\d\d", finding["message"])


def main():
    tap = hostile.Tap()
    days = [hostile.DATE] + BETWEEN
    with concurrent.futures.ThreadPoolExecutor(hostile.WORKERS) as pool:
        by_day = dict(zip(days, pool.map(findings, days)))
    before = by_day[hostile.DATE]
    known = {key(finding) for finding in before}
    for day in BETWEEN:
        now = {key(finding) for finding in by_day[day]}
        new = [finding for finding in by_day[day] if key(finding) not in known]
        tap.test(f"{day}: {len(new)} findings are new, all of rules about dates",
                 [text(finding) for finding in new if finding["code"] not in DATED and
                  not (finding["code"] in COMPUTED and "by the records" in finding["message"])])
        gone = [finding for finding in before if key(finding) not in now]
        tap.test(f"{day}: only reminders are gone",
                 [text(finding) for finding in gone
                  if not any((code, *key(finding)[1:]) in now for code in REMINDERS.get(finding["code"], ()))])
        late = [finding for finding in new if dates_in(finding) and "will" not in finding["message"]
                and not any(date <= day for date in dates_in(finding)) and finding["code"] not in REMINDERS]
        tap.test(f"{day}: what is overdue names a day that has come", [text(finding) for finding in late])
    codes = {finding["code"] for finding in by_day[LATER]}
    tap.test(f"a year later {len(codes)} rules speak, those about what recurs among them",
             [f"{code} is silent" for code in sorted(EXPECTED - codes)])
    sizes = [sum(finding["code"] in DATED for finding in by_day[day]) for day in days]
    tap.test("the longer nothing is done, the more is due", [] if sizes[0] < sizes[3] < sizes[5] else [sizes])
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
