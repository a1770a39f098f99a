import ArgumentParser
import TenureCore
import TenureRuntime
import TenureWeb

struct DuplicatesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "duplicates", abstract: "List accounts that may be one customer, the likeliest pair first.")

    @OptionGroup var options: DirectoryOptions

    @Option(help: "At most so many pairs, up to 200.")
    var limit = 50

    func validate() throws {
        guard (1...200).contains(limit) else { throw ValidationError("--limit is a whole number from 1 to 200.") }
    }

    func run() async throws {
        let answer = try await options.answer({ try await $0.get("duplicates?limit=\(limit)") }) {
            try await MergeDocuments.duplicates(in: $0, limit: limit)
        }
        print(options.json ? answer.text : Self.text(answer.object))
    }

    private static func text(_ answer: JSONObject?) -> String {
        let (pairs, total) = (answer?["items"]?.array ?? [], answer?["total"]?.int ?? 0)
        guard !pairs.isEmpty else { return "No two accounts look like one customer." }
        let rest = Int(total) - pairs.count
        return (pairs.map { pair($0.object) } + (rest > 0 ? ["and \(rest) more: --limit"] : [])).joined(separator: "\n")
    }

    private static func pair(_ pair: JSONObject?) -> String {
        let side = { (name: String) in
            let account = pair?[name]?.object
            return "\(account?["external_id"]?.string ?? "") (\(account?["name"]?.string ?? ""))"
        }
        let reasons = (pair?["reasons"]?.array ?? []).map { "    " + MergeDocuments.words(ofReason: $0) }
        return (["\(side("first")) and \(side("second"))"] + reasons).joined(separator: "\n")
    }
}
