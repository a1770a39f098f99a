"""Where things are, and the C programs of the benchmarks, compiled when they are newer than what is there."""
import glob
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILD = os.path.join(ROOT, ".build", "bench")
RESULTS = os.path.join(BUILD, "results")
PROGRAMME = os.path.join(HERE, "programme")
WORKSPACE = "bench"

# The server under test is started as the end-to-end proofs start it.
sys.path.insert(0, os.path.join(ROOT, "Tests", "EndToEnd"))


def say(text):
    print(text, file=sys.stderr, flush=True)


def binary():
    """The program to measure: TENURE, or the release build of this folder."""
    path = os.environ.get("TENURE") or os.path.join(ROOT, ".build", "release", "tenure")
    if not os.access(path, os.X_OK):
        sys.exit(f"There is no {path}: build it (swift build -c release --product tenure) or name one with TENURE.")
    return path


def compiled(name):
    """The path of a C program from the folder of its name."""
    sources = sorted(glob.glob(os.path.join(HERE, name, "*.[ch]")))
    target = os.path.join(BUILD, name)
    if os.path.exists(target) and all(os.path.getmtime(one) < os.path.getmtime(target) for one in sources):
        return target
    compiler = shutil.which("clang") or shutil.which("cc")
    if not compiler:
        sys.exit("The benchmarks need a C compiler: clang, which Swift brings along, or cc.")
    os.makedirs(BUILD, exist_ok=True)
    subprocess.run([compiler, "-std=gnu17", "-D_GNU_SOURCE", "-O2", "-Wall", "-Wextra", "-o", target,
                    *[one for one in sources if one.endswith(".c")], "-lm"], check=True)
    return target


def query(name, **values):
    """A query of the folder, its {PLACES} filled."""
    with open(os.path.join(HERE, "queries", name)) as file:
        text = file.read()
    for place, value in values.items():
        text = text.replace("{" + place + "}", value)
    return text
