import TenureCore
import TenureProgramme

extension Form {
    static let health = Form(
        "health", noun: "health model", "How an account's health is made of metrics: groups, components, caps and bands.",
        [
            .must("id", .shaped(.id), "The model's id.", examples: ["overall"]),
            .may("version", .whole(1...1_000_000), "Count it up with every change.", default: "1"),
            .may(
                "coverage_floor", .whole(0...100), "Percent of the weight that must be known; below, there is no band.",
                default: "60"),
            .may("group_coverage_floor", .whole(0...100), "The same within a group.", default: "50"),
            .may("hysteresis", .whole(0...50), "Points past an edge before the shown band improves.", default: "0"),
            .may("dwell_days", .whole(0...90), "Days for which a better band must hold before it is shown.", default: "0"),
            .must("groups", .list(.form(group)), "What the score is made of."),
            .may("caps", .list(.form(cap)), "Conditions that hold the score down."),
            .must("bands", .list(.form(band)), "Names for ranges of the score, best first, the last from 0."),
            .requirements,
        ])

    private static let weight = Field.must(
        "weight", .whole(1...1_000_000), "Parts; only the relation to its neighbours counts.", examples: [40])

    static let group = Form(
        "health_group", noun: "health group", "A part of the score that people talk about.",
        [
            .must("id", .shaped(.id), "Read in conditions as `group(\"<id>\")`.", examples: ["usage"]),
            .must("title", .text, "What people see.", examples: ["Usage"]), weight,
            .must("components", .list(.form(component)), "What the group is made of."),
            .requirements,
        ])

    static let component = Form(
        "health_component", noun: "health component", "A metric and the points that it gives.",
        [
            .must("id", .shaped(.id), "Read in conditions as `component(\"<group>.<id>\")`.", examples: ["adoption"]),
            .must("title", .text, "What people see.", examples: ["Platform adoption"]), weight,
            .must("metric", .reference("metric with its window"), "What is judged.", examples: ["users.active.30d"]),
            .must("curve", .either([.choice(["identity"]), .form(curve)]), "How its value becomes 0 to 100 points."),
            .requirements,
        ])

    static let curve = Form(
        "curve", "How a value becomes points.",
        [
            .may(
                "linear", .list(.point), "Points `[value, points]` with ascending values, joined by lines.",
                examples: [[[0, 0], [1000, 100]]]),
            .may("steps", .list(.form(curveStep)), "The first step that holds is taken."),
        ], rules: [.exactlyOne(["linear", "steps"])])

    static let edgeKeys = ["above", "at_least", "below", "at_most"]

    static let curveStep = Form(
        "curve_step", noun: "step of a curve", "Points for a range of values. The last step, and only it, has no edge.",
        [
            .must("id", .shaped(.id), "What explanations name it by.", examples: ["good"]),
            .may("title", .text, "What people see.", default: "the id"),
            .may("above", .number(nil), "Holds for larger values."),
            .may("at_least", .number(nil), "Holds for this value and larger ones."),
            .may("below", .number(nil), "Holds for smaller values."),
            .may("at_most", .number(nil), "Holds for this value and smaller ones."),
            .must("points", .number(0...100), "What it gives."),
        ], rules: [.atMostOne(edgeKeys)])

    static let cap = Form(
        "cap", "A condition that holds the score down, whatever the components say.",
        [
            .must("id", .shaped(.id), "What explanations name it by.", examples: ["churn_notice"]),
            .must("title", .text, "What people see.", examples: ["Churn notice given"]),
            .must("when", .condition(.truth), "Over the account, metrics and components.", examples: ["flag(\"churn_notice\")"]),
            .must("at_most", .whole(0...100), "The score while it holds.", examples: [0]),
            .requirements,
        ])

    static let band = Form(
        "band", "A name for a range of the score.",
        [
            .must("id", .shaped(.id), "Compared with `health.band`.", examples: ["healthy"]),
            .must("title", .text, "What people see.", examples: ["Healthy"]),
            .must("from", .whole(0...100), "The lowest score of the band.", examples: [70]),
            .must("tone", .choice(of: HealthBand.Tone.self), "How it is to be taken."),
            .may("colour", .shaped(.colour), "In quotes, for `#` begins a comment.", examples: ["#10B981"]),
            .may("action", .text, "What to do with accounts of this band."),
            .may("description", .text, "What the band says of an account."),
            .may("review_every_days", .whole(1...366), "How often somebody should look."),
            .requirements,
        ])
}
