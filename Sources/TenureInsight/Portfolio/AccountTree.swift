package import TenureCore

/// Accounts below accounts, by the field `parent`, which holds the vendor's own id of another account.
///
/// Whatever senders say, it is a forest: a link that would close a circle, lead nowhere or go too deep is cut and told.
package struct AccountTree: Sendable {
    /// An account, its parent, and so on: at most so many above each other.
    package static let depthMax = 8

    package struct Flaw: Hashable, Sendable {
        package enum Kind: String, Hashable, Sendable, CaseIterable {
            case unknownParent = "unknown_parent"
            case circle
            case tooDeep = "too_deep"
        }

        package let account: AccountID
        package let kind: Kind
    }

    /// Ascending by account.
    package private(set) var flaws: [Flaw] = []
    private var parents: [AccountID: AccountID] = [:]
    private var children: [AccountID: [AccountID]] = [:]

    package struct Node: Sendable {
        package let id: AccountID
        package let external: ExternalID
        /// What the field says; nil: it is empty.
        package let parent: ExternalID?

        package init(id: AccountID, external: ExternalID, parent: ExternalID?) {
            self.id = id
            self.external = external
            self.parent = parent
        }
    }

    package init(_ nodes: [Node]) {
        let ids = Dictionary(nodes.map { ($0.external, $0.id) }) { first, _ in first }
        for node in nodes {
            guard let parent = node.parent else { continue }
            if let id = ids[parent] {
                parents[node.id] = id
            } else {
                flaws.append(Flaw(account: node.id, kind: .unknownParent))
            }
        }
        cutCircles()
        cutDepths()
        for (child, parent) in parents { children[parent, default: []].append(child) }
        for parent in children.keys { children[parent]?.sort() }
        flaws.sort { $0.account < $1.account }
    }

    /// Every account of a circle loses its parent, so that no order decides which one stays.
    private mutating func cutCircles() {
        var settled: Set<AccountID> = []
        var circles: [AccountID] = []
        for start in parents.keys where !settled.contains(start) {
            var path: [AccountID] = []
            var places: [AccountID: Int] = [:]
            var next: AccountID? = start
            while let id = next, !settled.contains(id), places[id] == nil {
                places[id] = path.count
                path.append(id)
                next = parents[id]
            }
            if let id = next, let place = places[id] { circles += path[place...] }
            settled.formUnion(path)
        }
        for id in circles {
            parents[id] = nil
            flaws.append(Flaw(account: id, kind: .circle))
        }
    }

    /// Depths are counted before anything is cut, so that no order decides where: the first below the limit begins a tree
    /// of its own.
    private mutating func cutDepths() {
        var depths: [AccountID: Int] = [:]
        for start in parents.keys {
            var path: [AccountID] = []
            var next: AccountID? = start
            while let id = next, depths[id] == nil {
                path.append(id)
                next = parents[id]
            }
            var depth = next.flatMap { depths[$0] } ?? -1
            for id in path.reversed() {
                depth += 1
                depths[id] = depth
            }
        }
        for (id, depth) in depths where depth > 0 && depth % (Self.depthMax + 1) == 0 {
            parents[id] = nil
            flaws.append(Flaw(account: id, kind: .tooDeep))
        }
    }

    package func parent(of id: AccountID) -> AccountID? { parents[id] }
    package func children(of id: AccountID) -> [AccountID] { children[id] ?? [] }

    /// The account itself, then all below it, each before its own children. As deep as the tree, which is bounded.
    package func family(of id: AccountID) -> [AccountID] {
        [id] + children(of: id).flatMap { family(of: $0) }
    }
}
