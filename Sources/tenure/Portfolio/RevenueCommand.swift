import ArgumentParser
import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime
import TenureWeb

struct RevenueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revenue",
        abstract: "Recurring revenue of a period over a closed cohort: NRR, GRR, churn, renewals, and the accounts behind them.",
        discussion: """
            tenure revenue                              the last twelve months
            tenure revenue --from 2026-01-01 --to 2026-03-31
            tenure revenue --figure grr                 the accounts behind one figure
            """)

    @Option(help: "The day at whose close the cohort is taken; twelve months before --to when left out.")
    var from: String?

    @Option(help: "The day at whose close it is looked at again; today when left out.")
    var to: String?

    @Option(help: "Lists the accounts behind one figure, such as nrr or arr.churn.")
    var figure: String?

    @OptionGroup var options: DirectoryOptions

    func run() async throws {
        let figure = try self.figure.map { try Self.figure($0) }
        let text = try await options.withWorkspace { workspace -> String in
            let period = try period(workspace)
            let (portfolio, report) = try await workspace.read { [workspace] store in
                let portfolio = try workspace.portfolio(store)
                return (portfolio, try portfolio.revenue(period, store))
            }
            if options.json {
                return report.document(portfolio, figure: figure).text
            }
            let words = RevenueText(report: report, portfolio: portfolio)
            return figure.map { words.cohort($0) } ?? words.text
        }
        print(text)
    }

    private func period(_ workspace: Workspace) throws -> RevenuePeriod {
        let zone = workspace.programme.defaultZoneRules
        let end = try day(to, "--to") ?? zone.day(at: workspace.now)
        let start = try day(from, "--from") ?? end.adding(months: -12)
        guard let period = RevenuePeriod(from: start, to: end, zone: zone) else {
            throw Failure(
                code: "no-period", what: "\(start.text) to \(end.text) is no period.",
                remedy: "--from is a day before --to, at most \(RevenuePeriod.daysMax) days.")
        }
        return period
    }

    private func day(_ text: String?, _ option: String) throws -> Day? {
        guard let text else { return nil }
        guard let day = Day(text: text), (1970...9000).contains(day.civil.year) else {
            throw Failure(code: "no-such-day", what: "“\(text)” is no day.", remedy: "Write \(option) 2026-03-09.")
        }
        return day
    }

    private static func figure(_ name: String) throws -> RevenueFigure {
        if let figure = RevenueFigure(rawValue: name) { return figure }
        throw Failure(
            code: "no-such-figure", what: "There is no figure \(name).",
            remedy: "There are: " + RevenueFigure.allCases.map(\.rawValue).joined(separator: ", ") + ".")
    }
}
