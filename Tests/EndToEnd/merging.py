"""Two accounts of one customer: found, merged and parted again, whatever happens to the process in between. No event is
ever lost or counted twice."""
import json
import os
import re
import subprocess
import urllib.parse

from load import WORKSPACE, make_programme
from proof import main, proof
from server import BINARY, EndedEarly, Server, run, until

USES = {"crm-1": 5, "Acme-Prod": 4}
NAMES = {"crm-1": "Acme Inc.", "Acme-Prod": "ACME"}


def _start(folder, **environment):
    arguments = ["--workspace", WORKSPACE, "--programme", folder + "/programme"]
    return Server(folder + "/data", arguments=arguments, environment=environment)


def _use(client, account, numbers):
    sent = client.sent("/v1/events", [
        {"type": "user.session", "id": f"{account}-{number}", "account": account, "user": f"u{number}",
         "data": {"duration_s": 1}} for number in numbers])
    # Behind a command everything before it has been concluded from.
    assert client.command("POST", f"/accounts/{account}/notes", {"text": "after it"}).status == 200
    return sent


def _prepare(folder):
    make_programme(folder)
    with _start(folder) as server:
        client = server.client(WORKSPACE)
        for account, name in NAMES.items():
            client.sent("/v1/group", {"groupId": account, "messageId": "made-" + account, "traits": {"name": name}})
        for account, count in USES.items():
            _use(client, account, range(count))


def _count(client, account):
    metrics = client.account(account)["metrics"]
    return int(next(one["value"] or 0 for one in metrics if one["id"] == "sessions.count.7d"))


def _merge(client):
    return client.command("POST", "/accounts/crm-1/merges", {"account": "Acme-Prod", "reason": "one company"})


def _undo(client):
    return client.call("DELETE", "/api/v1/accounts/crm-1/merges/Acme-Prod", key=client.api_key)


def _merges(client):
    return len(client.get("/accounts/crm-1/merges").json["merges"])


def _ids(client):
    return {name: client.account(name)["id"] for name in NAMES}


def _verified(folder):
    """The digest of everything, lived through again from nothing and held against what is recorded."""
    run = subprocess.run([BINARY, "verify", folder + "/data", "--json"], capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stdout + run.stderr
    return next(one["what"] for one in json.loads(run.stdout)["findings"] if one["code"] == "replay").split("states ")[1]


@proof("two accounts of one customer are found with a reason, merged and parted, and every event counts once")
def merged_and_parted(folder):
    _prepare(folder)
    with _start(folder) as server:
        client = server.client(WORKSPACE)
        pairs = client.all("/duplicates")
        assert [[one["kind"] for one in pair["reasons"]] for pair in pairs] == [["name"]], pairs
        before = _ids(client)
        assert len(client.all("/accounts")) == 2
        assert _merge(client).status == 200
        assert client.all("/duplicates") == [] and len(client.all("/accounts")) == 1
        assert _ids(client) == {name: before["crm-1"] for name in NAMES}
        assert _count(client, "crm-1") == 9
        _use(client, "Acme-Prod", range(4, 7))
        assert _use(client, "Acme-Prod", range(4))["duplicate"] == 4
        assert _count(client, "crm-1") == 12
    with _start(folder) as server:
        client = server.client(WORKSPACE)
        assert _merges(client) == 1 and _count(client, "Acme-Prod") == 12
        assert _undo(client).status == 200
        assert _ids(client) == before and len(client.all("/accounts")) == 2
        # What came in between went to the account whose name it came under.
        assert (_count(client, "crm-1"), _count(client, "Acme-Prod")) == (5, 7)
        assert _undo(client).status == 409
        _use(client, "crm-1", range(5, 6))
        assert (_count(client, "crm-1"), _count(client, "Acme-Prod")) == (6, 7)
    assert _verified(folder) == _verified(folder)
    with _start(folder) as server:
        client = server.client(WORKSPACE)
        assert (_count(client, "crm-1"), _count(client, "Acme-Prod")) == (6, 7)


@proof("a teammate finds, compares, merges and parts two accounts by pages and forms alone")
def by_forms(folder):
    _prepare(folder)
    with _start(folder) as server:
        client = server.client(WORKSPACE)
        path = urllib.parse.urlsplit(server.sign_in).path
        cookie = client.call("POST", path, b"").headers["Set-Cookie"].split(";")[0]

        def ask(path):
            return client.call("GET", path, headers={"Cookie": cookie})

        def press(page, action, fields):
            fields = {**fields, "form_token": re.search(r'name="form_token" value="([^"]+)"', page).group(1)}
            return client.call("POST", action, urllib.parse.urlencode(fields).encode(), {
                "Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"})

        page = ask("/data/duplicates").text
        compare = re.search(r'href="(/accounts/[^"/]+/merge\?with=[^"]+)"', page).group(1)
        page = ask(compare.replace("&amp;", "&")).text
        assert "Merge the two accounts" in page
        other = re.search(r'name="other" value="([^"]+)"', page).group(1)
        action = re.search(r'action="(/accounts/[^"]+/merges)"', page).group(1)
        done = press(page, action, {"other": other, "reason": "one company"})
        assert done.status == 303, done
        account = ask(done.headers["Location"].split("#")[0])
        assert account.status == 200 and "Merged with it" in account.text and _count(client, "crm-1") == 9
        assert ask("/accounts/" + other).status == 303
        assert press(account.text, action + "/undoing", {"other": other}).status == 303
        assert (_count(client, "crm-1"), _count(client, "Acme-Prod")) == (5, 4)


def _accounts(folder, *arguments, code=0):
    """What the command says, in words or as JSON."""
    ended, said, error = run("accounts", *arguments, "--data", folder + "/data")
    assert ended == code, (arguments, ended, said, error)
    return json.loads(said) if "--json" in arguments else said + error


def _by_command(folder):
    """Found, merged, refused, found by its old name, parted: each said in words and as JSON."""
    pairs = _accounts(folder, "duplicates")
    assert "crm-1 (Acme Inc.)" in pairs and "Acme-Prod (ACME)" in pairs and "same letters and digits" in pairs, pairs
    merge = ("merge", "Acme-Prod", "--into", "crm-1", "--by", "ana", "--why", "one company")
    assert "Acme-Prod is part of crm-1 now." in _accounts(folder, *merge)
    merged = _accounts(folder, *merge, "--json")
    assert [(one["external_id"], one["by"], one["reason"]) for one in merged["merges"]] == [("Acme-Prod", "ana", "one company")]
    found = _accounts(folder, "duplicates", "--json")
    assert found["items"] == [] and found["total"] == 0, found
    assert "command-refused" in _accounts(folder, "merge", "crm-1", "--into", "crm-1", "--by", "ana", code=1)
    assert "not-found" in _accounts(folder, "merge", "nobody", "--into", "crm-1", "--by", "ana", code=1)
    part = ("unmerge", "Acme-Prod", "--from", "crm-1", "--by", "bo")
    assert "Acme-Prod stands for itself again." in _accounts(folder, *part)
    assert "nothing to undo" in _accounts(folder, *part, code=1)


@proof("the command line finds, merges and parts accounts, without a server and beside one that runs")
def by_command(folder):
    _prepare(folder)
    assert "Acme-Prod" in _accounts(folder) and len(_accounts(folder, "list", "--json")) == 2
    _by_command(folder)
    with _start(folder) as server:
        _by_command(folder)
        client = server.client(WORKSPACE)
        assert (_count(client, "crm-1"), _count(client, "Acme-Prod")) == (5, 4)
    _verified(folder)


def _killed(folder, place, reach):
    """Whether the process died at the place while it merged, not before and not never."""
    try:
        server = _start(folder, TENURE_FAULT=f"{place}:{reach}")
    except EndedEarly:
        return False
    try:
        _merge(server.client(WORKSPACE))
    except OSError:
        return server.process.wait(10) == -9
    server.stop()
    return False


def _expect_whole(folder):
    """Merged or not, and nothing between; sent again, it is merged; taken back, it is not."""
    with _start(folder) as server:
        client = server.client(WORKSPACE)
        counts = (_count(client, "crm-1"), _count(client, "Acme-Prod"))
        assert counts == ((9, 9) if _merges(client) else (5, 4)), counts
        assert _merge(client).status == 200
        assert _count(client, "Acme-Prod") == 9 and _merges(client) == 1
    _verified(folder)
    with _start(folder) as server:
        client = server.client(WORKSPACE)
        assert _undo(client).status == 200
        assert (_count(client, "crm-1"), _count(client, "Acme-Prod")) == (5, 4)


def _prove_kill(place, reaches):
    @proof(f"a merge survives a kill at {place} between the button and its answer")
    def killed(folder):
        kills = 0
        for reach in reaches:
            part = f"{folder}/{reach}"
            os.mkdir(part)
            _prepare(part)
            kills += _killed(part, place, reach)
            _expect_whole(part)
        assert kills >= 1, f"nothing was killed at {place}"
        print(f"          {place}: {kills} kills, whole after each", flush=True)


for one in ("log.before-write", "log.written", "log.synced"):
    _prove_kill(one, [1, 2])
# Starting commits too.
for one in ("commit.inside", "commit.done"):
    _prove_kill(one, range(1, 7))

if __name__ == "__main__":
    main()
