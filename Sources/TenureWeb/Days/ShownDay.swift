package import TenureCore
package import TenureEngine
package import TenureInsight
import TenureProgramme
package import TenureRuntime
import TenureStore

/// A closed day of an account, read back to be shown.
package struct ShownDay: Sendable {
    package let past: PastDay
    /// The version in force then.
    package let version: VersionName
    /// Neighbours that are closed, too.
    package let previous: Day?
    package let next: Day?
    /// Those of each account, as the programme of that day defined them.
    package let kpis: [KPIReading]
    private let recorded: RecordedDay
    private let account: AccountState
    private let snapshot: Snapshot

    package struct VersionName: Hashable, Sendable {
        package let number: Int
        package let published: Instant
        package let by: String
        package let reason: String
    }

    /// Throws `NoSuchDay` where there is none, and `PublishRefusal` when its version cannot be read any more.
    package init(_ text: String, of account: AccountState, in workspace: Workspace) async throws {
        guard let day = Day(text: text) else { throw NoSuchDay.noDate(text) }
        let snapshot = workspace.snapshot(account)
        let kept = try await workspace.recordedDays(of: account.id)
        let absence = Absence.all(of: account.id, snapshot.zone, in: workspace).first { $0.days.contains(day) }
        let none = NoSuchDay(day, kept, absence, today: snapshot.today)
        if let none { throw none }
        guard let recorded = try await workspace.recordedDay(day, of: account) else { throw NoSuchDay.gap(day, absence) }
        self.init(recorded, account, snapshot, kept, try await workspace.kpis(of: account, on: recorded).readings)
    }

    private init(
        _ recorded: RecordedDay, _ account: AccountState, _ snapshot: Snapshot, _ kept: ClosedRange<Day>?, _ kpis: [KPIReading]
    ) {
        self.kpis = kpis
        self.recorded = recorded
        self.account = account
        self.snapshot = snapshot
        let row = recorded.version
        version = VersionName(number: row.number, published: row.at, by: row.by, reason: row.reason)
        let day = recorded.close.day
        previous = kept.flatMap { $0.contains(day + -1) ? day + -1 : nil }
        next = kept.flatMap { $0.contains(day + 1) ? day + 1 : nil }
        past = PastDay(
            recorded.close, recorded.reading, recorded.conclusions, metrics: Self.metrics(recorded),
            decisions: recorded.decisions, programme: recorded.programme, zone: snapshot.zone,
            liveSince: snapshot.workspace.liveSince)
    }

    private static func metrics(_ recorded: RecordedDay) -> [DayMetric]? {
        recorded.metrics.map { $0.map { DayMetric(name: $0.name, value: $0.value) } }
    }

    /// The account with nothing but what had been concluded by then: its fields of today say nothing of that day.
    var accountThen: AccountState {
        var then = AccountState(id: account.id, programme: past.programme)
        then.conclusions = past.conclusions
        return then
    }

    private var kept: KeptDay {
        KeptDay(
            account.id, created: account.created, past.close, past.reading, recorded.conclusionsBefore,
            metrics: past.metrics, programme: past.programme, zone: past.zone)
    }

    /// The day folded anew from all facts that are known by now. Reads the whole log.
    package func recomputed(in workspace: Workspace) async throws -> Recomputation {
        let logged = try await workspace.loggedPast(of: account.id, at: past.close, past.programme)
        return Recomputation(
            kept, logged.blocks, shared: (logged.shared, logged.sharedByNow), liveSince: snapshot.workspace.liveSince)
    }

    /// The same, and who owned the account by the facts that were known then, with the log read once.
    func recomputedWithOwners(in workspace: Workspace) async throws -> (again: Recomputation, owners: [Owner]) {
        let logged = try await workspace.loggedPast(of: account.id, at: past.close, past.programme)
        let again = Recomputation(
            kept, logged.blocks, shared: (logged.shared, logged.sharedByNow), liveSince: snapshot.workspace.liveSince)
        let profile = kept.folded(logged.blocks, logged.shared, liveSince: snapshot.workspace.liveSince).snapshot.observations.profile
        let owners = past.programme.programme.roles.compactMap { role in
            profile[role.id]?.string.map { Owner(role: role.title, person: $0) }
        }
        return (again, owners)
    }

    /// Who stood for the account in a role.
    struct Owner: Sendable {
        let role: String
        let person: String
    }

    /// The account at the close, from the facts that were known then. Reads the whole log.
    func folded(in workspace: Workspace) async throws -> (snapshot: Snapshot, facts: [Fact]) {
        let logged = try await workspace.loggedPast(of: account.id, at: past.close, past.programme)
        return kept.folded(logged.blocks, logged.shared, liveSince: snapshot.workspace.liveSince)
    }
}

/// Why there is nothing to show of a day.
package enum NoSuchDay: Error, Hashable, Sendable {
    case noDate(String)
    case toCome(Day, today: Day)
    case running(Day)
    case beforeFirst(Day, first: Day)
    /// It is over, but the account has not been concluded since.
    case notClosed(Day, last: Day)
    /// It was part of another account then.
    case absent(Day, Absence)
    /// No day of the account is closed.
    case noneYet(Day)
    /// Within the account's days, and not kept.
    case gap(Day)

    /// nil: the day may be kept.
    init?(_ day: Day, _ kept: ClosedRange<Day>?, _ absence: Absence?, today: Day) {
        if day > today { self = .toCome(day, today: today) }
        else if day == today { self = .running(day) }
        else if let kept, kept.contains(day) { return nil }
        else if let absence { self = .absent(day, absence) }
        else if let kept, day < kept.lowerBound { self = .beforeFirst(day, first: kept.lowerBound) }
        else { self = kept.map { .notClosed(day, last: $0.upperBound) } ?? .noneYet(day) }
    }

    static func gap(_ day: Day, _ absence: Absence?) -> NoSuchDay { absence.map { .absent(day, $0) } ?? .gap(day) }

    var code: Problem.Code {
        switch self {
        case .noDate: .invalidParameter
        case .toCome: .dayToCome
        case .running: .dayRunning
        case .beforeFirst, .noneYet: .dayBeforeFirst
        case .notClosed, .absent, .gap: .dayNotRecorded
        }
    }

    package var codeText: String { code.rawValue }

    package var words: String {
        switch self {
        case .noDate(let text): "“\(text.prefix(40))” is not a day; write it as 2026-03-09."
        case .toCome(let day, let today):
            "\(day.text) has not come yet at this account: it is \(today.text) there. Ask for a day before it."
        case .running(let day):
            "\(day.text) is still running at this account. Its own page shows it as it is now; the day is kept when it ends."
        case .beforeFirst(let day, let first):
            "\(day.text) lies before the first event of this account, so nothing is known of it. Its first day is \(first.text)."
        case .notClosed(let day, let last):
            "\(day.text) has ended, but is not closed yet at this account. The last day that is kept is \(last.text)."
        case .noneYet(let day): "Nothing is kept of \(day.text): no day of this account has ended since its first event."
        case .absent(let day, let absence): "Nothing is recorded for \(day.text): \(absence.words)"
        case .gap(let day): "Nothing is recorded for \(day.text)."
        }
    }
}
