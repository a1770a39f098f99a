"""How facts arrive: most soon, some late, some too late, some twice, some wrong at first, some taken back."""
import random
from collections import defaultdict

from known import DAY, HOUR, LATE_MAX, MINUTE, Fact

# Collectors send every half an hour, or as often as the world says.
BATCH = [30 * MINUTE]

# Numbers and words that a wrong first version says otherwise.
OTHERWISE = {"state": ["live", "met", "open", "healthy", "draft", "fixed", "planned"], "status": ["open", "paid", "active"],
             "stage": ["open", "won"], "role": ["sponsor", "admin"], "kind": None}


def sent(moment):
    return (moment // BATCH[0] + 1) * BATCH[0]


def deliver(stories, end, seed):
    """Facts of all accounts in the order in which they were recorded; nothing is recorded at or after `end`."""
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
    for type, kept in sorted(by_type.items()):
        facts += spoil(type, kept, dice)
    return sorted((f for f in facts if f.recorded < end), key=lambda f: f.recorded)


def spoil(type, kept, dice):
    """Changes how some of one type arrive; gives what has to be sent besides. Of rare types a larger share."""
    more, order = [], kept[:]
    dice.shuffle(order)
    ways = [("late", 0.10), ("too_late", 0.01), ("copy", 0.02), ("erased", 0.005), ("wrong", 0.005), ("hasty", 0.001)]
    for way, share in ways:
        number = min(len(order) // 8, max(int(len(kept) * share), {"late": 40, "erased": 25, "wrong": 25}.get(way, 6)))
        chosen, order = order[:number], order[number:]
        for fact in chosen:
            more += WAYS[way](fact, dice)
    return more


def late(fact, dice):
    fact.kind, fact.recorded = "late", sent(fact.occurred + dice.randrange(DAY, LATE_MAX - HOUR))
    if dice.random() < 0.05:
        fact.recorded = fact.occurred + LATE_MAX  # To the millisecond still in time.
    return []


def too_late(fact, dice):
    fact.kind, fact.recorded = "too_late", fact.occurred + LATE_MAX + dice.choice([1, MINUTE, dice.randrange(1, 30 * DAY)])
    return []


def copy(fact, dice):
    again = Fact(fact.id, fact.account, fact.type, fact.occurred, fact.recorded + dice.randrange(1, 30 * DAY), fact.user, fact.data)
    again.kind = "copy"
    return [again]


def erased(fact, dice):
    fact.kind = "erased"
    back = Fact(fact.id + "-back", fact.account, "fact.retracted", fact.recorded, sent(fact.recorded + dice.randrange(30 * DAY)),
                takes_back=fact.id, kind="erasure")
    return [back]


def hasty(fact, dice):
    """It is taken back before it comes."""
    fact.kind, back = "erased", fact.recorded
    fact.recorded = sent(fact.recorded + dice.randrange(DAY, 20 * DAY))
    return [Fact(fact.id + "-back", fact.account, "fact.retracted", back, back, takes_back=fact.id, kind="erasure")]


def wrong(fact, dice):
    """First sent with other content or of another day, then taken back and sent again as it was."""
    right = Fact(fact.id + "-right", fact.account, fact.type, fact.occurred, sent(fact.recorded + dice.randrange(25 * DAY)),
                 fact.user, fact.data, kind="correction")
    fact.kind, fact.data = "wrong", otherwise(fact.data, dice)
    if dice.random() < 0.5:
        fact.occurred -= dice.randrange(1, 4) * DAY + 1
    back = Fact(fact.id + "-back", fact.account, "fact.retracted", fact.occurred, right.recorded, takes_back=fact.id, kind="correction")
    return [back, right]


def otherwise(data, dice):
    changed = dict(data)
    for name, value in data.items():
        if isinstance(value, bool):
            changed[name] = not value
        elif isinstance(value, (int, float)) and name not in ("due_at", "period_start"):
            changed[name] = value + 1 if name in ("count", "attempt", "expires_days", "seats", "rows") else max(1, round(value / 2, 2)) if value else 1
    return changed


WAYS = {"late": late, "too_late": too_late, "copy": copy, "erased": erased, "wrong": wrong, "hasty": hasty}
