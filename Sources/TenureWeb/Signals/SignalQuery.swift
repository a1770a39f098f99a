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
    func find(_ table: AccountTable, now: Instant) -> [Placed] {
        let definitions = table.terms.definitions
        let isWanted = definitions.map { takes($0) }
        let (ranks, person) = (definitions.map { Int64($0.severity.rank) }, owner.map { table.people.number(of: $0) })
        let all = table.signals.elements
        var found: [Placed] = []
        for slot in table.figures.indices {
            if let person, person == nil || table.figures[slot].owner != person { continue }
            for (ordinal, place) in table.signals.ranges[slot].enumerated() {
                let signal = all[place]
                guard isWanted[signal.definition], takes(signal, at: now) else { continue }
                found.append(
                    Placed(
                        number: ListedSignal.number(ranks[signal.definition], signal.since), text: table.idPlace(of: slot),
                        id: table.terms.idPlace(of: signal.definition), slot: slot, ordinal: ordinal))
            }
        }
        return found
    }

    /// - Parameter cursor: nil: the most urgent ones.
    func part(_ workspace: Workspace, cursor: String?, limit: Int) throws -> ListPart<ListedSignal> {
        let table = workspace.table()
        return try ListPart(
            find(table, now: workspace.now), name(workspace.keys), cursor: cursor, limit: limit,
            start: { Placed($0, text: table.idPlace(of: $0.text), id: table.terms.idPlace(of: $0.id)) },
            place: { $0.place }, item: { ListedSignal($0, table) })
    }

    /// A cursor belongs to one of these only.
    func name(_ keys: WorkspaceKeys) -> ListName { ListName(list: "signals", question: link(""), keys: keys) }

    private func takes(_ definition: Signal) -> Bool {
        (signal.map { isSame($0, definition.id) } ?? true) && (severity.map { $0 == definition.severity } ?? true)
    }

    private func takes(_ known: SignalFigures, at now: Instant) -> Bool {
        switch state {
        case .open: known.isOpen
        case .new: known.isOpen && known.isUnattended(at: now)
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

    init(_ item: Placed, _ table: AccountTable) {
        row = table.rows[item.slot]
        known = row.signals[item.ordinal]
    }

    /// Most urgent first, then the oldest.
    var place: ListPlace {
        ListPlace(number: Self.number(Int64(known.severity.rank), known.since), text: row.id.text, id: state.signal)
    }

    static func number(_ severityRank: Int64, _ since: Instant?) -> Int64 {
        severityRank << 56 | Int64(clamping: (since?.milliseconds ?? 0) & 0xFF_FFFF_FFFF_FFFF)
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
