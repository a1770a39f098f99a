import Testing

@testable import TenureAuthoring

/// Slips that people make in conditions and in YAML, each with what they read then: one golden for each family.
@Suite struct `Common slips` {
    private static let programme = """
        roles: [{id: csm, title: CSM}]
        tiers: [{id: free, title: Free}, {id: gold, title: Gold}]
        events: [{type: seen, title: Seen, fields: {kind: {type: choice, choices: [a, b]}, size: {type: number}}}]
        metrics:
          - {id: users, unit: count, better: up, active_members: true, windows: [7d]}
          - {id: stickiness, unit: ratio, better: up, stickiness: true, windows: [7d]}
          - {id: mood, unit: points, better: up, grade: {good: 80, poor: 20}}
        health:
          id: h
          groups: [{id: g, title: G, weight: 1, components: [{id: c, title: C, weight: 1, metric: mood, curve: identity}]}]
          bands: [{id: healthy, title: Healthy, from: 60, tone: good}, {id: poor, title: Poor, from: 0, tone: critical}]
        signals:
          - {id: small, title: Small, severity: low, when: 'account.seats < 5'}
        plays: [{id: grow, title: Grow, owner: csm, starts_on: [small], steps: [{id: call, title: Call}]}]
        show: [users.7d, stickiness.7d]

        """

    private static let conditions = [
        #"account.seats < 5 and account.arr > 10.0"#, #"account.seats < 5 or true"#, #"not flag("x")"#,
        #"account.seats = 5"#, #"account.seats <> 5"#, #"account.name == “Acme”"#, #"account.seats < 5 &&"#,
        #"(account.seats < 5"#, #"account.seats < 5)"#, #"account.seats < 5 account.arr > 1.0"#, #""#,
        #"account.seat < 5"#, #"Account.seats < 5"#, #"acount.seats < 5"#, #"seats < 5"#, #"account.seats"#,
        #"account.seats < 5.5"#, #"account.seats < "5""#, #"account.seats + account.name > 5"#,
        #"!account.seats"#,
        #"account.tier in "gold""#, #"account.tier in ["gold", "golden"]"#, #"account.tier == "Gold""#,
        #"account.term_end < "2026-12-31""#, #"days_until("term_end") < duration("90d")"#,
        #"days_until(account.term_end) < 90"#, #"days_until("termend") < 90"#, #"now > account.term_end"#,
        #"now() > account.term_end"#, #"today() == 1"#, #"account.name.startswith("A")"#,
        #"account.name.startsWith()"#,
        #"account.name.startsWith("A", "B")"#, #"len(account.name) > 3"#, #"account.name.matches("(A")"#,
        #"account.name.matches("A(?=B)")"#, #"has(account.seats)"#, #"m("users") > 1.0"#,
        #"m("users.30d") > 1.0"#,
        #"m("user.7d") > 1.0"#, #"m(users.7d) > 1.0"#, #"m("users.7d") > "1""#, #"metric("users.7d") > 1.0"#,
        #"flag(complaint)"#, #"flag("two words")"#, #"grade("mood") == "god""#, #"grade("users") == "good""#,
        #"signal("smal").open"#, #"signal("small").opened"#, #"signal("small")"#, #"play("grow").started"#,
        #"contact("sponsor").name == "x""#, #"step("call").done"#, #"component("c") > 1.0"#,
        #"health.band == "poore""#,
        #"health.bands == "poor""#, #"health.score > 100"#, #"health.score >= 0"#,
        #"m("stickiness.7d") < 40.0"#,
        #"m("users.7d") < 0.0"#, #"health.band != "healthy" || health.band != "poor""#,
        #"health.band == "healthy" && health.band == "poor""#, #"account.seats > 5 && account.seats < 5"#,
        #"true"#,
        #"1 / 0 == 1"#, #"account.seats > 5 ? true"#, #"account.seats > 99999999999999999999"#,
        #"[1, 2, 3].sum() > 1"#,
    ]

    @Test func `in conditions`() throws {
        var text = ""
        for condition in Self.conditions {
            let quoted = condition.replacing("'", with: "''")
            let signal = "signals:\n  - {id: slip, title: Slip, severity: low, when: '\(quoted)'}\n"
            text += "=== \(condition)\n\n"
            text +=
                mistakeText(folder(("a.yaml", header + Self.programme.replacing("signals:\n", with: signal))))
                + "\n"
        }
        try expectGolden(text, "slips-in-conditions.txt")
    }

    private static let yaml = [
        "roles: [{id: csm, title: CSM}", "roles: [{id: csm, title: CSM]", "roles: {id: csm, title: CSM}",
        "roles:\n  id: csm\n  title: CSM", "roles: csm", "roles:", "roles:\n- id: csm\n title: CSM",
        "roles:\n  - id: csm\n    title: CSM: the manager", "roles:\n  - id: csm\n    title: \"CSM",
        "roles:\n  - id: csm\n    title: 'It's us'",
        "roles:\n  - id: csm\n\ttitle: CSM", "roles:\n  - id: csm\n     title: CSM",
        "roles:\n  -id: csm\n   title: CSM",
        "roles:\n  - id:csm\n    title: CSM", "roles: [{id: csm, title: @csm}]",
        "roles: [{id: csm, title: `csm`}]",
        "roles: [{id: csm, title: %csm}]", "roles: [{id: csm, title: *csm}]",
        "roles: [{id: csm, title: &csm x}]",
        "roles: [{id: csm, title: !csm x}]", "roles: [{id: csm, title: \"a\\qb\"}]",
        "roles: [{id: csm, id: kam, title: CSM}]",
        "roles: []\nroles: []", "roles: [{id: csm, title: CSM}]\n---\nroles: []", "...\nroles: []", "}",
        "roles: []]",
        "Roles: []", "role: [{id: csm, titel: CSM}]", "playbooks: []", "roles: [{ID: csm, name: CSM}]",
        "roles: [{id: csm, title: CSM, team: Yes}]", "roles: [{id: csm, title: CSM, team: \"true\"}]",
        "roles: [{id: csm, title: ~}]",
        "roles: [{id: on, title: No}]", "roles: [{id: 012, title: 1e3}]",
        "tiers: [{id: gold, title: Gold}, {id: gold, title: Gold}]",
        "tiers: [{id: g\u{200B}old, title: Gold}]", "tiers: [{id:\u{A0}gold, title: Gold}]",
        "\u{FEFF}tiers: [{id: gold, title: Gold}]",
        "tiers: [{id: gold, title: Gold}, ]", "tiers: [gold, free]", "tiers:\n  gold: {title: Gold}",
        "metrics: [{id: m, unit: days, better: higher, active_weeks: true}]", "show: users.7d", "show: []",
    ]

    @Test func `in YAML`() throws {
        var text = ""
        for source in Self.yaml {
            text += "=== \(source)\n\n" + mistakeText(in: source) + "\n"
        }
        try expectGolden(text, "slips-in-yaml.txt")
    }
}
