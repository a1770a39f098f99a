import TenureStore

/// Whose work may begin, and what waits for its turn. A plain value: who calls it says what time it is, and begins what it gives.
struct Turns<Piece: Sendable>: Sendable {
    /// May begin now. One that takes turns has to be given back.
    struct Beginning: Sendable {
        let piece: Piece
        let takesTurns: Bool
    }

    private(set) var ledger: ShareLedger
    /// Pieces under way that take turns.
    private var heavyCount = 0
    /// Oldest first, by lane; no lane is empty. While something waits, something that takes turns is under way.
    private var waiting: [Int: [Piece]] = [:]

    init(cores: Int) { ledger = ShareLedger(cores: cores) }

    var waitingCount: Int { waiting.values.reduce(0) { $0 + $1.count } }

    /// What may begin, now that there is this piece more.
    mutating func enter(_ piece: Piece, lane: Int, at now: UInt64) -> [Beginning] {
        ledger.reckon(at: now)
        ledger.note(lane, at: now)
        guard takesTurns(lane) else { return [Beginning(piece: piece, takesTurns: false)] }
        waiting[lane, default: []].append(piece)
        return next()
    }

    /// What may begin, now that a piece has come to its end.
    mutating func leave(lane: Int, tookTurns: Bool, spent: UInt64, at now: UInt64) -> [Beginning] {
        ledger.spend(spent, lane)
        if tookTurns { heavyCount -= 1 }
        ledger.reckon(at: now)
        return next()
    }

    mutating func forget(_ lane: Int) { ledger.forget(lane) }

    /// A lane with work that waits stays in turn until none does, so that being kept short does not make it light.
    private func takesTurns(_ lane: Int) -> Bool {
        #if DEBUG
            if PlantedBug.noFairShare.isChosen { return false }
        #endif
        return ledger.isHeavy(lane) || waiting[lane] != nil
    }

    private mutating func next() -> [Beginning] {
        var begun: [Beginning] = []
        while heavyCount < ledger.heavyMax, let lane = nextLane(), let piece = waiting[lane]?.removeFirst() {
            if waiting[lane]?.isEmpty ?? true { waiting[lane] = nil }
            heavyCount += 1
            begun.append(Beginning(piece: piece, takesTurns: true))
        }
        return begun
    }

    /// Of those that wait, the one that had the least.
    private func nextLane() -> Int? {
        waiting.keys.min { (ledger.use(of: $0), $0) < (ledger.use(of: $1), $1) }
    }
}
