import TenureCore
import TenureStore

extension WorkspaceLake {
    /// Writes every file anew that holds facts of these people, without them, and keeps them out from now on.
    ///
    /// - Returns: the files that were written anew.
    package mutating func erase(_ people: Set<PersonKey>) throws -> [LakePart] {
        #if DEBUG
            if PlantedBug.lakeErasesUnnoted.isChosen {
                let parts = try rewrite(without: People(people, key))
                try change { $0.erased.formUnion(people) }
                return parts
            }
        #endif
        try change {
            $0.erased.formUnion(people)
            $0.erasing.formUnion(people)
        }
        FaultPoint.lakeErasing.reached()
        return try finishErasing()
    }

    @discardableResult
    mutating func finishErasing() throws -> [LakePart] {
        guard !notes.erasing.isEmpty else { return [] }
        let parts = try rewrite(without: People(notes.erased, key))
        try change { $0.erasing = [] }
        return parts
    }

    /// Of the log, since that has what the files were made of.
    private mutating func rewrite(without people: People) throws -> [LakePart] {
        let parts = try partsWith(people)
        for part in parts { try rewrite(part, without: people) }
        return parts
    }

    private mutating func partsWith(_ people: People) throws -> [LakePart] {
        var rest = folder.parts(slug).sorted { $0.first < $1.first }[...]
        var found: [LakePart] = []
        try read(from: 1) { block, _ in
            while let part = rest.first, part.last < block.position { rest.removeFirst() }
            guard let part = rest.first else { return false }
            guard part.first <= block.position, block.facts.contains(where: people.have) else { return true }
            found.append(part)
            rest.removeFirst()
            return true
        }
        return found
    }

    private mutating func rewrite(_ part: LakePart, without people: People) throws {
        let writer = try PartWriter(folder, slug, part.day, anew: part)
        try read(from: part.first) { block, names in
            guard block.position <= part.last else { return false }
            if block.facts.contains(where: \.isForLake) { try writer.add(block, names, without: people) }
            return true
        }
        _ = try writer.finish()
    }
}
