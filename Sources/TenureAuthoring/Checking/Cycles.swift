import CEL
import TenureProgramme

/// Finds a ring among things that refer to each other, without recursion, so that a long chain is no danger.
enum Cycle {
    /// The ids of one ring in the order of reference, beginning with the first in `ids`; nil when there is
    /// none.
    static func find(_ ids: [String], _ references: (String) -> [String]) -> [String]? {
        var open = Dictionary(ids.map { ($0, references($0)) }, uniquingKeysWith: { first, _ in first })
        var isShrinking = true
        var users: [String: [String]] = [:]
        for id in ids { for other in open[id] ?? [] { users[other, default: []].append(id) } }
        var count = open.mapValues { $0.filter { open[$0] != nil }.count }
        var ready = ids.filter { count[$0] == 0 }
        while isShrinking {
            isShrinking = !ready.isEmpty
            let settled = ready
            ready = []
            for id in settled {
                open[id] = nil
                for user in users[id] ?? [] where open[user] != nil {
                    count[user, default: 0] -= 1
                    if count[user] == 0 { ready.append(user) }
                }
            }
        }
        guard let start = ids.first(where: { open[$0] != nil }) else { return nil }
        return ring(from: start, open)
    }

    /// Everything still open leads to something open; walking on, something comes twice.
    private static func ring(from start: String, _ open: [String: [String]]) -> [String] {
        var path: [String] = []
        var seen: [String: Int] = [:]
        var id = start
        while seen[id] == nil {
            seen[id] = path.count
            path.append(id)
            guard let next = open[id]?.first(where: { open[$0] != nil }) else { return path }
            id = next
        }
        return Array(path[(seen[id] ?? 0)...])
    }
}

extension Reading {
    func checkMetricCycles(_ metrics: [Metric]) {
        let references = Dictionary(
            metrics.map { ($0.id, referredMetrics($0.measure)) }, uniquingKeysWith: { first, _ in first })
        guard let ring = Cycle.find(metrics.map(\.id), { references[$0] ?? [] }) else { return }
        let places = ring.compactMap { place(of: .metric, $0) }
        guard let first = places.first else { return }
        report(.metricCycle(ring, at: first, others: places.dropFirst().map { .init($0, "this one, too") }))
    }

    private func referredMetrics(_ measure: Measure) -> [String] {
        switch measure {
        case .expression(let condition): condition.program.references.compactMap { referredMetric($0) }
        case .change(let of, _): [of.metric]
        case .sum, .monthSum, .distinct, .newestOfEach, .daysSinceUse, .activeMembers, .stickiness, .activeDays, .featureBreadth, .featureUses, .ratio, .last,
            .daysSince,
            .daysSinceFirst, .activeWeeks, .percentile, .entities, .grade, .attainment:
            []
        }
    }

    private func referredMetric(_ reference: Reference) -> String? {
        guard case .literalCall("m", let argument, _) = reference,
            case .found(let metric) = names.metric(argument)
        else { return nil }
        return metric.metric
    }

    func checkStepCycles(_ play: Play) {
        let after = Dictionary(play.steps.map { ($0.id, $0.after) }, uniquingKeysWith: { first, _ in first })
        if let ring = Cycle.find(play.steps.map(\.id), { after[$0] ?? [] }) {
            return reportRing(ring, of: play) { .stepCycle($0, at: $1, others: $2) }
        }
        let opening = Dictionary(
            play.steps.map { ($0.id, $0.after + $0.opensFrom) }, uniquingKeysWith: { first, _ in first })
        if let ring = Cycle.find(play.steps.map(\.id), { opening[$0] ?? [] }) {
            reportRing(ring, of: play) { .waitsForItself($0, at: $1, others: $2) }
        }
    }

    private func reportRing(
        _ ring: [String], of play: Play, _ mistake: ([String], Place, [Diagnostic.Label]) -> Diagnostic
    ) {
        let places = ring.compactMap { sources[.step, "\(play.id)/\($0)"] }
        guard let first = places.first else { return }
        report(mistake(ring, first, places.dropFirst().map { .init($0, "this one, too") }))
    }

    /// A play of endless steps alone needs an exit; one of optional steps alone never runs.
    func checkEnd(_ play: Play, at place: Place) {
        let isEndless = play.steps.allSatisfy { $0.repeatEvery != nil && $0.repeatCount == nil }
        if !play.steps.isEmpty, isEndless, play.exits.isEmpty,
            outline.find(.play, play.id)?.map["exits"] == nil
        {
            report(.playNeverEnds(at: place))
        }
        if !play.steps.isEmpty, play.steps.allSatisfy({ !$0.isRequired }) {
            report(.playEndsAtOnce(at: place))
        }
    }
}

extension Step {
    /// The step from whose completion this one's opening is measured.
    fileprivate var opensFrom: [String] {
        guard window.opensAfter != nil, case .step(let id) = window.anchor else { return [] }
        return [id]
    }
}
