"""A verdict on a past of which everything is known: what was planted is counted here by itself, day by day, and must be
what `tenure verdict` says, to the last alert."""
import csv
import json
import os
import subprocess
from fractions import Fraction
from html.parser import HTMLParser
from math import isclose, sqrt

import past_world
from past_world import COUNTED, DAYS, RULES, WATCH, day_text, planted, stretches, write
from proof import main, proof

HORIZON, LEAD, TOO_LATE, COOL_DOWN = 90, 60, 7, 14
LAST = DAYS - 1
TENURE = os.environ["TENURE"]


def tenure(*arguments, code=0):
    result = subprocess.run([TENURE, *arguments], capture_output=True, text=True, timeout=300)
    assert result.returncode == code, f"exit {result.returncode}: {result.stdout[-2000:]}{result.stderr[-2000:]}"
    return result


def verdict(folder, *arguments):
    return json.loads(tenure("verdict", folder, "--programme", folder, "--json", *arguments).stdout)


class Watched:
    """An account as the watch saw it."""

    known = {}

    @classmethod
    def of(cls, account):
        """Worked out once for each state of an account's events."""
        key = (account.id, account.notice, tuple((e.day, e.recorded, e.type) for e in account.events))
        if key not in cls.known:
            cls.known[key] = cls(account)
        return cls.known[key]

    def __init__(self, account):
        self.account, self.id = account, account.id
        self.open, known = stretches(account)
        label = None if account.notice is None else min(account.notice, account.known)
        end = LAST if account.notice is None else min(LAST, account.known - 1)
        self.notice = label if label is not None and label <= LAST else None
        self.first, self.last = max(known, WATCH), end
        self.is_watched = self.first <= self.last and not (label is not None and label < WATCH)

    def alerts(self, rules):
        """Each as (first day, last day); pauses up to the cool-down are bridged."""
        days = sorted(set().union(*[self.open[rule] for rule in rules]) if rules else [])
        alerts = []
        for day in (day for day in days if day <= self.last):
            if alerts and day - alerts[-1][1] <= COOL_DOWN:
                alerts[-1][1] = day
            else:
                alerts.append([day, day])
        return alerts

    def fate(self, alert):
        opened = alert[0]
        if opened < self.first:
            return "standing"
        if self.notice is not None:
            days = self.notice - opened
            return "too_late" if days < TOO_LATE else "hit" if days <= HORIZON else "false_alarm"
        return "false_alarm" if LAST - opened >= HORIZON else "pending"

    def outcome(self, rules):
        if self.first > self.notice - LEAD:
            return "not_judged", None
        near = [alert for alert in self.alerts(rules) if alert[1] >= self.notice - HORIZON]
        if not near:
            return "missed", None
        days = self.notice - near[0][0]
        return ("in_time" if days >= LEAD else "late" if days >= TOO_LATE else "too_late"), near[0][0]


class Expected:
    """Everything counted anew."""

    def __init__(self, accounts, rules=None):
        self.rules = COUNTED if rules is None else rules
        self.watched = [one for one in map(Watched.of, accounts) if one.is_watched]
        self.lost = [one for one in self.watched if one.notice is not None]
        self.outcomes = {one.id: one.outcome(self.rules) for one in self.lost}
        self.alerts = [(one.id, a, b, one.fate([a, b])) for one in self.watched for a, b in one.alerts(self.rules)]
        self.opened = [alert for alert in self.alerts if alert[3] != "standing"]

    def count(self, fate):
        return sum(alert[3] == fate for alert in self.alerts)

    def losses(self, outcome):
        return sum(found == outcome for found, _ in self.outcomes.values())

    def measure(self):
        settled = sum(self.count(fate) for fate in ("hit", "too_late", "false_alarm"))
        return {"flagged": self.losses("in_time"), "alerts": len(self.opened), "hits": self.count("hit"), "settled": settled}

    def by_week(self):
        weeks = [0] * ((LAST - WATCH) // 7 + 1)
        for _, opened, _, _ in self.opened:
            weeks[(opened - WATCH) // 7] += 1
        return weeks

    def chance(self):
        total = Fraction(0)
        for one in self.lost:
            if self.outcomes[one.id][0] == "not_judged":
                continue
            low, high = one.notice - HORIZON, one.notice - LEAD
            there = [w for w in self.watched if w.first <= max(low, one.first) and w.last >= high]
            standing = [w for w in there if any(a <= high and b >= low for a, b in w.alerts(self.rules))]
            total += Fraction(len(standing), len(there))
        return total

    def base_rate(self):
        right = settled = 0
        for one in self.watched:
            for day in range(one.first, one.last + 1):
                if one.notice is not None:
                    settled += 1
                    right += TOO_LATE <= one.notice - day <= HORIZON
                elif day + HORIZON <= LAST:
                    settled += 1
        return Fraction(right, settled)

    def standing_days(self):
        return sum(max(0, min(b, one.last) - max(a, one.first) + 1)
                   for one in self.watched for a, b in one.alerts(self.rules))


def wilson(part, whole):
    z, share = 1.959963984540054, part / whole
    middle = share + z * z / (2 * whole)
    spread = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    low, high = (middle - spread) / (1 + z * z / whole), (middle + spread) / (1 + z * z / whole)
    return (0 if part == 0 else low), (1 if part == whole else high)


def differences(found, expected):
    """What of a verdict is not as expected, in words."""
    wrong = []

    def same(name, one, other):
        if one != other:
            wrong.append(f"{name}: {one}, expected {other}")

    def near(name, one, other):
        if one is None or not isclose(one, other, rel_tol=1e-9, abs_tol=1e-12):
            wrong.append(f"{name}: {one}, expected {float(other)}")

    lost, work = found["lost"], found["work"]
    for row in lost["accounts"]:
        outcome, opened = expected.outcomes.get(row["account"], ("nothing", None))
        same(row["account"], (row["outcome"], row["opened"]), (outcome, None if opened is None else day_text(opened)))
    same("lost", [row["account"] for row in lost["accounts"]], sorted(expected.outcomes))
    alerts = [(a["account"], a["opened"], a["until"], a["fate"]) for a in found["alerts"]]
    for alert in set(alerts) ^ {(id, day_text(a), day_text(b), fate) for id, a, b, fate in expected.alerts}:
        wrong.append(f"alert {alert} is {'one too many' if alert in alerts else 'not there'}")
    same("alerts", len(alerts), len(expected.alerts))
    judged = sum(outcome != "not_judged" for outcome, _ in expected.outcomes.values())
    flagged = expected.losses("in_time")
    same("flagged", (lost["flagged"]["part"], lost["flagged"]["whole"]), (flagged, judged))
    if judged:
        low, high = wilson(flagged, judged)
        near("flagged, low", lost["flagged"]["low"], low)
        near("flagged, high", lost["flagged"]["high"], high)
    for name in ("late", "too_late", "missed", "not_judged"):
        same(name, lost[name], expected.losses(name))
    near("by chance", lost["flagged_by_chance"], expected.chance())
    leads = sorted(one.notice - expected.outcomes[one.id][1] for one in expected.lost
                   if expected.outcomes[one.id][0] in ("in_time", "late"))
    if leads:
        near("median lead", lost["median_lead_days"], (leads[(len(leads) - 1) // 2] + leads[len(leads) // 2]) / 2)
    arr = sum(one.account.arr for one in expected.lost if expected.outcomes[one.id][0] == "in_time")
    same("revenue flagged", lost["arr_flagged"] or 0, arr)
    same("work", work["alerts"], len(expected.opened))
    same("by week", work["by_week"], expected.by_week())
    near("per week", work["per_week"], len(expected.opened) / ((LAST - WATCH + 1) / 7))
    same("owners", work["owners"], len({one.account.owner for one in expected.watched}))
    near("standing", work["standing_mean"], expected.standing_days() / (LAST - WATCH + 1))
    for name, fate in (("hits", "hit"), ("too_late", "too_late"), ("false_alarms", "false_alarm"),
                       ("pending", "pending"), ("standing", "standing")):
        same(name, work[name], expected.count(fate))
    near("base rate", work["base_rate"], expected.base_rate())
    return wrong


def check(found, accounts, counted=None):
    expected = Expected(accounts, counted)
    wrong = differences(found, expected)
    assert not wrong, "\n".join(wrong[:20])
    for row in found["rules"]:
        alone = Expected(accounts, [row["rule"]]).measure()
        assert row["alone"] == alone, (row, alone)
        if row["counted"]:
            others = [rule for rule in expected.rules if rule != row["rule"]]
            changed = Expected(accounts, others).measure()
        else:
            changed = Expected(accounts, expected.rules + [row["rule"]]).measure()
        assert row["without" if row["counted"] else "with"] == changed, (row, changed)
    assert [row["rule"] for row in found["rules"]] == RULES, found["rules"]
    return expected


@proof("flagged, missed, alerts, work and what each rule adds are exactly what was planted")
def planted_past(folder):
    accounts = planted()
    write(folder, accounts)
    said = verdict(folder)
    expected = check(said, accounts)
    by_design = {a.id: a.kind for a in accounts if a.kind in ("in_time", "late", "too_late", "missed", "not_judged")}
    found = {id: expected.outcomes[id][0] for id in by_design}
    assert found == by_design, {id: (by_design[id], found[id]) for id in found if found[id] != by_design[id]}
    assert expected.count("standing") > 0 and expected.count("pending") > 0 and expected.count("false_alarm") > 4
    outside = {row["reason"]: row["accounts"] for row in said["outside"]}
    assert outside == {"gave notice before the watch": [a.id for a in accounts if a.kind == "before"],
                       "gave notice after the watch; counted as staying": [a.id for a in accounts if a.kind == "after"]}, outside
    check(verdict(folder, "--alert", "thin", "--alert", "band:weak"), accounts, ["thin", "band:weak"])


@proof("a verdict that saw what was recorded afterwards would be found out")
def look_ahead(folder):
    accounts = planted()
    seen = planted()
    for account in seen:
        for event in account.events:
            event.recorded = event.day
    write(folder, seen)
    said = verdict(folder)
    wrong = differences(said, Expected(accounts))
    hindsight = [a.id for a in accounts if a.kind == "missed" and any(e.recorded > a.notice for e in a.events if e.outage)]
    assert len(hindsight) == 2 and all(any(line.startswith(id) for line in wrong) for id in hindsight), wrong
    check(verdict(folder), seen)


@proof("a past without those who left is refused, or found out")
def survivors(folder):
    accounts = planted()
    kept = [account for account in accounts if account.notice is None]
    write(folder, kept, churn=accounts)
    refused = tenure("verdict", folder, "--programme", folder, code=3).stderr
    assert "churn.csv:2: The account “a-000” is not in accounts.csv." in refused, refused
    assert "Export the accounts that left as well" in refused, refused
    write(folder, kept)
    found = verdict(folder)
    assert differences(found, Expected(accounts)), "nothing differs without the lost accounts"
    assert any("churn.csv names nobody" in gap for gap in found["gaps"]), found["gaps"]


@proof("without recorded_at the declared delay counts, by file or by system, and is said")
def declared_delay(folder):
    accounts = planted()
    write(folder, accounts, recorded=None)
    for account in accounts:
        for event in account.events:
            event.recorded = event.day + 2
        account.events = [event for event in account.events if event.recorded < DAYS]
    found = verdict(folder, "--delay", "events=2d", "--from", day_text(WATCH), "--to", day_text(LAST))
    check(found, accounts)
    assert found["terms"]["delays"] == "events 2d", found["terms"]
    assert any("when they happened plus the declared delay (events 2d)" in gap for gap in found["gaps"]), found["gaps"]
    plain = tenure("verdict", folder, "--programme", folder, "--files-only").stdout
    assert "if they reach you later, say so: --delay events=1d" in plain, plain


@proof("the order of the rows changes nothing, and two runs print the same bytes")
def order(folder):
    accounts = planted()
    write(folder, accounts)
    first = tenure("verdict", folder, "--programme", folder, "--json").stdout
    assert first == tenure("verdict", folder, "--programme", folder, "--json").stdout
    write(folder, accounts, shuffled=True)
    one, other = json.loads(first), verdict(folder)
    assert one.pop("run") != other.pop("run")
    assert one == other


def rewrite(folder, name, change):
    path = os.path.join(folder, name)
    with open(path, newline="") as file:
        rows = list(csv.reader(file))
    with open(path, "w", newline="") as file:
        csv.writer(file).writerows(change(rows))


@proof("every bad row is named with its line, its code and what to do; --skip-mistakes leaves them out")
def mistakes(folder):
    write(folder, planted())
    bad = [["nobody", "login", "2025-03-01T10:00:00Z", "u1", "x1", "", "2025-03-01T10:00:00Z"],
           ["a-001", "login", "yesterday", "u1", "x2", "", ""],
           ["a-001", "log-in", "2025-03-01T10:00:00Z", "u1", "x3", "", ""],
           ["a-001", "login", "2025-03-09T10:00:00Z", "u1", "x4", "", "2025-03-01T10:00:00Z"],
           ["a-001", "login", "2025-03-01T10:00:00Z", "u1", "x5", "", "soon"],
           ["a-001", "outage.opened", "2025-03-01T10:00:00Z", "", "x6", "", ""],
           ["a-001", "login"]]
    rewrite(folder, "events.csv", lambda rows: rows[:1] + bad + rows[1:])
    rewrite(folder, "churn.csv", lambda rows: rows + [["a-000", "2025-07-01", "", ""], ["a-021", "July", "", ""]])
    rewrite(folder, "accounts.csv", lambda rows: rows + [["a-001", "Again", "5", "ada"], ["a-900", "Odd", "much", "ada"]])
    with open(os.path.join(folder, "contracts.csv"), "w") as file:
        file.write("account,id,term_start,term_end\na-021,c-1,2025-01-01,2025-12-31\na-021,c-2,,2026-12-31\n")
    report = os.path.join(folder, "bad.txt")
    refused = tenure("verdict", folder, "--programme", folder, "--report", report, code=3).stderr
    last = len(planted()) + 1
    for line in ("events.csv:2: The account “nobody” is not in accounts.csv.", "events.csv:3: “yesterday” in the column “time”",
                 "events.csv:4: the programme knows no event type “log-in”", "events.csv:5: It was recorded at 2025-03-01T10:00:00Z, more than a day before",
                 "events.csv:6: “soon” in the column “recorded_at”", "events.csv:7: outage.opened needs the field outage",
                 "events.csv:8: has 2 cells where the header has 7", f"accounts.csv:{last + 1}: The account “a-001” was named",
                 f"accounts.csv:{last + 2}: “much” in the column “arr” is not a number", "a-000” gave notice on line 2 already", "“July” in the column “notice”",
                 "contracts.csv:3: Nothing says since when the contract was known."):
        assert line in refused, (line, refused)
    assert refused.count("[") == 12 and "12 bad rows" in refused, refused
    assert open(report).read().count("[") == 12
    found = verdict(folder, "--skip-mistakes")
    assert found["gaps"][0] == "12 bad rows were left out.", found["gaps"]
    assert not differences(found, Expected(planted()))


@proof("today's status of an account, which tells who left, is left out and named")
def hindsight_column(folder):
    accounts = planted()
    write(folder, accounts)
    with open(os.path.join(folder, "programme.yaml"), "a") as file:
        file.write("\naccount_fields:\n  - {id: status, title: Status, type: text}\n")
    text = open(os.path.join(folder, "programme.yaml")).read().replace(
        "m(\"outages\") >= 2.0'", "account.status == \"closed\"'")
    open(os.path.join(folder, "programme.yaml"), "w").write(text)
    status = {a.id: "closed" if a.notice is not None else "live" for a in accounts}
    rewrite(folder, "accounts.csv", lambda rows: [rows[0] + ["status"]] + [row + [status[row[0]]] for row in rows[1:]])
    found = verdict(folder)
    assert any(gap.startswith("status of accounts.csv was left out") for gap in found["gaps"]), found["gaps"]
    rule = next(row for row in found["rules"] if row["rule"] == "outages")
    assert rule["alone"]["flagged"] == 0 and rule["alone"]["alerts"] == 0, rule


class Reader(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.open, self.text = [], ""
        self.feed(text)
        assert not self.open, self.open

    def handle_starttag(self, tag, attributes):
        if tag not in ("meta", "br", "rect", "path"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in ("rect", "path"):
            assert self.open.pop() == tag, tag

    def handle_data(self, data):
        self.text += data


@proof("the text and the page name every account that was not flagged, and say first what is missing")
def shown(folder):
    accounts = planted()
    accounts[11].id = "a<b>&c"
    assert accounts[11].kind == "missed"
    write(folder, accounts)
    page = os.path.join(folder, "verdict.html")
    text = tenure("verdict", folder, "--programme", folder, "--html", page).stdout
    reader = Reader(open(page).read())
    expected = Expected(accounts)
    missed = [id for id, (outcome, _) in expected.outcomes.items() if outcome in ("missed", "late", "too_late")]
    assert "a<b>&c" in missed
    for id in missed:
        assert f"({id}), notice" in text and id in reader.text, id
    assert text.index("First: what the files do not say") < text.index("Lost accounts:"), text
    assert f"flagged 60 days before or earlier {expected.losses('in_time')} of" in " ".join(text.split()), text
    assert "accuracy" not in text + reader.text


@proof("a stranger's five commands: files to fill in, what they lack, and the verdict with the programme that ships")
def stranger(folder):
    files = os.path.join(folder, "mine")
    told = tenure("verdict", "--template", files).stdout
    assert sorted(os.listdir(files)) == ["accounts.csv", "churn.csv", "contacts.csv", "contracts.csv", "events.csv"], told
    assert "is there already" in tenure("verdict", "--template", files, code=1).stderr
    accounts = planted()[:24]
    world = os.path.join(folder, "world")
    write(world, accounts)
    rewrite(world, "events.csv", lambda rows: rows[:1] + [["" if i == 3 else cell.replace("login", "user.session").replace("outage.opened", "incident.opened").replace("outage.closed", "incident.resolved")
                                                           for i, cell in enumerate(row)] for row in rows[1:]])
    rewrite(world, "events.csv", lambda rows: [["account", "type", "time", "user", "id", "incident", "recorded_at"]] + rows[1:])
    gaps = tenure("verdict", world, "--files-only").stdout
    assert "No use by a login in the files. unknown for all: users.licence_utilisation" in gaps, gaps
    assert "No contacts in the files." in gaps and "are not counted: No sponsor" in gaps, gaps
    text = tenure("verdict", world).stdout
    assert "Lost accounts:" in text and "run" not in text.splitlines()[0], text
    assert "Unknown then:" in text, text


if __name__ == "__main__":
    main()
