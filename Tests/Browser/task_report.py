"""The page that says what the tasks took, in the words of the documents."""
import datetime
import os
import platform
import subprocess

#: Card, Moran and Newell's keystroke-level model: a key, and pointing with a click.
KEY_SECONDS, CLICK_SECONDS = 0.28, 1.3

PAGE = """# Tasks

What eight tasks of a working day take, done by keys and clicks in Chromium on the demo: {accounts} accounts with a year behind them. `bin/check-tasks` does them, asks the API whether each one came true, fails when one did not, and writes this page; where Selenium or Chromium is missing it says `SKIPPED`.

| Task | Driver, s | of it waiting, s | Pages | Clicks | Keys | Hands, s |
|---|---:|---:|---:|---:|---:|---:|
{rows}

- **Driver** is the time from the first stroke to the last page as Selenium does it. A driver does not read, think, aim or err, and every stroke costs it some milliseconds on its way to the browser. It is no person's time; it bounds from below what the product makes a person wait.
- **Waiting** is the part of it between a stroke or click and the page that follows, loaded and drawn, and while files are read. It is what another load of the machine changes.
- **Pages** counts loaded ones. A chord such as Ctrl Enter is two keys; a file that is chosen counts as two clicks, since the system's own window cannot be driven.
- **Hands** is the waiting and what hands need by the keystroke-level model of Card, Moran and Newell: {key} s a key, {click} s for pointing and a click. Reading and deciding come on top: at a triage they are nearly all of it.

## What was done

{ways}

## Where

{where}
"""


def write(path, tasks, accounts):
    rows = "\n".join(_row(task) for task in tasks)
    ways = "\n".join(f"- **{_title(task.name)}.** {task.way}{' ' + _title(task.remark) + '.' if task.remark else ''}" for task in tasks)
    path.write_text(PAGE.format(accounts=accounts, rows=rows, ways=ways, where=_where(), key=KEY_SECONDS, click=CLICK_SECONDS))


def _row(task):
    hands = task.waited + KEY_SECONDS * task.keys + CLICK_SECONDS * task.clicks
    return (f"| {_title(task.name)} | {task.seconds:.1f} | {task.waited:.1f} | {task.pages} | {task.clicks} | {task.keys} "
            f"| {hands:.0f} |")


def _title(text):
    return text[:1].upper() + text[1:]


def _where():
    day = datetime.date.today().isoformat()
    browser = subprocess.run(["chromium", "--version"], capture_output=True, text=True).stdout.strip()
    load = os.getloadavg()[0]
    return (f"{day}, {os.cpu_count()} cores ({platform.machine()}), load {load:.1f} at the end; {browser}, headless, 1440 × 900; "
            "the server on the same machine.")
