import GRDB
import TenureStore

extension SQLiteStore {
    /// Empties the write-ahead file, unless readers are in the way.
    package func tidy() throws {
        do { try pool.writeWithoutTransaction(walDrain.drain) } catch {
            throw noted(StorageFailure(error, path: path))
        }
    }

    package func diagnostics() throws -> [(name: String, value: Int64)] {
        let names = ["synchronous", "page_count", "freelist_count", "page_size"]
        do {
            let readings = try pool.writeWithoutTransaction { database in
                try names.map { (name: $0, value: try Int64.fetchOne(database, sql: "PRAGMA \($0)") ?? -1) }
            }
            return readings + [(name: "wal_bytes", value: Int64(walDrain.size))]
        } catch {
            throw StorageFailure(error, path: path)
        }
    }

    /// What is wrong with the file, in SQLite's words; empty when nothing is. Reads all of it.
    ///
    /// - Parameter isQuick: indexes are not held against their tables.
    package func damage(isQuick: Bool = false) throws -> [String] {
        do {
            return try pool.read { database in
                let damage = try String.fetchAll(database, sql: isQuick ? "PRAGMA quick_check" : "PRAGMA integrity_check")
                let orphans = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check")
                return damage.filter { $0 != "ok" } + orphans.map { "a row without its parent: \($0)" }
            }
        } catch {
            throw StorageFailure(error, path: path)
        }
    }

    /// How SQLite would find the rows of a query: one line for each table it touches.
    package func plan(_ query: StoreQuery) throws -> [String] {
        let values = query.rawValue.filter { $0 == "?" }.map { _ in DatabaseValue.null }
        return try read { database in
            try Row.fetchAll(
                database, sql: "EXPLAIN QUERY PLAN " + query.rawValue, arguments: StatementArguments(values)
            ).map { $0["detail"] ?? "" }
        }
    }
}
