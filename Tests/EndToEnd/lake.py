"""The lake's Parquet files as DuckDB and pyarrow read them, against what was sent; kills at every place, with bugs put in on
purpose; people and days that leave."""
import collections
import glob
import hashlib
import json
import os
import subprocess
import time

from load import WORKSPACE, Load, make_accounts, make_programme
from proof import Skipped, main, proof
from server import Server, require_debug_build, run, until

HERE = os.path.dirname(os.path.abspath(__file__))
PYTHON = os.path.join(HERE, "..", "..", ".venv", "bin", "python3")
READERS = ("duckdb", "pyarrow")
# Small groups of rows, so that there are many.
SMALL = {"TENURE_LAKE_ROWS": "200"}
FLAGS = ("fenced", "late", "clamped", "untimed", "by_login")


def _require_readers():
    missing = [name for name in READERS
               if not os.path.exists(PYTHON) or subprocess.run([PYTHON, "-c", f"import {name}"], capture_output=True).returncode]
    if missing:
        raise Skipped(f"{' and '.join(missing)} in .venv (bin/setup --bench)")


def _read(command, folder):
    done = subprocess.run([PYTHON, os.path.join(HERE, "lake_reader.py"), command, folder], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-1500:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def _lake(*words, code=0, **environment):
    """What `tenure lake` says as JSON; its exit code is checked."""
    found, output, errors = run("lake", *words, "--json", env=os.environ | environment)
    assert found == code, (words, found, output[-800:], errors[-800:])
    return json.loads(output) if code == 0 else output + errors


def _seal(folder, *words, lake="lake", code=0, **environment):
    return _lake("seal", "--data", folder + "/data", "--to", f"{folder}/{lake}", *words, code=code, **environment)


def _files(lake):
    """Digests of everything that readers look at."""
    return {os.path.relpath(path, lake): hashlib.sha256(open(path, "rb").read()).hexdigest()
            for path in glob.glob(lake + "/workspace=*/**/*", recursive=True) if os.path.isfile(path)}


# MARK: Every field

EXTREMES = [0, -1, 2**53, -2**53, 2**63 - 1, -2**63, 0.1, -0.0, 1e308, -1e308, 5e-324, 1e-7, 1e21]
TEXTS = ["", "é", "e\u0301", "日本語", "😀", "\u0001\u007f", "tab\tnewline\nquote\"back\\", "<script>", "\u2028", "x" * 6000]


def _odd_events():
    """Of every kind that JSON has, in every place that an event has."""
    for number, value in enumerate(EXTREMES):
        yield {"type": "usage.reported", "id": f"number-{number}", "account": "account-1", "time": f"2026-01-{number + 1:02}T23:59:59.999Z",
               "data": {"value": value, "amount": value, "nested": {"deep": [value, None, True]}}}
    for number, text in enumerate(TEXTS):
        yield {"type": "feature.used", "id": f"text {number} é日本😀\"'", "account": f"account-{number % 7}", "user": f"user-{number}",
               "data": {"feature": text or "none", "kind": text, "state": text, "status": text, "text": text}}
    yield {"type": "nothing.said", "id": "bare", "account": "account-3", "data": {}}
    yield {"type": "all.null", "id": "nulls", "account": "account-3", "data": {"feature": None, "value": None, "kind": 1, "amount": "1"}}
    for number in range(5000):
        yield {"type": "user.session", "id": f"many-{number}", "account": f"account-{number % 24}", "user": f"user-{number % 400}",
               "data": {"duration_s": number, "value": number / 7}}


def _send(client, events):
    for start in range(0, len(events), 500):
        reply = client.post("/v1/events", events[start:start + 500])
        assert reply.status == 200 and not reply.json["rejected"], reply.text[:1500]


def _check_row(row, event, api_ids):
    data = event["data"]
    assert row["type"] == event["type"] and row["account"] == event["account"], (row, event)
    assert row["account_id"] == api_ids[event["account"]], row
    assert json.loads(row["data"]) == data, (row["data"], data)
    assert (row["member"] is None) == ("user" not in event) and row["retracts"] is None, row
    for name in ("feature", "kind", "state", "status"):
        assert row[name] == (data.get(name) if isinstance(data.get(name), str) else None), (name, row)
    for name in ("value", "amount"):
        told = data.get(name)
        assert row[name] == (float(told) if isinstance(told, (int, float)) else None), (name, row)
    assert row["untimed"] == ("time" not in event) and not row["clamped"] and not row["by_login"], row
    if "time" in event:
        at = time.strptime(event["time"][:19], "%Y-%m-%dT%H:%M:%S")
        import calendar
        assert row["occurred"] == calendar.timegm(at) * 1_000_000 + int(event["time"][20:23]) * 1000, row
        assert row["late"] == (row["recorded"] - row["occurred"] > 35 * 86_400 * 1_000_000), row


@proof("every field of every event that was sent is read back by DuckDB and by pyarrow, from many groups of rows")
def every_field(folder):
    require_debug_build()
    _require_readers()
    events = list(_odd_events())
    began = int(time.time() * 1e6)
    with Server(folder + "/data", arguments=["--workspace", WORKSPACE, "--programme", make_programme(folder)]) as server:
        client = server.client(WORKSPACE)
        make_accounts(client)
        _send(client, events)
        api_ids = {one["external_id"]: one["id"] for one in client.all("/accounts")}
        # While the server goes on.
        told = _seal(folder, "--with-today", **SMALL)["workspaces"][0]
    sent = {event["id"]: event for event in events}
    assert len(sent) == len(events)
    lake = folder + "/lake"
    for reader in READERS:
        rows = _read(reader, lake)
        assert len(rows) == told["facts"] and all(row["workspace"] == WORKSPACE for row in rows)
        mine = [row for row in rows if row["id"] in sent]
        assert collections.Counter(row["id"] for row in mine) == collections.Counter(list(sent)), reader
        for row in mine:
            _check_row(row, sent[row["id"]], api_ids)
            assert began - 1e6 < row["recorded"] < time.time() * 1e6 and row["block"] > 0, row
        members = {(row["member"], sent[row["id"]].get("user")) for row in mine if row["member"]}
        assert len(members) == len({key for key, _ in members}) == len({user for _, user in members})
    assert _read("tables", lake)[0]["rows"] == told["facts"]
    groups = _read("parts", lake)
    assert len(groups) > 7 and all(group["sorting"] == [2, 1, 5] for group in groups), groups
    print(f"          {len(sent)} events, {told['facts']} facts in {len(groups)} groups of rows, {told['bytes_per_fact']:.1f} "
          "bytes a fact")


@proof("a cell that another program reads as something else is found")
def comparison_discerns(folder):
    require_debug_build()
    _require_readers()
    with Server(folder + "/data", arguments=["--workspace", WORKSPACE]) as server:
        make_accounts(server.client(WORKSPACE))
        _seal(folder, "--with-today")
    event = {"id": "made-account-1", "type": "account.changed", "account": "account-1", "data": {}}
    row = next(row for row in _read("duckdb", folder + "/lake") if row["id"] == "made-account-1")
    for change in ({"account": "account-2"}, {"retracts": "x"}, {"untimed": True}, {"value": 1.0}, {"account_id": "acc_0"}):
        changed = row | {"data": "{}"} | change
        try:
            _check_row(changed, event | {"time": "2026-01-01T00:00:00.000Z"}, {"account-1": row["account_id"]})
        except AssertionError:
            continue
        raise AssertionError(f"nobody noticed {change}")


# MARK: Days

DEMO = ["--accounts", "25", "--vendor-accounts", "4", "--days", "40", "--quiet"]


@proof("a simulated past lies in its days, every fact of the log once, and the same log gives the same bytes")
def days(folder):
    require_debug_build()
    _require_readers()
    with Server(folder + "/data", "demo", DEMO):
        pass
    one = {row["workspace"]: row for row in _seal(folder)["workspaces"]}
    assert len(one) == 6 and len(one["starter"]["days"]) >= 38, one["starter"]
    again = _seal(folder)["workspaces"]
    assert all(row["sealed_files"] == 0 for row in again), again
    # What there is of today, a little later: as much as the log has, counted by somebody else.
    all_of_it = {row["workspace"]: row for row in _seal(folder, "--with-today")["workspaces"]}
    code, output, errors = run("verify", folder + "/data", "--json")
    assert code == 0, errors
    replays = [found["what"] for found in json.loads(output)["findings"] if found["code"] == "replay"]
    for slug, row in all_of_it.items():
        facts = next(int(text.split()[1]) for text in replays if text.startswith(slug + ": "))
        assert row["facts"] == facts, (slug, row["facts"], facts)
    rows = _read("duckdb", folder + "/lake")
    assert len(rows) == sum(row["facts"] for row in all_of_it.values())
    for row in rows:
        assert time.strftime("%Y-%m-%d", time.gmtime(row["recorded"] / 1e6)) == row["day"], row
    keys = collections.Counter((row["workspace"], row["source"], row["id"]) for row in rows)
    assert max(keys.values()) == 1
    _read("tables", folder + "/lake")
    _seal(folder, lake="other")
    before = {path: digest for path, digest in _files(folder + "/lake").items()}
    assert all(before[path] == digest for path, digest in _files(folder + "/other").items())
    _prove_retention(folder)
    print(f"          {len(rows)} facts of 6 workspaces, {len(before)} files; "
          f"starter {all_of_it['starter']['bytes_per_fact']:.1f} bytes a fact")


def _prove_retention(folder):
    """Days that are too old go whole, whatever kills their removal, stay away, and the log still has them."""
    killed = _seal(folder, "--keep-days", "10", code=-9, TENURE_FAULT="lake.removing:3")
    assert "killed at lake.removing" in killed
    first = _seal(folder)["workspaces"][0]
    kept = {row["workspace"]: row for row in _seal(folder, "--keep-days", "10")["workspaces"]}
    # The first workspace's went with the run after the kill, which was not asked for it.
    assert all((row["removed_days"] == []) == (row["workspace"] == first["workspace"]) for row in kept.values()), kept
    limit = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 10 * 86_400))
    assert all(min(row["days"]) >= limit for row in [first, *kept.values()])
    assert all(not row["sealed_files"] for row in _seal(folder)["workspaces"])
    shown = {row["workspace"]: row for row in _lake("show", "--lake", folder + "/lake")}
    assert all(shown[slug]["facts"] == row["facts"] for slug, row in kept.items())
    code, output, _ = run("verify", folder + "/data", "--quick")
    assert code == 0, output


@proof("a server that is told of a lake writes what is over by itself, as the command would")
def by_server(folder):
    data, lake = folder + "/data", folder + "/lake"
    with Server(data, "demo", DEMO + ["--lake", lake, "--lake-keep-days", "12"]) as server:
        def slugs():
            return [one for one in sorted(server.workspaces) if glob.glob(f"{lake}/workspace={one}/day=*")]

        until("days of all workspaces", 60, lambda: slugs() == sorted(server.workspaces), pause=0.5)
        # The lock is free again: all is written.
        until("the end of the writing", 60, lambda: run("lake", "seal", "--data", data, "--to", lake)[0] == 0, pause=0.5)
        assert server.is_alive and "lake" not in server.stderr(), server.stderr()
    _seal(folder, "--keep-days", "12", lake="other")
    assert _files(lake) == _files(folder + "/other")
    # Ended in the middle of it, it ends at once, and what is missing is written after the next start.
    with Server(data, arguments=["--lake", folder + "/third"]) as server:
        pass
    _seal(folder, "--keep-days", "12", lake="third")
    assert _files(folder + "/third") == _files(folder + "/other")


# MARK: Kills

PLACES = [("in the middle of a file", "lake.inside", (1, 9, 40)), ("with a file that has no name yet", "lake.flushed", (1, 2, 1)),
          ("with a file that is named and not noted", "lake.named", (1, 1, 2))]


class Growing:
    """A log that grows from kill to kill, sealed with what there is of today."""

    def __init__(self, folder):
        require_debug_build()
        _require_readers()
        self.folder, self.sent = folder, []
        self.server = Server(folder + "/data", arguments=["--workspace", WORKSPACE, "--programme", make_programme(folder)])
        self.client = self.server.client(WORKSPACE)
        make_accounts(self.client)

    def grow(self, count=900):
        start = len(self.sent)
        events = [{"type": "user.session", "id": f"e-{number}", "account": f"account-{number % 24}", "user": f"user-{number % 30}",
                   "data": {"n": number}} for number in range(start, start + count)]
        # Many blocks, so that files end between them.
        for place in range(0, count, 50):
            _send(self.client, events[place:place + 50])
        self.sent += [event["id"] for event in events]

    def seal(self, fault=None, plant=None):
        environment = SMALL | ({"TENURE_FAULT": fault} if fault else {}) | ({"TENURE_PLANT": plant} if plant else {})
        if not fault:
            return _seal(self.folder, "--with-today", **environment)
        errors = _seal(self.folder, "--with-today", code=-9, **environment)
        assert f"killed at {fault.split(':')[0]}" in errors, errors

    def ids(self):
        """As DuckDB reads them at this moment: torn files are refused by it."""
        if not _files(self.folder + "/lake"):
            return collections.Counter()
        return collections.Counter(row["id"] for row in _read("duckdb", self.folder + "/lake") if row["id"].startswith("e-"))

    def check(self, is_whole):
        found = self.ids()
        assert max(found.values(), default=1) == 1, f"{sum(found.values()) - len(found)} facts are there twice"
        assert set(found) <= set(self.sent)
        if is_whole:
            assert len(found) == len(self.sent), f"{len(self.sent) - len(found)} facts are missing"


def _kill_again_and_again(growing, place, reaches, plant=None):
    for reach in reaches:
        growing.grow()
        growing.seal(f"{place}:{reach}", plant)
        growing.check(is_whole=False)
        # What comes after a kill, and is sealed with what the kill left.
        growing.grow(150)
        growing.seal(plant=plant)
        growing.check(is_whole=True)


def _prove_place(sentence, place, reaches):
    @proof(f"killed {len(reaches)} times {sentence}: readers never see half a file, no fact is missing, none is there twice")
    def killed(folder):
        growing = Growing(folder)
        with growing.server:
            _kill_again_and_again(growing, place, reaches)
        left = os.listdir(folder + "/lake/_tenure/unfinished")
        assert left == [], left
        print(f"          {place}: {len(growing.sent)} events in {len(_files(folder + '/lake'))} files")


for one in PLACES:
    _prove_place(*one)


def _prove_plant(plant, sentence, place, reach, words):
    @proof(f"the planted bug “{plant}” is found: {sentence}")
    def found(folder):
        growing = Growing(folder)
        with growing.server:
            try:
                _kill_again_and_again(growing, place, (reach,), plant)
            except AssertionError as error:
                assert words in str(error), error
                return print(f"          found: {str(error).splitlines()[-1][:150]}")
        raise AssertionError("nobody noticed")


_prove_plant("lake-under-its-name", "half a file is there for readers", "lake.inside", 1, "InvalidInputException")
_prove_plant("lake-by-notes", "facts are there twice", "lake.named", 2, "twice")


# MARK: People

def _erase(growing, login, code=0, **environment):
    return _lake("erase", "--data", growing.folder + "/data", "--to", growing.folder + "/lake", "--login", login, code=code,
                 **(SMALL | environment))


@proof("a person who is erased is in no file any more, whoever kills the erasure on its way, and everybody else is")
def erased(folder):
    growing = Growing(folder)
    with growing.server:
        for _ in range(3):
            growing.grow()
            growing.seal()
        gone = set()
        for user, fault in ((1, None), (2, "lake.erasing:1"), (3, "lake.named:1"), (4, "lake.inside:60")):
            if fault is None:
                assert len(_erase(growing, f"user-{user}")[0]["files"]) == len(_files(folder + "/lake"))
            else:
                _erase(growing, f"user-{user}", code=-9, TENURE_FAULT=fault)
            growing.grow(60)
            growing.seal()
            gone.add(user)
            _check_ids(growing, gone)
    notes = open(folder + "/lake/_tenure/acme.json").read()
    assert "user-" not in notes and len(json.loads(notes)["erased"]) == 4, notes


def _check_ids(growing, gone):
    found = set(growing.ids())
    expected = {one for one in growing.sent if int(one[2:]) % 30 not in gone}
    assert found <= expected, f"{len(found - expected)} facts of an erased person"
    assert found == expected, f"{len(expected - found)} facts of others are missing"


@proof("the planted bug “lake-erases-unnoted” is found: an erasure that is killed leaves facts of the person")
def erased_unnoted(folder):
    growing = Growing(folder)
    with growing.server:
        for _ in range(3):
            growing.grow()
            growing.seal()
        _erase(growing, "user-3", code=-9, TENURE_FAULT="lake.named:1", TENURE_PLANT="lake-erases-unnoted")
        growing.seal()
        try:
            _check_ids(growing, {3})
        except AssertionError as error:
            assert "of an erased person" in str(error)
            return print(f"          found: {error}")
    raise AssertionError("nobody noticed")


# MARK: Mistakes

@proof("a lake of another log, one in use and one that is damaged are told, and left as they are")
def refusals(folder):
    with Server(folder + "/data", arguments=["--workspace", WORKSPACE]) as server:
        make_accounts(server.client(WORKSPACE))
    _seal(folder, "--with-today")
    with Server(folder + "/other", arguments=["--workspace", WORKSPACE]) as server:
        make_accounts(server.client(WORKSPACE))
    before = _files(folder + "/lake")
    told = _lake("seal", "--data", folder + "/other", "--to", folder + "/lake", "--with-today", code=1)
    assert "lake-of-another-log" in told and _files(folder + "/lake") == before, told
    assert "no-lake" in _lake("show", "--lake", folder + "/nowhere", code=1)
    assert "no-such-workspace" in _seal(folder, "--workspace", "nobody", code=1)
    path = folder + "/lake/" + next(iter(before))
    assert os.stat(path).st_mode & 0o077 == 0
    with open(path, "r+b") as file:
        file.truncate(os.path.getsize(path) - 3)
    assert "lake-damaged" in _lake("show", "--lake", folder + "/lake", code=1)


if __name__ == "__main__":
    main()
