"""E. Onboarding and training."""
from registry import count, facts, mean, metric, newest, share, whole_days_since, whole_days_since_first


@metric("contract.age")
def contract_age(known, _):
    return whole_days_since_first(known, known.events("contract.signed"))


@metric("value.first_age")
def first_age(known, _):
    return whole_days_since_first(known, known.events("value.first_reached"))


@metric("onb.ttfv")
def time_to_first_value(known, _):
    """Local days from the first signature to the first value."""
    signed, reached = known.events("contract.signed"), known.events("value.first_reached")
    return min(f.day for f in reached) - min(f.day for f in signed) if signed and reached else None


@metric("onb.activated")
def activated(known, _):
    return bool(known.events("value.first_reached")) if known.begun() else None


@metric("value.first_count")
def first_values(known, days):
    return count(known, "value.first_reached", days)


@metric("onb.progress")
def progress(known, _):
    return newest(known.events("onboarding.progressed"), "percent")


@metric("onb.days_since_progress")
def days_since_progress(known, _):
    return whole_days_since(known, known.events("onboarding.progressed"))


@metric("onb.milestones_met")
def milestones(known, _):
    """Met by their date, among those that are met or past it: what was met too late is not attained."""
    setters = {"milestone.changed": lambda f: {
        "state": f.data["state"], "due": f.data.get("due_at"), "changed": f.occurred}}
    rows = known.objects("milestones", "milestone", setters, lambda row: row["state"] == "dropped")
    counted = [row for row in rows if row["state"] != "dropped" and row.get("due") is not None
               and (row["state"] == "met" or row["due"] < known.day_began())]
    return mean([100 * (row["state"] == "met" and row["changed"] <= row["due"]) for row in counted])


@metric("data.ingested")
def ingested(known, days):
    """Each data set once."""
    return len({fact.data["dataset"] for fact in known.events("data.ingested")}) if known.begun() else None


@metric("training.completed_users")
def trainings(known, days):
    return count(known, "training.completed", days)


@metric("training.assessment_mean")
def assessments(known, days):
    return mean([fact.data["score"] for fact in facts(known, "assessment.scored", days)])


@metric("training.overdue")
def overdue(known, _):
    if not known.begun():
        return None
    setters = {"training.enrolled": lambda f: {"state": "open", "due": f.data.get("due_at")},
               "training.completed": lambda f: {"state": "completed"}}
    rows = known.objects("enrolments", "enrolment", setters, lambda row: row["state"] == "completed")
    return sum(row["state"] == "open" and row.get("due") is not None and row["due"] < known.day_began() for row in rows)


@metric("training.certified")
def certified(known, days):
    return count(known, "certification.awarded", days)


@metric("onb.readiness")
def readiness(known, days):
    """Mean of the newest value of each rating."""
    return mean(list({f.data["rating"]: f.data["value"] for f in known.events("readiness.rated", days)}.values()))


@metric("training.completion_rate")
def completion(known, days):
    return share(len(known.events("training.completed", days)), len(known.events("training.enrolled", days)))
