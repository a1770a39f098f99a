import CEL
import TenureCore
import TenureEngine
import TenureProgramme

/// How a metric is computed, in a sentence.
struct MetricFormula {
    private let programme: Programme

    init(_ programme: Programme) { self.programme = programme }

    func words(_ metric: Metric) -> String {
        words(metric.measure) + (metric.halfLifeDays.map { "; what a day adds counts half after \($0) days" } ?? "")
    }

    private func words(_ measure: Measure) -> String {
        switch measure {
        case .sum(let sum): counted(sum)
        case .monthSum(let sum): "\(counted(sum)) since the billing month began"
        case .distinct(let measure): distinct(measure)
        case .newestOfEach(let measure): newest(measure)
        case .daysSinceUse: "Whole local days since the newest activity event"
        case .activeMembers: "Distinct members with an activity event"
        case .stickiness: "Mean daily active members, divided by the distinct ones, over complete days"
        case .activeDays: "Mean active days of the members who were active, over complete days"
        case .featureBreadth(let use): breadth(use)
        case .featureUses(let feature): "Uses of “\(programme.features.first { $0.id == feature }?.title ?? feature)”"
        case .ratio(let of, let to, let scale): ratio(of, to, scale)
        case .last(let sum): "Newest value of \(value(sum)) in \(events(sum.filter))"
        case .daysSince(let filter): "Whole local days since the newest of \(events(filter))"
        case .daysSinceFirst(let filter): "Whole local days since the first of \(events(filter))"
        case .activeWeeks: "Consecutive weeks of seven complete days with any activity, back from yesterday; at most 52"
        case .percentile(let sum, let fraction):
            "\(Words.number(fraction * 100)) of a hundred values of \(value(sum)) in \(events(sum.filter)) are at most this, within one percent"
        case .entities(let entities): self.entities(entities)
        case .change(let of, let guarded): change(of, guarded)
        case .grade: "Points of the newest judgement, while it is valid"
        case .attainment(let name): attainment(name)
        case .expression(let condition): condition.program.source
        }
    }

    private func counted(_ sum: EventSum) -> String {
        sum.value == nil ? "Number of \(events(sum.filter))" : "Sum of \(value(sum)) over \(events(sum.filter))"
    }

    private func value(_ sum: EventSum) -> String { sum.value?.program.source ?? "1" }

    private func events(_ filter: EventFilter) -> String {
        let title = programme.events.first { isSame($0.type, filter.event) }?.title ?? filter.event
        return "“\(title)” events" + (filter.when.map { " where \($0.program.source)" } ?? "")
    }

    private func distinct(_ measure: DistinctMeasure) -> String {
        let what = measure.of.map { "values of \($0.program.source)" } ?? "members"
        let many = measure.membersMin > 1 ? " that at least \(measure.membersMin) members had" : ""
        return "Distinct \(what) in \(events(measure.filter))\(many)\(measure.isNew ? ", for the first time ever" : "")"
    }

    private func newest(_ measure: NewestMeasure) -> String {
        let factor = measure.scale == 1 ? "" : "\(Words.number(measure.scale)) × "
        let each = measure.each.map { "each \($0.program.source)" } ?? "each event"
        let newest = "newest \(value(measure.sum)) of \(each) in \(events(measure.sum.filter))"
        return factor + aggregated(measure.aggregate, newest) + (measure.isRounded ? ", rounded to a whole number" : "")
    }

    private func aggregated(_ aggregate: EntityMeasure.Aggregate, _ what: String) -> String {
        switch aggregate {
        case .count: "number of the \(what)"
        case .sum: "sum of the \(what)"
        case .mean: "mean of the \(what)"
        case .max: "largest \(what)"
        case .min: "smallest \(what)"
        }
    }

    private func breadth(_ use: FeatureUse) -> String {
        let kind =
            switch use.scope {
            case .all: "declared"
            case .key: "key"
            case .advanced: "advanced"
            }
        return "\(kind) features used at least \(use.usesMin) times on at least \(use.daysMin) days, in percent of all \(kind) ones"
    }

    private func ratio(_ of: EventSum, _ to: EventSum, _ scale: Double) -> String {
        let factor = scale == 1 ? "" : "\(Words.number(scale)) × "
        return "\(factor)(\(counted(of))) ÷ (\(counted(to)))"
    }

    private func entities(_ measure: EntityMeasure) -> String {
        let kind = programme.entities.first { $0.id == measure.kind }?.title ?? measure.kind
        let which = "“\(kind)” records" + (measure.when.map { " where \($0.program.source)" } ?? "")
        let of = measure.value.map { "of \($0.program.source) over " } ?? "of "
        return switch measure.aggregate {
        case .count: "Number of \(which)"
        case .sum: "Sum \(of)\(which)"
        case .mean: "Mean \(of)\(which)"
        case .max: "Largest \(of)\(which)"
        case .min: "Smallest \(of)\(which)"
        }
    }

    private func attainment(_ name: SLAName) -> String {
        let sla = programme.slas.first { isSame($0.id, name.sla) }
        let clock = sla?.clocks.first { $0.id == name.clock }
        let which = clock.map { "“\($0.title)” clocks" } ?? "clocks"
        return "\(which) of “\(sla?.title ?? name.sla)” that ended in time, in percent of those that ended and those that run behind their target"
    }

    private func change(_ of: MetricReference, _ guarded: ChangeGuard) -> String {
        let days = of.windowDays ?? 7
        let noise = guarded.baseMin > 0 ? "; 0 where it was below \(Words.number(guarded.baseMin))" : ""
        return "Change of \(of.text) in the last \(days) complete days against the \(days) before, in percent\(noise)"
    }
}
