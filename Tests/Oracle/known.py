"""What is known of one account at one moment: raw facts and nothing else. Every metric of the oracle starts from here.

A fact counts when it was recorded before the moment, at most 35 days after it occurred, once for each id, and when it was
not taken back. Of two values of one thing the one that occurred later wins."""
from bisect import bisect_left, bisect_right
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

SECOND, MINUTE, HOUR, DAY = 1000, 60_000, 3_600_000, 86_400_000
NEVER = 1 << 60
LATE_MAX = 35 * DAY
# A source that speaks again brings what gathered meanwhile: for so long its silence still says nothing.
SETTLING = 30 * MINUTE
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def text(moment):
    """RFC 3339, to the millisecond."""
    whole = EPOCH + timedelta(milliseconds=moment)
    return whole.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment % 1000:03d}Z"


def parsed(moment):
    return round((datetime.fromisoformat(moment.replace("Z", "+00:00")) - EPOCH) / timedelta(milliseconds=1))


@lru_cache(maxsize=None)
def _day(zone, minute):
    return (EPOCH + timedelta(minutes=minute)).astimezone(ZoneInfo(zone)).date().toordinal()


def local_day(zone, moment):
    """The ordinal of the calendar day that the clocks of the zone show."""
    return _day(zone, moment // MINUTE)


@lru_cache(maxsize=None)
def day_start(zone, day):
    """The first moment of the local day: the first at which the clocks of the zone show it."""
    low = (date.fromordinal(day).toordinal() - EPOCH.toordinal()) * DAY - 16 * HOUR
    high = low + 32 * HOUR
    while high - low > MINUTE:
        middle = (low + high) // 2 // MINUTE * MINUTE
        if local_day(zone, middle) >= day:
            high = middle
        else:
            low = middle
    return high // MINUTE * MINUTE


def wall_time(zone, day, hour, minute):
    """The moment at which the clocks of the zone show that time."""
    wall = datetime.combine(date.fromordinal(day), datetime.min.time()).replace(hour=hour, minute=minute)
    return round((wall.replace(tzinfo=ZoneInfo(zone)) - EPOCH) / timedelta(milliseconds=1))


class Fact:
    """One thing that a sender said once."""
    __slots__ = ("id", "account", "type", "occurred", "recorded", "user", "data", "takes_back", "kind", "day")

    def __init__(self, id, account, type, occurred, recorded, user=None, data=None, takes_back=None, kind=""):
        self.id, self.account, self.type = id, account, type
        self.occurred, self.recorded = occurred, recorded
        self.user, self.data = user, data or {}
        self.takes_back = takes_back
        # Why it is there: "", late, too_late, copy, erased (will be taken back), erasure, wrong, correction (of a wrong one).
        self.kind = kind
        self.day = None

    def line(self):
        event = {"id": self.id, "account": self.account, "type": self.type, "time": text(self.occurred),
                 "recordedtime": text(self.recorded)}
        if self.user:
            event["user"] = self.user
        if self.data:
            event["data"] = {name: text(value) if name in MOMENTS else value for name, value in self.data.items()}
        if self.takes_back:
            event["op"], event["corrects"] = "retract", self.takes_back
        return event


class Story:
    """All that was ever said of one account: each id once, as it came first, with the moment at which it was taken back."""

    def __init__(self, facts, counts=lambda fact: True):
        """`facts` in the order in which they were recorded; those that do not count are as if they had never come."""
        taken_back, self.types, seen = {}, {}, set()
        for fact in facts:
            if fact.takes_back and counts(fact):
                taken_back.setdefault(fact.takes_back, fact.recorded)
        for fact in facts:
            if fact.takes_back or fact.id in seen or not counts(fact):
                continue
            seen.add(fact.id)
            if fact.recorded - fact.occurred <= LATE_MAX or fact.type in SAID:
                until = taken_back.get(fact.id, NEVER)
                self.types.setdefault(fact.type, []).append((fact.occurred, fact.recorded, until, fact))
        for kept in self.types.values():
            kept.sort(key=lambda row: row[:2])


def silences(sources, types, now):
    """How long nobody has been heard for; and, where somebody spoke again within the last half hour, for how long nobody had
    been before: until what gathered meanwhile is in, that silence lasts."""
    def last(before):
        return max((time for type in types if (time := sources.heard(type, before)) is not None), default=None)

    spoken = last(now)
    if spoken is None:
        return []
    settled = now - SETTLING
    before = last(settled + 1)
    again = min((time for type in types if (time := sources.heard_next(type, settled)) is not None), default=None)
    return [now - spoken] + ([again - before] if before is not None and again is not None and again < now else [])


class Known:
    """One account at `now`; `today` is the ordinal of its local day then."""

    def __init__(self, story, zone, now, today, sources):
        """`sources` tells when types were recorded from anybody."""
        self.zone, self.now, self.today, self.sources = zone, now, today, sources
        self.types = {}
        for type, rows in story.types.items():
            kept = [fact for _, recorded, until, fact in rows if recorded < now <= until]
            if kept:
                self.types[type] = kept
        self.days = {type: [fact.day for fact in kept] for type, kept in self.types.items()}
        self.first_day = min((kept[0].day for type, kept in self.types.items() if type not in SAID), default=None)
        self.cache, self.spells = {}, {}

    def shifted(self, days):
        """The same facts, looked at as if it were another day."""
        other = object.__new__(Known)
        other.__dict__.update(self.__dict__)
        other.today, other.cache = self.today + days, {}
        return other

    # Events

    def events(self, type, window=None):
        """Of a window of n days: the last n whole local days, and today so far. Nothing is known before the first event."""
        kept = self.types.get(type, [])
        if window is None:
            return kept
        return self.between(type, self.today - window, self.today)

    def between(self, type, first, last):
        days = self.days.get(type, [])
        return self.types.get(type, [])[bisect_left(days, first):bisect_right(days, last)]

    def begun(self):
        return self.first_day is not None

    def silent(self, type, hours):
        """Nobody's events of the type, or of any use, have been recorded for more than so many hours."""
        if type not in self.spells:
            self.spells[type] = silences(self.sources, ACTIVITY if type == "use" else (type,), self.now)
        return any(spell > hours * HOUR for spell in self.spells[type])

    # Use: every event that the catalogue calls activity

    def uses(self, first, last):
        """Pairs of member and day."""
        return {(fact.user, fact.day) for type in ACTIVITY for fact in self.between(type, first, last) if fact.user}

    def in_use(self):
        return any(type in self.types for type in ACTIVITY)

    # What the account, its people and its records say

    def fields(self):
        if "fields" not in self.cache:
            merged = {}
            for fact in self.types.get("account.changed", []):
                merged.update(fact.data)
            self.cache["fields"] = merged
        return self.cache["fields"]

    def objects(self, name, key, setters, closed=None):
        """Things with a life, by their key: each event sets fields. A closed one is forgotten 91 days after anything last
        happened to it; what comes of it after that begins anew."""
        if name in self.cache:
            return self.cache[name]
        facts = sorted((f for type in setters for f in self.types.get(type, [])), key=lambda f: (f.occurred, f.recorded))
        rows = {}
        for fact in facts:
            row = rows.setdefault(fact.data[key], {"touched": 0})
            if closed and row["touched"] and closed(row) and row["touched"] < self.forgotten_before(local_day(self.zone, fact.recorded)):
                row = rows[fact.data[key]] = {"touched": 0}
            row["touched"] = max(row["touched"], fact.occurred)
            row.update({field: value for field, value in setters[fact.type](fact).items() if value is not None})
        forgotten = self.forgotten_before(self.today)
        kept = [row for row in rows.values() if not (closed and closed(row) and row["touched"] < forgotten)]
        self.cache[name] = kept
        return kept

    @staticmethod
    def forgotten_before(day):
        return (day - 91 - EPOCH.toordinal()) * DAY

    def days_since(self, moment):
        """Whole local days."""
        return self.today - local_day(self.zone, moment)

    def day_began(self):
        return day_start(self.zone, self.today)


# Members of data that are moments: milliseconds here, text on the way.
MOMENTS = {"due_at", "period_start"}
# What people and records say has no lateness: a field of last year is still the account's field.
SAID = {"account.changed", "contact.changed", "grade.given"}
ACTIVITY = ("user.session", "feature.used", "recipe.completed")
