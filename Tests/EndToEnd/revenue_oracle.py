"""Revenue over raw facts, as naively as it can be said: every day of every account is worked out anew from all of its
facts. Shares nothing with the product, asks it nothing, and can be given a bug."""
import functools
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

PER_YEAR = {"year": 1, "quarter": 4, "month": 12, "week": 52, "day": 365}
MICRO, CENT, NANO = Decimal("0.000001"), Decimal("0.01"), Decimal("0.000000001")
UNPAID = {"payment_failed", "payment_failure", "payment", "non_payment", "involuntary"}
BUGS = [
    "a day too early", "what was taken back counts", "late facts are dropped", "rates of the last day",
    "a year has 48 weeks", "the last arrival wins", "trials count", "discounts never end", "duplicates count twice",
    "nothing is carried over", "amounts are rounded to whole units",
]


def rounded(value, step):
    return value.quantize(step, rounding=ROUND_HALF_UP)


def money(value):
    return rounded(Decimal(str(value)), MICRO)


@functools.cache
def moment(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


class Books:
    """facts: what was sent, in the order of sending: {id, account, type, time, data, op?, corrects?}"""

    def __init__(self, facts, source, zone, currency, rates, bug=None):
        self.source, self.zone, self.currency, self.rates, self.bug = source, ZoneInfo(zone), currency, rates, bug
        taken_back = {fact["corrects"] for fact in facts if fact.get("op") == "retract"}
        seen, self.facts = set(), {}
        for number, fact in enumerate(facts):
            if fact.get("op") == "retract" or (fact["id"] in taken_back and bug != "what was taken back counts"):
                continue
            if fact["id"] in seen and bug != "duplicates count twice":
                continue
            copy = dict(fact, number=number)
            if fact["id"] in seen:
                copy["data"] = dict(fact["data"], **{self._key(fact["type"]): "again-" + fact["id"]})
            seen.add(fact["id"])
            self.facts.setdefault(fact["account"], []).append(copy)
        if bug == "late facts are dropped":
            newest = max(moment(fact["time"]) for fact in facts)
            for account, held in self.facts.items():
                self.facts[account] = [one for one in held if newest - moment(one["time"]) < timedelta(days=35)]

    @staticmethod
    def _key(kind):
        return "contract" if kind.startswith("contract.") else "subscription"

    # What is said, and what it comes to on a day

    @functools.cache
    def close(self, day):
        if self.bug == "a day too early":
            day -= timedelta(days=1)
        return datetime(day.year, day.month, day.day, tzinfo=self.zone) + timedelta(days=1)

    def rate(self, code, day):
        if code == self.currency:
            return Decimal(1)
        known = [(since, rate) for other, since, rate in self.rates if other == code and since <= day]
        return rounded(Decimal(str(max(known, key=lambda one: one[0])[1])), NANO) if known else None

    def effective(self, fact):
        data = fact["data"]
        said = data.get("effective_at") or (data.get("term_start") if fact["type"] == "contract.signed" else None)
        return moment(said or fact["time"])

    def order(self, fact):
        last = fact["number"] if self.bug == "the last arrival wins" else moment(fact["time"])
        return (self.effective(fact), last)

    @functools.cache
    def streams(self, account, source=None):
        """Statements by contract, subscription or field, in the order in which they hold."""
        kinds = {"contracts": "contract.", "subscriptions": "subscription.", "account": "account."}
        streams = {}
        for fact in self.facts.get(account, []):
            if not fact["type"].startswith(kinds[source or self.source]):
                continue
            if fact["type"] == "account.changed" and "arr" not in fact["data"]:
                continue
            key = fact["data"].get("contract") or fact["data"].get("subscription") or ""
            streams.setdefault(key, []).append(fact)
        return {key: sorted(facts, key=self.order) for key, facts in streams.items()}

    def price(self, data):
        def yearly(item, field):
            perYear = PER_YEAR[item.get("interval", "month")]
            if self.bug == "a year has 48 weeks" and perYear == 52:
                perYear = 48
            quantity = item.get("quantity", 1) if field == "price" else 1
            return rounded(money(item[field]) * quantity * perYear / item.get("interval_count", 1), MICRO)

        if "items" in data:
            return sum((yearly(item, "price") for item in data["items"]), Decimal(0)), yearly
        if "price" in data:
            return yearly(data, "price"), yearly
        if "mrr" in data:
            return money(data["mrr"]) * 12, yearly
        return (money(data["arr"]) if data.get("arr") is not None else None), yearly

    def value(self, statements, at):
        """(amount in the stream's currency, currency) just before an instant; None: nothing was said by then."""
        held = [one for one in statements if self.effective(one) < at]
        if not held:
            return None
        if self.bug == "nothing is carried over":
            held = held[-1:]
        amount, off, ends, status, code = None, Decimal(0), None, None, self.currency
        for fact in held:
            data, kind = fact["data"], fact["type"]
            code = data.get("currency", code)
            if kind == "subscription.changed":
                status = data.get("status", status)
            elif kind.startswith("contract."):
                status = {"contract.signed": "active", "contract.ended": "ended"}.get(kind, status)
            price, yearly = self.price(data)
            if kind == "account.changed":
                amount = price
            elif price is not None:
                amount, off, ends = price, Decimal(0), None
                if "discount_percent" in data:
                    off = rounded(price * money(data["discount_percent"]) / 100, MICRO)
                elif "discount_amount" in data:
                    off = yearly(data, "discount_amount")
                if "discount_ends" in data:
                    ends = moment(data["discount_ends"])
        if ends is not None and ends < at and self.bug != "discounts never end":
            off = Decimal(0)
        counted = {"active", "past_due"} | ({"trialing"} if self.bug == "trials count" else set())
        if self.source == "subscriptions" and kind.startswith("subscription.") and status not in counted:
            return Decimal(0), code
        if status == "ended":
            return Decimal(0), code
        return (None if amount is None else max(Decimal(0), amount - off)), code

    def converted(self, amount, code, day):
        if amount is None or amount == 0:
            return amount
        rate = self.rate(code, day)
        step = Decimal(1) if self.bug == "amounts are rounded to whole units" else CENT
        return None if rate is None else rounded(amount * rate, step)

    def paid(self, account, at, day):
        """A year's worth in the reporting currency at a day's rates; None: unknown."""
        streams = self.streams(account)
        if not streams:
            return None
        total = Decimal(0)
        for statements in streams.values():
            said = self.value(statements, at)
            if said is None:
                continue
            amount = self.converted(said[0], said[1], day)
            if amount is None:
                return None
            total += amount
        return total

    # A period

    def row(self, account, first, last):
        rates = last if self.bug == "rates of the last day" else first
        start, end = self.paid(account, self.close(first), rates), self.paid(account, self.close(last), rates)
        worth = self.paid(account, self.close(last), last)
        if start is None or end is None or worth is None:
            return None
        days = [self.effective(one).astimezone(self.zone).date() for held in self.streams(account).values() for one in held]
        had = any((self.paid(account, self.close(day), rates) or 0) > 0 for day in self.stops(account, days) if day <= first)
        moves, before, paid_once = [], start, had
        day = first + timedelta(days=1)
        while day <= last:
            after = self.paid(account, self.close(day), rates)
            if after is not None and after != before:
                kind = ("reactivation" if paid_once else "new") if before == 0 else (
                    "churn" if after == 0 else "expansion" if after > before else "contraction")
                moves.append((kind, after - before))
                before = after
            paid_once = paid_once or (after or 0) > 0
            day += timedelta(days=1)
        return {"start": start, "end": end, "moves": moves, "had": had, "fx": worth - end,
                "ending": self.ending(account, last) if start > 0 and end == 0 else None,
                "renewals": self.renewals(account, first, last)}

    def stops(self, account, days):
        ends = [moment(one["data"]["discount_ends"]).astimezone(self.zone).date()
                for one in self.facts[account] if "discount_ends" in one["data"]]
        return sorted(set(days + ends))

    def ending(self, account, last):
        at = self.close(last)
        said = []
        for statements in self.streams(account).values():
            held = [one for one in statements if self.effective(one) < at]
            said += held[-1:]
        reasons = [one["data"].get("reason") for one in said]
        if any(reason in UNPAID for reason in reasons) or any(one["data"].get("status") == "unpaid" for one in said):
            return "involuntary"
        if any(reasons):
            return "voluntary"
        notices = [one for one in self.facts[account] if one["type"] == "churn.noticed"
                   and one["data"].get("scope") != "partial" and moment(one["time"]) < at]
        return "voluntary" if notices else "unsaid"

    def renewals(self, account, first, last):
        """(outcome, target, final) of every contract whose term ended in the period."""
        contracts, found = self.streams(account, "contracts"), []
        start, end = self.close(first), self.close(last)
        successors = {}
        for key, held in contracts.items():
            renewed = [one["data"]["renews"] for one in held if one["data"].get("renews")]
            if renewed and self.effective(held[0]) < end:
                successors.setdefault(renewed[0], held)
        for key, held in contracts.items():
            due = None
            for fact in [one for one in held if self.effective(one) < end]:
                when, ends = self.effective(fact), fact["data"].get("term_end")
                if due and fact["type"] == "contract.ended":
                    found.append((key, min(due, when), when, "lost"))
                    due = None
                elif ends:
                    if due and moment(ends) > due:
                        found.append((key, due, when, "renewed"))
                    due = moment(ends)
            if due:
                found.append((key, due, None, "open"))
        rows = []
        for key, due, decided, outcome in found:
            if not start <= due < end:
                continue
            target = self.value(contracts[key], min(due, decided) if decided else due)
            soon = timedelta(microseconds=1)
            if key in successors:
                outcome, heir = "renewed", successors[key]
                final = self.value(heir, self.effective(heir[0]) + soon)
            elif outcome == "renewed":
                final = self.value(contracts[key], decided + soon)
            else:
                final = (Decimal(0), self.currency)
            target, final = (self.converted(one[0], one[1], first) if one else None for one in (target, final))
            if target is not None and final is not None:
                rows.append((outcome, target, final))
        return rows

    def figures(self, first, last):
        """{figure: (part, whole, accounts)}, and the accounts that are in none."""
        sums, left = {}, []

        def add(figure, part, whole=Decimal(0), always=True):
            if always or part != 0:
                known = sums.get(figure, (Decimal(0), Decimal(0), 0))
                sums[figure] = (known[0] + part, known[1] + whole, known[2] + 1)

        for account in self.facts:
            row = self.row(account, first, last)
            if row is None:
                left.append(account)
                continue
            total = {}
            for kind, amount in row["moves"]:
                total[kind] = total.get(kind, Decimal(0)) + amount
            get = lambda kind: total.get(kind, Decimal(0))
            start, end, cohort = row["start"], row["end"], row["start"] > 0
            back = not cohort and row["had"]
            add("arr", end, always=False)
            add("arr.start", start, always=False)
            add("arr.new", get("new"), always=False)
            for kind in ("expansion", "contraction", "churn"):
                add("arr." + kind, get(kind), always=False)
            add("arr.reactivation", Decimal(0) if back else get("reactivation"), always=False)
            add("arr.winback", get("reactivation") if back else Decimal(0), always=False)
            add("arr.currency_effect", row["fx"], always=False)
            if row["moves"] or cohort:
                add("net_mrr_churn_chartmogul",
                    -(get("churn") + get("contraction") + get("expansion") + get("reactivation")), start)
            decided = [one for one in row["renewals"] if one[0] != "open"]
            if decided:
                target = sum((one[1] for one in decided), Decimal(0))
                add("renewal.gross_rate", sum((min(one[1], one[2]) for one in decided), Decimal(0)), target)
                add("renewal.net_rate", sum((one[2] for one in decided), Decimal(0)), target)
            if not cohort:
                continue
            gone, lost = end == 0, get("contraction") + get("churn")
            add("nrr", end, start)
            add("grr", min(start, end), start)
            add("churn.gross", start - min(start, end), start)
            add("churn.net", start - end, start)
            for why in ("voluntary", "involuntary", "unsaid"):
                add("churn." + why, start if row["ending"] == why else Decimal(0), start)
            add("logo.retention", Decimal(0 if gone else 1), Decimal(1))
            add("logo.churn", Decimal(1 if gone else 0), Decimal(1))
            add("expansion.rate", Decimal(1 if get("expansion") > 0 else 0), Decimal(1))
            add("nrr.movements", start + get("expansion") + lost, start)
            add("nrr.movements.reactivated", start + get("expansion") + lost + get("reactivation"), start)
            add("grr.movements", start + lost, start)
            if gone:
                add("churn.surprise_rate", Decimal(1), Decimal(1))
        return sums, sorted(left)
