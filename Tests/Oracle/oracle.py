"""An oracle for the metric catalogue: every metric of a generated year, computed from the raw facts and compared with what
the built binary says. It shares no code with the engine and reads of the definitions nothing but their names.

    TENURE=.build/release/tenure python3 Tests/Oracle/oracle.py           a year of 30 accounts
    TENURE=.build/debug/tenure   python3 Tests/Oracle/oracle.py --small   a few accounts and weeks, for every change
    --keep FOLDER keeps the facts and what was said of them; --metric ID tells of one metric in detail.

Ends with `N passed, N failed`: one for each metric and each look."""
import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from bisect import bisect_left
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import define_adoption, define_commercial, define_onboarding, define_reliability, define_support, define_use, define_voice  # noqa: E402,F401,E401
import world_events  # noqa: E402
import delivery  # noqa: E402
from known import DAY, HOUR, MINUTE, Known, day_start, local_day, text, wall_time  # noqa: E402
from registry import DEFINITIONS, split, value  # noqa: E402
from world_terms import BOOLEAN, ZONES, programme  # noqa: E402

CATALOGUE = Path(__file__).parents[2] / "Programmes/catalogue"
LOOKS = ("late", "corrected", "erased")


class World:
    def __init__(self, accounts, first, days, seed, batch):
        delivery.BATCH[0] = batch
        self.first, self.last = first, first + days - 1
        world_events.SILENT = (first + days // 2, first + days // 2 + 4)
        dice = random.Random(seed)
        self.stories = []
        for number in range(accounts):
            size = 0.15 * 14 ** (number / max(1, accounts - 1))
            start = first + (dice.randrange(0, days // 6) if number % 3 else 0)
            self.stories.append(world_events.Story(f"a{number:02}", ZONES[number % len(ZONES)], size, start, self.last, seed))
        for story in self.stories:
            story.live()
        self.facts = delivery.deliver(self.stories, day_start("UTC", self.last + 2), seed)
        self.zones = {story.name: story.zone for story in self.stories}
        self.by_account = {story.name: [] for story in self.stories}
        self.recorded, seen = {}, set()
        for fact in self.facts:
            self.by_account[fact.account].append(fact)
            fact.day = local_day(self.zone(fact.account), fact.occurred)
            if fact.id not in seen:
                seen.add(fact.id)
                self.recorded.setdefault(fact.type, []).append(fact.recorded)

    def zone(self, account):
        return self.zones[account]

    def heard(self, type, now):
        place = bisect_left(self.recorded.get(type, []), now)
        return self.recorded[type][place - 1] if place else None


def references():
    """Names of the catalogue's metrics with their windows; nothing else is read."""
    found = []
    for path in sorted(CATALOGUE.glob("*.yaml")):
        _, _, metrics = path.read_text().partition("\nmetrics:\n")
        for entry in re.split(r"^  - ", metrics, flags=re.M)[1:]:
            id = re.match(r"\{?id: ([\w.]+)", entry)[1]
            windows = re.search(r"windows: \[([\w, ]+)\]", entry)
            found += [f"{id}.{window.strip()}" for window in windows[1].split(",")] if windows else [id]
    return found


# What the binary says

def replay(world, folder, at=None):
    first, last = (date.fromordinal(day).isoformat() for day in (world.first, world.last))
    command = [os.environ["TENURE"], "replay", f"{folder}/facts.ndjson", "--programme", f"{folder}/programme",
               "--from", first, "--to", last] + (["--at", at] if at else [])
    path = f"{folder}/said-{(at or 'end').replace(':', '')}.ndjson"
    with open(path, "w") as out:
        result = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, text=True)
    assert result.returncode == 0, f"exit {result.returncode}: {result.stderr[-3000:]}"
    said = {}
    with open(path) as lines:
        for line in lines:
            row = json.loads(line)
            if "account" in row:
                said.setdefault(row["account"], []).append(row)
            else:
                counts = row
    return said, counts


def write(world, folder, names):
    os.makedirs(f"{folder}/programme", exist_ok=True)
    Path(f"{folder}/programme/programme.yaml").write_text(programme(names))
    with open(f"{folder}/facts.ndjson", "w") as file:
        for fact in world.facts:
            file.write(json.dumps(fact.line()) + "\n")


# Comparing

class Tally:
    def __init__(self):
        self.known, self.values, self.wrong, self.examples = 0, set(), 0, []
        self.touched = dict.fromkeys(LOOKS, 0)
        self.found = {"day": 0, "window": 0}

    def add(self, other):
        self.known += other.known
        self.values |= other.values
        self.wrong += other.wrong
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


IGNORED = {"late": ("late",), "corrected": ("correction",), "erased": ("erasure",)}


def judge(world, account, rows, names, at, close):
    """Compares one account; `close` says which days are looked at closely, for what touched them and for planted mistakes."""
    zone, facts = world.zone(account), world.by_account[account]
    tallies = {name: Tally() for name in names}
    for row in rows:
        day = date.fromisoformat(row["day"]).toordinal()
        now = day_start(zone, day + 1) if at is None else wall_time(zone, day, *map(int, at.split(":")))
        assert row["at"].replace("Z", "") == text(now)[:-1].removesuffix(".000"), (row["at"], text(now))
        today = day + 1 if at is None else day
        known = Known(facts, zone, now, today, world.heard)
        for name in names:
            tally, said = tallies[name], row["metrics"].get(name)
            truth = value(known, name)
            if not agrees(name, said, known, truth):
                tally.wrong += 1
                tally.examples.append(f"{account} {row['day']}: said {said} {row['unknown'].get(name, '')}, is {truth}")
                del tally.examples[3:]
            if truth is not None:
                tally.known += 1
                if len(tally.values) < 40:
                    tally.values.add(round(float(truth), 9))
        if close(day):
            look_closely(world, account, row, known, names, tallies)
    return tallies


def look_closely(world, account, row, known, names, tallies):
    facts = world.by_account[account]
    others = {look: Known(facts, known.zone, known.now, known.today, world.heard, lambda f, k=kinds: f.kind not in k)
              for look, kinds in IGNORED.items()}
    yesterday = Known(facts, known.zone, known.now - DAY, known.today - 1, world.heard)
    shifted = known.shifted(1)
    for name in names:
        tally, said = tallies[name], row["metrics"].get(name)
        for look, other in others.items():
            tally.touched[look] += differs(name, known, other)
        tally.found["day"] += not agrees(name, said, yesterday, value(yesterday, name))
        tally.found["window"] += not agrees(name, said, shifted, value(shifted, name))


def judge_all(world, said, names, at, close_every):
    total = {name: Tally() for name in names}
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        futures = [pool.submit(judge_one, world.seeded, account, rows, names, at, close_every) for account, rows in said.items()]
        for future in futures:
            for name, tally in future.result().items():
                total[name].add(tally)
    return total


_worlds = {}


def judge_one(seeded, account, rows, names, at, close_every):
    """In a process of its own, which makes the world again: it follows from its numbers."""
    if seeded not in _worlds:
        _worlds[seeded] = World(*seeded)
    return judge(_worlds[seeded], account, rows, names, at, lambda day: day % close_every == 0)


# Reporting

def mistakes(name, tally, known_min, values_min, is_close):
    """What is not as it must be, in words."""
    wrong = []
    needed = 2 if tally.values <= {0.0, 1.0} and split(name)[0] in BOOLEAN else values_min
    if tally.wrong:
        wrong.append(f"{tally.wrong} disagreements")
    if tally.known < known_min:
        wrong.append(f"only {tally.known} known account-days")
    if len(tally.values) < needed:
        wrong.append(f"only {len(tally.values)} distinct values")
    if is_close:
        wrong += [f"no day touched by {look} facts" for look in LOOKS if not tally.touched[look]]
        if not tally.found["day"]:
            wrong.append("a day too early is not found")
        if WINDOWED(name) and not tally.found["window"]:
            wrong.append("a window that is shifted by a day is not found")
    return wrong


def WINDOWED(name):
    return split(name)[1] not in (None, 0)


def report(title, tallies, known_min, values_min, is_close):
    print(f"\n{title}\n{'metric':34} {'known':>7} {'values':>6} {'late':>6} {'corr.':>6} {'erased':>6} {'day−1':>6} {'wind.':>6} {'wrong':>6}")
    failed = 0
    for name, tally in tallies.items():
        wrong = mistakes(name, tally, known_min, values_min, is_close)
        failed += bool(wrong)
        values = f"{len(tally.values)}{'+' if len(tally.values) >= 40 else ''}"
        print(f"{name:34} {tally.known:7} {values:>6} {tally.touched['late']:6} {tally.touched['corrected']:6} "
              f"{tally.touched['erased']:6} {tally.found['day']:6} {tally.found['window']:6} {tally.wrong:6}"
              + (f"  FAILED {'; '.join(wrong)}" if wrong else ""))
        for line in tally.examples[:3]:
            print(f"          {line}")
    if not is_close:
        # Some weeks of a few accounts know most metrics, and tell most days from the day before.
        known, told = (sum(map(test, tallies.values())) for test in (lambda t: t.known > 0, lambda t: t.found["day"] > 0))
        print(f"{known} of {len(tallies)} metrics are known on some day; of {told} a day too early is found")
        failed += known < 0.9 * len(tallies)
    return len(tallies) - failed, failed


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--small", action="store_true")
    options.add_argument("--keep")
    options.add_argument("--metric", action="append")
    options.add_argument("--seed", type=int, default=4)
    chosen = options.parse_args()
    names = references()
    missing = [name for name in names if split(name)[0] not in DEFINITIONS]
    if missing:
        sys.exit(f"the oracle has no definition of: {', '.join(missing)}")
    first = date(2024, 1, 1).toordinal()
    seeded = (3, first + 30, 60, chosen.seed, 6 * HOUR) if chosen.small else (30, first, 366, chosen.seed, 30 * MINUTE)
    world = World(*seeded)
    world.seeded = seeded
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.keep or temporary
        write(world, folder, names)
        shown = chosen.metric or names
        kinds = {kind: sum(fact.kind == kind for fact in world.facts) for kind in sorted({fact.kind for fact in world.facts})}
        print(f"{len(world.facts)} facts of {seeded[0]} accounts and {seeded[2]} days: {kinds}", flush=True)
        said, counts = replay(world, folder)
        print(f"the binary counted {counts}")
        end = max(day_start(zone, world.last + 1) for zone in ZONES)
        copies = sum(fact.kind == "copy" and fact.recorded < end for fact in world.facts)
        assert counts["duplicates"] == copies and not counts["refused"] and not counts["conflicts"], (counts, copies)
        limits = (0, 0) if chosen.small else (500, 20)
        passed, failed = report("At the end of local days", judge_all(world, said, shown, None, 9 if chosen.small else 5), *limits, not chosen.small)
        said, _ = replay(world, folder, at="15:30")
        more = report("At 15:30, today so far", judge_all(world, said, shown, "15:30", 10 ** 9), *limits, False)
    print(f"{passed + more[0]} passed, {failed + more[1]} failed")
    return failed + more[1] > 0


if __name__ == "__main__":
    sys.exit(main())
