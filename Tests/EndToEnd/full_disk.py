"""A disk that fills up to its last byte under load. Writes are refused by name, readers are served, nothing that was
acknowledged is lost, and when there is room again the server goes on by itself. So does one that starts on a full disk."""
import json
import time

from exactly_once import check_counts
from load import WORKSPACE, Load, make_accounts, make_programme
from proof import main, proof
from server import Browser, Server, until
from small_disk import MIB, SmallDisk

DISK_MIB = 32
ROOM_LEFT = 2 * MIB
ROUNDS = 6
RESUME_SECONDS_MAX = 5
REFUSE_SECONDS_MAX = 1.0


def _start(folder, disk, listen="127.0.0.1:0"):
    arguments = ["--workspace", WORKSPACE, "--programme", folder + "/programme"]
    return Server(disk.path + "/data", arguments=arguments, listen=listen)


def _event():
    return {"type": "ticket.created", "id": f"refused-{time.time_ns()}", "account": "account-1",
            "data": {"ticket": "T1", "priority": "P3"}}


def _check_refused(reply):
    told = json.loads(reply.body)
    assert reply.status == 503 and told["code"] == "storage-full", reply
    assert reply.headers["Content-Type"] == "application/problem+json" and reply.headers["Retry-After"], reply.headers
    assert told["type"] == "/problems/storage-full" and "room" in told["detail"], told


def _check_full(server, client):
    """What holds while nothing can be written."""
    began = time.monotonic()
    _check_refused(client.post("/v1/events", _event()))
    assert time.monotonic() - began <= REFUSE_SECONDS_MAX
    _check_refused(client.command("POST", "/accounts/account-1/notes", {"text": "not now"}))
    assert client.call("GET", "/health/live").status == 200
    _check_refused(client.call("GET", "/health/ready"))
    assert len(client.all("/accounts")) > 1
    assert client.get("/accounts/account-1/timeline").status == 200
    assert "tenure_storage_full{workspace=\"acme\"} 1" in client.call("GET", "/metrics").text
    page = Browser(server).page("/")
    assert page.status == 200 and "Account-1" in page.text, page


def _check_goes_on(client):
    began = time.monotonic()
    until("ready again", RESUME_SECONDS_MAX, lambda: client.call("GET", "/health/ready").status == 200)
    reply = client.post("/v1/events", _event())
    assert reply.status == 200 and reply.json["accepted"] == 1, reply
    return time.monotonic() - began


def _fill_under_load(disk, server, load):
    """Until a sender was refused, and the last byte is gone."""
    client = server.client(WORKSPACE)
    until("some load", 30, lambda: load.total > 500)
    disk.fill(leave=ROOM_LEFT)
    until("a refusal", 120, lambda: load.refusals > 0)
    disk.fill()
    until("the server's word that it is full", 10, lambda: client.call("GET", "/health/ready").status == 503)
    return client


def _fill_and_free(disk, server):
    make_accounts(server.client(WORKSPACE))
    with Load(server) as load:
        client = _fill_under_load(disk, server, load)
        process = server.process.pid
        _check_full(server, client)
        acknowledged, refusals = load.total, load.refusals
        disk.make_room()
        seconds = _check_goes_on(client)
        until("more load", 30, lambda: load.total > acknowledged + 500)
        load.stop()
    assert server.is_alive and server.process.pid == process
    check_counts(client, load)
    print(f"          {acknowledged} events acknowledged until full, {refusals} requests refused, on again after "
          f"{seconds:.1f} s, {load.total} events acknowledged and counted")
    return load


def _kill_full(folder, disk, server, load):
    """Killed and started again without a free byte: nothing is lost. What it saved from its write-ahead file may be
    room enough to go on with."""
    disk.fill()
    server.kill()
    disk.fill()
    with _start(folder, disk) as server:
        client = server.client(WORKSPACE)
        assert len(client.all("/accounts")) > 1
        check_counts(client, load)
        disk.make_room()
        _check_goes_on(client)


def _start_full(folder, disk, load):
    """Stopped with everything tidy and started without a free byte: it reads, and writes as soon as it can."""
    disk.fill()
    with _start(folder, disk) as server:
        client = server.client(WORKSPACE)
        _check_full(server, client)
        check_counts(client, load)
        disk.make_room()
        seconds = _check_goes_on(client)
        print(f"          started on a full disk: read at once, wrote {seconds:.1f} s after there was room")
        check_counts(client, load)
    with _start(folder, disk) as server:
        check_counts(server.client(WORKSPACE), load)


def _prove(folder, disk):
    make_programme(folder)
    server = _start(folder, disk)
    try:
        load = _fill_and_free(disk, server)
        _kill_full(folder, disk, server, load)
        _start_full(folder, disk, load)
    finally:
        if server.is_alive:
            server.kill()


@proof("a full disk (tmpfs) refuses, reads, loses nothing, and goes on by itself")
def memory_disk(folder):
    with SmallDisk(folder, DISK_MIB) as disk:
        _prove(folder, disk)


@proof("a full disk (ext4, blocks of 4 KiB) refuses, reads, loses nothing, and goes on by itself")
def large_blocks(folder):
    with SmallDisk(folder, DISK_MIB, block=4096) as disk:
        _prove(folder, disk)


@proof("a full disk (ext4, blocks of 1 KiB, where SQLite's shared memory can break) does the same")
def small_blocks(folder):
    with SmallDisk(folder, DISK_MIB, block=1024) as disk:
        _prove(folder, disk)


@proof("what the log had no room for is taken, and counted, when it is sent again")
def refused_by_the_log(folder):
    """Without a byte left it is the append that fails; with a few, mostly the commit behind it."""
    make_programme(folder)
    with SmallDisk(folder, DISK_MIB, block=1024) as disk, _start(folder, disk) as server:
        client = server.client(WORKSPACE)
        make_accounts(client)
        with Load(server) as load:
            for _ in range(ROUNDS):
                refusals, acknowledged = load.refusals, load.total
                disk.fill()
                until("a refusal", 30, lambda: load.refusals > refusals)
                disk.make_room()
                _check_goes_on(client)
                until("more load", 60, lambda: load.total > acknowledged + 200)
            load.stop()
        print(f"          the disk was full {ROUNDS} times; {check_counts(client, load)} events counted")


if __name__ == "__main__":
    main()
