import Foundation
import TenureAuthoring
import TenureEngine
import TenureFixtures
import TenurePacks
import TenureProgramme
import TenureRuntime
import Testing

/// `docs/reference/metrics.md` lists the catalogue as it is; UPDATE_SNAPSHOTS=1 makes the list anew.
@Suite struct CataloguePageTests {
    private let page = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/reference/metrics.md")
        .standardizedFileURL
    private static let (begin, end) = ("<!-- catalogue -->\n", "<!-- end -->")

    /// A programme that keeps every metric of the catalogue.
    private func catalogue() throws -> Programme {
        let all = try allMetricIDs()
        return try Sample(showing: all).ledger.programme.programme
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
        let metrics = try catalogue().metrics.sorted { $0.id < $1.id }
        #expect(metrics.count > 140)
        let rows = metrics.map { metric in
            [
                "`\(metric.id)`", metric.unit.rawValue, Self.arrow(metric.better),
                metric.windows.map { $0 == 0 ? "lifetime" : "\($0)d" }.joined(separator: " "), metric.meaning,
                Formula.text(of: metric),
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

/// How a metric is computed, in one line.
private enum Formula {
    static func text(of metric: Metric) -> String {
        let fading = metric.halfLifeDays.map { ", half after \($0) days" } ?? ""
        return escaped(text(metric.measure) + fading)
    }

    private static func escaped(_ text: String) -> String { text.replacingOccurrences(of: "|", with: "\\|") }

    private static func text(_ measure: Measure) -> String {
        switch measure {
        case .sum(let sum): text(sum)
        case .monthSum(let sum): text(sum) + " since the billing month began"
        case .distinct(let distinct):
            "distinct \(distinct.of.map { code($0) } ?? "members") in \(text(distinct.filter))"
                + (distinct.membersMin > 1 ? " with at least \(distinct.membersMin) members" : "")
                + (distinct.isNew ? ", the first time ever" : "")
        case .newestOfEach(let newest):
            "\(newest.scale == 1 ? "" : "\(number(newest.scale)) × ")\(newest.aggregate.rawValue) of the newest \(taken(newest.sum)) of each \(newest.each.map { code($0) } ?? "event")"
                + (newest.isRounded ? ", rounded" : "")
        case .activeMembers: "members with an activity event"
        case .stickiness: "mean daily active members ÷ active members, whole days"
        case .activeDays: "active days ÷ active members, whole days"
        case .activeWeeks: "weeks of whole days with activity, in a row"
        case .daysSinceUse: "days since the newest activity event"
        case .featureBreadth(let use):
            "\(use.scope.rawValue) features with at least \(use.usesMin) uses on \(use.daysMin) days, in percent"
        case .featureUses(let feature): "uses of \(feature)"
        case .ratio(let of, let to, let scale): "\(scale == 1 ? "" : "\(number(scale)) × ")\(text(of)) ÷ \(text(to))"
        case .last(let sum): "newest \(taken(sum))"
        case .daysSince(let filter): "days since the newest \(text(filter))"
        case .daysSinceFirst(let filter): "days since the first \(text(filter))"
        case .percentile(let sum, let fraction): "\(number(100 * fraction)) % lie below: \(taken(sum))"
        case .entities(let entities):
            "\(entities.aggregate.rawValue)\(entities.value.map { " of " + code($0) } ?? "") over \(entities.kind)s"
                + (entities.when.map { " with " + code($0) } ?? "")
        case .change(let of, let changeGuard):
            "`\(of.text)` against the window before, in percent; 0 below \(number(changeGuard.baseMin)), or within \(number(changeGuard.significanceMin)) standard errors, or a difference below \(number(changeGuard.differenceMin))"
        case .grade(let scale): "judged: " + scale.map { "\($0.id) \(number($0.points))" }.joined(separator: ", ")
        case .expression(let condition): code(condition)
        }
    }

    private static func taken(_ sum: EventSum) -> String {
        (sum.value.map { code($0) + " of " } ?? "") + text(sum.filter)
    }

    private static func text(_ sum: EventSum) -> String {
        sum.value.map { "Σ \(code($0)) of \(text(sum.filter))" } ?? "number of \(text(sum.filter))"
    }

    private static func text(_ filter: EventFilter) -> String {
        "`\(filter.event)`" + (filter.when.map { " with " + code($0) } ?? "")
    }

    private static func code(_ condition: Condition) -> String { "`\(condition.source)`" }

    private static func number(_ value: Double) -> String { value == value.rounded() ? "\(Int(value))" : "\(value)" }
}
