"""Business time as the starter programme's calendar declares it, computed anew here: nothing is asked of the product."""
from datetime import datetime, timedelta, timezone

OPENS, CLOSES = 9, 17
HOLIDAYS = {"2026-12-25", "2027-01-01"}
MINUTE = timedelta(minutes=1)


def _is_business_day(at):
    return at.weekday() < 5 and at.date().isoformat() not in HOLIDAYS


def first_open(at):
    """The first open instant from `at` on."""
    while not (_is_business_day(at) and at.hour < CLOSES):
        at = at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return max(at, at.replace(hour=OPENS, minute=0, second=0, microsecond=0))


def plus_hours(at, hours):
    """`at` and so many open hours; what is left at closing time goes on the next business day."""
    left, at = timedelta(hours=hours), first_open(at)
    while True:
        closing = at.replace(hour=CLOSES, minute=0, second=0, microsecond=0)
        if at + left <= closing:
            return at + left
        left -= closing - at
        at = first_open(closing)


def plus_days(at, days):
    """The same time of day, so many business days later."""
    at = first_open(at)
    while days:
        at += timedelta(days=1)
        days -= _is_business_day(at)
    return at


def instant(text):
    """An RFC 3339 instant in UTC."""
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(timezone.utc)
