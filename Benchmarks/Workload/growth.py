"""What ten times the events and ten times the accounts cost: the workload over HTTP in five sizes, results compared with
DuckDB in each.

  bin/bench growth [--events 100000] [--accounts 1000] [--json]"""
import argparse
import sys

from events import Workload
from figures import Figures, exit_code
from peers import DuckDB, installed
from tools import say
from workload import measure

COSTS = ["seconds", "processor_seconds", "memory_peak", "memory_peak_without_files", "disk", "restart_after_kill_seconds"]


def arguments(given=None):
    parser = argparse.ArgumentParser(prog="bin/bench growth")
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--accounts", type=int, default=1000)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(given)


def sizes(events, accounts):
    """From one size each way, by three and by ten."""
    yield events, accounts
    for more in (3, 10):
        yield more * events, accounts
        yield events, more * accounts


def run(options):
    figures, is_same, found = Figures("growth", events=options.events, accounts=options.accounts), True, {}
    peers = [peer for peer in installed() if peer is DuckDB]
    for events, accounts in sizes(options.events, options.accounts):
        measured, is_equal = measure(Workload.sized(events, accounts=accounts, days=30), "http", peers)
        is_same &= is_equal
        found[events, accounts] = values = {one["name"].removeprefix(measured.name + "."): one for one in measured.figures}
        for cost in COSTS:
            if cost in values:
                figures.add(f"{events}_events.{accounts}_accounts.{cost}", values[cost]["value"], values[cost]["unit"],
                            values[cost].get("peers"))
    base = found[options.events, options.accounts]
    for what, size in (("events", (10 * options.events, options.accounts)), ("accounts", (options.events, 10 * options.accounts))):
        for cost in COSTS:
            if cost in base and cost in found[size]:
                figures.add(f"ten_times_{what}.{cost}", found[size][cost]["value"] / base[cost]["value"], "times")
    figures.keep()
    say("all results are the same" if is_same else "NOT ALL RESULTS WERE COMPARED AND THE SAME")
    return figures, is_same


if __name__ == "__main__":
    asked = arguments()
    sys.exit(exit_code(*run(asked), asked))
