"""What an author sees on the command line: mistakes from files as they lie on a disk, a watch that follows changes,
explanations of codes."""
import json
import os
import queue
import signal
import subprocess
import threading
import time

from proof import main, proof
from server import BINARY, run

HEADER = "programme: {id: mine, title: Mine, version: 1, time_zone: Europe/Rome}\n"
GOOD = "signals:\n  - {id: small, title: Small, severity: low, when: 'account.seats < 5'}\n"
BAD = GOOD.replace("account.seats", "account.seat")
PAGE = os.path.join(os.path.dirname(__file__), "..", "..", "docs", "authoring", "mistakes.md")


def _write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(text if isinstance(text, bytes) else text.encode())


def _programme(folder, **files):
    _write(folder + "/mine/programme.yaml", HEADER)
    for name, text in files.items():
        _write(f"{folder}/mine/{name}.yaml", text)
    return folder + "/mine"


class Watch:
    """A `tenure check --watch` whose lines come in as they are printed."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen(
            [BINARY, "check", "--watch", *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line)

    def until(self, word, seconds=60):
        """Everything printed up to a line that has the word."""
        seen, deadline = "", time.monotonic() + seconds
        while word not in seen:
            assert self.process.poll() is None or not self.lines.empty(), f"it ended without “{word}”:\n{seen}"
            try:
                seen += self.lines.get(timeout=max(0.01, min(1, deadline - time.monotonic())))
            except queue.Empty:
                assert time.monotonic() < deadline, f"“{word}” never came:\n{seen}"
        return seen

    def end(self, number=signal.SIGINT):
        self.process.send_signal(number)
        try:
            return self.process.wait(30)
        finally:
            self.process.kill()


@proof("a watch checks again after a change, a new file and a file that is gone, keeps on through mistakes, and ends on SIGINT")
def watches(folder):
    programme = _programme(folder, signals=GOOD)
    watch = Watch(programme)
    try:
        assert "── watching" in watch.until("1 signals, 0 plays")
        _write(programme + "/signals.yaml", BAD)
        seen = watch.until("1 error")
        assert "signals.yaml changed" in seen and "error[P302]" in seen and "did you mean `account.seats`" in seen, seen
        _write(programme + "/signals.yaml", b"signals: [\xff")
        watch.until("P015")
        watch.until("signals.yaml:1:11")
        _write(programme + "/signals.yaml", GOOD)
        watch.until("1 signals, 0 plays")
        _write(programme + "/more.yaml", GOOD.replace("small", "tiny"))
        assert "more.yaml is new" in watch.until("2 signals, 0 plays")
        os.rename(programme + "/more.yaml", folder + "/elsewhere.yaml")
        assert "more.yaml is gone" in watch.until("1 signals, 0 plays")
        # What editors leave beside a file is no change of the programme.
        _write(programme + "/.#signals.yaml", "lock")
        _write(programme + "/README.md", "notes")
        os.rename(programme, folder + "/away")
        watch.until("no-such-folder")
        os.rename(folder + "/away", programme)
        watch.until("1 signals, 0 plays")
        assert watch.end() == 0, "an end that was asked for is no failure"
        assert "stopped" in watch.until("stopped")
    finally:
        watch.process.kill()


@proof("a watch in JSON prints one object a line, and SIGTERM ends it as well")
def watches_in_json(folder):
    programme = _programme(folder, signals=GOOD)
    watch = Watch(programme, "--json")
    try:
        assert json.loads(watch.until("\n"))["diagnostics"] == []
        _write(programme + "/signals.yaml", BAD)
        report = json.loads(watch.until("\n"))
        assert report["format_version"] == "1" and report["programme"] == programme, report
        assert [one["code"] for one in report["diagnostics"]] == ["P302"], report
        assert watch.end(signal.SIGTERM) == 0
    finally:
        watch.process.kill()


@proof("a watch needs a folder, and says so")
def watches_folders_only(folder):
    for arguments in ([], ["starter"]):
        code, output, errors = run("check", "--watch", *arguments)
        assert code == 1 and "nothing-to-watch" in errors, (code, output, errors)


@proof("what is wrong with the bytes of a file is a mistake among the others, found in the same run")
def bytes_of_files(folder):
    programme = _programme(
        folder, bad="roles:\n  - {id: a, titel: A}\n", large="# " + "x" * 300_000, latin=b"tiers: [{id: a, title: \xe4}]\n",
        nul=b"roles: [{id: b, title: \"\x00\"}]\n", tab="features:\n\t- {id: a}\n")
    _write(programme + "/messages/hello.mustache", b"Gr\xfc\xdfe")
    _write(programme + "/other.yml", "signals: [{}]\n")
    code, output, errors = run("check", programme, "--json")
    found = {(one["labels"][0]["file"], one["code"]) for one in json.loads(output)["diagnostics"]}
    for file, number in [("bad.yaml", "P102"), ("large.yaml", "P002"), ("latin.yaml", "P015"), ("nul.yaml", "P014"),
                         ("tab.yaml", "P013"), ("messages/hello.mustache", "P015"), ("other.yml", "P103")]:
        assert (file, number) in found, (file, number, sorted(found))
    assert code == 1, (code, errors)


@proof("a code is explained with an example and the way out, and one that there is not with the nearest")
def explains(folder):
    code, output, _ = run("explain", "P214")
    assert code == 0, output
    for words in ("P214: There is no such metric", "For example:", 'm("user.active.7d")', "Here: write"):
        assert words in output, (words, output)
    code, output, _ = run("explain", "p214", "--json")
    answer = json.loads(output)
    assert code == 0 and answer["code"] == "P214" and answer["wrong"] in answer["example"], answer
    code, output, errors = run("explain", "P299", "--data", folder + "/none")
    assert code == 1 and "no-such-mistake" in errors and "P221" in errors, (code, output, errors)


@proof("the page of mistakes is what the command prints")
def page(folder):
    code, output, _ = run("check", "--mistakes")
    with open(PAGE, encoding="utf-8") as file:
        assert code == 0 and output == file.read()


if __name__ == "__main__":
    main()
