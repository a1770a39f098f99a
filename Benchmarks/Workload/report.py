"""Writes docs/operating/performance.md, with its plots, from the newest results that are kept in .build/bench/results."""
import glob
import json
import os
import re
import sys

import plot
from figures import shown
from tools import RESULTS, ROOT, say

PAGE = os.path.join(ROOT, "docs", "operating", "performance.md")
HEAD = """# Performance

`bin/bench` wrote this page: what it measured, on what machine, and what others needed for the same work in the same run. A
ratio is Tenure's figure to theirs. Goals are the project's own; what misses one says so. [How it is
measured](#how-it-is-measured) is at the end.
"""
METHOD = """## How it is measured

- The events are made up by a program of the repository (`Benchmarks/Workload/generator`), always the same for the same
  options: thirteen types, accounts of very different sizes, 2 % of the events up to 48 hours late. The
  programme in `Benchmarks/Workload/programme` makes a score of six parts of them.
- Tenure is the released binary, as it is: every event checked, told apart by its id and flushed to disk before it is
  acknowledged. Time ends when everything is concluded on and committed. Then the process is killed with `kill -9` and started
  again, and each account is read over the API. Counts must equal the others' exactly, shares to nine digits, scores
  to a millionth. Before each comparison a changed value of each field must be found.
- DuckDB runs one grouped query over the file with two threads, in a process of its own, once with the file's pages dropped
  from memory and once with them there. PostgreSQL loads the file into an unlogged table of `jsonb` (of texts, from a table), makes
  a typed table of it, and runs the same query; 2 GB of shared buffers. Both tell duplicates apart where there are any.
- Memory is the peak of a control group; with files counts the pages of files that were read or written, too. While 20,000
  accounts are loaded, Tenure's group is limited to the goal of 300 MB: pages of files go when there is no more room, and a
  process that needs more is ended. Others have no limit, nor has Tenure where its growth is measured.
- Acknowledgements are timed from a schedule that is fixed before the first request, so that a server that stops makes every
  later request late. What follows from an event is seen over the API, by asking until it shows: that time holds the
  reading. A mail is handed over when its file is there; the dispatcher looks five times a second.
- A page's time is the server's, from knowing who asks to the finished page, as its `Server-Timing` tells; beside it stands what a
  client on the same machine waits, from sending the request to the last byte, on a connection that is open already. Goals are
  50 ms of the server's time at p99 and 150 KB with 20,000 accounts. Processor time is the server's, of a page that is asked for
  alone. The accounts are those of `tenure demo`.
- `load` is the machine's load average, other work included: above the number of cores, times are those of a busy machine.

Over HTTP the events are of 30 days, since what comes more than 35 days late changes no metric; `import` takes 90 days, and lives
through each of them: every account gets a recorded score for every day.

```
bin/setup --bench
swift build -c release --product tenure
bin/bench
```
"""


def _documents():
    found = {}
    for path in sorted(glob.glob(os.path.join(RESULTS, "*.json")), key=os.path.getmtime):
        with open(path) as file:
            found[os.path.basename(path).removesuffix(".json")] = json.load(file)
    return found


def _machine(documents):
    newest = max(documents.values(), key=lambda one: one["at"])
    machine = newest["machine"]
    loads = [one["machine"]["load"][0] for one in documents.values()]
    is_busy = max(loads) > 2 * machine["cores"]
    warning = ("\n**The machine was busy with other work.** Times by the clock are too long, ours and theirs; processor time and "
               "memory say more.\n") if is_busy else ""
    return (f"## The machine\n\n{machine['cores']} cores of {machine['processor']}, {machine['memory_gib']} GiB, "
            f"{machine['system']}, Linux {machine['kernel']}. Measured until {newest['at']} UTC; load when each run ended: "
            f"{min(loads)} to {max(loads)}.\n" + warning)


def _table(figures):
    """One line a figure; a column for each peer that any of them has."""
    peers = list(dict.fromkeys(peer for one in figures for peer in one.get("peers", {})))
    has_goals = any("limit" in one for one in figures)
    rows = [["Figure", "Tenure", *[cell for peer in peers for cell in (peer, "ratio")], *(["goal"] if has_goals else [])]]
    rows.append(["---"] + ["---:"] * (len(rows[0]) - 1))
    for one in figures:
        cells = [f"`{one['name']}`", f"{_said(one['value'])} {one['unit']}".strip()]
        for peer in peers:
            theirs = one.get("peers", {}).get(peer)
            cells += [shown(theirs), shown(one["ratios"][peer])] if theirs else ["", ""]
        rows.append(cells + ([_goal(one)] if has_goals else []))
    return "\n".join("| " + " | ".join(row) + " |" for row in rows) + "\n"


def _said(value):
    return {True: "yes", False: "**no**"}[value] if isinstance(value, bool) else shown(value)


def _goal(figure):
    if "limit" not in figure:
        return ""
    return f"{shown(figure['limit'])}: {'met' if figure['value'] <= figure['limit'] else '**missed**'}"


def _figures(document, pattern):
    return [one for one in document["figures"] if re.search(pattern, one["name"])]


def _value(document, name):
    return next((one["value"] for one in document["figures"] if one["name"] == name), None)


def _loads(documents):
    text = "## Loading and reading\n"
    for name, document in documents.items():
        if document["benchmark"] != "backfill":
            continue
        setting = document["setting"]
        way = "`POST /v1/events`" if setting["via"] == "http" else "`tenure import`"
        text += (f"\n### {setting['events']:,} events by {way}{', some twice' if setting['duplicates'] else ''}\n\n"
                 f"{setting['accounts']:,} accounts, {setting['users']:,} users, {setting['days']} days, "
                 f"{setting['duplicates']:.0%} sent twice, {setting['late']:.0%} late; a file of "
                 f"{setting['bytes'] / 1e6:,.0f} MB.\n\n" + _table(document["figures"]))
        seconds = _figures(document, r"[0-9d]\.seconds$")[0]
        rows = [("Tenure", seconds["value"])] + list(seconds.get("peers", {}).items())
        text += "\n" + _plot(f"{name}", plot.bars(
            f"Seconds for {setting['events']:,} events", [(who, value, f"{shown(value)} s") for who, value in rows]),
            f"Seconds that Tenure and others need for {setting['events']:,} events")
    return text


def _plot(name, svg, words):
    file = f"performance-{name}.svg"
    with open(os.path.join(os.path.dirname(PAGE), file), "w") as out:
        out.write(svg)
    return f"![{words}]({file})\n"


def _ingest(document):
    setting = document["setting"]
    text = f"## At fixed rates\n\n{setting['accounts']:,} accounts; {setting['seconds']} s at each rate; milliseconds.\n\n"
    rows = [["Rate", "taken", "acknowledged p50", "p99", "p99.9", "score p50", "p99", "signal p99", "outbox p99", "mail p99"]]
    rows.append(["---"] + ["---:"] * (len(rows[0]) - 1))
    series = {}
    for name in dict.fromkeys(".".join(one["name"].split(".")[1:3]) for one in document["figures"] if one["name"].count(".") > 2):
        kind, rate = name.split(".")
        get = lambda place: _value(document, f"ingest.{name}.{place}")  # noqa: B023,E731
        rows.append([f"{int(rate):,} events/s, {'100 in a request' if kind == 'batches' else 'one in a request'}",
                     f"{get('accepted_share'):.0%} at {get('accepted_per_second'):,.0f}/s",
                     *[shown(get(one)) for one in ("ack.p50", "ack.p99", "ack.p99_9", "score.p50", "score.p99", "signal.p99",
                                                   "outbox.p99", "mail.p99")]])
        if kind == "batches":
            for what in ("ack.p50", "ack.p99", "score.p50", "score.p99", "outbox.p99"):
                series.setdefault(what.replace(".", " "), []).append((int(rate), get(what)))
    text += "\n".join("| " + " | ".join(row) + " |" for row in rows) + "\n\n"
    goals = [one for one in document["figures"] if "limit" in one]
    met = sum(one["value"] <= one["limit"] for one in goals)
    text += f"Of {len(goals)} goals for p99 (25 ms to the acknowledgement, 100 ms from there) {met} are met.\n\n"
    text += _table(_figures(document, r"memory"))
    return text + "\n" + _plot("ingest", plot.lines("Milliseconds by rate, in batches of 100", "events/s", "ms", series),
                               "Milliseconds to the acknowledgement, the score and the outbox by rate")


def _growth(document):
    events, accounts = document["setting"]["events"], document["setting"]["accounts"]
    text = (f"## Growth\n\nFrom {events:,} events of {accounts:,} accounts to ten times each. As many times as much:\n\n"
            + _table(_figures(document, "ten_times")))
    series = {}
    for one in _figures(document, r"\d_accounts\.processor_seconds"):
        at = re.search(r"(\d+)_events\.(\d+)_accounts", one["name"])
        more = {"more events": int(at[1]) / events, "more accounts": int(at[2]) / accounts}
        for name, times in more.items():
            if times > 1 or set(more.values()) == {1.0}:
                series.setdefault(name, []).append((times, one["value"]))
                if "DuckDB warm" in one.get("peers", {}):
                    series.setdefault(f"DuckDB, {name}", []).append((times, one["peers"]["DuckDB warm"]))
    return text + "\n" + _plot("growth", plot.lines("Processor seconds by size", "times as much", "s",
                                                    {name: sorted(points) for name, points in sorted(series.items())}),
                               "Processor seconds by the number of events and accounts")


def _pages(documents):
    """A table for each number of accounts, the fewest first."""
    text = "## Pages\n"
    for document in sorted(documents, key=lambda one: one["setting"]["accounts"]):
        setting, prefix = document["setting"], f"pages.{document['setting']['accounts']}."
        values = {one["name"].removeprefix(prefix): one for one in document["figures"]}
        machine = document["machine"]
        text += (f"\n### {setting['accounts']:,} accounts\n\n{setting['days']} simulated days; each page asked for "
                 f"{setting['requests']} times, {setting['clients']} at a time, while {setting['events']:g} events a second "
                 f"came in; {document['at']} UTC, load {machine['load'][0]}. The server took "
                 f"{shown(values['memory']['value'])} MB; the slowest first look after the start took "
                 f"{shown(values['slowest_first_look']['value'])} {values['slowest_first_look']['unit']}.\n\n")
        empty = values["empty.p50"]["value"]
        rows = [["Page", "server p50 ms", "server p99 ms", "wait p50 ms", "wait p99 ms", "times an empty page", "processor ms",
                 "first look ms", "KB", ""], ["---"] + ["---:"] * 8 + ["---"]]
        for name in [one.removesuffix(".p50") for one in values if one.endswith(".p50")]:
            own = {what: values[f"{name}.{what}"] for what in ("server_p50", "server_p99", "p50", "p99", "cpu", "first", "html")}
            missed = [what for what in ("server_p99", "html") if "limit" in own[what] and own[what]["value"] > own[what]["limit"]]
            verdict = "" if "limit" not in own["html"] else "**missed**: " + ", ".join(missed) if missed else "met"
            rows.append([f"`{name}`" if name.startswith("/") else name, shown(own["server_p50"]["value"]),
                         shown(own["server_p99"]["value"]), shown(own["p50"]["value"]), shown(own["p99"]["value"]),
                         shown(own["p50"]["value"] / empty), shown(own["cpu"]["value"]), shown(own["first"]["value"]), shown(own["html"]["value"]), verdict])
        text += "\n".join("| " + " | ".join(row) + " |" for row in rows) + "\n"
    return text


def main():
    documents = _documents()
    if not documents:
        sys.exit("There are no results yet: run bin/bench workload, ingest, past or growth first.")
    text = HEAD + "\n" + _machine(documents) + "\n" + _loads(documents)
    if "ingest" in documents:
        text += "\n" + _ingest(documents["ingest"])
    if "past" in documents:
        setting = documents["past"]["setting"]
        text += (f"\n## Starting, a year again, another model\n\n{setting['events']:,} events of {setting['accounts']:,} accounts; "
                 f"a simulated year of {setting['year_accounts']:,} accounts under Maestro's programme.\n\n"
                 + _table(documents["past"]["figures"]))
    pages = [one for name, one in documents.items() if name.startswith("pages")]
    if pages:
        text += "\n" + _pages(pages)
    if "growth" in documents:
        text += "\n" + _growth(documents["growth"])
    with open(PAGE, "w") as file:
        file.write(text + "\n" + METHOD)
    say(f"wrote {os.path.relpath(PAGE, ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
