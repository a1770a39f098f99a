"""Compares what the binary said of an account with the truth, and finds out whether a wrong day would be noticed."""
import os
from concurrent.futures import ProcessPoolExecutor
from datetime import date

from known import DAY, Known, Story, day_start, text, wall_time
from registry import DEFINITIONS, is_stale, split, value
from world import World

LOOKS = ("late", "corrected", "erased")


class Tally:
    def __init__(self):
        self.known, self.values, self.wrong, self.examples = 0, set(), 0, []
        self.touched = dict.fromkeys(LOOKS, 0)
        self.found = {"day": 0, "window": 0, "silence": 0}
        self.stale = 0

    def add(self, other):
        self.known += other.known
        self.values |= other.values
        self.wrong += other.wrong
        self.stale += other.stale
        self.examples += other.examples
        for name in LOOKS:
            self.touched[name] += other.touched[name]
        for name in self.found:
            self.found[name] += other.found[name]


def agrees(name, said, known, truth):
    """Whether the said value (None: unknown) is the true one, within what the definition leaves open."""
    definition = DEFINITIONS[split(name)[0]]
    if definition.near and definition.near(known):
        return True
    if said is None or truth is None:
        return said is None and truth is None
    return abs(said - truth) <= max(1e-9, definition.tolerance * abs(truth))


def differs(name, known, other):
    one, another = value(known, name), value(other, name)
    if one is None or another is None:
        return one is not another
    return abs(one - another) > max(1e-6, 2 * DEFINITIONS[split(name)[0]].tolerance * abs(one))


# Which facts are as if they had never come.
IGNORED = {"late": "late", "corrected": "correction", "erased": "erasure"}


def judge(world, account, rows, names, at, close):
    """Compares one account; `close` says which days are looked at closely, for what touched them and for planted mistakes."""
    zone, facts = world.zone(account), world.by_account[account]
    story = Story(facts)
    others = {look: Story(facts, lambda fact, kind=kind: fact.kind != kind) for look, kind in IGNORED.items()}
    tallies = {name: Tally() for name in names}
    for row in rows:
        day = date.fromisoformat(row["day"]).toordinal()
        now = day_start(zone, day + 1) if at is None else wall_time(zone, day, *map(int, at.split(":")))
        assert row["at"].replace("Z", "") == text(now)[:-1].removesuffix(".000"), (row["at"], text(now))
        known = Known(story, zone, now, day + 1 if at is None else day, world)
        for name in names:
            compare(name, tallies[name], row, account, known)
        if close(day):
            look_closely(story, others, row, known, names, tallies)
    return tallies


def compare(name, tally, row, account, known):
    said, truth = row["metrics"].get(name), value(known, name)
    if not agrees(name, said, known, truth):
        tally.wrong += 1
        tally.examples.append(f"{account} {row['day']}: said {said} {row['unknown'].get(name, '')}, is {truth}")
        del tally.examples[3:]
    compare_silence(name, tally, row, account, known)
    if truth is not None:
        tally.known += 1
        if len(tally.values) < 40:
            tally.values.add(round(float(truth), 9))


def compare_silence(name, tally, row, account, known):
    """When the source is silent for everybody, the reason is that and no other; taking the silence for nothing would show."""
    stale, reason = is_stale(known, name), row["unknown"].get(name)
    if DEFINITIONS[split(name)[0]].silent and (reason == "stale") != stale:
        tally.wrong += 1
        tally.examples.append(f"{account} {row['day']}: unknown as {reason}, the source is {'' if stale else 'not '}silent")
        del tally.examples[3:]
    if stale:
        tally.stale += 1
        id, days = split(name)
        tally.found["silence"] += DEFINITIONS[id].function(known, days) is not None


def look_closely(story, others, row, known, names, tallies):
    """What late, corrected and erased facts changed; whether the day before, or another window, would have been noticed."""
    without = {look: Known(other, known.zone, known.now, known.today, known.sources) for look, other in others.items()}
    yesterday = Known(story, known.zone, known.now - DAY, known.today - 1, known.sources)
    shifted = known.shifted(1)
    for name in names:
        tally, said = tallies[name], row["metrics"].get(name)
        for look, other in without.items():
            tally.touched[look] += differs(name, known, other)
        tally.found["day"] += not agrees(name, said, yesterday, value(yesterday, name))
        tally.found["window"] += not agrees(name, said, shifted, value(shifted, name))


_worlds = {}


def judge_all(world, said, names, at, close_every):
    total = {name: Tally() for name in names}
    _worlds[world.seeded] = world  # Processes that are forked from here know it already.
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        futures = [pool.submit(judge_one, world.seeded, account, rows, names, at, close_every) for account, rows in said.items()]
        for future in futures:
            for name, tally in future.result().items():
                total[name].add(tally)
    return total


def judge_one(seeded, account, rows, names, at, close_every):
    """In a process of its own, which makes the world again: it follows from its numbers."""
    if seeded not in _worlds:
        _worlds[seeded] = World(*seeded)
    return judge(_worlds[seeded], account, rows, names, at, lambda day: day % close_every == 0)
