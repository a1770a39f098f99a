"""A machine whose wall clock stands where it is put, and on which one chosen call on a log or a store fails: a library laid
before libc in the binary under test (`machine/machine.c`), which takes orders while the process runs."""
import ctypes
import mmap
import os
import shutil
import subprocess

from proof import Skipped

SOURCES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "machine")
SYNC, WRITE, READ = range(3)
LOG, STORE = range(2)
ERROR, SHORT = 1, 2


class _Orders(ctypes.Structure):
    """As the library has them."""
    _fields_ = [(name, ctypes.c_int64) for name in ("clock_ms", "call", "files", "way", "left", "failed")] + [
        ("seen", ctypes.c_int64 * 2 * 3)]


class Machine:
    """One for all processes of a proof; `environment` is what each is started with."""

    def __init__(self, folder):
        self._library, path = built(folder, "machine"), folder + "/machine.orders"
        with open(path, "w+b") as file:
            file.truncate(mmap.PAGESIZE)
            self._orders = _Orders.from_buffer(mmap.mmap(file.fileno(), mmap.PAGESIZE))
        self.environment = {"LD_PRELOAD": self._library, "TENURE_MACHINE": path}

    def step_clock(self, seconds):
        """From where it stands."""
        self._orders.clock_ms += int(seconds * 1000)

    @property
    def clock_seconds(self):
        """That the wall clock is ahead of this process's."""
        return self._orders.clock_ms / 1000

    def fail(self, call, files, number, way=ERROR):
        """The call of this number on such files from now on, and no other."""
        self._orders.left = 0
        self._orders.call, self._orders.way, self._orders.failed = call, way, 0
        self._orders.files = sum(1 << file for file in files)
        self._orders.left = number

    def heal(self):
        self._orders.left = 0

    @property
    def has_failed(self):
        return self._orders.failed > 0

    def seen(self, call, files):
        """Calls so far, of all processes."""
        return sum(self._orders.seen[call][file] for file in files)


def built(folder, name):
    """The path of the library that one of the sources gives."""
    compiler = shutil.which("clang") or shutil.which("cc")
    if not compiler:
        raise Skipped("needs a C compiler: clang, which Swift brings along, or cc")
    library = f"{folder}/{name}.so"
    line = [compiler, "-std=gnu17", "-D_GNU_SOURCE", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", library, f"{SOURCES}/{name}.c"]
    done = subprocess.run([*line, "-ldl"], capture_output=True, text=True)
    if done.returncode != 0:
        raise Skipped(f"the library {name} does not compile here: {done.stderr[-500:]}")
    return library
