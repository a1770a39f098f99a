import TenureCore
import TenureFixtures
import Testing

@testable import TenureInsight

/// Accounts below accounts, whatever senders say.
@Suite struct AccountTreeTests {
    /// `["b": "a"]`: b is below a.
    private func tree(_ names: [String], _ parents: [String: String]) -> AccountTree {
        AccountTree(
            names.map { name in
                AccountTree.Node(id: ID("acc_" + name), external: ID(name), parent: parents[name].map { ID($0) })
            })
    }

    @Test func `a family is an account and all below it`() {
        let tree = tree(["a", "b", "c", "d", "e"], ["b": "a", "c": "a", "d": "c"])
        #expect(tree.family(of: "acc_a").map(\.text) == ["acc_a", "acc_b", "acc_c", "acc_d"])
        #expect(tree.family(of: "acc_c").map(\.text) == ["acc_c", "acc_d"])
        #expect(tree.family(of: "acc_e").map(\.text) == ["acc_e"])
        #expect(tree.parent(of: "acc_d") == "acc_c")
        #expect(tree.flaws == [])
    }

    @Test func `a circle is cut as a whole, and what hangs on it stays`() {
        let tree = tree(["a", "b", "c", "d", "self"], ["a": "b", "b": "c", "c": "a", "d": "b", "self": "self"])
        #expect(tree.flaws.map(\.account.text) == ["acc_a", "acc_b", "acc_c", "acc_self"])
        #expect(tree.flaws.allSatisfy { $0.kind == .circle })
        #expect(tree.family(of: "acc_b").map(\.text) == ["acc_b", "acc_d"])
    }

    @Test func `a parent that nobody knows is told`() {
        let tree = tree(["a"], ["a": "ghost"])
        #expect(tree.flaws == [.init(account: "acc_a", kind: .unknownParent)])
        #expect(tree.parent(of: "acc_a") == nil)
    }

    @Test func `what goes too deep is cut where it does`() {
        let names = (10..<40).map { "n\($0)" }
        let parents = Dictionary(uniqueKeysWithValues: zip(names.dropFirst(), names))
        let tree = tree(names, parents)
        #expect(tree.family(of: "acc_n10").count == AccountTree.depthMax + 1)
        #expect(tree.flaws.map(\.account.text) == ["acc_n19", "acc_n28", "acc_n37"])
        #expect(tree.flaws.allSatisfy { $0.kind == .tooDeep })
    }

    @Test func `wild links always give a forest`() {
        for seed in 0..<300 {
            var numbers = SeededNumbers(seed)
            let names = (0..<(2 + numbers.below(30))).map { "n\($0)" }
            var parents: [String: String] = [:]
            for name in names where !numbers.oneIn(4) { parents[name] = numbers.pick(names + ["ghost"]) }
            let tree = tree(names, parents)
            let roots = names.filter { tree.parent(of: ID("acc_" + $0)) == nil }
            let seen = roots.flatMap { tree.family(of: ID("acc_" + $0)) }
            #expect(seen.count == names.count && Set(seen).count == names.count, "seed \(seed)")
            #expect(self.tree(names.reversed(), parents).flaws == tree.flaws, "seed \(seed)")
        }
    }
}
