import TenureCore
import TenureEngine
import TenureFixtures
import TenureProgramme

/// An account whose metrics are read straight from events, so that a test can set each value.
struct Gauges {
    let programme: CompiledProgramme
    var workspace = WorkspaceState()
    var state: AccountState
    var decisions: [Decision] = []
    private(set) var now = Instant(milliseconds: 1_780_300_800_000)
    private var count = 0

    init(_ programme: Programme) {
        self.programme = CompiledProgramme(programme, zones: ZoneTable(text: ""))
        workspace.liveSince = Instant(milliseconds: 0)
        state = AccountState(id: "acc_1", programme: self.programme)
    }

    /// A fact a minute later.
    mutating func take(_ type: String, _ data: JSONObject) {
        count += 1
        now = now + Milliseconds.minute
        let fact = Fact(
            occurred: now, recorded: now, source: "test", id: "f\(count)", account: state.id, type: type,
            data: data)
        advance([fact])
    }

    mutating func advance(days: Int64) {
        now = now + days * Milliseconds.day
        advance([])
    }

    private mutating func advance(_ facts: [Fact]) {
        decisions +=
            Engine.turn(
                &state, facts: facts, now: now, TurnContext(programme: programme, workspace: workspace), history: []
            ).decisions
    }

    mutating func measure(_ metric: String, _ value: Double) {
        take("measured", ["metric": .string(metric), "value": .double(value)])
    }

    var snapshot: Snapshot { Snapshot(programme: programme, workspace: workspace, state: state, now: now) }
}

/// Groups of components with those weights and curves; `curves` are dealt out in turn.
func gauged(weights: [[Int64]], groups: [Int64], curves: [Curve]) throws -> Programme {
    var programme = Programme(id: "gauged", title: "Gauged")
    var event = EventType(type: "measured", title: "Measured")
    event.fields = [
        EventField(id: "metric", kind: .text, isRequired: true),
        EventField(id: "value", kind: .number, isRequired: true),
    ]
    programme.events = [event]
    programme.health.coverageFloor = 30
    programme.health.bands = [
        HealthBand(id: "good", title: "Good", from: 70, tone: .good),
        HealthBand(id: "watch", title: "Watch", from: 40, tone: .warning),
        HealthBand(id: "risk", title: "At risk", from: 0, tone: .critical),
    ]
    var place = 0
    for (number, parts) in weights.enumerated() {
        var components: [HealthComponent] = []
        for weight in parts {
            let id = "m\(place)"
            components.append(
                HealthComponent(
                    id: id, title: "Measure \(place)", weight: weight,
                    metric: MetricReference(metric: id, windowDays: nil),
                    curve: curves[place % curves.count]))
            let filter = EventFilter(event: "measured", when: try condition("event.metric == \"\(id)\""))
            programme.metrics.append(
                Metric(id: id, measure: .last(EventSum(filter: filter, value: try condition("event.value")))))
            programme.metrics[place].unit = .score
            place += 1
        }
        programme.health.groups.append(
            HealthGroup(
                id: "g\(number)", title: "Group \(number)", weight: groups[number], components: components))
    }
    return programme
}

/// Rising, falling, stepped and as it is.
let curves: [Curve] = [
    .linear([
        CurvePoint(value: 0, points: 0), CurvePoint(value: 7, points: 33), CurvePoint(value: 40, points: 100),
    ]),
    .linear([
        CurvePoint(value: 1, points: 100), CurvePoint(value: 13, points: 20),
        CurvePoint(value: 90, points: 0),
    ]),
    .identity,
    .steps([
        CurveStep(id: "a", title: "a", edge: .atLeast(80), points: 100),
        CurveStep(id: "b", title: "b", edge: .above(50), points: 60),
        CurveStep(id: "c", title: "c", edge: nil, points: 10),
    ]),
]

/// A random account of that shape, some of whose metrics are unknown.
func randomGauges(seed: Int, caps: Bool = false) throws -> Gauges {
    var numbers = SeededNumbers(seed)
    var programme = try gauged(
        weights: [[3, Int64(1 + numbers.below(20)), 7], [5, 11], [Int64(1 + numbers.below(9))]],
        groups: [45, Int64(1 + numbers.below(60)), 20], curves: curves)
    if caps {
        programme.health.caps = [
            HealthCap(
                id: "escalated", title: "Escalated", when: try condition(#"flag("escalated")"#), pointsMax: 50
            ),
            HealthCap(id: "frozen", title: "Frozen", when: try condition(#"flag("frozen")"#), pointsMax: 30),
            HealthCap(
                id: "cold", title: "Cold", when: try condition(#"contact("sponsor").days_since_touch > 9"#),
                pointsMax: 5),
        ]
    }
    var gauges = Gauges(programme)
    gauges.advance(days: 0)
    stir(&gauges, &numbers, caps: caps)
    return gauges
}

func stir(_ gauges: inout Gauges, _ numbers: inout SeededNumbers, caps: Bool = false) {
    for place in 0..<6 where !numbers.oneIn(4) {
        gauges.measure("m\(place)", Double(numbers.below(100_000)) / 1000)
    }
    if numbers.oneIn(6) {
        gauges.take(FactType.gradeGiven, ["group": "g1", "points": .int(Int64(numbers.below(101)))])
    }
    guard caps else { return }
    for flag in ["escalated", "frozen"] where numbers.oneIn(3) {
        gauges.take(FactType.flagRaised, ["flag": .string(flag)])
    }
}
