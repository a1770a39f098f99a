import TenureCore
import TenureEngine
import TenureRuntime

/// What `tenure replay` prints.
enum ReplayLine {
    /// Metrics that are known with their value, the others with the reason.
    static func standing(_ standing: FactReplay.Standing, _ names: [String]) -> JSON {
        var metrics = JSONObject()
        var unknown = JSONObject()
        for (name, reading) in zip(names, standing.readings) {
            if let value = reading.value {
                metrics.members.append(.init(name, .double(value)))
            } else {
                unknown.members.append(.init(name, .string(reading.unknown.map { "\($0)" } ?? "")))
            }
        }
        return [
            "account": .string(standing.external), "day": .string(standing.day.text), "at": .string(standing.at.text),
            "metrics": .object(metrics), "unknown": .object(unknown),
        ]
    }

    static func counts(_ counts: WriterCounts, refused: Int) -> JSON {
        [
            "facts": .int(Int64(counts.facts)), "duplicates": .int(Int64(counts.duplicates)),
            "conflicts": .int(Int64(counts.conflicts)), "quarantined": .int(Int64(counts.quarantined)),
            "refused": .int(Int64(refused)),
        ]
    }
}
