import TenureAuthoring
import TenureCore

/// Two signals, of which one is tested; a play that starts on the tested one; a default that is written out.
enum SmallProgramme {
    static let zones = ZoneTable(text: "version test\nUTC 0\n")

    static let definitions = """
        programme: {id: small, title: Small, version: 1, time_zone: UTC, day_one: 0}
        roles:
          - {id: csm, title: CSM}
        show: [tickets.30d]
        events:
          - type: ticket.created
            title: Ticket
            fields: {ticket: {type: text, required: true}}
            segment:
              - {track: "Ticket Created"}
              - {track: "Ticket Imported"}
        metrics:
          - {id: tickets, title: Tickets, meaning: All of them., unit: count, better: down, sum: {event: ticket.created}, windows: [30d]}
        signals:
          - {id: tested, title: Some, severity: medium, when: 'm("tickets.30d") >= 2.0', requirements: [ABC-1]}
          - {id: untested, title: Many, severity: high, when: 'm("tickets.30d") >= 20.0'}
        plays:
          - id: care
            title: Care
            starts_on: [tested]
            owner: csm
            reentry: after_exit
            steps:
              - {id: call, title: Call, tasks: [Call them, Write it down]}
              - {id: note, title: Note}
        """

    static let tests = """
        tests:
          - id: two_tickets
            title: Two tickets on one day
            start: 2026-03-02
            days: 1
            account: {name: Acme, csm: ada}
            facts:
              - {day: 1, track: "Ticket Created", count: 2, data: {ticket: T1}}
            expect:
              - {day: 1, play: care, owner: csm}
              - {day: 1, step: care/call, state: ready, tasks: [Call them, Write it down]}
        """

    static func draft(_ definitions: String = definitions, _ tests: String = tests) -> ProgrammeDraft? {
        let folder = ProgrammeFolder(files: [("small.yaml", definitions), ("tests/tests.yaml", tests)])
        return ProgrammeDraft(folder, catalogue: nil, zones: zones)
    }
}
