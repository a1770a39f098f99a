"""What each programme must do with plain facts, row by row.

A row is an account that is in trouble (or ready for more) and a twin that is well; both send facts of the same kinds.
Facts are what a product, a billing system and a help desk know; none of them names the outcome. Grades are what people
judge. Days in `ago` count back from now. Owners by role and the contacts have an address of their own per account.

`due` counts from the play's start, or from a date of the account (`term_end-95d`). `mails` are (recipient, subject):
a role of the account, `team:` a role of the workspace, `contact:` a contact. `reads` are values that the signal's
condition must have been decided on, at the account and at its twin, to `within` (a percentile is good to a hundredth)."""
from facts import day, each, fact, moment, over, people


def both(traits):
    """The same for the account and its twin."""
    return traits, traits


def sessions(week_before, week):
    """Sessions on each day of the last complete week and of the week before, by ten users in turn; one today."""
    return (over(range(8, 15), lambda ago: people("Signed In", week_before, ago))
            + over(range(1, 8), lambda ago: people("Signed In", week, ago)) + people("Signed In", 1))


def skills(failing):
    """Thirty invocations of skills within four days, each with its record, so many of them failing."""
    return [one for number in range(30) for one in
            fact("Skill Invoked", 1 + number % 3, f"u{number % 10}", skill=f"s{number % 4}", ok=number >= failing, cost=0.02)
            + fact("output.created", 1 + number % 3, kind="hub_record", output=f"o{number}")]


def verifications(today_ms):
    """A week of fast verifications, and ten today."""
    return (over(range(2, 6), lambda ago: fact("Content Verified", ago, times=8, ok=True, latency_ms=100))
            + fact("Content Verified", times=10, ok=True, latency_ms=today_ms))


KEY_FEATURES = ("dashboards", "reports", "data_ingest", "recipes")
FEATURES = ("guided_builder", "workflow_templates", "collaboration", "ai_requests", "data_sources", "monitoring",
            "conditional_logic", "scheduling", "alerting", "roi_reports")
ADOPT = each("Feature Used", "feature", KEY_FEATURES, user="u1")


def grades(*points):
    """The five dimensions of Auterity, as a person grades them."""
    names = ("productUsage", "businessValue", "engagement", "technicalHealth", "growthPotential")
    return [{"group": name, "points": value, "reason": "agreed in the review"} for name, value in zip(names, points)]


TABLE = {
    "starter": [
        dict(id="urgent_tickets", kind="ticket", requirements=[],
             facts=each("ticket.created", "ticket", ("T1", "T2"), priority="P1"),
             healthy=each("ticket.created", "ticket", ("T1", "T2"), priority="P3"),
             signals=["support_pressure"], reads={'m("tickets.open_critical")': (2, 0)},
             play="care_for_tickets", owner="csm", step="order", step_owner="team:support_lead", due="4bh",
             mails=[("team:support_lead", "{name}: Several urgent tickets"), ("csm", "{name}: Several urgent tickets")]),
        dict(id="unpaid_invoice", kind="billing", requirements=[], contacts=["billing"],
             facts=fact("billing.invoice", 20, invoice="I1", status="open", amount_remaining=500, due_at=moment(3)),
             healthy=fact("billing.invoice", 20, invoice="I1", status="open", amount_remaining=500, due_at=moment(3))
             + fact("billing.invoice", 5, invoice="I1", status="paid", amount_remaining=0, due_at=moment(3)),
             signals=["invoice_overdue"], reads={'m("invoice.overdue_days")': (3, 0)},
             play="collect_payment", owner="team:finance", step="remind", state="done", step_owner="team:finance", due="1bd",
             mails=[("contact:billing", "A friendly reminder from {vendor}"), ("team:finance", "{name}: invoice overdue")]),
        dict(id="unhappy_answer", kind="survey", requirements=[],
             facts=fact("Survey Answered", survey="q1", instrument="nps", value=3, response="r1"),
             healthy=fact("Survey Answered", survey="q1", instrument="nps", value=9, response="r1"),
             signals=["detractor"], reads={'m("survey.low_answers")': (1, 0)},
             play="close_the_loop", owner="csm", step="call", step_owner="csm", due="2bd",
             mails=[("csm", "{name}: somebody is unhappy")]),
        dict(id="stuck_onboarding", kind="telemetry", requirements=[],
             facts=fact("Onboarding Progressed", 6, step="import", percent=40),
             healthy=fact("Onboarding Progressed", 6, step="import", percent=40)
             + fact("Onboarding Progressed", 1, step="invite", percent=60),
             signals=["onboarding_stalled"], reads={'m("onb.days_since_progress")': (6, 1)},
             play="unblock_onboarding", owner="csm", step="ask", step_owner="csm", due="1bd",
             mails=[("csm", "{name}: onboarding has stalled")]),
        dict(id="falling_use", kind="telemetry", requirements=[],
             facts=sessions(6, 2), healthy=sessions(6, 6),
             signals=["usage_drop"], reads={'m("activity.wow")': (-200 / 3, 0)},
             play="win_back_usage", owner="csm", step="look", step_owner="csm", due="2bd",
             mails=[("csm", "{name}: Usage fell within a week")]),
        dict(id="notice_date", kind="contract", requirements=[],
             traits=({"notice_by": day(20)}, {"notice_by": day(200)}), facts=[], healthy=[],
             signals=["notice_near"], reads={'days_until("notice_by")': (20, 200)},
             play="ask_for_decision", owner="account_executive", step="ask", step_owner="account_executive", due="2bd",
             mails=[("account_executive", "{name}: notice date in 30 days"), ("csm", "{name}: notice date in 30 days")]),
    ],
    "claresia": [
        dict(id="failing_skills", kind="telemetry", requirements=["CLA-56"], traits=both({"term_start": day(-10)}),
             facts=skills(failing=10), healthy=skills(failing=0),
             signals=["success_rate_below_target"], reads={'m("workflows.success_rate.7d")': (200 / 3, 100)},
             play="improve_quality", owner="solutions_engineer", step="diagnose", step_owner="solutions_engineer", due="2bd",
             mails=[("solutions_engineer", "{name}: Success rate below 90 %"), ("csm", "{name}: Success rate below 90 %")]),
        dict(id="broken_sign_on", kind="telemetry", requirements=["CLA-82"], contacts=["it_admin"],
             facts=fact("Integration Failed", integration="sso", reason="certificate expired"),
             healthy=fact("Integration Connected", integration="sso"),
             signals=["access_failing"], reads={'m("integrations.failing")': (1, 0)},
             play="restore_access", owner="solutions_engineer", step="renew", step_owner="solutions_engineer", due="1bd",
             mails=[("solutions_engineer", "{name}: nobody can invoke a skill"),
                    ("contact:it_admin", "Please renew a credential for {vendor}")]),
        dict(id="outage", kind="telemetry", requirements=["CLA-47"], traits=both({"mode": "A"}),
             facts=fact("availability.measured", 2, minutes=10000, down_minutes=100),
             healthy=fact("availability.measured", 2, minutes=10000, down_minutes=10),
             signals=["uptime_below_sla"], reads={'m("uptime.pct.30d")': (99, 99.9)},
             play="explain_outage", owner="csm", step="explain", step_owner="csm", due="1bd",
             mails=[("csm", "{name}: uptime below the agreed figure"), ("team:ops", "{name}: uptime below the agreed figure")]),
        dict(id="asks_for_more", kind="feedback", requirements=["CLA-67"],
             facts=fact("Feedback Given", kind="request", text="A connector to the ERP"),
             healthy=fact("Feedback Given", kind="praise", text="We like it"),
             signals=["connector_request"], reads={'m("expansion.requests.30d")': (1, 0)},
             play="expand", owner="csm", step="understand", step_owner="csm", due="5bd",
             mails=[("csm", "{name}: New connector or skill requested")]),
        dict(id="renewal", kind="contract", requirements=["CLA-64", "CLA-69", "CLA-70", "CLA-71"],
             traits=({"term_end": day(98, "Europe/Rome")}, {"term_end": day(300, "Europe/Rome")}), facts=[], healthy=[],
             signals=["renewal_ahead"], reads={'days_until("term_end")': (98, 300)},
             play="renew", owner="csm", step="pack", step_owner="csm", due="term_end-95d",
             mails=[("csm", "{name}: prepare the renewal pack")]),
    ],
    "credlink": [
        dict(id="critical_ticket", kind="ticket", requirements=["CRE-47"],
             facts=fact("ticket.created", ticket="T1", priority="P1"),
             healthy=fact("ticket.created", ticket="T1", priority="P3"),
             signals=["critical_ticket"], reads={'m("tickets.open_critical")': (1, 0)},
             play="critical_issue", owner="customer_engineer", step="respond", step_owner="customer_engineer", due="1h",
             mails=[("customer_engineer", "Critical at {name}: Critical issue reported")], chats=1),
        dict(id="no_first_value", kind="telemetry", requirements=["CRE-71"],
             facts=fact("meeting.held", 20, meeting="M1", kind="kickoff"),
             healthy=fact("meeting.held", 20, meeting="M1", kind="kickoff")
             + fact("Content Verified", 16, ok=True, latency_ms=120)
             + fact("usage.measured", 1, meter="calls", value=900),
             signals=["first_value_late"], reads={'m("verifications.ok.lifetime")': (0, 1)},
             play="integration_help", owner="customer_engineer", step="pair", step_owner="customer_engineer", due="2bd",
             mails=[(role, "{name}: First value takes more than 14 days")
                    for role in ("customer_engineer", "technical_lead", "csm")]),
        dict(id="slow_calls", kind="telemetry", requirements=["CRE-40", "CRE-47"],
             facts=verifications(today_ms=400), healthy=verifications(today_ms=100),
             signals=["performance_degraded"], reads={'m("performance.degradation")': (300, 0)}, within=4,
             play="critical_issue", owner="customer_engineer", step="respond", step_owner="customer_engineer", due="1h",
             mails=[("customer_engineer", "Critical at {name}: Performance degraded by more than 50 %")], chats=1),
        dict(id="low_csat", kind="survey", requirements=["CRE-77"],
             facts=fact("Survey Answered", survey="w2", instrument="csat", value=6, response="r1"),
             healthy=fact("Survey Answered", survey="w2", instrument="csat", value=9, response="r1"),
             signals=["csat_low"], reads={'m("csat_mean.90d")': (6, 9)},
             play="listen", owner="csm", step="call", step_owner="csm", due="24h",
             mails=[("csm", "{name}: CSAT below 8")]),
        dict(id="asks_for_more", kind="feedback", requirements=["CRE-80", "CRE-93"],
             facts=fact("Feedback Given", kind="request"), healthy=fact("Feedback Given", kind="praise"),
             signals=["expansion_requested"], reads={'m("expansion.requests.30d")': (1, 0)},
             play="expand", owner="account_executive", step="discuss", step_owner="account_executive", due="5bd",
             mails=[("account_executive", "{name} asks for more"), ("csm", "{name} asks for more")]),
    ],
    "maestro": [
        dict(id="idle_seats", kind="telemetry", requirements=["MAE-45"], contacts=["sponsor"], traits=both({"seats": 100}),
             facts=people("Signed In", 30, 2), healthy=people("Signed In", 80, 2),
             signals=["low_adoption"], reads={'m("users.licence_utilisation")': (30, 80)},
             play="adoption_workshop", owner="csm", step="schedule", step_owner="csm", due="1w",
             mails=[("csm", "{name} needs an adoption workshop"), ("contact:sponsor", "A workshop for your team at {name}")]),
        dict(id="failing_runs", kind="telemetry", requirements=["MAE-46"],
             facts=fact("Workflow Run", 1, times=30, ok=True) + fact("Workflow Run", times=10, ok=False),
             healthy=fact("Workflow Run", 1, times=30, ok=True) + fact("Workflow Run", times=10, ok=True),
             signals=["performance_issues"], reads={'m("workflows.success_rate.7d")': (75, 100)},
             play="technical_review", owner="solutions_engineer", step="review", step_owner="solutions_engineer", due="1w",
             mails=[("solutions_engineer", "{name}: too many failed runs")]),
        dict(id="many_tickets", kind="ticket", requirements=["MAE-47"], contacts=["sponsor"],
             facts=each("ticket.created", "ticket", [f"T{number}" for number in range(12)], ago=3, priority="P3"),
             healthy=each("ticket.created", "ticket", ["T0", "T1", "T2"], ago=3, priority="P3"),
             signals=["support_volume"], reads={'m("tickets.opened.30d")': (12, 3)},
             play="training_session", owner="csm", step="train", step_owner="csm", due="1w",
             mails=[("csm", "{name}: more than ten tickets in a month"), ("contact:sponsor", "A training session for {name}")]),
        dict(id="standstill", kind="telemetry", requirements=["MAE-49"],
             facts=fact("availability.measured", 2, minutes=10000, down_minutes=600),
             healthy=fact("availability.measured", 2, minutes=10000, down_minutes=10),
             signals=["uptime_critical"], reads={'m("uptime.pct.30d")': (94, 99.9)},
             play="critical_recovery", owner="csm", step="assess", step_owner="csm", due="24h",
             mails=[("csm", "Act within 24 hours: {name} – Uptime below 95%"),
                    ("team:executive", "Act within 24 hours: {name} – Uptime below 95%")], chats=1),
        dict(id="escalations", kind="ticket", requirements=["MAE-49"],
             facts=each("ticket.created", "ticket", ("T1", "T2"), ago=2, priority="P2")
             + each("ticket.escalated", "ticket", ("T1", "T2"), ago=1),
             healthy=each("ticket.created", "ticket", ("T1", "T2"), ago=2, priority="P2")
             + each("ticket.escalated", "ticket", ("T1",), ago=1),
             signals=["tickets_escalated"], reads={'m("support.escalated_open")': (2, 1)},
             play="critical_recovery", owner="csm", step="assess", step_owner="csm", due="24h",
             mails=[("csm", "Act within 24 hours: {name} – Several escalated tickets"),
                    ("team:executive", "Act within 24 hours: {name} – Several escalated tickets")], chats=1),
        dict(id="would_refer", kind="grade", requirements=["MAE-51"],
             facts=people("Signed In", 1), healthy=people("Signed In", 1),
             grades=([{"metric": "reference.willingness", "points": 80, "reason": "asked the sponsor"}],
                     [{"metric": "reference.willingness", "points": 50, "reason": "asked the sponsor"}]),
             signals=["reference_potential"], reads={'m("reference.willingness")': (80, 50)},
             play="growth_opportunity", owner="csm", step="document", step_owner="csm", due="2w",
             mails=[("csm", "{name} is ready to grow")], chats=1),
    ],
    "auterity": [
        dict(id="declining", kind="grade", requirements=["AUT-59", "AUT-65"], facts=[], healthy=[],
             grades=(grades(60, 65, 60, 70, 50), grades(85, 80, 78, 88, 75)), scores=(62, 82),
             signals=["health_decline"], reads={"health.score": (62, 82)},
             play="health_decline", owner="csm", step="call", step_owner="csm", due="24h",
             mails=[("csm", "{name}: health is at 62"), ("account_executive", "{name}: health is at 62")], chats=1),
        dict(id="leaving", kind="grade", requirements=["AUT-56", "AUT-65"], facts=[], healthy=[],
             grades=(grades(45, 45, 40, 50, 40), grades(85, 80, 78, 88, 75)), scores=(44, 82),
             signals=["churn_risk", "health_decline"], reads={"health.score": (44, 82)},
             play="health_decline", owner="csm", step="escalate", step_owner="csm", due="24h",
             mails=[("csm", "{name}: health is at 44"), ("account_executive", "{name}: health is at 44"),
                    ("team:executive", "{name} is at 44: we need you")], chats=1),
        dict(id="near_the_limit", kind="telemetry", requirements=["AUT-60", "AUT-74", "AUT-75"], contacts=["admin"],
             facts=fact("limit.measured", limit="workflows", used=90, allowance=100, period_start=moment(10)),
             healthy=fact("limit.measured", limit="workflows", used=20, allowance=100, period_start=moment(10)),
             signals=["usage_limit"], reads={'m("limit.utilisation")': (90, 20)},
             play="usage_limit_warning", owner="csm", step="discuss", step_owner="csm", due="2d",
             mails=[("contact:admin", "You are close to a limit of your plan"), ("csm", "{name} is close to a usage limit")]),
        dict(id="unused_features", kind="telemetry", requirements=["AUT-61", "AUT-66"], traits=both({"term_start": day(-35)}),
             facts=each("Feature Used", "feature", FEATURES[:2], ago=3, user="u1"),
             healthy=each("Feature Used", "feature", FEATURES, ago=3, user="u1"),
             signals=["feature_underuse"], reads={'m("features.adoption")': (8, 40)},
             play="feature_enablement", owner="csm", step="enable", step_owner="csm", due="5bd",
             mails=[("csm", "{name} uses few of its features")]),
        dict(id="goes_live", kind="telemetry", requirements=["AUT-62", "AUT-76"], contacts=["champion"],
             facts=fact("Workflow Created", 4, workflow="W1") + fact("Workflow Published", 1, workflow="W1"),
             healthy=fact("Workflow Created", 4, workflow="W1"),
             signals=["milestone_first_workflow"], reads={'m("workflows.went_live.lifetime")': (1, 0)},
             play="milestone_celebration", owner="csm", step="recognise", step_owner="csm", due="24h",
             mails=[("contact:champion", "Congratulations: First production workflow live"),
                    ("csm", "{name}: First production workflow live")]),
    ],
    "csos": [
        dict(id="unpaid_invoice", kind="billing", requirements=["OPS-44"], contacts=["billing"],
             facts=fact("billing.invoice", 30, invoice="I1", status="open", amount_remaining=800, due_at=moment(5)),
             healthy=fact("billing.invoice", 30, invoice="I1", status="open", amount_remaining=800, due_at=moment(5))
             + fact("billing.invoice", 6, invoice="I1", status="paid", amount_remaining=0, due_at=moment(5)),
             signals=["invoice_unpaid"], reads={'m("invoice.overdue_days")': (5, 0)},
             play="invoice_follow_up", owner="team:finance", step="remind", step_owner="team:finance", due="3d",
             mails=[("team:finance", "Unpaid invoice: {name}"), ("contact:billing", "A friendly word about an open invoice")]),
        dict(id="stuck_onboarding", kind="telemetry", requirements=["OPS-19", "OPS-43"], contacts=["admin"],
             facts=fact("Onboarding Progressed", 5, step="ingest", percent=40),
             healthy=fact("Onboarding Progressed", 5, step="ingest", percent=40)
             + fact("Onboarding Progressed", 1, step="recipe", percent=70),
             signals=["onboarding_stalled"], reads={'m("onb.days_since_progress")': (5, 1)},
             play="onboarding_recovery", owner="csm", step="unblock", step_owner="csm", due="24h",
             mails=[("csm", "{name} is stuck in onboarding"),
                    ("contact:admin", "Where are you stuck? We will set it up with you")]),
        dict(id="no_sponsor", kind="people", requirements=["OPS-45"], traits=both({"term_start": day(-10)}),
             contacts=(["admin"], ["admin", "sponsor"]), facts=ADOPT, healthy=ADOPT,
             signals=["sponsor_disengaged"], reads={'m("sponsor.vacant")': ("yes", "no")},
             play="sponsor_reconnect", owner="csm", step="find", step_owner="csm", due="1w",
             mails=[("csm", "No word from the sponsor of {name}")], unreachable=["sponsor_note"]),
        dict(id="friction", kind="feedback", requirements=["OPS-59"],
             facts=fact("friction.changed", 8, friction="F1", state="logged", area="import"),
             healthy=fact("friction.changed", 3, friction="F1", state="logged", area="import"),
             signals=["friction_waiting"], reads={'m("friction.waiting")': (1, 0)},
             play="friction_loop", owner="team:product", step="route", step_owner="team:product", due="1w",
             mails=[("team:product", "Friction at {name} waits for a plan")]),
        dict(id="new_team", kind="telemetry", requirements=["OPS-56", "OPS-92"], contacts=["admin"],
             facts=people("Signed In", 3, 1) + fact("Team Started", team="Finance"), healthy=people("Signed In", 3, 1),
             signals=["new_team"], reads={'m("teams.started.30d")': (1, 0)},
             play="expansion_play", owner="account_executive", step="qualify", step_owner="account_executive", due="2w",
             mails=[("account_executive", "{name} is growing: New team"),
                    ("contact:admin", "More people on board, less work for you")]),
    ],
}
