"""G. Voice, relationship, advocacy."""
from fractions import Fraction

from known import DAY
from registry import count, facts, mean, metric, share, value, whole_days_since


def answers(known, days, instrument, counts=lambda value: True):
    """The newest of each contact; without a contact each answer is one of its own."""
    given = facts(known, "survey.answered", days, lambda d: d["instrument"] == instrument and counts(d["value"]))
    return list({fact.data.get("contact", fact.id): fact.data["value"] for fact in given}.values())


def half_up(number):
    """To a whole number, half away from zero."""
    return int(abs(number) + Fraction(1, 2)) * (1 if number >= 0 else -1)


@metric("nps")
def nps(known, days):
    given = answers(known, days, "nps")
    return half_up(Fraction(100 * (sum(a >= 9 for a in given) - sum(a <= 6 for a in given)), len(given))) if given else None


@metric("nps.normalised")
def nps_normalised(known, _):
    return None if value(known, "nps.90d") is None else (value(known, "nps.90d") + 100) / 2


metric("ltr_mean")(lambda known, days: mean(answers(known, days, "nps")))
metric("csat_mean")(lambda known, days: mean(answers(known, days, "csat")))
metric("ces_mean")(lambda known, days: mean(answers(known, days, "ces")))


@metric("csat_t2b")
def csat_top_two(known, days):
    given = answers(known, days, "csat")
    return share(sum(a >= 4 for a in given), len(given))


@metric("pmf")
def product_market_fit(known, days):
    """Very disappointed (3) among very, somewhat (2) and not (1); 0 is “not applicable” and no answer."""
    given = answers(known, days, "pmf", lambda a: a >= 1)
    return share(sum(a == 3 for a in given), len(given))


@metric("survey.response_rate")
def response_rate(known, days):
    return share(len(facts(known, "survey.answered", days)), len(facts(known, "survey.sent", days)))


@metric("survey.low_answers")
def detractors(known, _):
    """Of the last 30 days and today; an answer that is given again counts as it was given last."""
    if not known.begun():
        return None
    last = {f.data["response"]: f for f in known.events("survey.answered") if f.data.get("response")}
    return sum(f.data["instrument"] == "nps" and f.data["value"] <= 6 and known.today - f.day <= 30 for f in last.values())


@metric("sentiment")
def sentiment(known, days):
    """After 30 days what somebody wrote counts half."""
    felt = [(f.data["sentiment"], 0.5 ** ((known.today - f.day) / 30)) for f in facts(known, "feedback.given", days)
            if f.data.get("sentiment") is not None]
    return sum(s * weight for s, weight in felt) / sum(weight for _, weight in felt) if felt else None


metric("feedback.complaints")(lambda known, days: count(known, "feedback.given", days, lambda d: d["kind"] == "complaint"))
metric("feedback.praise")(lambda known, days: count(known, "feedback.given", days, lambda d: d["kind"] == "praise"))
metric("expansion.requests")(lambda known, days: count(known, "feedback.given", days, lambda d: d["kind"] == "request"))


@metric("pulse.csm")
def pulse(known, _):
    """As the person judged last; until the judgement expires."""
    given = facts(known, "grade.given", None, lambda data: data["metric"] == "pulse.csm")
    if not given:
        return None
    last = given[-1]
    if "expires_days" in last.data and known.now >= last.occurred + last.data["expires_days"] * DAY:
        return None
    return {"excellent": 92, "good": 77, "fair": 60, "poor": 25}[last.data["grade"]] if "grade" in last.data else last.data["points"]


def sponsors(known):
    people = {}
    for fact in known.events("contact.changed"):
        people.setdefault(fact.data["contact"], {}).update(fact.data)
    return {key for key, said in people.items() if said.get("role") == "sponsor" and not said.get("left")}


@metric("sponsor.days_since_touch")
def sponsor_touch(known, _):
    """Since somebody with the role answered, came or signed in; mail to them is none."""
    people = sponsors(known)
    days = [fact.day for type in ("meeting.held", "message.replied", "survey.answered", "portal.login", "contact.touched")
            for fact in known.events(type)
            if fact.data.get("role") == "sponsor" or fact.data.get("contact") in people]
    return known.today - max(days) if days else None


def fading(known, days, type):
    """Each with a sponsor, counting half after 45 days."""
    if not known.begun():
        return None
    return sum(0.5 ** ((known.today - f.day) / 45) for f in facts(known, type, days, lambda d: d.get("role") == "sponsor"))


metric("sponsor.touches_fading")(lambda known, days: fading(known, days, "contact.touched"))
metric("sponsor.meetings_fading")(lambda known, days: fading(known, days, "meeting.held"))


@metric("sponsor.engagement")
def sponsor_engagement(known, _):
    if not known.begun():
        return None
    return min(100, 40 * fading(known, 90, "meeting.held") + 20 * fading(known, 90, "contact.touched"))


@metric("sponsor.vacant")
def vacant(known, _):
    return not sponsors(known)


@metric("meetings.days_since")
def days_since_meeting(known, _):
    return whole_days_since(known, known.events("meeting.held"))


@metric("reviews.days_since")
def days_since_review(known, _):
    return whole_days_since(known, facts(known, "meeting.held", None, lambda d: d["kind"] in ("mbr", "qbr", "ebr")))


metric("meetings.held")(lambda known, days: count(known, "meeting.held", days))
metric("meetings.missed")(lambda known, days: count(known, "meeting.missed", days))


@metric("cadence.adherence")
def adherence(known, _):
    held, missed = count(known, "meeting.held", 90), count(known, "meeting.missed", 90)
    return share(held, held + missed) if known.begun() else None


@metric("engagement.reply_rate")
def reply_rate(known, days):
    return share(len(facts(known, "message.replied", days)), len(facts(known, "message.sent", days)), sample_min=3)


metric("reference.willing")(lambda known, days: count(known, "reference.accepted", days))
metric("reference.load")(lambda known, days: count(known, "reference.fulfilled", days))
metric("case_studies.agreed")(lambda known, days: count(known, "case_study.agreed", days))
