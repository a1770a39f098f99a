"""Revenue against an oracle: two years of facts that come late, twice, in any order, corrected, taken back and in several
currencies are sent over HTTP; every figure of several periods must be what a naive calculation over the raw facts gives,
before and after a restart. The same calculation with a bug in it must be found out."""
import random
from datetime import datetime, timedelta, timezone
from decimal import Decimal

from load import WORKSPACE, make_programme
from proof import main, proof
from revenue_oracle import BUGS, Books
from server import Server

ZONE, CURRENCY = "Europe/Rome", "EUR"
TODAY = datetime.now(timezone.utc).date()
BEGINNING = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=timezone.utc) - timedelta(days=760)
RATES = [("USD", BEGINNING.date(), 0.923456789), ("USD", TODAY - timedelta(days=200), 0.871),
         ("GBP", BEGINNING.date() + timedelta(days=300), 1.17)]
ACCOUNTS = 36


def _programme(folder, source):
    path = make_programme(folder) + "/programme.yaml"
    rates = ", ".join(f"{{currency: {code}, since: {since}, rate: {rate}}}" for code, since, rate in RATES)
    with open(path) as file:
        text = file.read()
    text = text.replace("time_zone: UTC\n", f"time_zone: {ZONE}\n", 1)
    text = text.replace("currency: USD\n", f"currency: {CURRENCY}\n  revenue: {{from: {source}, rates: [{rates}]}}\n", 1)
    with open(path, "w") as file:
        file.write(text)


class World:
    """Facts of two years, in the order in which they are sent."""

    def __init__(self, source, seed):
        self.random, self.source, self.facts = random.Random(seed), source, []
        for number in range(ACCOUNTS):
            self.account(f"account-{number}")
        self.spoil()

    def at(self, day):
        """Never the same millisecond twice: what is said at once by two senders is settled by their ids alone."""
        millisecond = self.random.randrange(86_400_000)
        return BEGINNING + timedelta(days=day, milliseconds=millisecond)

    @staticmethod
    def text(instant):
        return instant.strftime("%Y-%m-%dT%H:%M:%S.") + f"{instant.microsecond // 1000:03d}Z"

    def say(self, account, kind, instant, data):
        self.facts.append({"id": f"{kind}-{len(self.facts)}", "account": account, "type": kind,
                           "time": self.text(instant), "data": {k: v for k, v in data.items() if v is not None}})

    def account(self, name):
        days = sorted(self.random.sample(range(750), self.random.randrange(1, 9)))
        for place, day in enumerate(days):
            {"account": self.field, "contracts": self.contract, "subscriptions": self.subscription}[self.source](
                name, self.at(day), place)
        if self.source != "contracts" and self.random.random() < 0.6:
            self.contract(name, self.at(days[0]), 0)
        if self.random.random() < 0.3:
            self.say(name, "churn.noticed", self.at(self.random.randrange(750)), {"scope": self.pick(["full", "partial"])})

    def pick(self, values):
        return self.random.choice(values)

    def maybe(self, chance, value):
        return value if self.random.random() < chance else None

    def price(self):
        return self.pick([0, 10, 19.99, 333.33, 1200, 7.005, 99_999.95, self.random.randrange(1, 9_999_999) / 1000])

    def field(self, name, instant, place):
        self.say(name, "account.changed", instant, {"arr": self.price() * 10})

    def later(self, instant, days):
        return self.text(instant + timedelta(days=self.random.randrange(*days)))

    def contract(self, name, instant, place):
        keys = ["c1", "c2", "c3"]
        kind = "contract.signed" if place == 0 else self.pick(
            ["contract.signed", "contract.amended", "contract.amended", "contract.ended"])
        key = "c1" if place == 0 else self.pick(keys)
        data = {"contract": key}
        if kind != "contract.ended":
            data |= {"arr": self.maybe(0.9, self.price() * 12), "term_end": self.maybe(0.6, self.later(instant, (20, 500))),
                     "currency": self.maybe(0.3, self.pick(["USD", "GBP", "EUR"]))}
        if kind == "contract.signed":
            data |= {"term_start": self.maybe(0.5, self.later(instant, (-40, 40))),
                     "renews": self.maybe(0.3, self.pick([one for one in keys if one < key]) if key != "c1" else None)}
        else:
            data["effective_at"] = self.maybe(0.4, self.later(instant, (-60, 30)))
        if kind == "contract.ended":
            data["reason"] = self.maybe(0.5, self.pick(["budget", "non_payment"]))
        self.say(name, kind, instant, data)

    def subscription(self, name, instant, place):
        data = {"subscription": self.pick(["s1", "s2"]), "effective_at": self.maybe(0.4, self.later(instant, (-60, 30))),
                "status": self.pick(["active"] * 6 + ["past_due", "trialing", "unpaid", "canceled", "paused"]),
                "currency": self.maybe(0.3, self.pick(["USD", "GBP", "EUR"])),
                "reason": self.maybe(0.1, self.pick(["payment_failed", "moved away"]))}
        form = self.random.random()
        if form < 0.6 or place == 0:
            data |= {"price": self.price(), "quantity": self.maybe(0.5, self.pick([0, 1, 7, 250])),
                     "interval": self.maybe(0.8, self.pick(["day", "week", "month", "quarter", "year"])),
                     "interval_count": self.maybe(0.2, self.pick([2, 3]))}
            if self.random.random() < 0.4:
                data["discount_ends"] = self.maybe(0.8, self.later(instant, (-10, 300)))
                data |= self.pick([{"discount_percent": 12.5}, {"discount_percent": 100}, {"discount_amount": 5}])
        elif form < 0.8:
            data["items"] = [{"price": self.price(), "quantity": 3, "interval": "week"}, {"price": self.price()}]
        elif form < 0.9:
            data["mrr"] = self.price()
        self.say(name, "subscription.changed", instant, data)

    def spoil(self):
        """Corrections, duplicates and retractions; then the order of a bad day."""
        for fact in list(self.facts):
            if self.random.random() < 0.15 and fact["type"] != "churn.noticed":
                corrected = dict(fact["data"], effective_at=fact["data"].get("effective_at", fact["time"]))
                for field in ("arr", "price"):
                    if field in corrected:
                        corrected[field] = self.price()
                said = datetime.fromisoformat(fact["time"].replace("Z", "+00:00")) + timedelta(hours=5, milliseconds=1)
                if self.source != "account" and "effective_at" in (corrected if fact["type"] != "contract.signed" else {}):
                    self.say(fact["account"], fact["type"], said, corrected)
        self.random.shuffle(self.facts)
        extra = []
        for fact in list(self.facts):
            if self.random.random() < 0.1:
                extra.append(fact)
            if self.random.random() < 0.08:
                extra.append({"id": "back-" + fact["id"], "account": fact["account"], "type": fact["type"],
                              "time": fact["time"], "data": fact["data"], "op": "retract", "corrects": fact["id"]})
        self.random.shuffle(extra)
        self.facts += extra

    def send(self, client):
        for number in range(ACCOUNTS):
            name = f"account-{number}"
            client.sent("/v1/group", {"groupId": name, "userId": "u", "messageId": "made-" + name, "traits": {"name": name}})
        for start in range(0, len(self.facts), 100):
            answer = client.sent("/v1/events", self.facts[start:start + 100])
            assert answer["rejected"] == [], answer["rejected"][:3]


PERIODS = [(380, 15), (365, 0), (120, 30), (700, 300), (31, 30)]


def _days(period):
    return tuple(TODAY - timedelta(days=days) for days in period)


def _told(client, period):
    first, last = _days(period)
    body = client.get("/portfolio/revenue", **{"from": first.isoformat(), "to": last.isoformat()}).json
    figures = {}
    for one in body["figures"]:
        part = one["value"] if one["unit"] == "money" else one["part"]
        if one["accounts"]:
            figures[one["id"]] = (Decimal(str(part)), Decimal(str(one.get("whole", 0))), one["accounts"])
    return figures, sorted(one["external_id"] for one in body["left_out"]), body


def _differences(client, books):
    """Of the first period that has any."""
    found = []
    for period in PERIODS:
        if found:
            break
        told, left, _ = _told(client, period)
        expected, unknown = books.figures(*_days(period))
        unknown = sorted(unknown + [f"account-{number}" for number in range(ACCOUNTS)
                                    if f"account-{number}" not in books.facts])
        if left != unknown:
            found.append((period, "left out", left, unknown))
        for figure in sorted(set(told) | set(expected)):
            if told.get(figure) != expected.get(figure):
                found.append((period, figure, told.get(figure), expected.get(figure)))
    return found


def _books(world, bug=None):
    return Books(world.facts, world.source, ZONE, CURRENCY, RATES, bug)


def _start(folder):
    return Server(folder + "/data", arguments=["--workspace", WORKSPACE, "--programme", folder + "/programme"])


def _settled(client):
    """Events are answered before they are taken into the states; a command is answered behind them."""
    reply = client.command("POST", "/accounts/account-0/notes", {"text": "after all"})
    assert reply.status == 200, reply


def _prove(folder, source, seed):
    _programme(folder, source)
    world = World(source, seed)
    with _start(folder) as server:
        client = server.client(WORKSPACE)
        world.send(client)
        _settled(client)
        differences = _differences(client, _books(world))
        assert not differences, (len(differences), differences[:3])
        _reconcile(client)
        for bug in BUGS:
            if _applies(bug, source):
                assert _differences(client, _books(world, bug)), f"nobody noticed: {bug}"
    with _start(folder) as server:
        assert not _differences(server.client(WORKSPACE), _books(world)), "after a restart"


def _rows(client, figure, first, last):
    """All accounts behind a figure, in pages of seven."""
    rows, more = [], {}
    while True:
        body = client.get("/portfolio/revenue", **{
            "from": first.isoformat(), "to": last.isoformat(), "figure": figure, "limit": 7}, **more).json
        rows += body["items"]
        if not body["next_cursor"]:
            return rows
        more = {"cursor": body["next_cursor"]}


def _applies(bug, source):
    """A bug that cannot show in facts of this kind."""
    kinds = {"rates of the last day": source != "account", "trials count": source == "subscriptions",
             "a year has 48 weeks": source == "subscriptions", "discounts never end": source == "subscriptions",
             "the last arrival wins": source != "account", "nothing is carried over": source != "account",
             "duplicates count twice": source != "account"}
    return kinds.get(bug, True)


def _reconcile(client):
    """Every figure is the sum of the accounts that it opens into, and their movements are the difference of their ends."""
    first, last = _days(PERIODS[0])
    for figure in _told(client, PERIODS[0])[2]["figures"]:
        rows = _rows(client, figure["id"], first, last)
        assert len(rows) == figure["accounts"], figure
        part = sum((Decimal(str(row["part"])) for row in rows), Decimal(0))
        assert part == Decimal(str(figure["value"] if figure["unit"] == "money" else figure["part"])), figure
        for row in rows:
            moved = sum((Decimal(str(one["amount"])) for one in row["movements"]), Decimal(0))
            assert moved == Decimal(str(row["end"])) - Decimal(str(row["start"])), row
    groups = client.get("/portfolio/revenue", group="tier").json["groups"]
    assert sum(one["accounts"] for one in groups) == ACCOUNTS


@proof("revenue from contracts is what the raw facts say, and eleven bugs are found")
def contracts(folder):
    _prove(folder, "contracts", 1)


@proof("revenue from subscriptions is what the raw facts say, and eleven bugs are found")
def subscriptions(folder):
    _prove(folder, "subscriptions", 2)


@proof("revenue from the account's field is what the raw facts say, and the bugs that can show are found")
def field(folder):
    _prove(folder, "account", 3)


SIGNALS = """
signals:
  - {id: watched, title: Watched, severity: high, when: 'account.tier == "enterprise"'}
  - {id: hoped_for, title: Hoped for, severity: opportunity, when: 'account.tier == "professional"'}
"""
# What is said of each account's tier before its notice, and after it; and whether it then leaves without anybody having been warned.
LEAVERS = {"seen": (["enterprise"], [], False), "seen-and-calm-again": (["enterprise", "basic"], [], False), "unseen": ([], [], True),
           "seen-too-late": ([], ["enterprise"], True), "chance": (["professional"], [], True), "calm": (["basic"], [], True)}


def _now():
    return World.text(datetime.now(timezone.utc))


def _say(client, account, type, **data):
    """With an answer behind it, so that it has been concluded from before anything else is said."""
    client.sent("/v1/events", [{"id": f"{type}-{account}-{len(data)}-{data}", "account": account, "type": type, "time": _now(), "data": data}])
    reply = client.command("POST", f"/accounts/{account}/notes", {"text": "after it"})
    assert reply.status == 200, reply


@proof("churn is a surprise only where no alert stood in the 90 days before the notice")
def surprise(folder):
    _programme(folder, "contracts")
    with open(folder + "/programme/watched.yaml", "w") as file:
        file.write(SIGNALS)
    with _start(folder) as server:
        client = server.client(WORKSPACE)
        for name in LEAVERS | {"stays": None}:
            client.sent("/v1/group", {"groupId": name, "userId": "u", "messageId": "made-" + name, "traits": {"name": name}})
            client.sent("/v1/events", [{"id": "signed-" + name, "account": name, "type": "contract.signed", "time": World.text(BEGINNING),
                                        "data": {"contract": "c", "arr": 1200}}])
        _say(client, "stays", "account.changed", tier="enterprise")
        for name, (before, after, _) in LEAVERS.items():
            for tier in before:
                _say(client, name, "account.changed", tier=tier)
            _say(client, name, "churn.noticed", scope="full")
            for tier in after:
                _say(client, name, "account.changed", tier=tier)
            _say(client, name, "contract.ended", contract="c")
        body = client.get("/portfolio/revenue", figure="churn.surprise_rate").json
        surprises = {row["external_id"]: row["part"] for row in body["items"]}
        assert surprises == {name: int(is_surprise) for name, (_, _, is_surprise) in LEAVERS.items()}, surprises
        assert (body["figure"]["part"], body["figure"]["whole"]) == (4, 6), body["figure"]
        warned = {row["external_id"]: row["warned"] for row in body["items"]}
        assert warned == {name: not is_surprise for name, (_, _, is_surprise) in LEAVERS.items()}, warned


@proof("an account's revenue leads to the events that say so")
def trail(folder):
    _programme(folder, "contracts")
    with _start(folder) as server:
        client = server.client(WORKSPACE)
        client.sent("/v1/group", {"groupId": "a", "userId": "u", "messageId": "a", "traits": {"name": "A"}})
        event = {"id": "deal-7", "source": "crm", "account": "a", "type": "contract.signed",
                 "time": World.text(BEGINNING), "data": {"contract": "c", "arr": 1200.5}}
        client.sent("/v1/events", [event])
        reply = client.command("POST", "/accounts/a/notes", {"text": "after all"})
        assert reply.status == 200, reply
        step, = client.get("/accounts/a/revenue").json["steps"]
        assert step["arr"] == 1200.5 and step["key"] == "c", step
        assert step["event"]["id"] == "deal-7" and step["event"]["type"] == "contract.signed", step


if __name__ == "__main__":
    main()
