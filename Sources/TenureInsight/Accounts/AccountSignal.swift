package import TenureCore
package import TenureEngine
package import TenureProgramme

/// A signal of which there is something to say at an account: it is open, or a person's word or imported history keeps it
/// closed.
package final class AccountSignal: Sendable {
    private let definition: RowTerms.Definition
    package let state: SignalState

    /// nil: it is closed, and nothing holds it.
    init?(_ definition: RowTerms.Definition, _ state: SignalState?) {
        guard let state, state.isOpen || state.isWithheld || state.snoozedUntil != nil || state.falseAlarm != nil else { return nil }
        self.definition = definition
        self.state = state
    }

    package var signal: Signal { definition.signal }
    /// Its place in the programme.
    package var number: Int { definition.number }
    package var isRisk: Bool { definition.signal.isRisk }
    package var severity: Signal.Severity { definition.signal.severity }
    package var isOpen: Bool { state.isOpen }
    /// Since when it is open, or was.
    package var since: Instant? { state.openSince ?? state.falseAlarm?.openedAt }

    /// Somebody said that they look after it, or that it can wait, and that still holds.
    package func isAttended(at now: Instant) -> Bool { state.isSnoozed(at: now) || state.isAcknowledged(at: now) }

    /// It asks for somebody, and nobody attends to it.
    package func isWaiting(at now: Instant) -> Bool { isOpen && isRisk && !isAttended(at: now) }
}

/// What all rows under one version of a programme have in common, made once.
package struct RowTerms: Sendable {
    /// One object for all accounts: a definition is long, and signals are many.
    final class Definition: Sendable {
        let signal: Signal
        let number: Int
        init(_ signal: Signal, number: Int) { (self.signal, self.number) = (signal, number) }
    }

    let fields: [String]
    /// In the programme's order.
    let signals: [Definition]
    private var idOrder = SlotOrder()

    package init(_ programme: CompiledProgramme) {
        fields = programme.programme.portfolioFields
        signals = programme.signals.enumerated().map { Definition($1.signal, number: $0) }
        idOrder.change(Set(signals.indices)) { [signals] in signals[$0].signal.id }
    }

    /// In the programme's order.
    package var definitions: [Signal] { signals.map(\.signal) }

    /// Where a signal stands by its id.
    package func idPlace(of number: Int) -> Int64 { idOrder.place(of: number) }

    /// Of any id, between those that there are.
    package func idPlace(of text: String) -> Int64 { idOrder.place(of: text) { signals[$0].signal.id } }
}
