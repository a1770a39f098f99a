"""A filesystem of a few MiB that can be filled to its last byte and freed again."""
import os
import subprocess

from mounted_disk import run_as_root

MIB = 1024 * 1024
FILLER = "filler"


class SmallDisk:
    """Mounted once the constructor returns: `tmpfs`, or ext4 with blocks of the given size in a file."""

    def __init__(self, folder, mib, block=None):
        self.path = folder + "/disk"
        os.mkdir(self.path)
        if block is None:
            run_as_root("mount", "-t", "tmpfs", "-o", f"size={mib}m,mode=0755", "tenure-proof", self.path)
            return
        image = folder + "/disk.img"
        with open(image, "wb") as file:
            file.truncate(mib * MIB)
        run_as_root("mkfs.ext4", "-q", "-F", "-m", "0", "-b", str(block), image)
        run_as_root("mount", "-o", "loop", image, self.path)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run(["umount", "-l", self.path], check=False)

    @property
    def free(self):
        state = os.statvfs(self.path)
        return state.f_bavail * state.f_frsize

    def fill(self, leave=0):
        """Takes what is free, but for the bytes to leave."""
        with open(f"{self.path}/{FILLER}", "ab", buffering=0) as file:
            size = MIB
            while size:
                part = min(size, self.free - leave) if leave else size
                if part <= 0:
                    break
                try:
                    file.write(bytes(part))
                except OSError:
                    size //= 2
            os.fsync(file.fileno())

    def make_room(self):
        os.remove(f"{self.path}/{FILLER}")
