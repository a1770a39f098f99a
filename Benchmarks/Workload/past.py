"""Starting, living through a year again, and a changed model over all accounts.

  bin/bench past [--events N] [--accounts N] [--year-accounts 1250] [--json]

The changed model is published over the API, which answers once every account has concluded under it; the scores that are
read then are compared with those that follow from DuckDB's numbers. DuckDB's time is that of its result, asked of a table
that is loaded already."""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

import comparison
from cgroup import Group
from events import Workload
from figures import Figures, exit_code
from measured import Watch
from peers import DuckDB, installed
from product import Product, load_over_http
from tools import BUILD, PROGRAMME, WORKSPACE, binary, say

WEIGHTS = {"weight: 25\n      components:\n        - {id: weekly": "weight: 20\n      components:\n        - {id: weekly",
           "weight: 20\n      components:\n        - {id: stickiness": "weight: 25\n      components:\n        - {id: stickiness"}


def arguments(given=None):
    parser = argparse.ArgumentParser(prog="bin/bench past")
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--accounts", type=int, default=20_000)
    parser.add_argument("--year-accounts", type=int, default=1250, help="0 leaves the year out")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(given)


def run(options):
    os.makedirs(BUILD, exist_ok=True)
    folder = tempfile.mkdtemp(prefix="past-", dir=BUILD)
    figures = Figures("past", events=options.events, accounts=options.accounts, year_accounts=options.year_accounts)
    try:
        is_same = _restart_and_score(figures, options, folder)
        if options.year_accounts:
            _live_a_year(figures, options.year_accounts)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    figures.keep()
    return figures, is_same


def _restart_and_score(figures, options, folder):
    workload = Workload.sized(options.events, accounts=options.accounts, days=30)
    accounts, events = workload.write(folder, "accounts", "json"), workload.write(folder, "events", "json")
    expected = {"distinct": workload.events, "repeated": 0, "accounts": workload.accounts}
    with Group("product") as group:
        product = Product(os.path.join(folder, "data"), group)
        try:
            load_over_http(product, accounts, events, expected)
            product.kill()
            figures.add("start.after_kill", product.start(), "s")
            product.stop()
            figures.add("start.after_stop", product.start(), "s")
            figures.add("start.memory", product.server.memory_kib() * 1024 / 1e6, "MB")
            began = time.monotonic()
            _publish(product)
            rescored = time.monotonic() - began
            rows = product.results([workload.account(number) for number in range(workload.accounts)])
        finally:
            product.stop()
    with Group("empty") as group:
        empty = Product(os.path.join(folder, "empty"), group)
        figures.add("start.empty", empty.start(), "s")
        empty.stop()
    return _compare(figures, workload, folder, events, rescored, rows)


def _publish(product):
    files = []
    for place, _, names in os.walk(PROGRAMME):
        for name in names:
            path = os.path.join(place, name)
            with open(path) as file:
                files.append({"path": os.path.relpath(path, PROGRAMME), "text": file.read()})
    health = next(one for one in files if one["path"] == "health.yaml")
    for old, new in WEIGHTS.items():
        assert health["text"].count(old) == 1, old
        health["text"] = health["text"].replace(old, new)
    health["text"] = health["text"].replace("  version: 1\n", "  version: 2\n", 1)
    header = next(one for one in files if one["path"] == "programme.yaml")
    header["text"] = header["text"].replace("  version: 1\n", "  version: 2\n", 1)
    client = product.server.client(WORKSPACE)
    client.timeout = 600
    files = [one for one in files if not one["path"].startswith("tests/")]
    reply = client.command("POST", "/programme/versions", {"files": files, "by": "bench", "reason": "Other weights"})
    assert reply.status == 201, reply


def rescored_row(row):
    """Weekly of monthly users weighs 20 instead of 25, stickiness 25 instead of 20."""
    weekly, monthly, stickiness = row[0], row[1], row[2]
    return row[:7] + [row[7] - 5 * min(1, weekly / max(1, monthly)) + 5 * min(1, stickiness / 0.5)]


def _compare(figures, workload, folder, events, seconds, rows):
    if DuckDB not in installed():
        figures.add("rescore.seconds", seconds, "s", limit=0.1)
        say("NOTHING WAS COMPARED under the changed model")
        return False
    peer = DuckDB(workload, folder, "json")
    again = peer.seconds_of_result(events)
    _, theirs = peer.run(events)
    figures.add("rescore.seconds", seconds, "s", {"DuckDB": again}, limit=0.1)
    comparison.require_discernment(rows)
    found = comparison.differences(
        {name: row for name, row in rows.items() if name in theirs}, {name: rescored_row(row) for name, row in theirs.items()})
    say(f"  under the changed model {len(theirs) * len(comparison.FIELDS):,} fields, {len(found)} differ")
    for text in found[:10]:
        say("    " + text)
    figures.add("rescore.results_are_the_same", not found, "")
    return not found


def _live_a_year(figures, accounts):
    """Every fact of a simulated year of a large programme, through the writer that production uses."""
    with Group("year") as group:
        with group.entered():
            watch = Watch(group)
            process = subprocess.Popen(
                [binary(), "simulate", "--programme", "maestro", "--accounts", str(accounts), "--days", "365", "--seed", "42", "--json"],
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        year = json.loads(process.communicate()[0])
        cost = watch.cost()
    figures.add("year.seconds", year["seconds"], "s", limit=10)
    figures.add("year.facts", year["facts"], "")
    figures.add("year.facts_per_second", year["facts"] / year["seconds"], "1/s")
    if cost.memory_peak:
        figures.add("year.memory_peak", cost.memory_peak / 1e6, "MB")


if __name__ == "__main__":
    asked = arguments()
    sys.exit(exit_code(*run(asked), asked))
