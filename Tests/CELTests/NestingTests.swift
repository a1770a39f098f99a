import CEL
import Foundation
import Synchronization
import Testing

/// Nesting of every kind: refused beyond the limit however long it is, and at the limit no stack worth the name.
@Suite struct NestingTests {
    /// What stands before and behind the innermost, for each level. `a` is a list, `b` a Boolean, `n` a number.
    static let kinds: [(name: String, before: String, inner: String, behind: String)] = [
        ("brackets", "(", "n", ")"), ("not", "!", "b", ""), ("minus", "- ", "n", ""), ("list", "[", "n", "]"),
        ("map value", "{1:", "n", "}"), ("map key", "{", "n", ":1}"), ("index", "a[", "n", "]"),
        ("optional index", "a[?", "n", "]"), ("else", "b?n:", "n", ""), ("then", "b?(", "n", "):n"), ("call", "size(", "a", ")"),
        ("member call", "''.join(", "a", ")"), ("all", "a.all(x,", "b", ")"), ("exists_one", "a.exists_one(x,", "b", ")"),
        ("map", "a.map(x,", "n", ")"), ("filter", "a.filter(x,", "b", ")"), ("two variables", "a.transformList(i,v,", "n", ")"),
        ("bind", "cel.bind(x,n,", "n", ")"), ("optMap", "optional.of(n).optMap(x,", "n", ")"),
        ("sum", "n+(", "n", ")"), ("comparison", "b==(", "b", ")"), ("and", "b&&(", "b", ")"), ("has", "has(a.f[", "n", "].g)"),
    ]

    static func source(_ kind: Int, levels: Int) -> String {
        let (_, before, inner, behind) = kinds[kind]
        return String(repeating: before, count: levels) + inner + String(repeating: behind, count: levels)
    }

    func outcome(_ source: String) -> CEL.Issue.Code? {
        switch Program.compile(source, vocabulary: .unchecked) {
        case .success: nil
        case .failure(let issues): issues.issues.first?.code
        }
    }

    @Test(arguments: kinds.indices, [100, 1_000, 100_000])
    func `deep nesting is refused`(kind: Int, levels: Int) {
        let code = outcome(Self.source(kind, levels: levels))
        #expect(code == .tooDeep, "\(Self.kinds[kind].name)")
    }

    @Test(arguments: ["a", "a.b", "a[0]", "a.?b", "a.size()", "a.map(x, x)", "1 + a", "a == a", "b || b", "b && b", "'x'", "1"])
    func `a hundred thousand links of a chain are too long, and what fits needs no depth`(link: String) {
        let sign = link.contains("|") ? "||" : link.contains("&") ? "&&" : link.contains("=") ? "==" : link.hasPrefix("a") ? "." : "+"
        let chain = { (count: Int) in Array(repeating: link, count: count).joined(separator: sign) }
        #expect(outcome(chain(100_000)) == .tooLong)
        #expect(outcome(chain(4_000 / (link.count + sign.count))) != .tooDeep)
    }

    /// Compiles, evaluates and traces the deepest expression of each kind on a thread with little stack. A program that
    /// needs more ends the process.
    @Test func `half a mebibyte of stack is enough for the deepest expression`() {
        let sources = Self.kinds.indices.map { kind in
            // The deepest that is accepted: some kinds need two levels for one.
            (1...32).reversed().lazy.map { Self.source(kind, levels: $0) }.first { outcome($0) == nil } ?? ""
        }
        #expect(sources.allSatisfy { $0.count > 20 })
        let finished = Finished()
        let thread = Thread {
            for source in sources { finished.note(Self.run(source)) }
            finished.semaphore.signal()
        }
        thread.stackSize = 512 * 1024
        thread.start()
        finished.semaphore.wait()
        #expect(finished.values.count == sources.count)
    }

    private static func run(_ source: String) -> Value {
        guard case .success(let program) = Program.compile(source, vocabulary: .unchecked) else { return .null }
        let inner = Value.map(CELMap([("f", .list([.int(0)]))]))
        let slots = NamedSlots(program, ["a": .list([.int(0), inner]), "b": .bool(true), "n": .int(0)])
        return program.trace(slots).first?.value ?? program.evaluate(slots)
    }

    /// Read only after the thread has signalled.
    private final class Finished: Sendable {
        let semaphore = DispatchSemaphore(value: 0)
        private let held = Mutex<[Value]>([])

        func note(_ value: Value) { held.withLock { $0.append(value) } }
        var values: [Value] { held.withLock { $0 } }
    }
}
