"""F. Support."""
from known import MINUTE
from registry import change, count, facts, mean, metric, percentile, share, value

SOLVED = ("solved", "resolved", "closed")


def tickets(known):
    def said(*fields, **constants):
        return lambda f: {**constants, **{field: f.data.get(field) for field in fields}}

    def created(f):
        return {"status": "open", "escalated": False, "opened": f.occurred, "priority": f.data.get("priority"),
                "churn_risk": f.data.get("churn_risk")}

    setters = {"ticket.created": created, "ticket.replied": said(), "ticket.escalated": said(escalated=True),
               "ticket.status_changed": said("status", "priority"), "ticket.reopened": said(status="open"),
               "ticket.resolved": lambda f: {"status": "solved", "resolved": f.occurred}}
    return known.objects("tickets", "ticket", setters, lambda row: row.get("status") in SOLVED)


def open_tickets(known, when=lambda row: True):
    """A ticket of which only replies are known has no status: it is not counted."""
    return [row for row in tickets(known) if row.get("status") and row["status"] not in SOLVED and when(row)]


def count_open(known, when=lambda row: True):
    return len(open_tickets(known, when)) if known.begun() else None


@metric("tickets.opened")
def opened(known, days):
    return count(known, "ticket.created", days)


@metric("tickets.change")
def tickets_change(known, _):
    return change(known, 30, lambda k, a, b: len(k.between("ticket.created", a, b)), base_min=3, significance_min=2)


@metric("tickets.per_100_users")
def per_100_users(known, _):
    users, tickets = value(known, "users.active.30d"), opened(known, 30)
    return 100 * tickets / users if users else None


@metric("tickets.index")
def index(known, _):
    return 100 * max(0, 1 - opened(known, 30) / 20) if known.begun() else None


metric("tickets.open")(lambda known, _: count_open(known))
metric("tickets.open_high")(lambda known, _: count_open(
    known, lambda row: row.get("priority") in ("P1", "P2", "critical", "urgent", "high")))
metric("tickets.open_critical")(lambda known, _: count_open(
    known, lambda row: row.get("priority") in ("P1", "critical", "urgent")))
metric("tickets.churn_risk")(lambda known, _: count_open(known, lambda row: row.get("churn_risk")))
metric("support.escalated_open")(lambda known, _: count_open(known, lambda row: row.get("escalated")))


@metric("tickets.oldest_days")
def oldest(known, _):
    if not known.begun():
        return None
    return max((known.days_since(row["opened"]) for row in open_tickets(known) if "opened" in row), default=0)


def clocks(known, days, name):
    return facts(known, "ticket.clock_ended", days, lambda data: data["clock"] == name)


def in_time(known, days, name):
    every = clocks(known, days, name)
    return share(sum(fact.data["met"] for fact in every), len(every))


@metric("support.first_reply_mean")
def first_reply(known, days):
    """Minutes, over the replies that tell them."""
    return mean([f.data["minutes"] for f in clocks(known, days, "first_reply") if f.data.get("minutes") is not None])


metric("support.reply_sla")(lambda known, days: in_time(known, days, "first_reply"))
metric("support.resolve_sla")(lambda known, days: in_time(known, days, "resolution"))
metric("support.update_sla")(lambda known, days: in_time(known, days, "update"))


@metric("support.mttr_resolve")
def time_to_resolve(known, _):
    """Hours in whole minutes, of the tickets that were resolved in the last 30 days and today."""
    return mean([(row["resolved"] - row["opened"]) // MINUTE / 60 for row in tickets(known)
                 if row.get("status") in SOLVED and "opened" in row and "resolved" in row
                 and known.days_since(row["resolved"]) <= 30])


def resolved(known, days, when=lambda data: True):
    return facts(known, "ticket.resolved", days, when)


@metric("support.fcr")
def first_contact(known, days):
    return share(len(resolved(known, days, lambda data: data.get("first_contact"))), len(resolved(known, days)))


@metric("support.escalation_rate")
def escalations(known, days):
    return share(len(facts(known, "ticket.escalated", days)), len(facts(known, "ticket.created", days)))


@metric("support.reopen_rate")
def reopened(known, days):
    return share(len(facts(known, "ticket.reopened", days)), len(resolved(known, days)))


@metric("support.resolution_rate")
def resolution_rate(known, days):
    return share(len(resolved(known, days)), len(facts(known, "ticket.created", days)))


@metric("support.repeat_rate")
def repeats(known, days):
    return share(len(resolved(known, days, lambda data: data.get("repeat"))), len(resolved(known, days)))


@metric("bot.resolved")
def self_service(known, days):
    return count(known, "bot.session", days, lambda data: data["resolved"])


@metric("support.deflection")
def deflection(known, _):
    if not known.begun():
        return None
    helped = self_service(known, 30)
    return share(helped, helped + opened(known, 30))


@metric("support.csat")
def ticket_csat(known, days):
    return mean([f.data["value"] for f in facts(known, "survey.answered", days, lambda d: d["instrument"] == "ticket_csat")])


@metric("support.first_reply_p50", tolerance=0.01)
def median_reply(known, days):
    minutes = [f.data["minutes"] for f in clocks(known, days, "first_reply") if f.data.get("minutes") is not None]
    return percentile(minutes, 0.5, 5)


@metric("support.mtta")
def time_to_acknowledge(known, _):
    return None if first_reply(known, 30) is None else first_reply(known, 30) / 60
