import ArgumentParser
import TenureCore
import TenureEngine
import TenureRuntime

struct StatsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "How large the accounts of a workspace are: saved, and in memory.",
        discussion: """
            tenure stats --data tenure-data --workspace acme

            As values is what malloc counts for a state as a server holds it of the 1,024 accounts concluded last, packed what
            it holds of the others. What a turn remembers of an account (about 6 KB for each of the 2,048 accounts concluded
            last) comes on top.
            """)

    @OptionGroup var options: DirectoryOptions

    func run() async throws {
        let (stats, fence) = try await options.withWorkspace {
            (try StateStats($0.accounts(), workspace: $0.id.text), try await $0.effectsFence())
        }
        guard !options.json else { return print(stats.document(isFenced: fence != nil).text) }
        print(stats.text)
        if let fence { print("\nnothing is sent: restored at \(fence.restored.text), see tenure resume-effects") }
    }
}

/// Sizes of account states, in bytes.
struct StateStats {
    private let workspace: String
    private let sizes: [StateSizes]
    private let members: Int
    private let heapBytes: Int
    /// As if all were packed.
    private let packedBytes: Int

    init(_ accounts: [AccountState], workspace: String) throws {
        self.workspace = workspace
        sizes = accounts.map { StateSizes($0) }
        members = accounts.reduce(0) { $0 + $1.observations.members.count }
        let saved = accounts.map(\.bytes)
        heapBytes = try HeapBytes.taken { try saved.map { try AccountState(bytes: $0) } }
        packedBytes = Self.packed(accounts)
    }

    private static func packed(_ accounts: [AccountState]) -> Int {
        // One pass makes the dictionary, of the states that are there as values then.
        var states = AccountStates(wholeMax: max(1, accounts.count / 2))
        for account in accounts + accounts { states[account.id] = account }
        let counts = states.all.values.compactMap(\.packedCount)
        return counts.isEmpty ? 0 : counts.reduce(0, +) * accounts.count / counts.count
    }

    private var totals: [Int] { sizes.map(\.total).sorted() }

    private func mean(_ sum: Int) -> Int { sizes.isEmpty ? 0 : (sum + sizes.count / 2) / sizes.count }

    private func mean(_ part: StateSizes.Part) -> Int { mean(sizes.reduce(0) { $0 + ($1.byPart[part] ?? 0) }) }

    /// - Parameter percent: of the accounts are no larger.
    private func percentile(_ percent: Int) -> Int {
        let sorted = totals
        return sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, (sorted.count * percent + 99) / 100 - 1)]
    }

    private var parts: [(part: StateSizes.Part, mean: Int)] {
        StateSizes.Part.allCases.map { ($0, mean($0)) }.sorted { $0.1 > $1.1 }
    }

    var text: String {
        var lines = [
            "\(workspace): \(sizes.count) accounts, \(members) members active in 64 days", "",
            row("bytes an account", ["mean", "half", "of 95 %", "most"]),
            row("  as values", ["\(mean(heapBytes))", "", "", ""]),
            row("  packed", ["\(mean(packedBytes))", "", "", ""]),
            row("  saved", ["\(mean(totals.reduce(0, +)))", "\(percentile(50))", "\(percentile(95))", "\(totals.last ?? 0)"]),
        ]
        lines += parts.map { row("    " + $0.part.rawValue, ["\($0.mean)"]) }
        return lines.joined(separator: "\n")
    }

    private func row(_ title: String, _ cells: [String]) -> String {
        cells.reduce(padding(title, 22)) { $0 + padding($1, 10, left: true) }
    }

    func document(isFenced: Bool) -> JSON {
        .object([
            "workspace": .string(workspace), "effects_fenced": .bool(isFenced), "accounts": .int(Int64(sizes.count)), "members": .int(Int64(members)),
            "memory_bytes": ["as_values": .int(Int64(mean(heapBytes))), "packed": .int(Int64(mean(packedBytes)))],
            "saved_bytes": [
                "mean": .int(Int64(mean(totals.reduce(0, +)))), "p50": .int(Int64(percentile(50))),
                "p95": .int(Int64(percentile(95))), "max": .int(Int64(totals.last ?? 0)),
                "parts": .object(JSONObject(parts.map { .init($0.part.rawValue, .int(Int64($0.mean))) })),
            ],
        ])
    }
}
