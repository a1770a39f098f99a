"""Proofs are functions; each is run by itself and its failure never hides the others."""
import shutil
import sys
import tempfile
import time
import traceback

_proofs = []


def proof(name):
    """Registers a function as a proof under a sentence that says what holds when it passes."""

    def register(function):
        _proofs.append((name, function))
        return function

    return register


class Skipped(Exception):
    """What a proof needs is not to be had here; said aloud, and never counted as passed."""


class Tally:
    def __init__(self):
        self.passed, self.failed, self.skipped = 0, [], 0

    def left_out(self, name, reason):
        self.skipped += 1
        print(f"  SKIPPED {name}\n          NOT PROVED HERE: {reason}", flush=True)

    def ok(self, name, started):
        self.passed += 1
        print(f"  ok      {name} ({time.monotonic() - started:.1f} s)", flush=True)

    def broken(self, name, error):
        self.failed.append(name)
        print(f"  FAILED  {name}\n{error}", flush=True)


def main():
    """Runs this file's proofs, those whose name contains the first argument when there is one. Exit code 1: some
    failed. The last line is `N passed, N failed`."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    tally = Tally()
    for name, function in _proofs:
        if wanted not in name:
            continue
        started = time.monotonic()
        folder = tempfile.mkdtemp(prefix="tenure-proof-")
        try:
            function(folder)
            tally.ok(name, started)
        except Skipped as reason:
            tally.left_out(name, reason)
        except Exception as error:  # Any failure is the proof's result.
            lines = traceback.format_exception(error)
            tally.broken(name, "".join(lines[-2:]).rstrip())
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"{tally.passed} passed, {len(tally.failed)} failed", flush=True)
    sys.exit(1 if tally.failed or tally.passed + tally.skipped == 0 else 0)
