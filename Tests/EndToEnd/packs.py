"""Each programme's table over HTTP: facts in, the right play out, with owner, due and recipients; the healthy twin fires
nothing. The public Segment client carries an account's whole story in one batch; mails arrive at a real SMTP server."""
import collections
import os
import re
import time
from datetime import date, datetime, timedelta, timezone

from segment.analytics.client import Client as SegmentClient

from business_time import CALENDARS, instant
from facts import batch
from pack_table import TABLE
from post_office import Mailbox
from proof import main, proof
from server import Server, until

ROLES = {
    "starter": ["csm", "account_executive"], "claresia": ["csm", "solutions_engineer"],
    "credlink": ["csm", "technical_lead", "customer_engineer", "account_executive"],
    "maestro": ["csm", "account_executive", "solutions_engineer"],
    "auterity": ["csm", "account_executive", "solutions_engineer"], "csos": ["csm", "account_executive"]}
VENDORS = {"starter": "Starter", "claresia": "Claresia"}
REQUIREMENTS = os.path.join(os.path.dirname(__file__), "..", "..", "docs", "reference", "requirements.md")


class Subject:
    """An account of a row, or its twin."""

    def __init__(self, pack, row, twin):
        self.pack, self.row, self.twin = pack, row, twin
        self.id = row["id"] + ("-twin" if twin else "")
        self.name = row["id"].replace("_", " ").capitalize() + (" Twin" if twin else "")
        self.facts = row["healthy"] if twin else row["facts"]
        self.traits = row.get("traits", ({}, {}))[twin]
        self.grades = row.get("grades", ([], []))[twin]
        contacts = row.get("contacts", [])
        self.contacts = contacts[twin] if isinstance(contacts, tuple) else contacts

    def address(self, who):
        """An address of its own for each owner and contact; roles of the workspace have one."""
        kind, gap, name = who.partition(":")
        if kind == "team":
            return f"{name}@{self.pack}.example"
        domain = self.id.replace("_", "-") + ".example"
        return f"{name}@{domain}" if kind == "contact" else f"{who}@cs.{domain}"

    def owner(self, who):
        return who.removeprefix("team:") if who.startswith("team:") else self.address(who)

    def mails(self):
        row = self.row
        return [] if self.twin else [
            (self.address(who), subject.format(name=self.name, vendor=VENDORS.get(self.pack)))
            for who, subject in row["mails"]]

    def batch(self):
        owners = {role: self.address(role) for role in ROLES[self.pack]}
        contacts = [(role, self.address("contact:" + role)) for role in self.contacts]
        return batch(self.id, {"name": self.name, **owners, **self.traits}, contacts, self.facts)


def _subjects(pack):
    return [Subject(pack, row, twin) for row in TABLE[pack] for twin in (False, True)]


class Sender:
    """The Segment client, unchanged. It waits a moment for a batch to fill, so that a story is not told in pieces, in
    between which it would look otherwise."""

    def __init__(self, server, client):
        self.client, self.errors = client, []
        self.segment = SegmentClient(
            client.write_key, host=server.url, max_retries=0, upload_size=500, upload_interval=0.4,
            on_error=lambda error, _items: self.errors.append(error))

    def tell(self, subject):
        for call in subject.batch()["batch"]:
            self._call(call["type"], call["userId"], call, {"context": call["context"], "message_id": call["messageId"]})
        self.segment.flush()
        assert not self.errors, (subject.id, self.errors)
        until("the account", 10, lambda: self.client.get("/accounts/" + subject.id).status == 200)
        for grade in subject.grades:
            reply = self.client.command("POST", f"/accounts/{subject.id}/grades", grade)
            assert reply.status == 200, reply

    def _call(self, kind, user, call, common):
        if kind == "group":
            self.segment.group(user, call["groupId"], call["traits"], **common)
        elif kind == "identify":
            self.segment.identify(user, call["traits"], **common)
        else:
            at = datetime.fromisoformat(call["timestamp"])
            self.segment.track(user, call["event"], call["properties"], timestamp=at, **common)


def _check(client, subject, began, rows):
    account = client.account(subject.id)
    reasons = {one["id"]: one for one in client.get(f"/accounts/{subject.id}/explanation").json["signals"]}
    signals = subject.row["signals"]
    _check_reads(subject, [reasons[one] for one in signals])
    wanted = [] if subject.twin else sorted(signals)
    assert sorted(one["id"] for one in account["signals"]) == wanted, ("signals", account["signals"])
    if "scores" in subject.row:
        assert account["score"] == subject.row["scores"][subject.twin], account["score"]
    if subject.twin:
        return _check_quiet(client, account, reasons, signals, rows)
    _check_play(subject, account, began)
    _check_outbox(subject, account, rows)
    _check_tasks(client, account)


def _check_reads(subject, reasons):
    """What the condition was decided on: facts that nobody counted would leave a twin quiet, too."""
    values = {value["name"]: value for reason in reasons for part in reason["condition"]["parts"] for value in part["values"]}
    for name, pair in subject.row["reads"].items():
        wanted, read = pair[subject.twin], values[name]
        if isinstance(wanted, str):
            assert read["value"] == wanted, (name, read, wanted)
        else:
            within = subject.row.get("within", 0.001)
            assert read["number"] is not None and abs(read["number"] - wanted) <= within, (name, read, wanted)


def _check_quiet(client, account, reasons, signals, rows):
    assert account["plays"] == [], account["plays"]
    assert not [row for row in rows if row["account"] == account["id"]]
    assert not [task for task in client.all("/tasks") if task["account"]["id"] == account["id"]]
    for signal in signals:
        assert reasons[signal]["reason"] == "condition-fails", reasons[signal]
        assert reasons[signal]["condition"]["missing"], reasons[signal]


def _check_play(subject, account, began):
    row = subject.row
    assert [one["play"] for one in account["plays"]] == [row["play"]], [one["play"] for one in account["plays"]]
    play = account["plays"][0]
    assert play["running"] and play["cause"].removeprefix("signal:") in row["signals"], play
    assert play["owner"] == subject.owner(row["owner"]), play["owner"]
    assert began <= instant(play["started"]) <= datetime.now(timezone.utc), play["started"]
    step = next(one for one in play["steps"] if one["id"] == row["step"])
    assert step["state"] == row.get("state", "open"), step
    assert step["owner"] == subject.owner(row["step_owner"]), step
    assert instant(step["due"]) == _due(subject, play), (step["due"], _due(subject, play))


def _due(subject, play):
    calendar = CALENDARS[subject.pack]
    anchored = re.fullmatch(r"(\w+)-(\d+)d", subject.row["due"])
    if not anchored:
        return calendar.plus(instant(play["started"]), subject.row["due"])
    anchor = date.fromisoformat(subject.traits[anchored.group(1)])
    return calendar.midnight(anchor - timedelta(days=int(anchored.group(2))))


def _check_outbox(subject, account, rows):
    mine = [row for row in rows if row["account"] == account["id"]]
    sent = [row["subject"] for row in mine if row["channel"] == "mail" and row["state"] == "sent"]
    assert sorted(sent) == sorted(subject for _, subject in subject.mails()), mine
    assert len([row for row in mine if row["channel"] == "chat"]) == subject.row.get("chats", 0), mine
    failed = [row["template"] for row in mine if row["state"] == "failed" and row["channel"] == "mail"]
    assert failed == subject.row.get("unreachable", []), mine


def _check_tasks(client, account):
    """The list of tasks says what the account's open steps say."""
    listed = [(one["text"], one["owner"], one["due"]) for one in client.all("/tasks") if one["account"]["id"] == account["id"]]
    wanted = [(task["text"], step["owner"], step["due"]) for play in account["plays"] for step in play["steps"]
              if step["state"] == "open" for task in step["tasks"]]
    assert sorted(listed) == sorted(wanted), (listed, wanted)


def _prove(pack, folder):
    began = datetime.now(timezone.utc).replace(microsecond=0)
    with Mailbox() as mailbox:
        arguments = ["--workspace", pack, "--programme", pack, "--smtp", mailbox.url]
        with Server(folder + "/data", arguments=arguments) as server:
            client, wrong, subjects = server.client(pack), [], _subjects(pack)
            sender = Sender(server, client)
            for subject in subjects:
                sender.tell(subject)
            sender.segment.join()
            wanted = collections.Counter(mail for subject in subjects for mail in subject.mails())
            _wait_for_mails(client, mailbox, wanted.total())
            rows = client.all("/outbox")
            for subject in subjects:
                try:
                    _check(client, subject, began, rows)
                except AssertionError as error:
                    wrong.append(f"{subject.id}: {error}")
        arrived = collections.Counter((mail[1][0], mail[2]["Subject"]) for mail in mailbox.mails())
    if arrived != wanted:
        wrong.append(f"mails: missing {dict(wanted - arrived)}, not expected {dict(arrived - wanted)}")
    kinds = ", ".join(sorted({row["kind"] for row in TABLE[pack]}))
    print(f"          {len(TABLE[pack])} accounts and as many twins ({kinds}); {arrived.total()} mails")
    assert not wrong, "\n    " + "\n    ".join(wrong)


def _wait_for_mails(client, mailbox, count):
    """Until nothing is on its way and so many have come; what never comes is told with the other differences."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        is_settled = all(one["state"] in ("sent", "failed") for one in client.all("/outbox"))
        if is_settled and len(mailbox.mails()) >= count:
            return
        time.sleep(0.1)


def _register(pack):
    @proof(f"{pack}: each row's facts start its play with owner, due and recipients, and each twin stays quiet")
    def run(folder):
        _prove(pack, folder)


for _pack in TABLE:
    _register(_pack)


@proof("each row's requirements are carried by its signal or its play, as the page of requirements says")
def requirements(_folder):
    carried = {}
    with open(REQUIREMENTS) as file:
        for line in file:
            cells = [cell.strip() for cell in line.split("|")]
            if len(cells) >= 5:
                carried[cells[1]] = (cells[2], cells[3])
    for pack, rows in TABLE.items():
        for row in rows:
            names = {f"signal `{one}`" for one in row["signals"]} | {f"play `{row['play']}`"}
            assert row["requirements"] or pack == "starter", (pack, row["id"])
            for requirement in row["requirements"]:
                programme, definitions = carried[requirement]
                assert programme == pack and names & set(definitions.split(", ")), (requirement, definitions, names)
        assert len({row["play"] for row in rows}) >= 2 and len({row["kind"] for row in rows}) >= 2, pack


if __name__ == "__main__":
    main()
