"""People who ask for pages, several at a time, and events that come in meanwhile."""
import http.client
import os
import re
import threading
import time
import urllib.parse
from collections import namedtuple
from html import unescape

WORKSPACE = "starter"
# What is asked for beside the others: no account is looked at.
EMPTY = "/design"
# Every page that takes no id, and lists in other orders than the usual one.
PLAIN = ["/", "/today", "/today?person=all", "/renewals", "/warnings", "/accounts", "/accounts?sort=name", "/accounts?sort=-arr",
         "/accounts?band=unknown", "/accounts?q=er", "/accounts?limit=200", "/search?q=er", "/search?q=nobodyhasthisname", "/portfolio",
         "/portfolio?group=tier", "/portfolio/figures", "/signals", "/signals?state=new&severity=high", "/outbox",
         "/outbox/withheld", "/sending", "/data", "/data/imports", "/settings", "/settings/keys", "/versions", "/appearance"]
# A link that leads to one page of a kind, and on which page it is looked for.
LINKED = {
    "next page of accounts": ("/accounts", r'href="(/accounts\?[^"]*cursor=[^"]*)"'),
    "next page of signals": ("/signals", r'href="(/signals\?[^"]*(?:from|cursor)=[^"]*)"'),
    "figure of revenue": ("/portfolio", r'href="(/portfolio/revenue/nrr[^"]*)"'),
    "figure of the portfolio": ("/portfolio/figures", r'href="(/portfolio/figures/[^"]+)"'),
    "KPI": ("/portfolio", r'href="(/portfolio/kpis/[^"]+)"'),
    "signal's episodes": ("/signals", r'href="(/signals/[^"/]+/episodes[^"]*)"'),
    "message": ("/outbox", r'href="(/outbox/(?!withheld)[^"/]+)"'),
    "signal at an account": ("/signals", r'href="(/accounts/[^"/]+/signals/[^"]+)"'),
}
# The same below an account.
BELOW = {"metric": r'href="(/accounts/[^"]+/metrics/[^"]+)"', "day": r'href="(/accounts/[^"]+/days/[0-9-]+)"',
         "field": r'href="(/accounts/[^"]+/told/[^"]+)"', "family": r'href="(/accounts/[^"/]+/family)"',
         "revenue": r'href="(/accounts/[^"/]+/revenue)"', "moved": r'href="(/accounts/[^"/]+\?events=true)[^"]*"'}

# ms: what the client waited; server_ms: what the server says that making the page took.
Answer = namedtuple("Answer", "status body bytes ms server_ms")


def percentile(values, percent):
    values = sorted(values)
    return values[min(len(values) - 1, int(percent / 100 * len(values)))]


class Asker:
    """Somebody who is signed in, on one connection."""

    def __init__(self, server, cookie=None):
        self.host, self.port = server.host, server.port
        self.connection = http.client.HTTPConnection(self.host, self.port, timeout=120)
        self.cookie = cookie or self._sign_in(server)

    def _sign_in(self, server):
        self.connection.request("POST", urllib.parse.urlparse(server.sign_in).path, body=b"")
        answer = self.connection.getresponse()
        answer.read()
        assert answer.status == 303, answer.status
        return answer.headers["Set-Cookie"].split(";")[0]

    def ask(self, address):
        began = time.perf_counter()
        self.connection.request("GET", address, headers={"Cookie": self.cookie})
        answer = self.connection.getresponse()
        body = answer.read()
        waited = (time.perf_counter() - began) * 1000
        told = re.search(r"page;dur=([0-9.e+-]+)", answer.headers.get("Server-Timing", ""))
        return Answer(answer.status, body, len(body), waited, float(told[1]) if told else waited)


def _found(asker, page, pattern):
    found = re.search(pattern, asker.ask(page).body.decode())
    return unescape(found[1]) if found else None


def addresses(asker):
    """Every page that is asked for, by a name that says its kind. A room of the navigation that is not among them fails."""
    rooms = re.search(r"<nav[^>]*>(.*?)</nav>", asker.ask("/").body.decode(), re.S)[1]
    unknown = set(re.findall(r'href="(/[^"?#]*)"', rooms)) - set(PLAIN)
    assert not unknown, f"rooms that nobody measures: {unknown}"
    pages = {"empty": EMPTY} | {page: page for page in PLAIN}
    linked = {name: _found(asker, page, pattern) for name, (page, pattern) in LINKED.items()}
    account = _found(asker, "/accounts", r'href="(/accounts/[0-9a-z_-]{8,})"')
    below = {"account": account} | {f"account: {name}": _found(asker, account, pattern) for name, pattern in BELOW.items()}
    return pages | {name: address for name, address in (linked | below).items() if address}


def _processor_seconds(server):
    with open(f"/proc/{server.process.pid}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def processor_ms(server, asker, address, seconds=1.0, count_min=3):
    """Of the server, for one request among some that are asked one after another."""
    began, used, count = time.monotonic(), _processor_seconds(server), 0
    while count < count_min or time.monotonic() - began < seconds:
        asker.ask(address)
        count += 1
    return (_processor_seconds(server) - used) * 1000 / count


def ask_all(server, cookie, requests, clients):
    """Every answer by the page's name; a body is not kept."""
    answers, failures, places, lock = {}, [], iter(requests), threading.Lock()

    def work():
        asker = Asker(server, cookie)
        try:
            while True:
                with lock:
                    request = next(places, None)
                if request is None:
                    return
                answer = asker.ask(request[1])
                assert answer.status == 200, f"{request[1]}: {answer.status}"
                with lock:
                    answers.setdefault(request[0], []).append(answer._replace(body=None))
        except Exception as error:  # Raised where the threads are waited for.
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return answers


class Trickle:
    """So many events a second, of one account after another, while pages are asked for. Use `with`."""

    def __init__(self, server, rate):
        self.client, self.rate, self._ended = server.client(WORKSPACE), rate, threading.Event()
        self.failures = []

    def __enter__(self):
        if self.rate:
            names = [one["external_id"] for one in self.client.get("/accounts", limit=200, sort="name").json["items"]]
            self.thread = threading.Thread(target=self._run, args=(names,))
            self.thread.start()
        return self

    def __exit__(self, *_):
        if self.rate:
            self._ended.set()
            self.thread.join()
            if self.failures:
                raise self.failures[0]

    def _run(self, names):
        number, began = 0, time.monotonic()
        try:
            while not self._ended.wait(max(0, began + number / self.rate - time.monotonic())):
                event = {"type": "user.session", "account": names[number % len(names)], "user": f"u-{number % 7}",
                         "id": f"trickle-{began}-{number}", "data": {}}
                self.client.sent("/v1/events", [event])
                number += 1
        except Exception as error:  # Raised where the thread is waited for.
            self.failures.append(error)
