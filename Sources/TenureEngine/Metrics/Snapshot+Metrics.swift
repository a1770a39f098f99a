import CEL
import TenureCore
import TenureProgramme

extension Snapshot {
    /// Every metric, in the compiled order: what a metric reads has been measured before it.
    mutating func measure() {
        readings.reserveCapacity(programme.metrics.count)
        for plan in programme.metrics { readings.append(measured(plan)) }
    }

    /// One metric; what it reads has been measured before it.
    func measured(_ plan: MetricPlan) -> MetricReading {
        if let (feed, hours) = plan.staleness, isStale(feed, hours) { return .unknown(.stale) }
        let reading = reading(plan)
        guard reading.sample < Int64(plan.metric.sampleMin), reading.value != nil else { return reading }
        return .unknown(.sampleTooSmall, sample: reading.sample)
    }

    /// Nobody's events of that type have come for too long: then silence says nothing about this account.
    private func isStale(_ feed: String, _ hours: Int) -> Bool {
        workspace.silence(of: feed, hours: hours)?.holds(at: now) ?? false
    }

    /// The last n complete local days and today so far.
    func window(_ days: Int) -> ClosedRange<Day> { today + -Int32(days)...today }

    private func reading(_ plan: MetricPlan) -> MetricReading {
        let length = plan.reference.windowDays ?? 0
        switch plan.source {
        case .ring(let index): return begun { sum(observations.rings[index], plan, window(length)) }
        case .monthRing(let index): return begun { count(observations.rings[index].sum(over: billingMonth)) }
        case .distinct(let index, let members, let isNew):
            return begun { distinct(observations.distincts[index], members, isNew, length) }
        case .newestOfEach(let index, let aggregate, let scale, let isRounded):
            return newestOfEach(observations.newestOfEach[index], aggregate, scale, isRounded, length)
        case .daysSinceUse: return days(since: observations.lastActivity)
        case .lifetime(let index): return begun { count(observations.lifetimes[index]) }
        case .last(let index): return observations.lasts[index].map { .known($0.value, sample: 1) } ?? .unknown(.noData)
        case .daysSinceNewest(let index): return days(since: observations.newests[index])
        case .daysSinceFirst(let index): return days(since: observations.firsts[index])
        case .sketch(let index, let fraction): return quantile(observations.sketches[index], fraction, window(length))
        case .ratio(let of, let to, let scale, let isLifetime):
            return isLifetime
                ? ratio(observations.lifetimes[of], observations.lifetimes[to], scale)
                : ratio(observations.rings[of], observations.rings[to], scale, plan, window(length))
        case .activeMembers: return inUse { whole(observations.members.activeMembers(window(length))) }
        case .stickiness: return memberDays(length) { Double($0) / Double(length) / Double($1) }
        case .activeDays: return memberDays(length) { Double($0) / Double($1) }
        case .activeWeeks: return inUse { whole(activeWeeks) }
        case .breadth(let features, let use): return inUse { breadth(features, use, window(length)) }
        case .featureUses(let index): return inUse { count(observations.features[index].sum(over: window(length))) }
        case .entities(let kind, let aggregate, let value, let when): return entities(kind, aggregate, value, when)
        case .change(let index, let span, let changeGuard):
            if readings[index].unknown == .stale { return .unknown(.stale) }
            return change(programme.metrics[index], span, changeGuard)
        case .grade(let metric): return grade(metric)
        case .attainment(let sla, let clock): return attainment(sla, clock, length)
        case .expression(let condition): return expression(condition)
        case .nothing: return .unknown(.noData)
        }
    }

    /// Before the account's first event nothing is known; after it, nothing seen is zero.
    private func begun(_ body: () -> MetricReading) -> MetricReading {
        observations.firstDay == nil ? .unknown(.noData) : body()
    }

    /// Use is unknown until the first activity event: tickets and invoices alone say nothing of it.
    private func inUse(_ body: () -> MetricReading) -> MetricReading {
        observations.lastActivity == nil ? .unknown(.noData) : body()
    }

    private func count(_ micros: Int64) -> MetricReading {
        .known(Double(micros) / 1_000_000, sample: max(0, micros / 1_000_000))
    }

    private func whole(_ number: Int) -> MetricReading { .known(Double(number), sample: Int64(number)) }

    private func days(since instant: Instant?) -> MetricReading {
        instant.map { .known(Double(today - zone.day(at: $0)), sample: 1) } ?? .unknown(.noData)
    }

    private func quantile(_ sketch: Sketch, _ fraction: Double, _ days: ClosedRange<Day>) -> MetricReading {
        let sample = sketch.count(days)
        return sketch.quantile(fraction, days).map { .known($0, sample: sample) } ?? .unknown(.noData)
    }

    private func ratio(_ of: Int64, _ to: Int64, _ scale: Double) -> MetricReading {
        guard to != 0 else { return .unknown(.noData) }
        return .known(scale * Double(of) / Double(to), sample: max(0, to / 1_000_000))
    }

    private func ratio(
        _ of: DailySums, _ to: DailySums, _ scale: Double, _ plan: MetricPlan, _ days: ClosedRange<Day>
    ) -> MetricReading {
        let reading = ratio(of.sum(over: days), to.sum(over: days), scale)
        guard !plan.decay.isEmpty, reading.value != nil else { return reading }
        let (part, whole) = (of.sum(decayed: plan.decay, to: today), to.sum(decayed: plan.decay, to: today))
        return whole == 0 ? .unknown(.noData) : .known(scale * part / whole, sample: reading.sample)
    }

    private func sum(_ ring: DailySums, _ plan: MetricPlan, _ days: ClosedRange<Day>) -> MetricReading {
        let whole = count(ring.sum(over: days))
        guard !plan.decay.isEmpty else { return whole }
        return .known(ring.sum(decayed: plan.decay, to: today) / 1_000_000, sample: whole.sample)
    }

    private func grade(_ metric: String) -> MetricReading {
        guard let grade = observations.grades[metric] else { return .unknown(.noData) }
        return grade.isValid(at: now) ? .known(grade.points, sample: 1) : .unknown(.expired)
    }

    private func expression(_ condition: BoundCondition) -> MetricReading {
        let value = evaluate(condition)
        if let number = value.asDouble { return number.isFinite ? .known(number, sample: 1) : .unknown(.failed) }
        if let flag = value.asBool { return .known(flag ? 1 : 0, sample: 1) }
        if case .unknown = value { return .unknown(.unknownInput) }
        return .unknown(.failed)
    }
}

// MARK: - Members and features

extension Snapshot {
    /// Over complete days only, since a mean over days must not take a day that has just begun for a whole one.
    private func memberDays(_ days: Int, _ body: (_ memberDays: Int, _ members: Int) -> Double) -> MetricReading {
        let range = completeDays(days)
        let members = observations.members.activeMembers(range)
        guard days > 0, members > 0 else { return .unknown(.noData) }
        return .known(body(observations.members.activeMemberDays(range), members), sample: Int64(members))
    }

    func completeDays(_ days: Int, back: Int = 0) -> ClosedRange<Day> {
        let end = today + -Int32(back + 1)
        return end + -Int32(max(1, days) - 1)...end
    }

    /// Consecutive weeks of seven complete days with any use, back from yesterday; a year of them is remembered.
    private var activeWeeks: Int {
        var weeks = 0
        while weeks < 52, observations.useDays.holdsAny(7 * weeks + 1, 7 * weeks + 7) { weeks += 1 }
        return weeks
    }

    private func breadth(_ features: [Int], _ use: FeatureUse, _ days: ClosedRange<Day>) -> MetricReading {
        guard !features.isEmpty else { return .unknown(.noData) }
        let usesMin = Int64(use.usesMin) * 1_000_000
        let adopted = features.count { observations.features[$0].reaches(usesMin, days: use.daysMin, over: days) }
        return .known(100 * Double(adopted) / Double(features.count), sample: Int64(features.count))
    }
}

// MARK: - Entities

extension Snapshot {
    private func entities(
        _ kind: Int, _ aggregate: EntityMeasure.Aggregate, _ value: BoundCondition?, _ when: BoundCondition?
    ) -> MetricReading {
        let definition = programme.entities[kind]
        let frame = EntityFrame(kind: definition, today: today, zone: zone)
        var values: [Double] = []
        for row in observations.entities.rows(of: definition.id) {
            func run(_ condition: BoundCondition) -> Value {
                condition.condition.program.evaluate(EntitySlots(condition: condition, entity: row, frame: frame))
            }
            if let when, run(when).asBool != true { continue }
            guard let value else {
                values.append(1)
                continue
            }
            if let number = run(value).asDouble, number.isFinite { values.append(number) }
        }
        return begunOrKnown(aggregated(values, aggregate))
    }

    /// An account without events but with records (an import of invoices, say) is known all the same.
    private func begunOrKnown(_ reading: MetricReading) -> MetricReading {
        observations.firstDay == nil && observations.entities.rows.isEmpty ? .unknown(.noData) : reading
    }

    /// - Parameter scale: multiplies sums and means, before these are divided.
    func aggregated(_ values: [Double], _ aggregate: EntityMeasure.Aggregate, scale: Double = 1) -> MetricReading {
        let sample = Int64(values.count)
        switch aggregate {
        case .count: return .known(Double(values.count), sample: sample)
        case .sum: return .known(scale * values.reduce(0, +), sample: sample)
        case .max: return .known(scale * (values.max() ?? 0), sample: sample)
        case .min: return values.min().map { .known(scale * $0, sample: sample) } ?? .unknown(.noData)
        case .mean:
            return values.isEmpty
                ? .unknown(.noData) : .known(scale * values.reduce(0, +) / Double(values.count), sample: sample)
        }
    }
}

// MARK: - Changes

extension Snapshot {
    /// The metric over any range of days; nil for measures that have no such thing.
    func value(_ plan: MetricPlan, over days: ClosedRange<Day>) -> Double? {
        switch plan.source {
        case .ring(let index): Double(observations.rings[index].sum(over: days)) / 1_000_000
        case .activeMembers: Double(observations.members.activeMembers(days))
        case .featureUses(let index): Double(observations.features[index].sum(over: days)) / 1_000_000
        case .breadth(let features, let use): breadth(features, use, days).value
        case .ratio(let of, let to, let scale, false):
            ratio(observations.rings[of].sum(over: days), observations.rings[to].sum(over: days), scale).value
        case .lifetime, .monthRing, .distinct, .newestOfEach, .last, .daysSinceNewest, .daysSinceFirst, .daysSinceUse,
            .sketch, .ratio, .stickiness, .activeDays, .activeWeeks, .entities, .change, .grade, .attainment,
            .expression, .nothing:
            nil
        }
    }

    private func change(_ plan: MetricPlan, _ days: Int, _ changeGuard: ChangeGuard) -> MetricReading {
        let earlierDays = completeDays(days, back: days)
        guard let first = observations.firstDay, first <= earlierDays.lowerBound,
            let current = value(plan, over: completeDays(days)), let earlier = value(plan, over: earlierDays)
        else { return .unknown(.noData) }
        let sample = Int64(min(max(earlier, 0), 9e18))
        guard earlier > 0, earlier >= changeGuard.baseMin else { return .known(0, sample: sample) }
        let difference = current - earlier
        let isNoise =
            abs(difference) < changeGuard.differenceMin
            || abs(difference) < changeGuard.significanceMin * (current + earlier).squareRoot()
        return .known(isNoise ? 0 : 100 * difference / earlier, sample: sample)
    }
}
