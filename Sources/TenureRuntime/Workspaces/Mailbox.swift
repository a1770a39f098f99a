import TenureCore

/// What waits for the writer: batches from senders and commands from people, bounded so that overload is refused and
/// never piles up.
struct Mailbox: Sendable {
    struct Letter: Sendable {
        let arrivals: [Arrival]
        /// In the log, at most: `byteCountMax` of the arrivals.
        let bytes: Int
        /// A person's command is answered after the commit, a sender's batch after it is durable.
        let isCommand: Bool
        let reply: @Sendable (Result<[ArrivalAnswer], any Error>) -> Void
    }

    /// Of all that waits.
    static let (arrivalsMax, waitingBytesMax) = (50_000, 64 << 20)
    /// Of one block: the more wait, the more of them belong to one account, whose turn costs the same.
    static let batchMax = 16_384
    /// Of one block, what comes out of quarantine with it not counted: half of what the log takes.
    static let bytesMax = 16 << 20

    private(set) var letters: [Letter] = []
    private(set) var arrivalCount = 0
    private var bytes = 0
    var isDraining = false
    var isClosed = false

    /// False when the box is full.
    mutating func put(_ letter: Letter) -> Bool {
        let isRoom = arrivalCount + letter.arrivals.count <= Self.arrivalsMax && bytes + letter.bytes <= Self.waitingBytesMax
        guard letter.isCommand || isRoom else { return false }
        arrivalCount += letter.arrivals.count
        bytes += letter.bytes
        letters.append(letter)
        return true
    }

    /// Commands first, then batches in their order, until the block is large enough; at least one.
    mutating func takeBatch() -> [Letter] {
        let inOrder = letters.filter(\.isCommand) + letters.filter { !$0.isCommand }
        var (taken, takenCount, takenBytes): ([Letter], Int, Int) = ([], 0, 0)
        for letter in inOrder {
            let count = takenCount + letter.arrivals.count
            let fits = takenBytes + letter.bytes <= Self.bytesMax && (letter.isCommand || count <= Self.batchMax)
            guard taken.isEmpty || fits else { break }
            taken.append(letter)
            (takenCount, takenBytes) = (count, takenBytes + letter.bytes)
        }
        letters = Array(inOrder.dropFirst(taken.count))
        arrivalCount -= takenCount
        bytes -= takenBytes
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
