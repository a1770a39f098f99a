"""A changed programme, planned and published beside a running server: what the plan says of each account is what the API
shows after publishing, nobody else moves, a crash loses nothing, and a rollback brings back what was."""
import json
import os
import shutil

from proof import main, proof
from server import Server, run

ARGUMENTS = ["--accounts", "80", "--vendor-accounts", "1", "--days", "150", "--quiet"]
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
HEALTHY_FROM = 70
# A shown band rises only so many points past its edge.
HYSTERESIS = 3


def _healthy(points):
    return f"title: Healthy, from: {points}"


OLD, NEW = _healthy(HEALTHY_FROM), _healthy(62)


def _edited(folder, old=OLD, new=NEW):
    """A copy of the starter programme with one text changed."""
    path = os.path.join(folder, "programme")
    shutil.copytree(os.path.join(ROOT, "Programmes", "starter"), path, dirs_exist_ok=True)
    file = os.path.join(path, "health.yaml")
    text = open(file).read()
    assert old in text, f"health.yaml holds no {old}"
    open(file, "w").write(text.replace(old, new, 1))
    return path


def _shown(server):
    return {one["id"]: (one["score"], one["band"]) for one in server.client("starter").all("/accounts")}


def _tenure(command, folder, *arguments):
    code, output, errors = run(
        command, *arguments, "--data", folder + "/data", "--workspace", "starter", "--json", timeout=600)
    assert code == 0, (command, code, output[-500:], errors[-2000:])
    return json.loads(output)


def _bounded(folder, programme, alerts):
    """A plan with more alerts ends with a code of its own where a bound is given; the same alerts break none."""
    options = ["--data", folder + "/data", "--workspace", "starter"]
    code, _, errors = run("plan", programme, "--alerts-max-rise", "0", "--recall-max-fall", "0", *options, timeout=600)
    assert code == 0, (code, errors)
    eager = shutil.copytree(programme, os.path.join(folder, "eager"))
    file = os.path.join(eager, "signals.yaml")
    text = open(file).read()
    assert "health.score < 70" in text
    open(file, "w").write(text.replace("health.score < 70", "health.score < 90", 1))
    code, output, errors = run("plan", eager, "--alerts-max-rise", "0", *options, timeout=600)
    assert code == 4 and f"from {alerts} to " in errors and "PLAN  version 1 -> 2" in output, (code, errors)


@proof("a plan beside a running server says, account by account, what publishing does")
def planned(folder):
    with Server(folder + "/data", command="demo", arguments=ARGUMENTS) as server:
        before = _shown(server)
        # So that the healthiest of those who are not called so would be, whatever day it is.
        threshold = max(score for score, _ in before.values() if score is not None and score < HEALTHY_FROM) - HYSTERESIS
        programme = _edited(folder, new=_healthy(threshold))
        plan = _tenure("plan", folder, programme)
        assert [(one["kind"], one["id"]) for one in plan["changes"]] == [("health", "health")], plan["changes"]
        assert plan["changes"][0]["differences"] == [
            {"path": "bands.healthy.from", "before": str(HEALTHY_FROM), "after": str(threshold)}], plan["changes"]
        assert _shown(server) == before, "a plan changed something"
        foretold = dict(before)
        for one in plan["at_publishing"]["changed"]:
            assert (one["score"][0], one["band"][0]) == before[one["account"]["id"]], one
            foretold[one["account"]["id"]] = (one["score"][1], one["band"][1])
        moved = [one for one in foretold if foretold[one] != before[one]]
        assert moved, "the threshold moves nobody: the proof is empty"
        past = plan["past"]
        assert past["accounts"] == len(before) and past["facts"] > 0 and past["accounts_changed"] > 0, past

        for side, outcome in (("recorded", past["outcomes"]["recorded"]), ("replayed", past["outcomes"]["replayed"])):
            assert outcome["alerts"] > 0 and sum(past["alerts"][side].values()) == outcome["alerts"], past["alerts"]
        _bounded(folder, programme, past["outcomes"]["recorded"]["alerts"])

        published = _tenure("publish", folder, programme, "--by", "ana", "--why", "the band was too strict")
        assert published["version"] == 2, published
        assert _shown(server) == foretold
        print(f"  {len(moved)} of {len(before)} accounts moved, as foretold; "
              f"{past['accounts_changed']} differ in the past", flush=True)

        server.kill()
    with Server(folder + "/data", command="demo", arguments=ARGUMENTS) as server:
        assert _shown(server) == foretold, "a crash after publishing"
        rows = _tenure("versions", folder)
        assert [(one["version"], one["running"], one["by"]) for one in rows] == [(2, True, "ana"), (1, False, "operator")]
        back = _tenure("rollback", folder, "1", "--by", "ana", "--why", "too lax")
        assert back["version"] == 3, back
        assert {one: shown[0] for one, shown in _shown(server).items()} == {
            one: shown[0] for one, shown in before.items()}, "scores after a rollback"


@proof("where the programme asks for it, a version waits for another person: over the API, without a server, over a kill")
def approved(folder):
    arguments = ["--accounts", "3", "--vendor-accounts", "1", "--days", "40", "--quiet"]
    programme = _edited(folder)
    header = os.path.join(programme, "programme.yaml")
    text = open(header).read()
    open(header, "w").write(text.replace("currency: USD", "currency: USD\n  publishing: {approval: required}", 1))
    options = ["--data", folder + "/data", "--workspace", "starter"]

    def refused(code_wanted, *command):
        code, output, errors = run(*command, *options)
        assert code == 1 and f"code: {code_wanted}" in errors, (command, code, output, errors)

    with Server(folder + "/data", command="demo", arguments=arguments) as server:
        assert _tenure("publish", folder, programme, "--by", "ana", "--why", "two pairs of eyes")["version"] == 2
        waiting = _tenure("publish", folder, "starter", "--by", "ana", "--why", "back to one")
        assert waiting["proposal"]["state"] == "waiting" and waiting["replaced"] is None, waiting
        refused("approver-must-differ", "approve", "--by", " ANA")
        reply = server.client("starter").command("POST", "/programme/approval", {"by": "Ana"})
        assert reply.status == 403 and reply.json["code"] == "approver-must-differ", reply
        server.kill()
    rows = _tenure("versions", folder)
    assert rows[0] == waiting["proposal"] and [one["version"] for one in rows[1:]] == [2, 1], rows
    refused("approver-must-differ", "approve", "--by", "aNa")
    refused("proposal-replaced", "approve", "--by", "ben", "--digest", "0123456789")
    assert _tenure("rollback", folder, "1", "--by", "ana", "--why", "emergency")["version"] == 3
    refused("proposal-stale", "approve", "--by", "ben")
    with Server(folder + "/data", command="demo", arguments=arguments) as server:
        waiting = _tenure("publish", folder, programme, "--by", "ana", "--why", "again")
        assert waiting["replaced"] is None or waiting["replaced"]["state"] == "stale", waiting
        server.kill()
    row = _tenure("approve", folder, "--by", "ben", "--why", "fine")
    assert (row["version"], row["by"], row["approved_by"]) == (4, "ana", "ben"), row
    refused("nothing-waits", "approve", "--by", "ben")


@proof("what cannot be published is refused with a reason, and changes nothing")
def refused(folder):
    with Server(folder + "/data", command="demo", arguments=["--accounts", "3", "--vendor-accounts", "1", "--days", "40", "--quiet"]) as server:
        before = _shown(server)
        options = ["--data", folder + "/data", "--workspace", "starter"]
        code, output, errors = run("publish", "starter", "--by", "ana", "--why", "again", *options)
        assert code == 1 and "version 1, which is running" in errors, (code, output, errors)
        broken = _edited(folder, OLD, "title: Healthy, from: 30")
        for command in (["plan", broken], ["publish", broken, "--by", "ana", "--why", "broken"]):
            code, output, errors = run(*command, *options)
            assert code == 1 and "health.yaml" in errors, (command, code, output, errors[-500:])
        code, output, errors = run("rollback", "9", "--by", "ana", "--why", "lost", *options)
        assert code == 1 and "There is no version 9" in errors, (code, output, errors)
        reply = server.client("starter").command("POST", "/programme/versions", {"files": [{"path": "a.yaml"}]})
        assert reply.status == 422, reply
        assert _shown(server) == before


if __name__ == "__main__":
    main()
