"""Records of one account that have a life: workflows, incidents, invoices, contracts, milestones, trainings."""
from known import DAY, HOUR, day_start


class Records:
    # Records with a life

    def records(self, day, pace):
        dice = self.dice
        workflow = f"{self.name}-w{dice.randrange(int(3 + 50 * self.size))}"
        for _ in range(self.times(0.25 * pace)):
            self.happen("workflow.state", day, workflow=workflow, state=dice.choice(["draft", "draft", "live", "live", "paused", "deleted"]),
                        planned=self.maybe(0.5, dice.random() < 0.7))
        if dice.random() < 0.004:  # A whole list is planned at once.
            for number in range(dice.randrange(6, 26)):
                self.happen("workflow.state", day, workflow=f"{self.name}-{day}-{number}", state="draft", planned=True)
        pool = [("use_case.changed", "use_case", "state", ["planned", "live", "live", "retired"], 0.12, 40),
                ("objective.changed", "objective", "state", ["agreed", "met", "dropped"], 0.06, 14),
                ("integration.state", "integration", "state", ["connecting", "healthy", "healthy", "degraded", "failing", "failing", "disabled"], 0.15, 40),
                ("finding.changed", "finding", "state", ["open", "open", "accepted", "fixed"], 0.12, 50)]
        for type, key, field, states, chance, most in pool:
            for _ in range(self.times(chance * pace)):
                name = f"{self.name}-{dice.randrange(int(2 + most * self.size))}"
                if type == "integration.state" and dice.random() < 0.15:
                    name = "sso"
                self.happen(type, day, **{key: name, field: dice.choice(states)})
        for _ in range(self.times(0.1 * pace)):
            self.happen("target.measured", day, target=f"x{dice.randrange(int(3 + 12 * self.size))}", met=dice.random() < 0.7)
        for number in range(self.times(0.08 * pace)):
            name = f"{self.name}-i{day}-{number}"
            self.happen("incident.opened", day, incident=name, severity="major")
            if dice.random() < 0.8:
                self.happen("incident.resolved", day + dice.randrange(0, 40), incident=name)
        self.money(day, pace)

    def money(self, day, pace):
        dice = self.dice
        for number in range(self.times(0.06 * pace)):
            name, due = f"{self.name}-b{day}-{number}", day_start(self.zone, day + 14) + dice.choice([-1, 0, 1, dice.randrange(DAY)])
            amount = dice.randrange(100, 9000)
            self.happen("billing.invoice", day, invoice=name, status="open", amount_due=amount, amount_remaining=amount,
                        due_at=self.maybe(0.95, due), attempt=self.maybe(0.8, 1))
            for attempt in range(2, dice.randrange(2, 26)):
                self.happen("billing.invoice", day + attempt, invoice=name, status="open", attempt=attempt,
                            amount_remaining=self.maybe(0.3, round(amount * 0.7, 2)))
            if dice.random() < 0.8:
                self.happen("billing.invoice", day + dice.randrange(26, 60), invoice=name,
                            status=dice.choice(["paid", "paid", "void", "uncollectible"]), amount_remaining=0)
        for number in range(self.times(0.03 * pace)):
            name = f"{self.name}-k{day}-{number}"
            self.happen("contract.signed", day, contract=name, arr=1000.0)
            if dice.random() < 0.4:
                self.happen("contract.amended", day + 5, contract=name, arr=1200.0)
            if dice.random() < 0.3:
                self.happen("contract.ended", day + dice.randrange(20, 90), contract=name)
        for _ in range(self.times(0.06 * pace)):
            self.happen("subscription.changed", day, subscription=f"{self.name}-s{dice.randrange(int(2 + 9 * self.size))}",
                        status=dice.choice(["active", "active", "past_due", "paused", "canceled"]), mrr=self.maybe(0.8, round(dice.random() * 900, 2)))
            self.happen("opportunity.changed", day, deal=f"{self.name}-d{dice.randrange(int(2 + 9 * self.size))}",
                        kind=dice.choice(["new", "renewal", "expansion", "expansion"]), stage=dice.choice(["open", "open", "won", "lost"]),
                        amount=self.maybe(0.8, dice.randrange(1000, 90_000)))
            self.happen("churn.noticed", day, scope=dice.choice(["full", "partial"]))
        for _ in range(self.times(0.1 * pace)):
            self.happen("value.recorded", day, kind=dice.choice(["hours_saved", "money", "cost_reduction"]),
                        amount=round(dice.random() * 900, 3), confirmed=dice.random() < 0.7)

    def onboard(self, day, pace):
        dice = self.dice
        for _ in range((day == self.first + 30 + int(40 * dice.random())) + self.times(0.02 * pace)):
            self.happen("value.first_reached", day)
        if dice.random() < 0.08 * pace:
            self.happen("onboarding.progressed", day, step="s", percent=round(dice.random() * 100, 1))
        for _ in range(self.times(0.08 * pace)):
            self.happen("milestone.changed", day, milestone=f"{self.name}-m{dice.randrange(int(3 + 20 * self.size))}",
                        state=dice.choice(["planned", "met", "met", "missed", "dropped"]),
                        due_at=self.maybe(0.7, day_start(self.zone, day) + dice.randrange(-20, 30) * DAY + dice.choice([0, 1, HOUR])))
        for _ in range(self.times(0.1 * pace)):
            self.happen("data.ingested", day, dataset=f"d{dice.randrange(40)}", rows=dice.randrange(1, 1000))
        for _ in range(self.times(0.12 * pace)):
            name = f"{self.name}-e{len(self.happenings)}"
            self.happen("training.enrolled", day, enrolment=name, course="c", due_at=self.maybe(0.9, day_start(self.zone, day + dice.randrange(1, 30))))
            if dice.random() < 0.7:
                self.happen("training.completed", day + dice.randrange(0, 40), self.maybe(0.8, dice.choice(self.users)), enrolment=name, course="c")
                self.happen("assessment.scored", day, course="c", score=dice.randrange(30, 101))
        for _ in range(self.times(0.06 * pace)):
            self.happen("certification.awarded", day, certification="c")
        for _ in range(self.times(0.8 * pace)):
            self.happen("nudge.sent", day, nudge="n")
            if dice.random() < 0.4:
                self.happen("nudge.acted", day, nudge="n")
