import TenureCore
import TenureProgramme

/// The key that tells how a KPI is computed.
enum KPIMeasureKey: String, CaseIterable {
    case metric, share, count, mean, median, sum, ratio, revenue

    var value: ValueForm {
        switch self {
        case .metric: .reference("metric with its window")
        case .share, .count: .form(.kpiShare)
        case .mean, .median, .sum: .form(.kpiOver)
        case .ratio: .form(.kpiRatio)
        case .revenue: .choice(of: KPIMeasure.RevenueRate.self)
        }
    }

    var about: String {
        switch self {
        case .metric: "A metric of each account. Of several accounts the mean is shown."
        case .share: "Percent of the accounts whose metric passes an edge."
        case .count: "How many accounts have a metric that passes an edge."
        case .mean: "The mean of a metric over accounts."
        case .median: "The median of a metric over accounts."
        case .sum: "The sum of a metric over accounts."
        case .ratio: "The sum of one metric over the sum of another."
        case .revenue: "A rate of the last twelve months."
        }
    }
}

extension Form {
    static let kpi = Form(
        "kpi", noun: "KPI", "A number to steer by, with a target and bands. Exactly one of the measures says how it is computed.",
        [
            .must("id", .shaped(.id), "What tests and addresses name it by.", examples: ["weekly_active"]),
            .must("title", .text, "What people see.", examples: ["Weekly active usage"]),
            .may("meaning", .text, "One sentence for the person who asks what the number means."),
            .must("group", .shaped(.id), "What it is listed under.", examples: ["usage"]),
            .must("better", .choice(of: KPI.Direction.self), "Which way is good."),
        ] + KPIMeasureKey.allCases.map { .may($0.rawValue, $0.value, $0.about) } + [
            .may("target", .form(kpiTarget), "What is to be reached.", default: "no target", examples: [["at_least": 80]]),
            .may("bands", .list(.form(kpiBand)), "Ranges of values, best first.", default: "values are not judged"),
            .may("trend", .form(kpiTrend), "How a trend is told.", default: "over 28 days, every change counts"),
            .requirements,
        ], rules: [.exactlyOne(KPIMeasureKey.allCases.map(\.rawValue))])

    /// Values on one side of a number.
    private static let edges: [Field] = [
        .may("above", .number(nil), "Larger values pass."),
        .may("at_least", .number(nil), "This value and larger ones pass."),
        .may("below", .number(nil), "Smaller values pass."),
        .may("at_most", .number(nil), "This value and smaller ones pass."),
    ]

    private static let looked = Field.must(
        "metric", .reference("metric with its window"), "What is looked at; accounts that do not know it are left out.",
        examples: ["users.active.7d"])
    private static let among = Field.may("among", .form(kpiRange), "Only accounts that pass.", default: "all accounts")

    static let kpiRange = Form(
        "kpi_range", noun: "range of accounts", "Accounts whose metric passes an edge.", [looked] + edges,
        rules: [.exactlyOne(edgeKeys)])

    static let kpiShare = Form(
        "kpi_share", noun: "share of accounts", "Accounts whose metric passes an edge.", [looked] + edges + [among],
        rules: [.exactlyOne(edgeKeys)])

    static let kpiOver = Form("kpi_over", noun: "measure", "A metric over accounts.", [looked, among])

    static let kpiRatio = Form(
        "kpi_ratio", noun: "ratio", "One sum over accounts over another; accounts that do not know both are left out.",
        [
            .must("of", .reference("metric with its window"), "What is divided."),
            .must("to", .reference("metric with its window"), "What it is divided by."),
            .may("scale", .number(0.000_001...1_000_000_000), "Multiplies the result; 100 gives percent.", default: "1"),
            .may("round", .flag, "`true`: to a whole number, half away from zero.", default: "false"),
        ])

    static let kpiTarget = Form("kpi_target", noun: "target", "The value to be reached.", edges, rules: [.exactlyOne(edgeKeys)])

    static let kpiBand = Form(
        "kpi_band", noun: "band of a KPI", "A name for a range of values. The last band, and only it, has no edge: it takes what is left.",
        [
            .must("id", .shaped(.id), "What tests name it by.", examples: ["excellent"]),
            .must("title", .text, "What people see.", examples: ["Excellent"]),
            .must("tone", .choice(of: HealthBand.Tone.self), "How it is to be taken."),
        ] + edges, rules: [.atMostOne(edgeKeys)])

    static let kpiTrend = Form(
        "kpi_trend", noun: "trend", "A value is compared with the one at the close of an earlier day.",
        [
            .may("days", .whole(1...365), "How many days earlier.", default: "28"),
            .may("within", .number(0...1_000_000_000), "A change of so much or less is `stable`.", default: "0"),
        ])
}
