"""Every page with many accounts: how long it takes, what it costs and how many bytes of HTML it has.

  bin/bench pages [--accounts N] [--days D] [--requests R] [--clients C] [--events E] [--json]

The accounts are the simulated ones of `tenure demo` (health, signals, plays, tasks, messages), made once and kept in
.build/bench/pages; making them is not measured. Then the server is started on a copy, every page that takes no id is asked for,
pages of some accounts, and one of each kind below them, R times each in an order that is always the same, by C clients at
a time, while E events a second come in. A time is what a client on the same machine waits, from sending the request to the last
byte. Beside it stands an empty page of the same run. Processor time is the server's for a page that is asked for alone."""
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
    parser.add_argument("--accounts", type=int, default=GOAL_ACCOUNTS)
    parser.add_argument("--days", type=int, help="of history; 21, less for very many accounts")
    parser.add_argument("--requests", type=int, default=300, help="for each page")
    parser.add_argument("--clients", type=int, default=4, help="requests at a time")
    parser.add_argument("--events", type=float, default=10, help="a second, while pages are asked for; 0 for none")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(given)
    options.days = options.days or max(5, min(21, 420_000 // options.accounts))
    return options


def run(options):
    figures = Figures("pages", f"pages.{options.accounts}", accounts=options.accounts, days=options.days,
                      requests=options.requests, clients=options.clients, events=options.events)
    with portfolio.copied(options.accounts, options.days) as data, Group("product") as group:
        with group.entered():
            server = portfolio.started(data)
        try:
            measured = _measure(figures, server, options)
            figures.add("memory", server.memory_kib() * 1024 / 1e6, "MB", limit=300 if options.accounts <= GOAL_ACCOUNTS else None)
        finally:
            server.stop()
    figures.keep()
    return figures, measured


def _measure(figures, server, options):
    """Whether every page was answered, and is small enough."""
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
    return _tell(figures, pages, first, answers, costs, is_goal=options.accounts <= GOAL_ACCOUNTS)


def _tell(figures, pages, first, answers, costs, is_goal):
    empty = asking.percentile([one.ms for one in answers["empty"]], 50)
    say(f"{'page':34}{'p50 ms':>9}{'p99 ms':>9}{'x empty':>9}{'cpu ms':>9}{'first ms':>10}{'KB':>8}")
    is_small = True
    for name in pages:
        times, size = [one.ms for one in answers[name]], max(one.bytes for one in answers[name]) / 1000
        p50, p99 = asking.percentile(times, 50), asking.percentile(times, 99)
        missed = [what for what, is_missed in (("p99", p99 > GOAL_MS), ("bytes", size > GOAL_KB)) if is_missed]
        say(f"{name:34}{p50:9.1f}{p99:9.1f}{p50 / empty:9.1f}{costs[name]:9.1f}{first[name].ms:10.1f}{size:8.1f}  "
            + ("missed: " + ", ".join(missed) if missed else "met"))
        for what, value, unit, limit in (("p50", p50, "ms", None), ("p99", p99, "ms", GOAL_MS), ("cpu", costs[name], "ms", None), ("first", first[name].ms, "ms", None),
                                         ("html", size, "KB", GOAL_KB)):
            figures.add(f"{name}.{what}", value, unit, limit=limit if is_goal else None, is_said=False)
        is_small = is_small and (size <= GOAL_KB or not is_goal)
    return is_small


def main():
    options = arguments()
    figures, is_small = run(options)
    if options.json:
        print(json.dumps(figures.document(), indent=1))
    if not is_small:
        say(f"Some pages have more than {GOAL_KB:.0f} KB.")
    return 0 if is_small else 1


if __name__ == "__main__":
    sys.exit(main())
