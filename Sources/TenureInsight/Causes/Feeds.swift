import CEL
import TenureEngine
package import TenureProgramme

/// Finds the feeds of what a health model reads, down through metrics that are made of others.
struct Feeds: Sendable {
    let programme: Programme
    private(set) var found: [Feed] = []
    private var visited: Set<MetricReference> = []

    /// Of one component, with the judgements that can stand in for it.
    static func of(_ component: HealthComponent, id: String, in programme: Programme) -> [Feed] {
        var feeds = Feeds(programme: programme)
        feeds.add(.grade(Grade.name(ofComponent: id)), .ever)
        feeds.add(component.metric)
        return feeds.found
    }

    /// Of one component, by its place in the programme.
    static func of(component place: Int, in programme: Programme) -> [Feed] {
        let all = programme.health.groups.flatMap { group in group.components.map { ("\(group.id).\($0.id)", $0) } }
        return all.indices.contains(place) ? of(all[place].1, id: all[place].0, in: programme) : []
    }

    /// Of everything that a score is made of, limits included.
    static func ofScore(in programme: Programme) -> [Feed] {
        var feeds = Feeds(programme: programme)
        for group in programme.health.groups {
            feeds.add(.grade(Grade.name(ofGroup: group.id)), .ever)
            for component in group.components {
                feeds.add(.grade(Grade.name(ofComponent: "\(group.id).\(component.id)")), .ever)
                feeds.add(component.metric)
            }
        }
        for cap in programme.health.caps { feeds.add(cap.when) }
        return feeds.found
    }

    /// Of one metric.
    static func of(_ reference: MetricReference, in programme: Programme) -> [Feed] {
        var feeds = Feeds(programme: programme)
        feeds.add(reference)
        return feeds.found
    }

    /// Of a condition, without what it reads through metrics.
    static func direct(_ condition: Condition, in programme: Programme) -> [Feed] {
        var feeds = Feeds(programme: programme)
        for reference in condition.program.references {
            switch reference {
            case .path(let path): feeds.addField(path)
            case .literalCall("m", _, _): break
            case .literalCall(let name, let argument, _): feeds.add(call: name, argument)
            }
        }
        return feeds.found
    }

    /// Other metrics that a measure reads, each once.
    static func inputs(of measure: Measure, in programme: Programme) -> [MetricReference] {
        if case .change(let of, _) = measure { return [of] }
        guard case .expression(let condition) = measure else { return [] }
        var seen: Set<MetricReference> = []
        return condition.program.references.compactMap { reference in
            guard case .literalCall("m", let text, _) = reference else { return nil }
            return MetricReference(text, in: programme).flatMap { seen.insert($0).inserted ? $0 : nil }
        }
    }

    /// What the score and the signals read, in their order, each once.
    static func metrics(of programme: Programme) -> [MetricReference] {
        var found = programme.health.groups.flatMap(\.components).map(\.metric)
        for signal in programme.signals {
            for case .literalCall("m", let text, _) in signal.when.program.references {
                if let reference = MetricReference(text, in: programme) { found.append(reference) }
            }
        }
        var seen: Set<MetricReference> = []
        return found.filter { seen.insert($0).inserted }
    }

    private init(programme: Programme) { self.programme = programme }

    private mutating func add(_ sort: Feed.Sort, _ span: Feed.Span) {
        found.append(Feed(sort: sort, span: span))
    }

    private mutating func add(_ reference: MetricReference, as compared: Feed.Span? = nil) {
        guard compared != nil || visited.insert(reference).inserted,
            let metric = programme.metrics.first(where: { $0.id == reference.metric })
        else { return }
        let days = reference.windowDays ?? 0
        let window = compared ?? (days == 0 ? .ever : .window(days))
        addBeginning(metric.measure)
        switch metric.measure {
        case .sum(let sum): add(.events(sum), window)
        case .monthSum(let sum):
            add(.events(sum), .month)
            add(.field("term_start"), .ever)
        case .distinct(let measure): add(.events(EventSum(filter: measure.filter)), measure.isNew ? .ever : window)
        case .newestOfEach(let measure): add(.events(measure.sum), window)
        case .ratio(let of, let to, _):
            add(.events(of), window)
            add(.events(to), window)
        case .percentile(let sum, _): add(.events(sum), .window(days))
        case .last(let sum): add(.events(sum), .ever)
        case .daysSince(let filter), .daysSinceFirst(let filter): add(.events(EventSum(filter: filter)), .ever)
        case .activeMembers: add(.activity, compared ?? .window(days))
        case .stickiness, .activeDays: add(.activity, .complete(days))
        case .activeWeeks: add(.use, .weeks)
        case .daysSinceUse: add(.use, .ever)
        case .featureBreadth(let use): add(.features(names(use.scope)), compared ?? .window(days))
        case .featureUses(let feature): add(.features([feature]), compared ?? .window(days))
        case .entities(let measure): add(.entities(kind: measure.kind), .ever)
        case .change(let of, _): add(of, as: .compared(of.windowDays ?? 7))
        case .grade: add(.grade(metric.id), .ever)
        case .attainment(let name):
            if let sla = programme.slas.first(where: { $0.id == name.sla }) { add(.entities(kind: sla.entity), .ever) }
        case .expression(let condition): add(condition)
        }
    }

    private mutating func addBeginning(_ measure: Measure) {
        switch measure {
        case .sum, .monthSum, .distinct, .entities, .change: add(.beginning(ofUse: false), .ever)
        case .activeMembers, .activeWeeks, .featureBreadth, .featureUses: add(.beginning(ofUse: true), .ever)
        case .stickiness, .activeDays, .ratio, .newestOfEach, .last, .daysSince, .daysSinceFirst, .daysSinceUse, .percentile, .grade, .attainment,
            .expression:
            break
        }
    }

    private func names(_ scope: FeatureUse.Scope) -> Set<String> {
        let features = programme.features.filter { feature in
            switch scope {
            case .all: true
            case .key: feature.isKey
            case .advanced: feature.isAdvanced
            }
        }
        return Set(features.map(\.id))
    }

    private mutating func add(_ condition: Condition) {
        for reference in condition.program.references {
            switch reference {
            case .path(let path): addField(path)
            case .literalCall(let name, let argument, _): add(call: name, argument)
            }
        }
    }

    /// `account.tier`; `now`, `health.score` and the like are no facts.
    private mutating func addField(_ path: String) {
        guard path.hasPrefix("account.") else { return }
        let name = String(path.dropFirst("account.".count))
        let fields = name == "tenure_days" ? ["customer_since", "term_start"] : [name]
        for field in fields { add(.field(field), .ever) }
    }

    private mutating func add(call name: String, _ argument: String) {
        switch name {
        case "m": if let reference = MetricReference(argument, in: programme) { add(reference) }
        case "flag": add(.flag(argument), .ever)
        case "grade": add(.grade(argument), .ever)
        case "days_until", "days_since": add(.field(argument), .ever)
        case "contact": add(.contact, .ever)
        // Conclusions: what was decided before is no fact that could be left out.
        case _: break
        }
    }
}

extension MetricReference {
    /// `users.active.30d`, `errors.lifetime` or the id of a metric without windows.
    init?(_ text: String, in programme: Programme) {
        for metric in programme.metrics where text.hasPrefix(metric.id) {
            let windows: [Int?] = metric.windows.isEmpty ? [nil] : metric.windows
            let references = windows.map { MetricReference(metric: metric.id, windowDays: $0) }
            if let found = references.first(where: { $0.text == text }) {
                self = found
                return
            }
        }
        return nil
    }
}

extension Condition {
    /// Whether it asks for the score, its parts or its course.
    package var readsHealth: Bool {
        program.references.contains { reference in
            switch reference {
            case .path(let path): path.hasPrefix("health.")
            case .literalCall(let name, _, _): name == "component" || name == "group"
            }
        }
    }
}
