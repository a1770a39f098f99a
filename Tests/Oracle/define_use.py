"""A. Active use."""
from registry import change, count, facts, metric, newest, percentile, value


@metric("users.active", silent=("use", 120))
def active(known, days):
    return len({user for user, _ in known.uses(known.today - days, known.today)}) if known.in_use() else None


def mean_daily_over_distinct(known, days):
    pairs = known.uses(known.today - days, known.today - 1)
    return len(pairs) / days / len({user for user, _ in pairs}) if pairs else None


@metric("users.stickiness.wau", silent=("use", 120))
def stickiness_of_the_week(known, days):
    return mean_daily_over_distinct(known, days)


@metric("users.stickiness.mau", silent=("use", 120))
def stickiness_of_four_weeks(known, days):
    return mean_daily_over_distinct(known, days)


@metric("users.licence_utilisation")
def licence_utilisation(known, _):
    seats, users = known.fields().get("seats"), value(known, "users.active.30d")
    return 100 * users / seats if seats and users is not None else None


@metric("users.active_days_mean", silent=("use", 120))
def active_days_mean(known, days):
    pairs = known.uses(known.today - days, known.today - 1)
    return len(pairs) / len({user for user, _ in pairs}) if pairs else None


@metric("sessions.count", silent=("user.session", 72))
def sessions(known, days):
    return count(known, "user.session", days)


@metric("sessions.duration_p50", silent=("user.session", 72), tolerance=0.01)
def median_session(known, days):
    return percentile([f.data["duration_s"] for f in facts(known, "user.session", days) if "duration_s" in f.data], 0.5, 20)


@metric("activity.weeks_streak", silent=("use", 120))
def weeks_streak(known, _):
    """Whole weeks in a row with any use, back from yesterday; a year is remembered."""
    if not known.in_use():
        return None
    weeks = 0
    while weeks < 52 and used(known, known.today - 7 * weeks - 7, known.today - 7 * weeks - 1):
        weeks += 1
    return weeks


def used(known, first, last):
    return any(known.between(type, first, last) for type in ("user.session", "feature.used", "recipe.completed"))


def sessions_between(known, first, last):
    return len(known.between("user.session", first, last))


@metric("activity.wow", silent=("user.session", 72))
def week_over_week(known, _):
    return change(known, 7, sessions_between, base_min=20, significance_min=2)


@metric("activity.four_weeks", silent=("user.session", 72))
def four_weeks(known, _):
    return change(known, 28, sessions_between, base_min=20, significance_min=2)


@metric("users.active_change", silent=("use", 120))
def active_change(known, _):
    members = lambda k, first, last: len({user for user, _ in k.uses(first, last)})
    return change(known, 28, members, base_min=5, difference_min=2)


@metric("activity.days_since", silent=("use", 120))
def days_since_use(known, _):
    """Since anything that counts as use."""
    days = [fact.day for type in ("user.session", "feature.used", "recipe.completed") for fact in known.events(type)]
    return known.today - max(days) if days else None


@metric("users.groups_active", silent=("user.session", 72))
def groups_active(known, days):
    """Teams with at least three active members."""
    if not known.begun():
        return None
    members = {}
    for fact in facts(known, "user.session", days, lambda data: "group" in data):
        if fact.user:
            members.setdefault(fact.data["group"], set()).add(fact.user)
    return sum(len(people) >= 3 for people in members.values())


@metric("users.groups_in_scope")
def groups_in_scope(known, _):
    return newest(facts(known, "scope.stated", None, lambda data: data["what"] == "groups"), "number")


@metric("users.width")
def width(known, _):
    scope, active = groups_in_scope(known, None), value(known, "users.groups_active.28d")
    return active / scope if scope and active is not None else None


@metric("users.new_groups")
def new_groups(known, days):
    """Teams whose first session ever lies in the window."""
    if not known.begun():
        return None
    first = {}
    for fact in facts(known, "user.session", None, lambda data: "group" in data):
        if fact.user:
            first[fact.data["group"]] = min(fact.day, first.get(fact.data["group"], fact.day))
    return sum(known.today - days <= day <= known.today for day in first.values())
