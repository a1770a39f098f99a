"""From raw facts to a mail in somebody's inbox: a signal, its play, the step with owner and due, and the message, as a
real SMTP server receives it. Beside it a healthy twin, at which nothing may happen."""
import re
from datetime import datetime, timedelta, timezone
from email.utils import parseaddr, parsedate_to_datetime
from urllib.parse import urlparse

from business_time import CALENDARS, instant
from post_office import Mailbox
from proof import main, proof
from server import Browser, Server, until

CSM, EXECUTIVE = "ada@vendor.example", "bob@vendor.example"


def _make_account(client, account, name):
    owners = {"csm": CSM, "account_executive": EXECUTIVE}
    client.sent("/v1/group", {
        "groupId": account, "userId": account + "-u1", "messageId": account + "-group",
        "traits": {"name": name, "tier": "professional", "seats": 10, "arr": 30000, **owners}})
    client.sent("/v1/identify", {
        "userId": account + "-u1", "messageId": account + "-identify", "context": {"groupId": account},
        "traits": {"name": "Sue Sponsor", "email": f"sue@{account}.example", "role": "sponsor"}})


def _use(client, account):
    client.sent("/v1/batch", {"batch": [
        {"type": "track", "event": "Signed In", "userId": f"{account}-u{user}",
         "messageId": f"{account}-session-{user}", "context": {"groupId": account}} for user in range(1, 9)]})


def _ticket(client, account, number, priority):
    client.sent("/v1/events", {
        "type": "ticket.created", "id": f"{account}-ticket-{number}", "account": account,
        "data": {"ticket": f"T{number}", "priority": priority}})


def _answer(client, account, value):
    client.sent("/v1/events", {
        "type": "survey.answered", "id": account + "-survey", "account": account,
        "data": {"survey": "q1", "instrument": "nps", "value": value, "response": account + "-r1"}})


def _only(items, **wanted):
    found = [one for one in items if all(one[name] == value for name, value in wanted.items())]
    assert len(found) == 1, (wanted, found)
    return found[0]


def _text(message, kind):
    return message.get_body((kind,)).get_content()


def _lint(mail):
    """What every mail must be, whatever it says."""
    sender, recipients, message, raw = mail
    for name in ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version"):
        assert len(message.get_all(name, [])) == 1, (name, message.get_all(name))
    assert parseaddr(message["From"])[1] == sender
    assert [parseaddr(message["To"])[1]] == recipients
    assert re.fullmatch(r"<[0-9a-zA-Z.]+@[a-z0-9.-]+>", message["Message-ID"]), message["Message-ID"]
    assert message["Auto-Submitted"] == "auto-generated"
    age = datetime.now(timezone.utc) - parsedate_to_datetime(message["Date"])
    assert timedelta(seconds=-5) < age < timedelta(minutes=5), message["Date"]
    assert not message.defects and not any(part.defects for part in message.walk())
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    head = raw.split(b"\r\n\r\n")[0]
    # An address cannot be folded.
    assert max(len(line) for line in head.split(b"\r\n") if not line.startswith(b"List-Unsubscribe: <")) <= 78, head
    assert b"\n" not in raw.replace(b"\r\n", b"") and b"\0" not in raw
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert "{{" not in _text(message, "plain") + _text(message, "html") + message["Subject"]


def _lint_link(mail, account, server, browser):
    """The link leads to the account on the server as it can be reached now."""
    link = re.search(r"https?://\S+/accounts/\S+", _text(mail[2], "plain")).group(0)
    place = urlparse(link)
    assert f"{place.scheme}://{place.netloc}" == server.url, (link, server.url)
    page = browser.page(place.path)
    assert page.status == 200 and account["name"] in page.text, page
    assert link in _text(mail[2], "html")


def _check_step(account, play, step, owner, span, tasks):
    running = _only(account["plays"], play=play)
    assert running["running"] and running["owner"] == CSM, running
    opened = running["steps"][0]
    assert (opened["id"], opened["state"], opened["owner"]) == (step, "open", owner), opened
    assert instant(opened["due"]) == CALENDARS["starter"].plus(instant(running["started"]), span), (running["started"], opened)
    assert [task["text"] for task in opened["tasks"]] == tasks
    return running, opened


def _check_tasks(client, account, play, step):
    listed = [one for one in client.all("/tasks") if one["play"] == play and one["account"]["id"] == account["id"]]
    assert [one["text"] for one in listed] == [task["text"] for task in step["tasks"]], listed
    assert {one["due"] for one in listed} == {step["due"]} and {one["owner"] for one in listed} == {step["owner"]}


def _check_tickets(client, account):
    _only(account["signals"], id="support_pressure", severity="high")
    running, step = _check_step(
        account, "care_for_tickets", "order", "support_lead", "4bh",
        ["Order the tickets with the CSM", "Name one owner for each"])
    assert running["cause"] == "signal:support_pressure"
    _check_tasks(client, account, "care_for_tickets", step)


def _check_detractor(client, account):
    _only(account["signals"], id="detractor", severity="medium")
    running, step = _check_step(
        account, "close_the_loop", "call", CSM, "2bd",
        ["Call the person who answered", "Write down what would change the answer"])
    assert running["cause"] == "signal:detractor"
    _check_tasks(client, account, "close_the_loop", step)


def _troubled(client):
    _make_account(client, "acme", "Acme Ltd")
    _use(client, "acme")
    _ticket(client, "acme", 1, "P1")
    _ticket(client, "acme", 2, "P1")
    _answer(client, "acme", 3)


def _healthy(client):
    _make_account(client, "twin", "Twin Ltd")
    _use(client, "twin")
    _ticket(client, "twin", 1, "P3")
    _ticket(client, "twin", 2, "P3")
    _answer(client, "twin", 9)


@proof("tickets and a bad answer become signals, plays with owner and due, and the right mails; the twin stays quiet")
def facts_become_mails(folder):
    with Mailbox() as mailbox, Server(folder + "/data", arguments=["--workspace", "acme", "--smtp", mailbox.url]) as server:
        client = server.client("acme")
        _healthy(client)
        _troubled(client)
        until("three mails", 10, lambda: len(mailbox.mails()) >= 3)
        until("the outbox settles", 10, lambda: all(one["state"] == "sent" for one in client.all("/outbox")))
        account = client.account("acme")
        _check_tickets(client, account)
        _check_detractor(client, account)
        mails = mailbox.mails()
        _check_mails(mails, account, server)
        _check_twin(client)
        assert len(client.all("/outbox")) == len(mails) == 3


def _check_mails(mails, account, server):
    pairs = sorted((mail[1][0], mail[2]["Subject"]) for mail in mails)
    assert pairs == [
        (CSM, "Acme Ltd: Several urgent tickets"), (CSM, "Acme Ltd: somebody is unhappy"),
        ("support_lead@acme.example", "Acme Ltd: Several urgent tickets")], pairs
    assert len({mail[2]["Message-ID"] for mail in mails}) == 3
    browser = Browser(server)
    for mail in mails:
        _lint(mail)
        _lint_link(mail, account, server, browser)
    tickets = next(mail for mail in mails if mail[1][0].startswith("support_lead"))
    due = _only(account["plays"], play="care_for_tickets")["steps"][0]["due"]
    for words in ("Two or more critical or escalated tickets are open", "Order the tickets with the CSM", due[:10]):
        assert words in _text(tickets[2], "plain"), words


def _check_twin(client):
    twin = client.account("twin")
    assert twin["signals"] == [] and twin["plays"] == [], twin
    assert not [one for one in client.all("/outbox") if one["account"] == twin["id"]]
    assert not [one for one in client.all("/tasks") if one["account"]["id"] == twin["id"]]


@proof("after a restart nothing is mailed again, and a new mail leads to the new address")
def restart_repeats_nothing(folder):
    with Mailbox() as mailbox:
        arguments = ["--workspace", "acme", "--smtp", mailbox.url]
        with Server(folder + "/data", arguments=arguments) as server:
            _troubled(server.client("acme"))
            until("three mails", 10, lambda: len(mailbox.mails()) >= 3)
            before = server.client("acme").account("acme")
        with Server(folder + "/data", arguments=arguments) as server:
            client = server.client("acme")
            _troubled(client)
            after = client.account("acme")
            for part in ("signals", "plays", "lines", "metrics", "score"):
                assert before[part] == after[part], part
            _make_account(client, "third", "Third Ltd")
            _answer(client, "third", 2)
            until("the fourth mail", 10, lambda: len(mailbox.mails()) >= 4)
            _lint_link(mailbox.mails()[3], client.account("third"), server, Browser(server))
        assert len(mailbox.mails()) == 4


@proof("mail waits while the mail server is away, and leaves once when it is back")
def mail_server_away(folder):
    mailbox = Mailbox()
    with Server(folder + "/data", arguments=["--workspace", "acme", "--smtp", mailbox.url]) as server:
        client = server.client("acme")
        _make_account(client, "acme", "Acme Ltd")
        _answer(client, "acme", 3)
        until("a failed attempt", 20, lambda: any(one["attempts"] > 0 for one in client.all("/outbox")))
        assert {one["state"] for one in client.all("/outbox")} == {"queued"}, client.all("/outbox")
        with mailbox:
            until("the mail", 90, mailbox.mails)
            until("its record", 10, lambda: client.all("/outbox")[0]["state"] == "sent")
            assert len(mailbox.mails()) == 1


if __name__ == "__main__":
    main()
