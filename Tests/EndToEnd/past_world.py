"""A past whose every day is known: accounts with planted silences, outages and notices, written as the files that
`tenure verdict` reads, and what the programme below makes of it, worked out day by day without the product.

Days are whole numbers from START on. An event is told at the end of the day on which it was recorded; a day's end is
looked at twice, before midnight (today counts) and after it (today is over)."""
import csv
import os
import random
from datetime import datetime, timedelta, timezone

START = datetime(2025, 1, 6, tzinfo=timezone.utc)
DAYS = 260
WATCH = 56
LATE_DAYS = 35

PROGRAMME = """
programme: {id: past, title: Planted past, version: 3, day_one: 0, time_zone: UTC, currency: EUR}
roles:
  - {id: csm, title: Success manager}
events:
  - {type: login, title: Login, activity: true}
  - type: outage.opened
    title: Outage
    fields: {outage: {type: text, required: true}}
    entity: {kind: outage, key: outage, set: {state: "open"}}
  - type: outage.closed
    title: End of an outage
    fields: {outage: {type: text, required: true}}
    entity: {kind: outage, key: outage, set: {state: "closed"}}
entities:
  - id: outage
    title: Outage
    fields: {state: {type: text}}
metrics:
  - {id: logins, title: Logins, meaning: Logins in the window., unit: count, better: up, sum: {event: login}, windows: [7d, 28d]}
  - {id: outages, title: Open outages, meaning: Outages that are open., unit: count, better: down, entities: {kind: outage, aggregate: count, when: 'entity.state == "open"'}}
health:
  id: overall
  version: 1
  coverage_floor: 50
  group_coverage_floor: 50
  hysteresis: 0
  dwell_days: 0
  groups:
    - id: use
      title: Use
      weight: 100
      components:
        - {id: logins, title: Logins of a week, weight: 100, metric: logins.7d, curve: {linear: [[0, 0], [10, 100]]}}
  bands:
    - {id: healthy, title: Healthy, from: 50, tone: good, action: Keep going}
    - {id: weak, title: Weak, from: 0, tone: critical, action: Call}
signals:
  - {id: quiet, title: Nobody came for a week, severity: high, when: 'm("logins.7d") < 1.0', for: 3d, cooldown: 10d}
  - {id: outages, title: Two outages, severity: critical, when: 'm("outages") >= 2.0'}
  - {id: low, title: Score below 30, severity: high, when: 'health.score < 30', clear: 'health.score >= 50'}
  - {id: thin, title: Few logins, severity: medium, when: 'm("logins.28d") < 12.0'}
"""


def day_text(day):
    return (START + timedelta(days=day)).strftime("%Y-%m-%d")


def moment(day, second):
    return (START + timedelta(days=day, seconds=second)).strftime("%Y-%m-%dT%H:%M:%SZ")


class Event:
    def __init__(self, type, day, second, recorded=None, outage="", recorded_second=None):
        self.type, self.day, self.second, self.outage = type, day, second, outage
        self.recorded = day if recorded is None else recorded
        self.recorded_second = second if recorded_second is None else recorded_second


class Account:
    """One account's planted past."""

    def __init__(self, number, kind, notice=None, known_after=0):
        self.id, self.kind, self.notice = f"a-{number:03}", kind, notice
        self.known = None if notice is None else notice + known_after
        self.owner = ["ada", "ben", "cem"][number % 3]
        self.arr = 1000 * (1 + number * 7 % 23)
        self.dice = random.Random(number)
        self.silences = []
        self.late = {}
        self.events = []

    def silent(self, first, last):
        self.silences.append((first, last))

    def live(self, ends):
        """Two logins a working day, one at weekends, none in a silence."""
        for day in range(ends):
            if any(first <= day <= last for first, last in self.silences):
                continue
            for _ in range(2 if day % 7 < 5 else 1):
                self.events.append(Event("login", day, self.dice.randrange(86000), self.late.get(day)))

    def outages(self, day, recorded=None, closed=None, count=2):
        for number in range(count):
            name = f"{self.id}-{day}-{number}"
            self.events.append(Event("outage.opened", day, 40000 + number, recorded, name))
            if closed is not None:
                self.events.append(Event("outage.closed", closed, 50000 + number, None, name))


def planted():
    """Accounts of every kind, with what each lost one must come to."""
    accounts = []

    def add(kind, notice=None, known_after=0):
        accounts.append(Account(len(accounts), kind, notice, known_after))
        return accounts[-1]

    for place, notice in enumerate((150, 171, 198, 230, 243)):
        account = add("in_time", notice, place)  # Silent for good: open ten days after the last login.
        account.silent(notice - 75 - place, DAYS)
    for place, notice in enumerate((160, 214)):
        account = add("in_time", notice)  # Two outages that nobody closed.
        account.outages(notice - 62 - 11 * place)
    for notice in (165, 236):
        add("late", notice).silent(notice - 45, DAYS)
    for notice in (180, 221):
        add("too_late", notice, 2).outages(notice - 4)
    for notice in (158, 203):
        add("missed", notice)
    recovered = add("missed", 245)
    recovered.silent(100, 125)
    for notice in (177, 240):
        # It happened in time, but was typed in when the account had left already.
        add("missed", notice, 1).outages(notice - 70, recorded=notice + 3)
    typed_late = add("late", 209)
    typed_late.outages(209 - 70, recorded=209 - 42)
    buried = add("missed", 233)
    buried.outages(233 - 80, recorded=233 - 40)  # Forty days late: no metric takes it.
    add("not_judged", WATCH + 30).silent(WATCH - 20, DAYS)
    add("before", WATCH - 10)
    add("after", DAYS + 5)
    for first in (70, 101, 142):
        add("kept").silent(first, first + 16)  # False alarms, in which nobody came for a while.
    flapping = add("kept")
    for first in (90, 114, 138):
        flapping.silent(first, first + 13)
    add("kept").outages(30, closed=80)  # Stood before the watch began.
    add("kept").outages(120, closed=121)
    add("kept").silent(DAYS - 30, DAYS)  # Nobody knows yet what it is worth.
    unheard = add("kept")
    unheard.late = {day: day + 14 for day in range(110, 128)}  # A collector that hung: no silence at all, told late.
    for place in range(3):
        add("kept")
    for place in range(6):  # Whatever comes, with a dice of its own.
        account = add("any", 130 + 17 * place if place % 2 else None, place)
        for _ in range(3):
            first = account.dice.randrange(10, DAYS - 20)
            account.silent(first, first + account.dice.randrange(3, 25))
        account.outages(account.dice.randrange(60, 200), closed=account.dice.randrange(200, 250))
        account.late = {day: day + account.dice.randrange(0, 9) for day in range(0, DAYS, 3)}
    for account in accounts:
        account.live(DAYS if account.notice is None else min(DAYS, account.notice + 20))
        account.events = [event for event in account.events if event.recorded < DAYS]
    return accounts


def write(folder, accounts, churn=None, recorded="recorded_at", shuffled=False):
    """The files. `recorded` names the column: another name hides it; None leaves it out."""
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "accounts.csv"), "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "name", "arr", "csm"])
        rows.writerows([a.id, f"Account {a.id}", a.arr, a.owner] for a in accounts)
    with open(os.path.join(folder, "churn.csv"), "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["account", "notice", "reason", "recorded_at"])
        rows.writerows([a.id, day_text(a.notice), "budget", day_text(a.known)]
                       for a in (accounts if churn is None else churn) if a.notice is not None)
    lines = [[a.id, e.type, moment(e.day, e.second), "u1" if e.type == "login" else "", f"{a.id}-{n}", e.outage]
             + ([moment(e.recorded, e.recorded_second)] if recorded else [])
             for a in accounts for n, e in enumerate(a.events)]
    if shuffled:
        random.Random(7).shuffle(lines)
    with open(os.path.join(folder, "events.csv"), "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["account", "type", "time", "user", "id", "outage"] + ([recorded] if recorded else []))
        rows.writerows(lines)
    with open(os.path.join(folder, "programme.yaml"), "w") as file:
        file.write(PROGRAMME)


# What the programme makes of it.

RULES = ["quiet", "outages", "low", "thin", "band:weak"]
COUNTED = ["quiet", "outages", "low"]


class Signal:
    """The life of one signal. A moment is (day, phase): facts are told in 0, waits end in 1, midnight is 2."""

    def __init__(self, wait=0, pause=0):
        self.wait, self.pause = wait, pause
        self.is_open, self.since, self.raised = False, None, None

    def look(self, now, holds, clears):
        if self.is_open:
            if clears:
                self.is_open, self.since = False, None
            return
        if not holds:
            self.since = None
            return
        if self.wait:
            self.since = self.since or now
            if now < self.end(self.since, self.wait):
                return
        if self.pause and self.raised and now < self.end(self.raised, self.pause):
            return
        self.is_open, self.raised = True, now

    @staticmethod
    def end(since, days):
        """Facts of later days are told a little earlier before midnight, so a wait that began with them ends after."""
        day, phase = since
        return (day + days, max(1, phase))

    def is_due(self, now):
        return (self.since and self.wait and self.end(self.since, self.wait) == now
                or self.raised and self.pause and not self.is_open and self.end(self.raised, self.pause) == now)


def stretches(account):
    """By rule, the days at whose end it stood open; and the first day on which the account was known."""
    told = {}
    for event in account.events:
        told.setdefault(event.recorded, []).append(event)
    known = min(told) if told else 0
    signals = {"quiet": Signal(3, 10), "outages": Signal(), "low": Signal(), "thin": Signal()}
    open_days = {rule: set() for rule in RULES}
    logins, outages, has_begun = {}, {}, False
    for day in range(known, DAYS):
        facts = told.get(day, [])
        for event in facts:
            if event.recorded - event.day > LATE_DAYS:
                continue
            has_begun = True
            if event.type == "login":
                logins[event.day] = logins.get(event.day, 0) + 1
            else:
                key = (event.day, event.second)
                outages[event.outage] = max(outages.get(event.outage, ((-1, 0), "")), (key, event.type))
        if not has_begun:
            continue
        for phase in (0, 1, 2):
            now = (day, phase)
            if phase == 0 and not facts or phase == 1 and not any(s.is_due(now) for s in signals.values()):
                continue
            today = day if phase < 2 else day + 1
            week = sum(logins.get(d, 0) for d in range(today - 7, today + 1))
            month = sum(logins.get(d, 0) for d in range(today - 28, today + 1))
            score = min(100, 10 * week)
            count = sum(last == "outage.opened" for _, last in outages.values())
            signals["quiet"].look(now, week < 1, week >= 1)
            signals["outages"].look(now, count >= 2, count < 2)
            signals["low"].look(now, score < 30, score >= 50)
            signals["thin"].look(now, month < 12, month >= 12)
        for rule, signal in signals.items():
            if signal.is_open:
                open_days[rule].add(day)
        if score < 50:
            open_days["band:weak"].add(day)
    return open_days, known
