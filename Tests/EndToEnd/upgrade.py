"""Another executable starts after one that was killed: it goes on from what was recorded, concludes what was not, and from
then on compares what it concludes itself."""
import os
import shutil
import subprocess

import server
from facts import batch, fact, people
from post_office import Mailbox
from proof import main, proof
from server import Server, until

# More than one commit saves.
ACCOUNTS = [f"customer-{number}" for number in range(500)]
TAKEN_OVER = "Another build of tenure concluded last"


class Build:
    """A copy of the binary: another file, and so another build."""

    def __init__(self, folder, name):
        self.path = shutil.copy2(server.BINARY, os.path.join(folder, name))

    def start(self, folder, mailbox):
        server.BINARY, binary = self.path, server.BINARY
        try:
            return Server(folder + "/data", arguments=["--workspace", "acme", "--smtp", mailbox.url])
        finally:
            server.BINARY = binary


def _calls(account):
    """Use, errors and a complaint: a score, signals, plays and a mail."""
    facts = people("user.session", 30, duration_s=600) + fact("error.raised", count=3, code="E1")
    facts += fact("survey.answered", survey="q", instrument="nps", value=2, response="r")
    traits = {"name": account, "csm": f"{account}@vendor.example", "tier": "enterprise", "seats": 40, "arr": 40_000}
    return batch(account, traits, [], facts)["batch"]


def _requests():
    """Each account's first words; then requests of every account, whose states are more than one commit saves."""
    for start in range(0, len(ACCOUNTS), 14):
        yield [call for account in ACCOUNTS[start:start + 14] for call in _calls(account)]
    for round in range(5):
        last = [batch(account, {}, [], fact("user.session", user=f"v{round}"))["batch"][-1] for account in ACCOUNTS]
        yield [call | {"messageId": f"{call['messageId']}-{round}"} for call in last]


def _send(client, requests):
    for calls in requests:
        client.sent("/v1/batch", {"batch": calls})


def _page(client, account):
    return client.get("/accounts/" + account).json


def _standing(client):
    """Everything that is shown of every account."""
    return {account: _page(client, account) for account in ACCOUNTS}


def _messages(client):
    return sorted((row["key"], row["account"]) for row in client.all("/outbox"))


def _settled(client, count):
    until("every account", 60, lambda: all(client.get("/accounts/" + one).status == 200 for one in ACCOUNTS))
    until("every mail", 60, lambda: len(_messages(client)) >= count)


def _verified(folder):
    """The whole log lived through again, held against every decision and every saved account."""
    done = subprocess.run([server.BINARY, "verify", folder + "/data"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-800:] + done.stderr[-800:]
    return next(line.strip() for line in done.stdout.splitlines() if "recorded decisions" in line)


def _killed_with_unsaved(server, builds, requests, folder, mailbox):
    """Killed once what came last is concluded, and before another commit saves the rest; then the other build starts. On a
    busy machine batches gather, and one commit saves all: then there is nothing to take over, and more comes. The server that
    said that it took over, and its build."""
    for number, calls in enumerate(requests):
        client = server.client("acme")
        before = {one: _page(client, one) for one in ACCOUNTS[-3:]}
        _send(client, [calls])
        until("the last use", 10, lambda: all(_page(client, one) != before[one] for one in before))
        server.kill()
        build = builds[(number + 1) % 2]
        told = server.stderr().count(TAKEN_OVER)
        server = build.start(folder, mailbox)
        if server.stderr().count(TAKEN_OVER) == told + 1:
            return server, build
        assert server.stderr().count(TAKEN_OVER) == told, server.stderr()[-500:]
    raise AssertionError("every account was saved at every kill: nothing was proved")


@proof("after kill -9 another build goes on from what was recorded, says so once, and loses and doubles nothing")
def another_build(folder):
    old, new = Build(folder, "old"), Build(folder, "new")
    with Mailbox() as mailbox:
        first = old.start(folder, mailbox)
        client = first.client("acme")
        requests = list(_requests())
        _send(client, requests[:-5])
        _settled(client, len(ACCOUNTS))
        before, messages = _standing(client), _messages(client)
        assert all(one["score"] is not None and one["open_signals"] and one["running_plays"] for one in before.values()), before[ACCOUNTS[0]]
        server, build = _killed_with_unsaved(first, (old, new), requests[-5:], folder, mailbox)
        client = server.client("acme")
        # Sent again, most is known.
        _send(client, requests)
        assert _messages(client) == messages
        told = server.stderr().count(TAKEN_OVER)
        server.kill()
        server = build.start(folder, mailbox)
        # What this build concluded it compared.
        assert server.stderr().count(TAKEN_OVER) == told, server.stderr()[-500:]
        assert server.stop() == 0
        print(f"          {len(ACCOUNTS)} accounts, {len(messages)} messages; verified: {_verified(folder)}")


if __name__ == "__main__":
    main()
