import TenureCore
import TenureInsight

extension Estimate {
    var document: JSON {
        [
            "part": .int(Int64(part)), "whole": .int(Int64(whole)),
            "percent": value.map { .double(Self.percent($0)) } ?? .null, "low": .double(Self.percent(low)),
            "high": .double(Self.percent(high)),
        ]
    }

    /// With one decimal.
    static func percent(_ share: Double) -> Double { (1000 * share).rounded() / 10 }
}
