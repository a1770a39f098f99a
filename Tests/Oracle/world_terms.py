"""What the generated world consists of."""
ZONES = ["UTC", "Europe/Rome", "America/New_York", "Asia/Kolkata", "Africa/Cairo", "Australia/Lord_Howe",
         "Pacific/Auckland", "America/Sao_Paulo"]
FEATURES = [f"feature-{number}" for number in range(24)]
KEY = FEATURES[:22]
ADVANCED = FEATURES[2:24]

# Counts that can be nothing but 0 and 1.
NOUGHT_OR_ONE = {"integrations.sso"}
BOOLEAN = {"onb.activated", "errors.spike", "sso.live", "deploy.production_live", "sponsor.vacant"}

PROGRAMME = """
programme: {id: oracle, title: Every metric, version: 1, extends: catalogue, day_one: 0, time_zone: UTC, currency: EUR}
roles:
  - {id: csm, title: Success manager}
metrics:
  - {id: feature.used_count, title: Uses, unit: count, better: up, feature_uses: feature-1, windows: [7d, 30d]}
  - {id: feature.days_since, title: Days without, unit: days, better: down, days_since: {event: feature.used, when: 'event.feature == "feature-1"'}}
"""


def programme(references):
    """A programme that refers to every metric: signals that never hold keep them, and turns measure them."""
    lines = [PROGRAMME, "features:"]
    for name in FEATURES:
        lines.append(f"  - {{id: {name}, title: {name}, key: {str(name in KEY).lower()}, "
                     f"advanced: {str(name in ADVANCED).lower()}}}")
    lines += ["health:", "  id: overall", "  version: 1", "  coverage_floor: 50", "  group_coverage_floor: 50",
              "  hysteresis: 0", "  dwell_days: 0", "  groups:",
              "    - id: use", "      title: Use", "      weight: 100", "      components:",
              "        - {id: users, title: Users, weight: 100, metric: users.active.7d, "
              "curve: {linear: [[0, 0], [10, 100]]}}",
              "  bands:", "    - {id: fine, title: Fine, from: 50, tone: good, action: Go on}",
              "    - {id: weak, title: Weak, from: 0, tone: critical, action: Call}", "signals:"]
    for number, reference in enumerate(references):
        holds = f'm("{reference}")' + ("" if reference in BOOLEAN else " > 1.0e12")
        lines.append(f"  - {{id: never_{number}, title: Never {number}, severity: low, when: 'account.arr < -1.0 && {holds}'}}")
    return "\n".join(lines) + "\n"
