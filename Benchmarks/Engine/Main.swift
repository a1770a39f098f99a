import CCounters
// Allocates as the server does.
import CJemalloc
import Foundation
import TenureCore
import TenureEngine

/// What it costs to observe an event, and to conclude about an account that something happened to, under Maestro's whole
/// programme; beside it the least that observing can cost, and a conclusion without memos.
///
/// Exit code 1 when the product's own limits are missed: 0.4 µs an event, 20 µs an account. Of several rounds the quickest
/// counts.
@main
struct EngineBenchmark {
    static let accounts = 400
    static let warmDays = 60
    static let measuredDays = 30
    static let rounds = 5
    static let eventLimitMicroseconds = 0.4
    static let conclusionLimitMicroseconds = 20.0

    static func main() throws {
        let isCounted = instructions_begin() != 0
        let life = try Life(accounts: accounts, warmDays: warmDays, measuredDays: measuredDays)
        print(
            "Maestro, \(accounts) accounts, \(measuredDays) days after \(warmDays): \(life.events) events in "
                + "\(life.blocks.count) batches, \(life.dirtyAccounts) dirty accounts, \(rounds) rounds")
        if !isCounted { print("instructions are not counted on this machine") }
        if CommandLine.arguments.contains("--profile") { return profile(life) }
        // In turn, so that what disturbs the machine disturbs all.
        let all = (0..<rounds).map { _ in
            (life.observe(), life.observeLeast(), life.conclude(keepsMemos: true), life.conclude(keepsMemos: false).concluding)
        }
        let observing = quickest(all.map(\.0)) / life.events
        let floor = quickest(all.map(\.1)) / life.events
        let closing = quickest(all.map(\.2.closing))
        let concluding = quickest(all.map(\.2.concluding))
        let anew = quickest(all.map(\.3))
        let conclusion = (concluding - observing * life.events) / life.dirtyAccounts
        let conclusionAnew = (anew - observing * life.events) / life.dirtyAccounts
        print(row("", "µs", "instructions", "limit µs", "compared with", "µs", "ratio"))
        show("observing an event", observing, limit: eventLimitMicroseconds, "the least", floor)
        show("concluding on an account", conclusion, limit: conclusionLimitMicroseconds, "without memos", conclusionAnew)
        show("closing an account's day", closing / life.accountDays, limit: nil, "-", nil)
        let isMet = observing.microseconds <= eventLimitMicroseconds && conclusion.microseconds <= conclusionLimitMicroseconds
        if !isMet { exit(1) }
    }

    /// For a profiler: the work itself, many times, and nothing beside it.
    private static func profile(_ life: Life) {
        for _ in 0..<4 * rounds {
            _ = life.observe()
            _ = life.conclude(keepsMemos: true)
        }
    }

    private static func quickest(_ costs: [Cost]) -> Cost { costs.min { $0.nanoseconds < $1.nanoseconds } ?? Cost() }

    private static func show(_ name: String, _ cost: Cost, limit: Double?, _ other: String, _ others: Cost?) {
        let ratio = others.map { cost.nanoseconds / $0.nanoseconds }
        print(
            row(
                name, shown(cost.microseconds), cost.instructions > 0 ? String(Int(cost.instructions)) : "-",
                limit.map { String($0) } ?? "-", other, others.map { shown($0.microseconds) } ?? "-",
                ratio.map { String(format: "%.2f", $0) } ?? "-"))
    }

    private static func shown(_ number: Double) -> String { String(format: "%.3f", number) }

    private static func row(_ name: String, _ cells: String...) -> String {
        name + String(repeating: " ", count: max(26 - name.count, 1))
            + cells.map { String(repeating: " ", count: max(15 - $0.count, 1)) + $0 }.joined()
    }
}

/// Processor time and instructions that something took.
struct Cost {
    var nanoseconds = 0.0
    var instructions = 0.0

    var microseconds: Double { nanoseconds / 1000 }

    static func of(_ work: () -> Void) -> Cost {
        let instructions = instructions_count()
        let began = processorNanoseconds()
        work()
        return Cost(
            nanoseconds: processorNanoseconds() - began, instructions: Double(instructions_count() - instructions))
    }

    /// Of this thread, so that what else runs on the machine counts as little as it can.
    private static func processorNanoseconds() -> Double {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }

    static func += (left: inout Cost, right: Cost) {
        left.nanoseconds += right.nanoseconds
        left.instructions += right.instructions
    }

    static func - (left: Cost, right: Cost) -> Cost {
        Cost(nanoseconds: left.nanoseconds - right.nanoseconds, instructions: left.instructions - right.instructions)
    }

    static func * (left: Cost, count: Int) -> Cost {
        Cost(nanoseconds: left.nanoseconds * Double(count), instructions: left.instructions * Double(count))
    }

    static func / (left: Cost, count: Int) -> Cost {
        Cost(nanoseconds: left.nanoseconds / Double(count), instructions: left.instructions / Double(count))
    }
}
