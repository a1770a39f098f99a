"""A year of 500 accounts with about a dozen events on a working day each, and what machine time a verdict on it takes.
Too long for a debug binary: bin/prove runs it against the optimised one."""
import csv
import json
import os
import random
import resource
import subprocess
from datetime import date, datetime, timedelta

from proof import main, proof

ACCOUNTS, DAYS, START = 500, 365, date(2025, 1, 6)
FEATURES = ["core", "reports", "collaboration", "automation", "api"]


class Year:
    """Events as a small product would export them; one account in eight fades away and leaves."""

    def __init__(self, folder):
        self.folder, self.dice, self.count = folder, random.Random(5), 0

    def table(self, name, header):
        file = open(os.path.join(self.folder, name), "w", newline="")
        rows = csv.writer(file)
        rows.writerow(header)
        return file, rows

    def write(self):
        leavers = {n: self.dice.randrange(150, DAYS - 1) for n in range(0, ACCOUNTS, 8)}
        file, rows = self.table("accounts.csv", ["id", "name", "tier", "seats", "arr", "time_zone", "csm"])
        zones = ["UTC", "Europe/Berlin", "America/New_York"]
        with file:
            rows.writerows([f"c{n}", f"Customer {n}", "professional", 12 + n % 30, 5000 + 37 * n, zones[n % 3], f"csm{n % 9}"]
                           for n in range(ACCOUNTS))
        file, rows = self.table("contacts.csv", ["account", "id", "role"])
        with file:
            rows.writerows([f"c{n}", f"c{n}-s", "sponsor"] for n in range(ACCOUNTS))
        file, rows = self.table("contracts.csv", ["account", "id", "term_start", "term_end", "notice_by", "arr", "seats"])
        with file:
            for n in range(ACCOUNTS):
                for year in range(2):
                    start = START - timedelta(days=300 - n % 300) + timedelta(days=365 * year)
                    if n not in leavers or year == 0:
                        rows.writerow([f"c{n}", f"k{n}-{year}", start, start + timedelta(days=364),
                                       start + timedelta(days=304), 5000 + 37 * n, 12 + n % 30])
        file, rows = self.table("churn.csv", ["account", "notice", "reason"])
        with file:
            rows.writerows([f"c{n}", START + timedelta(days=day), "budget"] for n, day in leavers.items())
        file, rows = self.table("events.csv", ["account", "type", "time", "user", "id", "feature", "duration_s", "ticket",
                                               "priority", "meeting", "kind", "contact", "role", "recorded_at"])
        with file:
            for day in range(DAYS):
                for n in range(ACCOUNTS):
                    self.day(rows, n, day, leavers.get(n))

    def day(self, rows, n, day, notice):
        if notice is not None and day > notice + 20:
            return
        share = 1.0 if notice is None or day < notice - 120 else max(0.05, 1 - (day - notice + 120) / 130)
        midnight = datetime.combine(START, datetime.min.time()) + timedelta(days=day)

        def add(type, user="", later=0, **fields):
            self.count += 1
            at = midnight + timedelta(seconds=later or self.dice.randrange(25000, 70000))
            known = at + timedelta(seconds=self.dice.choice([2, 60, 3600, 40000]))
            rows.writerow([f"c{n}", type, at.isoformat() + "Z", user, self.count] + [
                fields.get(name, "") for name in ("feature", "duration_s", "ticket", "priority", "meeting", "kind", "contact", "role")
            ] + [known.isoformat() + "Z"])

        for _ in range(int((14 if day % 7 < 5 else 4) * share + self.dice.random())):
            user = f"c{n}-u{self.dice.randrange(8 + n % 20)}"
            if self.dice.random() < 0.6:
                add("user.session", user, duration_s=self.dice.randrange(60, 5000))
            else:
                add("feature.used", user, feature=self.dice.choice(FEATURES))
        if self.dice.random() < 0.04:
            add("ticket.created", ticket=f"t{n}-{day}", priority=self.dice.choice(["normal", "critical"]))
            add("ticket.resolved", later=80000, ticket=f"t{n}-{day}")
        if (day + n) % 30 == 0 and share > 0.4:
            add("meeting.held", meeting=f"m{n}-{day}", kind="mbr", contact=f"c{n}-s", role="sponsor")


@proof("a verdict on a year of 500 accounts is reached; its machine time is printed")
def year(folder):
    world = Year(folder)
    world.write()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = subprocess.run([os.environ["TENURE"], "verdict", folder, "--json"], capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert result.returncode == 0, result.stderr[-2000:]
    found = json.loads(result.stdout)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"          {world.count} events, {seconds:.1f} s of machine time, {after.ru_maxrss // 1024} MiB; "
          f"flagged {found['lost']['flagged']['part']} of {found['lost']['flagged']['whole']}, "
          f"{found['work']['per_week']:.1f} alerts a week", flush=True)
    assert found["work"]["accounts"] > 490 and found["lost"]["notices"] > 50, found["lost"]


if __name__ == "__main__":
    main()
