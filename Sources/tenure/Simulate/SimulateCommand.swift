import ArgumentParser
import Foundation
import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime
import TenureSimulator
import TenureStore

struct SimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Run a believable portfolio through a programme on the virtual clock.",
        discussion: "The same seed gives the same decisions, on every machine: compare the digests.")

    @Option(help: "An embedded programme's name, or a folder.")
    var programme = "starter"

    @Option(help: "Customers at the end.")
    var accounts = 600

    @Option(help: "Days to live through.")
    var days = 365

    @Option(help: "Everything that happens follows from it.")
    var seed: UInt64 = 42

    @Option(help: "Hours between two batches of facts, 1 to 24.")
    var stepHours = 24

    @Option(help: "How much happens; 1 is about a dozen events an account and day.")
    var intensity = 1.0

    @Flag(help: "Print the result as JSON.")
    var json = false

    func validate() throws {
        guard (1...100_000).contains(accounts), (1...3660).contains(days) else {
            throw ValidationError("--accounts takes 1 to 100,000, --days 1 to 3,660.")
        }
    }

    func run() throws {
        let programmes = try compiledProgrammes(programme)
        let title = programmes.first?.programme.title ?? programme
        let portfolio = Portfolio(
            accounts: accounts, days: days, seed: seed, firstDay: Day(CivilDate(year: 2025, month: 1, day: 6)),
            intensity: intensity, stepHours: stepHours)
        let started = Date()
        guard let result = try portfolio.run(on: programmes, progress: { bar(title, $0) }), let programme = programmes.first
        else { return }
        endBar()
        let seconds = Date().timeIntervalSince(started)
        let heading = "\(title): \(accounts) accounts, \(days) days, seed \(seed), \(Int(seconds.rounded())) s"
        print(json ? document(result, programme, seconds).text : result.summary(title: heading, programme))
    }

    private func document(_ result: SimulationResult, _ programme: CompiledProgramme, _ seconds: Double) -> JSON {
        let page = result.firstPage(programme)
        return [
            "digest": .string(result.digest), "facts": .int(Int64(result.counts.facts)),
            "duplicates": .int(Int64(result.counts.duplicates)), "day_closes": .int(Int64(result.dayCloses)),
            "decisions": .object(
                JSONObject(
                    result.counts.decisions.sorted { $0.key < $1.key }.map { .init($0.key, .int(Int64($0.value))) })),
            "bands": .object(JSONObject(result.bands.map { .init($0.title, .int(Int64($0.count))) })),
            "account_days": .int(Int64(result.accountDays)), "customers": .int(Int64(page.customers)),
            "need_someone": .int(Int64(page.needing)), "share_at_risk": page.shareAtRisk.map { .double($0) } ?? .null,
            "lost": .int(Int64(page.verdict.tally.flagged.whole)),
            "flagged": .int(Int64(page.verdict.tally.flagged.part)),
            "flagged_by_chance": .double(page.verdict.random.flagged),
            "alerts_a_week": .double(page.verdict.load.perWeek), "seconds": .double(seconds),
        ]
    }
}
