import TenureCore
import TenureEngine
import TenureProgramme
import TenureRuntime

/// Looks for columns of undated rows that say today what nobody could know then.
struct Hindsight {
    /// Fields to leave out of the replay, and what is said of each.
    private(set) var leftOut: Set<String> = []
    private(set) var notes: [String] = []

    private static let terms = ["term_start", "term_end", "notice_by"]
    private static let plain: Set<String> = ["id", "name", "arr", "seats", "time_zone"]
    private static let valuesMax = 20

    init(_ files: PastFiles) {
        let rows = files.ids.compactMap { id in
            files.told[id]?.first {
                $0.recorded == nil && $0.arrival.type == FactType.accountChanged
                    && $0.arrival.data["contract"] == nil
            }
            .map { (id: id, data: $0.arrival.data) }
        }
        leaveOutTerms(rows.map(\.data))
        let roles = Set(files.programme.programme.roles.map(\.id))
        var names: [String] = []
        for name in rows.flatMap({ $0.data.members.map(\.name) }) where !names.contains(name) {
            names.append(name)
        }
        for name in names
        where !Self.plain.contains(name) && !Self.terms.contains(name) && !roles.contains(name) {
            judge(name, rows.map { ($0.data[name]?.text ?? "", files.notices[$0.id] != nil) })
        }
    }

    private mutating func leaveOutTerms(_ rows: [JSONObject]) {
        let found = Self.terms.filter { name in rows.contains { $0[name] != nil } }
        guard !found.isEmpty else { return }
        leftOut.formUnion(found)
        notes.append(
            "\(found.joined(separator: ", ")) of accounts.csv were left out: they are today's, and who left has old ones. "
                + "Give the terms in contracts.csv, one row a contract, renewed ones too.")
    }

    /// A value that hardly anybody has who stayed is the outcome under another name.
    private mutating func judge(_ name: String, _ values: [(text: String, isLost: Bool)]) {
        let lost = values.count { $0.isLost }
        let distinct = Set(values.map(\.text))
        guard lost >= 3, distinct.count <= Self.valuesMax, 4 * lost < 3 * values.count else { return }
        for text in distinct.sorted() {
            let holders = values.filter { $0.text == text }
            let leavers = holders.count { $0.isLost }
            guard leavers >= 3, 10 * leavers >= 9 * holders.count, 2 * leavers >= lost else { continue }
            leftOut.insert(name)
            notes.append(
                "\(name) of accounts.csv was left out: of the \(holders.count) accounts with \(text.isEmpty ? "none" : text), "
                    + "\(leavers) left. It is today's value and tells who did; give it with recorded_at.")
            return
        }
    }
}
