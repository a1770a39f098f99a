import Synchronization
import Testing

@testable import TenureRuntime

private final class Tally: Sendable {
    private let count = Atomic<Int>(0)

    func add() { count.add(1, ordering: .relaxed) }
    var sum: Int { count.load(ordering: .relaxed) }
}

private func keepBusy(milliseconds: Int) {
    let end = ContinuousClock.now + .milliseconds(milliseconds)
    while ContinuousClock.now < end {}
}

struct LaneTests {
    @Test func `tasks that prefer a lane come to their end, through waits and with others beside them`() async {
        let share = FairShare(cores: 2)
        let lanes = (0..<4).map { _ in share.makeLane() }
        let tally = Tally()
        let tasks = (0..<400).map { number in
            Task(executorPreference: lanes[number % 4]) {
                for _ in 0..<5 { await Task.yield() }
                keepBusy(milliseconds: number % 4)
                tally.add()
            }
        }
        for task in tasks { await task.value }
        #expect(tally.sum == 400)
    }

    @Test func `a turn is given back when what was done in it fails`() {
        struct Failed: Error {}
        let lane = FairShare(cores: 1).makeLane()
        for _ in 0..<20 {
            #expect(throws: Failed.self) {
                try lane.turn {
                    keepBusy(milliseconds: 30)
                    throw Failed()
                }
            }
        }
    }

    @Test func `work goes through lanes from the ninth workspace on, and no longer when it is gone`() throws {
        let share = FairShare(cores: 2)
        // Strangers have one too.
        var lanes = (0...8).map { _ in share.makeLane() }
        #expect(!lanes[0].isNeeded)
        lanes.append(share.makeLane())
        #expect(lanes[0].isNeeded)
        lanes.removeLast()
        #expect(!lanes[0].isNeeded)
    }
}
