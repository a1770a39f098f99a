import TenureEngine

/// The figures of a report. Each is a sum over accounts, or one such sum over another: so every figure opens into its
/// accounts, and any group of accounts has the same figures.
package enum RevenueFigure: String, Hashable, Sendable, CaseIterable {
    // A year's worth, in hundredths.
    case arr, arrAtStart = "arr.start"
    case newARR = "arr.new", expansion = "arr.expansion", contraction = "arr.contraction", churn = "arr.churn"
    case reactivation = "arr.reactivation", winback = "arr.winback", currencyEffect = "arr.currency_effect"
    // Point to point over the cohort.
    case nrr, grr
    case logoRetention = "logo.retention", logoChurn = "logo.churn"
    case grossChurn = "churn.gross", netChurn = "churn.net"
    case voluntaryChurn = "churn.voluntary", involuntaryChurn = "churn.involuntary", unsaidChurn = "churn.unsaid"
    case surprise = "churn.surprise_rate"
    case expansionRate = "expansion.rate"
    // By movements.
    case movedNRR = "nrr.movements", movedNRRReactivated = "nrr.movements.reactivated", movedGRR = "grr.movements"
    case chartMogulChurn = "net_mrr_churn_chartmogul"
    // Over contracts due.
    case grossRenewal = "renewal.gross_rate", netRenewal = "renewal.net_rate"

    package enum Unit: String, Hashable, Sendable { case money, percent }

    package var unit: Unit {
        switch self {
        case .arr, .arrAtStart, .newARR, .expansion, .contraction, .churn, .reactivation, .winback, .currencyEffect: .money
        case .nrr, .grr, .logoRetention, .logoChurn, .grossChurn, .netChurn, .voluntaryChurn, .involuntaryChurn,
            .unsaidChurn, .surprise, .expansionRate, .movedNRR, .movedNRRReactivated, .movedGRR, .chartMogulChurn, .grossRenewal,
            .netRenewal:
            .percent
        }
    }
}

/// What one account, or several, bring to a figure.
package struct RevenueShare: Hashable, Sendable {
    /// Hundredths, or accounts.
    package var part: Int64
    /// What a rate is taken of; 0 for money.
    package var whole: Int64
    /// How many accounts it was summed over.
    package var accounts = 1

    package init(part: Int64, whole: Int64 = 0) {
        self.part = part
        self.whole = whole
    }

    static let nothing: RevenueShare = {
        var share = RevenueShare(part: 0)
        share.accounts = 0
        return share
    }()

    static func + (left: RevenueShare, right: RevenueShare) -> RevenueShare {
        var sum = RevenueShare(
            part: saturatingAdd(left.part, right.part), whole: saturatingAdd(left.whole, right.whole))
        sum.accounts = left.accounts + right.accounts
        return sum
    }

    /// Percent; nil: there is nothing that it could be a part of.
    package var percent: Double? { whole == 0 ? nil : Double(part) * 100 / Double(whole) }
}

extension RevenueFigure {
    /// What an account brings; nil: the figure is not about it.
    package func share(of row: RevenueRow) -> RevenueShare? {
        switch unit {
        case .money: amount(of: row).map { RevenueShare(part: $0) }
        case .percent: rate(of: row)
        }
    }

    private func amount(of row: RevenueRow) -> Int64? {
        let amount: Int64 =
            switch self {
            case .arr: row.end
            case .arrAtStart: row.start
            case .newARR: row.total(.new)
            case .expansion: row.total(.expansion)
            case .contraction: row.total(.contraction)
            case .churn: row.total(.churn)
            case .reactivation: row.isReturn ? 0 : row.total(.reactivation)
            case .winback: row.isReturn ? row.total(.reactivation) : 0
            case .currencyEffect: row.currencyEffect
            case .nrr, .grr, .logoRetention, .logoChurn, .grossChurn, .netChurn, .voluntaryChurn, .involuntaryChurn,
                .unsaidChurn, .surprise, .expansionRate, .movedNRR, .movedNRRReactivated, .movedGRR, .chartMogulChurn, .grossRenewal,
                .netRenewal:
                0
            }
        return amount == 0 ? nil : amount
    }

    private func rate(of row: RevenueRow) -> RevenueShare? {
        switch self {
        case .chartMogulChurn: return row.movements.isEmpty && !row.isInCohort ? nil : chartMogul(row)
        case .grossRenewal: return renewal(row) { min($0.final, $0.target) }
        case .netRenewal: return renewal(row) { $0.final }
        case .logoRetention: return row.isInCohort ? RevenueShare(part: row.isChurned ? 0 : 1, whole: 1) : nil
        case .logoChurn: return row.isInCohort ? RevenueShare(part: row.isChurned ? 1 : 0, whole: 1) : nil
        case .surprise: return row.wasWarned.map { RevenueShare(part: $0 ? 0 : 1, whole: 1) }
        case .expansionRate: return row.isInCohort ? RevenueShare(part: row.total(.expansion) > 0 ? 1 : 0, whole: 1) : nil
        case _: return row.isInCohort ? RevenueShare(part: kept(row), whole: row.start) : nil
        }
    }

    /// What is left of, or lost of, what an account of the cohort paid.
    private func kept(_ row: RevenueRow) -> Int64 {
        let lost = row.total(.contraction) + row.total(.churn)
        switch self {
        case .nrr: return row.end
        case .grr: return min(row.start, row.end)
        case .grossChurn: return row.start - min(row.start, row.end)
        case .netChurn: return row.start - row.end
        case .voluntaryChurn: return row.ending == .voluntary ? row.start : 0
        case .involuntaryChurn: return row.ending == .involuntary ? row.start : 0
        case .unsaidChurn: return row.ending == .unsaid ? row.start : 0
        case .movedNRR: return row.start + row.total(.expansion) + lost
        case .movedNRRReactivated: return row.start + row.total(.expansion) + lost + row.total(.reactivation)
        case .movedGRR: return row.start + lost
        case _: return 0
        }
    }

    /// As ChartMogul defines it: what came back is netted, whenever it left.
    private func chartMogul(_ row: RevenueRow) -> RevenueShare {
        let kinds: [RevenueMovement.Kind] = [.churn, .contraction, .expansion, .reactivation]
        return RevenueShare(part: -kinds.reduce(0) { $0 + row.total($1) }, whole: row.start)
    }

    /// Contracts that nobody has decided are told apart: they are in neither sum.
    private func renewal(_ row: RevenueRow, _ final: (ContractRenewal) -> Int64) -> RevenueShare? {
        let decided = row.renewals.filter { $0.outcome != .open }
        guard !decided.isEmpty else { return nil }
        return RevenueShare(
            part: decided.reduce(0) { $0 + final($1) }, whole: decided.reduce(0) { $0 + $1.target })
    }
}

extension RevenueRow {
    /// Whether what comes back in it had left before the period.
    fileprivate var isReturn: Bool { !isInCohort && hasPaidBefore }
}

extension RevenueFigure {
    /// Whether its sums are accounts, not money.
    package var counts: Bool {
        switch self {
        case .logoRetention, .logoChurn, .surprise, .expansionRate: true
        case .arr, .arrAtStart, .newARR, .expansion, .contraction, .churn, .reactivation, .winback, .currencyEffect, .nrr,
            .grr, .grossChurn, .netChurn, .voluntaryChurn, .involuntaryChurn, .unsaidChurn, .movedNRR, .movedNRRReactivated,
            .movedGRR, .chartMogulChurn, .grossRenewal, .netRenewal:
            false
        }
    }
}
