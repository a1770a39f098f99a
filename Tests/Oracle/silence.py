"""Two silences that must not look alike. A source from which nothing comes for anybody makes its metrics stale, not zero. An
account that does nothing while others go on makes its metrics fall.

    TENURE=.build/debug/tenure python3 Tests/Oracle/silence.py

Three accounts live through eleven weeks in which each source is silent once, and one account at the end. What the binary says
of every metric that can be stale is compared with what the facts say. Then the binary is given the same facts with a bug, by
way of its programme or of what it hears, and each bug must be found in every one of those metrics.

Ends with `N passed, N failed`: one for each metric and bug."""
import re
import sys
import tempfile
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from known import ACTIVITY, HOUR, MINUTE, SETTLING, Fact, day_start, local_day, silences  # noqa: E402
from oracle import CATALOGUE, references, replay, write  # noqa: E402
from registry import DEFINITIONS, split  # noqa: E402

FIRST, DAYS = date(2026, 2, 2).toordinal(), 77
ZONES = {"north": "Europe/Rome", "south": "Pacific/Auckland", "quiet": "America/New_York"}
# First and last local day of each spell: of a source for everybody, and of one account.
SPELLS = {"use": (16, 26), "run": (30, 38), "measure": (42, 48)}
QUIET = (55, 76)
# What the quiet account comes to: counts fall to nothing and never rise on the way, rates have nothing to be taken of.
FALLS = {"users.active.7d": 0, "users.active.1d": 0, "sessions.count.7d": 0, "workflows.runs.7d": 0, "usage.volume.7d": 0,
         "skill.invocations.7d": 0}
RATES = ["workflows.success_rate.7d", "latency.mean.7d", "latency.p95.7d", "errors.rate.7d", "jobs.retry_rate.7d"]


class World:
    """The same small day again and again."""

    def __init__(self):
        self.first, self.last, self.facts, self.number = FIRST, FIRST + DAYS - 1, [], 0
        for account, zone in ZONES.items():
            self.say(account, "account.changed", day_start(zone, FIRST) - HOUR, None, name=account, time_zone=zone, term_start="2026-01-05")
            self.say(account, "scope.stated", day_start(zone, FIRST) - HOUR, None, what="groups", number=3)
            for day in range(DAYS):
                self.live(account, zone, day)
        self.facts.sort(key=lambda fact: fact.recorded)

    def live(self, account, zone, day):
        if account == "quiet" and QUIET[0] <= day <= QUIET[1]:
            return
        for name, part in (("use", self.use), ("run", self.run), ("measure", self.measure)):
            first, last = SPELLS[name]
            # The south speaks again first, a day before the others and shortly before its midnight.
            if not first <= day <= last + (account != "south"):
                late = account == "south" and day == last + 1
                part(account, day_start(zone, FIRST + day) + (24 * HOUR - SETTLING // 2 if late else 9 * HOUR))

    def say(self, account, type, moment, user, **data):
        self.number += 1
        self.facts.append(Fact(f"f{self.number}", account, type, moment, moment + MINUTE, user, data))

    def use(self, account, moment):
        for user in range(4):
            self.say(account, "user.session", moment + user, f"{account}-{user}", duration_s=600 + user, group="g")
        self.say(account, "feature.used", moment + 9, f"{account}-0", feature="feature-1", count=2)

    def run(self, account, moment):
        for number in range(5):
            self.say(account, "workflow.run", moment + number, None, ok=number > 0, kind="skill" if number == 0 else "job", latency_ms=200 + number,
                     cost=0.01, actor="automation")

    def measure(self, account, moment):
        for number, (meter, value) in enumerate([("calls", 50), ("requests", 400), ("errors", 12)]):
            self.say(account, "usage.measured", moment + number, None, meter=meter, value=value)
        self.say(account, "error.raised", moment + 7, None, count=2, code="E1")
        self.say(account, "availability.measured", moment + 8, None, minutes=1440, down_minutes=3)

    def heard(self, type, now):
        """When a fact of the type was last recorded from anybody."""
        return max((fact.recorded for fact in self.facts if fact.type == type and fact.recorded < now), default=None)

    def heard_next(self, type, moment):
        return min((fact.recorded for fact in self.facts if fact.type == type and fact.recorded > moment), default=None)


# What must be

def mistakes(world, said, names):
    """By metric: what the binary says otherwise than the facts."""
    wrong, heard = {name: [] for name in names}, {}
    for account, rows in said.items():
        for row in rows:
            now = day_start(ZONES[account], date.fromisoformat(row["day"]).toordinal() + 1)
            for name in names:
                type, hours = DEFINITIONS[split(name)[0]].silent
                if (type, now) not in heard:
                    heard[type, now] = silences(world, ACTIVITY if type == "use" else (type,), now)
                spells = heard[type, now]
                stale = any(spell > hours * HOUR for spell in spells)
                if ((row["unknown"].get(name) == "stale") != stale) or (stale and name in row["metrics"]):
                    told = row["metrics"].get(name, row["unknown"].get(name))
                    wrong[name].append(f"{account} {row['day']}: {told}, last heard {spells[0] / HOUR:.0f} h ago" if spells else account)
    return wrong


def check_the_world(world, said, names):
    """That both silences are there to be seen: each metric is stale and is known, and the quiet account falls without being stale."""
    wrong = {}
    for name in names:
        rows = [row for account in said for row in said[account]]
        if not any(row["unknown"].get(name) == "stale" for row in rows):
            wrong[name] = ["never stale"]
        elif not any(name in row["metrics"] for row in rows):
            wrong[name] = ["never known"]
    for name in FALLS | dict.fromkeys(RATES):
        wrong.setdefault(name, []).extend(fall(name, said))
    return wrong


def fall(name, said):
    quiet, others = (said[account][QUIET[0] - 1:] for account in ("quiet", "north"))
    values = [row["metrics"].get(name) for row in quiet]
    if any(row["unknown"].get(name) == "stale" for row in quiet):
        return ["the silence of one account makes it stale"]
    if name in RATES:
        is_right = values[0] is not None and values[-1] is None and name in others[-1]["metrics"]
        return [] if is_right else ["a rate over nothing is known"]
    falls = values[0] is not None and values[0] > FALLS[name] == values[-1] and values == sorted(values, reverse=True)
    return [] if falls and others[-1]["metrics"].get(name) else [f"does not fall: {values}"]


def silent_days(said):
    """The last use was on the day before; at the end of a day the next one has begun."""
    days = [row["metrics"]["activity.days_since"] for row in said["quiet"][QUIET[0]:]]
    return days == [number + 2 for number in range(len(days))]


# Bugs

def redefined(hours):
    """The catalogue's metrics that can be stale, written anew with other hours; 0: with none."""
    lines = []
    for path in sorted(CATALOGUE.glob("*.yaml")):
        for entry in re.split(r"^(?=  - )", path.read_text().partition("\nmetrics:\n")[2], flags=re.M):
            found = re.search(r",? *max_age: (\d+)h", entry)
            if found:
                changed = entry.replace(found[0], found[0].replace(found[1], str(int(found[1]) + hours)) if hours else "")
                lines += [line for line in changed.splitlines() if line.strip() and not line.strip().startswith("#")]
    return "\n".join(lines) + "\n"


def lived(world, names, metrics="", only=None):
    """What the binary says, with other metrics or of the facts of one account alone."""
    with tempfile.TemporaryDirectory() as folder:
        heard = world
        if only:
            heard = object.__new__(World)
            heard.first, heard.last, heard.facts = world.first, world.last, [fact for fact in world.facts if fact.account == only]
        write(heard, folder, names)
        path = Path(folder, "programme/programme.yaml")
        path.write_text(path.read_text().replace("\nmetrics:\n", "\nmetrics:\n" + metrics, 1))
        return replay(heard, folder)[0]


def report(title, wrong, is_bug):
    """A bug has to be found in every metric; without one, nothing may be."""
    failed = [name for name, found in wrong.items() if bool(found) != is_bug]
    print(f"{title}: {len(wrong) - len(failed)} of {len(wrong)} metrics {'find it' if is_bug else 'are as the facts say'}")
    for name in failed:
        print(f"    {name}: {'nothing found' if is_bug else wrong[name][:2]}")
    return len(wrong) - len(failed), len(failed)


def main():
    world = World()
    names = [name for name in references() if DEFINITIONS[split(name)[0]].silent]
    said = lived(world, names)
    counts = [report("each source silent for everybody, then one account", mistakes(world, said, names), False),
              report("both silences are there, and the account's makes metrics fall", check_the_world(world, said, names), False),
              report("days without use go on while one account is silent", {"activity.days_since": [] if silent_days(said) else ["do not"]}, False)]
    bugs = {"silence of a source counts as nothing": lived(world, names, redefined(0)),
            "a source counts as silent a day too late": lived(world, names, redefined(24))}
    for title, told in bugs.items():
        counts.append(report("planted: " + title, mistakes(world, told, names), True))
    alone = {"quiet": lived(world, names, only="quiet")["quiet"]}
    counts.append(report("planted: one account's silence counts as its source's", mistakes(world, alone, names), True))
    passed, failed = map(sum, zip(*counts))
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
