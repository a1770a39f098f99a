import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme

/// A report of revenue for the terminal.
struct RevenueText {
    let report: RevenueReport
    let portfolio: Portfolio

    private static let sections: [(title: String, figures: [RevenueFigure])] = [
        ("Retention", [.nrr, .grr, .logoRetention, .expansionRate]),
        ("Churn", [.logoChurn, .voluntaryChurn, .involuntaryChurn, .unsaidChurn, .surprise]),
        ("Contracts due", [.grossRenewal, .netRenewal]),
        ("By movements", [.movedNRR, .movedNRRReactivated, .movedGRR, .chartMogulChurn]),
    ]

    private static let moves: [RevenueFigure] = [
        .arrAtStart, .newARR, .expansion, .reactivation, .winback, .contraction, .churn, .arr,
    ]

    var text: String {
        let cohort = report.rows.count(where: \.isInCohort)
        var lines = [
            "\(report.period.from.text) to \(report.period.to.text): a cohort of \(cohort), \(report.rows.count) accounts in all",
            "",
        ]
        lines += picture + [""]
        for section in Self.sections {
            lines.append(section.title)
            lines += section.figures.map { row($0) } + [""]
        }
        if report.total(.currencyEffect).part != 0 { lines += [row(.currencyEffect), ""] }
        return (lines + left).joined(separator: "\n")
    }

    /// Bars of the movements, of one length with the larger end.
    private var picture: [String] {
        let amounts = Self.moves.map { report.total($0).part }
        let top = max(1, amounts.map(\.magnitude).max() ?? 1)
        return zip(Self.moves, amounts).map { figure, amount in
            let length = Int((Double(amount.magnitude) / Double(top) * 40).rounded(.up))
            let bar = String(repeating: amount < 0 ? "░" : "█", count: amount == 0 ? 0 : max(1, length))
            return "  " + padding(figure.title, 18) + padding(money(amount), 18, left: true) + "  " + bar
        }
    }

    private func row(_ figure: RevenueFigure) -> String {
        let share = report.total(figure)
        let value = figure.unit == .money ? money(share.part) : share.percent.map { VerdictWords.decimal($0) + " %" } ?? "–"
        return "  " + padding(figure.title, 38) + padding(value, 10, left: true) + "  " + sums(figure, share)
    }

    private func sums(_ figure: RevenueFigure, _ share: RevenueShare) -> String {
        guard figure.unit == .percent else { return "\(share.accounts) accounts" }
        guard share.whole != 0 else { return "nothing to compare with" }
        return figure.counts
            ? "\(share.part) of \(share.whole) accounts" : "\(money(share.part)) of \(money(share.whole))"
    }

    private var left: [String] {
        guard !report.gaps.isEmpty else { return ["No account is left out."] }
        let reasons = Dictionary(grouping: report.gaps) { $0.reason.words }.sorted { precedes($0.key, $1.key) }
        return ["Left out: \(report.gaps.count) accounts"] + reasons.map { "  \($0.value.count): \($0.key)" }
    }

    private func money(_ hundredths: Int64) -> String {
        let amount = VerdictWords.whole(Double(hundredths / 100))
        let cents = hundredths.magnitude % 100
        let sign = hundredths < 0 && hundredths > -100 ? "-" : ""
        return portfolio.programme.programme.currency + " " + sign + amount + (cents == 0 ? "" : "." + padded(Int(cents), 2))
    }

    /// The accounts behind one figure.
    func cohort(_ figure: RevenueFigure) -> String {
        let names = Dictionary(portfolio.accounts.map { ($0.row.id, $0.report.externalID) }) { first, _ in first }
        let rows = report.cohort(figure).map { row, share in
            "  " + padding(names[row.account] ?? row.account.text, 24) + padding(money(row.start), 16, left: true) + " → "
                + padding(money(row.end), 16) + "adds " + part(share.part, figure)
                + (figure.unit == .percent ? " of " + part(share.whole, figure) : "")
        }
        return ([figure.title + ": " + figure.meaning, row(figure), ""] + rows).joined(separator: "\n")
    }

    private func part(_ sum: Int64, _ figure: RevenueFigure) -> String { figure.counts ? String(sum) : money(sum) }
}
