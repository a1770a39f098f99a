"""What a newcomer is told whose server does not start: each planted problem by its code, and nothing touched."""
import glob
import json
import os
import resource
import shutil
import socket
import sqlite3
import subprocess

from proof import main, proof
from server import BINARY, EndedEarly, Server, run
from small_disk import SmallDisk

LISTEN = ("--listen", "127.0.0.1:0")


def _doctor(data, *arguments, code=None, **options):
    """Level by code, after a look that changed nothing."""
    before = _tree(data)
    found, output, errors = run("doctor", "--data", data, "--json", *(arguments or LISTEN), **options)
    assert _tree(data) == before, (before, _tree(data))
    assert found in (0, 1), (found, output, errors)
    report = json.loads(output)
    assert report["ok"] == (found == 0), report
    assert all(one["remedy"] for one in report["findings"] if one["level"] != "ok"), report
    assert code is None or found == code, report
    return {one["code"]: one["level"] for one in report["findings"]}


def _tree(data):
    """Names, sizes and times of everything, but of SQLite's own shared memory."""
    paths = [data] + glob.glob(data + "/**", recursive=True, include_hidden=True)
    told = {path: os.stat(path) for path in paths if os.path.exists(path) and not path.endswith("-shm")}
    return {path: (state.st_size, state.st_mtime_ns, state.st_mode) for path, state in told.items()}


def _healthy(folder, name="data"):
    with Server(f"{folder}/{name}", arguments=["--workspace", "acme"]) as server:
        client = server.client("acme")
        for number in range(5):
            client.sent("/v1/group", {"groupId": f"a{number}", "userId": "u", "traits": {"name": "A"}})
    return f"{folder}/{name}"


def _place(data):
    return data + "/workspaces/acme"


def _log(data):
    return sorted(glob.glob(_place(data) + "/log/*.log"))[-1]


def _starts(data):
    try:
        Server(data).stop()
        return True
    except EndedEarly:
        return False


def _append(path, count):
    with open(path, "ab") as file:
        file.write(os.urandom(count))


def _flip(path, place):
    with open(path, "r+b") as file:
        file.seek(place)
        byte = file.read(1)
        file.seek(place)
        file.write(bytes([byte[0] ^ 1]))


def _sql(data, *statements):
    store = sqlite3.connect(_place(data) + "/store.sqlite")
    with store:
        for statement in statements:
            store.execute(statement)
    store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()


def _spoil_pages(data):
    """Every page but the first, whose schema is read before anything else."""
    with open(_place(data) + "/store.sqlite", "r+b") as file:
        file.seek(4096 * 3)
        file.write(os.urandom(4096 * 6))


def _write(path, text):
    with open(path, "w") as file:
        file.write(text)


# Sentence, what is planted, code, level, whether a server starts on it all the same.
PLANTED = [
    ("a log whose last append did not finish", lambda data: _append(_log(data), 40), "torn-tail", "warning", True),
    ("a flipped bit in the log", lambda data: _flip(_log(data), 70), "corrupt", "problem", False),
    ("a log that lost its first segment", lambda data: os.remove(_log(data)), "store-ahead-of-log", "problem", False),
    ("a log folder that is gone", lambda data: shutil.rmtree(_place(data) + "/log"), "storage-failed", "problem", False),
    ("a store with spoiled pages", _spoil_pages, "corrupt", "problem", None),
    ("a store that is no database", lambda data: _write(_place(data) + "/store.sqlite", "x" * 9000), "corrupt", "problem",
     False),
    ("a store of a newer version", lambda data: _sql(data, "INSERT INTO grdb_migrations VALUES ('9999_later')"),
     "newer-version", "problem", False),
    ("a store that is ahead of its log", lambda data: _sql(data, "UPDATE place SET position = position + 9"),
     "store-ahead-of-log", "problem", False),
    ("a programme that cannot be read", lambda data: _sql(data, "UPDATE programme SET files = x'5b5d'"),
     "programme-unreadable", "problem", False),
    ("a secret that is too short", lambda data: _write(data + "/secret.key", "short"), "bad-secret", "problem", False),
    ("a secret that is gone", lambda data: os.remove(data + "/secret.key"), "bad-secret", "problem", False),
    ("keys that are damaged", lambda data: _write(data + "/keys.json", '{"url": '), "keys-unreadable", "warning", True),
    ("a folder that others can read", lambda data: os.chmod(data, 0o755), "open-to-others", "warning", True),
    ("a demo's year that was not finished", lambda data: _write(_place(data) + "/unfinished", ""),
     "workspace-unfinished", "warning", None),
    ("a workspace that is gone", lambda data: shutil.rmtree(_place(data)), "no-workspace", "warning", True),
]


@proof("a healthy folder is called healthy: stopped, killed, and while its server runs")
def healthy(folder):
    data = _healthy(folder)
    found = _doctor(data, code=0)
    assert set(found.values()) == {"ok"}, found
    server = Server(data)
    running = _doctor(data, "--listen", f"127.0.0.1:{server.port}", code=0)
    assert running.pop("data-in-use") == "warning" and set(running.values()) == {"ok"}, running
    text = run("doctor", "--data", data, *LISTEN)[1]
    assert f"Process {server.process.pid}" in text and "0 problems" in text, text
    server.kill()
    assert set(_doctor(data, code=0).values()) == {"ok"}


def _prove(sentence, plant, code, level, starts):
    @proof(f"{sentence}: {code}")
    def planted(folder):
        data = _healthy(folder)
        plant(data)
        found = _doctor(data, code=1 if level == "problem" else 0)
        assert found.get(code) == level, found
        if starts is not None:
            assert _starts(data) == starts, "what doctor says of the start is not so"


for one in PLANTED:
    _prove(*one)


@proof("a folder that is missing, a file, or somebody else's: no-data, not-a-folder, no-permission")
def folders(folder):
    assert _doctor(folder + "/nowhere", code=0)["no-data"] == "warning"
    _write(folder + "/file", "")
    assert _doctor(folder + "/file", code=1)["not-a-folder"] == "problem"
    data = _healthy(folder)
    if os.getuid() != 0:
        os.chmod(_log(data), 0)
        assert _doctor(data, code=1)["no-permission"] == "problem"
        return
    stranger = shutil.copy(BINARY, folder + "/tenure")  # Where a stranger may run it.
    os.chmod(folder, 0o755)
    done = subprocess.run([stranger, "doctor", "--data", data, *LISTEN], user=65534, capture_output=True, text=True)
    assert done.returncode == 1 and "no-permission" in done.stdout and "chown" in done.stdout, done


@proof("an address that is taken, and flags that say nothing sensible: port-in-use, bad-value")
def addresses(folder):
    data = _healthy(folder)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        address = f"127.0.0.1:{other.getsockname()[1]}"
        assert _doctor(data, "--listen", address, code=1)["port-in-use"] == "problem"
    assert _doctor(data, "--smtp", "mail.example", *LISTEN, code=1)["bad-value"] == "problem"
    assert _doctor(data, *LISTEN, code=1, env=os.environ | {"TENURE_SMTP": "http://x"})["bad-value"] == "problem"


@proof("a full disk, and one without room for another file: storage-full, little-space, no-inodes")
def full_disk(folder):
    with SmallDisk(folder, 64) as disk:
        data = _healthy(disk.path)
        disk.fill(leave=2 << 20)
        assert _doctor(data, code=0)["little-space"] == "warning"
        disk.fill()
        assert _doctor(data, code=1)["storage-full"] == "problem"
        disk.make_room()
        subprocess.run(["mount", "-o", "remount,nr_inodes=200", disk.path], check=True)
        assert _doctor(data, code=1)["no-inodes"] == "problem"


@proof("too few open files: open-files")
def few_files(folder):
    data = _healthy(folder)
    limit = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))
    assert _doctor(data, code=0, preexec_fn=limit)["open-files"] == "warning"


if __name__ == "__main__":
    main()
