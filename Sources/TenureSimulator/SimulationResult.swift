package import TenureCore
package import TenureEngine
package import TenureInsight
package import TenureRuntime

/// How the customers that are still there stand in one component.
package struct ComponentSummary: Sendable {
    package var id: String
    package var known: Int
    package var unknown: Int
    var pointsNano: Int64

    /// 0…100; nil when it is unknown of everybody.
    package var meanPoints: Int? { known == 0 ? nil : roundedHalfUp(pointsNano / Int64(known)) }

    static func + (left: ComponentSummary, right: ComponentSummary) -> ComponentSummary {
        ComponentSummary(
            id: left.id, known: left.known + right.known, unknown: left.unknown + right.unknown,
            pointsNano: left.pointsNano + right.pointsNano)
    }
}

/// What came of a simulated time.
package struct SimulationResult: Sendable {
    package var counts: WriterCounts
    package var dayCloses: Int
    /// Customers that are still there, by the title of their band at the end.
    package var bands: [(title: String, count: Int)]
    /// The score's components in the model's order.
    package var components: [ComponentSummary]
    /// Days of all accounts together: each closes once.
    package var accountDays: Int
    /// What is told of each account at the end, and of its past.
    package var rows: [AccountRow]
    package var chronicles: [AccountID: AccountChronicle] = [:]
    /// The end.
    var now: Instant

    /// Of two parts of one portfolio.
    static func + (left: SimulationResult, right: SimulationResult) -> SimulationResult {
        SimulationResult(
            counts: left.counts + right.counts, dayCloses: left.dayCloses + right.dayCloses,
            bands: zip(left.bands, right.bands).map { ($0.title, $0.count + $1.count) },
            components: zip(left.components, right.components).map { $0 + $1 },
            accountDays: left.accountDays + right.accountDays, rows: left.rows + right.rows,
            chronicles: left.chronicles.merging(right.chronicles) { first, _ in first }, now: left.now)
    }

    /// What the first page would say at the end.
    package func firstPage(_ programme: CompiledProgramme) -> SimulatedPage {
        SimulatedPage(
            overview: Overview(rows, chronicles, programme, now: now),
            verdict: WarningRecord.verdict(rows, chronicles, courses: [:], programme, now: now))
    }

    package var digest: String {
        hexadecimal((0..<8).map { UInt8(truncatingIfNeeded: counts.digest >> UInt64(56 - 8 * $0)) })
    }

    /// A page that a person can read.
    package func summary(title: String, _ programme: CompiledProgramme) -> String {
        var lines = [title, ""]
        lines += [
            ("facts", counts.facts), ("duplicates refused", counts.duplicates), ("daily closes", dayCloses),
            ("blocks", counts.blocks), ("turns", counts.turns), ("messages", counts.messages),
        ].map { line($0.0, $0.1) }
        lines.append("\nDecisions by kind")
        lines += counts.decisions.sorted { $0.key < $1.key }.map { line($0.key, $0.value) }
        lines.append("\nBands at the end")
        let most = max(1, bands.map(\.count).max() ?? 1)
        lines += bands.map { line($0.title, $0.count) + "  " + String(repeating: "█", count: $0.count * 40 / most) }
        lines.append("\nParts of the score: mean points, and customers of whom it is unknown")
        lines += components.map { line($0.id, $0.meanPoints ?? 0) + ($0.unknown > 0 ? "   unknown \($0.unknown)" : "") }
        lines += firstPage(programme).lines
        lines.append("\nDigest of all decisions  \(digest)")
        return lines.joined(separator: "\n")
    }

    private func line(_ name: String, _ count: Int) -> String {
        let number = String(count)
        let gap = String(repeating: " ", count: max(1, 36 - name.count - number.count))
        return "  " + name + gap + number
    }
}
