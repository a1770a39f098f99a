"""An import, which is several pages at one address: each is looked at where it stands, and left by a form without scripts."""
import time
from urllib.parse import urlsplit

import checks
import pictures
from rewriting import Rewriting

SECONDS_MAX = 60
#: As many as are not read in a moment.
EVENTS = 30_000
#: A row that is refused, a word that no programme knows, a name that is spelled like an account's, and one that is nobody's.
FILES = {
    "accounts": "Customer No,Company name,Annual value,Renewal date\n"
                "C-1,Nord Foods,12000,2027-03-01\nC-2,Alta Steel,9000,soon\nC-3,Lark Press,30000,2027-01-15\n",
    "contacts": "Company,Full name,Mail\nNORD-FOODS,Ada Berg,ada@nord.example\nIron Health,Ben Holm,ben@iron.example\n",
    "events": "When,Customer No,Login,Activity\n" + "".join(
        f"2026-{1 + day % 9:02}-{1 + day % 28:02} 08:00:00,C-1,u{day % 4},{'Logged in' if day % 3 else 'Polished a lens'}\n" for day in range(EVENTS)),
}


def walk(looking, folder):
    """From files to accounts, and what is thrown away on the way."""
    chrome, start = looking.chrome, looking.server.url + "/data/imports"
    _upload(looking, start, folder)
    looking.look(chrome.driver.current_url, step="columns")
    _press(looking, "Throw the files away")
    address = _upload(looking, start, folder)
    for words in ("Read the files", "Back to the columns", "Read the files"):
        chrome.visit(address)
        _press(looking, words)
        if words == "Read the files":
            text = chrome.driver.page_source
        _wait(chrome, address)
    _look_running(looking, address, text)
    looking.look(address, step="checked")
    chrome.visit(address)
    _press(looking, "Take them in")
    _wait(chrome, address)
    looking.look(address, step="done")
    looking.look(start, step="with an import taken in")
    chrome.visit(address)
    _press(looking, "Go live")


def _look_running(looking, address, text):
    """The page that looks again by itself, kept as it was for a moment."""
    if "<progress" not in text:
        looking.report.count("the page of an import that runs", ["it was over before it could be seen; more EVENTS are needed"])
        return
    server, path = looking.server, urlsplit(address).path
    with Rewriting(server.host, server.port) as rewriting:
        rewriting.kept, rewriting.fields = {path: text.encode()}, {"refresh": None}
        looking.chrome.look()
        page = checks.Page(looking.chrome, looking.chrome.visit(rewriting.origin + path), rewriting.origin)
        pictures.take(looking.chrome, looking.artefacts, f"{looking.label}_import_running")
        for check in checks.of(page):
            looking.report.count(f"{check.__name__}: an import that runs", check(page))


def _upload(looking, start, folder):
    """The address of an import of the files."""
    looking.chrome.visit(start)
    for kind, text in FILES.items():
        path = folder / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        looking.chrome.bring(kind, path)
    _press(looking, "Upload")
    return looking.chrome.driver.current_url


def _press(looking, words):
    """A button of the open page, where no script helps."""
    chrome = looking.chrome
    chrome.scripts(False)
    visit = chrome.click_button(words)
    chrome.scripts(True)
    wrong = [] if visit.status == 200 else [f"answered {visit.status} at {visit.url}"]
    looking.report.count(f"sent without scripts: “{words}” of an import", wrong)


def _wait(chrome, address):
    """Until nothing runs any more."""
    deadline = time.monotonic() + SECONDS_MAX
    while chrome.visit(address) and chrome.run("return document.querySelector('progress') !== null"):
        assert time.monotonic() < deadline, f"the import still runs after {SECONDS_MAX} s"
