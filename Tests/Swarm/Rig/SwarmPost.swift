import Synchronization
import TenureCore
import TenureFixtures
import TenureRuntime
import TenureStore

/// The mail server of a run: takes, refuses, keeps silent; and knows what it was given.
final class SwarmPost: Channel {
    struct Copy: Sendable {
        var key: String
        var messageID: String
        var address: String
        var body: [UInt8]
        var at: Instant
    }

    private struct State: Sendable {
        var copies: [Copy] = []
        /// As far as the people know who said so: what they were answered.
        var isStopped = false
        var suppressed: Set<String> = []
        var wronglySent: [String] = []
    }

    let name = "swarm"
    private let disk: SwarmDisk
    private let clock: SettableClock
    private let state = Mutex(State())

    init(_ disk: SwarmDisk, _ clock: SettableClock) {
        self.disk = disk
        self.clock = clock
    }

    var copies: [Copy] { state.withLock { $0.copies } }
    var wronglySent: [String] { state.withLock { $0.wronglySent } }
    func setStopped(_ isStopped: Bool) { state.withLock { $0.isStopped = isStopped } }
    func suppress(_ address: String) { _ = state.withLock { $0.suppressed.insert(address) } }

    func send(_ delivery: Delivery) async -> DeliveryOutcome {
        guard disk.isRunning else { return .unknown(reason: "nobody sends any more") }
        if disk.happens(.mailDeferred) {
            return .deferred(reason: "421 busy", retryAfterSeconds: disk.below(3) == 0 ? disk.below(7200) : nil)
        }
        if disk.happens(.mailRefused) { return .refused(reason: "550 no such user") }
        if disk.happens(.mailLostInSilence) { return .unknown(reason: "no answer") }
        if disk.happens(.mailTakenInSilence) {
            take(delivery, isAgain: true)
            return .unknown(reason: "no answer")
        }
        if disk.happens(.cutWhileSending) {
            if disk.below(2) == 0 { take(delivery, isAgain: true) }
            disk.cut()
            return .accepted(detail: "250 nobody hears this")
        }
        take(delivery, isAgain: false)
        return .accepted(detail: "250 taken")
    }

    private func take(_ delivery: Delivery, isAgain: Bool) {
        if isAgain { disk.allowAgain(delivery.key) }
        let copy = Copy(
            key: delivery.key, messageID: delivery.messageID, address: delivery.address, body: delivery.body, at: clock.now)
        state.withLock { state in
            if state.isStopped { state.wronglySent.append("\(delivery.key) left while everything was stopped") }
            if state.suppressed.contains(delivery.address) {
                state.wronglySent.append("\(delivery.key) left for \(delivery.address), where nothing may go")
            }
            state.copies.append(copy)
        }
    }
}
