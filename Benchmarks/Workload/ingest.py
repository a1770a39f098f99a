"""Events over HTTP at fixed rates: how long acknowledgements take, and how long from there until the score has moved, the
signal is open, the message is in the outbox, and the mail has been handed over.

  bin/bench ingest [--accounts N] [--rates 1000,10000,50000] [--singles 500,2000] [--seconds 15] [--json]

The sender's times are fixed before the first request, whatever the server does (open loop), and an acknowledgement's time
runs from there. Beside it, accounts that nobody else touches ask for a ticket and to cancel; each is then looked at over
the API until the consequences show, so that their time holds the reading, too."""
import argparse
import os
import shutil
import sys
import tempfile

from cgroup import Group
from events import Workload
from figures import Figures, exit_code
from product import Product
from tools import BUILD, say
from watching import Watchers

PRELOADED = 10
# The product's own goals; the dispatcher looks for mails five times a second.
ACK_LIMIT_MS, CONSEQUENCE_LIMIT_MS, UNBOUND = 25, 100, {"ack_of_watched", "mail"}


def arguments(given=None):
    parser = argparse.ArgumentParser(prog="bin/bench ingest")
    numbers = lambda text: [int(one) for one in text.split(",") if one]  # noqa: E731
    parser.add_argument("--accounts", type=int, default=20_000)
    parser.add_argument("--rates", type=numbers, default=[1000, 10_000, 50_000], help="events a second, in batches of 100")
    parser.add_argument("--singles", type=numbers, default=[500, 2000], help="events a second, one in each request")
    parser.add_argument("--seconds", type=int, default=15)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(given)


def run(options):
    os.makedirs(BUILD, exist_ok=True)
    folder = tempfile.mkdtemp(prefix="ingest-", dir=BUILD)
    try:
        with Group("product") as group:
            return _run(options, folder, group)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(options, folder, group):
    figures = Figures("ingest", accounts=options.accounts, seconds=options.seconds)
    product = Product(os.path.join(folder, "data"), group)
    past = Workload(events=PRELOADED * options.accounts, accounts=options.accounts, users=20 * options.accounts, days=30)
    product.start()
    try:
        product.send(past.write(folder, "accounts", "json"), batch=500, connections=1)
        product.send(past.write(folder, "events", "json"), batch=500, connections=8)
        say(f"{options.accounts:,} accounts with {PRELOADED} events each; {options.seconds} s at each rate")
        seed = past.seed
        for rate, batch in [(one, 100) for one in options.rates] + [(one, 1) for one in options.singles]:
            seed += 10
            live = Workload(events=rate * options.seconds, accounts=past.accounts, users=past.users, days=1, late=0, seed=seed)
            _measure(figures, product, live.write(folder, "events", "json"), rate, batch, options)
        memory = group.memory_peak()
        if memory:
            figures.add("memory_peak", memory / 1e6, "MB")
            figures.add("memory_peak_without_files", group.anonymous_peak / 1e6, "MB")
    finally:
        product.stop()
    figures.keep()
    return figures


def _measure(figures, product, events, rate, batch, options):
    before = product.counters()
    began = before["tenure_facts_total"]
    watchers = Watchers(product, options.seconds, f"{rate}-{batch}")
    with watchers:
        answer = product.send(events, rate=rate, seconds=options.seconds, batch=batch, connections=256, stamp=1)
    waits = watchers.waits()
    product.concluded(began + answer["accepted"])
    name = f"{'batches' if batch > 1 else 'singles'}.{rate}"
    offered = answer["events"]
    figures.add_times(f"{name}.ack", answer["ack_ms"], ACK_LIMIT_MS)
    figures.add(f"{name}.accepted_share", answer["accepted"] / offered, "")
    figures.add(f"{name}.accepted_per_second", answer["accepted"] / answer["seconds"], "1/s")
    figures.add(f"{name}.refused_requests", answer["refused_requests"], "")
    for what, times in waits.items():
        figures.add_times(f"{name}.{what}", times, None if what in UNBOUND else CONSEQUENCE_LIMIT_MS)


if __name__ == "__main__":
    asked = arguments()
    sys.exit(exit_code(run(asked), True, asked))
