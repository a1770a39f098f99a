"""A simulated year of 1,250 accounts under the largest programme, through the writer that production uses, and that the
optimised and the debug build conclude the same. Too long for a debug binary alone: bin/prove runs it. DEBUG names the
debug build."""
import json
import os

from proof import Skipped, main, proof
from server import run

ACCOUNTS, DAYS = 1250, 365
SHORT = ["--accounts", "50", "--days", "90"]


def _simulated(*arguments, binary=None):
    code, output, errors = run("simulate", "--programme", "maestro", *arguments, "--json", timeout=1800, binary=binary)
    assert code == 0, errors[-2000:]
    return json.loads(output)


@proof("1,250 accounts live through a year, and no account and no day is left out")
def year(_):
    lived = _simulated("--accounts", str(ACCOUNTS), "--days", str(DAYS), "--seed", "42")
    print(f"          {lived['facts']} facts, {lived['day_closes']} daily closes, {lived['seconds']:.1f} s on "
          f"{os.cpu_count()} cores, digest {lived['digest']}", flush=True)
    assert lived["facts"] >= 5_000_000, "fewer than five million facts"
    assert lived["day_closes"] == lived["account_days"], "not every account closed every day"
    assert lived["day_closes"] >= 420_000, "accounts are missing"


@proof("the optimised and the debug build conclude the same, and another seed something else")
def agreement(_):
    debug = os.environ.get("DEBUG", "")
    if not os.access(debug, os.X_OK):
        raise Skipped(f"no debug build at {debug or '$DEBUG'}: swift build --product tenure")
    digests = [_simulated(*SHORT, binary=binary)["digest"] for binary in (None, debug)]
    assert digests[0] and digests[0] == digests[1], digests
    assert _simulated(*SHORT, "--seed", "43")["digest"] != digests[0], "a digest that tells nothing"


if __name__ == "__main__":
    main()
