"""kill -9 at random moments under load, again and again on one data directory. What was acknowledged counts exactly
once; what was not is sent again until it is. `fault_points.py` kills at chosen places instead. KILLS says how many; SEED
repeats a run."""
import glob
import os
import random
import time

from exactly_once import Deliveries, check_counts, check_plays, counts
from load import WORKSPACE, Load, make_accounts, make_programme
from post_office import Mailbox
from proof import main, proof
from server import Server

KILLS = int(os.environ.get("KILLS", 6))
ROUND_SECONDS = (0.3, 1.5)
SEED = int(os.environ.get("SEED", random.randrange(1_000_000)))


def _start(folder, mailbox, listen="127.0.0.1:0"):
    arguments = ["--workspace", WORKSPACE, "--programme", folder + "/programme", "--smtp", mailbox.url]
    return Server(folder + "/data", arguments=arguments, listen=listen)


def _run_and_kill(folder, mailbox, deliveries, chance):
    make_programme(folder)
    server = _start(folder, mailbox)
    make_accounts(server.client(WORKSPACE))
    starts = []
    with Load(server) as load:
        for _ in range(KILLS):
            time.sleep(chance.uniform(*ROUND_SECONDS))
            server.kill()
            deliveries.note_kill()
            began = time.monotonic()
            server = load.server = _start(folder, mailbox, f"127.0.0.1:{server.port}")
            starts.append(time.monotonic() - began)
        time.sleep(1.5)
        load.stop()
    return server, load, starts


@proof(f"events acknowledged under {KILLS} kills count exactly once, and messages leave once")
def kills(folder):
    print(f"          seed {SEED}")
    with Mailbox() as mailbox:
        deliveries = Deliveries(mailbox, folder + "/data")
        server, load, starts = _run_and_kill(folder, mailbox, deliveries, random.Random(SEED))
        with server:
            client = server.client(WORKSPACE)
            counted = check_counts(client, load)
            print(f"          {KILLS} kills, {load.total} events acknowledged, {counted} counted, "
                  f"{load.repeated} requests repeated, {load.duplicates} events recognised as seen, {load.refusals} "
                  f"refused for a moment, ready again after at most {max(starts):.1f} s")
            assert counted > 1000, "too little load to prove anything"
            print(f"          mails: {deliveries.check(client)}")
            check_plays(client)
        _check_after_stop(folder, mailbox, load)


def _check_after_stop(folder, mailbox, load):
    """One polite restart more: the same numbers, and not one mail."""
    before = len(mailbox.mails())
    with _start(folder, mailbox) as server:
        assert counts(server.client(WORKSPACE)) == dict(load.acknowledged)
        time.sleep(1)
    assert len(mailbox.mails()) == before
    assert not glob.glob(folder + "/data/**/*.tmp", recursive=True)


if __name__ == "__main__":
    main()
