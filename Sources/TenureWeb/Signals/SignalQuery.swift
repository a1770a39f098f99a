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

    /// Of all accounts, in no order.
    func find(_ workspace: Workspace) -> [ListedSignal] {
        let now = workspace.now
        return workspace.rows().flatMap { row in
            takes(row) ? row.signals.filter { takes($0) && takes($0.state, at: now) }.map { ListedSignal(row: row, known: $0) } : []
        }
    }

    /// A cursor belongs to one of these only.
    func name(_ keys: WorkspaceKeys) -> ListName { ListName(list: "signals", question: link(""), keys: keys) }

    private func takes(_ row: AccountRow) -> Bool {
        !row.signals.isEmpty && owner.map { isSame($0, row.report.owner ?? "") } ?? true
    }

    private func takes(_ known: AccountSignal) -> Bool {
        (signal.map { isSame($0, known.state.signal) } ?? true) && (severity.map { $0 == known.severity } ?? true)
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
    let row: AccountRow
    let known: AccountSignal

    var signal: Signal { known.signal }
    var state: SignalState { known.state }

    /// Most urgent first, then the oldest.
    var place: ListPlace {
        ListPlace(
            number: Int64(known.severity.rank) << 56 | Int64(clamping: (known.since?.milliseconds ?? 0) & 0xFF_FFFF_FFFF_FFFF),
            text: row.id.text, id: state.signal)
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
