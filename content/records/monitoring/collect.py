#!/usr/bin/env python3
"""Asks the critical services once and keeps what they answered in monitoring.json, which is evidence:

    collect.py [--probes probes.json] [--out monitoring.json]

Run it every minute from cron on a machine outside the platform, and commit the file once a month with its SHA-256.
Each run is counted in the file that is there; the share of good runs is compared with the probe's limit. A probe is
{"id", "name", "type", "controls", "limit"} and what its type needs: http: url; tcp: host, port; certificate: host, days;
file: path, hours; disk: path, percent; service: unit. Needs Python 3.8 or later and nothing else."""
import argparse
import datetime
import json
import os
import shutil
import socket
import ssl
import subprocess
import time
import urllib.request

FOLDER = os.path.dirname(os.path.abspath(__file__))
TIMEOUT = 10


class Skipped(Exception):
    """The probe cannot be made on this machine."""


def http(probe):
    start = time.monotonic()
    with urllib.request.urlopen(probe["url"], timeout=TIMEOUT) as answer:
        return answer.status == 200, f"answer {answer.status} in {(time.monotonic() - start) * 1000:.0f} ms"


def tcp(probe):
    with socket.create_connection((probe["host"], probe["port"]), TIMEOUT):
        return True, f"port {probe['port']} is open"


def certificate(probe):
    context = ssl.create_default_context()
    with socket.create_connection((probe["host"], probe.get("port", 443)), TIMEOUT) as connection:
        with context.wrap_socket(connection, server_hostname=probe["host"]) as secured:
            ends = ssl.cert_time_to_seconds(secured.getpeercert()["notAfter"])
    days = int((ends - time.time()) // 86400)
    return days >= probe["days"], f"valid for {days} more days, wanted {probe['days']}"


def file(probe):
    hours = (time.time() - os.stat(probe["path"]).st_mtime) / 3600
    return hours <= probe["hours"], f"{hours:.1f} hours old, allowed {probe['hours']}"


def disk(probe):
    usage = shutil.disk_usage(probe["path"])
    percent = 100 * usage.used / usage.total
    return percent <= probe["percent"], f"{percent:.0f} per cent used, allowed {probe['percent']}"


def service(probe):
    if not shutil.which("systemctl"):
        raise Skipped("there is no systemctl here")
    state = subprocess.run(["systemctl", "is-active", probe["unit"]], capture_output=True, text=True, timeout=TIMEOUT, check=False)
    return state.returncode == 0, f"unit is {state.stdout.strip() or 'unknown'}"


TYPES = {"http": http, "tcp": tcp, "certificate": certificate, "file": file, "disk": disk, "service": service}


def ask(probe):
    """(True, False or None for skipped, what was seen)"""
    try:
        return TYPES[probe["type"]](probe)
    except Skipped as reason:
        return None, str(reason)
    except Exception as error:  # whatever a service does wrong is a result, never the end of the run
        return False, f"{type(error).__name__}: {error}"


def check(probe, before, now):
    good, seen = ask(probe)
    runs, failed = before.get("x-runs", 0), before.get("x-failed", 0)
    if good is not None:
        runs, failed = runs + 1, failed + (not good)
    share = round(100 * (runs - failed) / runs, 2) if runs else 0
    limit = probe.get("limit", 100)
    return {
        "id": probe["id"], "name": probe["name"], "controls": probe.get("controls", []),
        "status": "skipped" if not runs else "passed" if share >= limit else "failed",
        "at": now, "value": share, "unit": "per cent of runs", "limit": limit,
        "details": f"{runs} runs, {failed} failed; last: {seen}", "x-runs": runs, "x-failed": failed,
    }


def read(path):
    try:
        with open(path, encoding="utf-8") as stream:
            return json.load(stream)
    except FileNotFoundError:
        return {}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--probes", default=os.path.join(FOLDER, "probes.json"))
    parser.add_argument("--out", default=os.path.join(FOLDER, "monitoring.json"))
    words = parser.parse_args()
    probes, before = read(words.probes)["probes"], read(words.out)
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    old = {item["id"]: item for item in before.get("checks", [])}
    results = {
        "kind": "monitoring", "collected_at": now, "collector": f"collect.py on {socket.gethostname()}",
        "period": {"from": before.get("period", {}).get("from", now[:10]), "to": now[:10]},
        "checks": [check(probe, old.get(probe["id"], {}), now) for probe in probes],
    }
    with open(words.out + ".new", "w", encoding="utf-8") as stream:
        json.dump(results, stream, indent=2, ensure_ascii=False)
        stream.write("\n")
    os.replace(words.out + ".new", words.out)


main()
