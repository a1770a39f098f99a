"""Bad input, row by row from data/bad_input.json: each gets the promised answer, leaves the accounts as they were unless
it was taken, and the next plain request succeeds. Nothing is ever answered with 500, and the process is the same."""
import gzip
import json
import os
import random
import re
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
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
        assert "A request failed" not in server.stderr(), server.stderr()[-500:]
    print(f"          {len(ROWS) - len(wrong)} of {len(ROWS)} rows as promised")
    assert not wrong, "\n    " + "\n    ".join(wrong)


# After which the server cuts who goes on with a body that it does not want.
UNWANTED_SECONDS = 5
# Of the process, from after the warm-up to the end: what a row in a hundred thousand would leak is lost in it.
LEAK_ROUNDS, LEAK_WARM_ROUNDS, LEAK_KIB_MAX, LEAK_FILES_MAX = 40, 10, 8 * 1024, 2


@proof("what is refused leaves nothing behind: memory, open files and threads stay as they are, round after round")
def refused_again_and_again(folder):
    refused = [row for row in ROWS if row["status"] != 200]
    with Server(folder + "/data", arguments=["--workspace", "acme"]) as server:
        client = server.client("acme")
        client.sent("/v1/group", {"groupId": "acme", "userId": "u", "traits": {"name": "Acme"}})

        def held():
            """When connections whose body nobody wanted are cut."""
            time.sleep(UNWANTED_SECONDS + 1)
            base = f"/proc/{server.process.pid}/"
            return server.memory_kib(), len(os.listdir(base + "fd")), len(os.listdir(base + "task"))

        def refuse(rounds):
            for _ in range(rounds):
                for row in refused:
                    _ask(row, client)
            return held()

        before, after = refuse(LEAK_WARM_ROUNDS), refuse(LEAK_ROUNDS)
        # Whether it would be seen: connections that nobody closes.
        with ExitStack() as forgotten:
            for _ in range(LEAK_FILES_MAX + 1):
                forgotten.enter_context(socket.create_connection((client.host, client.port)))
            assert held()[1] - after[1] > LEAK_FILES_MAX, "connections that nobody closes are not seen"
    print(f"          {LEAK_ROUNDS * len(refused)} refusals; before {before}, after {after} (KiB, files, threads)")
    assert after[0] - before[0] <= LEAK_KIB_MAX, "memory grew"
    assert after[1] - before[1] <= LEAK_FILES_MAX and after[2] <= before[2] + LEAK_FILES_MAX, "files or threads grew"


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
    """Of spaces and line ends by chance, which do not become a hundredth."""
    blanks = bytes(b" \n"[one % 2] for one in range(256))
    return gzip.compress(_padded(size, blank=lambda count: random.Random(3).randbytes(count).translate(blanks)), 1)


def _with_data(**data):
    event = _event(0)
    event["data"].update(data)
    return json.dumps([event]).encode()


def _lines(count):
    return b"\n".join(json.dumps(_event(number)).encode() for number in range(count))


def _blown_up(factor):
    """So many bytes for each that is sent: a field of the header that nobody reads makes up the difference."""
    size = 200_000
    plain, wanted = _padded(size), -(-size // factor)
    packed = gzip.compress(plain, 9)
    extra = wanted - len(packed) - 2
    assert packed[3] == 0 and 0 <= extra < 1 << 16
    return packed[:3] + b"\4" + packed[4:10] + extra.to_bytes(2, "little") + b"\0" * extra + packed[10:]


def _named(size, **fields):
    return json.dumps([dict(_event(0), **{name: "i" * size for name in fields} | {"id": f"{time.time_ns()}"})]).encode(), {}


# As docs/reference/limits.md names them: the limit, a request that reaches it, one that exceeds it, what that one is told.
LIMITS = [
    ("request body", "2 MiB", 2 << 20, lambda n: (_padded(n), {}), "body-too-large"),
    ("request body", "after gzip 8 MiB", 8 << 20, lambda n: (_gzipped(n), {"Content-Encoding": "gzip"}), "body-too-large"),
    ("request body", "above 64 KiB at most a hundredfold", 100,
     lambda n: (_blown_up(n), {"Content-Encoding": "gzip"}), "body-too-large"),
    ("events of one request", "500", 500, lambda n: (_events(n), {}), "batch-too-large"),
    ("events of one request", "500", 500, lambda n: (_lines(n), {"Content-Type": "application/x-ndjson"}), "batch-too-large"),
    ("one event, one text of it", "32 KiB", 32 << 10, lambda n: (_event_of(n), {}), "event-too-large"),
    ("one event, one text of it", "8 KiB", 8 << 10, lambda n: (_with_data(t="x" * n), {}), "value-too-long"),
    ("JSON depth, members of an object, length of a name", "32", 32,
     lambda n: (_with_data(deep=0).replace(b'"deep": 0', b'"deep": ' + b"[" * (n - 3) + b"]" * (n - 3)), {}), "json-too-deep"),
    ("JSON depth, members of an object, length of a name", "256", 256,
     lambda n: (_with_data(**{f"k{one}": 1 for one in range(n - 2)}), {}), "too-many-members"),
    ("JSON depth, members of an object, length of a name", "200 bytes", 200, lambda n: (_with_data(**{"k" * n: 1}), {}), "value-too-long"),
    ("id", "1 to 200 bytes", 200, lambda n: (json.dumps([dict(_event(0), id=f"{time.time_ns()}".ljust(n, "i"))]).encode(), {}), "invalid-id"),
    ("id", "1 to 200 bytes", 200, lambda n: _named(n, account=True), "invalid-id"),
    ("id", "1 to 200 bytes", 200, lambda n: _named(n, user=True), "invalid-id"),
]
# What the page names and `_limits_of_heads` and `silent_body` show.
OTHERS = ["within 30 s", "16 KiB and 100 fields", "8 KiB", "1 to 200, 50 when not given"]


def _answer(client, body, headers):
    """The code of a refusal, of the request or of its item; None: all was taken."""
    reply = client.call("POST", "/v1/events", body, {"Content-Type": "application/json"} | headers, key=client.write_key)
    told = json.loads(reply.body)
    if reply.status != 200:
        return told["code"]
    return told["rejected"][0]["code"] if told["rejected"] else None


def _table_of_limits():
    path = os.path.join(os.path.dirname(__file__), "..", "..", "docs", "reference", "limits.md")
    with open(path) as file:
        rows = re.search(r"\| Limit \| \|\n\|---\|---\|\n((?:\|.*\n)+)", file.read()).group(1)
    return dict(re.findall(r"^\| (.+?) \| (.+) \|$", rows, re.M))


def _require_all_shown(named):
    """Each number of the page's table is one that is tried here."""
    for thing, text in named.items():
        left = text
        for shown in sorted([one[1] for one in LIMITS if one[0] == thing] + OTHERS, key=len, reverse=True):
            left = left.replace(shown, "")
        assert not re.search(r"\d", left), f"the page says of {thing}: {text}; nothing here tries “{left}”"


def _chunked(client, size):
    """The status of a body in chunks, whose length nobody announces."""
    body, part = _padded(size), 1 << 16
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(body[at:at + part]), body[at:at + part]) for at in range(0, size, part))
    head = (f"POST /v1/events HTTP/1.1\r\nHost: {client.host}:{client.port}\r\nAuthorization: Bearer {client.write_key}\r\n"
            "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
    return _status(raw(client.host, client.port, head.encode() + chunks + b"0\r\n\r\n"))


def _status(answer):
    return int(answer[9:12]) if answer.startswith(b"HTTP/1.1 ") else 0


def _with_head(client, fields=(), header_bytes=None):
    """The status of a request with these fields too; of header_bytes in all, as names and values with four bytes each."""
    lines = [f"Authorization: Bearer {client.api_key}", *fields]
    if header_bytes:
        lines.append("X-Filler: " + "x" * (header_bytes - sum(len(one) + 2 for one in lines) - len("X-Filler: ") - 2))
    request = f"GET /api/v1/accounts HTTP/1.1\r\nHost: {client.host}:{client.port}\r\n" + "\r\n".join(lines) + "\r\n\r\n"
    return _status(raw(client.host, client.port, request.encode()))


def _limits_of_heads(client):
    """What was tried, the status that it got and the one that it should have got."""
    for fields, status in ((100, 200), (101, 431)):
        yield f"{fields} header fields", _with_head(client, [f"X-{one}: x" for one in range(fields - 2)]), status
    for size, status in ((16 << 10, 200), ((16 << 10) + 1, 431)):
        yield f"{size} bytes of headers", _with_head(client, header_bytes=size), status
    start = "/api/v1/accounts?q="
    for size, status in ((8 << 10, 200), ((8 << 10) + 1, 414)):
        address = start + "x" * (size - len(start))
        yield f"an address of {size} bytes", client.call("GET", address, None, {}, key=client.api_key).status, status
    for items, status in ((1, 200), (200, 200), (201, 400), (0, 400)):
        yield f"limit={items}", client.get(f"/accounts?limit={items}").status, status
    for size, status in ((2 << 20, 200), ((2 << 20) + 1, 413)):
        yield f"{size} bytes in chunks", _chunked(client, size), status


@proof("each limit that the page names is reached without harm, and exceeded by one is told")
def limits(folder):
    named = _table_of_limits()
    _require_all_shown(named)
    with Server(folder + "/data", arguments=["--workspace", "acme"]) as server:
        client = server.client("acme")
        for number in range(51):
            name = f"acme-{number}" if number else "acme"
            client.sent("/v1/group", {"groupId": name, "userId": "u", "traits": {"name": name}})
        until("the accounts", 10, lambda: client.get("/accounts/acme-50").status == 200)
        wrong = []
        for thing, text, limit, made, code in LIMITS:
            assert text in named[thing], f"the page says of {thing}: {named[thing]}, not {text}"
            at, over = _answer(client, *made(limit)), _answer(client, *made(limit + 1))
            if at is not None or over != code:
                wrong.append(f"{thing}, {text}: at the limit {at or 'taken'}, over it {over or 'taken'}")
        for size, code in ((1, None), (0, "invalid-id")):
            told = _answer(client, json.dumps([dict(_event(0), id="i" * size)]).encode(), {})
            if told != code:
                wrong.append(f"an id of {size} bytes: {told or 'taken'}")
        wrong += [f"{what}: {status}, not {wanted}" for what, status, wanted in _limits_of_heads(client) if status != wanted]
        items = len(client.get("/accounts").json["items"])
        if items != 50:
            wrong.append(f"a page of a list whose size nobody gave has {items}")
        assert "A request failed" not in server.stderr(), server.stderr()[-500:]
    assert not wrong, "\n    " + "\n    ".join(wrong)


def _request(client, body, length=None, key=True):
    """As bytes; a length that is announced need not come."""
    return (f"POST /v1/events HTTP/1.1\r\nHost: {client.host}:{client.port}\r\nContent-Type: application/json\r\n"
            + (f"Authorization: Bearer {client.write_key}\r\n" if key else "")
            + f"Content-Length: {length or len(body)}\r\n\r\n{body}").encode()


def _late(client, seconds):
    """The status of a request whose last byte comes so late."""
    request = _request(client, "[]")
    with socket.create_connection((client.host, client.port), timeout=45) as connection:
        connection.sendall(request[:-1])
        time.sleep(seconds)
        connection.sendall(request[-1:])
        return _status(connection.recv(65536))


@proof("a body that never comes is given up after half a minute, a late one is taken, and others are served meanwhile")
def silent_body(folder):
    with Server(folder + "/data", arguments=["--workspace", "acme"]) as server, ThreadPoolExecutor() as others:
        client = server.client("acme")
        late = others.submit(_late, client, 25)
        began = time.monotonic()
        answer = raw(client.host, client.port, _request(client, "{", length=100), wait=45)
        assert _status(answer) == 408, answer[:100]
        assert 25 <= time.monotonic() - began <= 40
        assert late.result() == 422, f"a body after 25 s: {late.result()}"
        assert client.get("/accounts").status == 200


def _seconds_until_cut(request, client):
    """A byte now and then behind the request, until the server ends the connection."""
    with socket.create_connection((client.host, client.port), timeout=1) as connection:
        connection.sendall(request)
        began = time.monotonic()
        while time.monotonic() - began < 60:
            try:
                connection.sendall(b" ")
                if not connection.recv(65536):
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        return time.monotonic() - began


@proof("who goes on with a body that nobody wants is cut, and holds no connection a byte at a time")
def unwanted_body(folder):
    with Server(folder + "/data", arguments=["--workspace", "acme"]) as server, ThreadPoolExecutor() as peers:
        client = server.client("acme")
        get = f"GET /health/live HTTP/1.1\r\nHost: {client.host}:{client.port}\r\nContent-Length: 100000\r\n\r\n".encode()
        requests = {"behind a GET": get, "behind a 413": _request(client, "", length=30_000_000),
                    "behind a 401": _request(client, "", length=3_000, key=False)}
        cut = {name: peers.submit(_seconds_until_cut, request, client) for name, request in requests.items()}
        for name, seconds in cut.items():
            assert 4 <= seconds.result() <= 15, f"{name}: cut after {seconds.result():.1f} s"
        assert client.get("/accounts").status == 200
        # A small one that comes at once costs nobody the connection.
        both = raw(client.host, client.port, get.replace(b"100000", b"3") + b"abc" + get.replace(b"100000", b"3") + b"abc", answers=2)
        assert both.count(b"HTTP/1.1 200 ") == 2, both[:300]


if __name__ == "__main__":
    main()
