import Synchronization
package import TenureCore

/// What an open page wants to hear of; pages with the same topic hear the same words.
package struct LiveTopic: Hashable, Sendable {
    package let workspace: WorkspaceID
    /// nil: of every account.
    package let account: AccountID?
    /// The part of a page that is told anew.
    package let part: String

    package init(workspace: WorkspaceID, account: AccountID? = nil, part: String) {
        self.workspace = workspace
        self.account = account
        self.part = part
    }
}

/// Open pages that wait for news: how many may, and who is woken by a commit. Nothing piles up for a page that does not
/// listen: it is told how things are, not what happened since.
package final class Listeners: Sendable {
    /// Of all, so that most connections stay free for requests.
    package static let countMax = 256
    /// Of one session: a page more ends its oldest one.
    package static let perSessionMax = 4

    package enum Refusal: Error, Hashable {
        case tooMany
        case shuttingDown
    }

    private let state = Mutex(State())

    fileprivate struct State: Sendable {
        var seats: [Int: Seat] = [:]
        var lastNumber = 0
        var heard: Set<WorkspaceID> = []
        var texts: [LiveTopic: Made] = [:]
        var isClosed = false
    }

    fileprivate struct Seat: Sendable {
        let topic: LiveTopic
        /// Hash of the cookie.
        let session: String
        let wake: AsyncStream<Void>.Continuation
        var hasNews = false
    }

    fileprivate struct Made: Sendable {
        let position: UInt64
        let text: Task<String, any Error>
    }

    package init() {}

    package var count: Int { state.withLock { $0.seats.count } }
}

// MARK: - Coming and going

extension Listeners {
    /// - Parameter session: the hash of its cookie; when it ends, so does the listening.
    package func listen(
        to topic: LiveTopic, in workspace: Workspace, session: String
    ) throws(Refusal) -> Listener {
        let (wakes, wake) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let (refusal, number, isFirst) = state.withLock { state -> (Refusal?, Int, Bool) in
            if state.isClosed { return (.shuttingDown, 0, false) }
            state.makeRoom(for: session)
            guard state.seats.count < Self.countMax else { return (.tooMany, 0, false) }
            state.lastNumber += 1
            state.seats[state.lastNumber] = Seat(topic: topic, session: session, wake: wake)
            return (nil, state.lastNumber, state.heard.insert(workspace.id).inserted)
        }
        if let refusal { throw refusal }
        if isFirst { workspace.onChange { [weak self, id = workspace.id] in self?.tell(id, of: $0) } }
        return Listener(number: number, topic: topic, wakes: wakes, listeners: self)
    }

    /// Called on the writer's queue.
    private func tell(_ workspace: WorkspaceID, of touched: [AccountID]) {
        guard !touched.isEmpty, count > 0 else { return }
        let accounts = Set(touched)
        state.withLock { state in
            for (number, seat) in state.seats where seat.topic.workspace == workspace {
                guard seat.topic.account.map({ accounts.contains($0) }) ?? true else { continue }
                state.seats[number]?.hasNews = true
                seat.wake.yield()
            }
        }
    }

    /// Whoever listens under the session has signed out, or is somewhere else now.
    package func end(session: String) {
        state.withLock { state in
            for (number, seat) in state.seats where isSame(seat.session, session) { state.end(number) }
        }
    }

    /// From here on nobody listens.
    package func close() {
        state.withLock { state in
            state.isClosed = true
            for number in state.seats.keys { state.end(number) }
        }
    }

    fileprivate func wake(_ number: Int) { state.withLock { _ = $0.seats[number]?.wake.yield() } }
    fileprivate func end(_ number: Int) { state.withLock { $0.end(number) } }

    fileprivate func takeNews(_ number: Int) -> Bool {
        state.withLock { state in
            defer { state.seats[number]?.hasNews = false }
            return state.seats[number]?.hasNews ?? false
        }
    }

    /// Made once for all who listen, as of the last commit or a later one.
    fileprivate func text(
        _ topic: LiveTopic, asOf position: UInt64, _ make: @escaping @Sendable () async throws -> String
    ) async throws -> String {
        let made = state.withLock { state -> Task<String, any Error> in
            if let made = state.texts[topic], made.position >= position { return made.text }
            let task = Task { try await make() }
            if state.hears(topic) { state.texts[topic] = Made(position: position, text: task) }
            return task
        }
        return try await made.value
    }
}

extension Listeners.State {
    /// A browser that went on to another page may be heard of only after a while: its newest pages count.
    fileprivate mutating func makeRoom(for session: String) {
        let own = seats.filter { isSame($0.value.session, session) }.keys.sorted()
        for number in own.dropLast(Listeners.perSessionMax - 1) { end(number) }
    }

    fileprivate mutating func end(_ number: Int) {
        guard let seat = seats.removeValue(forKey: number) else { return }
        seat.wake.finish()
        if !hears(seat.topic) { texts[seat.topic] = nil }
    }

    fileprivate func hears(_ topic: LiveTopic) -> Bool { seats.values.contains { $0.topic == topic } }
}

/// One page's place among the listeners; whoever lets go of it gives it back.
package final class Listener: Sendable {
    private let number: Int
    private let topic: LiveTopic
    /// Something may have changed; it ends when nobody may listen here any more.
    package let wakes: AsyncStream<Void>
    private let listeners: Listeners

    fileprivate init(number: Int, topic: LiveTopic, wakes: AsyncStream<Void>, listeners: Listeners) {
        self.number = number
        self.topic = topic
        self.wakes = wakes
        self.listeners = listeners
    }

    deinit { leave() }

    /// Whether something happened since the last call.
    package func takeNews() -> Bool { listeners.takeNews(number) }
    package func wake() { listeners.wake(number) }
    package func leave() { listeners.end(number) }

    package func text(asOf position: UInt64, _ make: @escaping @Sendable () async throws -> String) async throws -> String {
        try await listeners.text(topic, asOf: position, make)
    }
}
