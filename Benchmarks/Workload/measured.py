"""What a piece of work took."""
import os
import time
from dataclasses import dataclass


@dataclass
class Cost:
    seconds: float = 0.0
    processor_seconds: float = None
    memory_peak: int = None
    anonymous_peak: int = None
    disk: int = None
    # Of the disk, by what holds it.
    disk_by_part: dict = None

    def __str__(self):
        parts = [f"{self.seconds:.2f} s"]
        if self.processor_seconds is not None:
            parts.append(f"{self.processor_seconds:.2f} s of processor")
        if self.memory_peak:
            parts.append(f"peak {self.memory_peak / 1e6:.0f} MB with files, {self.anonymous_peak / 1e6:.0f} MB without")
        if self.disk:
            parts.append(f"{self.disk / 1e6:.1f} MB of disk")
        return ", ".join(parts)


class Watch:
    """Seconds since it was made, and processor seconds of a group."""

    def __init__(self, group):
        self.group, self.began, self.used = group, time.monotonic(), group.processor_seconds()

    def cost(self, disk=None):
        used = self.group.processor_seconds()
        return Cost(
            seconds=time.monotonic() - self.began,
            processor_seconds=None if used is None else used - self.used,
            memory_peak=self.group.memory_peak(), anonymous_peak=self.group.anonymous_peak,
            disk=None if disk is None else bytes_on_disk(disk), disk_by_part=disk and _by_part(disk))


def bytes_on_disk(folder):
    """Blocks that are taken, as `du` counts them."""
    return sum(_by_part(folder).values())


def _by_part(folder):
    """The intake log, and every other file by its name."""
    parts = {}
    for place, _, names in os.walk(folder):
        for name in names:
            part = "log" if os.path.basename(place) == "log" else name
            parts[part] = parts.get(part, 0) + os.lstat(os.path.join(place, name)).st_blocks * 512
    return parts


def forget_pages(path):
    """The next reader of the file has to go to the disk: the page cache lets go of it."""
    with open(path, "rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
