import Synchronization
package import TenureCore
package import TenureEngine
import TenureProgramme

/// A past lived through again, day by day, by the writer that production uses: at the end of a day it has been told what
/// was recorded before that moment, and nothing else, whenever it occurred.
///
/// Customers know nothing of each other, so that parts of them run side by side, one on each core.
package struct PastReplay: Sendable {
    private let accounts: [PastAccount]
    private let days: ClosedRange<Day>
    /// Accounts of one part: the same on every machine, whatever its cores.
    private let partMax: Int

    package init(_ accounts: [PastAccount], days: ClosedRange<Day>, partMax: Int = 50) {
        self.accounts = accounts
        self.days = days
        self.partMax = max(1, partMax)
    }

    /// How each account stood at the end of each day, in the order of the accounts; and what was counted on the way.
    ///
    /// - Parameter programmes: one for each core to work on, with no object in common.
    package func run(
        on programmes: [CompiledProgramme],
        progress: @escaping @Sendable (_ fraction: Double) -> Void = { _ in }
    ) throws -> (courses: [AccountCourse], counts: WriterCounts) {
        guard let first = programmes.first else { return ([], WriterCounts()) }
        let ends = DayEnds(accounts, days, first)
        let heard = HeardEvents(accounts, ends, first.programme)
        let done = Atomic(0)
        let total = Double(max(1, parts.count * ends.ends.count))
        let results = concurrentMap(parts, among: programmes) { programme, part in
            Result { () throws -> PastPart in
                var past = PastPart(Array(accounts[part]), ends, programme)
                for place in ends.ends.indices {
                    try past.live(through: place, heard: heard.types[place])
                    progress(Double(done.add(1, ordering: .relaxed).newValue) / total)
                }
                return past
            }
        }
        let lived = try results.map { try $0.get() }
        return (lived.flatMap(\.courses), lived.reduce(WriterCounts()) { $0 + $1.counts })
    }

    private var parts: [Range<Int>] {
        stride(from: 0, to: accounts.count, by: partMax).map { $0..<min(accounts.count, $0 + partMax) }
    }
}

/// Some of the accounts, with a writer of their own.
private struct PastPart {
    private let accounts: [PastAccount]
    private let ends: DayEnds
    private let programme: CompiledProgramme
    private var writer: Writer
    /// Of each account: how many of its facts have been told.
    private var told: [Int]
    private let zones: [Int]
    private(set) var courses: [AccountCourse]

    init(_ accounts: [PastAccount], _ ends: DayEnds, _ programme: CompiledProgramme) {
        self.accounts = accounts
        self.ends = ends
        self.programme = programme
        writer = Writer(
            workspace: "past",
            keys: WorkspaceKeys(secret: Array("verdict-secret-of-32-bytes-exact".utf8), workspace: "past"),
            log: ForgetfulLog(), store: ForgetfulStore(), composer: SilentComposer(), programme: programme)
        writer.checkpointBytesPerCommit = 0
        writer.markBytesPerCommit = 0
        writer.isRehearsal = true
        writer.keepsMetrics = false
        told = Array(repeating: 0, count: accounts.count)
        zones = accounts.map { ends.zone(of: $0) }
        courses = accounts.map { AccountCourse(external: $0.external, programme: programme) }
    }

    var counts: WriterCounts { writer.counts }

    mutating func live(through place: Int, heard: [String]) throws {
        let end = ends.ends[place]
        if place == 0 { try goLive(before: end) }
        // Before the day's facts too, since sources speak in the course of a day: at its end none has to settle yet, but where
        // days of two zones end within the half hour. In every part at the same instant, which lies behind the end before.
        let before = place == 0 ? nil : ends.ends[place - 1].at + 1
        let spoken = max(end.at + -Self.settledMilliseconds, before ?? end.at + -Milliseconds.day)
        try pass(until: spoken)
        try tell(heard.map { echo($0, place, "spoke") }, at: spoken)
        let moment = Self.moment(end, place)
        try pass(until: moment)
        try tell(heard.map { echo($0, place, "speaks") } + arrivals(by: end), at: moment)
        try pass(until: end.at)
        close(end)
    }

    /// Longer than a source settles, and too short for a silence.
    private static let settledMilliseconds = 45 * Milliseconds.minute

    /// A day's facts are told just before its end, and each day a millisecond earlier than the day before: a signal that
    /// waits for whole days then comes to the end of its wait after it has heard of the last of them.
    private static func moment(_ end: DayEnds.End, _ place: Int) -> Instant { end.at + -Int64(place + 1) }

    private mutating func goLive(before end: DayEnds.End) throws {
        let wentLive = Arrival(
            id: "went-live", source: "operator", type: FactType.workspaceWentLive, subject: .workspace)
        try tell([wentLive], at: end.at + -2 * Milliseconds.day)
    }

    /// That an event of a kind was recorded, somewhere: of nobody's account here.
    private func echo(_ type: String, _ place: Int, _ when: String) -> Arrival {
        Arrival(id: "\(type)-\(place)-\(when)", source: "echo", type: type, subject: .workspace)
    }

    private mutating func arrivals(by end: DayEnds.End) -> [Arrival] {
        var arrivals: [Arrival] = []
        for (index, account) in accounts.enumerated() where end.days[zones[index]] != nil {
            while told[index] < account.facts.count, account.facts[told[index]].recorded < end.at {
                arrivals.append(account.facts[told[index]].arrival)
                told[index] += 1
            }
        }
        return arrivals
    }

    private mutating func tell(_ arrivals: [Arrival], at now: Instant) throws {
        guard !arrivals.isEmpty, let block = try writer.accept(arrivals, now: now).block else { return }
        try writer.process(block)
    }

    private mutating func pass(until end: Instant) throws {
        while let due = writer.nextDue(), due <= end, let block = try writer.tick(now: end) {
            try writer.process(block)
        }
    }

    private mutating func close(_ end: DayEnds.End) {
        for (index, account) in accounts.enumerated() {
            guard let day = end.days[zones[index]], let state = writer.account(external: account.external)
            else { continue }
            courses[index].close(day, state.conclusions, programme)
        }
    }
}
