"""For every play that is not running, at every account of a demo: why not. Named is the failed part of a condition with
the values it was decided on, or another reason, which is checked against what the API shows besides. Comparisons are
decided again here. The command is asked for two accounts of each workspace, as text and as JSON: it must say the same."""
import collections
import json
import operator
import re
from datetime import datetime, timezone

from business_time import instant
from proof import main, proof
from server import Server, run

SLUGS = ["starter", "claresia", "credlink", "maestro", "auterity", "csos"]
ARGUMENTS = ["--accounts", "12", "--vendor-accounts", "8", "--days", "60", "--quiet"]
COMPARISON = re.compile(r'((?:m|days_until|days_since)\("[^"]+"\)|[a-z_.0-9]+) (<=|>=|==|!=|<|>) (-?\d+(?:\.\d+)?)')
OPERATORS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne}


class Account:
    """What the API shows of an account, and what it says about its signals and plays."""

    def __init__(self, client, shown):
        self.slug, self.id, self.external = None, shown["id"], shown["external_id"]
        self.shown = client.account(self.id)
        self.told = client.get(f"/accounts/{self.id}/explanation").json
        self.open = {one["id"]: one for one in self.shown["signals"]}
        self.metrics = {f'm("{one["id"]}")': one["value"] for one in self.shown["metrics"]}

    def past(self, play):
        return [one for one in self.shown["plays"] if one["play"] == play and not one["running"]]

    def is_running(self, play):
        return any(one["play"] == play and one["running"] for one in self.shown["plays"])


class Check:
    """Counts reasons and comparisons on the way, so that a proof over nothing is seen."""

    def __init__(self):
        self.reasons, self.signal_reasons = collections.Counter(), collections.Counter()
        self.compared, self.crossed = 0, 0

    def play(self, account, play):
        assert play["running"] == account.is_running(play["id"]), play
        if play["running"]:
            return
        self.reasons[play["reason"]] += 1
        getattr(self, "_" + play["reason"].replace("-", "_"))(account, play)

    # Each reason that a play of the demo may have, by its name in the API.

    def _no_open_signal(self, account, play):
        assert play["signals"], play
        for signal in play["signals"]:
            assert signal["id"] not in account.open and not signal["open"], (signal, account.open.keys())
            self.signal(account, signal)

    def _condition_fails(self, account, play):
        assert not play["signals"] or any(one["id"] in account.open for one in play["signals"]), play
        self._missing(account, play["condition"])

    def _already_answered(self, account, play):
        last = max(instant(one["started"]) for one in account.past(play["id"]))
        opened = [instant(account.open[one["id"]]["since"]) for one in play["signals"] if one["id"] in account.open]
        assert opened and all(at <= last for at in opened), (opened, last)

    def _waiting_for_re_entry(self, account, play):
        assert account.past(play["id"]) and instant(play["until"]) > datetime.now(timezone.utc), play

    def _never_again(self, account, play):
        assert account.past(play["id"]), play

    # Signals.

    def signal(self, account, signal):
        reason, condition = signal["reason"], signal["condition"]
        self.signal_reasons[reason] += 1
        if reason in ("condition-fails", "held"):
            assert condition["holds"] == ("unknown" if reason == "held" else "fails"), signal
            return self._missing(account, condition)
        assert reason in ("waiting-for-dwell", "cooling-down", "withheld"), signal
        assert condition["holds"] == "holds" and not condition["missing"], signal
        assert reason == "withheld" or instant(signal["until"]) > datetime.now(timezone.utc), signal

    # Conditions.

    def _missing(self, account, condition):
        assert condition["holds"] != "holds" and condition["missing"], condition
        for part in condition["missing"]:
            assert part["result"] in ("fails", "unknown") and part["text"] and part["values"], part
            for value in part["values"]:
                assert value["name"] in part["text"] and value["value"], part
        for part in condition["parts"]:
            self._decide(account, part)

    def _decide(self, account, part):
        """`metric OP number` decided anew; and the metric is what the account shows, where it shows it."""
        found = COMPARISON.fullmatch(part["text"])
        if not found:
            return
        name, sign, limit = found.groups()
        value = next(one for one in part["values"] if one["name"] == name)
        if value["number"] is None:
            assert (part["result"], value["value"]) == ("unknown", "unknown"), part
        else:
            holds = OPERATORS[sign](value["number"], float(limit))
            assert part["result"] == ("holds" if holds else "fails"), part
        self.compared += 1
        shown = {"health.score": account.shown["score"], **account.metrics}
        if name in shown:
            assert shown[name] == value["number"], (name, shown[name], value)
            self.crossed += 1


def _all_accounts(server):
    for slug in SLUGS:
        client = server.client(slug)
        for shown in client.all("/accounts"):
            account = Account(client, shown)
            account.slug = slug
            yield account


def _collect(check, accounts):
    wrong = []
    for account in accounts:
        for play in account.told["plays"]:
            try:
                check.play(account, play)
            except Exception as error:  # A reason that is not known here is a difference like any other.
                wrong.append(f"{account.slug}/{account.external} {play['id']} ({play['reason']}): {error!r}")
    return wrong


def _summary(plays):
    """What must be the same from the API and from the command: reasons, and what is missing with its values."""
    return [(one["id"], one["reason"], [(signal["id"], signal["reason"], signal["condition"]["missing"])
                                        for signal in one["signals"]], (one["condition"] or {}).get("missing"))
            for one in plays]


def _ask_command(data, account, *more):
    code, output, errors = run("explain", account.external, "--data", data, "--workspace", account.slug, *more)
    assert code == 0, (code, errors[-500:])
    return output


def _check_text(data, account):
    """For people: a heading for each play, below it what failed with its values, wherever a condition is to blame."""
    blocks = {block.split()[1]: block for block in _ask_command(data, account).split("\n\n") if block.startswith("Play ")}
    assert blocks.keys() == {one["id"] for one in account.told["plays"]}, blocks.keys()
    for play in account.told["plays"]:
        block = blocks[play["id"]]
        assert (" does not run: " in block) != play["running"], block
        missing = [part for signal in play["signals"] for part in signal["condition"]["missing"]]
        if play["reason"] == "condition-fails":
            missing = play["condition"]["missing"]
        if play["reason"] in ("no-open-signal", "condition-fails"):
            for part in missing:
                mark = {"fails": "✗", "unknown": "?"}[part["result"]]
                assert f"{mark} {part['text']}   with " in block and part["values"][0]["value"] in block, (part, block)


@proof("every play of every account that does not run says why, truly, over the API and by the command")
def every_play(folder):
    data, check = folder + "/data", Check()
    with Server(data, "demo", ARGUMENTS) as server:
        accounts = list(_all_accounts(server))
    wrong = _collect(check, accounts)
    for slug in SLUGS:
        first, other = [one for one in accounts if one.slug == slug][::len(SLUGS)][:2]
        _check_text(data, first)
        for account in (first, other):
            told = json.loads(_ask_command(data, account, "--json"))
            if _summary(told["plays"]) != _summary(account.told["plays"]):
                wrong.append(f"{account.slug}/{account.external}: the command says otherwise than the API did")
    print(f"          {len(accounts)} accounts; plays not running: {dict(check.reasons.most_common())}")
    print(f"          their signals: {dict(check.signal_reasons.most_common())}; "
          f"{check.compared} comparisons decided anew, {check.crossed} of them on numbers that the account shows")
    assert check.reasons.total() > 400 and check.compared > 500 and check.crossed > 100
    assert not wrong, "\n    " + "\n    ".join(wrong[:20]) + f"\n    … {len(wrong)} in all"


if __name__ == "__main__":
    main()
