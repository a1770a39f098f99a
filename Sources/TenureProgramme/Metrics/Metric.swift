/// Something measured of an account, with its unit, its windows and how it is kept up to date.
package struct Metric: Sendable {
    package var id: String
    package var title: String
    /// One sentence for the person who asks what the number means.
    package var meaning: String
    package var unit: Unit
    package var better: Direction
    package var measure: Measure
    /// Days of each window; empty when the metric has no window. `0` is the whole life of the account.
    package var windows: [Int]
    /// Below this many observations the value is unknown to conditions and scores.
    package var sampleMin: Int
    /// Hours without any fact of its source after which the value is stale; nil: never.
    package var hoursMax: Int?
    /// Days after which what a day adds to a sum counts half; nil: all days of the window count alike.
    package var halfLifeDays: Int?
    package var requirements: RequirementIDs

    package init(id: String, measure: Measure) {
        self.id = id
        title = id
        meaning = ""
        unit = .count
        better = .none
        self.measure = measure
        windows = []
        sampleMin = 0
        hoursMax = nil
        halfLifeDays = nil
        requirements = []
    }

    package enum Unit: String, Sendable, CaseIterable {
        case count, ratio, percent, days, hours, minutes, seconds, milliseconds, money, score, points, bool
    }

    package enum Direction: String, Sendable, CaseIterable { case up, down, none }
}

/// How a metric is computed. All but the last three are kept up to date by each event.
package enum Measure: Sendable {
    /// Events (or the sum of a number in them) in the window.
    case sum(EventSum)
    /// The same since the billing month began.
    case monthSum(EventSum)
    /// Values (or members) that are told apart, in the window.
    case distinct(DistinctMeasure)
    /// The newest number of each of several things that is in the window, and what is made of them.
    case newestOfEach(NewestMeasure)
    /// Distinct members with an activity event in the window.
    case activeMembers
    /// Mean daily active members over distinct ones: 1 means everybody every day.
    case stickiness
    /// Mean active days of the members active in the window.
    case activeDays
    /// Declared features used on enough days, over all declared (or key, or advanced) ones, in percent.
    case featureBreadth(FeatureUse)
    /// Uses of one declared feature.
    case featureUses(feature: String)
    /// One sum over another.
    case ratio(EventSum, EventSum, scale: Double)
    /// The newest value of a number in an event.
    case last(EventSum)
    /// Whole local days since the newest matching event.
    case daysSince(EventFilter)
    /// Whole local days since the first matching event.
    case daysSinceFirst(EventFilter)
    /// Whole local days since the newest activity event of any type.
    case daysSinceUse
    /// Consecutive active weeks up to now.
    case activeWeeks
    /// A percentile (0…1) of a number in an event, from a sketch with one percent relative error.
    case percentile(EventSum, fraction: Double)
    /// Open and remembered entities: how many, or a sum, mean, largest or smallest of an expression over each.
    case entities(EntityMeasure)
    /// Relative change of a windowed metric against the window before, in percent, with its guard.
    case change(of: MetricReference, guard: ChangeGuard)
    /// A judgement that a person gave: points 0…100.
    case grade(scale: [GradeStep])
    /// Clocks that ended in time, in percent of those that ended and those that run behind their target.
    case attainment(SLAName)
    /// An expression over the account, other metrics and the day.
    case expression(Condition)
}

/// Events of one type that pass a condition.
package struct EventFilter: Sendable {
    package var event: String
    package var when: Condition?

    package init(event: String, when: Condition? = nil) {
        self.event = event
        self.when = when
    }
}

/// A filter and what to add for each event: 1, or a number of the event.
package struct EventSum: Sendable {
    package var filter: EventFilter
    package var value: Condition?

    package init(filter: EventFilter, value: Condition? = nil) {
        self.filter = filter
        self.value = value
    }
}

/// Values that events carry, each counted once however often it is seen.
package struct DistinctMeasure: Sendable {
    package var filter: EventFilter
    /// What is told apart; nil: members.
    package var of: Condition?
    /// A value counts when so many members had it.
    package var membersMin: Int
    /// Only values that reached so many members for the first time ever.
    package var isNew: Bool

    package init(filter: EventFilter, of: Condition?, membersMin: Int = 1, isNew: Bool = false) {
        self.filter = filter
        self.of = of
        self.membersMin = membersMin
        self.isNew = isNew
    }
}

/// Of each thing that events name, the newest number; then one number made of these.
package struct NewestMeasure: Sendable {
    package typealias Aggregate = EntityMeasure.Aggregate

    package var sum: EventSum
    /// Names the thing; nil, and where an event names none: each event is one by itself.
    package var each: Condition?
    package var aggregate: Aggregate
    package var scale: Double
    /// To a whole number, half away from zero.
    package var isRounded: Bool

    package init(sum: EventSum, each: Condition?, aggregate: Aggregate, scale: Double = 1, isRounded: Bool = false) {
        self.sum = sum
        self.each = each
        self.aggregate = aggregate
        self.scale = scale
        self.isRounded = isRounded
    }
}

package struct FeatureUse: Hashable, Sendable {
    package enum Scope: String, Sendable, CaseIterable { case all, key, advanced }

    package var scope: Scope
    /// Uses and distinct days in the window that make a feature adopted rather than tried.
    package var usesMin: Int
    package var daysMin: Int

    package init(scope: Scope, usesMin: Int, daysMin: Int) {
        self.scope = scope
        self.usesMin = usesMin
        self.daysMin = daysMin
    }
}

package struct EntityMeasure: Sendable {
    package enum Aggregate: String, Sendable, CaseIterable { case count, sum, mean, max, min }

    package var kind: String
    package var aggregate: Aggregate
    package var value: Condition?
    package var when: Condition?

    package init(kind: String, aggregate: Aggregate, value: Condition?, when: Condition?) {
        self.kind = kind
        self.aggregate = aggregate
        self.value = value
        self.when = when
    }
}

/// A change below these is noise: the metric is then 0, not unknown.
package struct ChangeGuard: Hashable, Sendable {
    /// Smallest value of the earlier window.
    package var baseMin: Double
    /// Smallest |a − b| / √(a + b), for counts; 0 switches it off.
    package var significanceMin: Double
    /// Smallest absolute change.
    package var differenceMin: Double

    package init(baseMin: Double, significanceMin: Double, differenceMin: Double) {
        self.baseMin = baseMin
        self.significanceMin = significanceMin
        self.differenceMin = differenceMin
    }
}

package struct GradeStep: Hashable, Sendable {
    package var id: String
    package var title: String
    package var points: Double

    package init(id: String, title: String, points: Double) {
        self.id = id
        self.title = title
        self.points = points
    }
}

/// A metric over one of its windows: `users.active.30d`, `errors.rate.7d`, `account.tenure` (no window).
package struct MetricReference: Hashable, Sendable {
    package var metric: String
    /// nil for a metric without windows; 0 is `lifetime`.
    package var windowDays: Int?

    package init(metric: String, windowDays: Int?) {
        self.metric = metric
        self.windowDays = windowDays
    }

    package var text: String {
        switch windowDays {
        case nil: metric
        case 0: metric + ".lifetime"
        case let days?: "\(metric).\(days)d"
        }
    }
}
