"""A programme of one's own: asked on a terminal, from a file or from flags; what is wrong is asked again or refused, and
nothing that is there is touched."""
import json
import os
import pty
import subprocess

from proof import main, proof
from server import BINARY, run

QUESTIONS = 14


def _asked(folder, name, text):
    """The answers as lines of standard input, each question taking one; the exit code and all that was said."""
    done = subprocess.run(
        [BINARY, "new", os.path.join(folder, name)], input=text, capture_output=True, text=True, timeout=300)
    return done.returncode, done.stdout + done.stderr


def _passes(path):
    code, output, errors = run("check", path)
    assert code == 0 and ", 0 failed" in output, (output[-500:], errors[-500:])
    return output


@proof("enter alone fourteen times makes a programme that passes its tests")
def defaults(folder):
    code, said = _asked(folder, "mine", "\n" * QUESTIONS)
    assert code == 0 and f"{QUESTIONS}/{QUESTIONS}" in said, said
    _passes(folder + "/mine")


@proof("a wrong answer is asked again, with what would be right")
def asked_again(folder):
    code, said = _asked(folder, "mine", "Globex\nseatz\nflat\n" + "\n" * (QUESTIONS - 2))
    assert code == 0 and "Please write one of `seats`, `flat` or `usage`. Did you mean `seats`?" in said, said
    with open(folder + "/mine/programme.yaml") as file:
        text = file.read()
    assert "id: globex" in text and "expected_users" in text, text
    _passes(folder + "/mine")


@proof("when the input ends, that is said and nothing is written")
def input_ends(folder):
    for text in ("", "Globex\n", "Globex\nseats\nA, B"):
        code, said = _asked(folder, "mine", text)
        assert code == 1 and "input-ended" in said and "--defaults" in said, said
        assert os.listdir(folder) == [], os.listdir(folder)


@proof("on a terminal the question stands there before its answer is waited for")
def terminal(folder):
    leader, follower = pty.openpty()
    process = subprocess.Popen([BINARY, "new", folder + "/mine"], stdin=follower, stdout=follower, stderr=follower)
    os.close(follower)
    said = ""
    while "[Acme]" not in said:
        said += os.read(leader, 1000).decode()
    os.write(leader, b"\x04")
    assert process.wait(timeout=60) == 1
    os.close(leader)


@proof("what is there already is left as it is")
def never_overwrites(folder):
    for make in (lambda path: os.mkdir(path), lambda path: open(path, "w").close()):
        path = os.path.join(folder, str(len(os.listdir(folder))))
        make(path)
        before = os.stat(path).st_mtime_ns
        code, output, errors = run("new", path, "--defaults")
        assert code == 1 and "folder-exists" in errors, (output, errors)
        assert os.stat(path).st_mtime_ns == before


@proof("a file of answers is taken, and each wrong line in it is named")
def answers(folder):
    path = folder + "/answers.yaml"
    with open(path, "w") as file:
        file.write("nam: Acme\nreach: 50\ntiers: [Free, Free]\n")
    code, output, errors = run("new", folder + "/mine", "--answers", path)
    assert code == 1 and not os.path.exists(folder + "/mine"), (output, errors)
    for words in (":1: nobody asks `nam`; did you mean `name`?", ":2: `reach`: Please write one of", ":3: `tiers`: `Free` is there twice"):
        assert words in errors, (words, errors)
    with open(path, "w") as file:
        file.write("name: Acme\nreach: 60\nsells: usage\nrenewals: same\ntime_zone: Europe/Rome\nfeatures: [A, B, C, D, E, F]\n")
    code, output, errors = run("new", folder + "/mine", "--answers", path, "--renewal-days", "80")
    assert code == 0, (output, errors)
    assert "units_falling" in open(folder + "/mine/signals.yaml").read()
    assert "Renewal in 80 days" in open(folder + "/mine/signals.yaml").read()
    _passes(folder + "/mine")


@proof("editors find the schema that the settings name")
def settings(folder):
    code, output, errors = run("new", folder + "/mine", "--defaults")
    assert code == 0, (output, errors)
    with open(folder + "/mine/.vscode/settings.json") as file:
        (schema, patterns), = json.load(file)["yaml.schemas"].items()
    with open(os.path.join(folder, "mine", schema)) as file:
        sections = json.load(file)["properties"]
    assert "signals" in sections and patterns == ["*.yaml", "tests/*.yaml"]
    code, output, errors = run("schema", "file")
    assert json.loads(output)["properties"] == sections


if __name__ == "__main__":
    main()
