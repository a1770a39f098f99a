"""What leaves looks as the operator said: sender, domain and roles from `tenure settings`, and chat in the form that the
channel speaks."""
import datetime
import http.server
import json
import threading
import time

from post_office import Mailbox
from proof import main, proof
from server import Server, require_debug_build, run, until


class Hooks:
    """An incoming webhook of this machine that keeps what is posted."""

    def __init__(self):
        self.posts = []
        posts = self.posts

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                posts.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"ok")

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, kind):
        return f"cs={kind}:http://127.0.0.1:{self.server.server_port}/hook"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def _give_notice(client):
    """Starts the starter programme's save play: mails to the account's people, and a message to the channel cs."""
    client.sent("/v1/group", {"groupId": "acme", "userId": "u", "traits": {"name": "Acme", "csm": "ada"}})
    until("the account", 10, lambda: client.get("/accounts/acme").status == 200)
    reply = client.command("POST", "/accounts/acme/churn-notice", {"scope": "full"})
    assert reply.status == 200, reply


def _settings(folder, *words, code=0):
    """What `tenure settings` prints; its exit code is checked."""
    found, output, errors = run("settings", *words, "--data", folder + "/data")
    assert found == code, (words, found, output, errors)
    return output + errors


def _listed(folder):
    return {one["name"]: one for one in json.loads(_settings(folder, "--json"))}


@proof("settings are listed with their defaults, shown, changed, checked and taken back")
def settings(folder):
    Server(folder + "/data", arguments=["--workspace", "acme"]).stop()
    before = _listed(folder)
    assert before["mail.sender"]["value"] is None and before["mail.sender"]["default"] == "tenure@acme.example"
    assert before["role:head_of_cs"]["default"] == "head_of_cs@acme.example" and before["role:csm"]["default"] is None
    assert "mail.hold" in _settings(folder) and "(default)" in _settings(folder)
    _settings(folder, "mail.sender", "success@vendor.example")
    _settings(folder, "mail.domain", "vendor.example")
    assert json.loads(_settings(folder, "mail.sender", "--json"))["value"] == "success@vendor.example"
    assert _listed(folder)["role:head_of_cs"]["default"] == "head_of_cs@vendor.example"
    for name, value in (("mail.sender", "nobody"), ("mail.sender", "a@b@c"), ("mail.domain", "a b.example"),
                        ("mail.hold", "yes"), ("role:csm", "two words"), ("outgoing.stop", " "),
                        ("outgoing.test_recipient", "nobody")):
        assert "bad-value" in _settings(folder, name, value, code=1), (name, value)
    told = _settings(folder, "mail.sendr", "a@b.example", code=1)
    assert "no-such-setting" in told and "mail.sender" in told, told
    assert "no-such-setting" in _settings(folder, "role:nobody", "a@b.example", code=1)
    _settings(folder, "--unset", code=64)
    _settings(folder, "mail.sender", "--unset")
    after = _listed(folder)
    assert after["mail.sender"]["value"] is None and after["mail.sender"]["default"] == "tenure@vendor.example"
    with Server(folder + "/data"):
        assert "Stop the server" in _settings(folder, code=1)


@proof("mails come from the sender that was set, and go to whom the settings name")
def mails(folder):
    Server(folder + "/data", arguments=["--workspace", "acme"]).stop()
    for name, value in (("mail.sender", "success@vendor.example"), ("mail.domain", "vendor.example"),
                        ("role:head_of_cs", "bob@boss.example"), ("role:account_executive", "eve")):
        _settings(folder, name, value)
    with Mailbox() as mailbox, Server(folder + "/data", arguments=["--smtp", mailbox.url]) as server:
        _give_notice(server.client("acme"))
        wanted = {"ada@vendor.example", "eve@vendor.example", "bob@boss.example"}
        until("the mails", 20, lambda: wanted <= {to for mail in mailbox.mails() for to in mail[1]})
        assert {mail[0] for mail in mailbox.mails()} == {"success@vendor.example"}
        assert all(mail[2]["Message-ID"].endswith("@vendor.example>") for mail in mailbox.mails())


@proof("messages on hold do not leave")
def hold(folder):
    Server(folder + "/data", arguments=["--workspace", "acme"]).stop()
    _settings(folder, "mail.hold", "true")
    with Mailbox() as mailbox, Server(folder + "/data", arguments=["--smtp", mailbox.url]) as server:
        client = server.client("acme")
        _give_notice(client)
        until("held messages", 20, lambda: [one for one in client.all("/outbox") if one["state"] == "held"])
        # Nobody is named as the account executive; that is told at once, and held by nobody.
        assert {one["state"] for one in client.all("/outbox")} <= {"held", "failed"} and not mailbox.mails()


CAP = 2
PEOPLE = 3


def _ask_for_mails(client, first, count):
    """Accounts that all belong to ada: each gives notice, which makes mails to her and to others."""
    for number in range(first, first + count):
        name = f"co-{number}"
        client.sent("/v1/group", {"groupId": name, "userId": "u", "traits": {"name": name, "csm": "ada"}})
        until("the account", 10, lambda: client.get(f"/accounts/{name}").status == 200)
        assert client.command("POST", f"/accounts/{name}/churn-notice", {"scope": "full"}).status == 200


def _copies(mailbox):
    """How many different mails each address got."""
    seen = {}
    for mail in mailbox.mails():
        for address in mail[1]:
            seen.setdefault(address.lower(), set()).add(mail[2]["Message-ID"])
    return {address: len(ids) for address, ids in seen.items()}


def _waiting(client):
    return [one for one in client.all("/outbox") if one["state"] == "queued" and "at most 2 mails in 7 days" in one["detail"]]


def _capped(folder, plant):
    """Mails of two lives of a server whose first is killed, under a cap; the most that one address got."""
    environment = {"TENURE_PLANT": plant or ""}
    Server(folder + "/data", arguments=["--workspace", "acme"]).stop()
    for name, value in (("role:head_of_cs", "bob@boss.example"), ("role:account_executive", "BOB@boss.example"),
                        ("outgoing.team.week_max", str(CAP))):
        _settings(folder, name, value)
    with Mailbox() as mailbox:
        arguments = ["--smtp", mailbox.url]
        server = Server(folder + "/data", arguments=arguments, environment=environment)
        client = server.client("acme")
        _ask_for_mails(client, 0, PEOPLE)
        until("mails that wait", 20, lambda: _waiting(client))
        server.kill()
        with Server(folder + "/data", arguments=arguments, environment=environment) as server:
            client = server.client("acme")
            _ask_for_mails(client, PEOPLE, PEOPLE)
            until("every mail sent or waiting", 20, lambda: {one["state"] for one in client.all("/outbox")} <= {"sent", "queued"}
                  and all(one["detail"] for one in client.all("/outbox")))
            time.sleep(1)
            return max(_copies(mailbox).values()), len(_waiting(client))


@proof("nobody gets more mails than the cap, at however many accounts, also behind a kill")
def caps(folder):
    most, waiting = _capped(folder, None)
    assert most == CAP and waiting > 0, (most, waiting)


@proof("the planted bug “caps in memory” is found: a person gets more than the cap")
def planted_caps(folder):
    require_debug_build()
    most, _ = _capped(folder, "caps-in-memory")
    assert most > CAP, most
    print(f"          found: {most} mails instead of {CAP}")


@proof("mails wait for the end of quiet hours, and leave at once when these are taken away")
def quiet(folder):
    now = datetime.datetime.now(datetime.timezone.utc)
    # By the clock of the starter programme, which is UTC.
    hours = "-".join((now + datetime.timedelta(hours=step)).strftime("%H:00") for step in (-1, 2))
    Server(folder + "/data", arguments=["--workspace", "acme"]).stop()
    _settings(folder, "outgoing.team.quiet_hours", hours)
    with Mailbox() as mailbox, Server(folder + "/data", arguments=["--smtp", mailbox.url]) as server:
        client = server.client("acme")
        _give_notice(client)
        until("waiting mails", 20, lambda: [one for one in client.all("/outbox") if "quiet hours" in one["detail"]])
        time.sleep(1)
        assert not mailbox.mails()
        assert client.command("DELETE", "/sending/limits/team", {}).json["limits"]["team"]["quiet_hours"] is None
        until("the mails", 20, lambda: mailbox.mails())


def _posted(folder, kind):
    with Hooks() as hooks:
        arguments = ["--workspace", "acme", "--chat", hooks.url(kind), "--chat-to-loopback"]
        with Server(f"{folder}/{kind}", arguments=arguments) as server:
            _give_notice(server.client("acme"))
            until("the post", 20, lambda: hooks.posts)
        return hooks.posts[0]


@proof("a Slack channel gets blocks, a Teams channel an adaptive card")
def chat(folder):
    slack = _posted(folder, "slack")
    assert slack["blocks"] and slack["text"].startswith("Acme gave notice"), slack
    teams = _posted(folder, "teams")
    card = teams["attachments"][0]
    assert "blocks" not in teams and teams["type"] == "message", teams
    assert card["contentType"] == "application/vnd.microsoft.card.adaptive" and card["content"]["type"] == "AdaptiveCard"
    assert "Acme gave notice" in json.dumps(card["content"]["body"]), card


if __name__ == "__main__":
    main()
