import ArgumentParser
import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime
import TenureWeb

struct PortfolioCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "portfolio",
        abstract: "All accounts together: how many, what they pay, how healthy, the KPIs, and the same by any field.",
        discussion: """
            tenure portfolio --group tier
            tenure portfolio --group csm --measure users.active.30d
            """)

    @Option(help: "A field of the account, such as tier, segment, owner or csm.")
    var group: String?

    @Option(help: "Rolled up as well: a metric, or a number among the account's fields.")
    var measure: String?

    @OptionGroup var options: DirectoryOptions

    func run() async throws {
        let text = try await options.withWorkspace { workspace -> String in
            let portfolio = try await workspace.read { [workspace] in try workspace.portfolio($0) }
            let measure = try self.measure.map { try Self.measure($0, workspace.programme) }
            try checkGroup(workspace.programme.programme)
            let snapshot: (AccountID) -> Snapshot? = { workspace.snapshot(of: $0) }
            let programme = workspace.programme.programme
            let kpis = workspace.kpis(programme.kpis, of: portfolio).readings
            if options.json {
                return portfolio.document(
                    group: group, measure: measure, name: self.measure, kpis: kpis.map { $0.document(programme) }, snapshot
                ).text
            }
            let text = PortfolioText(portfolio: portfolio, measure: measure, name: self.measure, snapshot: snapshot).text(by: group)
            return ([text] + KPIText(readings: kpis, programme: programme).lines).joined(separator: "\n")
        }
        print(text)
    }

    private func checkGroup(_ programme: Programme) throws {
        guard let group, !programme.portfolioFields.contains(group) else { return }
        throw Failure(
            code: "no-such-field", what: "Accounts cannot be grouped by \(group).",
            remedy: "There are: " + programme.portfolioFields.joined(separator: ", ") + ".")
    }

    private static func measure(_ name: String, _ programme: CompiledProgramme) throws -> PortfolioMeasure {
        if let measure = PortfolioMeasure(name, programme) { return measure }
        throw Failure(
            code: "no-such-measure", what: "There is no measure \(name).",
            remedy: "There are: " + PortfolioMeasure.names(programme).joined(separator: ", ") + ".")
    }
}

/// The portfolio for the terminal.
struct PortfolioText {
    let portfolio: Portfolio
    let measure: PortfolioMeasure?
    let name: String?
    let snapshot: (AccountID) -> Snapshot?

    func text(by group: String?) -> String {
        var lines = [line(portfolio, "all"), ""] + bands
        if let group {
            lines += ["", "By \(group)"] + portfolio.grouped(by: group).map { line($0.portfolio, $0.value ?? "none") }
        }
        return lines.joined(separator: "\n")
    }

    private func line(_ portfolio: Portfolio, _ title: String) -> String {
        let score = portfolio.score
        var text = "  " + padding(title, 22) + padding("\(portfolio.accounts.count)", 6, left: true) + " accounts  ARR "
            + padding(VerdictWords.whole(Double(portfolio.arr) / 100), 12, left: true)
            + "  health \(number(score.mean)), by ARR \(number(score.weightedMean))"
        if let measure, let name {
            let rollUp = portfolio.rollUp(measure, snapshot)
            text += "  \(name) mean \(number(rollUp.mean)), known of \(rollUp.known)"
        }
        return text
    }

    /// One bar a band.
    private var bands: [String] {
        let all = max(1, portfolio.accounts.count)
        return portfolio.bands.map { band, count, _ in
            "  " + padding(band?.title ?? "not enough data", 22) + padding("\(count)", 6, left: true) + "  "
                + String(repeating: "█", count: (count * 40 + all - 1) / all)
        }
    }

    private func number(_ value: Double?) -> String { value.map { VerdictWords.decimal($0) } ?? "–" }
}
