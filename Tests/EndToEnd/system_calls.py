"""System calls of a running process, as strace sees them."""
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time

from proof import Skipped


class SystemCalls:
    """Use `with`: the calls of these names by all threads of the process until the end."""

    def __init__(self, pid, names):
        if not shutil.which("strace"):
            raise Skipped("strace is not installed")
        self._file = tempfile.NamedTemporaryFile(prefix="tenure-calls-")
        self._process = subprocess.Popen(
            ["strace", "-f", "-e", f"trace={names}", "-e", "signal=none", "-o", self._file.name, "-p", str(pid)],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self._pid, self.lines = pid, []

    def __enter__(self):
        deadline = time.monotonic() + 10
        while not self._is_attached():
            if self._process.poll() is not None:
                raise Skipped(f"strace may not look at a process here: {self._process.stderr.read().strip()}")
            assert time.monotonic() < deadline, "strace does not attach"
            time.sleep(0.02)
        return self

    def _is_attached(self):
        """To every thread."""
        for thread in os.listdir(f"/proc/{self._pid}/task"):
            with open(f"/proc/{self._pid}/task/{thread}/status") as file:
                if re.search(r"^TracerPid:\t0$", file.read(), re.M):
                    return False
        return True

    def __exit__(self, *_):
        self._process.send_signal(signal.SIGINT)
        self._process.wait(10)
        with open(self._file.name) as file:
            self.lines = [line for line in file if re.search(r"\w+\(.*\) += |<\.\.\. \w+ resumed", line)]

    @property
    def count(self):
        """Of calls that came to their end."""
        return len(self.lines)
