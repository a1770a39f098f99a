"""KPIs of every workspace of a demo, worked out again from the definitions as they are written and from each account's
metrics: value, band, target and trend, now and four weeks before. What is compared with is read from the accounts' own
documents and from their recorded days; rates are those of the report of revenue."""
import collections
import datetime
import os
import re
import zoneinfo

from proof import main, proof
from server import Server

SLUGS = ["starter", "claresia", "credlink", "maestro", "auterity", "csos"]
ARGUMENTS = ["--accounts", "12", "--vendor-accounts", "8", "--days", "60", "--quiet"]
PROGRAMMES = os.path.join(os.path.dirname(__file__), "..", "..", "Programmes")
EDGES = {"above": lambda v, e: v > e, "at_least": lambda v, e: v >= e, "below": lambda v, e: v < e, "at_most": lambda v, e: v <= e}


def definitions(slug):
    """Measure, target, bands and dead zone of each KPI, taken from the text of the file."""
    with open(os.path.join(PROGRAMMES, slug, "kpis.yaml"), encoding="utf-8") as file:
        parts = re.split(r"^  - id: ", file.read(), flags=re.M)[1:]
    return {part.split("\n", 1)[0].strip(): part for part in parts}


def edge(text):
    """`at_least: 5` within a mapping; nothing where there is none."""
    found = re.search(r"\b(above|at_least|below|at_most): ([-0-9.]+)", text)
    return (found[1], float(found[2])) if found else None


def passes(found, value):
    return EDGES[found[0]](value, found[1])


def measure(text):
    """The measure's key and what stands behind it, on one line."""
    return re.search(r"^    (metric|share|count|mean|median|sum|ratio|revenue): (.*)$", text, flags=re.M).groups()


def taken(body, rows):
    """Rows that know their metric and are among those that are asked."""
    among = re.search(r"among: \{metric: ([\w.]+), ([^}]*)\}", body)
    metric = re.search(r"metric: ([\w.]+)", body)[1] if "metric:" in body else body
    left = [row for row in rows if row.get(metric) is not None]
    if among:
        left = [row for row in left if row.get(among[1]) is not None and passes(edge(among[2]), row[among[1]])]
    return [row[metric] for row in left]


def ratio(body, rows):
    of, to = re.search(r"of: ([\w.]+)", body)[1], re.search(r"to: ([\w.]+)", body)[1]
    rows = [row for row in rows if row.get(of) is not None and row.get(to) is not None]
    below = sum(row[to] for row in rows)
    if not rows or below == 0:
        return None
    scale = float((re.search(r"scale: ([0-9.]+)", body) or [0, 1])[1])
    value = sum(row[of] for row in rows) / below * scale
    return float(int(abs(value) + 0.5)) * (1 if value >= 0 else -1) if "round: true" in body else value


def worked_out(text, rows):
    key, body = measure(text)
    if key == "ratio":
        return ratio(body, rows)
    values = sorted(taken(body, rows))
    if not values:
        return None
    own = edge(body.split("among:")[0])
    half = len(values) // 2
    return {
        "metric": lambda: sum(values) / len(values), "mean": lambda: sum(values) / len(values), "sum": lambda: sum(values),
        "median": lambda: values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2,
        "count": lambda: sum(passes(own, value) for value in values),
        "share": lambda: 100 * sum(passes(own, value) for value in values) / len(values),
    }[key]()


def band(text, value):
    for line in re.findall(r"^      - \{(.*)\}$", text, flags=re.M):
        found = edge(line)
        if found is None or passes(found, value):
            return re.search(r"id: (\w+)", line)[1]
    return None


def judgement(text, value, before):
    """Band, target and trend, of numbers to a millionth."""
    if value is None:
        return None, None, None
    target = re.search(r"^    target: \{(.*)\}$", text, flags=re.M)
    zone = float((re.search(r"within: ([0-9.]+)", text) or [0, 0])[1])
    trend = None
    if before is not None:
        change = round(value - before, 6) * (1 if "better: up" in text else -1)
        trend = "stable" if abs(change) <= zone else "improving" if change > 0 else "declining"
    return band(text, value), passes(edge(target[1]), value) if target else None, trend


def close(one, other):
    return one is other if one is None or other is None else abs(one - other) < 2e-6 * max(1, abs(other))


class Check:
    def __init__(self):
        self.seen, self.wrong, self.crossed = collections.Counter(), [], 0

    def kpi(self, client, slug, shown, text):
        name = f"{slug}/{shown['id']}"
        key, body = measure(text)
        if key == "revenue":
            figures = {one["id"]: one["value"] for one in client.get("/portfolio/revenue").json["figures"]}
            value, before = figures[body.strip()], shown["before"]["value"]
        else:
            rows = client.all(f"/portfolio/kpis/{shown['id']}/accounts")
            value, before = worked_out(text, [row["metrics"] for row in rows]), worked_out(text, [row["metrics_before"] for row in rows])
            self.cross(client, name, rows)
        found = (shown["band"], shown["on_target"], shown["trend"])
        if not (close(shown["value"], value) and close(shown["before"]["value"], before)):
            self.wrong.append(f"{name}: {shown['value']} and {shown['before']['value']}, not {value} and {before}")
        elif found != judgement(text, shown["value"], shown["before"]["value"]):
            self.wrong.append(f"{name}: {found}, not {judgement(text, shown['value'], shown['before']['value'])}")
        for what in (key, "known" if value is not None else "unknown", *(str(one) for one in found if one is not None)):
            self.seen[what] += 1

    def cross(self, client, name, rows):
        """The metrics of two accounts are those of their own documents, and of their recorded days."""
        for row in [row for row in rows if any(value is not None for value in row["metrics_before"].values())][:2]:
            zone = zoneinfo.ZoneInfo(client.account(row["id"])["time_zone"])
            day = (self.now.astimezone(zone).date() - datetime.timedelta(days=28)).isoformat()
            past = {one["id"]: one["value"] for one in client.get(f"/accounts/{row['id']}/days/{day}").json.get("metrics") or []}
            for metric, value in row["metrics"].items():
                own = client.get(f"/accounts/{row['id']}/metrics/{metric}").json["value"]
                if not close(value, own) or (past and not close(row["metrics_before"][metric], past[metric])):
                    self.wrong.append(f"{name} {row['external_id']} {metric}: {value} and {row['metrics_before'][metric]}, not {own} and {past.get(metric)}")
                self.crossed += 1


@proof("every KPI of six programmes is what its definition and the accounts' metrics say, now and four weeks before")
def every_kpi(folder):
    check = Check()
    with Server(folder + "/data", "demo", ARGUMENTS) as server:
        for slug in SLUGS:
            client, texts = server.client(slug), definitions(slug)
            answer = client.get("/portfolio/kpis").json
            check.now = datetime.datetime.fromisoformat(answer["as_of"].replace("Z", "+00:00"))
            assert [one["id"] for one in answer["items"]] == list(texts), slug
            for shown in answer["items"]:
                check.kpi(client, slug, shown, texts[shown["id"]])
    print(f"          {dict(check.seen.most_common())}; {check.crossed} metrics held against the accounts and their days")
    assert check.seen["known"] > 25 and check.seen["improving"] + check.seen["declining"] > 5 and check.crossed > 30
    assert not check.wrong, "\n    " + "\n    ".join(check.wrong[:20])


if __name__ == "__main__":
    main()
