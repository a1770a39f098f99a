import BitCollections
import TenureCore
import TenureProgramme

/// Who reads what, by number: from it a turn knows what a change can have changed.
///
/// An object, since turns read it in their innermost loops.
final class Dependencies: Sendable {
    /// What a result follows from: places among the aspects, and behind them the metrics.
    typealias Inputs = [Int]

    /// Silence of all accounts' events of one type for so long makes the metrics stale.
    struct Feed: Sendable {
        /// Event type; empty: any activity.
        let type: String
        let hours: Int
        let metrics: BitSet
        /// Whether conclusions read any of them.
        let isConcluded: Bool
    }

    /// Of each condition, by its number, where its inputs begin and end among those of all.
    private let ranges: [Range<Int>]
    private let inputs: [Int]
    /// Conditions that are evaluated every time, since each running play has a value of its own.
    private let isPlayed: [Bool]
    /// Of the health reading.
    let health: Inputs
    /// Of clocks, besides the time that passes.
    let slas: Inputs
    /// Of each signal, the number of its condition, and whether it clears as soon as that does not hold.
    let signals: [(condition: Int, clearsItself: Bool)]
    /// Of each play, the signals that start it, and the number of its condition.
    let starts: [(signals: [Int], condition: Int?)]
    /// Plays that may start only once in so long.
    let reentries: [(play: Int, span: Span)]
    /// Metrics that are measured again when an aspect changes.
    let metricsOfAspect: [BitSet]
    /// Metrics that read a metric; each comes after it.
    let readers: [BitSet]
    let feeds: [Feed]
    let everyMetric: BitSet

    init(_ compiler: Compiler) {
        let metrics = compiler.metrics
        let segments = Set(compiler.segments.flatMap { Self.inputs($0, segments: []) })
        func inputs(_ condition: BoundCondition) -> Inputs { Self.inputs(condition, segments: segments) }
        let read = metrics.map { Self.read($0, inputs) }
        everyMetric = BitSet(metrics.indices)
        var (ranges, all): ([Range<Int>], Inputs) = ([], [])
        for condition in compiler.conditions {
            let own = inputs(condition)
            ranges.append(all.count..<all.count + own.count)
            all += own
        }
        self.ranges = ranges
        self.inputs = all
        isPlayed = compiler.conditions.map(\.readsSteps)
        health = Self.health(compiler, inputs)
        slas = Self.slas(compiler, inputs)
        signals = compiler.signals.map { ($0.when.number, $0.clear == nil) }
        starts = compiler.plays.map { ($0.startsOn, $0.when?.number) }
        reentries = compiler.plays.enumerated().compactMap { index, plan in
            if case .after(let span) = plan.play.reentry { (index, span) } else { nil }
        }
        metricsOfAspect = (0..<Aspects.count).map { aspect in BitSet(metrics.indices.filter { read[$0].contains(aspect) }) }
        readers = metrics.indices.map { index in
            BitSet(metrics.indices.filter { $0 > index && read[$0].contains(Aspects.count + index) })
        }
        feeds = Self.feeds(metrics, concluded: compiler.concludedMetricCount)
    }

    var conditionCount: Int { ranges.count }

    /// Whether nothing that the condition reads has changed since a revision; never for those that are not kept.
    func isCurrent(_ condition: Int, since revision: UInt32, _ changed: [UInt32]) -> Bool {
        guard revision > 0, !isPlayed[condition] else { return false }
        for place in ranges[condition] where changed[inputs[place]] > revision { return false }
        return true
    }

    private static func inputs(_ condition: BoundCondition, segments: Set<Int>) -> Inputs {
        var places: Set<Int> = []
        for binding in condition.bindings {
            places.formUnion(binding.aspects.places)
            if case .metric(let index) = binding { places.insert(Aspects.count + index) }
            if case .account("segment", _) = binding { places.formUnion(segments) }
        }
        return places.sorted()
    }

    private static func health(_ compiler: Compiler, _ inputs: (BoundCondition) -> Inputs) -> Inputs {
        var places = Set(compiler.caps.flatMap(inputs))
        places.formUnion(Aspects.grades.places)
        for component in compiler.components { if let metric = component.metric { places.insert(Aspects.count + metric) } }
        return places.sorted()
    }

    /// Days are counted from a clock's start, so that another day changes nothing.
    private static func slas(_ compiler: Compiler, _ inputs: (BoundCondition) -> Inputs) -> Inputs {
        let targets = compiler.slas.flatMap(\.clocks).flatMap(\.targets).compactMap(\.self)
        let read = Set(targets.flatMap(inputs)).subtracting(Aspects.day.places)
        return read.union(Aspects.trails.union(.entities).places).sorted()
    }

    /// What a metric reads besides what events add up to, which each event's plan knows.
    private static func read(_ plan: MetricPlan, _ inputs: (BoundCondition) -> Inputs) -> Set<Int> {
        switch plan.source {
        case .lifetime, .last, .nothing: []
        case .ratio(_, _, _, isLifetime: true): []
        case .monthRing: Set(Aspects.day.places).union(Aspects.profile.places)
        case .ring, .distinct, .newestOfEach, .daysSinceUse, .daysSinceNewest, .daysSinceFirst, .sketch, .ratio, .activeMembers, .stickiness, .activeDays,
            .activeWeeks, .breadth, .featureUses:
            Set(Aspects.day.places)
        case .entities(_, _, let value, let when):
            Set(Aspects.entities.places).union([value, when].compactMap { $0 }.flatMap(inputs))
        case .change(let index, _, _): Set(Aspects.day.places).union([Aspects.count + index])
        case .grade: Set(Aspects.grades.places)
        case .attainment: Set(Aspects.clocks.union(.day).places)
        case .expression(let condition): Set(inputs(condition))
        }
    }

    private static func feeds(_ metrics: [MetricPlan], concluded: Int) -> [Feed] {
        var feeds: [Feed] = []
        for (index, plan) in metrics.enumerated() {
            guard let (type, hours) = plan.staleness else { continue }
            guard !feeds.contains(where: { $0.type == type && $0.hours == hours }) else { continue }
            let alike = metrics.indices.filter { $0 >= index && metrics[$0].staleness.map { $0 == (type, hours) } ?? false }
            feeds.append(Feed(type: type, hours: hours, metrics: BitSet(alike), isConcluded: index < concluded))
        }
        return feeds
    }
}

extension MetricPlan {
    /// The event type, and the hours of its silence after which the metric says nothing.
    var staleness: (type: String, hours: Int)? {
        guard let hours = metric.hoursMax, let feed else { return nil }
        return (feed, hours)
    }

    /// Whether an event of the type can change it.
    func isFed(by type: EventType, _ targets: [SingleFeed.Target], _ metrics: [MetricPlan]) -> Bool {
        func feeds(_ matches: (SingleFeed.Target) -> Bool) -> Bool { targets.contains(where: matches) }
        switch source {
        case .ring(let index), .monthRing(let index): return feeds { $0 == .ring(index) }
        case .newestOfEach(let index, _, _, _): return feeds { $0 == .newestOfEach(index) }
        case .distinct(let index, _, _): return feeds { if case .distinct(index, _, _) = $0 { true } else { false } }
        case .lifetime(let index): return feeds { $0 == .lifetime(index) }
        case .last(let index): return feeds { $0 == .last(index) }
        case .daysSinceNewest(let index), .daysSinceFirst(let index): return feeds { $0 == .instants(index) }
        case .sketch(let index, _): return feeds { $0 == .sketch(index) }
        case .ratio(let of, let to, _, let isLifetime):
            return feeds { isLifetime ? $0 == .lifetime(of) || $0 == .lifetime(to) : $0 == .ring(of) || $0 == .ring(to) }
        case .activeMembers, .stickiness, .activeDays, .activeWeeks, .daysSinceUse: return type.isActivity
        case .breadth, .featureUses: return type.isActivity || type.featureField != nil
        case .entities: return type.entity != nil
        // Over other days than the metric that it compares, which may stay the same.
        case .change(let index, _, _): return metrics[index].isFed(by: type, targets, metrics)
        case .grade, .attainment, .expression, .nothing: return false
        }
    }
}
