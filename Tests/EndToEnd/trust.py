"""What people need to trust what the product does by itself: a signal is marked false in a browser, imported history sends
nothing and says what it would have sent, and what leaves can be stopped, redirected, suppressed and unsubscribed from."""
import http.client
import os
import re
import subprocess
import urllib.parse

from post_office import Mailbox
from proof import main, proof
from server import Browser, Reply, Server, run, until

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
PROGRAMME = """
programme: {id: trust, title: Vendor, version: 1, extends: catalogue, day_one: 0, time_zone: UTC, currency: USD}
roles: [{id: csm, title: CSM}]
health:
  id: overall
  version: 1
  coverage_floor: 0
  group_coverage_floor: 0
  hysteresis: 0
  dwell_days: 0
  groups:
    - id: usage
      title: Usage
      weight: 100
      components:
        - {id: active, title: Active users, weight: 1, metric: users.active.7d, curve: {linear: [[0, 0], [3, 100]]}}
  bands:
    - {id: healthy, title: Healthy, from: 70, tone: good, action: Grow}
    - {id: critical, title: Critical, from: 0, tone: critical, action: Call}
signals:
  - {id: freeze, title: Budget freeze, severity: high, when: 'flag("freeze")', description: D, mitigation: M, actions: [Call]}
plays:
  - id: greet
    title: Greet
    version: 1
    starts_on: [freeze]
    owner: csm
    reentry: after_exit
    steps:
      - id: write
        title: Write
        window: {from: start, due: 2d}
        tasks: [Call]
        do: [{mail: hello, to: [contact:sponsor, role:csm]}]
messages:
  - {id: hello, title: Hello, channel: mail, audience: customer, subject: "Hello from {{vendor.name}}"}
"""


def _programme(folder):
    os.makedirs(folder + "/programme/messages")
    with open(folder + "/programme/programme.yaml", "w") as file:
        file.write(PROGRAMME)
    with open(folder + "/programme/messages/hello.mustache", "w") as file:
        file.write("Hello {{recipient.name}} of {{account.name}} – a café = 3 < 4.\n")
    return folder + "/programme"


def _serve(folder, mailbox=None):
    arguments = ["--workspace", "acme", "--programme", folder + "/programme"]
    if mailbox:
        arguments += ["--smtp", f"smtp://127.0.0.1:{mailbox.port}"]
    return Server(folder + "/data", arguments=arguments)


def _account(client, name):
    client.sent("/v1/group", {"groupId": name, "userId": name, "traits": {"name": name.title(), "csm": "ada@vendor.example"}})
    client.sent("/v1/identify", {
        "userId": name, "context": {"groupId": name},
        "traits": {"name": "Sue", "email": f"sue@{name}.example", "role": "sponsor"}})
    until("the account", 10, lambda: client.get(f"/accounts/{name}").status == 200)


def _freeze(client, name):
    reply = client.command("POST", f"/accounts/{name}/flags", {"flag": "freeze", "reason": "r"})
    assert reply.status == 200, reply


class Person(Browser):
    """Fills in forms as a browser without scripts does: with all hidden fields of the form, and to its action."""

    def submit(self, page, ending, **fields):
        text = self.page(page).text
        for form in re.findall(r'<form[^>]*method="post".*?</form>', text, re.S):
            action = re.search(r'action="([^"]+)"', form).group(1)
            if not action.endswith(ending):
                continue
            hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
            asked = set(re.findall(r'<(?:input|textarea|select)[^>]*name="([^"]+)"', form))
            assert set(fields) <= asked, (fields, asked)
            return self._post(action, hidden | fields)
        raise AssertionError(f"{page} has no form that leads to {ending}")

    def _post(self, path, fields):
        connection = http.client.HTTPConnection(self.server.host, self.server.port, timeout=30)
        connection.request("POST", path, urllib.parse.urlencode(fields), {
            "Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded", "Origin": self.server.url,
            "Sec-Fetch-Site": "same-origin"})
        answer = connection.getresponse()
        return Reply(answer.status, answer.headers, answer.read())


@proof("a browser marks a signal false: it closes, its play ends, a restart keeps it, and taking it back opens it again")
def false_alarm(folder):
    _programme(folder)
    with _serve(folder) as server:
        client, person = server.client("acme"), Person(server)
        _account(client, "acme")
        _freeze(client, "acme")
        assert "Budget freeze" in person.page("/signals").text
        reply = person.submit("/signals", "/false-alarm", reason="Only their fiscal year", days="")
        assert reply.status == 303 and reply.headers["Location"] == "/signals", reply
        account = client.account("acme")
        assert not account["signals"] and account["plays"][0]["outcome"] == "false_alarm", account["plays"]
    with _serve(folder) as server:
        client, person = server.client("acme"), Person(server)
        assert client.get("/signals").json["total"] == 0
        marked = client.all("/signals", state="false_alarm")
        assert [one["false_alarm"]["reason"] for one in marked] == ["Only their fiscal year"], marked
        window = client.get("/signals/precision").json["items"][0]["windows"][0]
        assert (window["ended"], window["false_alarms"], window["precision"]["percent"]) == (1, 1, None), window
        timeline = [one["title"] for one in client.all("/accounts/acme/timeline")]
        assert "False alarm: Budget freeze" in timeline, timeline
        reply = person.submit("/signals?state=false_alarm", "/taken-back")
        assert reply.status == 303, reply
        assert client.get("/signals").json["total"] == 1


@proof("importing a year of history sends nothing, before and after going live, and lists what would have been sent")
def imported(folder):
    subprocess.run([ROOT + "/docs/examples/make-examples", folder + "/files"], check=True, capture_output=True)
    files = [f"{folder}/files/{name}.csv" for name in ("accounts", "contacts", "contracts", "events")]
    code, _, errors = run(
        "import", "--data", folder + "/data", "--workspace", "acme", "--programme", "starter", *files, timeout=600)
    assert code == 0, errors
    with Mailbox() as mailbox:
        arguments = ["--workspace", "acme", "--smtp", f"smtp://127.0.0.1:{mailbox.port}"]
        with Server(folder + "/data", arguments=arguments) as server:
            client, person = server.client("acme"), Person(server)
            held = client.all("/signals", state="withheld")
            withheld = client.all("/outbox/withheld")
            assert held and withheld, (len(held), len(withheld))
            page = person.page("/outbox/withheld").text
            assert f"Withheld: {len(withheld)} message" in page, page[:2000]
            assert client.all("/outbox") == [] and not mailbox.kept
            assert client.get("/signals").json["total"] == 0


@proof("what leaves is stopped, redirected, suppressed and unsubscribed from, and shown as it left")
def sending(folder):
    _programme(folder)
    with Mailbox() as mailbox, _serve(folder, mailbox) as server:
        client, person = server.client("acme"), Person(server)
        for name in ("one", "two", "three", "four"):
            _account(client, name)
        assert person.submit("/sending", "/stop", reason="Wrong price").status == 303
        _freeze(client, "one")
        queued = until("the messages", 10, lambda: client.all("/outbox", state="queued"))
        assert "Wrong price" in person.page("/").text and len(queued) == 2 and not mailbox.kept

        person.submit("/sending", "/test-recipient", address="try@vendor.example")
        person.submit("/sending", "/resume")
        until("two mails", 15, lambda: len(mailbox.kept) == 2)
        assert all(kept[1] == ["try@vendor.example"] for kept in mailbox.kept), mailbox.kept
        assert {kept[2]["Subject"] for kept in mailbox.kept} == {
            f"[Test for {address}] Hello from Vendor" for address in ("sue@one.example", "ada@vendor.example")}
        person.submit("/sending", "/real-recipients")

        person.submit("/sending", "/suppressions", address="ADA@vendor.example", reason="Holidays")
        _freeze(client, "two")
        until("the mail to Sue", 15, lambda: len(mailbox.kept) == 3)
        _, recipients, mail, _ = mailbox.kept[2]
        assert recipients == ["sue@two.example"] and mail["Subject"] == "Hello from Vendor"
        cancelled = until("the other", 10, lambda: client.all("/outbox", state="cancelled"))
        assert [one["detail"] for one in cancelled] == ["nothing is sent there: Holidays"], cancelled

        sent = next(one for one in client.all("/outbox", state="sent") if mail["Message-ID"] and one["to"] == "Sue"
                    and one["account"] == client.account("two")["id"])
        shown = client.get("/outbox/" + urllib.parse.quote(sent["key"], safe="")).json
        assert shown["text"].split() == mail.get_body(("plain",)).get_content().split(), shown
        html = person.page("/outbox/" + urllib.parse.quote(sent["key"], safe="") + "/html")
        assert html.text.split() == mail.get_body(("html",)).get_content().split()
        assert html.headers["Content-Security-Policy"].startswith("sandbox"), html.headers

        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        link = urllib.parse.urlparse(mail["List-Unsubscribe"].strip("<> \r\n"))
        _unsubscribe(server, link.path, "GET")
        assert len(client.get("/sending").json["suppressions"]) == 1
        _unsubscribe(server, link.path, "POST")
        _unsubscribe(server, link.path, "POST")
        found = client.get("/sending").json["suppressions"]
        assert [one["address"] for one in found] == ["ada@vendor.example", "sue@two.example"], found
        assert _unsubscribe(server, link.path[:-1] + ("0" if link.path[-1] != "0" else "1"), "POST") == 404


def _session(name, number):
    return {"type": "user.session", "id": f"{name}-{number}", "account": name, "user": "u"}


@proof("what waits is released to the account that a person names, once, and a restart keeps whose name it is")
def adopted(folder):
    _programme(folder)
    with _serve(folder) as server:
        client, person = server.client("acme"), Person(server)
        _account(client, "acme")
        sent = client.sent("/v1/events", [_session("Acme Inc.", number) for number in range(3)])
        assert sent["quarantined"] == 3, sent
        client.post("/v1/events", [{"type": "user.session"}, _session("acme", 1) | {"id": ""}])
        source = client.get("/data").json["sources"][0]
        assert source["counts"]["rejected"] == 2 and source["counts"]["quarantined"] == 3, source
        page = person.page("/data").text
        assert "missing-subject" in page and "Acme Inc." in page
        before = _users(client)
        assert person.submit("/data", "/data/adoption").status == 303
        until("they count", 5, lambda: client.get("/data").json["waiting"] == [] and _users(client) == before + 1)
    with _serve(folder) as server:
        client = server.client("acme")
        assert client.sent("/v1/events", [_session("Acme Inc.", 0)])["duplicate"] == 1
        assert client.sent("/v1/events", [_session("Acme Inc.", 7)])["accepted"] == 1


def _users(client):
    found = client.get("/accounts/acme/metrics/users.active.7d").json["value"]
    return int(found or 0)


def _unsubscribe(server, path, method):
    """As a mail reader does: without a cookie and without an origin."""
    connection = http.client.HTTPConnection(server.host, server.port, timeout=30)
    connection.request(method, path, "List-Unsubscribe=One-Click" if method == "POST" else None,
                       {"Content-Type": "application/x-www-form-urlencoded"})
    return connection.getresponse().status


if __name__ == "__main__":
    main()
