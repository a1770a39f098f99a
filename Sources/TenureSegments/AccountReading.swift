import Synchronization
import TenureCore
import TenureStore

/// Reads of a log what holds facts of one account: places of full segments are in files, which are made when they are
/// first asked for, those of the active one in memory.
final class AccountReading: Sendable {
    private struct State {
        var active: AccountPlaces
        /// Position of the last block that was taken; nil: none was.
        var last: UInt64?
        /// Segments whose file this process has held against its checksum.
        var sound: Set<UInt64> = []
    }

    private let directory: String
    private let calls: DiskCalls
    private let state: Mutex<State>
    /// One goes through a full segment at a time: whoever waits finds its file.
    private let making = Mutex(())

    /// - Parameter active: the segment that is being written, as it was opened.
    init(directory: String, active: SegmentExtent, calls: DiskCalls) {
        self.directory = directory
        self.calls = calls
        state = Mutex(State(active: AccountPlaces(first: active.first, from: active.last + 1)))
    }

    /// The next block, which is in the log. One caller.
    ///
    /// - Parameter segment: position of the first block of the segment that it is in.
    func take(_ block: LogBlock, in segment: UInt64) {
        let full = state.withLock { state -> AccountPlaces? in
            var full: AccountPlaces?
            if state.active.first != segment {
                full = state.active
                state.active = AccountPlaces(first: segment, from: segment)
            }
            state.active.add(block)
            state.last = block.position
            return full
        }
        if let full, full.isWhole { keep(full, upTo: segment - 1) }
    }

    /// Keeps what is known of the segment that is being written, so that the next process need not go through it.
    func keepActive() {
        let (active, last) = state.withLock { ($0.active, $0.last) }
        if active.isWhole, let last { keep(active, upTo: last) }
    }

    /// Hands over, in order, at least the blocks from `position` on that hold facts of the account, until `body` answers
    /// false.
    func read(
        _ account: AccountID, from position: UInt64, in extents: LogExtents, _ body: (LogBlock) throws -> Bool
    ) throws {
        let all = extents.sealed + [extents.active]
        for extent in all[all.indices.firstPlace { all[$0].last >= position }...] where !extent.isEmpty {
            let positions = try extent.first == extents.active.first
                ? positionsInActive(of: account, extents) : positions(of: account, inFull: extent, extents)
            let wanted = positions.filter { (position...max(position, extent.last)).contains($0) }
            guard try extents.read(wanted, of: extent, in: directory, calls: calls, body) else { return }
        }
    }

    private func positions(of account: AccountID, inFull extent: SegmentExtent, _ extents: LogExtents) throws -> [UInt64] {
        if let file = soundFile(extent) { return try file.positions(of: account) }
        return try making.withLock { _ in
            if let file = soundFile(extent) { return try file.positions(of: account) }
            let places = try places(of: extent.first...extent.last, in: extent, extents)
            keep(places, upTo: extent.last)
            return places.positions(of: account)
        }
    }

    /// nil: there is none that tells of the whole segment.
    private func soundFile(_ extent: SegmentExtent) -> AccountPlacesFile? {
        let file = AccountPlacesFile(SegmentName(directory: directory, first: extent.first), calls: calls)
        return file.flatMap { $0.last >= extent.last && isSound($0, extent.first) ? $0 : nil }
    }

    private func isSound(_ file: AccountPlacesFile, _ segment: UInt64) -> Bool {
        if state.withLock({ $0.sound.contains(segment) }) { return true }
        guard file.isSound() else { return false }
        state.withLock { _ = $0.sound.insert(segment) }
        return true
    }

    /// Blocks that were there before the process are gone through once, and only those that no earlier process went
    /// through: what is known then is kept.
    private func positionsInActive(of account: AccountID, _ extents: LogExtents) throws -> [UInt64] {
        let (extent, known) = (extents.active, state.withLock { $0.active })
        // Full by now, and perhaps longer than was seen.
        guard known.first == extent.first else {
            return try soundFile(extent)?.positions(of: account)
                ?? places(of: extent.first...extent.last, in: extent, extents).positions(of: account)
        }
        guard !known.isWhole else { return known.positions(of: account) }
        let earlier = try earlierPlaces(upTo: known.from - 1, in: extent, extents)
        keep(earlier, upTo: known.from - 1)
        state.withLock { state in
            if state.active.first == known.first, state.active.from == known.from {
                state.active = state.active.joined(to: earlier)
            }
        }
        return known.joined(to: earlier).positions(of: account)
    }

    private func earlierPlaces(
        upTo last: UInt64, in extent: SegmentExtent, _ extents: LogExtents
    ) throws -> AccountPlaces {
        let file = AccountPlacesFile(SegmentName(directory: directory, first: extent.first), calls: calls)
        guard let file, file.last <= last, file.isSound() else { return try places(of: extent.first...last, in: extent, extents) }
        let kept = try file.places()
        return file.last == last ? kept : try places(of: file.last + 1...last, in: extent, extents).joined(to: kept)
    }

    private func places(
        of positions: ClosedRange<UInt64>, in extent: SegmentExtent, _ extents: LogExtents
    ) throws -> AccountPlaces {
        var places = AccountPlaces(first: extent.first, from: positions.lowerBound)
        _ = try extents.read(Array(positions), of: extent, in: directory, calls: calls) { block in
            places.add(block)
            return true
        }
        return places
    }

    /// Without room the segment is gone through again the next time.
    private func keep(_ places: AccountPlaces, upTo last: UInt64) {
        try? AccountPlacesFile.write(places, upTo: last, SegmentName(directory: directory, first: places.first), calls: calls)
    }
}
