"""Backups taken while events pour in, restored and held against what was acknowledged; kills in the middle of one; damage;
and the fence behind which a restored server sends nothing until somebody says so."""
import glob
import json
import os
import sqlite3
import time

from exactly_once import check_counts, counts
from load import WORKSPACE, Load, batch, make_accounts, make_programme
from post_office import Mailbox
from proof import main, proof
from server import Browser, Server, require_debug_build, run, until

QUIET_SECONDS = 3


def _start(data, mailbox, programme, **environment):
    arguments = ["--workspace", WORKSPACE, "--smtp", mailbox.url]
    return Server(data, arguments=arguments + (["--programme", programme] if programme else []), environment=environment)


def _told(*words, code=0, **options):
    """What a command prints as JSON; its exit code is checked."""
    found, output, errors = run(*words, "--json", **options)
    assert found == code, (words, found, output[-800:], errors[-800:])
    return json.loads(output) if output.startswith("{") else output + errors


def _refused(code, *words):
    found, output, errors = run(*words)
    assert found == 1 and code in output + errors, (words, found, output[-500:], errors[-500:])
    return output + errors


def _findings(report):
    return {one["code"]: one["what"] for one in report["findings"]}


def _send_again(client, sequences):
    """What all senders ever sent, again: the ids are the same."""
    for number, count in enumerate(sequences):
        for sequence in range(count):
            reply = client.post("/v1/events", batch(number, sequence))
            assert reply.status == 200 and not reply.json["rejected"], reply


def _settle(server, load):
    """Waits until the last acknowledged events have had their turns."""
    client = server.client(WORKSPACE)
    until("the last turns", 30, lambda: counts(client) == dict(load.acknowledged), pause=0.5)


class Backups:
    """A server under load, and the backups that were taken of it."""

    def __init__(self, folder, mailbox):
        self.folder, self.mailbox = folder, mailbox
        make_programme(folder)
        self.server = _start(folder + "/data", mailbox, folder + "/programme")
        make_accounts(self.server.client(WORKSPACE))

    def take(self, name, *arguments, **options):
        return _told("backup", "--data", self.folder + "/data", "--to", f"{self.folder}/{name}", *arguments, **options)


@proof("a backup under load holds what was acknowledged before it began; restored, nothing is missing and nothing counts twice")
def under_load(folder):
    with Mailbox() as mailbox:
        backups, taken = Backups(folder, mailbox), []
        with Load(backups.server) as load:
            for number in range(4):
                time.sleep(1.5)
                before, total = dict(load.acknowledged), load.total
                began = time.monotonic()
                backups.take(f"backup-{number}")
                taken.append((before, total, load.total, time.monotonic() - began))
            load.stop()
        _settle(backups.server, load)
        backups.server.stop()
        for number, (before, total, after, seconds) in enumerate(taken):
            _check_restored(folder, number, before, load, mailbox)
            print(f"          backup {number}: {total} events acknowledged before it, {after - total} more in its "
                  f"{seconds:.1f} s")
        assert all(after > total for _, total, after, _ in taken), "the server was starved"


def _check_restored(folder, number, before, load, mailbox):
    data = f"{folder}/restored-{number}"
    report = _told("restore", f"{folder}/backup-{number}", "--data", data)
    assert report["ok"] and "replay" in _findings(report), report
    with _start(data, mailbox, None) as server:
        client = server.client(WORKSPACE)
        held = counts(client)
        missing = {name: (held[name], before[name]) for name in before if held[name] < before[name]}
        assert not missing, f"acknowledged before the backup and not in it: {missing}"
        most = dict(load.acknowledged)
        assert all(held[name] <= most[name] for name in held), "more than was ever sent"
        _send_again(client, load.sequences)
        _settle(server, load)


@proof("a restored folder comes to the very decisions and account states of the one it was taken of")
def same_states(folder):
    with Mailbox() as mailbox:
        backups = Backups(folder, mailbox)
        with Load(backups.server) as load:
            time.sleep(3)
            load.stop()
        _settle(backups.server, load)
        scores = _scores(backups.server)
        backups.take("backup")
        backups.server.stop()
        _told("restore", folder + "/backup", "--data", folder + "/restored")
        found = {name: _findings(_told("verify", f"{folder}/{name}")) for name in ("backup", "data", "restored")}
        states = {name: one["replay"].split("states ")[1] for name, one in found.items()}
        decisions = {name: one["position"].split("decisions ")[1] for name, one in found.items()}
        assert states["backup"] == states["restored"] and decisions["backup"] == decisions["restored"], found
        assert decisions["data"] == decisions["backup"], decisions
        with _start(folder + "/restored", mailbox, None) as server:
            assert _scores(server) == scores
    print(f"          states {states['restored']}, decisions {decisions['restored']}")


def _scores(server):
    client = server.client(WORKSPACE)
    return {one["external_id"]: (one["score"], counts(client)[one["external_id"]]) for one in client.all("/accounts")}


@proof("a server that was stopped, or killed, is backed up as it lies there")
def without_server(folder):
    with Mailbox() as mailbox:
        backups = Backups(folder, mailbox)
        with Load(backups.server) as load:
            time.sleep(1)
            load.stop()
        backups.server.kill()
        backups.take("killed")
        with _start(folder + "/data", mailbox, None) as server:
            check_counts(server.client(WORKSPACE), load)
        backups.take("stopped")
        for name in ("killed", "stopped"):
            assert "replay" in _findings(_told("verify", f"{folder}/{name}"))


@proof("kill -9 in the middle of a backup leaves nothing that looks like one, and the next of that name is whole")
def killed_backup(folder):
    require_debug_build()
    with Mailbox() as mailbox:
        backups = Backups(folder, mailbox)
        for place in ("backup.store-copied", "backup.workspace-copied", "backup.named"):
            code, _, errors = run("backup", "--data", folder + "/data", "--to", folder + "/backup",
                                  env=os.environ | {"TENURE_FAULT": place + ":1"})
            assert code == -9 and f"killed at {place}" in errors, (code, errors)
            assert not os.path.exists(folder + "/backup")
            _refused("backup-unfinished", "verify", folder + "/backup.unfinished")
            _refused("backup-unfinished", "restore", folder + "/backup.unfinished", "--data", folder + "/restored")
        backups.take("backup")
        assert not os.path.exists(folder + "/backup.unfinished")
        _told("verify", folder + "/backup")
        code, _, errors = run("restore", folder + "/backup", "--data", folder + "/restored",
                              env=os.environ | {"TENURE_FAULT": "restore.named:1"})
        assert code == -9 and not os.path.exists(folder + "/restored"), (code, errors)
        _told("restore", folder + "/backup", "--data", folder + "/restored")
        backups.server.stop()


@proof("whatever is changed in a backup is found, and nothing is restored of it")
def damaged(folder):
    with Mailbox() as mailbox:
        backups = Backups(folder, mailbox)
        backups.take("backup")
        backups.server.stop()
    paths = sorted(path for path in glob.glob(folder + "/backup/**", recursive=True) if os.path.isfile(path))
    for path in paths:
        with open(path, "rb") as file:
            sound = file.read()
        for place in {0, len(sound) // 2, len(sound) - 1}:
            with open(path, "wb") as file:
                file.write(sound[:place] + bytes([sound[place] ^ 4]) + sound[place + 1:])
            _refused("backup-corrupt", "verify", "--quick", folder + "/backup")
            _refused("backup-corrupt", "restore", folder + "/backup", "--data", folder + "/restored")
        os.remove(path)
        _refused("not-a-backup" if path.endswith("manifest.json") else "backup-corrupt", "restore", folder + "/backup",
                 "--data", folder + "/restored")
        with open(path, "wb") as file:
            file.write(sound)
    with open(folder + "/backup/more", "w"):
        pass
    _refused("backup-corrupt", "verify", folder + "/backup")
    os.remove(folder + "/backup/more")
    assert not os.path.exists(folder + "/restored")
    _told("restore", folder + "/backup", "--data", folder + "/restored")
    print(f"          {len(paths)} files, each damaged in three places and taken away")


@proof("nothing is written over what is there, and everything is for its owner alone")
def nothing_overwritten(folder):
    with Mailbox() as mailbox:
        backups = Backups(folder, mailbox)
        os.umask(0o022)
        backups.take("backup")
        _refused("folder-exists", "backup", "--data", folder + "/data", "--to", folder + "/backup")
        _refused("folder-exists", "restore", folder + "/backup", "--data", folder + "/data")
        _refused("no-data", "backup", "--data", folder + "/nowhere", "--to", folder + "/other")
        assert "data-in-use" in _refused("data-in-use", "verify", folder + "/data")
        backups.server.stop()
    os.mkdir(folder + "/restored")
    _told("restore", folder + "/backup", "--data", folder + "/restored")
    for name in ("backup", "restored"):
        paths = glob.glob(f"{folder}/{name}/**", recursive=True)
        assert [path for path in paths if os.stat(path).st_mode & 0o077] == []
    held = {os.path.relpath(path, folder + "/backup") for path in glob.glob(folder + "/backup/**", recursive=True)}
    assert "secret.key" in held and "keys.json" not in held and "mail" not in held, held


@proof("a data folder whose secret is another's, or whose saved accounts were changed, is told by verify")
def wrong_folder(folder):
    with Mailbox() as mailbox:
        backups = Backups(folder, mailbox)
        backups.server.stop()
    with open(folder + "/data/secret.key", "rb") as file:
        secret = file.read()
    with open(folder + "/data/secret.key", "wb") as file:
        file.write(bytes(32))
    assert "backup-key" in _findings(_told("verify", folder + "/data", code=1))
    with open(folder + "/data/secret.key", "wb") as file:
        file.write(secret)
    assert "replay" in _findings(_told("verify", folder + "/data"))


# MARK: The fence

def _notice(client, name):
    """A play starts, and messages to the account's people are queued."""
    reply = client.command("POST", f"/accounts/{name}/churn-notice", {"scope": "full"})
    assert reply.status == 200, reply


def _messages(client, *states):
    return {one["key"]: one for one in client.all("/outbox") if one["state"] in states}


class Disaster:
    """A server whose last messages before the backup were queued, and sent after it; then it is gone."""

    def __init__(self, folder, mailbox):
        self.folder, self.mailbox = folder, mailbox
        backups = Backups(folder, mailbox)
        client = backups.server.client(WORKSPACE)
        _notice(client, "account-1")
        until("what was sent before", 20, lambda: mailbox.mails() and not _messages(client, "queued", "sending"))
        self.before = self._identifiers()
        mailbox.before_answer = lambda message: False  # Not now: they wait for their next try.
        _notice(client, "account-2")
        until("what waits", 20, lambda: _messages(client, "queued"))
        time.sleep(0.5)
        backups.take("backup")
        mailbox.before_answer = None
        until("what was sent after", 30, lambda: len(self._identifiers()) > len(self.before)
              and not _messages(client, "queued", "sending"))
        self.between = self._identifiers() - self.before
        backups.server.kill()

    def _identifiers(self):
        return {mail[2]["Message-ID"] for mail in self.mailbox.mails()}

    def restore(self, name, **environment):
        _told("restore", self.folder + "/backup", "--data", f"{self.folder}/{name}", "--quick")
        self.mailbox.kept.clear()
        return _start(f"{self.folder}/{name}", self.mailbox, None, **environment)

    def arrived(self):
        return self._identifiers()


def _resume(folder, name, *arguments, code=0):
    return _told("resume-effects", "--data", f"{folder}/{name}", "--workspace", WORKSPACE, *arguments, code=code)


@proof("a restored server sends nothing while it takes facts in and concludes, and says so everywhere")
def fenced(folder):
    with Mailbox() as mailbox:
        disaster = Disaster(folder, mailbox)
        with disaster.restore("restored") as server:
            client = server.client(WORKSPACE)
            _notice(client, "account-3")
            until("new messages", 20, lambda: len(_messages(client, "queued")) > len(disaster.between))
            time.sleep(QUIET_SECONDS)
            assert not disaster.arrived(), disaster.arrived()
            waiting = _resume(folder, "restored")
            assert waiting["fenced"] and waiting["waiting"]["older"] == len(disaster.between), waiting
            assert waiting["waiting"]["newer"] > 0, waiting
            ready = client.call("GET", "/health/ready").json
            assert ready["workspaces"][0]["effects"] == "fenced", ready
            assert 'tenure_effects_fenced{workspace="acme"} 1' in client.call("GET", "/metrics").text
            assert "Nothing is sent" in Browser(server).page("/").text
            assert "nothing is sent" in server.stderr()
            assert "effects-fenced" in run("doctor", "--data", folder + "/restored", "--listen", "127.0.0.1:0")[1]
        assert _told("stats", "--data", folder + "/restored")["effects_fenced"]
        print(f"          {len(disaster.before)} messages before the backup, {len(disaster.between)} after it")


def _prove_choice(choice, arguments, expected):
    @proof(f"after {choice} exactly what was chosen leaves, and what is decided from then on")
    def chosen(folder):
        with Mailbox() as mailbox:
            disaster = Disaster(folder, mailbox)
            listed = folder + "/sent.txt"
            with open(listed, "w") as file:
                file.write("\n".join(disaster.between) + "\n")
            with disaster.restore("restored") as server:
                client = server.client(WORKSPACE)
                _notice(client, "account-3")
                until("new messages", 20, lambda: len(_messages(client, "queued")) > len(disaster.between))
                new = {one for one in _waiting(folder) if one not in disaster.between}
                words = [listed if word == "LISTED" else word for word in arguments]
                _resume(folder, "restored", "--by", "ana", *words)
                wanted = set().union(*({"between": disaster.between, "new": new}[one] for one in expected))
                until(f"{len(wanted)} messages", 20, lambda: disaster.arrived() == wanted)
                time.sleep(QUIET_SECONDS)
                assert disaster.arrived() == wanted
                assert not _messages(client, "queued", "sending")
                _notice(client, "account-4")
                until("a message decided since", 20, lambda: disaster.arrived() > wanted)
                assert not disaster.arrived() & disaster.before
                copies = [mail[2]["Message-ID"] for mail in mailbox.mails()]
                assert len(copies) == len(set(copies)), "something left twice"
                _resume(folder, "restored", "--by", "ana", *words, code=1)
            print(f"          {len(disaster.between)} that the original sent, {len(new)} new: {len(wanted)} left")


def _waiting(folder):
    """Message-IDs, read from the store beside the server."""
    store = sqlite3.connect(f"file:{folder}/restored/workspaces/{WORKSPACE}/store.sqlite?mode=ro", uri=True)
    rows = store.execute("SELECT message_id FROM outbox WHERE state = 'queued' AND channel = 'mail'").fetchall()
    store.close()
    return {row[0] for row in rows}


_prove_choice("withhold", ["--waiting", "withhold"], [])
_prove_choice("send-new", ["--waiting", "send-new"], ["new"])
_prove_choice("send-all", ["--waiting", "send-all"], ["between", "new"])
_prove_choice("send-all with a list of what was sent", ["--waiting", "send-all", "--sent-already", "LISTED"], ["new"])


@proof("the fence is released beside a stopped server as well, and what it would have decided meanwhile is withheld too")
def released_offline(folder):
    with Mailbox() as mailbox:
        disaster = Disaster(folder, mailbox)
        disaster.restore("restored").stop()
        assert "no-fence" in run("resume-effects", "--data", folder + "/data", "--by", "a", "--waiting", "withhold")[2]
        told = _resume(folder, "restored", "--by", "ana", "--waiting", "withhold")
        assert told["withheld"] == len(disaster.between), told
        with _start(folder + "/restored", mailbox, None) as server:
            time.sleep(QUIET_SECONDS)
            assert not disaster.arrived()
            assert server.client(WORKSPACE).call("GET", "/health/ready").json["workspaces"][0]["effects"] == "open"


# MARK: Bugs on purpose

@proof("the planted bug “no effects fence” is found: messages leave a second time")
def planted_fence(folder):
    require_debug_build()
    with Mailbox() as mailbox:
        disaster = Disaster(folder, mailbox)
        with disaster.restore("restored", TENURE_PLANT="no-effects-fence"):
            until("a message that should not leave", 20, lambda: disaster.arrived() & disaster.between)
        print(f"          found: {len(disaster.arrived() & disaster.between)} messages came twice")


@proof("the planted bug “log before store” is found: the copied store is ahead of its log")
def planted_order(folder):
    require_debug_build()
    with Mailbox() as mailbox:
        backups = Backups(folder, mailbox)
        with Load(backups.server) as load:
            time.sleep(1)
            for number in range(10):
                backups.take(f"backup-{number}", env=os.environ | {"TENURE_PLANT": "log-before-store"})
                code, output, _ = run("verify", "--quick", f"{folder}/backup-{number}")
                if code == 1:
                    break
            load.stop()
        backups.server.stop()
    assert code == 1 and "store-ahead-of-log" in output, (code, output)
    print(f"          found in backup {number + 1}")


if __name__ == "__main__":
    main()
