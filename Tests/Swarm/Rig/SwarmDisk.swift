import Synchronization
import TenureCore
import TenureFixtures
import TenureStore

/// The power went, or the process ended itself: nothing that it still does reaches anything.
struct ProcessGone: Error {}

/// What outlives a process, and the dice that decide what happens to it.
final class SwarmDisk: Sendable {
    private struct State: Sendable {
        var blocks: [LogBlock] = []
        /// Of the blocks, those that a flush has brought to the disk; all, unless a bug is planted.
        var flushed = 0
        var files = SwarmFolder()
        var numbers: SeededNumbers
        /// Of each fault its own, so that a run without one of them is otherwise the same for as long as can be.
        var dice: [Fault: SeededNumbers] = [:]
        var mix: FaultMix
        /// Counts processes; 0: none runs.
        var process = 0
        var processes = 0
        var isLive = false
        var happened: [Fault: Int] = [:]
        var trace: [String] = []
        /// Copies of a message that may be there beside the first, by its key.
        var allowed: [String: Int] = [:]
    }

    /// Held by every process, and changed only by the one that runs.
    let store = MemoryStore()
    let plant: Plant?
    private let state: Mutex<State>

    init(numbers: SeededNumbers, plant: Plant?) {
        self.plant = plant
        var numbers = numbers
        let dice = Fault.allCases.map { ($0, SeededNumbers(Int(truncatingIfNeeded: numbers.next() >> 1))) }
        state = Mutex(State(numbers: numbers, dice: Dictionary(uniqueKeysWithValues: dice), mix: .none))
    }

    // MARK: Dice

    /// Whether the fault happens here; never while none may.
    func happens(_ fault: Fault) -> Bool {
        state.withLock { state in
            guard let permille = state.mix.permille[fault], var dice = state.dice[fault] else { return false }
            let falls = dice.below(1000) < permille
            state.dice[fault] = dice
            guard falls else { return false }
            state.happened[fault, default: 0] += 1
            state.trace.append(fault.rawValue)
            return true
        }
    }

    func below(_ end: Int) -> Int { state.withLock { $0.numbers.below(end) } }
    func note(_ text: @autoclosure () -> String) { state.withLock { $0.trace.append(text()) } }
    var trace: [String] { state.withLock { $0.trace } }
    var happened: [Fault: Int] { state.withLock { $0.happened } }
    /// From here on things go wrong.
    func begin(_ mix: FaultMix) { state.withLock { $0.mix = mix } }
    /// From here on nothing goes wrong: what was begun must come to its end.
    func calm() { state.withLock { $0.mix = .none } }

    /// The message's fate was unknown once more.
    func allowAgain(_ key: String) { state.withLock { $0.allowed[key, default: 0] += 1 } }
    func copiesMax(_ key: String) -> Int { 1 + state.withLock { $0.allowed[key] ?? 0 } }

    // MARK: Processes

    /// A new process, after the end of the one before.
    func begin() -> Int {
        state.withLock { state in
            state.processes += 1
            state.process = state.processes
            return state.process
        }
    }

    /// As if the power went. A process that says so itself may be gone already, and another one may run.
    func cut(_ process: Int? = nil) {
        state.withLock { state in
            guard state.process != 0, process ?? state.process == state.process else { return }
            state.process = 0
            state.blocks.removeLast(state.blocks.count - state.flushed)
            state.files.loseNames()
            state.trace.append("the process is gone")
        }
    }

    var isRunning: Bool { state.withLock { $0.process != 0 } }
    var processes: Int { state.withLock { $0.processes } }

    func requireRunning(_ process: Int) throws {
        guard state.withLock({ $0.process == process }) else { throw ProcessGone() }
    }

    /// What lies beside the log.
    func withFiles<Value>(_ body: (inout SwarmFolder) -> Value) -> Value { state.withLock { body(&$0.files) } }

    // MARK: Blocks

    var blocks: [LogBlock] { state.withLock { $0.blocks } }

    func keep(_ block: LogBlock) throws {
        try state.withLock { state in
            try block.mustFollow(end: UInt64(state.blocks.count), now: state.blocks.last?.now, path: "swarm")
            if plant == .acknowledgedBeforeFlush { state.flushed = state.blocks.count }
            state.blocks.append(block)
            if plant == .turnsForgotten { state.blocks[state.blocks.count - 1].waits = false }
            if plant != .acknowledgedBeforeFlush { state.flushed = state.blocks.count }
        }
    }
}

/// The log of one process on a disk that may be full, fail, or lose its power.
final class SwarmLog: IntakeLog {
    private let disk: SwarmDisk
    private let process: Int

    init(_ disk: SwarmDisk, _ process: Int) {
        self.disk = disk
        self.process = process
    }

    var end: UInt64 { UInt64(disk.blocks.count) }
    var restartFiles: (any RestartFiles)? { SwarmFiles(disk, process) }

    func append(_ block: LogBlock) throws {
        try disk.requireRunning(process)
        if disk.happens(.logFull) { throw StorageFailure.full(path: "swarm") }
        if disk.happens(.cutBeforeLog) { return try goDown() }
        if disk.happens(.logFlushFails) {
            // Nobody knows whether the block is there.
            if disk.below(2) == 0 { try disk.keep(block) }
            throw StorageFailure.syncFailed(path: "swarm", code: 5)
        }
        try disk.keep(block)
        if disk.happens(.cutAfterLog) { try goDown() }
    }

    private func goDown() throws {
        disk.cut()
        throw ProcessGone()
    }

    func read(from position: UInt64, _ body: (LogBlock) throws -> Bool) throws {
        try disk.requireRunning(process)
        let forgets = disk.plant == .idsForgotten
        for block in disk.blocks where block.position >= position {
            guard try body(forgets ? block.withOtherIDs : block) else { return }
        }
    }
}

extension LogBlock {
    fileprivate var withOtherIDs: LogBlock {
        var block = self
        for index in block.facts.indices { block.facts[index].id += "?" }
        return block
    }
}
