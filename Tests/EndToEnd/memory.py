"""What an account costs a running server: the difference in resident memory between fewer and more accounts under Maestro's
whole programme, ids of their events included. Too long for a debug binary: bin/prove runs it against the
optimised one. Exit code 1 when the product's own limits are missed: 6 KB at 20 members, 12 KB at 50 members and all
features that the programme declares."""
import json
import random
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

from proof import main, proof
from server import Server

# By then a server has as many values of accounts, recent ids and pages of its database in memory as it ever has, so that
# the difference is what one more account costs.
FIRST, MORE = 5000, 4000
# All that the programme declares: others are counted together, and take nothing each.
FEATURES = ["workflow_builder", "connectors", "scheduling", "approvals", "notifications", "reports", "dashboards",
            "ai_optimisation", "advanced_monitoring", "audit_trail"]


class Population:
    """Accounts whose members come back on several days of the last month."""

    def __init__(self, members, features, days):
        self.members, self.features, self.days = members, features, days
        self.dice, self.now, self.count = random.Random(7), datetime.now(timezone.utc), 0

    def batch(self, account):
        """Facts of one account, oldest first."""
        calls = [{"type": "group", "groupId": account, "userId": f"{account}-u0", "messageId": f"{account}-made",
                  "traits": {"name": account.title(), "arr": 24000, "seats": self.members, "csm": "ana@vendor.example"}}]
        for ago in sorted(self.dice.sample(range(1, 31), self.days), reverse=True):
            for member in range(self.members):
                if self.dice.random() < 0.5:
                    continue
                at = self.now - timedelta(days=ago, seconds=self.dice.randrange(30000))
                feature = self.dice.choice(self.features)
                calls.append({"type": "track", "userId": f"{account}-u{member}", "event": "Feature Used",
                              "properties": {"feature": feature}, "timestamp": at.isoformat(), "context": {"groupId": account},
                              "messageId": f"{account}-{ago}-{member}"})
        self.count += len(calls)
        return calls


def _send(server, accounts, population):
    """Two calls at a time."""
    # A call takes 500 facts at most.
    size = max(1, 400 // (population.members * population.days))
    groups = [accounts[at:at + size] for at in range(0, len(accounts), size)]
    bodies = ([call for account in group for call in population.batch(account)] for group in groups)
    clients = [server.client("acme") for _ in range(2)]

    def send(numbered):
        number, body = numbered
        reply = clients[number % 2].post("/v1/batch", {"batch": body})
        assert reply.status == 200 and not reply.json.get("rejected"), reply

    for at in range(0, len(groups), 2):
        pair = [(number, next(bodies)) for number in range(min(2, len(groups) - at))]
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(send, pair))


def _settled_kib(server):
    """Once what was sent is concluded and the allocator has given back what it does not need."""
    newest, since = server.memory_kib(), time.monotonic()
    while time.monotonic() - since < 15:
        time.sleep(1)
        now = server.memory_kib()
        if abs(now - newest) > newest // 200:
            newest, since = now, time.monotonic()
    return newest


def _weigh(folder, members, features, limit):
    arguments = ["--workspace", "acme", "--programme", "maestro"]
    with Server(folder + "/data", arguments=arguments) as server:
        population = Population(members, features, days=10)
        empty = _settled_kib(server)
        _send(server, [f"a{number}" for number in range(FIRST)], population)
        fewer, events = _settled_kib(server), population.count
        _send(server, [f"b{number}" for number in range(MORE)], population)
        more = _settled_kib(server)
        known = len(server.client("acme").all("/accounts"))
        assert known == FIRST + MORE, known
        a_piece = (more - fewer) * 1024 / MORE
        print(json.dumps({
            "members": members, "features": len(features), "accounts": FIRST + MORE, "events": population.count,
            "events_of_one": (population.count - events) // MORE, "empty_kib": empty, "fewer_kib": fewer, "more_kib": more,
            "bytes_of_one": round(a_piece), "limit": limit}), flush=True)
        return a_piece


@proof("an account of 20 members costs at most 6 KB")
def twenty(folder):
    assert _weigh(folder, 20, FEATURES[:5], 6 * 1024) <= 6 * 1024


@proof("an account of 50 members and all features costs at most 12 KB")
def fifty(folder):
    assert _weigh(folder, 50, FEATURES, 12 * 1024) <= 12 * 1024


if __name__ == "__main__":
    main()
