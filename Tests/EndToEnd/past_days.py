"""Opens random past days of every workspace of a demo, and holds them against what else the product recorded.

What was open on a day is worked out here from the timeline, what the score was from the explanation of that day. Days
are then folded anew: nothing may differ without facts that came or went, and facts told here by hand must be named."""
import random
import sqlite3
from datetime import date, timedelta

from proof import main, proof
from server import Server

SLUGS = ["starter", "claresia", "credlink", "maestro", "auterity", "csos"]
DEMO = ["--accounts", "12", "--vendor-accounts", "4", "--days", "75", "--quiet"]


def _before(day, days):
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat()


def _timeline(client, account):
    return list(reversed(client.all(f"/accounts/{account}/timeline")))


def _open_signals(timeline, closed):
    """Titles of the signals that stood open when the day was closed."""
    opened = {}
    for entry in timeline:
        if entry["at"] > closed:
            break
        title = entry["title"].partition(": ")[2]
        if entry["kind"] == "signalRaised":
            opened[title] = entry["at"]
        elif entry["kind"] == "signalCleared":
            opened.pop(title, None)
    return opened


def _check_day(client, account, day, timeline):
    shown = client.get(f"/accounts/{account}/days/{day}").json
    told = client.get(f"/accounts/{account}/explanation?at={day}").json
    assert shown["score"] == told["score"] and shown["lines"] == told["lines"], (account, day)
    assert shown["sum_nano"] == told["sum_nano"] and shown["coverage"] == told["coverage"], (account, day)
    # Entries of one midnight are told in the order in which they were concluded.
    closed = shown["closed"]
    signals = {signal["title"]: signal["since"] for signal in shown["signals"]}
    assert signals == _open_signals(timeline, closed), (account, day, signals, _open_signals(timeline, closed))
    messages = [entry for entry in timeline if entry["kind"] == "messageQueued" and entry["at"] <= closed]
    assert len(shown["messages"]) == len(messages), (account, day, len(shown["messages"]), len(messages))
    ended = sum(entry["kind"] == "playEnded" and entry["at"] <= closed for entry in timeline)
    started = sum(entry["kind"] == "playStarted" and entry["at"] <= closed for entry in timeline)
    assert len(shown["plays"]) == started - ended, (account, day)
    assert all(play["started"] <= closed and not play["ended"] for play in shown["plays"]), (account, day)
    _check_metrics(shown)
    return shown


def _check_metrics(shown):
    """Each component's value stands among the metrics, to the millionth."""
    assert shown["metrics"], shown["day"]
    values = [metric["value"] for metric in shown["metrics"] if metric["value"] is not None]
    for line in shown["lines"]:
        if line["kind"] == "component" and line["value"] is not None:
            assert any(abs(value - line["value"]) <= 1e-6 for value in values), (shown["day"], line)


@proof("random past days show what was recorded of them, and fold anew to the same numbers or name what revised them")
def every_day(folder):
    chosen = random.Random(20260309)
    with Server(folder + "/data", "demo", DEMO) as server:
        for slug in SLUGS:
            client = server.client(slug)
            days = same = revised = 0
            for account in client.all("/accounts"):
                account = account["id"]
                today = client.get(f"/accounts/{account}/explanation").json["day"]
                timeline = _timeline(client, account)
                for back in chosen.sample(range(1, 70), 6):
                    reply = client.get(f"/accounts/{account}/days/{_before(today, back)}?recompute=true")
                    if reply.status == 404:
                        assert reply.json["code"] == "day-before-first", reply
                        continue
                    again = reply.json["recomputed"]
                    assert not again["unexplained"], (slug, account, reply.json["day"], again["revised"])
                    for line in again["revised"]:
                        assert line.get("facts") or line.get("sources"), (slug, account, line)
                    _check_day(client, account, _before(today, back), timeline)
                    days, same, revised = days + 1, same + again["same"], revised + len(again["revised"])
            print(f"          {slug}: {days} days opened; {same} numbers the same, {revised} revised by named facts, 0 without a reason")
            assert days >= 12 and same > 10 * days, (slug, days, same)


@proof("an event told late, and one taken back, revise the numbers of their day by name, and no other day's")
def told_late(folder):
    with Server(folder + "/data", "demo", DEMO) as server:
        client = server.client("starter")
        account = client.all("/accounts", sort="-score")[0]
        today = client.get(f"/accounts/{account['id']}/explanation").json["day"]
        day = _before(today, 6)
        before = client.get(f"/accounts/{account['id']}/days/{day}?recompute=true").json
        known = {line["id"] for line in before["recomputed"]["revised"]}
        for number in range(3):
            told = client.sent("/v1/track", {
                "event": "user.session", "userId": f"late-{number}", "messageId": f"late-{number}",
                "timestamp": f"{_before(day, 1)}T12:00:00Z", "context": {"groupId": account["external_id"]}})
            assert told["accepted"] == 1, told
        after = client.get(f"/accounts/{account['id']}/days/{day}?recompute=true").json
        assert {key: value for key, value in after.items() if key != "recomputed"} == {
            key: value for key, value in before.items() if key != "recomputed"}, "history was restated"
        users = [line for line in after["recomputed"]["revised"] if line["id"] == "users.active.30d"]
        assert users, (known, [line["id"] for line in after["recomputed"]["revised"]])
        named = {fact["id"] for fact in users[0]["facts"]}
        assert {f"late-{number}" for number in range(3)} <= named, named
        assert users[0]["now"]["value"] >= users[0]["then"]["value"] + 3, users
        earlier = client.get(f"/accounts/{account['id']}/days/{_before(day, 2)}?recompute=true").json["recomputed"]
        assert not any(fact["id"].startswith("late-") for line in earlier["revised"] for fact in line["facts"]), earlier
        _take_back(client, account, day)


def _take_back(client, account, day):
    told = client.sent("/v1/events", [{
        "id": "undo-1", "op": "retract", "corrects": "late-1", "type": "user.session", "account": account["external_id"],
        "time": f"{day}T12:00:00Z"}])
    assert told["accepted"] == 1, told
    again = client.get(f"/accounts/{account['id']}/days/{day}?recompute=true").json["recomputed"]
    named = {fact["id"] for line in again["revised"] for fact in line["facts"] if line["id"] == "users.active.30d"}
    assert "late-1" not in named and {"late-0", "late-2"} <= named, named


@proof("a folder of before days kept their metrics opens, and its days say so")
def old_folder(folder):
    arguments = ["--accounts", "3", "--vendor-accounts", "1", "--days", "20", "--quiet"]
    with Server(folder + "/data", "demo", arguments) as server:
        client = server.client("starter")
        account = client.all("/accounts")[0]["id"]
        today = client.get(f"/accounts/{account}/explanation").json["day"]
        before = client.get(f"/accounts/{account}/days/{_before(today, 3)}").json
    store = sqlite3.connect(folder + "/data/workspaces/starter/store.sqlite")
    for column in ("closed_at", "position", "layout", "metrics"):
        store.execute(f"ALTER TABLE daily DROP COLUMN {column}")
    store.execute("DROP TABLE metric_layout")
    assert store.execute("DELETE FROM grdb_migrations WHERE identifier = '0005_day_metrics'").rowcount == 1
    store.commit()
    store.close()
    with Server(folder + "/data", "demo", arguments) as server:
        after = server.client("starter").get(f"/accounts/{account}/days/{_before(today, 3)}?recompute=true").json
        assert after["metrics"] is None and after["recomputed"]["not_kept"] == len(before["metrics"]), after
        assert not after["recomputed"]["unexplained"], after["recomputed"]["revised"]
        for key in ("score", "lines", "signals", "plays", "closed", "band"):
            assert after[key] == before[key], key


if __name__ == "__main__":
    main()
