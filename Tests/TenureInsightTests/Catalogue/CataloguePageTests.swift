import Foundation
import TenureAuthoring
import TenurePacks
import TenureProgramme
import TenureRuntime
import Testing

@testable import TenureInsight

/// `docs/reference/metrics.md` lists the catalogue as it is; UPDATE_SNAPSHOTS=1 makes the list anew.
@Suite struct CataloguePageTests {
    private let page = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/reference/metrics.md")
        .standardizedFileURL
    private static let (begin, end) = ("<!-- catalogue -->\n", "<!-- end -->")

    /// A programme that keeps every metric of the catalogue.
    private func catalogue() throws -> Programme {
        let text = """
            programme: {id: all, title: All, version: 1, extends: catalogue, time_zone: UTC}
            health:
              id: overall
              version: 1
              groups:
                - id: use
                  title: Use
                  weight: 100
                  components: [{id: users, title: Users, weight: 1, metric: users.active.7d, curve: identity}]
              bands: [{id: any, title: Any, from: 0, tone: good, action: Go on}]
            show: [\(try allMetricIDs().joined(separator: ", "))]
            """
        let library = ProgrammeLibrary(files: EmbeddedFiles.all)
        let (loaded, mistakes) = library.read(ProgrammeFolder(files: [("programme.yaml", text)]))
        #expect(mistakes.filter { $0.severity == .error }.map(\.title) == [])
        return try #require(loaded).programme
    }

    /// By the text alone: what nothing refers to is not read.
    private func allMetricIDs() throws -> [String] {
        let files = ProgrammeLibrary(files: EmbeddedFiles.all).catalogue.files.filter { $0.path.hasSuffix(".yaml") }
        return try files.flatMap { file -> [String] in
            guard let metrics = file.text.range(of: "\nmetrics:\n") else { return [] }
            return try file.text[metrics.upperBound...].split(separator: "\n  - ").map { entry in
                let text = entry.drop { $0 == " " || $0 == "-" || $0 == "{" }
                let id = try #require(text.split(separator: "id: ").first?.prefix { !", \n".contains($0) })
                let windows = text.firstRange(of: "windows: [").map { text[$0.upperBound...].prefix { !",]".contains($0) } }
                return id + (windows.map { "." + $0 } ?? "")
            }
        }
    }

    @Test func `the page lists every metric of the catalogue with unit, direction, windows, meaning and formula`() throws {
        let programme = try catalogue()
        let formula = MetricFormula(programme)
        let metrics = programme.metrics.sorted { $0.id < $1.id }
        #expect(metrics.count > 140)
        let rows = metrics.map { metric in
            [
                "`\(metric.id)`", metric.unit.rawValue, Self.arrow(metric.better),
                metric.windows.map { $0 == 0 ? "lifetime" : "\($0)d" }.joined(separator: " "), metric.meaning,
                formula.words(metric).replacingOccurrences(of: "|", with: "\\|"),
            ]
        }
        for metric in metrics { #expect(!metric.meaning.isEmpty, "\(metric.id) says nothing about itself") }
        let header = "| Metric | Unit | Good | Windows | Meaning | Formula |\n|---|---|---|---|---|---|\n"
        let made = header + rows.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
        let text = try String(contentsOf: page, encoding: .utf8)
        let start = try #require(text.range(of: Self.begin)?.upperBound)
        let stop = try #require(text.range(of: Self.end)?.lowerBound)
        if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1" {
            try (text[..<start] + made + text[stop...]).write(to: page, atomically: true, encoding: .utf8)
        } else {
            #expect(text[start..<stop] == made, "make it anew with UPDATE_SNAPSHOTS=1")
        }
    }

    @Test func `what the page says about other words names metrics that there are`() throws {
        let known = Set(try catalogue().metrics.map(\.id))
        let text = try String(contentsOf: page, encoding: .utf8)
        let start = try #require(text.range(of: "## Other words for them")?.upperBound)
        let stop = try #require(text.range(of: "## Not in the catalogue")?.lowerBound)
        var named = 0
        for line in text[start..<stop].split(separator: "\n") where line.hasPrefix("| ") {
            let cells = line.split(separator: "|")
            guard cells.count > 1 else { continue }
            for (place, word) in cells[1].split(separator: "`", omittingEmptySubsequences: false).enumerated() where place % 2 == 1 {
                named += 1
                #expect(known.contains(String(word)), "\(word) is no metric of the catalogue")
            }
        }
        #expect(named > 20)
    }

    private static func arrow(_ direction: Metric.Direction) -> String {
        switch direction {
        case .up: "↑"
        case .down: "↓"
        case .none: ""
        }
    }
}
