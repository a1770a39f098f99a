"""What must hold after kills: what was acknowledged counts once, a message leaves once. The events are counted through
the API; a second copy of a mail is allowed only where a kill fell between the mail server's 250 and the record of it."""
import collections
import glob
import os
import shutil
import sqlite3
import tempfile
import time

from load import COUNT, WORKSPACE, accounts
from server import until

# An acknowledgement comes before the turn. How long that takes is the machine's to say; what is lost never comes.
COUNTED_SECONDS_MAX = 30


class Miscount(AssertionError):
    """Events that are missing and events that count more than once, by account."""

    def __init__(self, acknowledged, counted):
        self.lost = sum(max(0, acknowledged[name] - counted[name]) for name in counted)
        self.twice = sum(max(0, counted[name] - acknowledged[name]) for name in counted)
        super().__init__(f"{self.lost} acknowledged events are missing, {self.twice} count twice")


def counts(client):
    found = {}
    for name in accounts():
        metrics = client.account(name)["metrics"]
        found[name] = int(next(one["value"] or 0 for one in metrics if one["id"] == COUNT))
    return found


def check_counts(client, load):
    """The last ones get time to show. Returns the sum."""
    began = time.monotonic()
    while (found := counts(client)) != dict(load.acknowledged) and time.monotonic() - began < COUNTED_SECONDS_MAX:
        time.sleep(0.05)
    if found != dict(load.acknowledged):
        raise Miscount(load.acknowledged, found)
    if (waited := time.monotonic() - began) > 2:
        print(f"          the last acknowledged events counted after {waited:.1f} s", flush=True)
    return sum(found.values())


def check_nothing_lost(client, acknowledged):
    """What the senders had an answer for counts within a moment: it may wait for its turn again. What they send meanwhile
    counts too, so that only the last check, of the same numbers, sees a loss that new events hide."""
    deadline = time.monotonic() + COUNTED_SECONDS_MAX
    while any((found := counts(client))[name] < count for name, count in acknowledged.items()):
        if time.monotonic() > deadline:
            raise Miscount({name: acknowledged[name] for name in found},
                           {name: min(found[name], acknowledged[name]) for name in found})
        time.sleep(0.01)


def check_plays(client):
    for name in accounts():
        plays = [one["play"] for one in client.account(name)["plays"]]
        assert len(plays) == len(set(plays)), (name, plays)


class SentTwice(AssertionError):
    """Messages whose copies are not as many as the kills explain, or not alike."""


class Deliveries:
    """Which messages may come twice, noted at each kill."""

    def __init__(self, mailbox, data):
        self.mailbox, self.data = mailbox, data
        self.again = collections.Counter()
        self._seen = 0

    def note_kill(self):
        """Between a kill and the next start: what the mail server took since the last start and the store still holds
        for being sent will be sent again."""
        until("the mail server has dealt with the dead process", 10, lambda: self.mailbox.sessions == 0, pause=0.01)
        mails = self.mailbox.mails()
        taken = {mail[2]["Message-ID"] for mail in mails[self._seen:]}
        self._seen = len(mails)
        found = taken & self._being_sent()
        self.again.update(found)
        return found

    def _being_sent(self):
        """Read from a copy, so that the proof changes nothing of what the kill left."""
        with tempfile.TemporaryDirectory() as folder:
            for path in glob.glob(f"{self.data}/workspaces/{WORKSPACE}/store.sqlite*"):
                if not path.endswith("-shm"):
                    shutil.copy(path, folder)
            store = sqlite3.connect(os.path.join(folder, "store.sqlite"))
            has_outbox = store.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'outbox'").fetchone()[0]
            rows = store.execute("SELECT message_id FROM outbox WHERE state = 'sending'").fetchall() if has_outbox else []
            store.close()
        return {row[0] for row in rows}

    def check(self, client):
        """Every message came, alike in all its copies, and as often as it had to. Returns a line that tells."""
        until("everything is sent", 60, lambda: not [
            one for one in client.all("/outbox") if one["state"] not in ("sent", "failed")])
        outbox = client.all("/outbox")
        assert all(one["state"] == "sent" for one in outbox), collections.Counter(one["state"] for one in outbox)
        mails = self.mailbox.mails()
        copies = collections.Counter(mail[2]["Message-ID"] for mail in mails)
        bodies = {(mail[2]["Message-ID"], mail[3]) for mail in mails}
        assert len(copies) == len(outbox), "a message was lost or nobody knows of it"
        if len(bodies) != len(copies):
            raise SentTwice("two copies of a message differ")
        wrong = {name: (count, 1 + self.again[name]) for name, count in copies.items() if count != 1 + self.again[name]}
        if wrong:
            raise SentTwice(f"message: (copies, expected) {wrong}")
        return (f"{len(outbox)} messages, {len(mails)} copies; {self.again.total()} kills fell between the mail "
                f"server's 250 and the record of it")
