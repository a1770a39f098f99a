import TenureCore

/// An account's clocks: those that run, and those that ended lately.
package struct ClockTable: Hashable, Sendable {
    /// In the order of their ids.
    package private(set) var running: [ClockState] = []
    /// In the order of their ids; for as long as attainment looks back.
    package private(set) var ended: [ClockState] = []
    /// More clocks than any account has; beyond it none is begun.
    static let rowsMax = 5_000
    /// So long is an ended clock remembered, as a closed entity is.
    static let endedMax = Int64(EntityTable.closedDaysMax) * Milliseconds.day

    var isEmpty: Bool { running.isEmpty && ended.isEmpty }
    var isFull: Bool { running.count + ended.count >= Self.rowsMax }

    package subscript(id: ClockID) -> ClockState? {
        let (place, isFound) = Self.place(of: id, in: running)
        if isFound { return running[place] }
        let (other, isThere) = Self.place(of: id, in: ended)
        return isThere ? ended[other] : nil
    }

    private static func place(of id: ClockID, in rows: [ClockState]) -> (index: Int, isFound: Bool) {
        let index = rows.bisected { ClockID.precedes($0.id, id) }
        return (index, index < rows.count && ClockID.areSame(rows[index].id, id))
    }

    /// - Parameter clock: nil: all of the SLA.
    package func running(of sla: String, _ clock: String?) -> [ClockState] {
        running.filter { $0.id.isOf(sla, clock) }
    }

    mutating func remove(_ id: ClockID) {
        let (place, isFound) = Self.place(of: id, in: running)
        if isFound { running.remove(at: place) }
        let (other, isThere) = Self.place(of: id, in: ended)
        if isThere { ended.remove(at: other) }
    }

    /// - Parameter now: what ended too long before it is forgotten.
    mutating func put(_ clock: ClockState, at now: Instant) {
        remove(clock.id)
        guard let end = clock.ended else {
            running.insert(clock, at: Self.place(of: clock.id, in: running).index)
            return
        }
        ended.removeAll { $0.isForgotten(at: now) }
        if end + Self.endedMax > now { ended.insert(clock, at: Self.place(of: clock.id, in: ended).index) }
    }

    func timers(_ body: (Instant) -> Void) {
        for place in running.indices { if let timer = running[place].timer { body(timer) } }
    }

    func isDue(at now: Instant) -> Bool {
        running.indices.contains { place in running[place].timer.map { $0 <= now } ?? false }
    }
}

extension ClockState {
    /// Whether it ended so long ago that nobody asks for it any more.
    func isForgotten(at now: Instant) -> Bool { ended.map { $0 + ClockTable.endedMax <= now } ?? false }
}

extension ByteWriter {
    mutating func write(_ clocks: ClockTable) {
        write(list: clocks.running) { $0.write($1) }
        write(list: clocks.ended) { $0.write($1) }
    }
}

extension ByteReader {
    mutating func readClockTable() throws -> ClockTable {
        ClockTable(running: try readList { try $0.readClockState() }, ended: try readList { try $0.readClockState() })
    }
}
