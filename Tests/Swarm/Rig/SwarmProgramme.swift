import TenureAuthoring
import TenureCore
import TenureRuntime

/// Three plain counts that anybody can count again, and plays whose mails are due at once, after days, and when somebody is late.
enum SwarmProgramme {
    static let library = ProgrammeLibrary(files: [("zones.txt", "version swarm\nUTC 0\n")])

    struct Unreadable: Error {
        var mistakes: [String]
    }

    /// Versions differ in a threshold, a wait and a step, so that accounts change over in the midst of their plays.
    static func version(_ number: Int) throws -> LoadedProgramme {
        let isEven = number.isMultiple(of: 2)
        let edited =
            definitions
            .replacing("QUIET", with: isEven ? "3.0" : "2.0")
            .replacing("WAIT", with: isEven ? "2d" : "3d")
            .replacing("EXTRA", with: isEven ? "      - {id: extra, title: Extra, after: [offer], tasks: [Look again]}\n" : "")
            .replacing("NUMBER", with: String(number))
        let (loaded, mistakes) = library.read(ProgrammeFolder(files: [("programme.yaml", edited)] + messages))
        guard let loaded else { throw Unreadable(mistakes: mistakes.map(\.title)) }
        return loaded
    }

    private static let messages = ["brief", "offer", "late", "hello"].map {
        (path: "messages/\($0).mustache", text: "Hello {{recipient.name}},\n\n{{account.name}}: {{step.title}}.\n")
    }

    private static let definitions = """
        programme: {id: swarm, title: Swarm, version: 1, time_zone: UTC, day_one: 0, currency: USD}
        roles:
          - {id: csm, title: CSM}
        show: [sessions.7d, users.7d, tickets.30d]
        events:
          - {type: user.session, title: Session, activity: true}
          - {type: ticket.created, title: Ticket, fields: {ticket: {type: text, required: true}}}
        metrics:
          - {id: sessions, title: Sessions, meaning: All of them., unit: count, better: up, sum: {event: user.session}, windows: [7d]}
          - {id: users, title: Users, meaning: Different ones., unit: count, better: up, active_members: true, windows: [7d]}
          - {id: tickets, title: Tickets, meaning: All of them., unit: count, better: down, sum: {event: ticket.created}, windows: [30d]}
        health:
          id: overall
          version: 1
          coverage_floor: 10
          group_coverage_floor: 10
          hysteresis: 0
          dwell_days: 0
          groups:
            - id: usage
              title: Usage
              weight: 100
              components:
                - {id: active, title: Active users, weight: 1, metric: users.7d, curve: {linear: [[0, 0], [3, 100]]}}
          bands:
            - {id: healthy, title: Healthy, from: 70, tone: good, action: Grow}
            - {id: critical, title: Critical, from: 0, tone: critical, action: Call}
        signals:
          - {id: busy, title: Many tickets, severity: medium, when: 'm("tickets.30d") >= 2.0', clear: 'm("tickets.30d") < 1.0'}
          - {id: quiet, title: Few sessions, severity: high, when: 'm("sessions.7d") < QUIET', cooldown: 4d}
        messages:
          - {id: brief, title: Brief, channel: mail, audience: team, subject: "Version NUMBER: {{account.name}}"}
          - {id: offer, title: Offer, channel: mail, audience: customer, subject: "Some help?"}
          - {id: late, title: Late, channel: mail, audience: team, subject: "{{account.name}} waits"}
          - {id: hello, title: Hello, channel: mail, audience: customer, subject: "We miss you"}
        plays:
          - id: care
            title: Care
            starts_on: [busy]
            owner: csm
            reentry: after_exit
            steps:
              - id: tell
                title: Tell
                window: {from: start, due: 24h}
                tasks: [Call them]
                do: [{mail: brief, to: role:csm}]
                overdue: [{after: 12h, message: late, to: role:csm}]
              - {id: offer, title: Offer, window: {from: start, opens: WAIT}, do: [{mail: offer, to: contact:sponsor}], done_when: 'true'}
        EXTRA
          - id: save
            title: Save
            starts_on: [quiet]
            owner: csm
            reentry: 7d
            exits:
              - {when: 'm("sessions.7d") >= 6.0', outcome: back}
            steps:
              - {id: hello, title: Hello, do: [{mail: hello, to: contact:sponsor}], done_when: 'true'}
              - {id: ask, title: Ask, window: {from: start, opens: 30h}, do: [{mail: brief, to: role:csm}], tasks: [Ask them]}
        """
}
