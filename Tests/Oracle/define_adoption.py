"""B and C. Adoption, volume, value, limits."""
from registry import count, facts, mean, metric, newest, share, total
from world_terms import ADVANCED, FEATURES, KEY


def feature_days(known, days):
    """By declared feature: how often it was used, and on how many days."""
    used = {}
    for fact in known.events("feature.used", days):
        if fact.data["feature"] in FEATURES:
            uses, dates = used.setdefault(fact.data["feature"], [0, set()])
            used[fact.data["feature"]][0] = uses + fact.data.get("count", 1)
            dates.add(fact.day)
    return used


def breadth(known, days, among, uses=1, dates=1):
    if not known.in_use():
        return None
    used = feature_days(known, days)
    adopted = [name for name in among if name in used and used[name][0] >= uses and len(used[name][1]) >= dates]
    return 100 * len(adopted) / len(among)


metric("features.breadth", silent=("use", 120))(lambda known, days: breadth(known, days, FEATURES))
metric("features.key_adopted", silent=("use", 120))(lambda known, days: breadth(known, days, KEY, uses=4, dates=2))
metric("features.advanced", silent=("use", 120))(lambda known, days: breadth(known, days, ADVANCED))


@metric("usage.volume", silent=("usage.measured", 48))
def volume(known, days):
    return total(known, "usage.measured", days, "value", lambda data: data["meter"] in ("calls", "executions"))


@metric("workflows.runs", silent=("workflow.run", 72))
def runs(known, days):
    return count(known, "workflow.run", days)


@metric("workflows.created")
def created(known, days):
    """Workflows whose first draft ever lies in the window; 0 days: all that ever had one."""
    if not known.begun():
        return None
    first = {}
    for fact in facts(known, "workflow.state", None, lambda data: data["state"] == "draft"):
        first[fact.data["workflow"]] = min(fact.day, first.get(fact.data["workflow"], fact.day))
    return sum(not days or known.today - days <= day <= known.today for day in first.values())


def workflows(known):
    setters = {"workflow.state": lambda f: {"state": f.data["state"], "planned": f.data.get("planned")}}
    return known.objects("workflows", "workflow", setters, lambda row: row["state"] == "deleted")


@metric("workflows.live")
def live(known, _):
    return sum(row["state"] == "live" for row in workflows(known)) if known.begun() else None


@metric("workflows.planned")
def planned(known, _):
    if not known.begun():
        return None
    return sum(bool(row.get("planned")) and row["state"] != "deleted" for row in workflows(known))


@metric("workflows.utilisation")
def utilisation(known, _):
    return share(live(known, None), planned(known, None)) if known.begun() else None


@metric("workflows.success_rate", silent=("workflow.run", 48))
def success_rate(known, days):
    every = facts(known, "workflow.run", days)
    return share(sum(fact.data["ok"] for fact in every), len(every), sample_min=20)


def limits(known):
    setters = {"limit.measured": lambda f: {"name": f.data["limit"], "used": f.data["used"],
                                            "allowance": f.data["allowance"], "start": f.data.get("period_start")}}
    return known.objects("limits", "limit", setters)


@metric("workflows.volume_vs_limit")
def volume_vs_limit(known, _):
    return mean([100 * row["used"] / row["allowance"] for row in limits(known)
                 if row["name"] in ("workflows", "executions") and row["allowance"]])


@metric("outputs.per_invocation", silent=("workflow.run", 72))
def outputs(known, days):
    every = len(facts(known, "workflow.run", days))
    return share(len(facts(known, "output.created", days)), every, scale=1, sample_min=20)


@metric("cost.per_invocation", silent=("workflow.run", 72))
def cost(known, days):
    every = facts(known, "workflow.run", days)
    return share(sum(fact.data.get("cost", 0) for fact in every), len(every), scale=1, sample_min=20)


@metric("use_cases.live")
def use_cases(known, _):
    setters = {"use_case.changed": lambda f: {"state": f.data["state"]}}
    rows = known.objects("use_cases", "use_case", setters, lambda row: row["state"] == "retired")
    return sum(row["state"] == "live" for row in rows) if known.begun() else None


@metric("recipes.completed")
def recipes(known, days):
    return count(known, "recipe.completed", days)


@metric("content.processed")
def content(known, days):
    return total(known, "usage.measured", days, "value", lambda data: data["meter"] == "content")


@metric("value.hours_saved")
def hours_saved(known, days):
    return total(known, "value.recorded", days, "amount", lambda data: data["kind"] == "hours_saved")


@metric("value.automations", silent=("workflow.run", 72))
def automations(known, days):
    return count(known, "workflow.run", days, lambda data: data.get("actor") == "automation")


@metric("value.benefit")
def benefit(known, days):
    return total(known, "value.recorded", days, "amount", lambda data: data["kind"] == "money" and data["confirmed"])


@metric("value.promised")
def promised(known, _):
    return newest(known.events("value.promised"), "amount")


@metric("value.roi_ratio")
def roi(known, _):
    got, fee = benefit(known, 0), known.fields().get("arr")
    return 100 * got / fee if got is not None and fee else None


@metric("value.roi_achievement")
def roi_achievement(known, _):
    got, due = benefit(known, 0), promised(known, None)
    return 100 * got / due if got is not None and due else None


@metric("value.cost_reduction")
def cost_reduction(known, _):
    return newest(facts(known, "value.recorded", None, lambda d: d["kind"] == "cost_reduction" and d["confirmed"]), "amount")


@metric("value.objectives_met")
def objectives(known, _):
    setters = {"objective.changed": lambda f: {"state": f.data["state"]}}
    rows = known.objects("objectives", "objective", setters, lambda row: row["state"] == "dropped")
    return mean([100 * (row["state"] == "met") for row in rows if row["state"] != "dropped"])


@metric("nudge.action_rate")
def nudges(known, days):
    sent = len(facts(known, "nudge.sent", days))
    return share(len(facts(known, "nudge.acted", days)), sent, sample_min=20)


# Limits

@metric("limit.utilisation")
def limit_utilisation(known, _):
    if not known.begun():
        return None
    return max((100 * row["used"] / row["allowance"] for row in limits(known) if row["allowance"] > 0), default=0)


@metric("limit.days_to_exhaustion")
def days_to_exhaustion(known, _):
    """What is left, at the rate of the running period of at least seven days."""
    left = [(row["allowance"] - row["used"]) * max(7, known.days_since(row["start"])) / row["used"]
            for row in limits(known) if row["used"] > 0 and row.get("start") is not None]
    return min(left, default=None)


@metric("users.seat_assignment")
def seat_assignment(known, _):
    return mean([100 * row["used"] / row["allowance"] for row in limits(known) if row["name"] == "seats" and row["allowance"]])
