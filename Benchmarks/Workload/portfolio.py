"""A data folder with very many simulated accounts, made once for the sources that it comes from."""
import contextlib
import hashlib
import os
import shutil
import tempfile
import time

from tools import BUILD, ROOT, binary, say

os.environ["TENURE"] = binary()
import server as servers  # noqa: E402  The proofs' own server reads TENURE when it is loaded.

KEPT = os.path.join(BUILD, "pages")
# What decides what the simulated past is.
SOURCES = ["Sources/TenureSimulator", "Programmes/starter", "Sources/tenure/Serve/DemoCommand.swift"]
SEED = 42
MAKING_SECONDS_MAX = 4 * 3600


def _digest(accounts, days):
    digest = hashlib.sha256(f"{accounts} {days} {SEED}".encode())
    for source in SOURCES:
        top = os.path.join(ROOT, source)
        paths = [top] if os.path.isfile(top) else [os.path.join(place, name) for place, _, names in os.walk(top) for name in names]
        for path in sorted(paths):
            with open(path, "rb") as file:
                digest.update(file.read())
    return digest.hexdigest()[:16]


def _made(accounts, days):
    folder = os.path.join(KEPT, f"{accounts}-{days}-{_digest(accounts, days)}")
    if os.path.exists(folder):
        return folder
    say(f"making {accounts:,} accounts with {days} days of history; they are kept in {os.path.relpath(folder, ROOT)}")
    os.makedirs(KEPT, exist_ok=True)
    began, unfinished = time.monotonic(), folder + ".unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    servers.READY_SECONDS_MAX = MAKING_SECONDS_MAX
    demo = servers.Server(unfinished, command="demo", arguments=[
        "--accounts", str(accounts), "--vendor-accounts", "1", "--days", str(days), "--seed", str(SEED), "--quiet"])
    _settle(demo)
    demo.stop()
    os.rename(unfinished, folder)
    say(f"made in {time.monotonic() - began:.0f} s")
    return folder


def _settle(server, quiet_seconds=3):
    """Waits until the clock has nothing more to do: a past that ended some hours ago has midnights to catch up with."""
    def facts():
        reply = servers.raw(server.host, server.port, b"GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        return [line for line in reply.decode().splitlines() if line.startswith("tenure_turns_total")]
    known, since = facts(), time.monotonic()
    while time.monotonic() - since < quiet_seconds:
        time.sleep(0.5)
        now = facts()
        if now != known:
            known, since = now, time.monotonic()


@contextlib.contextmanager
def copied(accounts, days):
    """The folder for one run: what a server changes in it is thrown away."""
    kept = _made(accounts, days)
    place = tempfile.mkdtemp(prefix="pages-", dir=BUILD)
    try:
        data = os.path.join(place, "data")
        shutil.copytree(kept, data)
        yield data
    finally:
        shutil.rmtree(place, ignore_errors=True)


def started(data):
    server = servers.Server(data)
    _settle(server)
    return server
