"""A disk on which one call fails: the k-th flush, write or read of a log or a store, under load, at a start and at a stop.
After a failed flush the process ends within a second. Whatever fails, what was acknowledged counts exactly once after the
next start, a message that may have left twice says so, and nothing is answered that is not so.

FAULTS says how many for each kind and moment, spread over the calls that such a moment makes; SEED repeats a run. The planted
bugs need a debug build, and are skipped without."""
import http.client
import os
import random
import signal
import sqlite3
import time

from exactly_once import Deliveries, SentTwice, check_counts, check_nothing_lost, check_plays
from load import WORKSPACE, Load, make_accounts, make_programme
from preloaded import ERROR, LOG, READ, SHORT, STORE, SYNC, WRITE, Machine
from post_office import Mailbox
from proof import Skipped, main, proof
from server import EndedEarly, Server, require_debug_build, until

FAULTS = int(os.environ.get("FAULTS", 2))
SEED = int(os.environ.get("SEED", random.randrange(1_000_000)))
# Of load, in which as many calls are made as faults are spread over.
LOAD_SECONDS = 1.5
DEATH_SECONDS_MAX = 1.0
# What a process may do after a fault that it may outlive.
AFTERLIFE_SECONDS = 0.7
FAULT_SECONDS_MAX = 20
# Flushes of one kind from an event to the record of its mail, and one more.
REST_CALLS = 6
# `EX_SOFTWARE`: storage can no longer be trusted. 1: an error of a command, before it serves.
FATAL, REFUSED = 70, 1
# Small files, so that segments are sealed and the write-ahead file is emptied soon. A release build has them large.
SMALL = {"TENURE_SEGMENT_BYTES": "100000", "TENURE_WAL_BYTES": "2000000"}
UNKNOWN = "the sending was broken off: outcome unknown, sent again"

KINDS = {
    "a flush of the log": (SYNC, [LOG], ERROR),
    "a flush of the store": (SYNC, [STORE], ERROR),
    "a write of the log": (WRITE, [LOG], ERROR),
    "a write of the store": (WRITE, [STORE], ERROR),
    "a write of the log that takes 100 bytes": (WRITE, [LOG], SHORT),
    "a write of the store that takes 100 bytes": (WRITE, [STORE], SHORT),
    "a read of the log": (READ, [LOG], ERROR),
    "a read of the store": (READ, [STORE], ERROR),
}


class CarriedOn(AssertionError):
    """A process that goes on after a failed flush."""


class PatientLoad(Load):
    """A sender whose batch meets the fault is told of an error, and sends it again."""
    refusals_allowed = (429, 503)


class Rig:
    """One data folder on one machine, whose server is started again after each fault."""

    def __init__(self, folder, mailbox, kind, plant=None):
        self.folder, self.mailbox = folder, mailbox
        self.call, self.files, self.way = KINDS[kind]
        self.machine, self.chance = Machine(folder), random.Random(f"{SEED} {kind}")
        self.deliveries = Deliveries(mailbox, folder + "/data")
        make_programme(folder)
        self.server, self.listen, self.tally, self.longest = None, "127.0.0.1:0", {}, 0.0
        self.plant = {}
        self.start()
        make_accounts(self.server.client(WORKSPACE))
        self.plant = {"TENURE_PLANT": plant} if plant else {}

    def start(self):
        arguments = ["--workspace", WORKSPACE, "--programme", self.folder + "/programme", "--smtp", self.mailbox.url]
        self.server = Server(self.folder + "/data", arguments=arguments, listen=self.listen,
                             environment=SMALL | self.machine.environment | self.plant)
        self.listen = f"127.0.0.1:{self.server.port}"

    @property
    def must_die(self):
        return self.call == SYNC

    def seen(self):
        return self.machine.seen(self.call, self.files)

    def arm(self, number):
        self.machine.fail(self.call, self.files, number, self.way)

    def numbers(self, span):
        """So many calls out of the span, one from each part of it."""
        part = max(1.0, span / FAULTS)
        return [max(1, int(place * part + self.chance.random() * part)) for place in range(FAULTS)]

    def note(self, what):
        self.tally[what] = self.tally.get(what, 0) + 1

    def end(self):
        """kill -9, and whatever may have left twice is noted."""
        self.machine.heal()
        self.server.kill()
        self.deliveries.note_kill()

    def check_death(self):
        """From the moment of the fault, seen from outside."""
        failed = time.monotonic()
        if self.must_die:
            code = self._code(DEATH_SECONDS_MAX)
            if code is None:
                raise CarriedOn(f"alive {DEATH_SECONDS_MAX:.0f} s after a flush failed")
            assert code in (FATAL, REFUSED), f"ended with {code} after a failed flush"
            self.longest = max(self.longest, time.monotonic() - failed)
            return self.note("ended")
        code = self._code(AFTERLIFE_SECONDS)
        assert code in (None, FATAL), f"ended with {code}"
        self.note("went on" if code is None else "ended")

    def _code(self, seconds):
        deadline = time.monotonic() + seconds
        while self.server.process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.005)
        return self.server.process.poll()


def _await_fault(rig, load):
    """Load until the fault; False: the call was never made."""
    deadline = time.monotonic() + FAULT_SECONDS_MAX
    while not rig.machine.has_failed:
        if time.monotonic() > deadline:
            return False
        # Readers touch the store, too.
        if rig.call == READ:
            _look(rig.server)
        time.sleep(0.002)
    return True


def _look(server):
    """Whatever is answered while a read fails is so, or an error."""
    client = server.client(WORKSPACE)
    for path in ("/accounts/account-1/timeline", "/outbox", "/signals"):
        try:
            assert client.get(path).status in (200, 503), path
        except OSError:
            return


def _under_load(rig):
    load = PatientLoad(rig.server)
    with load:
        before = rig.seen()
        time.sleep(LOAD_SECONDS)
        span = rig.seen() - before
        for number in rig.numbers(span) if span else []:
            rig.arm(number)
            if _await_fault(rig, load):
                rig.check_death()
            else:
                rig.note("not reached")
            acknowledged = dict(load.acknowledged)
            rig.end()
            rig.start()
            load.server = rig.server
            check_nothing_lost(rig.server.client(WORKSPACE), acknowledged)
            time.sleep(0.3)
        load.stop()
    return load


def _at_rest(rig):
    """One event, its play and its mail on a server that does nothing else: nobody comes after the fault and runs into it."""
    for number in range(1, REST_CALLS + 1):
        client, account = rig.server.client(WORKSPACE), f"at-rest-{number}"
        client.sent("/v1/group", {"groupId": account, "userId": "u", "messageId": account,
                                  "traits": {"name": account, "csm": f"csm-of-{account}@vendor.example"}})
        time.sleep(0.3)
        rig.arm(number)
        try:
            client.post("/v1/events", [{"type": "ticket.created", "id": f"{account}-{one}", "account": account,
                                        "data": {"ticket": f"{account}-{one}", "priority": "P1"}} for one in (1, 2)])
        except (OSError, http.client.HTTPException):
            pass
        deadline = time.monotonic() + 2
        while not rig.machine.has_failed and time.monotonic() < deadline:
            time.sleep(0.002)
        rig.check_death() if rig.machine.has_failed else rig.note("not reached")
        rig.end()
        rig.start()


def _at_starts(rig):
    """What a start does to the disk, after a kill each time."""
    rig.end()
    before = rig.seen()
    rig.start()
    span = rig.seen() - before
    for number in rig.numbers(span) if span else []:
        rig.end()
        rig.arm(number)
        try:
            rig.start()
        except EndedEarly as end:
            assert end.code in (FATAL, REFUSED), f"a start ended with {end.code}: {rig.server.stderr()[-500:]}"
            rig.note("refused to start")
        else:
            rig.check_death() if rig.machine.has_failed else rig.note("not reached")
        rig.end()
        rig.start()


def _at_stops(rig):
    """A polite end."""
    client = rig.server.client(WORKSPACE)
    before = rig.seen()
    assert rig.server.stop() == 0
    span = rig.seen() - before
    rig.start()
    for number in rig.numbers(span) if span else []:
        client = rig.server.client(WORKSPACE)
        client.sent("/v1/track", {"event": "Feature Used", "userId": "u", "messageId": f"stop-{rig.seen()}", "properties": {"feature": "f"},
                                  "context": {"groupId": "account-1"}})
        rig.arm(number)
        code = rig.server.stop()
        assert code in (0, FATAL), f"a stop ended with {code}"
        assert code == FATAL or not (rig.must_die and rig.machine.has_failed), "a stop with a failed flush ended as if all were well"
        rig.note("stopped" if rig.machine.has_failed else "not reached")
        rig.end()
        rig.start()


def _check_mails(rig):
    """Every message came, alike in all its copies; one may come again where the store says that its fate was unknown."""
    client = rig.server.client(WORKSPACE)
    if rig.must_die:
        return rig.deliveries.check(client)
    until("everything is sent", 60, lambda: not [
        one for one in client.all("/outbox") if one["state"] not in ("sent", "failed")])
    unknown = _unknown(rig)
    copies, bodies = {}, set()
    for mail in rig.mailbox.mails():
        name = mail[2]["Message-ID"]
        copies[name] = copies.get(name, 0) + 1
        bodies.add((name, mail[3]))
    assert set(copies) == set(unknown), "a message was lost or nobody knows of it"
    if len(bodies) != len(copies):
        raise SentTwice("two copies of a message differ")
    wrong = {name: (count, 1 + unknown[name]) for name, count in copies.items() if count > 1 + unknown[name]}
    if wrong:
        raise SentTwice(f"message: (copies, at most) {wrong}")
    return f"{len(copies)} messages, {sum(copies.values())} copies, {sum(unknown.values())} of unknown fate"


def _unknown(rig):
    """By message, how often the store says that its fate was unknown."""
    with sqlite3.connect(f"file:{rig.folder}/data/workspaces/{WORKSPACE}/store.sqlite?mode=ro", uri=True) as store:
        rows = store.execute(
            "SELECT message_id, (SELECT count(*) FROM outbox_step WHERE outbox_step.key = outbox.key AND detail = ?) FROM outbox",
            [UNKNOWN]).fetchall()
    store.close()
    return dict(rows)


def _prove(folder, kind, plant=None):
    print(f"          seed {SEED}")
    with Mailbox() as mailbox:
        rig = Rig(folder, mailbox, kind, plant)
        try:
            load = _under_load(rig)
            if rig.must_die:
                _at_rest(rig)
            _at_starts(rig)
            check_counts(rig.server.client(WORKSPACE), load)
            _at_stops(rig)
            counted = check_counts(rig.server.client(WORKSPACE), load)
            check_plays(rig.server.client(WORKSPACE))
            told = _check_mails(rig)
        finally:
            rig.machine.heal()
            if rig.server.is_alive:
                rig.server.kill()
    faults = ", ".join(f"{count} {what}" for what, count in sorted(rig.tally.items()))
    print(f"          {faults}; {counted} events acknowledged and counted, {load.refusals} requests refused, {load.repeated} repeated"
          + (f"; dead after at most {rig.longest * 1000:.0f} ms" if rig.must_die else "") + f"\n          mails: {told}", flush=True)
    assert counted > 500, "too little load to prove anything"
    assert sum(count for what, count in rig.tally.items() if what != "not reached"), "no fault was ever met"


def _register(kind):
    @proof(f"{kind} fails: {'the process ends, and ' if KINDS[kind][0] == SYNC else ''}what was acknowledged counts once")
    def holds(folder):
        _prove(folder, kind)


for _kind in KINDS:
    _register(_kind)


def _finds(folder, kind, plant):
    try:
        require_debug_build()
    except AssertionError as error:
        raise Skipped(str(error)) from None
    try:
        _prove(folder, kind, plant)
    except CarriedOn as found:
        return print(f"          found: {found}")
    raise AssertionError(f"nobody noticed the planted bug {plant}")


@proof("planted: a log that goes on after a failed flush is found")
def log_carries_on(folder):
    _finds(folder, "a flush of the log", "failed-log-sync-ignored")


@proof("planted: a store whose transaction is done again after a failed flush is found")
def store_tries_again(folder):
    _finds(folder, "a flush of the store", "failed-store-sync-retried")


if __name__ == "__main__":
    main()
