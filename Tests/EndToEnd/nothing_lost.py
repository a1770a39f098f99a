"""What is refused, or cannot arrive yet: a mailbox that is full for now or for good, an address that is none, events of
an account that nobody knows. Each is told, nothing else suffers, and nothing is lost that can still arrive."""
import time

from facts import batch, each, fact
from post_office import Mailbox
from proof import main, proof
from server import Server, until

ADDRESS = {"full": "full@vendor.example", "well": "well@vendor.example"}


class FullMailbox(Mailbox):
    """Answers like a server whose user has no room left, as long as `answer` says so."""

    def __init__(self, answer):
        super().__init__()
        self.answer, self.refusals = answer, []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if self.answer and address == ADDRESS["full"]:
            self.refusals.append(time.monotonic())
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 there is room"


def _serve(folder, mailbox):
    return Server(folder + "/data", arguments=["--workspace", "acme", "--smtp", mailbox.url])


def _complain(client, account, csm, contacts=(), facts=()):
    """One unhappy answer: one mail to the account's own CSM."""
    unhappy = fact("Survey Answered", survey="q1", instrument="nps", value=2, response="r1")
    client.sent("/v1/batch", batch(account, {"name": account.capitalize(), "csm": csm}, contacts, unhappy + list(facts)))


def _outbox(client, account):
    return [one for one in client.all("/outbox") if one["account"] == client.account(account)["id"]]


def _row(client, account):
    until("the message", 10, lambda: client.get("/accounts/" + account).status == 200 and _outbox(client, account))
    rows = _outbox(client, account)
    assert len(rows) == 1, rows
    return rows[0]


def _two_complaints(client):
    _complain(client, "first", ADDRESS["full"])
    _complain(client, "second", ADDRESS["well"])


def _delivered(mailbox, address):
    return [mail for mail in mailbox.mails() if mail[1] == [address]]


@proof("a mailbox that is full for now (452) gets its mail once there is room, and others get theirs at once")
def full_for_now(folder):
    with FullMailbox("452 4.2.2 Mailbox full") as mailbox, _serve(folder, mailbox) as server:
        client = server.client("acme")
        _two_complaints(client)
        until("the other's mail", 10, lambda: _delivered(mailbox, ADDRESS["well"]))
        until("a refusal", 10, lambda: _row(client, "first")["attempts"] >= 1)
        row = _row(client, "first")
        assert row["state"] == "queued" and "452" in row["detail"] and "full" in row["detail"].lower(), row
        mailbox.answer = None
        until("the mail, once there is room", 60, lambda: _row(client, "first")["state"] == "sent")
        assert len(_delivered(mailbox, ADDRESS["full"])) == 1 and len(mailbox.mails()) == 2
        assert mailbox.refusals and _row(client, "first")["attempts"] == len(mailbox.refusals) + 1


@proof("a mailbox that is full for good (552) is a failed message with the server's words, and is not tried again")
def full_for_good(folder):
    with FullMailbox("552 5.2.2 Mailbox full") as mailbox, _serve(folder, mailbox) as server:
        client = server.client("acme")
        _two_complaints(client)
        until("the other's mail", 10, lambda: _delivered(mailbox, ADDRESS["well"]))
        until("its fate", 10, lambda: _row(client, "first")["state"] == "failed")
        row = _row(client, "first")
        assert "552" in row["detail"] and row["attempts"] == 1, row
        time.sleep(8)  # Longer than the wait before a second try.
        assert len(mailbox.refusals) == 1, mailbox.refusals
        assert client.account("first")["plays"][0]["running"], "the play does not need the mail"
    with Server(folder + "/data") as server:
        row = _row(server.client("acme"), "first")
        assert row["state"] == "failed" and "552" in row["detail"], row


@proof("an address that is none is told by the outbox, and the step's other mail leaves")
def no_address(folder):
    with Mailbox() as mailbox, _serve(folder, mailbox) as server:
        client = server.client("acme")
        overdue = fact("billing.invoice", 20, invoice="I1", status="open", amount_remaining=5, due_at="2026-01-05T00:00:00Z")
        client.sent("/v1/batch", batch("acme", {"name": "Acme"}, [("billing", "billing@no_such_place")], overdue))
        until("the mail to finance", 10, lambda: _delivered(mailbox, "finance@acme.example"))
        failed = [one for one in _outbox(client, "acme") if one["state"] == "failed"]
        assert [one["template"] for one in failed] == ["payment_reminder"], failed
        assert "address" in failed[0]["detail"] and "template" not in failed[0]["detail"], failed
        assert failed[0]["attempts"] == 0 and len(mailbox.mails()) == 1


@proof("events of an account that nobody knows yet wait, and count once it appears, at their own time")
def unknown_account(folder):
    with Server(folder + "/data", arguments=["--workspace", "acme"]) as server:
        client = server.client("acme")
        calls = batch("late", {"name": "Late Ltd"}, [], each("Signed In", "device", ("a", "b"), user="u1", ago=3))
        group, events = calls["batch"][0], calls["batch"][1:]
        assert client.post("/v1/batch", {"batch": events}).json["quarantined"] == 2
        assert client.post("/v1/batch", {"batch": events}).json["quarantined"] == 0, "a repetition counts once"
        assert client.get("/accounts/late").status == 404
        server.kill()
    with Server(folder + "/data") as server:
        client = server.client("acme")
        client.sent("/v1/batch", {"batch": [group]})
        until("the account", 10, lambda: client.get("/accounts/late").status == 200)
        until("what waited", 10, lambda: _metric(client, "users.active.30d") == 1)


def _metric(client, name):
    return next(one["value"] for one in client.account("late")["metrics"] if one["id"] == name)


if __name__ == "__main__":
    main()
