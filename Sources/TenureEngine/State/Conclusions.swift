package import TenureCore

/// What was decided about an account. Changes only by applying a decision; each capability owns its own part.
package struct Conclusions: Hashable, Sendable {
    package var health = HealthConclusions()
    /// Sorted by signal id; a signal that never held has no row.
    package var signals: [SignalState] = []
    /// In order of their numbers; ended ones stay for re-entry and history, the oldest beyond 200 leave.
    package var plays: [PlayInstance] = []
    package var playCount: Int32 = 0
    package var clocks = ClockTable()
    /// The account that this one is part of; nil: it stands for itself.
    package var partOf: AccountID?

    package init() {}

    static let none = Conclusions()
    static let sharedNone = Shared(none)

    package func signal(_ id: String) -> SignalState? {
        let (index, isFound) = place(ofSignal: id)
        return isFound ? signals[index] : nil
    }

    /// Where the signal's row is, or belongs.
    func place(ofSignal id: String) -> (index: Int, isFound: Bool) {
        let index = signals.bisected { precedes($0.signal, id) }
        return (index, index < signals.count && isSame(signals[index].signal, id))
    }
}

extension ByteWriter {
    mutating func write(_ conclusions: Conclusions) {
        write(conclusions.health)
        write(list: conclusions.signals) { $0.write($1) }
        write(list: conclusions.plays) { $0.write($1) }
        write(conclusions.playCount)
        write(conclusions.partOf) { $0.write($1.text) }
        write(conclusions.clocks)
    }
}

extension ByteReader {
    /// - Parameter format: of the state that they are part of.
    mutating func readConclusions(format: UInt8) throws -> Conclusions {
        var conclusions = Conclusions()
        conclusions.health = try readHealthConclusions()
        conclusions.signals = try readList { try $0.readSignalState(format: format) }
        conclusions.plays = try readList { try $0.readPlayInstance() }
        conclusions.playCount = try readInt32()
        if format > 3 { conclusions.partOf = try readOptional { AccountID(try $0.readString()) } }
        if format > 4 { conclusions.clocks = try readClockTable() }
        return conclusions
    }
}
