"""A stranger with an empty folder: what is on the screen leads to their own 500 accounts scored and one teammate invited.
Nothing is known of the pages but what they show: labels, headings, the words on buttons and links. A label that is missing
fails, and says which. Seconds and key strokes are counted."""
import csv
import datetime
import json
import os
import random
import shutil
import subprocess
import time
import urllib.parse

from chromium import Chromium
from proof import Skipped, main, proof
from server import BINARY, Client, run

ACCOUNTS = int(os.environ.get("ACCOUNTS", "500"))
EVENTS = int(os.environ.get("EVENTS", "20000"))
DAYS = 365
SECONDS_MAX = int(os.environ.get("SECONDS", "900"))

#: What is visible and has this text. `field` follows a label to its field, inside the part of the page under a heading.
LOOK = """
(() => {
  const words = (one) => (one.innerText || one.textContent || "").replace(/\\s+/g, " ").trim();
  const seen = (one) => one.getClientRects().length > 0 && getComputedStyle(one).visibility === "visible";
  const within = (heading) => {
    if (!heading) return document;
    const found = [...document.querySelectorAll("h1, h2, h3, legend")].find((one) => seen(one) && words(one).startsWith(heading));
    return found && (found.closest("section, fieldset") || document);
  };
  window.look = (tags, text, heading) => {
    const part = within(heading);
    if (!part) return undefined;
    const all = [...part.querySelectorAll(tags)].filter(seen);
    return all.find((one) => words(one) === text) || all.find((one) => words(one).startsWith(text));
  };
  window.field = (text, heading) => { const label = look("label", text, heading); return label && label.control; };
})()
"""


class Screen(Chromium):
    """A person who reads labels, clicks and types."""

    def _find(self, kind, expression, text):
        self.ask(LOOK)
        found = self.ask(f"(() => {{ const one = {expression}; window.found = one; if (one) one.scrollIntoView({{block: 'center'}}); return Boolean(one); }})()")
        assert found, f"there is no {kind} “{text}” on the page “{self.heading()}”: {self.text()[:600]}"

    def heading(self):
        return self.ask("document.querySelector('h1').innerText")

    def text(self):
        return self.ask("document.querySelector('main').innerText")

    def must_say(self, text):
        assert text in self.text(), f"the page “{self.heading()}” does not say “{text}”: {self.text()[:900]}"

    def click(self, text, heading=""):
        """A link or button, which leads to another page."""
        self._find("link or button", f"look('a, button', {json.dumps(text)}, {json.dumps(heading)})", text)
        self._mouse(waits=True)

    def choose(self, text, heading=""):
        """A choice among several, by its label."""
        self._find("choice", f"field({json.dumps(text)}, {json.dumps(heading)})", text)
        self._mouse()
        assert self.ask("window.found.checked"), f"“{text}” was clicked and is not chosen"

    def _mouse(self, waits=False):
        place = self.ask("(() => { const box = window.found.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; })()")
        self._events.clear()
        for kind in ("mousePressed", "mouseReleased"):
            self._call("Input.dispatchMouseEvent", {"type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1})
        if waits:
            self._loaded()

    def fill(self, label, text, heading=""):
        self._find("field", f"field({json.dumps(label)}, {json.dumps(heading)})", label)
        self.ask("window.found.focus()")
        self.type(text)
        assert self.ask("window.found.value") == text, f"the field “{label}” did not take what was typed"

    def select(self, label, option, heading=""):
        """One of a list: typed, as people who know its first letters do."""
        self._find("field", f"field({json.dumps(label)}, {json.dumps(heading)})", label)
        options = self.ask("[...window.found.options].map((one) => one.text)")
        assert option in options, f"the list “{label}” does not offer “{option}”: {options}"
        self.ask("window.found.focus()")
        self.type(option)
        assert self.shown(label, heading) == option

    def shown(self, label, heading=""):
        """What a list has chosen."""
        self._find("field", f"field({json.dumps(label)}, {json.dumps(heading)})", label)
        return self.ask("window.found.selectedOptions[0].text")

    def bring(self, label, path):
        """A file into a field."""
        self._find("field", f"field({json.dumps(label)}, '')", label)
        found = self._call("Runtime.evaluate", {"expression": "window.found"})["result"]["objectId"]
        self._call("DOM.setFileInputFiles", {"files": [path], "objectId": found})

    def wait_for(self, heading, seconds):
        """The page looks again by itself."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                if self.heading() == heading:
                    return
            except (AssertionError, KeyError):
                pass  # Between two pages.
            assert time.monotonic() < deadline, f"not “{heading}” within {seconds} s: {self.heading()}, {self.text()[:500]}"
            time.sleep(0.2)


def files(folder):
    """Tables as other programs write them: names of columns, words and references of their own."""
    rng = random.Random(7)
    today = datetime.date.today()
    names = [f"{a} {b} {n}" for n, (a, b) in enumerate(
        (rng.choice(["Nord", "Alta", "Blue", "Iron", "Lark"]), rng.choice(["Foods", "Steel", "Press", "Health", "Freight"]))
        for _ in range(ACCOUNTS))]
    _write(folder + "/crm.csv", ["Customer No", "Company name", "Plan", "Annual value", "Licences", "Renewal date", "Remarks"], [
        [f"C-{n:04}", name, rng.choice(["basic", "professional", "enterprise"]), 1000 * rng.randint(5, 90), rng.randint(5, 60),
         today + datetime.timedelta(days=rng.randint(10, 360)) if n != 3 else "soon", "n/a"] for n, name in enumerate(names)])
    # People are filed under the company's name, one of them under a slip of it.
    _write(folder + "/people.csv", ["Company", "Full name", "Mail", "Position"], [
        [name if n else name.upper().replace(" ", "-"), f"Person {n}", f"p{n}@customer{n}.example", "champion"]
        for n, name in enumerate(names) if n < 40])
    start = datetime.datetime.combine(today - datetime.timedelta(days=DAYS), datetime.time(8))
    _write(folder + "/logins.csv", ["When", "Customer No", "Login", "Activity"], [
        [(start + datetime.timedelta(minutes=rng.randrange((DAYS - 1) * 24 * 60))).strftime("%Y-%m-%d %H:%M:%S"),
         f"C-{rng.randrange(ACCOUNTS):04}", f"u{rng.randrange(8)}", "Logged in"] for _ in range(EVENTS)])


def _write(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])


class Terminal:
    """`tenure serve` as a person starts it: what it prints is all there is."""

    def __init__(self, data, command="serve", arguments=()):
        self.errors = open(data + ".stderr", "ab")
        self.process = subprocess.Popen(
            [BINARY, command, "--data", data, "--listen", "127.0.0.1:0", *arguments], stdout=subprocess.PIPE, stderr=self.errors, text=True)

    def link(self, word):
        """The address behind a word."""
        while line := self.process.stdout.readline():
            if line.split()[:1] == word.split()[-1:] or line.strip().startswith(word):
                return line.split()[-1]
        raise AssertionError(f"nothing printed begins with “{word}”")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(60)
        self.errors.close()


def browser(folder, name="profile", url=""):
    if not shutil.which("chromium"):
        raise Skipped("chromium is not installed")
    return Screen(os.path.join(folder, name), url)


def set_up(screen, link, programme="Starter"):
    screen.open(link)
    screen.fill("Name of your company", "Nordlicht Software")
    screen.choose(programme, "Programme")
    screen.fill("Your name", "Ada Berg")
    screen.fill("Your e-mail address", "ada@nordlicht.example")
    screen.click("Make the workspace")


@proof("a stranger gets from an empty folder to 500 accounts scored and a teammate who signs in")
def whole(folder):
    files(folder)
    with Terminal(folder + "/data") as server:
        link = server.link("Set up")
        with browser(folder) as screen:
            started = time.monotonic()
            set_up(screen, link)
            _import(screen, folder)
            _scores(screen)
            invited = _invite(screen)
            print(f"          {ACCOUNTS} accounts and {EVENTS} events: {screen.keys} keys, {time.monotonic() - started:.0f} s", flush=True)
        with browser(folder, "other") as mate:
            mate.open(invited)
            mate.click("Sign in", "Sign in")
            mate.click("Accounts")
            mate.must_say(f"{ACCOUNTS - 1} accounts")
            mate.click("Settings")
            mate.must_say("The owner invites and removes teammates.")
            mate.open(invited)
            mate.must_say("The link is unknown, used or older than a day.")
        with browser(folder, "third") as late:
            late.open(link)
            late.must_say("The link is unknown, used or older than an hour.")


def _import(screen, folder):
    for label, name in (("Accounts", "crm"), ("Contacts", "people"), ("Events", "logins")):
        screen.bring(label, f"{folder}/{name}.csv")
    screen.click("Upload")
    for part, label, meaning in (
            ("Accounts", "Customer No", "Id of the account"), ("Accounts", "Company name", "Name of the account"),
            ("Accounts", "Annual value", "Annual recurring revenue"), ("Accounts", "Renewal date", "End of term"),
            ("Accounts", "Remarks", "Left out"), ("Contacts", "Company", "Account"),
            ("Contacts", "Mail", "E-mail"), ("Events", "When", "When it happened"),
            ("Events", "Login", "Who did it (login)"), ("Events", "Activity", "What happened")):
        if screen.shown(label, part) != meaning:
            print(f"          not guessed: {label}, shown as {screen.shown(label, part)}", flush=True)
            screen.select(label, meaning, part)
    screen.click("Read the files")
    screen.wait_for("What would be taken in", SECONDS_MAX)
    screen.must_say("line 5 “soon” in the column “Renewal date” is not a date such as 2026-03-09")
    assert screen.shown("Logged in").endswith("(user.session)"), screen.shown("Logged in")
    # One company is spelled otherwise, and one stands in the row that was refused.
    screen.must_say("39 names are the letters and digits of one account's name or id")
    screen.click("Take them in")
    screen.wait_for("Your accounts are in", SECONDS_MAX)
    screen.must_say(f"crm.csv: {ACCOUNTS - 1} taken, 0 seen before, 0 waiting for their account, 1 refused")
    screen.must_say("people.csv: 39 taken, 0 seen before, 1 waiting for their account, 0 refused")


def _scores(screen):
    screen.click("See ")
    screen.must_say(f"{ACCOUNTS - 1} accounts")
    scored = screen.ask("[...document.querySelectorAll('.score')].filter((one) => /^[0-9]+$/.test(one.innerText.trim())).length")
    assert scored > 20, f"only {scored} scores are on the first page"
    screen.must_say("This workspace is not live")
    screen.click("See what is withheld, and go live")
    screen.click("Go live")
    screen.must_say("This workspace is live")


def _invite(screen):
    screen.click("Settings")
    screen.fill("Name of the teammate", "Ben Holm")
    screen.fill("E-mail address of the teammate", "ben@nordlicht.example")
    screen.click("Invite")
    screen.must_say("Ben Holm")
    return screen.ask("document.querySelector('[role=status] code').innerText")


@proof("who sends events while files are taken in is answered meanwhile")
def meanwhile(folder):
    files(folder)
    with Terminal(folder + "/data") as server, browser(folder) as screen:
        link = server.link("Set up")
        set_up(screen, link)
        with open(folder + "/data/keys.json") as file:
            keys = json.load(file)
        sender = Client(Host(link), keys["workspaces"][0], timeout=60)
        for label, name in (("Accounts", "crm"), ("Events", "logins")):
            screen.bring(label, f"{folder}/{name}.csv")
        screen.click("Upload")
        screen.click("Read the files")
        screen.wait_for("What would be taken in", SECONDS_MAX)
        screen.click("Take them in")
        waits = []
        while screen.heading() != "Your accounts are in":
            began = time.monotonic()
            sender.sent("/v1/events", {"type": "user.session", "account": "C-0001", "user": "live", "id": f"live-{len(waits)}"})
            waits.append(time.monotonic() - began)
            assert sum(waits) < SECONDS_MAX, "the import does not end"
            screen.open(screen.ask("location.href"))
        print(f"          {len(waits)} events sent meanwhile, the longest answered after {max(waits) * 1000:.0f} ms", flush=True)
        assert len(waits) >= 3, "the import was over before anything could be sent; more EVENTS are needed"


class Host:
    """Where a link leads."""

    def __init__(self, link):
        place = urllib.parse.urlsplit(link)
        self.host, self.port = place.hostname, place.port


@proof("a label that is missing is found, and named")
def planted(folder):
    with Terminal(folder + "/data") as server, browser(folder) as screen:
        screen.open(server.link("Set up"))
        screen.fill("Name of your company", "A")
        screen.ask("document.querySelector('label[for=name]').remove()")
        for attempt in (lambda: screen.fill("Your name", "Ada"), lambda: screen.click("Make the shop"),
                        lambda: screen.choose("Nobody’s programme"), lambda: screen.must_say("a sentence that is nowhere")):
            try:
                attempt()
            except AssertionError as error:
                assert "there is no" in str(error) or "does not say" in str(error), error
            else:
                raise AssertionError("what is not on the page was found")


@proof("the same from the command line, and nothing waits for an answer in a pipe")
def by_command(folder):
    data = folder + "/data"
    code, _, errors = run("init", "--data", data, stdin=subprocess.DEVNULL)
    assert code == 1 and "answers-missing" in errors and "--workspace" in errors and not os.path.exists(data), (code, errors)
    code, output, errors = run(
        "init", "--data", data, "--workspace", "Nordlicht & Co", "--programme", "starter", "--owner", "ada@nordlicht.example",
        stdin=subprocess.DEVNULL)
    assert code == 0 and "nordlicht-co" in output, (code, output, errors)
    with Terminal(data) as server, browser(folder) as screen:
        screen.open(server.link("Open"))
        screen.click("Sign in", "Sign in")
        screen.must_say("There are no accounts here yet.")
        assert "Nordlicht & Co" in screen.ask("document.querySelector('header').innerText")


@proof("the demo leads to a workspace of one's own beside it")
def from_demo(folder):
    arguments = ("--accounts", "6", "--vendor-accounts", "2", "--days", "20", "--quiet")
    with Terminal(folder + "/data", "demo", arguments) as server, browser(folder) as screen:
        screen.open(server.link("Open"))
        screen.click("Sign in", "Sign in")
        screen.click("Use your own data")
        screen.fill("Name of your company", "Nordlicht")
        screen.choose("Maestro", "Programme")
        screen.click("Make the workspace")
        screen.must_say("This workspace is not live: 0 accounts")
        screen.select("Workspace", "Starter")
        screen.click("Go")
        assert screen.shown("Workspace") == "Starter"


if __name__ == "__main__":
    main()
