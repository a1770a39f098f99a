"""What follows from an event, watched from outside: accounts of their own, each asked for until the consequences show."""
import glob
import os
import threading
import time
from datetime import datetime, timedelta, timezone

from server import until
from tools import WORKSPACE

# So many a second, by so many threads, each with a connection of its own.
RATE, THREADS, PAUSE_SECONDS = 10, 8, 0.003


class Watchers:
    """Use `with` around the load; then `waits` are milliseconds since the acknowledgement, by consequence."""

    def __init__(self, product, seconds, name):
        self.server, self.data = product.server, product.data
        self.names = [f"watched-{name}-{number}" for number in range(seconds * RATE)]
        self.found, self.failures, self._lock = {}, [], threading.Lock()
        client = self.server.client(WORKSPACE)
        for at in range(0, len(self.names), 100):
            client.sent("/v1/events", [event for name in self.names[at:at + 100] for event in self._made(name)])
        # The first score is there, so that it is its move that is waited for.
        until("the watched accounts have a score", 60, lambda: self._score(client, self.names[-1]) is not None)

    @staticmethod
    def _made(name):
        yield {"type": "account.changed", "account": name, "id": "made-" + name, "data": {"name": name, "csm": "ana@vendor.example"}}
        # Stickiness is of whole days, and without it there is no score.
        yesterday = (datetime.now(timezone.utc) - timedelta(days=1)).isoformat(timespec="seconds")
        yield {"type": "page.viewed", "account": name, "user": "u-" + name, "id": "seen-" + name, "time": yesterday, "data": {}}

    @staticmethod
    def _score(client, name):
        reply = client.get("/accounts/" + name)
        return reply.json["score"] if reply.status == 200 else None

    def __enter__(self):
        self.began = time.monotonic()
        self.threads = [threading.Thread(target=self._run, args=(place,)) for place in range(THREADS)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        for thread in self.threads:
            thread.join()
        if self.failures:
            raise self.failures[0]

    def _run(self, place):
        try:
            client = self.server.client(WORKSPACE)
            for number in range(place, len(self.names), THREADS):
                wait = self.began + number / RATE - time.monotonic()
                if wait > 0:
                    time.sleep(wait)
                self._watch(client, self.names[number])
        except Exception as error:  # Raised where the threads are waited for.
            self.failures.append(error)

    def _watch(self, client, name):
        before = client.account(name)["score"]
        events = [{"type": "ticket.created", "account": name, "id": "t-" + name, "data": {"ticket_id": name, "priority": "high"}},
                  {"type": "cancellation.requested", "account": name, "id": "c-" + name, "data": {"reason": "price"}}]
        sent = time.monotonic()
        reply = client.post("/v1/events", events)
        while reply.status == 429:
            time.sleep(0.05)
            reply = client.post("/v1/events", events)
        acknowledged, wall = time.monotonic(), time.time()
        assert reply.status == 200 and not reply.json["rejected"], reply
        times = {"ack_of_watched": acknowledged - sent, "wall": wall}
        # Score and signal are of one answer; the outbox is asked once they are there.
        while not {"score", "signal", "outbox"} <= times.keys():
            now = client.account(name)
            if now["score"] != before:
                times.setdefault("score", time.monotonic() - acknowledged)
            if now["signals"]:
                times.setdefault("signal", time.monotonic() - acknowledged)
                newest = client.get("/outbox", limit=50).json["items"]
                if any(name in row.get("subject", "") or row.get("account") == now["id"] for row in newest):
                    times.setdefault("outbox", time.monotonic() - acknowledged)
            assert time.monotonic() - acknowledged < 120, f"{name}: nothing follows: {times.keys()}"
            time.sleep(PAUSE_SECONDS)
        with self._lock:
            self.found[name] = times

    def waits(self):
        """Milliseconds by consequence: percentiles and the most."""
        self._await_mails()
        found = {}
        for what in ("ack_of_watched", "score", "signal", "outbox", "mail"):
            times = sorted(one[what] * 1000 for one in self.found.values() if what in one)
            assert times, f"no {what} was seen"
            at = lambda percent: times[min(len(times) - 1, int(percent / 100 * len(times)))]  # noqa: E731
            found[what] = {"p50": at(50), "p99": at(99), "max": times[-1]}
        return found

    def _await_mails(self):
        """A mail is handed over when its file is complete."""
        deadline = time.monotonic() + 120
        missing = dict(self.found)
        while missing:
            for path in glob.glob(os.path.join(self.data, "mail", "*")):
                with open(path, errors="replace") as file:
                    head = file.read(8192)
                for name in [one for one in missing if f"{one} wants" in head]:
                    self.found[name]["mail"] = os.stat(path).st_mtime - missing.pop(name)["wall"]
            assert time.monotonic() < deadline, f"{len(missing)} mails never came, {list(missing)[:3]}"
            if missing:
                time.sleep(0.5)
