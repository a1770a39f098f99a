"""Looks at every kind of page through a browser: bin/check-browser [part of a path]

Starts the binary on a demo, signs in, follows the links, and holds each page against the checks. Then it sends every
form with scripts switched off, and at last plants bugs, which the checks must find. Ends with `N passed, N failed`."""
import http.client
import os
import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests" / "EndToEnd"))

import tools
from report import Report

ARTEFACTS = ROOT / ".build" / "check-browser"
#: A year, since some pages speak of customers that left.
DEMO = ["--accounts", "40", "--vendor-accounts", "6", "--days", "365", "--quiet"]
#: Where the crawl begins. Behind the first are pages that links lead to; to the others forms do.
STARTS = ["/", "/portfolio?group=tier", "/accounts?q=nobody", "/warnings"]
#: Pages that nothing leads to, with the status that they answer.
UNLINKED = {"/nowhere": 404}
#: Forms that end a session or leave the workspace; they are sent where nothing comes after them.
ENDING = {"post /sign-out", "post /workspaces/{}"}


class Looking:
    """The browser at one server, and all that is found there."""

    def __init__(self, chrome, server, report, wanted):
        self.chrome, self.server, self.report, self.wanted = chrome, server, report, wanted
        self.forms, self.sent, self.addresses, self.label = [], set(), {}, "starter"
        self.artefacts = ARTEFACTS

    def named(self, url):
        """How findings name a page: by the workspace and the path."""
        return f"{self.label} {url.removeprefix(self.server.url)}"

    def look(self, url, status=200, is_checked=True, step=""):
        """Opens a page, checks it, and gives the addresses that it links to. A step tells it from others at its address."""
        import checks, crawl, pictures, sending
        from kinds import file_name

        self.chrome.look()
        visit = self.chrome.visit(url)
        found = crawl.links(self.chrome)
        self.forms += sending.of(self.chrome, url)
        if is_checked:
            page, name = checks.Page(self.chrome, visit, self.server.url, status), f"{self.label}_{file_name(url)}{step and '_' + step}"
            told = self.named(url) + (step and f" ({step})")
            if not checks.is_mail(visit):
                self.keep(url, name, told)
            pictures.take(self.chrome, ARTEFACTS, name)
            for check in checks.of(page):
                self.report.count(f"{check.__name__}: {told}", check(page))
            self.report.say(told)
        return found

    def keep(self, url, name, told):
        """The page as it was sent, for the Nu HTML checker."""
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(self.server.host, self.server.port, timeout=60)
        connection.request("GET", parts.path + ("?" + parts.query if parts.query else ""),
                           headers={"Cookie": self.chrome.cookies(), "Accept": "text/html"})
        folder = ARTEFACTS / "html" / self.label
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.html").write_bytes(connection.getresponse().read())
        connection.close()
        self.addresses[f"{name}.html"] = told

    def sign_in(self):
        """Pages before anybody is signed in, and the button that signs in."""
        for path in ("/sign-in", urlsplit(self.server.sign_in).path):
            self.look(self.server.url + path)
        self.chrome.scripts(False)
        visit = self.chrome.click("main button")
        self.chrome.scripts(True)
        self.report.count("signing in without scripts", [] if visit.status == 200 else [f"answered {visit.status}"])

    def enter(self, workspace):
        """Another workspace, by the form of the shell."""
        self.chrome.look()
        self.chrome.visit(self.server.url + "/")
        self.chrome.run("document.getElementById('workspace').value = arguments[0]", workspace)
        self.chrome.click("form[action='/workspace'] button")
        self.label = workspace

    def crawl(self, starts, examples_max=2):
        import crawl

        frontier = crawl.Frontier(self.server.url, starts, self.wanted, examples_max)
        while found := frontier.next():
            url, is_checked = found
            for address in self.look(url, is_checked=is_checked):
                frontier.add(address)
        self.report.say(f"{len(frontier.kinds)} kinds of pages")

    def look_at_an_account(self, workspace):
        """Of a programme whose accounts hold what the others' do not."""
        import crawl

        self.enter(workspace)
        self.chrome.visit(self.server.url + "/accounts")
        self.look(next(url for url in crawl.links(self.chrome) if "/accounts/acc_" in url))

    def send_forms(self, follows=True):
        """Every kind of form that was seen, and those of the pages that they lead to."""
        import sending

        while waiting := sending.in_order(self.forms, besides=self.sent):
            form = waiting[0]
            findings, following = sending.send(self.chrome, form, self.server.url)
            self.sent.add(form.name)
            # What only this form leads to, such as taking it back, comes next, while it is there; at first what goes on with
            # what it made, which other forms of the page may end.
            following.sort(key=lambda one: not one.action.startswith(form.action + "/"))
            self.forms = (following if follows else []) + self.forms
            self.report.count(f"sent without scripts: {form.name} on {self.named(form.page)}", findings)
            self.report.say(form.name)

    def check_markup(self):
        import markup

        mistakes = {}
        for folder in (ARTEFACTS / "html").iterdir():
            mistakes |= markup.mistakes(folder)
        for name, url in self.addresses.items():
            self.report.count(f"markup: {url}", mistakes.get(name, []))


def check_plants(chrome, server, report):
    """Each planted bug is found, and without it the same page is clean."""
    import checks, plants
    from rewriting import Rewriting

    with Rewriting(server.host, server.port) as rewriting:
        for plant in plants.ALL:
            rewriting.text, rewriting.fields = plant.text, plant.fields
            chrome.look()
            findings = plant.check(checks.Page(chrome, chrome.visit(rewriting.origin + "/"), rewriting.origin))
            is_found = any(plant.word in one for one in findings)
            report.count(f"planted: {plant.name}", [] if is_found else [f"{plant.check.__name__} found only {findings}"])


def check_markup_plants(report):
    import markup, plants

    source = min((ARTEFACTS / "html").glob("*/*.html"), key=lambda path: path.stat().st_size).read_text(encoding="utf-8")
    folder = Path(tempfile.mkdtemp())
    for place, (_, text, _) in enumerate(plants.MARKUP):
        (folder / f"{place}.html").write_text(source.replace("</main>", text + "</main>"), encoding="utf-8")
    found = markup.mistakes(folder)
    shutil.rmtree(folder)
    for place, (name, _, word) in enumerate(plants.MARKUP):
        findings = found.get(f"{place}.html", [])
        is_found = any(word in one for one in findings)
        report.count(f"planted: {name}", [] if is_found else [f"the Nu HTML checker found only {findings}"])


def check_demo(chrome, server, report, wanted):
    """A workspace that has lived, then one of another programme, whose forms are sent."""
    looking = Looking(chrome, server, report, wanted)
    looking.sign_in()
    looking.crawl(STARTS)
    for path, status in UNLINKED.items():
        looking.look(server.url + path, status)
    # Promises about tickets.
    looking.look_at_an_account("auterity")
    looking.forms.clear()
    looking.enter("maestro")
    looking.crawl(["/"], examples_max=1)
    looking.send_forms()
    looking.check_markup()


def check_new(chrome, server, report, wanted, folder):
    """From an empty data folder to accounts: before anything has come, pages hold what others hide."""
    import steps

    looking = Looking(chrome, server, report, wanted)
    looking.label = "new"
    looking.sent |= ENDING
    looking.look(server.set_up)
    looking.send_forms(follows=False)
    looking.crawl(["/"], examples_max=1)
    steps.walk(looking, folder)
    looking.forms.clear()
    # What these forms make has forms of its own.
    for step in ("alone", "with what was made"):
        for path in ("/data", "/settings", "/settings/keys"):
            looking.look(server.url + path, step=step)
        looking.send_forms()
    looking.check_markup()


def main():
    report, wanted = Report(), (sys.argv[1:] + [""])[0]
    missing = tools.missing()
    if missing:
        report.skip("all pages in a browser", f"{', '.join(missing)} missing; {tools.INSTALL}")
        return report.end()
    from chrome import Chrome
    from server import Server

    shutil.rmtree(ARTEFACTS, ignore_errors=True)
    folder = tempfile.mkdtemp(prefix="tenure-browser-")
    try:
        with Server(folder + "/data", "demo", DEMO) as server, Chrome() as chrome:
            check_demo(chrome, server, report, wanted)
        with Server(folder + "/new", "serve") as server, Chrome() as chrome:
            check_new(chrome, server, report, wanted, Path(folder))
            check_plants(chrome, server, report)
            check_markup_plants(report)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
