"""The same result by DuckDB and PostgreSQL, on the same file. A peer that is not installed is left out, loudly."""
import csv
import glob
import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time

from cgroup import Group
from measured import Watch
from tools import HERE, query, say

DISTINCT = "DISTINCT ON (id)"


def rows_of(path):
    """By account: seven numbers and the score."""
    with open(path, newline="") as file:
        return {row[0]: [float(cell) for cell in row[1:]] for row in csv.reader(file)}


class DuckDB:
    """In a process of its own, with two threads, over the file where it lies."""
    name = "DuckDB"

    @staticmethod
    def missing():
        return None if importlib.util.find_spec("duckdb") else "the Python package duckdb (bin/setup --bench)"

    @staticmethod
    def version():
        import duckdb
        return duckdb.__version__

    def __init__(self, workload, folder, form):
        self.workload, self.folder, self.form = workload, folder, form

    def run(self, path):
        """What it cost, and its rows."""
        out = os.path.join(self.folder, "duckdb.csv")
        source = "events.duckdb.sql" if self.form == "json" else "table.duckdb.sql"
        distinct = DISTINCT if self.workload.duplicates else ""
        with Group("duckdb") as group:
            with group.entered():
                watch = Watch(group)
                process = subprocess.Popen([sys.executable, os.path.join(HERE, "duckdb_job.py")], stdin=subprocess.PIPE, text=True)
            process.communicate("\0".join([query(source, FILE=path, DISTINCT=distinct),
                                           query("result.sql", NOW=self.workload.now), out]))
            assert process.returncode == 0, "DuckDB failed"
            cost = watch.cost()
        return cost, rows_of(out)

    def seconds_of_result(self, path):
        """Of the result alone, asked of a table that is there already."""
        import duckdb
        database = duckdb.connect(config={"threads": 2})
        database.execute(query("events.duckdb.sql", FILE=path, DISTINCT=""))
        database.execute("CREATE TABLE kept AS SELECT * FROM events; CREATE OR REPLACE VIEW events AS SELECT * FROM kept")
        began = time.monotonic()
        database.execute(query("result.sql", NOW=self.workload.now)).fetchall()
        return time.monotonic() - began


class PostgreSQL:
    """A cluster of its own, made for the run: lines into jsonb, a typed table, the result."""
    name = "PostgreSQL"

    @staticmethod
    def _programs():
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
        return found[-1] if found else None

    @classmethod
    def missing(cls):
        if not cls._programs():
            return "PostgreSQL (Debian's package postgresql)"
        return None if os.getuid() != 0 or cls._user() else "a user that is not root to run it"

    @classmethod
    def version(cls):
        return subprocess.run([cls._programs() + "/postgres", "--version"], capture_output=True, text=True).stdout.split()[2]

    @staticmethod
    def _user():
        for name in ("postgres", "nobody"):
            try:
                return pwd.getpwnam(name)
            except KeyError:
                continue
        return None

    def __init__(self, workload, folder, form):
        self.workload, self.form = workload, form

    def run(self, path):
        # Its own user must reach the folder, and the server reads the file through psql's pipe.
        self.folder = tempfile.mkdtemp(prefix="tenure-bench-pg-")
        self.options = {}
        if os.getuid() == 0:
            user = self._user()
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            self.options = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "cwd": self.folder}
        try:
            return self._run(path)
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _call(self, program, *arguments, **others):
        return subprocess.run([f"{self._programs()}/{program}", *arguments], check=True, **self.options, **others)

    def _run(self, path):
        data, quiet = self.folder + "/data", {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._call("initdb", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C", "-D", data, **quiet)
        settings = ("-c listen_addresses='' -c shared_buffers=2GB -c work_mem=256MB -c max_wal_size=4GB "
                    f"-c max_parallel_workers_per_gather=1 -c unix_socket_directories={self.folder}")
        with Group("postgresql") as group:
            with group.entered():
                self._call("pg_ctl", "-D", data, "-o", settings, "-w", "start", **quiet)
            try:
                return self._measure(group, path, data)
            finally:
                self._call("pg_ctl", "-D", data, "-m", "immediate", "stop", **quiet)

    def _measure(self, group, path, data):
        watch = Watch(group)
        distinct = DISTINCT if self.workload.duplicates else ""
        with open(path) as file:
            columns = ", ".join(f'"{name}" text' for name in file.readline().rstrip("\n").split(","))
        source = "events.postgresql.sql" if self.form == "json" else "table.postgresql.sql"
        self._psql(query(source, FILE=path, DISTINCT=distinct, COLUMNS=columns))
        result = query("result.sql", NOW=self.workload.now)
        text = self._psql(f"COPY ({result}) TO STDOUT WITH (FORMAT csv)")
        cost = watch.cost(disk=data)
        return cost, {row[0]: [float(cell) for cell in row[1:]] for row in csv.reader(text.splitlines())}

    def _psql(self, text):
        # The server itself may not be allowed to read the file: psql does, and pipes it.
        text = text.replace("COPY lines FROM", "\\copy lines from").replace("COPY cells FROM", "\\copy cells from")
        done = subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-U", self._owner(), "postgres"],
                              input=text, capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError("PostgreSQL: " + done.stderr[-500:])
        return done.stdout

    def _owner(self):
        return self._user().pw_name if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name


def installed():
    """The peers that are there."""
    found = []
    for peer in (DuckDB, PostgreSQL):
        lack = peer.missing()
        if lack:
            say(f"SKIPPED: {peer.name} is not compared, for want of {lack}")
        else:
            found.append(peer)
    return found
