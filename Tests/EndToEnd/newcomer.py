"""The code blocks of README.md and docs/start.md, as they stand there, run in a clean clone; then CSV files of one's own.

Every fenced block is either run here or named as not to be run: a new block fails until somebody decides. What differs
from what a newcomer does: the port is a free one, the demo is small, and the build is taken as done, with the binary that
TENURE names where the build would have put it. NEWCOMER_BUILDS=1 (bin/check-readme) builds, and runs the demo as it is."""
import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime, timedelta, timezone

from proof import main, proof
from server import BINARY, until

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
BUILDS = bool(os.environ.get("NEWCOMER_BUILDS"))
SMALL = "" if BUILDS else " --accounts 12 --vendor-accounts 2 --days 30"
READY_SECONDS_MAX = 3600 if BUILDS else 300
TEN_MINUTES = 600
TAKEN = re.compile(r"^(\d+) taken, 0 seen before, 0 waiting for their account, 0 refused$", re.MULTILINE)


def _clone(folder):
    subprocess.run(["git", "clone", "--quiet", ROOT, folder + "/clone"], check=True)
    if not BUILDS:
        _put_binary(folder)
    return folder + "/clone"


def _put_binary(folder):
    """The binary where a build puts it, and a swift that builds nothing and names that place."""
    place = folder + "/clone/.build/release"
    os.makedirs(place)
    shutil.copy(BINARY, place + "/tenure")
    os.mkdir(folder + "/bin")
    with open(folder + "/bin/swift", "w") as file:
        file.write(f"""#!/bin/sh
case "$*" in
    *--show-bin-path*) echo {place} ;;
    build*) ;;
    *) exec {shutil.which("swift") or "false"} "$@" ;;
esac
""")
    os.chmod(folder + "/bin/swift", 0o755)


def _environment(folder):
    """A newcomer's, with a free port for the one of the README, which may be taken on a machine that tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TENURE")}
    return {**kept, "PATH": folder + "/bin:" + kept["PATH"], "TENURE_LISTEN": "127.0.0.1:0"}


def _blocks(path):
    """Fenced blocks by the heading they stand under: [(heading, language, text)]."""
    with open(path) as file:
        text = file.read()
    heading, found = "", []
    for match in re.finditer(r"^#+ ([^\n]+)$|^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        if match.group(1):
            heading = match.group(1)
        else:
            found.append((heading, match.group(2), match.group(3)))
    return found


def _take(blocks, heading, starts):
    """The block under that heading that starts so, taken off the list: what is left at the end was not run."""
    found = [one for one in blocks if one[0] == heading and one[2].startswith(starts)]
    assert len(found) == 1, (heading, starts, [one[2][:40] for one in blocks if one[0] == heading])
    blocks.remove(found[0])
    return found[0][2]


class Shell:
    """One terminal: exported variables last, as in the newcomer's."""

    def __init__(self, folder, clone):
        self.clone, self.environment, self.exports = clone, _environment(folder), ""

    def run(self, lines, timeout=300):
        self._keep_exports(lines)
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", self.exports + lines], cwd=self.clone, env=self.environment,
            capture_output=True, text=True, timeout=timeout)
        assert done.returncode == 0, (lines, done.returncode, done.stdout[-500:], done.stderr[-500:])
        return done.stdout

    def _keep_exports(self, lines):
        self.exports += "".join(line + "\n" for line in lines.splitlines() if line.startswith("export "))

    def serve(self, line):
        return Served(["bash", "-c", self.exports + "exec " + line], self.clone, self.environment)


class Served:
    """A command that goes on until Ctrl-C: ready once it says where to open it."""

    def __init__(self, line, folder, environment):
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            line, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            start_new_session=True)
        self.said = ""
        self.sign_in = until("the address to open", READY_SECONDS_MAX, self._address)
        self.seconds = time.monotonic() - self.began
        self.url = self.sign_in[:self.sign_in.index("/sign-in/")]

    def _address(self):
        line = self.process.stdout.readline()
        self.said += line
        assert line or self.process.poll() is None, (self.process.returncode, self.said, self.process.stderr.read()[-800:])
        found = re.search(r"Open +(http://\S+/sign-in/\S+)", line)
        return found and found.group(1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self):
        """Ctrl-C reaches everything that the terminal runs."""
        os.killpg(self.process.pid, signal.SIGINT)
        assert self.process.wait(60) == 0, self.process.returncode

    def first_page(self):
        """Opens the link, presses the button and returns the page that comes."""
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        form = browser.open(self.sign_in, timeout=30).read().decode()
        assert "<form" in form and "<button" in form, form[:300]
        self.browser = browser
        return browser.open(self.sign_in, data=b"", timeout=30).read().decode()

    def page(self, path):
        """As who opened the link."""
        return self.browser.open(self.url + path, timeout=30).read().decode()

    def api(self, path, key):
        request = urllib.request.Request(self.url + "/api/v1" + path, headers={"Authorization": "Bearer " + key})
        try:
            return json.load(urllib.request.urlopen(request, timeout=30))
        except urllib.error.HTTPError as error:
            assert error.code == 404, error
            return None


def _without_comment(line):
    return line.split(" #")[0].strip()


def _scores(shell, data):
    return {one["external_id"]: one["score"] for one in json.loads(shell.run(f"tenure accounts --data {data} --json"))}


def _try_demo(shell, line):
    with shell.serve(line + SMALL) as demo:
        first, accounts = demo.first_page(), demo.page("/accounts")
        # Of so few customers none may need anybody: the list has them all.
        assert "at risk" in first, first[:500]
        assert "<table" in accounts and "/accounts/" in accounts, accounts[:500]
        demo.stop()
    print(f"          {line}: ready after {demo.seconds:.0f} s, stopped by Ctrl-C")


def _keys(clone):
    with open(clone + "/mydata/keys.json") as file:
        told = json.load(file)
    return next(one for one in told["workspaces"] if one["slug"] == "acme")


def _try_live_events(served, clone, program):
    """The Python block with the key that it asks for."""
    keys = _keys(clone)
    assert program.count("tnw_…") == 1 and program.count("http://127.0.0.1:8080") == 1, program
    program = program.replace("tnw_…", keys["write_key"]).replace("http://127.0.0.1:8080", served.url)
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
    account = until("the account of the live events", 10, lambda: served.api("/accounts/globex", keys["api_key"]))
    until("the person", 10, lambda: any(one["email"] == "sue@globex.example" for one in
                                        served.api("/accounts/globex", keys["api_key"])["people"]))
    assert account["name"] == "Globex", account


@proof("the README's blocks run in a clean clone: demo, own accounts, live events")
def readme(folder):
    clone = _clone(folder)
    shell, blocks = Shell(folder, clone), _blocks(clone + "/README.md")
    _take(blocks, "Tenure", "28 Oct")  # What a page shows, no command.
    quick = _take(blocks, "Quick start", "bin/demo").splitlines()
    assert [_without_comment(line) for line in quick] == ["bin/demo", "bin/check"], quick
    _try_demo(shell, "bin/demo")
    assert os.access(clone + "/bin/check", os.X_OK)  # All tests are not run a second time, inside one of them.
    own = _take(blocks, "Your own accounts", "export PATH").splitlines()
    told = shell.run("\n".join(own[:-1]))
    assert TAKEN.search(told) and "Score " in told and "acme" in told, told[-800:]
    assert all(score is not None for score in _scores(shell, "mydata").values())
    with shell.serve(own[-1]) as served:
        _try_live_events(served, clone, _take(blocks, "Live events", "import segment"))
        served.first_page()
        assert "Acme Tools" in served.page("/accounts")
        served.stop()
    assert not blocks, f"nobody runs these blocks: {blocks}"


@proof("docs/start.md leads from nothing to explained accounts, a served API and a programme of one's own")
def start(folder):
    clone = _clone(folder)
    shell, blocks = Shell(folder, clone), _blocks(clone + "/docs/start.md")
    _try_demo(shell, _take(blocks, "1. Look at the demo", "bin/demo").strip())
    score = "3. The same on the command line"
    shell.run(_take(blocks, score, "export PATH"))
    assert TAKEN.search(shell.run(_take(blocks, score, "tenure import")))
    assert TAKEN.search(_take(blocks, score, "1003 taken"))
    told = shell.run(_take(blocks, "4. Ask why", "tenure accounts"))
    assert "elm" in told and "Signal usage_fading" in told, told[-500:]
    line = _take(blocks, "5. Serve", "tenure serve").strip()
    curl = _take(blocks, "5. Serve", "curl")
    with shell.serve(line) as served:
        curl = curl.replace("tna_…", _keys(clone)["api_key"]).replace("http://127.0.0.1:8080", served.url)
        assert len(json.loads(shell.run(curl))["items"]) == 6
        served.stop()
    own = shell.run(_take(blocks, "7. Make it yours", "cp -r"))
    assert re.search(r"(\d+) tests passed, 0 failed", own), own
    assert not blocks, f"nobody runs these blocks: {blocks}"


def _write(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])


def _write_own_files(folder):
    """Two customers as somebody's own systems would export them: other order of columns, quotes, empty cells."""
    today = datetime.now(timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0)
    _write(folder + "/accounts.csv", ["csm", "name", "id", "arr", "seats", "tier", "term_start", "term_end"], [
        ["maria@us.example", 'Müller, "Söhne" & Co', "C 17/4", "48000.50", "4", "professional",
         str((today - timedelta(days=400)).date()), str((today + timedelta(days=300)).date())],
        ["", "Stadtwerke", "c-2", "", "20", "", "", ""]])
    _write(folder + "/contacts.csv", ["email", "role", "id", "account", "name"], [
        ["chef@mueller.example", "sponsor", "p1", "C 17/4", "Ännchen"], ["it@stadt.example", "admin", "p2", "c-2", ""]])
    rows = []
    for ago in range(1, 61):
        at = today - timedelta(days=ago) + timedelta(hours=9)
        for user in range(4):
            for kind, feature in (("user.session", ""), ("feature.used", ("core", "reports", "collaboration", "api")[user])):
                rows.append([kind, at.isoformat(), f"m{user}", feature, "C 17/4"])
        if ago % 10 == 0:
            rows.append(["user.session", at.isoformat(), "s1", "", "c-2"])
            rows.append(["feature.used", at.isoformat(), "s1", "core", "c-2"])
    _write(folder + "/events.csv", ["type", "time", "user", "feature", "account"], rows)
    return len(rows)


@proof("CSV files of one's own are scored accounts within ten minutes of the build")
def own_files(folder):
    clone = _clone(folder)
    if BUILDS:
        subprocess.run(["swift", "build", "-c", "release", "--product", "tenure"], cwd=clone, check=True)
    began = time.monotonic()
    shell = Shell(folder, clone)
    shell.run('export PATH="$PWD/.build/release:$PATH"')
    os.mkdir(clone + "/own")
    count = _write_own_files(clone + "/own")
    told = shell.run("tenure import --data owndata --workspace mine --programme starter own/*.csv")
    assert TAKEN.search(told) and int(TAKEN.search(told).group(1)) == count + 4, told
    scores = _scores(shell, "owndata")
    took = time.monotonic() - began
    assert scores.keys() == {"C 17/4", "c-2"} and None not in scores.values(), scores
    assert scores["C 17/4"] >= 70 > scores["c-2"], scores
    assert "Müller" in shell.run("tenure accounts --data owndata")
    assert "usage.seats" in shell.run("tenure explain 'C 17/4' --data owndata")
    print(f"          scores {scores}, {took:.0f} s after the build")
    assert took < TEN_MINUTES, took


if __name__ == "__main__":
    main()
