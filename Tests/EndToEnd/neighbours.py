"""Neighbours of a workspace under load: what they wait for their acknowledgements, and from there until an event counts."""
import threading
import time

from load import COUNT

PROBERS = 3
PROBES_A_SECOND = 30
POLL_SECONDS = 0.003


class Neighbours:
    """One event at a time, to one neighbour after another."""

    def __init__(self, server, names):
        self.names = names
        self._clients = {name: server.client(name) for name in names}
        self._counts = dict.fromkeys(names, 0)
        for name, client in self._clients.items():
            client.sent("/v1/group", {"groupId": "probe", "userId": "u", "messageId": "made", "traits": {"name": "Probe"}})
            self.wait(name)

    def times(self, seconds):
        """Milliseconds of each probe: (until acknowledged, from there until it counts)."""
        found, failures, ends = [], [], time.monotonic() + seconds

        def work(place):
            try:
                mine, number = self.names[place::PROBERS], 0
                while time.monotonic() < ends:
                    began = time.monotonic()
                    found.append(self._probe(mine[number % len(mine)]))
                    number += 1
                    time.sleep(max(0, began + PROBERS / PROBES_A_SECOND - time.monotonic()))
            except Exception as error:  # Raised where the threads are waited for.
                failures.append(error)

        threads = [threading.Thread(target=work, args=(place,)) for place in range(PROBERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failures:
            raise failures[0]
        return found

    def send(self, name):
        self._clients[name].sent("/v1/events", [
            {"type": "user.session", "id": f"probe-{self._counts[name]}", "account": "probe", "user": "u", "data": {}}])
        self._counts[name] += 1

    def _probe(self, name):
        began = time.monotonic()
        self.send(name)
        acknowledged = time.monotonic()
        self.wait(name)
        return (acknowledged - began) * 1000, (time.monotonic() - acknowledged) * 1000

    def wait(self, name):
        """Until all that was sent counts."""
        deadline = time.monotonic() + 60
        while self._counted(name) < self._counts[name]:
            assert time.monotonic() < deadline, f"{name}: an event does not count"
            time.sleep(POLL_SECONDS)

    def _counted(self, name):
        reply = self._clients[name].get("/accounts/probe")
        if reply.status != 200:
            return -1
        return next(one["value"] or 0 for one in reply.json["metrics"] if one["id"] == COUNT)
