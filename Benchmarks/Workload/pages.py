"""Every page with many accounts: how long it takes, what it costs and how many bytes of HTML it has.

  bin/bench pages [--accounts N ...] [--days D] [--requests R] [--clients C] [--events E] [--json]

The accounts are the simulated ones of `tenure demo` (health, signals, plays, tasks, messages), made once and kept in
.build/bench/pages; making them is not measured. Then the server is started on a copy, every page that takes no id is asked for,
pages of some accounts, and one of each kind below them, R times each in an order that is always the same, by C clients at
a time, while E events a second come in. The limits are for the server's own time, which each page tells in its Server-Timing, and
for bytes; beside it stands what a client on the same machine waits, from sending the request to the last byte, and an empty page of
the same run. Processor time is the server's for a page that is asked for alone.

With 20,000 accounts or fewer it fails where a limit is missed. `--accounts 20000 100000` measures one after the other."""
import argparse
import json
import os
import random
import sys

import asking
import portfolio
from cgroup import Group
from figures import Figures
from tools import say

# The product's own goal: at this many accounts, and what each page may take.
GOAL_ACCOUNTS, GOAL_MS, GOAL_KB = 20_000, 50.0, 150.0


def arguments(given=None):
    parser = argparse.ArgumentParser(prog="bin/bench pages")
    parser.add_argument("--accounts", type=int, nargs="+", default=[GOAL_ACCOUNTS])
    parser.add_argument("--days", type=int, help="of history; 21, less for very many accounts")
    parser.add_argument("--requests", type=int, default=300, help="for each page")
    parser.add_argument("--clients", type=int, default=2, help="requests at a time")
    parser.add_argument("--events", type=float, default=10, help="a second, while pages are asked for; 0 for none")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(given)


def run(options, accounts=GOAL_ACCOUNTS):
    """The figures, and whether no limit was missed."""
    days = options.days or max(5, min(21, 420_000 // accounts))
    figures = Figures("pages", f"pages.{accounts}", accounts=accounts, days=days,
                      requests=options.requests, clients=options.clients, events=options.events)
    with portfolio.copied(accounts, days) as data, Group("product") as group:
        with group.entered():
            server = portfolio.started(data)
        try:
            measured = _measure(figures, server, options, is_goal=accounts <= GOAL_ACCOUNTS)
            figures.add("memory", server.memory_kib() * 1024 / 1e6, "MB", limit=300 if accounts <= GOAL_ACCOUNTS else None)
        finally:
            server.stop()
    figures.keep()
    return figures, measured


def _measure(figures, server, options, is_goal):
    """Whether every page keeps its limits."""
    asker = asking.Asker(server)
    pages = asking.addresses(asker)
    first = {name: asker.ask(address) for name, address in pages.items()}
    wrong = {name: answer.status for name, answer in first.items() if answer.status != 200}
    assert not wrong, f"pages that were not shown: {wrong}"
    slowest = max(first, key=lambda name: first[name].ms)
    figures.add("slowest_first_look", first[slowest].ms, f"ms ({slowest})")
    costs = {name: asking.processor_ms(server, asker, address) for name, address in pages.items()}
    order = list(pages) * options.requests
    random.Random(42).shuffle(order)
    with asking.Trickle(server, options.events):
        answers = asking.ask_all(server, asker.cookie, [(name, pages[name]) for name in order], options.clients)
    return _tell(figures, pages, first, answers, costs, is_goal)


def _tell(figures, pages, first, answers, costs, is_goal):
    empty = asking.percentile([one.ms for one in answers["empty"]], 50)
    say(f"{'page':34}{'server p50':>11}{'server p99':>11}{'wait p50':>9}{'wait p99':>9}{'x empty':>9}{'cpu ms':>9}{'first ms':>10}{'KB':>8}")
    is_met = True
    for name in pages:
        waits, times = [one.ms for one in answers[name]], [one.server_ms for one in answers[name]]
        own = {"server_p50": (asking.percentile(times, 50), "ms", None), "server_p99": (asking.percentile(times, 99), "ms", GOAL_MS),
               "p50": (asking.percentile(waits, 50), "ms", None), "p99": (asking.percentile(waits, 99), "ms", None),
               "cpu": (costs[name], "ms", None), "first": (first[name].ms, "ms", None),
               "html": (max(one.bytes for one in answers[name]) / 1000, "KB", GOAL_KB)}
        missed = [what for what, (value, _, limit) in own.items() if limit is not None and value > limit]
        shown = {what: value for what, (value, _, _) in own.items()}
        say(f"{name:34}{shown['server_p50']:11.1f}{shown['server_p99']:11.1f}{shown['p50']:9.1f}{shown['p99']:9.1f}"
            f"{shown['p50'] / empty:9.1f}{shown['cpu']:9.1f}{shown['first']:10.1f}{shown['html']:8.1f}  "
            + ("missed: " + ", ".join(missed) if missed else "met"))
        for what, (value, unit, limit) in own.items():
            figures.add(f"{name}.{what}", value, unit, limit=limit if is_goal else None, is_said=False)
        is_met = is_met and (not missed or not is_goal)
    return is_met


def main():
    options = arguments()
    runs = [run(options, accounts) for accounts in options.accounts]
    if options.json:
        print(json.dumps([figures.document() for figures, _ in runs], indent=1))
    is_met = all(is_met for _, is_met in runs)
    if not is_met:
        say(f"Some pages take more than {GOAL_MS:.0f} ms at p99 or have more than {GOAL_KB:.0f} KB.")
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
