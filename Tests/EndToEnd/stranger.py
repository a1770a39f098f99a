"""A stranger with an empty folder: what is on the screen leads to their own 500 accounts scored and one teammate invited.
Nothing is known of the pages but what they show. Seconds and key strokes are counted."""
import json
import os
import shutil
import subprocess
import time
import urllib.parse

import own_files
from chromium import Chromium
from own_files import ACCOUNTS, EVENTS, SECONDS_MAX
from proof import Skipped, main, proof
from screen import Screen
from server import BINARY, Client, run


class Seen(Screen, Chromium):
    """A person at Chromium."""


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
    return Seen(os.path.join(folder, name), url)


def set_up(screen, link, programme="Starter"):
    screen.open(link)
    screen.fill("Name of your company", "Nordlicht Software")
    screen.choose(programme, "Programme")
    screen.fill("Your name", "Ada Berg")
    screen.fill("Your e-mail address", "ada@nordlicht.example")
    screen.click("Make the workspace")


@proof("a stranger gets from an empty folder to 500 accounts scored and a teammate who signs in")
def whole(folder):
    own_files.write(folder)
    with Terminal(folder + "/data") as server:
        link = server.link("Set up")
        with browser(folder) as screen:
            started = time.monotonic()
            set_up(screen, link)
            own_files.bring_in(screen, folder)
            own_files.see_scores(screen)
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


def _invite(screen):
    screen.click("Settings")
    screen.fill("Name of the teammate", "Ben Holm")
    screen.fill("E-mail address of the teammate", "ben@nordlicht.example")
    screen.click("Invite")
    screen.must_say("Ben Holm")
    return screen.ask("document.querySelector('[role=status] code').innerText")


@proof("who sends events while files are taken in is answered meanwhile")
def meanwhile(folder):
    own_files.write(folder)
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
