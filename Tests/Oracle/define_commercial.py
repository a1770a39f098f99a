"""H. Commercial and renewal, at the grain of the account."""
from registry import count, mean, metric
from known import parsed


@metric("arr")
def arr(known, _):
    return known.fields().get("arr")


@metric("mrr")
def mrr(known, _):
    return None if arr(known, None) is None else arr(known, None) / 12


def invoices(known):
    def changed(f):
        return {"status": f.data["status"], "left": f.data.get("amount_remaining"), "due": f.data.get("due_at"),
                "attempt": f.data.get("attempt")}

    return known.objects("invoices", "invoice", {"billing.invoice": changed},
                         lambda row: row["status"] in ("paid", "uncollectible", "void"))


def overdue(known):
    """Open, and due before today."""
    return [row for row in invoices(known)
            if row["status"] == "open" and row.get("due") is not None and row["due"] < known.day_began()]


@metric("invoice.overdue_days")
def overdue_days(known, _):
    return max((known.days_since(row["due"]) for row in overdue(known)), default=0) if known.begun() else None


@metric("invoice.overdue_amount")
def overdue_amount(known, _):
    return sum(row["left"] for row in overdue(known) if row.get("left") is not None) if known.begun() else None


@metric("invoice.failed_attempts")
def attempts(known, _):
    if not known.begun():
        return None
    return max((row["attempt"] for row in invoices(known) if row["status"] == "open" and row.get("attempt") is not None),
               default=0)


@metric("billing.health")
def billing_health(known, _):
    return 100 * max(0, 1 - overdue_days(known, None) / 30) if known.begun() else None


@metric("contracts.active")
def contracts(known, _):
    if not known.begun():
        return None
    setters = {"contract.signed": lambda f: {"state": "active"}, "contract.amended": lambda f: {},
               "contract.ended": lambda f: {"state": "ended"}}
    rows = known.objects("contracts", "contract", setters, lambda row: row.get("state") == "ended")
    return sum(row.get("state") == "active" for row in rows)


@metric("subscriptions.mrr")
def subscribed(known, _):
    if not known.begun():
        return None
    setters = {"subscription.changed": lambda f: {"status": f.data["status"], "mrr": f.data.get("mrr")}}
    rows = known.objects("subscriptions", "subscription", setters, lambda row: row["status"] == "canceled")
    return sum(row["mrr"] for row in rows if row["status"] in ("active", "past_due") and row.get("mrr") is not None)


@metric("expansion.pipeline")
def pipeline(known, _):
    if not known.begun():
        return None
    setters = {"opportunity.changed": lambda f: {
        "kind": f.data["kind"], "stage": f.data["stage"], "amount": f.data.get("amount")}}
    rows = known.objects("opportunities", "deal", setters, lambda row: row["stage"] in ("won", "lost"))
    return sum(row["amount"] for row in rows
               if row["kind"] == "expansion" and row["stage"] == "open" and row.get("amount") is not None)


@metric("churn.notices")
def notices(known, days):
    return count(known, "churn.noticed", days, lambda data: data["scope"] == "full")


def days_until(known, field):
    date = known.fields().get(field)
    return None if date is None else parsed(date + "T12:00:00Z") // 86_400_000 + 719_163 - known.today


metric("renewal.days_to")(lambda known, _: days_until(known, "term_end"))
metric("renewal.notice_days_to")(lambda known, _: days_until(known, "notice_by"))


@metric("renewal.readiness")
def readiness(known, days):
    """Of the items that were ever stated, as they stand now."""
    items = {fact.data["item"]: fact.data["done"] for fact in known.events("renewal.checked", days)}
    return mean([100 * done for done in items.values()])
