"""What came of all checks, and the last line that says so."""
import time

SHOWN_MAX = 12


class Report:
    def __init__(self):
        self.passed, self.failed, self.skipped = 0, 0, 0
        self.started = time.monotonic()

    def count(self, name, findings):
        """One check of one thing, with what it found."""
        if not findings:
            self.passed += 1
            return
        self.failed += 1
        print(f"  FAILED  {name}", flush=True)
        for one in findings[:SHOWN_MAX]:
            print(f"          {one}", flush=True)
        if len(findings) > SHOWN_MAX:
            print(f"          and {len(findings) - SHOWN_MAX} more", flush=True)

    def say(self, text):
        print(f"{time.monotonic() - self.started:6.1f} s  {text}", flush=True)

    def skip(self, name, reason):
        self.skipped += 1
        print(f"  SKIPPED {name}\n          NOT PROVED HERE: {reason}", flush=True)

    def end(self):
        """Prints the tally; the exit code."""
        if self.skipped:
            print(f"{self.skipped} skipped")
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        return 1 if self.failed or self.passed + self.skipped == 0 else 0
