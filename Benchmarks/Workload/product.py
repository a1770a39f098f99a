"""Tenure under measurement: the released binary, as somebody would run it, durability and de-duplication as they are."""
import json
import os
import subprocess
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from measured import Watch
from tools import PROGRAMME, WORKSPACE, binary, compiled, say

os.environ["TENURE"] = binary()
from server import Server  # noqa: E402  The proofs' own server reads TENURE when it is loaded.

METRICS = ["weekly_users", "monthly_users", "stickiness", "features.30d", "error_rate", "open_tickets", "unpaid_invoices"]


class Product:
    """One data folder, and the process that serves it."""

    def __init__(self, data, group, programme=PROGRAMME):
        self.data, self.group, self.programme, self.server = data, group, programme, None

    def start(self):
        """Seconds until it was ready."""
        began = time.monotonic()
        with self.group.entered():
            self.server = Server(self.data, arguments=["--workspace", WORKSPACE, "--programme", self.programme])
        return time.monotonic() - began

    def kill(self):
        """kill -9; the exit is waited for."""
        self.server.kill()

    def stop(self):
        if self.server and self.server.is_alive:
            self.server.stop()

    def import_files(self, *paths):
        """`tenure import`: what it says was taken."""
        with self.group.entered():
            process = subprocess.Popen(
                [binary(), "import", "--data", self.data, "--workspace", WORKSPACE, "--programme", self.programme, "--json", *paths],
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        out, _ = process.communicate()
        assert process.returncode == 0, out[-2000:]
        return json.loads(out)

    def send(self, path, **options):
        """The events of a file over HTTP; what the sender counted and timed."""
        keys = self.server.workspaces[WORKSPACE]
        line = [compiled("sender"), "--port", str(self.server.port), "--key", keys["write_key"], "--file", path]
        for name, value in options.items():
            line += ["--" + name, str(value)]
        done = subprocess.run(line, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-2000:] + done.stdout
        return json.loads(done.stdout)

    def counters(self):
        """What /metrics says of the workspace, by name."""
        with urllib.request.urlopen(self.server.url + "/metrics") as answer:
            lines = answer.read().decode().splitlines()
        found = {}
        for line in lines:
            if line.startswith("tenure_") and "kind=" not in line and "reading=" not in line:
                name, _, value = line.rpartition(" ")
                found[name.partition("{")[0]] = float(value)
        return found

    def concluded(self, facts, seconds=3600):
        """Waits until so many facts of this process have been concluded on and committed."""
        deadline = time.monotonic() + seconds
        while self.counters()["tenure_facts_total"] < facts:
            assert time.monotonic() < deadline, "facts were never concluded on"
            time.sleep(0.01)

    def results(self, accounts):
        """Each account's seven numbers and its exact score, read over the API one by one."""
        clients = [self.server.client(WORKSPACE) for _ in range(2)]

        def read(part):
            return [(name, _numbers(clients[part].account(name))) for name in accounts[part::2]]

        with ThreadPoolExecutor(2) as pool:
            return dict(one for part in pool.map(read, range(2)) for one in part)


def _numbers(document):
    values = {one["id"]: one["value"] for one in document["metrics"]}
    parts = [line["contribution_nano"] for line in document["lines"] if line["kind"] == "component"]
    return [values[name] for name in METRICS] + [sum(parts) / 1e9]


def load_over_http(product, accounts, events, expected):
    """All events sent as quickly as they are acknowledged, and concluded on: what it cost."""
    product.start()
    product.send(accounts, batch=500, connections=1)
    product.concluded(product.counters()["tenure_accounts"])
    known = product.counters()["tenure_facts_total"]
    watch = Watch(product.group)
    answer = product.send(events, batch=500, connections=8)
    acknowledged = time.monotonic() - watch.began
    product.concluded(known + expected["distinct"])
    cost = watch.cost(disk=product.data)
    counted = {name: answer[name] for name in ("accepted", "duplicate", "quarantined", "rejected", "refused_requests")}
    say(f"  acknowledged after {acknowledged:.2f} s: {counted}")
    assert (answer["accepted"], answer["duplicate"]) == (expected["distinct"], expected["repeated"]), answer
    return cost, acknowledged


def load_by_import(product, accounts, events, expected):
    """`tenure import` of the accounts and of all events."""
    watch = Watch(product.group)
    answer = product.import_files(accounts, events)
    cost = watch.cost(disk=product.data)
    facts = expected["distinct"] + expected["accounts"]
    assert (answer["accepted"], answer["duplicate"]) == (facts, expected["repeated"]), answer
    product.start()
    return cost, cost.seconds
