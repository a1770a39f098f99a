"""A disk that forgets names: a file's own flush keeps its bytes, and its name is there for certain only once its directory was
flushed. POSIX promises no more; ext4 and XFS do, so that no cut of their power shows what this one does.

A library laid before libc notes names and flushes of directories (`machine/names.c`). When the power goes, each name that was
changed since the last flush of its directory names what it named then, or what it names now, by chance."""
import os
import shutil

from preloaded import built


class ForgetfulDisk:
    """A folder with what `MountedDisk` does; processes have to be started with `environment`."""

    # Segments of a few blocks, and what the log does not flush is lost as well.
    RIG = {"TENURE_SEGMENT_BYTES": "4000", "TENURE_WAL_BYTES": "2000000", "TENURE_DISK": "lossy"}

    def __init__(self, folder, chance):
        self.path, self._notes, self._chance = folder + "/disk", folder + "/names", chance
        self.forgotten = 0
        os.mkdir(self.path)
        os.mkdir(self._notes)
        self.environment = self.RIG | {
            "LD_PRELOAD": built(folder, "names"), "TENURE_NAMES": self.path, "TENURE_NAMES_NOTES": self._notes}

    def shut_down(self):
        """The process dies with it: nothing more is written."""

    def mount_again(self):
        """In a third of all cases it was the process alone that ended: what was not flushed stays so, until the power goes."""
        if self._chance.random() < 1 / 3:
            return
        loss = self._chance.choice([0.5, 1])
        # Directories before what is in them.
        for path, held in sorted(self._unflushed().items()):
            self.forgotten += self._chance.random() < loss and self._forget(path, held)
        shutil.rmtree(self._notes)
        os.mkdir(self._notes)

    def _unflushed(self):
        """What names named when their directories were flushed last; empty: nothing."""
        unflushed = {}
        with open(self._notes + "/journal") as journal:
            for line in journal:
                what, held, path = line.removesuffix("\n").split("\t")
                if what == "name":
                    unflushed.setdefault(path, held)
                else:
                    unflushed = {name: old for name, old in unflushed.items() if os.path.dirname(name) != path}
        return unflushed

    def _forget(self, path, held):
        """Whether that makes a difference: a name that came and went leaves nothing to forget."""
        was_there = os.path.lexists(path)
        if os.path.isdir(path):
            shutil.rmtree(path)
        elif was_there:
            os.unlink(path)
        if held and os.path.isdir(os.path.dirname(path)):
            os.link(f"{self._notes}/{held}", path)
        return was_there or bool(held)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """A folder like any other."""
