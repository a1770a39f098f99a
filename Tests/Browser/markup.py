"""What the Nu HTML checker says about pages as the server sent them. One run for all of them: it is Java."""
import json
import subprocess

import tools

SECONDS_MAX = 300


def mistakes(folder):
    """Findings by the name of the file; a page without any is not among them."""
    # Paths of this many files fit into one command line.
    line = ["java", "-Xmx512m", "-jar", tools.nu(), "--format", "json", "--stdout", "--exit-zero-always", "--errors-only", str(folder)]
    done = subprocess.run(line, capture_output=True, text=True, timeout=SECONDS_MAX)
    try:
        messages = json.loads(done.stdout)["messages"]
    except (json.JSONDecodeError, KeyError):
        raise AssertionError(f"the Nu HTML checker could not run: {done.stderr[-500:]}") from None
    found = {}
    for one in messages:
        place = f"line {one.get('lastLine', '?')}: {one['message']} {one.get('extract', '').strip()[:160]!r}"
        found.setdefault(one.get("url", "").rsplit("/", 1)[-1], []).append(place)
    return found
