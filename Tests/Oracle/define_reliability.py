"""D. Reliability, integration, change."""
from registry import (count, facts, mean, metric, newest, percentile, share, total, value, whole_days_since_first)


@metric("errors.count")
def errors(known, days):
    return total(known, "error.raised", days, "count")


@metric("errors.rate", silent=("usage.measured", 48))
def error_rate(known, days):
    """Bad over valid requests, in percent."""
    requests = sum(f.data["value"] for f in facts(known, "usage.measured", days, lambda d: d["meter"] == "requests"))
    return share(sum(f.data["count"] for f in facts(known, "error.raised", days)), requests, sample_min=100)


def daily(known, days):
    return facts(known, "usage.measured", days, lambda data: data["meter"] == "errors")


@metric("errors.daily", silent=("usage.measured", 48))
def errors_of_the_day(known, _):
    return newest(daily(known, None), "value")


@metric("errors.daily_p95", silent=("usage.measured", 48), tolerance=0.01)
def usual_worst_day(known, days):
    return percentile([fact.data["value"] for fact in daily(known, days)], 0.95, 20)


def is_open(known):
    """A sketch is good to one percent: nearer to the line than that, both answers are right."""
    day, worst = value(known, "errors.daily"), value(known, "errors.daily_p95.28d")
    return day is not None and worst is not None and abs(day - 1.05 * worst) <= 0.0106 * worst


@metric("errors.spike", near=is_open)
def spike(known, _):
    """At least ten, and five percent above what 95 of 100 days have."""
    day, worst = value(known, "errors.daily"), value(known, "errors.daily_p95.28d")
    if day is None:
        return None
    if day < 10:
        return False
    return None if worst is None else day > 1.05 * worst


@metric("latency.p95", silent=("workflow.run", 72), tolerance=0.01)
def latency_p95(known, days):
    return percentile([f.data["latency_ms"] for f in facts(known, "workflow.run", days) if "latency_ms" in f.data], 0.95, 20)


@metric("latency.mean", silent=("workflow.run", 72))
def latency_mean(known, days):
    """Seconds, over the runs that tell it."""
    timed = [f.data["latency_ms"] for f in facts(known, "workflow.run", days) if "latency_ms" in f.data]
    return mean(timed) / 1000 if len(timed) >= 20 else None


@metric("uptime.pct")
def uptime(known, days):
    every = facts(known, "availability.measured", days)
    minutes = sum(fact.data["minutes"] for fact in every)
    return share(minutes - sum(fact.data["down_minutes"] for fact in every), minutes)


@metric("perf.targets_met")
def targets(known, _):
    rows = known.objects("targets", "target", {"target.measured": lambda f: {"met": f.data["met"]}})
    return mean([100 * row["met"] for row in rows])


@metric("incidents.count")
def incidents(known, days):
    return count(known, "incident.opened", days)


@metric("incidents.open")
def open_incidents(known, _):
    if not known.begun():
        return None
    setters = {"incident.opened": lambda f: {"state": "open"}, "incident.resolved": lambda f: {"state": "resolved"}}
    rows = known.objects("incidents", "incident", setters, lambda row: row["state"] == "resolved")
    return sum(row["state"] == "open" for row in rows)


def integrations(known):
    return known.objects("integrations", "integration",
                         {"integration.state": lambda f: {"name": f.data["integration"], "state": f.data["state"]}})


@metric("integrations.enabled")
def enabled(known, _):
    return sum(row["state"] in ("healthy", "degraded") for row in integrations(known)) if known.begun() else None


@metric("integrations.healthy_ratio")
def healthy(known, _):
    return mean([100 * (row["state"] == "healthy") for row in integrations(known) if row["state"] != "disabled"])


@metric("integrations.failing")
def failing(known, _):
    return sum(row["state"] == "failing" for row in integrations(known)) if known.begun() else None


@metric("integrations.sso")
def working_sso(known, _):
    if not known.begun():
        return None
    return sum(row["name"] == "sso" and row["state"] == "healthy" for row in integrations(known))


@metric("sso.live")
def sso(known, _):
    return None if working_sso(known, None) is None else working_sso(known, None) > 0


@metric("jobs.retry_rate", silent=("workflow.run", 72))
def retries(known, days):
    runs = len(facts(known, "workflow.run", days, lambda data: data.get("kind") == "job"))
    return share(len(facts(known, "job.retry", days)), runs, sample_min=20)


def to_production(data):
    return data["environment"] == "production"


@metric("deployments.production")
def deployments(known, days):
    return count(known, "deployment.published", days, to_production)


@metric("deploy.production_live")
def production_live(known, _):
    return bool(facts(known, "deployment.published", None, to_production)) if known.begun() else None


@metric("deploy.production_age")
def production_age(known, _):
    return whole_days_since_first(known, facts(known, "deployment.published", None, to_production))


@metric("dashboards.shipped")
def dashboards(known, days):
    return count(known, "deployment.published", days, lambda data: data.get("kind") in ("dashboard", "report"))


@metric("configs.changed")
def configs(known, days):
    return count(known, "config.changed", days)


@metric("changes.count")
def changes(known, _):
    return deployments(known, 30) + configs(known, 30) if known.begun() else None


@metric("security.open_gaps")
def gaps(known, _):
    setters = {"finding.changed": lambda f: {"state": f.data["state"]}}
    rows = known.objects("findings", "finding", setters, lambda row: row["state"] in ("accepted", "fixed"))
    return sum(row["state"] == "open" for row in rows) if known.begun() else None
