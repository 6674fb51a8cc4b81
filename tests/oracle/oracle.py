"""What the comparisons with other programs share."""
import os
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def program():
    """The newest build of markdown_html."""
    path = os.path.join(ROOT, ".build", os.environ.get("VARIANT", "release"), "oracle", "markdown_html")
    if not os.path.exists(path):
        raise SystemExit("Bail out! %s is not built" % path)
    return path


def ours(texts, mode):
    """The HTML of each of TEXTS, by our reader and writer. MODE: "", "gfm", or "ids"."""
    sent = b"".join(b"%d\n%s" % (len(text.encode()), text.encode()) for text in texts)
    answer = subprocess.run([program(), mode], input=sent, stdout=subprocess.PIPE, check=True, timeout=600).stdout
    result, at = [], 0
    while at < len(answer):
        end = answer.index(b"\n", at)
        size = int(answer[at:end])
        result.append(answer[end + 1:end + 1 + size].decode())
        at = end + 1 + size
    assert len(result) == len(texts)
    return result


def theirs(text):
    """The HTML of TEXT by the program cmark-gfm, with the extensions that we have."""
    command = ["cmark-gfm", "--unsafe"]
    for extension in ("table", "tasklist", "strikethrough", "autolink"):
        command += ["-e", extension]
    return subprocess.run(command, input=text.encode(), stdout=subprocess.PIPE, check=True, timeout=60).stdout.decode()


class Tap:
    """Prints TAP lines and counts failures."""

    def __init__(self):
        self.count = self.failed = 0

    def result(self, good, name, details=""):
        self.count += 1
        self.failed += not good
        print("%s %d - %s" % ("ok" if good else "not ok", self.count, name))
        if not good:
            for line in details.splitlines():
                print("#   " + line)

    def end(self):
        print("1..%d" % self.count)
        raise SystemExit(1 if self.failed else 0)
