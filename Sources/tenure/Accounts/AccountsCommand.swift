import ArgumentParser
import TenureCore
import TenureEngine
import TenureProgramme
import TenureRuntime

struct AccountsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accounts", abstract: "List accounts with score and band, worst first.")

    @OptionGroup var options: DirectoryOptions

    @Option(help: "At most so many.")
    var limit = 50

    func run() async throws {
        let json = options.json
        let rows = try await options.withWorkspace { workspace in
            workspace.accounts().map { AccountRow(workspace.snapshot($0)) }
        }
        let ordered = rows.sorted { ($0.score ?? 101, $0.external) < ($1.score ?? 101, $1.external) }.prefix(max(1, limit))
        print(json ? JSON.array(ordered.map(\.json)).text : ordered.map(\.line).joined(separator: "\n"))
        if !json, rows.isEmpty { print("No account yet. Bring some in: tenure import accounts.csv --data \(options.data)") }
    }
}

struct AccountRow {
    var external: String
    var name: String
    var score: Int?
    var band: String
    var coverage: Int64
    var openSignals: Int

    init(_ snapshot: Snapshot) {
        let profile = snapshot.observations.profile
        external = profile["id"]?.string ?? snapshot.account.text
        name = profile["name"]?.string ?? ""
        score = snapshot.health?.score
        let bands = snapshot.programme.programme.health.bands
        band = snapshot.health?.band.map { bands[$0].title } ?? "not enough data"
        coverage = (snapshot.health?.coverageMicros ?? 0) / 1_000_000
        openSignals = snapshot.conclusions.signals.filter(\.isOpen).count
    }

    var line: String {
        let shown = score.map { String($0) } ?? "–"
        return padding(shown, 4, left: true) + "  " + padding(band, 18) + padding(external, 20) + padding(name, 28)
            + "\(openSignals) open signals, \(coverage) % known"
    }

    var json: JSON {
        [
            "external_id": .string(external), "name": .string(name), "score": score.map { .int(Int64($0)) } ?? .null,
            "band": .string(band), "coverage": .int(coverage), "open_signals": .int(Int64(openSignals)),
        ]
    }
}

func padding(_ text: String, _ width: Int, left: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, width - text.count))
    return left ? space + text : text + space + (space.isEmpty ? " " : "")
}
