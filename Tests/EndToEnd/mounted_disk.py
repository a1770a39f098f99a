"""A filesystem of its own, whose power can be cut."""
import fcntl
import os
import struct
import subprocess
import time

from proof import Skipped

# `EXT4_IOC_SHUTDOWN` and `XFS_IOC_GOINGDOWN` have one number. 2: nothing that waits is written, the journal neither.
SHUTDOWN, WITHOUT_FLUSH = 0x8004587D, 2
IMAGE_BYTES = 1 << 30


def run_as_root(*command):
    """What makes and mounts a filesystem; who may not is told so, and the proof is skipped."""
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except OSError as error:
        raise Skipped(f"{command[0]} cannot be run here: {error}") from None
    if done.returncode != 0:
        raise Skipped(f"needs the right to mount a filesystem (root): {' '.join(command)}: {done.stderr.strip()}")


class MountedDisk:
    """A filesystem in a file, mounted once the constructor returns."""

    environment = {}

    def __init__(self, folder, kind):
        self.path, self.image, self.kind = folder + "/disk", folder + "/disk.img", kind
        os.mkdir(self.path)
        with open(self.image, "wb") as file:
            file.truncate(IMAGE_BYTES)
        run_as_root(*{"ext4": ["mkfs.ext4", "-q", "-F"], "xfs": ["mkfs.xfs", "-q", "-f"]}[kind], self.image)
        self._mount()

    def _mount(self):
        run_as_root("mount", "-t", self.kind, "-o", "loop", self.image, self.path)

    def shut_down(self):
        """From here on nothing reaches the file."""
        folder = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.ioctl(folder, SHUTDOWN, struct.pack("I", WITHOUT_FLUSH))
        except OSError as error:
            raise Skipped(f"{self.kind} cannot be shut down here: {error}") from None
        finally:
            os.close(folder)

    def mount_again(self):
        deadline = time.monotonic() + 10
        while subprocess.run(["umount", self.path], capture_output=True).returncode != 0:
            assert time.monotonic() < deadline, "the filesystem is held"
            time.sleep(0.05)
        self._mount()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run(["umount", "-l", self.path], check=False, capture_output=True)
