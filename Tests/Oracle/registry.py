"""The definitions of the oracle by the metric's id, written out from the documents and never from the definitions in YAML."""
DEFINITIONS = {}


class Definition:
    def __init__(self, function, tolerance, near, silent):
        self.function, self.tolerance, self.near, self.silent = function, tolerance, near, silent


def metric(id, tolerance=1e-9, near=None, silent=None):
    """Registers `function(known, days)` for an id; `days` is None without a window and 0 for the whole life.

    `tolerance` is relative: the last digits of doubles, or the one percent of a sketch. `near` tells of a truth whether a
    sketch leaves it open. `silent` is an event type, or `use`, and hours: when nobody's facts of it have come for longer, the
    metric is unknown for everybody."""

    def register(function):
        assert id not in DEFINITIONS, id
        DEFINITIONS[id] = Definition(function, tolerance, near, silent)
        return function

    return register


def split(reference):
    """`users.active.7d` is `users.active` over 7 days."""
    id, _, window = reference.rpartition(".")
    if window == "lifetime":
        return id, 0
    if window.endswith("d") and window[:-1].isdigit() and id in DEFINITIONS:
        return id, int(window[:-1])
    return reference, None


def value(known, reference):
    """What the metric is; None: unknown."""
    if reference not in known.cache:
        id, days = split(reference)
        definition = DEFINITIONS[id]
        known.cache[reference] = None if is_stale(known, reference) else definition.function(known, days)
    return known.cache[reference]


def is_stale(known, reference):
    """Whether the silence of everybody leaves nothing to say about one account."""
    silent = DEFINITIONS[split(reference)[0]].silent
    return silent is not None and known.silent(*silent)


# What several definitions say alike.

def facts(known, type, days, when=lambda data: True):
    return [fact for fact in known.events(type, days or None) if when(fact.data)]


def count(known, type, days, when=lambda data: True):
    return len(facts(known, type, days, when)) if known.begun() else None


def total(known, type, days, field, when=lambda data: True):
    if not known.begun():
        return None
    return sum(fact.data[field] for fact in facts(known, type, days, when) if fact.data.get(field) is not None)


def share(part, whole, scale=100, sample_min=0):
    if not whole or whole < sample_min:
        return None
    return scale * part / whole


def mean(values):
    return sum(values) / len(values) if values else None


def percentile(values, fraction, sample_min):
    """The value at the rank floor(fraction · (n − 1)), from 0."""
    if len(values) < max(1, sample_min):
        return None
    return sorted(values)[int(fraction * (len(values) - 1))]


def change(known, days, measure, base_min=0, significance_min=0, difference_min=0):
    """The last whole days against as many before, in percent; 0 where it can be chance."""
    if known.first_day is None or known.first_day > known.today - 2 * days:
        return None
    now = measure(known, known.today - days, known.today - 1)
    then = measure(known, known.today - 2 * days, known.today - days - 1)
    difference = now - then
    if then <= 0 or then < base_min or abs(difference) < difference_min:
        return 0
    if difference * difference < significance_min * significance_min * (now + then):
        return 0
    return 100 * difference / then


def whole_days_since(known, kept):
    return known.today - max(fact.day for fact in kept) if kept else None


def whole_days_since_first(known, kept):
    return known.today - min(fact.day for fact in kept) if kept else None


def newest(kept, field):
    return kept[-1].data[field] if kept else None
