import Dispatch
import Foundation
import Synchronization

/// The cores of the machine among all workspaces of a process.
///
/// Whoever takes little is never kept waiting. Those that take much take turns while others are at work, and leave one core
/// free; of those that wait, the one that had the least goes first.
package final class FairShare: Sendable {
    /// Begins a piece of work, told whether it takes turns.
    typealias Piece = @Sendable (_ takesTurns: Bool) -> Void

    /// With so many lanes or fewer nobody is kept from taking all cores: measuring each piece would cost every request more
    /// than a few neighbours do.
    package static let lanesUnshared = 9

    private let turns: Mutex<Turns<Piece>>
    private let lanesMade = Atomic<Int>(0)
    private let lanes = Atomic<Int>(0)

    package init(cores: Int = ProcessInfo.processInfo.activeProcessorCount) { turns = Mutex(Turns(cores: cores)) }

    /// For the work of one workspace.
    package func makeLane() -> Lane {
        lanes.add(1, ordering: .relaxed)
        return Lane(self, lanesMade.add(1, ordering: .relaxed).newValue)
    }

    /// Whether there are enough lanes to share.
    var isNeeded: Bool { lanes.load(ordering: .relaxed) > Self.lanesUnshared }

    func enter(_ lane: Int, _ piece: @escaping Piece) {
        begin(turns.withLock { $0.enter(piece, lane: lane, at: Self.now) })
    }

    func leave(_ lane: Int, tookTurns: Bool, spent: UInt64) {
        begin(turns.withLock { $0.leave(lane: lane, tookTurns: tookTurns, spent: spent, at: Self.now) })
    }

    func forget(_ lane: Int) {
        lanes.subtract(1, ordering: .relaxed)
        turns.withLock { $0.forget(lane) }
    }

    private func begin(_ begun: [Turns<Piece>.Beginning]) {
        for one in begun { one.piece(one.takesTurns) }
    }

    private static var now: UInt64 { DispatchTime.now().uptimeNanoseconds }
}
