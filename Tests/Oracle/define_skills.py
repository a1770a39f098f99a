"""B, the rest: outputs, the billing month, skills, maturity, single features."""
from calendar import monthrange
from datetime import date

from define_adoption import feature_days
from registry import count, facts, mean, metric, newest, share, value, whole_days_since


@metric("outputs.click_through")
def click_through(known, days):
    every = facts(known, "output.created", days)
    return share(sum(bool(fact.data.get("clicked_through")) for fact in every), len(every), sample_min=20)


def month_began(known):
    """The day of the month of the term's start, or the first; clipped to the end of a shorter month."""
    today, start = date.fromordinal(known.today), known.fields().get("term_start")
    wanted = int(start[8:10]) if start else 1
    for months in (0, 1):
        year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
        began = date(year, month + 1, min(wanted, monthrange(year, month + 1)[1])).toordinal()
        if began <= known.today:
            return began


@metric("usage.volume_month", silent=("usage.measured", 48))
def volume_of_the_month(known, _):
    if not known.begun():
        return None
    return sum(fact.data["value"] for fact in known.between("usage.measured", month_began(known), known.today)
               if fact.data["meter"] in ("calls", "executions"))


@metric("skill.invocations", silent=("workflow.run", 72))
def invocations(known, days):
    return count(known, "workflow.run", days, lambda data: data.get("kind") == "skill")


@metric("skill.pilot_users")
def pilot_users(known, _):
    return newest(facts(known, "scope.stated", None, lambda data: data["what"] == "pilot_users"), "number")


@metric("skill.invocations_per_user_day")
def invocations_per_user_day(known, _):
    people, runs = pilot_users(known, None), value(known, "skill.invocations.7d")
    return runs / (5 * people) if people and runs is not None else None


def at_level(known, days, level):
    """By the newest assessment of each member."""
    levels = {f.data["member"]: f.data["level"] for f in known.events("maturity.assessed", days)}
    return mean([100 * (reached >= level) for reached in levels.values()])


metric("maturity.level1_share")(lambda known, days: at_level(known, days, 1))
metric("maturity.level2_share")(lambda known, days: at_level(known, days, 2))


# Of one feature: a programme names it

@metric("feature.used_count")
def used_count(known, days):
    return feature_days(known, days).get("feature-1", [0])[0] if known.in_use() else None


@metric("feature.days_since")
def feature_days_since(known, _):
    return whole_days_since(known, facts(known, "feature.used", None, lambda data: data["feature"] == "feature-1"))
