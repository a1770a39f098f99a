"""Clocks of tickets against the built binary: to the minute, with nobody sending anything, and again after kill -9."""
import datetime
import json
import os
import subprocess
import time

from load import WORKSPACE
from proof import main, proof
from server import BINARY, Server, until

CSOS = os.path.join(os.path.dirname(__file__), "..", "..", "Programmes", "csos")


def _start(folder):
    return Server(folder + "/data", arguments=["--workspace", WORKSPACE, "--programme", CSOS])


def _time(seconds_ago):
    then = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=seconds_ago)
    return then.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def _tell(client, number, kind, at, **data):
    client.sent("/v1/events", [{"type": kind, "id": f"e{number}", "account": "crm-1", "time": at, "data": data}])
    # Behind a command everything before it has been concluded from.
    assert client.command("POST", "/accounts/crm-1/notes", {"text": "after it"}).status == 200


def _clock(client, ticket):
    return next(one for one in client.account("crm-1")["clocks"] if one["key"] == ticket)


def _account(client):
    client.sent("/v1/group", {"groupId": "crm-1", "messageId": "made", "traits": {"name": "Acme Inc."}})


def _verified(folder):
    run = subprocess.run([BINARY, "verify", folder + "/data", "--json"], capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stdout + run.stderr
    return next(one["what"] for one in json.loads(run.stdout)["findings"] if one["code"] == "replay")


@proof("a ticket is late at its own due instant, with nobody sending anything; a killed server says the same")
def late_by_itself(folder):
    with _start(folder) as server:
        client = server.client(WORKSPACE)
        _account(client)
        opened = _time(30 * 60 - 4)
        _tell(client, 1, "ticket.created", opened, ticket="T1", priority="P1")
        clock = _clock(client, "T1")
        assert (clock["state"], clock["within"]) == ("running", "30m"), clock
        due = _instant(clock["due"])
        assert due == _instant(opened) + datetime.timedelta(minutes=30), clock
        until("the ticket is late", 30, lambda: _clock(client, "T1")["state"] == "late")
        late = _clock(client, "T1")
        assert late["missed_at"] == late["due"] == clock["due"], late
        signals = {one["id"]: one["since"] for one in client.account("crm-1")["signals"]}
        assert signals.get("hypercare_late") == clock["due"], signals
        server.kill()
    with _start(folder) as server:
        assert _clock(server.client(WORKSPACE), "T1") == late
    _verified(folder)


@proof("a ticket that is raised to P1 after 40 minutes is late at once; a reply that is told late takes a miss back")
def raised_and_told_late(folder):
    with _start(folder) as server:
        client = server.client(WORKSPACE)
        _account(client)
        _tell(client, 1, "ticket.created", _time(40 * 60), ticket="T1", priority="P2")
        assert (_clock(client, "T1")["state"], _clock(client, "T1")["within"]) == ("running", "2h")
        before = time.time()
        _tell(client, 2, "ticket.status_changed", _time(0), ticket="T1", status="open", priority="P1")
        clock = _clock(client, "T1")
        assert (clock["state"], clock["within"]) == ("late", "30m"), clock
        assert before - 1 <= _instant(clock["missed_at"]).timestamp() <= time.time(), clock
        _tell(client, 3, "ticket.replied", _time(35 * 60), ticket="T1", by="agent")
        clock = _clock(client, "T1")
        assert (clock["state"], clock["missed_at"]) == ("met", None), clock
        kinds = [one["kind"] for one in client.get("/accounts/crm-1/timeline").json["items"]]
        wanted = ["clockEnded", "clockBreached", "clockRetargeted", "clockStarted"]
        assert [kind for kind in kinds if kind in wanted] == wanted, kinds
    _verified(folder)


@proof("for an account whose contract says nothing the clock says so, and is never late")
def nothing_promised(folder):
    with _start(folder) as server:
        client = server.client(WORKSPACE)
        _account(client)
        _tell(client, 1, "ticket.created", _time(86_400), ticket="T1", priority="P4")
        clock = _clock(client, "T1")
        assert (clock["state"], clock["within"], clock["due"]) == ("undefined", None, None), clock


if __name__ == "__main__":
    main()
