import TenureEngine
import TenureProgramme

/// Finds the value of a metric that gives at least the wanted points, as near as possible to the value now.
struct CurveInverse: Sendable {
    let curve: Curve
    /// The metric has no halves.
    let isWhole: Bool

    struct Reached: Sendable {
        var value: Double
        var pointsNano: Int64
    }

    /// nil: no value gives so many points.
    func value(reaching least: Int64, from now: Double?) -> Reached? {
        let reached = candidates(Double(least) / Double(nano)).flatMap { whole($0) + [$0] }
            .map { Reached(value: $0, pointsNano: points(of: $0)) }
            .filter { $0.pointsNano >= least && (!isWhole || $0.value == $0.value.rounded()) }
        guard let now else { return reached.min { $0.pointsNano < $1.pointsNano } }
        return reached.min { abs($0.value - now) < abs($1.value - now) }
    }

    /// The nearest number in the digits that the unit is shown with that still gives enough points; the value itself
    /// where none does.
    func readable(_ reached: Reached, reaching least: Int64, from now: Double?, in unit: Metric.Unit?) -> Reached {
        let scale = isWhole ? 1 : unit?.readableScale ?? 10
        let near = [(reached.value * scale).rounded(.down), (reached.value * scale).rounded(.up)]
            .map { Reached(value: $0 / scale, pointsNano: points(of: $0 / scale)) }
            .filter { $0.pointsNano >= least }
        let from = now ?? reached.value
        return near.min { abs($0.value - from) < abs($1.value - from) } ?? reached
    }

    /// Points as the engine clips and rounds them.
    func points(of value: Double) -> Int64 {
        Int64((min(100, max(0, curve.points(of: value))) * Double(nano)).rounded())
    }

    private func whole(_ value: Double) -> [Double] {
        isWhole ? [value.rounded(.down), value.rounded(.up)] : []
    }

    private func candidates(_ points: Double) -> [Double] {
        switch curve {
        case .identity: around(points)
        case .linear(let corners):
            corners.map(\.value) + zip(corners, corners.dropFirst()).flatMap { crossing($0, $1, points) }
        case .steps(let steps): steps.compactMap(\.edge?.value).flatMap { edges($0) }
        }
    }

    private func crossing(_ left: CurvePoint, _ right: CurvePoint, _ points: Double) -> [Double] {
        let (low, high) = (min(left.points, right.points), max(left.points, right.points))
        guard points >= low, points <= high, low < high else { return [] }
        return around(
            left.value + (right.value - left.value) * (points - left.points) / (right.points - left.points))
    }

    /// The value itself and a hair to both sides, since the curve's arithmetic may fall short of it by its
    /// last bits.
    private func around(_ value: Double) -> [Double] {
        let hair = max(abs(value), 1) * 1e-12
        return [value, value - hair, value + hair]
    }

    private func edges(_ value: Double) -> [Double] {
        isWhole ? [value - 1, value, value + 1] : [value, value.nextUp, value.nextDown]
    }
}

extension Metric.Unit {
    /// 10 to the power of the decimals that people are shown.
    fileprivate var readableScale: Double {
        switch self {
        case .money, .bool: 1
        case .ratio: 100
        case .count, .days, .percent, .hours, .minutes, .seconds, .milliseconds, .score, .points: 10
        }
    }
}
