package import TenureInsight

/// What the first page of a workspace with a simulated past would say: how much work the programme finds, and whether
/// its warnings were worth it.
package struct SimulatedPage: Sendable {
    package let overview: Overview
    package let verdict: Verdict

    package var customers: Int { overview.customers.count }
    package var needing: Int { overview.needs.count }
    /// Of the yearly revenue that renews in the running quarter.
    package var shareAtRisk: Double? {
        overview.risk.renewing == 0 ? nil : Double(overview.risk.atRisk) / Double(overview.risk.renewing)
    }

    var lines: [String] {
        let (flagged, settled) = (verdict.tally.flagged, verdict.tally.precision)
        return [
            "\nOn the first page",
            "  customers \(customers), of whom \(needing) need someone",
            "  of what renews this quarter at risk: \(shareAtRisk.map(Self.percent) ?? "nothing renews")",
            "  lost customers flagged 60 days before their notice: \(flagged.part) of \(flagged.whole) "
                + "(95 % interval \(Self.percent(flagged.low)) to \(Self.percent(flagged.high))); "
                + "by chance \(Self.tenths(verdict.random.flagged))",
            "  alerts a week: \(Self.tenths(verdict.load.perWeek)); of \(settled.whole) whose outcome is known "
                + "\(settled.part) were followed by a notice",
            "\nRules: alerts, followed by a notice of those known, lost customers flagged by it alone",
        ] + verdict.shares.map(Self.line)
    }

    private static func line(_ share: RuleShare) -> String {
        let name = share.rule.id + (share.rule.isCounted ? "" : " (not counted)")
        let alone = share.alone
        return "  " + name + String(repeating: " ", count: max(1, 36 - name.count))
            + "\(alone.alerts), \(alone.hits) of \(alone.settled), \(alone.flagged)"
    }

    private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

    private static func tenths(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
