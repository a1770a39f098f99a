"""kill -9 under load, again and again on one data directory. What was acknowledged counts exactly once; what was not is
sent again until it is. Mails: one copy for each Message-ID, save where a kill fell into a delivery."""
import collections
import glob
import http.client
import os
import random
import shutil
import threading
import time

from post_office import Mailbox
from proof import main, proof
from server import Client, Server, until

KILLS = 6
ACCOUNTS = 24
SENDERS = 4
BATCH = 25
ROUND_SECONDS = (0.7, 2.5)
SEED = int(os.environ.get("SEED", random.randrange(1_000_000)))
COUNT = "sessions.count.7d"


def _programme(folder):
    """The starter programme, showing one metric more: a plain count of events, in which nothing can hide."""
    source = os.path.join(os.path.dirname(__file__), "..", "..", "Programmes", "starter")
    shutil.copytree(source, folder + "/programme")
    shutil.rmtree(folder + "/programme/tests")
    path = folder + "/programme/programme.yaml"
    with open(path) as file:
        text = file.read()
    assert text.count("\nshow:\n") == 1
    with open(path, "w") as file:
        file.write(text.replace("\nshow:\n", f"\nshow:\n  - {COUNT}\n"))
    return folder + "/programme"


class Load:
    """Senders that go on until told to stop; each batch is repeated until somebody acknowledges it."""

    def __init__(self, keys):
        self.keys, self.server = keys, None
        self.stopped = threading.Event()
        self.lock = threading.Lock()
        self.acknowledged = collections.Counter()
        self.repeated = self.duplicates = self.refusals = 0
        self.failures = []
        self.threads = [threading.Thread(target=self._run, args=(number,)) for number in range(SENDERS)]

    def _run(self, number):
        try:
            for sequence in range(1_000_000):
                if self.stopped.is_set():
                    return
                self._deliver(_batch(number, sequence))
        except Exception as error:  # Reported by the proof: a thread's exception is otherwise lost.
            self.failures.append(error)

    def _deliver(self, events):
        client = None
        while True:
            if client is None:
                client = Client(self.server, self.keys, timeout=10)
            try:
                reply = client.post("/v1/events", events)
            except (OSError, http.client.HTTPException):
                client = None
                self._count_repeat()
                time.sleep(0.05)
                continue
            if reply.status == 200:
                return self._count(events, reply.json)
            assert reply.status in (429, 503), reply
            self.refusals += 1
            time.sleep(0.1)

    def _count_repeat(self):
        with self.lock:
            self.repeated += 1

    def _count(self, events, answer):
        assert answer["accepted"] + answer["duplicate"] == len(events), answer
        with self.lock:
            self.duplicates += answer["duplicate"]
            for event in events:
                if event["type"] == "user.session":
                    self.acknowledged[event["account"]] += 1


def _batch(number, sequence):
    """Sessions all over the accounts; now and then a ticket, of which the second at an account starts a play."""
    events = []
    for place in range(BATCH):
        account = f"account-{(sequence * BATCH + place + number * 7) % ACCOUNTS}"
        events.append({"type": "user.session", "id": f"{number}-{sequence}-{place}", "account": account,
                       "user": f"{account}-user-{place % 5}", "data": {"duration_s": sequence}})
    if sequence % 8 == 3:
        account = f"account-{(sequence // 8 * SENDERS + number) % ACCOUNTS}"
        events += [{"type": "ticket.created", "id": f"ticket-{number}-{sequence}-{one}", "account": account,
                    "data": {"ticket": f"T{number}-{sequence}-{one}", "priority": "P1"}} for one in (1, 2)]
    return events


def _start(folder, mailbox, programme, listen):
    arguments = ["--workspace", "acme", "--programme", programme, "--smtp", mailbox.url]
    return Server(folder + "/data", arguments=arguments, listen=listen)


def _make_accounts(client):
    for number in range(ACCOUNTS):
        client.sent("/v1/group", {
            "groupId": f"account-{number}", "userId": "u", "messageId": f"made-{number}",
            "traits": {"name": f"Account {number}", "csm": f"csm-{number}@vendor.example"}})


def _counts(client):
    counts = {}
    for number in range(ACCOUNTS):
        account = client.account(f"account-{number}")
        counts[f"account-{number}"] = int(next(one["value"] or 0 for one in account["metrics"] if one["id"] == COUNT))
    return counts


def _run_and_kill(folder, mailbox, chance):
    programme = _programme(folder)
    server = _start(folder, mailbox, programme, "127.0.0.1:0")
    load = Load(server.workspaces["acme"])
    load.server = server
    _make_accounts(server.client("acme"))
    for thread in load.threads:
        thread.start()
    starts = []
    for _ in range(KILLS):
        time.sleep(chance.uniform(*ROUND_SECONDS))
        server.kill()
        began = time.monotonic()
        server = _start(folder, mailbox, programme, f"127.0.0.1:{server.port}")
        starts.append(time.monotonic() - began)
        load.server = server
    time.sleep(1.5)
    load.stopped.set()
    for thread in load.threads:
        thread.join(60)
    assert not load.failures, load.failures
    return server, load, starts


def _check_mails(client, mailbox):
    outbox = client.all("/outbox")
    assert all(one["state"] == "sent" for one in outbox), collections.Counter(one["state"] for one in outbox)
    copies = collections.Counter(mail[2]["Message-ID"] for mail in mailbox.mails())
    bodies = collections.defaultdict(set)
    for mail in mailbox.mails():
        bodies[mail[2]["Message-ID"]].add(mail[3])
    again = sum(1 for count in copies.values() if count > 1)
    print(f"          mails: {len(outbox)} messages, {sum(copies.values())} copies received, {again} of them twice, "
          f"most copies of one {max(copies.values())}")
    assert len(copies) == len(outbox), "a message was lost or nobody knows of it"
    assert all(len(same) == 1 for same in bodies.values()), "two copies of a message differ"
    # Each kill can catch at most the one delivery that is on its way.
    assert sum(copies.values()) - len(copies) <= KILLS, copies.most_common(5)
    assert max(copies.values()) <= 2, copies.most_common(3)


def _check_plays(client):
    for number in range(ACCOUNTS):
        plays = [one["play"] for one in client.account(f"account-{number}")["plays"]]
        assert len(plays) == len(set(plays)), (number, plays)


@proof("events acknowledged under six kills count exactly once, and messages leave once")
def kills(folder):
    print(f"          seed {SEED}")
    with Mailbox() as mailbox:
        server, load, starts = _run_and_kill(folder, mailbox, random.Random(SEED))
        try:
            client = server.client("acme")
            _check_counts(_settled(client, load), load, starts)
            until("everything is sent", 30, lambda: not [
                one for one in client.all("/outbox") if one["state"] not in ("sent", "failed")])
            _check_mails(client, mailbox)
            _check_plays(client)
        finally:
            server.stop()
        _check_after_stop(folder, mailbox, load)


def _settled(client, load):
    """The counts; an acknowledgement comes before the turn, so that the last ones get a moment to show."""
    deadline = time.monotonic() + 2
    while (found := _counts(client)) != dict(load.acknowledged) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


def _check_counts(found, load, starts):
    sent = {f"account-{number}": load.acknowledged[f"account-{number}"] for number in range(ACCOUNTS)}
    print(f"          {KILLS} kills, {sum(sent.values())} events acknowledged, {sum(found.values())} counted, "
          f"{load.repeated} requests repeated, {load.duplicates} events recognised as seen, {load.refusals} refused "
          f"for a moment, ready again after at most {max(starts):.1f} s")
    wrong = {name: (sent[name], found[name]) for name in sent if sent[name] != found[name]}
    assert not wrong, f"account: (acknowledged, counted) {wrong}"
    assert sum(sent.values()) > 1000, "too little load to prove anything"


def _check_after_stop(folder, mailbox, load):
    """One polite restart more: the same numbers, and not one mail."""
    before = len(mailbox.mails())
    with _start(folder, mailbox, folder + "/programme", "127.0.0.1:0") as server:
        found = _counts(server.client("acme"))
        assert sum(found.values()) == sum(load.acknowledged.values())
        time.sleep(1)
    assert len(mailbox.mails()) == before
    assert not glob.glob(folder + "/data/**/*.tmp", recursive=True)


if __name__ == "__main__":
    main()
