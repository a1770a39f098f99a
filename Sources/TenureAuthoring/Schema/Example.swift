import TenureCore

/// The smallest valid definition of each kind, as the documents open with it.
enum Example {
    /// YAML of one definition, without its section.
    static func yaml(of name: String) -> String? { texts.first { isSame($0.name, name) }?.yaml }

    static func json(of name: String) -> JSON? {
        yaml(of: name).flatMap { SafeYAML.read($0, file: name + ".yaml").root?.json }
    }

    private static let texts: [(name: String, yaml: String)] = [
        ("programme", "id: acme\ntitle: Acme\nversion: 1\ntime_zone: Europe/Rome\n"),
        ("calendar", "id: business\ntime_zone: account\nhours: {mon: \"09:00-17:00\", tue: \"09:00-17:00\"}\n"),
        ("role", "id: csm\ntitle: Customer Success Manager\n"),
        ("tier", "id: professional\ntitle: Professional\n"),
        ("segment", "id: enterprise\ntitle: Enterprise\nwhen: 'account.arr >= 100000.0'\n"),
        ("account_field", "id: plan_units\ntitle: Units in the plan\ntype: whole\n"),
        ("event", "type: report.exported\ntitle: Report exported\n"),
        ("feature", "id: reports\ntitle: Reports\n"),
        ("entity", "id: shipment\ntitle: Shipment\n"),
        ("metric", "id: users.active\nunit: count\nbetter: up\nactive_members: true\nwindows: [30d]\n"),
        (
            "health",
            """
            id: overall
            groups:
              - id: usage
                title: Usage
                weight: 1
                components:
                  - {id: seats, title: Seats in use, weight: 1, metric: seats.used, curve: identity}
            bands:
              - {id: healthy, title: Healthy, from: 70, tone: good}
              - {id: critical, title: Critical, from: 0, tone: critical}

            """
        ),
        (
            "sla",
            """
            id: replies
            title: Replies
            entity: ticket
            clocks:
              - {id: first_reply, title: First reply, starts: opened_at, ends_on: {event: ticket.replied}, targets: [{within: 4h}]}

            """
        ),
        (
            "kpi",
            "id: weekly_active\ntitle: Weekly active usage\ngroup: usage\nbetter: up\nshare: {metric: users.active.7d, at_least: 1}\n"
        ),
        ("signal", "id: low_health\ntitle: Health below 70\nseverity: high\nwhen: 'health.score < 70'\n"),
        (
            "play",
            """
            id: check_in
            title: Check in
            owner: csm
            steps:
              - {id: call, title: Call the customer}

            """
        ),
        ("message", "id: health_alert\nchannel: chat\naudience: team\n"),
        (
            "test",
            """
            id: nothing_happens
            title: A day without a fact
            start: 2026-03-02
            days: 1
            expect:
              - {nothing: true}

            """
        ),
    ]
}
