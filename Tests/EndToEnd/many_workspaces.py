"""A data folder of many workspaces, each made in a folder of its own under one secret and carried over, as an operator may:
opening the others before each new one would take minutes."""
import os
import shutil
from concurrent.futures import ThreadPoolExecutor

from server import Server


def start(folder, environment=None):
    return Server(folder + "/data", environment=environment)


def make(folder, names, programme):
    """`folder` gets a `data` that a server can be started on."""
    first, others = names[0], names[1:]
    _make(folder + "/data", first, programme)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda name: _add(folder, name, programme), others))


def _make(data, name, programme):
    with Server(data, arguments=["--workspace", name, "--programme", programme]):
        pass


def _add(folder, name, programme):
    data = f"{folder}/{name}"
    os.mkdir(data)
    shutil.copy(folder + "/data/secret.key", data)
    _make(data, name, programme)
    shutil.move(f"{data}/workspaces/{name}", f"{folder}/data/workspaces/{name}")
    shutil.rmtree(data)
