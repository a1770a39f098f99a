"""G. Voice, relationship, advocacy."""
from known import DAY
from registry import count, facts, mean, metric, share, value, whole_days_since


def answers(known, days, instrument):
    return [f.data["value"] for f in facts(known, "survey.answered", days, lambda d: d["instrument"] == instrument)]


@metric("nps")
def nps(known, days):
    given = answers(known, days, "nps")
    return share(sum(a >= 9 for a in given) - sum(a <= 6 for a in given), len(given))


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
    """Very disappointed (3) among very, somewhat (2) and not (1); 0 is “not applicable” and left out."""
    given = [a for a in answers(known, days, "pmf") if a >= 1]
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
    return mean([f.data["sentiment"] for f in facts(known, "feedback.given", days) if f.data.get("sentiment") is not None])


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
