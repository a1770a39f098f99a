"""A changed programme, planned and published beside a running server: what the plan says of each account is what the API
shows after publishing, nobody else moves, a crash loses nothing, and a rollback brings back what was."""
import json
import os
import shutil

from proof import main, proof
from server import Server, run

ARGUMENTS = ["--accounts", "24", "--vendor-accounts", "1", "--days", "150", "--quiet"]
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
OLD, NEW = "title: Healthy, from: 70", "title: Healthy, from: 62"


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


@proof("a plan beside a running server says, account by account, what publishing does")
def planned(folder):
    programme = _edited(folder)
    with Server(folder + "/data", command="demo", arguments=ARGUMENTS) as server:
        before = _shown(server)
        plan = _tenure("plan", folder, programme)
        assert [(one["kind"], one["id"]) for one in plan["changes"]] == [("health", "health")], plan["changes"]
        assert plan["changes"][0]["differences"] == [
            {"path": "bands.healthy.from", "before": "70", "after": "62"}], plan["changes"]
        assert _shown(server) == before, "a plan changed something"
        foretold = dict(before)
        for one in plan["at_publishing"]["changed"]:
            assert (one["score"][0], one["band"][0]) == before[one["account"]["id"]], one
            foretold[one["account"]["id"]] = (one["score"][1], one["band"][1])
        moved = [one for one in foretold if foretold[one] != before[one]]
        assert moved, "the threshold moves nobody: the proof is empty"
        past = plan["past"]
        assert past["accounts"] == len(before) and past["facts"] > 0 and past["accounts_changed"] > 0, past

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
