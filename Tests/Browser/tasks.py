"""Eight tasks of a working day, by keys and clicks in Chromium, on the demo's 600 accounts: bin/check-tasks

Each is held against what the API says of it afterwards. Writes docs/operating/tasks.md with what each took, and ends with
`N passed, N failed`. DEMO_ACCOUNTS and DEMO_DAYS make a smaller demo, of which nothing is written."""
import os
import shutil
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests" / "EndToEnd"))

import tools
from report import Report

ARTEFACTS = ROOT / ".build" / "check-tasks"
PAGE = ROOT / "docs" / "operating" / "tasks.md"
ACCOUNTS, DAYS = int(os.environ.get("DEMO_ACCOUNTS", "600")), int(os.environ.get("DEMO_DAYS", "365"))
DEMO = ["--accounts", str(ACCOUNTS), "--vendor-accounts", "4", "--days", str(DAYS), "--quiet"]
READY_SECONDS_MAX = 1_800
WINDOW = (1440, 900)


@dataclass
class Task:
    """A task, and what it took."""

    name: str
    #: What a person does, as the report tells it.
    way: str
    seconds: float = 0
    waited: float = 0
    pages: int = 0
    clicks: int = 0
    keys: int = 0
    remark: str = ""
    findings: list = field(default_factory=list)


class Day:
    """The owner's working day at one demo."""

    def __init__(self, server, chrome, report, folder):
        from hands import Hands

        self.server, self.chrome, self.report, self.folder = server, chrome, report, folder
        self.client = server.client("starter")
        self.hands = Hands(chrome, server.url)
        self.tasks = []

    def sign_in(self, link):
        self.hands.open(link)
        self.hands.click("Sign in", "Sign in")

    def measure(self, name, way, body, judge):
        """Does a task, then holds it against its result; what was prepared before is not counted."""
        hands, task = self.hands, Task(name, way)
        before, started = (hands.waited, hands.pages, hands.clicks, hands.keys), time.monotonic()
        try:
            found = body()
            task.seconds = time.monotonic() - started
            after = (hands.waited, hands.pages, hands.clicks, hands.keys)
            task.waited, task.pages, task.clicks, task.keys = (new - old for new, old in zip(after, before))
            self.chrome.picture(ARTEFACTS / f"{len(self.tasks) + 1}.png")
            task.remark = judge(found) or ""
        except Exception as error:  # Any failure is the task's result.
            task.findings = "".join(traceback.format_exception(error)[-3:]).splitlines()
        self.tasks.append(task)
        self.report.count(name, task.findings)
        self.report.say(f"{name}: {task.seconds:.1f} s, {task.clicks} clicks, {task.keys} keys; {task.remark}")
        return not task.findings


def first_page(day):
    """All of it is seen at once in a window of this size."""
    day.hands.open("/")
    height = day.hands.ask("document.documentElement.scrollHeight")
    day.chrome.picture(ARTEFACTS / "first_page.png")
    day.report.count("the first page fits the window", [] if height <= WINDOW[1] else [f"it is {height} px high, not {WINDOW[1]}"])


def main():
    report = Report()
    missing = tools.missing()
    if missing:
        report.skip("tasks in a browser", f"{', '.join(missing)} missing; {tools.INSTALL}")
        return report.end()
    import server
    from chrome import Chrome
    from task_list import do_all
    from task_report import write

    server.READY_SECONDS_MAX = READY_SECONDS_MAX
    shutil.rmtree(ARTEFACTS, ignore_errors=True)
    folder = tempfile.mkdtemp(prefix="tenure-tasks-")
    try:
        with server.Server(folder + "/data", "demo", DEMO) as running, Chrome() as chrome:
            chrome.look("light", WINDOW)
            day = Day(running, chrome, report, folder)
            day.sign_in(running.sign_in)
            first_page(day)
            do_all(day)
            accounts = len(day.client.all("/accounts"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    code = report.end()
    if code == 0 and (ACCOUNTS, DAYS) == (600, 365):
        write(PAGE, day.tasks, accounts)
    return code


if __name__ == "__main__":
    sys.exit(main())
