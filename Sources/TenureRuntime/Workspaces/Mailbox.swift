import TenureCore

/// What waits for the writer: batches from senders and commands from people, bounded so that overload is refused and
/// never piles up.
struct Mailbox: Sendable {
    struct Letter: Sendable {
        var arrivals: [Arrival]
        /// A person's command is answered after the commit, a sender's batch after it is durable.
        var isCommand: Bool
        var reply: @Sendable (Result<[ArrivalAnswer], any Error>) -> Void
    }

    static let arrivalsMax = 50_000
    static let batchMax = 5_000

    private(set) var letters: [Letter] = []
    private(set) var arrivalCount = 0
    var isDraining = false
    var isClosed = false

    /// False when the box is full.
    mutating func put(_ letter: Letter) -> Bool {
        guard letter.isCommand || arrivalCount + letter.arrivals.count <= Self.arrivalsMax else { return false }
        arrivalCount += letter.arrivals.count
        letters.append(letter)
        return true
    }

    /// Commands first, then batches in their order, until the block is large enough.
    mutating func takeBatch() -> [Letter] {
        var taken = letters.filter(\.isCommand)
        var rest = letters.filter { !$0.isCommand }
        var count = taken.reduce(0) { $0 + $1.arrivals.count }
        while let first = rest.first, taken.isEmpty || count + first.arrivals.count <= Self.batchMax {
            taken.append(rest.removeFirst())
            count += first.arrivals.count
        }
        letters = rest
        arrivalCount -= count
        return taken
    }
}

/// Why the writer did not take a batch.
package enum WriterRefusal: Error, Sendable, Equatable {
    /// Too much waits already; try again in a second.
    case overloaded
    case storageFull
    case shuttingDown
    /// A replay differed from what is recorded: read-only until an operator looks.
    case fenced(detail: String)
}
