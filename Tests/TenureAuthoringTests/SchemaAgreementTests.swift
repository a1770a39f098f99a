import TenureCore
import Testing

@testable import TenureAuthoring

/// What one definition is read as, in the company of the programme that it comes from.
private struct Bench {
    let zones: ZoneTable
    let outline: Outline
    let names: Names
    let texts: [String: SourceText]
    /// In the order of reading, the health model and the programme's header among them.
    private(set) var definitions: [(section: Section, map: MapNode)] = []

    init(_ folder: ProgrammeFolder, _ catalogue: ProgrammeFolder, zones: ZoneTable) {
        let (reading, _) = ProgrammeReader.assemble(ParsedFolder(folder), ParsedFolder(catalogue.below("catalogue")), zones)
        #expect(reading.mistakes.filter { $0.severity == .error }.isEmpty)
        (self.zones, outline, names, texts) = (zones, reading.outline, reading.names, reading.texts)
        for section in Section.allCases {
            if let kind = section.kind { definitions += outline.all(kind).map { (section, $0.map) } }
        }
        if let map = outline.programme { definitions.append((.programme, map)) }
        if let map = outline.health { definitions.append((.health, map)) }
    }

    /// Everything that the reader says of the definition, as it would stand in a file.
    func mistakes(_ section: Section, _ node: Node) -> [Diagnostic] {
        let reading = Reading(zones: zones)
        let isList = section.kind != nil
        let place = node.place
        let content = isList ? Node.list(ListNode(items: [node], place: place)) : node
        let root = MapNode(entries: [.init(key: Scalar(text: section.rawValue, style: .plain, place: place), value: content)], place: place)
        var folder = ParsedFolder(ProgrammeFolder(files: []))
        folder.files = [.init(path: "mutation.yaml", root: .map(root), source: SourceText(""), mistakes: [])]
        reading.outline(folder, isOwn: true)
        let written = reading.outline
        (reading.outline, reading.names, reading.texts) = (outline, names, texts)
        read(section, written, reading)
        return reading.mistakes
    }

    private func read(_ section: Section, _ written: Outline, _ reading: Reading) {
        if section == .health, let map = written.health { _ = reading.health(map) }
        if section == .programme, let map = written.programme {
            _ = reading.header(map)
            reading.outline.programme = map
            _ = reading.extendsCatalogue(ParsedFolder(ProgrammeFolder(files: [])))
        }
        for definition in section.kind.map(written.all) ?? [] {
            switch section {
            case .calendars: _ = reading.calendar(definition)
            case .roles: _ = reading.role(definition)
            case .tiers: _ = reading.tier(definition)
            case .segments: _ = reading.segment(definition)
            case .accountFields: _ = reading.accountField(definition)
            case .events: _ = reading.event(definition)
            case .features: _ = reading.feature(definition)
            case .entities: _ = reading.entity(definition)
            case .metrics: _ = reading.metric(definition)
            case .slas: _ = reading.sla(definition)
            case .kpis: _ = reading.kpi(definition)
            case .signals: _ = reading.signal(definition)
            case .plays: _ = reading.play(definition)
            case .messages: _ = reading.message(definition, bodies: [definition.id: MessageBody(path: "x", text: "")])
            case .tests: _ = reading.scenario(definition)
            case .programme, .health, .show: break
            }
        }
    }
}

@Suite struct `Schemas and readers agree` {
    /// What the form of a definition alone decides. The rest needs the programme, or the order of lists.
    private static let structural: Set<MistakeCode> = [
        .unknownKey, .missingKey, .wrongKind, .notAChoice, .malformedID, .measureCount, .malformedSpan, .malformedDate,
        .malformedHours, .malformedColour, .malformedCurrency, .malformedRecipient, .malformedRange, .oneOfKeys,
        .malformedAnchor, .malformedRequirement, .numberOutOfRange, .spanOutOfRange, .unknownSection,
    ]

    /// What the programme's own fields and events decide.
    private func isOpen(_ section: Section, _ path: [String]) -> Bool {
        guard section == .tests, path.last != "account" else { return false }
        return path.first == "account" || path.contains("data") || path == ["expect", "[]", "segment"]
    }

    private func validators() -> [Section: SchemaValidator] {
        var validators: [Section: SchemaValidator] = [:]
        for section in Section.allCases {
            let schema = section.form.flatMap { DefinitionSchema.named($0.name) }
            validators[section] = schema.map { SchemaValidator($0.json) }
        }
        return validators
    }

    /// Equal changes among equal keys are tried once.
    private func disagreements(
        _ bench: Bench, isThorough: Bool = true, seen: inout Set<String>
    ) -> (tried: Int, found: [String]) {
        let validators = validators()
        var (tried, found) = (0, [String]())
        for (section, map) in bench.definitions {
            guard let validator = validators[section] else { continue }
            if !validator.accepts(Node.map(map).json) { found.append("refused as shipped: \(section) \(map.place)") }
            for change in NodeMutation.all(of: .map(map), isThorough: isThorough) {
                let key = "\(section) \(change.path) \(change.what) \(change.beside)"
                guard seen.insert(key).inserted else { continue }
                tried += 1
                let node = change.node()
                let mistakes = bench.mistakes(section, node)
                let isAccepted = validator.accepts(node.json)
                let wrong = mistakes.first { Self.structural.contains($0.code) }
                if let wrong, isAccepted, !isOpen(section, change.path) {
                    found.append("schema accepts: \(section) \(change.path) \(change.what): \(wrong.code.rawValue) \(wrong.title)")
                }
                if !isAccepted, !mistakes.contains(where: { $0.severity == .error }) {
                    found.append("reader accepts: \(section) \(change.path) \(change.what) \(map.place)")
                }
            }
        }
        return (tried, found)
    }

    @Test func `over every change to a programme that uses everything`() throws {
        var seen: Set<String> = []
        let bench = Bench(wholeProgramme, wholeCatalogue, zones: testZones)
        let (tried, found) = disagreements(bench, seen: &seen)
        #expect(found == [])
        #expect(tried > 3000)
    }

    @Test func `over every change to a shipped programme`() throws {
        var seen: Set<String> = []
        var triedInAll = 0
        for name in shippedProgrammes {
            let (tried, found) = disagreements(try shippedBench(name), isThorough: false, seen: &seen)
            #expect(found == [], "\(name)")
            triedInAll += tried
        }
        #expect(triedInAll > 8000)
    }

    @Test func `over keys that are rarely used`() {
        var seen: Set<String> = []
        let (tried, found) = disagreements(Bench(rareKeys, wholeCatalogue, zones: testZones), seen: &seen)
        #expect(found == [])
        #expect(tried > 200)
    }

    /// Else a key could be declared that no reader reads, and nobody would notice.
    @Test func `over which keys there are`() throws {
        var used: Set<String> = []
        let benches =
            [Bench(wholeProgramme, wholeCatalogue, zones: testZones), Bench(rareKeys, wholeCatalogue, zones: testZones)]
            + (try shippedProgrammes.map(shippedBench))
        for bench in benches {
            for (section, map) in bench.definitions {
                if let form = section.form { used.formUnion(keys(.map(map), form)) }
            }
        }
        let declared = Section.allCases.compactMap(\.form).flatMap(\.withNested).flatMap { form in
            form.fields.map { form.name + "." + $0.key }
        }
        #expect(Set(declared).subtracting(used).sorted() == [])
    }

    private func shippedBench(_ name: String) throws -> Bench {
        Bench(
            try shippedFolder("Programmes/" + name), try shippedFolder("Programmes/catalogue"), zones: try shippedZones())
    }

    private func keys(_ node: Node, _ form: Form) -> Set<String> {
        var found: Set<String> = []
        for entry in node.map?.entries ?? [] {
            guard let field = form[entry.key.text] else { continue }
            found.insert(form.name + "." + field.key)
            for (inner, form) in nodes(entry.value, field.value) { found.formUnion(keys(inner, form)) }
        }
        return found
    }

    /// The mappings that a value holds, with their forms.
    private func nodes(_ node: Node, _ value: ValueForm) -> [(Node, Form)] {
        switch value {
        case .form(let form): [(node, form)]
        case .list(let item): (node.list?.items ?? []).flatMap { nodes($0, item) }
        case .entries(_, let item): (node.map?.entries ?? []).flatMap { nodes($0.value, item) }
        case .either(let values):
            values.flatMap { nodes(node, $0) }.filter { node, form in
                node.map.map { map in map.entries.allSatisfy { form[$0.key.text] != nil } } ?? false
            }
        case .text, .reference, .flag, .yes, .whole, .number, .span, .choice, .condition, .shaped, .range, .point,
            .nothing, .anything:
            []
        }
    }
}

/// What neither the whole programme nor a shipped one says.
private let rareKeys = folder(
    ("a.yaml", header),
    (
        "b.yaml",
        """
        calendars:
          - id: c
            time_zone: UTC
            hours: {mon: "09:00-17:00", sat: "09:00-12:00", sun: "09:00-12:00"}
            requirements: [R-1]
        segments: [{id: s, title: S, when: 'account.seats > 3', requirements: [R-1]}]
        features: [{id: f, title: F, requirements: [R-1]}]
        metrics: [{id: judged, unit: points, better: up, grade: {good: 90}}]
        health:
          id: h
          groups: [{id: g, title: G, weight: 1, components: [{id: c, title: C, weight: 1, metric: judged, curve: identity}]}]
          caps: [{id: x, title: X, when: 'flag("x")', at_most: 3, requirements: [R-1]}]
          bands: [{id: b, title: B, from: 0, tone: good}]
        kpis:
          - id: one
            title: One
            meaning: The first.
            group: g
            better: up
            metric: judged
            target: {above: 40}
            bands: [{id: good, title: Good, tone: good, above: 50}, {id: fair, title: Fair, tone: fair, at_least: 20}, {id: poor, title: Poor, tone: critical}]
            trend: {days: 14, within: 0.5}
            requirements: [R-1]
          - {id: two, title: Two, group: g, better: up, share: {metric: judged, above: 5, among: {metric: judged, above: 1}}, target: {at_least: 5}}
          - {id: three, title: Three, group: g, better: up, share: {metric: judged, at_least: 5, among: {metric: judged, at_least: 1}}}
          - id: four
            title: Four
            group: g
            better: down
            count: {metric: judged, below: 5, among: {metric: judged, below: 40}}
            target: {below: 5}
            bands: [{id: good, title: Good, tone: good, below: 3}, {id: fair, title: Fair, tone: fair, at_most: 3}, {id: poor, title: Poor, tone: critical}]
          - {id: five, title: Five, group: g, better: down, count: {metric: judged, at_most: 5, among: {metric: judged, at_most: 40}}, target: {at_most: 5}}
          - {id: six, title: Six, group: g, better: up, mean: {metric: judged, among: {metric: judged, above: 1}}}
          - {id: seven, title: Seven, group: g, better: up, median: {metric: judged}}
          - {id: eight, title: Eight, group: g, better: up, sum: {metric: judged}}
          - {id: nine, title: Nine, group: g, better: up, ratio: {of: judged, to: judged, scale: 100, round: true}}
          - {id: ten, title: Ten, group: g, better: up, revenue: nrr}
        tests:
          - id: t
            title: T
            start: 2026-03-02
            days: 3
            contacts: [{id: c, role: sponsor, name: Sue, email: sue@acme.example, title: CFO, since: 2026-01-01, left: false}]
            facts:
              - {days: 1..2, at: "09:30", every: 2, metric: judged, value: 3.5}
              - {days: 1..2, at: "09:30", every: 2, score: 50}
              - {days: 1..2, at: "09:30", every: 2, points: {g.c: 40}}
            expect:
              - {day: 1, band: b, review_every_days: 7}
              - {day: 1, raised: alarm, at: "10:00", respond_within: 48h}
              - {day: 1, kpi: one, value: 4, within: 0.5, band: good, on_target: true, trend: stable}
              - {judged: one, value: 4, was: 3, band: good, on_target: true, trend: improving}
            golden:
              - {day: 1, component: g.c, points: 40.0}
        signals: [{id: alarm, title: Alarm, severity: low, when: 'health.score < 50'}]

        """
    ))
