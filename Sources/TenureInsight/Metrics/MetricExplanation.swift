package import TenureCore
package import TenureEngine
import TenureProgramme

/// Where one metric's value comes from, down to the facts.
package struct MetricExplanation: Sendable {
    package struct Window: Hashable, Sendable {
        package let first: Day
        package let last: Day
        /// It is what the other one is compared with.
        package let isEarlier: Bool
    }

    /// Something that adds to the value: a day, an entity, another metric.
    package struct Part: Hashable, Sendable {
        package enum Kind: String, Hashable, Sendable { case day, entity, metric }

        package let kind: Kind
        /// A day, an entity's key, a metric's reference.
        package let id: String
        /// nil: unknown.
        package let value: Double?
    }

    package static let partsMax = 100
    package static let factsMax = 24

    package let plan: MetricPlan
    package let value: MetricValue
    package let title: String
    /// In words.
    package let formula: String
    /// Empty: its whole life.
    package let windows: [Window]
    package let parts: [Part]
    package let otherParts: Int
    /// Newest first.
    package let facts: [Fact]
    /// Further facts behind it.
    package let otherFacts: Int

    /// nil: the programme has no such metric.
    ///
    /// - Parameter facts: all that the snapshot was folded from.
    package init?(_ reference: String, _ snapshot: Snapshot, facts: [Fact]) {
        let programme = snapshot.programme
        guard let plan = programme.metricPlan(reference), let place = programme.metric(plan.reference) else { return nil }
        self.plan = plan
        value = MetricValue(snapshot.readings[place])
        title = programme.title(ofMetric: reference)
        formula = MetricFormula(programme.programme).words(plan.metric)
        windows = Self.windows(plan, snapshot)
        let all = Self.parts(plan, snapshot, windows)
        parts = Array(all.prefix(Self.partsMax))
        otherParts = all.count - parts.count
        let behind = FactsBehind(plan.reference, snapshot).of(facts)
        self.facts = Array(behind.prefix(Self.factsMax))
        otherFacts = behind.count - self.facts.count
    }
}

extension MetricExplanation {
    private static func windows(_ plan: MetricPlan, _ snapshot: Snapshot) -> [Window] {
        if case .expression = plan.metric.measure { return [] }
        if case .monthSum = plan.metric.measure {
            return [Window(first: snapshot.billingMonth.lowerBound, last: snapshot.today, isEarlier: false)]
        }
        if case .attainment = plan.metric.measure { return windows(.window(plan.reference.windowDays ?? 0), snapshot.today) }
        for feed in Feeds.of(plan.reference, in: snapshot.programme.programme) {
            if case .beginning = feed.sort { continue }
            return windows(feed.span, snapshot.today)
        }
        return []
    }

    private static func windows(_ span: Feed.Span, _ today: Day) -> [Window] {
        func window(_ first: Int, _ last: Int, isEarlier: Bool = false) -> Window {
            Window(first: today + -Int32(clamping: first), last: today + -Int32(clamping: last), isEarlier: isEarlier)
        }
        return switch span {
        case .ever: []
        case .window(let days): [window(days, 0)]
        case .complete(let days): [window(days, 1)]
        case .compared(let days): [window(days, 1), window(2 * days, days + 1, isEarlier: true)]
        case .weeks: [window(364, 1)]
        case .month: [window(31, 0)]
        }
    }

    private static func parts(_ plan: MetricPlan, _ snapshot: Snapshot, _ windows: [Window]) -> [Part] {
        let inputs = Feeds.inputs(of: plan.metric.measure, in: snapshot.programme.programme)
        if !inputs.isEmpty { return inputs.map { metric($0, snapshot) } }
        if case .attainment(let name) = plan.metric.measure { return clocks(name, plan, snapshot) }
        if let entities = snapshot.countedEntities(of: plan) {
            return entities.map { Part(kind: .entity, id: $0.entity.key, value: $0.value) }
        }
        return windows.flatMap { window in
            snapshot.dailyValues(of: plan, over: window.first...window.last).reversed()
                .map { Part(kind: .day, id: $0.day.text, value: $0.value) }
        }
    }

    /// Each with what it adds: all or nothing.
    private static func clocks(_ name: SLAName, _ plan: MetricPlan, _ snapshot: Snapshot) -> [Part] {
        snapshot.judgedClocks(name.sla, name.clock, inDays: plan.reference.windowDays ?? 0).map { clock in
            Part(kind: .entity, id: "\(clock.id.key) \(clock.id.clock)", value: clock.isMet == true ? 100 : 0)
        }
    }

    private static func metric(_ reference: MetricReference, _ snapshot: Snapshot) -> Part {
        let value = snapshot.programme.metric(reference).flatMap { snapshot.readings[$0].value }
        return Part(kind: .metric, id: reference.text, value: value)
    }
}

/// The facts that count for a metric.
private struct FactsBehind {
    private let feeds: [FilteredFeed]
    private let types: [String: EventType]
    private let today: Day
    private let zone: ZoneRules
    /// Only of the running billing month where the metric is; nil: as its feeds say.
    private let earliest: Day?

    init(_ reference: MetricReference, _ snapshot: Snapshot) {
        let programme = snapshot.programme
        feeds = Feeds.of(reference, in: programme.programme).filter { !$0.sort.isBeginning }
            .map { FilteredFeed($0, programme) }
        types = Dictionary(programme.programme.events.map { ($0.type, $0) }, uniquingKeysWith: { first, _ in first })
        today = snapshot.today
        zone = snapshot.zone
        let measure = programme.programme.metrics.first { $0.id == reference.metric }?.measure
        if case .monthSum = measure { earliest = snapshot.billingMonth.lowerBound } else { earliest = nil }
    }

    /// Newest first.
    func of(_ facts: [Fact]) -> [Fact] {
        let retracted = Set(
            facts.compactMap { fact -> Retraction? in
                if case .retract(let id) = fact.operation { Retraction(source: fact.source, id: id) } else { nil }
            })
        let counted = facts.filter { fact in
            fact.operation == .append && !retracted.contains(Retraction(source: fact.source, id: fact.id))
                && feeds.contains { counts(fact, for: $0) }
        }
        return counted.sorted { $0.occurred != $1.occurred ? $0.occurred > $1.occurred : precedes($0.id, $1.id) }
    }

    private func counts(_ fact: Fact, for feed: FilteredFeed) -> Bool {
        let type = types[fact.type]
        guard feed.feed.sort.takes(fact, type), type == nil || !fact.isTooLate else { return false }
        guard type != nil else { return true }
        if let earliest, zone.day(at: fact.occurred) < earliest { return false }
        return feed.feed.span.part(of: zone.day(at: fact.occurred), today: today) != nil && feed.passes(fact)
    }
}

extension Feed.Sort {
    fileprivate var isBeginning: Bool { if case .beginning = self { true } else { false } }
}
