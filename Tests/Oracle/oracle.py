"""An oracle for the metric catalogue: every metric of a generated year, computed from the raw facts and compared with what
the built binary says. It shares no code with the engine and reads of the definitions nothing but their names.

    TENURE=.build/release/tenure python3 Tests/Oracle/oracle.py           a year of 30 accounts
    TENURE=.build/debug/tenure   python3 Tests/Oracle/oracle.py --small   a few accounts and weeks, for every change
    --look days or --look afternoon takes one of the two; --keep FOLDER keeps the facts and what was said of them;
    --metric ID tells of one metric in detail.

Ends with `N passed, N failed`: one for each metric and each look."""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import define_adoption, define_commercial, define_onboarding, define_reliability, define_skills, define_support, define_use, define_voice  # noqa: E402,F401,E401
from judge import LOOKS, judge_all  # noqa: E402
from known import HOUR, MINUTE, day_start  # noqa: E402
from registry import DEFINITIONS, split  # noqa: E402
from world import World  # noqa: E402
from world_terms import BOOLEAN, NOUGHT_OR_ONE, ZONES, programme  # noqa: E402

CATALOGUE = Path(__file__).parents[2] / "Programmes/catalogue"


def references():
    """Names of the catalogue's metrics with their windows; nothing else is read."""
    found = ["feature.used_count.7d", "feature.used_count.30d", "feature.days_since"]  # Of a feature that the programme names.
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


# Reporting

SPOILED = ("late", "too_late", "copy", "erased", "erasure", "wrong", "correction")


def composition(world, least):
    """How many facts arrived in each way; (passed, failed) of each way being there often enough."""
    kinds = {kind: sum(fact.kind == kind for fact in world.facts) for kind in ("",) + SPOILED}
    newest, kinds["out of order"] = {}, 0
    for fact in world.facts:  # As they were recorded.
        kinds["out of order"] += fact.occurred < newest.get(fact.account, 0)
        newest[fact.account] = max(fact.occurred, newest.get(fact.account, 0))
    rare = [f"only {number} facts are {kind}" for kind, number in kinds.items() if number < least]
    print(f"{len(world.facts)} facts of {len(world.stories)} accounts and {world.last - world.first + 1} days: {kinds}", *rare, sep="\n", flush=True)
    return len(kinds) - len(rare), len(rare)


def mistakes(name, tally, known_min, values_min, is_close):
    """What is not as it must be, in words."""
    wrong = []
    needed = min(values_min, 2) if split(name)[0] in BOOLEAN | NOUGHT_OR_ONE else values_min
    if tally.wrong:
        wrong.append(f"{tally.wrong} disagreements")
    if DEFINITIONS[split(name)[0]].silent:
        wrong += silence_mistakes(name, tally, known_min > 0)
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


def silence_mistakes(name, tally, is_year):
    """A window that is over before its source counts as silent is empty by then: there, silence cannot be taken for a number."""
    (id, days), wrong = split(name), []
    if not tally.stale:
        wrong.append("its source is never silent")
    is_over = days and 24 * days < DEFINITIONS[id].silent[1]
    if is_year and not is_over and not tally.found["silence"]:
        wrong.append("silence that is taken for nothing is not found")
    return wrong


def WINDOWED(name):
    """Whether it has a window that is shorter than the year: nothing lies before the others."""
    return split(name)[1] not in (None, 0, 366)


def report(title, tallies, known_min, values_min, is_close):
    print(f"\n{title}\n{'metric':34} {'known':>7} {'values':>6} {'late':>6} {'corr.':>6} {'erased':>6} {'day−1':>6} {'wind.':>6} {'stale':>6} {'wrong':>6}")
    failed = 0
    for name, tally in tallies.items():
        wrong = mistakes(name, tally, known_min, values_min, is_close)
        failed += bool(wrong)
        values = f"{len(tally.values)}{'+' if len(tally.values) >= 40 else ''}"
        print(f"{name:34} {tally.known:7} {values:>6} {tally.touched['late']:6} {tally.touched['corrected']:6} "
              f"{tally.touched['erased']:6} {tally.found['day']:6} {tally.found['window']:6} {tally.stale:6} {tally.wrong:6}"
              + (f"  FAILED {'; '.join(wrong)}" if wrong else ""))
        for line in tally.examples[:3]:
            print(f"          {line}")
    if not is_close:
        # Some weeks of a few accounts know most metrics, and tell most days from the day before.
        known, told = (sum(map(test, tallies.values())) for test in (lambda t: t.known > 0, lambda t: t.found["day"] > 0))
        print(f"{known} of {len(tallies)} metrics are known on some day; of {told} a day too early is found")
        failed += known < 0.9 * len(tallies)
    return len(tallies) - failed, failed


def counted(world, said, counts):
    """What was said at the end of the last day: every fact has come by then, and each counted once."""
    print(f"the binary counted {counts}")
    end = max(day_start(zone, world.last + 1) for zone in ZONES)
    copies = sum(fact.kind == "copy" and fact.recorded < end for fact in world.facts)
    assert counts["duplicates"] == copies and not counts["refused"] and not counts["conflicts"] and not counts["quarantined"], (counts, copies)
    return said


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--small", action="store_true")
    options.add_argument("--keep")
    options.add_argument("--metric", action="append")
    options.add_argument("--look", choices=["days", "afternoon"])
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
        composed = composition(world, 10 if chosen.small else 1000)
        limits = (0, 0) if chosen.small else (500, 20)
        results = [composed]
        if chosen.look != "afternoon":
            said = counted(world, *replay(world, folder))
            tallies = judge_all(world, said, shown, None, 9 if chosen.small else 5)
            results.append(report("At the end of local days", tallies, *limits, not chosen.small))
        if chosen.look != "days":
            said, _ = replay(world, folder, at="15:30")
            tallies = judge_all(world, said, shown, "15:30", 10 ** 9)
            results.append(report("At 15:30, today so far", tallies, *limits, False))
    passed, failed = (sum(counts) for counts in zip(*results))
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
