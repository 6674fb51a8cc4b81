"""What the tests of this folder share: running ismark under limits, and TAP."""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
ISMARK = os.path.abspath(os.environ.get("ISMARK", os.path.join(ROOT, "ismark")))
SANITIZED = os.path.join(ROOT, ".build", "sanitize", "ismark")
CONTENT = os.path.join(ROOT, "content")
DATE = "2026-06-30"
WORKERS = 2


class Result:
    """One run of a program: exit code (negative: signal; None: it hung), output, seconds of processor time, peak
    memory in KiB. Processor time, since other work on the machine must not make a test fail."""

    def __init__(self, code, out, err, seconds, memory):
        self.code, self.out, self.err, self.seconds, self.memory = code, out, err, seconds, memory

    def fault(self, codes=(0, 1)):
        """What is wrong with the run as such, or None."""
        if self.code is None:
            return f"hangs: stopped after {self.seconds:.1f} s"
        if self.code not in codes:
            return f"exit code {self.code}: {(self.err or self.out)[-800:].decode(errors='replace').strip()}"
        return None


def run(command, timeout=10, cwd=None, env=None, memory=None):
    """Runs COMMAND for at most TIMEOUT seconds of processor time and six times that in all; MEMORY limits its
    address space, in bytes."""
    def limit():
        resource.setrlimit(resource.RLIMIT_CPU, (timeout, timeout + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if memory:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                                   preexec_fn=limit)
        timer = threading.Timer(6 * timeout, process.kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        hung = not timer.is_alive()
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        code = None if hung or process.returncode in (-signal.SIGXCPU, -signal.SIGKILL) else process.returncode
        return Result(code, out.read(), err.read(), usage.ru_utime + usage.ru_stime, usage.ru_maxrss)


def check(content, *words, program=ISMARK, timeout=10, date=DATE):
    """`ismark check` with one thread, findings as JSON."""
    return run([program, "check", "--content", content, "--date", date, "-j", "1", "--format", "json", *words],
               timeout=timeout)


def findings_of(result):
    """The findings and suppressed findings of check()'s output; None when it is no JSON."""
    try:
        report = json.loads(result.out)
    except ValueError:
        return None
    return report["findings"] + report["suppressed"]


class Tap:
    """Prints TAP lines; what is wrong comes behind `#`."""

    def __init__(self):
        self.count = self.failed = 0

    def test(self, name, faults=()):
        faults = [fault for fault in faults if fault]
        self.count += 1
        self.failed += bool(faults)
        print(f"{'not ok' if faults else 'ok'} {self.count} - {name}")
        for fault in faults[:20]:
            for line in str(fault).splitlines():
                print(f"#   {line}")
        if len(faults) > 20:
            print(f"#   and {len(faults) - 20} more")
        sys.stdout.flush()

    def end(self):
        print(f"1..{self.count}")
        return 1 if self.failed else 0
