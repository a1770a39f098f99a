import TenureAuthoring
import TenureCore
import TenureRuntime

/// What came of deleting every part of a programme in turn, for people and as JSON.
struct MutantsReport {
    let programme: String
    let mutants: [Mutant]
    let shownLines: Int

    var survivors: [Mutant] { mutants.filter { if case .survived = $0.outcome { true } else { false } } }
    private var same: [Mutant] { mutants.filter { if case .same = $0.outcome { true } else { false } } }
    private var failed: [Mutant] { mutants.filter { if case .failed = $0.outcome { true } else { false } } }
    private var refused: [(mutant: Mutant, mistake: Diagnostic)] {
        mutants.compactMap { mutant in if case .refused(let mistake) = mutant.outcome { (mutant, mistake) } else { nil } }
    }

    var text: String {
        var lines: [String] = []
        lines += table("missed by nobody: write a test that looks at it, or delete it", survivors.map { ($0, "") })
        lines += table("refused by the checker, missed by no test", refused.map { ($0.mutant, "\($0.mistake.code.rawValue) \($0.mistake.title)") })
        lines += table("says nothing: the programme is the same without it", same.map { ($0, "") })
        return (lines + [summary]).joined(separator: "\n")
    }

    private func table(_ title: String, _ rows: [(mutant: Mutant, note: String)]) -> [String] {
        guard !rows.isEmpty else { return [] }
        let width = rows.map(\.mutant.place.count).max() ?? 0
        let body = rows.map { row in
            let place = row.mutant.place.padding(to: width)
            return "    \(place)  \(row.mutant.removal.title)" + (row.note.isEmpty ? "" : "  \(row.note)")
        }
        return ["  \(title)"] + body + [""]
    }

    private var summary: String {
        let depths: [(Removal.Depth, String)] = [(.definition, "definition"), (.part, "part"), (.clause, "clause")]
        let counts = depths.map { depth, noun in (count: mutants.count { $0.removal.depth == depth }, noun: noun) }
        let deleted = counts.filter { $0.count > 0 }.map { "\($0.count) \($0.noun)\($0.count == 1 ? "" : "s")" }
            .joined(separator: ", ")
        guard !deleted.isEmpty else { return "\(programme): nothing to delete" }
        return "\(programme): \(deleted) deleted one at a time; \(failed.count) missed by a test, "
            + "\(refused.count) by the checker alone, \(survivors.count) by nobody; "
            + "\(same.count) say nothing, \(shownLines) lines are only shown and were not looked at"
    }
}

// MARK: - JSON

extension MutantsReport {
    var json: JSON {
        [
            "programme": .string(programme), "survivors": .int(Int64(survivors.count)),
            "lines_only_shown": .int(Int64(shownLines)), "mutants": .array(mutants.map(\.json)),
        ]
    }
}

extension Mutant {
    fileprivate var place: String { "\(removal.place.file):\(removal.place.line)" }

    fileprivate var json: JSON {
        var object: JSONObject = [
            "kind": .string(removal.kind), "id": .string(removal.id), "depth": .string(removal.depth.rawValue),
            "place": .string(place), "requirements": .array(removal.requirements.map { .string($0) }),
        ]
        switch outcome {
        case .failed(let failure, let also):
            object["outcome"] = "failed"
            object["test"] = .string(failure.scenario)
            object["expected"] = .string(failure.expected)
            object["found"] = .string(failure.found)
            object["also_deleted"] = .array(also.map { .string($0.title) })
        case .refused(let mistake):
            object["outcome"] = "refused"
            object["code"] = .string(mistake.code.rawValue)
            object["mistake"] = .string(mistake.title)
        case .survived: object["outcome"] = "survived"
        case .same: object["outcome"] = "same"
        }
        return .object(object)
    }
}

extension String {
    /// Filled with blanks on the right, for columns.
    func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
