"""A changed threshold, planned over the last quarter of the demo's year for 1,250 accounts beside a running server: how
long it takes, and that what it predicts for the instant of publishing is what publishing does.
Too long for a debug binary: bin/prove runs it against the optimised one."""
import json
import os
import shutil
import time

import server
from proof import main, proof
from server import Server, run

# A year is lived through on whatever machine this is; the times are printed, not judged.
server.READY_SECONDS_MAX = 1200
ACCOUNTS = 1250
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
OLD, NEW = 'm("sponsor.days_since_touch") >= 90.0', 'm("sponsor.days_since_touch") >= 30.0'


def _changed(folder):
    path = os.path.join(folder, "programme")
    shutil.copytree(os.path.join(ROOT, "Programmes", "starter"), path)
    file = os.path.join(path, "signals.yaml")
    text = open(file).read()
    assert OLD in text, f"signals.yaml holds no {OLD}"
    open(file, "w").write(text.replace(OLD, NEW, 1))
    return path


def _tenure(folder, command, *arguments):
    began = time.monotonic()
    code, output, errors = run(
        command, *arguments, "--data", folder + "/data", "--workspace", "starter", "--json", timeout=600)
    assert code == 0, (command, code, output[-500:], errors[-2000:])
    return json.loads(output), time.monotonic() - began


def _open(running):
    return {one["id"]: one["open_signals"] for one in running.client("starter").all("/accounts")}


@proof("a changed threshold is planned for 1,250 accounts, and published as planned")
def plan(folder):
    programme = _changed(folder)
    arguments = ["--accounts", str(ACCOUNTS), "--vendor-accounts", "1", "--quiet"]
    with Server(folder + "/data", command="demo", arguments=arguments) as made:
        assert made.stop() == 0, made.stderr()
    with Server(folder + "/data") as running:
        for moment in ("first", "second", "third"):
            planned, took = _tenure(folder, "plan", programme)
            print(f"  {moment} plan: {took:.1f} s, {planned['past']['facts']} facts lived through again", flush=True)
        now, past = planned["at_publishing"], planned["past"]
        assert now["accounts"] == ACCOUNTS and past["accounts"] >= ACCOUNTS, (now["accounts"], past["accounts"])
        assert [one["id"] for one in past["signals"]] == ["sponsor_silent"], "one signal was changed, and one differs"
        foretold = _open(running)
        for one in now["changed"]:
            foretold[one["account"]["id"]] += len(one["signals_raised"]) - len(one["signals_cleared"])
        assert foretold != _open(running), "the change shows"
        _tenure(folder, "publish", programme, "--by", "ana", "--why", "sooner")
        assert _open(running) == foretold, "publishing does what the plan says"


if __name__ == "__main__":
    main()
