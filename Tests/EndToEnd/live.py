"""Pages that stay open hear of what happens, over real connections: within a second, from where they were cut off, until
somebody signs out or the server stops. Peers that do not read, and a thousand that listen, hold nobody else up."""
import copy
import os
import re
import select
import socket
import time

from proof import main, proof
from reader import Reader
from server import Server, until

HEARD_SECONDS_MAX = 1.0
LISTENERS_MAX = 256
PER_SESSION_MAX = 4
STREAMS = 1000
SLOW_SECONDS_MAX = 240
MEMORY_KIB_MAX = 40_000


class Stream:
    """One open page's ear: what it got so far, read without waiting."""

    def __init__(self, browser, path, last=None, receive_bytes=None):
        self.socket = socket.socket()
        if receive_bytes:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
        self.socket.settimeout(10)
        self.socket.connect((browser.server.host, browser.server.port))
        known = f"Last-Event-ID: {last}\r\n" if last is not None else ""
        self.socket.sendall(
            f"GET {path} HTTP/1.1\r\nHost: {browser.server.host}:{browser.server.port}\r\nCookie: {browser.cookie}\r\n"
            f"{known}Accept: text/event-stream\r\n\r\n".encode())
        self.received = b""

    @property
    def status(self):
        until("the head of an answer", 10, lambda: self._take() and b"\r\n\r\n" in self.received)
        return int(self.received.split()[1])

    @property
    def head(self):
        return self.received.partition(b"\r\n\r\n")[0].decode()

    @property
    def parts(self):
        self._take()
        return re.findall(rb"event: part\nid: (\d+)\n((?:data: [^\n]*\n)+)", self.received)

    @property
    def is_closed(self):
        """Whether the answer came to its end, or the connection did."""
        return not self._take() or b"\r\n0\r\n\r\n" in self.received

    def _take(self):
        try:
            while select.select([self.socket], [], [], 0)[0]:
                part = self.socket.recv(65536)
                if not part:
                    return False
                self.received += part
        except OSError:
            return False
        return True

    def close(self):
        self.socket.close()


def _start(folder):
    server = Server(folder + "/data", arguments=["--workspace", "acme"])
    client = server.client("acme")
    client.sent("/v1/group", {"groupId": "acme", "userId": "u", "traits": {"name": "Acme", "csm": "ada"}})
    until("the account", 10, lambda: client.get("/accounts/acme").status == 200)
    return server, client, Reader(server)


def _address(browser, path):
    found = re.search(r'data-live="([^"]+)"', browser.page(path).text)
    assert found, path
    return found.group(1).replace("&amp;", "&")


PLAY = "check_in"


def _happen(client):
    """Something that is concluded, and changes what is to be done: a person starts a play, or stops it."""
    running = [one for one in client.all("/plays") if one["play"] == PLAY]
    if running:
        reply = client.command("POST", f"/accounts/acme/plays/{running[0]['number']}/stop", {"reason": "enough", "outcome": "done"})
    else:
        reply = client.command("POST", "/accounts/acme/plays", {"play": PLAY})
    assert reply.status == 200, reply


@proof("a fact shows within a second on the first page, on the account's, and in the number of tasks of Today")
def told(folder):
    server, client, browser = _start(folder)
    with server:
        streams = [Stream(browser, _address(browser, path)) for path in ("/", "/accounts/acme", "/today")]
        assert all(stream.status == 200 and "text/event-stream" in stream.head for stream in streams)
        time.sleep(0.5)
        assert not any(stream.parts for stream in streams)
        began = time.monotonic()
        _happen(client)
        until("the news", 5, lambda: all(stream.parts for stream in streams))
        took = time.monotonic() - began
        assert took < HEARD_SECONDS_MAX, took
        page = browser.page("/accounts/acme").text
        lines = [line.removeprefix("data: ") for line in streams[1].parts[-1][1].decode().splitlines()]
        assert any("<li>" in line for line in lines) and all(line in page for line in lines), lines
        assert re.search(r"\d+ open tasks?", streams[2].parts[-1][1].decode())
        print(f"          told within {took * 1000:.0f} ms")


@proof("a page that was cut off is told what it missed, and nothing when it missed nothing")
def resumed(folder):
    server, client, browser = _start(folder)
    with server:
        path = _address(browser, "/accounts/acme")
        _happen(client)
        time.sleep(1)
        first = Stream(browser, path, 0)
        until("how things are", 5, lambda: first.parts)
        last = int(first.parts[0][0])
        first.close()
        again = Stream(browser, path, last)
        time.sleep(1)
        assert again.status == 200 and not again.parts
        again.close()
        _happen(client)
        missed = Stream(browser, path, last)
        until("what was missed", 5, lambda: missed.parts)
        assert int(missed.parts[0][0]) > last


@proof("signing out ends a page's stream, and a server with open streams stops at once")
def ended(folder):
    server, _, browser = _start(folder)
    path = _address(browser, "/")
    first = Stream(browser, path)
    assert first.status == 200
    form = next(form for form in browser.open("/").forms if form.action == "/sign-out")
    assert browser.send(form).status == 303
    until("the end of the stream", 2, lambda: first.is_closed)
    server.stop()
    server = Server(folder + "/data")
    browser = Reader(server)
    streams = [Stream(browser, path) for _ in range(PER_SESSION_MAX)]
    assert all(stream.status == 200 for stream in streams)
    began = time.monotonic()
    assert server.stop() == 0
    assert time.monotonic() - began < 5, time.monotonic() - began
    assert all(stream.is_closed for stream in streams)


@proof("a page that does not read is cut, and costs neither memory nor others their news")
def slow(folder):
    server, client, browser = _start(folder)
    with server:
        path = _address(browser, "/accounts/acme")
        deaf, awake = Stream(browser, path, receive_bytes=2048), Stream(browser, path)
        assert awake.status == 200
        before, began, rounds = server.memory_kib(), time.monotonic(), 0
        while _listening(client) == 2:
            assert time.monotonic() - began < SLOW_SECONDS_MAX, "the page that does not read is still served"
            _write(client)
            rounds += 1
        ended_after = time.monotonic() - began
        grown = server.memory_kib() - before
        heard = len(awake.parts)
        _happen(client)
        until("news for the other", 2, lambda: len(awake.parts) > heard)
        deaf.close()
    usual = _grown_when_all_read(folder + "/usual", rounds)
    assert grown - usual < MEMORY_KIB_MAX, (grown, usual)
    print(f"          cut after {ended_after:.0f} s, {grown} KiB more; {usual} KiB more for the same when every page reads")


def _write(client):
    for _ in range(5):
        client.command("POST", "/accounts/acme/notes", {"text": "x" * 1500})
        _happen(client)


def _grown_when_all_read(folder, rounds):
    """What the same notes and plays cost the server when nobody holds it up: they are kept, and that takes memory too."""
    os.mkdir(folder)
    server, client, browser = _start(folder)
    with server:
        path = _address(browser, "/accounts/acme")
        awake = [Stream(browser, path) for _ in range(2)]
        assert all(stream.status == 200 for stream in awake)
        before = server.memory_kib()
        for _ in range(rounds):
            _write(client)
            heard = [len(stream.parts) for stream in awake]
        assert _listening(client) == 2 and min(heard) > 1
        return server.memory_kib() - before


def _listening(client):
    text = client.call("GET", "/metrics").text
    return int(re.search(r"^tenure_listeners (\d+)$", text, re.M).group(1))


@proof("a thousand pages that would listen: those beyond the bound are told to come later, and nobody else waits")
def many(folder):
    server, client, browser = _start(folder)
    with server:
        browsers = [_another_session(browser) for _ in range(LISTENERS_MAX // PER_SESSION_MAX + 2)]
        path = _address(browsers[0], "/")
        streams = [Stream(browser, path) for browser in browsers for _ in range(PER_SESSION_MAX)]
        taken = [stream for stream in streams if stream.status == 200]
        refused = [stream for stream in streams if stream.status == 503]
        assert len(taken) == LISTENERS_MAX and len(taken) + len(refused) == len(streams), (len(taken), len(refused))
        assert all("retry-after" in stream.head.lower() for stream in refused)
        # One browser with very many pages: its newest are served, none is refused, and no other page is ended.
        crowd = []
        for _ in range(STREAMS - len(streams)):
            crowd.append(Stream(browsers[0], path))
            assert crowd[-1].status == 200
            if len(crowd) > PER_SESSION_MAX:
                crowd[-PER_SESSION_MAX - 1].close()
        assert _listening(client) == LISTENERS_MAX
        others = [stream for stream in taken if stream not in taken[:PER_SESSION_MAX]]
        began = time.monotonic()
        _happen(client)
        assert client.call("GET", "/health/ready").status == 200 and browsers[1].page("/accounts").status == 200
        answered = time.monotonic() - began
        until("news for all", 10, lambda: all(stream.parts for stream in others))
        heard = time.monotonic() - began
        assert answered < 1, answered
        print(f"          {len(taken)} listen, {len(refused)} come later; a page within {answered * 1000:.0f} ms, news for all within {heard * 1000:.0f} ms")


def _another_session(browser):
    """The same person once more, by a link from the team's page."""
    form = next(form for form in browser.open("/settings").forms if form.action == "/settings/teammates/link")
    link = re.search(r'<code id="link">([^<]+)</code>', browser.send(form).text).group(1)
    another = copy.copy(browser.server)
    another.sign_in = link
    return Reader(another)


if __name__ == "__main__":
    main()
