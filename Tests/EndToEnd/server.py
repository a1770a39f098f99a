"""A tenure process under test, and a plain HTTP client for it. Knows nothing of how the server is made."""
import http.client
import json
import mmap
import os
import re
import signal
import socket
import subprocess
import time
import urllib.parse

BINARY = os.environ.get("TENURE", ".build/debug/tenure")
READY_SECONDS_MAX = 120


def require_debug_build():
    with open(BINARY, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as bytes_of_binary:
        assert bytes_of_binary.find(b"TENURE_FAULT") >= 0, f"{BINARY} is no debug build: it has no fault points"


class Reply:
    """Status, headers and body of one answer."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    @property
    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"{self.status} {self.text[:300]}"


class EndedEarly(AssertionError):
    """The process ended before it was ready."""

    def __init__(self, code, errors):
        self.code = code
        super().__init__(f"tenure ended with {code}: {errors}")


class Server:
    """`tenure serve` or `tenure demo`, up once the constructor returns."""

    def __init__(self, data, command="serve", arguments=(), listen="127.0.0.1:0", environment=None):
        self.data = data
        self.errors = open(os.path.join(os.path.dirname(data) or ".", os.path.basename(data) + ".stderr"), "ab")
        line = [BINARY, command, "--data", data, "--listen", listen, "--json", *arguments]
        self.process = subprocess.Popen(
            line, stdout=subprocess.PIPE, stderr=self.errors, env=os.environ | (environment or {}))
        ready = self._ready_line()
        self.url = ready["url"]
        self.host, self.port = self.url.removeprefix("http://").split(":")
        self.port = int(self.port)
        self.sign_in, self.set_up = ready["sign_in"], ready["set_up"]
        self.workspaces = {one["slug"]: one for one in ready["workspaces"]}

    def _ready_line(self):
        deadline = time.monotonic() + READY_SECONDS_MAX
        while time.monotonic() < deadline:
            line = self.process.stdout.readline().decode()
            if line.startswith("{"):
                return json.loads(line)
            if not line and self.process.poll() is not None:
                raise EndedEarly(self.process.returncode, self.stderr())
        raise AssertionError("tenure was not ready in time")

    def stderr(self):
        with open(self.errors.name, "rb") as file:
            return file.read().decode("utf-8", "replace")

    def stop(self):
        """A polite end; the exit code. A server that does not come to its end is a failure like any other."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"tenure did not stop within 30 s of SIGTERM: {self.stderr()[-500:]}") from None
        self.errors.close()
        return code

    def kill(self):
        """kill -9."""
        self.process.kill()
        self.process.wait()
        self.errors.close()

    @property
    def is_alive(self):
        return self.process.poll() is None

    def memory_kib(self):
        with open(f"/proc/{self.process.pid}/status") as file:
            return int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def client(self, slug):
        return Client(self, self.workspaces[slug])


class Client:
    """Calls with a workspace's keys; one connection, opened again when it breaks."""

    def __init__(self, server, keys, timeout=30):
        self.host, self.port, self.timeout = server.host, server.port, timeout
        self.write_key, self.api_key = keys["write_key"], keys["api_key"]
        self.connection = None

    def call(self, method, path, body=None, headers=None, key=None):
        sent = dict(headers or {})
        if key:
            sent["Authorization"] = "Bearer " + key
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            sent.setdefault("Content-Type", "application/json")
        for attempt in (1, 2):
            is_fresh = self.connection is None
            if is_fresh:
                self.connection = http.client.HTTPConnection(self.host, self.port, timeout=self.timeout)
            try:
                self.connection.request(method, path, body=body, headers=sent)
                answer = self.connection.getresponse()
                return Reply(answer.status, answer.headers, answer.read())
            except (http.client.HTTPException, OSError):
                self.connection.close()
                self.connection = None
                if is_fresh or attempt == 2:
                    raise

    def get(self, path, **query):
        query = "?" + urllib.parse.urlencode(query) if query else ""
        return self.call("GET", "/api/v1" + path + query, key=self.api_key)

    def command(self, method, path, body=None):
        return self.call(method, "/api/v1" + path, body if body is not None else {}, key=self.api_key)

    def post(self, path, body, headers=None):
        return self.call("POST", path, body, headers, key=self.write_key)

    def sent(self, path, body):
        """Posts facts and insists that all were taken."""
        reply = self.post(path, body)
        assert reply.status == 200, reply
        assert not reply.json["rejected"], reply
        return reply.json

    def account(self, external):
        reply = self.get("/accounts/" + urllib.parse.quote(external, safe=""))
        assert reply.status == 200, reply
        return reply.json

    def all(self, path, **query):
        """Every item of a paged list."""
        items, cursor = [], None
        while True:
            reply = self.get(path, limit=200, **query, **({"cursor": cursor} if cursor else {}))
            assert reply.status == 200, reply
            items += reply.json["items"]
            cursor = reply.json.get("next_cursor")
            if not cursor:
                return items


def raw(host, port, request, wait=10, answers=1):
    """Sends bytes as they are and reads what comes until the peer closes or whole answers are there."""
    with socket.create_connection((host, port), timeout=wait) as connection:
        connection.settimeout(wait)
        received = b""
        try:
            connection.sendall(request)
        except OSError:
            pass  # The server may close before everything is sent; what it answered is still there.
        try:
            while not _is_whole(received, answers):
                part = connection.recv(65536)
                if not part:
                    break
                received += part
        except OSError:
            pass
    return received


def _is_whole(received, answers):
    for _ in range(answers):
        head, gap, rest = received.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: *(\d+)", head)
        if not gap or length is None or len(rest) < int(length.group(1)):
            return False
        received = rest[int(length.group(1)):]
    return True


def run(*arguments, timeout=120, binary=None, **options):
    """A tenure command to its end: exit code, standard output, standard error; of another build when one is named."""
    done = subprocess.run([binary or BINARY, *arguments], capture_output=True, text=True, timeout=timeout, **options)
    return done.returncode, done.stdout, done.stderr


class Browser:
    """Someone who signed in with the link from the terminal."""

    def __init__(self, server):
        self.server = server
        reply = self._request("POST", urllib.parse.urlparse(server.sign_in).path, b"")
        assert reply.status == 303, reply
        self.cookie = reply.headers["Set-Cookie"].split(";")[0]

    def _request(self, method, path, body=None):
        connection = http.client.HTTPConnection(self.server.host, self.server.port, timeout=30)
        headers = {"Cookie": self.cookie} if hasattr(self, "cookie") else {}
        connection.request(method, path, body=body, headers=headers)
        answer = connection.getresponse()
        reply = Reply(answer.status, answer.headers, answer.read())
        connection.close()
        return reply

    def page(self, path):
        return self._request("GET", path)


def until(what, seconds, probe, pause=0.05):
    """The first truthy answer of the probe; fails when the time is over."""
    deadline = time.monotonic() + seconds
    while True:
        found = probe()
        if found:
            return found
        assert time.monotonic() < deadline, f"{what}: not within {seconds} s"
        time.sleep(pause)
