import Testing

@testable import TenureRuntime

/// Lanes of two cores; pieces are named by their lane.
private struct Machine {
    static let millisecond: UInt64 = 1_000_000
    var turns = Turns<Int>(cores: 2)
    var now: UInt64 = 0

    /// Pieces that may begin when one of the lane comes in.
    mutating func enter(_ lane: Int) -> [Int] { turns.enter(lane, lane: lane, at: now).map(\.piece) }

    /// A core is busy with the lane for so long, piece by piece.
    mutating func keepBusy(_ lane: Int, milliseconds: Int) {
        for _ in 0..<milliseconds / 10 {
            let begun = turns.enter(lane, lane: lane, at: now)
            now += 10 * Self.millisecond
            for piece in begun { _ = leave(piece.piece, took: piece.takesTurns, spent: 20 * Self.millisecond) }
        }
    }

    @discardableResult
    mutating func leave(_ lane: Int, took: Bool, spent: UInt64 = 0) -> [Int] {
        turns.leave(lane: lane, tookTurns: took, spent: spent, at: now).map(\.piece)
    }
}

struct TurnsTests {
    @Test func `who takes little begins at once, whoever waits`() {
        var machine = Machine()
        machine.keepBusy(1, milliseconds: 1000)
        #expect(machine.enter(2) == [2])
        #expect(machine.enter(1) == [1])
        #expect(machine.enter(1) == [])
        #expect(machine.enter(2) == [2])
        #expect(machine.enter(3) == [3])
        #expect(machine.turns.waitingCount == 1)
    }

    @Test func `alone, a heavy lane has every core and one piece more`() {
        var machine = Machine()
        machine.keepBusy(1, milliseconds: 1000)
        #expect([machine.enter(1), machine.enter(1), machine.enter(1), machine.enter(1)] == [[1], [1], [1], []])
    }

    @Test func `a core is free for others from their first piece on, and a second after their last`() {
        var machine = Machine()
        machine.keepBusy(1, milliseconds: 1000)
        _ = machine.enter(2)
        machine.leave(2, took: false, spent: 2 * Machine.millisecond)
        #expect(machine.turns.ledger.heavyMax == 1)
        machine.keepBusy(1, milliseconds: 900)
        #expect(machine.turns.ledger.heavyMax == 1)
        machine.keepBusy(1, milliseconds: 200)
        #expect(machine.turns.ledger.heavyMax == 3)
    }

    @Test func `of heavy lanes that wait, the one that had the least goes first`() {
        var machine = Machine()
        machine.keepBusy(1, milliseconds: 1000)
        machine.keepBusy(2, milliseconds: 600)
        _ = machine.enter(3)
        #expect(machine.turns.ledger.use(of: 2) > machine.turns.ledger.use(of: 1))
        #expect(machine.enter(2) == [2])
        #expect(machine.enter(2) == [])
        #expect(machine.enter(1) == [])
        #expect(machine.leave(2, took: true) == [1])
        #expect(machine.leave(1, took: true) == [2])
        #expect(machine.turns.waitingCount == 0)
    }

    @Test func `a lane that is kept short stays in turn until nothing of it waits`() {
        var machine = Machine()
        machine.keepBusy(1, milliseconds: 1000)
        _ = machine.enter(2)
        #expect(machine.enter(1) == [1])
        #expect(machine.enter(1) == [])
        machine.now += 5 * ShareLedger.memory
        #expect(machine.enter(1) == [1, 1])
        #expect(!machine.turns.ledger.isHeavy(1))
        machine.leave(1, took: true)
        #expect(machine.enter(1) == [1])
    }

    @Test func `a few requests at once are no load, however many workspaces there are`() {
        var machine = Machine()
        for lane in 1...50 {
            _ = machine.enter(lane)
            machine.leave(lane, took: false, spent: 50 * Machine.millisecond)
        }
        machine.now += ShareLedger.period
        for lane in 1...50 {
            #expect(machine.enter(lane) == [lane])
            #expect(!machine.turns.ledger.isHeavy(lane))
        }
    }

    @Test func `equals are nobody's neighbours: none of them waits`() {
        var machine = Machine()
        for _ in 0..<100 {
            for lane in [1, 2] {
                let begun = machine.turns.enter(lane, lane: lane, at: machine.now)
                #expect(begun.map(\.piece) == [lane])
                machine.now += 5 * Machine.millisecond
                for one in begun { machine.leave(lane, took: one.takesTurns, spent: 5 * Machine.millisecond) }
            }
        }
    }

    @Test func `one core alone still gives a turn`() {
        var turns = Turns<Int>(cores: 1)
        var now: UInt64 = 0
        for _ in 0..<100 {
            now += 10 * Machine.millisecond
            for begun in turns.enter(1, lane: 1, at: now) {
                _ = turns.leave(lane: 1, tookTurns: begun.takesTurns, spent: 10 * Machine.millisecond, at: now)
            }
        }
        _ = turns.enter(2, lane: 2, at: now)
        #expect(turns.ledger.heavyMax == 1)
        #expect(turns.enter(1, lane: 1, at: now).count == 1)
    }

    @Test func `a clock that stands still or goes back reckons nothing`() {
        var ledger = ShareLedger(cores: 2)
        ledger.note(1, at: 50 * Machine.millisecond)
        ledger.spend(.max, 1)
        ledger.spend(.max, 1)
        ledger.reckon(at: 50 * Machine.millisecond)
        let use = ledger.use(of: 1)
        ledger.reckon(at: 10 * Machine.millisecond)
        #expect(ledger.use(of: 1) == use && ledger.isHeavy(1))
    }
}
