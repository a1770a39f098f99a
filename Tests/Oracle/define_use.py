"""A. Active use."""
from registry import change, count, facts, metric, percentile, value


@metric("users.active")
def active(known, days):
    return len({user for user, _ in known.uses(known.today - days, known.today)}) if known.in_use() else None


def mean_daily_over_distinct(known, days):
    pairs = known.uses(known.today - days, known.today - 1)
    return len(pairs) / days / len({user for user, _ in pairs}) if pairs else None


@metric("users.stickiness.wau")
def stickiness_of_the_week(known, days):
    return mean_daily_over_distinct(known, days)


@metric("users.stickiness.mau")
def stickiness_of_four_weeks(known, days):
    return mean_daily_over_distinct(known, days)


@metric("users.licence_utilisation")
def licence_utilisation(known, _):
    seats, users = known.fields().get("seats"), value(known, "users.active.30d")
    return 100 * users / seats if seats and users is not None else None


@metric("users.active_days_mean")
def active_days_mean(known, days):
    pairs = known.uses(known.today - days, known.today - 1)
    return len(pairs) / len({user for user, _ in pairs}) if pairs else None


@metric("sessions.count")
def sessions(known, days):
    return count(known, "user.session", days)


@metric("sessions.duration_p50", tolerance=0.01)
def median_session(known, days):
    return percentile([f.data["duration_s"] for f in facts(known, "user.session", days) if "duration_s" in f.data], 0.5, 20)


@metric("activity.weeks_streak")
def weeks_streak(known, _):
    """Whole weeks in a row with any use, back from yesterday; nine are remembered."""
    if not known.in_use():
        return None
    weeks = 0
    while weeks < 9 and used(known, known.today - 7 * weeks - 7, known.today - 7 * weeks - 1):
        weeks += 1
    return weeks


def used(known, first, last):
    return any(known.between(type, first, last) for type in ("user.session", "feature.used", "recipe.completed"))


def sessions_between(known, first, last):
    return len(known.between("user.session", first, last))


@metric("activity.wow")
def week_over_week(known, _):
    return change(known, 7, sessions_between, base_min=20, significance_min=2)


@metric("activity.four_weeks")
def four_weeks(known, _):
    return change(known, 28, sessions_between, base_min=20, significance_min=2)


@metric("users.active_change")
def active_change(known, _):
    members = lambda k, first, last: len({user for user, _ in k.uses(first, last)})
    return change(known, 28, members, base_min=5, difference_min=2)


@metric("activity.days_since")
def days_since_use(known, _):
    """Since anybody opened a session."""
    days = [fact.day for fact in known.events("user.session")]
    return known.today - max(days) if days else None
