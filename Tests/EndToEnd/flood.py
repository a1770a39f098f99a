"""All the load that a workspace will take, sent by a process of its own at the lowest priority: it is the server that is asked
to be fair, not the machine's scheduler between the two of us."""
import http.client
import json
import multiprocessing
import os
import threading
import time

from server import Client

ACCOUNTS, USERS = 200, 20
# Kind of load, connections to each workspace, events a request.
BATCHES, SINGLES, PAGES = ("batches", 8, 500), ("singles", 32, 1), ("pages", 8, 0)
LISTS = ["/accounts?limit=200", "/signals?limit=200", "/outbox?limit=200", "/portfolio"]


class Flood:
    """Use `with`: whoever is named is flooded until the end. `events` and `requests` are what was answered by then."""

    def __init__(self, server, names, kind):
        self._events, self._requests = multiprocessing.Value("q", 0), multiprocessing.Value("q", 0)
        self._ended = multiprocessing.Event()
        self._process = multiprocessing.Process(
            target=self._run, args=(server.host, server.port, [server.workspaces[name] for name in names], kind), daemon=True)

    def __enter__(self):
        self._began = time.monotonic()
        self._process.start()
        return self

    def __exit__(self, *_):
        self.seconds = time.monotonic() - self._began
        self.events, self.requests = self._events.value, self._requests.value
        self._ended.set()
        self._process.join(30)
        self._process.kill()
        self._process.join()

    def _run(self, host, port, keys, kind):
        os.nice(19)
        _, connections, size = kind
        threads = [threading.Thread(target=self._send, args=(_Address(host, port), one, number, size), daemon=True)
                   for one in keys for number in range(connections)]
        for thread in threads:
            thread.start()
        self._ended.wait()

    def _send(self, address, keys, number, size):
        client, template, place = Client(address, keys, timeout=60), _template(number, size), 0
        while not self._ended.is_set():
            try:
                reply = self._post(client, template, f"{number}-{place}-{time.time_ns()}") if size else self._look(client, place)
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
                continue
            place += 1
            if reply.status == 200:
                with self._requests.get_lock():
                    self._events.value += size
                    self._requests.value += 1
            else:
                time.sleep(0.01)

    @staticmethod
    def _post(client, template, name):
        return client.post("/v1/events", template.replace(b"@@", name.encode()), {"Content-Type": "application/json"})

    @staticmethod
    def _look(client, place):
        return client.get(LISTS[place % len(LISTS)])


class _Address:
    def __init__(self, host, port):
        self.host, self.port = host, port


def _template(number, size):
    """A body whose ids are all new once @@ is replaced."""
    return json.dumps([
        {"type": "user.session", "id": f"@@-{place}", "account": f"flooded-{(number * 31 + place) % ACCOUNTS}",
         "user": f"user-{(number + place) % USERS}", "data": {"duration_s": place}} for place in range(size)]).encode()


def make_accounts(client):
    for number in range(ACCOUNTS):
        client.sent("/v1/group", {"groupId": f"flooded-{number}", "userId": "u", "messageId": f"made-{number}",
                                  "traits": {"name": f"Flooded {number}", "csm": "ana@vendor.example"}})
