"""Bad input, row by row from data/bad_input.json: each gets the promised answer, leaves the accounts as they were unless
it was taken, and the next plain request succeeds. Nothing is ever answered with 500, and the process is the same."""
import gzip
import json
import os
import random
import re
import time
from datetime import datetime, timedelta, timezone

from proof import main, proof
from server import Server, raw, until

SECONDS_MAX = 1.0
MEMORY_KIB_MAX = 32 * 1024
ROWS = json.load(open(os.path.join(os.path.dirname(__file__), "data", "bad_input.json")))


def _event(number):
    return {"type": "ticket.created", "id": f"row-{number}-{time.time_ns()}", "account": "acme",
            "data": {"ticket": f"T{number}", "priority": "P3"}}


def _events(count, bad_at=None):
    events = [_event(number) for number in range(count)]
    if bad_at is not None:
        del events[bad_at]["data"]["ticket"]
    return json.dumps(events).encode()


def _ahead(minutes):
    at = datetime.now(timezone.utc) + timedelta(minutes=minutes)
    return json.dumps({"type": "user.session", "account": "acme", "time": at.strftime("%Y-%m-%dT%H:%M:%SZ")}).encode()


def _body(row):
    made = row.get("generate", {})
    if "hex" in row:
        return bytes.fromhex(row["hex"])
    if "spaces" in made:
        return b" " * made["spaces"]
    if "gzip_of_spaces" in made:
        return gzip.compress(b" " * made["gzip_of_spaces"])
    if "brackets" in made:
        return b"[" * made["brackets"]
    if "events" in made:
        return _events(made["events"], made.get("bad_at"))
    if "ahead_minutes" in made:
        return _ahead(made["ahead_minutes"])
    return row["body"].encode() if "body" in row else None


def _headers(row):
    headers, made = dict(row.get("headers", {})), row.get("generate", {})
    if "header_bytes" in made:
        headers.update({f"X-Filler-{one}": "x" * 1024 for one in range(made["header_bytes"] // 1024 + 1)})
    headers.update({f"X-Filler-{one}": "x" for one in range(made.get("header_fields", 0))})
    return headers


def _filled(text, client):
    for name, value in (("$HOST", f"{client.host}:{client.port}"), ("$API", client.api_key), ("$WRITE", client.write_key)):
        text = text.replace(name, value)
    return text


def _ask(row, client):
    """Status and body of the answer; status 0 when the connection ended without one."""
    if "raw" in row:
        answer = raw(client.host, client.port, _filled(row["raw"], client).encode())
        head, _, body = answer.partition(b"\r\n\r\n")
        status = re.match(rb"HTTP/1\.1 (\d+)", head)
        return (int(status.group(1)) if status else 0), body
    key = {"api": client.api_key, "write": client.write_key, None: None}[row.get("key", "write")]
    path = _filled(row["path"], client) + "x" * row.get("generate", {}).get("path_suffix", 0)
    reply = client.call(row.get("method", "POST"), path, _body(row), _headers(row), key=key)
    return reply.status, reply.body


def _check_problem(row, status, body):
    if "code" not in row:
        return
    wanted = row["code"] if isinstance(row["code"], list) else [row["code"]]
    told = json.loads(body)
    assert told["code"] in wanted, f"code {told['code']}, promised {' or '.join(wanted)}"
    assert told["status"] == status and told["type"] == "/problems/" + told["code"], told
    assert told["message"] == told["detail"] and told["title"], told


def _check_items(row, body):
    if row["status"] != 200:
        return
    told = json.loads(body)
    codes = [one["code"] for one in told["rejected"]]
    assert codes == ([row["item"]] if "item" in row else []), f"rejected {codes}, promised {row.get('item')}: {told}"
    for name in ("accepted", "duplicate", "quarantined"):
        assert told[name] == row.get(name, 0), f"{name} {told[name]}, promised {row.get(name, 0)}"


def _counted(client):
    """What must not move when something is refused. A command is answered after everything before it has settled."""
    settled = client.command("POST", "/accounts/acme/notes", {"text": "everything before this has settled"})
    assert settled.status == 200, settled
    account = client.account("acme")
    return [account["name"], account["score"], account["people"], account["metrics"], account["signals"]]


def _check(row, server, client):
    memory, before = server.memory_kib(), _counted(client)
    began = time.monotonic()
    status, body = _ask(row, client)
    took = time.monotonic() - began
    assert server.is_alive, f"the server is gone: {server.stderr()[-500:]}"
    assert status == row["status"], f"status {status}, promised {row['status']}: {body[:200]!r}"
    _check_problem(row, status, body)
    _check_items(row, body)
    assert took <= SECONDS_MAX, f"answered after {took:.1f} s"
    if not row.get("accepted"):
        assert _counted(client) == before, "something changed"
    assert server.memory_kib() - memory <= MEMORY_KIB_MAX, "memory grew"


@proof("every row of the table of bad input gets its promised answer, and the next request succeeds")
def table(folder):
    wrong = []
    with Server(folder + "/data", arguments=["--workspace", "acme"]) as server:
        client = server.client("acme")
        client.sent("/v1/group", {"groupId": "acme", "userId": "u", "traits": {"name": "Acme"}})
        until("the account", 10, lambda: client.get("/accounts/acme").status == 200)
        process = server.process.pid
        for row in ROWS:
            try:
                _check(row, server, client)
            except AssertionError as error:
                wrong.append(f"{row['name']}: {error}")
            assert client.get("/accounts").status == 200, "the next plain request failed after: " + row["name"]
        assert server.is_alive and server.process.pid == process
    print(f"          {len(ROWS) - len(wrong)} of {len(ROWS)} rows as promised")
    assert not wrong, "\n    " + "\n    ".join(wrong)


def _padded(size, events=None, blank=lambda count: b" " * count):
    """A batch of one good event, so many bytes long."""
    body = json.dumps(events or [_event(0)]).encode()
    return body + blank(size - len(body))


def _event_of(size):
    """One event whose texts stay below their own limit."""
    event = _event(0)
    for number in range(4):
        event["data"][f"t{number}"] = "x" * 8000
    left = size - len(json.dumps(event, separators=(",", ":"))) - len(',"t":""')
    event["data"]["t"] = "x" * left
    return json.dumps([event], separators=(",", ":")).encode()


def _gzipped(size):
    dice = random.Random(3)
    return gzip.compress(_padded(size, blank=lambda count: bytes(dice.choices(b" \n", k=count))))


def _with_data(**data):
    event = _event(0)
    event["data"].update(data)
    return json.dumps([event]).encode()


# As docs/reference/api.md names them: the limit, a request that reaches it, one that exceeds it, what that one is told.
LIMITS = [
    ("request body", "2 MiB", 2 << 20, lambda n: (_padded(n), {}), "body-too-large"),
    ("request body", "after gzip 8 MiB", 8 << 20, lambda n: (_gzipped(n), {"Content-Encoding": "gzip"}), "body-too-large"),
    ("events of one request", "500", 500, lambda n: (_events(n), {}), "batch-too-large"),
    ("one event, one text of it", "32 KiB", 32 << 10, lambda n: (_event_of(n), {}), "event-too-large"),
    ("one event, one text of it", "8 KiB", 8 << 10, lambda n: (_with_data(t="x" * n), {}), "value-too-long"),
    ("JSON depth, members of an object, length of a name", "32", 32,
     lambda n: (_with_data(deep=0).replace(b'"deep": 0', b'"deep": ' + b"[" * (n - 3) + b"]" * (n - 3)), {}), "json-too-deep"),
    ("JSON depth, members of an object, length of a name", "256", 256,
     lambda n: (_with_data(**{f"k{one}": 1 for one in range(n - 2)}), {}), "too-many-members"),
    ("JSON depth, members of an object, length of a name", "200 bytes", 200, lambda n: (_with_data(**{"k" * n: 1}), {}), "value-too-long"),
    ("id", "1 to 200 bytes", 200, lambda n: (json.dumps([dict(_event(0), id=f"{time.time_ns()}".ljust(n, "i"))]).encode(), {}), "invalid-id"),
]


def _answer(client, body, headers):
    """The code of a refusal, of the request or of its item; None: all was taken."""
    reply = client.call("POST", "/v1/events", body, {"Content-Type": "application/json"} | headers, key=client.write_key)
    told = json.loads(reply.body)
    if reply.status != 200:
        return told["code"]
    return told["rejected"][0]["code"] if told["rejected"] else None


def _table_of_limits():
    path = os.path.join(os.path.dirname(__file__), "..", "..", "docs", "reference", "api.md")
    with open(path) as file:
        rows = re.search(r"\| Limit \| \|\n\|---\|---\|\n((?:\|.*\n)+)", file.read()).group(1)
    return dict(re.findall(r"^\| (.+?) \| (.+) \|$", rows, re.M))


@proof("each limit that the page names is reached without harm, and exceeded by one is told")
def limits(folder):
    named = _table_of_limits()
    with Server(folder + "/data", arguments=["--workspace", "acme"]) as server:
        client = server.client("acme")
        client.sent("/v1/group", {"groupId": "acme", "userId": "u", "traits": {"name": "Acme"}})
        until("the account", 10, lambda: client.get("/accounts/acme").status == 200)
        wrong = []
        for thing, text, limit, made, code in LIMITS:
            assert text in named[thing], f"the page says of {thing}: {named[thing]}, not {text}"
            at, over = _answer(client, *made(limit)), _answer(client, *made(limit + 1))
            if at is not None or over != code:
                wrong.append(f"{thing}, {text}: at the limit {at or 'taken'}, over it {over or 'taken'}")
        for fields, status in ((100, 200), (101, 431)):
            filler = "".join(f"X-{one}: x\r\n" for one in range(fields - 3))
            answer = raw(client.host, client.port, (
                f"GET /api/v1/accounts HTTP/1.1\r\nHost: {client.host}:{client.port}\r\nConnection: close\r\n"
                f"Authorization: Bearer {client.api_key}\r\n{filler}\r\n").encode())
            if not answer.startswith(f"HTTP/1.1 {status} ".encode()):
                wrong.append(f"{fields} header fields: {answer[:40]!r}")
        start = "/api/v1/accounts?q="
        for size, is_fine in ((8 << 10, True), ((8 << 10) + 1, False)):
            status = client.call("GET", start + "x" * (size - len(start)), None, {}, key=client.api_key).status
            if (status != 414) != is_fine:
                wrong.append(f"an address of {size} bytes: {status}")
        for items, status in ((1, 200), (200, 200), (201, 400), (0, 400)):
            if client.get(f"/accounts?limit={items}").status != status:
                wrong.append(f"limit={items}")
    assert not wrong, "\n    " + "\n    ".join(wrong)


@proof("a body that never comes is given up after half a minute, and others are served meanwhile")
def silent_body(folder):
    with Server(folder + "/data", arguments=["--workspace", "acme"]) as server:
        client = server.client("acme")
        request = (f"POST /v1/events HTTP/1.1\r\nHost: {client.host}:{client.port}\r\n"
                   f"Authorization: Bearer {client.write_key}\r\nContent-Type: application/json\r\n"
                   "Content-Length: 100\r\n\r\n{")
        began = time.monotonic()
        answer = raw(client.host, client.port, request.encode(), wait=45)
        assert answer.startswith(b"HTTP/1.1 408 "), answer[:100]
        assert 25 <= time.monotonic() - began <= 40
        assert client.get("/accounts").status == 200


if __name__ == "__main__":
    main()
