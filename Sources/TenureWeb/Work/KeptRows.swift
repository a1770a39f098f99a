import TenureCore
import TenureRuntime
import TenureStore

/// Something that a workspace remembers for a day, as a row of its settings.
protocol KeptRow: Sendable {
    /// Of the settings' names.
    static var prefix: String { get }
    var id: String { get }
    var at: Instant { get }
    var text: String { get }
    init?(id: String, text: String)
}

struct KeptRows<Row: KeptRow>: Sendable {
    let workspace: Workspace

    private static var keptMilliseconds: Int64 { 24 * Milliseconds.hour }

    subscript(id: String) -> Row? {
        get async throws {
            let text = try await workspace.read { try $0.setting(Row.prefix + id) }
            return text.flatMap { Row(id: id, text: $0) }
        }
    }

    /// Rows that are over are forgotten with it.
    func keep(_ row: Row) async throws {
        let expired = try await expired()
        try await workspace.write { commit in
            for name in expired { commit.settings.append((name: name, value: nil)) }
            commit.settings.append((name: Row.prefix + row.id, value: row.text))
        }
    }

    private func expired() async throws -> [String] {
        let oldest = workspace.now + -Self.keptMilliseconds
        return try await workspace.read { store in
            try store.settings(prefix: Row.prefix).filter { row in
                Row(id: "", text: row.value).map { $0.at < oldest } ?? true
            }.map(\.name)
        }
    }
}

extension JSONReader.Limits {
    /// Rows that the product itself wrote.
    static var ownRows: Self {
        var limits = Self()
        limits.stringBytes = 64 * 1024
        return limits
    }
}
