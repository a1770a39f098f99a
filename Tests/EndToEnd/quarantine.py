"""Events that came before their account are acknowledged too: they wait, and count once when the account appears,
whatever happens to the process in between."""
import os

from load import WORKSPACE, make_programme
from proof import main, proof
from server import EndedEarly, Server, until

EARLY = [{"type": "user.session", "id": f"early-{number}", "account": "account-0", "user": "u",
          "data": {"duration_s": 1}} for number in range(7)]
ACCOUNT = {"groupId": "account-0", "userId": "u", "messageId": "made", "traits": {"name": "Late"}}


def _start(folder, **environment):
    arguments = ["--workspace", WORKSPACE, "--programme", folder + "/programme"]
    return Server(folder + "/data", arguments=arguments, environment=environment)


def _send_early(folder):
    make_programme(folder)
    with _start(folder) as server:
        assert server.client(WORKSPACE).sent("/v1/events", EARLY)["quarantined"] == len(EARLY)


def _counted(folder):
    with _start(folder) as server:
        client = server.client(WORKSPACE)
        client.sent("/v1/group", ACCOUNT)
        until("the account is there", 5, lambda: client.get("/accounts/account-0").status == 200)
        found = []
        until("the events count", 5, lambda: found.append(_count(client)) or found[-1] >= len(EARLY))
        return found[-1]


def _count(client):
    metrics = client.account("account-0")["metrics"]
    return int(next(one["value"] or 0 for one in metrics if one["id"] == "sessions.count.7d"))


@proof("events that wait for their account and are sent again after a restart count once")
def sent_again(folder):
    _send_early(folder)
    with _start(folder) as server:
        assert server.client(WORKSPACE).sent("/v1/events", EARLY)["duplicate"] == len(EARLY)
    assert _counted(folder) == len(EARLY)


def _killed_while_made(folder, place, reach):
    """Whether the process died at the place while the account was made, not before and not never."""
    try:
        server = _start(folder, TENURE_FAULT=f"{place}:{reach}")
    except EndedEarly:
        return False
    try:
        server.client(WORKSPACE).sent("/v1/group", ACCOUNT)
        until("the account is there", 5, lambda: server.client(WORKSPACE).get("/accounts/account-0").status == 200)
    except OSError:
        return server.process.wait(10) == -9  # It died under the call, as it was meant to.
    server.stop()
    return False


def _prove_kill(place, reaches):
    @proof(f"events that wait for their account survive a kill at {place} while it is made")
    def killed(folder):
        kills = 0
        for reach in reaches:
            part = f"{folder}/{reach}"
            os.mkdir(part)
            _send_early(part)
            kills += _killed_while_made(part, place, reach)
            assert _counted(part) == len(EARLY), (place, reach)
        assert kills >= 1, f"nothing was killed at {place}"
        print(f"          {place}: {kills} kills, {len(EARLY)} events counted after each", flush=True)


for one in ("log.before-write", "log.written", "log.synced"):
    _prove_kill(one, [1])
# Starting commits too, so that the account's own commits come later.
for one in ("commit.inside", "commit.done"):
    _prove_kill(one, range(1, 7))

if __name__ == "__main__":
    main()
