"""The two worked examples of the vendors, from what goes in over HTTP to what stands on the account's page.

What each number must be is worked out here from the vendors' weights in whole fractions; only weights that the vendors
publish are repeated, nothing is read from the programmes."""
import re
from fractions import Fraction
from html.parser import HTMLParser

from facts import batch, each, fact, people
from proof import main, proof
from server import Browser, Server, until

NANO = 1_000_000_000

# Auterity: dimension, weight, the grade that a person gives it.
DIMENSIONS = [("productUsage", 30, 85), ("businessValue", 25, 80), ("engagement", 20, 78), ("technicalHealth", 15, 88),
              ("growthPotential", 10, 75)]

# Maestro: weight of the dimension, then each leaf's weight in it and its points.
LEAVES = {
    "usage": (40, {"adoption": (40, 72), "workflows": (40, 60), "features": (20, 50)}),
    "performance": (30, {"uptime": (40, Fraction("99.95")), "success": (40, 97), "targets": (20, 90)}),
    "business_value": (20, {"roi": (50, 80), "objectives": (30, 70), "cost": (20, 20)}),
    "satisfaction": (10, {"nps": (50, 65), "tickets": (30, 80), "reference": (20, 50)}),
}
TRAITS = {"name": "Nordwind", "tier": "professional", "seats": 100, "arr": 120000, "csm": "ada",
          "purchased_features": 8, "cost_reduction_target": 25}


def _workflows(state, numbers):
    return each("workflow.state", "workflow", [f"W{number}" for number in numbers], ago=1, state=state, planned=True)


def _answers(count, value):
    return fact("Survey Answered", 1, times=count, survey="quarter", instrument="nps", value=value)


def _leaf_facts():
    return (
        people("Signed In", 72, 1)
        + _workflows("live", range(1, 7)) + _workflows("draft", range(7, 10)) + _workflows("paused", [10])
        + each("Feature Used", "feature", ("workflow_builder", "connectors", "approvals", "ai_optimisation"), ago=1, user="u1")
        + fact("availability.measured", 1, minutes=10000, down_minutes=5)
        + fact("Workflow Run", 0.5, times=97, ok=True) + fact("Workflow Run", 0.5, times=3, ok=False)
        + each("target.measured", "target", [f"t{number}" for number in range(9)], ago=1, met=True)
        + fact("target.measured", 1, target="t9", met=False)
        + fact("value.promised", 1, amount=100000)
        + fact("Value Recorded", 1, kind="money", amount=80000, confirmed=True)
        + fact("Value Recorded", 1, kind="money", amount=40000, confirmed=False)
        + each("objective.changed", "objective", [f"O{number}" for number in range(7)], ago=1, state="met")
        + each("objective.changed", "objective", [f"O{number}" for number in range(7, 10)], ago=1, state="agreed")
        + fact("Value Recorded", 1, kind="cost_reduction", amount=5, confirmed=True)
        + _answers(5, 9) + _answers(3, 8) + _answers(2, 4)
        + each("ticket.created", "ticket", ("T1", "T2", "T3", "T4"), ago=1, priority="P3"))


class Page(HTMLParser):
    """An account's page as a reader sees it: the headline's number and band, and what the rows of the score's table
    say in their last cell."""

    def __init__(self, text):
        super().__init__()
        self.score, self.band, self.adds, self.total = "", "", [], ""
        self._path, self._row, self._is_hidden = [], [], 0
        self.feed(re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL))

    def handle_starttag(self, tag, attributes):
        self._path.append((tag, dict(attributes)))
        if tag == "tr":
            self._row = []
        if tag in ("td", "th"):
            self._row.append("")
        if tag in ("br", "meta", "link", "input", "hr"):
            self._path.pop()

    def handle_endtag(self, tag):
        while self._path and self._path.pop()[0] != tag:
            pass
        if tag == "tr" and self._is_in("section", "aria-labelledby", "made-of") and self._row:
            self._keep(self._row)

    def _keep(self, row):
        if row[0] == "Score":
            self.total = row[-1].strip()
        elif row[0] != "Component":
            self.adds.append(row[-1].strip())

    def _is_in(self, tag, name, value):
        return any(one == tag and value in attributes.get(name, "").split() for one, attributes in self._path)

    def handle_data(self, data):
        if self._is_in("strong", "class", "score"):
            self.score += data
        if self._is_in("span", "class", "badge") and not self._is_in("span", "aria-hidden", "true"):
            self.band += data
        if self._row and any(tag in ("td", "th") for tag, _ in self._path):
            self._row[-1] += data


def _number(text):
    return Fraction(text.replace("−", "-").replace(",", ""))


def _check_page(server, account, score, band):
    page = Page(Browser(server).page("/accounts/" + account).text)
    assert (page.score.strip(), page.band.strip()) == (str(score), band), (page.score, page.band)
    assert _number(page.total) == score, page.total
    # Each row is rounded for the eye, by half a hundredth at most.
    assert len(page.adds) >= 5
    assert abs(sum(map(_number, page.adds)) - score) <= Fraction(len(page.adds), 100), page.adds


def _check_api(client, account, exact, band, terms):
    """`terms` are the contributions by id; `exact` is their sum in points."""
    told, shown = client.get(f"/accounts/{account}/explanation").json, client.account(account)
    assert (shown["score"], shown["band"], told["score"], told["band"]) == (round(exact), band, round(exact), band), shown
    lines = {line["id"]: line["contribution_nano"] for line in told["lines"] if line["kind"] in ("component", "judgedGroup")
             and line["contribution_nano"]}
    assert lines == {name: value * NANO for name, value in terms.items()}, (lines, terms)
    assert sum(lines.values()) == exact * NANO
    assert sum(line["contribution_nano"] for line in told["lines"]) == round(exact) * NANO == told["sum_nano"]


def _create(server, pack, account, traits, facts):
    client = server.client(pack)
    calls = batch(account, traits, [], facts)
    assert client.sent("/v1/batch", calls)["accepted"] == len(calls["batch"])
    until("the account", 10, lambda: client.get("/accounts/" + account).status == 200)
    return client


@proof("Auterity's five dimension grades, given over the API, read 82 and Good on the page")
def auterity(folder):
    with Server(folder + "/data", arguments=["--workspace", "auterity", "--programme", "auterity"]) as server:
        client = _create(server, "auterity", "acme", {"name": "Acme Healthcare Inc.", "tier": "professional"}, [])
        for name, _, points in DIMENSIONS:
            reply = client.command("POST", "/accounts/acme/grades", {"group": name, "points": points, "reason": "review"})
            assert reply.status == 200, reply
        terms = {name: Fraction(weight * points, 100) for name, weight, points in DIMENSIONS}
        assert sum(terms.values()) == Fraction("81.8")
        _check_api(client, "acme", sum(terms.values()), "good", terms)
        _check_page(server, "acme", 82, "Good")


@proof("Maestro's twelve leaf facts read 74 and At Risk on the page, and every leaf adds its exact share")
def maestro(folder):
    with Server(folder + "/data", arguments=["--workspace", "maestro", "--programme", "maestro"]) as server:
        client = _create(server, "maestro", "nordwind", TRAITS, _leaf_facts())
        given = {"metric": "reference.willingness", "points": 50, "reason": "asked"}
        assert client.command("POST", "/accounts/nordwind/grades", given).status == 200
        terms = {f"{group}.{leaf}": Fraction(weight * share * points, 10000)
                 for group, (weight, leaves) in LEAVES.items() for leaf, (share, points) in leaves.items()}
        assert len(terms) == 12 and sum(terms.values()) == Fraction("73.804")
        _check_api(client, "nordwind", sum(terms.values()), "at_risk", terms)
        _check_page(server, "nordwind", 74, "At Risk")


if __name__ == "__main__":
    main()
