import Synchronization
import Testing

@testable import TenureRuntime

struct LaneTests {
    @Test func `tasks that prefer a lane come to their end, through waits and with others beside them`() async {
        let share = FairShare(cores: 2)
        let lanes = (0..<4).map { _ in share.makeLane() }
        let sum = Atomic<Int>(0)
        await withDiscardingTaskGroup { group in
            for number in 0..<400 {
                group.addTask(executorPreference: lanes[number % lanes.count]) {
                    for _ in 0..<5 { await Task.yield() }
                    busy(milliseconds: number % lanes.count)
                    sum.add(1, ordering: .relaxed)
                }
            }
        }
        #expect(sum.load(ordering: .relaxed) == 400)
    }

    @Test func `a turn is given back when what was done in it fails`() {
        struct Failed: Error {}
        let lane = FairShare(cores: 1).makeLane()
        for _ in 0..<20 {
            #expect(throws: Failed.self) {
                try lane.turn {
                    busy(milliseconds: 30)
                    throw Failed()
                }
            }
        }
    }

    private func busy(milliseconds: Int) {
        let end = ContinuousClock.now + .milliseconds(milliseconds)
        while ContinuousClock.now < end {}
    }
}
