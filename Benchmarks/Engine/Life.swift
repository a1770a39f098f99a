import TenureAuthoring
import TenureCore
import TenureEngine
import TenurePacks
import TenureProgramme
import TenureRuntime
import TenureSimulator
import TenureStore

/// Accounts that have lived for a while, and the batches of facts that come next.
struct Life {
    struct Block {
        let now: Instant
        /// As of the block.
        let context: TurnContext
        /// The accounts that something happened to, by place, and what.
        let dirty: [(account: Int, facts: [Fact])]
    }

    let programme: CompiledProgramme
    /// As they are when the measured days begin.
    private let states: [AccountState]
    private let memos: [Memo]
    let blocks: [Block]
    let events: Int
    let dirtyAccounts: Int
    var accountDays: Int { states.count * EngineBenchmark.measuredDays }

    init(accounts: Int, warmDays: Int, measuredDays: Int) throws {
        programme = Self.maestro()
        let (log, first) = try Self.recorded(programme, accounts: accounts, days: warmDays + measuredDays)
        let start = Instant(milliseconds: Int64(first.number + Int32(warmDays)) * Milliseconds.day)
        var builder = Builder(programme: programme)
        try log.read(from: 1) { block in
            builder.take(block, isWarm: block.now <= start)
            return true
        }
        (states, memos, blocks) = (builder.states, builder.memos, builder.blocks)
        events = blocks.reduce(0) { $0 + $1.dirty.reduce(0) { $0 + $1.facts.count } }
        dirtyAccounts = blocks.reduce(0) { $0 + $1.dirty.count }
    }

    // MARK: What is measured

    /// The facts folded in batches, nothing concluded.
    func observe() -> Cost {
        var accounts = states.map { Refold(programme, continuing: $0.observations) }
        return Cost.of {
            for block in blocks {
                for (account, facts) in block.dirty { accounts[account].take(facts) }
            }
        }
    }

    /// What nobody can leave out who keeps daily counts: the event's type by name, its day, the member by bisection, and
    /// one sum.
    func observeLeast() -> Cost {
        var accounts = states.map { _ in Least() }
        return Cost.of {
            for block in blocks {
                for (account, facts) in block.dirty { accounts[account].take(facts) }
            }
        }
    }

    /// Whole turns: first those that only time brings, then those of what happened.
    func conclude(keepsMemos: Bool) -> (closing: Cost, concluding: Cost) {
        var (states, memos) = (states, memos)
        let context = TurnContext(programme: programme, workspace: WorkspaceState())
        var due = states.map { Engine.nextDue($0, context) }
        var closing = Cost(), concluding = Cost()
        for block in blocks {
            closing += Cost.of {
                for index in states.indices where due[index].map({ $0 <= block.now }) ?? false {
                    due[index] = Engine.turn(&states[index], &memos[index], facts: [], now: block.now, block.context).due
                }
            }
            if !keepsMemos { for index in memos.indices { memos[index] = Memo() } }
            concluding += Cost.of {
                for (account, facts) in block.dirty {
                    let turn = Engine.turn(&states[account], &memos[account], facts: facts, now: block.now, block.context)
                    due[account] = turn.due
                }
            }
        }
        return (closing, concluding)
    }

    // MARK: How it comes about

    private static func maestro() -> CompiledProgramme {
        let library = ProgrammeLibrary(files: EmbeddedFiles.all)
        guard let loaded = library.read(library.folder("maestro")).0 else { fatalError("Maestro's programme has mistakes") }
        return library.compile(loaded, number: 1)
    }

    /// The simulator's world, through the writer that production uses.
    private static func recorded(
        _ programme: CompiledProgramme, accounts: Int, days: Int
    ) throws -> (log: MemoryLog, firstDay: Day) {
        let firstDay = Day(CivilDate(year: 2025, month: 1, day: 6))
        let log = MemoryLog()
        var writer = Writer(
            workspace: "benchmark",
            keys: WorkspaceKeys(secret: Array("benchmark-secret-of-32-bytes-okay".utf8), workspace: "benchmark"), log: log,
            store: ForgetfulStore(), composer: SilentComposer(), programme: programme)
        writer.checkpointBytesPerCommit = 0
        writer.markBytesPerCommit = 0
        let world = World(
            programme: programme, accounts: 0..<accounts, days: days, seed: 42, firstDay: firstDay, intensity: 1)
        var simulation = Simulation(world: world, writer: writer, stepHours: 24)
        _ = try simulation.run()
        return (log, firstDay)
    }

    private struct Builder {
        let programme: CompiledProgramme
        var workspace = WorkspaceState()
        var places: [AccountID: Int] = [:]
        var states: [AccountState] = []
        var memos: [Memo] = []
        var blocks: [Block] = []

        init(programme: CompiledProgramme) { self.programme = programme }

        mutating func take(_ block: LogBlock, isWarm: Bool) {
            var dirty: [Int: [Fact]] = [:]
            for fact in block.facts {
                workspace.fold(fact, programme: programme, at: block.now)
                if let account = fact.account { dirty[place(account), default: []].append(fact) }
            }
            let next = Block(
                now: block.now, context: TurnContext(programme: programme, workspace: workspace),
                dirty: dirty.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
            guard isWarm else { return blocks.append(next) }
            for (account, facts) in next.dirty {
                _ = Engine.turn(&states[account], &memos[account], facts: facts, now: block.now, next.context)
            }
        }

        private mutating func place(_ account: AccountID) -> Int {
            if let place = places[account] { return place }
            places[account] = states.count
            states.append(AccountState(id: account, programme: programme))
            memos.append(Memo())
            return states.count - 1
        }
    }
}

/// Daily counts by type and a mask by member, for one account.
private struct Least {
    private var counts: [String: [Int64]] = [:]
    private var keys: [UInt64] = []
    private var masks: [UInt64] = []
    private var newest = 0

    mutating func take(_ facts: [Fact]) {
        let lent = facts.span
        for place in lent.indices { take(lent[place]) }
    }

    private mutating func take(_ fact: Fact) {
        let day = Int(fact.occurred.milliseconds / Milliseconds.day)
        if day > newest {
            for index in masks.indices { masks[index] <<= UInt64(min(63, day - newest)) }
            newest = day
        }
        counts[fact.type, default: Array(repeating: 0, count: 91)][day % 91] += 1
        guard let member = fact.member, newest - day < 64 else { return }
        let key = hash64(member)
        var (low, high) = (0, keys.count)
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        if low == keys.count || keys[low] != key {
            keys.insert(key, at: low)
            masks.insert(0, at: low)
        }
        masks[low] |= 1 << UInt64(newest - day)
    }
}
