"""Leaving the demo for one's own company: its workspaces go in one step, by page or by command, with everything that is
theirs; what is one's own stays, and a crash on the way leaves nothing half."""
import os
import subprocess
import time

from proof import main, proof
from reader import Reader
from server import Client, Server, run

DEMO = ["--accounts", "20", "--vendor-accounts", "4", "--days", "20"]
SAMPLES = 6


def _folders(data):
    return sorted(os.listdir(data + "/workspaces"))


def _form(page, action):
    return next(form for form in page.forms if form.action == action)


def _found(owner):
    """A workspace of one's own beside the demo's; its page follows."""
    form = _form(owner.open("/workspaces/new"), "/workspaces/new")
    reply = owner.send(form, title="Own", programme="starter")
    assert reply.status == 303, reply


@proof("the demo's workspaces go by one form, while its customers are at work, and one's own stays")
def by_page(folder):
    data = folder + "/data"
    with Server(data, "demo", DEMO) as server:
        keys = dict(server.workspaces)
        owner = Reader(server)
        page = owner.open("/settings/sample-data")
        assert "make a workspace of your own" in page.text
        assert not [form for form in page.forms if form.action == "/settings/sample-data/removal"]
        _found(owner)
        page = owner.open("/settings/sample-data")
        assert all(f"workspaces/{slug}" in page.text for slug in keys), page.text
        form = _form(page, "/settings/sample-data/removal")
        unsure = owner.send(form)
        assert unsure.status == 422 and len(_folders(data)) == SAMPLES + 1, unsure
        reply = owner.send(form, sure="yes")
        assert reply.status == 303 and reply.headers["Location"] == "/settings", reply
        assert _folders(data) == ["own"] and not os.path.exists(data + "/discarded")
        for slug in keys:
            gone = Client(server, keys[slug])
            assert gone.get("/accounts").status == 401 and gone.post("/v1/events", []).status == 401, slug
            assert f'"{slug}"' not in open(data + "/keys.json").read()
        assert "There is no sample data here" in owner.open("/settings/sample-data").text
        # The clock, the post office and the customers of what is gone go on for nobody.
        time.sleep(3)
        assert server.is_alive and owner.open("/accounts")
        assert not [line for line in server.stderr().splitlines() if "error" in line.lower()], server.stderr()
    with Server(data) as server:
        assert list(server.workspaces) == ["own"]


@proof("the command names what goes and asks; what a crash left on the way goes with the next start")
def by_command(folder):
    data = folder + "/data"
    with Server(data, "demo", DEMO + ["--quiet"]) as server:
        _found(Reader(server))
        code, _, errors = run("remove-samples", "--data", data, "--yes")
        assert code == 1 and "data-in-use" in errors, errors
    code, output, errors = run("remove-samples", "--data", data, stdin=subprocess.DEVNULL)
    assert code == 1 and "answers-missing" in errors and "csos" in output and len(_folders(data)) == SAMPLES + 1, (output, errors)
    # A crash between the step that makes it no workspace and the removal of its files.
    os.makedirs(data + "/discarded")
    os.rename(data + "/workspaces/csos", data + "/discarded/csos")
    with Server(data) as server:
        assert "csos" not in server.workspaces and len(server.workspaces) == SAMPLES
        assert not os.path.exists(data + "/discarded")
    code, output, errors = run("remove-samples", "--data", data, "--yes")
    assert code == 0 and "starter" in output and "All 5 are gone." in output and "own" not in output.split(), (output, errors)
    assert _folders(data) == ["own"]
    code, _, errors = run("remove-samples", "--data", data, "--yes")
    assert code == 1 and "no-samples" in errors, errors
    with Server(data) as server:
        assert list(server.workspaces) == ["own"] and server.client("own").get("/accounts").status == 200


if __name__ == "__main__":
    main()
