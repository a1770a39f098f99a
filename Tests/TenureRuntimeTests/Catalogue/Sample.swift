import TenureAuthoring
import TenureCore
import TenureEngine
import TenureFixtures
import TenurePacks
import TenureProgramme
import TenureRuntime
import Testing

/// One account under an embedded programme, or under one that shows some of the catalogue's metrics.
struct Sample {
    var ledger: Ledger

    init(pack: String) throws { self.init(try Self.programme(pack)) }

    init(_ programme: Programme) { ledger = Ledger(programme) }

    /// - Parameter shown: references, such as `nps.90d`.
    init(showing shown: [String]) throws {
        let text = """
            programme: {id: sample, title: Sample, version: 1, extends: catalogue, time_zone: Europe/Rome}
            health:
              id: overall
              version: 1
              groups:
                - id: use
                  title: Use
                  weight: 100
                  components: [{id: users, title: Users, weight: 1, metric: users.active.7d, curve: identity}]
              bands: [{id: any, title: Any, from: 0, tone: good, action: Go on}]
            show: [\(shown.joined(separator: ", "))]
            """
        self.init(try Self.read(ProgrammeFolder(files: [("programme.yaml", text)])))
    }

    static func programme(_ pack: String) throws -> Programme {
        try read(ProgrammeLibrary(files: EmbeddedFiles.all).folder(pack))
    }

    private static func read(_ folder: ProgrammeFolder) throws -> Programme {
        let (loaded, mistakes) = ProgrammeLibrary(files: EmbeddedFiles.all).read(folder)
        #expect(mistakes.filter { $0.severity == .error }.map(\.title) == [])
        return try #require(loaded).programme
    }

    mutating func answer(_ now: String, _ instrument: String, _ value: Double, by contact: String? = nil) {
        var data: JSONObject = ["survey": "s", "instrument": .string(instrument), "value": .double(value)]
        if let contact { data["contact"] = .string(contact) }
        ledger.take(now, "survey.answered", data)
    }

    func reading(_ reference: String, at now: String) -> MetricReading? {
        let snapshot = ledger.snapshot(at: instant(now))
        return ledger.programme.metrics.firstIndex { $0.reference.text == reference }.map { snapshot.readings[$0] }
    }

    func value(_ reference: String, at now: String) -> Double? { ledger.value(reference, at: now) }

    /// Points of a component, as `group.component`.
    func points(_ component: String, at now: String) -> Double? {
        let snapshot = ledger.snapshot(at: instant(now))
        return ledger.programme.componentIDs.firstIndex(of: component)
            .flatMap { snapshot.health?.components[$0].pointsNano }.map { Double($0) / Double(nano) }
    }
}
