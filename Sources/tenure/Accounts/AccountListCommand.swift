import ArgumentParser
import TenureCore
import TenureInsight
import TenureProgramme
import TenureRuntime

struct AccountListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List accounts with score and band, worst first.")

    @OptionGroup var options: DirectoryOptions

    @Option(help: "At most so many.")
    var limit = 50

    func run() async throws {
        let json = options.json
        let rows = try await options.withWorkspace { workspace in
            workspace.accounts().map { AccountReport(workspace.snapshot($0)) }
        }
        let ordered = rows.sorted { ($0.score ?? 101, $0.externalID) < ($1.score ?? 101, $1.externalID) }.prefix(max(1, limit))
        print(json ? JSON.array(ordered.map(\.json)).text : ordered.map(\.line).joined(separator: "\n"))
        if !json, rows.isEmpty { print("No account yet. Bring some in: tenure import accounts.csv --data \(options.data)") }
    }
}

extension AccountReport {
    /// The band's title, or that there is none.
    var standing: String { band?.title ?? "not enough data" }

    /// One row of the list.
    fileprivate var line: String {
        let shown = score.map { String($0) } ?? "–"
        return padding(shown, 4, left: true) + "  " + padding(standing, 18) + padding(externalID, 20)
            + padding(givenName ?? "", 28) + "\(openSignals) open signals, \(coverage) % known"
    }

    fileprivate var json: JSON {
        [
            "external_id": .string(externalID), "name": .string(givenName ?? ""),
            "score": score.map { .int(Int64($0)) } ?? .null, "band": .string(standing),
            "coverage": .int(Int64(coverage)), "open_signals": .int(Int64(openSignals)),
        ]
    }
}

func padding(_ text: String, _ width: Int, left: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, width - text.count))
    return left ? space + text : text + space + (space.isEmpty ? " " : "")
}
