/// Lines that were not taken, with why; all are counted, the first are kept.
package struct RowRefusals: Hashable, Sendable {
    package struct Refusal: Hashable, Sendable {
        package var line: Int
        package var what: String
    }

    package private(set) var kept: [Refusal] = []
    package private(set) var count = 0
    private let keptMax: Int

    package init(keeping keptMax: Int = 10_000) { self.keptMax = keptMax }

    package mutating func add(_ line: Int, _ what: String) {
        count += 1
        if kept.count < keptMax { kept.append(Refusal(line: line, what: what)) }
    }

    /// Behind rows that were read in another order.
    package var byLine: [Refusal] { kept.sorted { $0.line < $1.line } }
}

/// What became of a file's rows.
package struct ImportTally: Hashable, Sendable {
    package var accepted = 0
    package var duplicates = 0
    package var quarantined = 0
    package var refused: RowRefusals

    package init(keeping keptMax: Int = 10_000) { refused = RowRefusals(keeping: keptMax) }

    mutating func count(_ answer: ArrivalAnswer, _ line: Int) {
        switch answer {
        case .accepted: accepted += 1
        case .duplicate: duplicates += 1
        case .quarantined: quarantined += 1
        case .rejected(let refusal): refused.add(line, refusal.detail)
        case .refused(let reason): refused.add(line, reason)
        }
    }
}
