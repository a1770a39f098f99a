/// What the post office does without end: what was left unsettled, by a process before or by a round that broke off, then
/// what is due.
package struct DispatchRounds: Sendable {
    private let dispatcher: Dispatcher
    private var isRecovered = false

    package init(_ dispatcher: Dispatcher) { self.dispatcher = dispatcher }

    /// The number of messages tried. When it throws, the next round begins by looking after what this one left: a full disk
    /// may have kept from the store what became of a message, or from its account.
    package mutating func next() async throws -> Int {
        do {
            if !isRecovered { try await dispatcher.recover() }
            isRecovered = true
            return try await dispatcher.turn()
        } catch {
            isRecovered = false
            throw error
        }
    }
}
