"""A control group of one's own around a process and its children: the peak of its memory and its processor time.

Works with version 1 (a folder in each hierarchy) and 2, below the group that this process is in. Where that is not
allowed, what the kernel tells of the process itself has to do."""
import contextlib
import os
import threading
import time

from tools import say


def _own_groups():
    """Folder of this process's group by controller; `""` is version 2."""
    groups = {}
    with open("/proc/self/cgroup") as file:
        for line in file:
            _, controllers, path = line.rstrip("\n").split(":", 2)
            for name in controllers.split(","):
                groups[name] = path
    return groups


def _folders(name):
    own = _own_groups()
    found = []
    for controller in ("memory", "cpuacct"):
        base = f"/sys/fs/cgroup/{controller}{own[controller]}" if controller in own else None
        if base and os.access(base, os.W_OK):
            found.append(os.path.join(base, name))
    if not found and "" in own and os.access("/sys/fs/cgroup" + own[""], os.W_OK):
        found.append(os.path.join("/sys/fs/cgroup" + own[""], name))
    return found


class Group:
    """Use `with`; what is started inside `entered()` belongs to it, children and all. With a limit, pages of files are given
    back where there is no more room, and a process that needs more than that is ended by the kernel."""

    def __init__(self, name, limit_mb=None):
        self.folders, self.anonymous_peak = _folders(f"tenure-{name}-{os.getpid()}"), 0
        self.limit_mb = limit_mb
        self._ended = threading.Event()

    def __enter__(self):
        try:
            for folder in self.folders:
                os.makedirs(folder, exist_ok=True)
                self._limit(folder)
        except OSError as error:
            say(f"no control group ({error}): memory is the process's own peak")
            self.folders = []
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def _limit(self, folder):
        for name in ("memory.limit_in_bytes", "memory.max"):
            path = os.path.join(folder, name)
            if self.limit_mb and os.path.exists(path):
                with open(path, "w") as file:
                    file.write(str(self.limit_mb * 1_000_000))

    def __exit__(self, *_):
        self._ended.set()
        self._thread.join()
        for folder in self.folders:
            for _ in range(50):
                with contextlib.suppress(OSError):
                    os.rmdir(folder)
                    break
                time.sleep(0.1)

    @contextlib.contextmanager
    def entered(self):
        """This process moves in for a moment, so that what it starts is born inside."""
        homes = [os.path.dirname(folder) for folder in self.folders]
        try:
            self._move(self.folders)
            yield
        finally:
            self._move(homes)

    @staticmethod
    def _move(folders):
        for folder in folders:
            with open(os.path.join(folder, "cgroup.procs"), "w") as file:
                file.write(str(os.getpid()))

    def _read(self, name):
        for folder in self.folders:
            with contextlib.suppress(OSError):
                with open(os.path.join(folder, name)) as file:
                    return file.read()
        return None

    def memory_peak(self):
        """Bytes, pages of files included; None: not told."""
        text = self._read("memory.max_usage_in_bytes") or self._read("memory.peak")
        return int(text) if text else None

    def processor_seconds(self):
        text = self._read("cpuacct.usage")
        if text:
            return int(text) / 1e9
        text = self._read("cpu.stat")
        return int(dict(line.split() for line in text.splitlines())["usage_usec"]) / 1e6 if text else None

    def _watch(self):
        """Without pages of files, which the kernel takes back when it needs them."""
        while not self._ended.wait(0.02):
            text = self._read("memory.stat")
            if text:
                values = dict(line.split() for line in text.splitlines())
                self.anonymous_peak = max(self.anonymous_peak, int(values.get("total_rss", values.get("anon", 0))))
