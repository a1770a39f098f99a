import TenureCore
import TenureProgramme

extension Form {
    static let test = Form(
        "test", "Facts on days, and what must follow from them; `tenure check` runs it on a virtual clock.",
        [
            .must("id", .shaped(.id), "What a failure names.", examples: ["low_adoption_opens_workshop"]),
            .must("title", .text, "What it shows, in words.", examples: ["Half of the seats idle for a month"]),
            .must("start", .shaped(.date), "The local date of day 0; the account exists from its midnight on.", examples: ["2026-03-02"]),
            .must("days", .whole(0...3_660), "The last day; the clock runs to its end.", examples: [45]),
            .requirements,
            .may(
                "account", .entries(nil, .anything), "The account's fields and, by role, its owners.",
                examples: [["name": "Acme", "tier": "professional", "seats": 100, "csm": "ada"]]),
            .may("contacts", .list(.form(contact)), "Who is known there from the first day on."),
            .may("facts", .list(.either(([fact] + StatedFact.allCases.map(\.form)).map { .form($0) })), "What happens."),
            .must("expect", .list(.either(ExpectationShape.allCases.map { .form($0.form) })), "What must follow."),
            .may(
                "golden",
                .list(.either([ExpectationShape.component, .group, .metric, .step, .score].map { .form($0.form) })),
                "Expectations of one exact value each, which `tenure check --update` writes anew."),
        ])

    static let contact = Form(
        "contact", "Somebody at the account.",
        [
            .must("id", .shaped(.id), "What facts name it by.", examples: ["c1"]),
            .may("role", .text, "What the person is there.", examples: ["sponsor"]),
            .may("name", .text, "What messages call the person."),
            .may("email", .text, "Where mails go."),
            .may("title", .text, "The person's own title."),
            .may("since", .text, "The date from which on the person has the role."),
            .may("left", .flag, "Whether the person has left.", default: "false"),
        ])

    static let fact = Form(
        "fact", "Something that happens on one or several days.",
        [
            day, days,
            .may("event", .reference("event"), "An event of the programme, or a fact that the product knows.", examples: ["user.session"]),
            .may("track", .text, "A Segment call, as whatever event claims it.", examples: ["Report Exported"]),
            .may("members", .whole(0...100_000), "How many members do it; 0 is the account itself.", default: "0"),
            .may("count", .whole(1...1_000_000), "How often each does it.", default: "1"),
            at,
            .may("weekdays", .flag, "Only from Monday to Friday.", default: "false"),
            every,
            .may("data", .entries(nil, .anything), "The event's fields.", examples: [["ticket": "T1", "priority": "P1"]]),
        ], rules: [.exactlyOne(["day", "days"]), .exactlyOne(["event", "track"])])

    /// When facts happen.
    fileprivate static let day = Field.may("day", .range, "The day, or a range of them; `days` is the same.", examples: [12])
    fileprivate static let days = Field.may("days", .range, "The days, such as `0..44`.", examples: ["0..44"])
    fileprivate static let at = Field.may("at", .shaped(.timeOfDay), "When, by the account's clock.", default: "10:00")
    fileprivate static let every = Field.may("every", .whole(1...3_660), "Only each so many days.", default: "1")
}

extension StatedFact {
    // Made once: a test has dozens of lines.
    private static let forms = Dictionary(uniqueKeysWithValues: allCases.map { ($0, $0.made) })

    var form: Form { Self.forms[self] ?? made }

    private var made: Form {
        Form(
            "stated_\(rawValue)", noun: "fact", about, [Form.day, Form.days, Form.at, Form.every] + stated,
            rules: [.exactlyOne(["day", "days"])])
    }

    private var about: String {
        switch self {
        case .metric: "A metric has this value from then on, whatever happens."
        case .score: "Every health group is judged at these points, and so the score."
        case .points: "Components are judged at these points."
        }
    }

    private var stated: [Field] {
        switch self {
        case .metric:
            [
                .must("metric", .reference("metric without a window"), "Which metric.", examples: ["users.licence_utilisation"]),
                .must("value", .either([.number(nil), .flag]), "Its value."),
            ]
        case .score: [.must("score", .number(0...100), "The points.")]
        case .points: [.must("points", .entries(nil, .number(0...100)), "Points by component.", examples: [["usage.adoption": 40]])]
        }
    }
}

/// The key that tells what is expected. The first that is there counts.
enum ExpectationShape: String, CaseIterable {
    case kpi, judged
    case component, metric, raised, signal, play, ended, step, clock, message, weights, segment, running, group
    case shownBand = "shown_band"
    case raisedAgain = "raised_again"
    case startedAgain = "started_again"
    case neverRaised = "never_raised"
    case neverStarted = "never_started"
    case neverSent = "never_sent"
    case nothing, score, band

    static let states = ["pending", "ready", "done", "skipped"]

    // Made once: a test has dozens of lines.
    private static let forms = Dictionary(uniqueKeysWithValues: allCases.map { ($0, $0.made) })

    var form: Form { Self.forms[self] ?? made }

    private var made: Form {
        Form("expect_\(rawValue)", noun: "expectation of `\(rawValue)`", about, [subject] + (hasDay ? [Self.day] : []) + companions)
    }

    /// Whether it must hold at the end of a day, rather than over the whole test.
    var hasDay: Bool {
        switch self {
        case .neverRaised, .neverStarted, .neverSent, .nothing, .judged: false
        case .kpi, .component, .metric, .raised, .raisedAgain, .signal, .play, .startedAgain, .running, .ended, .step, .clock,
            .message, .weights, .segment, .group, .shownBand, .score, .band:
            true
        }
    }

    private static let day = Field.must("day", .whole(0...3_660), "The day at whose end it holds, or on which it happens.")

    private var subject: Field { .must(rawValue, value, about) }

    private var value: ValueForm {
        switch self {
        case .kpi, .judged: .reference("KPI")
        case .component: .reference("health component")
        case .metric: .reference("metric with its window")
        case .group: .reference("health group")
        case .weights: .entries(nil, .number(0...100))
        case .segment: .reference("segment")
        case .raised, .raisedAgain, .signal, .neverRaised: .reference("signal")
        case .play, .startedAgain, .running, .ended, .neverStarted: .reference("play")
        case .step: .reference("step, as `play/step`")
        case .clock: .reference("clock, as `sla.clock`")
        case .message, .neverSent: .reference("message")
        case .nothing: .flag
        case .score: .either([.whole(0...100), .shaped(.scoreRange), .nothing])
        case .band, .shownBand: .reference("band")
        }
    }

    private var about: String {
        switch self {
        case .kpi: "A KPI's value at the end of a day, over the account of the test alone."
        case .judged: "What a value of a KPI comes to, wherever it is from."
        case .component: "Points of a health component at the end of a day."
        case .metric: "A metric's value at the end of a day."
        case .raised: "A signal is raised for the first time on that day."
        case .raisedAgain: "A signal is raised for the second time on that day."
        case .startedAgain: "A play starts for the second time on that day."
        case .running: "A play is running at the end of a day."
        case .weights: "What components weigh in the whole score, in percent."
        case .segment: "The account's segment at the end of a day."
        case .group: "Points of a health group at the end of a day."
        case .shownBand: "The band that people see, after hysteresis and dwell."
        case .signal: "Whether a signal is open at the end of a day."
        case .play: "A play starts for the first time on that day."
        case .ended: "A play ends on that day."
        case .step: "A step's state at the end of a day."
        case .clock: "A clock of one entity at the end of a day."
        case .message: "A message is sent on that day."
        case .neverRaised: "The signal is raised on no day."
        case .neverStarted: "The play starts on no day."
        case .neverSent: "The message is sent on no day."
        case .nothing: "No risk signal is raised and no play starts."
        case .score: "The score at the end of a day: a number or a range; `null` when too little is known."
        case .band: "The score's band at the end of a day."
        }
    }

    /// What is made of a KPI's value.
    private static let judgement: [Field] = [
        .may("band", .reference("band of the KPI"), "Its band."),
        .may("on_target", .flag, "Whether the target is reached."),
        .may("trend", .choice(of: KPITrend.self), "Where it goes."),
    ]

    private static let ofClock: [Field] = [
        .must("of", .text, "The entity's key."),
        .must("state", .choice(of: ClockStanding.self), "How it stands; `undefined`: no target holds."),
        .may("within", .span(1...100_000), "Its target."), .may("due", .shaped(.instant), "When it is due, in UTC."),
        .may("at", .shaped(.timeOfDay), "When its target was missed, by the account's clock."),
    ]

    private var companions: [Field] {
        let owner = Field.may("owner", .text, "The role that leads.")
        let at = Field.may("at", .shaped(.timeOfDay), "When, by the account's clock.")
        let review = Field.may("review_every_days", .whole(1...366), "How often the band asks for a look.")
        return switch self {
        case .kpi:
            [
                .must("value", .either([.number(nil), .nothing]), "`null`: unknown."),
                .may("within", .number(0...1_000_000_000), "How far it may be off.", default: "0.001"),
            ] + Self.judgement
        case .judged:
            [
                .must("value", .number(nil), "The value."),
                .may("was", .number(nil), "The value before, for the trend."),
            ] + Self.judgement
        case .component, .group:
            [.must("points", .either([.number(0...100), .nothing]), "`null`: unknown.")]
        case .metric:
            [
                .must("value", .either([.number(nil), .nothing]), "`null`: unknown."),
                .may("within", .number(0...1_000_000_000), "How far it may be off.", default: "0.001"),
            ]
        case .signal: [.must("open", .flag, "Open or not.")]
        case .play: [owner]
        case .ended: [.must("outcome", .text, "The exit's outcome.")]
        case .step:
            [
                .must("state", .choice(Self.states), "The state."),
                .may("due", .shaped(.instant), "When it is due, in UTC."), owner,
                .may("tasks", .list(.text), "The tasks of the step."),
            ]
        case .clock: Self.ofClock
        case .message:
            [
                .must("to", .shaped(.recipient), "To whom."), at,
                .may("contains", .list(.text), "Texts that subject or body contain."),
            ]
        case .score: [.may("band", .reference("band"), "The score's band."), review]
        case .band: [review]
        case .raised: [at, .may("respond_within", .span(ValueForm.spanMax), "What the signal asks for.")]
        case .raisedAgain, .startedAgain, .running, .weights, .segment, .shownBand, .neverRaised, .neverStarted, .neverSent,
            .nothing:
            []
        }
    }
}
