"""Figures of the portfolio against an oracle: facts of five weeks that come in any order, twice, and are taken back; every
figure must be what a naive calculation over the raw facts gives, whole and for each group, and the sum of its accounts. The
same calculation with a bug in it must be found out."""
import random
from datetime import datetime, timedelta, timezone
from math import floor, isclose

from proof import main, proof
from server import Server

WORKSPACE, ACCOUNTS = "acme", 18
METRICS = ["users.active.7d", "nps.90d", "pmf.90d", "csat_t2b.90d", "support.reply_sla.30d", "support.resolve_sla.30d", "support.fcr.30d",
           "support.deflection", "onb.ttfv", "onb.activated", "deploy.production_live", "case_studies.agreed.lifetime",
           "reference.willing.lifetime", "expansion.requests.lifetime"]
PROGRAMME = f"""
programme: {{id: figures, title: Figures, version: 1, extends: catalogue, time_zone: UTC, currency: EUR}}
roles:
  - {{id: csm, title: Success manager}}
features:
  - {{id: plain, title: Plain}}
  - {{id: clever, title: Clever, advanced: true}}
health:
  id: overall
  version: 1
  groups:
    - id: use
      title: Use
      weight: 100
      components: [{{id: users, title: Users, weight: 1, metric: users.active.7d, curve: {{linear: [[0, 0], [10, 100]]}}}}]
  bands: [{{id: any, title: Any, from: 0, tone: good, action: Go on}}]
show: [{', '.join(METRICS)}]
"""
BUGS = ["a day too early", "what was taken back counts", "duplicates count twice", "accounts are averaged", "who waits is left out",
        "every answer counts", "every feature is advanced"]
DAY = timedelta(days=1)


class World:
    """Facts of the last 34 days, many of them at the edges of windows."""

    def __init__(self, seed, now):
        self.random, self.facts, self.now = random.Random(seed), [], now
        self.today = datetime(now.year, now.month, now.day, tzinfo=timezone.utc)
        for number in range(ACCOUNTS):
            self.account(f"account-{number}", number)
        self.spoil()

    def at(self, days=None):
        days = self.random.choice([1, 6, 7, 8, 9, 29, 30, 31, self.random.randrange(1, 34)]) if days is None else days
        return self.today - days * DAY + timedelta(milliseconds=self.random.randrange(86_400_000 if days else 1))

    def say(self, account, fact_type, at, user=None, **data):
        fact = {"id": f"{account}-{len(self.facts)}", "account": account, "type": fact_type, "data": data,
                "time": at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"}
        self.facts.append(fact | ({"user": user} if user else {}))

    def account(self, name, number):
        dice = self.random
        if number % 6 == 5:
            return  # Only made: nothing is known of it.
        for _ in range(dice.randrange(0, 4)):
            self.say(name, "user.session", self.at(), user=dice.choice("uvw"))
        for _ in range(dice.randrange(0, 3)):
            self.say(name, "feature.used", self.at(), user="u", feature=dice.choice(["plain", "clever"]))
        for _ in range(dice.randrange(0, 30 if number % 4 == 0 else 4)):
            contact = f"{name}-{dice.randrange(9)}"
            self.say(name, "survey.answered", self.at(), survey="s", instrument="nps", value=dice.randrange(0, 11), contact=contact)
            self.say(name, "survey.answered", self.at(), survey="s", instrument="pmf", value=dice.randrange(0, 4), contact=contact)
            self.say(name, "survey.answered", self.at(), survey="s", instrument="csat", value=dice.randrange(1, 6), contact=contact)
        for _ in range(dice.randrange(0, 20 if number % 4 == 1 else 3)):
            ticket = f"{name}-t{len(self.facts)}"
            self.say(name, "ticket.created", self.at(), ticket=ticket)
            self.say(name, "ticket.clock_ended", self.at(), ticket=ticket, clock=dice.choice(["first_reply", "resolution"]), met=dice.random() < 0.6)
            self.say(name, "ticket.resolved", self.at(), ticket=ticket, first_contact=dice.random() < 0.5)
            self.say(name, "bot.session", self.at(), resolved=dice.random() < 0.7)
        if dice.random() < 0.8:
            signed = dice.randrange(10, 33)
            self.say(name, "contract.signed", self.at(signed), contract="c", arr=1000)
            if dice.random() < 0.6:
                self.say(name, "value.first_reached", self.at(signed - dice.randrange(0, 10)))
        for fact_type, chance, data in (("deployment.published", 0.5, {"artefact": "a", "environment": dice.choice(["production", "test"])}),
                                   ("case_study.agreed", 0.3, {}), ("reference.accepted", 0.3, {}),
                                   ("feedback.given", 0.5, {"kind": dice.choice(["request", "praise"])})):
            if dice.random() < chance:
                self.say(name, fact_type, self.at(), **data)

    def spoil(self):
        self.random.shuffle(self.facts)
        twice = [fact for fact in self.facts if self.random.random() < 0.1]
        self.taken = {fact["id"] for fact in self.facts if self.random.random() < 0.1}
        back = [fact | {"id": "back-" + fact["id"], "op": "retract", "corrects": fact["id"]} for fact in self.facts if fact["id"] in self.taken]
        self.sent = self.facts + twice + back
        self.twice = {fact["id"] for fact in twice}

    def send(self, client):
        for number in range(ACCOUNTS):
            name = f"account-{number}"
            client.sent("/v1/group", {"groupId": name, "userId": "u", "messageId": "made-" + name,
                                      "traits": {"name": name, "tier": f"tier-{number % 3}"}})
        for start in range(0, len(self.sent), 50):
            client.sent("/v1/events", self.sent[start:start + 50])
        reply = client.command("POST", "/accounts/account-0/notes", {"text": "after all"})
        assert reply.status == 200, reply


class Naive:
    """Every figure, worked out anew from all facts: {figure: {account: (part, whole)}}."""

    def __init__(self, world, bug=None):
        self.bug, self.today = bug, world.today.date()
        facts = [fact for fact in world.facts if bug == "what was taken back counts" or fact["id"] not in world.taken]
        if bug == "duplicates count twice":
            facts += [fact for fact in facts if fact["id"] in world.twice]
        self.of = {f"account-{number}": [] for number in range(ACCOUNTS)}
        for fact in sorted(facts, key=lambda fact: fact["time"]):
            self.of[fact["account"]].append(fact)

    def age(self, fact):
        """Whole days between the fact's and today."""
        day = datetime.fromisoformat(fact["time"].replace("Z", "+00:00")).date()
        return (self.today - day).days + (1 if self.bug == "a day too early" else 0)

    def some(self, account, fact_type, days=10 ** 6, **wanted):
        return [fact for fact in self.of[account] if fact["type"] == fact_type and self.age(fact) <= days
                and all(fact["data"].get(name) == value for name, value in wanted.items())]

    def answers(self, account, instrument):
        every = [fact for fact in self.some(account, "survey.answered", 90, instrument=instrument)
                 if instrument != "pmf" or fact["data"]["value"] >= 1]
        newest = {fact["data"]["contact"]: fact["data"]["value"] for fact in every}
        return [fact["data"]["value"] for fact in every] if self.bug == "every answer counts" else list(newest.values())

    def share(self, part, whole):
        return None if whole == 0 else (part / whole, 1) if self.bug == "accounts are averaged" else (part, whole)

    def figures(self):
        found = {}
        for account in self.of:
            for name, brought in self.one(account):
                if brought is not None:
                    found.setdefault(name, {})[account] = brought
        return found

    def one(self, account):
        some, facts = lambda *wanted, **data: self.some(account, *wanted, **data), self.of[account]
        used = [fact for fact in facts if fact["type"] in ("user.session", "feature.used")]
        # Who is named makes an account active; what is used counts with its name.
        active = {fact["user"] for fact in used if self.age(fact) <= 7}
        wanted = {} if self.bug == "every feature is advanced" else {"feature": "clever"}
        yield "accounts.active_weekly", (int(bool(active)), 1) if used else None
        yield "features.advanced_adopters", (int(bool(some("feature.used", 30, **wanted))), 1) if used else None
        nps, pmf, csat = (self.answers(account, one) for one in ("nps", "pmf", "csat"))
        yield "nps", self.share(sum((value >= 9) - (value <= 6) for value in nps), len(nps))
        yield "pmf", self.share(sum(value == 3 for value in pmf), len(pmf))
        yield "csat_t2b", self.share(sum(value >= 4 for value in csat), len(csat))
        for figure, clock in (("support.reply_sla", "first_reply"), ("support.resolve_sla", "resolution")):
            ended = some("ticket.clock_ended", 30, clock=clock)
            yield figure, self.share(sum(fact["data"]["met"] for fact in ended), len(ended))
        resolved = some("ticket.resolved", 30)
        yield "support.fcr", self.share(sum(fact["data"]["first_contact"] for fact in resolved), len(resolved))
        helped, opened = len(some("bot.session", 30, resolved=True)), len(some("ticket.created", 30))
        yield "support.deflection", self.share(helped, helped + opened)
        for figure, kind, data in (("onb.activation_rate", "value.first_reached", {}), ("expansion.request_rate", "feedback.given", {"kind": "request"}),
                                   ("onb.completion_rate", "deployment.published", {"environment": "production"})):
            yield figure, (int(bool(some(kind, **data))), 1) if facts else None
        for figure, kind in (("case_studies.agreed", "case_study.agreed"), ("reference.willing", "reference.accepted")):
            yield figure, (len(some(kind)), 0) if some(kind) else None
        signed, reached = some("contract.signed"), some("value.first_reached")
        if signed and reached:
            yield "onb.ttfv", (self.age(signed[0]) - self.age(reached[0]), 1)
        elif signed and self.bug != "who waits is left out":
            yield "onb.ttfv", (self.age(signed[0]), 0)  # 0: still waits.


def total(figure, brought):
    """The value of a figure from what accounts bring."""
    parts = list(brought.values())
    if figure in ("case_studies.agreed", "reference.willing"):
        return sum(part for part, _ in parts)
    if figure == "onb.ttfv":
        return median(parts)
    whole = sum(whole for _, whole in parts)
    quotient = 100 * sum(part for part, _ in parts) / whole
    if figure == "nps":
        return floor(abs(quotient) + 0.5) * (1 if quotient >= 0 else -1)
    return quotient


def median(parts):
    """Day by day: of those who still waited when it began, how many did so when it was over."""
    waiting = 1.0
    for day in range(-40, 60):
        risk = [days for days, _ in parts if days >= day]
        reached = sum(1 for days, has in parts if has and days == day)
        if reached:
            waiting *= 1 - reached / len(risk)
            if waiting <= 0.5 + 1e-9:
                return day
    return None


def differences(told, items, naive):
    """What is told otherwise than expected; `items` are by figure and account."""
    found, expected = [], naive.figures()
    for figure in told:
        if figure["id"].startswith(("plays.", "step.")):
            continue
        brought = expected.get(figure["id"], {})
        value = total(figure["id"], brought) if brought else None
        same = figure["value"] is None if value is None else figure["value"] is not None and isclose(figure["value"], value, abs_tol=1e-9)
        if not same or figure["accounts"] != len(brought):
            found.append((figure["id"], figure["value"], value, figure["accounts"], len(brought)))
        rows = {row["external_id"]: (row["part"], row["whole"] if figure["id"] != "onb.ttfv" else int(row["reached"]))
                for row in items[figure["id"]]}
        if rows != brought:
            found.append((figure["id"], {name: (rows.get(name), brought.get(name)) for name in rows | brought if rows.get(name) != brought.get(name)}))
    return found


def ask(client, **query):
    told = client.get("/portfolio/figures", **query).json["figures"]
    assert all(figure["kept"] for figure in told), [figure["id"] for figure in told if not figure["kept"]]
    return told, {figure["id"]: client.get("/portfolio/figures", figure=figure["id"], **query).json["items"] for figure in told}


@proof("figures of the portfolio are what the raw facts say, and seven bugs are found")
def figures(folder):
    import os
    os.makedirs(folder + "/programme")
    with open(folder + "/programme/programme.yaml", "w") as file:
        file.write(PROGRAMME)
    world = World(7, datetime.now(timezone.utc))
    arguments = ["--workspace", WORKSPACE, "--programme", folder + "/programme"]
    with Server(folder + "/data", arguments=arguments) as server:
        client = server.client(WORKSPACE)
        world.send(client)
        told, items = ask(client)
        found = differences(told, items, Naive(world))
        assert not found, (len(found), found[:4])
        known = [figure["id"] for figure in told if figure["value"] is not None and figure["accounts"] >= 3]
        assert len(known) >= 14, known
        for bug in BUGS:
            assert differences(told, items, Naive(world, bug)), f"nobody noticed: {bug}"
        _groups(client, told, items)
    with Server(folder + "/data", arguments=arguments) as server:
        again = ask(server.client(WORKSPACE))
        assert again == (told, items), "after a restart"


def _groups(client, told, items):
    """Each figure of a part of the accounts is made of those accounts' rows."""
    rows = {figure["id"]: [] for figure in told}
    for tier in range(3):
        _, some = ask(client, **{"where.tier": f"tier-{tier}"})
        for figure in some:
            rows[figure] += some[figure]
    for figure, found in rows.items():
        assert sorted(found, key=lambda row: row["id"]) == items[figure], figure


if __name__ == "__main__":
    main()
