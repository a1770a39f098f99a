"""Recomputes the displayed score of every account from what the API says it is made of.

Whole billionths of a point, no tolerance: contributions sum to the raw score; limits and rounding lead to the score
that is shown. Weights times points must give the contributions to within what the printed digits leave open."""
from datetime import date, timedelta

from proof import main, proof
from server import Server

LIMITS = ("cap",)
NANO = 1_000_000_000
SLUGS = ["starter", "claresia", "credlink", "maestro", "auterity", "csos"]


def _half_up(nano):
    return (nano + NANO // 2) // NANO


def _sum(lines, *kinds):
    return sum(line["contribution_nano"] for line in lines if line["kind"] in kinds)


def _check(external, told):
    lines, score = told["lines"], told["score"]
    raw = _sum(lines, "component", "judgedGroup")
    if score is None:
        return False
    assert told["raw_score"] == _half_up(raw), (external, told["raw_score"], raw)
    exact = raw + _sum(lines, *LIMITS)
    assert exact <= raw, (external, "a limit raised the score")
    assert score == _half_up(exact) and 0 <= score <= 100, (external, score, exact, [
        (line["kind"], line["title"], line["contribution_nano"]) for line in lines if line["kind"] not in ("component", "judgedGroup")])
    assert raw + _sum(lines, *LIMITS, "rounding") == score * NANO == told["sum_nano"], external
    _check_terms(external, lines)
    return True


def _check_terms(external, lines):
    terms = [line for line in lines if line["kind"] in ("component", "judgedGroup")]
    weights = sum(line["weight"] for line in terms)
    assert abs(weights - 1) <= 1e-6, (external, weights)
    for line in terms:
        product = (line["points"] or 0) * line["weight"] * NANO
        # Weights are printed to nine digits; a hundred points leave 100 billionths open.
        assert abs(product - line["contribution_nano"]) <= 200, (external, line, product)
        assert line["points"] is not None or line["unknown"], (external, line)


def _check_workspace(client):
    scored, capped = 0, 0
    accounts = client.all("/accounts")
    for account in accounts:
        told = client.get(f"/accounts/{account['id']}/explanation").json
        assert told["score"] == account["score"], (account, told["score"])
        scored += _check(account["external_id"], told)
        capped += any(line["kind"] in LIMITS for line in told["lines"])
    return len(accounts), scored, capped


@proof("every account's score of all six workspaces follows from its contributions, limits and rounding")
def every_score(folder):
    arguments = ["--accounts", "40", "--vendor-accounts", "10", "--days", "60", "--quiet"]
    with Server(folder + "/data", "demo", arguments) as server:
        assert sorted(server.workspaces) == sorted(SLUGS), server.workspaces.keys()
        everywhere = 0
        for slug in SLUGS:
            accounts, scored, capped = _check_workspace(server.client(slug))
            print(f"          {slug}: {accounts} accounts, {scored} with a score, {capped} under a limit")
            assert accounts, slug
            everywhere += scored
        assert everywhere >= 50, everywhere


def _days_before(day, *numbers):
    return [(date.fromisoformat(day) - timedelta(days=number)).isoformat() for number in numbers]


def _change(client, account, since, at):
    told = client.get(f"/accounts/{account['id']}/explanation?since={since}&at={at}").json["change"]
    if told is None:
        return None
    assert sum(term["value_nano"] + term["coverage_nano"] for term in told["terms"]) == told["sum_nano"], (account, told)
    assert told["sum_nano"] == (told["to_score"] - told["from_score"]) * NANO, (account, told)
    return told["sum_nano"]


@proof("the changes of the days between sum to the change, to the billionth")
def every_change(folder):
    with Server(folder + "/data", "demo", ["--accounts", "20", "--vendor-accounts", "4", "--days", "45", "--quiet"]) as server:
        checked = moved = 0
        for slug in SLUGS:
            client = server.client(slug)
            for account in client.all("/accounts"):
                today = client.get(f"/accounts/{account['id']}/explanation").json["day"]
                days = _days_before(today, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
                single = [_change(client, account, since, at) for since, at in zip(days, days[1:])]
                if None in single:
                    continue
                whole = _change(client, account, days[0], days[-1])
                assert sum(single) == whole, (account, single, whole)
                checked, moved = checked + 1, moved + (whole != 0)
        print(f"          {checked} accounts over nine days, {moved} of them with another score at the end")
        assert checked >= 20 and moved >= 5, (checked, moved)


@proof("“healthy again if” is true: the promised points of one component, given alone, make the promised score")
def every_promise(folder):
    with Server(folder + "/data", "demo", ["--accounts", "40", "--vendor-accounts", "10", "--days", "60", "--quiet"]) as server:
        kept = below = 0
        for slug in SLUGS:
            client = server.client(slug)
            for account in client.all("/accounts"):
                again = client.get(f"/accounts/{account['id']}").json["healthy_again"]
                below += again is not None
                for change in (again or {"changes": []})["changes"][:1]:
                    grade = {"component": change["id"], "points": change["points"], "reason": "as promised"}
                    after = client.command("POST", f"/accounts/{account['id']}/grades", grade).json["account"]
                    assert after["score"] == change["score"] >= again["from"], (account, change, after)
                    assert after["band"] == change["band"], (account, change, after)
                    kept += 1
        print(f"          {below} accounts below the best band, {kept} promises kept")
        assert kept >= 10, (below, kept)


if __name__ == "__main__":
    main()
