import Synchronization
import TenureCore
import TenureStore

/// Keeps `ContactTexts` from the first search on. Commits say of which accounts they are to be read again, and the next search
/// reads them: whoever erases a row has erased its text here as well.
final class ContactTextKeeper: Sendable {
    private let kept = Mutex(ContactTexts())
    /// Since they were read; nil: they are to be read whole.
    private let stale = Mutex<Set<AccountID>?>(nil)
    private let writesAlone: Bool
    /// Reading more of them one by one costs as much as reading all.
    private static let staleMax = 4_096

    /// - Parameter writesAlone: false: another process may write, so that nothing is kept.
    init(writesAlone: Bool) { self.writesAlone = writesAlone }

    func note(_ commits: [Commit]) {
        guard commits.contains(where: { !$0.contacts.isEmpty }) else { return }
        stale.withLock { stale in
            stale?.formUnion(commits.lazy.flatMap(\.contacts).map(\.account))
            if stale.map({ $0.count > Self.staleMax }) ?? false { stale = nil }
        }
    }

    /// Blocks while they are read from the store.
    func texts(_ store: SQLiteStore) throws -> ContactTexts {
        try kept.withLock { kept in
            let changed = stale.withLock { stale in
                defer { stale = writesAlone ? [] : nil }
                return stale
            }
            do {
                kept = try store.contactTexts(kept, changed: changed)
                return kept
            } catch {
                stale.withLock { $0 = nil }
                throw error
            }
        }
    }
}
