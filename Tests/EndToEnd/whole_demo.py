"""The whole demo, as a newcomer starts it: six workspaces with a year behind them, and the same ones after a restart.
Prints the seconds until each is ready."""
import time

import server
from proof import main, proof
from server import Server

# A year is lived through on whatever machine this is; the time is printed, not judged.
server.READY_SECONDS_MAX = 1200
ACCOUNTS = {"starter": 600, "auterity": 150, "claresia": 150, "credlink": 150, "csos": 150, "maestro": 150}


def _counts(running):
    return {slug: len(running.client(slug).all("/accounts")) for slug in running.workspaces}


@proof("the demo has six workspaces with all their accounts, before and after a restart")
def demo(folder):
    for moment in ("made", "resumed"):
        started = time.monotonic()
        running = Server(folder + "/data", command="demo")
        print(f"  {moment}: ready after {time.monotonic() - started:.1f} s", flush=True)
        assert _counts(running) == ACCOUNTS, _counts(running)
        assert running.stop() == 0, running.stderr()


if __name__ == "__main__":
    main()
