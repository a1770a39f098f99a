package import TenureProgramme

/// What a KPI came to at one moment.
package struct KPIValue: Hashable, Sendable {
    /// nil: unknown.
    package let value: Double?
    /// Accounts that it is made of.
    package let known: Int
    /// Accounts that were asked.
    package let accounts: Int

    /// Nobody was asked.
    package static let unknown = KPIValue(value: nil, known: 0, accounts: 0)

    private init(value: Double?, known: Int, accounts: Int) {
        self.value = value.flatMap { $0.isFinite ? KPI.rounded($0) : nil }
        self.known = known
        self.accounts = accounts
    }

    /// - Parameter accounts: in an order that does not change, so that neither does the last digit.
    package init(_ kpi: KPI, over accounts: [KPIMetrics]) {
        let parts = accounts.map { kpi.part(of: $0) }.filter { $0 != .leftOut }
        self.init(value: parts.isEmpty ? nil : kpi.value(of: parts), known: parts.count, accounts: accounts.count)
    }

    /// A rate over a cohort: known of the accounts whose revenue is.
    package init(_ rate: KPIMeasure.RevenueRate, _ report: RevenueReport) {
        let share = RevenueFigure(rawValue: rate.rawValue).map { report.total($0) }
        self.init(value: share?.percent, known: report.rows.count, accounts: report.rows.count + report.gaps.count)
    }
}

extension KPI {
    /// Of at least one part.
    fileprivate func value(of parts: [KPIPart]) -> Double? {
        let values = parts.compactMap { part in if case .value(let value) = part { value } else { nil } }
        switch measure {
        case .share: return Double(parts.count { $0 == .passes }) * 100 / Double(parts.count)
        case .count: return Double(parts.count { $0 == .passes })
        case .account, .mean: return values.reduce(0, +) / Double(values.count)
        case .median: return Self.median(values.sorted())
        case .sum: return values.reduce(0, +)
        case .ratio(_, _, let scale, let isRounded):
            // Swift rounds half away from zero.
            return Self.quotient(parts).map { isRounded ? ($0 * scale).rounded() : $0 * scale }
        case .revenue: return nil
        }
    }

    /// Of an even number the mean of the two in the middle.
    private static func median(_ ascending: [Double]) -> Double? {
        guard !ascending.isEmpty else { return nil }
        let middle = ascending.count / 2
        return ascending.count.isMultiple(of: 2) ? (ascending[middle - 1] + ascending[middle]) / 2 : ascending[middle]
    }

    private static func quotient(_ parts: [KPIPart]) -> Double? {
        var (of, to) = (0.0, 0.0)
        for case .values(let one, let other) in parts { (of, to) = (of + one, to + other) }
        return to == 0 ? nil : of / to
    }
}
