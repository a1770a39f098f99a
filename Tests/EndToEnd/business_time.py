"""Spans of plays by a calendar, computed anew here: nothing is asked of the product."""
import re
from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo


class Calendar:
    """One zone, the same hours from Monday to Friday, and holidays."""

    def __init__(self, zone, opens, closes, holidays=()):
        self.zone, self.opens, self.closes, self.holidays = ZoneInfo(zone), opens, closes, set(holidays)

    def _is_business_day(self, at):
        return at.weekday() < 5 and at.date().isoformat() not in self.holidays

    def _at(self, day, hour):
        return datetime.combine(day, time(hour), self.zone)

    def first_open(self, at):
        """The first open instant from `at` on."""
        at = at.astimezone(self.zone)
        while not (self._is_business_day(at) and at.hour < self.closes):
            at = self._at(at.date() + timedelta(days=1), 0)
        return max(at, self._at(at.date(), self.opens))

    def plus_hours(self, at, hours):
        """`at` and so many open hours; what is left at closing time goes on the next business day."""
        left, at = timedelta(hours=hours), self.first_open(at)
        while True:
            closing = self._at(at.date(), self.closes)
            if at + left <= closing:
                return at + left
            left -= closing - at
            at = self.first_open(closing)

    def plus_days(self, at, days):
        """The same time of day, so many business days later."""
        at = self.first_open(at)
        while days:
            at += timedelta(days=1)
            days -= self._is_business_day(at)
        return at

    def plus(self, at, span):
        """`4bh` and `2bd` by this calendar, `24h` by the clock, `7d` and `2w` by the days of the zone."""
        count, unit = re.fullmatch(r"(-?\d+)(bh|bd|h|d|w)", span).groups()
        count = int(count)
        if unit == "bh":
            return self.plus_hours(at, count)
        if unit == "bd":
            return self.plus_days(at, count)
        if unit == "h":
            return at + timedelta(hours=count)
        # An aware datetime moves by the wall clock of its own zone.
        return at.astimezone(self.zone) + timedelta(days=count * (7 if unit == "w" else 1))

    def midnight(self, day):
        """The start of a local day."""
        return self._at(day, 0)


# As each programme declares them: calendars of an account's zone are those of the programme's zone here, since no
# account of the proofs names a zone of its own.
CALENDARS = {
    "starter": Calendar("UTC", 9, 17, ["2026-12-25", "2027-01-01"]),
    "claresia": Calendar("Europe/Rome", 9, 18),
    "credlink": Calendar("UTC", 9, 17),
    "maestro": Calendar("America/New_York", 9, 17, ["2026-01-01", "2026-07-04", "2026-11-26", "2026-12-25"]),
    "auterity": Calendar("America/New_York", 8, 20),
    "csos": Calendar("UTC", 9, 17, ["2026-12-25"]),
}


def instant(text):
    """An RFC 3339 instant in UTC."""
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(timezone.utc)
