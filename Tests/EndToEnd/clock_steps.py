"""The wall clock is put forward and back by minutes, a day and a year, while the server runs and between a kill and the next
start. Timers fire once, at their own instant and never early; no day is lost; decisions stay in order; caps hold; nothing has
taken less than no time; what a clock that was ahead has begun does not outlive it.

Where the clock goes back, a workspace's time stands still until it comes to the last commit again: `shown` below is the
clock's highest reading. When timers are due is computed here (`business_time.py`). The planted bugs need a debug build, and
are skipped without."""
import collections
import re
import sqlite3
import time
import urllib.parse
from datetime import datetime, timedelta, timezone

from business_time import CALENDARS, instant
from load import WORKSPACE
from preloaded import Machine
from post_office import Mailbox
from proof import Skipped, main, proof
from server import Browser, Server, require_debug_build, until

MINUTES, DAY, YEAR = 7 * 60, 86_400, 365 * 86_400
STEPS = [MINUTES, -MINUTES, DAY, -DAY, DAY, YEAR, -YEAR]
# Beyond all timers that were set before.
BEYOND = YEAR + 40 * DAY
# The clock is looked at once a second, the outbox five times.
SETTLE_SECONDS = 2.5
# The first step of the play for urgent tickets: the mails with which it starts, and the one when it is overdue.
DUE = "4bh"
BRIEF, OVERDUE = "support_brief", "Agree on the order"
NEGATIVE = re.compile(r"(?<![\w.:-])[-\u2212]\d+(?:\.\d+)?\s?(?:ms|s|seconds?|min|minutes?|h|hours?|d|days?|weeks?|months?)\b")
PAGES = ["/", "/today?person=all", "/accounts", "/accounts/stepped-0", "/signals", "/outbox", "/data", "/settings/keys",
         "/portfolio", "/versions"]


class NotInTime(AssertionError):
    """Something happened too early, too late, or at a time that was over."""


class Rig:
    """A server on a machine whose clock is stepped, and an account more at each step, whose play has a timer."""

    def __init__(self, folder, mailbox, plant=None):
        self.folder, self.mailbox, self.machine = folder, mailbox, Machine(folder)
        self.plant = {"TENURE_PLANT": plant} if plant else {}
        self.shown, self.accounts, self.days = 0.0, 0, set()
        self.start()

    def start(self):
        arguments = ["--workspace", WORKSPACE, "--smtp", self.mailbox.url]
        self.server = Server(self.folder + "/data", arguments=arguments, environment=self.machine.environment | self.plant)
        self.client = self.server.client(WORKSPACE)

    def look_at_clock(self):
        self.shown = max(self.shown, time.time() + self.machine.clock_seconds)
        self.days.add(self.highest.date())

    @property
    def highest(self):
        return datetime.fromtimestamp(self.shown, timezone.utc)

    def step(self, seconds):
        self.look_at_clock()
        self.machine.step_clock(seconds)
        self.look_at_clock()

    def settle(self):
        time.sleep(SETTLE_SECONDS)
        self.look_at_clock()
        self.check_not_early()

    def add_account(self):
        """Two urgent tickets start the play: two mails at once, and one when its first step is overdue."""
        name = f"stepped-{self.accounts}"
        self.accounts += 1
        self.client.sent("/v1/group", {"groupId": name, "userId": "u", "messageId": name,
                                       "traits": {"name": name.title(), "csm": "ana@vendor.example"}})
        self.client.sent("/v1/events", [
            {"type": "ticket.created", "id": f"{name}-{one}", "account": name, "data": {"ticket": f"{name}-{one}", "priority": "P1"}}
            for one in (1, 2)])

    def outbox(self):
        return self.client.all("/outbox")

    def check_not_early(self):
        rows = self.outbox()
        self.look_at_clock()
        early = [row for row in rows if instant(row["created"]) > self.highest]
        if early:
            raise NotInTime(f"made before the clock showed {early[0]['created']}: {early[0]['key']}")

    def store(self, query):
        with sqlite3.connect(f"file:{self.folder}/data/workspaces/{WORKSPACE}/store.sqlite?mode=ro", uri=True) as store:
            rows = store.execute(query).fetchall()
        store.close()
        return rows


def _restart(rig, number):
    """Killed and stopped in turn."""
    if number % 2:
        rig.server.kill()
    else:
        assert rig.server.stop() == 0


def _briefs(rig):
    return [row for row in rig.outbox() if row["template"] == BRIEF]


def _overdue(rig):
    return [row for row in rig.outbox() if row["template"] == "step_overdue" and OVERDUE in row["subject"]]


def _check_timers(rig):
    """By account: one step overdue, made at the very instant that the calendar gives, however late the clock showed it."""
    briefs, overdue = _briefs(rig), _overdue(rig)
    assert len(briefs) == 2 * rig.accounts, (len(briefs), rig.accounts)
    began = {row["account"]: instant(row["created"]) for row in briefs}
    assert len(began) == rig.accounts, (len(began), rig.accounts)
    fired = collections.Counter(row["account"] for row in overdue)
    if any(count != 1 for count in fired.values()) or set(fired) != set(began):
        raise NotInTime(f"timers that fired, of {rig.accounts}: {dict(fired)}")
    for row in overdue:
        due = CALENDARS["starter"].plus(began[row["account"]], DUE)
        # Opening hours are whole; what is left of an hour is exact to the millisecond.
        if abs(instant(row["created"]) - due) > timedelta(milliseconds=1):
            raise NotInTime(f"the timer of {row['account']} was due at {due}, and fired at {row['created']}")
    return len(overdue)


def _check_mails(rig):
    """Everything that has a recipient left, each once."""
    try:
        until("every mail", 60, lambda: all(row["state"] in ("sent", "failed") for row in rig.outbox()))
    except AssertionError:
        waiting = [row for row in rig.outbox() if row["state"] not in ("sent", "failed")]
        raise NotInTime(f"{len(waiting)} mails wait, the first until {waiting[0]['due']}: {waiting[0]['detail']}") from None
    rows = rig.outbox()
    sent = sum(row["state"] == "sent" for row in rows)
    # Nobody at an account is known, so that what a play has for a customer has no recipient.
    assert all(row["attempts"] == 0 for row in rows if row["state"] == "failed"), rows
    names = collections.Counter(mail[2]["Message-ID"] for mail in rig.mailbox.mails())
    assert len(names) == sent and set(names.values()) == {1}, (sent, names.most_common(3))


def _check_days(rig):
    """No day is left out between an account's first and its last, and all have the same last."""
    days = collections.defaultdict(list)
    for account, day in rig.store("SELECT account, day FROM daily ORDER BY account, day"):
        days[account].append(day)
    assert len(days) == rig.accounts, (len(days), rig.accounts)
    for account, found in days.items():
        assert found == list(range(found[0], found[-1] + 1)), f"{account}: days are missing"
    yesterday = (rig.highest.date() - datetime(1970, 1, 1).date()).days - 1
    last = {found[-1] for found in days.values()}
    assert len(last) == 1 and last <= {yesterday, yesterday - 1}, (last, yesterday)
    return sum(len(found) for found in days.values())


def _check_order(rig):
    """Decisions of an account in the order of their places are in the order of time, and none is of a time to come."""
    latest = {}
    for account, at, position, ordinal in rig.store("SELECT account, at, position, ordinal FROM decision ORDER BY position, ordinal"):
        if at < latest.get(account, 0):
            raise NotInTime(f"{account}: the decision {position}/{ordinal} is older than the one before")
        latest[account] = at
    rig.look_at_clock()
    assert latest and max(latest.values()) <= rig.shown * 1000 + 1000, "a decision of a time to come"


def _check_told_times(rig):
    """What the API and the counters say has taken less than no time."""
    def walk(value, name):
        if isinstance(value, dict):
            for key, one in value.items():
                walk(one, key)
        elif isinstance(value, list):
            for one in value:
                walk(one, name)
        elif isinstance(value, (int, float)) and re.search(r"second|_ms$|minute|hour|duration|(^|_)age", name):
            assert value >= 0, (name, value)

    for path in ("/accounts/stepped-0", "/accounts/stepped-0/timeline", "/outbox", "/signals", "/data"):
        reply = rig.client.get(path)
        assert reply.status == 200, (path, reply)
        walk(reply.json, "")
    for line in rig.client.call("GET", "/metrics").text.splitlines():
        assert line.startswith("#") or float(line.rpartition(" ")[2]) >= 0, line


def _check_shown_times(rig):
    """The same of what people read; the link of a start signs in once."""
    browser = Browser(rig.server)
    for path in PAGES:
        page = browser.page(path)
        assert page.status == 200, (path, page)
        found = NEGATIVE.search(re.sub(r"<[^>]*>", " ", page.text))
        assert not found, f"{path}: {found[0]}"


def _check_all(rig):
    timers = _check_timers(rig)
    _check_mails(rig)
    days = _check_days(rig)
    _check_order(rig)
    _check_told_times(rig)
    return f"{timers} timers fired once and at their instant, {days} days closed, {len(rig.mailbox.mails())} mails left once"


def _prove(folder, restarts, plant=None):
    with Mailbox() as mailbox:
        rig = Rig(folder, mailbox, plant)
        try:
            rig.add_account()
            rig.settle()
            for number, seconds in enumerate([*STEPS, BEYOND]):
                if restarts:
                    _restart(rig, number)
                rig.step(seconds)
                if restarts:
                    rig.start()
                if number < len(STEPS):
                    rig.add_account()
                    rig.settle()
                    # Also what was made while the clock was back leaves at once.
                    _check_mails(rig)
                    _check_told_times(rig)
                    if restarts:
                        _check_shown_times(rig)
            until("every day and timer", 60, lambda: rig.look_at_clock() or _is_done(rig))
            told = _check_all(rig)
            rig.server.kill()
            rig.start()
            assert _check_all(rig) == told, "a start changed what was there"
            _check_shown_times(rig)
            print(f"          {len(STEPS) + 1} steps: {told}", flush=True)
        finally:
            if rig.server.is_alive:
                rig.server.kill()


def _is_done(rig):
    return len(_overdue(rig)) >= rig.accounts


@proof("the clock steps while the server runs: timers fire once and in time, no day is lost, order holds")
def running(folder):
    _prove(folder, restarts=False)


@proof("the clock steps between a kill or a stop and the next start: the same")
def over_restarts(folder):
    _prove(folder, restarts=True)


@proof("caps hold over steps of the clock: a person gets one mail a day, and a day that comes twice is one day")
def caps(folder):
    with Mailbox() as mailbox:
        rig = Rig(folder, mailbox)
        try:
            assert rig.client.command("PUT", "/sending/limits/team", {"day_max": 1}).status == 200
            for seconds in [0, MINUTES, -MINUTES, -DAY, DAY, DAY, -DAY, DAY, YEAR, -YEAR, YEAR]:
                rig.step(seconds)
                rig.add_account()
                time.sleep(SETTLE_SECONDS)
                rig.look_at_clock()
                _check_cap(rig)
            got = _mails_of(rig)
            assert got["ana@vendor.example"] == len(rig.days), (got, rig.days)
            print(f"          {rig.accounts} plays on {len(rig.days)} days: {dict(got)}")
        finally:
            rig.server.kill()


def _mails_of(rig):
    return collections.Counter(address for mail in rig.mailbox.mails() for address in mail[1])


def _check_cap(rig):
    over = {address: count for address, count in _mails_of(rig).items() if count > len(rig.days)}
    assert not over, f"more than one mail a day, of {len(rig.days)} days: {over}"


def _sessions(folder, plant=None):
    """A start of a clock that is a year ahead; then the clock is put right."""
    with Mailbox() as mailbox:
        rig = Rig(folder, mailbox, plant)
        try:
            rig.server.kill()
            rig.machine.step_clock(YEAR)
            rig.start()
            browser = Browser(rig.server)
            assert browser.page("/").status == 200
            rig.server.kill()
            rig.start()
            browser.server = rig.server
            assert browser.page("/").status == 200, "a session survives a start"
            link = rig.server.sign_in
            rig.machine.step_clock(-YEAR)
            assert browser.page("/").status == 303, "a session of a clock that was ahead still holds"
            reply = rig.client.call("POST", urllib.parse.urlparse(link).path, b"")
            assert reply.status != 303 or not reply.headers["Set-Cookie"], "a link of a clock that was ahead still works"
            rig.server.kill()
            rig.start()
            browser.server = rig.server
            assert browser.page("/").status == 303, "the next start forgot that the session was over"
            own = Browser(rig.server)
            assert own.page("/").status == 200
            rig.machine.step_clock(12 * 3600 + 1)
            assert own.page("/").status == 303
        finally:
            rig.server.kill()


@proof("sessions and links of a clock that was a year ahead are over once it is put right")
def sessions(folder):
    _sessions(folder)


def _found(function, kind):
    try:
        require_debug_build()
    except AssertionError as error:
        raise Skipped(str(error)) from None
    try:
        function()
    except kind as found:
        return print(f"          found: {found}")
    raise AssertionError("nobody noticed the planted bug")


@proof("planted: a workspace that believes a clock that was put back is found")
def goes_back(folder):
    _found(lambda: _prove(folder, restarts=False, plant="clock-goes-back"), NotInTime)


@proof("planted: sessions that last until the end of a clock that was ahead are found")
def immortal(folder):
    _found(lambda: _sessions(folder, plant="immortal-sessions"), AssertionError)


if __name__ == "__main__":
    main()
