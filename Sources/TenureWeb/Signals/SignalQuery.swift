import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// Which signals a list shows.
struct SignalQuery: Sendable {
    enum State: String, Sendable, CaseIterable {
        /// All that are open.
        case open
        /// Open, and nobody has acknowledged or snoozed them.
        case new
        case acknowledged
        case snoozed
        /// Kept closed by a person's word.
        case falseAlarm = "false_alarm"
        /// They hold, but were seen in imported history only.
        case withheld
    }

    let state: State
    let signal: String?
    let severity: Signal.Severity?
    let owner: String?
    static let names: Set<String> = ["state", "signal", "severity", "owner"]

    init(_ query: NamedTexts, _ programme: Programme) throws {
        state = try query.choice("state", of: State.allCases) ?? .open
        severity = try query.choice("severity", of: Signal.Severity.allCases)
        owner = query.filled("owner")
        signal = query.filled("signal")
        if let signal, !programme.signals.contains(where: { isSame($0.id, signal) }) {
            throw Problem(.invalidParameter, "The programme has no signal called \(signal).")
        }
    }

    /// The same question as an address.
    func link(_ path: String) -> String {
        Links.with(
            path,
            [
                ("state", state == .open ? nil : state.rawValue), ("signal", signal),
                ("severity", severity?.rawValue), ("owner", owner),
            ])
    }

    /// Most urgent first, then the oldest.
    func find(_ workspace: Workspace) -> [ListedSignal] {
        let (programme, now) = (workspace.programme, workspace.now)
        let wanted = programme.signals.map(\.signal).filter { takes($0) }
        return workspace.accounts().flatMap { account in
            wanted.compactMap { signal in
                account.conclusions.signal(signal.id).flatMap { known in
                    takes(known, at: now) ? ListedSignal(account, signal, known, programme.programme) : nil
                }
            }
        }.filter { item in owner.map { isSame($0, item.owner ?? "") } ?? true }.sorted { $0.precedes($1) }
    }

    private func takes(_ wanted: Signal) -> Bool {
        (signal.map { isSame($0, wanted.id) } ?? true) && (severity.map { $0 == wanted.severity } ?? true)
    }

    private func takes(_ known: SignalState, at now: Instant) -> Bool {
        switch state {
        case .open: known.isOpen
        case .new: known.isOpen && !known.isAcknowledged(at: now) && !known.isSnoozed(at: now)
        case .acknowledged: known.isOpen && known.isAcknowledged(at: now)
        case .snoozed: known.isSnoozed(at: now)
        case .falseAlarm: known.isHeldFalse(at: now)
        case .withheld: known.isWithheld
        }
    }
}

/// A signal of one account, as lists show it.
struct ListedSignal: Sendable {
    let account: AccountState
    let signal: Signal
    let state: SignalState
    let owner: String?

    init(_ account: AccountState, _ signal: Signal, _ state: SignalState, _ programme: Programme) {
        self.account = account
        self.signal = signal
        self.state = state
        let roles = programme.roles.lazy.filter { !$0.isTeamWide }
        owner = roles.compactMap { account.observations.profile[$0.id]?.string }.first
    }

    /// Since when it is open, or was.
    var since: Instant? { state.openSince ?? state.falseAlarm?.openedAt }

    func precedes(_ other: ListedSignal) -> Bool {
        let ranks = (signal.severity.rank, other.signal.severity.rank)
        if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
        let times = (since?.milliseconds ?? .min, other.since?.milliseconds ?? .min)
        return (times.0, account.id, signal.id) < (times.1, other.account.id, other.signal.id)
    }
}

extension NamedTexts {
    /// One of some words; nil: not given.
    func choice<Choice: RawRepresentable<String>>(_ name: String, of choices: [Choice]) throws -> Choice? {
        guard let text = filled(name) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        throw Problem(.invalidParameter, "\(name) is one of " + choices.map(\.rawValue).joined(separator: ", ") + ".")
    }
}
