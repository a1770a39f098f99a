import TenureCore
import TenureFixtures
import TenureStore
import Testing

@testable import TenureRuntime

/// What waits is bounded, and what is taken at once fits into a block of the log.
struct MailboxTests {
    private func arrival(_ number: Int, bytes: Int = 10) -> Arrival {
        Arrival(
            id: "e-\(number)", source: "app", type: "user.session", subject: .account("a"), user: "u",
            data: ["text": .string(String(repeating: "x", count: bytes))])
    }

    private func letter(_ count: Int, bytes: Int = 10, isCommand: Bool = false) -> Mailbox.Letter {
        let arrivals = (0..<count).map { arrival($0, bytes: bytes) }
        return Mailbox.Letter(arrivals: arrivals, bytes: arrivals.byteCountMax, isCommand: isCommand) { _ in }
    }

    private func put(_ letter: Mailbox.Letter, _ box: inout Mailbox, isTaken: Bool) {
        let wasTaken = box.put(letter)
        #expect(wasTaken == isTaken)
    }

    private func expectBatch(_ counts: [Int], _ box: inout Mailbox) {
        let batch = box.takeBatch()
        #expect(batch.map(\.arrivals.count) == counts)
    }

    @Test func `a block is bounded by its events and by its bytes, and nothing is left behind`() {
        var (box, numbers) = (Mailbox(), SeededNumbers(4))
        var (put, taken, most) = (0, 0, 0)
        for _ in 0..<300 {
            let next = letter(1 + numbers.below(60), bytes: 1 + numbers.below(30_000), isCommand: numbers.oneIn(5))
            if box.put(next) { put += next.arrivals.count }
            guard numbers.oneIn(20) else { continue }
            let batch = box.takeBatch()
            taken += batch.reduce(0) { $0 + $1.arrivals.count }
            most = max(most, batch.reduce(0) { $0 + $1.bytes })
        }
        while case let batch = box.takeBatch(), !batch.isEmpty { taken += batch.reduce(0) { $0 + $1.arrivals.count } }
        #expect(taken == put && box.arrivalCount == 0)
        // The bound was reached, or it would be none.
        #expect(most <= Mailbox.bytesMax && most > Mailbox.bytesMax / 2, "\(most)")
    }

    @Test func `a letter that is larger than a block goes alone, and commands go first`() {
        var box = Mailbox()
        put(letter(1), &box, isTaken: true)
        put(letter(700, bytes: 30_000), &box, isTaken: true)
        put(letter(2, isCommand: true), &box, isTaken: true)
        expectBatch([2, 1], &box)
        expectBatch([700], &box)
        expectBatch([], &box)
    }

    @Test func `more than may wait is refused by number and by bytes, commands never`() {
        var box = Mailbox()
        for _ in 0..<3 { put(letter(700, bytes: 30_000), &box, isTaken: true) }
        put(letter(700, bytes: 30_000), &box, isTaken: false)
        put(letter(700, bytes: 30_000, isCommand: true), &box, isTaken: true)
        _ = box.takeBatch()
        put(letter(10), &box, isTaken: true)
        var many = Mailbox()
        put(letter(Mailbox.arrivalsMax), &many, isTaken: true)
        put(letter(1), &many, isTaken: false)
    }

    @Test func `no fact has more bytes in the log than its arrival was counted for`() throws {
        let keys = WorkspaceKeys(secret: Array(repeating: 7, count: 32), workspace: "acme")
        var numbers = SeededNumbers(9)
        for _ in 0..<500 {
            let arrival = Arrival(
                id: numbers.oneIn(3) ? nil : text(&numbers), source: text(&numbers), type: text(&numbers),
                subject: numbers.oneIn(2) ? .account(text(&numbers)) : .member, user: text(&numbers),
                data: ["a": value(&numbers, depth: 0), "b": value(&numbers, depth: 0)])
            var writer = ByteWriter()
            writer.write(Draft(arrival, now: noon, keys: keys, known: [:]).fact)
            #expect(writer.bytes.count <= arrival.byteCountMax, "\(arrival)")
        }
    }

    private func text(_ numbers: inout SeededNumbers) -> String { String(repeating: "é", count: numbers.below(150)) }

    private func value(_ numbers: inout SeededNumbers, depth: Int) -> JSON {
        switch numbers.below(depth > 3 ? 5 : 7) {
        case 0: .null
        case 1: .bool(true)
        case 2: .int(Int64.min)
        case 3: .double(1.5)
        case 4: .string(text(&numbers))
        case 5: .array((0..<numbers.below(9)).map { _ in value(&numbers, depth: depth + 1) })
        case _: .object(["k": value(&numbers, depth: depth + 1), "l": value(&numbers, depth: depth + 1)])
        }
    }
}
