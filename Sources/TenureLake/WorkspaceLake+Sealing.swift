package import TenureCore
import TenureStore

/// What a run has written.
package struct SealedParts: Hashable, Sendable {
    package var parts: [LakePart] = []
    package var rows = 0
}

extension WorkspaceLake {
    /// A file ends behind the block with which it has so many rows.
    package static let partRowsMax = Rig.lakeRows.map { 4 * $0 } ?? 1 << 20

    /// Writes the facts of every day before `end` that are not in the lake yet. Stopped at any place, the next run goes on
    /// from there; the same log gives the same files.
    package mutating func seal(before end: Day, partRowsMax: Int = WorkspaceLake.partRowsMax) throws -> SealedParts {
        var sealed = SealedParts()
        while let part = try sealNext(before: end, partRowsMax) {
            sealed.parts.append(part.part)
            sealed.rows += part.rows
        }
        return sealed
    }

    /// The next file; nil when there is nothing more to write.
    private mutating func sealNext(before end: Day, _ rowsMax: Int) throws -> (part: LakePart, rows: Int)? {
        var writer: PartWriter?
        let (folder, slug, notes, erased) = (folder, slug, notes, People(notes.erased, key))
        try read(from: notes.position + 1) { block, names in
            let day = block.now.dayInUTC
            guard day < end, writer.map({ $0.day == day && $0.rows < rowsMax }) ?? true else { return false }
            guard block.facts.contains(where: \.isForLake), notes.removedBefore.map({ day >= $0 }) ?? true
            else { return true }
            if writer == nil { writer = try PartWriter(folder, slug, day) }
            try writer?.add(block, names, without: erased)
            return true
        }
        guard let writer, let (part, digest) = try writer.finish() else { return nil }
        try note(part.last, digest)
        return (part, writer.rows)
    }
}
