import BitCollections
import CEL
import TenureCore
import TenureProgramme

/// Numbers everything a programme names. The reader has checked all references, so what is still missing is bound to
/// `nothing` rather than trapped on.
struct Compiler {
    let programme: Programme
    let pinned: [PinnedProgramme]
    var layout = Layout()
    var metrics: [MetricPlan] = []
    /// Metrics that health, signals or plays read, and what these read themselves.
    var concludedMetricCount = 0
    var metricIndex: [String: Int] = [:]
    private var eventTypes: [String: EventType] = [:]
    private var feeds: [String: [SingleFeed]] = [:]
    var signalIndex: [String: Int] = [:]
    var playIndex: [String: Int] = [:]
    var entityIndex: [String: Int] = [:]
    var slas: [SLAPlan] = []
    /// By the kind of entity.
    var trails: [String: TrailPlan] = [:]
    var signals: [SignalPlan] = []
    var plays: [PlayPlan] = []
    var caps: [BoundCondition] = []
    var segments: [BoundCondition] = []
    /// Every condition by its number, of accounts, events and entities.
    private(set) var conditions: [BoundCondition] = []
    var components: [ComponentPlan] = []
    var componentsOfGroup: [Range<Int>] = []
    var ringDays = 91
    /// The programme's kinds, then those that only a pinned version still declares.
    private(set) var entities: [EntityKind] = []
    private(set) var pinnedPlays: [Int: [String: PlayPlan]] = [:]
    /// The pinned version whose plays are being compiled.
    private var scope: PinnedProgramme?
    private var metricsByID: [String: Metric] = [:]
    private var componentIndex: [String: Int] = [:]
    private var groupIndex: [String: Int] = [:]
    private var featureIndex: [String: Int] = [:]
    private var visiting: Set<String> = []
    private var fieldKinds: [String: AccountField.Kind] = [:]

    init(_ programme: Programme, pinned: [PinnedProgramme]) {
        self.programme = programme
        self.pinned = pinned
    }

    mutating func compile() {
        numberNames()
        for (index, group) in programme.health.groups.enumerated() { compileComponents(of: group, index) }
        slas = programme.slas.compactMap { compile($0) }
        caps = programme.health.caps.map { bind($0.when) }
        segments = programme.segments.map { bind($0.when) }
        signals = programme.signals.map {
            SignalPlan(signal: $0, when: bind($0.when), clear: $0.clear.map { bind($0) })
        }
        plays = programme.plays.map { compilePlay($0, of: programme) }
        for version in pinned { compilePinned(version) }
        concludedMetricCount = metrics.count
        for metric in programme.metrics {
            for reference in Self.references(metric) { compileMetric(reference) }
        }
    }

    /// What each declared event feeds.
    var events: [String: EventPlan] {
        Dictionary(
            uniqueKeysWithValues: eventTypes.map { name, type in
                (name, eventPlan(type, feeds[name] ?? []))
            })
    }

    private func eventPlan(_ type: EventType, _ feeds: [SingleFeed]) -> EventPlan {
        let targets = feeds.map(\.target)
        let fed = metrics.indices.filter { metrics[$0].isFed(by: type, targets, metrics) }
        return EventPlan(
            type: type, feeds: feeds, featureIndex: type.featureField == nil ? [:] : featureIndex,
            entity: type.entity.flatMap { EntityPlan($0, kinds: entities, trails[$0.kind], event: type.type) },
            metrics: BitSet(fed))
    }

    var dateFields: [String] { fieldKinds.keys.filter { fieldKinds[$0] == .date }.sorted() }

    private mutating func numberNames() {
        layout.features = union(\.features, \.id).map(\.id)
        for (index, feature) in layout.features.enumerated() { featureIndex[feature] = index }
        for type in union(\.events, \.type) { eventTypes[type.type] = type }
        for (index, signal) in programme.signals.enumerated() { signalIndex[signal.id] = index }
        for (index, play) in programme.plays.enumerated() { playIndex[play.id] = index }
        entities = union(\.entities, \.id)
        for (index, kind) in entities.enumerated() { entityIndex[kind.id] = index }
        layout.entityFields = entities.flatMap { kind in kind.fields.map { "\(kind.id).\($0.id)" } }
        for metric in programme.metrics { metricsByID[metric.id] = metric }
        for field in AccountField.standard + union(\.accountFields, \.id) { fieldKinds[field.id] = field.kind }
        var place = 0
        for (index, group) in programme.health.groups.enumerated() {
            groupIndex[group.id] = index
            for component in group.components {
                componentIndex["\(group.id).\(component.id)"] = place
                place += 1
            }
        }
    }

    static func references(_ metric: Metric) -> [MetricReference] {
        metric.windows.isEmpty
            ? [MetricReference(metric: metric.id, windowDays: nil)]
            : metric.windows.map { MetricReference(metric: metric.id, windowDays: $0) }
    }

    private mutating func compileComponents(of group: HealthGroup, _ index: Int) {
        componentsOfGroup.append(components.count..<components.count + group.components.count)
        for component in group.components {
            compileMetric(component.metric)
            components.append(
                ComponentPlan(
                    group: index, component: component, metric: metricIndex[component.metric.text],
                    id: "\(group.id).\(component.id)"))
        }
    }

    /// Running instances of an older version go on as they began, with the metrics that version defined.
    private mutating func compilePinned(_ version: PinnedProgramme) {
        scope = version
        let current = metricsByID
        metricsByID = Dictionary(version.programme.metrics.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for play in version.programme.plays where version.plays.contains(play.id) {
            pinnedPlays[version.programme.version, default: [:]][play.id] = compilePlay(play, of: version.programme)
        }
        metricsByID = current
        scope = nil
    }

    /// The programme's definitions, and those of pinned versions that it has no longer.
    private func union<Definition>(
        _ list: KeyPath<Programme, [Definition]>, _ id: KeyPath<Definition, String>
    ) -> [Definition] {
        var all = programme[keyPath: list]
        for version in pinned {
            for old in version.programme[keyPath: list]
            where !all.contains(where: { isSame($0[keyPath: id], old[keyPath: id]) }) { all.append(old) }
        }
        return all
    }

    private mutating func compilePlay(_ play: Play, of programme: Programme) -> PlayPlan {
        var stepIndex: [String: Int] = [:]
        for (index, step) in play.steps.enumerated() { stepIndex[step.id] = index }
        let steps = play.steps.map { step in
            StepPlan(
                step: step, after: step.after.compactMap { stepIndex[$0] }, when: step.when.map { bind($0) },
                doneWhen: step.doneWhen.map { bind($0) })
        }
        return PlayPlan(
            play: play, version: programme.version, calendar: programme.calendars.first { $0.id == play.calendar },
            startsOn: play.startsOn.compactMap { signalIndex[$0] }, when: play.when.map { bind($0) },
            exits: play.exits.map { bind($0.when) }, steps: steps, stepIndex: stepIndex)
    }
}

// MARK: - Metrics

extension Compiler {
    /// Adds a metric over one window after everything that it reads; a circle ends at the second visit.
    mutating func compileMetric(_ reference: MetricReference) {
        let name = scoped(reference.text)
        guard metricIndex[name] == nil, let metric = metricsByID[reference.metric], visiting.insert(name).inserted
        else { return }
        let source = source(of: metric, reference)
        visiting.remove(name)
        metricIndex[name] = metrics.count
        metrics.append(
            MetricPlan(
                metric: metric, reference: reference, source: source, feed: feedName(metric),
                pinnedTo: scope?.programme.version))
    }

    /// A metric of a pinned version has a name of its own; where both measure the same, they share what is accumulated.
    private func scoped(_ name: String) -> String { scope.map { "\(name)@\($0.programme.version)" } ?? name }

    private mutating func source(of metric: Metric, _ reference: MetricReference) -> MetricPlan.Source {
        let isLifetime = reference.windowDays == 0
        switch metric.measure {
        case .sum(let sum): return isLifetime ? .lifetime(lifetime(sum)) : .ring(ring(sum))
        case .monthSum(let sum): return .monthRing(ring(sum))
        case .distinct(let measure): return distinct(measure, metric)
        case .newestOfEach(let measure):
            let index = newestOfEach(measure, metric)
            return .newestOfEach(index, measure.aggregate, scale: measure.scale, isRounded: measure.isRounded)
        case .daysSinceUse: return .daysSinceUse
        case .activeMembers: return .activeMembers
        case .stickiness: return .stickiness
        case .activeDays: return .activeDays
        case .activeWeeks: return .activeWeeks
        case .featureBreadth(let use): return .breadth(featuresInScope(use.scope), use)
        case .featureUses(let feature): return featureIndex[feature].map { .featureUses($0) } ?? .nothing
        case .ratio(let of, let to, let scale):
            return isLifetime
                ? .ratio(of: lifetime(of), to: lifetime(to), scale: scale, isLifetime: true)
                : .ratio(of: ring(of), to: ring(to), scale: scale, isLifetime: false)
        case .last(let sum): return .last(slot(sum, "last", \.lasts) { .last($0) })
        case .daysSince(let filter): return .daysSinceNewest(instants(filter))
        case .daysSinceFirst(let filter): return .daysSinceFirst(instants(filter))
        case .percentile(let sum, let fraction):
            return .sketch(slot(sum, "sketch", \.sketches) { .sketch($0) }, fraction)
        case .entities(let measure):
            guard let kind = entityIndex[measure.kind] else { return .nothing }
            return .entities(
                kind: kind, measure.aggregate, value: measure.value.map { bind($0, entity: kind) },
                when: measure.when.map { bind($0, entity: kind) })
        case .change(let of, let changeGuard):
            compileMetric(of)
            guard let index = metricIndex[scoped(of.text)] else { return .nothing }
            return .change(index, current: of.windowDays ?? 7, changeGuard)
        case .grade: return .grade(metric.id)
        case .attainment(let name): return .attainment(sla: name.sla, clock: name.clock)
        case .expression(let condition): return .expression(bind(condition))
        }
    }

    private func feedName(_ metric: Metric) -> String? {
        switch metric.measure {
        case .sum(let sum), .monthSum(let sum), .last(let sum), .percentile(let sum, _): sum.filter.event
        case .distinct(let measure): measure.filter.event
        case .newestOfEach(let measure): measure.sum.filter.event
        case .ratio(_, let to, _): to.filter.event
        case .daysSince(let filter), .daysSinceFirst(let filter): filter.event
        case .activeMembers, .stickiness, .activeDays, .activeWeeks, .daysSinceUse, .featureBreadth, .featureUses: ""
        case .entities, .change, .grade, .attainment, .expression: nil
        }
    }

    private func featuresInScope(_ scope: FeatureUse.Scope) -> [Int] {
        let declared = (self.scope?.programme ?? programme).features.filter { feature in
            switch scope {
            case .all: true
            case .key: feature.isKey
            case .advanced: feature.isAdvanced
            }
        }
        return declared.compactMap { featureIndex[$0.id] }
    }

    private mutating func ring(_ sum: EventSum) -> Int { slot(sum, "sum", \.rings) { .ring($0) } }
    private mutating func lifetime(_ sum: EventSum) -> Int { slot(sum, "life", \.lifetimes) { .lifetime($0) } }
    private mutating func instants(_ filter: EventFilter) -> Int {
        slot(EventSum(filter: filter), "when", \.instants) { .instants($0) }
    }

    private mutating func distinct(_ measure: DistinctMeasure, _ metric: Metric) -> MetricPlan.Source {
        let keepsAll = measure.isNew || metric.windows.contains(0)
        let byMember = measure.membersMin > 1
        let kind = "distinct" + (byMember ? "+members" : "") + (keepsAll ? "+all" : "")
        let index = slot(EventSum(filter: measure.filter), kind, \.distincts, of: measure.of) {
            .distinct($0, byMember: byMember, keepsAll: keepsAll)
        }
        return .distinct(index, membersMin: measure.membersMin, isNew: measure.isNew)
    }

    private mutating func newestOfEach(_ measure: NewestMeasure, _ metric: Metric) -> Int {
        slot(measure.sum, "newest", \.newestOfEach, of: measure.each) { .newestOfEach($0) }
    }

    /// The accumulator for a sum, shared by everything that measures the same.
    private mutating func slot(
        _ sum: EventSum, _ kind: String, _ list: WritableKeyPath<Layout, [String]>, of told: Condition? = nil,
        _ target: (Int) -> SingleFeed.Target
    ) -> Int {
        let parts = [kind, sum.filter.event, sum.filter.when?.source ?? "", sum.value?.source ?? ""]
        let key = (parts + [told?.source].compactMap { $0 }).joined(separator: "|")
        if let index = layout[keyPath: list].firstIndex(of: key) { return index }
        let index = layout[keyPath: list].count
        layout[keyPath: list].append(key)
        let feed = SingleFeed(
            target: target(index), when: sum.filter.when.map { bind($0, event: sum.filter.event) },
            value: sum.value.map { bind($0, event: sum.filter.event) },
            key: told.map { bind($0, event: sum.filter.event) })
        feeds[sum.filter.event, default: []].append(feed)
        return index
    }
}

// MARK: - Conditions

extension Compiler {
    mutating func bind(_ condition: Condition, entity: Int? = nil, event: String? = nil) -> BoundCondition {
        let fields = event.flatMap { eventTypes[$0]?.fields }
        let bindings = condition.program.references.map { binding($0, entity, fields) }
        let bound = BoundCondition(condition: condition, bindings: bindings, number: conditions.count)
        conditions.append(bound)
        return bound
    }

    /// Over an entity and its account, whose dates may have the names of the entity's.
    mutating func bind(target condition: Condition, entity: Int) -> BoundCondition {
        let bindings = condition.program.references.map { reference -> Binding in
            if case .path(let path) = reference, path.hasPrefix("entity.") { return binding(reference, entity, nil) }
            return binding(reference, nil, nil)
        }
        let bound = BoundCondition(condition: condition, bindings: bindings, number: conditions.count)
        conditions.append(bound)
        return bound
    }

    private mutating func binding(_ reference: Reference, _ entity: Int?, _ fields: [EventField]?) -> Binding {
        switch reference {
        case .path(let path): binding(path: path, entity: entity, eventFields: fields)
        case .literalCall("days_since", let field, _) where entity != nil: entityDays(field, entity)
        case .literalCall(let name, let argument, let field): binding(call: name, argument, field)
        }
    }

    private func entityDays(_ field: String, _ entity: Int?) -> Binding {
        guard let entity, let index = entities[entity].fields.firstIndex(where: { $0.id == field }) else {
            return .nothing
        }
        return .entityDaysSince(index)
    }

    private func binding(path: String, entity: Int?, eventFields: [EventField]?) -> Binding {
        if path == "now" { return .now }
        if path == "account.tenure_days" { return .tenureDays }
        guard let dot = path.firstIndex(of: ".") else { return .nothing }
        let name = String(path[path.index(after: dot)...])
        switch path[..<dot] {
        case "account": return .account(name, fieldKinds[name] ?? .text)
        case "health": return Binding.HealthName(rawValue: name).map { .health($0) } ?? .nothing
        case "event": return .field(name, eventFields?.first { $0.id == name }?.kind)
        case "entity":
            guard let entity, let index = entities[entity].fields.firstIndex(where: { $0.id == name })
            else { return .nothing }
            return .entityField(index)
        default: return .nothing
        }
    }

    private mutating func binding(call name: String, _ argument: String, _ field: String?) -> Binding {
        switch name {
        case "m":
            if let reference = reference(argument) { compileMetric(reference) }
            return metricIndex[scoped(argument)].map { .metric($0) } ?? .nothing
        case "component": return componentIndex[argument].map { .component($0) } ?? .nothing
        case "group": return groupIndex[argument].map { .group($0) } ?? .nothing
        case "flag": return .flag(argument)
        case "grade": return .grade(argument)
        case "signal":
            guard let field = field.flatMap(Binding.SignalField.init) else { return .nothing }
            // A signal that only a pinned version knows was cleared when it went.
            return signalIndex[argument].map { .signal($0, field) } ?? (scope == nil ? .nothing : .retired(field))
        case "play": return both(playIndex[argument], field.flatMap(Binding.PlayField.init)) { .play($0, $1) }
        case "sla":
            let name = SLAName(argument)
            return field.flatMap(Binding.SLAField.init).map { .sla(name.sla, clock: name.clock, $0) } ?? .nothing
        case "contact": return both(argument, field.flatMap(Binding.ContactField.init)) { .contact($0, $1) }
        case "step": return both(argument, field.flatMap(Binding.StepField.init)) { .step($0, $1) }
        case "days_until": return .daysUntil(argument)
        case "days_since": return .daysSince(argument)
        default: return .nothing
        }
    }

    private func both<A, B>(_ left: A?, _ right: B?, _ make: (A, B) -> Binding) -> Binding {
        guard let left, let right else { return .nothing }
        return make(left, right)
    }

    private func reference(_ text: String) -> MetricReference? {
        if metricsByID[text] != nil { return MetricReference(metric: text, windowDays: nil) }
        guard let dot = text.lastIndex(of: ".") else { return nil }
        let window = text[text.index(after: dot)...]
        let days = window == "lifetime" ? 0 : window.last == "d" ? Int(window.dropLast()) : nil
        return days.map { MetricReference(metric: String(text[..<dot]), windowDays: $0) }
    }
}
