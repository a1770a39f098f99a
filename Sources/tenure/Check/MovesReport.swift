import TenureAuthoring
import TenureProgramme
import TenureCore
import TenureRuntime

/// What came of moving every number of a programme up and down, for people and as JSON.
struct MovesReport {
    let programme: String
    let moved: [MovedNumber]
    /// Percent of the accepted moves that must break a scenario.
    let atLeast: Int

    private var all: MovesCount { MovesCount(moved) }
    var isEnough: Bool { all.broken * 100 >= atLeast * all.accepted }

    var text: String {
        let survivors = moved.filter { if case .survived = $0.outcome { true } else { false } }
        var lines = survivors.isEmpty ? [] : ["  no scenario notices: write one at this number's edge, or ask whether it belongs there"]
        let width = survivors.map(\.place.count).max() ?? 0
        lines += survivors.map { "    \($0.place.padding(to: width))  \($0.move.title)" }
        if !survivors.isEmpty { lines.append("") }
        return (lines + table + [summary]).joined(separator: "\n")
    }

    private var files: [(path: String, count: MovesCount)] {
        var order: [String] = []
        var byFile: [String: [MovedNumber]] = [:]
        for number in moved {
            if byFile[number.move.place.file] == nil { order.append(number.move.place.file) }
            byFile[number.move.place.file, default: []].append(number)
        }
        return order.map { ($0, MovesCount(byFile[$0] ?? [])) }
    }

    private var table: [String] {
        let rows = files
        guard rows.count > 1 else { return [] }
        let width = max(4, rows.map(\.path.count).max() ?? 0)
        let head = "  " + "file".padding(to: width) + "  moves  by a scenario  by the checker  by nobody  share"
        return [head] + rows.map { "  " + $0.path.padding(to: width) + $0.count.columns } + [""]
    }

    private var summary: String {
        guard !moved.isEmpty else { return "\(programme): no number to move" }
        return "\(programme): \(moved.count) moves of numbers; \(all.refused) refused by the checker; of the \(all.accepted) others "
            + "\(all.broken) break a scenario, \(all.survived) nobody noticed: \(all.share) % (at least \(atLeast))"
    }
}

/// How many moves ended in which way.
struct MovesCount {
    private(set) var broken = 0
    private(set) var refused = 0
    private(set) var survived = 0

    init(_ moved: [MovedNumber]) {
        for number in moved {
            switch number.outcome {
            case .broken: broken += 1
            case .refused: refused += 1
            case .survived: survived += 1
            }
        }
    }

    /// Those that leave a valid programme: the scenarios' part.
    var accepted: Int { broken + survived }

    /// Percent with one decimal, never rounded up to what it is not.
    var share: String {
        guard accepted > 0 else { return "100.0" }
        let thousandths = broken * 1000 / accepted
        return "\(thousandths / 10).\(thousandths % 10)"
    }

    var columns: String {
        [(accepted + refused, 7), (broken, 15), (refused, 16), (survived, 11)]
            .map { "\($0)".leading(to: $1) }.joined() + share.leading(to: 7)
    }

    var json: JSON {
        [
            "broken": .int(Int64(broken)), "refused": .int(Int64(refused)), "survived": .int(Int64(survived)),
            "share": .double(accepted == 0 ? 100 : 100 * Double(broken) / Double(accepted)),
        ]
    }
}

// MARK: - JSON

extension MovesReport {
    var json: JSON {
        [
            "programme": .string(programme), "at_least": .int(Int64(atLeast)), "all": all.json,
            "files": .array(files.map { ["file": .string($0.path), "count": $0.count.json] }),
            "moves": .array(moved.map(\.json)),
        ]
    }
}

extension MovedNumber {
    fileprivate var place: String { "\(move.place.file):\(move.place.line)" }

    fileprivate var json: JSON {
        var object: JSONObject = [
            "owner": .string(move.owner), "key": .string(move.key), "from": .string(move.from), "to": .string(move.to),
            "place": .string(place),
        ]
        switch outcome {
        case .broken(let failure):
            object["outcome"] = "broken"
            object["test"] = .string(failure.scenario)
            object["expected"] = .string(failure.expected)
            object["found"] = .string(failure.found)
        case .refused(let mistake):
            object["outcome"] = "refused"
            object["code"] = .string(mistake.code.rawValue)
            object["mistake"] = .string(mistake.title)
        case .survived: object["outcome"] = "survived"
        }
        return .object(object)
    }
}

extension String {
    fileprivate func leading(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
