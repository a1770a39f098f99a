"""What operators get wrong, and what they are told: one plain answer that names the remedy, and nothing broken."""
import csv
import glob
import json
import os
import re
import shutil
import socket
import sqlite3
from datetime import datetime, timedelta, timezone

from proof import main, proof
from server import Server, run, until

SERVE = ("serve", "--workspace", "acme", "--json")
MISTAKES = """signals:
  - {id: BAD ID, title: A, severity: high, when: 'true'}
  - {id: b, title: B, severity: enormous, when: 'true'}
  - {id: c, title: C, severity: high, when: 'helth.score < 50'}
  - {id: d, title: D, severity: high, when: 'health.score <'}
  - {id: e, title: E, severity: high, when: 'm("sessions.cuont.7d") < 1.0'}
  - {id: f, title: F, severity: high, when: 'health.score'}
  - {id: g, title: G, severity: high, when: 'true', for: soon}
  - {id: h, title: H, severity: high, whenn: 'true'}
  - {id: i, severity: high, when: 'true'}
  - {id: j, title: J, severity: high, when: 'true'}
  - {id: j, title: J again, severity: high, when: 'true'}
"""


def _told(result, *words):
    """An operator's answer: not a success, no crash, and every one of the words."""
    code, output, errors = result
    assert code in (1, 2, 64, 70), (code, errors[-300:])
    for word in words:
        assert word in output + errors, (word, output[-500:], errors[-500:])
    assert "Fatal error" not in errors and "Stack dump" not in errors, errors[-500:]


def _programme(folder):
    source = os.path.join(os.path.dirname(__file__), "..", "..", "Programmes", "starter")
    shutil.copytree(source, folder + "/programme")
    return folder + "/programme"


def _write(path, header, rows):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    return path


@proof("a port in use is named, with the way out")
def port_in_use(folder):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        address = f"127.0.0.1:{other.getsockname()[1]}"
        _told(run(*SERVE, "--data", folder + "/data", "--listen", address), address, "in use", "--listen")


@proof("a second process on the same data is refused, and the first goes on")
def second_process(folder):
    with Server(folder + "/data", arguments=["--workspace", "acme"]) as server:
        _told(run(*SERVE, "--data", folder + "/data", "--listen", "127.0.0.1:0"), "data-in-use", "--data")
        accounts = _write(folder + "/accounts.csv", ["id", "name"], [["a", "A"]])
        _told(run("import", accounts, "--data", folder + "/data", "--workspace", "acme"), "data-in-use")
        assert server.client("acme").get("/accounts").status == 200


@proof("a lock that a killed process left behind hinders nobody")
def stale_lock(folder):
    Server(folder + "/data", arguments=["--workspace", "acme"]).kill()
    with Server(folder + "/data") as server:
        assert server.client("acme").get("/accounts").status == 200


@proof("whatever lies in a data directory is for its owner alone, however open the process's own mask is")
def private_files(folder):
    os.mkdir(folder + "/data", 0o755)
    os.mkdir(folder + "/data/workspaces", 0o755)
    before = os.umask(0o022)
    try:
        with Server(folder + "/data", arguments=["--workspace", "acme"]) as server:
            server.client("acme").sent("/v1/group", {"groupId": "acme", "userId": "u", "traits": {"name": "Acme"}})
        Server(folder + "/fresh", arguments=["--workspace", "acme"]).stop()
    finally:
        os.umask(before)
    paths = [path for name in ("data", "fresh") for path in glob.glob(f"{folder}/{name}/**", recursive=True)]
    open_to_others = [path for path in paths if os.stat(path).st_mode & 0o077 and path != folder + "/data/"]
    assert not open_to_others, open_to_others
    assert any(path.endswith("store.sqlite") for path in paths) and any(path.endswith(".log") for path in paths)


@proof("a store that was put beside an older log is refused with both positions, and left as it is")
def older_log(folder):
    place, data = folder + "/data/workspaces/acme", folder + "/data"
    for number in range(2):
        with Server(data, arguments=["--workspace", "acme"]) as server:
            client = server.client("acme")
            for one in range(3):
                client.sent("/v1/group", {"groupId": f"a{number}-{one}", "userId": "u", "traits": {"name": "A"}})
        if number == 0:
            shutil.copytree(place + "/log", folder + "/older")
    shutil.move(place + "/log", folder + "/newer")
    shutil.copytree(folder + "/older", place + "/log")
    store = sqlite3.connect(place + "/store.sqlite")
    position = store.execute("SELECT position FROM place").fetchone()[0]
    store.close()
    result = run(*SERVE, "--data", data, "--listen", "127.0.0.1:0")
    _told(result, "store-ahead-of-log", f"block {position},", "one backup", place)
    ends = int(re.search(r"ends with block (\d+)", result[2]).group(1))
    assert 0 < ends < position, (ends, position)
    _told(run("accounts", "--data", data), "store-ahead-of-log")
    shutil.rmtree(place + "/log")
    shutil.move(folder + "/newer", place + "/log")
    with Server(data) as server:
        assert len(server.client("acme").all("/accounts")) == 6


@proof("a programme folder that is missing, unreadable, empty or a file is named")
def unreadable_programme(folder):
    data = ["--data", folder + "/data", "--listen", "127.0.0.1:0"]
    _told(run(*SERVE, *data, "--programme", folder + "/nowhere"), folder + "/nowhere", "programme.yaml")
    os.mkdir(folder + "/empty")
    _told(run(*SERVE, *data, "--programme", folder + "/empty"), "holds no programme", folder + "/empty")
    programme = _programme(folder)
    with open(programme + "/signals.yaml", "wb") as file:
        file.write(b"signals:\n  - {id: a, title: \xff\xfe}\n")
    _told(run(*SERVE, *data, "--programme", programme), "signals.yaml", "UTF-8")
    _told(run(*SERVE, *data, "--programme", programme + "/signals.yaml"), "signals.yaml")
    _told(run("check", folder + "/nowhere"), folder + "/nowhere")


@proof("ten mistakes in one file are all reported in one run, each with its line")
def ten_mistakes(folder):
    programme = _programme(folder)
    with open(programme + "/signals.yaml", "w") as file:
        file.write(MISTAKES)
    code, output, errors = run("check", programme)
    assert code == 1, (code, errors)
    missing = [line for line in range(2, 11) if f"signals.yaml:{line}:" not in output]
    assert not missing, f"nothing is said of the lines {missing}:\n{output}"
    assert "signals.yaml:12:" in output or "signals.yaml:11:" in output, output
    code, output, errors = run("check", programme, "--json")
    mistakes = json.loads(output)
    listed = mistakes if isinstance(mistakes, list) else mistakes.get("mistakes", mistakes.get("diagnostics"))
    assert code == 1 and len(listed) >= 10, (code, output[:500])


@proof("bad rows of an import are reported line by line, good ones are taken, and a second run takes nothing twice")
def bad_rows(folder):
    accounts = _write(folder + "/accounts.csv", ["id", "name", "arr", "seats"], [
        ["good-1", "Good", "1000", "5"], ["bad-1", "Bad", "1,234.50", "5"], ["", "Nameless", "1", "5"],
        ["good-2", "=cmd|'/c calc'!A1", "", ""], ["bad-2", "Ragged", "1"], ["bad-3", "Bad", "1", "five"]])
    events = _write(folder + "/events.csv", ["account", "type", "time", "id", "ticket"], [
        ["good-1", "ticket.created", "2026-11-01T10:00:00Z", "e1", "T1"],
        ["good-1", "ticket.created", "2026-02-29T10:00:00Z", "e2", "T2"],
        ["good-1", "ticket.craeted", "2026-11-01T10:00:00Z", "e3", "T3"],
        ["good-1", "ticket.created", "2026-11-01T10:00:00Z", "e4", ""],
        ["nobody", "ticket.created", "2026-11-01T10:00:00Z", "e5", "T5"]])
    line = ["import", accounts, events, "--data", folder + "/data", "--workspace", "acme", "--json",
            "--report", folder + "/report.txt"]
    code, output, errors = run(*line)
    assert code == 3, (code, output, errors)
    told = json.loads(output)
    places = sorted((os.path.basename(one["file"]), one["line"]) for one in told["refused"])
    assert places == [("accounts.csv", 3), ("accounts.csv", 4), ("accounts.csv", 6), ("accounts.csv", 7),
                      ("events.csv", 3), ("events.csv", 4), ("events.csv", 5)], places
    assert (told["accepted"], told["duplicate"], told["quarantined"]) == (3, 0, 1), told
    assert all(one["detail"] for one in told["refused"])
    with open(folder + "/report.txt") as file:
        assert len(file.readlines()) == 7
    again = json.loads(run(*line)[1])
    assert (again["accepted"], len(again["refused"])) == (0, 7), again


@proof("an account, signal, play, workspace or folder that there is not is named, with the way on")
def no_such_thing(folder):
    accounts = _write(folder + "/accounts.csv", ["id", "name"], [["a", "A"]])
    data = ["--data", folder + "/data"]
    assert run("import", accounts, *data, "--workspace", "acme")[0] == 0
    _told(run("explain", "nobody", *data), "no-such-account", "nobody", "tenure accounts")
    _told(run("explain", "a", *data, "--signal", "low_adoptoin"), "no-such-signal", "low_adoption")
    _told(run("explain", "a", *data, "--play", "rescue"), "no-such-play", "recover")
    _told(run("accounts", *data, "--workspace", "acmee"), "no-such-workspace", "acme")
    _told(run("accounts", "--data", folder + "/nowhere"), "no-data", folder + "/nowhere", "--data")
    code, output, _ = run("explain", "P201", "--json")
    assert code == 0 and json.loads(output)["code"] == "P201", output


@proof("files that cannot be imported at all are named")
def bad_files(folder):
    data = ["--data", folder + "/data", "--workspace", "acme"]
    open(folder + "/accounts.csv", "w").close()
    _told(run("import", folder + "/accounts.csv", *data), "empty")
    _told(run("import", folder + "/contacts.csv", *data), "contacts.csv")
    _told(run("import", "events=" + _write(folder + "/x.csv", ["account", "when"], []), *data), "type", "time")


def _year(folder, last):
    """Two customers over a year: one as it should be, one that stops after nine months and piles up urgent tickets."""
    accounts = _write(folder + "/accounts.csv", ["id", "name", "seats", "arr", "csm"], [
        ["steady", "Steady", "5", "30000", "ada@vendor.example"], ["fading", "Fading", "5", "30000", "ada@vendor.example"]])
    contacts = _write(folder + "/contacts.csv", ["account", "id", "name", "email", "role"], [
        ["steady", "c1", "Sue", "sue@steady.example", "sponsor"], ["fading", "c2", "Tom", "tom@fading.example", "sponsor"]])
    rows = []
    for day in range(365):
        at = (last - timedelta(days=364 - day)).strftime("%Y-%m-%dT09:00:00Z")
        for account in ("steady", "fading"):
            if account == "fading" and day > 270:
                continue
            for user in range(4):
                rows.append([account, "user.session", at, f"{account}-{day}-{user}", f"{account}-{user}", "", "", ""])
                feature = ("core", "reports", "collaboration", "core")[user]
                rows.append([account, "feature.used", at, f"{account}-{day}-{user}-f", f"{account}-{user}", feature, "", ""])
        if day > 270 and day % 20 == 0:
            rows.append(["fading", "ticket.created", at, f"ticket-{day}", "", "", f"T{day}", "P1"])
    events = _write(
        folder + "/events.csv", ["account", "type", "time", "id", "user", "feature", "ticket", "priority"], rows)
    return [accounts, contacts, events], len(rows)


@proof("a year of imported events gives scores and mails nobody, neither at once nor after the start")
def import_a_year(folder):
    files, count = _year(folder, datetime.now(timezone.utc) - timedelta(days=1))
    code, output, errors = run("import", *files, "--data", folder + "/data", "--workspace", "acme", "--json", timeout=280)
    assert code == 0, (code, output[-500:], errors[-500:])
    assert json.loads(output)["accepted"] == count + 4, output
    with Server(folder + "/data", arguments=["--workspace", "acme"]) as server:
        client = server.client("acme")
        until("the accounts", 10, lambda: client.get("/accounts/steady").status == 200)
        until("both scores", 10, lambda: all(one["score"] is not None for one in client.all("/accounts")))
        steady, fading = client.account("steady"), client.account("fading")
        states = {one["state"] for one in client.all("/outbox")}
    print(f"          {count} events; scores {steady['score']} and {fading['score']}; outbox states {states or 'none'}")
    assert steady["score"] is not None and steady["score"] >= 70, steady["score"]
    assert fading["score"] is not None and fading["score"] < steady["score"], fading["score"]
    assert glob.glob(folder + "/data/mail/**/*", recursive=True) == []
    assert states <= {"withheld"}, states


if __name__ == "__main__":
    main()
