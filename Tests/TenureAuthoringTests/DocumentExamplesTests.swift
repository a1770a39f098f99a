import Foundation
import TenureCore
import Testing

@testable import TenureAuthoring

/// Whatever the examples of the pages refer to and do not define themselves.
private let ground = """
    programme: {id: acme, title: Acme, version: 1, extends: catalogue, time_zone: Europe/Rome}
    calendars: [{id: business, time_zone: account, hours: {mon: "09:00-17:00"}}]
    roles: [{id: csm, title: CSM}, {id: executive, title: Executive, team: true}, {id: account_executive, title: AE}]
    tiers: [{id: free, title: Free}, {id: professional, title: Professional}, {id: enterprise, title: Enterprise}]
    metrics:
      - {id: users.active, unit: count, better: up, active_members: true, windows: [7d, 30d]}
      - {id: seats.used, unit: percent, better: up, expression: '100.0 * m("users.active.30d") / double(account.seats)'}
      - {id: features.used, unit: percent, better: up, expression: 'm("seats.used")'}
      - {id: tickets.open, unit: count, better: down, expression: 'm("users.active.30d")'}
      - {id: onboarding.ttv_days, unit: days, better: down, expression: '1.0'}
    health:
      id: ground
      groups: [{id: usage, title: Usage, weight: 1, components: [{id: seats, title: S, weight: 1, metric: seats.used, curve: identity}]}]
      bands: [{id: healthy, title: Healthy, from: 70, tone: good}, {id: critical, title: Critical, from: 0, tone: critical}]
    signals:
      - {id: health_critical, title: Critical, severity: critical, when: 'health.score < 50'}
      - {id: uptime_critical, title: Uptime, severity: critical, when: 'health.score < 40'}
      - {id: support_volume, title: Support, severity: low, when: 'm("tickets.open") > 9.0'}
      - {id: many_tickets, title: Tickets, severity: low, when: 'm("tickets.open") > 3.0'}
    plays:
      - {id: care, title: Care, owner: csm, steps: [{id: order, title: Order, tasks: [Order]}]}
      - {id: adoption_workshop, title: Workshop, owner: csm, steps: [{id: invite, title: Invite, tasks: [Invite everybody]}]}
    messages:
      - {id: health_alert, channel: mail, audience: team, subject: Alert}
      - {id: health_alert_chat, channel: chat, audience: team}
      - {id: step_overdue, channel: mail, audience: team, subject: Overdue}
      - {id: workshop_invite, channel: mail, audience: team, subject: Workshop}

    """

/// A page's examples as one programme, on the ground: what the page defines itself is taken from the page. Where a page
/// shows one section several times that a programme has once, there are as many programmes.
private struct PageProgramme {
    let page: DocumentPage
    let catalogue: ParsedFolder
    let zones: ZoneTable

    /// What is wrong with the examples, with the page's own lines.
    func mistakes() -> [String] {
        let variants = max(1, singles("programme").count, singles("health").count)
        return (0..<variants).flatMap { mistakes(variant: $0) } + bodyMistakes()
    }

    /// The lines of blocks that begin with the section.
    private func singles(_ section: String) -> [Int] {
        page.blocks.filter { $0.language == "yaml" && $0.text.hasPrefix(section + ":") }.map(\.line)
    }

    private func mistakes(variant: Int) -> [String] {
        var folder = ParsedFolder(ProgrammeFolder(files: files(variant: variant)))
        let own = Set(folder.files.flatMap { definitions($0.root) })
        var base = ParsedFolder(ProgrammeFolder(files: [("ground.yaml", ground)]))
        base.files = base.files.map { file in
            var file = file
            file.root = file.root.map { without(own, $0) }
            return file
        }
        folder.files = base.files + folder.files
        folder.bodies += messages(folder).map { ($0, "messages/\($0).mustache", "Text\n") }
        let (reading, _) = ProgrammeReader.assemble(folder, catalogue, zones)
        return reading.mistakes.filter { $0.severity == .error }.map { text($0) }
    }

    private func files(variant: Int) -> [(path: String, text: String)] {
        let others = ["programme", "health"].flatMap { name in
            singles(name).enumerated().filter { $0.offset != min(variant, singles(name).count - 1) }.map(\.element)
        }
        return page.blocks.filter { !others.contains($0.line) }.compactMap { block in
            // Lines keep their numbers, so that a mistake is found in the page.
            let before = String(repeating: "\n", count: block.line - 1)
            switch block.language {
            case "yaml": return ("\(page.name)-\(block.line).yaml", before + block.text)
            case "cel": return ("\(page.name)-\(block.line).yaml", before + signals(block))
            case _: return nil
            }
        }
    }

    /// Each line of CEL as the condition of a signal.
    private func signals(_ block: DocumentPage.Block) -> String {
        let lines = block.text.split(separator: "\n").enumerated().map { number, line in
            "{id: cel_\(block.line)_\(number), title: T, severity: low, when: '\(line)'}"
        }
        return "signals: [\n" + lines.joined(separator: ",\n") + "]\n"
    }

    private func definitions(_ root: Node?) -> [String] {
        (root?.map?.entries ?? []).flatMap { entry -> [String] in
            guard let section = Section(rawValue: entry.key.text) else { return [] }
            guard section.kind != nil else { return [section.rawValue] }
            return (entry.value.list?.items ?? []).compactMap { $0.map?[section.idKey]?.scalar?.text }.map { "\(section.rawValue) \($0)" }
        }
    }

    private func without(_ own: Set<String>, _ root: Node) -> Node {
        guard var map = root.map else { return root }
        map.entries = map.entries.compactMap { entry in
            guard let section = Section(rawValue: entry.key.text) else { return nil }
            guard section.kind != nil, var list = entry.value.list else { return own.contains(section.rawValue) ? nil : entry }
            list.items.removeAll { own.contains("\(section.rawValue) \($0.map?[section.idKey]?.scalar?.text ?? "")") }
            return .init(key: entry.key, value: .list(list))
        }
        return .map(map)
    }

    private func messages(_ folder: ParsedFolder) -> [String] {
        folder.files.flatMap { definitions($0.root) }.filter { $0.hasPrefix("messages ") }.map { String($0.dropFirst(9)) }
    }

    private func bodyMistakes() -> [String] {
        page.blocks.filter { $0.language == "mustache" }.flatMap { block in
            TagScanner.mistakes(in: block.text, file: "\(page.name):\(block.line)").map { text($0) }
        }
    }

    private func text(_ mistake: Diagnostic) -> String {
        "\(mistake.labels.first.map { "\($0.place.file):\($0.place.line)" } ?? page.name): \(mistake.code.rawValue) \(mistake.title)"
    }
}

@Suite struct `Examples in the documents` {
    private func programme(_ page: DocumentPage) throws -> PageProgramme {
        PageProgramme(
            page: page, catalogue: ParsedFolder(try shippedFolder("Programmes/catalogue").below("catalogue")),
            zones: try shippedZones())
    }

    @Test func `are all right`() throws {
        var counts: [String: Int] = [:]
        for page in try DocumentPage.all() {
            let mistakes = try programme(page).mistakes()
            #expect(mistakes == [], "\(page.name)")
            for block in page.blocks { counts[block.language, default: 0] += 1 }
        }
        // Else the test would be content with pages that it cannot read.
        #expect(counts["yaml", default: 0] >= 30)
        #expect(counts["cel", default: 0] >= 1)
        #expect(counts["mustache", default: 0] >= 1)
    }

    @Test(arguments: [
        ("metrics.md", "unit: count\n", "unit: cuont\n", "P105"), ("signals.md", "m(\"seats.used\")", "m(\"seat.used\")", "P214"),
        ("plays.md", "after: [fix]", "after: [fxi]", "P210"), ("conditions.md", "health.trend ==", "health.trend =", "P301"),
        ("kpis.md", "judged: seats_in_use", "judged: seat_in_use", "P222"), ("messages.md", "{{account.name}} fell", "{{account.nam}} fell", "P601"), ("tests.md", "raised: many_tickets", "raised: many_ticket", "P208"),
    ])
    func `are found wrong when they break`(name: String, right: String, wrong: String, code: String) throws {
        var page = try #require(try DocumentPage.all().first { $0.name == name })
        #expect(page.text.contains(right))
        page.text = page.text.replacingOccurrences(of: right, with: wrong)
        let mistakes = try programme(page).mistakes()
        #expect(mistakes.contains { $0.contains(code) }, "\(mistakes)")
    }

    /// `UPDATE_SNAPSHOTS=1` writes the pages anew.
    @Test func `and their tables say what the reader reads`() throws {
        var parts: [String] = []
        for page in try DocumentPage.all() {
            let (made, found) = page.regenerated()
            parts += found
            if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1" { try made.save() }
            #expect(made.text == page.text, "\(page.name) is stale: UPDATE_SNAPSHOTS=1 swift test --filter DocumentExamples")
        }
        let kinds = Section.allCases.compactMap { $0.form?.name }
        #expect(Set(parts) == Set(kinds.flatMap { ["smallest: \($0)", "fields: \($0)"] }))
    }

    @Test func `begin with the smallest valid definition`() throws {
        for schema in DefinitionSchema.all.dropFirst() {
            let example = try #require(Example.json(of: schema.name)?.object, "\(schema.name)")
            let validator = SchemaValidator(schema.json)
            #expect(validator.accepts(.object(example)), "\(schema.name)")
            for member in example.members {
                var less = example
                less[member.name] = nil
                #expect(!validator.accepts(.object(less)), "\(schema.name) can do without \(member.name)")
            }
        }
        for page in try DocumentPage.all() where page.text.contains("<!-- smallest:") {
            let first = page.text.split(separator: "\n").first { $0.hasPrefix("```") || $0.hasPrefix("<!--") }
            #expect(first?.hasPrefix("<!-- smallest:") == true, "\(page.name)")
        }
    }
}
