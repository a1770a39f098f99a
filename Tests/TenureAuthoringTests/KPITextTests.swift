import TenureCore
import TenureProgramme
import Testing

@testable import TenureAuthoring

/// KPIs as an author writes them.
@Suite struct KPITextTests {
    private func folder(_ kpi: String) -> ProgrammeFolder {
        ProgrammeFolder(files: [
            (
                "programme.yaml",
                """
                programme: {id: acme, title: Acme, version: 1, time_zone: UTC}
                metrics:
                  - {id: users.active, unit: count, better: up, active_members: true, windows: [7d]}
                  - {id: judged, unit: points, better: up, grade: {good: 90}}
                kpis:
                  - {id: k, title: K, group: usage, \(kpi)}
                """
            )
        ])
    }

    private func codes(_ kpi: String) -> [String] {
        read(folder(kpi)).mistakes.filter { $0.severity == .error }.map(\.code.rawValue)
    }

    private func kpi(_ text: String) throws -> KPI {
        let (reading, programme) = ProgrammeReader.assemble(ParsedFolder(folder(text)), nil, testZones)
        #expect(reading.mistakes.filter { $0.severity == .error } == [])
        return try #require(programme.kpis.first)
    }

    private static let bands = "bands: [{id: a, title: A, tone: good, above: 80}, {id: b, title: B, tone: fair, at_least: 60}, {id: c, title: C, tone: critical}]"

    @Test func `what is left out holds as the table says`() throws {
        let read = try kpi("better: up, metric: users.active.7d")
        #expect(read.measure == .account(MetricReference(metric: "users.active", windowDays: 7)))
        #expect(read.target == nil && read.bands == [] && read.trendDays == 28 && read.deadZone == 0)
        #expect(read.meaning.isEmpty && read.group == "usage" && read.better == .up)
    }

    @Test func `measures, edges and trends are read as they are written`() throws {
        let active = MetricReference(metric: "users.active", windowDays: 7)
        let judged = MetricReference(metric: "judged", windowDays: nil)
        let share = try kpi(
            "better: up, share: {metric: users.active.7d, at_least: 1, among: {metric: judged, below: 50}}, target: {above: 75}, "
                + Self.bands + ", trend: {days: 14, within: 1.5}")
        #expect(share.measure == .share(KPIRange(metric: active, edge: .atLeast(1)), among: KPIRange(metric: judged, edge: .below(50))))
        #expect(share.target == .above(75) && share.trendDays == 14 && share.deadZone == 1.5)
        #expect(share.bands.map(\.edge) == [.above(80), .atLeast(60), nil])
        #expect(share.metrics == [active, judged])
        #expect(try kpi("better: down, median: {metric: judged}").measure == .median(judged, among: nil))
        #expect(try kpi("better: up, revenue: grr").measure == .revenue(.grr))
        #expect(
            try kpi("better: up, ratio: {of: judged, to: users.active.7d, scale: 100, round: true}").measure
                == .ratio(of: judged, to: active, scale: 100, isRounded: true))
    }

    @Test(arguments: [
        ("better: up", "P119"), ("better: up, metric: judged, revenue: nrr", "P119"), ("better: none, metric: judged", "P105"),
        ("better: up, metric: users.active", "P215"), ("better: up, metric: users.activ.7d", "P214"),
        ("better: up, share: {metric: judged}", "P119"), ("better: up, share: {metric: judged, above: 1, below: 3}", "P119"),
        ("better: up, share: {metric: judged, above: 1, among: {metric: judged}}", "P119"), ("better: up, revenue: arr", "P105"),
        ("better: up, metric: judged, target: {below: 3}", "P421"), ("better: down, metric: judged, target: {at_least: 3}", "P421"),
        ("better: down, metric: judged, " + bands, "P421"),
        ("better: up, metric: judged, bands: [{id: a, title: A, tone: good, at_least: 60}, {id: b, title: B, tone: fair, above: 60}, {id: c, title: C, tone: critical}]", "P422"),
        ("better: up, metric: judged, bands: [{id: a, title: A, tone: good}, {id: b, title: B, tone: fair}]", "P422"),
        ("better: up, metric: judged, bands: [{id: a, title: A, tone: good, above: 60}]", "P423"),
        ("better: up, metric: judged, target: {above: 100}", "P424"), ("better: up, metric: judged, target: {at_least: 0}", "P424"),
        ("better: up, share: {metric: users.active.7d, at_least: 1}, target: {at_least: 101}", "P424"),
        ("better: up, metric: judged, bands: []", "P123"), ("better: up, metric: judged, trend: {days: 0}", "P401"),
        ("better: up, metric: judged, trend: {within: -1}", "P401"),
        ("better: up, metric: judged, bands: [{id: a, title: A, tone: good, above: 60}, {id: a, title: B, tone: fair}]", "P107"),
    ])
    func `what is wrong is told`(kpi: String, code: String) {
        #expect(codes(kpi).contains(code), "\(codes(kpi))")
    }

    @Test func `an edge that is just inside tells values apart`() {
        #expect(codes("better: up, metric: judged, target: {at_least: 100}") == [])
        #expect(codes("better: up, metric: judged, target: {above: 0}") == [])
        #expect(codes("better: up, metric: judged, bands: [{id: a, title: A, tone: good, above: 60}, {id: b, title: B, tone: fair, at_least: 60}, {id: c, title: C, tone: critical}]") == [])
    }

    @Test func `what changed between two versions is told`() throws {
        let before = try #require(read(folder("better: up, metric: judged")).loaded)
        let after = try #require(read(folder("better: up, metric: judged, target: {above: 3}")).loaded)
        let change = ProgrammeChange(from: before, to: after)
        #expect(change.definitions.map(\.kind) == ["KPI"])
        #expect(change.definitions.first?.differences.map(\.path) == ["target.above"])
    }
}
