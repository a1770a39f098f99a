"""The machine that a figure comes from, and how busy it was with other things."""
import os
import platform
import re


def _first(path, pattern):
    try:
        with open(path) as file:
            found = re.search(pattern, file.read())
    except OSError:
        return None
    return found.group(1).strip() if found else None


def machine():
    kib = _first("/proc/meminfo", r"MemTotal:\s+(\d+)")
    return {
        "processor": _first("/proc/cpuinfo", r"model name\s*:\s*(.+)") or platform.machine(),
        "cores": os.cpu_count(), "memory_gib": round(int(kib) / 2 ** 20, 1) if kib else None,
        "system": _first("/etc/os-release", r'PRETTY_NAME="([^"]+)"') or platform.system(),
        "kernel": platform.release(), "load": [round(one, 2) for one in os.getloadavg()]}
