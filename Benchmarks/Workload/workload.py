"""All events taken in, the process killed, started again, every account's result read over the API and compared, field
by field, with what DuckDB and PostgreSQL compute from the same file.

  bin/bench workload [--events N] [--accounts N] [--via http|import] [--duplicates SHARE] [--late SHARE] [--json]

Over HTTP the events are those of the last 30 days: what comes more than 35 days late changes no metric by the product's
own rule. `tenure import` takes history of any age, hence 90 days."""
import argparse
import os
import shutil
import sys
import tempfile
import time

import comparison
from cgroup import Group
from events import Workload
from figures import Figures, exit_code
from measured import forget_pages
from peers import DuckDB, installed
from product import Product, load_by_import, load_over_http
from tools import BUILD, say

# The product's own goals, at 20,000 accounts and 400,000 users. Of memory Tenure gets no more.
MEMORY_LIMIT_MB, BYTES_LIMIT, GOAL_ACCOUNTS = 300, 45, 20_000
WAYS = {"http": (load_over_http, "json", 30), "import": (load_by_import, "csv", 90)}


def arguments(given=None):
    parser = argparse.ArgumentParser(prog="bin/bench workload")
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--via", choices=WAYS, default="http")
    parser.add_argument("--duplicates", type=float, default=0.0)
    parser.add_argument("--late", type=float, default=0.02)
    parser.add_argument("--accounts", type=int)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(given)


def run(options):
    """The figures, and whether all results are the same."""
    sizes = {"accounts": options.accounts} if options.accounts else {}
    workload = Workload.sized(
        options.events, days=WAYS[options.via][2], duplicates=options.duplicates, late=options.late, **sizes)
    limit_mb = MEMORY_LIMIT_MB if workload.accounts <= GOAL_ACCOUNTS else None
    figures, is_same = measure(workload, options.via, installed(), limit_mb)
    figures.keep()
    return figures, is_same


def measure(workload, via, peers, limit_mb=None):
    os.makedirs(BUILD, exist_ok=True)
    folder = tempfile.mkdtemp(prefix="workload-", dir=BUILD)
    try:
        return _measure(workload, via, folder, peers, limit_mb)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measure(workload, via, folder, peers, limit_mb):
    load, form, _ = WAYS[via]
    say(f"{workload.events:,} events of {workload.accounts:,} accounts and {workload.users:,} users in {workload.days} days, "
        f"{workload.duplicates:.1%} sent twice, {workload.late:.1%} late; {via}")
    accounts, events = workload.write(folder, "accounts", form), workload.write(folder, "events", form)
    with open(events, "rb") as file:
        lines = sum(1 for _ in file) - (form == "csv")
    expected = {"distinct": workload.events, "repeated": lines - workload.events, "accounts": workload.accounts}
    name = f"backfill.{via}.{workload.events}" + (".repeated" if workload.duplicates else "")
    figures = Figures("backfill", name, via=via, bytes=os.path.getsize(events), **vars(workload) | {"end": workload.now})
    theirs, is_same = {}, bool(peers)
    ours = _measure_product(workload, load, accounts, events, expected, folder, limit_mb)
    for peer in peers:
        cost, rows = _measure_peer(peer(workload, folder, form), events)
        theirs |= cost
        is_same &= _compare(peer.name, ours["rows"], rows)
    if not peers:
        say("NOTHING WAS COMPARED: no peer is installed (bin/setup --bench)")
    assert not workload.is_over(), "midnight passed: the windows are others now; run it again"
    _add(figures, ours, theirs, lines, is_same if peers else None)
    return figures, is_same


def _measure_product(workload, load, accounts, events, expected, folder, limit_mb):
    names = [workload.account(number) for number in range(workload.accounts)]
    with Group("product", limit_mb=limit_mb) as group:
        product = Product(os.path.join(folder, "data"), group)
        try:
            cost, acknowledged = load(product, accounts, events, expected)
            say(f"  Tenure: {cost}")
            product.kill()
            restart = product.start()
            began = time.monotonic()
            rows = product.results(names)
            reading = time.monotonic() - began
            return {"cost": cost, "acknowledged": acknowledged, "restart": restart, "reading": reading, "rows": rows}
        finally:
            product.stop()


def _measure_peer(peer, events):
    """Costs by the peer's name; DuckDB once with a cold file and once with a warm one."""
    if not isinstance(peer, DuckDB):
        cost, rows = peer.run(events)
        say(f"  {peer.name} {peer.version()}: {cost}")
        return {peer.name: cost}, rows
    forget_pages(events)
    cold, rows = peer.run(events)
    warm, again = peer.run(events)
    assert rows == again, "DuckDB told two results"
    say(f"  {peer.name} {peer.version()}, cold: {cold}\n  {peer.name} {peer.version()}, warm: {warm}")
    return {f"{peer.name} cold": cold, f"{peer.name} warm": warm}, rows


def _compare(name, ours, theirs):
    comparison.require_discernment(ours)
    # An account of which no event tells is none in SQL.
    silent = [account for account in ours if account not in theirs]
    found = comparison.differences({account: row for account, row in ours.items() if account in theirs}, theirs)
    say(f"  {name}: {len(theirs):,} accounts, {len(theirs) * len(comparison.FIELDS):,} fields, {len(found)} differ; "
        f"{len(silent)} accounts without any event")
    for text in found[:10]:
        say("    " + text)
    return not found


def _add(figures, ours, theirs, lines, is_same):
    cost = ours["cost"]

    def add(name, value, unit, of=None, limit=None):
        if value is not None:
            figures.add(name, value, unit, {peer: of(one) for peer, one in theirs.items()} if of else None, limit)

    add("seconds", cost.seconds, "s", lambda one: one.seconds)
    add("acknowledged_seconds", ours["acknowledged"], "s")
    add("events_per_second", lines / cost.seconds, "1/s", lambda one: lines / one.seconds)
    add("processor_seconds", cost.processor_seconds, "s", lambda one: one.processor_seconds)
    add("memory_peak", cost.memory_peak and cost.memory_peak / 1e6, "MB", lambda one: one.memory_peak and one.memory_peak / 1e6, MEMORY_LIMIT_MB)
    add("memory_peak_without_files", cost.anonymous_peak / 1e6 or None, "MB", lambda one: one.anonymous_peak / 1e6)
    add("disk", cost.disk / 1e6, "MB", lambda one: one.disk and one.disk / 1e6)
    add("bytes_per_event", cost.disk / lines, "B", lambda one: one.disk and one.disk / lines, BYTES_LIMIT)
    for part in ("log", "store.sqlite", "store.sqlite-wal"):
        add(f"bytes_per_event.{part}", cost.disk_by_part.get(part, 0) / lines, "B")
    add("restart_after_kill_seconds", ours["restart"], "s")
    add("reading_results_seconds", ours["reading"], "s")
    add("results_are_the_same", is_same, "")
    add("load_average", os.getloadavg()[0], "")


if __name__ == "__main__":
    asked = arguments()
    sys.exit(exit_code(*run(asked), asked))
