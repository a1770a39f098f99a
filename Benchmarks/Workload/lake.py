"""The lake of made-up events: bytes and time a fact, and every value compared with what DuckDB writes of the same rows.

  bin/bench lake [--events N] [--json]

The events are taken in by `tenure import`, sealed by `tenure lake seal --with-today`, read by DuckDB and pyarrow, and
written again by DuckDB as ZSTD Parquet: in the order in which they lie, and with its own defaults."""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

from cgroup import Group
from events import Workload
from figures import Figures, exit_code
from measured import Watch
from product import Product
from tools import BUILD, binary, say

BYTES_LIMIT = 45


def arguments(given=None):
    parser = argparse.ArgumentParser(prog="bin/bench lake")
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(given)


def run(options):
    """The figures, and whether every row is read back as others would have written it."""
    os.makedirs(BUILD, exist_ok=True)
    folder = tempfile.mkdtemp(prefix="lake-", dir=BUILD)
    try:
        return _run(Workload.sized(options.events, days=30), folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(workload, folder):
    say(f"{workload.events:,} events of {workload.accounts:,} accounts and {workload.users:,} users")
    data, lake = folder + "/data", folder + "/lake"
    with Group("import") as group:
        files = [workload.write(folder, what, "csv") for what in ("accounts", "events")]
        Product(data, group).import_files(*files)
    cost, told = _seal(data, lake)
    figures = Figures("lake", events=workload.events, accounts=workload.accounts, users=workload.users)
    assert told["facts"] >= workload.events, told
    theirs = _others(lake, told["facts"], folder)
    log = sum(os.path.getsize(os.path.join(data, "workspaces/bench/log", name))
              for name in os.listdir(data + "/workspaces/bench/log"))
    figures.add("bytes_per_fact", told["bytes"] / told["facts"], "B", theirs and theirs["bytes"], BYTES_LIMIT)
    figures.add("bytes_per_fact.log", log / told["facts"], "B")
    figures.add("seconds", cost.seconds, "s", theirs and theirs["seconds"])
    figures.add("facts_per_second", told["facts"] / cost.seconds, "1/s")
    figures.add("processor_seconds", cost.processor_seconds, "s")
    figures.add("memory_peak_without_files", cost.anonymous_peak / 1e6 or None, "MB")
    figures.add("rows_are_the_same", bool(theirs and theirs["is_same"]), "")
    figures.keep()
    return figures, not theirs or theirs["is_same"]


def _seal(data, lake):
    with Group("lake") as group:
        watch = Watch(group)
        with group.entered():
            process = subprocess.Popen([binary(), "lake", "seal", "--data", data, "--to", lake, "--with-today", "--json"],
                                       stdout=subprocess.PIPE)
        out, _ = process.communicate()
        assert process.returncode == 0, out
        return watch.cost(), json.loads(out)["workspaces"][0]


def _others(lake, facts, folder):
    """What DuckDB makes of the rows, by name of the way; nil where a reader is not installed."""
    try:
        import duckdb
        import pyarrow.parquet
    except ImportError as error:
        say(f"SKIPPED: nothing is read back, for want of {error.name} (bin/setup --bench)")
        return None
    found, path = {"bytes": {}, "seconds": {}}, folder + "/other.parquet"
    database = duckdb.connect(config={"threads": 2})
    database.execute("SET enable_progress_bar = false")
    pattern = lake + "/**/*.parquet"
    database.execute(f"CREATE TABLE facts AS SELECT * EXCLUDE (workspace, day) FROM read_parquet('{pattern}')")
    for name, options in (("DuckDB, as sorted", "COMPRESSION zstd, ROW_GROUP_SIZE 131072"),
                          ("DuckDB, level 9, as sorted", "COMPRESSION zstd, COMPRESSION_LEVEL 9, ROW_GROUP_SIZE 131072")):
        began = time.monotonic()
        database.execute(f"COPY facts TO '{path}' (FORMAT parquet, {options})")
        found["bytes"][name] = os.path.getsize(path) / facts
        found["seconds"][name] = time.monotonic() - began
    found["is_same"] = _is_same(database, pyarrow.parquet.read_table, lake, path, facts)
    return found


def _is_same(database, read_table, lake, path, facts):
    """Ours by both readers, cell by cell, and DuckDB's file of the same rows."""
    rows = database.execute("SELECT count(*), count(DISTINCT id), count(DISTINCT account) FROM facts").fetchone()
    differing = database.execute(f"SELECT count(*) FROM (FROM facts EXCEPT ALL FROM read_parquet('{path}'))").fetchone()[0]
    ours = read_table(lake).drop_columns(["workspace", "day"])  # noqa: F841  DuckDB finds it by its name.
    apart = database.execute("SELECT count(*) FROM (FROM facts EXCEPT ALL FROM ours)").fetchone()[0]
    say(f"  {rows[0]:,} rows, {rows[1]:,} ids, {rows[2]:,} accounts; {differing} differ in DuckDB's file, {apart} as pyarrow reads")
    return rows[0] == facts and differing == 0 and apart == 0


if __name__ == "__main__":
    asked = arguments()
    sys.exit(exit_code(*run(asked), asked))
