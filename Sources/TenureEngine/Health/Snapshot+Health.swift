import TenureCore
package import TenureProgramme

/// The direction of the score over the last four weeks.
package enum Trend: String, Sendable { case improving, stable, declining }

extension Snapshot {
    /// The score as it follows from the observations alone; nothing in it depends on what was concluded before, but caps
    /// that ask for it.
    ///
    /// - Parameter caps: whether the condition of each holds.
    func read(caps: [Truth]) -> HealthReading {
        let model = programme.programme.health
        var components = programme.components.map { component($0) }
        var groups = model.groups.indices.map { group($0, components) }
        let known = groups.indices.filter { groups[$0].pointsNano != nil }
        let totalWeight = model.groups.reduce(Int64(0)) { $0 + $1.weight }
        let knownWeight = known.reduce(Int64(0)) { $0 + model.groups[$1].weight }
        let coverage = coverageMicros(components, groups, totalWeight)
        var reading = HealthReading(
            modelVersion: model.version, components: components, groups: groups, rawNano: nil, scoreNano: nil,
            coverageMicros: coverage, caps: [], band: nil)
        guard knownWeight > 0, coverage >= Int64(model.coverageFloor) * 1_000_000 else { return reading }
        var mean = WeightedMean()
        for index in known { mean.add(groups[index].pointsNano ?? 0, weight: model.groups[index].weight) }
        let raw = mean.value
        if let last = conclusions.health.reading, last.isSharedOut(like: groups, components, of: model.version) {
            for index in groups.indices { groups[index].takeShare(of: last.groups[index]) }
            for index in components.indices { components[index].takeShare(of: last.components[index]) }
        } else {
            share(raw, known, knownWeight, &groups, &components)
        }
        reading.groups = groups
        reading.components = components
        reading.rawNano = raw
        cap(&reading, raw, caps)
        return reading
    }

    private func component(_ plan: ComponentPlan) -> ComponentReading {
        if let grade = observations.grades[plan.gradeName], grade.isValid(at: now) {
            return known(grade.points, value: grade.points, sample: 1)
        }
        guard let index = plan.metric else { return unknown(.noData, sample: 0) }
        let reading = readings[index]
        guard let value = reading.value else { return unknown(reading.unknown ?? .noData, sample: reading.sample) }
        return known(plan.component.curve.points(of: value), value: value, sample: reading.sample)
    }

    private func known(_ points: Double, value: Double, sample: Int64) -> ComponentReading {
        let clipped = min(100, max(0, points))
        return ComponentReading(
            value: value, pointsNano: Int64((clipped * Double(nano)).rounded()), contributionNano: 0, weightNano: 0,
            unknown: nil, sample: sample)
    }

    private func unknown(_ reason: UnknownReason, sample: Int64) -> ComponentReading {
        ComponentReading(
            value: nil, pointsNano: nil, contributionNano: 0, weightNano: 0, unknown: reason, sample: sample)
    }

    private func group(_ index: Int, _ components: [ComponentReading]) -> GroupReading {
        if let grade = observations.grades[programme.groupGradeNames[index]], grade.isValid(at: now) {
            return GroupReading(
                pointsNano: Int64((grade.points * Double(nano)).rounded()), isJudged: true, contributionNano: 0,
                weightNano: 0)
        }
        let all = programme.componentsOfGroup[index]
        let (weight, total) = knownWeight(all, components)
        let floor = Int64(programme.programme.health.groupCoverageFloor)
        guard weight > 0, weight * 100 >= floor * total else {
            return GroupReading(pointsNano: nil, isJudged: false, contributionNano: 0, weightNano: 0)
        }
        var mean = WeightedMean()
        for place in all {
            if let points = components[place].pointsNano { mean.add(points, weight: programme.components[place].weight) }
        }
        return GroupReading(pointsNano: mean.value, isJudged: false, contributionNano: 0, weightNano: 0)
    }

    /// The weight of what is known among some components, and of all of them.
    private func knownWeight(_ places: Range<Int>, _ components: [ComponentReading]) -> (known: Int64, total: Int64) {
        var known: Int64 = 0
        var total: Int64 = 0
        for place in places {
            let weight = programme.components[place].weight
            total += weight
            if components[place].pointsNano != nil { known += weight }
        }
        return (known, total)
    }

    /// Known weight in millionths of a percent: a judged group is wholly known, another as far as its components are.
    private func coverageMicros(_ components: [ComponentReading], _ groups: [GroupReading], _ total: Int64) -> Int64 {
        guard total > 0 else { return 0 }
        var sum: Int128 = 0
        for (index, group) in groups.enumerated() where group.pointsNano != nil {
            let weight = Int128(programme.programme.health.groups[index].weight) * 100_000_000
            let (known, total) = knownWeight(programme.componentsOfGroup[index], components)
            sum += group.isJudged || total == 0 ? weight : weight * Int128(known) / Int128(total)
        }
        return Int64(truncatingIfNeeded: sum / Int128(total))
    }
}

/// Σ weight·points / Σ weight, rounded half up to a billionth.
private struct WeightedMean {
    private var weight: Int128 = 0
    private var sum: Int128 = 0

    mutating func add(_ points: Int64, weight: Int64) {
        self.weight += Int128(weight)
        sum += Int128(weight) * Int128(points)
    }

    var value: Int64 { weight == 0 ? 0 : Int64(truncatingIfNeeded: (2 * sum + weight) / (2 * weight)) }
}

// MARK: - Shares

extension HealthReading {
    /// Whether the shares of this reading are those of the same points: then they need not be found again.
    fileprivate func isSharedOut(like groups: [GroupReading], _ components: [ComponentReading], of version: Int) -> Bool {
        guard rawNano != nil, modelVersion == version, self.groups.count == groups.count,
            self.components.count == components.count
        else { return false }
        for (mine, other) in zip(self.groups, groups)
        where mine.pointsNano != other.pointsNano || mine.isJudged != other.isJudged { return false }
        for (mine, other) in zip(self.components, components) where mine.pointsNano != other.pointsNano { return false }
        return true
    }
}

extension GroupReading {
    fileprivate mutating func takeShare(of other: GroupReading) {
        contributionNano = other.contributionNano
        weightNano = other.weightNano
    }
}

extension ComponentReading {
    fileprivate mutating func takeShare(of other: ComponentReading) {
        contributionNano = other.contributionNano
        weightNano = other.weightNano
    }
}

extension Snapshot {
    /// Shares the raw score out over groups, and each group's part over its components, so that the parts sum to the
    /// whole to the last billionth (largest remainder).
    private func share(
        _ raw: Int64, _ known: [Int], _ knownWeight: Int64, _ groups: inout [GroupReading],
        _ components: inout [ComponentReading]
    ) {
        let model = programme.programme.health
        let parts = known.map { Int128(model.groups[$0].weight) * Int128(groups[$0].pointsNano ?? 0) }
        let shares = apportioned(raw, parts)
        let weights = apportioned(nano, known.map { Int128(model.groups[$0].weight) })
        for (place, index) in known.enumerated() {
            groups[index].contributionNano = shares[place]
            groups[index].weightNano = weights[place]
            if !groups[index].isJudged { shareGroup(index, groups[index], &components) }
        }
    }

    private func shareGroup(_ index: Int, _ group: GroupReading, _ components: inout [ComponentReading]) {
        let known = programme.componentsOfGroup[index].filter { components[$0].pointsNano != nil }
        let weights = known.map { Int128(programme.components[$0].weight) }
        let parts = zip(known, weights).map { Int128(components[$0].pointsNano ?? 0) * $1 }
        let shares = apportioned(group.contributionNano, parts)
        let effective = apportioned(group.weightNano, weights)
        for (place, component) in known.enumerated() {
            components[component].contributionNano = shares[place]
            components[component].weightNano = effective[place]
        }
    }

    private func cap(_ reading: inout HealthReading, _ raw: Int64, _ caps: [Truth]) {
        var score = raw
        for (index, truth) in caps.enumerated() {
            switch truth {
            case .yes:
                reading.caps.append(CapReading(cap: index, isApplied: true))
                score = min(score, Int64(programme.programme.health.caps[index].pointsMax) * nano)
            case .unknown: reading.caps.append(CapReading(cap: index, isApplied: false))
            case .no: break
            }
        }
        reading.scoreNano = score
        reading.band = programme.programme.health.bands.firstIndex { roundedHalfUp(score) >= $0.from }
    }
}

/// Splits `total` in proportion to `parts` (none negative) into integers that sum to it; what rounding leaves goes to the
/// largest remainders, earlier ones first.
package func apportioned(_ total: Int64, _ parts: [Int128]) -> [Int64] {
    let sum = parts.reduce(0, +)
    guard sum > 0 else { return parts.indices.map { $0 == 0 ? total : 0 } }
    var shares: [Int64] = []
    shares.reserveCapacity(parts.count)
    var remainders: [(index: Int, remainder: Int128)] = []
    remainders.reserveCapacity(parts.count)
    for (index, part) in parts.enumerated() {
        let (quotient, remainder) = product(total, part, dividedBy: sum)
        shares.append(quotient)
        remainders.append((index, remainder))
    }
    let left = Int(total - shares.reduce(0, +))
    guard left > 0 else { return shares }
    remainders.sort { $0.remainder != $1.remainder ? $0.remainder > $1.remainder : $0.index < $1.index }
    for place in remainders.prefix(left) { shares[place.index] += 1 }
    return shares
}

/// `total · part / sum` and what is left. Points and weights fit into one word nearly always, which the processor divides
/// by itself.
private func product(_ total: Int64, _ part: Int128, dividedBy sum: Int128) -> (quotient: Int64, remainder: Int128) {
    if let factor = UInt64(exactly: part), let divisor = UInt64(exactly: sum), let whole = UInt64(exactly: total), factor <= divisor {
        let (quotient, remainder) = divisor.dividingFullWidth(whole.multipliedFullWidth(by: factor))
        return (Int64(truncatingIfNeeded: quotient), Int128(remainder))
    }
    let (quotient, remainder) = (Int128(total) * part).quotientAndRemainder(dividingBy: sum)
    return (Int64(truncatingIfNeeded: quotient), remainder)
}

extension Curve {
    /// Points of a value, before clipping to 0…100.
    package func points(of value: Double) -> Double {
        switch self {
        case .identity: value
        case .linear(let points): Self.linear(value, points)
        case .steps(let steps): steps.first { $0.takes(value) }?.points ?? 0
        }
    }

    private static func linear(_ value: Double, _ points: [CurvePoint]) -> Double {
        guard let first = points.first, let last = points.last else { return 0 }
        if value <= first.value { return first.points }
        if value >= last.value { return last.points }
        for (left, right) in zip(points, points.dropFirst()) where value <= right.value {
            return left.points + (right.points - left.points) * (value - left.value) / (right.value - left.value)
        }
        return last.points
    }
}

// MARK: - Over time

extension Snapshot {
    /// Nano-points gained since the end of the day so many days ago; nil when either end is unknown.
    package func change(days: Int) -> Int64? {
        guard let now = health?.scoreNano, let then = conclusions.health.daily(on: today + -Int32(days))?.scoreNano else {
            return nil
        }
        return now - then
    }

    /// Means of seven days now and four weeks ago (`domain` 1.8, point 8); nil below 14 known days.
    package var trend: Trend? {
        let daily = conclusions.health.daily
        guard daily.filter({ $0.scoreNano != nil }).count >= 14,
            let now = mean(daily.suffix(7)), let then = mean(daily.dropLast(21).suffix(7))
        else { return nil }
        let edge = Int64(programme.programme.health.trendPoints) * nano
        return now - then >= edge ? .improving : then - now >= edge ? .declining : .stable
    }

    private func mean(_ scores: ArraySlice<HealthConclusions.DailyScore>) -> Int64? {
        let known = scores.compactMap(\.scoreNano)
        return known.isEmpty ? nil : known.reduce(0, +) / Int64(known.count)
    }

    func bandID(_ index: Int) -> String? {
        let bands = programme.programme.health.bands
        return bands.indices.contains(index) ? bands[index].id : nil
    }
}
