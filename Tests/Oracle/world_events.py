"""A year of happenings of one account: what happened when, before anybody is told of it."""
import random

from known import DAY, HOUR, MINUTE, SECOND, day_start
from world_people import People
from world_records import Records
from world_terms import FEATURES

LETTERS = ["P1", "P2", "P3", "P4", "critical", "urgent", "high", "low"]


class Happenings(People, Records):
    """`size` scales everything; `first` and `last` are ordinals of local days."""

    def __init__(self, name, zone, size, first, last, seed):
        self.name, self.zone, self.size, self.first, self.last = name, zone, size, first, last
        self.dice = random.Random(f"{seed}/{name}")
        self.users = [f"{name}-u{number}" for number in range(3 + int(34 * size))]
        self.happenings, self.taken = [], set()
        self.quiet = self.stretches()
        self.rush = (0, -1)

    def stretches(self):
        """Weeks in which the account does hardly anything, and one long holiday."""
        start = self.first + self.dice.randrange(120, 300) if self.last - self.first > 320 else self.last + 1
        return [(start, start + self.dice.randrange(9, 40)), (self.last - self.dice.randrange(3, 30), self.last + 1)]

    def is_quiet(self, day):
        return any(a <= day <= b for a, b in self.quiet)

    def at(self, day):
        """A moment of the local day that nothing else of the account has; many lie close to midnight."""
        start, end = day_start(self.zone, day), day_start(self.zone, day + 1)
        while True:
            moment = self.dice.choice([self.dice.randrange(start, end), self.dice.randrange(start, end),
                                       self.dice.randrange(start, start + 20 * SECOND), self.dice.randrange(end - 20 * SECOND, end)])
            if moment not in self.taken:
                self.taken.add(moment)
                return moment

    def happen(self, type, day, user=None, moment=None, **data):
        moment = self.at(day) if moment is None else moment
        self.happenings.append((moment, type, user, {name: value for name, value in data.items() if value is not None}))
        return moment

    def times(self, expected):
        """A whole number around what is expected."""
        whole = int(expected)
        return whole + (self.dice.random() < expected - whole)

    def maybe(self, chance, value):
        return value if self.dice.random() < chance else None

    def live(self):
        self.begin()
        for day in range(self.first, self.last + 1):
            pace = self.size * (0.05 if self.is_quiet(day) else 0.5 + self.dice.random()) * self.haste(day)
            for part in (self.use, self.run, self.measure, self.support, self.voice, self.records, self.onboard):
                if not is_silent(part.__name__, day):
                    part(day, pace)
        return self.happenings

    def haste(self, day):
        """In some weeks some accounts do in a day what others do in two: small counts are then large ones."""
        return 14 if self.rush[0] <= day <= self.rush[1] else 1

    def begin(self):
        day, dice = self.first, self.dice
        for number in range(1 + int(3 * self.size)):
            self.happen("contact.changed", day, contact=f"{self.name}-c{number}", role="sponsor" if number % 2 == 0 else "admin")
        self.happen("value.promised", day + 2, amount=round(20_000 * self.size + dice.randrange(5000), 2))

    # Use

    def use(self, day, pace):
        dice = self.dice
        for user in self.users:
            if dice.random() < 0.16 * min(2, pace / self.size):
                for _ in range(1 + (dice.random() < 0.3)):
                    self.happen("user.session", day, user, duration_s=self.maybe(0.9, dice.randrange(20, 7200)),
                                group=self.maybe(0.8, self.group(user)))
        for _ in range(self.times(2.2 * pace)):
            self.happen("feature.used", day, dice.choice(self.users), feature=dice.choice(FEATURES + ["unheard-of"] + ["feature-1"] * 6),
                        count=self.maybe(0.3, dice.randrange(1, 4)))
        for _ in range(self.times(0.15 * pace)):
            self.happen("recipe.completed", day, self.maybe(0.9, dice.choice(self.users)), recipe=f"r{dice.randrange(9)}")
        if dice.random() < 0.02:
            self.happen("user.session", day)  # Nobody is named: use, but of no member.

    def group(self, user):
        """Most people stay in one team, of which there are as many as the account is large."""
        number = self.users.index(user) if self.dice.random() < 0.9 else self.dice.randrange(1000)
        return f"g{number % max(2, len(self.users) // 3)}" if self.dice.random() < 0.97 else f"g{self.dice.randrange(200)}"

    # What systems report

    def run(self, day, pace):
        dice = self.dice
        for _ in range(self.times(4 * pace)):
            self.happen("workflow.run", day, ok=dice.random() < 0.9, kind=dice.choice(["job", "job", "skill", "api"]),
                        latency_ms=self.maybe(0.9, round(dice.lognormvariate(6, 0.8), 1)),
                        cost=self.maybe(0.8, round(dice.random() / 10, 4)),
                        actor=self.maybe(0.5, dice.choice(["automation", "person"])))
        for _ in range(self.times(1.8 * pace)):
            self.happen("output.created", day, kind="record", output=f"o{dice.randrange(10 ** 6)}",
                        clicked_through=self.maybe(0.7, dice.random() < 0.4))
        for _ in range(self.times(0.4 * pace)):
            self.happen("job.retry", day, job=f"j{dice.randrange(9)}")

    def measure(self, day, pace):
        dice = self.dice
        meters = [("calls", 0.7, 900), ("executions", 0.4, 90), ("content", 0.2, 40), ("other", 0.1, 9)]
        for meter, chance, most in meters:
            if dice.random() < chance:
                self.happen("usage.measured", day, meter=meter, value=round(dice.random() * most * pace, 2))
        self.happen("usage.measured", day, meter="requests", value=dice.randrange(20, 500) + int(pace * 300))
        self.happen("usage.measured", day, meter="errors", value=dice.choice([dice.randrange(2, 30), dice.randrange(3, 120)]))
        for _ in range(self.times(0.5 * pace)):
            self.happen("error.raised", day, count=dice.randrange(1, 9), code="E1")
        if dice.random() < 0.25:
            self.happen("availability.measured", day, minutes=dice.randrange(60, 1441), down_minutes=dice.choice([0, 0, dice.randrange(1, 40)]))
        for _ in range(self.times(0.09 * pace)):
            self.happen("deployment.published", day, artefact="a", environment=dice.choice(["production", "test"]),
                        kind=self.maybe(0.6, dice.choice(["dashboard", "report", "api"])))
        for _ in range(self.times(0.15 * pace)):
            self.happen("config.changed", day, key="k")
        for name in range(int(2 + 8 * self.size)):
            if dice.random() < 0.01:
                self.happen("limit.measured", day, limit=dice.choice(["workflows", "executions", "seats", f"limit-{name}"]),
                            used=dice.randrange(0, 990), allowance=dice.choice([0, 500, 1000, 1500]),
                            period_start=self.maybe(0.9, day_start(self.zone, day - dice.randrange(0, 29))))

    # Support

    def support(self, day, pace):
        dice = self.dice
        for _ in range(self.times(0.3 * pace)):
            self.ticket(day)
        for _ in range(self.times(0.15 * pace)):
            self.happen("bot.session", day, resolved=dice.random() < 0.5)

    def ticket(self, day):
        dice, name = self.dice, f"{self.name}-t{len(self.happenings)}"
        self.happen("ticket.created", day, ticket=name, priority=self.maybe(0.9, dice.choice(LETTERS)),
                    churn_risk=self.maybe(0.5, dice.random() < 0.4))
        day += dice.randrange(0, 3)
        if dice.random() < 0.8:
            self.happen("ticket.replied", day, ticket=name, by="agent", public=True)
            self.happen("ticket.clock_ended", day, ticket=name, clock="first_reply", met=dice.random() < 0.8,
                        minutes=self.maybe(0.9, dice.randrange(1, 2000)))
        if dice.random() < 0.35:
            self.happen("ticket.escalated", day, ticket=name, level="L2")
        if dice.random() < 0.3:
            self.happen("ticket.status_changed", day + 1, ticket=name, status=dice.choice(["pending", "open", "on_hold"]),
                        priority=self.maybe(0.4, dice.choice(LETTERS)))
        if dice.random() < 0.4:
            self.happen("ticket.clock_ended", day + 1, ticket=name, clock="update", met=dice.random() < 0.7, minutes=30)
        if dice.random() < 0.85:
            self.solve(name, day + dice.randrange(1, 12))

    def solve(self, name, day):
        dice = self.dice
        self.happen("ticket.resolved", day, ticket=name, first_contact=self.maybe(0.9, dice.random() < 0.5),
                    repeat=self.maybe(0.9, dice.random() < 0.3))
        self.happen("ticket.clock_ended", day, ticket=name, clock="resolution", met=dice.random() < 0.8)
        if dice.random() < 0.2:
            self.happen("ticket.reopened", day + 2, ticket=name)
            if dice.random() < 0.7:
                self.happen("ticket.resolved", day + 5, ticket=name, first_contact=False)
        elif dice.random() < 0.3:
            self.happen("ticket.status_changed", day + 3, ticket=name, status="closed")
        if dice.random() < 0.4:
            self.happen("survey.answered", day + 1, survey="s", instrument="ticket_csat", value=dice.randrange(1, 6))


# Local days on which a collector is silent, not the customers: first and last of each, and the types that it sends.
SILENT = {}
SENDS = {"use": ("user.session", "feature.used", "recipe.completed"), "run": ("workflow.run", "output.created", "job.retry"),
         "measure": ("usage.measured", "error.raised", "availability.measured")}


def is_silent(part, day):
    first, last = SILENT.get(part, (0, -1))
    return first <= day <= last


def silences():
    """By type: the moments between which nothing of it is recorded, by the clocks of UTC."""
    return {type: (day_start("UTC", first), day_start("UTC", last + 1)) for part, (first, last) in SILENT.items() for type in SENDS[part]}
