"""A Monday's work without scripts: finding accounts, taking notes, handing over, starting a play for fourteen accounts of
which two are skipped, and taking it all back. What each form sends is read off its page; what became of it is asked of the
API and of the page that follows. The same with keys in a real browser, timed, where there is one."""
import os
import shutil
import time
import urllib.parse

from chromium import Chromium
from html_page import Page
from keyed import hand_over, note, running, start, startable, tick_places
from proof import Skipped, main, proof
from reader import Reader
from server import Server

ARGUMENTS = ["--accounts", os.environ.get("ACCOUNTS", "120"), "--vendor-accounts", "4", "--days", "30", "--quiet"]
WORKSPACE = "starter"


def demo(folder):
    return Server(os.path.join(folder, "data"), "demo", ARGUMENTS)


@proof("a play is started for fourteen accounts with two skipped, and one undo takes all of it back")
def bulk(folder):
    with demo(folder) as server:
        client, reader = server.client(WORKSPACE), Reader(server)
        play, free = startable(client)
        chosen = free[:14]
        for account in chosen[:2]:
            reply = client.command("POST", f"/accounts/{account['id']}/plays", {"play": play})
            assert reply.status == 200, reply
        before = running(client, play)
        figure = client.get("/portfolio/figures", figure="plays.completion_rate").json["figure"]["whole"]

        page = reader.open("/accounts?sort=name&limit=200")
        form = page.form("/bulk")
        ticks = {f"account.{account['id']}": "on" for account in chosen}
        shown = [name for name in ticks if name in form.choices]
        assert len(shown) == 14, f"only {len(shown)} of 14 are on the page"
        preview = reader.follow(form, ("do", "start"), play=play, **ticks)
        assert "12 accounts would get it" in preview.text and "2 accounts are skipped" in preview.text, preview.text
        assert preview.text.count("The play is running already.") == 2, preview.text
        assert running(client, play) == before, "a preview changed something"

        confirm = next(one for one in preview.forms if one.action.startswith("/bulk/"))
        done = reader.follow(confirm)
        assert "12 accounts got it" in done.text and "2 accounts are skipped" in done.text, done.text
        assert running(client, play) - before == {one["id"] for one in chosen[2:]}
        reader.follow(confirm)
        assert len(running(client, play)) == len(before) + 12, "confirming twice did it twice"
        assert client.get("/portfolio/figures", figure="plays.completion_rate").json["figure"]["whole"] == figure + 12

        undone = reader.follow(done.form("undo"))
        assert "Taken back" in undone.text and not any(one.id == "undo" for one in undone.forms), undone.text
        assert running(client, play) == before, "the undo left something, or took more"
        assert client.get("/portfolio/figures", figure="plays.completion_rate").json["figure"]["whole"] == figure
        for account in chosen[2:]:
            states = {row["state"] for row in client.all("/outbox") if row["account"] == account["id"]} & {"queued", "held"}
            assert not states, f"messages of the play still wait at {account['name']}"
    restarted(folder, play, before)


def restarted(folder, play, before):
    """A start reads the log again and compares what follows from it with what was recorded."""
    with demo(folder) as server:
        assert running(server.client(WORKSPACE), play) == before


@proof("an account is found, noted and handed over without a script, and both are taken back")
def single(folder):
    with demo(folder) as server:
        client, reader = server.client(WORKSPACE), Reader(server)
        account = client.all("/accounts", sort="name")[5]
        people = client.account(account["external_id"])["people"]
        search = reader.open("/")
        field = next(one for one in search.forms if one.action == "/search")
        assert "q" in field.fields and field.method == "get"
        hits = reader.open("/search?" + urllib.parse.urlencode({"q": account["name"]}))
        assert hits.links and any(account["id"] in link for link in hits.links), hits.text
        if people:
            by_person = reader.open("/search?" + urllib.parse.urlencode({"q": people[0]["email"]}))
            assert any(account["id"] in link for link in by_person.links), by_person.text
        page = reader.open(f"/accounts/{account['id']}")

        empty = reader.send(page.form("note"), text="")
        assert empty.status == 422 and "Note is needed" in Page(empty.text).text, empty
        noted = reader.follow(page.form("note"), text="Renewal talk on Thursday & lunch <3")
        assert "Renewal talk on Thursday & lunch <3" in noted.text and "Demo owner" in noted.text
        assert "Renewal talk" not in reader.follow(noted.form("undo")).text

        form = page.form("hand-over")
        role = next(value for value in form.choices["role"].values() if value)
        person = form.choices["person"]["Demo owner"]
        owner = client.account(account["external_id"])["fields"].get(role)
        handed = reader.follow(form, role=role, person=person)
        assert client.account(account["external_id"])["fields"][role] == person
        reader.follow(handed.form("undo"))
        assert client.account(account["external_id"])["fields"].get(role) == owner


@proof("a browser does the same with keys, and says how many and how long")
def keys(folder):
    if not shutil.which("chromium"):
        raise Skipped("chromium is not installed")
    with demo(folder) as server:
        client = server.client(WORKSPACE)
        play, free = startable(client)
        title = next(one["title"] for one in client.all("/plays") if one["play"] == play)
        account = free[-1]
        for one in free[:2]:
            client.command("POST", f"/accounts/{one['id']}/plays", {"play": play})
        before = running(client, play)
        with Chromium(os.path.join(folder, "profile"), server.url) as browser:
            browser.open(server.sign_in)
            browser.submit("main form")
            measure(browser, "a note on an account", lambda: note(browser, account))
            assert "Call on Friday" in browser.ask("document.querySelector('main').innerText")
            measure(browser, "handing the account over", lambda: hand_over(browser))
            assert "Handed over" in browser.ask("document.querySelector('main').innerText")
            browser.open("/accounts?sort=name&limit=200")
            wanted = tick_places(browser, free[:14])
            measure(browser, "starting a play for 14 accounts, two skipped", lambda: start(browser, wanted, title))
            assert running(client, play) - before == {one["id"] for one in free[2:14]}
            measure(browser, "undoing it", lambda: browser.press("u", "Enter", waits=True))
            assert running(client, play) == before


def measure(browser, what, body):
    keys, started = browser.keys, time.monotonic()
    body()
    print(f"          {what}: {browser.keys - keys} keys, {time.monotonic() - started:.1f} s", flush=True)


if __name__ == "__main__":
    main()
