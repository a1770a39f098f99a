"""Senders under whom a server may be killed: what is not acknowledged is sent again until it is."""
import collections
import http.client
import os
import shutil
import threading
import time

from server import Client

ACCOUNTS = 24
SENDERS = 4
BATCH = 25
COUNT = "sessions.count.7d"
WORKSPACE = "acme"


def accounts():
    return [f"account-{number}" for number in range(ACCOUNTS)]


def make_programme(folder):
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


def make_accounts(client):
    for name in accounts():
        client.sent("/v1/group", {
            "groupId": name, "userId": "u", "messageId": f"made-{name}",
            "traits": {"name": name.title(), "csm": f"csm-of-{name}@vendor.example"}})


class Load:
    """Senders that go on until told to stop; each batch is repeated until somebody acknowledges it."""

    # What a server may answer instead.
    refusals_allowed = (429, 503)

    def __init__(self, server):
        self.server, self.keys = server, server.workspaces[WORKSPACE]
        self.acknowledged = collections.Counter({name: 0 for name in accounts()})
        self.repeated = self.duplicates = self.refusals = 0
        self.sequences = [0] * SENDERS
        self._failures = []
        self._stopped, self._abandoned = threading.Event(), threading.Event()
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._run, args=(number,)) for number in range(SENDERS)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        """Nobody waits for answers any more, as after a failure."""
        self._stopped.set()
        self._abandoned.set()

    def stop(self):
        """Ends once all that was begun is acknowledged."""
        self._stopped.set()
        for thread in self._threads:
            thread.join(60)
        assert not self._failures, self._failures
        assert not any(thread.is_alive() for thread in self._threads), "a sender was never answered"

    @property
    def total(self):
        with self._lock:
            return self.acknowledged.total()

    def _run(self, number):
        try:
            for sequence in range(1_000_000):
                if self._stopped.is_set():
                    return
                self._deliver(batch(number, sequence))
                self.sequences[number] = sequence + 1
        except Exception as error:  # Reported by `stop`: a thread's exception is otherwise lost.
            self._failures.append(error)

    def _deliver(self, events):
        client = None
        while not self._abandoned.is_set():
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
            assert reply.status in self.refusals_allowed, reply
            self.refusals += 1
            time.sleep(0.1)

    def _count_repeat(self):
        with self._lock:
            self.repeated += 1

    def _count(self, events, answer):
        assert answer["accepted"] + answer["duplicate"] == len(events), answer
        with self._lock:
            self.duplicates += answer["duplicate"]
            for event in events:
                if event["type"] == "user.session":
                    self.acknowledged[event["account"]] += 1


def batch(number, sequence):
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
