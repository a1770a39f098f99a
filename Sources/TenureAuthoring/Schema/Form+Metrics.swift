import TenureCore
import TenureProgramme

extension Form {
    static let metric = Form(
        "metric", "Something measured of an account. Exactly one of the measures says how.",
        [
            .must("id", .shaped(.id), "What health and conditions name it by.", examples: ["users.active"]),
            .may("title", .text, "What people see.", default: "the id"),
            .may("meaning", .text, "One sentence for the person who asks what the number means."),
            .must("unit", .choice(of: Metric.Unit.self), "What the number counts; `bool` is true or false."),
            .must("better", .choice(of: Metric.Direction.self), "Which way is good."),
        ] + measures + [
            .may(
                "windows", .list(.shaped(.window)),
                "How far it looks back, today included. It is then referred to with its window: `users.active.30d`.",
                examples: [["7d", "30d"]]),
            .may(
                "sample_min", .whole(0...1_000_000),
                "With fewer observations the value is unknown.", default: "0"),
            .may(
                "max_age", .shaped(.wholeHours),
                "When nothing of its source has arrived from any account for so long, the value is unknown, until half an hour after it speaks again.",
                default: "never", examples: ["48h"]),
            .may(
                "half_life", .shaped(.wholeDays),
                "For `sum` and `ratio`: after so many days, at most 90, what a day adds counts half.",
                default: "all days count alike", examples: ["30d"]),
            .requirements,
        ], rules: [.exactlyOne(MeasureKey.allCases.map(\.rawValue))] + MeasureKey.allCases.map(\.windowRule))

    private static let measures: [Field] = MeasureKey.allCases.map { .may($0.rawValue, $0.value, $0.about) }

    static let featureBreadth = Form(
        "feature_breadth", noun: "feature breadth", "Which use makes a feature count as used.",
        [
            .may("scope", .choice(of: FeatureUse.Scope.self), "Which features are counted.", default: "all"),
            .may("uses", .whole(1...1_000_000), "At least so many uses.", default: "1"),
            .may("days", .whole(1...64), "On at least so many days.", default: "1"),
        ])

    private static let lookedAt = Field.must(
        "event", .reference("event"), "Which events are looked at.", examples: ["user.session"])
    private static let counted = Field.may(
        "when", .condition(.truth), "Which of them count, over `event.<field>`.", examples: ["event.ok"])
    private static let taken = "What is taken of each, over `event.<field>`."

    static let eventFilter = Form("event_filter", noun: "measure", "Which events are looked at.", [lookedAt, counted])

    static let eventSum = Form(
        "event_sum", noun: "measure", "Events, or the sum of a number in them.",
        [lookedAt, counted, .may("value", .condition(.number), taken, default: "1: events are counted")])

    static let distinct = Form(
        "distinct", noun: "measure", "What events tell apart, each counted once.",
        [
            lookedAt, counted,
            .may("of", .condition(.anything), "What is told apart, over `event.<field>`.", default: "members"),
            .may("members", .whole(1...1_000), "A value counts when so many members had it.", default: "1"),
            .may("new", .flag, "`true`: only what came to count for the first time ever.", default: "false"),
        ])

    static let newestOfEach = Form(
        "newest_of_each", noun: "measure", "The newest number of each thing that events name.",
        [
            lookedAt, counted,
            .may(
                "each", .condition(.anything), "What names the thing, over `event.<field>`; an event that names none is one by itself.",
                default: "each event", examples: ["event.contact"]),
            .must("value", .condition(.number), taken),
            .must("aggregate", .choice(of: NewestMeasure.Aggregate.self), "What is made of them."),
            .may("scale", .number(0.000_001...1_000_000_000), "Multiplies the result; 100 gives percent.", default: "1"),
            .may("round", .flag, "`true`: to a whole number, half away from zero.", default: "false"),
        ])

    static let eventValue = Form(
        "event_value", noun: "measure", "A number in events.",
        [lookedAt, counted, .must("value", .condition(.number), taken, examples: ["event.percent"])])

    static let percentile = Form(
        "percentile", noun: "measure", "The number below which a part of the values lies.",
        [
            lookedAt, counted, .must("value", .condition(.number), taken),
            .must("fraction", .number(0...1), "The part, such as 0.95."),
        ])

    static let ratio = Form(
        "ratio", "One sum over another.",
        [
            .must("of", .form(eventSum), "What is divided."), .must("to", .form(eventSum), "What it is divided by."),
            .may("scale", .number(0.000_001...1_000_000_000), "Multiplies the result; 100 gives percent.", default: "1"),
        ])

    static let entityMeasure = Form(
        "entity_measure", noun: "measure", "A number over the entities that the account has now.",
        [
            .must("kind", .reference("entity"), "Which entities are looked at.", examples: ["ticket"]),
            .must("aggregate", .choice(of: EntityMeasure.Aggregate.self), "What is made of them."),
            .may("value", .condition(.number), "What is taken of each, over `entity.<field>`; not with `count`."),
            .may("when", .condition(.truth), "Which of them count, over `entity.<field>` and `now`."),
        ],
        rules: [
            .when(
                .init(
                    key: "aggregate",
                    values: EntityMeasure.Aggregate.allCases.filter { $0 != .count }.map(\.rawValue)), needs: ["value"])
        ])

    private static let amount = ValueForm.number(0...1_000_000_000_000)

    static let change = Form(
        "change", "A windowed metric against the window before, in percent. Guards keep chance out.",
        [
            .must("of", .reference("metric with a window"), "At most 45 days.", examples: ["users.active.7d"]),
            .may("base_min", amount, "The window before must hold at least so much.", default: "0"),
            .may("significance_min", amount, "The difference over the root of the sum of both; 2 is beyond chance.", default: "0"),
            .may("difference_min", amount, "The difference must be at least so much.", default: "0"),
        ])
}

extension MeasureKey {
    fileprivate var windowRule: Rule {
        isWindowed ? .together(rawValue, needs: ["windows"]) : .apart(rawValue, from: ["windows"])
    }

    fileprivate var value: ValueForm {
        switch self {
        case .activeMembers, .stickiness, .activeDays, .activeWeeks, .daysSinceUse: .yes
        case .featureBreadth: .form(.featureBreadth)
        case .featureUses: .reference("feature")
        case .sum, .monthSum: .form(.eventSum)
        case .distinct: .form(.distinct)
        case .newestOfEach: .form(.newestOfEach)
        case .ratio: .form(.ratio)
        case .last: .form(.eventValue)
        case .daysSince, .daysSinceFirst: .form(.eventFilter)
        case .percentile: .form(.percentile)
        case .entities: .form(.entityMeasure)
        case .change: .form(.change)
        case .grade: .entries(.id, .number(0...100))
        case .attainment: .reference("SLA, or SLA.clock")
        case .expression: .condition(.number)
        }
    }

    fileprivate var about: String {
        switch self {
        case .activeMembers: "Members with an activity event in the window."
        case .stickiness: "Mean daily active members over all active ones: 1 is everybody every day."
        case .activeDays: "Mean active days of the members active in the window."
        case .featureBreadth: "Declared features used, in percent of all declared ones."
        case .featureUses: "Uses of one feature."
        case .sum: "Events, or a number in them, added up."
        case .monthSum: "The same since the billing month began: the day of the month of `term_start`, or the first."
        case .distinct: "Values in events, or members, each counted once; a window has at most 63 days."
        case .newestOfEach: "The newest number of each person or thing; a window has at most 366 days."
        case .ratio: "One sum over another."
        case .last: "The newest value of a number in events."
        case .daysSince: "Whole days since the newest of the events."
        case .daysSinceFirst: "Whole days since the first of the events."
        case .daysSinceUse: "Whole days since the newest activity event of any type."
        case .activeWeeks: "Active weeks in a row, up to now; a year of them is remembered."
        case .percentile: "A percentile of a number in events."
        case .entities: "A number over tickets, invoices and other entities."
        case .change: "Another metric against its window before."
        case .grade: "A person judges: points from 0 to 100 by the name of the grade."
        case .attainment: "Clocks that ended in time, in percent of those that ended and those that run behind their target."
        case .expression: "CEL over the account and other metrics; with `unit: bool` a truth, else a number."
        }
    }
}
