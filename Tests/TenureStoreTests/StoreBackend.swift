import TenureSQLite
import TenureStore
import Testing

/// A way to make a store; the contract runs over each of them.
struct StoreBackend: Sendable, CustomTestStringConvertible {
    let name: String
    let make: @Sendable () throws -> StoreBed

    var testDescription: String { name }

    static let all = [memory, sqlite, gathering]

    static let memory = StoreBackend(name: "memory") {
        let store = MemoryStore()
        return StoreBed(store) { store }
    }

    static let sqlite = StoreBackend(name: "SQLite") {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.path + "/state.sqlite")
        return StoreBed(store) {
            try store.close()
            return try SQLiteStore(path: folder.path + "/state.sqlite")
        }
    }
}

extension StoreBackend {
    /// Commits that wait are seen by every question that they could answer.
    static let gathering = StoreBackend(name: "gathering") {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.path + "/state.sqlite")
        let gathering = try GatheringStore(store)
        return StoreBed(gathering) {
            try gathering.flush()
            try store.close()
            return try SQLiteStore(path: folder.path + "/state.sqlite")
        }
    }
}

/// A store and a way to open it again.
final class StoreBed: Sendable {
    let store: any StateStore
    /// Closes the store and opens it again from what it left behind.
    let reopened: @Sendable () throws -> any StateStore

    init(_ store: any StateStore, reopened: @escaping @Sendable () throws -> any StateStore) {
        self.store = store
        self.reopened = reopened
    }
}
