package import TenureCore
package import TenureEngine
import TenureProgramme
import TenureStore

extension Workspace {
    /// The first and the last of the account's closed days; nil: none is.
    package func recordedDays(of account: AccountID) async throws -> ClosedRange<Day>? {
        try await read { try $0.dailyRange(account: account) }
    }

    /// A closed day of the account as it was recorded; nil: there is none. Throws `PublishRefusal` when the version of
    /// that day is not kept, or cannot be read any more.
    package func recordedDay(_ day: Day, of account: AccountState) async throws -> RecordedDay? {
        let (running, id) = (programme, account.id)
        let zone = running.zone(of: account.observations)
        return try await read { [library, shelf] store in
            try DayReader(store: store, library: library, running: running, shelf: shelf).day(day, of: id, zone: zone)
        }
    }

    /// Everything that is in the log now, for a day: all of it is read, one request at a time.
    package func loggedPast(
        of account: AccountID, at close: DayClose, _ programme: CompiledProgramme
    ) async throws -> LoggedPast {
        // Days whose place was not kept were closed before there were merges.
        let merges = self.merges.asOf(close.position ?? 0)
        return try await readLog { log in
            var past = LoggedPast(account, close, programme, merges)
            try log.read(from: 1) { block in
                past.take(block)
                return true
            }
            return past
        }
    }
}
