"""How facts arrive: most soon, some late, some too late, some twice, some wrong at first, some taken back."""
import random
from collections import defaultdict

from known import ACTIVITY, DAY, HOUR, LATE_MAX, MINUTE, Fact

# Collectors send every half an hour, or as often as the world says.
BATCH = [30 * MINUTE]

# Words that a wrong first version says otherwise.
OTHERWISE = {
    "workflow.state": {"state": ["draft", "live", "deleted"]}, "use_case.changed": {"state": ["planned", "live", "retired"]},
    "objective.changed": {"state": ["agreed", "met", "dropped"]}, "integration.state": {"state": ["healthy", "failing", "disabled"]},
    "finding.changed": {"state": ["open", "accepted", "fixed"]}, "milestone.changed": {"state": ["planned", "met", "missed", "dropped"]},
    "billing.invoice": {"status": ["open", "paid"]}, "subscription.changed": {"status": ["active", "canceled"]},
    "opportunity.changed": {"stage": ["open", "won", "lost"]}, "contact.changed": {"role": ["sponsor", "admin"]},
    "ticket.created": {"priority": ["P1", "P2", "P4"]}, "churn.noticed": {"scope": ["full", "partial"]},
    "deployment.published": {"environment": ["production", "test"], "kind": ["dashboard", "report", "api"]},
    "feedback.given": {"kind": ["request", "praise", "complaint"]}, "meeting.held": {"kind": ["check-in", "mbr", "qbr", "ebr"]},
    "value.recorded": {"kind": ["hours_saved", "money", "cost_reduction"]}, "workflow.run": {"kind": ["job", "skill", "api"]},
    "usage.measured": {"meter": ["calls", "executions", "content"]}, "scope.stated": {"what": ["groups", "pilot_users"]},
}


def sent(moment):
    return (moment // BATCH[0] + 1) * BATCH[0]


def deliver(stories, end, silences, seed):
    """Facts of all accounts in the order in which they were recorded; nothing is recorded at or after `end`. What comes while
    the collector of its type is silent is recorded when it speaks again."""
    dice = random.Random(f"{seed}/delivery")
    facts = []
    for story in stories:
        moment = min(h[0] for h in story.happenings) - HOUR
        facts.append(Fact(f"{story.name}-0", story.name, "account.changed", moment, moment + 1,
                          data={"name": story.name, "time_zone": story.zone}))
        for number, (moment, type, user, data) in enumerate(sorted(story.happenings, key=lambda h: h[0]), 1):
            facts.append(Fact(f"{story.name}-{number}", story.name, type, moment, sent(moment + dice.randrange(3 * HOUR)), user, data))
    by_type = defaultdict(list)
    for fact in facts:
        if "time_zone" not in fact.data:
            by_type[fact.type].append(fact)
    names = {story.name: min(h[0] for h in story.happenings) for story in stories}
    for type, kept in sorted(by_type.items()):
        facts += spoil(kept, names, dice)
    facts += mistaken_visits(facts)
    for fact in facts:
        first, last = silences.get(fact.type, (0, 0))
        if first <= fact.recorded < last:
            fact.recorded = last
    return sorted((f for f in facts if f.recorded < end), key=lambda f: f.recorded)


def mistaken_visits(facts):
    """While an account rests, somebody is reported to have come, which is taken back two days later: what asks for the newest
    use only is touched by few erased facts else."""
    seen, more = defaultdict(list), []
    for fact in facts:
        if fact.type in ACTIVITY:
            seen[fact.account].append(fact.occurred)
    for account, moments in sorted(seen.items()):
        moments.sort()
        gaps = sorted(((after - before, before) for before, after in zip(moments, moments[1:])), reverse=True)[:3]
        for number, (gap, before) in enumerate(gap for gap in gaps if gap[0] > 4 * DAY):
            visit = Fact(f"{account}-visit-{number}", account, "user.session", before + 2 * DAY, sent(before + 2 * DAY), f"{account}-visitor", {})
            more += [visit, Fact(visit.id + "-back", account, "fact.retracted", visit.recorded, sent(visit.recorded + 2 * DAY),
                                 takes_back=visit.id, kind="erasure")]
            visit.kind = "erased"
    return more


def spoil(kept, names, dice):
    """Changes how some of one type arrive; gives what has to be sent besides. Of rare types a larger share, and of the first
    facts of accounts the most, since some metrics look at those alone. `names` tells when each account began."""
    more, order, first = [], [], {}
    for fact in kept:
        first.setdefault(fact.account, fact)
    for fact in kept:
        if first[fact.account] is fact and dice.random() < 0.6:
            more += WAYS[dice.choice(["late", "erased", "wrong"])](fact, names, dice)
        else:
            order.append(fact)
    dice.shuffle(order)
    ways = [("late", 0.10), ("too_late", 0.01), ("copy", 0.02), ("erased", 0.005), ("wrong", 0.005), ("hasty", 0.001)]
    for way, share in ways:
        number = min(len(order) // 8, max(int(len(kept) * share), {"late": 40, "erased": 80, "wrong": 60}.get(way, 6)))
        chosen, order = order[:number], order[number:]
        for fact in chosen:
            more += WAYS[way](fact, names, dice)
    return more


def soon_or_later(dice, most):
    """A delay: some of a few hours, so that also what looks at one day is touched."""
    return dice.randrange(4 * HOUR, 36 * HOUR) if dice.random() < 0.35 else dice.randrange(most)


def late(fact, names, dice):
    fact.kind, fact.recorded = "late", sent(fact.occurred + min(4 * HOUR + soon_or_later(dice, LATE_MAX), LATE_MAX - HOUR))
    if dice.random() < 0.05:
        fact.recorded = fact.occurred + LATE_MAX  # To the millisecond still in time.
    return []


def too_late(fact, names, dice):
    fact.kind, fact.recorded = "too_late", fact.occurred + LATE_MAX + dice.choice([1, MINUTE, dice.randrange(1, 30 * DAY)])
    return []


def copy(fact, names, dice):
    again = Fact(fact.id, fact.account, fact.type, fact.occurred, fact.recorded + dice.randrange(1, 30 * DAY), fact.user, fact.data)
    again.kind = "copy"
    return [again]


def erased(fact, names, dice):
    fact.kind = "erased"
    back = Fact(fact.id + "-back", fact.account, "fact.retracted", fact.recorded, sent(fact.recorded + soon_or_later(dice, 30 * DAY)),
                takes_back=fact.id, kind="erasure")
    return [back]


def hasty(fact, names, dice):
    """It is taken back before it comes."""
    fact.kind, back = "erased", fact.recorded
    fact.recorded = sent(fact.recorded + dice.randrange(DAY, 20 * DAY))
    return [Fact(fact.id + "-back", fact.account, "fact.retracted", back, back, takes_back=fact.id, kind="erasure")]


def wrong(fact, names, dice):
    """First sent with other content, of another day or of another account, then taken back and sent again as it was."""
    right = Fact(fact.id + "-right", fact.account, fact.type, fact.occurred, sent(fact.recorded + soon_or_later(dice, 25 * DAY)),
                 fact.user, fact.data, kind="correction")
    fact.kind, fact.data = "wrong", otherwise(fact, dice)
    if dice.random() < 0.4:
        fact.account = dice.choice([name for name, begun in names.items() if begun < fact.recorded])
    elif dice.random() < 0.5:
        fact.occurred -= dice.randrange(1, 4) * DAY + 1
    back = Fact(fact.id + "-back", fact.account, "fact.retracted", fact.occurred, right.recorded, takes_back=fact.id, kind="correction")
    return [back, right]


def otherwise(fact, dice):
    changed, words = dict(fact.data), OTHERWISE.get(fact.type, {})
    for name, value in fact.data.items():
        if name in words:
            changed[name] = dice.choice([word for word in words[name] if word != value])
        if isinstance(value, bool):
            changed[name] = not value
        elif isinstance(value, (int, float)) and name not in ("due_at", "period_start"):
            changed[name] = value + 1 if name in ("count", "attempt", "expires_days", "seats", "rows") else max(1, round(value / 2, 2)) if value else 1
    return changed


# Each changes a fact and gives what is sent besides.
WAYS = {"late": late, "too_late": too_late, "copy": copy, "erased": erased, "wrong": wrong, "hasty": hasty}
