import BitCollections
import CEL
package import TenureCore
package import TenureProgramme

/// A programme ready to run: names resolved to numbers, every condition bound to where its values come from.
///
/// It and its plans never change and are read in the innermost loops: as objects they are handed on by one count,
/// where values of so many parts would be copied part by part.
package final class CompiledProgramme: Sendable {
    package let programme: Programme
    package let zones: ZoneTable
    /// Accumulators of the observations, each fed by the events of one type.
    package let layout: Layout
    /// Metrics in an order in which every metric comes after those that it reads, those first that conclusions read.
    package let metrics: [MetricPlan]
    /// How many of the metrics, from the first on, conclusions read.
    package let concludedMetricCount: Int
    /// Those that are kept with each day: all but what only pinned plays ask for.
    package let dayMetrics: [Int]
    let dependencies: Dependencies
    let metricIndex: [String: Int]
    let events: [String: EventPlan]
    let signalIndex: [String: Int]
    let playIndex: [String: Int]
    let entityIndex: [String: Int]
    /// The programme's kinds of entity, then those that only a pinned version declares.
    let entities: [EntityKind]
    /// By version and id: plays that run on as an older version defined them.
    private let pinnedPlays: [Int: [String: PlayPlan]]
    private let pinned: [PinnedProgramme]
    package let slas: [SLAPlan]
    package let signals: [SignalPlan]
    package let plays: [PlayPlan]
    package let caps: [BoundCondition]
    /// Whether a cap asks for what was concluded before: signals, plays, or the score itself.
    let capsReadConclusions: Bool
    let segments: [BoundCondition]
    let components: [ComponentPlan]
    /// Indices of each group's components.
    let componentsOfGroup: [Range<Int>]
    /// Under which a person's judgement of each group is kept.
    let groupGradeNames: [String]
    let bestBandFrom: Int
    let defaultZone: ZoneRules
    /// Fields of the account that are dates.
    let dateFields: [String]
    /// How many days an observation ring keeps.
    package let ringDays: Int

    /// - Parameters:
    ///   - number: the version under which a workspace published it; nil: as the programme itself says.
    ///   - pinned: older versions with plays that still run.
    package init(_ programme: Programme, zones: ZoneTable, number: Int? = nil, pinned: [PinnedProgramme] = []) {
        let programme = number.map { programme.numbered($0) } ?? programme
        let pinned = pinned.map { PinnedProgramme($0.programme.numbered($0.number), number: $0.number, plays: $0.plays) }
        var compiler = Compiler(programme, pinned: pinned)
        compiler.compile()
        self.programme = programme
        self.pinned = pinned
        self.zones = zones
        layout = compiler.layout
        metrics = compiler.metrics
        concludedMetricCount = compiler.concludedMetricCount
        dayMetrics = compiler.metrics.indices.filter { compiler.metrics[$0].pinnedTo == nil }
        dependencies = Dependencies(compiler)
        metricIndex = compiler.metricIndex
        events = compiler.events
        signalIndex = compiler.signalIndex
        playIndex = compiler.playIndex
        entityIndex = compiler.entityIndex
        entities = compiler.entities
        pinnedPlays = compiler.pinnedPlays
        slas = compiler.slas
        signals = compiler.signals
        plays = compiler.plays
        caps = compiler.caps
        capsReadConclusions = compiler.caps.contains { $0.bindings.contains { $0.isConcluded } }
        segments = compiler.segments
        components = compiler.components
        componentsOfGroup = compiler.componentsOfGroup
        groupGradeNames = programme.health.groups.map { Grade.name(ofGroup: $0.id) }
        bestBandFrom = programme.health.bands.first?.from ?? 100
        defaultZone = zones[programme.zone] ?? .utc
        dateFields = compiler.dateFields
        ringDays = compiler.ringDays
    }

    package func emptyObservations() -> Observations {
        Observations(
            rings: layout.rings.count, lifetimes: layout.lifetimes.count, lasts: layout.lasts.count,
            instants: layout.instants.count, sketches: layout.sketches.count, features: layout.features.count,
            distincts: layout.distincts.count, newestOfEach: layout.newestOfEach.count)
    }

    /// What an event of the type feeds; nil for a type that no programme declares, or that the engine itself gives a
    /// meaning.
    func event(_ type: String) -> EventPlan? {
        guard let plan = events[type], !plan.isReserved else { return nil }
        return plan
    }

    /// The plan that the instance follows: its own version's, while that is kept.
    package func playPlan(of instance: PlayInstance) -> PlayPlan? {
        pinnedPlays[instance.programmeVersion]?[instance.play] ?? playPlan(instance.play)
    }

    /// A template as the version that queued the message wrote it.
    package func template(_ id: String, version: Int) -> MessageTemplate? {
        let writer = pinned.first { $0.number == version }?.programme ?? programme
        return writer.messages.first { isSame($0.id, id) }
    }

    /// `<group>.<component>` in the order of a reading's components.
    package var componentIDs: [String] { components.map(\.id) }
    /// The zone of accounts that name none.
    package var defaultZoneRules: ZoneRules { defaultZone }

    package func metric(_ reference: MetricReference) -> Int? { metricIndex[reference.text] }
    /// `users.active.7d`; nil: the programme has none.
    package func metricPlan(_ name: String) -> MetricPlan? { metricIndex[name].map { metrics[$0] } }
    /// What the places of a day's vector mean: `users.active.7d`.
    package var dayMetricNames: [String] { dayMetrics.map { metrics[$0].reference.text } }
}

/// An older version of a workspace's programme, with the plays that still run as it defined them (decision 25).
package struct PinnedProgramme: Sendable {
    package let programme: Programme
    package let number: Int
    package let plays: Set<String>

    package init(_ programme: Programme, number: Int, plays: Set<String>) {
        self.programme = programme
        self.number = number
        self.plays = plays
    }
}

extension Programme {
    /// As a workspace numbers it: plays and readings carry this number.
    fileprivate func numbered(_ number: Int) -> Programme {
        var numbered = self
        numbered.version = number
        numbered.health.version = number
        return numbered
    }
}

/// What an account's state keeps, by a key that says what is measured; the same key in another version of the programme
/// is the same accumulator, so that its values can be carried over.
package struct Layout: Hashable, Sendable {
    package var rings: [String] = []
    package var lifetimes: [String] = []
    package var lasts: [String] = []
    package var instants: [String] = []
    package var sketches: [String] = []
    package var features: [String] = []
    package var distincts: [String] = []
    package var newestOfEach: [String] = []
    /// `<kind>.<field>`, in the order of the declarations.
    package var entityFields: [String] = []
    /// Fields of entities and marks of events that clocks look at.
    package var trails: [String] = []
}

package final class BoundCondition: Sendable {
    package let condition: Condition
    package let bindings: [Binding]
    /// Among all of the programme.
    let number: Int

    init(condition: Condition, bindings: [Binding], number: Int) {
        self.condition = condition
        self.bindings = bindings
        self.number = number
    }

    /// Whether its value is another for each running play.
    var readsSteps: Bool { bindings.contains { $0.aspects.contains(.steps) } }
}

/// Where the value of a slot comes from.
package enum Binding: Hashable, Sendable {
    case metric(Int)
    case account(String, AccountField.Kind)
    case tenureDays
    case health(HealthName)
    case component(Int)
    case group(Int)
    case flag(String)
    case grade(String)
    case signal(Int, SignalField)
    /// A signal that the running version has no longer.
    case retired(SignalField)
    case play(Int, PlayField)
    /// An SLA by its id, and one of its clocks; nil: all of them.
    case sla(String, clock: String?, SLAField)
    case contact(String, ContactField)
    case daysUntil(String)
    case daysSince(String)
    case step(String, StepField)
    case field(String, EventField.Kind?)
    case entityField(Int)
    /// Whole local days since an instant of the entity.
    case entityDaysSince(Int)
    case now
    /// Checked away by the reader; unknown if it ever gets here.
    case nothing

    var isConcluded: Bool {
        switch self {
        case .health, .signal, .retired, .play, .sla: true
        case .metric, .account, .tenureDays, .component, .group, .flag, .grade, .contact, .daysUntil, .daysSince,
            .step, .field, .entityField, .entityDaysSince, .now, .nothing:
            false
        }
    }

    package enum HealthName: String, Hashable, Sendable {
        case score, raw_score, band, coverage, trend, change_7d, change_28d, drop_7d_percent, below_since_days
    }
    package enum SignalField: String, Hashable, Sendable { case open, days_open }
    package enum PlayField: String, Hashable, Sendable { case running, ended, days }
    package enum SLAField: String, Hashable, Sendable { case running, breached, next_due }
    package enum ContactField: String, Hashable, Sendable { case known, days_since_touch }
    package enum StepField: String, Hashable, Sendable { case done, skipped }
}

package final class MetricPlan: Sendable {
    package let metric: Metric
    package let reference: MetricReference
    let source: Source
    /// Event type whose silence makes the metric stale.
    let feed: String?
    /// The older version that defined it, for plays that still run under that; nil: the programme's own.
    package let pinnedTo: Int?
    /// What a day counts by its age in days; empty: all alike.
    let decay: [Double]

    enum Source: Sendable {
        case ring(Int), lifetime(Int), last(Int), daysSinceNewest(Int), daysSinceFirst(Int), sketch(Int, Double)
        case monthRing(Int), daysSinceUse
        case distinct(Int, membersMin: Int, isNew: Bool)
        case newestOfEach(Int, NewestMeasure.Aggregate, scale: Double, isRounded: Bool)
        case ratio(of: Int, to: Int, scale: Double, isLifetime: Bool)
        case activeMembers, stickiness, activeDays, activeWeeks
        case breadth([Int], FeatureUse), featureUses(Int)
        case entities(kind: Int, EntityMeasure.Aggregate, value: BoundCondition?, when: BoundCondition?)
        case change(Int, current: Int, ChangeGuard)
        case grade(String)
        case attainment(sla: String, clock: String?)
        case expression(BoundCondition)
        case nothing
    }

    init(metric: Metric, reference: MetricReference, source: Source, feed: String?, pinnedTo: Int?) {
        self.metric = metric
        self.reference = reference
        self.source = source
        self.feed = feed
        self.pinnedTo = pinnedTo
        decay = metric.halfLifeDays.map { Decay.factors(halfLife: $0, days: reference.windowDays ?? 0) } ?? []
    }
}

package final class SignalPlan: Sendable {
    package let signal: Signal
    package let when: BoundCondition
    package let clear: BoundCondition?

    init(signal: Signal, when: BoundCondition, clear: BoundCondition?) {
        self.signal = signal
        self.when = when
        self.clear = clear
    }
}

package final class PlayPlan: Sendable {
    package let play: Play
    /// Of the programme that defined it.
    package let version: Int
    let calendar: BusinessCalendar?
    let startsOn: [Int]
    package let when: BoundCondition?
    let exits: [BoundCondition]
    package let steps: [StepPlan]
    let stepIndex: [String: Int]
    /// Steps that must be settled for the play to be complete; those that repeat for ever are not among them.
    let requiredSteps: [Int]
    /// Whether all that it requires repeats for ever.
    let isEndless: Bool

    init(
        play: Play, version: Int, calendar: BusinessCalendar?, startsOn: [Int], when: BoundCondition?,
        exits: [BoundCondition], steps: [StepPlan], stepIndex: [String: Int]
    ) {
        self.play = play
        self.version = version
        self.calendar = calendar
        self.startsOn = startsOn
        self.when = when
        self.exits = exits
        self.steps = steps
        self.stepIndex = stepIndex
        let required = steps.indices.filter { steps[$0].step.isRequired }
        requiredSteps = required.filter { steps[$0].step.repeatEvery == nil || steps[$0].step.repeatCount != nil }
        isEndless = requiredSteps.isEmpty && !required.isEmpty
    }
}

package final class StepPlan: Sendable {
    package let step: Step
    let after: [Int]
    package let when: BoundCondition?
    package let doneWhen: BoundCondition?

    init(step: Step, after: [Int], when: BoundCondition?, doneWhen: BoundCondition?) {
        self.step = step
        self.after = after
        self.when = when
        self.doneWhen = doneWhen
    }
}

/// One component of the health model with its place in the tree.
final class ComponentPlan: Sendable {
    let group: Int
    let component: HealthComponent
    let metric: Int?
    let id: String
    /// Under which a person's judgement of it is kept.
    let gradeName: String
    let weight: Int64

    init(group: Int, component: HealthComponent, metric: Int?, id: String) {
        gradeName = Grade.name(ofComponent: id)
        self.group = group
        self.component = component
        self.metric = metric
        self.id = id
        weight = component.weight
    }
}
