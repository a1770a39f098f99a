"""Facts as a product, a billing system and a help desk know them, and the Segment batch that carries them."""
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo


def fact(event, ago=0.0, user=None, times=1, **properties):
    """A track call under the name of an event type, or of a mapping, so many days ago, so many times."""
    return [{"event": event, "ago": ago, "user": user, "properties": properties} for _ in range(times)]


def people(event, count, ago=0.0, **properties):
    """The same call by so many users."""
    return [one for number in range(count) for one in fact(event, ago, f"u{number}", **properties)]


def over(days, make):
    """What is made of each day."""
    return [one for day in days for one in make(day)]


def each(event, name, values, **properties):
    """One call for each value of a property."""
    return [one for value in values for one in fact(event, **{name: value}, **properties)]


def day(ahead, zone="UTC"):
    """A date so many days from the zone's today."""
    return (datetime.now(ZoneInfo(zone)).date() + timedelta(days=ahead)).isoformat()


def moment(ago):
    """The instant so many days ago."""
    return (datetime.now(timezone.utc) - timedelta(days=ago)).strftime("%Y-%m-%dT%H:%M:%SZ")


def batch(account, traits, contacts, facts):
    """One request as a Segment library sends it: the account, its people as (role, address), its facts."""
    now = datetime.now(timezone.utc)
    calls = [{"type": "group", "groupId": account, "userId": "u0", "traits": traits}]
    for role, address in contacts:
        calls.append({"type": "identify", "userId": role, "traits": {
            "name": role.capitalize(), "email": address, "role": role}})
    for one in facts:
        calls.append({"type": "track", "event": one["event"], "userId": one["user"] or "service",
                      "properties": one["properties"], "timestamp": (now - timedelta(days=one["ago"])).isoformat()})
    for number, call in enumerate(calls):
        call |= {"messageId": f"{account}-{number}", "context": {"groupId": account}}
    return {"batch": calls}
