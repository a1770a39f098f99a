"""What people of one account say, and how their relationship goes."""
from datetime import date


class People:
    # Voice

    def voice(self, day, pace):
        dice = self.dice
        for instrument, low, high in (("nps", 0, 10), ("csat", 1, 5), ("ces", 1, 7), ("pmf", 0, 3)):
            for _ in range(self.times(0.09 * pace)):
                self.happen("survey.sent", day, survey="s", instrument=instrument, contact=self.person())
                if dice.random() < 0.7:
                    response = self.maybe(0.9, f"{self.name}-{instrument}-{dice.randrange(400)}")
                    self.happen("survey.answered", day + dice.randrange(0, 4), survey="s", instrument=instrument,
                                value=dice.randrange(low, high + 1), response=response, contact=self.maybe(0.8, self.person()))
        for _ in range(self.times(0.2 * pace)):
            self.happen("feedback.given", day, kind=dice.choice(["request", "praise", "complaint", "community"]),
                        sentiment=self.maybe(0.7, round(dice.uniform(-1, 1), 3)))
        for _ in range(self.times(0.12 * pace)):
            if dice.random() < 0.6:
                self.happen("meeting.held", day, meeting="m", kind=dice.choice(["check-in", "mbr", "qbr", "ebr"]),
                            role=self.maybe(0.5, dice.choice(["sponsor", "admin"])), contact=self.maybe(0.5, self.person()))
            else:
                self.happen("meeting.missed", day, meeting="m", kind="check-in")
        for _ in range(self.times(0.25 * pace)):
            self.happen("message.sent", day, message="m")
            if dice.random() < 0.4:
                self.happen("message.replied", day + 1, message="m", contact=self.maybe(0.5, self.person()))
        for _ in range(self.times(0.05 * pace)):
            self.happen("scope.stated", day, what=dice.choice(["groups", "pilot_users"]), number=dice.randrange(1, 40))
            self.happen("maturity.assessed", day, member=dice.choice(self.users), level=dice.randrange(0, 4))
            self.happen("readiness.rated", day, rating=f"r{dice.randrange(9)}", value=dice.randrange(1, 6))
            self.happen("renewal.checked", day, item=f"i{dice.randrange(16)}", done=dice.random() < 0.6)
        for type, chance in (("reference.accepted", 0.03), ("reference.fulfilled", 0.07), ("case_study.agreed", 0.03),
                             ("portal.login", 0.02), ("contact.touched", 0.06)):
            for _ in range(self.times(chance * pace)):
                self.happen(type, day, role=dice.choice(["admin", "sponsor"]) if type == "contact.touched" else None, contact=self.person())
        self.judge(day)

    def judge(self, day):
        dice = self.dice
        if dice.random() < 0.02:
            if dice.random() < 0.3:
                self.happen("grade.given", day, metric="pulse.csm", grade=dice.choice(["excellent", "good", "fair", "poor"]))
            else:
                self.happen("grade.given", day, metric="pulse.csm", points=dice.randrange(0, 101),
                            expires_days=self.maybe(0.6, dice.randrange(5, 60)))
        if dice.random() < 0.015:
            self.happen("contact.changed", day, contact=self.person(), role=self.maybe(0.7, dice.choice(["sponsor", "admin", "user"])),
                        left=self.maybe(0.6, dice.random() < 0.6))
        if dice.random() < 0.03:
            self.happen("account.changed", day, **self.traits(day))

    def person(self):
        return f"{self.name}-c{self.dice.randrange(1 + int(3 * self.size))}"

    def traits(self, day):
        dice = self.dice
        said = {"arr": round(30_000 * self.size + dice.randrange(20_000), 2), "seats": 5 + int(20 * self.size) + dice.randrange(30),
                "term_end": date.fromordinal(day + dice.randrange(-20, 300)).isoformat(),
                "notice_by": date.fromordinal(day + dice.randrange(-30, 200)).isoformat(),
                "term_start": date.fromordinal(day - dice.randrange(0, 400)).isoformat()}
        return {name: value for name, value in said.items() if dice.random() < 0.6}
